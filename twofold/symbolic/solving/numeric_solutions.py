"""`nsolve`: solutions as decimals, with enclosures that prove them and, on ranges, that there are no others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.grammar.term import MISSING, App, Array, Num, Symbol, Term, Var, free_symbols, vector
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.equations.ring import CONTEXT, Ratio
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.boxes import Box, certified, zeros_in
from twofold.symbolic.solving.completeness import ALL, NONE
from twofold.symbolic.solving.isolation import Curve, Zero, ball, zeros_between
from twofold.symbolic.solving.monotone_pieces import all_zeros
from twofold.symbolic.solving.near_solutions import zeros_on
from twofold.symbolic.solving.places import Place, at
from twofold.symbolic.solving.reading import parts_of

_HELP = "write nsolve(cos(x) == x, x, 1) or nsolve(cos(x) == x, x = 0..2)"


def nsolve(context: Context, equation: Term, *more: Term) -> Term:
    """Real solutions to the digits of the context: near a starting value, on ranges of the unknowns (all of them there), or all there
    are where that can be shown."""
    names, ranges, start = _arguments(equation, [t for t in more if t != MISSING], context)
    functions = _functions(equation)
    strange = [s for f in functions for s in free_symbols(f) if s not in names]
    if strange:
        raise fail(
            "not-a-number",
            "nsolve needs equations with numbers only",
            equation.span,
            f"give {strange[0].name} a value with `where`",
        )
    if len(functions) != len(names):
        raise fail("wrong-arity", f"there are {len(functions)} equations for {len(names)} unknowns", equation.span, _HELP)
    if len(names) == 1:
        return _one(functions[0], names[0], ranges, start, context)
    return _several(functions, names, ranges, start, context)


def _arguments(
    equation: Term, more: list[Term], context: Context
) -> tuple[list[Symbol], list[tuple[Fraction, Fraction]], list[Fraction]]:
    """The unknowns, their ranges (for all or none), and starting values."""
    names: list[Symbol] = []
    ranges: list[tuple[Fraction, Fraction]] = []
    start: list[Fraction] = []
    for t in more:
        for p in list(t.args) if isinstance(t, App) and t.op in ("tuple", "set") else [t]:
            if (
                isinstance(p, App)
                and p.op == "eq"
                and isinstance(p.args[0], Var)
                and isinstance(p.args[1], App)
                and p.args[1].op == "range"
            ):
                names.append(p.args[0].symbol)
                low, high = (_number(a, context) for a in p.args[1].args)
                ranges.append((min(low, high), max(low, high)))
            elif isinstance(p, App) and p.op == "in" and isinstance(p.args[0], Var) and p.args[1].op.startswith("interval"):  # type: ignore[attr-defined]
                names.append(p.args[0].symbol)
                low, high = (_number(a, context) for a in p.args[1].args)  # type: ignore[attr-defined]
                ranges.append((low, high))
            elif not names or (isinstance(p, Var) and not start and p.symbol in free_symbols(equation)):
                found = variables_of(p)
                if not all(isinstance(v, Var) and not v.shape for v in found):
                    raise fail("not-a-variable", "unknowns are names", p.span, _HELP)
                names += [v.symbol for v in found if isinstance(v, Var)]
            else:
                cells = [x for row in p.rows for x in row] if isinstance(p, Array) else [p]
                start += [_number(x, context) for x in cells]
    if not names:
        names = [s for s in free_symbols(equation) if not s.shape and s.kind == "real"]
    if ranges and len(ranges) < len(names):
        raise fail("wrong-arity", "give a range for every unknown, or for none", equation.span, _HELP)
    if start and len(start) != len(names):
        raise fail("wrong-arity", "give a starting value for every unknown", equation.span, _HELP)
    return names, ranges, start


def _number(t: Term, context: Context) -> Fraction:
    e = lower(t, context)
    if not e.is_number or not e.is_real or not e.is_finite:
        raise fail("not-a-number", "a start or an end of a range is a number", t.span, _HELP)
    value = sp.Rational(e) if e.is_Rational else sp.Rational(str(e.evalf(30)))
    return Fraction(int(value.p), int(value.q))


def _functions(equation: Term) -> list[Term]:
    out = []
    for part in parts_of(explicit(equation, Context())):
        for p in parts_of(part):
            if isinstance(p, App) and p.op == "eq":
                out.append(minus(p.args[0], p.args[1]))
            elif p.sort == "truth":
                raise fail(
                    "not-an-equation",
                    "nsolve takes equations",
                    p.span,
                    "put bounds into a range: nsolve(sin(x) == 1/2, x = 0..2)",
                )
            else:
                out.append(p)
    return out


# --- one unknown ----------------------------------------------------------------------------------------------------------------


def _one(f: Term, x: Symbol, ranges: list[tuple[Fraction, Fraction]], start: list[Fraction], context: Context) -> Term:
    if ranges:
        return _on_range(f, x, *ranges[0], context)
    if not start:
        try:
            found = within(context.seconds, all_zeros, f, x, context)
        except (NotApplicable, NoEnclosure, NoClosedForm):
            found = None
        if found is not None:
            return _listed(found, context, "")
    return _near(f, x, start[0] if start else Fraction(1), context)


def _on_range(f: Term, x: Symbol, low: Fraction, high: Fraction, context: Context) -> Term:
    try:
        curve = Curve(f, x, context)
        if not curve.values[0].bottom.is_constant():
            return _listed(_of_quotient(curve, x, low, high, context), context, " in the range")
        found = within(2 * context.seconds, zeros_between, curve, low, high)
        if found is not None:
            return _listed([_place(curve, z) for z in found], context, " in the range")
    except (NotApplicable, NoEnclosure, NoClosedForm):
        pass
    try:
        places = within(context.seconds, zeros_on, f, x, low, high, context)
        if places is not None:
            return _listed(places, context, " in the range")
    except (NotApplicable, NoEnclosure, NoClosedForm):
        pass
    return _scanned(f, x, low, high, context)


def _of_quotient(f: Curve, x: Symbol, low: Fraction, high: Fraction, context: Context) -> list[Place]:
    """The zeros of the numerator at which the denominator is not 0."""
    one = CONTEXT.constant(1)
    curve = Curve(term_of(f.ring, Ratio(f.values[0].top, one)), x, context)
    below = Curve(term_of(f.ring, Ratio(f.values[0].bottom, one)), x, context, 0)
    found = within(2 * context.seconds, zeros_between, curve, low, high)
    if found is None:
        raise NotApplicable("the zeros are not isolated")
    out = []
    for z in found:
        p = _place(curve, z)
        v = below.at(p.enclosure(80))
        if z.exact is not None and below.vanishes(z.exact):
            continue
        if v is None or v.contains(0):
            raise NotApplicable("the denominator may vanish")
        out.append(p)
    return out


def _place(curve: Curve, z: Zero) -> Place:
    return at(z.exact) if z.exact is not None else Place(lambda bits: curve.refine(z, bits))


def _listed(places: list[Place], context: Context, where: str) -> Term:
    """One decimal, or the set of several, with the remark that these are all."""
    if not places:
        context.note(NONE + where + ", proved")
        return App("set", (), (), "set")
    values = tuple(_decimal(p, context) for p in places)
    if len(values) == 1:
        context.note(f"the only solution{where}, proved")
        return values[0]
    context.note(f"{ALL}{where}, proved")
    return App("set", values, (), "set")


def _decimal(p: Place, context: Context) -> Term:
    """The decimal nearest to a place; the enclosure goes into a note."""
    digits = context.digits
    text = p.enclosure(int(digits * 3.33) + 60).str(digits, radius=False)
    context.rounded.append(text)
    if p.value is None:
        context.note(f"right to {digits} digits: the interval of the last one holds a sign change")
    return Num(Fraction(text), text)


def _near(f: Term, x: Symbol, start: Fraction, context: Context) -> Term:
    """Newton's or the secant method from a start; a sign change in balls proves the place."""
    digits = context.digits
    function = _lambdified([f], [x], context)
    with mpmath.workdps(digits + 15):
        found = _iterated(function, start)
        step = abs(found or 1) * mpmath.mpf(10) ** (-digits)
        low, high = (Fraction(str(v)) for v in (found - step, found + step))
        text = mpmath.nstr(found, digits, strip_zeros=False, min_fixed=-5, max_fixed=digits + 1)
    try:
        curve = Curve(f, x, context)
        q = Fraction(round(found)) if abs(found - round(found)) < step else None
        if q is not None and curve.vanishes(q):
            context.rounded.append(str(q))
            context.note("exact: the equation holds there")
            return Num(q)
        signs = curve.sign(low), curve.sign(high)
        if None not in signs and signs[0] * signs[1] < 0:  # type: ignore[operator]
            curve_zero = Zero(low, high)
            return _decimal(Place(lambda bits: curve.refine(curve_zero, bits)), context)
    except (NotApplicable, NoEnclosure):
        pass
    a, b = function[0](found - step), function[0](found + step)
    proved = mpmath.im(a) == 0 == mpmath.im(b) and mpmath.re(a) * mpmath.re(b) < 0
    context.note("a sign change shows the place" if proved else "found by iteration; no sign change shows it (a multiple root?)")
    context.rounded.append(text)
    return Num(Fraction(text), text)


def _lambdified(functions: list[Term], names: list[Symbol], context: Context) -> list[Any]:
    symbols = [symbol_for(s, context) for s in names]
    return [sp.lambdify(symbols, lower(f, context), "mpmath") for f in functions]


def _iterated(function: list[Any], start: Fraction) -> Any:
    first = mpmath.mpf(start.numerator) / start.denominator
    for method in ("secant", "mnewton"):
        try:
            found = mpmath.findroot(function[0], first, solver=method)
        except (ValueError, ZeroDivisionError, TypeError, ArithmeticError, OverflowError):
            continue
        if abs(mpmath.im(found)) < mpmath.mpf(10) ** (-mpmath.mp.dps + 12):
            return mpmath.re(found)
    raise NoClosedForm("no solution was found from this starting value; try another, or a range: x = a..b")


def _scanned(f: Term, x: Symbol, low: Fraction, high: Fraction, context: Context) -> Term:
    """Sign changes on a grid, where the proof does not work."""
    function = _lambdified([f], [x], context)
    found: list[Any] = []
    with mpmath.workdps(context.digits + 15):
        grid = [
            mpmath.mpf(low.numerator) / low.denominator
            + (mpmath.mpf((high - low).numerator) / (high - low).denominator) * k / 400
            for k in range(401)
        ]
        heights = []
        for p in grid:
            try:
                v = function[0](p)
            except (ValueError, ZeroDivisionError, TypeError, ArithmeticError):
                v = mpmath.nan
            heights.append(mpmath.re(v) if mpmath.im(v) == 0 else mpmath.nan)
        for (p, u), (q, v) in zip(zip(grid, heights, strict=True), zip(grid[1:], heights[1:], strict=True), strict=False):
            if u == 0:
                found.append(p)
            elif u * v < 0:
                try:
                    r = mpmath.findroot(function[0], (p, q), solver="anderson")
                except (ValueError, ZeroDivisionError):
                    continue
                if abs(function[0](r)) < mpmath.mpf(10) ** (-context.digits):
                    found.append(r)
        texts = [mpmath.nstr(v, context.digits, strip_zeros=False, min_fixed=-5, max_fixed=context.digits + 1) for v in found]
    if not texts:
        raise NoClosedForm("no sign change was found on this range")
    context.note("found by sign changes on a grid; there may be others")
    context.rounded.extend(texts)
    values = tuple(Num(Fraction(t), t) for t in texts)
    return values[0] if len(values) == 1 else App("set", values, (), "set")


# --- several unknowns -----------------------------------------------------------------------------------------------------------


def _several(
    functions: list[Term], names: list[Symbol], ranges: list[tuple[Fraction, Fraction]], start: list[Fraction], context: Context
) -> Term:
    if ranges:
        try:
            found = within(2 * context.seconds, zeros_in, functions, names, list(ranges), context)
        except (NotApplicable, NoEnclosure, NoClosedForm) as error:
            raise NoClosedForm(
                f"the solutions in these ranges are not isolated: {error}; give a starting value instead"
            ) from error
        if found is None:
            raise NoClosedForm("the ranges take too long to search; give smaller ones or a starting value")
        if not found:
            context.note(f"{NONE} in the ranges, proved")
            return App("set", (), (), "set")
        points = tuple(_vector(b, context) for b in found)
        context.note("the only solution in the ranges, proved" if len(points) == 1 else f"{ALL} in the ranges, proved")
        return points[0] if len(points) == 1 else App("set", points, (), "set")
    lambdas = _lambdified(functions, names, context)
    with mpmath.workdps(context.digits + 15):
        values = next((v for first in _starts(start, len(names)) if (v := _newton(lambdas, first, context)) is not None), None)
        if values is None:
            raise NoClosedForm("no solution was found from these starting values; try others, or ranges: x = a..b, y = c..d")
        exact = [Fraction(str(mpmath.re(v))) for v in values]
        texts = [
            mpmath.nstr(mpmath.re(v), context.digits, strip_zeros=False, min_fixed=-5, max_fixed=context.digits + 1)
            for v in values
        ]
    box = certified(functions, names, exact, context)
    if box is not None:
        context.note("Krawczyk's test proves exactly one solution there")
        return _vector(box, context)
    context.note("found by iteration; not proved")
    context.rounded.extend(texts)
    return vector(tuple(Num(Fraction(t), t) for t in texts))


def _starts(start: list[Fraction], n: int) -> list[list[Fraction]]:
    """The starting values that are given, or a few that no symmetry of the equations makes alike."""
    if start:
        return [start]
    shapes = [Fraction(1), Fraction(-7, 5), Fraction(13, 7), Fraction(-3, 11), Fraction(5, 2), Fraction(-17, 6)]
    turned = [[shapes[(k + i) % len(shapes)] for i in range(n)] for k in range(len(shapes))]
    return [[Fraction(1)] * n, *turned, *([3 * q for q in row] for row in turned[:3])]


def _newton(lambdas: list[Any], first: list[Fraction], context: Context) -> list[Any] | None:
    """A real solution by Newton's method from a start; `None` where it does not converge to one."""
    try:
        made = mpmath.findroot(
            lambda *x: [g(*x) for g in lambdas], [mpmath.mpf(q.numerator) / q.denominator for q in first], maxsteps=30
        )
    except (ValueError, ZeroDivisionError, TypeError, ArithmeticError):
        return None
    values = [made[i] for i in range(len(first))]
    return None if any(abs(mpmath.im(v)) > mpmath.mpf(10) ** (-context.digits) for v in values) else values


def _vector(box: Box, context: Context) -> Term:
    entries = []
    for a, b in box:
        middle = (a + b) / 2
        text = "0" if abs(middle) < Fraction(1, 10 ** (context.digits + 3)) else ball(middle).str(context.digits, radius=False)
        context.rounded.append(text)
        entries.append(Num(Fraction(text), text))
    return vector(tuple(entries))
