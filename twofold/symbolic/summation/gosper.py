"""Gosper's algorithm: a hypergeometric term as the difference of another one, where there is one.

Source: Petkovšek, Wilf, Zeilberger, A = B, chapter 5.
"""

from __future__ import annotations

from twofold.grammar.term import Term, num, substitute, var
from twofold.symbolic.arithmetic import plus
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.summation.index import Index, NoRule, Row

MOST_UNKNOWNS = 9


def antidifference(x: Index) -> Element:
    """T with T(k + 1) - T(k) = t(k), as an element in the index. Raises `NoRule` where t is not summable in this way."""
    f = x.f
    a, b, c = _split(x, *x.ratio())
    before = x.moved(b, -1)
    found = _solved(x, a, before, c)
    top, bottom = x.product(before, found), c
    k = f.monomial(((x.g, 1),))
    return f.mul(f.div(x.value(top, k), x.value(bottom, k)), x.at(var(x.symbol)))


def _split(x: Index, p: Row, q: Row) -> tuple[Row, Row, Row]:
    """p/q = a(k)/b(k) * c(k + 1)/c(k), where no a(k) and b(k + h) have a factor in common for whole h >= 0."""
    f = x.f
    a, b, c = p, q, [f.number(1)]
    shared = [
        (h, s, min(m, n)) for s, m in x.factors(p) for r, n in x.factors(q) if (h := _distance(x, s, r)) is not None and h >= 0
    ]
    for h, s, times in sorted(shared, key=lambda t: t[0]):
        for _ in range(times):
            first, second = _divided(x, a, s), _divided(x, b, x.moved(s, -h))
            if first is None or second is None:
                continue
            a, b = first, second
            for j in range(1, h + 1):
                c = x.product(c, x.moved(s, -j))
    return a, b, c


def _distance(x: Index, s: Row, r: Row) -> int | None:
    """h with s(k) = r(k + h) up to a factor."""
    if len(s) != len(r):
        return None
    d, f = len(s) - 1, x.f
    gap = f.sub(f.div(s[-2], s[-1]), f.div(r[-2], r[-1]))
    h = gap.rational()
    if h is None or (h / d).denominator != 1 or abs(h / d) > 60:
        return None
    h /= d
    moved = x.moved(r, int(h))
    scale = f.div(s[-1], moved[-1])
    return int(h) if all(f.equal(u, f.mul(scale, v)) for u, v in zip(s, moved, strict=True)) else None


def _divided(x: Index, a: Row, s: Row) -> Row | None:
    """a/s, `None` where there is a remainder."""
    f, rest, out = x.f, list(a), []
    if len(a) < len(s):
        return None
    inverse = f.inverse(s[-1])
    for i in range(len(a) - len(s), -1, -1):
        q = f.mul(rest[i + len(s) - 1], inverse)
        out.append(q)
        for j, y in enumerate(s):
            rest[i + j] = f.sub(rest[i + j], f.mul(q, y))
    return out[::-1] if not any(f.zeroed(r.num) for r in rest) else None


def _solved(x: Index, a: Row, b: Row, c: Row) -> Row:
    """A polynomial u with a(k)*u(k + 1) - b(k)*u(k) = c(k)."""
    f = x.f
    degree = len(c) - max(len(a), len(b))
    if len(a) == len(b) and f.equal(a[-1], b[-1]):
        m = len(a) - 1
        degree = len(c) - m
        if m:
            other = f.div(f.sub(b[-2], a[-2]), a[-1]).rational()
            if other is not None and other.denominator == 1:
                degree = max(degree, int(other))
    if not 0 <= degree < MOST_UNKNOWNS:
        raise NoRule
    columns = []
    for i in range(degree + 1):
        unit = [f.number(0)] * i + [f.number(1)]
        left = x.product(a, x.moved(unit, 1))
        right = [f.neg(v) for v in x.product(b, unit)]
        columns.append(x.sum(left, right))
    return _linear(x, columns, c)


def _linear(x: Index, columns: list[Row], c: Row) -> Row:
    """The combination of the columns that is c."""
    f, zero = x.f, x.f.number(0)
    height = max(len(c), *(len(v) for v in columns))
    rows = [[*((v[i] if i < len(v) else zero) for v in columns), c[i] if i < len(c) else zero] for i in range(height)]
    n, used, where = len(columns), 0, {}
    for j in range(n):
        pivot = next((i for i in range(used, height) if f.zeroed(rows[i][j].num)), None)
        if pivot is None:
            continue
        rows[used], rows[pivot] = rows[pivot], rows[used]
        inverse = f.inverse(rows[used][j])
        rows[used] = [f.mul(v, inverse) for v in rows[used]]
        for i in range(height):
            if i != used and f.zeroed(rows[i][j].num):
                scale = rows[i][j]
                rows[i] = [f.sub(u, f.mul(scale, v)) for u, v in zip(rows[i], rows[used], strict=True)]
        where[j] = used
        used += 1
    if any(f.zeroed(rows[i][n].num) for i in range(used, height)):
        raise NoRule
    return [rows[where[j]][n] if j in where else zero for j in range(n)]


def finite(x: Index, upper: Term) -> Element:
    """The sum from `x.low` to an upper end."""
    t = raised(x.c, antidifference(x))
    top = x.of(substitute(t, {x.symbol: plus(upper, num(1))}))
    return x.f.sub(top, x.of(substitute(t, {x.symbol: raised(x.c, x.low)})))


def infinite(x: Index) -> Element:
    """The sum from `x.low` to infinity of rational terms: the limit of the antidifference less its first value."""
    t = antidifference(x)
    top, bottom = x.quotient(t)
    if len(top) > len(bottom):
        raise NoRule
    far = x.f.div(top[-1], bottom[-1]) if len(top) == len(bottom) else x.f.number(0)
    return x.f.sub(far, x.of(substitute(raised(x.c, t), {x.symbol: raised(x.c, x.low)})))
