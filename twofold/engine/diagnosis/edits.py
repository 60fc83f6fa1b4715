"""Small edits of a tree that undo a typical slip: a sign, a factor, an exponent, a name for another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.display import number
from twofold.engine.diagnosis.arithmetic import (
    divided,
    in_front,
    in_lowest_terms,
    minus,
    negative,
    over,
    plus,
    raised,
    times,
    without_one,
)
from twofold.engine.diagnosis.place import put
from twofold.grammar import tree
from twofold.grammar.tree import Call, Infix, Name, Number, Postfix, Prefix

_CONSTANTS = frozenset("pi e oo im true false".split())
_FUNCTIONS = {
    "sin": ("cos",),
    "cos": ("sin",),
    "tan": ("cot",),
    "cot": ("tan",),
    "sec": ("cos", "csc"),
    "csc": ("sin", "sec"),
    "sinh": ("cosh",),
    "cosh": ("sinh",),
    "exp": ("log",),
    "log": ("exp",),
    "min": ("max",),
    "max": ("min",),
    "sqrt": ("cbrt",),
    "cbrt": ("sqrt",),
    "Phi": ("phi",),
    "phi": ("Phi",),
}
_PRODUCT = ("*", "/", ".*", "./")
_LINEAR = ("sum", "mean", "integrate")
_TWO = Number("2")
_ONE = Number("1")


@dataclass(frozen=True, slots=True)
class Edit:
    """A node and what to put for it; `cost` orders edits, likely ones first. `worked`: a side worked out from the other one, however much it changes."""

    old: tree.Expr
    new: tree.Expr
    cost: float
    worked: bool = False


def _half(node: tree.Expr) -> tree.Expr:
    lowest, below = in_lowest_terms(node, 2)
    return without_one(lowest) if below == 1 else divided(node, _TWO)


def nodes(root: Any, parent: Any = None, role: str = "") -> Iterator[tuple[Any, Any, str]]:
    """The nodes that may be edited, with their parent and where they stand in it."""
    if isinstance(root, tree.Binding):
        yield from nodes(root.value, root, "value")
        return
    if isinstance(root, tree.Approach):
        yield from nodes(root.target, root, "target")
        return
    yield root, parent, role
    if isinstance(root, Call):
        for a in root.arguments[:1] if root.function.id in ("grad", "diff", "jacobian", "hessian") else root.arguments:
            yield from nodes(a, root, "argument")
        if root.condition is not None:
            yield from nodes(root.condition, root, "condition")
        return
    if isinstance(root, tree.Leibniz):
        yield from nodes(root.operand, root, "argument")
        return
    if isinstance(root, tree.Lambda):
        yield from nodes(root.body, root, "body")
        return
    if isinstance(root, Infix):
        yield from nodes(root.left, root, "left")
        yield from nodes(root.right, root, "right")
        return
    for child in tree.children(root):
        yield from nodes(child, root, "inside")


def names_in(*roots: Any) -> list[str]:
    """The names that stand for values in some trees, in order."""
    found: dict[str, None] = {}
    for root in roots:
        for n, _, _ in nodes(root):
            if isinstance(n, Name) and n.id not in _CONSTANTS:
                found.setdefault(n.id)
    return list(found)


def numbers_in(*roots: Any) -> list[str]:
    """The spellings of the numbers in some trees."""
    found: dict[str, None] = {}
    for root in roots:
        for n, _, _ in nodes(root):
            if isinstance(n, Number):
                found.setdefault(n.text)
    return list(found)


def edits(right: tree.Expr, left: tree.Expr, arrays: frozenset[str] = frozenset(), others: Sequence[str] = ()) -> list[Edit]:
    """All edits of a tree, cheapest first; names and numbers are taken from both trees. `arrays` are the names of vectors and
    matrices, `others` further names that may have been meant."""
    names, numbers = names_in(left, right), numbers_in(left)
    swaps = list(dict.fromkeys([*names, *others]))
    entries = list(dict.fromkeys(n for side in (left, right) for n, _, _ in nodes(side) if isinstance(n, tree.Index)))
    found: list[Edit] = []
    for node, parent, role in nodes(right):
        found.extend(_signs(node, parent, role))
        found.extend(_numbers(node, parent, role, numbers, names))
        found.extend(_factors(node, parent, role, names, entries))
        found.extend(_powers(node, parent, role))
        found.extend(_shapes(node, parent, role))
        found.extend(_swaps(node))
        found.extend(_functions(node, arrays))
        found.extend(_terms(node))
        if isinstance(node, Infix) and node.operator in ("+", "-"):
            found.extend(Edit(node, plus(node, Name(n)), 1.85) for n in names)
        if isinstance(node, Name) and node.id not in ("oo", "im", "true", "false"):
            found.extend(Edit(node, Name(other), 1.7) for other in swaps if other != node.id)
            found.append(Edit(node, minus(node, _ONE), 1.6))
            found.append(Edit(node, plus(node, _ONE), 1.7))
            if not isinstance(parent, (tree.Range, tree.Index)):
                found.append(Edit(node, over(_ONE, node), 1.8))
    if any(isinstance(n, Call) and n.function.id in ("sqrt", "abs", "root") or _is_root(n) for n, _, _ in nodes(left)):
        found.extend(_magnitudes(right))
    if "im" in {n.id for n, _, _ in nodes(left) if isinstance(n, Name)}:
        found.extend(
            Edit(n, in_front(Name("im"), n), 1.5) for n, parent, role in nodes(right) if _top_of_product(n, parent, role)
        )
    found.extend(_exchanges(right))
    found.extend(_summands(right, left))
    found.sort(key=lambda e: e.cost)
    return found


def _summands(right: tree.Expr, left: tree.Expr) -> Iterator[Edit]:
    """The terms of sums with one more factor that has an index, or without one."""
    entries = list(dict.fromkeys(n for root in (left, right) for n, _, _ in nodes(root) if isinstance(n, tree.Index)))[:6]
    for node, _, _ in nodes(right):
        if not (isinstance(node, Call) and node.function.id in ("sum", "prod", "mean") and node.arguments):
            continue
        body = node.arguments[0]
        for entry in entries:
            yield Edit(body, times(entry, body), 1.5)
            yield Edit(body, over(body, entry), 1.7)


def _top_of_product(node: Any, parent: Any, role: str) -> bool:
    """Whether a node is a whole product, argument, term or denominator, so that a factor may be put to it once."""
    if isinstance(
        node,
        (tree.Relation, tree.Logic, tree.Range, tree.Matrix, tree.System, tree.Slice, tree.Tuple, tree.Set, tree.Text, Number),
    ):
        return False
    if isinstance(node, Prefix):
        return False
    if isinstance(parent, Infix) and parent.operator in _PRODUCT:
        return role == "right" and parent.operator in ("/", "./")
    if isinstance(parent, Infix) and parent.operator == "^":
        return role == "right"
    return not isinstance(parent, (tree.Index, Postfix))


def _signs(node: Any, parent: Any, role: str) -> Iterator[Edit]:
    if isinstance(node, Infix) and node.operator in ("+", "-"):
        yield Edit(node, replace(node, operator="-" if node.operator == "+" else "+"), 1.0)
        first = node.left
        if not (isinstance(first, Infix) and first.operator in ("+", "-")):
            yield Edit(node, Infix("+" if node.operator == "-" else "-", negative(first), node.right), 1.5)
    if isinstance(node, Prefix) and node.operator == "-":
        yield Edit(node, node.operand, 1.0)
    elif isinstance(node, (Infix, Call, Name, Number, Postfix, tree.Index, tree.Leibniz)) and not isinstance(parent, Prefix):
        leads = (
            not isinstance(parent, Infix)
            or (role == "left" and parent.operator in ("+", "-"))
            or (role == "right" and parent.operator == "^")
        )
        if leads and not isinstance(parent, (tree.Range, tree.Index, Postfix)):
            yield Edit(node, negative(node), 1.4 if isinstance(parent, Call) else 1.05)


def _numbers(node: Any, parent: Any, role: str, others: list[str], names: list[str]) -> Iterator[Edit]:
    if not isinstance(node, Number):
        return
    q = Fraction(node.text)
    exponent = isinstance(parent, Infix) and parent.operator == "^" and role == "right"
    factor = isinstance(parent, Infix) and parent.operator in ("*", ".*")  # 1*x is x without its factor, another edit
    if q.denominator == 1:
        for step in (-1, 1):
            if q + step > (1 if factor else 0) or (exponent and q + step == 0):
                yield Edit(node, number(q + step), 1.2 if exponent else 1.4)
    yield Edit(node, number(2 * q), 1.3)
    if q > 1:
        yield Edit(node, number(q * q), 1.5)
        yield Edit(node, over(_ONE, node), 1.6)
    if q and not (factor and q == 2):
        yield Edit(node, over(node, _TWO) if q.numerator % 2 else number(q / 2), 1.35)
    zero = ["0"] if isinstance(parent, tree.Matrix) else []
    if not exponent and node.text in ("1", "2"):
        yield from (Edit(node, Name(n), 1.75) for n in names)
    yield from (Edit(node, Number(t), 1.5) for t in [*(o for o in others if o != "0"), *zero] if t != node.text)


def _factors(node: Any, parent: Any, role: str, names: list[str], entries: list[Any]) -> Iterator[Edit]:
    if _top_of_product(node, parent, role):
        yield Edit(node, in_front(_TWO, node), 1.2)
        yield Edit(node, _half(node), 1.25)
        for n in names:
            yield Edit(node, in_front(Name(n), node), 1.5)
            yield Edit(node, divided(node, Name(n)), 1.5)
            yield Edit(node, times(node, minus(_ONE, Name(n))), 1.8)
        yield from (Edit(node, in_front(x, node), 1.7) for x in entries if x != node)
    if isinstance(node, Infix) and node.operator in _PRODUCT:
        yield Edit(node, node.left, 1.3)
        if node.operator in ("*", ".*"):
            yield Edit(node, node.right, 1.3)
            yield Edit(node, replace(node, operator="/", implicit=False), 1.6)
            yield Edit(node, over(node.right, node.left), 1.65)
        else:
            yield Edit(node, replace(node, operator="*"), 1.4)
            yield Edit(node, over(node.right, node.left), 1.3)


def _powers(node: Any, parent: Any, role: str) -> Iterator[Edit]:
    if isinstance(node, Call) and node.function.id == "sqrt" and len(node.arguments) == 1:
        yield Edit(node, raised(node, Number("3")), 1.4)
    if isinstance(node, Infix) and node.operator == "^" and _is_root(node) and (q := _fraction(node.right)) is not None:
        yield from (Edit(node.right, number(q + k), 1.2) for k in (-1, 1))
        if q.denominator == 2:
            yield Edit(node, Call(Name("sqrt"), (node.left,)), 1.4)
    if isinstance(node, Infix) and node.operator == "^":
        yield Edit(node, node.left, 1.2)
        if not isinstance(node.right, Number):
            yield Edit(node.right, minus(node.right, _ONE), 1.1)
            yield Edit(node.right, plus(node.right, _ONE), 1.1)
    elif isinstance(node, (Name, Call, tree.Index)) or (isinstance(node, Infix) and node.operator in ("+", "-")):
        inside = isinstance(parent, (tree.Range, tree.Index, tree.Relation))
        if (
            not inside
            and not (isinstance(parent, Infix) and parent.operator == "^")
            and not (isinstance(node, Name) and node.id in _CONSTANTS - {"e", "pi"})
        ):
            yield Edit(node, raised(node, _TWO), 1.4)
            if not isinstance(node, Name):
                yield Edit(node, Call(Name("sqrt"), (node,)), 1.7)
    if isinstance(node, Infix) and node.operator in ("*", "/") and isinstance(parent, tree.Relation):
        yield Edit(node, Call(Name("sqrt"), (node,)), 1.6)
    if isinstance(node, Call) and node.function.id == "sqrt" and len(node.arguments) == 1:
        yield Edit(node, node.arguments[0], 1.3)


def _fraction(node: Any) -> Fraction | None:
    """The value of a number or of a quotient of two."""
    if isinstance(node, Number):
        return Fraction(node.text)
    if isinstance(node, Infix) and node.operator == "/" and isinstance(node.left, Number) and isinstance(node.right, Number):
        return Fraction(node.left.text) / Fraction(node.right.text) if Fraction(node.right.text) else None
    return None


def _swaps(node: Any) -> Iterator[Edit]:
    if isinstance(node, Infix) and node.operator == "-":
        yield Edit(node, minus(node.right, node.left), 1.3)
    if isinstance(node, Infix) and node.operator == "^":
        yield Edit(node, raised(node.right, node.left), 1.9)
    if isinstance(node, Infix) and node.operator == "*" and not node.implicit:
        yield Edit(node, times(node.right, node.left), 1.8)
    if isinstance(node, tree.Range):
        yield Edit(node, tree.Range(node.upper, node.lower), 1.8)


def _is_root(node: Any) -> bool:
    """Whether this is a power with a fraction or a decimal as its exponent."""
    return (
        isinstance(node, Infix)
        and node.operator == "^"
        and (
            isinstance(node.right, Infix)
            and node.right.operator == "/"
            or isinstance(node.right, Number)
            and "." in node.right.text
        )
    )


def _magnitudes(right: tree.Expr) -> Iterator[Edit]:
    """The absolute value that a root of an even power is."""
    for node, parent, _ in nodes(right):
        if isinstance(parent, (tree.Range, tree.Index)) or (isinstance(node, Name) and node.id in _CONSTANTS):
            continue
        if isinstance(node, (Name, Infix, tree.Index)):
            yield Edit(node, Call(Name("abs"), (node,)), 1.45)


def _shapes(node: Any, parent: Any, role: str) -> Iterator[Edit]:
    """What is written in one place and meant in another: a power for a product, a factor or a power outside of a bracket for one inside."""
    if isinstance(node, Infix) and node.operator == "^" and isinstance(node.right, Number):
        yield Edit(node, times(node.right, node.left), 1.5)
    if isinstance(node, Infix) and node.operator == "*" and isinstance(node.left, Number) and node.left.text != "1":
        yield Edit(node, raised(node.right, node.left), 1.5)
    if (
        isinstance(node, Infix)
        and node.operator == "*"
        and role == "right"
        and isinstance(parent, Infix)
        and parent.operator == "/"
    ):
        yield Edit(node, raised(node, _TWO), 1.4)
    if isinstance(node, Infix) and node.operator == "^" and isinstance(node.left, Call) and node.left.function.id in _LINEAR:
        first, *others = node.left.arguments
        yield Edit(node, replace(node.left, arguments=(raised(first, node.right), *others)), 1.4)
    if isinstance(node, Call) and node.function.id in _LINEAR and node.arguments:
        first, *others = node.arguments
        if isinstance(first, Infix) and first.operator == "*":
            yield Edit(first, raised(first, _TWO), 1.4)
        if isinstance(first, Infix) and first.operator == "^":
            yield Edit(node, raised(replace(node, arguments=(first.left, *others)), first.right), 1.4)
    if isinstance(node, Call) and len(node.arguments) == 1 and not node.square:
        inner = node.arguments[0]
        if isinstance(inner, Infix) and inner.operator in ("*", "/"):
            yield Edit(node, replace(inner, left=replace(node, arguments=(inner.left,)), implicit=False), 1.5)
    if isinstance(node, Infix) and node.operator in ("*", "/") and isinstance(node.left, Call) and len(node.left.arguments) == 1:
        yield Edit(node, replace(node.left, arguments=(replace(node, left=node.left.arguments[0]),)), 1.6)


def _functions(node: Any, arrays: frozenset[str]) -> Iterator[Edit]:
    if isinstance(node, Infix) and node.operator == "*":
        calls = [c for c in (node.left.right if isinstance(node.left, Infix) else node.left, node.right) if isinstance(c, Call)]
        if len(calls) == 2 and calls[0].function.id == calls[1].function.id:
            for other in _FUNCTIONS.get(calls[0].function.id, ()):
                made: Any = node
                for c in calls:
                    made = put(made, c, replace(c, function=Name(other)))
                yield Edit(node, made, 1.6)
    if isinstance(node, Call) and not node.square and len(node.arguments) == 1:
        for other in _FUNCTIONS.get(node.function.id, ()):
            yield Edit(node, replace(node, function=Name(other)), 1.6)
        yield Edit(node, node.arguments[0], 1.7)
    if isinstance(node, (Name, Call)) and arrays.intersection(names_in(node)):
        yield Edit(node, Postfix("'", node), 1.6)
    if (
        isinstance(node, Infix)
        and node.operator == "*"
        and all(isinstance(x, Name) and x.id in arrays for x in (node.left, node.right))
    ):
        yield Edit(node, times(Postfix("'", node.left), Postfix("'", node.right)), 1.8)
    if isinstance(node, Postfix) and node.operator == "'":
        yield Edit(node, node.operand, 1.5)
    if (
        isinstance(node, Infix)
        and node.operator == "*"
        and node.left == _TWO
        and isinstance(node.right, Name)
        and node.right.id in arrays
    ):
        yield Edit(node, plus(node.right, Postfix("'", node.right)), 1.6)
    if isinstance(node, Call) and node.function.id == "integrate" and len(node.arguments) == 2:
        yield from _jacobians(node.arguments[0], node.arguments[1])
    if isinstance(node, Infix | Call):
        inner = names_in(node)
        if len(inner) == 1:
            yield Edit(node, Name(inner[0]), 1.9)
            if isinstance(node, Call) and inner[0] in arrays:
                yield Edit(node, Postfix("'", Name(inner[0])), 1.9)


def _jacobians(body: tree.Expr, over_what: tree.Expr) -> Iterator[Edit]:
    """The factors that usual substitutions bring into an integrand."""
    u = over_what.target if isinstance(over_what, tree.Binding) else over_what
    root = Call(Name("sqrt"), (u,))
    for factor in (times(_TWO, root), root, u, times(_TWO, u)):
        yield Edit(body, over(body, factor), 1.8)
        yield Edit(body, times(body, factor), 1.9)


def _terms(node: Any) -> Iterator[Edit]:
    if isinstance(node, Infix) and node.operator in ("+", "-"):
        yield Edit(node, node.left, 1.5)
        yield Edit(node, node.right if node.operator == "+" else Prefix("-", node.right), 1.6)
        yield Edit(node, times(node.left, node.right), 2.0)
    if isinstance(node, Infix) and node.operator == "*":
        yield Edit(node, plus(node.left, node.right), 2.0)
        yield Edit(node, minus(node.left, node.right), 2.1)
    yield from _brackets(node)


def _brackets(node: Any) -> Iterator[Edit]:
    """A factor that belongs to the whole bracket, or to its first term alone."""
    if not isinstance(node, Infix) or isinstance(node.right, Number) and node.operator == "/":
        return
    if node.operator in ("+", "-") and isinstance(node.left, Infix) and node.left.operator == "*":
        yield Edit(node, times(node.left.left, replace(node, left=node.left.right)), 1.5)
    if node.operator == "*" and isinstance(node.right, Infix) and node.right.operator in ("+", "-"):
        yield Edit(node, replace(node.right, left=times(node.left, node.right.left)), 1.5)


def _exchanges(right: tree.Expr) -> Iterator[Edit]:
    """Two names in each other's place, in the smallest sum or product that holds both."""
    for node, _, _ in nodes(right):
        if not isinstance(node, Infix) or node.operator not in ("+", "-", "*", "/"):
            continue
        ours, theirs = (
            [n for n, _, _ in nodes(x) if isinstance(n, Name) and n.id not in _CONSTANTS] for x in (node.left, node.right)
        )
        if len(ours) * len(theirs) > 12:
            continue
        for a in ours:
            for b in theirs:
                if a.id != b.id:
                    yield Edit(node, _exchanged(node, a, b), 1.7)


def _exchanged(node: Any, a: Name, b: Name) -> Any:
    mark = Name("exchanged")
    return put(put(put(node, a, mark), b, Name(a.id)), mark, Name(b.id))
