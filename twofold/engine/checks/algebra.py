"""Checks of linear algebra with NumPy's own algorithms: residuals, ranks and LAPACK eigenvalues, never by way of the exact
result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from twofold.catalogue.display import show
from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, distance, items, points, value, verdict
from twofold.grammar.term import FALSE, TRUE, App, Array, Bound, Const, Symbol, Term, Var, num, substitute, var
from twofold.symbolic.context import Context

_TOLERANCE = 1e-9


def _matrix(a: Any) -> Any:
    a = np.asarray(a)
    return a.reshape(1, 1) if a.ndim == 0 else a.reshape(-1, 1) if a.ndim == 1 else a


def _points(question: Term, answer: Term, context: Context) -> list[Any]:
    return points([question, answer], context, 4)


def _evaluated(question: App, answer: Term, context: Context) -> Iterator[tuple[Any, list[Any]]]:
    """The matrix in question and the elements of the answer, at points where all have values."""
    for p in _points(question, answer, context):
        a = value(question.args[0], p, context, "complex")
        parts = [value(x, p, context, "complex") for x in items(answer)]
        if a is not None and all(x is not None for x in parts):
            yield _matrix(a), parts


def _rank(a: Any) -> int:
    return int(np.linalg.matrix_rank(a, tol=_TOLERANCE * max(1.0, float(np.max(np.abs(a))) if a.size else 1.0))) if a.size else 0


_ORDERS: dict[str, Any] = {"1": 1, "2": 2, "oo": np.inf, "fro": "fro", '"fro"': "fro"}
"""How NumPy calls the norms."""


def condition(question: Term, answer: Term, context: Context) -> Check | None:
    """The quotient of LAPACK's singular values, or NumPy's condition number in another norm; infinite where the numeric rank is not
    full."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = value(question.args[0], p, context, "complex")
        if a is None:
            continue
        a = _matrix(a)
        if answer == Const("oo"):
            errors.append(float(_rank(a) == min(a.shape)))
            continue
        found = value(answer, p, context)
        if found is not None and len(question.args) > 1:
            order = _ORDERS.get(show(question.args[1]))
            if order is not None:
                errors.append(distance(np.linalg.cond(a, order), found))
            continue
        if found is not None:
            expected = float(np.linalg.cond(a))
            errors.append(abs(complex(found) - expected) / expected if expected < 1e7 else 0.0)
    return verdict("LAPACK singular values", errors, close=1e-6, apart=1e-2)


def eigenvalues(question: Term, answer: Term, context: Context) -> Check | None:
    """The same numbers as LAPACK's, each matched once."""
    if not isinstance(question, App):
        return None
    errors = []
    for a, found in _evaluated(question, answer, context):
        expected = list(np.linalg.eigvals(a))
        scale = max(1e-300, max(abs(v) for v in expected))
        if len(expected) != len(found):
            return Check(
                "LAPACK eigenvalues", False, None, EXACT_ROUTE, f"{len(found)} eigenvalues for a matrix of size {len(expected)}"
            )
        for v in found:
            k = min(range(len(expected)), key=lambda j: abs(expected[j] - complex(v)))
            errors.append(abs(expected.pop(k) - complex(v)) / scale)
    # A double eigenvalue is known to half the digits only.
    return verdict("LAPACK eigenvalues", errors, close=1e-6, apart=1e-2)


def eigenvectors(question: Term, answer: Term, context: Context) -> Check | None:
    """A*v == lambda*v for every pair, with multiplicities that add up."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = value(question.args[0], p, context, "complex")
        if a is None:
            continue
        for triple in items(answer):
            eigenvalue, _, basis = items(triple)
            mu = value(eigenvalue, p, context, "complex")
            for v in items(basis):
                vector = value(v, p, context, "complex")
                if mu is None or vector is None or not np.any(vector):
                    continue
                scale = max(float(np.max(np.abs(a))), 1e-300) * float(np.max(np.abs(vector)))
                errors.append(float(np.max(np.abs(a @ vector - mu * vector))) / scale)
    return verdict("residual of the eigenpairs", errors)


def similar(question: Term, answer: Term, context: Context) -> Check | None:
    """A*P == P*J with an invertible P."""
    if not isinstance(question, App):
        return None
    if answer.sort == "text":
        return _defective(question, context)
    errors = []
    for a, (p, j) in _evaluated(question, answer, context):
        if _rank(p) < len(p):
            return Check("residual of A*P == P*J", False, None, EXACT_ROUTE, "P is singular")
        errors.append(distance(a @ p, p @ j))
    return verdict("residual of A*P == P*J", errors)


def _defective(question: App, context: Context) -> Check | None:
    """That the eigenvectors do not make a basis: for some eigenvalue by LAPACK there are fewer than its multiplicity."""
    errors = []
    for p in _points(question, question, context):
        a = value(question.args[0], p, context, "complex")
        if a is None:
            continue
        a = _matrix(a)
        values, scale = np.linalg.eigvals(a), max(1e-300, float(np.max(np.abs(a))))
        found = 0
        left = list(values)
        while left:
            near = [v for v in left if abs(v - left[0]) < 1e-3 * scale]
            left = [v for v in left if abs(v - near[0]) >= 1e-3 * scale]
            sizes = np.linalg.svd(a - np.mean(near) * np.eye(len(a)), compute_uv=False)
            found += min(len(near), int(np.sum(sizes < 1e-6 * scale)))
        errors.append(float(found >= len(a)))
    return verdict("independent eigenvectors counted", errors)


def rref(question: Term, answer: Term, context: Context) -> Check | None:
    """A reduced echelon form whose rows span what those of the matrix do."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a, r = value(question.args[0], p, context, "complex"), value(answer, p, context, "complex")
        if a is None or r is None:
            continue
        a, r = _matrix(a), _matrix(r)
        places = [int(np.flatnonzero(np.abs(row) > 1e-12)[0]) for row in r if np.any(np.abs(row) > 1e-12)]
        shape = places == sorted(set(places)) and all(np.allclose(r[:, j], np.eye(len(r))[:, i]) for i, j in enumerate(places))
        shape = shape and not np.any(np.abs(r[len(places) :]) > 1e-12)
        same = _rank(a) == len(places) == _rank(np.vstack([a, r]))
        errors.append(0.0 if shape and same else 1.0)
    return verdict("echelon form and numeric ranks", errors)


def product(question: Term, answer: Term, context: Context) -> Check | None:
    """The factors multiply to the matrix, and have the form that the factorisation promises."""
    if not isinstance(question, App):
        return None
    errors = []
    for a, raw in _evaluated(question, answer, context):
        parts = [_matrix(x) for x in raw]
        if question.op in ("ldl", "schur"):
            parts = [*parts, parts[0].conj().T]
        elif question.op == "svd":
            parts[2] = parts[2].conj().T
        made = parts[0]
        for x in parts[1:]:
            made = made @ x
        errors.append(distance(a, made))
        if question.op in ("qr", "svd", "schur"):
            errors.append(distance(parts[0].conj().T @ parts[0], np.eye(parts[0].shape[1])))
        if question.op == "svd":
            errors.append(distance(parts[2] @ parts[2].conj().T, np.eye(len(parts[2]))))
        upper = {"lu": 2, "qr": 1, "schur": 1}.get(question.op)
        if upper is not None:
            errors.append(float(np.max(np.abs(np.tril(parts[upper], -1)))) if parts[upper].size else 0.0)
    return verdict("the factors multiplied", errors)


def cholesky(question: Term, answer: Term, context: Context) -> Check | None:
    """L*L' is the matrix."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a, lo = value(question.args[0], p, context, "complex"), value(answer, p, context, "complex")
        if a is not None and lo is not None:
            errors += [distance(_matrix(a), _matrix(lo) @ _matrix(lo).conj().T), float(np.max(np.abs(np.triu(_matrix(lo), 1))))]
    return verdict("the factors multiplied", errors)


def _map_matrix(t: Term, p: Any, context: Context) -> Any:
    """The matrix of a linear map by its values at the unit vectors; a matrix as it is."""
    if not isinstance(t, Bound):
        return value(t, p, context, "complex")
    n = _arity(t)
    if n is None:
        return None
    columns = [_apply(t, [1 if i == j else 0 for i in range(n)], p, context) for j in range(n)]
    return None if any(c is None for c in columns) else np.column_stack([np.atleast_1d(c).reshape(-1) for c in columns])


def _arity(t: Bound) -> int | None:
    """How many numbers a map takes."""
    sizes = [s.shape[0] if s.shape else 1 for s in t.symbols]
    return sum(d for d in sizes if isinstance(d, int)) if all(isinstance(d, int) for d in sizes) else None


def _apply(t: Bound, vector: list[Any], p: Any, context: Context) -> Any:
    values: dict[Symbol, Term] = {}
    left = [num(v) for v in vector]
    for symbol in t.symbols:
        n = symbol.shape[0] if symbol.shape else 1
        assert isinstance(n, int)
        own, left = tuple(left[:n]), left[n:]
        values[symbol] = Array((own,), (n,)) if symbol.shape else own[0]
    return value(substitute(t.body, values), p, context, "complex")


def nullspace(question: Term, answer: Term, context: Context) -> Check | None:
    """Every vector is sent to 0, and there are as many independent ones as the numeric rank leaves."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = _map_matrix(question.args[0], p, context)
        vectors = [value(v, p, context, "complex") for v in items(answer)]
        if a is None or any(v is None for v in vectors):
            continue
        a = _matrix(a)
        if len(vectors) != a.shape[1] - _rank(a):
            return Check(
                "dimension by numeric rank",
                False,
                None,
                EXACT_ROUTE,
                f"{len(vectors)} vectors, but the dimension is {a.shape[1] - _rank(a)}",
            )
        if vectors and _rank(np.column_stack(vectors)) < len(vectors):
            return Check("dimension by numeric rank", False, None, EXACT_ROUTE, "the vectors are dependent")
        errors += [
            float(np.max(np.abs(a @ v))) / max(1e-300, float(np.max(np.abs(a))) * float(np.max(np.abs(v))) or 1.0)
            for v in vectors
        ] or [0.0]
    return verdict("residuals and numeric rank", errors)


def _columns(args: tuple[Term, ...], p: Any, context: Context) -> Any:
    """The vectors that arguments hold, as columns."""
    found = []
    for a in args:
        for x in items(a) if isinstance(a, App) and a.op in ("set", "tuple") else [a]:
            made = _map_matrix(x, p, context)
            if made is None:
                return None
            found.append(_matrix(made))
    return np.hstack(found) if found else None


def span(question: Term, answer: Term, context: Context) -> Check | None:
    """The vectors are independent and span the same space."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = _columns(question.args, p, context)
        if a is None:
            continue
        if question.op == "rowspace":
            a = a.T
        vectors = [value(v, p, context, "complex") for v in items(answer)]
        if any(v is None for v in vectors):
            continue
        b = np.column_stack(vectors) if vectors else np.zeros((a.shape[0], 0))
        same = _rank(a) == len(vectors) == _rank(b) == _rank(np.hstack([a, b]))
        errors.append(0.0 if same else 1.0)
    return verdict("numeric ranks", errors)


def complement(question: Term, answer: Term, context: Context) -> Check | None:
    """Orthogonal to the given vectors, and of the right dimension."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = _columns(question.args, p, context)
        vectors = [value(v, p, context, "complex") for v in items(answer)]
        if a is None or any(v is None for v in vectors):
            continue
        if len(vectors) != a.shape[0] - _rank(a):
            return Check("dimension by numeric rank", False, None, EXACT_ROUTE, f"{len(vectors)} vectors")
        errors += [float(np.max(np.abs(a.conj().T @ v))) for v in vectors] or [0.0]
    return verdict("inner products", errors)


def orthonormal(question: Term, answer: Term, context: Context) -> Check | None:
    """Orthonormal vectors with the same span."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = _columns(question.args, p, context)
        vectors = [value(v, p, context, "complex") for v in items(answer)]
        if a is not None and not vectors:
            errors.append(float(_rank(a) > 0))
        if a is None or not vectors or any(v is None for v in vectors):
            continue
        q = np.column_stack(vectors)
        errors.append(distance(q.conj().T @ q, np.eye(q.shape[1])))
        errors.append(0.0 if _rank(a) == _rank(np.hstack([a, q])) == q.shape[1] else 1.0)
    return verdict("inner products and numeric ranks", errors)


def coordinates(question: Term, answer: Term, context: Context) -> Check | None:
    """The combination of the basis gives the vector."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        v, c, b = value(question.args[0], p, context), value(answer, p, context), _columns(question.args[1:], p, context)
        if v is not None and c is not None and b is not None:
            errors.append(distance(v, b @ c))
    return verdict("the combination computed", errors)


def change_of_basis(question: Term, answer: Term, context: Context) -> Check | None:
    """new * P == old."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        m, old, new = value(answer, p, context), _columns(question.args[:1], p, context), _columns(question.args[1:], p, context)
        if m is not None and old is not None and new is not None:
            errors.append(distance(new @ _matrix(m), old))
    return verdict("the new basis times the matrix", errors)


def characteristic(question: Term, answer: Term, context: Context) -> Check | None:
    """The polynomial at several values against determinants."""
    return _polynomial(question, answer, context, lambda a, t, f: (f(t), np.linalg.det(t * np.eye(len(a)) - a)), "determinants")


def annihilates(question: Term, answer: Term, context: Context) -> Check | None:
    """The polynomial of the matrix is 0, by its values on the eigenvalues that LAPACK finds."""
    if not isinstance(question, App):
        return None
    x = _variable(question, answer)
    errors = []
    for p in points([question, answer], context, 4, without=[x] if x else []):
        a = value(question.args[0], p, context, "complex")
        if a is None or x is None:
            continue
        size = max(1.0, float(np.max(np.abs(a))))
        t = Symbol("t", shape=())
        for mu in np.linalg.eigvals(_matrix(a)):
            from fractions import Fraction

            from twofold.numeric.valuation import Complex

            at = Complex(Fraction(float(mu.real)), Fraction(float(mu.imag)))
            found = value(substitute(answer, {x: var(t)}), {**p, t: at}, context, "complex")
            if found is not None:
                errors.append(float(abs(found)) / size ** len(_matrix(a)))
    return verdict("values at LAPACK eigenvalues", errors, close=1e-5, apart=1e-2)


def _variable(question: App, answer: Term) -> Symbol | None:
    from twofold.grammar.term import free_symbols

    if len(question.args) > 1 and isinstance(question.args[1], Var):
        return question.args[1].symbol
    known = set(free_symbols(question))
    return next((s for s in free_symbols(answer) if s not in known), None)


def _polynomial(question: Term, answer: Term, context: Context, pair: Any, method: str) -> Check | None:
    if not isinstance(question, App):
        return None
    x = _variable(question, answer)
    errors = []
    for p in points([question, answer], context, 4, without=[x] if x else []):
        a = value(question.args[0], p, context)
        if a is None or x is None:
            continue
        for t in (-2, 1, 3):
            left, right = pair(_matrix(a), t, lambda t, p=p: value(answer, {**p, x: t}, context))
            if left is not None:
                errors.append(float(abs(left - right)) / max(1.0, float(abs(left)), float(abs(right))))
    return verdict(method, errors)


def _truth(answer: Term, p: Any, context: Context) -> bool | None:
    if answer in (TRUE, FALSE):
        return bool(answer == TRUE)
    found = value(answer, p, context)
    return None if found is None else bool(found)


def span_contains(question: Term, answer: Term, context: Context) -> Check | None:
    """Numeric ranks with and without the vector."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a, v, claimed = _columns(question.args[:1], p, context), value(question.args[1], p, context), _truth(answer, p, context)
        if a is not None and v is not None and claimed is not None:
            errors.append(float((_rank(a) == _rank(np.column_stack([a, v]))) != claimed))
    return verdict("numeric ranks", errors)


def independent(question: Term, answer: Term, context: Context) -> Check | None:
    """The numeric rank against the number of vectors."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a, claimed = _columns(question.args, p, context), _truth(answer, p, context)
        if a is not None and claimed is not None:
            errors.append(float((_rank(a) == a.shape[1]) != claimed))
    return verdict("numeric ranks", errors)


def linear(question: Term, answer: Term, context: Context) -> Check | None:
    """T(2u - 3v) against 2T(u) - 3T(v)."""
    if not isinstance(question, App) or not isinstance(question.args[0], Bound):
        return None
    t = question.args[0]
    n = _arity(t)
    if n is None:
        return None
    worst = 0.0
    seen = False
    rng = np.random.default_rng(context.seed)
    for p in points([question], context, 3):
        for _ in range(3):
            u, v = ([int(k) for k in rng.integers(-7, 8, n)] for _ in range(2))
            tu, tv, tw = (_apply(t, w, p, context) for w in (u, v, [2 * a - 3 * b for a, b in zip(u, v, strict=True)]))
            if tu is not None and tv is not None and tw is not None:
                seen = True
                worst = max(worst, float(np.max(np.abs(2 * tu - 3 * tv - tw))))
    if not seen:
        return verdict("values of the map", [])
    return verdict("values of the map", [float((worst < 1e-8) != (answer == TRUE))])


def matrix_of(question: Term, answer: Term, context: Context) -> Check | None:
    """The matrix against the values of the map at the basis vectors."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in points([question, answer], context, 3):
        a, m = _map_matrix(question.args[0], p, context), value(answer, p, context)
        if a is None or m is None:
            continue
        bases = [_columns((b,), p, context) for b in question.args[1:]]
        if any(b is None for b in bases):
            continue
        source = bases[0] if bases else np.eye(_matrix(a).shape[1])
        target = bases[-1] if bases else np.eye(_matrix(a).shape[0])
        errors.append(distance(target @ _matrix(m), _matrix(a) @ source))
    return verdict("values of the map", errors)


def has_property(question: Term, answer: Term, context: Context) -> Check | None:
    """Properties of a matrix by the numbers: differences, LAPACK eigenvalues, singular values and eigenvectors."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in points([question, answer], context, 12):
        a, claimed = value(question.args[0], p, context, "complex"), _truth(answer, p, context)
        if a is None or claimed is None:
            continue
        a = _matrix(a)
        found, sure = _has(question.op, a)
        if found != claimed and not sure:
            continue
        errors.append(float(found != claimed))
    return verdict("numbers", errors)


def _has(name: str, a: Any) -> tuple[bool, bool]:
    """Whether a matrix in double precision has a property, and whether that is sure: what lies within rounding may be or not."""
    h, n = a.conj().T, len(a)
    one = np.eye(n)
    equalities = {
        "is_symmetric": (a, a.T, 1e-12),
        "is_hermitian": (a, h, 1e-12),
        "is_orthogonal": (a.T @ a, one, 1e-9),
        "is_unitary": (h @ a, one, 1e-9),
        "is_normal": (h @ a, a @ h, 1e-9),
    }
    if name in equalities:
        left, right, tolerance = equalities[name]
        same = bool(np.allclose(left, right, rtol=tolerance, atol=tolerance))
        return same, not same
    if name == "is_invertible":
        full_rank = bool(_rank(a) == n)
        return full_rank, full_rank
    if name == "is_diagonalizable":
        # LAPACK's eigenvectors are of condition 1e7 and beyond where they are dependent.
        independent = float(np.linalg.cond(np.linalg.eig(a)[1])) < 1e5
        return independent, independent
    if not np.allclose(a, h, rtol=1e-12, atol=1e-12):
        return False, True
    ends = np.linalg.eigvalsh(a)
    least = float(-ends[-1] if name == "is_negdef" else ends[0])
    if abs(least) < 1e-9 * max(1.0, float(np.max(np.abs(ends)))):
        return name == "is_possemidef", False
    return least > 0, True


def singular_values(question: Term, answer: Term, context: Context) -> Check | None:
    """LAPACK's singular values."""
    if not isinstance(question, App):
        return None
    errors = []
    for p in _points(question, answer, context):
        a = value(question.args[0], p, context, "complex")
        claimed = [value(s, p, context) for s in items(answer)]
        if a is not None and not any(c is None for c in claimed):
            found = np.linalg.svd(_matrix(a), compute_uv=False)
            errors.append(distance(found, np.sort(np.real(np.array(claimed, dtype=complex)))[::-1]))
    return verdict("LAPACK singular values", errors)


def logarithm(question: Term, answer: Term, context: Context) -> Check | None:
    """The exponential of the answer, by SciPy."""
    if not isinstance(question, App):
        return None
    from scipy.linalg import expm

    errors = []
    for p in _points(question, answer, context):
        a, x = value(question.args[0], p, context), value(answer, p, context)
        if a is not None and x is not None:
            errors.append(distance(expm(_matrix(x)), _matrix(a)))
    return verdict("SciPy's exponential of the answer", errors)
