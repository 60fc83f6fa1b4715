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


def by_kernel_substitution(f: Any, x: Any) -> Any:
    """A rational function of exp(c*x) or of tan(c*x) as one of u. Raises `NotImplementedError` where it is none."""
    u = sp.Symbol("u", real=True)
    exponents = [sp.diff(g.args[0], x) for g in f.atoms(sp.exp) if g.has(x)]
    if exponents and all(e.is_Rational for e in exponents):
        step = sp.Rational(sp.igcd(*(abs(e.p) for e in exponents)), sp.ilcm(*(e.q for e in exponents)))
        made = f.replace(
            lambda g: isinstance(g, sp.exp) and g.has(x),
            lambda g: sp.exp(sp.expand(g.args[0] - step_of(g, x) * x)) * u ** (step_of(g, x) / step),
        )
        kernel, slope = sp.exp(step * x), 1 / (step * u)
    elif len({g.args[0] for g in f.atoms(sp.tan, sp.sin, sp.cos) if g.has(x)}) == 1:
        # In tan(c*x): rational where the integrand has the period pi/c, so that the roots below cancel.
        (inside,) = {g.args[0] for g in f.atoms(sp.tan, sp.sin, sp.cos) if g.has(x)}
        kernel, c = sp.tan(inside), sp.diff(inside, x)
        if c.has(x):
            raise NotImplementedError
        length = sp.sqrt(1 + u**2)
        made = sp.cancel(
            sp.powsimp(sp.expand(f.subs({sp.tan(inside): u, sp.sin(inside): u / length, sp.cos(inside): 1 / length})))
        )
        slope = 1 / (c * (1 + u**2))
    else:
        raise NotImplementedError
    if made.has(x) or not made.is_rational_function(u):
        raise NotImplementedError
    found = ratint(sp.cancel(made * slope), u, real=True)
    if found.has(sp.Integral, sp.RootSum):
        raise NotImplementedError
    return found.subs(u, kernel)


def continued(found: Any) -> Any:
    """The same with every atan of a linear function of a tangent continued across the poles of the tangent.

    atan(tan(v)) becomes v; atan(c*tan(v) + d) gets sign(c)*pi*floor(v/pi + 1/2).
    """

    def rule(e: Any) -> Any:
        (u,) = e.args
        (tangent,) = u.atoms(sp.tan)
        v = tangent.args[0]
        if u == tangent:
            return v
        c = u.coeff(tangent)
        return e + sp.sign(c) * sp.pi * sp.floor(v / sp.pi + sp.S.Half)

    def applies(e: Any) -> bool:
        if not isinstance(e, sp.atan) or len(e.args[0].atoms(sp.tan)) != 1:
            return False
        u = sp.expand(e.args[0])
        (tangent,) = u.atoms(sp.tan)
        return u.is_polynomial(tangent) and sp.degree(u, tangent) == 1 and u.coeff(tangent).is_number

    return found.replace(applies, rule)


def step_of(g: Any, x: Any) -> Any:
    """The coefficient of the variable in the exponent."""
    return sp.diff(g.args[0], x)
