"""Checks of integrals and expansions."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from twofold.catalogue.regions import region_integral
from twofold.catalogue.shapes import bound
from twofold.core.evidence import Check
from twofold.engine.checks.growth import divergent
from twofold.engine.checks.oscillations import oscillates, oscillating
from twofold.engine.checks.region_integrals import over_region
from twofold.engine.checks.sampling import CLOSE, EXACT_ROUTE, distance, items, points, values, verdict
from twofold.engine.comparison import certainly, compare
from twofold.engine.environment import involved
from twofold.engine.reading import reading
from twofold.grammar.term import (
    INFINITE,
    MISSING,
    OO,
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    num,
    substitute,
    var,
)
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.numeric.valuation import Valuation
from twofold.symbolic.context import Context

BRIEF = 0.01
"""Nominal seconds for an enclosure of what is claimed to be infinite: where there is a finite value, it is found soon."""


def integral(question: Term, answer: Term, context: Context) -> Check | None:
    """An antiderivative: differentiated numerically, and compared with quadrature over several intervals; a definite integral:
    quadrature."""
    if (
        isinstance(question, Bound)
        and question.op == "antiderivative"
        and isinstance(question.args[0], Var)
        and not question.shape
    ):
        return _antiderivative(question, answer, question.args[0].symbol, context)
    if answer in INFINITE or answer.sort == "text":
        return _divergent(question, answer, context)
    if isinstance(question, Bound) and oscillates(question):
        return oscillating(question, answer, context)
    if isinstance(question, Bound) and answer.sort == "number" and region_integral(question) is not None:
        return over_region(question, answer, context)
    return compare(question, answer, context)


def _antiderivative(question: Bound, answer: Term, x: Symbol, context: Context) -> Check:
    integrand = substitute(question.body, {question.symbols[0]: var(x)})
    if answer.sort != "number":
        return Check("differentiation", None, note="the answer is no function")
    t = Symbol(x.name, x.kind)
    slope = bound("diff", (t,), substitute(answer, {x: var(t)}), var(x), num(1))
    errors: list[float | None] = []
    # Complex numbers in the answer do not make those of the question defined: log(cos(x)) is asked for where it is real.
    own = replace(context, reading=reading([integrand, *context.assumptions]))
    at: list[Valuation] = []
    for count in (8, 40):  # More where the first are all outside the domain.
        at = points([integrand, answer], context, count)
        for p, left, right in zip(at, values(slope, at, context), values(integrand, at, own), strict=True):
            if left is not None and right is not None:
                errors.append(_certified_distance(slope, integrand, p, distance(left, right), context))
        if errors:
            break
    back = verdict("differentiated back", [e for e in errors if e is not None])
    if back.agrees is not True:
        return back
    intervals = _over_intervals(question, answer, x, context, own, at)
    if intervals and max(intervals) > 1e-4:
        return Check("quadrature over several intervals", False, None, EXACT_ROUTE, "the antiderivative jumps inside the domain")
    method = f"differentiated back at {sum(e is not None for e in errors)} points" + (
        f", quadrature over {len(intervals)} intervals" if intervals else ""
    )
    return Check(method, True, back.digits, EXACT_ROUTE)


def _certified_distance(left: Term, right: Term, point: Valuation, found: float, context: Context) -> float | None:
    """A relative difference that is not just the rounding of doubles; `None` where balls do not say what is true."""
    if found <= CLOSE:
        return found
    said = certainly(left, right, point, context.reading)
    return 0.0 if said == "agree" else found if said == "apart" else None


def _over_intervals(
    question: Bound, answer: Term, x: Symbol, context: Context, own: Context, drawn: list[Valuation]
) -> list[float]:
    """Relative differences between F(b) - F(a) and quadrature, for neighbouring drawn points."""
    errors: list[float] = []
    alone = set(involved([question, answer])) == {x}
    low, high = Symbol("low"), Symbol("high")
    integral = Bound("integrate", question.symbols, question.body, (var(low), var(high)))
    for p in [{}] if alone else points([question, answer], context, 2, without=[x]):
        rows = drawn[:4] if alone else points([var(x), question, answer], context, 4)
        places = sorted({q[x] for q in rows if x in q and not isinstance(q[x], tuple)})
        found = values(answer, [{**p, x: e} for e in places], context)
        pairs = [(a, b) for a, b in pairwise(zip(places, found, strict=True)) if a[1] is not None and b[1] is not None]
        intervals = [{**p, low: a, high: b} for (a, _), (b, _) in pairs]
        for ((_, first), (_, last)), quadrature in zip(pairs, values(integral, intervals, own) if pairs else (), strict=True):
            if quadrature is not None:
                scale = max(abs(float(abs(e))) for e in (first, last, quadrature)) or 1.0
                errors.append(float(abs((last - first) - quadrature)) / scale)
        if errors:
            break
    return errors


def _divergent(question: Term, answer: Term, context: Context) -> Check:
    """The other route must not find a finite value."""
    said = divergent(question, answer, context)
    if said is not None:
        return said
    for p in points([question], context, 2):
        try:
            found = ball(question, p, 64, context.reading, BRIEF)
        except NoValue:
            continue
        if isinstance(found, arb) and found.is_finite() and found.rad() < 1:
            return Check("certified quadrature", False, None, EXACT_ROUTE, f"quadrature finds {found}")
    return Check(
        "certified quadrature", None, None, EXACT_ROUTE, "no finite value is found, which does not show that there is none"
    )


# --- limits -------------------------------------------------------------------------------------------------------------------


# --- expansions and transforms ------------------------------------------------------------------------------------------------


def expansion(question: Term, answer: Term, context: Context) -> Check | None:
    """The error of the terms near the point falls faster than the last power kept."""
    if not isinstance(question, App):
        return None
    f, x = question.args[0], question.args[1]
    rest = question.args[2:]
    point: Term = num(0)
    if isinstance(x, Array) or isinstance(x, App) and x.op == "tuple":
        return _in_several(f, x, rest, answer, context)
    if isinstance(x, App) and x.op == "eq":
        x, point = x.args
    elif rest:
        point, rest = rest[0], rest[1:]
    if point == MISSING:
        point = num(0)
    n = int(rest[0].value) if rest and isinstance(rest[0], Num) else 5
    if not isinstance(x, Var):
        return None
    difference = App("sub", (f, answer))
    rates: list[float] = []
    for p in points([question, answer], context, 3, without=[x.symbol]):
        for side in (1 if point == OO else -1,) if point in INFINITE else (1, -1):
            sizes = []
            for k in (8, 12):
                step = App("div", (num(side), num(2**k)))
                place = App("div", (num(1), step)) if point in INFINITE else App("add", (point, step))
                try:
                    made = ball(substitute(difference, {x.symbol: place}), p, 1024, context.reading)
                except NoValue:
                    continue
                sizes.append(float(abs(arb(made)).upper()) if isinstance(made, (arb, fmpq)) else math.nan)
            if len(sizes) == 2 and all(map(math.isfinite, sizes)):
                rates.append(99.0 if min(sizes) < 1e-200 else math.log2(sizes[0] / sizes[1]) / 4)
    if not rates:
        return Check("order of the error", None, None, EXACT_ROUTE, "no point could be evaluated")
    if min(rates) > n + 0.4:
        return Check("order of the error", True, None, EXACT_ROUTE, f"the error is of order {n + 1} or higher")
    return Check(
        "order of the error",
        False if min(rates) < n + 0.3 else None,
        None,
        EXACT_ROUTE,
        f"the error is of order {min(rates):.1f}",
    )


def _in_several(f: Term, x: Term, rest: tuple[Term, ...], answer: Term, context: Context) -> Check | None:
    """The same along a line through the point."""
    names = items(x)
    places: list[Term] = [num(0)] * len(names)
    if rest and (isinstance(rest[0], Array) or isinstance(rest[0], App) and rest[0].op == "tuple"):
        places, rest = items(rest[0]), rest[1:]
    if len(places) != len(names):
        return None
    t = Symbol("t")
    line = {
        v.symbol: App("add", (p, App("mul", (Num(Fraction(3 + 4 * k, 5 + k)), var(t)))))
        for k, (v, p) in enumerate(zip(names, places, strict=True))
        if isinstance(v, Var)
    }
    order = rest[-1] if rest and isinstance(rest[-1], Num) else num(5)
    return expansion(App("taylor", (substitute(f, line), var(t), num(0), order)), substitute(answer, line), context)
