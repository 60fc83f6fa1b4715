"""Taylor polynomials and leading terms of expansions."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.constants import rational
from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.core.span import NOWHERE
from twofold.grammar.term import (
    INFINITE,
    MISSING,
    App,
    Array,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
)
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import ZERO, minus, negate, over, plus, power, times
from twofold.symbolic.asymptotic.constants import NotReal, Undecided
from twofold.symbolic.asymptotic.powers import Powers, multiple, powers, summed
from twofold.symbolic.calculus.inner_conditions import around, beside
from twofold.symbolic.calculus.power_series import coefficients
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import NotDifferentiable, derivative
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import present

_DEFAULT_ORDER = 5


def _arguments(x: Term, point: Term | None, order: Term | None) -> tuple[Symbol, Term, int]:
    """Variable, point and order, from `x, a, n` or from `x = a, n`."""
    if isinstance(x, App) and x.op == "eq":
        x, point, order = x.args[0], x.args[1], point if point is not None else order
    if not isinstance(x, Var) or x.shape:
        raise fail("not-a-variable", "an expansion is in powers of one variable", x.span or NOWHERE, "write taylor(f, x = 0, 5)")
    if order in (None, MISSING):
        n = _DEFAULT_ORDER
    elif isinstance(order, Num) and order.value.denominator == 1 and 0 <= order.value <= 60:
        n = int(order.value)
    else:
        assert order is not None
        raise fail("wrong-order", "the order of an expansion is a whole number from 0 to 60", order.span)
    return x.symbol, ZERO if point in (None, MISSING) or point is None else point, n


def taylor(context: Context, f: Term, x: Term, point: Term | None = None, order: Term | None = None) -> Term:
    """The sum of f^(k)(a) (x - a)^k / k! for k = 0..n; removable singularities at the point are filled in."""
    several = _several(context, f, x, point, order)
    if several is not None:
        return several
    symbol, a, n = _arguments(x, point, order)
    around(context, symbol, a)
    at = rational(a)
    exact = coefficients(f, symbol, at, n + 1) if at is not None else None
    if exact is not None:
        step, out = minus(Var(symbol), a), ZERO
        for k, c in enumerate(exact):
            part = multiple(num(abs(c)), power(step, num(k)))
            out = minus(out, part) if c < 0 else plus(out, part)
        return out
    own = _by_expansion(f, symbol, a, n, context, taylor=True)
    if own is not None:
        return own
    try:
        found = _by_derivatives(f, symbol, a, n, context)
    except (NotDifferentiable, _Singular):
        found = _by_series(f, symbol, a, n, context)
    if not _is_polynomial(found, symbol, context) or not _close_on_both_sides(f, found, symbol, a, n, context):
        raise NoClosedForm("the function has no Taylor polynomial at this point (`series` gives its expansion)")
    return found


def _several(context: Context, f: Term, x: Term, point: Term | None, order: Term | None) -> Term | None:
    """The Taylor polynomial in several variables at a point, by the derivatives along lines through it; `None` for one variable."""
    names = (
        [e for r in x.rows for e in r] if isinstance(x, Array) else list(x.args) if isinstance(x, App) and x.op == "tuple" else []
    )
    if len(names) < 2:
        return None
    places = [ZERO] * len(names)
    if isinstance(point, Array):
        places = [e for r in point.rows for e in r]
    elif isinstance(point, App) and point.op == "tuple":
        places = list(point.args)
    elif point not in (None, MISSING) and point is not None:
        order = point if order in (None, MISSING) else order
    if len(places) != len(names) or not all(isinstance(v, Var) and not v.shape for v in names):
        raise fail(
            "not-a-variable",
            "an expansion in several variables lists them and their values",
            x.span,
            "write taylor(f, [x, y], [0, 0], 2)",
        )
    t = Symbol("t")
    step = Var(t)
    moved = substitute(
        f, {v.symbol: plus(p, times(step, minus(v, p))) for v, p in zip(names, places, strict=True) if isinstance(v, Var)}
    )
    along = taylor(context, moved, step, ZERO, order)
    return present(substitute(along, {t: num(1)}), context)


_FASTER = 0.75
"""The error over the last power, at an eighth of a step over that at the step: 1/8 where the next power leads, 1 where the last one is wrong."""


def _close_on_both_sides(f: Term, found: Term, symbol: Symbol, a: Term, n: int, context: Context) -> bool:
    """Whether the error falls faster than the last power on either side of the point, where values can be had: `abs(x)` has no polynomial at 0."""
    x, error = symbol_for(symbol, context), lower(minus(f, found), context)
    centre = lower(a, context)
    for point in spot.points((error.free_symbols | centre.free_symbols) - {x}, context, 2):
        for sign in (1, -1):
            sizes = [spot.value(error, {**point, x: (centre + sign * sp.Rational(1, 2**k)).subs(point)}) for k in (6, 9)]
            if None not in sizes and abs(sizes[1]) > 1e-15 and abs(sizes[1]) * 2 ** (3 * n) > abs(sizes[0]) * _FASTER:
                return False
    return True


class _Singular(Exception):
    """A coefficient has no finite value by substitution."""


def _by_derivatives(f: Term, symbol: Symbol, a: Term, n: int, context: Context) -> Term:
    if n > 8:
        raise _Singular
    out: Term = ZERO
    current, factorial = f, 1
    for k in range(n + 1):
        value = lower(substitute(current, {symbol: a}), context)
        if value.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            raise _Singular
        coefficient = present(over(lift(sp.expand(value) if value.is_number else value, context), num(factorial)), context)
        out = plus(out, multiple(coefficient, power(minus(Var(symbol), a), num(k))))
        if k < n:
            current = present(derivative(current, symbol), context) if k % 3 == 2 else derivative(current, symbol)
            factorial *= k + 1
    return out


def _is_polynomial(term: Term, symbol: Symbol, context: Context) -> bool:
    return bool(lower(term, context).is_polynomial(symbol_for(symbol, context)))


def series(context: Context, f: Term, x: Term, point: Term | None = None, order: Term | None = None) -> Term:
    """The terms of an expansion up to and including the order; at `oo` in powers of 1/x."""
    symbol, a, n = _arguments(x, point, order)
    beside(context, symbol, a, "")
    own = _by_expansion(f, symbol, a, n, context)
    return _by_series(f, symbol, a, n, context) if own is None else own


def _by_expansion(f: Term, symbol: Symbol, a: Term, n: int, context: Context, taylor: bool = False) -> Term | None:
    """The terms by our own expansion; a Taylor polynomial only where it holds on both sides. `None` where they are not known."""
    if context.reading != "real" or f.shape or symbol in free_symbols(a) or symbol.kind != "real":
        return None

    def on_side(side: int) -> Powers | None:
        """The terms beside the point; `None` where the function is not real there. Raises `Undecided`."""
        try:
            found = within(context.seconds, powers, f, symbol, a, n, context.assumptions, side)
        except Undecided as problem:
            if isinstance(problem.__cause__, NotReal):
                return None
            raise
        if found is None:
            raise Undecided
        return found

    def shown(found: Powers, side: int) -> Term:
        return summed(found, symbol, a, lambda c: lift(lower(c, context), context, gather=False), side)

    try:
        right = on_side(1)
        if right is not None and (right.both_sides or a in INFINITE):
            return None if taylor and not _is_taylor(right) else shown(right, 1)
        left = on_side(-1)
        if taylor:
            both = right is not None and left is not None and _is_taylor(right) and _mirrored(right, left)
            return shown(right, 1) if right is not None and both else None
        if right is None or left is None:
            one = right or left
            return None if one is None else shown(one, 1 if right is not None else -1)
        first, second = shown(right, 1), shown(left, -1)
        if first == second:
            return first
        beyond = App("gt", (Var(symbol), a), (), "truth")
        return App("piecewise", (first, beyond, second), (), "number")
    except (Undecided, NoClosedForm):
        return None


def _is_taylor(found: Powers) -> bool:
    return all(e >= 0 and e.denominator == 1 for e, _ in found.terms)


def _mirrored(right: Powers, left: Powers) -> bool:
    """Whether an expansion in |t| on the left is that in t on the right."""
    return [e for e, _ in right.terms] == [e for e, _ in left.terms] and all(
        c == (d if e % 2 == 0 else negate(d)) for (e, c), (_, d) in zip(right.terms, left.terms, strict=True)
    )


def _by_series(f: Term, symbol: Symbol, a: Term, n: int, context: Context) -> Term:
    x, e, at = symbol_for(symbol, context), lower(f, context), lower(a, context)
    if any(symbol is s for s in free_symbols(a)):
        raise fail("not-a-variable", "the point of an expansion does not depend on its variable", a.span)

    e = _known_expansions(e, x, at, n)
    leading, e = _named_powers(e, x, at)

    def run() -> Any:
        try:
            return sp.series(e, x, at, n + 1).removeO()
        except (NotImplementedError, ValueError, TypeError, sp.PoleError, AttributeError, RecursionError, ZeroDivisionError):
            return None

    found = within(context.seconds, run)
    if found is None or found.has(sp.Order, sp.nan, sp.Limit, sp.Derivative, sp.Subs):
        raise NoClosedForm("no rule for this expansion")
    if at is sp.oo:
        found = found.subs(sp.log(1 / x), -sp.log(x))
    terms = [t for t in sp.Add.make_args(found) if not _beyond(t, x, at, n)]
    if leading != 1:
        context.note(f"the order is counted from {show(lift(leading, context))} on")
        return times(lift(leading, context), lift(sp.Add(*terms), context, gather=False))
    return lift(sp.Add(*terms), context)


def _named_powers(e: Any, x: Any, at: Any) -> tuple[Any, Any]:
    """The powers of the distance to the point with exponents that are not numbers, which stand before an expansion, and the rest."""
    distance = x if at.is_infinite else x - at
    named = [q for q in sp.Mul.make_args(e) if q.is_Pow and q.base == distance and not q.exp.is_number and not q.exp.has(x)]
    leading = sp.Mul(*named)
    return leading, e / leading


def _known_expansions(e: Any, x: Any, at: Any, n: int) -> Any:
    """Harmonic numbers and log-gamma at infinity by Stirling's series, zeta at its pole by the Stieltjes constants, to the order wanted."""
    if at is sp.oo:
        terms = n // 2 + 1

        def harmonic(z: Any) -> Any:
            rest = sum((sp.bernoulli(2 * j) / (2 * j * z ** (2 * j)) for j in range(1, terms + 1)), sp.S.Zero)
            return sp.log(z) + sp.EulerGamma + 1 / (2 * z) - rest

        def loggamma(z: Any) -> Any:
            rest = sum((sp.bernoulli(2 * j) / (2 * j * (2 * j - 1) * z ** (2 * j - 1)) for j in range(1, terms + 2)), sp.S.Zero)
            return (z - sp.S.Half) * sp.log(z) - z + sp.log(2 * sp.pi) / 2 + rest

        e = e.replace(lambda g: isinstance(g, sp.harmonic) and g.args == (x,), lambda g: harmonic(x))
        e = e.replace(lambda g: isinstance(g, sp.loggamma) and g.args == (x,), lambda g: loggamma(x))
        e = e.replace(lambda g: isinstance(g, sp.polygamma) and g.args == (0, x), lambda g: harmonic(x) - 1 / x)
    elif at == 1:
        e = e.replace(
            lambda g: isinstance(g, sp.zeta) and g.args == (x,),
            lambda g: (
                1 / (x - 1) + sum(((-1) ** j * sp.stieltjes(j) / sp.factorial(j) * (x - 1) ** j for j in range(n + 1)), sp.S.Zero)
            ),
        )
    return e


def _beyond(term: Any, x: Any, at: Any, n: int) -> bool:
    """Whether a term is of higher order than wanted."""
    if at.is_infinite:
        return False
    step = x - at
    if at == 0:
        powers = [f.as_base_exp()[1] for f in sp.Mul.make_args(term) if f.as_base_exp()[0] == x]
        if powers and all(p.is_Rational for p in powers):
            return bool(sum(powers) > n)
    degree = sp.degree(term.as_independent(step)[1].xreplace({step: x}), x) if term.is_polynomial(x) else None
    return degree is not None and at == 0 and degree > n
