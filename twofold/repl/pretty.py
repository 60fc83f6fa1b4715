"""Exact answers in two dimensions: fractions, powers, roots, sums, integrals and matrices as one writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

from twofold.core.diagnostic import TwofoldError
from twofold.grammar import tree
from twofold.grammar.parse import parse_expression
from twofold.grammar.spelling import LETTERS, SUBSCRIPTS, SUPERSCRIPTS
from twofold.repl.box import Box, beside, fenced, fraction, grid, joined, power, root, stacked, text
from twofold.repl.report_answer import cut
from twofold.repl.style import Style

MOST_ROWS = 12
LONGEST = 50_000
SUM, PRODUCT, UNARY, POWER, ATOM = range(5)
"""How tightly a node binds; a part that binds more loosely than its place needs brackets."""

GREEK = {word: letter for letter, word in reversed(LETTERS.items())}
RAISED = {plain: letter for letter, plain in SUPERSCRIPTS.items()}
LOWERED = {plain: letter for letter, plain in SUBSCRIPTS.items()}
SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "~=": "≈", "in": "∈", "propto": "∝", "and": "∧", "or": "∨"}
ARROWS = {"=>": "⇒", "<=>": "⇔", "<==": "⇐"}


def pretty(exact: str, style: Style) -> str:
    """The layout of twofold text, folded to the width; the text itself where there is nothing to lay out or no way to fold it."""
    if not style.two_dimensional or len(exact) > LONGEST:
        return cut(exact)
    try:
        node = parse_expression(exact)
    except TwofoldError:
        return cut(exact)  # Some answers are words.
    laid = box(node)
    if laid.width <= style.width:
        return str(laid)
    folded = fold(node, style.width)
    return str(folded) if folded is not None else cut(exact)


def fold(node: tree.Expr, width: int) -> Box | None:
    """A sum or a list over several rows, None where a part alone is too wide."""
    match node:
        case tree.Infix(operator="+" | "-"):
            parts = [term if first else beside(text(sign), term) for first, sign, term in _terms(node)]
        case tree.Set(items=items) | tree.Tuple(items=items):
            parts = [beside(box(item), text(",")) for item in items]
        case _:
            return None
    rows: list[Box] = []
    for part in parts:
        if rows and rows[-1].width + part.width <= width:
            rows[-1] = beside(rows[-1], part)
        elif part.width > width:
            return None
        else:
            rows.append(part)
    return stacked(rows, 0, "left")


def _terms(node: tree.Expr) -> list[tuple[bool, str, Box]]:
    """The terms of a sum: whether it is the first, its sign, and its box."""
    if isinstance(node, tree.Infix) and node.operator in "+-" and len(node.operator) == 1:
        return [*_terms(node.left), (False, f" {_minus(node.operator)} ", bracketed(node.right, PRODUCT))]
    return [(True, "", box(node))]


def box(node: tree.Expr) -> Box:
    """The layout of a node, as wide as it wants to be."""
    match node:
        case tree.Number(text=digits):
            return text(digits)
        case tree.Name(id=name):
            return text(name_text(name))
        case tree.Prefix(operator="not", operand=operand):
            return beside(text("¬"), bracketed(operand, UNARY))
        case tree.Prefix(operator=operator, operand=operand):
            return beside(text(_minus(operator)), bracketed(operand, PRODUCT))
        case tree.Postfix(operator=operator, operand=operand):
            return beside(bracketed(operand, ATOM), text("ᵀ" if operator == "'" else operator))
        case tree.Infix(operator="/" | "*") if negative(node):
            return beside(text("−"), bracketed(_positive(node), PRODUCT))
        case tree.Infix(operator="/", left=left, right=right):
            return _fraction(left, right)
        case tree.Infix(operator="^", left=left, right=right):
            return _power(left, right)
        case tree.Infix(operator="*", left=left, right=right):
            return _product(left, right)
        case tree.Infix(operator=operator, left=left, right=right):
            loose = SUM if operator in "+-" else PRODUCT
            return beside(bracketed(left, loose), text(f" {_minus(operator)} "), bracketed(right, loose + 1))
        case tree.Call(primes=0, square=False, condition=None) if node.function.id in CALLS:
            return CALLS[node.function.id](node)
        case tree.Call(arguments=arguments, condition=condition):
            inside = joined(map(box, arguments))
            inside = beside(inside, text(" | "), box(condition)) if condition else inside
            head = text(name_text(node.function.id) + "′" * node.primes)
            return beside(head, fenced(inside, *("[]" if node.square else "()")))
        case tree.Index(base=base, indices=indices):
            return beside(bracketed(base, ATOM), fenced(joined(map(box, indices)), "[", "]"))
        case tree.Matrix(rows=rows, vector=vector):
            return _matrix([[item] for item in rows[0]] if vector else [list(row) for row in rows])
        case tree.Tuple(items=items):
            return fenced(joined(map(box, items)))
        case tree.Set(items=items):
            return fenced(joined(map(box, items)), "{", "}")
        case tree.Piecewise(branches=branches, otherwise=otherwise):
            cells = [[box(value), beside(text("if "), box(condition))] for value, condition in branches]
            cells += [[box(otherwise), text("otherwise")]] if otherwise else []
            return fenced(_left(cells), "{", "")
        case tree.Relation(operators=operators, operands=operands):
            parts = [box(operands[0])]
            for operator, operand in zip(operators, operands[1:], strict=True):
                parts += [text(f" {SIGNS.get(operator, operator)} "), box(operand)]
            return beside(*parts)
        case tree.Logic(operator=operator, left=left, right=right):
            sign = SIGNS.get(operator) or ARROWS.get(operator, operator)
            return beside(bracketed(left, PRODUCT), text(f" {sign} "), bracketed(right, PRODUCT))
        case tree.Interval(lower=lower, upper=upper, closed_left=left, closed_right=right):
            return fenced(joined([box(lower), box(upper)]), "[" if left else "(", "]" if right else ")")
        case _:
            return text(" ".join(node.span.text.split()))


def bracketed(node: tree.Expr, least: int) -> Box:
    return box(node) if tightness(node) >= least else fenced(box(node))


def tightness(node: tree.Expr) -> int:
    match node:
        case tree.Infix(operator="+" | "-") | tree.Relation() | tree.Logic() | tree.Lambda() | tree.Where() | tree.Given():
            return SUM
        case tree.Infix(operator="^"):
            return POWER
        case tree.Infix():
            return SUM if negative(node) else PRODUCT
        case tree.Prefix():
            return SUM if node.operator != "not" else UNARY
        case tree.Call(function=tree.Name(id="exp")):
            return POWER
        case tree.Call(function=tree.Name(id="sum" | "prod" | "integrate")):
            return UNARY
        case _:
            return ATOM


def name_text(name: str) -> str:
    """`alpha_1` is α₁, `oo` is ∞."""
    if name == "oo":
        return "∞"
    head, underscore, below = name.partition("_")
    head = GREEK.get(head, head)
    if underscore and below and all(c in LOWERED for c in below):
        return head + "".join(LOWERED[c] for c in below)
    return head + underscore + below


def negative(node: tree.Expr) -> bool:
    """Whether a product or quotient begins with a minus sign."""
    while isinstance(node, tree.Infix) and node.operator in ("*", "/"):
        node = node.left
    return isinstance(node, tree.Prefix) and node.operator == "-"


def _positive(node: tree.Expr) -> tree.Expr:
    """A negative product or quotient without its sign."""
    if isinstance(node, tree.Infix):
        return replace(node, left=_positive(node.left))
    return node.operand if isinstance(node, tree.Prefix) else node


def _minus(operator: str) -> str:
    return "−" if operator == "-" else operator


def _fraction(left: tree.Expr, right: tree.Expr) -> Box:
    if isinstance(left, tree.Number) and isinstance(right, tree.Number) and len(left.text + right.text) <= 6:
        return text(f"{left.text}/{right.text}")
    return fraction(box(left), box(right))


def _power(base: tree.Expr, exponent: tree.Expr) -> Box:
    below = bracketed(base, ATOM)
    if isinstance(base, tree.Infix) and base.operator == "/" and isinstance(base.left, tree.Number):
        below = fenced(box(base))
    plain = exponent.span.text.replace(" ", "")
    if below.flat and len(plain) <= 3 and all(c in RAISED for c in plain):
        return beside(below, text("".join(RAISED[c] for c in plain)))
    return power(below, box(exponent))


def _product(left: tree.Expr, right: tree.Expr) -> Box:
    one = fraction(box(left.left), box(left.right)) if _is_quotient(left) else bracketed(left, PRODUCT)
    other = fraction(box(right.left), box(right.right)) if _is_quotient(right) else bracketed(right, UNARY)
    if isinstance(left, tree.Number) and isinstance(right, tree.Name | tree.Call | tree.Infix) and not _starts_with_digit(other):
        return beside(one, text("" if isinstance(right, tree.Name) else " "), other)
    return beside(one, text("·"), other)


def _is_quotient(node: tree.Expr) -> TypeGuard[tree.Infix]:
    return isinstance(node, tree.Infix) and node.operator == "/"


def _starts_with_digit(laid: Box) -> bool:
    return laid.lines[laid.base].lstrip()[:1].isdigit()


def _root(node: tree.Call) -> Box:
    inside = box(node.arguments[0])
    index = {"sqrt": "", "cbrt": "3"}.get(node.function.id) if len(node.arguments) == 1 else node.arguments[1].span.text
    if inside.flat and not index and isinstance(node.arguments[0], tree.Name | tree.Number):
        return beside(text("√"), inside)
    return root(inside, index or "")


def _exponential(node: tree.Call) -> Box:
    return power(text("e"), box(node.arguments[0]))


def _bars(left: str, right: str) -> Callable[[tree.Call], Box]:
    return lambda node: fenced(joined(map(box, node.arguments)), left, right)


def _big(sign: tuple[str, ...], differential: bool) -> Callable[[tree.Call], Box]:
    """A sum, product or integral with its bounds above and below the sign."""

    def lay(node: tree.Call) -> Box:
        body, *rest = node.arguments
        inside = bracketed(body, PRODUCT)
        if len(rest) != 1 or not isinstance(rest[0], tree.Binding) or not isinstance(rest[0].value, tree.Range):
            name = joined(map(box, node.arguments))
            return beside(text(node.function.id), fenced(name))
        variable, bounds = rest[0].target, rest[0].value
        lower = box(bounds.lower) if differential else beside(box(variable), text(" = "), box(bounds.lower))
        tower = stacked((box(bounds.upper), Box(sign, len(sign) // 2), lower), 1)
        tail = beside(text(" d"), box(variable)) if differential else text("")
        return beside(tower, text(" "), inside, tail)

    return lay


CALLS: dict[str, Callable[[tree.Call], Box]] = {
    "sqrt": _root,
    "cbrt": _root,
    "root": _root,
    "exp": _exponential,
    "abs": _bars("|", "|"),
    "sum": _big(("⎲", "⎳"), False),
    "prod": _big(("┬─┬", "│ │"), False),
    "integrate": _big(("⌠", "⎮", "⌡"), True),
}


def _matrix(rows: list[list[tree.Expr]]) -> Box:
    cells = [[box(item) for item in row] for row in rows]
    if len(cells[0]) > MOST_ROWS:
        cells = [[*row[: MOST_ROWS - 2], text("…"), row[-1]] for row in cells]
    if len(cells) > MOST_ROWS:
        cells = [*cells[: MOST_ROWS - 2], [text("⋮")] * len(cells[0]), cells[-1]]
    return fenced(grid(cells), "[", "]")


def _left(cells: list[list[Box]]) -> Box:
    """Columns that begin at the left, for the branches of a piecewise expression."""
    width = max(row[0].width for row in cells)
    rows = [beside(row[0], text(" " * (width - row[0].width + 2)), row[1]) for row in cells]
    whole = stacked(rows, 0, "left")
    return Box(whole.lines, whole.height // 2)
