"""D'Alembert's (Lagrange's) differential equation y = x*f(p) + g(p), p = y', whose f is not p itself; y = g(p) is one with f = 0.

Differentiated it is (p - f(p))*dx/dp = x*f'(p) + g'(p), linear in x as a function of p: x = C*h(p) + k(p), and (x - k)/h is constant along a solution. With
p as one of the two slopes that the equation gives at (x, y) that is an equation between x and y. Where p = f(p) the slope is constant, and the line
y = x*f(p) + g(p) a solution that no constant gives. Source: Ince, "Ordinary Differential Equations", section 2.44.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.solving.exact_equations import Primitive
from twofold.symbolic.solving.first_order import C
from twofold.symbolic.solving.implicit_equations import slopes
from twofold.symbolic.solving.linear_equations import Linear, general


@dataclass(frozen=True, slots=True)
class Solutions:
    """`levels` are functions of x and y, one for each slope, that are constant along the solutions; `values` the solutions with the constant C1 where
    they can be written with roots; `lines` those that no constant gives."""

    levels: tuple[Any, ...]
    values: tuple[Any, ...]
    lines: tuple[Any, ...]


def dalembert(flat: Any, x: Any, y: Any, p: Any, primitive: Primitive) -> Solutions | None:
    """The solutions of flat = 0, of second degree in p at most; `None` for any other."""
    left = sp.expand(sp.numer(sp.together(flat)))
    if not left.is_polynomial(x, y, p) or sp.Poly(left, x, y).total_degree() != 1:
        return None
    made = sp.Poly(left, x, y)
    a, b, d = (made.coeff_monomial(m) for m in (x, y, sp.S.One))
    if b == 0:
        return None
    f, g = sp.cancel(-a / b), sp.cancel(-d / b)
    gap = sp.cancel(p - f)
    found = slopes(flat, p)
    if gap == 0 or found is None:
        return None
    solved = general(Linear((sp.cancel(-f.diff(p) / gap), sp.S.One), sp.cancel(g.diff(p) / gap), p), lambda e: primitive(e, p))
    if solved is None:
        return None
    one = solved.basis[0]
    pairs = [(one, solved.particular)]
    if solved.particular.is_rational_function(p):
        # A root of the slope is that of its size where it is negative: the equation without its right side is solved by both.
        one = one.replace(_is_root, lambda e: sp.Abs(e.base) ** e.exp)
        pairs = [(one, solved.particular)]
    elif one.has(sp.Pow):
        pairs += _beyond(one, sp.cancel(g.diff(p) / gap), p, primitive)
    constants = [sp.expand(sp.cancel(sp.together((x - k) / h))) for h, k in pairs]
    lines = [x * f.subs(p, r) + g.subs(p, r) for r in attempt(sp.roots, sp.numer(gap), p) or () if r.is_real is not False]
    values = [x * f.subs(p, s) + g.subs(p, s) for s in _solved(C * solved.basis[0] + solved.particular - x, p)]
    return Solutions(
        tuple(constant.subs(p, s) for constant in constants for s in found),
        tuple(sp.factor(e) for e in values),
        tuple(e for e in lines if not e.has(sp.nan, sp.zoo)),
    )


def _is_root(e: Any) -> bool:
    return bool(e.is_Pow and e.exp.is_Rational and not e.exp.is_Integer)


def _beyond(one: Any, right: Any, p: Any, primitive: Primitive) -> list[tuple[Any, Any]]:
    """The solution with the opposite below its root, for slopes at which that has no value."""
    bases = {e.base for e in one.atoms(sp.Pow) if _is_root(e)}
    if len(bases) != 1 or next(iter(bases)).is_nonnegative or next(iter(bases)) == p:
        return []
    other = one.replace(_is_root, lambda e: (-e.base) ** e.exp)
    found = primitive(sp.cancel(right / other), p)
    return [] if found is None else [(other, other * found)]


def _solved(e: Any, p: Any) -> list[Any]:
    """The zeros in p of a fraction whose numerator is a polynomial of first or second degree in p; none for others."""
    top = sp.numer(sp.together(e))
    if not top.is_polynomial(p) or sp.degree(top, p) not in (1, 2):
        return []
    if sp.degree(top, p) == 1:
        a, b = sp.Poly(top, p).all_coeffs()
        return [-b / a]
    a, b, c = sp.Poly(top, p).all_coeffs()
    middle, square = sp.factor(-b / (2 * a)), sp.factor((b**2 - 4 * a * c) / (4 * a**2))
    return [middle + s * sp.sqrt(square) for s in (1, -1)]
