"""The names that binders bind, and binders that stay as they are."""

from __future__ import annotations

from typing import Any

from twofold.grammar.term import (
    INFINITE,
    MINUS_OO,
    OO,
    Bound,
    Symbol,
    Term,
    substitute,
    var,
)
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element, Key


def canonical(c: Converter, t: Bound) -> tuple[Symbol, Term]:
    """The bound symbol every binder of this kind and range uses, and the body over it."""
    s = t.symbols[0]
    depth = getattr(c, "depth", 0)
    pool: dict[Any, Symbol] = c.__dict__.setdefault("pool", {})
    key = (depth, s.kind, s.shape, *(_end(c, t) if s.kind == "integer" else t for t in (s.lower, s.upper)))
    k = pool.setdefault(key, Symbol(f"_{depth}", s.kind, s.shape, s.lower, s.upper))
    return k, substitute(t.body, {s: var(k)})


def _end(c: Converter, t: Term | None) -> Any:
    """An end of a range as a value: n and (n + 1) - 1 are one."""
    from twofold.symbolic.normal import GIVES_UP

    if t is None or t.sort != "number" or t in INFINITE:
        return t
    try:
        return c(t).key
    except GIVES_UP:
        return t


def inside(c: Converter, body: Term) -> Element:
    """A body, one level deeper."""
    c.__dict__["depth"] = getattr(c, "depth", 0) + 1
    try:
        return c(body)
    finally:
        c.__dict__["depth"] -= 1


def opaque_bound(c: Converter, t: Bound) -> Element:
    """A binder as a kernel of its body in normal form."""
    if len(t.symbols) != 1:
        return c.opaque(t.op, [("term", t)])
    s, body = canonical(c, t)
    ends = [("oo",) if a == OO else ("-oo",) if a == MINUS_OO else c.argument(a) for a in t.args]
    return c.opaque(t.op, [s_key(s), inside(c, body).key, *ends, t.side])


def s_key(s: Symbol) -> Key:
    return ("sym", s)
