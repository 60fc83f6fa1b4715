"""The work that this process has done so far, counted and not timed, so that what is given up does not depend on how busy the machine is."""

from __future__ import annotations

CALLS, OPERATIONS = 700_000, 100_000
"""Python calls of exact methods, and operations on balls or doubles, that count as a second's work: about what they take when
nothing else runs."""


class Meter:
    """Calls and operations counted, and processor seconds where neither is."""

    calls = 0
    operations = 0
    seconds = 0.0


def spent() -> float:
    """The work so far, in nominal seconds."""
    return Meter.calls / CALLS + Meter.operations / OPERATIONS + Meter.seconds
