"""Truncated power series over any arithmetic: the carrier of derivatives.

A `Series` with tag t is c0 + c1 h + … + cn h^n for an infinitesimal h of its own. Coefficients may be series with smaller tags, so nested
derivatives nest. Of two series the one with the larger tag is the outer one, the other a constant to it. Sources: Griewank and Walther,
"Evaluating Derivatives" (2008), chapter 13, for the recurrences.
"""

from __future__ import annotations

from itertools import count
from typing import Any

_tags = count(1)


def new_tag() -> int:
    """A tag larger than all before it: what is differentiated inside is the outer series."""
    return next(_tags)


class Series:
    """Coefficients, lowest order first; all series of one tag have the same number of them."""

    __slots__ = ("coefficients", "tag")

    def __init__(self, tag: int, coefficients: tuple[Any, ...]) -> None:
        self.tag = tag
        self.coefficients = coefficients

    @property
    def order(self) -> int:
        return len(self.coefficients) - 1

    def cut(self, order: int) -> Series:
        """The same series to a lower order."""
        return Series(self.tag, self.coefficients[: order + 1])

    def __repr__(self) -> str:
        return f"Series({self.tag}, {self.coefficients!r})"


def base(x: Any) -> Any:
    """The value of a series at h = 0, through all nesting."""
    while isinstance(x, Series):
        x = x.coefficients[0]
    return x


def outermost(*values: Any) -> Series | None:
    """The series of the largest tag among values."""
    best: Series | None = None
    for v in values:
        if isinstance(v, Series) and (best is None or v.tag > best.tag):
            best = v
    return best


def aligned(x: Any, tag: int, order: int, zero: Any) -> tuple[Any, ...]:
    """The coefficients of a value as a series of a tag; anything else is a constant."""
    if isinstance(x, Series) and x.tag == tag:
        return x.coefficients
    return (x, *(zero,) * order)
