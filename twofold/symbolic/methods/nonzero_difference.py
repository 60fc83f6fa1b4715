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
from twofold.symbolic.normal.raising import raised

_ARITHMETIC = frozenset("add sub mul div neg pow sqrt exp log factorial arg".split())
_NEVER_ZERO = frozenset("unit cis exp prime".split())


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted where the sign of the difference of two constants is known and strict."""
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    if any(t.shape or isinstance(t, Var | Bound) or (isinstance(t, App) and t.op not in _ARITHMETIC) for t in parts):
        raise NotApplicable("not a constant of plain arithmetic")
    try:
        if not (_has_value(goal.left, goal) and _has_value(goal.right, goal)):
            raise NotApplicable("a side is not known to have a value")
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        left, right = c(goal.left), c(goal.right)
        d = c.field.sub(left, right)
        top = c.signs.of(d.num) if d.num else None
        below = "+" if len(d.den) == 1 else c.signs.of(d.den)
        if top not in ("+", "-") or below not in ("+", "-"):
            raise NotApplicable("the sign of the difference is not known")
        witness = Counterexample({}, show(raised(c, left)), show(raised(c, right)), True)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    return Evidence("difference in normal form", Truth.REFUTED, Strength.CERTIFIED, "exact difference", 1, 1, witness=witness)


def _has_value(t: Term, goal: Goal) -> bool:
    """Whether every part of a constant has a real value for sure. Parts first: a normal form takes for granted that what it reads has one."""
    if not isinstance(t, App):
        return True
    if not all(_has_value(a, goal) for a in t.args):
        return False
    if t.op == "factorial":
        return isinstance(t.args[0], Num) and t.args[0].value >= 0
    if t.op in ("log", "sqrt"):
        return _sign(t.args[0], goal) in (("+",) if t.op == "log" else ("+", "0+"))
    if t.op == "arg":
        return _is_never_zero(t.args[0], goal)
    if t.op == "div":
        return _sign(t.args[1], goal) in ("+", "-")
    if t.op == "pow":
        base, exponent = _sign(t.args[0], goal), rational(t.args[1])
        if exponent is not None and exponent.denominator == 1:
            return exponent > 0 or base in ("+", "-")
        return base == "+"
    return True


def _is_never_zero(t: Term, goal: Goal) -> bool:
    """Whether a constant is a rational number other than 0 times exponentials and roots."""
    c = converter((t,), goal.assumptions, goal.reading)
    e = c(t)
    return len(e.num) == len(e.den) == 1 and all(c.field.kernels[g][0] in _NEVER_ZERO for m in e.num for g, _ in m)


def _sign(t: Term, goal: Goal) -> str | None:
    """The sign of a constant of which every part has a value."""
    c = converter((t,), goal.assumptions, goal.reading)
    e = c(t)
    if not e.num:
        return "0+"
    top, below = c.signs.of(e.num), "+" if len(e.den) == 1 else c.signs.of(e.den)
    if below not in ("+", "-") or top is None:
        return None
    return top if below == "+" else {"+": "-", "-": "+"}.get(top)


SPEC = Method(
    name="difference in normal form",
    relations=frozenset({"=="}),
    cost=4,
    concludes=frozenset({Truth.REFUTED}),
    soundness="every part of both sides has a value, the normal form of the difference is exact, and its sign follows from positive kernels",
    run=run,
    holds=(),
    fails=("1 + 9^(-4^42) == 1",),
    open=("sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)", "2 == exp(log(-1))", "1 == sqrt(1 - sqrt(2))^2", "3 == 0^(-1)*0"),
)
