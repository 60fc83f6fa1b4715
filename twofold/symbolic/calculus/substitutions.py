"""Antiderivatives by a change of variable that makes the integrand rational, and of rational functions times an exponential."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy.integrals.rationaltools import ratint


def by_root_substitution(f: Any, x: Any) -> Any:
    """With u = h(x)^(1/n) for a root in the integrand, where h can be inverted: `sqrt(tan(x))`, `sqrt(exp(x) - 1)`, `1/(x*sqrt(x^2 - 1))`.

    Raises `NotImplementedError` where no root leads to a rational integrand.
    """
    roots = sorted({p for p in f.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q > 1 and p.base.has(x)}, key=sp.count_ops)
    u = sp.Symbol("u", positive=True)
    for root in roots:
        n, h = root.exp.q, root.base
        swapped = f.subs({p: u ** int(p.exp * n) for p in f.atoms(sp.Pow) if p.base == h and (p.exp * n).is_Integer})
        for inverse, step in _inverses(h, u**n, x):
            made = sp.simplify(swapped.subs(x, inverse) * step(swapped, u))
            if made.has(x) or not made.is_rational_function(u):
                continue
            found = ratint(sp.cancel(made), u, real=True)
            if not found.has(sp.Integral, sp.RootSum):
                return found.subs(u, h ** sp.Rational(1, n))
    raise NotImplementedError


def _inverses(h: Any, value: Any, x: Any) -> Iterator[tuple[Any, Any]]:
    """Solutions x of h(x) == value, with dx/du."""

    def plain(inverse: Any) -> tuple[Any, Any]:
        return inverse, lambda f, u: sp.diff(inverse, u)

    if h == sp.tan(x):
        yield plain(sp.atan(value))
    elif h.has(sp.exp):
        e = sp.Dummy("e")
        inner = h.subs(sp.exp(x), e)
        if not inner.has(x) and inner.is_rational_function(e):
            yield from (plain(sp.log(s)) for s in sp.solve(inner - value, e))
    elif h.has(sp.log):
        e = sp.Dummy("e")
        inner = h.subs(sp.log(x), e)
        if not inner.has(x):
            yield from (plain(sp.exp(s)) for s in sp.solve(inner - value, e))
    elif h.is_rational_function(x):
        solutions = sp.solve(h - value, x)
        if len(solutions) == 1:
            yield plain(solutions[0])
        elif len(solutions) == 2 and solutions[0] == -solutions[1]:
            # Either sign of x leads to the same integrand where f(x)/h'(x) is even; the positive one is put in.
            yield plain(solutions[1])


def by_exponential_fractions(f: Any, x: Any) -> Any:
    """A rational function with real poles times exp(a*x + b), by partial fractions and Ei. Raises `NotImplementedError` beyond that."""
    exponentials = [t for t in sp.Mul.make_args(f) if isinstance(t, sp.exp)]
    rational = sp.Mul(*(t for t in sp.Mul.make_args(f) if not isinstance(t, sp.exp)))
    if len(exponentials) != 1 or not rational.is_rational_function(x) or rational.is_polynomial(x):
        raise NotImplementedError
    exponent = exponentials[0].args[0]
    a = sp.diff(exponent, x)
    if a.has(x) or a == 0:
        raise NotImplementedError
    b = sp.expand(exponent - a * x)
    total = sp.S.Zero
    for term in sp.Add.make_args(sp.apart(rational, x, full=False)):
        total += _term(term, a, b, x)
    return total


def _term(term: Any, a: Any, b: Any, x: Any) -> Any:
    if term.is_polynomial(x):
        return sp.integrate(sp.expand(term) * sp.exp(a * x), x) * sp.exp(b)
    numerator, denominator = sp.fraction(sp.together(term))
    factors = [(g, k) for g, k in sp.factor_list(denominator)[1] if g.has(x)]
    if len(factors) != 1 or sp.degree(factors[0][0], x) != 1 or numerator.has(x):
        raise NotImplementedError
    (g, k) = factors[0]
    slope = sp.LC(g, x)
    pole = -g.subs(x, 0) / slope
    constant = sp.cancel(numerator / (denominator / (x - pole) ** k))
    return constant * sp.exp(b) * _pole(a, pole, k, x)


def _pole(a: Any, r: Any, k: int, x: Any) -> Any:
    """The antiderivative of exp(a*x)/(x - r)^k."""
    if k == 1:
        return sp.exp(a * r) * sp.Ei(a * (x - r))
    return -sp.exp(a * x) / ((k - 1) * (x - r) ** (k - 1)) + a / (k - 1) * _pole(a, r, k - 1, x)
