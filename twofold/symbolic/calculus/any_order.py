"""Derivatives of an order that is a name: of polynomials times exponentials, sines and cosines, of powers, logarithms and rational functions.

Source: Gradshteyn, Ryzhik, "Table of Integrals, Series, and Products", sections 0.42 and 0.43; Leibniz's rule for products with polynomials.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.solving.linear_equations import waves

Found: TypeAlias = "tuple[Any, Any]"
"""A derivative of order n, and the number that n is not to lie below."""


def derivative_of_order(f: Any, x: Any, n: Any) -> Found | None:
    """The derivative of order n, a symbol for a whole number that is not negative; `None` where no rule applies."""
    if not f.has(x):
        return sp.Piecewise((f, sp.Eq(n, 0)), (0, True)), sp.S.Zero
    f = f.rewrite(sp.exp) if f.has(sp.sinh, sp.cosh) else f
    if f.is_rational_function(x) and not f.is_polynomial(x):
        made = attempt(sp.apart, f, x)
        f = f if made is None else made
    total, least = sp.S.Zero, sp.S.Zero
    for term in sp.Add.make_args(sp.expand_mul(f)):
        factor, rest = term.as_independent(x, as_Add=False)
        found = _of_term(rest, x, n)
        if found is None:
            return None
        total, least = total + factor * found[0], max(least, found[1])
    return total, least


def _of_term(f: Any, x: Any, n: Any) -> Found | None:
    if not f.has(x):
        return sp.Piecewise((f, sp.Eq(n, 0)), (0, True)), sp.S.Zero
    for rule in (_power, _logarithm):
        made = rule(f, x, n)
        if made is not None:
            return made(n), sp.S.One if rule is _logarithm else sp.S.Zero
    made = attempt(_of_waves, f, x, n)
    if made is not None:
        return made, sp.S.Zero
    polynomial, rest = sp.S.One, sp.S.One
    for g in sp.Mul.make_args(f):
        polynomial, rest = (polynomial * g, rest) if g.is_polynomial(x) else (polynomial, rest * g)
    if polynomial == 1:
        return None
    for rule in (_power, _logarithm):
        made = rule(rest, x, n)
        if made is not None:
            degree = sp.degree(polynomial, x)
            return _by_leibniz(polynomial, made, x, n), degree + (1 if rule is _logarithm else 0)
    return None


def _by_leibniz(polynomial: Any, of_order: Callable[[Any], Any], x: Any, n: Any) -> Any:
    """The sum of binomial(n, j)*P^(j)*g^(n - j)."""
    total = sp.S.Zero
    for j in range(sp.degree(polynomial, x) + 1):
        total += sp.ff(n, j) / sp.factorial(j) * polynomial.diff(x, j) * of_order(n - j)
    return total


def _linear(u: Any, x: Any) -> tuple[Any, Any] | None:
    if not u.is_polynomial(x) or sp.degree(u, x) != 1:
        return None
    a, b = sp.Poly(u, x).all_coeffs()
    return a, b


def _power(f: Any, x: Any, n: Any) -> Callable[[Any], Any] | None:
    """(a*x + b)^p."""
    base, p = f.as_base_exp()
    ends = _linear(base, x)
    if ends is None or p.has(x) or isinstance(f, sp.exp):
        return None
    a, _ = ends
    if p.is_integer and p.is_nonnegative:
        if p == n:
            return lambda k: a**k * sp.factorial(n) / sp.factorial(n - k) * base ** (n - k)
        return lambda k: sp.Piecewise((a**k * sp.factorial(p) / sp.factorial(p - k) * base ** (p - k), k <= p), (0, True))
    if p.is_integer and p.is_negative:
        return lambda k: (-a) ** k * sp.factorial(k - p - 1) / sp.factorial(-p - 1) * base ** (p - k)
    return lambda k: a**k * sp.ff(p, k) * base ** (p - k)


def _logarithm(f: Any, x: Any, n: Any) -> Callable[[Any], Any] | None:
    """log(a*x + b), from the first derivative on."""
    if not isinstance(f, sp.log):
        return None
    inside = f.args[0].args[0] if isinstance(f.args[0], sp.Abs) else f.args[0]
    ends = _linear(inside, x)
    if ends is None:
        return None
    return lambda k: -((-ends[0] / inside) ** k if ends[0] != 1 else (-1) ** k / inside**k) * sp.factorial(k - 1)


def _of_waves(f: Any, x: Any, n: Any) -> Any:
    """Polynomials times exp(a*x)*cos(b*x) and sines: a derivative turns by the angle of a + im*b and stretches by its size."""
    single = _single_wave(f, x)
    if single is not None:
        return single(n)
    parts = waves(f.replace(lambda p: _is_power(p, x), lambda p: sp.exp(p.exp * sp.log(p.base))), x)
    if parts is None:
        return None
    total = sp.S.Zero
    for a, b, cosine, sine in parts:
        a, b = sp.sympify(a), sp.sympify(b)
        if a == 0 and b == 0:
            if sp.sympify(cosine).has(x):
                return None
            total += sp.Piecewise((cosine, sp.Eq(n, 0)), (0, True))
            continue
        size = sp.sqrt(a**2 + b**2) if a != 0 and b != 0 else b if a == 0 else a
        angle = sp.pi / 2 if a == 0 else sp.S.Zero if b == 0 else sp.atan2(b, a)
        for p, wave in ((cosine, sp.cos), (sine, sp.sin)):
            if p == 0 or b == 0 and wave is sp.sin:
                continue

            def of_order(k: Any, wave: Any = wave, a: Any = a, b: Any = b, size: Any = size, angle: Any = angle) -> Any:
                turned = wave(b * x + k * angle) if b != 0 else sp.S.One
                return size**k * sp.exp(a * x) * turned

            total += _by_leibniz(sp.sympify(p), of_order, x, n) if sp.sympify(p).has(x) else p * of_order(n)
    return total


def _is_power(p: Any, x: Any) -> bool:
    return bool(p.is_Pow and p.base is not sp.E and p.exp.has(x) and not p.base.has(x))


def _single_wave(f: Any, x: Any) -> Callable[[Any], Any] | None:
    """exp, sin and cos of a*x + b as they are written, and c^(a*x + b)."""
    if not isinstance(f, (sp.exp, sp.sin, sp.cos)) and not _is_power(f, x):
        return None
    ends = _linear(f.exp if _is_power(f, x) else f.args[0], x)
    if ends is None:
        return None
    a, _ = ends
    if isinstance(f, (sp.sin, sp.cos)):
        return lambda k: a**k * f.func(f.args[0] + k * sp.pi / 2)
    rate = a if isinstance(f, sp.exp) else a * sp.log(f.base)
    return lambda k: rate**k * f


__all__ = ["derivative_of_order"]
