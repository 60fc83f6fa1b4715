"""Integrals as operations of the language: `integrate`, `bracket`, `arclength`."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Bound, Term, Var, copy_symbol, is_arithmetic, num, substitute, var
from twofold.symbolic.arithmetic import ONE, negate, plus, power, times, total
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.antiderivatives import antiderivative
from twofold.symbolic.calculus.both_signs import for_both_signs
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.definite import definite
from twofold.symbolic.calculus.derivatives import by_entry
from twofold.symbolic.calculus.inner_conditions import defined_over, over_range
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.calculus.polynomial_ranges import over_ranges
from twofold.symbolic.calculus.square_parts import root_of, without_squares_in_roots
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.regions.region import region_of
from twofold.symbolic.work import carry_out


def integrate(context: Context, term: Bound) -> Term:
    """The value of `integrate(f, x)` or `integrate(f, x = a..b)`."""
    exact = _of_polynomials(context, term)
    if exact is not None:
        return exact
    region = region_of(term, context.assumptions)
    if region is not None:
        from twofold.symbolic.regions.integral import over_region

        return over_region(region, context)
    marks = [list(row) for row in (context.notes, context.conditions, context.rounded)]
    try:
        return _one_after_the_other(context, term)
    except NoClosedForm:
        from twofold.symbolic.calculus.ranges_as_regions import in_another_order

        said = [list(row) for row in (context.notes, context.conditions, context.rounded)]
        for row, kept in zip((context.notes, context.conditions, context.rounded), marks, strict=True):
            row[:] = kept
        found = in_another_order(term, context)
        if found is None:
            for row, kept in zip((context.notes, context.conditions, context.rounded), said, strict=True):
                row[:] = kept
            raise
        return found


def _one_after_the_other(context: Context, term: Bound) -> Term:
    """The integral of what the inner integral comes to."""
    body = carry_out(term.body, context)
    if context.reading == "real":
        body = without_squares_in_roots(body, term.symbols[0], context)
    args = tuple(carry_out(a, context) for a in term.args)
    if term.op != "antiderivative":
        over_range(context, term.symbols[0], args[0], args[1])
        if not body.shape:
            defined_over(context, term.body, term.symbols[0], args[0], args[1])
    made = Bound(term.op, term.symbols, body, args, shape=term.shape)
    if body.shape:
        spread = explicit(made, context)
        return carry_out(spread, context)
    if term.op == "antiderivative":
        return antiderivative(context, made)
    before = list(context.conditions)
    return for_both_signs(definite(context, made), made, before, context)


def _of_polynomials(context: Context, term: Bound) -> Term | None:
    """Integrals of a polynomial inside one another, between polynomial ends; `None` for all others."""
    inner = term.body
    if term.op == "antiderivative" or term.shape or not (isinstance(inner, Bound) and inner.op == "integrate"):
        return None
    while isinstance(inner, Bound) and inner.op == "integrate":
        inner = inner.body
    if not is_arithmetic(inner):
        return None
    unevaluated = lower(term, context)
    if not isinstance(unevaluated, sp.Integral) or any(len(limits) != 3 for limits in unevaluated.limits):
        return None
    found = attempt(over_ranges, unevaluated.function, tuple(tuple(limits) for limits in unevaluated.limits))
    return None if found is None else lift(found, context)


def bracket(context: Context, term: Bound) -> Term:
    """`bracket(F, x = a..b)`: F at b minus F at a, limits where an end is infinite."""
    body = carry_out(term.body, context)
    if body.shape:
        return carry_out(explicit(Bound("bracket", term.symbols, body, term.args, shape=body.shape), context), context)
    symbol = term.symbols[0]
    values = []
    for end, side in zip(term.args, ("+", "-"), strict=True):
        at = carry_out(end, context)
        lowered = lower(at, context)
        if lowered.is_infinite:
            x = symbol_for(symbol, context)
            found = limit_at(lower(body, context), x, lowered, side, context)
            if found is None:
                return MISSING
            values.append(lift(found, context))
        else:
            values.append(substitute(body, {symbol: at}))
    return carry_out(plus(values[1], negate(values[0])), context)


def arclength(context: Context, f: Term, over: Term) -> Term:
    """The length of the graph of f, or of a curve given by its coordinates, over a range `x = a..b`."""

    if not (
        isinstance(over, App)
        and over.op == "eq"
        and isinstance(over.args[0], Var)
        and isinstance(over.args[1], App)
        and over.args[1].op == "range"
    ):
        raise fail("not-a-range", "arclength wants the range of the variable", over.span, "write arclength(f(x), x = a..b)")
    x, ends = over.args[0], over.args[1]
    parts = [e for r in f.rows for e in r] if isinstance(f, Array) else [f]
    for p in parts:
        defined_over(context, p, x.symbol, *ends.args)
    squares = [power(by_entry(p, x, 1, context), num(2)) for p in parts]
    inside = total(squares) if isinstance(f, Array) else plus(ONE, squares[0])
    fresh = copy_symbol(x.symbol, lower=ends.args[0], upper=ends.args[1])

    def length(speed: Term) -> Term:
        return Bound("integrate", (fresh,), substitute(speed, {x.symbol: var(fresh)}), (ends.args[0], ends.args[1]))

    try:
        return integrate_or_leave(context, ONE, length(root_of(inside, x.symbol, context)))
    except NoClosedForm:
        parted = _root_of_fraction(inside, x, *ends.args, context)
        if parted is None:
            raise
        return integrate_or_leave(context, ONE, length(parted))


def _root_of_fraction(squares: Term, x: Var, low: Term, high: Term, context: Context) -> Term | None:
    """The root of a sum of squares of slopes as a root over a root: sqrt(1 + x^2/(1 - x^2)) is 1/sqrt(1 - x^2); `None` where the sum is no fraction
    of polynomials, or its denominator is not shown to keep its sign between the ends."""
    e = attempt(lambda: sp.cancel(sp.together(lower(squares, context))))
    name, ends = lower(x, context), [lower(t, context) for t in (low, high)]
    if e is None or e.free_symbols != {name} or not all(t.is_real or t.is_infinite for t in ends):
        return None
    above, below = sp.fraction(e)
    if not (above.is_polynomial(name) and below.is_polynomial(name)) or not below.has(name):
        return None
    (a, b), zeros = sorted(ends), attempt(sp.Poly(below, name).real_roots)
    if zeros is None or any(a < z and z < b for z in zeros):
        return None
    inner = sp.Interval(a, b).measure
    middle = (a + b) / 2 if inner.is_finite else a + 1 if a.is_finite else b - 1 if b.is_finite else sp.S.Zero
    sign = sp.sign(below.subs(name, middle))
    return lift(sp.sqrt(sp.factor(sign * above)) / sp.sqrt(sp.expand(sign * below)), context)


def integrate_or_leave(context: Context, factor: Term, integral: Bound) -> Term:
    """A multiple of an integral, under what is asked of the names already; where that has no closed form, the error carries what is left
    to evaluate."""
    inner = context.given(*context.conditions) if context.conditions else context
    try:
        return carry_out(times(factor, integrate(inner, integral)), context)
    except NoClosedForm as error:
        left = times(factor, integral)
        raise NoClosedForm(f"{error.reason}; it is {show(left)}", left) from None
