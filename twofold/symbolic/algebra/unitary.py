"""Orthogonal vectors by Gram and Schmidt, over real and complex numbers and rational functions of parameters.

Vectors are lists of SymPy expressions; the inner product is conjugate-linear in its first argument. An entry x/sqrt(n) of a unit
vector is written as a root of one number, sign(x)*sqrt(x^2/n), which keeps roots from nesting in denominators.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.algebra.regions import Region
from twofold.symbolic.context import Context
from twofold.symbolic.even_roots import is_never_negative
from twofold.symbolic.tidy import short

Vector = list[Any]


def inner_product(u: Sequence[Any], v: Sequence[Any]) -> Any:
    """The sum of conjugate(u[k])*v[k]."""
    return sp.Add(*(sp.conjugate(a) * b for a, b in zip(u, v, strict=True)))


def has_complex_root(e: Any) -> bool:
    """Whether a root of a number that is not real occurs: its real and imaginary parts are longer than itself."""
    return any(not p.exp.is_Integer and p.base.has(sp.I) for p in e.atoms(sp.Pow))


def settled(e: Any, context: Context) -> Any:
    """An exact value in a form that shows whether it is 0: rational functions cancelled, roots out of denominators."""
    if e.is_Rational:
        return e
    if not e.free_symbols and has_complex_root(e):
        return sp.factor_terms(sp.expand(e))
    if not e.free_symbols:
        e = sp.expand(e, complex=True) if e.has(sp.I) else sp.expand(e)
        return sp.expand(sp.radsimp(e)) if e.is_algebraic and not e.has(sp.CRootOf) else short(e, context)
    if e.is_rational_function(*e.free_symbols):
        return sp.cancel(e)
    return short(e, context)


def is_zero_vector(w: Sequence[Any], region: Region) -> bool:
    """Whether all entries are 0 in the region. Raises `Split` where that depends on parameters."""
    free = {s for e in w for s in e.free_symbols}
    if free and all(e.is_rational_function(*free) for e in w):
        if any(e.is_number and e != 0 for e in w):
            return False
        return all(region.is_zero(sp.factor(e)) for e in [sp.Add(*(e**2 if _is_real(e) else sp.Abs(e) ** 2 for e in w))])
    return all(vanishes(e, region.context) for e in w)


def _is_real(e: Any) -> bool:
    """Whether a rational function is real where it has a value: SymPy does not say so where that might be nowhere."""
    return bool(e.is_real) or not e.has(sp.I) and all(s.is_real for s in e.free_symbols)


def primitive(w: Vector) -> tuple[Any, Vector]:
    """A common factor of the entries, where these are rational functions or rationals, and what it leaves."""
    free = {s for e in w for s in e.free_symbols}
    if not free or not all(e.is_rational_function(*free) for e in w):
        return sp.S.One, w
    parts = [sp.together(e) for e in w]
    denominator = sp.S.One
    for e in parts:
        denominator = sp.lcm(denominator, sp.denom(e))
    scaled = [sp.cancel(e * denominator) for e in parts]
    common = sp.S.Zero
    for e in scaled:
        common = sp.gcd(common, e)
    return sp.cancel(common / denominator), [sp.cancel(e / common) for e in scaled]


def orthogonalised(columns: Sequence[Vector], region: Region) -> list[tuple[int, Any, Vector]]:
    """Orthogonal vectors with the same spans: for every column that does not depend on those before it, its place, a factor and
    a vector whose product is the residual of the column."""
    context = region.context
    found: list[tuple[int, Any, Vector]] = []
    for k, column in enumerate(columns):
        w = [settled(e, context) for e in column]
        for _, _, u in found:
            factor = settled(inner_product(u, w) / inner_product(u, u), context)
            if factor != 0:
                w = [settled(a - factor * b, context) for a, b in zip(w, u, strict=True)]
        if not is_zero_vector(w, region):
            found.append((k, *primitive(w)))
        if len(found) == len(columns[0]):
            break
    return found


def unit(w: Vector, context: Context) -> Vector:
    """The vector divided by its length."""
    square = settled(inner_product(w, w), context)
    return [over_root(x, square, context) for x in w]


def over_root(x: Any, square: Any, context: Context) -> Any:
    """x/sqrt(square), for a positive square."""
    if x == 0:
        return sp.S.Zero
    if x.free_symbols or square.free_symbols:
        return short(x / sp.sqrt(sp.factor(square)), context)
    if not x.is_real:
        return settled(x / sp.sqrt(square), context)
    inside = settled(x**2 / square, context)
    root = sp.sqrt(inside) if inside.is_Rational else sp.sqrtdenest(sp.sqrt(sp.factor_terms(inside)))
    return -root if x.evalf(30) < 0 else root


def short_sign(e: Any) -> Any:
    """The sign of an expression that is not 0, of rational functions without factors that are never negative and even powers."""
    if not e.is_rational_function(*e.free_symbols) or not all(s.is_real for s in e.free_symbols) or e.has(sp.I):
        return sp.sign(e)
    above, below = sp.fraction(sp.together(e))
    coefficient, factors = sp.factor_list(above * below)
    kept = [f for f, k in factors if k % 2 and not is_never_negative(f)]
    return sp.sign(coefficient) * (sp.sign(sp.expand(sp.Mul(*kept))) if kept else 1)


def completed(units: Sequence[Vector], size: int, wanted: int, context: Context) -> list[Vector]:
    """Orthonormal vectors of a size continued by others until there are as many as wanted."""
    found = list(units)
    if len(found) >= wanted:
        return found
    region = Region(context, generic=True)
    basis = [[sp.Integer(int(i == j)) for i in range(size)] for j in range(size)]
    for _, _, w in orthogonalised([*found, *basis], region)[len(found) :]:
        found.append(unit(w, context))
        if len(found) == wanted:
            break
    return found
