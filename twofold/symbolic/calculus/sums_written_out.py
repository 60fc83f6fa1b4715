"""Sums and products term by term: carried out, and as what a closed form is compared with."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    App,
    Bound,
    Num,
    Term,
    free_symbols,
    num,
    substitute,
    subterms,
)
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import product, total
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import explicit, is_explicit
from twofold.symbolic.work import carry_out

MOST_WRITTEN_OUT = 20_000
"""Terms that are added up one by one where no shorter way is known."""


def written_out(context: Context, term: Bound, count: int) -> Term:
    """A sum or product of so many terms, from the first index on, carried out one by one."""
    first = int(term.args[0].value) if isinstance(term.args[0], Num) else 0
    parts = [carry_out(substitute(term.body, {term.symbols[0]: num(k)}), context) for k in range(first, first + count)]
    if any(p.sort != "number" for p in parts):
        raise NoClosedForm("a term has no value")
    if not parts[0].shape:
        return total(parts) if term.op == "sum" else product(parts)
    out = parts[0]
    for p in parts[1:]:
        out = explicit(app("add" if term.op == "sum" else "mul", out, p), context)
    return out


def picks(term: Bound) -> bool:
    """Whether the body takes entries of an explicit array at the bound index."""
    return any(
        isinstance(t, App)
        and t.op == "index"
        and is_explicit(t.args[0].shape)
        and any(term.symbols[0] in free_symbols(p) for p in t.args[1:])
        for t in subterms(term.body)
    )


def right_for_small(op: str, context: Context, body: Any, k: Any, low: Any, high: Any, found: Any) -> bool:
    """Compares a closed form with the sum itself, written out, for a few admissible values of the names."""
    counted = 0
    for point in spot.points((body.free_symbols | low.free_symbols | high.free_symbols) - {k}, context, 8):
        a, b = low.subs(point), high.subs(point)
        if not (a.is_Integer and b.is_Integer) or b < a - 1 or b - a > 40:
            continue
        parts = [spot.value(body.subs(k, j), point) for j in range(int(a), int(b) + 1)]
        value = spot.value(found, point)
        if value is None or any(p is None for p in parts):
            continue
        direct = sum(parts) if op == "sum" else _multiplied(parts)
        if not spot.same(direct, value):
            return False
        counted += 1
    return counted > 0


def _multiplied(parts: list[Any]) -> Any:
    out = 1
    for p in parts:
        out = out * p
    return out
