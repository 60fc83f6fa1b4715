"""Two integrals inside one another, between graphs, as the integral over the region that these enclose: its other order may have a closed form."""

from __future__ import annotations

from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Bound, Num, Symbol, Term, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.regions.integral import NESTED, over_region
from twofold.symbolic.regions.region import Region


def in_another_order(term: Bound, context: Context) -> Term | None:
    """The value by the region between numbers and two graphs that are proved to be in order; `None` where that does not apply, or the integral
    over the region is not seen to converge absolutely (Fubini)."""
    inner = term.body
    if term.op != "integrate" or term.shape or not isinstance(inner, Bound) or inner.op != "integrate":
        return None
    x, y = term.symbols[0], inner.symbols[0]
    (a, b), (low, high) = term.args, inner.args
    graphs = any(x in free_symbols(e) for e in (low, high))
    if not graphs or isinstance(inner.body, Bound) or not (isinstance(a, Num) and isinstance(b, Num) and a.value < b.value):
        return None
    if not {*free_symbols(low), *free_symbols(high)} <= {x}:
        return None
    free = copy_symbol(x, lower=None, upper=None)
    between = app("and", app("ge", var(free), a), app("le", var(free), b))
    ordered = app("le", *(substitute(e, {x: var(free)}) for e in (low, high)))
    if not within(context.seconds, proves, Goal("=>", between, ordered, context.assumptions, "real"), context):
        return None
    u, v = (copy_symbol(s, lower=None, upper=None) for s in (x, y))
    put: dict[Symbol, Term] = {x: var(u), y: var(v)}
    sides = [app("ge", var(u), a), app("le", var(u), b), _beside(var(v), "ge", low), _beside(var(v), "le", high)]
    region = Region((v, u), substitute(inner.body, put), together([substitute(s, put) for s in sides]))
    aside = context.aside()
    try:
        found = over_region(region, aside)
    except (NoClosedForm, TwofoldError):
        return None
    if NESTED in aside.notes:
        return None
    for condition in aside.conditions:
        context.require(condition)
    for note in aside.notes:
        context.note(note)
    return found


def _beside(y: Term, op: str, end: Term) -> App:
    """A comparison with an odd root as one with what is under it."""
    if isinstance(end, App) and end.op == "cbrt":
        return app(op, app("pow", y, num(3)), end.args[0])
    return app(op, y, end)
