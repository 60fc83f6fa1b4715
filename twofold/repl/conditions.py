"""The conditions of a row as one phrase."""

from __future__ import annotations

from typing import Any


def conditions(row: dict[str, Any]) -> str:
    """All of them, those with alternatives in brackets where there are several."""
    found = row["conditions"]
    return " and ".join(f"({c})" if len(found) > 1 and " or " in c else c for c in found)
