"""Equations in one real unknown that no formula solves: ways that isolate their solutions with proof, tried one after another."""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import MISSING, App, Symbol, Term, free_symbols, num
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.solving.completeness import complete
from twofold.symbolic.solving.gamma_equations import gamma_places
from twofold.symbolic.solving.near_solutions import near_zero
from twofold.symbolic.solving.oscillating import endless
from twofold.symbolic.solving.reading import INCOMPLETE, MANY, REACH, parts_of
from twofold.symbolic.solving.real_solutions import is_equation, number


def near(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The solutions near 0 of an equation in one real unknown that no other method solves, isolated with proof; `None` where there are none
    or the proof is not found."""
    names = free_symbols(relation) if unknowns == MISSING else free_symbols(unknowns)
    parts = [as_relation(p) for p in parts_of(relation)]
    if context.reading != "real" or len(names) != 1 or set(free_symbols(relation)) != set(names) or len(parts) != 1:
        return None
    if names[0].shape or names[0].kind != "real" or names[0].law is not None or not is_equation(relation):
        return None

    def enclosed() -> Term | None:
        found = within(context.seconds, near_zero, minus(*parts[0].args), names[0], context)  # type: ignore[attr-defined]
        if found is None or not found[0]:
            return None
        places, low, high = found
        made = App("set", tuple(number(p, context) for p in places), (), "set")
        context.note(f"all solutions from {low} to {high}, proved")
        context.note(INCOMPLETE)
        return made

    return tried(enclosed, context)


def of_gamma(relation: Term, symbol: Symbol, context: Context) -> Term | None:
    """The solutions of an equation in one gamma function; `None` for others."""

    def enclosed() -> Term | None:
        places = within(context.seconds, gamma_places, relation, symbol, context)
        if places is None:
            return None
        made = App("set", tuple(number(p, context) for p in places), (), "set")
        if INCOMPLETE not in context.notes:
            context.note(complete(len(places)))
        return made

    return tried(enclosed, context)


def tried(enclosed: Callable[[], Term | None], context: Context) -> Term | None:
    """The solutions that were enclosed; where there are none, the remarks are as they were before."""
    remarks = list(context.notes), list(context.rounded)
    try:
        found = enclosed()
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


def endless_ones(parts: list[Term], symbol: Symbol, context: Context) -> Term | None:
    """The solutions near 0 of an equation that is shown to have infinitely many; `None` where it is not."""
    if len(parts) != 1 or not isinstance(parts[0], App) or parts[0].op != "eq" or symbol.kind != "real":
        return None
    remarks = list(context.notes), list(context.rounded)
    try:
        places = within(context.seconds, endless, minus(*parts[0].args), symbol, context)
        if places is not None:
            made = App("set", tuple(number(p, context) for p in places), (), "set")
            context.note(f"{MANY}; these are the ones from -{REACH} to {REACH}")
            context.note(INCOMPLETE)
            return made
    except (NotApplicable, NoEnclosure):
        pass
    except NoClosedForm as error:
        if error.reason.startswith(MANY):
            raise
    context.notes[:], context.rounded[:] = remarks
    return None


def as_relation(t: Term) -> Term:
    return t if t.sort == "truth" else App("eq", (t, num(0)), (), "truth")
