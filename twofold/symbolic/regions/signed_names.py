"""Integrals over regions whose form depends on the sign of a name: where it is positive, 0 and negative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Symbol, Term, num, substitute, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.regions.region import Region
from twofold.symbolic.tidy import short

Solver = Callable[[Region, Context], Term]
_MOST = 2
"""Names of unknown sign up to which cases are made."""


def by_sign(region: Region, names: list[Symbol], context: Context, solver: Solver) -> Term | None:
    """The integral from those for each sign of a name; `None` where one of them is not found, or needs more of the names."""
    unknown = [s for s in names if is_unsigned(s, context)]
    if not 0 < len(unknown) <= _MOST:
        return None
    a = var(unknown[0])
    notes: list[str] = []
    needed: list[list[Term]] = []
    found = []
    for op in ("gt", "lt"):
        inner = context.aside(app(op, a, num(0)))
        try:
            found.append(solver(region, inner))
        except (NotApplicable, NoClosedForm, TwofoldError):
            return None
        needed.append(inner.conditions)
        notes += inner.notes
    above, below = found
    if set(needed[0]) != set(needed[1]):
        return None
    for condition in needed[0]:
        context.require(condition)
    zero = _at_zero(region, unknown[0], context, solver)
    for n in notes:
        context.note(n)
    return _joined(unknown[0], above, zero, below, context)


def is_unsigned(s: Symbol, context: Context) -> bool:
    """Whether a name stands for a real number that may be negative and may be positive."""
    known = context.range(s)
    signed = known.lower is not None and known.lower >= 0 or known.upper is not None and known.upper <= 0
    return s.kind == "real" and not s.shape and s.law is None and not signed


def _at_zero(region: Region, s: Symbol, context: Context, solver: Solver) -> Term | None:
    put: dict[Symbol, Term] = {s: num(0)}
    inner = context.aside()
    there = replace(region, condition=substitute(region.condition, put), integrand=substitute(region.integrand, put))
    try:
        value = solver(there, inner)
    except (NotApplicable, NoClosedForm, TwofoldError):
        return None
    return value if set(inner.conditions) <= set(context.conditions) else None


def _joined(s: Symbol, above: Term, zero: Term | None, below: Term, context: Context) -> Term | None:
    a = var(s)

    def same(one: Term, other: Term, within: Context = context) -> bool:
        return one == other or sp.simplify(lower(one, within) - lower(other, within)) == 0

    def meets(value: Term) -> bool:
        return zero is not None and same(substitute(value, {s: num(0)}), zero)

    if zero is None:
        context.require(app("ne", a, num(0)))
    if same(above, below):
        whole: Term | None = above
    elif same(substitute(above, {s: app("neg", a)}), below, context.aside(app("lt", a, num(0)))):
        whole = lift(short(lower(substitute(above, {s: app("abs", a)}), context), context), context)
    else:
        whole = None
    if whole is not None and (zero is None or meets(whole)):
        return whole
    if any(isinstance(t, App) and t.op == "piecewise" for t in (above, below)):
        return None
    if zero is None or meets(above):
        return app("piecewise", above, app("ge" if zero is not None else "gt", a, num(0)), below)
    if meets(below):
        return app("piecewise", above, app("gt", a, num(0)), below)
    return app("piecewise", zero, app("eq", a, num(0)), above, app("gt", a, num(0)), below)
