"""Claims whose difference, in normal form, is never zero: what cancels is gone before anything is rounded."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Term, Var, subterms
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.conjugates import conjugate, upper_part
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.raising import raised

_ARITHMETIC = frozenset("add sub mul div neg pow sqrt exp log factorial arg atan2 abs re im conjugate".split())
_BROKEN: dict[str, tuple[str, ...]] = {"!=": ("0",), "<": ("+", "0"), "<=": ("+",), ">": ("-", "0"), ">=": ("-",)}
"""The signs of the difference with which a relation fails."""
_NEVER_ZERO = frozenset("unit cis exp prime".split())


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted where the sign of the difference of two constants is known, or that of its real or imaginary part is strict."""
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    if any(t.shape or isinstance(t, Var | Bound) or (isinstance(t, App) and t.op not in _ARITHMETIC) for t in parts):
        raise NotApplicable("not a constant of plain arithmetic")
    try:
        if not (_has_value(goal.left, goal) and _has_value(goal.right, goal)):
            raise NotApplicable("a side is not known to have a value")
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        left, right = c(goal.left), c(goal.right)
        if goal.relation not in ("==", "!=") and not (_is_real(c, left) and _is_real(c, right)):
            raise NotApplicable("complex numbers have no order")
        if not _fails(c, c.field.sub(left, right), goal.relation):
            raise NotApplicable("the sign of the difference is not known, or as it should be")
        witness = Counterexample({}, show(raised(c, left)), show(raised(c, right)), True)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    return Evidence("difference in normal form", Truth.REFUTED, Strength.CERTIFIED, "exact difference", 1, 1, witness=witness)


def _fails(c: Converter, d: Element, relation: str) -> bool:
    """Whether a relation fails by the difference of its sides."""
    if relation == "==":
        return _is_nonzero(c, d)
    return (not d.num and "0" in _BROKEN[relation]) or _sign(c, d) in _BROKEN[relation]


def _is_real(c: Converter, e: Element) -> bool:
    other = e if c.field.real else conjugate(c, e)
    return other is not None and c.field.equal(e, other)


def _is_nonzero(c: Converter, d: Element) -> bool:
    """By its sign, by those of its parts, or as a product of exponentials and roots."""
    if _sign(c, d) in ("+", "-") or _is_product(c, d):
        return True
    other = None if c.field.real else conjugate(c, d)
    return other is not None and any(_sign(c, part) in ("+", "-") for part in (c.field.add(d, other), upper_part(c, d, other)))


def _is_product(c: Converter, e: Element) -> bool:
    """Whether a constant is a rational number other than 0 times exponentials and roots."""
    return len(e.num) == len(e.den) == 1 and all(c.field.kernels[g][0] in _NEVER_ZERO for m in e.num for g, _ in m)


def _has_value(t: Term, goal: Goal) -> bool:
    """Whether every part of a constant has a value for sure. Parts first: a normal form takes for granted that what it reads has one."""
    if not isinstance(t, App):
        return True
    if not all(_has_value(a, goal) for a in t.args):
        return False
    if t.op == "factorial":
        return isinstance(t.args[0], Num) and t.args[0].value >= 0
    c = converter((t,), goal.assumptions, goal.reading)
    if t.op in ("log", "arg"):
        return _is_nonzero(c, c(t.args[0])) if t.op == "arg" or not c.field.real else _sign(c, c(t.args[0])) == "+"
    if t.op == "sqrt":
        return not c.field.real or _sign(c, c(t.args[0])) in ("+", "0+", "0")
    if t.op == "atan2":
        return any(_sign(c, c(a)) in ("+", "-") for a in t.args)
    if t.op == "div":
        return _is_nonzero(c, c(t.args[1]))
    if t.op == "pow":
        base, exponent = c(t.args[0]), rational(t.args[1])
        if exponent is not None and (exponent.denominator == 1 or not c.field.real):
            return exponent > 0 or _is_nonzero(c, base)
        return _sign(c, base) == "+" or (not c.field.real and _is_nonzero(c, base))
    return True


def _sign(c: Converter, e: Element) -> str | None:
    """The sign of a real constant of which every part has a value."""
    if not e.num:
        return "0"
    top, below = c.signs.of(e.num), "+" if len(e.den) == 1 else c.signs.of(e.den)
    if below not in ("+", "-") or top is None:
        return None
    return top if below == "+" else {"+": "-", "-": "+"}.get(top)


SPEC = Method(
    name="difference in normal form",
    relations=frozenset(("==", *_BROKEN)),
    cost=4,
    concludes=frozenset({Truth.REFUTED}),
    soundness="every part of both sides has a value, the normal form of the difference is exact, and its sign follows from positive kernels",
    run=run,
    holds=(),
    fails=(
        "1 + 9^(-4^42) == 1",
        "arg(-1) < pi",
        "atan2(0, -1) != pi",
        "log(exp(-im*pi)) == -im*pi",
        "sqrt(exp(-im*pi)) == exp(-im*pi/2)",
    ),
    open=(
        "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)",
        "2 == exp(log(-1))",
        "1 == sqrt(1 - sqrt(2))^2",
        "3 == 0^(-1)*0",
        "arg(-1) <= pi",
        "arg(sqrt(1 - im^4)) == 1",
        "log(1 + im^2) == 2*im",
    ),
)
