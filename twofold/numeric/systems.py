"""Solutions of systems: Newton's method from drawn places in doubles, and the proof in balls that a zero lies near where it arrives.

Krawczyk's test (Moore, Kearfott and Cloud, Introduction to Interval Analysis, 2009, 8.2): with an approximate inverse Y of the Jacobian at
m, a box X holds exactly one zero where m - Y f(m) + (1 - Y J(X)) (X - m) lies inside X, and the zero lies there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice

import numpy as np
from flint import arb, arb_mat, ctx, fmpq

from twofold.catalogue.shapes import bound
from twofold.grammar.term import App, Symbol, Term, copy_symbol, num, substitute, var
from twofold.numeric.evaluate import along, ball
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split
from twofold.numeric.sample import involved
from twofold.numeric.valuation import Valuation

_MOST_UNKNOWNS = 4
_MOST_CHOICES = 3
"""Choices of unknowns where there are more names than equations, the others keep drawn values."""
_STEPS = 40
_WIDTH = 1e-6
"""Of central differences."""
_SMALL = 1e-10
"""Residuals of a zero, for terms of size 1."""
_RADII = (1e-9, 1e-12, 1e-6)
_BITS = 128

Zero = tuple[Valuation, dict[Symbol, arb], bool]
"""The other names, the unknowns in balls, and whether a zero is proved to lie there."""


def zeros(equations: Sequence[App], drawn: Sequence[Valuation]) -> Iterator[Zero]:
    """Zeros of two or more equations between real scalars, in as many unknowns, with drawn values for other names."""
    names = involved(*equations)
    free = [s for s in names if not s.shape and s.kind == "real" and "integer" not in s.properties]
    n = len(equations)
    if not 2 <= n <= min(_MOST_UNKNOWNS, len(free)) or not drawn:
        return
    for unknowns in islice(combinations(free, n), _MOST_CHOICES):
        system = _System(equations, unknowns)
        try:
            for group in [drawn] if set(names) <= set(unknowns) else [[p] for p in drawn[:: max(1, len(drawn) // 6)]]:
                yield from system.zeros(group[0], drawn)
        except CannotEvaluate:
            continue


class _System:
    def __init__(self, equations: Sequence[App], unknowns: Sequence[Symbol]) -> None:
        self.unknowns = tuple(unknowns)
        self.functions: list[Term] = [App("sub", e.args) for e in equations]
        self.slopes = [[_slope(f, s) for s in unknowns] for f in self.functions]

    def zeros(self, point: Valuation, drawn: Sequence[Valuation]) -> Iterator[Zero]:
        others = {s: v for s, v in point.items() if s not in self.unknowns}
        starts = np.array([[float(p[s]) for s in self.unknowns] for p in drawn if all(s in p for s in self.unknowns)])
        found: list[np.ndarray] = []
        for place in self.arrived(starts, others):
            if not any(np.allclose(place, other, rtol=1e-6, atol=1e-9) for other in found):
                found.append(place)
                yield self.enclosed(place, others)

    def values(self, at: np.ndarray, others: Valuation) -> np.ndarray:
        """An array (points, equations)."""
        places = {s: at[:, k] for k, s in enumerate(self.unknowns)}
        return np.stack([np.asarray(along(f, places, "real", others), dtype=float) for f in self.functions], axis=1)

    def arrived(self, at: np.ndarray, others: Valuation) -> np.ndarray:
        """Where Newton's method arrives, damped to steps no longer than the place is far from the origin."""
        n = len(self.unknowns)
        with np.errstate(all="ignore"):
            for _ in range(_STEPS):
                f = self.values(at, others)
                h = _WIDTH * (1 + np.abs(at))
                nodes = np.concatenate([at + sign * h * np.eye(n)[k] for k in range(n) for sign in (1, -1)])
                around = self.values(nodes, others).reshape(n, 2, len(at), n)
                jacobians = np.moveaxis((around[:, 0] - around[:, 1]) / (2 * h.T[:, :, None]), 0, 2)
                good = np.isfinite(jacobians).all(axis=(1, 2)) & np.isfinite(f).all(axis=1)
                at, f, jacobians = at[good], f[good], jacobians[good]
                if not len(at):
                    return at
                step = np.stack([np.linalg.lstsq(j, v, rcond=None)[0] for j, v in zip(jacobians, f, strict=True)])
                size = np.linalg.norm(step, axis=1, keepdims=True)
                limit = 1 + np.linalg.norm(at, axis=1, keepdims=True)
                at = at - step * np.minimum(1, limit / np.maximum(size, 1e-300))
                if np.all(size <= 1e-15 * limit):
                    break
            scale = 1 + np.linalg.norm(at, axis=1)
            arrived = (np.abs(self.values(at, others)).max(axis=1) <= _SMALL * scale) & (size[:, 0] <= _WIDTH * scale)
        return at[arrived]

    def enclosed(self, place: np.ndarray, others: Valuation) -> Zero:
        """A zero near a place, proved by Krawczyk's test where that succeeds."""
        middle = [Fraction(float(v)) for v in place]
        with ctx.workprec(_BITS):
            for radius in _RADII:
                widths = [Fraction(radius * max(1.0, abs(float(v)))) for v in place]
                box = [_ball(m - w).union(_ball(m + w)) for m, w in zip(middle, widths, strict=True)]
                image = self.krawczyk(middle, box, others)
                if image is not None and all(b.contains_interior(k) for b, k in zip(box, image, strict=True)):
                    return others, dict(zip(self.unknowns, image, strict=True)), True
            return others, {s: _ball(m) for s, m in zip(self.unknowns, middle, strict=True)}, False

    def krawczyk(self, middle: list[Fraction], box: list[arb], others: Valuation) -> list[arb] | None:
        n = len(box)
        exact = {**others, **dict(zip(self.unknowns, middle, strict=True))}
        wide = {**others, **dict(zip(self.unknowns, box, strict=True))}
        try:
            inverse = arb_mat([[_real(t, exact) for t in row] for row in self.slopes]).inv()
            y = arb_mat([[inverse[i, j].mid() for j in range(n)] for i in range(n)])
            rest = arb_mat([[int(i == j) for j in range(n)] for i in range(n)]) - y * arb_mat(
                [[_real(t, wide) for t in row] for row in self.slopes]
            )
            value = y * arb_mat([[_real(f, exact)] for f in self.functions])
        except (NoValue, Split, ZeroDivisionError, ValueError):
            return None
        moved = rest * arb_mat([[b - _ball(m)] for b, m in zip(box, middle, strict=True)])
        image = [_ball(m) - value[k, 0] + moved[k, 0] for k, m in enumerate(middle)]
        return image if all(k.is_finite() for k in image) else None


def _slope(f: Term, s: Symbol) -> Term:
    inner = copy_symbol(s)
    return bound("diff", (inner,), substitute(f, {s: var(inner)}), var(s), num(1))


def _real(t: Term, values: Valuation) -> arb:
    found = ball(t, values, _BITS)
    if isinstance(found, (int, Fraction)):
        return _ball(Fraction(found))
    if not isinstance(found, (arb, fmpq)):
        raise ValueError("not a real number")
    return arb(found)


def _ball(q: Fraction) -> arb:
    return arb(fmpq(q.numerator, q.denominator))
