"""Inverse Laplace transforms of what repeats: rational functions of s times rational functions of z = exp(-T*s).

With c(0) + c(1)*z + c(2)*z^2 + ... for the second factor and the inverse g of the first, the inverse is the sum of c(k)*g(t - k*T) over
k = 0..floor(t/T). The coefficients of 1/(1 - r*z)^m are binomial(k + m - 1, m - 1)*r^k.
Source: Doetsch, "Introduction to the Theory and Application of the Laplace Transformation", chapter 23.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, lcm
from typing import Any

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from twofold.symbolic.calculus.inverse_laplace_parameters import delayed


def by_repetition(f: Any, s: Any, t: Any, inverse: Callable[[Any], Any]) -> Any:
    """The inverse, with `inverse` for rational functions; `None` where the transform has another form, or a sum no closed form."""
    made = f.rewrite(sp.exp) if f.has(HyperbolicFunction) else f
    rates = {sp.cancel(-e.args[0] / s) for e in made.atoms(sp.exp) if e.has(s)}
    if not rates or any(r.has(s) or not r.is_real or r == 0 for r in rates):
        return None
    ratios = [sp.cancel(r / next(iter(rates))) for r in rates]
    if not all(q.is_Rational for q in ratios):
        return None
    step = sp.Abs(next(iter(rates))) * sp.Rational(gcd(*(abs(q.p) for q in ratios)), lcm(*(q.q for q in ratios)))
    z = sp.Symbol("z_")
    made = made.replace(lambda e: isinstance(e, sp.exp) and e.has(s), lambda e: z ** sp.cancel(-e.args[0] / (s * step)))
    parts = _separated(made, s, z)
    if parts is None:
        return None
    total = sp.S.Zero
    for first, second in parts.items():
        g = inverse(first)
        if g is None or g.has(sp.DiracDelta, sp.Heaviside):
            return None
        top, bottom = sp.fraction(sp.cancel(sp.together(second)))
        stride = gcd(*(m[0] for m in sp.Poly(bottom, z).monoms()))
        if stride == 0:
            return None
        thin = bottom.subs(z, z ** sp.Rational(1, stride)) if stride > 1 else bottom
        rows: dict[int, Any] = {}
        for (j,), c in sp.Poly(top, z).terms():
            rows[j % stride] = rows.get(j % stride, sp.S.Zero) + c * z ** (j // stride)
        for start, above in rows.items():
            found = _repeated(g, above / thin, z, t, stride * step)
            if found is None:
                return None
            total += found if start == 0 else delayed(found, t, start * step)
    return sp.factor_terms(sp.expand(total)) if total.is_polynomial(t, sp.floor(t / step)) else total


def _separated(f: Any, s: Any, z: Any) -> dict[Any, Any] | None:
    """f as a sum of products of a function of s and one of z."""
    top, bottom = sp.fraction(sp.cancel(sp.together(f)))
    below = {s: sp.S.One, z: sp.S.One}
    for factor, k in sp.factor_list(bottom)[1]:
        own = [v for v in (s, z) if factor.has(v)]
        if len(own) != 1 or factor.free_symbols - {s, z}:
            return None
        below[own[0]] *= factor**k
    constant = sp.factor_list(bottom)[0]
    parts: dict[Any, Any] = {}
    for (j,), c in sp.Poly(top, z).terms():
        content, rest = sp.Poly(c, s).primitive() if c.has(s) else (c, sp.S.One)
        rest = rest.as_expr() if hasattr(rest, "as_expr") else rest
        if rest != 1 and sp.Poly(rest, s).LC().is_negative:
            content, rest = -content, -rest
        key = sp.cancel(rest / below[s])
        parts[key] = parts.get(key, sp.S.Zero) + content * z**j / (below[z] * constant)
    return parts


def _repeated(g: Any, r: Any, z: Any, t: Any, step: Any) -> Any:
    """The function whose transform is that of g times r(exp(-step*s))."""
    k, n = sp.Dummy("k", integer=True), sp.Dummy("n", integer=True, nonnegative=True)
    total, coefficient = sp.S.Zero, sp.S.Zero
    for part in sp.Add.make_args(sp.apart(sp.cancel(r), z)):
        if part.is_polynomial(z):
            j = sp.degree(part, z) if part.has(z) else 0
            c = part / z**j
            total += c * (g if j == 0 else delayed(g, t, j * step))
            continue
        above, below = sp.fraction(sp.together(part))
        if above.has(z) or not below.is_polynomial(z):
            return None
        factors = sp.factor_list(below, z)
        if len(factors[1]) != 1 or sp.degree(factors[1][0][0], z) != 1:
            return None
        ((line, m),) = factors[1]
        a, b = sp.Poly(line, z).all_coeffs()
        if b == 0:
            return None
        coefficient += above / (factors[0] * b**m) * sp.ff(k + m - 1, m - 1) / sp.factorial(m - 1) * (-a / b) ** k
    if coefficient == 0:
        return total
    shifted = sp.expand(sp.expand_trig(g.subs(t, t - k * step))) if g.has(sp.sin, sp.cos) else sp.expand(g.subs(t, t - k * step))
    sums = [sp.summation(sp.powsimp(c), (k, 0, n)) for c in sp.Add.make_args(sp.expand(sp.expand_func(coefficient) * shifted))]
    if any(c.has(sp.Sum, sp.Piecewise) for c in sums):
        return None
    return total + sp.powsimp(sp.expand(sp.Add(*sums))).subs(n, sp.floor(t / step))


__all__ = ["by_repetition"]
