"""Row reduction over an exact field, with tests for 0 that may depend on parameters."""

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mat
from sympy.polys.matrices import DomainMatrix

from twofold.grammar.term import Term
from twofold.symbolic.algebra.cases import require
from twofold.symbolic.algebra.matrices import domain_matrix, entries, over_domain, related, vanishes
from twofold.symbolic.algebra.regions import Region, factors_of
from twofold.symbolic.context import Context
from twofold.symbolic.tidy import short


def matrix_in(region: Region, a: Term) -> DomainMatrix:
    """A matrix over an exact domain, with the parameters set as they are in a region."""
    if not region.point:
        return domain_matrix(a, region.context)
    return over_domain([[region.at(e) for e in r] for r in entries(a, region.context)])


def expressions(m: DomainMatrix) -> list[list[Any]]:
    """The entries of a matrix as SymPy expressions."""
    return [[m.domain.to_sympy(x) for x in r] for r in m.to_dense().rep.to_ddm()]


def has_parameters(m: DomainMatrix) -> bool:
    """Whether the entries are polynomials or fractions in names."""
    return bool(m.domain.is_Composite) and not related(m)


def echelon(m: DomainMatrix, region: Region, leading: int | None = None) -> tuple[list[list[Any]], tuple[int, ...]]:
    """The reduced row echelon form as SymPy entries, and its pivot columns. Raises `Split` where a pivot may be 0.

    Where the leading columns (all, if their number is not given) make a square block, its determinant decides first: there is
    no need to tell the pivots of a regular matrix apart.
    """
    if related(m):
        return _of_functions(expressions(m), region.context, m.shape[1] if leading is None else leading)
    fractions = m.to_field()
    if has_parameters(fractions):
        n = m.shape[1] if leading is None else leading
        if leading is None and region.generic:
            n = min(m.shape)  # Where all open tests come out as "not 0", those of the single pivots would ask for more.
        if n != m.shape[0] or not _regular(m, n, region):
            rows, pivots = eliminated(fractions.to_dense().rep.to_ddm(), fractions.domain, region)
            return [[fractions.domain.to_sympy(x) for x in r] for r in rows], pivots
    if fractions.domain.is_QQ:
        return _of_rationals(fractions)
    made, pivots = fractions.rref()
    return expressions(made), tuple(pivots)


def _of_functions(rows: list[list[Any]], context: Context, leading: int) -> tuple[list[list[Any]], tuple[int, ...]]:
    """Elimination on entries that may satisfy relations; what a pivot needs is left as a condition. A regular square block needs only its
    determinant."""
    m, n = len(rows), len(rows[0])
    if m == leading:
        block = sp.Matrix([r[:m] for r in rows])
        d = short(block.det(method="berkowitz"), context)
        if not vanishes(d, context):
            require_open(d, context)
            right = block.adjugate(method="berkowitz") * sp.Matrix([r[m:] for r in rows]) if n > m else sp.zeros(m, 0)
            unit = [[sp.Integer(int(i == j)) for j in range(m)] for i in range(m)]
            return [[*unit[i], *(short(sp.expand(x) / d, context) for x in right.row(i))] for i in range(m)], tuple(range(m))
    rows, pivots = [list(r) for r in rows], []
    for j in range(n):
        done = len(pivots)
        candidates = [i for i in range(done, m) if not vanishes(rows[i][j], context)]
        if not candidates:
            continue
        place = min(candidates, key=lambda i: (not rows[i][j].is_number, sp.count_ops(rows[i][j])))
        require_open(rows[place][j], context)
        rows[done], rows[place] = rows[place], rows[done]
        head = rows[done][j]
        rows[done] = [short(x / head, context) for x in rows[done]]
        for i in range(m):
            if i != done and rows[i][j] != 0:
                factor = rows[i][j]
                rows[i] = [short(sp.expand(x - factor * y), context) for x, y in zip(rows[i], rows[done], strict=True)]
        pivots.append(j)
        if len(pivots) == m:
            break
    return rows, tuple(pivots)


def require_open(e: Any, context: Context) -> None:
    """The condition that an expression is not 0, where it may be."""
    if e.free_symbols and e.is_zero is not False:
        for f in factors_of(sp.numer(sp.together(e))):
            if f.is_zero is not False:
                require(f, context)


def _of_rationals(m: DomainMatrix) -> tuple[list[list[Any]], tuple[int, ...]]:
    flat = [fmpq(int(x.numerator), int(x.denominator)) for r in m.to_dense().rep.to_ddm() for x in r]
    made, rank = fmpq_mat(*m.shape, flat).rref()
    rows = [[sp.Rational(int(x.p), int(x.q)) for x in r] for r in made.tolist()]
    return rows, tuple(next(j for j, x in enumerate(r) if x != 0) for r in rows[:rank])


def _regular(m: DomainMatrix, n: int, region: Region) -> bool:
    block = m.extract(list(range(n)), list(range(n))).to_dense()
    return not region.is_zero(m.domain.to_sympy(block.charpoly()[-1]))


def eliminated(ddm: Any, domain: Any, region: Region) -> tuple[list[list[Any]], tuple[int, ...]]:
    """Gauss and Jordan's elimination on elements of a field of fractions; pivots that are sure not to be 0 are preferred."""
    rows = [list(r) for r in ddm]
    pivots: list[int] = []
    done = 0
    for j in range(len(rows[0])):
        place = _pivot([rows[i][j] for i in range(done, len(rows))], domain, region)
        if place is None:
            continue
        rows[done], rows[done + place] = rows[done + place], rows[done]
        head = rows[done][j]
        rows[done] = [domain.quo(x, head) for x in rows[done]]
        for i in range(len(rows)):
            if i != done and rows[i][j]:
                factor = rows[i][j]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[done], strict=True)]
        pivots.append(j)
        done += 1
        if done == len(rows):
            break
    return rows, tuple(pivots)


def _pivot(column: list[Any], domain: Any, region: Region) -> int | None:
    """The place of an element that is not 0 in the region; `None` where all are."""
    opened = [(sp.count_ops(e), k, e) for k, x in enumerate(column) if x for e in [domain.to_sympy(x)]]
    sure = [k for _, k, e in opened if e.is_number]
    if sure:
        return sure[0]
    ranked = sorted(opened, key=lambda item: item[:2])
    for _, k, e in ranked:
        if all(map(region.never_zero, factors_of(sp.numer(sp.together(e))))):
            return k
    for _, k, e in ranked:
        if not region.is_zero(e):
            return k
    return None
