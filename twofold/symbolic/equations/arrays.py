"""Arrays of explicit size as rows of quotients, and the functions of them that have a value here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import full
from twofold.grammar.term import ALL, App, Array, Bound, Num, Symbol, Term, Var, substitute, var
from twofold.symbolic.equations.choices import options
from twofold.symbolic.equations.formula import Formula, both, either
from twofold.symbolic.equations.kernels import root
from twofold.symbolic.equations.ring import Ratio, rational

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading

Rows = list[list[Ratio]]
_LARGEST = 64


def size(t: Term) -> tuple[int, int]:
    """Rows and columns of a term, if they are numbers."""
    m, n = full(t.shape)
    if not isinstance(m, int) or not isinstance(n, int) or m * n > _LARGEST:
        raise NotApplicable("an array is too large or of symbolic size")
    return m, n


def matrix(r: Reading, t: Term) -> Rows:
    """The entries of a term."""
    m, n = size(t)
    if not t.shape and not (isinstance(t, App) and t.op in _RULES and any(a.shape for a in t.args)):
        return [[r.scalar(t)]]
    if isinstance(t, Array):
        return [[r.scalar(x)] for x in t.rows[0]] if len(t.shape) == 1 else [[r.scalar(x) for x in row] for row in t.rows]
    if isinstance(t, Var):
        if t.symbol.law is not None or t.symbol.kind not in ("real", "integer"):
            raise NotApplicable(f"{t.symbol.name} is not an array of real numbers")
        return [[r.entry(t, i, j) for j in range(1, n + 1)] for i in range(1, m + 1)]
    if isinstance(t, Bound) and t.op == "grad" and isinstance(t.args[0], Var):
        return _gradient(r, t, m, n)
    if isinstance(t, App) and t.op in _RULES:
        return _RULES[t.op](r, t)
    raise NotApplicable("an operation on arrays has no rule")


def _gradient(r: Reading, t: Bound, m: int, n: int) -> Rows:
    """Partial derivatives by the entries of an array with a name."""
    point = t.args[0]
    assert isinstance(point, Var)
    if point.symbol.properties & {"symmetric", "posdef", "diagonal"}:
        raise NotApplicable("a gradient by a matrix whose entries depend on each other")
    names = [[Symbol(f"{t.symbols[0].name}_{i}_{j}") for j in range(n)] for i in range(m)]
    rows = tuple(tuple(var(s) for s in row) for row in names)
    array: Term = Array((tuple(x[0] for x in rows),), point.shape) if len(point.shape) == 1 else Array(rows, point.shape)
    from twofold.symbolic.entries import explicit

    body = explicit(substitute(t.body, {t.symbols[0]: array}), r.context)
    places = [
        App("index", (point, *(_number(x) for x in ((i + 1,) if len(point.shape) == 1 else (i + 1, j + 1)))))
        for i in range(m)
        for j in range(n)
    ]
    flat = [s for row in names for s in row]
    back = dict(zip(flat, places, strict=True))
    out = []
    for i in range(m):
        row = []
        for j in range(n):
            others: dict[Symbol, Term] = {s: p for s, p in back.items() if s is not names[i][j]}
            row.append(r.slope(substitute(body, others), names[i][j], back[names[i][j]], 1))
        out.append(row)
    return out


def _number(k: int) -> Term:
    return Num(Fraction(k))


def _entrywise(f: Callable[[Ratio, Ratio], Ratio]) -> Callable[[Reading, App], Rows]:
    def rule(r: Reading, t: App) -> Rows:
        a, b = (matrix(r, x) for x in t.args)
        return [[f(x, y) for x, y in zip(p, q, strict=True)] for p, q in zip(a, b, strict=True)]

    return rule


def times(a: Rows, b: Rows) -> Rows:
    """The matrix product; a single entry multiplies all."""
    if len(a) == len(a[0]) == 1 and len(b) != 1:
        return [[a[0][0] * y for y in row] for row in b]
    if len(b) == len(b[0]) == 1 and len(a[0]) != 1:
        return [[x * b[0][0] for x in row] for row in a]
    return [[_total(row[k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))] for row in a]


def _total(parts: Iterator[Ratio]) -> Ratio:
    out = rational(0)
    for x in parts:
        out = out + x
    return out


def determinant(a: Rows) -> Ratio:
    """By expansion along the first row."""
    if len(a) > 6:
        raise NotApplicable("a determinant is too large")
    if len(a) == 1:
        return a[0][0]
    return _total(
        rational((-1) ** j) * x * determinant([[y for k, y in enumerate(row) if k != j] for row in a[1:]])
        for j, x in enumerate(a[0])
        if not x.top.is_zero()
    )


def _inverse(r: Reading, t: App) -> Rows:
    a = matrix(r, t.args[0])
    d = determinant(a)
    r.require(d, "!=")
    if d.top.is_zero():
        return a
    n = len(a)
    if n == 1:
        return [[rational(1) / d]]
    return [
        [
            rational((-1) ** (i + j)) * determinant([[a[p][q] for q in range(n) if q != i] for p in range(n) if p != j]) / d
            for j in range(n)
        ]
        for i in range(n)
    ]


def _divide(r: Reading, t: App) -> Rows:
    b = r.scalar(t.args[1])
    r.require(b, "!=")
    return [[x / b for x in row] for row in matrix(r, t.args[0])] if not b.top.is_zero() else matrix(r, t.args[0])


def _transpose(r: Reading, t: App) -> Rows:
    return [list(row) for row in zip(*matrix(r, t.args[0]), strict=True)]


def _constant(f: Callable[[int, int], int]) -> Callable[[Reading, App], Rows]:
    def rule(r: Reading, t: App) -> Rows:
        m, n = size(t)
        return [[rational(f(i, j)) for j in range(n)] for i in range(m)]

    return rule


def _matrix_power(r: Reading, t: App) -> Rows:
    a = matrix(r, t.args[0])
    q = r.scalar(t.args[1]).value()
    if q is None or q.denominator != 1 or not 0 < q < 9:
        raise NotApplicable("a power of a matrix")
    out = a
    for _ in range(int(q) - 1):
        out = times(out, a)
    return out


def _index(r: Reading, t: App) -> Rows:
    base, places = matrix(r, t.args[0]), t.args[1:]
    if len(places) == 1:
        places = (places[0], Num(Fraction(1))) if len(base[0]) == 1 else (Num(Fraction(1)), places[0])
    chosen = []
    for p, length in zip(places, (len(base), len(base[0])), strict=True):
        if p == ALL:
            chosen.append(list(range(length)))
        elif isinstance(p, Num):
            chosen.append([int(p.value) - 1])
        else:
            raise NotApplicable("an index is not a number")
    return [[base[i][j] for j in chosen[1]] for i in chosen[0]]


_RULES: dict[str, Callable[[Reading, App], Rows]] = {
    "add": _entrywise(lambda a, b: a + b),
    "sub": _entrywise(lambda a, b: a - b),
    "emul": _entrywise(lambda a, b: a * b),
    "neg": lambda r, t: [[-x for x in row] for row in matrix(r, t.args[0])],
    "mul": lambda r, t: times(matrix(r, t.args[0]), matrix(r, t.args[1])),
    "div": _divide,
    "transpose": _transpose,
    "inv": _inverse,
    "pow": _matrix_power,
    "index": _index,
    "eye": _constant(lambda i, j: int(i == j)),
    "zeros": _constant(lambda i, j: 0),
    "ones": _constant(lambda i, j: 1),
}


# --- numbers from arrays --------------------------------------------------------------------------------------------------------


def _det(r: Reading, t: App) -> Ratio:
    return determinant(matrix(r, t.args[0]))


def _trace(r: Reading, t: App) -> Ratio:
    a = matrix(r, t.args[0])
    return _total(a[k][k] for k in range(len(a)))


def _sum(r: Reading, t: App) -> Ratio:
    return _total(x for row in matrix(r, t.args[0]) for x in row)


def _mean(r: Reading, t: App) -> Ratio:
    m, n = size(t.args[0])
    return _sum(r, t) / rational(m * n)


def _dot(r: Reading, t: App) -> Ratio:
    a, b = ([x for row in matrix(r, u) for x in row] for u in t.args)
    return _total(x * y for x, y in zip(a, b, strict=True))


def _norm(r: Reading, t: App) -> Ratio:
    if len(t.args) > 1 and t.args[1] != Num(Fraction(2)) or 1 not in full(t.args[0].shape):
        raise NotApplicable("this norm has no rule")
    return root(r, _total(x * x for row in matrix(r, t.args[0]) for x in row), 2)


def _rank(r: Reading, t: App) -> Ratio:
    """The rank is k where a minor of order k is not zero and all larger ones are."""
    a = matrix(r, t.args[0])
    m, n = len(a), len(a[0])
    if min(m, n) > 4:
        raise NotApplicable("the rank of a large matrix")

    def some(k: int) -> Formula:
        minors = (
            determinant([[a[i][j] for j in q] for i in p]) for p in combinations(range(m), k) for q in combinations(range(n), k)
        )
        return either(*(r.literal(d, "!=") for d in minors))

    from twofold.symbolic.equations.formula import TRUE, negate

    full_rank = min(m, n)
    reached = [TRUE, *(some(k) for k in range(1, full_rank + 1))]
    found = [(both(reached[k], *([negate(reached[k + 1])] if k < full_rank else [])), rational(k)) for k in range(full_rank + 1)]
    return options(r, found)


SCALARS: dict[str, Callable[[Reading, App], Ratio]] = {
    "det": _det,
    "tr": _trace,
    "sum": _sum,
    "mean": _mean,
    "dot": _dot,
    "norm": _norm,
    "rank": _rank,
}
