"""Jordan chains and exponentials of matrices of rational numbers whose eigenvalues are rational, over the rationals by FLINT."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat, fmpq_poly

from twofold.catalogue.shapes import app
from twofold.grammar.term import Const, Term, num
from twofold.symbolic.algebra.chains import chains_of
from twofold.symbolic.algebra.flint_matrices import fraction
from twofold.symbolic.algebra.rational_elimination import Vector, cleared, echelon, free_vectors, identity
from twofold.symbolic.algebra.rational_spectrum import Factor, factors_of, shifted
from twofold.symbolic.arithmetic import ZERO, make, negate, over, power, times
from twofold.symbolic.constants.constant import UNIT, Generator, Monomial
from twofold.symbolic.constants.writing import content_of, total

E = Generator("e")
MOST = 300
"""The largest exponent of e that is written out here."""


def _linear(m: fmpq_mat) -> list[tuple[fmpq, Factor]] | None:
    """The rational eigenvalues in ascending order; `None` where there are others."""
    found = factors_of(m)
    if found is None or any(not f.linear for f in found):
        return None
    return sorted(((-f.coefficients[0], f) for f in found), key=lambda pair: pair[0])


# --- Jordan chains ---


def jordan_chains(m: fmpq_mat) -> list[tuple[fmpq, list[Vector]]] | None:
    """Eigenvalues with chains v1, v2, … of vectors without denominators: A*v1 == r*v1 and A*v[k+1] == r*v[k+1] + v[k]; together they make a basis.

    The vectors of level k, those that (A - r)^k sends to 0, are continued from the top: what the longer chains leave over at a level begins
    chains of its own. `None` where an eigenvalue is not rational.
    """
    values = _linear(m)
    if values is None:
        return None
    return [(r, chain) for r, f in values for chain in _chains(shifted(m, r), f.count)]


def _chains(m: fmpq_mat, count: int) -> list[list[Vector]]:
    """The chains of a nilpotent part of a dimension, the longest first."""
    n = m.nrows()
    levels: list[list[Vector]] = [[]]
    raised = m
    while len(levels[-1]) < count:
        levels.append(free_vectors(*echelon(raised)))
        raised = raised * m
    found = []
    for chain in chains_of(levels, _continued, lambda v: _times(m, v)):
        flat = cleared([e for w in chain for e in w])
        found.append([flat[i : i + n] for i in range(0, len(flat), n)])
    return found


def _times(m: fmpq_mat, v: Vector) -> Vector:
    entries: Vector = (m * fmpq_mat(len(v), 1, v)).entries()
    return entries


def _continued(known: list[Vector], candidates: list[Vector]) -> list[Vector]:
    columns = [*known, *candidates]
    _, pivots = echelon(fmpq_mat(columns).transpose())
    return [columns[p] for p in pivots if p >= len(known)]


# --- exponentials ---


def exponential(m: fmpq_mat) -> list[list[Term]] | None:
    """The entries of the matrix exponential where all eigenvalues are whole numbers; `None` elsewhere.

    It is the sum over the eigenvalues r, of multiplicity k, of e^r times Z, N*Z, …, N^(k-1)*Z/(k-1)! for N = A - r and the projection Z onto what a
    power of N sends to 0: with the characteristic polynomial t^k*q(t) of N, Z = q(N)*h(N), where h is the inverse of q modulo t^k.
    """
    values = _linear(m)
    if values is None or any(r.q != 1 or abs(r) > MOST for r, _ in values):
        return None
    n = m.nrows()
    entries: list[dict[int, Fraction]] = [{} for _ in range(n * n)]
    for r, f in values:
        rest = shifted(m, r)
        q = fmpq_poly(rest.charpoly().coeffs()[f.count :])
        _, inverse, _ = q.xgcd(fmpq_poly([0] * f.count + [1]))
        part = _at(q, rest) * _at(inverse, rest)
        whole = part
        for k in range(1, f.count):
            part = part * rest
            whole = whole + fmpq(1, math.factorial(k)) * part
        for entry, x in zip(entries, whole.entries(), strict=True):
            if x:
                entry[int(r)] = fraction(x)
    flat = [_sum_of_exponentials(e) for e in entries]
    return [flat[k : k + n] for k in range(0, n * n, n)]


def _at(p: fmpq_poly, m: fmpq_mat) -> fmpq_mat:
    """A polynomial of a matrix, by Horner's rule."""
    n = m.nrows()
    made = fmpq_mat(n, n)
    for c in reversed(p.coeffs()):
        made = made * m + c * identity(n)
    return made


def _sum_of_exponentials(parts: dict[int, Fraction]) -> Term:
    """The sum of c*e^k, a pair with opposite exponents as a hyperbolic function, otherwise with its common factors in front."""
    if not parts:
        return ZERO
    if len(parts) == 1:
        ((k, c),) = parts.items()
        return _scaled(c, k, [])
    if len(parts) == 2 and sum(parts) == 0 and abs(parts[min(parts)]) == abs(c := parts[max(parts)]):
        return _scaled(2 * c, 0, [app("cosh" if c == parts[min(parts)] else "sinh", num(max(parts)))])
    content = content_of(list(parts.values()))
    if all(c < 0 for c in parts.values()):
        content = -content
    shared = min(parts) if min(parts) > 0 else max(parts) if max(parts) < 0 else 0
    rest = total([(_monomial(k - shared), c / content) for k, c in parts.items()])
    return _scaled(content, shared, [rest])


def _monomial(k: int) -> Monomial:
    return Monomial(1, ((E, 2 * k),)) if k else UNIT


def _scaled(c: Fraction, k: int, factors: Sequence[Term]) -> Term:
    """c*e^k times other factors."""
    if c < 0:
        return negate(_scaled(-c, k, factors))
    exponential = [power(Const("e"), num(abs(k)))] if k else []
    above = [*exponential, *factors] if k == 1 else [*factors, *(exponential if k > 0 else [])]
    below = exponential if k < 0 else []
    top = _product([num(c.numerator), *above])
    return over(top, _product([num(c.denominator), *below])) if below or c.denominator != 1 else top


def _product(parts: list[Term]) -> Term:
    out = parts[0]
    for p in parts[1:]:
        out = times(out, p) if out == num(1) else make("mul", out, p)
    return out
