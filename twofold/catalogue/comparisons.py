"""Relations between two numbers, and how they read from the other side."""

from __future__ import annotations

ORDERS = frozenset(("lt", "le", "gt", "ge"))
MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
"""The relation that holds with the sides exchanged, or with both of them negated."""
