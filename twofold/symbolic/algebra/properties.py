"""Properties of matrices; with parameters, the condition under which a matrix has them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.grammar.term import FALSE, TRUE, App, Term
from twofold.symbolic.algebra.eigen import DEFECTIVE, diagonalize
from twofold.symbolic.algebra.elimination import has_parameters
from twofold.symbolic.algebra.matrices import domain_matrix, entries, is_zero, operation, square, vanishes
from twofold.symbolic.algebra.singular_order import falling
from twofold.symbolic.algebra.square import det
from twofold.symbolic.algebra.unitary import settled
from twofold.symbolic.algebra.vectors import singular_values as unordered
from twofold.symbolic.condition_form import negation
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import rows_of, shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower


def _all_vanish(parts: list[Any], context: Context) -> Term:
    """The condition that all these are 0: true, false, or equations between parameters."""
    left = [e for e in (sp.factor(settled(p, context)) for p in parts) if not vanishes(e, context)]
    if any(e.is_zero is False or not e.free_symbols and _is_apart(e) for e in left):
        return FALSE
    if any(not e.free_symbols for e in left):
        raise NoClosedForm("whether a number is 0 was not found")
    return lift(sp.And(*(is_zero(e) for e in dict.fromkeys(left))), context) if left else TRUE


def _is_apart(e: Any) -> bool:
    """Whether a number differs from 0 by more than its evaluation errs."""
    found = e.evalf(30)
    return bool(found.is_number and abs(found) > sp.Rational(1, 10**20))


def _matrix(a: Term, context: Context) -> Any:
    square(a)
    return sp.Matrix(entries(a, context))


@operation("is_hermitian")
def is_hermitian(context: Context, a: Term) -> Term:
    """Whether A is its conjugate transpose."""
    m = _matrix(a, context)
    return _all_vanish([m[i, j] - sp.conjugate(m[j, i]) for i in range(m.rows) for j in range(i + 1)], context)


@operation("is_unitary")
def is_unitary(context: Context, a: Term) -> Term:
    """Whether the columns are orthonormal in the complex inner product."""
    m = _matrix(a, context)
    return _all_vanish(list(m.H * m - sp.eye(m.rows)), context)


@operation("is_normal")
def is_normal(context: Context, a: Term) -> Term:
    """Whether A commutes with its conjugate transpose."""
    m = _matrix(a, context)
    return _all_vanish(list(m.H * m - m * m.H), context)


@operation("is_invertible")
def is_invertible(context: Context, a: Term) -> Term:
    """Whether the determinant is not 0."""
    square(a)
    found = _all_vanish([lower(det(context, a), context)], context)
    return {TRUE: FALSE, FALSE: TRUE}.get(found) or lift(sp.Not(lower(found, context)), context)


@operation("is_diagonalizable")
def is_diagonalizable(context: Context, a: Term) -> Term:
    """Whether the minimal polynomial has no multiple root: A satisfies its characteristic polynomial without multiplicities."""
    square(a)
    m = domain_matrix(a, context, field=True)
    if has_parameters(m):
        return _as_condition(diagonalize(context, a), context)
    x = sp.Dummy("x")
    p = sp.Poly([m.domain.to_sympy(c) for c in m.charpoly()], x)
    slim = sp.quo(p, sp.gcd(p, p.diff(x)))
    exact = m.domain.is_ZZ or m.domain.is_QQ or m.domain.is_Algebraic
    if slim.degree() == p.degree():
        if not exact and not _is_apart(sp.discriminant(p.as_expr(), x)):
            raise NoClosedForm("whether two eigenvalues are the same was not found")
        return TRUE
    one = DomainMatrix.eye(m.shape[0], m.domain)
    value = DomainMatrix.zeros(m.shape, m.domain)
    for c in slim.all_coeffs():
        value = value * m + m.domain.from_sympy(c) * one
    left = [e for row in value.to_list() for e in row if not vanishes(m.domain.to_sympy(e), context)]
    if left and not exact and not any(_is_apart(m.domain.to_sympy(e)) for e in left):
        raise NoClosedForm("whether the eigenvectors are a basis was not found")
    return FALSE if left else TRUE


def _as_condition(found: Term, context: Context) -> Term:
    """The cases of a diagonalisation in which there is one."""
    if not (isinstance(found, App) and found.op == "piecewise"):
        return FALSE if found == DEFECTIVE else TRUE
    *pairs, otherwise = found.args
    truths = [(FALSE if v == DEFECTIVE else TRUE, c) for v, c in zip(pairs[::2], pairs[1::2], strict=True)]
    last = FALSE if otherwise == DEFECTIVE else TRUE
    out = last
    for truth, condition in reversed(truths):
        if truth == out:
            continue
        if out == FALSE:
            out = condition
        elif out == TRUE:
            out = negation(condition)
        else:
            out = (
                App("or", (condition, out), (), "truth") if truth == TRUE else App("and", (negation(condition), out), (), "truth")
            )
    return out


@operation("is_negdef")
def is_negdef(context: Context, a: Term) -> Term:
    """Whether A is Hermitian and its leading minors alternate in sign, the first negative."""
    n, rows = square(a), rows_of(a)
    mirrored = is_hermitian(context, a)
    conditions = [] if mirrored == TRUE else [lower(mirrored, context)]
    for k in range(1, n + 1):
        minor = lower(det(context, shaped([r[:k] for r in rows[:k]], (k, k))), context)
        size = minor if k % 2 == 0 else -minor
        if mirrored == FALSE or size.is_nonpositive:
            return FALSE
        if not size.is_positive:
            conditions.append(minor > 0 if k % 2 == 0 else minor < 0)
    return lift(sp.And(*conditions), context) if conditions else TRUE


@operation("is_possemidef")
def is_possemidef(context: Context, a: Term) -> Term:
    """Whether A is Hermitian and all its principal minors are nonnegative (not only the leading ones)."""
    m = _matrix(a, context)
    mirrored = is_hermitian(context, a)
    if mirrored == FALSE:
        return FALSE
    if m.rows > 8:
        raise NoClosedForm("there are too many principal minors; is_posdef(A) needs the leading ones only")
    conditions = [] if mirrored == TRUE else [lower(mirrored, context)]
    rows = rows_of(a)
    for k in range(1, m.rows + 1):
        for chosen in combinations(range(m.rows), k):
            part = shaped([[rows[i][j] for j in chosen] for i in chosen], (k, k))
            minor = lower(det(context, part), context)
            if vanishes(minor, context) or minor.is_nonnegative:
                continue
            if minor.is_negative or not minor.free_symbols and sp.re(minor).evalf(30) < 0:
                return FALSE
            if minor.free_symbols:
                conditions.append(sp.Ge(sp.factor(minor), 0))
    return lift(sp.And(*conditions), context) if conditions else TRUE


@operation("singular_values")
def singular_values(context: Context, a: Term) -> Term:
    """The square roots of the eigenvalues of A'*A (conjugate transpose), falling."""
    found = list(reversed(unordered(a, context)))
    if len(found) > 1 and any(v.free_symbols for v in found):
        order = falling(found)
        if order is None and len(found) > 2:
            raise NoClosedForm("the singular values cannot be ordered; eigenvalues(ctranspose(A)*A) are their squares")
        found = [sp.Max(*found), sp.Min(*found)] if order is None else order
    return shaped([[lift(v, context)] for v in found], (len(found),))
