"""Changes between samples, narrowed down many at once."""

from __future__ import annotations

import numpy as np

BITS = 48
"""To which a change of the pattern is found between two samples."""
MANY = 100
"""Changes that are looked for together from which they are narrowed down to a quarter in one step, not to a sixteenth."""


def inner_places(count: int) -> np.ndarray:
    """The places between two samples that are tried in one step."""
    parts = 4 if count > MANY else 16
    return np.arange(1, parts) / parts


def steps(inner: np.ndarray) -> int:
    """How often an interval is cut at such places until a change is found to all bits."""
    return BITS // (2 if len(inner) == 3 else 4)


def narrowed(
    low: np.ndarray, high: np.ndarray, places: np.ndarray, same: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ends around the first place that is not the same as the lower end, and its number."""
    ends = np.concatenate([low[:, None], places, high[:, None]], axis=1)
    first = np.where(same.all(axis=1), places.shape[1], np.argmin(same, axis=1))
    i = np.arange(len(low))
    return ends[i, first], ends[i, first + 1], first
