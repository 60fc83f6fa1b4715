"""Sums as the terms that they are made of."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.grammar.term import App, Term


def summands(t: Term, sign: int = 1) -> Iterator[tuple[int, Term]]:
    """The terms of a sum, of numbers or of arrays, with their signs."""
    if isinstance(t, App) and t.op in ("add", "sub"):
        yield from summands(t.args[0], sign)
        yield from summands(t.args[1], sign if t.op == "add" else -sign)
    elif isinstance(t, App) and t.op == "neg":
        yield from summands(t.args[0], -sign)
    else:
        yield sign, t
