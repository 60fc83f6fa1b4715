"""Chains of vectors of a nilpotent matrix: each is the image of the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


def chains_of(levels: list[list[V]], continued: Callable[[list[V], list[V]], list[V]], image: Callable[[V], V]) -> list[list[V]]:
    """The chains that together make a basis, the longest first.

    levels       bases of what the powers 0, 1, 2, … of the matrix send to 0
    continued    the candidates that are independent of the known vectors and of those before them

    They are continued from the top: what the longer chains leave over at a level begins chains of its own.
    """
    tops: list[tuple[int, V]] = []
    images: list[V] = []
    for k in range(len(levels) - 1, 0, -1):
        fresh = continued([*levels[k - 1], *images], levels[k])
        tops += [(k, v) for v in fresh]
        images = [image(v) for v in (*images, *fresh)]
    found = []
    for k, v in tops:
        chain = [v]
        for _ in range(k - 1):
            chain.insert(0, image(chain[0]))
        found.append(chain)
    return found
