"""Systems x' = A*x + b(t) with a constant matrix: the matrix exponential, and variation of constants for b."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.algebra.cases import Region, Split
from twofold.symbolic.algebra.functions import function_of
from twofold.symbolic.algebra.matrices import over_domain
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.solving.linear_equations import General


def solve(context: Context, equations: tuple[Any, ...], functions: tuple[Any, ...], t: Any) -> list[General] | None:
    """One solution for each function, all over the same basis; `None` where the system is of another kind."""
    unknowns = [f(t) for f in functions]
    slopes = [sp.Dummy(f"d{k}") for k in range(len(functions))]
    values = [sp.Dummy(f"v{k}") for k in range(len(functions))]
    flat = [
        e.xreplace({sp.Derivative(u, t): d for u, d in zip(unknowns, slopes, strict=True)}).xreplace(
            dict(zip(unknowns, values, strict=True))
        )
        for e in equations
    ]
    if any(e.has(sp.Derivative, *functions) for e in flat):
        return None
    solved = attempt(sp.linear_eq_to_matrix, flat, slopes)
    if solved is None or solved[0].has(t, *values) or solved[0].det() == 0:
        return None
    rest = attempt(sp.linear_eq_to_matrix, list(solved[0].LUsolve(solved[1])), values)
    if rest is None or rest[0].has(t, *values):
        return None
    a, b = rest[0], -rest[1]
    made = _exponential(context, a, t)
    if made is None:
        return None
    n = len(functions)
    particular = [sp.S.Zero] * n
    if any(b):
        found = within(context.seconds, attempt, _varied, made, b, t)
        if found is None:
            raise NoClosedForm("no particular solution was found")
        particular = found
    return [General(tuple(made[i, j] for j in range(n)), particular[i]) for i in range(n)]


def _exponential(context: Context, a: Any, t: Any) -> Any:
    """exp(A*t), real where the eigenvalues come in pairs."""
    region = Region(context, generic=True)
    try:
        made = function_of(over_domain(a.tolist()), lambda r, k: _power(r, t) * t**k / sp.factorial(k), region, _real_sum)
    except (NoClosedForm, Split):
        return None
    out = sp.Matrix(made)
    return None if out.has(sp.I) else out


def _power(r: Any, t: Any) -> Any:
    real, turn = sp.re(r), sp.im(r)
    if turn == 0 or real.has(sp.re, sp.im) or turn.has(sp.re, sp.im):
        return sp.exp(r * t)
    return sp.exp(real * t) * (sp.cos(turn * t) + sp.I * sp.sin(turn * t))


def _real_sum(weights: dict[Any, Any]) -> Any:
    whole = sp.expand(sum((w * e for w, e in weights.items()), sp.S.Zero))
    return sp.simplify(whole) if whole.has(sp.I) else whole


def _varied(e: Any, b: Any, t: Any) -> list[Any]:
    """E(t) times the integral of E(-s)*b(s)."""
    inside = (e.subs(t, -t) * b).applyfunc(lambda f: sp.expand(f, power_exp=False))
    integral = inside.applyfunc(lambda f: sp.integrate(f, t))
    if integral.has(sp.Integral):
        raise ValueError("no primitive")
    return [sp.simplify(sp.expand(f)) for f in e * integral]
