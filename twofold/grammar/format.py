"""Trees and texts laid out: `write` prints a tree, `fmt` lays a text out anew and keeps its comments."""

from __future__ import annotations

from twofold.grammar.write import write

__all__ = ["write"]
