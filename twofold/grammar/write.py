"""Any tree as twofold text, in one line where it is one statement, with the brackets it needs and no others.

Reading the text gives the tree back (up to spans). That holds for edited trees too, as long as nodes stand where the language has
them: a `Slice` in an index, an `Interval` after `in`, an `Approach` in `limit`, a `Binding` in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from twofold.grammar import tree
from twofold.grammar.climb import ARROW, LEVELS, RANGE
from twofold.grammar.declare import PROPERTIES
from twofold.grammar.expression import at, bare, closed, ending, range_of, sign_of
from twofold.grammar.sentence import claims
from twofold.grammar.tree import Expr

_COMMAND = re.compile(r'(?:set|include|expect)\s*[A-Za-z_"]')


def write(node: Any) -> str:
    """A node as text. Blocks take several lines, everything else one; a `Broken` is the text it was."""
    if isinstance(node, tree.Script):
        return "".join(_statement(item, False) + "\n" for item in node.statements)
    if isinstance(node, tree.Declared):
        return _declared(node)
    if isinstance(node, tree.UpTo):
        return _up_to(node)
    if type(node) in _STATEMENTS:
        return _statement(node, False)
    return bare(node)


def _statement(node: Any, inside: bool) -> str:
    """A statement, `inside` a block or not; `;` where its answer is hidden."""
    if isinstance(node, tree.Broken):
        return node.span.text
    if isinstance(node, tree.Claim):
        text = _claim(node, inside)
    else:
        text = _STATEMENTS[type(node)](node)
    return text + ";" if getattr(node, "hidden", False) else text


def _opening(text: str) -> str:
    """The text of an expression that begins a line, where a few words and `+` would be read otherwise."""
    return f"({text})" if _COMMAND.match(text) or text[0] == "+" else text


def _claim(node: tree.Claim, inside: bool) -> str:
    text, ending = _claimed(node.statement), _modifiers(node.modifiers)
    if node.name is not None:
        return f'check "{node.name}": {text}{ending}'
    return f"check {text}{ending}" if inside or not claims(node.statement) else _opening(text) + ending


def _claimed(node: Expr) -> str:
    """What a claim or a line says: `where` belongs to it as it stands, `given` would be one of its modifiers."""
    if isinstance(node, tree.Where):
        return f"{_claimed(node.expression)} {ending(node)}"
    return closed(node) if isinstance(node, tree.Given) else bare(node)


def _modifiers(found: tree.Modifiers) -> str:
    text = ""
    if found.up_to:
        text += " " + _up_to(found.up_to)
    if found.given:
        text += " given " + ", ".join(map(closed, found.given))
    if found.within is not None:
        text += " within " + closed(found.within)
    if found.by is not None:
        text += f' by "{found.by}"'
    return text


def _up_to(node: tree.UpTo) -> str:
    return f"up to {node.kind}" + (f" in {', '.join(v.id for v in node.variables)}" if node.variables else "")


def _declared(node: tree.Declared) -> str:
    names = ", ".join(name.id for name in node.names)
    if node.kind is None and not node.properties:
        return ", ".join([*(name.id for name in node.names[:-1]), closed(node.conditions[-1])])
    words = [p.id for p in node.properties]
    listed = node.kind is not None and all(word in PROPERTIES for word in words)
    text = f"{names} : " + " ".join([*([] if listed else words), *([bare(node.kind)] if node.kind else [])])
    if node.conditions:
        condition = node.conditions[0]
        assert isinstance(condition, tree.Relation)
        text += bare(condition)[len(at(condition.operands[0], RANGE)) :]
    return ", ".join([text, *(words if listed else [])])


def _definition(node: tree.Definition) -> str:
    parameters = "" if node.parameters is None else f"({', '.join(p.id for p in node.parameters)})"
    return f"{node.name.id}{parameters} = {bare(node.value)}"


def _distributed(node: tree.Distributed) -> str:
    left, right = node.name.id, closed(node.law)
    if node.range is not None:
        left += f"[{node.index.id if node.index else range_of(node.range)}]"
    if node.given:
        left += " | " + ", ".join(name.id for name in node.given)
    if node.range is not None and node.index:
        right += f" for {node.index.id} = {range_of(node.range)}"
    return f"{left} ~ {right}"


def _chain(node: tree.Chain) -> str:
    start = node.start
    arrow = isinstance(start, tree.Logic) and LEVELS[start.operator] == ARROW
    first = node.steps[0].relation if node.steps else "=>"
    arrows = LEVELS[first] == ARROW
    whole = arrow and arrows or isinstance(start, tree.Relation) and not arrows
    lines = [(f"({bare(start)})" if whole else _opening(_claimed(start))) + _modifiers(node.modifiers)]
    lines += ["  " + _step(step) for step in node.steps]
    if node.expect:
        lines.insert(1, _expect(node.expect))
    return "\n".join(lines)


def _step(node: tree.Step) -> str:
    arrows = LEVELS[node.relation] == ARROW
    right = node.right
    whole = isinstance(right, tree.Logic) and LEVELS[right.operator] == ARROW if arrows else isinstance(right, tree.Relation)
    text = (
        f"{sign_of(node.relation, node.variables)} {f'({bare(right)})' if whole else _claimed(right)}{_modifiers(node.modifiers)}"
    )
    return text + "\n" + _expect(node.expect) if node.expect else text


def _block(head: str, items: tuple[Any, ...]) -> str:
    lines = [line for item in items for line in _statement(item, True).split("\n")]
    return "\n".join([head, *("  " + line for line in lines), "end"])


def _derivation(node: tree.Derivation) -> str:
    return _block("derivation:" if node.name is None else f'derivation "{node.name}":', node.items)


def _expect(node: tree.Expect) -> str:
    return f"expect {node.word}"


_STATEMENTS: dict[type, Callable[[Any], str]] = {
    tree.Declaration: lambda node: "let " + ", ".join(map(_declared, node.items)),
    tree.Definition: _definition,
    tree.Distributed: _distributed,
    tree.Question: lambda node: _opening(bare(node.expression)),
    tree.Claim: lambda node: _claim(node, False),
    tree.Chain: _chain,
    tree.Step: _step,
    tree.Derivation: _derivation,
    tree.Scope: lambda node: _block("assume " + ", ".join(map(closed, node.conditions)), node.items),
    tree.Expect: _expect,
    tree.Setting: lambda node: f"set {node.name}" + (f" = {closed(node.value)}" if node.value is not None else ""),
    tree.Include: lambda node: f'include "{node.path}"',
    tree.Broken: lambda node: node.span.text,
}
