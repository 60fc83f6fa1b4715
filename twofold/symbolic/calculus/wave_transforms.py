"""Laplace and Fourier transforms of pieces made of powers, exponentials, sines and cosines, and of Gaussians with polynomials, by rule.

Every rule is an integral with a known antiderivative or a classical formula (Erdélyi, "Tables of Integral Transforms", vol. 1), with the
condition under which it converges.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.fourier_table import hyperbolic
from twofold.symbolic.calculus.laplace_table import laplace_by_table
from twofold.symbolic.calculus.pieces import pieces
from twofold.symbolic.solving.linear_equations import waves

_BENDS = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)


def laplace_by_rule(body: Any, t: Any, s: Any) -> tuple[Any, Any, Any] | None:
    """The transform, the number that s must be above, and a further condition; `None` where no rule applies.

    `t` is the positive variable, `s` a positive symbol.
    """
    if not body.has(*_BENDS):
        return _powers(body, t, s) or laplace_by_table(body, t, s)
    u = sp.Dummy("t", real=True)
    parts = attempt(pieces, body.subs(t, u), u, sp.S.Zero, sp.oo)
    if parts is None:
        return None
    total, plane = sp.S.Zero, -sp.oo
    for low, high, value in parts:
        if value == 0:
            continue
        for end, sign in ((low, 1), (high, -1)):
            if end.is_infinite:
                continue
            made = _powers(value.subs(u, t + end), t, s)
            if made is None or made[2] != sp.true:
                return None
            total += sign * sp.exp(-end * s) * made[0]
            if high.is_infinite and sign == 1:
                plane = made[1]
    return _by_exponentials(total), plane, sp.true


def _by_exponentials(e: Any) -> Any:
    """Terms with the same exponential together."""
    rows: dict[Any, Any] = {}
    for t in sp.Add.make_args(e):
        wave = sp.Mul(*(f for f in sp.Mul.make_args(t) if isinstance(f, sp.exp)))
        rows[wave] = rows.get(wave, sp.S.Zero) + t / wave
    return sp.Add(*(wave * sp.factor(c) for wave, c in rows.items()))


def _powers(body: Any, t: Any, s: Any) -> tuple[Any, Any, Any] | None:
    """Sums of t^a*exp(b*t)*cos(c*t) and sines: a any number above -1 where there is no wave."""
    whole, total, plane, condition = [], sp.S.Zero, [], sp.true
    for term in sp.Add.make_args(sp.expand(body, power_exp=False)):
        a = sp.Add(*(f.as_base_exp()[1] for f in sp.Mul.make_args(term) if f.as_base_exp()[0] == t))
        if a.is_integer and a.is_nonnegative:
            whole.append(term)
            continue
        rest = attempt(waves, term / t**a, t)
        if rest is None or len(rest) != 1 or rest[0][1] != 0 or rest[0][2].has(t) or a.has(t) or a.is_real is False:
            return None
        if a.is_number:
            if not a > -1:
                return None
        else:
            condition = sp.And(condition, a > -1)
        rate, _, factor, _ = rest[0]
        if not sp.sympify(rate).is_real:
            return None
        total += factor * sp.gamma(a + 1) / (s - rate) ** (a + 1)
        plane.append(sp.sympify(rate))
    if whole:
        made = _of_waves(sp.Add(*whole), t, s)
        if made is None:
            return None
        total, plane = total + made[0], [*plane, made[1]]
    return total, sp.Max(*plane) if plane else -sp.oo, condition


def _of_waves(body: Any, t: Any, s: Any) -> tuple[Any, Any] | None:
    """Sums of t^k*exp(a*t)*cos(b*t) and of sines: real and imaginary parts of k!/(s - a - i*b)^(k+1)."""
    parts = waves(body, t)
    if parts is None:
        return None
    value, plane = sp.S.Zero, []
    for a, b, *sides in parts:
        if not (sp.sympify(a).is_real and sp.sympify(b).is_real):
            return None
        plane.append(a)
        for part, side in enumerate(sides):
            for (k,), c in sp.Poly(side, t).terms() if side != 0 else ():
                if not b:
                    value += 0 if part else c * sp.factorial(k) / (s - a) ** (k + 1)
                    continue
                z = s - a
                # (z + i*b)^(k+1), real or imaginary part, by the binomial theorem.
                top = sum(sp.binomial(k + 1, j) * z ** (k + 1 - j) * b**j * (-1) ** (j // 2) for j in range(part, k + 2, 2))
                value += c * sp.factorial(k) * sp.factor_terms(top) / (z**2 + b**2) ** (k + 1)
    return value, sp.Max(*plane) if plane else -sp.oo


# --- Fourier -----------------------------------------------------------------------------------------------------------------------


def fourier_by_rule(body: Any, x: Any, w: Any) -> Any:
    """The integral of body*exp(-i*w*x) over all x for real w; `None` where no rule applies."""
    found = attempt(_gaussian, body, x, w)
    if found is None:
        found = attempt(_sinc, body, x, w)
    if found is None:
        found = attempt(_rational, body, x, w)
    if found is None and body.has(sp.core.function.Function):
        found = attempt(hyperbolic, body, x, w)
    return found if found is not None else attempt(_pieces, body, x, w)


def _gaussian(body: Any, x: Any, w: Any) -> Any:
    """Terms c*x^n*exp(-a*x^2 + b*x + d), a > 0, also times a sine or cosine: sqrt(pi/a)*P(u)*exp(u^2/(4*a) + d) with u = b - i*w."""
    if not body.has(sp.exp) or body.has(*_BENDS):
        return None
    rows: dict[Any, Any] = {}
    for term in sp.Add.make_args(sp.expand(body, power_exp=False)):
        factor, rest = term.as_independent(x, as_Add=False)
        n, exponent, wave = 0, sp.S.Zero, None
        for f in sp.Mul.make_args(rest):
            base, power = f.as_base_exp()
            if base == x and power.is_Integer and power > 0:
                n += int(power)
            elif isinstance(f, sp.exp):
                exponent += f.args[0]
            elif isinstance(f, (sp.sin, sp.cos)) and wave is None:
                wave = f
            else:
                return None
        for weight, turn in _exponentials(wave):
            p = sp.Poly(sp.expand(exponent + turn), x)
            if p.degree() != 2:
                return None
            a, b, d = -p.coeff_monomial(x**2), p.coeff_monomial(x), p.coeff_monomial(1)
            if not a.is_positive:
                return None
            u = sp.Dummy("u")
            q: Any = sp.S.One
            for _ in range(n):
                q = sp.expand(sp.diff(q, u) + u * q / (2 * a))
            at = b - sp.I * w
            key = sp.expand(at**2 / (4 * a)) + d
            rows[key] = rows.get(key, sp.S.Zero) + factor * weight * sp.sqrt(sp.pi / a) * sp.expand(q.subs(u, at))
    return sp.Add(*(sp.factor_terms(c) * sp.exp(key) for key, c in rows.items()))


def _exponentials(wave: Any) -> list[tuple[Any, Any]]:
    """A sine or cosine as coefficients and exponents."""
    if wave is None:
        return [(sp.S.One, sp.S.Zero)]
    u = wave.args[0]
    if isinstance(wave, sp.cos):
        return [(sp.S.Half, sp.I * u), (sp.S.Half, -sp.I * u)]
    return [(-sp.I / 2, sp.I * u), (sp.I / 2, -sp.I * u)]


def _sinc(body: Any, x: Any, w: Any) -> Any:
    """c*sin(a*x)/x: pi*c between -a and a, half of it there, 0 outside; c*sin(a*x)^2/x^2: a triangle."""
    factor, rest = body.as_independent(x, as_Add=False)
    for n in (1, 2):
        sine = rest * x**n
        base, power = sine.as_base_exp()
        if not (isinstance(base, sp.sin) and power == n and (a := base.args[0] / x).is_positive and not a.has(x)):
            continue
        if n == 1:
            return sp.Piecewise((sp.pi * factor, sp.Abs(w) < a), (sp.pi * factor / 2, sp.Eq(sp.Abs(w), a)), (0, True))
        return sp.Piecewise((sp.pi * factor * (a - sp.Abs(w) / 2), sp.Abs(w) < 2 * a), (0, True))
    return None


def _rational(body: Any, x: Any, w: Any) -> Any:
    """Partial fractions over the rationals with denominators ((x - p)^2 + q^2)^k: exponentials of -q*|w| turned by exp(-i*p*w)."""
    if not body.is_rational_function(x) or body.free_symbols != {x}:
        return None
    total = sp.S.Zero
    v = sp.Abs(w)
    for term in sp.Add.make_args(sp.apart(body, x)):
        top, bottom = sp.fraction(sp.together(term))
        lead, factors = sp.Poly(bottom, x).factor_list()
        if len(factors) != 1 or factors[0][0].degree() != 2 or factors[0][1] > 3:
            return None
        d, k = factors[0]
        a, b, c = d.all_coeffs()
        p, square = -b / (2 * a), c / a - b**2 / (4 * a**2)
        if not square > 0:
            return None
        q = sp.sqrt(square)
        above = sp.Poly(top, x)
        slope, start = above.coeff_monomial(x) / (lead * a**k), above.coeff_monomial(1) / (lead * a**k)
        even = {1: 1 / q, 2: (1 + q * v) / (2 * q**3), 3: (3 + 3 * q * v + square * v**2) / (8 * q**5)}[k]
        odd = {1: sp.sign(w), 2: w / (2 * q), 3: w * (1 + q * v) / (8 * q**3)}[k]
        made = sp.pi * ((start + slope * p) * even - sp.I * slope * odd)
        total += sp.factor_terms(made) * sp.exp(-q * v - sp.I * p * w)
    return total


def _pieces(body: Any, x: Any, w: Any) -> Any:
    """Pieces of waves that decay at infinity: antiderivatives at the ends, grouped by the ends."""
    parts = pieces(body, x)
    if parts is None:
        return None
    rows: dict[Any, Any] = {}
    for low, high, value in parts:
        if value == 0:
            continue
        found = waves(value, x)
        if found is None:
            return None
        for a, b, cosine, sine in found:
            a, b = sp.sympify(a), sp.sympify(b)
            if (high.is_infinite and not a.is_negative) or (low.is_infinite and not a.is_positive) or not b.is_real:
                return None
            # P*cos(b*x) + Q*sin(b*x) as exponentials.
            sides = (
                [(cosine, a)]
                if b == 0
                else [((cosine - sp.I * sine) / 2, a + sp.I * b), ((cosine + sp.I * sine) / 2, a - sp.I * b)]
            )
            for p, g in sides:
                z = g - sp.I * w
                for end, sign in ((high, 1), (low, -1)):
                    if end.is_infinite:
                        continue
                    rest, total, k = sp.expand(p), sp.S.Zero, 1
                    while rest != 0:
                        total += (-1) ** (k - 1) * rest.subs(x, end) / z**k
                        rest, k = sp.diff(rest, x), k + 1
                    key = end
                    rows[key] = rows.get(key, sp.S.Zero) + sign * total * sp.exp(g * end)
    return _real_form(rows, w)


def _real_form(rows: dict[Any, Any], w: Any) -> Any:
    """The sum of R*exp(-i*p*w) over the ends p, by cosines and sines where it is real or imaginary."""
    whole, real, imaginary = sp.S.Zero, sp.S.Zero, sp.S.Zero
    for p, given in rows.items():
        r = _without_i_below(given)
        u, v = r.as_real_imag() if r.has(sp.I) else (r, sp.S.Zero)
        u, v = (sp.factor(sp.cancel(sp.together(e))) for e in (u, v))
        c, s = sp.cos(p * w), sp.sin(p * w)
        real, imaginary = real + u * c + v * s, imaginary + v * c - u * s
        whole += in_powers(given, w) * sp.exp(-sp.I * p * w)
    real, imaginary = sp.expand(real), sp.expand(imaginary)
    if _nothing(imaginary):
        return _gathered(real)
    if _nothing(real):
        return sp.I * _gathered(imaginary)
    return whole


def in_powers(total: Any, w: Any) -> Any:
    """One fraction, in powers of im*w where its coefficients are real: 1/(a + im*w) rather than -im/(w - im*a)."""
    q = sp.Dummy("q", real=True)
    turned = sp.cancel(sp.together(sp.expand(total.subs(w, -sp.I * q))))
    if turned.has(sp.I):
        return sp.cancel(sp.together(total))
    top, bottom = sp.fraction(turned)
    if sp.Poly(bottom, q).LC().could_extract_minus_sign() and sp.degree(bottom, q) == 1:
        top, bottom = -top, -bottom
    return (sp.factor(top) / sp.factor(bottom)).subs(q, sp.I * w)


def _nothing(e: Any) -> bool:
    return bool(e == 0 or sp.cancel(sp.together(e)) == 0)


def _gathered(e: Any) -> Any:
    plain = sp.cancel(sp.together(e))
    return min((sp.factor(plain), plain), key=sp.count_ops)


def _without_i_below(r: Any) -> Any:
    """A quotient with a real denominator."""
    top, bottom = sp.fraction(sp.cancel(sp.together(r)))
    if bottom.has(sp.I):
        conjugate = bottom.subs(sp.I, -sp.I)
        top, bottom = sp.expand(top * conjugate), sp.expand(bottom * conjugate)
        return sp.cancel(top / bottom) if not top.has(sp.I) else sp.expand(top) / bottom
    return top / bottom


__all__ = ["fourier_by_rule", "in_powers", "laplace_by_rule"]
