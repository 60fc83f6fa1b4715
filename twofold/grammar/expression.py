"""Expressions as text, with the brackets they need and no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from twofold.grammar import tree
from twofold.grammar.climb import ARROW, JUXTAPOSED, LEVELS, MINUS, NOT, POSTFIX, POWER, RANGE, RELATION, SUM
from twofold.grammar.terminals import SHORT, SQUARE
from twofold.grammar.tree import Expr, Infix, Matrix, Name, Number

_FREE, _ATOM = 0, POSTFIX + 1
_DERIVATIVE = SUM + 0.5
"""`d/dx f(x)` needs brackets in a product."""

_DIFFERENTIAL_LEFT = re.compile(r"(?:^|[^A-Za-z0-9_])d(?:\^[A-Za-z0-9_]+)?$")
_DIFFERENTIAL_RIGHT = re.compile(r"d[A-Za-z0-9_]+[(\[]")


def at(node: Expr, minimum: float) -> str:
    """A node where only what binds at least as tightly as `minimum` may stand without brackets."""
    level, writer = _WRITERS[type(node)]
    if level is None:
        level = _level(node)
    text = writer(node)
    return f"({text})" if level < minimum else text


def _part(node: Expr) -> str:
    """A node where any expression may stand, but no `where` or `given`."""
    return at(node, ARROW) if isinstance(node, tree.Where | tree.Given) else bare(node)


def bare(node: Expr) -> str:
    return _WRITERS[type(node)][1](node)


def closed(node: Expr) -> str:
    """A node where a function needs brackets."""
    return at(node, ARROW)


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
        return "not " + at(node.operand, NOT)
    return node.operator + _signed(at(node.operand, MINUS))


def _infix(node: Infix) -> str:
    """An operator with its left spine, walked without recursion: sums are long."""
    level = _level(node)
    if level == POWER:
        exponent = at(node.right, POWER)
        transposed = isinstance(node.right, tree.Postfix) and node.right.operator == "'"
        return f"{at(node.left, POSTFIX)}^{f'({exponent})' if transposed else exponent}"
    spine = [node]
    while isinstance(spine[-1].left, Infix) and _level(spine[-1].left) == level:
        spine.append(spine[-1].left)
    text = at(spine[-1].left, level)
    for infix in reversed(spine):
        text = _juxtaposed(infix, text) if level == JUXTAPOSED else _operated(infix, text, level)
    return text


def _operated(node: Infix, left: str, level: float) -> str:
    sign = node.operator
    if level == SUM:
        return f"{left} {sign} {_signed(at(node.right, _DERIVATIVE))}"
    product = sign in ("/", "./") and isinstance(node.right, Infix) and node.right.implicit
    right = at(node.right, POWER if product else JUXTAPOSED)
    if sign == "/" and _DIFFERENTIAL_RIGHT.match(right) and _DIFFERENTIAL_LEFT.search(left):
        right = f"({right})"
    return f"{left} {sign} {right}" if sign.startswith(".") else f"{left}{sign}{right}"


def _juxtaposed(node: Infix, left: str) -> str:
    """Only a name, a call, a bracket or a brace may follow, and a bracket after a name would be a call."""
    right = at(node.right, POWER)
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
    return at(node.operand, POSTFIX) + node.operator


def _call(node: tree.Call) -> str:
    opening, closing = "[]" if node.square else "()"
    if node.function.id == "limit":
        inside = ", ".join(closed(a) if isinstance(a, tree.Lambda) else _part(a) for a in node.arguments)
    else:
        inside = _list(node.arguments)
    if node.condition is not None:
        conditions = node.condition.items if isinstance(node.condition, tree.Tuple) else (node.condition,)
        inside += " | " + _list(conditions)
    return f"{node.function.id}{chr(39) * node.primes}{opening}{inside}{closing}"


def _index(node: tree.Index) -> str:
    base = at(node.base, POSTFIX)
    if isinstance(node.base, Number | tree.Text) or isinstance(node.base, Name) and node.base.id in SQUARE:
        base = f"({base})"
    return f"{base}[{_list(node.indices)}]"


def _matrix(node: Matrix) -> str:
    """Vectors as the only entries of a row would be read as the rows of a matrix, hence their brackets."""
    if not node.vector and len(node.rows) > 1:
        return f"[{'; '.join(map(_list, node.rows))}]"
    if not node.rows:
        return "[]"
    row = node.rows[0]
    vectors = [isinstance(entry, Matrix) and entry.vector for entry in row]
    if node.vector and not all(vectors):
        return f"[{_list(row)}]"
    inside = ", ".join(f"({bare(entry)})" if vector else _part(entry) for entry, vector in zip(row, vectors, strict=True))
    return f"[{inside}]" if node.vector else f"[[{inside}]]"


def _interval(node: tree.Interval) -> str:
    return f"{'[' if node.closed_left else '('}{_part(node.lower)}, {_part(node.upper)}{']' if node.closed_right else ')'}"


def _piecewise(node: tree.Piecewise) -> str:
    parts = [f"{closed(branch)} if {closed(condition)}" for branch, condition in node.branches]
    if node.otherwise is not None:
        parts.append(f"{closed(node.otherwise)} otherwise")
    return "{" + "; ".join(parts) + "}"


def _lambda(node: tree.Lambda) -> str:
    names = ", ".join(name.id for name in node.parameters)
    return f"{names if len(node.parameters) == 1 else f'({names})'} -> {_part(node.body)}"


def range_of(node: tree.Range) -> str:
    return f"{at(node.lower, SUM)}..{at(node.upper, SUM)}"


def _relation(node: tree.Relation) -> str:
    text = at(node.operands[0], RANGE)
    for sign, operand in zip(node.operators, node.operands[1:], strict=True):
        right = at(operand, RANGE)
        if sign == "in" and right[0] in "([" and not isinstance(operand, tree.Interval):
            right = f"({right})"
        text = f"{text} {sign_of(sign, node.variables)} {right}"
    return text


def sign_of(sign: str, variables: tuple[Name, ...]) -> str:
    return f"{sign}[{', '.join(v.id for v in variables)}]" if sign == "propto" and variables else sign


def _logic(node: tree.Logic) -> str:
    level = LEVELS[node.operator]
    if level == ARROW:
        return f"{at(node.left, level + 1)} {node.operator} {at(node.right, level + 1)}"
    spine = [node]
    while isinstance(spine[-1].left, tree.Logic) and spine[-1].left.operator == node.operator:
        spine.append(spine[-1].left)
    text = at(spine[-1].left, level)
    for logic in reversed(spine):
        text = f"{text} {node.operator} {at(logic.right, level + 1)}"
    return text


def _leibniz(node: tree.Leibniz) -> str:
    d = "d" if all(re.fullmatch(SHORT, name.id) for name, _ in node.variables) else "∂"
    powers = [bare(order) if order else "" for _, order in node.variables]
    below = " ".join(
        f"{d}{name.id}{'^' + power if power else ''}" for (name, _), power in zip(node.variables, powers, strict=True)
    )
    above = powers[0] if len(powers) == 1 else str(sum(int(power or 1) for power in powers))
    operand = bare(node.operand) if isinstance(node.operand, tree.Call) else f"({bare(node.operand)})"
    return f"{d}{'^' + above if above else ''}/{below if len(powers) == 1 else f'({below})'} {operand}"


def _modified(node: tree.Where | tree.Given) -> str:
    return f"{bare(node.expression)} {ending(node)}"


def ending(node: tree.Where | tree.Given) -> str:
    if isinstance(node, tree.Where):
        return "where " + ", ".join(map(bare, node.bindings))
    return "given " + ", ".join(map(closed, node.conditions))


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
    tree.System: (_ATOM, lambda node: "{" + ", ".join(map(closed, node.relations)) + "}"),
    tree.Lambda: (_FREE, _lambda),
    tree.Range: (RANGE, range_of),
    tree.Binding: (_FREE, lambda node: f"{closed(node.target)} = {_part(node.value)}"),
    tree.Approach: (_FREE, lambda node: f"{node.variable.id} -> {closed(node.target)}{node.side}"),
    tree.Relation: (RELATION, _relation),
    tree.Logic: (None, _logic),
    tree.Leibniz: (_DERIVATIVE, _leibniz),
    tree.Where: (_FREE, _modified),
    tree.Given: (_FREE, _modified),
}
