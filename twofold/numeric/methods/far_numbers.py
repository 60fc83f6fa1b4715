"""Inequalities about a whole number that fail far out: where a sum has grown, and where a wave comes near its extremes.

`cos(n)` comes near -1 at numerators of the continued fraction of pi, and drawn points do not hit those: of a wave of the argument a*n + b the candidates are
the denominators of the convergents of a/(pi/2), and small multiples of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from flint import arb, ctx, fmpq

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth
from twofold.grammar.term import App, Bound, Symbol, free_symbols, subterms
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.numeric.refuting import refuted_at, suspected
from twofold.numeric.sample import involved
from twofold.numeric.valuation import Valuation, draw, is_admitted

_WAVES = frozenset("sin cos tan cot sec csc".split())
_FAR = (10**5, 10**8, 10**12)
_BITS, _LARGEST, _MULTIPLES = 256, 10**14, 4
_NAMES, _DRAWN, _LOOKED_AT, _GROUP = 3, 2, 4, 100


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at the first such number at which both sides have a value and the relation certainly fails."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if goal.reading != "real" or goal.up_to or goal.left.shape or goal.right.shape or goal.left.sort != "number":
        raise NotApplicable("not a comparison of real numbers")
    if any(s.law is not None or s.shape or s.kind not in ("real", "integer") for s in names) or not 0 < len(names) <= _NAMES:
        raise NotApplicable("no name, too many, or one that is no real number")
    whole = [s for s in names if s.kind == "integer"]
    grown = [s for s in whole if _ends_a_sum(goal, s)]
    waves = [(s, t) for s in whole for t in _waves(goal, s)]
    if not grown and not waves:
        raise NotApplicable("no whole number ends a sum or stands in a wave")
    drawn = draw(names, goal.assumptions, goal.seed, _DRAWN)
    for point in drawn:
        near = (p for s, t in waves for n in _near(t, s, point) for p in _admitted(goal, point, s, n))
        while group := list(islice(near, _GROUP)):
            for p in suspected(goal, group, _LOOKED_AT):
                if (found := refuted_at(goal, p, "far numbers")) is not None:
                    return found
    for p in (p for point in drawn[:1] for s in grown for n in _FAR for p in _admitted(goal, point, s, n)):
        if (found := refuted_at(goal, p, "far numbers")) is not None:
            return found
    raise NotApplicable("it holds far out as well")


def _ends_a_sum(goal: Goal, s: Symbol) -> bool:
    """Whether a name ends a sum whose terms stay the same: it only grows longer as the name does."""
    return any(
        isinstance(t, Bound) and t.op == "sum" and any(s in free_symbols(e) for e in t.args) and s not in free_symbols(t.body)
        for side in (goal.left, goal.right)
        for t in subterms(side)
    )


def _waves(goal: Goal, s: Symbol) -> list[App]:
    """The waves in which a name stands that no range hides."""
    parts = dict.fromkeys(t for side in (goal.left, goal.right) for t in subterms(side))
    hidden = {b for t in parts if isinstance(t, Bound) for b in t.symbols}
    found = [t for t in parts if isinstance(t, App) and t.op in _WAVES and s in free_symbols(t)]
    return [t for t in found if not set(free_symbols(t)) & hidden]


def _near(t: App, s: Symbol, point: Valuation) -> Iterator[int]:
    """Whole numbers at which the argument comes near a multiple of a right angle, if it is a line in the name."""
    try:
        values = [arb(ball(t.args[0], {**point, s: k}, _BITS)) for k in range(3)]
    except (NoValue, TypeError):
        return
    slope = values[1] - values[0]
    if not slope.overlaps(values[2] - values[1]) or slope.contains(0):
        return
    with ctx.workprec(_BITS):
        turn = slope / (arb.pi() / 2)
        for q in _denominators(turn.mid().fmpq()):
            for k in range(1, _MULTIPLES + 1):
                yield from (k * q, -k * q)


def _denominators(x: fmpq) -> Iterator[int]:
    """The denominators of the convergents of a number."""
    before, now = 1, 0
    for _ in range(80):
        a = int(x.floor())
        before, now = now, a * now + before
        if now > _LARGEST:
            return
        if now > 1:
            yield now
        x = x - a
        if not x:
            return
        x = 1 / x


def _admitted(goal: Goal, point: Valuation, s: Symbol, n: int) -> Iterator[Valuation]:
    at: Valuation = {**point, s: n}
    if is_admitted(at, [s], goal.assumptions):
        yield at


_P, _N = "let n : positive integer\n", "let n : integer\n"
SPEC = Method(
    name="far numbers",
    relations=frozenset(("<", "<=", ">", ">=")),
    cost=31,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a refutation is a number that the declarations and assumptions admit, at which balls for both sides exclude the relation",
    run=run,
    holds=(),
    fails=(
        _P + "sum(1/k, k = 1..n) < 12",
        _N + "cos(n) > -1 + 10^-9",
        _P + "sin(3*n) < 1 - 10^-7",
        _P + "sum(1/sqrt(k), k = 1..n) < 10^5",
    ),
    open=(_P + "sum(1/k, k = 1..n) >= 1", _N + "cos(n) > -1"),
)

__all__ = ["SPEC", "run"]
