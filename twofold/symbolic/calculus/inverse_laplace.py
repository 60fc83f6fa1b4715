"""Inverse Laplace transforms by rule: partial fractions of rational functions, delays, powers, and quotients by t.

At a root r of multiplicity k of the denominator the transform is the sum of c_j/(s - r)^j, which comes from c_j*t^(j-1)*exp(r*t)/(j-1)!. The c_j are
found by power series over the field of the root, so that the roots of an irreducible quadratic factor are treated together.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq, fmpq_poly, fmpz_poly

from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.inverse_laplace_parameters import delayed
from twofold.symbolic.calculus.repeated_delays import by_repetition


def inverse_by_rule(f: Any, s: Any, t: Any) -> Any:
    """The function of t > 0 (of t >= 0 where an impulse stands at 0) with this transform; `None` where no rule applies.

    `t` is a real symbol without a sign, at 0 of which an impulse may stand.
    """
    found = attempt(_by_delays, f, s, t)
    if found is None and not f.free_symbols - {s}:
        found = attempt(by_repetition, f, s, t, lambda g: _one(g, s, t))
    return found


def _by_delays(f: Any, s: Any, t: Any) -> Any:
    """exp(-c*s)*F(s) is the function of F from t = c on."""
    if f.free_symbols - {s}:
        return None
    delays: dict[Any, Any] = {}
    for term in _terms(f):
        delay, rest = sp.S.Zero, sp.S.One
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.exp):
                p = sp.Poly(factor.args[0], s)
                if p.degree() != 1:
                    return None
                delay -= p.coeff_monomial(s)
                rest *= sp.exp(p.coeff_monomial(1))
            else:
                rest *= factor
        if not (delay.is_number and delay.is_nonnegative):
            return None
        delays[delay] = delays.get(delay, sp.S.Zero) + rest
    total = sp.S.Zero
    for delay, rest in sorted(delays.items(), key=lambda pair: float(pair[0])):
        made = _one(rest, s, t)
        if made is None:
            return None
        if delay == 0:
            total += made
            continue
        total += delayed(made, t, delay)
    return total


def _terms(f: Any) -> list[Any]:
    """The terms of f, exponentials only as their factors."""
    if not f.has(sp.exp):
        return [f]
    out = []
    for part in sp.Add.make_args(f):
        top, bottom = part.as_numer_denom()
        waves = sp.Mul(*(g for g in sp.Mul.make_args(bottom) if g.has(sp.exp)))
        rest = sp.expand(bottom / waves)
        out += [t / waves / rest for t in sp.Add.make_args(sp.expand(top))]
    return out


def _one(f: Any, s: Any, t: Any) -> Any:
    if f.is_rational_function(s):
        return _rational(f, s, t)
    if f.has(sp.log, sp.atan, sp.acot):
        slope = sp.cancel(sp.together(sp.diff(f, s)))
        if slope.is_rational_function(s) and limit_of(f, s, sp.oo) == 0:
            made = _rational(slope, s, t)
            return None if made is None or made.has(sp.DiracDelta) else -made / t
        return None
    total = sp.S.Zero
    for part in sp.Add.make_args(f):
        top, bottom = part.as_numer_denom()
        for term in sp.Add.make_args(sp.expand(top)):
            made = _power(term / bottom, s, t)
            if made is None:
                return None
            total += made
    return total


def _power(term: Any, s: Any, t: Any) -> Any:
    """c/(s + b)^a for a positive a."""
    factor, rest = term.as_independent(s, as_Add=False)
    base, power = rest.as_base_exp()
    if not (power.is_Rational and power < 0) or not base.is_polynomial(s):
        return None
    p = sp.Poly(base, s)
    if p.degree() != 1 or not p.coeff_monomial(s).is_positive:
        return None
    c, b = p.all_coeffs()
    return factor * c**power * t ** (-power - 1) * sp.exp(-b / c * t) / sp.gamma(-power)


def _rational(f: Any, s: Any, t: Any) -> Any:
    top, bottom = (sp.Poly(e, s, domain="QQ") for e in sp.fraction(sp.together(f)))
    n, d = (fmpq_poly([fmpq(int(c.p), int(c.q)) for c in reversed(p.all_coeffs())]) for p in (top, bottom))
    shared = n.gcd(d)
    n, d = n // shared, d // shared
    whole, n = divmod(n, d)
    if whole.degree() > 0:
        return None
    total = _number(whole[0]) * sp.DiracDelta(t) if whole else sp.S.Zero
    parts: list[Any] = []
    lead, factors = fmpz_poly([int(c) for c in (d * d.denom()).coeffs()]).factor()
    scale = fmpq(int(lead)) / fmpq(int(d.denom()))
    for p, k in factors:
        q = fmpq_poly(p) / fmpq(int(p[p.degree()]))
        rest = fmpq_poly([scale])
        for other, m in factors:
            rest *= fmpq_poly(other) ** int(m) if other != p else fmpq_poly([fmpq(int(p[p.degree()]))]) ** int(m)
        made = _at_root(n, rest, q, int(k), t) if q.degree() <= 2 else _at_square_roots(n, rest, q, t) if k == 1 else None
        if made is None:
            return None
        parts.append(made)
    # Exponentials that decay first come last; the constant part first.
    return sp.Add(total, *parts)


def _number(c: fmpq) -> Any:
    return sp.Rational(int(c.p), int(c.q))


def _at_root(n: fmpq_poly, rest: fmpq_poly, q: fmpq_poly, k: int, t: Any) -> Any:
    """What n/(rest*q^k) contributes at the roots of q."""
    series = _quotient(_shifted(n, q, k), _shifted(rest, q, k), q, k)
    # q(r + x) is x*(q'(r) + x*q''/2).
    slope = [q.derivative() % q, *([fmpq_poly([1])] if q.degree() == 2 else [])]
    for _ in range(k):
        series = _quotient(series, slope, q, k)
    if q.degree() == 1:
        rate = _number(-q[0])
        made = sum((_number(c[0]) * t ** (k - 1 - j) / sp.factorial(k - 1 - j) for j, c in enumerate(series)), sp.S.Zero)
        return sp.factor_terms(made) * sp.exp(rate * t)
    half, square = -q[1] / 2, q[0] - q[1] * q[1] / 4
    turn = sp.sqrt(abs(_number(square)))
    even = odd = sp.S.Zero
    for j, c in enumerate(series):
        m = k - 1 - j
        power = 2 * t**m / sp.factorial(m)
        even, odd = even + _number(c[0] + c[1] * half) * power, odd + _number(c[1]) * turn * power
    if square > 0:
        wave = even * sp.cos(turn * t) - odd * sp.sin(turn * t)
    else:
        wave = even * sp.cosh(turn * t) + odd * sp.sinh(turn * t)
    return sp.factor_terms(wave) * sp.exp(_number(half) * t)


def _at_square_roots(n: fmpq_poly, rest: fmpq_poly, q: fmpq_poly, t: Any) -> Any:
    """What n/(rest*q) contributes at the simple roots of q = s^4 + b*s^2 + c, in pairs of a root and its conjugate; `None` for another q."""
    if q.degree() != 4 or q[1] or q[3]:
        return None
    s = sp.Dummy("s")
    over, under, slope = (_polynomial(p, s) for p in (n, rest, q.derivative()))
    total = sp.S.Zero
    for decay, turn in _square_roots(_number(q[2]), _number(q[0])):
        share = sp.expand_complex((over / (under * slope)).subs(s, decay + sp.I * turn))
        real, imaginary = (sp.radsimp(sp.expand(part)) for part in share.as_real_imag())
        # A root that is not real stands for its conjugate too.
        wave = 2 * (real * sp.cos(turn * t) - imaginary * sp.sin(turn * t)) if turn != 0 else real
        total += wave * sp.exp(decay * t)
    return total


def _square_roots(b: Any, c: Any) -> list[tuple[Any, Any]]:
    """Real and imaginary parts of the roots of s^4 + b*s^2 + c, of two conjugate ones that above the real line."""
    if b**2 < 4 * c:
        decay, turn = (sp.sqrtdenest(sp.sqrt((sp.sqrt(c) + sign * b / 2) / 2)) for sign in (-1, 1))
        return [(decay, turn), (-decay, turn)]
    out: list[tuple[Any, Any]] = []
    for sign in (1, -1):
        square = (-b + sign * sp.sqrt(b**2 - 4 * c)) / 2
        r = sp.sqrtdenest(sp.sqrt(abs(square)))
        out += [(r, sp.S.Zero), (-r, sp.S.Zero)] if square > 0 else [(sp.S.Zero, r)]
    return out


def _polynomial(p: fmpq_poly, s: Any) -> Any:
    return sum((_number(c) * s**j for j, c in enumerate(p.coeffs())), sp.S.Zero)


def _shifted(p: fmpq_poly, q: fmpq_poly, k: int) -> list[fmpq_poly]:
    """The first k coefficients of p(r + x) in powers of x, as polynomials in r modulo q."""
    out, here, factorial = [], p, 1
    for j in range(k):
        factorial *= max(1, j)
        out.append((here % q) / fmpq(factorial))
        here = here.derivative()
    return out


def _quotient(a: list[fmpq_poly], b: list[fmpq_poly], q: fmpq_poly, k: int) -> list[fmpq_poly]:
    """The quotient of two power series over the field of a root of q."""
    first = b[0].xgcd(q)
    inverse = first[1] % q
    out: list[fmpq_poly] = []
    for j in range(k):
        value = a[j] if j < len(a) else fmpq_poly([0])
        for i in range(1, min(j, len(b) - 1) + 1):
            value -= b[i] * out[j - i]
        out.append((value * inverse) % q)
    return out


__all__ = ["inverse_by_rule"]
