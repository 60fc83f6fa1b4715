"""Twofold: a computer algebra assistant that works every answer out twice and says what it found as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twofold.engine.client import Session as Session

__version__ = "0.1.0"
__all__ = ["Session", "__version__"]


def __getattr__(name: str) -> Any:
    # Lazy, so that the prompt and the command line start without the mathematics.
    if name == "Session":
        from twofold.engine.client import Session

        return Session
    raise AttributeError(f"module 'twofold' has no attribute {name!r}")
