"""Linear programs over the rationals: the simplex method in exact arithmetic, all vertices at which the value is taken, and a ray where the
function is not bounded. Source: Chvátal, "Linear Programming", chapters 2 and 3 (Bland's rule)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from flint import fmpq, fmpq_mat

Row = list[Fraction]
_MOST_CORNERS = 3000


@dataclass(frozen=True, slots=True)
class Program:
    """Minimise cost*x where rows*x <= bounds, and equal to it for the first `equalities` of them; x may have any sign."""

    cost: Row
    rows: list[Row]
    bounds: Row
    equalities: int = 0


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least value with the vertices that have it; `whole` where every point with the value lies between these.

    No value: `ray` is a direction along which the function falls from `points[0]`, and without a point there is no feasible one.
    """

    value: Fraction | None
    points: tuple[tuple[Fraction, ...], ...] = ()
    ray: tuple[Fraction, ...] | None = None
    whole: bool = True


def optimum(program: Program) -> Optimum:
    """What the least value of a linear program is, and where it is taken."""
    start = _feasible(program)
    if start is None:
        return Optimum(None)
    table, basis = start
    ray = _descend(table, basis, _split(program.cost), len(program.cost), len(program.rows))
    n = len(program.cost)
    here = _point(table, basis, n)
    if ray is not None:
        return Optimum(None, (here,), tuple(ray[k] - ray[n + k] for k in range(n)))
    value = sum((c * v for c, v in zip(program.cost, here, strict=True)), Fraction(0))
    corners = _corners(program, value)
    if corners is None:
        return Optimum(value, (here,), None, False)
    e = program.equalities
    face = Program(
        program.cost,
        [*program.rows[:e], program.cost, *program.rows[e:]],
        [*program.bounds[:e], value, *program.bounds[e:]],
        e + 1,
    )
    return Optimum(value, tuple(corners) or (here,), None, bool(corners) and bounded(face))


def _split(cost: Row) -> Row:
    return [*cost, *(-c for c in cost)]


def _feasible(program: Program) -> tuple[list[Row], list[int]] | None:
    """A table of the constraints in a feasible basis: x as a difference of nonnegative numbers, slacks, and the right side last."""
    n, m = len(program.cost), len(program.rows)
    width = 2 * n + m
    table: list[Row] = []
    for i, (row, b) in enumerate(zip(program.rows, program.bounds, strict=True)):
        slack = [Fraction(int(i == j and i >= program.equalities)) for j in range(m)]
        line = [*_split(row), *slack, b]
        table.append([-v for v in line] if b < 0 else line)
    # Phase one: an artificial number for every row.
    for i in range(m):
        table[i][-1:] = [*(Fraction(int(i == j)) for j in range(m)), table[i][-1]]
    basis = [width + i for i in range(m)]
    costs = [Fraction(0)] * width + [Fraction(1)] * m
    _simplex(table, basis, costs, width + m)
    if sum((table[i][-1] for i in range(m) if basis[i] >= width), Fraction(0)) > 0:
        return None
    for i in range(m - 1, -1, -1):
        if basis[i] >= width:
            j = next((j for j in range(width) if table[i][j]), None)
            if j is None:
                del table[i], basis[i]
            else:
                _pivot(table, basis, i, j)
    return [[*row[:width], row[-1]] for row in table], basis


def _descend(table: list[Row], basis: list[int], cost: Row, n: int, m: int) -> Row | None:
    return _simplex(table, basis, [*cost, *([Fraction(0)] * m)], 2 * n + m)


def _simplex(table: list[Row], basis: list[int], costs: Row, width: int) -> Row | None:
    """Pivots until no reduced cost is negative; a ray of unbounded descent where there is one."""
    while True:
        reduced = list(costs)
        for row, b in zip(table, basis, strict=True):
            if costs[b]:
                reduced = [c - costs[b] * v for c, v in zip(reduced, row, strict=False)]
        j = next((j for j in range(width) if reduced[j] < 0), None)
        if j is None:
            return None
        rows = [(row[-1] / row[j], basis[i], i) for i, row in enumerate(table) if row[j] > 0]
        if not rows:
            ray = [Fraction(0)] * width
            ray[j] = Fraction(1)
            for row, b in zip(table, basis, strict=True):
                ray[b] = -row[j]
            return ray
        _pivot(table, basis, min(rows)[2], j)


def _pivot(table: list[Row], basis: list[int], i: int, j: int) -> None:
    pivot = table[i][j]
    table[i] = [v / pivot for v in table[i]]
    for k, row in enumerate(table):
        if k != i and row[j]:
            factor = row[j]
            table[k] = [a - factor * b for a, b in zip(row, table[i], strict=True)]
    basis[i] = j


def _point(table: list[Row], basis: list[int], n: int) -> tuple[Fraction, ...]:
    values = {b: row[-1] for row, b in zip(table, basis, strict=True)}
    return tuple(values.get(k, Fraction(0)) - values.get(n + k, Fraction(0)) for k in range(n))


def _corners(program: Program, value: Fraction) -> list[tuple[Fraction, ...]] | None:
    """The vertices of the region with a value; `None` where there are too many constraints to try all."""
    n, e = len(program.cost), program.equalities
    others = range(e, len(program.rows))
    if e > n or comb(len(others), n - min(e, n)) > _MOST_CORNERS:
        return None
    found: dict[tuple[Fraction, ...], None] = {}
    for chosen in combinations(others, n - e):
        rows = [*range(e), *chosen]
        a = fmpq_mat([[fmpq(c.numerator, c.denominator) for c in program.rows[i]] for i in rows])
        if a.det() == 0:
            continue
        b = fmpq_mat([[fmpq(program.bounds[i].numerator, program.bounds[i].denominator)] for i in rows])
        x = a.solve(b)
        point = tuple(Fraction(int(x[k, 0].p), int(x[k, 0].q)) for k in range(n))
        if dot(program.cost, point) == value and all(
            dot(r, point) <= c for r, c in zip(program.rows, program.bounds, strict=True)
        ):
            found.setdefault(point)
    return sorted(found)


def dot(row: Row, point: tuple[Fraction, ...]) -> Fraction:
    return sum((c * v for c, v in zip(row, point, strict=True)), Fraction(0))


def vertices(program: Program) -> list[tuple[Fraction, ...]] | None:
    """All vertices of the region; `None` where there are too many places to look at."""
    nothing = [Fraction(0)] * len(program.cost)
    return _corners(Program(nothing, program.rows, program.bounds, program.equalities), Fraction(0))


def bounded(program: Program) -> bool:
    """Whether every coordinate is bounded both ways."""
    n = len(program.cost)
    for k in range(n):
        for sign in (1, -1):
            start = _feasible(program)
            if start is None:
                return True
            cost = [Fraction(sign * int(i == k)) for i in range(n)]
            if _descend(*start, _split(cost), n, len(program.rows)) is not None:
                return False
    return True


__all__ = ["Optimum", "Program", "bounded", "optimum", "vertices"]
