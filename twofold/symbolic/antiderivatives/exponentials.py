"""Antiderivatives with exponentials: rational functions of exp(c*x), polynomials times exp(quadratic), rational functions times exp(linear)."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from twofold.symbolic.antiderivatives.kinds import linear, quadratic
from twofold.symbolic.antiderivatives.rational import rational
from twofold.symbolic.attempt import attempt


def by_exponentials(f: Any, x: Any) -> Any:
    """The first of the rules of this file that applies, or `None`."""
    for rule in (in_exponential, of_quadratic, over_poles, of_quadratic_over_poles):
        found = attempt(rule, f, x)
        if found is not None:
            return found
    return None


def in_exponential(f: Any, x: Any) -> Any:
    """A rational function of exp(c*x), with hyperbolic functions read as such."""
    made = f.rewrite(sp.exp) if f.has(HyperbolicFunction) else f
    exponents = {g.args[0] for g in made.atoms(sp.exp) if g.has(x)}
    lines = [linear(e, x) for e in exponents]
    if not lines or None in lines:
        return None
    slopes = [line[0] for line in lines if line is not None]
    ratios = [sp.cancel(s / slopes[0]) for s in slopes]
    if not all(r.is_Rational for r in ratios):
        return None
    step = slopes[0] * sp.Rational(sp.igcd(*(abs(r.p) for r in ratios)), sp.ilcm(*(r.q for r in ratios)))
    if step.could_extract_minus_sign() and len(slopes) > 1:
        step = -step
    u = sp.Dummy("u", positive=True)
    made = made.replace(
        lambda g: isinstance(g, sp.exp) and g.has(x),
        lambda g: u ** int(sp.cancel(sp.diff(g.args[0], x) / step)) * sp.exp(sp.expand(g.args[0] - sp.diff(g.args[0], x) * x)),
    )
    if made.has(x) or not made.is_rational_function(u):
        return None
    found = rational(made / (step * u), u)
    if found is None:
        return None
    return found.xreplace({sp.log(u): step * x}).subs(u, sp.exp(step * x))


def of_quadratic(f: Any, x: Any) -> Any:
    """A polynomial times exp(a*x^2 + b*x + c), by the error function."""
    exponent, rest = sp.S.Zero, sp.S.One
    for t in sp.Mul.make_args(f):
        if isinstance(t, sp.exp):
            exponent += t.args[0]
        else:
            rest *= t
    coefficients = quadratic(sp.expand(exponent), x) if exponent != 0 else None
    if coefficients is None or not rest.is_polynomial(x):
        return None
    a, b, c = coefficients
    slope = 2 * a * x + b
    total, p, left = sp.S.Zero, sp.expand(rest), sp.S.Zero
    while p != 0:
        h, r = sp.div(sp.Poly(p, x), sp.Poly(slope, x))
        left += r.as_expr()
        total += h.as_expr()
        p = -sp.diff(h.as_expr(), x)
    out = total * sp.exp(exponent)
    if left == 0:
        return out
    return out + left * _gaussian(a, b, c, x)


def _gaussian(a: Any, b: Any, c: Any, x: Any) -> Any:
    """An antiderivative of exp(a*x^2 + b*x + c)."""
    front = sp.exp(sp.cancel(c - b**2 / (4 * a)))
    if a.is_positive:
        k = sp.sqrt(a)
        return sp.sqrt(sp.pi) / (2 * k) * front * sp.erfi(k * x + b / (2 * k))
    if a.is_negative:
        k = sp.sqrt(-a)
        return sp.sqrt(sp.pi) / (2 * k) * front * sp.erf(k * x - b / (2 * k))
    raise NotImplementedError


def of_quadratic_over_poles(f: Any, x: Any) -> Any:
    """A rational function with multiple poles times exp(q), q quadratic: (n/d)*exp(q) plus a multiple of the antiderivative of exp(q), where there is one.

    The poles of n/d are those of the fraction, each by one order less, and (n/d)' + q'*n/d = fraction - constant is linear in the coefficients of n.
    Source: Hermite's reduction, as in Bronstein, "Symbolic Integration I", chapter 5.
    """
    exponents = [t.args[0] for t in sp.Mul.make_args(f) if isinstance(t, sp.exp)]
    exponent = sp.expand(sp.Add(*exponents))
    rest = sp.cancel(f / sp.Mul(*(sp.exp(e) for e in exponents)))
    coefficients = quadratic(exponent, x) if exponents else None
    if coefficients is None or not rest.is_rational_function(x):
        return None
    above, below = sp.fraction(rest)
    lower = sp.Mul(*(g ** (k - 1) for g, k in sp.sqf_list(below, x)[1]))
    if lower == 1:
        return None
    degree = max(sp.degree(above, x) - sp.degree(below, x), 0) + sp.degree(lower, x)
    unknown = [sp.Dummy(f"n{k}") for k in range(degree)]
    constant = sp.Dummy("c")
    made = sp.Add(*(c * x**k for k, c in enumerate(unknown))) / lower
    gap = sp.numer(sp.together(sp.diff(made, x) + sp.diff(exponent, x) * made - rest + constant))
    found = sp.linsolve(sp.Poly(gap, x).all_coeffs(), *unknown, constant)
    if not found:
        return None
    values = dict(zip((*unknown, constant), next(iter(found)), strict=True))
    out = sp.cancel(made.subs(values)) * sp.exp(exponent)
    return out if values[constant] == 0 else out + values[constant] * _gaussian(*coefficients, x)


def over_poles(f: Any, x: Any) -> Any:
    """A rational function with real poles times exp(a*x + b), by Ei."""
    if f.has(HyperbolicFunction):
        parts = [over_poles(t, x) for t in sp.Add.make_args(sp.expand(f.rewrite(sp.exp), power_exp=False))]
        return None if None in parts else sp.Add(*parts)
    exponent, rest = sp.S.Zero, sp.S.One
    for t in sp.Mul.make_args(f):
        if isinstance(t, sp.exp):
            exponent += t.args[0]
        else:
            rest *= t
    line = linear(sp.expand(exponent), x) if exponent != 0 else None
    if line is None or not rest.is_rational_function(x) or rest.is_polynomial(x):
        return None
    a, b = line
    total = sp.S.Zero
    for t in sp.Add.make_args(sp.apart(rest, x)):
        if t.is_polynomial(x):
            p, sign, power = t, 1, a
            while p != 0:
                total += sign * p / power * sp.exp(a * x + b)
                p, sign, power = sp.diff(p, x), -sign, power * a
            continue
        above, below = sp.fraction(sp.together(t))
        factors = sp.factor_list(below, x)[1]
        if len(factors) != 1 or above.has(x):
            return None
        g, k = factors[0]
        pole = linear(g, x)
        if pole is None:
            return None
        scale = sp.cancel(below / g**k) * pole[0] ** k
        total += above / scale * sp.exp(b) * _pole(a, -pole[1] / pole[0], k, x)
    return total


def _pole(a: Any, r: Any, k: int, x: Any) -> Any:
    """An antiderivative of exp(a*x)/(x - r)^k."""
    if k == 1:
        return sp.exp(a * r) * sp.Ei(a * (x - r))
    return -sp.exp(a * x) / ((k - 1) * (x - r) ** (k - 1)) + a / (k - 1) * _pole(a, r, k - 1, x)
