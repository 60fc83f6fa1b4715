"""Extrema at zeros: where a function is nowhere negative by its form and is 0 somewhere, its least value is 0, taken at all its zeros."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, num, var
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.equations import solve
from twofold.symbolic.solving.reading import INCOMPLETE


def of_zeros(f: Term, symbol: Symbol, sign: int, context: Context) -> Term | None:
    """(0, where the function is 0), or `None` where it is not seen that 0 is its least value (its greatest for sign -1)."""
    if context.range(symbol) != Range() or symbol.kind != "real":
        return None
    e = sign * lower(f, context)
    if not nonnegative(e) and not nonnegative(attempt(sp.factor, e) or e):
        return None
    inner = context.aside()
    try:
        found = solve(inner, app("eq", f, num(0)), var(symbol))
    except NoClosedForm:
        return None
    if not isinstance(found, App) or found.op != "set" or not found.args or inner.rounded:
        return None
    for note in inner.notes:
        if note != INCOMPLETE and not note.startswith("all solutions"):
            context.note(note)
    if INCOMPLETE in inner.notes:
        context.note("there may be other points with this value")
    for condition in inner.conditions:
        context.require(condition)
    place = found.args[0] if len(found.args) == 1 else found
    return App("tuple", (num(0), place), (), "tuple")


def nonnegative(e: Any) -> bool:
    """Whether an expression in real names is nowhere negative, by its form: squares, sizes, and sums in which a number outweighs bounded waves."""
    if e.is_nonnegative:
        return True
    if e.is_Mul:
        factor, rest = e.as_coeff_Mul()
        if not factor.is_negative:
            return all(nonnegative(a) for a in e.args)
        others = sp.Mul.make_args(rest)
        turned = [k for k, a in enumerate(others) if not nonnegative(a)]
        return len(turned) == 1 and others[turned[0]].is_Add and nonnegative(sp.expand(-others[turned[0]]))
    if e.is_Pow:
        even = e.base.is_extended_real and e.exp.is_Rational and e.exp.q == 1 and e.exp.p % 2 == 0
        return bool(even) or nonnegative(e.base) and bool(e.exp.is_real)
    if not e.is_Add:
        return False
    left = sum((_least(t) for t in e.args), sp.S.Zero)
    return left is not sp.nan and bool(left.is_nonnegative)


def _least(t: Any) -> Any:
    """A lower bound of a number, or of a multiple of a bounded function or of cosh."""
    factor, wave = t.as_independent(*t.free_symbols, as_Add=False) if t.free_symbols else (t, sp.S.One)
    if wave == 1:
        return factor
    base = wave.base if wave.is_Pow and wave.exp.is_Integer and wave.exp.is_positive else wave
    if isinstance(base, (sp.sin, sp.cos, sp.tanh)) and base.args[0].is_real:
        return -sp.Abs(factor)
    if isinstance(base, sp.cosh) and base.args[0].is_real and factor.is_positive:
        return factor
    return sp.S.Zero if nonnegative(t) else sp.nan


__all__ = ["nonnegative", "of_zeros"]
