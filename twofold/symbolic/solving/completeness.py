"""What is said of a list of solutions that is proved to be whole."""

from __future__ import annotations

ALL = "all solutions"
NONE = "no solution"
ONLY = "the only solution"


def complete(count: int) -> str:
    """The words for so many solutions."""
    return NONE if not count else ONLY if count == 1 else ALL
