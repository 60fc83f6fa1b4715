"""Integrals in double precision, over many points at once: a double-exponential change of variables, then adaptive Gauss-Kronrod panels.

The change of variables takes care of singular and infinite ends, the panels of kinks and spikes. What does not converge to nine digits is NaN.
Sources: Takahasi and Mori (1974); Piessens et al., QUADPACK (1983), for the Kronrod table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import Bound, Symbol, Term, children
from twofold.numeric.constants import hoisted
from twofold.numeric.oscillating import tail
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.series import Series, base
from twofold.numeric.tensor_quadrature import smooth

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

REACH = 4.8725
PANELS = 14
SPLIT = 0.515
"""The ends of the transformed range, its first panels, and where a panel is split. With these numbers no k/n of a range with n up to 24, where kinks mostly
are, comes near to an end of a large panel."""
ROUNDS = 34
MOST_PANELS = 6000
LARGEST_BATCH = 120_000
MOST_TAILS = 12
ACCEPTED = 1e-9
WANTED = 1e-12

_X = np.array(
    [0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
     0.741531185599394439863864773280788, 0.586087235467691130294144691693013, 0.405845151377397166906606412076961, 0.207784955007898467600689403773245]
)  # fmt: skip
_K = np.array(
    [0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
     0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014, 0.204432940075298892414161999234649]
)  # fmt: skip
_G = np.array(
    [
        0.0,
        0.129484966168869693270611432679082,
        0.0,
        0.279705391489276667901467771423780,
        0.0,
        0.381830050505118944950369775488975,
        0.0,
    ]
)
NODES = np.concatenate([-_X, [0.0], _X[::-1]])
KRONROD = np.concatenate([_K, [0.209482141084727828012999174891714], _K[::-1]])
GAUSS = np.concatenate([_G, [0.417959183673469387755102040816327], _G[::-1]])
_WEIGHTS = np.stack([KRONROD, KRONROD - GAUSS], axis=-1)
_WITH_ENDS = np.concatenate([[-1.0], NODES, [1.0]])
_BEYOND = np.stack([[np.prod([(end - b) / (a - b) for b in NODES if b != a]) for a in NODES] for end in (-1.0, 1.0)], axis=-1)
_UNSEEN = 1 - _X[0]
"""Lagrange's weights for the values at the ends of a panel by those at its nodes, and the part of a half panel between an end and the next node: a jump or
kink there changes no node, but what is found at the end is not what the nodes foretell."""
_FIRST = np.linspace(-REACH, REACH, PANELS + 1)


_NEAR_INFINITY, _NEAR_END = 1.2, 1.8
"""From where on the transformed variable is near an end; at 1.8 the place is 1/10,000 of the range away from it."""


def integral(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value) -> Value:
    """The oriented integral at every point of the batch; NaN where it is not reached."""
    e, body = hoisted(e, body, (symbol,))
    low, high = _end(a), _end(b)
    if low == high != 0:
        return e.arithmetic.dtype(np.nan)
    if low > 0 or high < 0:
        return e.arithmetic.neg(integral(e, symbol, body, b, a))
    count = batch_size([*e.values.values(), a, b])
    if not (low or high) and nested(body):
        plain = smooth(e, symbol, body, a, b, count, taken)
        if plain is not None:
            return plain
    if count > 1 and count * (PANELS * len(NODES)) ** (1 + nested(body)) > LARGEST_BATCH:
        return _one_by_one(e, symbol, body, a, b, count)
    return _reached(e, symbol, body, a, b, low, high, count)


def nested(body: Term) -> int:
    """How many integrals stand inside one another in a term, at most."""
    below = max((nested(c) for c in children(body)), default=0)
    return below + (isinstance(body, Bound) and body.op in ("integrate", "antiderivative"))


def _end(x: Value) -> int:
    """-1, 0, 1 for an end at -oo, a number, oo; the same at all points."""
    v = np.real(np.atleast_1d(base(x)))
    kinds = {(-1 if y < 0 else 1) if np.isinf(y) else 0 for y in v}
    if len(kinds) > 1:
        raise Split
    return kinds.pop()


def batch_size(values: list[Value]) -> int:
    """How many points the values are for."""
    size = 1
    for v in values:
        if isinstance(v, tuple):
            size = max(size, batch_size(list(v)))
        elif isinstance(v, Series):
            size = max(size, batch_size(list(v.coefficients)))
        elif isinstance(v, np.ndarray) and v.ndim:
            size = max(size, v.shape[0])
    return size


def taken(v: Value, places: np.ndarray) -> Value:
    """The value at some of the points, in that order."""
    if isinstance(v, tuple):
        return tuple(taken(x, places) for x in v)
    if isinstance(v, Series):
        return Series(v.tag, tuple(taken(x, places) for x in v.coefficients))
    if isinstance(v, np.ndarray) and v.ndim and v.shape[0] > 1:
        return v[places]
    return v


def _one_by_one(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value, count: int) -> Value:
    rows = []
    for k in range(count):
        place = np.array([k])
        inner = e.inner({s: taken(v, place) for s, v in e.values.items()})
        rows.append(_reached(inner, symbol, body, taken(a, place), taken(b, place), _end(a), _end(b), 1))
    return _joined(rows)


def _joined(rows: list[Value]) -> Value:
    if isinstance(rows[0], Series):
        columns = zip(*(r.coefficients for r in rows), strict=True)
        return Series(rows[0].tag, tuple(_joined(list(c)) for c in columns))
    return np.concatenate([np.atleast_1d(r) for r in rows])


class Leaves:
    """The coefficients of a value that carries derivatives, as columns, and the way back."""

    def __init__(self, value: Value, points: int) -> None:
        self.columns: list[np.ndarray] = []
        self.rebuild = self._visit(value, points)

    def _visit(self, v: Value, points: int) -> Callable[[np.ndarray], Value]:
        if isinstance(v, Series):
            parts = [self._visit(c, points) for c in v.coefficients]
            tag = v.tag
            return lambda sums: Series(tag, tuple(p(sums) for p in parts))
        if isinstance(v, tuple):
            raise CannotEvaluate("an integral of an array")
        k = len(self.columns)
        self.columns.append(np.broadcast_to(v, (points,)))
        return lambda sums: sums[:, k]


def _reached(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value, low: int, high: int, count: int) -> Value:
    """By panels; where they do not reach an infinite end, period by period."""
    out = _panelled(e, symbol, body, a, b, low, high, count)
    if not (low or high) or isinstance(out, Series) or not np.isnan(out).any():
        return out
    out = np.array(np.broadcast_to(out, (count,)))
    for k in np.flatnonzero(np.isnan(out))[:MOST_TAILS]:
        place = np.array([k])
        inner = e.inner({s: taken(v, place) for s, v in e.values.items()})
        left, right = (float(np.real(np.ravel(base(taken(x, place)))[0])) for x in (a, b))
        start, stop = min(right - 1, -1.0) if low else left, max(left + 1, 1.0) if high else right
        tails = [tail(inner, symbol, body, *x) for x in ((start, -1), (stop, 1)) if (low if x[1] < 0 else high)]
        if not np.isnan(tails).any():
            middle = _panelled(inner, symbol, body, e.arithmetic.dtype(start), e.arithmetic.dtype(stop), 0, 0, 1)
            out[k] = sum(tails) + np.ravel(middle)[0]
    return out


def _panelled(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value, low: int, high: int, count: int) -> Value:
    inside = nested(body)
    # An integrand that is an integral itself is known to a few digits less.
    wanted, accepted = WANTED * 1000 ** min(inside, 2), ACCEPTED * 10 ** min(inside, 2)
    owner = np.repeat(np.arange(count), PANELS)
    left, right = np.tile(_FIRST[:-1], count), np.tile(_FIRST[1:], count)
    total: Any = 0.0
    size: Any = 0.0
    error: Any = 0.0
    rebuild: Any = None
    short = np.zeros(count, dtype=bool)
    most = max(MOST_PANELS, 2 * PANELS * count)
    for round_ in range(ROUNDS):
        half = (right - left) / 2
        t = ((left + right) / 2)[:, None] + half[:, None] * _WITH_ENDS
        parts, rebuild = _values(e, symbol, body, a, b, low, high, owner, t)
        ends, parts, t = parts[:, [0, -1]], parts[:, 1:-1], t[:, 1:-1]
        if round_ == 0:
            parts = _without_ends(parts, count, t, low, high)
            short = _cut_short(parts, count)
            total = size = error = np.zeros((count, parts.shape[-1]))
        rows = parts.transpose(0, 2, 1)
        both = rows @ _WEIGHTS * half[:, None, None]
        missed = np.abs(ends.transpose(0, 2, 1) - rows @ _BEYOND)
        missed = np.where(np.isfinite(missed), missed, 0.0).sum(axis=-1) * (_UNSEEN * half)[:, None]
        fine, gap = both[..., 0], np.abs(both[..., 1]) + missed
        magnitude = np.abs(rows) @ KRONROD * half[:, None]
        reach = _added(size, owner, np.where(np.isnan(magnitude), 0.0, magnitude))
        split = (gap > wanted * reach[owner] + 1e-300).any(axis=1) & (half > 1e-13) & np.isfinite(gap).all(axis=1)
        if len(owner) + 2 * split.sum() > most or round_ == ROUNDS - 1:
            split[:] = False
        if not split.any():
            total, size, error = (_added(x, owner, y) for x, y in ((total, fine), (size, magnitude), (error, gap)))
            break
        keep = ~split
        total, size, error = (_added(x, owner[keep], y[keep]) for x, y in ((total, fine), (size, magnitude), (error, gap)))
        middle = (left + SPLIT * (right - left))[split]
        owner = np.concatenate([owner[split], owner[split]])
        left, right = np.concatenate([left[split], middle]), np.concatenate([middle, right[split]])
    unsure = ~(error <= accepted * np.abs(total) + 1e-13 * size + 1e-300)
    cancelled = np.abs(total) < 1e-13 * size
    out = np.where(unsure, np.nan, np.where(cancelled, 0.0, total)).astype(e.arithmetic.dtype)
    out = np.where(np.isnan(out).any(axis=1, keepdims=True) | short[:, None], np.nan, out)
    return rebuild(out)


def _added(x: np.ndarray, owner: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Sums of rows, to be added to those of the point that each belongs to."""
    if len(x) == 1:
        return x + y.sum(axis=0)
    out = np.zeros(x.shape, dtype=np.result_type(x, y))
    np.add.at(out, owner, y)
    return x + out


def _values(
    e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value, low: int, high: int, owner: np.ndarray, t: np.ndarray
) -> tuple[np.ndarray, Callable[[np.ndarray], Value]]:
    """The transformed integrand on panels: an array of shape (panels, nodes, leaves)."""
    m = e.arithmetic
    points = t.size
    e.work.spend(max(1, points // 20))
    places = np.repeat(owner, t.shape[1])
    s = t.ravel()
    inner_values = {k: taken(v, places) for k, v in e.values.items()}
    x, weight = _mapped(m, taken(a, places), taken(b, places), low, high, s)
    value = e.inner({**inner_values, symbol: x}).value(body)
    leaves = Leaves(m.mul(value, weight), points)
    parts = np.stack(leaves.columns, axis=-1).reshape(*t.shape, -1)
    return parts, leaves.rebuild


def _mapped(m: Any, a: Value, b: Value, low: int, high: int, s: np.ndarray) -> tuple[Value, Value]:
    """The place x(s) and the derivative of it."""
    u, du = np.pi / 2 * np.sinh(s), np.pi / 2 * np.cosh(s)
    if low and high:
        return m.dtype(1) * np.sinh(u), m.dtype(1) * du * np.cosh(u)
    if high:
        return m.add(a, np.exp(u)), m.dtype(1) * du * np.exp(u)
    if low:
        return m.sub(b, np.exp(u)), m.dtype(1) * du * np.exp(u)
    near = 1 / (1 + np.exp(2 * np.abs(u)))
    width = m.sub(b, a)
    left, right = m.add(a, m.mul(width, near)), m.sub(b, m.mul(width, near))
    x = m.select(np.where(s < 0, 1.0, 0.0), left, right)
    return x, m.mul(width, 2 * du * near * (1 - near))


def _cut_short(parts: np.ndarray, count: int) -> np.ndarray:
    """At which points the transformed integrand is still large where it is cut off: the integral converges too slowly."""
    rows = np.abs(parts.reshape(count, -1, parts.shape[-1]))
    largest = np.nanmax(np.nan_to_num(rows, posinf=0.0), axis=1) + 1e-300
    return (np.maximum(rows[:, 0], rows[:, -1]) > 1e-9 * largest).any(axis=1)


def _without_ends(parts: np.ndarray, count: int, t: np.ndarray, low: int, high: int) -> np.ndarray:
    """Values that overflow or are lost to rounding at the far ends count as 0 where what stands next to them is negligible.

    Only near the ends: an integrand that is 0 beside a part of the range on which it has no value has no integral.
    """
    rows, s = parts.reshape(count, -1, parts.shape[-1]), t.reshape(count, -1)
    bad = ~np.isfinite(rows).all(axis=-1)
    if not bad.any():
        return parts
    out = rows.copy()
    for k in np.flatnonzero(bad.any(axis=1)):
        good = np.flatnonzero(~bad[k])
        if len(good) == 0:
            continue
        first, last = good[0], good[-1]
        largest = np.abs(rows[k][good]).max(axis=0) + 1e-300
        for edge, outside, far in ((first, slice(0, first), low), (last, slice(last + 1, None), high)):
            if abs(s[k, edge]) > (_NEAR_INFINITY if far else _NEAR_END) and (np.abs(rows[k, edge]) <= 1e-9 * largest).all():
                out[k, outside] = 0.0
    return out.reshape(parts.shape)
