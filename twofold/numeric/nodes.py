"""Averages over a univariate law in double precision: graded panels with adaptive bisection, sums over discrete supports, Gauss rules of a law."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from twofold.numeric.laws import Frozen, Listed, Oracle
from twofold.numeric.outcomes import CannotEvaluate

Values = np.ndarray
Integrand = Callable[[Values], Values]
"""From points of shape (k,) to values of shape (k,) or (k, m)."""

_LONGEST = 200_000
_TAIL = 1e-13
_LAST = 1e-12
_LEAST = 1e-290
"""Densities below this are taken as 0; the mass must come out all the same."""
_ROUNDS = 60
_WANTED = 1e-13
ACCEPTED = 1e-10
"""The relative error estimate above which an average is not given."""
_NOTHING, _CANCELLED = 2e-14, 1e-7
"""Shares of the average size below which a total is 0, and is lost in rounding."""


def settled(total: Values, size: Values) -> Values:
    """A total of parts of the given absolute size: 0 where rounding says no more. Raises `CannotEvaluate` where cancellation has eaten most digits."""
    total, size = np.asarray(total), np.asarray(size)
    nothing = np.abs(total) <= _NOTHING * size
    if np.any(~nothing & (np.abs(total) < _CANCELLED * size)):
        raise CannotEvaluate("the value is lost in cancellation")
    return np.where(nothing, 0.0, total)


def _clenshaw_curtis(n: int) -> tuple[Values, Values]:
    """Nodes on [-1, 1], ends included, and weights of the rule with n + 1 points, n even (Trefethen, Is Gauss quadrature better?, 2008)."""
    angles = np.pi * np.arange(n + 1) / n
    weights = np.zeros(n + 1)
    for k in range(n + 1):
        total = sum((1 if j == n // 2 else 2) / (4 * j * j - 1) * np.cos(2 * j * angles[k]) for j in range(1, n // 2 + 1))
        weights[k] = (1 if k in (0, n) else 2) / n * (1 - total)
    return -np.cos(angles), weights


_NODES, _FINE = _clenshaw_curtis(16)
_COARSE = np.zeros(17)
_COARSE[::2] = _clenshaw_curtis(8)[1]
# Ends are nodes, so that a jump anywhere in a panel makes the two rules differ.


def average(law: Oracle, f: Integrand) -> Values:
    """The expectation of a function, of its value's shape. Raises `CannotEvaluate` where it is not reached to ten digits."""
    return _sum(law, f) if law.discrete else _integral(law, f)


def _sum(law: Oracle, f: Integrand) -> Values:
    """The sum over a discrete support, over more and more of it until the last tenth says nothing any more."""
    for reach in (1, 8, 64, 512):
        x = points(law, reach)
        with np.errstate(all="ignore"):
            values = np.asarray(f(x), dtype=float)
            weights = law.density(x)
            keep = weights > 0
            parts = values[keep] * (weights[keep] if values.ndim == 1 else weights[keep][:, None])
        if not np.all(np.isfinite(parts)):
            raise CannotEvaluate("the function has no value somewhere on the support")
        total, size = parts.sum(axis=0), np.abs(parts).sum(axis=0)
        if isinstance(law, Listed) or all(np.isfinite(law.support())):
            return settled(total, size)
        tenth = len(parts) // 10 + 1
        last = np.abs(parts[-tenth:]).sum(axis=0)
        if not np.isfinite(law.support()[0]):
            last = last + np.abs(parts[:tenth]).sum(axis=0)
        if np.all(last <= _LAST * size):
            return settled(total, size)
        if len(x) >= _LONGEST:
            break
    raise CannotEvaluate("the sum converges too slowly")


def points(law: Oracle, reach: int = 1) -> Values:
    """The values of a discrete law that carry all but a negligible mass, and `reach` times as many."""
    if isinstance(law, Listed):
        return law.values
    low, high = law.support()
    first = low if np.isfinite(low) else (float(law.quantile(np.float64(1e-300))) - 50) * reach
    last = high if np.isfinite(high) else (float(law.quantile(np.float64(1 - 1e-13))) * 4 + 200) * reach
    if last - first > _LONGEST:
        last = first + _LONGEST
    return np.arange(first, last + 1)


def _integral(law: Oracle, f: Integrand) -> Values:
    """The integral by panels; the mass of the law, carried along, must come out as 1."""
    if np.all(np.isfinite(law.support())):
        try:
            return _whole(law, f)
        except CannotEvaluate:
            # Too much mass too near an end for doubles: in the quantile's coordinate the law is uniform.
            return _whole(_UNIT, lambda u: f(law.quantile(u)))
    return _whole(law, f)


def _whole(law: Oracle, f: Integrand) -> Values:
    out, mass, flat = _panelled(law, f)
    if abs(mass - 1) > ACCEPTED:
        raise CannotEvaluate("the integral is not reached in double precision")
    return out[0] if flat else out


class _Unit:
    """The uniform law on (0, 1)."""

    discrete = False

    def density(self, x: Values) -> Values:
        return np.ones_like(x)

    def cdf(self, x: Values) -> Values:
        return np.clip(x, 0.0, 1.0)

    def quantile(self, q: Values) -> Values:
        return np.asarray(q)

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def draw(self, count: int, source: np.random.Generator) -> Values:
        return source.random(count)


_UNIT = _Unit()


def mass(law: Oracle) -> float:
    """The integral of a density."""
    return _panelled(law, lambda x: np.ones_like(x))[1]


def _panelled(law: Oracle, f: Integrand) -> tuple[Values, float, bool]:
    """Integrals of f and of 1 against the density: panels are halved until both rules agree on each."""
    low, high = law.support()
    first, last = np.nextafter(low, np.inf), np.nextafter(high, -np.inf)
    edges = panels(law)
    a, b = edges[:-1], edges[1:]
    total: Values = np.zeros(1)
    size: Values = np.zeros(1)
    error: Values = np.zeros(1)
    flat = False
    for _ in range(_ROUNDS):
        half = (b - a) / 2
        x = np.clip(((a + b) / 2)[:, None] + half[:, None] * _NODES, first, last).ravel()
        with np.errstate(all="ignore"):
            values = np.asarray(f(x), dtype=float)
            flat = values.ndim == 1
            weights = np.nan_to_num(law.density(x), nan=0.0, posinf=0.0)[:, None]
            parts = (
                np.where(weights > _LEAST, np.concatenate([values.reshape(len(x), -1), np.ones((len(x), 1))], axis=1), 0.0)
                * weights
            )
        parts = parts.reshape(len(a), len(_NODES), -1)
        wrong = ~np.isfinite(parts)
        if wrong.any():
            # Infinite values in the last panels before an end, which carry no mass to speak of.
            if np.any((parts[..., -1] @ _FINE * half)[wrong.any(axis=(1, 2))] > _TAIL):
                raise CannotEvaluate("the function has no value somewhere on the support")
            parts = np.where(wrong, 0.0, parts)
        fine = np.tensordot(parts, _FINE, axes=(1, 0)) * half[:, None]
        gap = np.abs(fine - np.tensordot(parts, _COARSE, axes=(1, 0)) * half[:, None])
        magnitude = np.tensordot(np.abs(parts), _FINE, axes=(1, 0)) * half[:, None]
        reach = np.maximum(size + magnitude.sum(axis=0), 1e-300)
        split = (gap > _WANTED * reach).any(axis=1) & (half > 1e-15 * np.maximum(np.abs(a), np.abs(b)))
        total = total + fine[~split].sum(axis=0)
        size = size + magnitude[~split].sum(axis=0)
        error = error + np.where(gap[~split] > _WANTED * reach, gap[~split], 0.0).sum(axis=0)
        if not split.any():
            break
        middle = ((a + b) / 2)[split]
        a, b = np.concatenate([a[split], middle]), np.concatenate([middle, b[split]])
        if len(a) > 4000:
            raise CannotEvaluate("the integral is too hard for double precision")
    else:
        raise CannotEvaluate("the integral is not reached in double precision")
    _converges(law, f, edges, size[:-1])
    if np.any(error > ACCEPTED * np.maximum(size, 1e-300)):
        raise CannotEvaluate("the integral is not reached in double precision")
    return settled(total[:-1], size[:-1]), float(total[-1]), flat


def _converges(law: Oracle, f: Integrand, edges: Values, size: Values) -> None:
    """Refuses an integral whose outermost panels still matter."""
    low, high = law.support()
    for infinite, (a, b) in ((not np.isfinite(low), edges[:2]), (not np.isfinite(high), edges[-2:])):
        if not infinite:
            continue
        x = (a + b) / 2 + (b - a) / 2 * _NODES
        with np.errstate(all="ignore"):
            values = np.abs(np.asarray(f(x), dtype=float))
            weights = law.density(x)
            parts = np.nan_to_num(values * (weights if values.ndim == 1 else weights[:, None]))
        if np.any(np.tensordot(parts, _FINE, axes=(0, 0)) * (b - a) / 2 > _TAIL * 100 * np.maximum(size, 1e-300)):
            raise CannotEvaluate("the integral does not converge, or too slowly")


def panels(law: Oracle) -> Values:
    """Ends of panels: even steps of probability inside, widths that double towards infinite ends and halve towards finite ones."""
    low, high = law.support()
    core = np.unique(law.quantile(np.array([0.01, 0.05, 0.15, 0.3, 0.45, 0.5, 0.55, 0.7, 0.85, 0.95, 0.99])))
    core = core[np.isfinite(core)]
    if len(core) < 2:
        raise CannotEvaluate("the law is too narrow for double precision")
    width = core[-1] - core[0]
    left = low + (core[0] - low) * _GRADED if np.isfinite(low) else core[0] - width * (2.0 ** np.arange(-2, 62))
    right = high - (high - core[-1]) * _GRADED if np.isfinite(high) else core[-1] + width * (2.0 ** np.arange(-2, 62))
    ends = [v for v in (low, high) if np.isfinite(v)]
    return np.unique(np.concatenate([left, core, right, ends]))


_GRADED = np.concatenate([2.0 ** -np.arange(1, 60), 2.0 ** -np.arange(64, 960, 8)])
"""Shares of the way to a finite end, fine enough for densities like x^(-9/10)."""


def lattice(law: Oracle, least: float) -> tuple[Values, Values]:
    """The values of a discrete law with more than a least mass, and their masses: between them a function need not be like a polynomial."""
    x = points(law)
    w = law.density(x)
    keep = np.isfinite(w) & (w > least)
    if abs(float(w[keep].sum()) - 1) > ACCEPTED:
        raise CannotEvaluate("a law with too many values")
    return x[keep], w[keep]


def gauss(law: Oracle, count: int) -> tuple[Values, Values]:
    """Nodes and weights that average polynomials of degree below 2 * count exactly (discretised Stieltjes, Golub-Welsch)."""
    if not isinstance(law, Frozen):
        return _gauss(law, count)
    if count not in law.rules:
        law.rules[count] = _gauss(law, count)
    return law.rules[count]


def _gauss(law: Oracle, count: int) -> tuple[Values, Values]:
    if law.discrete:
        x = points(law)
        w = law.density(x)
    else:
        edges = panels(law)
        middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
        x = (middle[:, None] + half[:, None] * _NODES).ravel()
        with np.errstate(all="ignore"):
            w = law.density(x) * (half[:, None] * _FINE).ravel()
    keep = np.isfinite(w) & (w > 1e-40)
    mass = float(w[keep].sum())
    if abs(mass - 1) > ACCEPTED:
        raise CannotEvaluate("a law too concentrated for double precision")
    x, w = x[keep], w[keep] / mass
    if len(x) <= count:
        return x, w
    centre = float((x * w).sum())
    scale = float(np.sqrt((w * (x - centre) ** 2).sum())) or 1.0
    z = (x - centre) / scale
    diagonal, off = np.zeros(count), np.zeros(count)
    before, now = np.zeros_like(z), np.ones_like(z)
    norm = 1.0
    for k in range(count):
        diagonal[k] = (w * z * now * now).sum() / norm
        following = (z - diagonal[k]) * now - (off[k] if k else 0.0) * before
        before, now = now, following
        fresh = float((w * now * now).sum())
        if not 0 < fresh < 1e280:
            raise CannotEvaluate("the moments of a law are too large")
        if k + 1 < count:
            off[k + 1] = fresh / norm
        norm = fresh
    matrix = np.diag(diagonal) + np.diag(np.sqrt(off[1:]), 1) + np.diag(np.sqrt(off[1:]), -1)
    nodes, vectors = np.linalg.eigh(matrix)
    return centre + scale * nodes, vectors[0] ** 2
