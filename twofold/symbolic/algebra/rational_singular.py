"""Singular values and vectors of matrices of rational numbers whose squares are rational or roots of a quadratic: in the field of one root, with one root
around each entry; no SymPy."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TypeAlias

from flint import fmpq_mat

from twofold.catalogue.display import show
from twofold.catalogue.shapes import app
from twofold.grammar.term import Term, num
from twofold.symbolic.algebra.flint_matrices import fraction
from twofold.symbolic.algebra.rational_spectrum import Eigenvalue, eigenspaces
from twofold.symbolic.arithmetic import ZERO, negate, over
from twofold.symbolic.constants import Constant
from twofold.symbolic.constants.constant import TooLong
from twofold.symbolic.constants.reading import root_of
from twofold.symbolic.constants.writing import Unwritten, in_short

Vector: TypeAlias = list[Constant]
Rows: TypeAlias = list[list[Term]]


def svd(m: fmpq_mat) -> tuple[Rows, Rows, Rows] | None:
    """The rows of U, S and V for the singular values that are not 0, falling; `None` where a square of one is no root of a quadratic, and for the zero
    matrix."""
    wide = m.ncols() > m.nrows()
    outer = m.transpose() if wide else m
    spaces = eigenspaces(outer.transpose() * outer)
    if spaces is None or not any(e.value for e in spaces):
        return None
    rows = [[Constant.of(fraction(x)) for x in r] for r in outer.tolist()]
    try:
        triples = [t for e in reversed(spaces) if e.value for t in _triples(e, rows)]
    except (Unwritten, TooLong):
        return None
    sigma = [[t[0] if i == j else ZERO for j in range(len(triples))] for i, t in enumerate(triples)]
    left, right = ([list(r) for r in zip(*(t[k] for t in triples), strict=True)] for k in (1, 2))
    return (right, sigma, left) if wide else (left, sigma, right)


def _triples(e: Eigenvalue, rows: list[Vector]) -> list[tuple[Term, list[Term], list[Term]]]:
    """The singular value of an eigenvalue of A'*A with unit vectors on both sides, for each vector of an orthogonal basis."""
    size, found = _root(e.value), []
    for w in _orthogonalised(e.vectors):
        square = _inner_product(w, w)
        image = [_inner_product(r, w) for r in rows]
        found.append((size, [_over_root(x, square * e.value) for x in image], [_over_root(x, square) for x in w]))
    return found


def _orthogonalised(vectors: list[Vector]) -> list[Vector]:
    found: list[Vector] = []
    for w in vectors:
        for u in found:
            factor = _inner_product(u, w) * _inverse(_inner_product(u, u))
            w = [a - factor * b for a, b in zip(w, u, strict=True)]
        found.append(w)
    return found


def _inner_product(u: Vector, v: Vector) -> Constant:
    out = Constant({})
    for a, b in zip(u, v, strict=True):
        out = out + a * b
    return out


def _inverse(c: Constant) -> Constant:
    found = c.reciprocal()
    if found is None:
        raise Unwritten
    return found


def _over_root(x: Constant, square: Constant) -> Term:
    """x/sqrt(square) as sign(x)*sqrt(x^2/square)."""
    if not x:
        return ZERO
    root = _root(x * x * _inverse(square))
    return root if _is_positive(x) else negate(root)


def _is_positive(c: Constant) -> bool:
    """Of p + q*sqrt(n), by squares."""
    if len(c.terms) > 2 or any(m.powers for m in c.terms):
        raise Unwritten
    parts = sorted(((x * abs(x) * m.root) for m, x in c.terms.items()), key=abs)
    return parts[-1] > 0


def _root(c: Constant) -> Term:
    """The square root of a positive number p + q*sqrt(n), taken apart where that can be; otherwise with or without a whole number below it."""
    plain = root_of(c)
    if plain is not None:
        return in_short(plain)
    below = lcm(*(x.denominator for x in c.terms.values()))
    inside, apart = app("sqrt", in_short(c)), over(app("sqrt", in_short(c.scaled(Fraction(below * below)))), num(below))
    return inside if len(show(inside)) <= len(show(apart)) else apart
