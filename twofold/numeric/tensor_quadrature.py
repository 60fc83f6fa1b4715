"""Integrals inside integrals over finite ranges by the product of Gauss's rules: for smooth integrands, on which two rules of different order agree.

Panels inside panels need some hundred points in each direction. Where the two rules do not agree to eleven digits nothing is said.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import Bound, Symbol, Term
from twofold.numeric.outcomes import NoValue

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

ORDERS = {2: (17, 26), 3: (10, 15), 4: (6, 9)}
"""Orders of the two rules for so many integrals inside one another."""
MOST = 400_000
AGREED = 1e-11
CLOSE = 0.05
"""How far the integrals of the size of the integrand may be apart. Where that has no integral, what is odd about the diagonal sums to 0 by
the symmetry of the nodes, whatever the integrals inside one another are."""


def smooth(e: Evaluator, symbol: Symbol, body: Term, a: Any, b: Any, count: int, taken: Any) -> np.ndarray | None:
    """The integral at every point of the batch, or `None` where the rules differ or an end is infinite. `taken(value, places)` picks from a batch."""
    chain, inner = [(symbol, a, b)], body
    while isinstance(inner, Bound) and inner.op == "integrate" and len(inner.symbols) == 1 and not inner.shape:
        chain.append((inner.symbols[0], *inner.args))
        inner = inner.body
    orders = ORDERS.get(len(chain))
    if orders is None or count * orders[1] ** len(chain) > MOST:
        return None
    try:
        found = [_product(e, chain, inner, n, count, taken) for n in orders]
    except NoValue:
        return None
    if found[0] is None or found[1] is None:
        return None
    (low, rough), (high, size) = found
    sure = (np.abs(high - low) <= AGREED * np.abs(high) + 1e-15 * size) & (np.abs(size - rough) <= CLOSE * size)
    if not (sure.all() and (size > 0).all()):
        return None
    return np.where(np.abs(high) < 1e-13 * size, 0.0, high).astype(e.arithmetic.dtype)


@cache
def _gauss(n: int) -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(n)


def _product(
    e: Evaluator, chain: list[tuple[Symbol, Any, Any]], body: Term, n: int, count: int, taken: Any
) -> tuple[np.ndarray, np.ndarray] | None:
    """The sum over the nodes, and that of the sizes of its terms."""
    nodes, weights = _gauss(n)
    weight, points = np.ones(count), count
    for depth, (symbol, low, high) in enumerate(chain):
        a, b = (low, high) if depth == 0 else (e.value(low), e.value(high))
        if not all(isinstance(v, (float, np.number, np.ndarray)) for v in (a, b)):
            return None
        a, b = (np.broadcast_to(np.asarray(v), (points,)) for v in (a, b))
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            return None
        middle, half = (a + b) / 2, (b - a) / 2
        places = np.repeat(np.arange(points), n)
        weight = (weight * half)[:, None] * weights
        x = (middle[:, None] + half[:, None] * nodes).ravel()
        e.work.spend(max(1, x.size // 20))
        e = e.inner({**{s: taken(v, places) for s, v in e.values.items()}, symbol: x})
        weight, points = weight.ravel(), x.size
    value = e.value(body)
    if not isinstance(value, (float, np.number, np.ndarray)):
        return None
    parts = np.broadcast_to(value, (points,)) * weight
    if not np.isfinite(parts).all():
        return None
    parts = parts.reshape(count, -1)
    return parts.sum(axis=1), np.abs(parts).sum(axis=1)
