"""Powers by repeated squaring."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar


class _Factor(Protocol):
    def __mul__(self, other: Any, /) -> Any: ...


T = TypeVar("T", bound=_Factor)


def raised(base: T, exponent: int, one: T) -> T:
    """The power of something that can be multiplied, for an exponent from 0 up; `one` is the power 0."""
    out = one
    while exponent:
        if exponent & 1:
            out = out * base
        exponent >>= 1
        if exponent:
            base = base * base
    return out
