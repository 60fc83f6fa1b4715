"""Antiderivatives: candidates from several methods, each differentiated back by our own rules before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from twofold.core.meter import spent
from twofold.grammar.term import Bound, Symbol, Term, substitute
from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.calculus.substitutions import (
    by_exponential_fractions,
    by_kernel_substitution,
    by_root_substitution,
    continued,
)
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for


def antiderivative(context: Context, term: Bound) -> Term:
    """A function whose derivative is the body, in terms of the point."""
    symbol = term.symbols[0]
    x = symbol_for(symbol, context)
    f = lower(term.body, context)
    found = primitive(f, x, context, term.body, symbol)
    if found is None:
        raise NoClosedForm("no method applies to this antiderivative")
    return substitute(lift(found, context), {symbol: term.args[0]})


def primitive(f: Any, x: Any, context: Context, body: Term | None = None, symbol: Symbol | None = None) -> Any:
    """A checked antiderivative of a SymPy expression, or `None`."""
    deadline = spent() + 1.25 * context.seconds
    for method in _methods(f):
        left = deadline - spent()
        found = within(min(left, context.seconds), attempt, method, f, x) if left > 0.05 else None
        if found is None or found.has(sp.Integral, sp.nan, sp.zoo):
            continue
        if context.reading == "real" and found.has(sp.I) and not f.has(sp.I):
            continue
        for candidate in _forms(found, f, x, context):
            if _differentiates_back(candidate, f, x, context, symbol) and not _jumps(candidate, f, x):
                return candidate
    return None


def _methods(f: Any) -> Iterator[Callable[[Any, Any], Any]]:
    yield by_table
    roots = [p for p in f.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q > 1 and not p.base.is_number]
    if roots and all(
        p.base.has(sp.tan, sp.exp, sp.log) or sp.degree(p.base) == 1
        for p in roots
        if p.base.is_polynomial() or p.base.has(sp.Function)
    ):
        yield by_root_substitution
    if f.has(sp.exp) and not f.is_polynomial():
        yield by_exponential_fractions
    if f.has(sp.exp, TrigonometricFunction):
        yield by_kernel_substitution
    yield lambda f, x: sp.integrate(f, x, conds="none")
    yield sp.integrals.manualintegrate.manualintegrate
    yield by_root_substitution
    yield lambda f, x: sp.integrate(sp.expand(f), x, conds="none")
    if f.has(sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh):
        yield lambda f, x: sp.integrate(sp.expand(f.rewrite(sp.exp)), x, conds="none").rewrite(sp.cos)


def by_table(f: Any, x: Any) -> Any:
    """Term by term from a short table: powers, exponentials, sines and cosines of linear arguments. `None` beyond it."""
    total = sp.S.Zero
    for part in sp.Add.make_args(f.expand() if f.is_polynomial(x) else f):
        constant, rest = part.as_independent(x, as_Add=False)
        found = _table(rest, x)
        if found is None:
            return None
        total += constant * found
    return total


def _table(f: Any, x: Any) -> Any:
    if f is sp.S.One:
        return x
    if f == x:
        return x**2 / 2
    if f.is_Pow and not f.exp.has(x):
        slope = sp.diff(f.base, x) if f.base.is_Add or f.base.is_Mul or f.base == x else None
        if slope is None or slope.has(x) or slope.is_zero is not False:
            return None
        if f.exp == -1:
            return sp.log(f.base) / slope
        return f.base ** (f.exp + 1) / ((f.exp + 1) * slope) if f.exp.is_number else None
    if isinstance(f, sp.log) and isinstance(f.args[0] - 1, sp.exp):
        slope = sp.diff((f.args[0] - 1).args[0], x)
        return None if slope.has(x) or slope == 0 else -sp.polylog(2, 1 - f.args[0]) / slope
    if len(f.args) == 1 and isinstance(f, (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)):
        slope = sp.diff(f.args[0], x)
        if slope.has(x) or slope.is_zero is not False:
            return None
        head = {sp.exp: sp.exp, sp.sin: lambda u: -sp.cos(u), sp.cos: sp.sin, sp.sinh: sp.cosh, sp.cosh: sp.sinh}[type(f)]
        return head(f.args[0]) / slope
    return None


def _forms(found: Any, f: Any, x: Any, context: Context) -> Iterator[Any]:
    """The antiderivative in the forms worth trying: over the reals `log(abs(u))` where u may be negative."""
    while isinstance(found, sp.Piecewise):
        # The first branch is the generic one; the others are exceptional values of parameters.
        value, condition = found.args[0]
        if condition.has(x):
            break
        found = value
    found = _without_constant(found, x)
    if found.has(sp.tan) and found.has(sp.atan) and (whole := continued(found)) != found:
        yield whole
    if context.reading == "real" and not f.has(sp.I) and found.has(sp.log):
        given = f.atoms(sp.log)
        absolute = found.replace(
            lambda e: isinstance(e, sp.log) and e not in given and _may_be_negative(e.args[0], x),
            lambda e: sp.log(sp.Abs(e.args[0])),
        )
        if absolute != found:
            yield absolute
    yield found


def _may_be_negative(u: Any, x: Any) -> bool:
    """Whether a real quantity that depends on the variable is not known to be positive."""
    if not u.has(x) or u.is_nonnegative or u.is_real is False:
        return False
    # Where the integrand is real, even roots are; these are not negative.
    roots = {p: sp.Dummy(nonnegative=True) for p in u.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q % 2 == 0 and p.exp > 0}
    if u.xreplace(roots).is_nonnegative:
        return False
    if u.is_polynomial(x) and sp.degree(u, x) == 2:
        return not (sp.discriminant(u, x).is_negative and sp.LC(u, x).is_positive)
    return True


def _without_constant(found: Any, x: Any) -> Any:
    if isinstance(found, sp.Add):
        return sp.Add(*(t for t in found.args if t.has(x)))
    return found


def _jumps(candidate: Any, f: Any, x: Any) -> bool:
    """Whether an antiderivative of a periodic integrand jumps where the integrand does not: F(b) - F(a) against quadrature, piece by piece."""
    if not f.has(TrigonometricFunction) or not candidate.has(sp.tan, sp.cot, sp.atan, sp.floor) or f.free_symbols != {x}:
        return False
    half = sp.Rational(1, 2)
    for k in range(-8, 9):
        low, high = k * half + sp.Rational(1, 7), (k + 1) * half + sp.Rational(1, 7)
        heights = [spot.value(f, {x: low + (high - low) * sp.Rational(j, 8)}) for j in range(9)]
        if any(h is None or abs(h) > 50 or abs(h.imag) > 1e-12 for h in heights):
            continue
        measured = quadrature(f, x, low, high)
        ends = [spot.value(candidate, {x: e}) for e in (low, high)]
        if measured is None or None in ends or measured[1] > 1e-8:
            continue
        if abs(ends[1] - ends[0] - measured[0]) > 1e-5 * (1 + abs(measured[0])):
            return True
    return False


def _differentiates_back(candidate: Any, f: Any, x: Any, context: Context, symbol: Symbol | None) -> bool:
    """Whether the derivative by our own rules has the values of the integrand."""
    inner = context.symbols
    if symbol is None:
        symbol = next((s for s, made in inner.items() if made is x and isinstance(s, Symbol)), None)
    try:
        if symbol is None:
            back = sp.diff(candidate, x)
        else:
            back = lower(derivative(lift(candidate, context), symbol), context)
    except NoClosedForm:
        return False
    if back == f or (back - f).is_zero:
        return True
    if back.is_rational_function(x) and f.is_rational_function(x) and sp.count_ops(back) < 300:
        return bool(sp.cancel(sp.together(back - f)) == 0)
    return spot.agree(back, f, context, tries=14, real=context.reading == "real") is True
