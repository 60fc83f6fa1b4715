"""Antiderivatives of polynomials and rational functions times exponentials, sines and cosines of linear and quadratic arguments."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.simplify.fu import TR8

from twofold.symbolic.antiderivatives.kinds import linear, quadratic


def by_waves(f: Any, x: Any) -> Any:
    """Sums of polynomial * exp(a*x + b) * cos(c*x + d), of hyperbolic functions and of products of such; `None` beyond."""
    if not f.has(sp.exp, HyperbolicFunction, sp.sin, sp.cos) and not any(p.exp.has(x) for p in f.atoms(sp.Pow)):
        return None
    hyperbolic = f.has(HyperbolicFunction)
    total = sp.S.Zero
    for t in _terms(f, x):
        found = _term(t, x)
        if found is None:
            return None
        total += found
    return _hyperbolic(total, x) if hyperbolic else total


def sums(e: Any) -> Any:
    """Products and powers of sines and cosines as sums of those of multiples."""
    e = sp.expand(e)
    for _ in range(6):
        made = sp.expand(TR8(e))
        if made == e:
            break
        e = made
    return e


def _terms(f: Any, x: Any) -> tuple[Any, ...]:
    if f.has(HyperbolicFunction):
        if f.has(sp.tanh, sp.coth, sp.sech, sp.csch):
            raise NotImplementedError
        f = f.rewrite(sp.exp)
    f = sp.expand(f, power_exp=False)
    if sum(1 for g in f.atoms(sp.sin, sp.cos) if g.has(x)) > 1 or any(p.base.func in (sp.sin, sp.cos) for p in f.atoms(sp.Pow)):
        f = sums(f)
    return tuple(sp.Add.make_args(f))


def _term(t: Any, x: Any) -> Any:
    """One polynomial times one exponential times at most one sine or cosine."""
    exponent, wave, rest = sp.S.Zero, None, sp.S.One
    for factor in sp.Mul.make_args(t):
        if isinstance(factor, sp.exp):
            exponent += factor.args[0]
        elif factor.is_Pow and factor.exp.has(x) and not factor.base.has(x):
            exponent += factor.exp * sp.log(factor.base)
        elif isinstance(factor, (sp.sin, sp.cos)) and factor.has(x):
            if wave is not None:
                return None
            wave = factor
        else:
            rest *= factor
    if not rest.is_polynomial(x):
        return None
    exponent = sp.expand(exponent)
    lines = linear(exponent, x) if exponent.has(x) else (sp.S.Zero, exponent)
    if lines is None:
        return None
    a, b = lines
    if wave is None:
        return sp.integrate(rest, x) * sp.exp(b) if a == 0 else _exponential(rest, a, x) * sp.exp(a * x + b)
    angle = linear(wave.args[0], x)
    if angle is None:
        return None
    c = angle[0]
    # The real or imaginary part of the sum of (-1)^k p^(k) e^(z x)/z^(k+1), z = a + c*im.
    real = imaginary = sp.S.Zero
    p, sign, k = rest, 1, 1
    norm = a**2 + c**2
    re, im = a, -c
    power_re, power_im = re, im
    while p != 0:
        real += sign * p * power_re / norm**k
        imaginary += sign * p * power_im / norm**k
        p, sign, k = sp.diff(p, x), -sign, k + 1
        power_re, power_im = sp.expand(power_re * re - power_im * im), sp.expand(power_re * im + power_im * re)
    cosine, sine = sp.cos(wave.args[0]), sp.sin(wave.args[0])
    inside = real * cosine - imaginary * sine if isinstance(wave, sp.cos) else real * sine + imaginary * cosine
    return inside * sp.exp(a * x + b) if a != 0 else inside * sp.exp(b)


def _exponential(p: Any, a: Any, x: Any) -> Any:
    total, sign, power = sp.S.Zero, 1, a
    while p != 0:
        total += sign * p / power
        p, sign, power = sp.diff(p, x), -sign, power * a
    return sp.expand(total)


def _hyperbolic(e: Any, x: Any) -> Any:
    """Sums of exponentials as hyperbolic functions again, where their coefficients match."""
    out = sp.S.Zero
    terms: dict[Any, Any] = {}
    for t in sp.Add.make_args(sp.expand(e, power_exp=False)):
        c, exponential = sp.S.One, sp.S.Zero
        for factor in sp.Mul.make_args(t):
            if isinstance(factor, sp.exp):
                exponential += factor.args[0]
            else:
                c *= factor
        terms[exponential] = terms.get(exponential, sp.S.Zero) + c
    for u in sorted(terms, key=sp.default_sort_key):
        if u == 0:
            out += terms[u]
        elif -u in terms:
            if u.could_extract_minus_sign():
                continue
            a, b = terms[u], terms[-u]
            out += sp.expand(a + b) * sp.cosh(u) + sp.expand(a - b) * sp.sinh(u)
        else:
            out += terms[u] * sp.exp(u)
    return out


def of_quadratics(f: Any, x: Any) -> Any:
    """A polynomial times the sine or cosine of a quadratic, by Fresnel integrals."""
    waves = [t for t in sp.Mul.make_args(f) if isinstance(t, (sp.sin, sp.cos))]
    if len(waves) != 1:
        return None
    (wave,) = waves
    rest = f / wave
    coefficients = quadratic(wave.args[0], x)
    if coefficients is None or not rest.is_polynomial(x):
        return None
    q, slope = wave.args[0], sp.diff(wave.args[0], x)
    total, p, kind = sp.S.Zero, rest, 1 if isinstance(wave, sp.sin) else 0
    # p = h*q' + constant: the integral of p*sin(q) is -h*cos(q) + the integral of h'*cos(q), and so on.
    left = {0: sp.S.Zero, 1: sp.S.Zero}
    sign = sp.S.One
    while p != 0:
        h, r = sp.div(sp.Poly(p, x), sp.Poly(slope, x))
        left[kind] += sign * r.as_expr()
        h = h.as_expr()
        total += sign * (-h * sp.cos(q) if kind else h * sp.sin(q))
        sign = sign if kind else -sign
        p, kind = sp.diff(h, x), 1 - kind
    a, b, c = coefficients
    way = sp.S.One if a.is_positive else sp.S.NegativeOne if a.is_negative else None
    if way is None:
        return None
    # sin(a*(x + b/(2a))^2 + d)
    d = sp.cancel(c - b**2 / (4 * a))
    z = sp.sqrt(2 * abs(a) / sp.pi) * (x + b / (2 * a))
    scale = sp.sqrt(sp.pi / (2 * abs(a)))
    sine, cosine = scale * sp.fresnels(z), scale * sp.fresnelc(z)
    return (
        total + left[1] * (way * sp.cos(d) * sine + sp.sin(d) * cosine) + left[0] * (sp.cos(d) * cosine - way * sp.sin(d) * sine)
    )


def over_poles(f: Any, x: Any) -> Any:
    """A rational function with real poles times the sine or cosine of a linear argument, by Si and Ci."""
    if (
        any(p.base.func in (sp.sin, sp.cos) for p in f.atoms(sp.Pow))
        or sum(isinstance(t, (sp.sin, sp.cos)) for t in sp.Mul.make_args(f)) > 1
    ):
        spread = sums(f)
        terms = sp.Add.make_args(spread)
        total = sp.S.Zero
        for t in terms:
            from twofold.symbolic.antiderivatives.rational import rational

            part = rational(t, x) if t.is_rational_function(x) else over_poles(t, x) if t != f else None
            if part is None:
                return None
            total += part
        return total
    waves = [t for t in sp.Mul.make_args(f) if isinstance(t, (sp.sin, sp.cos))]
    if len(waves) != 1:
        return None
    (wave,) = waves
    rest, angle = f / wave, linear(wave.args[0], x)
    if angle is None or not rest.is_rational_function(x):
        return None
    total = sp.S.Zero
    for t in sp.Add.make_args(sp.apart(rest, x)):
        if t.is_polynomial(x):
            part = _term(t * wave, x)
        else:
            above, below = sp.fraction(sp.together(t))
            factors = sp.factor_list(below, x)[1]
            if len(factors) != 1 or above.has(x):
                return None
            g, k = factors[0]
            line = linear(g, x)
            if line is None:
                return None
            scale = sp.cancel(below / g**k)
            part = above / scale / line[0] ** k * _pole(wave, angle[0], -line[1] / line[0], k, x)
        if part is None:
            return None
        total += part
    return total


def _pole(wave: Any, a: Any, r: Any, k: int, x: Any) -> Any:
    """The integral of wave/(x - r)^k."""
    v = wave.args[0]
    if k == 1:
        start = sp.expand(v.subs(x, r))
        y = a * (x - r)
        if isinstance(wave, sp.sin):
            return sp.cos(start) * sp.Si(y) + sp.sin(start) * _ci(y)
        return sp.cos(start) * _ci(y) - sp.sin(start) * sp.Si(y)
    other = a * sp.cos(v) if isinstance(wave, sp.sin) else -a * sp.sin(v)
    head = -wave / ((k - 1) * (x - r) ** (k - 1))
    following = sp.cos(v) if isinstance(wave, sp.sin) else sp.sin(v)
    return head + other / following / (k - 1) * _pole(following, a, r, k - 1, x)


def _ci(y: Any) -> Any:
    """The cosine integral, of the size of its argument: real on both sides of the pole."""
    return sp.Ci(y) if y.is_positive else sp.Ci(sp.Abs(y))
