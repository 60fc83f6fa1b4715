"""Antiderivatives of polynomials in x and the whole part of a linear function of x: continuous across every step.

On the step n = floor(u) the integrand is a polynomial in u; the steps before it add up to a polynomial in n, by Faulhaber's formula.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.antiderivatives.kinds import linear


def by_steps(f: Any, x: Any) -> Any:
    """An antiderivative of a polynomial in x, floor(a*x + b), ceil(a*x + b) and mod(a*x + b, c); `None` for any other integrand."""
    made = f.replace(sp.Mod, lambda u, m: u - m * sp.floor(u / m)).replace(sp.ceiling, lambda u: -sp.floor(-u))
    floors = [g for g in made.atoms(sp.floor) if g.has(x)]
    if len(floors) != 1:
        return None
    (step,) = floors
    line = linear(step.args[0], x)
    if line is None or line[0].is_zero is not False:
        return None
    slope, start = line
    u, n, j = sp.Dummy("u"), sp.Dummy("n"), sp.Dummy("j")
    inner = sp.expand(made.xreplace({step: n}).subs(x, (u - start) / slope))
    if inner.has(sp.floor) or not inner.is_polynomial(u, n):
        return None
    whole = sp.integrate(inner, u)
    one = sp.expand(whole.subs(u, n + 1) - whole.subs(u, n))
    # The sum over j = 0..n - 1, which as a polynomial in n is right for negative n too.
    before = sp.summation(one.subs(n, j), (j, 0, n - 1))
    found = sp.expand(whole - whole.subs(u, n) + before) / slope
    return sp.factor_terms(found.subs({u: step.args[0], n: step}, simultaneous=True))
