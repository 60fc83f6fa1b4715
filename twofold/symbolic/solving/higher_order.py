"""Linear differential equations with variable coefficients: Euler's, those that the function itself is missing from, those with a simple
solution (by reduction of the order), Airy's and Bessel's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.solving.linear_equations import General, Linear, by_sign, gaps, general
from twofold.symbolic.solving.unsigned_logarithms import unsigned

Primitive = Callable[[Any], Any]


def variable_coefficients(equation: Linear, primitive: Primitive) -> General | None:
    """All solutions, or `None` where no rule applies. The leading coefficient is 1 (or free of the variable)."""
    lead = equation.coefficients[-1]
    parts = Linear(tuple(sp.cancel(c / lead) for c in equation.coefficients), sp.expand(equation.right / lead), equation.variable)
    for rule in (_euler, _without_function, _known_kind, _reduced):
        found = attempt(rule, parts, primitive)
        if found is not None:
            return found
    return None


def _euler(equation: Linear, primitive: Primitive) -> General | None:
    """x^k*y^(k) with constant coefficients: powers of x with the roots of the indicial polynomial."""
    x, n = equation.variable, len(equation.coefficients) - 1
    constants = [sp.cancel(c * x ** (n - k)) for k, c in enumerate(equation.coefficients)]
    if any(c.has(x) for c in constants):
        return None
    r = sp.Dummy("r")
    p = sp.Poly(sum(c * sp.ff(r, k).expand(func=True) for k, c in enumerate(constants)), r)
    roots = attempt(sp.roots, p) or {}
    if sum(roots.values()) != n or (p.free_symbols_in_domain and n > 2):
        return None
    basis = _powers(roots, x)
    if basis is None:
        return None
    right = equation.right * x**n
    particular = sp.S.Zero
    for term in sp.Add.make_args(sp.expand(right)) if right != 0 else ():
        factor, rest = term.as_independent(x, as_Add=False)
        base, power = rest.as_base_exp() if rest != 1 else (x, sp.S.Zero)
        if base != x or power.has(x):
            return _varied(basis, equation, primitive)
        q, k = p, 0
        while (value := q.eval(power)) == 0:
            q, k = q.diff(r), k + 1
        particular += factor * x**power * sp.log(x) ** k / value
    return General(tuple(basis), particular, (), tuple(gaps(p, roots)))


def euler_by_sign(equation: Linear, primitive: Primitive) -> tuple[Any, tuple[General, General, General]] | None:
    """Euler's equation of second order whose indicial roots are real or not by values of parameters: with x = exp(t) one with constant
    coefficients. `None` for all others."""
    x = equation.variable
    if len(equation.coefficients) != 3 or equation.right != 0:
        return None
    c, b, a = (sp.cancel(v / x**k) for k, v in enumerate(equation.coefficients))
    c, b = (sp.cancel(v / a) for v in (c, b))
    if c.has(x) or b.has(x) or not c.free_symbols | b.free_symbols:
        return None
    t = sp.Dummy("t", real=True)
    found = by_sign(Linear((c, b - 1, sp.S.One), sp.S.Zero, t), primitive)
    if found is None:
        return None

    def back(u: Any) -> Any:
        made = u.subs(t, sp.log(x))
        return made.replace(sp.exp, lambda v: x ** sp.cancel(v / sp.log(x)))

    below, meeting, above = (General(tuple(map(back, g.basis)), g.particular, g.required, g.distinct) for g in found[1])
    return found[0], (below, meeting, above)


def _powers(roots: dict[Any, int], x: Any) -> list[Any] | None:
    out: list[Any] = []
    for root, count in sorted(roots.items(), key=lambda item: sp.default_sort_key(item[0])):
        real, turn = sp.re(root), sp.im(root)
        if turn == 0:
            out += [x**real * sp.log(x) ** k for k in range(count)]
        elif turn.is_positive:
            out += [x**real * sp.log(x) ** k * wave(turn * sp.log(x)) for k in range(count) for wave in (sp.cos, sp.sin)]
        elif not turn.is_negative:
            return None
    return out if len(out) == sum(roots.values()) else None


def _varied(basis: list[Any], equation: Linear, primitive: Primitive) -> General | None:
    """A particular solution of an equation of second order by variation of constants; the leading coefficient is 1."""
    if len(basis) != 2:
        return None
    x = equation.variable
    if equation.right == 0:
        return General(tuple(basis), sp.S.Zero)
    one, two = basis
    wronskian = sp.simplify(one * two.diff(x) - two * one.diff(x))
    parts = [primitive(sp.simplify(g * equation.right / wronskian)) for g in (two, one)]
    return None if None in parts else General(tuple(basis), sp.expand(two * parts[1] - one * parts[0]))


def _without_function(equation: Linear, primitive: Primitive) -> General | None:
    """Without y itself: an equation of lower order for y'."""
    if equation.coefficients[0] != 0 or len(equation.coefficients) < 3:
        return None
    x = equation.variable
    lower = Linear(equation.coefficients[1:], equation.right, x)
    found = general(lower, primitive) or (variable_coefficients(lower, primitive) if len(lower.coefficients) > 2 else None)
    if found is None:
        return None
    parts = [primitive(f) for f in (*found.basis, found.particular)]
    if None in parts:
        return None
    return General((sp.S.One, *(f.as_independent(x)[1] if f.is_Mul else f for f in parts[:-1])), parts[-1], found.required)


def _known_kind(equation: Linear, primitive: Primitive) -> General | None:
    if len(equation.coefficients) != 3:
        return None
    x = equation.variable
    q, p, _ = equation.coefficients
    basis = None
    if p == 0 and q.is_polynomial(x) and sp.degree(q, x) == 1:
        # y'' = (a*x + b)*y.
        a, b = sp.Poly(-q, x).all_coeffs()
        if a.is_real and a.is_nonzero and a.is_number:
            scale = sp.sign(a) * sp.cbrt(abs(a))
            u = sp.expand(scale * (x + b / a))
            basis = [sp.airyai(u), sp.airybi(u)]
    elif sp.cancel(p * x) == 1:
        rest = sp.expand(sp.cancel(q * x**2))
        if rest.is_polynomial(x):
            made = sp.Poly(rest, x)
            k, n = made.coeff_monomial(x**2), -made.coeff_monomial(1)
            order = sp.sqrt(n)
            if made == sp.Poly(k * x**2 - n, x) and order.is_nonnegative and k.is_number and k != 0:
                kinds = (sp.besselj, sp.bessely) if k > 0 else (sp.besseli, sp.besselk)
                basis = [f(order, sp.sqrt(abs(k)) * x) for f in kinds]
    return _varied(basis, equation, primitive) if basis is not None else None


def _reduced(equation: Linear, primitive: Primitive) -> General | None:
    """With one solution u: another one is u times the integral of exp(-integral of p)/u^2."""
    if len(equation.coefficients) != 3:
        return None
    x = equation.variable
    q, p, _ = equation.coefficients
    k = sp.Dummy("k")
    for make, slope, bend in ((lambda v: x**v, k / x, k * (k - 1) / x**2), (lambda v: sp.exp(v * x), k, k**2)):
        left = sp.numer(sp.together(bend + p * slope + q))
        if not left.is_polynomial(x):
            continue
        rows = [e for e in sp.Poly(left, x).all_coeffs() if e != 0]
        if not rows or not all(e.is_polynomial(k) for e in rows):
            continue
        shared: Any = rows[0]
        for e in rows[1:]:
            shared = sp.gcd(shared, e)
        for value in attempt(sp.roots, sp.Poly(shared, k)) or {} if shared.has(k) else {}:
            if value.is_real is not True:
                continue
            u = make(value)
            exponent = primitive(p)
            if exponent is None:
                return None
            weight = sp.powsimp(sp.exp(sp.expand(unsigned(-exponent)))) / u**2
            other = primitive(sp.simplify(weight))
            if other is None:
                continue
            return _varied([u, sp.expand(u * other)], equation, primitive)
    return _from_polynomial(equation, primitive)


_HIGHEST = 4
"""Degrees up to which polynomial solutions are looked for."""


def _from_polynomial(equation: Linear, primitive: Primitive) -> General | None:
    """With a polynomial u that solves the homogeneous equation."""
    x = equation.variable
    q, p, _ = equation.coefficients
    for n in range(1, _HIGHEST + 1):
        unknown = sp.symbols(f"u0:{n}")
        u = x**n + sum(c * x**k for k, c in enumerate(unknown))
        left = sp.numer(sp.together(u.diff(x, 2) + p * u.diff(x) + q * u))
        if not left.is_polynomial(x):
            return None
        found = sp.linsolve(sp.Poly(left, x).all_coeffs(), *unknown)
        if not found:
            continue
        u = u.subs(dict(zip(unknown, next(iter(found)), strict=True)))
        if u.free_symbols & set(unknown):
            continue
        exponent = primitive(p)
        if exponent is None:
            return None
        # Between 0 and 1 what stands in logarithms has a sign, by which the second solution is real there.
        bare = sp.exp(sp.expand(-exponent)).replace(sp.Abs, lambda a: -a if (a.subs(x, sp.S.Half) < 0) == True else a)  # noqa: E712
        other = primitive(sp.simplify(sp.powsimp(bare) / u**2))
        if other is None:
            return None
        parts = sp.Add.make_args(sp.expand(u * other))
        rational = sp.Add(*(t for t in parts if t.is_rational_function(x)))
        return _varied(
            [u, sp.cancel(sp.together(rational)) + sp.Add(*(t for t in parts if not t.is_rational_function(x)))],
            equation,
            primitive,
        )
    return None


__all__ = ["variable_coefficients"]
