"""Limits at infinity by asymptotic rules: Stirling's series for factorials, bounded factors, Riemann sums.

Each rule is a theorem where it applies: log(gamma(z)) differs from (z - 1/2)*log(z) - z + log(2*pi)/2 + 1/(12*z) by less than 1/(360*z^3) for z > 0; a bounded
factor times one that tends to 0 tends to 0; a mean of values of a continuous function over a regular grid tends to its integral.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.effort import within

_SECONDS = 0.6


def at_infinity(e: Any, x: Any) -> Any:
    """The limit for x to oo, or `None` where no rule applies."""
    for rule in (_leading, _bounded, _riemann, _dominating, _factorials):
        found = attempt(rule, e, x)
        if found is not None:
            return found
    return None


def _leading(e: Any, x: Any) -> Any:
    """Sums of terms c*x^a*exp(b*x)*log(x)^k with numbers: the term that grows most decides, by b, then a, then k."""
    if e.free_symbols != {x} or e.has(sp.Abs, sp.Piecewise, sp.floor):
        return None
    found: dict[tuple[Any, Any, Any], Any] = {}
    for t in sp.Add.make_args(sp.expand(e)):
        factor, rest = t.as_independent(x, as_Add=False)
        b = a = k = sp.S.Zero
        for f in sp.Mul.make_args(rest):
            base, power = f.as_base_exp()
            if isinstance(f, sp.exp) or base.is_positive and not base.has(x):
                exponent = sp.expand(power * sp.log(base))
                slope = exponent.coeff(x)
                start = sp.expand(exponent - slope * x)
                if slope.has(x) or start.has(x):
                    return None
                b, factor = b + slope, factor * sp.exp(start)
            elif base == x:
                a += power
            elif base == sp.log(x):
                k += power
            elif f != 1:
                return None
        if a.has(x) or k.has(x) or not all(v.is_real for v in (a, b, k)):
            return None
        found[b, a, k] = found.get((b, a, k), sp.S.Zero) + factor
    sizes = {key: tuple(float(v) for v in key) for key in found}
    first, *others = sorted(found, key=sizes.__getitem__, reverse=True)
    for other in others:
        # Two rates that are equal as decimals and not as written may be equal or not.
        gap = next((p - q for p, q, v, w in zip(sizes[first], sizes[other], first, other, strict=True) if v != w), 0.0)
        if abs(gap) < 1e-9:
            return None
    lead = found[first]
    if not lead.is_real or abs(lead.evalf(20)) < 1e-12:
        return None
    order = next((v for v in sizes[first] if v), 0.0)
    if order == 0:
        return lead
    return sp.S.Zero if order < 0 else lead.evalf(20) * sp.oo


def _bounded(e: Any, x: Any) -> Any:
    """A bounded factor times one that tends to 0, in every term that oscillates."""
    total, rest = sp.S.Zero, sp.S.Zero
    for t in sp.Add.make_args(sp.expand(e) if e.is_Add or e.is_Mul else e):
        factors = sp.Mul.make_args(t)
        waves = [f for f in factors if _is_bounded(f, x)]
        if not waves:
            rest += t
            continue
        size = within(_SECONDS, attempt, sp.limit, t / sp.Mul(*waves), x, sp.oo)
        if size != 0:
            return None
    if rest == e:
        return None
    if rest == 0:
        return total
    found = within(_SECONDS, attempt, sp.limit, rest, x, sp.oo)
    return None if found is None or found.has(sp.Limit, sp.AccumBounds) else found


def _is_bounded(f: Any, x: Any) -> bool:
    """Sines and cosines of real arguments, and powers of -1."""
    base, exponent = f.as_base_exp()
    if isinstance(base, (sp.sin, sp.cos)) and base.has(x) and exponent.is_nonnegative:
        return base.args[0].is_real is not False
    return bool(base == -1 and exponent.has(x))


def _riemann(e: Any, x: Any) -> Any:
    """sum(f(k, n), k = 1..n) where n*f(t*n, n) does not depend on n: the integral of that over t = 0..1."""
    sums = [t for t in sp.preorder_traversal(e) if isinstance(t, sp.Sum)]
    if len(sums) != 1:
        return None
    (total,) = sums
    body, (k, low, high) = total.args
    factor = sp.cancel(e / total)
    if factor.has(sp.Sum) or low not in (0, 1) or sp.expand(high - x) not in (0, -1):
        return None
    t, n = sp.Dummy("t", positive=True), sp.Dummy("n", positive=True)
    made = sp.simplify((n * factor.subs(x, n) * body).subs({k: t * n, x: n}, simultaneous=True))
    if made.has(n):
        return None
    from twofold.symbolic.antiderivatives.search import Search

    found = Search(_SECONDS).find(made, t)
    if found is None:
        return None
    ends = [attempt(sp.limit, found, t, 0, "+"), found.subs(t, 1)]
    if None in ends or not all(v.is_finite for v in ends):
        return None
    return sp.simplify(ends[1] - ends[0])


def _dominating(e: Any, x: Any) -> Any:
    """A root of order x of a sum of exponentials: the greatest base, where it is known which is."""
    base, exponent = e.as_base_exp()
    c = sp.cancel(exponent * x)
    if c.has(x) or not base.is_Add:
        return None
    bases = []
    for t in base.args:
        factor, power = t.as_independent(x, as_Add=False)
        b, p = power.as_base_exp()
        slope = sp.cancel(p / x)
        if slope.has(x) or not factor.is_positive or not b.is_positive:
            return None
        bases.append(b**slope)
    greatest = sp.Max(*bases)
    return greatest**c


def _factorials(e: Any, x: Any) -> Any:
    """Powers and products of factorials, binomials and gamma functions, by the logarithm and Stirling's series."""
    if not e.has(sp.gamma, sp.factorial, sp.binomial, sp.loggamma):
        return None
    n = sp.Dummy("n", positive=True)
    made = e.subs(x, n).rewrite(sp.gamma)
    sign = sp.S.One
    if made.could_extract_minus_sign():
        made, sign = -made, sp.S.NegativeOne
    if made.is_Add:
        return None
    logarithm = sp.S.Zero
    for factor in sp.Mul.make_args(made):
        part = _logarithm(factor, n)
        if part is None:
            return None
        logarithm += part
    found = within(_SECONDS, attempt, sp.limit, sp.expand(sp.expand_log(sp.expand(logarithm), force=True)), n, sp.oo)
    if found is None or found.has(sp.Limit, sp.AccumBounds, sp.nan):
        return None
    if found is sp.S.NegativeInfinity:
        return sp.S.Zero
    return sign * sp.oo if found is sp.oo else sign * sp.exp(found)


def _logarithm(factor: Any, n: Any) -> Any:
    base, exponent = factor.as_base_exp()
    if isinstance(base, sp.gamma):
        z = base.args[0]
        if attempt(sp.limit, z, n, sp.oo) is not sp.oo:
            return None if z.has(n) else exponent * sp.log(base)
        return exponent * ((z - sp.S.Half) * sp.log(z) - z + sp.log(2 * sp.pi) / 2 + 1 / (12 * z))
    if base.has(sp.gamma, sp.loggamma):
        if base.is_Mul:
            parts = [_logarithm(t, n) for t in base.args]
            return None if None in parts else exponent * sp.Add(*parts)
        if base.is_Pow:
            inner = _logarithm(base, n)
            return None if inner is None else exponent * inner
        return None
    if not base.is_positive and base.has(n):
        return None
    return exponent * sp.log(base) if base.is_positive else None
