"""Exact test vectors and matrices with the properties that are declared of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

Entry = Callable[[], Fraction | None]
Rows = tuple[tuple[Fraction, ...], ...]


def vector(rng: Random, n: int, entry: Entry, properties: frozenset[str]) -> tuple[Fraction, ...] | None:
    """A vector with entries from `entry`, adding to one (`probability`) or with a single one (`onehot`) where that is declared."""
    if "onehot" in properties:
        place = rng.randrange(n)
        return tuple(Fraction(int(k == place)) for k in range(n))
    if "probability" in properties:
        weights = [rng.randrange(1, 9) for _ in range(n)]
        return tuple(Fraction(w, sum(weights)) for w in weights)
    return _all([entry() for _ in range(n)])


def repeated(array: Any, properties: frozenset[str], whole: bool) -> Any:
    """The same array with its first row (and in a symmetric matrix its first column) in place of the last, or of all (`whole`): ties, low rank.

    A positive definite matrix becomes one that is nearly of rank one; another array whose properties would not stay is left as it is.
    """
    if "posdef" in properties and not properties & {"diagonal", "orthogonal"}:
        n, row = len(array), array[0]
        return tuple(tuple(row[i] * row[j] + Fraction(int(i == j), 64) for j in range(n)) for i in range(n))
    if properties & {"onehot", "probability", "orthogonal", "posdef", "invertible", "diagonal"}:
        return array
    n = len(array)
    source = [0 if whole or k == n - 1 else k for k in range(n)]
    if "symmetric" in properties:
        return tuple(tuple(array[i][j] for j in source) for i in source)
    return tuple(array[i] for i in source)


def _all(values: list[Fraction | None]) -> tuple[Fraction, ...] | None:
    found = tuple(v for v in values if v is not None)
    return found if len(found) == len(values) else None


def matrix(rng: Random, m: int, n: int, entry: Entry, properties: frozenset[str]) -> Rows | None:
    """A matrix with the declared properties; None where the entries allow none."""
    if "orthogonal" in properties:
        return orthogonal(rng, n) if m == n else None
    if "posdef" in properties:
        return _posdef(rng, n, "diagonal" in properties)
    for _ in range(20):
        rows = _plain(rng, m, n, entry, properties)
        if rows is None:
            return None
        if "invertible" not in properties or fmpq_mat(m, n, [_exact(x) for r in rows for x in r]).det() != 0:
            return rows
    return None


def _plain(rng: Random, m: int, n: int, entry: Entry, properties: frozenset[str]) -> Rows | None:
    if "probability" in properties or "onehot" in properties:
        picked = [vector(rng, n, entry, properties) for _ in range(m)]
        return tuple(r for r in picked if r is not None)
    if "diagonal" in properties:
        values = _all([entry() for _ in range(n)])
        return None if values is None else tuple(tuple(values[i] if i == j else Fraction(0) for j in range(n)) for i in range(m))
    rows = [_all([entry() for _ in range(n)]) for _ in range(m)]
    if any(r is None for r in rows):
        return None
    whole = [r for r in rows if r is not None]
    if "symmetric" in properties:
        return tuple(tuple(whole[max(i, j)][min(i, j)] for j in range(n)) for i in range(m))
    return tuple(whole)


def _posdef(rng: Random, n: int, diagonal: bool) -> Rows:
    """L D L' with a unit lower triangular L and positive D."""
    low = [
        [Fraction(int(i == j)) if j >= i or diagonal else Fraction(rng.randint(-2, 2), rng.choice((1, 1, 2))) for j in range(n)]
        for i in range(n)
    ]
    d = [Fraction(rng.randrange(1, 5), rng.choice((1, 1, 2))) for _ in range(n)]
    return tuple(tuple(sum((low[i][k] * d[k] * low[j][k] for k in range(n)), Fraction(0)) for j in range(n)) for i in range(n))


def orthogonal(rng: Random, n: int) -> Rows:
    """Cayley's transform (I - S)(I + S)^-1 of a skew rational S, with signs of rows flipped: rational, and every orthogonal matrix is near one."""
    skew = [[Fraction(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i):
            skew[i][j] = Fraction(rng.randint(-3, 3), rng.choice((1, 2, 3)))
            skew[j][i] = -skew[i][j]
    one = fmpq_mat(n, n, [fmpq(int(i == j)) for i in range(n) for j in range(n)])
    s = fmpq_mat(n, n, [_exact(x) for r in skew for x in r])
    q = ((one - s) * (one + s).inv()).tolist()
    signs = [rng.choice((1, -1)) for _ in range(n)]
    return tuple(tuple(signs[i] * Fraction(int(q[i][j].p), int(q[i][j].q)) for j in range(n)) for i in range(n))


def _exact(x: Fraction) -> fmpq:
    return fmpq(x.numerator, x.denominator)
