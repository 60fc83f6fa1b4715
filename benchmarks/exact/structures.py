"""Judges of linear algebra: spans, eigenvectors, factorisations, general solutions of differential equations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath
from mpmath import mpf

from benchmarks.exact.judges import _as_list, _no_refusal, free
from benchmarks.exact.reading import Tree, names_in, read
from benchmarks.exact.task import Judge, Task
from benchmarks.exact.values import Unevaluated, flat_column, near, product, value


def _rank(rows: list[list[Any]]) -> int:
    if not rows or not rows[0]:
        return 0
    singular = mpmath.svd_c(mpmath.matrix(rows), compute_uv=False)
    return sum(1 for s in singular if s > max(singular) * mpf(10) ** -20 and s > mpf(10) ** -20)


def vectors(found: Any) -> list[list[Any]]:
    """A list of vectors, however they are nested."""
    if not isinstance(found, list) or not found:
        return []
    if all(isinstance(v, list) for v in found):
        if all(isinstance(e, list) for v in found for e in v):
            return [flat_column(v) if not isinstance(flat_column(v)[0], list) else [e[0] for e in v] for v in found]
        return found
    return [found]


def span(tree: Tree, task: Task) -> bool:
    """A basis of the known subspace: independent vectors (a list of them), and the same span."""
    _no_refusal(tree)
    known = read(task.answer)
    for point in task.at(free(known)):
        mine, right = vectors(value(tree, point)), vectors(value(known, point))
        if len(mine) != len(right) or (mine and not _rank(mine) == _rank(right) == _rank(mine + right) == len(mine)):
            return False
    return True


def eigenpairs(tree: Tree, task: Task) -> bool:
    """A list of (value, multiplicity, vectors): the known values with their multiplicities, and bases of the known eigenspaces."""
    _no_refusal(tree)
    known = read(task.answer)
    for point in task.at(free(known)):
        mine, right = value(tree, point), value(known, point)
        if len(mine) != len(right):
            return False
        for eigenvalue, multiplicity, space in right:
            matching = [m for m in mine if near(m[0], eigenvalue)]
            if len(matching) != 1 or not near(matching[0][1], multiplicity):
                return False
            basis, wanted = vectors(matching[0][2]), vectors(space)
            if len(basis) != len(wanted) or not _rank(basis) == _rank(basis + wanted) == len(basis):
                return False
    return True


def _transposed(matrix: Any) -> Any:
    return [[mpmath.conj(e) for e in column] for column in zip(*matrix, strict=True)]


def _orthonormal(matrix: Any) -> bool:
    count = len(matrix[0])
    return near(_flat(product(_transposed(matrix), matrix)), [mpf(i == j) for i in range(count) for j in range(count)])


def _flat(matrix: Any) -> list[Any]:
    return [e for row in matrix for e in row]


def factorisation(kind: str) -> Judge:
    """Factors of the matrix in the question: `qr`, `svd` (U, S, V with U S V'), `cholesky`, `jordan` (P, J); the known answer is R with positive
    diagonal, the singular values, the lower factor, or J with its blocks in any order."""

    def judge(tree: Tree, task: Task) -> bool:
        _no_refusal(tree)
        matrix, known = read(task.args[0]), read(task.answer)
        for point in task.at(sorted(set(free(known)) | set(free(matrix)))):
            if not _JUDGED[kind](value(tree, point), value(matrix, point), value(known, point)):
                return False
        return True

    return judge


def _qr(found: Any, matrix: Any, known: Any) -> bool:
    q, r = found
    upper = all(near(r[i][j], mpf(0)) for i in range(len(r)) for j in range(min(i, len(r[0]))))
    return (
        upper
        and _orthonormal(q)
        and near(_flat(product(q, r)), _flat(matrix))
        and near([abs(e) for e in _flat(r)], [abs(e) for e in _flat(known)])
    )


def _svd(found: Any, matrix: Any, known: Any) -> bool:
    u, s, v = found
    if not isinstance(s[0], list):
        s = [[s[i] if i == j else mpf(0) for j in range(len(s))] for i in range(len(s))]
    diagonal = sorted((abs(s[i][i]) for i in range(min(len(s), len(s[0])))), reverse=True)
    again = product(product(u, s), _transposed(v))
    return _orthonormal(u) and _orthonormal(v) and near(_flat(again), _flat(matrix)) and near(diagonal, known)


def _jordan(found: Any, matrix: Any, known: Any) -> bool:
    p, j = found
    if _rank(p) != len(p) or not near(_flat(product(matrix, p)), _flat(product(p, j))):
        return False
    mine, right = _blocks(j), _blocks(known)
    return (
        mine is not None
        and len(mine) == len(right)
        and all(sum(near(a, c) and b == d for a, b in mine) == sum(near(a, c) and b == d for a, b in right) for c, d in right)
    )


def _blocks(j: Any) -> Any:
    """(eigenvalue, size) of each block; None where it is not a Jordan matrix."""
    size = len(j)
    for a in range(size):
        for b in range(size):
            if (a != b and b != a + 1 and not near(j[a][b], mpf(0))) or (
                b == a + 1 and not (near(j[a][b], mpf(0)) or near(j[a][b], mpf(1)))
            ):
                return None
    found, start = [], 0
    for k in range(1, size + 1):
        if k == size or near(j[k - 1][k], mpf(0)):
            found.append((j[start][start], k - start))
            start = k
    return found


_JUDGED = {"qr": _qr, "svd": _svd, "jordan": _jordan}


def general_solution(order: int, span_of_points: tuple[str, ...] = ("3/10", "7/10", "9/10", "11/10")) -> Judge:
    """The general solution of a differential equation: `order` constants, and for several values of them the known general
    solution (in C1, C2, …) takes the same values for some values of its own constants; decided by the span of the differences."""

    def judge(tree: Tree, task: Task) -> bool:
        _no_refusal(tree)
        known, variable = read(task.answer), task.args[-1]
        if "y" in names_in(tree):
            raise Unevaluated("an implicit solution")
        mine = sorted(set(free(tree)) - _asked(task))
        right = sorted(set(free(known)) - _asked(task))
        if len(mine) != order or len(right) != order:
            return False
        places = [value(read(p), {}) for p in span_of_points]
        for point in task.at(sorted(_asked(task) - {variable})):
            base, moves = _affine(tree, mine, variable, places, point)
            base2, moves2 = _affine(known, right, variable, places, point)
            offset = [a - b for a, b in zip(base, base2, strict=True)]
            if not _rank(moves) == _rank(moves2) == _rank([*moves, *moves2]) == _rank([*moves, *moves2, offset]) == order:
                return False
        return True

    return judge


def _asked(task: Task) -> set[str]:
    names = {n for a in task.args if isinstance(a, str) and a.strip("+-") for n in names_in(read(a))}
    return {n for n in names if n not in ("y", "y1", "y2", "y3") and n in free(("list", [("name", n) for n in names]))}


def _affine(
    tree: Tree, names: list[str], variable: str, places: list[Any], point: Mapping[str, Any]
) -> tuple[list[Any], list[list[Any]]]:
    """The value at the places with all constants 0, and the change when each becomes 1."""

    def at(which: str | None) -> list[Any]:
        constants = {n: mpf(n == which) for n in names}
        return [value(tree, {**point, **constants, variable: p}) for p in places]

    base = at(None)
    return base, [[a - b for a, b in zip(at(n), base, strict=True)] for n in names]


def minimum(tree: Tree, task: Task) -> bool:
    """The known value, alone or first in a tuple with the places."""
    _no_refusal(tree)
    known = read(task.answer)
    for point in task.at(free(known)):
        found = value(tree, point)
        if not near(_as_list(found)[0], value(known, point)):
            return False
    return True
