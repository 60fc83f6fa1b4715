"""Extrema of increasing functions of something: of a norm, a root, an exponential or a logarithm, where what is inside is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term
from twofold.symbolic.context import Context
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import short

_DEFINED: dict[str, Callable[[Any], Any]] = {
    "sqrt": lambda v: v.is_nonnegative,
    "log": lambda v: v.is_positive,
    "exp": lambda v: True,
}
"""Whether an increasing function has a value at the extreme value of what is inside."""


def of_increasing(f: Term, context: Context, extreme: Callable[[Term], Term]) -> Term:
    """The extremum of f by that of what is inside of it. Raises `NotApplicable`, also where that has none."""
    outer, inner = _parts(f, context)
    found = extreme(inner)
    if not isinstance(found, App) or found.op != "tuple":
        raise NotApplicable("what is inside has no extremum")
    value, place = found.args
    if not _DEFINED[outer](lower(value, context)):
        raise NotApplicable("the function may have no value there")
    level = lift(short(lower(app(outer, value), context), context), context)
    return App("tuple", (level, place), (), "tuple")


def _parts(f: Term, context: Context) -> tuple[str, Term]:
    if not isinstance(f, App) or f.shape:
        raise NotApplicable("not a function of one thing")
    if f.op in _DEFINED and len(f.args) == 1:
        return f.op, f.args[0]
    e = lower(explicit(f, context), context) if f.op == "norm" else None
    if e is None or not (e.is_Pow and e.exp == sp.S.Half):
        raise NotApplicable("not an increasing function")
    return "sqrt", lift(e.base, context)
