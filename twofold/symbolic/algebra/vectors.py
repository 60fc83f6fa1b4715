"""Products, norms and angles of vectors; matrices made from vectors; properties of matrices; linear maps."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app, full
from twofold.core.diagnostic import TwofoldError, fail
from twofold.grammar.term import FALSE, MISSING, OO, TRUE, App, Array, Bound, Const, Num, Symbol, Term, num, substitute, var
from twofold.symbolic.algebra.eigen import spectrum
from twofold.symbolic.algebra.matrices import (
    columns_of,
    entries,
    is_zero,
    operation,
    side_by_side,
    square,
    term_of,
    vanishes,
)
from twofold.symbolic.algebra.singular_order import falling
from twofold.symbolic.algebra.spaces import colspace, inner, nullspace
from twofold.symbolic.algebra.square import inv, require_nonzero
from twofold.symbolic.algebra.unitary import inner_product, settled
from twofold.symbolic.arithmetic import ONE, ZERO, is_number, make, minus, over, power, times, total
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.entries import explicit, rows_of, shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import present
from twofold.symbolic.work import carry_out


def _flat(term: Term) -> list[Term]:
    return [x for row in rows_of(term) for x in row]


@operation("dot")
def dot(context: Context, u: Term, v: Term) -> Term:
    """The sum of the products of the entries (no conjugation)."""
    return inner(_flat(u), _flat(v))


@operation("cross")
def cross(context: Context, u: Term, v: Term) -> Term:
    """The vector product in three dimensions."""
    a, b = _flat(u), _flat(v)
    return Array((tuple(minus(times(a[i], b[j]), times(a[j], b[i])) for i, j in ((1, 2), (2, 0), (0, 1))),), (3,))


@operation("outer")
def outer(context: Context, u: Term, v: Term) -> Term:
    """The matrix u*v'."""
    return shaped([[times(a, b) for b in _flat(v)] for a in _flat(u)], (len(_flat(u)), len(_flat(v))))


@operation("kron")
def kron(context: Context, a: Term, b: Term) -> Term:
    """The Kronecker product: the blocks A[i, j]*B."""
    left, right = rows_of(a), rows_of(b)
    rows = [[times(x, y) for x in r for y in s] for r in left for s in right]
    return shaped(rows, (len(rows),) if len(rows[0]) == 1 else (len(rows), len(rows[0])))


@operation("hadamard")
def hadamard(context: Context, a: Term, b: Term) -> Term:
    """The entrywise product, the same as A .* B."""
    return explicit(app("emul", a, b), context)


def _modulus_squared(x: Term, context: Context) -> Term:
    lowered = lower(x, context)
    return power(x, num(2)) if lowered.is_real else power(app("abs", x), num(2))


@operation("norm")
def norm(context: Context, a: Term, kind: Term = MISSING) -> Term:
    """The norm of a vector (2 by default; 1, 2, oo or any p >= 1) or of a matrix (`fro` by default; 1, 2, oo, `nuclear`)."""
    flat = _flat(a)
    matrix = min(d for d in full(a.shape) if isinstance(d, int)) > 1
    name = kind.name if isinstance(kind, Const) else ""
    if name == "missing" or name == "fro" or (is_number(kind, 2) and not matrix):
        return app("sqrt", total(_modulus_squared(x, context) for x in flat))
    sizes = [[app("abs", x) for x in row] for row in rows_of(a)]
    if is_number(kind, 1):
        return _largest([total(c) for c in zip(*sizes, strict=True)]) if matrix else total(x for r in sizes for x in r)
    if name == "oo":
        return _largest([total(r) for r in sizes]) if matrix else _largest([x for r in sizes for x in r])
    exponent = rational(kind) if kind.sort == "number" else None
    if not matrix and kind.sort == "number" and (exponent is None or exponent >= 1):
        if exponent is None:
            context.require(app("ge", kind, ONE))
        return power(total(power(x, kind) for r in sizes for x in r), over(ONE, kind))
    if is_number(kind, 2) or name == "nuclear":
        values = singular_values(a, context)
        if name == "nuclear":
            return lift(sp.Add(*values), context)
        order = falling(values) if any(v.free_symbols for v in values) else None
        return lift(sp.Max(*values) if order is None else order[0], context)
    raise fail(
        "wrong-kind",
        "this is not a norm",
        kind.span,
        "write norm(A), norm(A, 1), norm(A, 2), norm(A, oo), norm(A, fro) or norm(A, nuclear)",
    )


def _largest(parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else app("max", *parts)


def singular_values(a: Term, context: Context) -> list[sp.Expr]:
    """The square roots of the eigenvalues of A'*A, each as often as its multiplicity."""
    made = sp.Matrix(entries(a, context))
    smaller = (made.H * made if made.cols <= made.rows else made * made.H).applyfunc(lambda e: settled(e, context))
    return [sp.sqrtdenest(sp.sqrt(r)) for r, k in spectrum(term_of(smaller.tolist(), context), context) for _ in range(k)]


@operation("cond")
def cond(context: Context, a: Term, kind: Term = MISSING) -> Term:
    """The condition number in the 2-norm, the largest singular value over the smallest; in another norm the norm of the matrix times
    that of its inverse."""
    if kind != MISSING and not is_number(kind, 2):
        if len(set(full(a.shape))) > 1:
            raise fail("shape-mismatch", "a condition number in this norm needs a square matrix", a.span, "write cond(A)")
        try:
            inverse = inv(context, a)
        except TwofoldError as error:
            if error.diagnostic.code != "singular-matrix":
                raise
            return OO
        return present(times(norm(context, a, kind), norm(context, inverse, kind)), context)
    values = singular_values(a, context)
    if any(v.free_symbols for v in values):
        order = falling(values)
        if order is None and (len(values) > 3 or sum(map(sp.count_ops, values)) > 40):
            raise NoClosedForm("the singular values cannot be ordered")
        rows = sp.Matrix(entries(a, context))
        whole = rows if rows.is_square else (rows.T * rows if rows.cols < rows.rows else rows * rows.T)
        size = sp.factor(whole.det())
        if vanishes(size, context):
            return OO
        require_nonzero(size, context)
        order = order or [sp.Max(*values), sp.Min(*values)]
        return present(over(lift(order[0], context), lift(order[-1], context)), context)
    smallest = min(values, key=float)
    if smallest == 0:
        return OO
    return lift(max(values, key=float) / smallest, context)


@operation("angle")
def angle(context: Context, u: Term, v: Term) -> Term:
    """The angle between two vectors that are not 0, in [0, pi]."""
    a, b = ([lower(x, context) for x in _flat(w)] for w in (u, v))
    squares = [settled(inner_product(w, w), context) for w in (a, b)]
    for w, length in zip((u, v), squares, strict=True):
        if vanishes(length, context):
            raise fail("zero-vector", "the zero vector makes no angle", w.span, "give two vectors that are not 0")
        require_nonzero(length, context)
    # The angle of complex vectors is that of their real and imaginary parts side by side.
    product = sp.re(inner_product(a, b)) if any(x.has(sp.I) for x in (*a, *b)) else inner_product(a, b)
    cosine = over(lift(settled(product, context), context), times(*(app("sqrt", lift(s, context)) for s in squares)))
    return app("acos", present(cosine, context))


# --- matrices of a pattern ---------------------------------------------------------------------------------------------------


def _filled(op: str, args: tuple[Term, ...], entry: int) -> Term:
    sizes = [int(a.value) for a in args if isinstance(a, Num)]
    if len(sizes) < len(args):
        return app(op, *args)
    rows = [[num(entry)] * (sizes[1] if len(sizes) > 1 else 1) for _ in range(sizes[0])]
    return shaped(rows, tuple(sizes))


def eye(context: Context, n: Term) -> Term:
    """The identity matrix."""
    if not isinstance(n, Num):
        return app("eye", n)
    k = int(n.value)
    return shaped([[ONE if i == j else ZERO for j in range(k)] for i in range(k)], (k, k))


def ones(context: Context, *sizes: Term) -> Term:
    """A vector or matrix of ones."""
    return _filled("ones", sizes, 1)


def zeros(context: Context, *sizes: Term) -> Term:
    """A vector or matrix of zeros."""
    return _filled("zeros", sizes, 0)


@operation("diag")
def diag(context: Context, v: Term) -> Term:
    """The diagonal matrix of a vector; the diagonal of a matrix."""
    rows = rows_of(v)
    if len(v.shape) == 2 and len(rows) > 1 and len(rows[0]) > 1:
        return Array((tuple(rows[k][k] for k in range(min(len(rows), len(rows[0])))),), (min(len(rows), len(rows[0])),))
    flat = _flat(v)
    return shaped([[x if i == j else ZERO for j in range(len(flat))] for i, x in enumerate(flat)], (len(flat), len(flat)))


@operation("vec")
def vec(context: Context, a: Term) -> Term:
    """The columns of a matrix below one another."""
    flat = tuple(x for column in zip(*rows_of(a), strict=True) for x in column)
    return Array((flat,), (len(flat),))


# --- properties --------------------------------------------------------------------------------------------------------------


def _all_zero(parts: list[Term], context: Context) -> Term:
    """The condition that all these are 0: true, false, or equations between parameters."""
    left = [e for e in (sp.factor(lower(p, context)) for p in parts) if not vanishes(e, context)]
    if any(e.is_zero is False for e in left):
        return FALSE
    return lift(sp.And(*(is_zero(e) for e in dict.fromkeys(left))), context) if left else TRUE


@operation("is_symmetric")
def is_symmetric(context: Context, a: Term) -> Term:
    """Whether A == A'; with parameters, the condition for that."""
    square(a)
    rows = rows_of(a)
    return _all_zero([minus(rows[i][j], rows[j][i]) for i in range(len(rows)) for j in range(i)], context)


@operation("is_orthogonal")
def is_orthogonal(context: Context, a: Term) -> Term:
    """Whether A'*A is the identity; with parameters, the condition for that."""
    n = square(a)
    columns = [list(c) for c in zip(*rows_of(a), strict=True)]
    return _all_zero([minus(inner(columns[i], columns[j]), num(int(i == j))) for i in range(n) for j in range(i + 1)], context)


@operation("is_posdef")
def is_posdef(context: Context, a: Term) -> Term:
    """Whether a matrix is symmetric (Hermitian, if complex) and positive definite: all leading minors are positive; with
    parameters, the condition for that."""
    n = square(a)
    rows = rows_of(a)
    mirrored = [[lift(sp.conjugate(lower(x, context)), context) for x in r] for r in rows]
    symmetric = _all_zero([minus(rows[i][j], mirrored[j][i]) for i in range(n) for j in range(i + 1)], context)
    if symmetric == FALSE:
        return FALSE
    from twofold.symbolic.algebra.square import det

    conditions = [] if symmetric == TRUE else [lower(symmetric, context)]
    for k in range(1, n + 1):
        minor = lower(det(context, shaped([r[:k] for r in rows[:k]], (k, k))), context)
        if minor.is_nonpositive:
            return FALSE
        if not minor.is_positive:
            conditions.append(minor > 0)
    return lift(sp.And(*conditions), context) if conditions else TRUE


# --- linear maps -------------------------------------------------------------------------------------------------------------


def _partials(t: Term, context: Context) -> tuple[list[Symbol], list[Term], list[list[Term]]]:
    """Fresh names for the entries of a map's variables, its values over them, and its partial derivatives."""
    if not isinstance(t, Bound) or t.op != "lambda":
        raise fail("wrong-kind", "a function of a vector is needed here", t.span, "define T(v) = [v[1] + v[2], 2v[1]]")
    names: list[Symbol] = []
    values: dict[Symbol, Term] = {}
    for symbol in t.symbols:
        n = full(symbol.shape)[0]
        if not isinstance(n, int):
            raise NoClosedForm("the map acts on vectors of symbolic length")
        own = [Symbol(f"{symbol.name}{k + 1}") for k in range(n)]
        names += own
        values[symbol] = Array((tuple(map(var, own)),), (n,)) if symbol.shape else var(own[0])
    found = _flat(explicit(carry_out(substitute(t.body, values), context), context))
    return names, found, [[present(derivative(v, s), context) for s in names] for v in found]


def is_linear(context: Context, t: Term) -> Term:
    """Whether a function of a vector (or number) is linear; where parameters decide, what these have to satisfy."""
    names, values, partials = _partials(t, context)
    own = {lower(var(s), context) for s in names}
    needed: list[Term] = []
    for v, row in zip(values, partials, strict=True):
        slopes = [lower(d, context) for d in row]
        if any(s.free_symbols & own and not _constant(s, own, context) for s in slopes):
            return FALSE
        rebuilt = total(times(d, var(s)) for d, s in zip(row, names, strict=True))
        rest = lower(minus(v, rebuilt), context)
        if vanishes(rest, context):
            continue
        rest = sp.factor(rest)
        if not rest.free_symbols or rest.free_symbols & own or rest.is_zero is False:
            return FALSE
        needed.append(App("eq", (lift(rest, context), num(0)), (), "truth"))
    return together(needed)


def _constant(e: sp.Expr, names: set[sp.Symbol], context: Context) -> bool:
    return all(vanishes(sp.diff(e, s), context) for s in names)


def matrix_of(context: Context, t: Term, source: Term = MISSING, target: Term = MISSING) -> Term:
    """The matrix of a linear map in the standard bases, or from one basis to another (to the same if only one is given)."""
    linear = is_linear(context, t) if isinstance(t, Bound) else TRUE
    if linear == FALSE:
        raise fail(
            "not-linear",
            "this function is not linear, so that it has no matrix",
            t.span,
            "jacobian(T(v), v) is its linear part at a point",
        )
    for needed in conjuncts(linear):
        context.require(needed)
    _, _, partials = _partials(t, context)
    m: Term = shaped(partials, (len(partials), len(partials[0])))
    if source == MISSING:
        return m
    b = side_by_side(columns_of(source))
    c = b if target == MISSING else side_by_side(columns_of(target))
    product = make("mul", inv(context, c), make("mul", m, b))
    return present(explicit(product, context), context)


def kernel(context: Context, t: Term) -> Term:
    """A basis of what a linear map (or a matrix) sends to 0."""
    return nullspace(context, t if t.sort != "function" else matrix_of(context, t))


def image(context: Context, t: Term) -> Term:
    """A basis of the values of a linear map (or of the column space of a matrix)."""
    return colspace(context, t if t.sort != "function" else matrix_of(context, t))
