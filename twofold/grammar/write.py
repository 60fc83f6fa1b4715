"""Any tree as twofold text, in one line where it is one statement, with the brackets it needs and no others.

Reading the text gives the tree back (up to spans). That holds for edited trees too, as long as nodes stand where the language has them: a
`Slice` in an index, an `Interval` after `in`, an `Approach` in `limit`, a `Binding` in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from twofold.grammar import tree
from twofold.grammar.climb import ARROW, JUXTAPOSED, LEVELS, MINUS, NOT, POSTFIX, POWER, PRODUCT, RANGE, RELATION, SUM
from twofold.grammar.declare import PROPERTIES
from twofold.grammar.sentence import claims
from twofold.grammar.terminals import SHORT, SQUARE
from twofold.grammar.tree import Expr, Infix, Matrix, Name, Number

_FREE, _ATOM = 0, POSTFIX + 1
_DERIVATIVE = SUM + 0.5
"""`d/dx f(x)` needs brackets in a product."""

_COMMAND = re.compile(r'(?:set|include|expect)\s*[A-Za-z_"]')
_DIFFERENTIAL_LEFT = re.compile(r"(?:^|[^A-Za-z0-9_])d(?:\^[A-Za-z0-9_]+)?$")
_DIFFERENTIAL_RIGHT = re.compile(r"d[A-Za-z0-9_]+[(\[]")


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
    return _bare(node)


# --- expressions ---------------------------------------------------------------------------------------------------------------


def _at(node: Expr, minimum: float) -> str:
    """A node where only what binds at least as tightly as `minimum` may stand without brackets."""
    level, writer = _WRITERS[type(node)]
    if level is None:
        level = _level(node)
    text = writer(node)
    return f"({text})" if level < minimum else text


def _part(node: Expr) -> str:
    """A node where any expression may stand, but no `where` or `given`."""
    return _at(node, ARROW) if isinstance(node, tree.Where | tree.Given) else _bare(node)


def _bare(node: Expr) -> str:
    return _WRITERS[type(node)][1](node)


def _value(node: Expr) -> str:
    """A node where a function needs brackets."""
    return _at(node, ARROW)


def _list(nodes: tuple[Expr, ...]) -> str:
    return ", ".join(map(_part, nodes))


def _level(node: Any) -> float:
    if isinstance(node, Infix):
        return JUXTAPOSED if node.implicit else LEVELS[node.operator]
    if isinstance(node, tree.Prefix):
        return NOT if node.operator == "not" else MINUS
    return LEVELS[node.operator]


def _signed(text: str) -> str:
    return f"({text})" if text[0] in "+-" else text


def _prefix(node: tree.Prefix) -> str:
    if node.operator == "not":
        return "not " + _at(node.operand, NOT)
    return node.operator + _signed(_at(node.operand, MINUS))


def _infix(node: Infix) -> str:
    """An operator with its left spine, walked without recursion: sums are long."""
    level = _level(node)
    if level == POWER:
        exponent = _at(node.right, POWER)
        transposed = isinstance(node.right, tree.Postfix) and node.right.operator == "'"
        return f"{_at(node.left, POSTFIX)}^{f'({exponent})' if transposed else exponent}"
    spine = [node]
    while isinstance(spine[-1].left, Infix) and _level(spine[-1].left) == level:
        spine.append(spine[-1].left)
    text = _at(spine[-1].left, level)
    for infix in reversed(spine):
        text = _juxtaposed(infix, text) if level == JUXTAPOSED else _operated(infix, text, level)
    return text


def _operated(node: Infix, left: str, level: float) -> str:
    sign = node.operator
    if level == SUM:
        return f"{left} {sign} {_signed(_at(node.right, _DERIVATIVE))}"
    product = sign in ("/", "./") and isinstance(node.right, Infix) and node.right.implicit
    right = _at(node.right, POWER if product else JUXTAPOSED)
    if sign == "/" and _DIFFERENTIAL_RIGHT.match(right) and _DIFFERENTIAL_LEFT.search(left):
        right = f"({right})"
    return f"{left} {sign} {right}" if sign.startswith(".") else f"{left}{sign}{right}"


def _juxtaposed(node: Infix, left: str) -> str:
    """Only a name, a call, a bracket or a brace may follow, and a bracket after a name would be a call."""
    right = _at(node.right, POWER)
    first = node.right
    while isinstance(first, Infix | tree.Postfix | tree.Index):
        first = first.left if isinstance(first, Infix) else first.base if isinstance(first, tree.Index) else first.operand
    if right[0].isdigit() or right[0] in '"[' or re.search(r"(?:^|\W)up$", left) and re.match(r"to\b", right):
        right = f"({right})"
    last = node.left.right if isinstance(node.left, Infix) and node.left.implicit else node.left
    if right[0] == "(":
        power = isinstance(last, Infix) and last.operator == "^"
        return f"{left}{right}" if isinstance(last, Number) or left[-1] in ")]}" and not power else f"({left}){right}"
    close = isinstance(last, Number) and not isinstance(first, tree.Call) and right[0] not in "eE"
    return f"{left}{right}" if close else f"{left} {right}"


def _postfix(node: tree.Postfix) -> str:
    return _at(node.operand, POSTFIX) + node.operator


def _call(node: tree.Call) -> str:
    opening, closing = "[]" if node.square else "()"
    if node.function.id == "limit":
        inside = ", ".join(_value(a) if isinstance(a, tree.Lambda) else _part(a) for a in node.arguments)
    else:
        inside = _list(node.arguments)
    if node.condition is not None:
        conditions = node.condition.items if isinstance(node.condition, tree.Tuple) else (node.condition,)
        inside += " | " + _list(conditions)
    return f"{node.function.id}{chr(39) * node.primes}{opening}{inside}{closing}"


def _index(node: tree.Index) -> str:
    base = _at(node.base, POSTFIX)
    if isinstance(node.base, Number | tree.Text) or isinstance(node.base, Name) and node.base.id in SQUARE:
        base = f"({base})"
    return f"{base}[{_list(node.indices)}]"


def _matrix(node: Matrix) -> str:
    if node.vector or len(node.rows) == 1:
        inside = ", ".join(_value(e) if isinstance(e, Matrix) and e.vector else _part(e) for e in node.rows[0])
        if node.vector and not all(isinstance(e, Matrix) and e.vector for e in node.rows[0]):
            inside = _list(node.rows[0])
        elif node.vector or any(isinstance(e, Matrix) and e.vector for e in node.rows[0]):
            inside = ", ".join(f"({_bare(e)})" if isinstance(e, Matrix) else _part(e) for e in node.rows[0])
        return f"[{inside}]" if node.vector else f"[[{inside}]]"
    return f"[{'; '.join(map(_list, node.rows))}]"


def _interval(node: tree.Interval) -> str:
    return f"{'[' if node.closed_left else '('}{_part(node.lower)}, {_part(node.upper)}{']' if node.closed_right else ')'}"


def _piecewise(node: tree.Piecewise) -> str:
    parts = [f"{_value(value)} if {_value(condition)}" for value, condition in node.branches]
    if node.otherwise is not None:
        parts.append(f"{_value(node.otherwise)} otherwise")
    return "{" + "; ".join(parts) + "}"


def _lambda(node: tree.Lambda) -> str:
    names = ", ".join(name.id for name in node.parameters)
    return f"{names if len(node.parameters) == 1 else f'({names})'} -> {_part(node.body)}"


def _range(node: tree.Range) -> str:
    return f"{_at(node.lower, SUM)}..{_at(node.upper, SUM)}"


def _relation(node: tree.Relation) -> str:
    text = _at(node.operands[0], RANGE)
    for sign, operand in zip(node.operators, node.operands[1:], strict=True):
        right = _at(operand, RANGE)
        if sign == "in" and right[0] in "([" and not isinstance(operand, tree.Interval):
            right = f"({right})"
        text = f"{text} {_sign(sign, node.variables)} {right}"
    return text


def _sign(sign: str, variables: tuple[Name, ...]) -> str:
    return f"{sign}[{', '.join(v.id for v in variables)}]" if sign == "propto" and variables else sign


def _logic(node: tree.Logic) -> str:
    level = LEVELS[node.operator]
    if level == ARROW:
        return f"{_at(node.left, level + 1)} {node.operator} {_at(node.right, level + 1)}"
    spine = [node]
    while isinstance(spine[-1].left, tree.Logic) and spine[-1].left.operator == node.operator:
        spine.append(spine[-1].left)
    text = _at(spine[-1].left, level)
    for logic in reversed(spine):
        text = f"{text} {node.operator} {_at(logic.right, level + 1)}"
    return text


def _leibniz(node: tree.Leibniz) -> str:
    d = "d" if all(re.fullmatch(SHORT, name.id) for name, _ in node.variables) else "∂"
    powers = [_bare(order) if order else "" for _, order in node.variables]
    below = " ".join(f"{d}{name.id}{'^' + power if power else ''}" for (name, _), power in zip(node.variables, powers, strict=True))
    above = powers[0] if len(powers) == 1 else str(sum(int(power or 1) for power in powers))
    operand = _bare(node.operand) if isinstance(node.operand, tree.Call) else f"({_bare(node.operand)})"
    return f"{d}{'^' + above if above else ''}/{below if len(powers) == 1 else f'({below})'} {operand}"


def _modified(node: tree.Where | tree.Given) -> str:
    return f"{_bare(node.expression)} {_ending(node)}"


def _ending(node: tree.Where | tree.Given) -> str:
    if isinstance(node, tree.Where):
        return "where " + ", ".join(map(_bare, node.bindings))
    return "given " + ", ".join(map(_value, node.conditions))


_WRITERS: dict[type, tuple[float | None, Callable[[Any], str]]] = {
    Number: (_ATOM, lambda node: node.text),
    tree.Text: (_ATOM, lambda node: f'"{node.value}"'),
    Name: (_ATOM, lambda node: node.id),
    tree.Prefix: (None, _prefix),
    tree.Postfix: (POSTFIX, _postfix),
    Infix: (None, _infix),
    tree.Call: (_ATOM, _call),
    tree.Index: (_ATOM, _index),
    tree.Slice: (_ATOM, lambda node: ":"),
    Matrix: (_ATOM, _matrix),
    tree.Tuple: (_ATOM, lambda node: f"({_list(node.items)})"),
    tree.Interval: (_ATOM, _interval),
    tree.Set: (_ATOM, lambda node: "{" + _list(node.items) + "}"),
    tree.Piecewise: (_ATOM, _piecewise),
    tree.System: (_ATOM, lambda node: "{" + ", ".join(map(_value, node.relations)) + "}"),
    tree.Lambda: (_FREE, _lambda),
    tree.Range: (RANGE, _range),
    tree.Binding: (_FREE, lambda node: f"{_value(node.target)} = {_part(node.value)}"),
    tree.Approach: (_FREE, lambda node: f"{node.variable.id} -> {_value(node.target)}{node.side}"),
    tree.Relation: (RELATION, _relation),
    tree.Logic: (None, _logic),
    tree.Leibniz: (_DERIVATIVE, _leibniz),
    tree.Where: (_FREE, _modified),
    tree.Given: (_FREE, _modified),
}

# --- statements ----------------------------------------------------------------------------------------------------------------


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
        return f"{_claimed(node.expression)} {_ending(node)}"
    return _value(node) if isinstance(node, tree.Given) else _bare(node)


def _modifiers(found: tree.Modifiers) -> str:
    text = ""
    if found.up_to:
        text += " " + _up_to(found.up_to)
    if found.given:
        text += " given " + ", ".join(map(_value, found.given))
    if found.within is not None:
        text += " within " + _value(found.within)
    if found.by is not None:
        text += f' by "{found.by}"'
    return text


def _up_to(node: tree.UpTo) -> str:
    return f"up to {node.kind}" + (f" in {', '.join(v.id for v in node.variables)}" if node.variables else "")


def _declared(node: tree.Declared) -> str:
    names = ", ".join(name.id for name in node.names)
    if node.kind is None and not node.properties:
        return ", ".join([*(name.id for name in node.names[:-1]), _value(node.conditions[-1])])
    words = [p.id for p in node.properties]
    listed = node.kind is not None and all(word in PROPERTIES for word in words)
    text = f"{names} : " + " ".join([*([] if listed else words), *([_bare(node.kind)] if node.kind else [])])
    if node.conditions:
        condition = node.conditions[0]
        assert isinstance(condition, tree.Relation)
        text += _bare(condition)[len(_at(condition.operands[0], RANGE)) :]
    return ", ".join([text, *(words if listed else [])])


def _definition(node: tree.Definition) -> str:
    parameters = "" if node.parameters is None else f"({', '.join(p.id for p in node.parameters)})"
    return f"{node.name.id}{parameters} = {_bare(node.value)}"


def _distributed(node: tree.Distributed) -> str:
    left, right = node.name.id, _value(node.law)
    if node.range is not None:
        left += f"[{node.index.id if node.index else _range(node.range)}]"
    if node.given:
        left += " | " + ", ".join(name.id for name in node.given)
    if node.range is not None and node.index:
        right += f" for {node.index.id} = {_range(node.range)}"
    return f"{left} ~ {right}"


def _chain(node: tree.Chain) -> str:
    start = node.start
    arrow = isinstance(start, tree.Logic) and LEVELS[start.operator] == ARROW
    first = node.steps[0].relation if node.steps else "=>"
    arrows = LEVELS[first] == ARROW
    whole = arrow and arrows or isinstance(start, tree.Relation) and not arrows
    lines = [(f"({_bare(start)})" if whole else _opening(_claimed(start))) + _modifiers(node.modifiers)]
    lines += ["  " + _step(step) for step in node.steps]
    if node.expect:
        lines.insert(1, _expect(node.expect))
    return "\n".join(lines)


def _step(node: tree.Step) -> str:
    arrows = LEVELS[node.relation] == ARROW
    right = node.right
    whole = isinstance(right, tree.Logic) and LEVELS[right.operator] == ARROW if arrows else isinstance(right, tree.Relation)
    text = f"{_sign(node.relation, node.variables)} {f'({_bare(right)})' if whole else _claimed(right)}{_modifiers(node.modifiers)}"
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
    tree.Question: lambda node: _opening(_bare(node.expression)),
    tree.Claim: lambda node: _claim(node, False),
    tree.Chain: _chain,
    tree.Step: _step,
    tree.Derivation: _derivation,
    tree.Scope: lambda node: _block("assume " + ", ".join(map(_value, node.conditions)), node.items),
    tree.Expect: _expect,
    tree.Setting: lambda node: f"set {node.name}" + (f" = {_value(node.value)}" if node.value is not None else ""),
    tree.Include: lambda node: f'include "{node.path}"',
    tree.Broken: lambda node: node.span.text,
}
