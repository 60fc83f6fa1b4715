"""Rank, row reduction, subspaces and bases.

Vectors are given one by one, as a set, or as the columns of a matrix. A basis is a set of vectors; the zero space has the basis
`{}`.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.core.diagnostic import fail
from twofold.grammar.term import FALSE, TRUE, App, Array, Term, num
from twofold.symbolic.algebra.matrices import (
    columns_of,
    domain_matrix,
    entries,
    is_zero,
    operation,
    over_domain,
    related,
    side_by_side,
    term_of,
    vanishes,
    vector_of,
)  # fmt: skip
from twofold.symbolic.algebra.square import inv, require_nonzero
from twofold.symbolic.arithmetic import over, times, total
from twofold.symbolic.context import Context
from twofold.symbolic.entries import explicit, rows_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import present, short


def reduced(a: Term, context: Context) -> tuple[list[list[Any]], tuple[int, ...]]:
    """The reduced row echelon form as SymPy entries, and its pivot columns, for generic values of the parameters.

    The pivots that parameters could make 0 are left in the context as conditions.
    """
    m = domain_matrix(a, context)
    if related(m):
        made, pivots = sp.Matrix(entries(a, context)).rref(iszerofunc=lambda e: vanishes(e, context), simplify=True)
        return made.tolist(), tuple(pivots)
    field = m.to_field()
    made, pivots = field.rref()
    for p in special_factors(m, len(pivots)):
        require_nonzero(p, context)
    return [[field.domain.to_sympy(x) for x in r] for r in made.to_dense().rep.to_ddm()], tuple(pivots)


def special_factors(m: DomainMatrix, rank: int) -> list[Any]:
    """The factors of the greatest common divisor of the largest minors that matter: where none is 0, the rank is the generic
    one."""
    if not (m.domain.is_Composite and rank):
        return []
    domain = m.domain.get_ring() if m.domain.is_FractionField else m.domain
    if m.domain.is_FractionField:
        _, m = m.clear_denoms(convert=True)
    from itertools import combinations

    gcd = domain.zero
    tried = 0
    for rows in combinations(range(m.shape[0]), rank):
        for columns in combinations(range(m.shape[1]), rank):
            tried += 1
            gcd = domain.gcd(gcd, m.extract(list(rows), list(columns)).to_dense().charpoly()[-1])
            if domain.is_unit(gcd) or tried > 400:
                break
    if gcd == domain.zero:
        return []
    found = [f for f, _ in sp.factor_list(domain.to_sympy(gcd))[1]]
    return [f for f in found if f.is_zero is not False]


@operation("rank")
def rank(context: Context, a: Term) -> Term:
    """The rank; with parameters by cases."""
    m = domain_matrix(a, context)
    if related(m):
        return num(len(reduced(a, context)[1]))
    return lift(rank_by_cases(m, context, ()), context)


def rank_by_cases(m: DomainMatrix, context: Context, fixed: tuple[Any, ...]) -> Any:
    """The rank as a number or a piecewise expression in the parameters, special values first."""
    generic = sp.Integer(m.to_field().rank())
    branches: list[tuple[Any, Any]] = []
    for factor in special_factors(m, int(generic)):
        names = sorted(factor.free_symbols, key=str)
        for x in names:
            values = [v for v in sp.roots(factor, x) if v.is_real is not False] if sp.degree(factor, x) <= 2 else []
            values = [v for v in values if not _excluded(x, v)]
            if sp.degree(factor, x) > 2:
                continue
            for v in values:
                rows = [[sp.cancel(m.domain.to_sympy(e).subs(x, v)) for e in r] for r in m.rep.to_ddm()]
                inner = rank_by_cases(over_domain(rows), context, (*fixed, x))
                pieces = inner.args if isinstance(inner, sp.Piecewise) else ((inner, sp.true),)
                branches += [(value, sp.And(sp.Eq(x, v), condition)) for value, condition in pieces]
            break
        else:
            context.require(App("ne", (lift(factor, context), num(0)), (), "truth"))
    return sp.Piecewise(*branches, (generic, True)) if branches else generic


def _excluded(x: Any, v: Any) -> bool:
    """Whether what is known of a name rules a value out."""
    return bool(
        (x.is_positive and v.is_nonpositive) or (x.is_negative and v.is_nonnegative) or (x.is_nonnegative and v.is_negative)
    )


@operation("rref")
def rref(context: Context, a: Term) -> Term:
    """The reduced row echelon form."""
    rows, _ = reduced(a, context)
    return term_of(rows, context, tuple(d for d in a.shape if isinstance(d, int)))


def null_vectors(a: Term, context: Context) -> list[list[Any]]:
    """A basis of the solutions of A*x == 0, one vector for every free column."""
    rows, pivots = reduced(a, context)
    n = len(rows[0])
    found = []
    for free in (j for j in range(n) if j not in pivots):
        v = [sp.S.Zero] * n
        v[free] = sp.S.One
        for i, p in enumerate(pivots):
            v[p] = -rows[i][free]
        found.append(cleared(v))
    return found


def cleared(v: list[Any]) -> list[Any]:
    """A multiple with whole entries where all are rational, or polynomials where all are rational functions."""
    parts = [sp.together(e) for e in v]
    if all(e.is_rational_function(*e.free_symbols) for e in parts):
        denominator = sp.S.One
        for e in parts:
            denominator = sp.lcm(denominator, sp.denom(e))
        scaled = [sp.cancel(e * denominator) for e in parts]
        if all(e.is_Rational for e in scaled):
            divisor = sp.igcd(*(int(e) for e in scaled)) or 1
            scaled = [e / divisor for e in scaled]
        return scaled
    return v


def vectors(found: list[list[Any]], context: Context) -> Term:
    """A set of column vectors."""
    return App("set", tuple(vector_of([lift(short(e, context), context) for e in v]) for v in found), (), "set")


@operation("nullspace")
def nullspace(context: Context, a: Term) -> Term:
    """A basis of the solutions of A*x == 0."""
    return vectors(null_vectors(a, context), context)


@operation("colspace")
def colspace(context: Context, a: Term) -> Term:
    """The columns of the matrix that make a basis of their span."""
    _, pivots = reduced(a, context)
    columns = [list(c) for c in zip(*rows_of(a), strict=True)]
    return App("set", tuple(vector_of(columns[p]) for p in pivots), (), "set")


@operation("rowspace")
def rowspace(context: Context, a: Term) -> Term:
    """The rows of the reduced form that are not 0, as vectors."""
    rows, pivots = reduced(a, context)
    return vectors([cleared(r) for r in rows[: len(pivots)]], context)


def basis(context: Context, *args: Term) -> Term:
    """The given vectors that are independent of those before them: a basis of their span."""
    return colspace(context, side_by_side(columns_of(*args)))


def linearly_independent(context: Context, *args: Term) -> Term:
    """Whether only the trivial combination of the vectors is 0; with parameters, the condition for that."""
    columns = columns_of(*args)
    n = len(columns)
    if n > len(columns[0]):
        return FALSE
    found = lower(rank(context, side_by_side(columns)), context)
    if isinstance(found, sp.Piecewise):
        excluded = [c for value, c in found.args if value != n and c != sp.true]
        full = [value for value, c in found.args if c == sp.true][0] == n
        return lift(sp.to_nnf(sp.And(*(sp.Not(c) for c in excluded))), context) if full else FALSE
    return TRUE if found == n else FALSE


def coordinates(context: Context, v: Term, *basis_vectors: Term) -> Term:
    """The coefficients of a vector in a basis (of a space that contains it)."""
    columns = columns_of(*basis_vectors)
    target = [r[0] for r in rows_of(explicit(v, context))]
    if len(target) != len(columns[0]):
        raise fail(
            "shape-mismatch", f"a vector of length {len(target)} and a basis of vectors of length {len(columns[0])}", v.span
        )
    rows, pivots = reduced(side_by_side([*columns, target]), context)
    n = len(columns)
    if n in pivots:
        raise fail("not-in-span", "the vector is not a combination of these vectors", v.span, "span_contains(vectors, v) tells")
    if len(pivots) < n:
        raise fail(
            "not-independent",
            "these vectors are not a basis: they are linearly dependent",
            v.span,
            "basis(…) picks a basis from them",
        )
    return term_of([[rows[i][n]] for i in range(n)], context, (n,))


def span_contains(context: Context, group: Term, v: Term) -> Term:
    """Whether a vector is a combination of the given ones; with parameters, the condition for that."""
    columns = columns_of(group)
    target = [r[0] for r in rows_of(explicit(v, context))]
    if len(target) != len(columns[0]):
        return FALSE
    before, after = side_by_side(columns), side_by_side([*columns, target])
    m = domain_matrix(before, context)
    names = {s for row in entries(after, context) for e in row for s in e.free_symbols}
    if not names or related(m):
        return TRUE if len(reduced(before, context)[1]) == len(reduced(after, context)[1]) else FALSE
    # The target lies in the span where it is orthogonal to everything that is orthogonal to the span.
    normal = null_vectors(side_by_side([list(r) for r in before.rows]), context)
    vector = [lower(t, context) for t in target]
    equations = [sp.factor(sum((a * b for a, b in zip(w, vector, strict=True)), sp.S.Zero)) for w in normal]
    left = [e for e in equations if not vanishes(e, context)]
    return lift(sp.And(*map(is_zero, left)), context) if left else TRUE


def change_of_basis(context: Context, old: Term, new: Term) -> Term:
    """The matrix that turns coordinates in the old basis into coordinates in the new one."""
    b, c = side_by_side(columns_of(old)), side_by_side(columns_of(new))
    if b.shape != c.shape or b.shape[0] != b.shape[1]:
        raise fail("shape-mismatch", "two bases of the same space are needed", old.span)
    return present(explicit(App("mul", (inv(context, c), b), b.shape), context), context)


# --- inner products ---------------------------------------------------------------------------------------------------------


def inner(u: list[Term], v: list[Term]) -> Term:
    return total(times(a, b) for a, b in zip(u, v, strict=True))


def orthogonal(columns: list[list[Term]], context: Context) -> list[list[Term]]:
    """Orthogonal vectors with the same spans (Gram-Schmidt without normalising); dependent ones are dropped."""
    found: list[list[Term]] = []
    for column in columns:
        w = column
        for u in found:
            factor = over(inner(w, u), inner(u, u))
            w = [present(total((a, times(num(-1), times(factor, b)))), context) for a, b in zip(w, u, strict=True)]
        if not all(vanishes(lower(x, context), context) for x in w):
            found.append(w)
    return found


def gram_schmidt(context: Context, *args: Term) -> Term:
    """An orthonormal basis of the span of the vectors, in their order."""
    found = []
    for w in orthogonal(columns_of(*args), context):
        length = App("sqrt", (inner(w, w),))
        found.append(vector_of([present(over(x, length), context) for x in w]))
    return App("set", tuple(found), (), "set")


def orthogonal_complement(context: Context, *args: Term) -> Term:
    """A basis of the vectors orthogonal to all the given ones."""
    columns = columns_of(*args)
    return vectors(null_vectors(Array(tuple(map(tuple, columns)), (len(columns), len(columns[0]))), context), context)


def project(context: Context, v: Term, *onto: Term) -> Term:
    """The orthogonal projection of a vector onto the span of others."""
    target = [r[0] for r in rows_of(explicit(v, context))]
    columns = [c for a in onto for c in columns_of(a)]
    if len(columns[0]) != len(target):
        raise fail("shape-mismatch", f"a vector of length {len(target)} onto vectors of length {len(columns[0])}", v.span)
    parts = orthogonal(columns, context)
    out = [total(times(over(inner(target, u), inner(u, u)), u[k]) for u in parts) for k in range(len(target))]
    return vector_of([present(x, context) for x in out])
