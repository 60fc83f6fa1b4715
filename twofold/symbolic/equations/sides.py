"""Conditions on parameters under which a refuted step holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.grammar.term import FALSE, App, Num, Symbol, Term, Var, free_symbols, num, subterms, var
from twofold.symbolic.context import Context
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.normal import GIVES_UP, converter

_RELATIONS = frozenset("eq lt le gt ge".split())


def condition(goal: Goal, context: Context) -> tuple[str, ...]:
    """The first sign of one parameter that makes a step hold, as text; empty where there is none.

    What is solved for (names that stand alone on a side of an equation) is no parameter: a solution lost there is lost.
    """
    parameters = _parameters(goal)
    for t in (*map(var, parameters), *_divisors(goal)):
        for term in _signs(t, goal):
            under = replace(goal, assumptions=(*goal.assumptions, term))
            # Where the left side is never true the step says nothing.
            if proves(under, context) and not proves(replace(under, relation="=>", right=FALSE), context):
                return (show(term),)
    return ()


def _parameters(goal: Goal) -> list[Symbol]:
    free = list(
        dict.fromkeys(
            s
            for t in (goal.left, goal.right)
            for s in free_symbols(t)
            if not s.shape and s.kind in ("real", "integer", "complex")
        )
    )
    alone = _alone(goal)
    return [s for s in free if s not in alone][:3] if alone and len(free) > 1 else []


def _alone(goal: Goal) -> set[Symbol]:
    """The names that stand alone on a side of an equation or inequality."""
    return {
        a.symbol
        for t in (goal.left, goal.right)
        for x in subterms(t)
        if isinstance(x, App) and x.op in _RELATIONS
        for a in x.args
        if isinstance(a, Var)
    }


_OPEN: dict[str | None, tuple[str, ...]] = {"+": (), "-": (), "0+": ("gt",), "0-": ("lt",), None: ("ne", "gt", "lt")}
"""What may still be said of a number whose sign is known: nothing that contradicts it, or that follows from it."""


def _zeros(t: Term) -> list[Term]:
    """What is 0 where a term is: the base of a power, the factors of a product before the product itself."""
    if isinstance(t, App) and t.op == "pow" and isinstance(t.args[1], Num):
        return _zeros(t.args[0])
    if isinstance(t, App) and t.op == "mul":
        return [*_zeros(t.args[0]), *_zeros(t.args[1]), t]
    return [t]


def _divisors(goal: Goal) -> list[Term]:
    """What a side divides by, where it holds nothing that is solved for, and values of unknown functions, for which no equation solves."""
    sides = (goal.left, goal.right)
    parts = [x for t in sides for x in subterms(t) if isinstance(x, App) and not x.shape]
    free = {s for t in sides for s in free_symbols(t)}
    solved = _alone(goal)
    below = [y for x in parts if x.op in ("div", "ediv") for y in _zeros(x.args[1]) if not isinstance(y, Var | Num)]
    values = [x for x in parts if x.op == "apply" and isinstance(x.args[0], Var)]
    found = [
        x for x in below if (solved or any(s.kind == "function" for s in free_symbols(x))) and solved.isdisjoint(free_symbols(x))
    ]
    return [x for x in dict.fromkeys((*found, *values)) if not x.shape and free.issuperset(free_symbols(x)) and free_symbols(x)][
        :3
    ]


def _signs(t: Term, goal: Goal) -> Iterator[Term]:
    if isinstance(t, Var) and t.symbol.kind == "complex":
        yield App("ne", (t, num(0)), (), "truth")
        return
    try:
        c = converter((), goal.assumptions, goal.reading)
        known = c.signs.of(c(t).num)
    except GIVES_UP:
        known = None
    for op in _OPEN[known]:
        yield App(op, (t, num(0)), (), "truth")
