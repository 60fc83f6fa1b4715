"""Conditions on parameters under which a refuted step holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.grammar.term import FALSE, App, Symbol, Term, Var, free_symbols, num, subterms, var
from twofold.symbolic.context import Context
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.normal import GIVES_UP, converter

_RELATIONS = frozenset("eq lt le gt ge".split())


def condition(goal: Goal, context: Context) -> tuple[str, ...]:
    """The first sign of one parameter that makes a step hold, as text; empty where there is none.

    What is solved for (names that stand alone on a side of an equation) is no parameter: a solution lost there is lost.
    """
    parameters = _parameters(goal)
    for s in parameters:
        for term in _signs(s, goal):
            under = replace(goal, assumptions=(*goal.assumptions, term))
            # Where the left side is never true the step says nothing.
            if proves(under, context) and not proves(replace(under, relation="=>", right=FALSE), context):
                return (show(term),)
    return ()


def _parameters(goal: Goal) -> list[Symbol]:
    sides = (goal.left, goal.right)
    free = list(
        dict.fromkeys(s for t in sides for s in free_symbols(t) if not s.shape and s.kind in ("real", "integer", "complex"))
    )
    alone = {
        a.symbol
        for t in sides
        for x in subterms(t)
        if isinstance(x, App) and x.op in _RELATIONS
        for a in x.args
        if isinstance(a, Var)
    }
    return [s for s in free if s not in alone][:3] if alone and len(free) > 1 else []


_OPEN: dict[str | None, tuple[str, ...]] = {"+": (), "-": (), "0+": ("gt",), "0-": ("lt",), None: ("ne", "gt", "lt")}
"""What may still be said of a number whose sign is known: nothing that contradicts it, or that follows from it."""


def _signs(s: Symbol, goal: Goal) -> Iterator[Term]:
    if s.kind == "complex":
        yield App("ne", (var(s), num(0)), (), "truth")
        return
    try:
        c = converter((), goal.assumptions, goal.reading)
        known = c.signs.of(c(var(s)).num)
    except GIVES_UP:
        known = None
    for op in _OPEN[known]:
        yield App(op, (var(s), num(0)), (), "truth")
