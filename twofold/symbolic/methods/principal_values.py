"""Inverse functions: y == acos(u) where 0 <= y <= pi and cos(y) == u, and so for asin, atan and the inverse hyperbolic functions.

A claim is solved for one such term; that the rest lies in the range of principal values and that the function of it is the argument are claims of
their own. Source: NIST Digital Library of Mathematical Functions, sections 4.23 and 4.37.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Const, Num, Term, num, subterms
from twofold.symbolic.methods import bounded_functions, case_splits, equal_squares
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.methods import sign as signs
from twofold.symbolic.methods_in_turn import proved_by

_PI = Const("pi")
_RIGHT = app("div", _PI, num(2))
_LEFT = app("neg", _RIGHT)
_INVERSE: dict[str, tuple[str, tuple[tuple[str, Term], ...]]] = {
    "acos": ("cos", ((">=", num(0)), ("<=", _PI))),
    "asin": ("sin", ((">=", _LEFT), ("<=", _RIGHT))),
    "atan": ("tan", ((">", _LEFT), ("<", _RIGHT))),
    "acosh": ("cosh", ((">=", num(0)),)),
    "asinh": ("sinh", ()),
    "atanh": ("tanh", ()),
}
"""The function that is inverted, and what is asked of y beside its value there."""
_PLACES = 6
"""Terms for which a claim is solved."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim, solved for an inverse function, says its defining property."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    if any(isinstance(t, Bound) for side in (goal.left, goal.right) for t in subterms(side)):
        raise NotApplicable("a name is bound")
    terms = [*_summed(goal.left, Fraction(1)), *_summed(goal.right, Fraction(-1))]
    places = [k for k, (_, t) in enumerate(terms) if isinstance(t, App) and t.op in _INVERSE]
    if not places:
        raise NotApplicable("no term of a side is an inverse function")
    for k in places[:_PLACES]:
        factor, t = terms[k]
        rest = [(-f / factor, s) for f, s in (*terms[:k], *terms[k + 1 :])]
        if factor and isinstance(t, App) and _is_value(t, _total(rest), goal, context):
            return Evidence("principal values", Truth.PROVED, Strength.PROOF, t.op, independent_of="numeric evaluation")
    raise NotApplicable("the other terms are not seen to be a principal value")


def _is_value(t: App, y: Term, goal: Goal, context: Any) -> bool:
    """Whether a term is the value of an inverse function."""
    function, conditions = _INVERSE[t.op]
    return _proved(replace(goal, relation="==", left=app(function, y), right=t.args[0]), context) and all(
        _proved(replace(goal, relation=relation, left=y, right=end), context) for relation, end in conditions
    )


def _proved(goal: Goal, context: Any) -> bool:
    methods = (plain, equal_squares, case_splits) if goal.relation == "==" else (signs, bounded_functions, case_splits)
    return proved_by(methods, goal, context)


def _summed(t: Term, factor: Fraction) -> Iterator[tuple[Fraction, Term]]:
    """The terms of a sum, with rational factors."""
    if isinstance(t, App) and t.op in ("add", "sub", "neg"):
        *first, last = t.args
        for a in first:
            yield from _summed(a, factor)
        yield from _summed(last, factor if t.op == "add" else -factor)
    elif isinstance(t, App) and t.op == "mul" and rational(t.args[0]) is not None:
        yield from _summed(t.args[1], factor * (rational(t.args[0]) or 0))
    elif isinstance(t, App) and t.op in ("mul", "div") and rational(t.args[1]):
        value = rational(t.args[1]) or Fraction(1)
        yield from _summed(t.args[0], factor * value if t.op == "mul" else factor / value)
    else:
        yield factor, t


def _total(terms: list[tuple[Fraction, Term]]) -> Term:
    out: Term = num(0)
    for f, t in terms:
        part = t if f == 1 else app("mul", Num(f), t)
        out = part if out == num(0) else app("add", out, part)
    return out


SPEC = Method(
    name="principal values",
    relations=frozenset({"=="}),
    cost=9,
    concludes=frozenset({Truth.PROVED}),
    soundness="on its principal range a function takes each value once, and the inverse function is the place where it does",
    run=run,
    holds=(
        "acos(cos(x)) == abs(x) given -pi <= x, x <= pi",
        "asin(sin(x)) == pi - x given pi/2 <= x, x <= 3*pi/2",
        "acos(x) == 2*asin(sqrt((1 - x)/2))",
        "2*atan(x) == acos((1 - x^2)/(1 + x^2)) given x >= 0",
        "acos(2*x^2 - 1) == 2*acos(x) given x >= 0",
    ),
    fails=(),
    open=(
        "acos(cos(x)) == x given -pi <= x, x <= pi",
        "asin(sin(x)) == pi - x given pi/2 <= x, x <= 2*pi",
        "acos(2*x^2 - 1) == 2*acos(x)",
        "2*atan(x) == acos((1 - x^2)/(1 + x^2))",
        "asin(2*x/(1 + x^2)) == 2*atan(x)",
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y))",
    ),
)

__all__ = ["SPEC", "run"]
