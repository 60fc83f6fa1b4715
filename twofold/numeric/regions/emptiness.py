"""Whether a region that no sample met has any point: its condition is made as true as it gets by an evolution strategy.

The slack of a comparison a <= b is b - a, of what holds together the least, of what holds one or the other the largest. Source: N. Hansen, "The CMA
Evolution Strategy: A Tutorial" (2016), without the covariances.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from twofold.catalogue.regions import RegionIntegral
from twofold.grammar.term import App, Term, free_symbols, var
from twofold.numeric.outcomes import NoValue
from twofold.numeric.regions.region import NEGATED

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

SCALES = (0.1, 1.0, 10.0, 100.0, 1e4)
PARENTS, CHILDREN, ROUNDS = 24, 12, 60
SURE = 1e-13
"""Slack from which there are points inside."""


def is_empty(e: Evaluator, region: RegionIntegral) -> bool:
    """Whether nothing is found inside of a region, however far its condition is met."""
    slack = _slack(e, region)
    random = np.random.default_rng(1)
    size = len(region.names)
    points = np.concatenate([random.normal(0, scale, (64, size)) for scale in SCALES])
    steps = np.concatenate([np.full(64, scale) for scale in SCALES])
    values = slack(points)
    for _ in range(ROUNDS):
        best = np.argsort(-values)[:PARENTS]
        if values[best[0]] > SURE:
            return False
        points, steps, values = points[best], steps[best], values[best]
        step = np.repeat(steps, CHILDREN) * np.exp(random.normal(-0.3, 0.8, PARENTS * CHILDREN))
        made = np.repeat(points, CHILDREN, axis=0) + step[:, None] * random.normal(0, 1, (len(step), size))
        points, steps, values = (
            np.concatenate([points, made]),
            np.concatenate([steps, step]),
            np.concatenate([values, slack(made)]),
        )
    return bool(values.max() <= SURE)


def _slack(e: Evaluator, region: RegionIntegral) -> Callable[[np.ndarray], np.ndarray]:
    comparisons = [region.condition]
    for name, ends in zip(region.names, region.ranges, strict=True):
        for end, op in zip(ends, ("ge", "le"), strict=True):
            if free_symbols(end) or np.isfinite(float(np.real(e.value(end)))):
                comparisons.append(App(op, (var(name), end), (), "truth"))

    def slack(points: np.ndarray) -> np.ndarray:
        inner = e.inner({name: points[:, k] for k, name in enumerate(region.names)})
        found = np.min([_of(inner, t, False, len(points)) for t in comparisons], axis=0)
        return np.where(np.isnan(found), -np.inf, found)

    return slack


def _of(e: Evaluator, t: Term, negated: bool, count: int) -> np.ndarray:
    if not isinstance(t, App):
        raise NoValue("a condition that is no comparison")
    if t.op in ("and", "or"):
        parts = [_of(e, a, negated, count) for a in t.args]
        return np.min(parts, axis=0) if (t.op == "and") != negated else np.max(parts, axis=0)  # type: ignore[no-any-return]
    if t.op == "not":
        return _of(e, t.args[0], not negated, count)
    op = NEGATED[t.op] if negated else t.op
    gap = np.broadcast_to(np.real(e.value(App("sub", t.args))), (count,)).astype(float)
    if op in ("eq", "ne"):
        return -np.abs(gap) if op == "eq" else np.where(np.isnan(gap), np.nan, np.inf)
    return gap if op in ("gt", "ge") else -gap
