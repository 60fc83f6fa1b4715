"""Exponentials that need no eigenvalues: rotations of the plane and about an axis, and triangular matrices with one value on the diagonal. Source of
Rodrigues' formula: Murray, Li and Sastry, "A Mathematical Introduction to Robotic Manipulation", section 2.2."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import App, Term
from twofold.symbolic.algebra.matrices import term_of
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift


def turned(rows: list[list[Any]], context: Context) -> Term | None:
    """exp(p)*[cos(q), -sin(q); sin(q), cos(q)] of a matrix [p, -q; q, p] with names in it; `None` for any other matrix."""
    if len(rows) != 2 or rows[0][0] != rows[1][1] or sp.expand(rows[0][1] + rows[1][0]) != 0 or not rows[1][0].free_symbols:
        return None
    size, q = sp.exp(rows[0][0]), rows[1][0]
    wave, slope = size * sp.cos(q), size * sp.sin(q)
    return term_of([[wave, -slope], [slope, wave]], context)


def turned_power(rows: list[list[Any]], n: Any, context: Context) -> Term | None:
    """The power of r*[cos(t), -sin(t); sin(t), cos(t)] for a whole exponent, by Moivre's formula; `None` for any other matrix."""
    if len(rows) != 2 or rows[0][0] != rows[1][1] or sp.expand(rows[0][1] + rows[1][0]) != 0:
        return None
    p, q = rows[0][0], rows[1][0]
    if q.is_number and p.is_number:
        angle = sp.atan2(q, p)
        if q == 0 or not (angle / sp.pi).is_Rational:
            return None
        size = sp.sqrt(sp.expand(p**2 + q**2))
    else:
        waves = [w for w in p.atoms(sp.cos) if p.has(w) and q.has(sp.sin(w.args[0]))]
        if not waves:
            return None
        angle = waves[0].args[0]
        size = sp.cancel(p / waves[0])
        if size.has(*angle.free_symbols):
            return None
        if sp.expand(q + size * sp.sin(angle)) == 0:
            angle = -angle
        elif sp.expand(q - size * sp.sin(angle)) != 0:
            return None
    power, turn = size**n, sp.expand(n * angle)
    return term_of([[power * sp.cos(turn), -power * sp.sin(turn)], [power * sp.sin(turn), power * sp.cos(turn)]], context)


def sheared(rows: list[list[Any]], context: Context) -> Term | None:
    """exp(p)*(I + N + N^2/2 + …) of a triangular matrix p*I + N with names in it, where N has zeros on its diagonal; `None` for any other matrix."""
    n, p = len(rows), rows[0][0]
    if any(rows[i][i] != p for i in range(n)) or not any(e.free_symbols for r in rows for e in r):
        return None
    if any(rows[i][j] != 0 for i in range(n) for j in range(i)) and any(
        rows[i][j] != 0 for i in range(n) for j in range(i + 1, n)
    ):
        return None
    if any(not e.is_polynomial(*e.free_symbols) for r in rows for e in r):
        return None
    step = sp.ImmutableMatrix(n, n, lambda i, j: rows[i][j] if i != j else 0)
    made = power = sp.eye(n)
    for k in range(1, n):
        power = (power * step / k).applyfunc(sp.expand)
        made = made + power
    return term_of([[sp.exp(p) * e for e in r] for r in made.tolist()], context)


def rotation(rows: list[list[Any]], context: Context) -> Term | None:
    """cos(t)*I + (1 - cos(t))*u*u' + sin(t)*[u] for the unit axis u and the angle t; `None` for any other matrix."""
    if len(rows) != 3 or any(sp.expand(rows[i][j] + rows[j][i]) != 0 for i in range(3) for j in range(i + 1)):
        return None
    axis = (rows[2][1], rows[0][2], rows[1][0])
    if not all(e.is_real for e in axis):
        return None
    square = sp.factor(sp.Add(*(e**2 for e in axis)))
    if square == 0:
        return term_of(sp.eye(3).tolist(), context)
    # The formula is even in the angle, so that its sign does not matter.
    angle = sp.sqrt(square).replace(sp.Abs, lambda e: e)
    unit = [sp.cancel(e / angle) if (e / angle).is_rational_function() else e / angle for e in axis]
    wave, drop = sp.cos(angle), 1 - sp.cos(angle)
    turned = sp.Matrix([[0, -unit[2], unit[1]], [unit[2], 0, -unit[0]], [-unit[1], unit[0], 0]])
    made = [
        [(wave if i == j else 0) + drop * unit[i] * unit[j] + sp.sin(angle) * turned[i, j] for j in range(3)] for i in range(3)
    ]
    found = term_of(made, context)
    if square.is_positive or not any(sp.denom(sp.together(u)).free_symbols for u in unit):
        return found
    still = lift(sp.And(*(sp.Eq(e, 0) for e in axis if e != 0)), context)
    return App("piecewise", (term_of(sp.eye(3).tolist(), context), still, found), (3, 3))
