"""The six things that can be said of a claim."""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    PROVED = "proved"
    SUPPORTED = "supported"
    CONDITIONAL = "conditional"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    CONFLICT = "conflict"

    def __bool__(self) -> bool:
        raise TypeError("a truth is not a boolean: compare it with Truth.PROVED, Truth.REFUTED, …")


class Strength(Enum):
    """How much a piece of evidence can carry, strongest first."""

    PROOF = "proof"
    CERTIFIED = "certified enclosure"
    SAMPLED = "sampled"
    HEURISTIC = "heuristic"
