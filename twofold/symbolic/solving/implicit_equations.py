"""Differential equations F(x, y, y') = 0 that are polynomials in y' of degree above 1: every slope is an equation of its own, and what solves one of them is
put into F itself, which does not ask for the sign of a root.

Where two slopes meet, solutions may touch and go over into one another; so a list of solutions through a point is said to be all of them only where
the discriminant by y' is a number other than 0. Source: Kamke, "Differentialgleichungen", part A, section 1.4 of chapter I.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.solving.exact_equations import Primitive
from twofold.symbolic.solving.first_order import C, Family, clairaut, first_order, homogeneous_relation
from twofold.symbolic.solving.reading import holds
from twofold.symbolic.solving.smooth_roots import smooth


def slopes(flat: Any, p: Any) -> list[Any] | None:
    """The zeros in p of the numerator of an expression, a polynomial in p of degree above 1; `None` where a factor has a degree above 2."""
    top = sp.numer(sp.together(flat))
    if not top.is_polynomial(p) or sp.degree(top, p) < 2:
        return None
    found: list[Any] = []
    for q, _ in sp.factor_list(sp.expand(top), p)[1]:
        if sp.degree(q, p) == 1:
            a, b = sp.Poly(q, p).all_coeffs()
            found.append(sp.factor(-b / a))
        elif sp.degree(q, p) == 2:
            a, b, c = sp.Poly(q, p).all_coeffs()
            root = smooth(sp.sqrt(sp.factor(b**2 - 4 * a * c)))
            found += [sp.factor(sp.expand((s * root - b) / (2 * a))) for s in (1, -1)]
        else:
            return None
    return found


def families(flat: Any, x: Any, y: Any, p: Any, primitive: Primitive, context: Context) -> list[Family] | None:
    """The solutions of all slopes together; those that solve the equation as it stands wherever they are defined are asked for no sign."""
    found = slopes(flat, p)
    lines = attempt(clairaut, flat, x, y, p)
    if lines is not None:
        lost = _envelopes(lines, flat, x, y, p, context) if found is None else _touched(flat, x, y, p, context)
        return [Family(lines.value, lines.constant, lost)]
    if found is None:
        return None
    made: list[Family] = []
    whole = attempt(homogeneous_relation, flat, x, y, p, primitive)
    for k in whole or []:
        known = any(_same(k.value, m.value) or _is_member(k.value, m, x, y) for m in made)
        if not known and sp.simplify(flat.subs({p: k.value.diff(x), y: k.value}, simultaneous=True)) == 0:
            made.append(Family(k.value, k.constant))
    for slope in found if not made else []:
        part = [Family(C + sp.sympify(t), y - t)] if (t := _free(slope, x, y, primitive)) is not None else None
        part = part or first_order(slope, x, y, primitive)
        if part is None:
            return None
        for k in part:
            value = smooth(sp.sympify(k.value), x)
            residual = flat.subs({p: value.diff(x), y: value}, simultaneous=True)
            everywhere = sp.simplify(residual) == 0
            if everywhere and any(_same(value, m.value) for m in made):
                continue
            made.append(Family(value, k.constant, (), () if everywhere else k.where))
    lost = [r for r in _touched(flat, x, y, p, context) if not any(_is_member(r, m, x, y) for m in made)]
    if not made:
        return None
    made[0] = Family(made[0].value, made[0].constant, tuple(lost), made[0].where)
    return made


def members(flat: Any, found: list[Family], point: tuple[Any, Any], x: Any, y: Any, p: Any) -> list[Any] | None:
    """The solutions through a point, by the constants that give them; `None` where these are not found."""
    at, height = point
    out: list[Any] = []
    for k in found:
        constants = attempt(sp.solve, k.value.subs(x, at) - height, C)
        if constants is None:
            return None
        for c in constants:
            member = smooth(k.value.subs(C, c), x)
            if c.is_real is False or c.has(C) or not is_beside(member, x, at):
                continue
            if sp.simplify(flat.subs({p: member.diff(x), y: member}, simultaneous=True)) == 0:
                out.append(member)
    return out


def is_beside(e: Any, x: Any, at: Any) -> bool:
    """Whether an expression is real on a side of a place, as far as numbers tell."""
    if e.free_symbols - {x}:
        return True
    return any(
        (v := e.subs(x, at + s).evalf(15)).is_real is not False and not v.has(sp.I)
        for s in (sp.Rational(-1, 1000), sp.Rational(1, 1000))
    )


def is_determined(flat: Any, p: Any) -> bool:
    """Whether slopes never meet: the discriminant is a number other than 0."""
    top = sp.numer(sp.together(flat))
    if not top.is_polynomial(p):
        return False
    d = sp.simplify(sp.discriminant(top, p))
    return bool(d.is_number and d.is_nonzero)


def _free(slope: Any, x: Any, y: Any, primitive: Primitive) -> Any:
    """A slope that does not depend on y."""
    return None if slope.has(y) else primitive(slope, x)


def _touched(flat: Any, x: Any, y: Any, p: Any, context: Context) -> tuple[Any, ...]:
    """The singular solutions: where two slopes meet all along a graph."""
    top = sp.numer(sp.together(flat))
    found = attempt(sp.solve, sp.discriminant(top, p), y)
    made = []
    for r in found or []:
        if r.has(sp.I) or r.has(y) or r.is_real is False:
            continue
        if holds(sp.simplify(flat.subs({p: r.diff(x), y: r}, simultaneous=True)), context) is True:
            made.append(r)
    return tuple(made)


def _envelopes(lines: Family, flat: Any, x: Any, y: Any, p: Any, context: Context) -> tuple[Any, ...]:
    """What the lines y = C*x + g(C) touch, where that is found: x = -g'(C)."""
    made = []
    for c in attempt(sp.solve, sp.diff(lines.value, C), C) or []:
        r = sp.simplify(lines.value.subs(C, c))
        if not r.has(sp.I) and holds(sp.simplify(flat.subs({p: r.diff(x), y: r}, simultaneous=True)), context) is True:
            made.append(r)
    return tuple(made)


def _same(value: Any, other: Any) -> bool:
    turned = (C + sp.pi, sp.pi - C) if value.has(sp.sin, sp.cos) else (1 / C, -1 / C)
    return any(sp.simplify(value.subs(C, c) - other) == 0 for c in (C, -C, *turned))


def _is_member(r: Any, family: Family, x: Any, y: Any) -> bool:
    """Whether a constant gives this solution."""
    constant = attempt(lambda: sp.simplify(family.constant.subs(y, r)))
    if constant is None or constant.has(sp.nan, sp.zoo, sp.oo, -sp.oo) or constant.has(x):
        return False
    return bool(sp.simplify(family.value.subs(C, constant) - r) == 0)


__all__ = ["families", "is_beside", "is_determined", "members", "slopes"]
