"""What is needed to take functions off an unknown layer by layer: the conditions that the steps ask for, and the whole number of periodic inverses."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, free_symbols, num, subterms, var
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.simplifying import forms
from twofold.symbolic.solving.real_solutions import tidied
from twofold.symbolic.tidy import short
from twofold.symbolic.weight import place

RANGES = {"sin": ("asin", 2), "cos": ("acos", 2), "tan": ("atan", 1), "sinh": ("asinh", 0), "tanh": ("atanh", 0)}
"""Functions with the inverse on a range and the period, in multiples of pi; 0 where there is none."""


class NoRealValue(NotApplicable):
    """A function does not take a value anywhere."""


class Layers:
    """The unknown and the context; `whole` is the number of a period, in use where `periodic`."""

    def __init__(self, symbol: Symbol, context: Context, taken: set[str]) -> None:
        self.symbol, self.context = symbol, context
        name = next(n for n in "kmnjpqr" if n not in taken)
        self.whole = var(Symbol(name, "integer"))
        self.periodic = False

    def need(self, relation: str, w: Term, bound: Term | None = None) -> bool:
        """Adds the condition `w relation 0`, unless the declarations say it; whether it was added."""
        e = lower(w, self.context) - (0 if bound is None else lower(bound, self.context))
        known = {"ge": e.is_nonnegative, "gt": e.is_positive, "ne": e.is_nonzero, "lt": e.is_negative}[relation]
        if known:
            return False
        if known is False:
            raise NotApplicable("no real value") if relation == "ne" else NoRealValue("no real value")
        e = short(sp.factor(e), self.context)
        factors = [f for f in sp.Mul.make_args(e) if not (f.is_positive or (relation == "ne" and f.is_nonzero))]
        made = lift(sp.Mul(*factors), self.context)
        parts = (
            [lift(f.base if f.is_Pow and f.exp.is_integer else f, self.context) for f in factors] if relation == "ne" else [made]
        )
        for p in parts:
            if p != num(1):
                self.context.require(app(relation, p, num(0)))
        return True


def neat(t: Term, periodic: bool, context: Context) -> Term:
    """A short form; real cube roots stay such, and the period of a family stays at its end."""
    if periodic and isinstance(t, App) and t.op in ("add", "sub"):
        return t
    if any(isinstance(x, App) and x.op in ("cbrt", "root") and free_symbols(x) for x in subterms(t)):
        try:
            return min((t, *forms(t, context)), key=place)
        except NotApplicable:
            return t
    return tidied(t, context)
