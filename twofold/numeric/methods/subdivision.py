"""Inequalities on boxes: balls over smaller and smaller boxes until every one of them decides."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Bound, Symbol, Term, subterms
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.numeric.sample import involved

_BOXES = 600


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where larger - smaller is positive on every box of a subdivision of the declared box."""
    names = involved(goal.left, goal.right)
    if goal.left.shape or goal.right.shape or goal.reading != "real" or not 1 <= len(names) <= 3:
        raise NotApplicable("up to three real names")
    if any(isinstance(t, Bound) for side in (goal.left, goal.right) for t in subterms(side)):
        raise NotApplicable("sums and integrals are not evaluated over boxes")
    box = [_interval(s) for s in names]
    if any(set(involved(a)) & set(names) for a in goal.assumptions):
        raise NotApplicable("the domain is not a box")
    f = app("sub", goal.left, goal.right) if goal.relation in (">", ">=", "!=") else app("sub", goal.right, goal.left)
    count = cover(f, names, box, either=goal.relation == "!=")
    return Evidence(
        "subdivision",
        Truth.PROVED,
        Strength.CERTIFIED,
        f"{count} boxes",
        points=count,
        effective=count,
        independent_of="the exact route",
    )


def _interval(s: Symbol) -> tuple[Fraction, Fraction]:
    low = rational(s.lower) if s.lower is not None else None
    high = rational(s.upper) if s.upper is not None else None
    if low is None or high is None or s.shape or s.kind not in ("real", "integer"):
        raise NotApplicable("the box is not bounded by numbers")
    return low, high


def cover(f: Term, names: Sequence[Symbol], box: list[tuple[Fraction, Fraction]], either: bool = False) -> int:
    """The number of boxes it took to show f > 0 (or f != 0) on a box. Raises `NotApplicable`."""
    stack, count = [box], 0
    while stack:
        b = stack.pop()
        count += 1
        if count > _BOXES:
            raise NotApplicable(f"{_BOXES} boxes were not enough")
        values: dict[Symbol, Any] = {s: _ball(low, high) for s, (low, high) in zip(names, b, strict=True)}
        try:
            v = ball(f, values, 64)
        except NoValue:
            v = None
        if isinstance(v, (int, fmpq)):
            v = arb(v)
        if isinstance(v, arb) and (v > 0 or (either and v < 0)):
            continue
        k = max(range(len(b)), key=lambda i: b[i][1] - b[i][0])
        low, high = b[k]
        if high - low < Fraction(1, 10**6):
            raise NotApplicable("the inequality is tight, or not true, near a point")
        mid = (low + high) / 2
        stack += [[*b[:k], (low, mid), *b[k + 1 :]], [*b[:k], (mid, high), *b[k + 1 :]]]
    return count


def _ball(low: Fraction, high: Fraction) -> arb:
    mid, rad = (low + high) / 2, (high - low) / 2
    # The radius is rounded up inside arb, so the ball covers the interval.
    return arb(fmpq(mid.numerator, mid.denominator)) + arb(0, arb(fmpq(rad.numerator, rad.denominator)).abs_upper())


SPEC = Method(
    name="subdivision",
    relations=frozenset({"<", "<=", ">", ">=", "!="}),
    cost=14,
    concludes=frozenset({Truth.PROVED}),
    soundness="ball arithmetic over a box encloses all values on it, and the boxes cover the domain",
    run=run,
    holds=("let x in [0, 1]\nexp(x) <= 3", "let x in [1, 2]\nx^3 - x + 1 > 0"),
    fails=(),
    open=("let x in [0, 1]\nx^2 > 0", "let x in [0, 1]\nx*(1 - x) <= 1/4 - 10^(-9)"),
)
