"""Elimination over the rationals by FLINT, for the matrices of numbers that most questions are about: no SymPy, no case distinctions."""

from __future__ import annotations

from math import gcd, lcm
from typing import TypeAlias

from flint import fmpq, fmpq_mat

from twofold.grammar.term import Num, Term
from twofold.symbolic.algebra.flint_matrices import fraction, integers, rationals

Vector: TypeAlias = list[fmpq]


def matrix_of(a: Term) -> fmpq_mat | None:
    """A matrix of rational numbers (a vector is a column); `None` for any other."""
    whole = integers(a)
    return fmpq_mat(whole) if whole is not None else rationals(a)


def terms(v: Vector) -> list[Term]:
    return [Num(fraction(x)) for x in v]


def term_rows(m: fmpq_mat) -> list[list[Term]]:
    return [terms(r) for r in m.tolist()]


def echelon(m: fmpq_mat) -> tuple[list[Vector], list[int]]:
    """The rows of the reduced echelon form, and its pivot columns."""
    made, rank = m.rref()
    rows = made.tolist()
    return rows, [next(j for j, x in enumerate(r) if x) for r in rows[:rank]]


def kernel(m: fmpq_mat) -> list[Vector]:
    """A basis of what the matrix sends to 0, one vector for every free column, with whole entries."""
    rows, pivots = echelon(m)
    return [cleared(v) for v in free_vectors(rows, pivots)]


def free_vectors(rows: list[Vector], pivots: list[int]) -> list[Vector]:
    """For every free column the solution of a reduced system that has 1 there and 0 at the other free columns."""
    n = len(rows[0])
    found = []
    for free in (j for j in range(n) if j not in pivots):
        v = [fmpq(0)] * n
        v[free] = fmpq(1)
        for i, p in enumerate(pivots):
            v[p] = -rows[i][free]
        found.append(v)
    return found


def cleared(v: Vector) -> Vector:
    """The multiple with whole entries that have no common factor."""
    below = lcm(*(int(x.q) for x in v))
    whole = [int(x.p) * (below // int(x.q)) for x in v]
    divisor = gcd(*whole) or 1
    return [fmpq(x // divisor) for x in whole]


def pseudo_inverse(m: fmpq_mat) -> tuple[fmpq_mat, int]:
    """The Moore-Penrose inverse by a full-rank factorisation A == C*F, and the rank."""
    rows, pivots = echelon(m)
    if not pivots:
        return fmpq_mat(m.ncols(), m.nrows()), 0
    if m.nrows() == m.ncols() == len(pivots):
        return m.inv(), len(pivots)
    f = fmpq_mat(rows[: len(pivots)])
    columns = m.transpose().tolist()
    c = fmpq_mat([columns[p] for p in pivots]).transpose()
    g, d = f.transpose(), c.transpose()
    return g * (f * g).inv() * (d * c).inv() * d, len(pivots)


def adjugate(m: fmpq_mat) -> fmpq_mat:
    """By Cayley and Hamilton: (-1)^(n-1)*(A^(n-1) + c[n-1]*A^(n-2) + … + c[1]*I) with the coefficients of the characteristic polynomial."""
    n = m.nrows()
    coefficients = m.charpoly().coeffs()
    made = identity(n)
    for k in range(n - 1, 0, -1):
        made = made * m + coefficients[k] * identity(n)
    return made if n % 2 else -1 * made


def identity(n: int) -> fmpq_mat:
    return fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
