"""What a statement may use."""

from __future__ import annotations

from dataclasses import dataclass

TIME = 10.0
MEMORY = 2048


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of wall time for a statement or step, and megabytes that the worker may grow by."""

    time: float = TIME
    memory: int = MEMORY


LOADING = 120.0
"""Seconds that a worker may take to load the mathematics; a machine that swaps is slow, not broken."""
