"""Antiderivatives of rational functions over the reals: no complex logarithms, arctangents of linear arguments.

Hermite's reduction takes off the rational part. Of the rest, every irreducible factor gives logarithms and arctangents: a quadratic one by
completing the square, a binomial x^n + a by the cosines of its roots, a cubic by its real root, others by roots that have a short form.
Sources: Bronstein, "Symbolic Integration I" (2005), chapter 2; Gradshteyn and Ryzhik, 2.10 to 2.17.
"""

from __future__ import annotations

from math import gcd
from typing import Any

import sympy as sp
from sympy.integrals.rationaltools import ratint_ratpart

from twofold.symbolic.attempt import attempt

_HIGHEST = 120


def rational(f: Any, x: Any) -> Any:
    """An antiderivative of a rational function of x, or `None` where the roots of its denominator have no short form."""
    numerator, denominator = sp.fraction(sp.cancel(sp.together(f)))
    if not numerator.is_polynomial(x) or not denominator.is_polynomial(x):
        return None
    p, q = sp.Poly(numerator, x), sp.Poly(denominator, x)
    if q.degree() > _HIGHEST:
        return None
    if q.degree() == 0:
        return sp.integrate(p.as_expr(), x) / q.as_expr()
    inner = _by_power(p, q, x)
    if inner is not None:
        return inner
    whole, rest = p.div(q)
    found = sum((c * x ** (k + 1) / (k + 1) for (k,), c in whole.terms()), sp.S.Zero)
    if rest.is_zero:
        return found
    linear = _power_of_linear(rest, q, x)
    if linear is not None:
        return found + linear
    unit = q.LC()
    rest, q = (sp.Poly(e.as_expr() / unit, x) for e in (rest, q))
    simple = q.gcd(q.diff(x)).degree() == 0
    if simple:
        left: Any = rest.as_expr() / q.as_expr()
    else:
        part, left = ratint_ratpart(rest, q, x)
        found += part
    left = sp.cancel(left)
    if left == 0:
        return found
    p, q = (sp.Poly(e, x) for e in sp.fraction(left))
    _, factors = q.factor_list()
    if len(q.terms()) == 2 and q.TC() != 0 and q.TC().is_Rational and max(g.degree() for g, _ in factors) > 2:
        return found + _over_binomial(*(sp.Poly(e / q.LC(), x) for e in (p.as_expr(), q.as_expr())), x)
    for factor, _ in factors:
        others = q.quo(factor)
        # The numerator over this factor: p/others modulo the factor.
        inverse = attempt(lambda a=others, b=factor: a.invert(b))
        if inverse is None:
            return None
        above = (p * inverse).rem(factor)
        term = _simple(above, factor, x)
        if term is None:
            return None
        found += term
    return found


def _by_power(p: Any, q: Any, x: Any) -> Any:
    """x^(k-1)*g(x^k) as g(u)/k."""
    above, below = [k + 1 for (k,), _ in p.terms()], [k for (k,), _ in q.terms()]
    start, low = min(above), min(below)
    step = gcd(*(k - start for k in above), *(k - low for k in below), start - low)
    if step < 2:
        return None
    u = sp.Dummy("u", real=True)
    over = sum((c * u ** ((k + 1 - start) // step) for (k,), c in p.terms()), sp.S.Zero)
    under = sum((c * u ** ((k - low) // step) for (k,), c in q.terms()), sp.S.Zero)
    shift = (start - low) // step - 1
    made = rational(over / under * u**shift / step, u)
    return None if made is None else made.subs(u, x**step)


def _power_of_linear(p: Any, q: Any, x: Any) -> Any:
    """A numerator over a power of one linear factor."""
    factors = q.factor_list()
    if len(factors[1]) != 1 or factors[1][0][0].degree() != 1:
        return None
    (factor, k) = factors[1][0]
    slope, constant = factor.all_coeffs()
    u = sp.Dummy("u")
    shifted = sp.Poly(p.as_expr().subs(x, (u - constant) / slope), u)
    total = sp.S.Zero
    for (m,), c in shifted.terms():
        n = m - k + 1
        total += c * (sp.log(u) if n == 0 else u**n / n)
    return (total / (slope * factors[0])).subs(u, slope * x + constant)


def _simple(p: Any, q: Any, x: Any) -> Any:
    """An antiderivative of p/q for an irreducible q."""
    if q.degree() == 1:
        return p.as_expr() / q.LC() * sp.log(q.as_expr())
    if q.degree() == 2:
        return over_quadratic(p, q, x)
    if q.free_symbols_in_domain:
        return None
    lead = q.LC()
    p, q = p.quo_ground(lead), q.quo_ground(lead)
    if len(q.terms()) == 2:
        return _over_binomial(p, q, x)
    if q.degree() == 3 and sp.discriminant(q.as_expr(), x) < 0:
        return _over_cubic(p, q, x)
    return _over_roots(p, q, x)


def over_quadratic(p: Any, q: Any, x: Any) -> Any:
    """(m*x + n)/(a*x^2 + b*x + c), by the sign of the discriminant; `None` where that is not known."""
    a, b, c = (sp.Poly(q, x)).all_coeffs()
    m, n = ([0, 0] + sp.Poly(p, x).all_coeffs())[-2:]
    disc = sp.factor(sp.expand(4 * a * c - b**2))
    log_part = m / (2 * a) * sp.log(q.as_expr() if isinstance(q, sp.Poly) else q)
    k = sp.cancel(n - m * b / (2 * a))
    if k == 0:
        return log_part
    slope = 2 * a * x + b
    if disc.is_positive:
        root = sp.sqrt(disc)
        return log_part + 2 * k / root * sp.atan(_shorter(slope / root))
    if disc.is_negative:
        root = sp.sqrt(-disc)
        return log_part + k / root * (sp.log(sp.Abs(_monic(slope - root, x))) - sp.log(sp.Abs(_monic(slope + root, x))))
    return None


def _shorter(e: Any) -> Any:
    return sp.radsimp(sp.expand(e)) if e.free_symbols and len(e.free_symbols) == 1 else sp.cancel(e)


def _monic(e: Any, x: Any) -> Any:
    """A linear function up to a constant factor."""
    slope = sp.diff(e, x)
    made = sp.expand(e / slope)
    return made if sp.count_ops(made) < sp.count_ops(e) else e


def _over_binomial(p: Any, q: Any, x: Any) -> Any:
    """p/(x^n + c): the roots are r*exp(im*t), the residues p(root)*root/(-n*c)."""
    n, c = q.degree(), q.TC()
    radius = sp.root(abs(c), n)
    turns = [sp.pi * (2 * k + (1 if c > 0 else 0)) / n for k in range(n)]
    total = sp.S.Zero
    for t in turns:
        if sp.sin(t).is_negative or (c < 0 and t > sp.pi):
            continue

        def part(function: Any, t: Any = t) -> Any:
            return sum((v * radius ** (k[0] + 1) * function((k[0] + 1) * t) for k, v in p.terms()), sp.S.Zero) / (-n * c)

        real, imaginary = part(sp.cos), part(sp.sin)
        height = radius * sp.sin(t)
        if height == 0:
            total += real * sp.log(sp.Abs(x - radius * sp.cos(t)))
            continue
        total += real * sp.log(
            sp.expand(x**2 - 2 * radius * sp.cos(t) * x + radius**2)
            if n in (2, 3, 4, 6)
            else x**2 - 2 * radius * sp.cos(t) * x + radius**2
        )
        total -= (
            2
            * imaginary
            * sp.atan(sp.expand((x - radius * sp.cos(t)) / height) if n in (2, 3, 4, 6) else (x - radius * sp.cos(t)) / height)
        )
    return total


def _over_cubic(p: Any, q: Any, x: Any) -> Any:
    """A cubic with one real root r: what is left over x^2 + ... is a quadratic with a negative discriminant."""
    r = sp.CRootOf(q.as_expr(), 0)
    return _conjugates(p, q, x, [r])


def _over_roots(p: Any, q: Any, x: Any) -> Any:
    roots = attempt(sp.roots, q, cubics=False, quartics=False, multiple=True)
    if roots is None or len(roots) != q.degree():
        bi = _biquadratic(q, x)
        if bi is None:
            return None
        roots = bi
    total = sp.S.Zero
    if sum(sp.count_ops(r) for r in roots) > 25 * len(roots):
        return None
    for r in roots:
        real, imaginary = sp.expand(r, complex=True).as_real_imag()
        if imaginary.evalf(15) < -1e-12:
            continue
        at = real + sp.I * imaginary
        residue = sp.expand(
            sp.radsimp(sp.expand(p.as_expr().subs(x, at)) / sp.expand(q.diff(x).as_expr().subs(x, at))), complex=True
        )
        c, d = map(sp.radsimp, residue.as_real_imag())
        if abs(imaginary.evalf(15)) < 1e-12:
            total += c * sp.log(sp.Abs(x - real))
        else:
            total += c * sp.log(sp.expand(x**2 - 2 * real * x + real**2 + imaginary**2))
            total -= 2 * d * sp.atan(sp.radsimp((x - real) / imaginary))
    return total


def _biquadratic(q: Any, x: Any) -> list[Any] | None:
    """The roots of x^4 + b*x^2 + c without real roots, as half sums of square roots."""
    if q.degree() != 4 or not all(k[0] % 2 == 0 for k, _ in q.terms()):
        return None
    b, c = q.coeff_monomial(x**2), q.TC()
    if b * b - 4 * c >= 0 or c <= 0:
        return None
    s = sp.sqrt(c)
    real, imaginary = (sp.sqrtdenest(sp.sqrt(2 * s + e)) / 2 for e in (-b, b))
    return [real + sp.I * imaginary, -real + sp.I * imaginary, real - sp.I * imaginary, -real - sp.I * imaginary]


def _conjugates(p: Any, q: Any, x: Any, real: list[Any]) -> Any:
    """One real root r of a cubic x^3 + ...: c*log|x - r| + the quadratic cofactor, all with coefficients in r."""
    (r,) = real
    _, a2, a1, _ = q.all_coeffs()
    c = p.as_expr().subs(x, r) / q.diff(x).as_expr().subs(x, r)
    # The cofactor x^2 + s*x + t, by synthetic division.
    s, t = a2 + r, a1 + (a2 + r) * r
    p2, p1, _ = ([0, 0, 0] + p.all_coeffs())[-3:]
    # p = c*(x^2 + s*x + t) + (m*x + n)*(x - r)
    m, n = p2 - c, p1 - c * s + (p2 - c) * r
    height = sp.sqrt(4 * t - s**2)
    return c * sp.log(sp.Abs(x - r)) + m / 2 * sp.log(x**2 + s * x + t) + (2 * n - m * s) / height * sp.atan((2 * x + s) / height)
