"""What a statement may use."""

from __future__ import annotations

from dataclasses import dataclass

TIME = 10.0
MEMORY = 2048


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of processor time for a statement or step (of wall time, at most `PATIENCE` as many), and megabytes that the worker may grow by."""

    time: float = TIME
    memory: int = MEMORY


PATIENCE = 3.0
"""How many times the seconds of a budget a statement may take by the wall clock, where others keep the machine busy."""

LOADING = 120.0
"""Seconds that a worker may take to load the mathematics; a machine that swaps is slow, not broken."""
