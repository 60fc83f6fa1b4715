"""Checks of integrals, limits, expansions and transforms."""

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
from twofold.engine.checks.sampling import CLOSE, EXACT_ROUTE, distance, items, points, value, values, verdict
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
    subterms,
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


def limit(question: Term, answer: Term, context: Context) -> Check | None:
    """The values of the expression on the way to the target."""
    if not isinstance(question, Bound) or question.shape:
        return compare(question, answer, context)
    sides = (
        [question.side]
        if question.side
        else ["-"]
        if question.args[0] == OO
        else ["+"]
        if question.args[0] in INFINITE
        else ["+", "-"]
    )
    errors: list[float] = []
    for p in points([question, answer], context, 3):
        ways = [_approach(question, s, p, context) for s in sides]
        if answer.sort == "text":
            return _nowhere(ways)
        for way, s in zip(ways, sides, strict=True):
            error = _towards(way, answer, p, context)
            slow = any(isinstance(t, App) and t.op == "log" for t in subterms(question.body))
            if error is not None and error > 0.05 and slow and question.args[0] in INFINITE:
                # A logarithm is slow: the values much further out decide.
                error = _towards(_approach(question, s, p, context, (500, 1000, 2000)), answer, p, context)
            if error is not None:
                errors.append(error)
    return verdict("approached", errors, close=1e-4, apart=0.05)


def _approach(question: Bound, side: str, p: Valuation, context: Context, steps: tuple[int, ...] = (10, 20, 40, 80)) -> list[arb]:
    """Values at points closer and closer to the target from a side."""
    x, target = question.symbols[0], question.args[0]
    found = []
    for k in steps:
        if target in INFINITE:
            place: Term = num(10 ** (k // 5) if target == OO else -(10 ** (k // 5)))
        else:
            step = App("div", (num(1), num(2**k)))
            place = App("add" if side == "+" else "sub", (target, step))
        try:
            made = ball(substitute(question.body, {x: place}), p, 512, context.reading)
        except NoValue:
            continue
        if isinstance(made, (arb, fmpq)) and _is_sharp(arb(made)):
            found.append(arb(made))
    return found


def _is_sharp(v: arb) -> bool:
    """Whether an enclosure says what the value is, not just how large it may be."""
    return bool(v.is_finite() and v.rad() <= arb(2) ** -30 * (1 + abs(v)).lower())


def _towards(way: list[arb], answer: Term, p: Valuation, context: Context) -> float | None:
    """How far the last value is from the limit, relative to it; 0 for values that run off as claimed; `None` where that cannot
    be told."""
    if len(way) < 2:
        return None
    last = [float(v.mid()) for v in way]
    if answer in INFINITE:
        sign = 1 if answer == OO else -1
        if all(sign * b > sign * a for a, b in zip(last, last[1:], strict=False)):
            return 0.0
        return None
    try:
        claimed = ball(answer, p, 128, context.reading)
    except NoValue:
        return None
    if not isinstance(claimed, (arb, fmpq)):
        return None
    claimed = arb(claimed)
    errors = [float(abs(v - claimed).mid()) for v in way]
    scale = max(abs(float(claimed.mid())), 1.0 if claimed.contains(0) else 0.0)
    if not all(math.isfinite(e) for e in errors):
        return None
    if errors[-1] <= 1e-4 * scale:
        return errors[-1] / scale
    # Slow convergence: an error that still shrinks markedly, or values that have not settled yet, are no disagreement.
    moving = float(abs(way[-1] - way[-2]).mid()) > 0.05 * errors[-1]
    return None if errors[-1] < 0.9 * errors[-2] or moving else errors[-1] / max(scale, 1e-300)


def _nowhere(ways: list[list[arb]]) -> Check:
    ends = [w[-1] for w in ways if w]
    if len(ends) == 2 and not ends[0].overlaps(ends[1]) and abs(float((ends[0] - ends[1]).mid())) > 1e-3:
        return Check("approached", True, None, EXACT_ROUTE, "the sides differ")
    return Check("approached", None, None, EXACT_ROUTE, "values alone do not show that there is no limit")


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


def arclength(question: Term, answer: Term, context: Context) -> Check | None:
    """Quadrature of the speed, its derivatives taken numerically."""
    if not isinstance(question, App) or not isinstance(question.args[1], App) or not isinstance(question.args[1].args[0], Var):
        return None
    f, (x, ends) = question.args[0], question.args[1].args
    assert isinstance(x, Var) and isinstance(ends, App)
    t, u = Symbol(x.symbol.name, lower=ends.args[0], upper=ends.args[1]), Symbol(x.symbol.name)
    parts = [e for row in f.rows for e in row] if isinstance(f, Array) else [x, f]
    total: Term = num(0)
    for part in parts:
        slope = bound("diff", (u,), substitute(part, {x.symbol: var(u)}), var(t), num(1))
        total = App("add", (total, App("pow", (slope, num(2)))))
    return compare(Bound("integrate", (t,), App("sqrt", (total,)), ends.args), answer, context)


def _over(term: Term) -> tuple[Symbol, Term, Term] | None:
    """Variable and ends of `x = a..b`."""
    if isinstance(term, App) and term.op == "eq" and isinstance(term.args[0], Var) and isinstance(term.args[1], App):
        return term.args[0].symbol, term.args[1].args[0], term.args[1].args[1]
    return None


def _integral(f: Term, x: Symbol, low: Term, high: Term) -> Term:
    t = Symbol(x.name, lower=low, upper=high)
    return Bound("integrate", (t,), substitute(f, {x: var(t)}), (low, high))


def area(question: Term, answer: Term, context: Context) -> Check | None:
    """Quadrature of the distance between the graphs."""
    over = _over(question.args[-1]) if isinstance(question, App) else None
    if not isinstance(question, App) or over is None:
        return None
    if question.args[0].shape:
        return _inside_curve(question.args[0], over, answer, context)
    gap = App("sub", question.args[:2]) if len(question.args) == 3 else question.args[0]
    return compare(_integral(App("abs", (gap,)), *over), answer, context)


def _inside_curve(curve: Term, over: tuple[Symbol, Term, Term], answer: Term, context: Context) -> Check | None:
    """Quadrature of half of x*y' - y*x', the derivatives taken numerically."""
    if not isinstance(curve, Array):
        return None
    x, (a, b) = over[0], items(curve)
    u = Symbol(x.name)
    slopes = [bound("diff", (u,), substitute(e, {x: var(u)}), var(x), num(1)) for e in (a, b)]
    body = App("sub", (App("mul", (a, slopes[1])), App("mul", (b, slopes[0]))))
    half = App("div", (_integral(body, *over), num(2)))
    return compare(App("abs", (half,)), answer, context)


def parts(question: Term, answer: Term, context: Context) -> Check | None:
    """The integral of the product against what integration by parts makes of it; an antiderivative is differentiated back."""
    if not isinstance(question, App):
        return None
    product, over = App("mul", question.args[:2]), _over(question.args[2])
    if over is not None:
        return compare(_integral(product, *over), answer, context)
    x = question.args[2]
    if not isinstance(x, Var):
        return None
    t = Symbol(x.symbol.name)
    slope = bound("diff", (t,), substitute(answer, {x.symbol: var(t)}), x, num(1))
    errors = []
    for p in points([product, answer], context, 6):
        left, right = value(slope, p, context), value(product, p, context)
        if left is not None and right is not None:
            errors.append(distance(left, right))
    return verdict("differentiated back", errors)


def changed(question: Term, answer: Term, context: Context) -> Check | None:
    """Both integrals by quadrature; in several variables the integrand, with a Jacobian matrix taken numerically."""
    if isinstance(question, App) and isinstance(question.args[1], (Array, App)) and len(question.args) > 3:
        return _in_new_variables(question, answer, context)
    over = _over(question.args[1]) if isinstance(question, App) else None
    if not isinstance(question, App) or over is None:
        return Check("quadrature", None, None, EXACT_ROUTE, "an indefinite integral has no value to compare")
    return compare(_integral(question.args[0], *over), answer, context)


def _in_new_variables(question: App, answer: Term, context: Context) -> Check | None:
    """The integrand at points of the new ranges: f there, times the size of the determinant of the slopes."""
    put = {b.args[0].symbol: b.args[1] for b in items(question.args[2]) if isinstance(b, App) and isinstance(b.args[0], Var)}
    inside: dict[Symbol, Term] = {}
    for r in question.args[3:]:
        if isinstance(r, App) and isinstance(r.args[0], Var) and isinstance(r.args[1], App):
            low, high = r.args[1].args
            inside[r.args[0].symbol] = var(Symbol(r.args[0].symbol.name, lower=low, upper=high))
    body, renamed = answer, {}
    for s in reversed(inside):
        if not isinstance(body, Bound):
            return None
        renamed[body.symbols[0]] = inside[s]
        body = body.body
    slopes = []
    for g in put.values():
        row: list[Term] = []
        for s in inside:
            t = Symbol(s.name)
            row.append(bound("diff", (t,), substitute(g, {s: var(t)}), var(s), num(1)))
        slopes.append(tuple(row))
    size = App("abs", (App("det", (Array(tuple(slopes), (len(slopes), len(slopes))),)),))
    expected = substitute(App("mul", (substitute(question.args[0], put), size)), inside)
    found = compare(expected, substitute(body, renamed), context)
    return found and replace(found, method="the integrand with numeric slopes")


def _growth(f: Term, x: Symbol, place: Term, p: Valuation, context: Context) -> list[float]:
    """0 where the size grows without a sign of a bound on one side of a place, 1 where it does on neither; nothing is said where values are missing."""
    out = []
    for side in (1, -1):
        near = [value(substitute(f, {x: App("add", (place, num(Fraction(side, 10**k))))}), p, context) for k in (3, 5, 7)]
        if any(v is None for v in near):
            continue
        first, second, third = (float(abs(v)) for v in near)
        # A logarithm gains the same with every step; what has a limit gains less and less.
        out.append(third > 100 or third - second > 0.4 * (second - first) > 0)
    return [0.0] if any(out) else [1.0] if len(out) == 2 else []


def asymptotes(question: Term, answer: Term, context: Context) -> Check | None:
    """Values far out lie near the lines; values beside the vertical places are large."""
    if not isinstance(question, App) or not isinstance(question.args[1], Var) or not isinstance(answer, App):
        return None
    f, x = question.args[0], question.args[1].symbol
    errors: list[float] = []
    for p in points([question], context, 2, without=[x]):
        for line in items(answer.args[1]):
            gaps = [value(App("sub", (f, line)), {**p, x: s * 10**7}, context) for s in (1, -1)]
            near = [float(abs(g)) for g in gaps if g is not None]
            errors += [min(near)] if near else []
        for place in items(answer.args[0]):
            errors += _growth(f, x, place, p, context)
    return verdict("values far out and beside", errors, close=1e-3, apart=0.5)
