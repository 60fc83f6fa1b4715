"""Claims about minimal polynomials and bases of spaces, as claims about what these mean: `minpoly(A, t) == p` says that p has the leading coefficient 1,
that p(A) is 0, and that the powers of A below the degree of p are independent; a basis spans what the vectors that are asked about span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from flint import fmpq, fmpq_poly

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app, entry_of, full
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Array, Num, Symbol, Term, Var, free_symbols, num
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import explicit, rows_of
from twofold.symbolic.normal import equal

_LARGEST, _HIGHEST = 4, 8
"""Rows of a matrix, and degree of a polynomial, that are written out."""
Rows = list[list[Term]]


def minimal_polynomial(goal: Goal, asked: App, claimed: Term) -> tuple[tuple[Goal, ...], str, tuple[Symbol, ...]] | None:
    """The goals of a claimed minimal polynomial, how it was read, and its variable; `None` where it is no polynomial in this."""
    if len(asked.args) != 2 or not isinstance(asked.args[1], Var):
        return None
    matrix, t = asked.args[0], asked.args[1].symbol
    if t in free_symbols(matrix) or claimed.shape or claimed.sort != "number":
        return None
    found = _coefficients(claimed, t)
    if found is None:
        return None
    while len(found) > 1 and equal(found[-1], num(0)):
        found.pop()
    top = replace(goal, left=found[-1], right=num(1))
    rows = _rows(matrix) if matrix.shape else [[matrix]]
    if rows is None:
        return None
    powers = [_identity(len(rows))]
    for _ in found[1:]:
        powers.append(_product(powers[-1], rows))
    value = [
        [_sum([_times(c, p[i][j]) for c, p in zip(found, powers, strict=True)]) for j in range(len(rows))]
        for i in range(len(rows))
    ]
    n = len(rows)
    goals = [top]
    if matrix.shape:
        goals.append(replace(goal, left=_array(value), right=app("zeros", num(n), num(n))))
        if len(found) > 2:
            stacked = [[x for r in p for x in r] for p in powers[:-1]]
            columns = list(dict.fromkeys(c for c in zip(*stacked, strict=True) if any(x != num(0) for x in c)))
            goals.append(replace(goal, left=app("rank", _array([list(c) for c in columns])), right=num(len(found) - 1)))
        said = "read as: of leading coefficient 1, 0 at the matrix, and no polynomial of smaller degree is"
    else:
        numbers = [rational(c) for c in found]
        if any(q is None for q in numbers) or free_symbols(matrix):
            return None
        goals.append(replace(goal, left=value[0][0], right=num(0)))
        _, factors = fmpq_poly([fmpq(q.numerator, q.denominator) for q in numbers if q is not None]).numer().factor()
        goals.append(replace(goal, left=num(sum(k for _, k in factors)), right=num(1)))
        said = "read as: of leading coefficient 1, 0 at the number, and with one irreducible factor"
    return tuple(goals), said, (t,)


def spanning(goal: Goal, asked: App, claimed: App) -> tuple[tuple[Goal, ...], str] | None:
    """The goals of a claimed basis of a span: the vectors are independent, as many as the rank, and add nothing to it."""
    vectors = _vectors(claimed.args)
    given = _spanned(asked)
    if vectors is None or given is None or claimed.op != "set" or vectors and len(vectors[0]) != len(given[0]):
        return None
    goals = [replace(goal, left=app("rank", _array(given)), right=num(len(vectors)))]
    if vectors:
        goals.append(replace(goal, left=app("rank", _array(vectors)), right=num(len(vectors))))
        goals.append(replace(goal, left=app("rank", _array([*given, *vectors])), right=num(len(vectors))))
    return tuple(goals), "read as a basis of the same span"


def complementary(goal: Goal, asked: App, claimed: App) -> tuple[tuple[Goal, ...], str] | None:
    """The goals of a claimed basis of an orthogonal complement: orthogonal to all that is given, independent, and as many as are missing."""
    vectors = _vectors(claimed.args)
    given = _spanned(asked)
    if (
        vectors is None
        or given is None
        or claimed.op != "set"
        or goal.reading != "real"
        or vectors
        and len(vectors[0]) != len(given[0])
    ):
        return None
    goals = [replace(goal, left=app("rank", _array(given)), right=num(len(given[0]) - len(vectors)))]
    if vectors:
        goals.append(replace(goal, left=app("rank", _array(vectors)), right=num(len(vectors))))
        goals += [
            replace(goal, left=_sum([_times(x, y) for x, y in zip(u, v, strict=True)]), right=num(0))
            for u in given
            for v in vectors
        ]
    return tuple(goals), "read as a basis of the orthogonal complement"


def _spanned(asked: App) -> Rows | None:
    """The vectors that are given, as rows: those of a matrix by its columns (by its rows for the row space)."""
    if len(asked.args) == 1 and asked.args[0].shape and (rows := _rows(asked.args[0], False)) is not None:
        return rows if asked.op == "rowspace" else [list(c) for c in zip(*rows, strict=True)]
    parts = (
        asked.args[0].args
        if len(asked.args) == 1 and isinstance(asked.args[0], App) and asked.args[0].op == "set"
        else asked.args
    )
    return _vectors(parts)


def _vectors(parts: Sequence[Term]) -> Rows | None:
    """The entries of written vectors of one length."""
    if not all(isinstance(v, Array) and full(v.shape)[1] == 1 for v in parts):
        return None
    found = [[x for r in v.rows for x in r] for v in parts if isinstance(v, Array)]
    return found if len({len(v) for v in found}) <= 1 and not any(x.shape for v in found for x in v) else None


def _rows(matrix: Term, is_square: bool = True) -> Rows | None:
    """The entries of a small matrix that is written out."""
    m, n = full(matrix.shape)
    if not isinstance(m, int) or not isinstance(n, int) or is_square and (m != n or m > _LARGEST):
        return None
    if isinstance(matrix, App) and matrix.op == "matrix_of":
        return [[entry_of(matrix, i + 1, j + 1) for j in range(n)] for i in range(m)]
    try:
        rows = [list(r) for r in rows_of(explicit(matrix, Context()))]
    except (NoClosedForm, TwofoldError):
        return None
    return None if any(x.shape for r in rows for x in r) else rows


def _coefficients(p: Term, t: Symbol) -> list[Term] | None:
    """The coefficients of a polynomial in a name, the lowest first; `None` for what is none, or of high degree."""
    if t not in free_symbols(p):
        return [p]
    if isinstance(p, Var):
        return [num(0), num(1)]
    if not isinstance(p, App):
        return None
    parts = [_coefficients(a, t) for a in p.args]
    if p.op == "pow" and parts[0] is not None and isinstance(p.args[1], Num) and p.args[1].value.denominator == 1:
        k = int(p.args[1].value)
        one: list[Term] = [num(1)]
        return reduce(_convolved, [parts[0]] * k, one) if k >= 0 and k * (len(parts[0]) - 1) <= _HIGHEST else None
    known = [c for c in parts if c is not None]
    if len(known) < len(parts):
        return None
    if p.op == "neg":
        return [_times(num(-1), c) for c in known[0]]
    if p.op in ("add", "sub") and len(known) == 2:
        a, b = known
        b = [_times(num(-1), c) for c in b] if p.op == "sub" else b
        return [_sum([x[k] for x in (a, b) if k < len(x)]) for k in range(max(len(a), len(b)))]
    if p.op == "mul" and len(known) == 2 and len(known[0]) + len(known[1]) - 2 <= _HIGHEST:
        return _convolved(*known)
    if p.op == "div" and t not in free_symbols(p.args[1]):
        return [app("div", c, p.args[1]) for c in known[0]]
    return None


def _convolved(a: list[Term], b: list[Term]) -> list[Term]:
    return [
        _sum([_times(a[i], b[k - i]) for i in range(max(0, k - len(b) + 1), min(k, len(a) - 1) + 1)])
        for k in range(len(a) + len(b) - 1)
    ]


def _times(a: Term, b: Term) -> Term:
    if num(0) in (a, b):
        return num(0)
    return b if a == num(1) else a if b == num(1) else app("mul", a, b)


def _sum(parts: Sequence[Term]) -> Term:
    kept = [p for p in parts if p != num(0)]
    return reduce(lambda a, b: app("add", a, b), kept) if kept else num(0)


def _product(a: Rows, b: Rows) -> Rows:
    return [[_sum([_times(r[k], b[k][j]) for k in range(len(b))]) for j in range(len(b[0]))] for r in a]


def _identity(n: int) -> Rows:
    return [[num(int(i == j)) for j in range(n)] for i in range(n)]


def _array(rows: Rows) -> Term:
    return Array(tuple(map(tuple, rows)), (len(rows), len(rows[0])))
