"""Systems x' = A*x + b(t) with a constant matrix: the matrix exponential, and variation of constants for b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from twofold.symbolic.algebra.elimination import require_open
from twofold.symbolic.algebra.functions import function_of
from twofold.symbolic.algebra.matrices import over_domain
from twofold.symbolic.algebra.regions import Region, Split
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.solving.linear_equations import General


@dataclass(frozen=True, slots=True)
class Cases:
    """The solutions of a system of two functions where the discriminant of its matrix is negative, 0, and positive."""

    discriminant: Any
    solutions: tuple[list[General], list[General], list[General]]


def solve(context: Context, equations: tuple[Any, ...], functions: tuple[Any, ...], t: Any) -> list[General] | Cases | None:
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
    discriminant = _open_discriminant(a)
    if discriminant is not None:
        rate = sp.Dummy("w", positive=True)  # So that integrals do not ask whether it is 0.
        below, meeting, above = (_solutions(context, m, b, t) for m in _of_two(a, rate, t))
        slow, fast = ({rate: sp.sqrt(sp.factor(d)) / 2} for d in (-discriminant, discriminant))
        return Cases(discriminant, (_put(below, slow), meeting, _put(above, fast)))
    made = within(context.seconds, _exponential, context, a, t)
    return None if made is None else _solutions(context, made, b, t)


def _open_discriminant(a: Any) -> Any:
    """The discriminant of the characteristic polynomial of two rows where its sign depends on parameters; `None` elsewhere, and where it is a square."""
    if a.shape != (2, 2) or not a.free_symbols:
        return None
    d = sp.expand((a[0, 0] - a[1, 1]) ** 2 + 4 * a[0, 1] * a[1, 0])
    if d.is_positive or d.is_negative or not d.free_symbols or not d.is_polynomial(*d.free_symbols):
        return None
    number, factors = sp.factor_list(d)
    return d if not sp.sqrt(abs(number)).is_Rational or any(k % 2 for _, k in factors) else None


def _of_two(a: Any, rate: Any, t: Any) -> tuple[Any, Any, Any]:
    """exp(A*t) of two rows where the discriminant is negative, 0, and positive, by half the root of its size: A less half its trace has a multiple of
    the identity as its square."""
    half = a.trace() / 2
    rest, one = a - half * sp.eye(2), sp.eye(2)
    return (
        sp.exp(half * t) * (sp.cos(rate * t) * one + sp.sin(rate * t) / rate * rest),
        sp.exp(half * t) * (one + t * rest),
        sp.exp(half * t) * (sp.cosh(rate * t) * one + sp.sinh(rate * t) / rate * rest),
    )


def _put(solutions: list[General], values: dict[Any, Any]) -> list[General]:
    return [General(tuple(e.subs(values) for e in s.basis), s.particular.subs(values)) for s in solutions]


def _solutions(context: Context, made: Any, b: Any, t: Any) -> list[General]:
    """The solutions of the system whose matrix has the exponential `made`."""
    n = made.rows
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
    if out.has(sp.I):
        return None
    # The exponential is continuous in the entries of A: a formula holds wherever its denominators are not 0, whatever pivots led to it.
    for d in {sp.denom(sp.together(e)) for e in out}:
        require_open(d, context)
    return out


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
