"""Case distinctions: an algorithm on matrices with parameters is run once for every way in which its tests for 0 can go.

The algorithm asks `Region.is_zero`; where the answer depends on the parameters, the region is split into the values for which
the expression is 0, and the rest. Special values come first in the answer, so that a case needs to name equations only: whoever
satisfies an inequation of a case has not been caught by the cases above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Symbol, Term, Var
from twofold.symbolic.algebra.joined_cases import joined
from twofold.symbolic.algebra.regions import Region, Split, TooMany, whole_region
from twofold.symbolic.arithmetic import ZERO
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower

MOST_CASES = 10


def by_cases(context: Context, algorithm: Callable[[Region], Term], start: Region | None = None) -> Term:
    """The value of an algorithm over all values of the parameters: one term, or a piecewise one.

    Values for which the algorithm has only a diagnostic, or no closed form, are excluded by a condition. Where there are too many cases the answer
    is the generic value, and what it needs is left in the context as conditions.
    """
    region = start or whole_region(context)
    try:
        leaves = list(_leaves(region, algorithm, [0]))
    except TooMany:
        generic = replace(region, generic=True, required=[])
        made = algorithm(generic)
        for f in generic.required:
            require(f, context)
        return made
    return joined(leaves, context)


def _leaves(region: Region, algorithm: Callable[[Region], Term], count: list[int]) -> Iterator[tuple[Region, Term | Exception]]:
    made: Term | Exception
    try:
        made = algorithm(region)
    except Split as split:
        for f in split.factors:
            for special in region.zeros(f):
                yield from _leaves(special, algorithm, count)
        yield from _leaves(region.without(split.factors), algorithm, count)
        return
    except TwofoldError as error:
        made = error
    except NoClosedForm as reason:
        if not region.point:
            raise
        made = reason
    count[0] += 1
    if count[0] > MOST_CASES:
        raise TooMany
    yield region, made


def reachable(conditions: Sequence[Any]) -> list[Any]:
    """Conditions tried one after the other, without the alternatives that an earlier one has caught."""
    seen: list[frozenset[Any]] = []
    found = []
    for c in conditions:
        left = [d for d in sp.Or.make_args(c) if not any(s <= frozenset(sp.And.make_args(d)) for s in seen)]
        seen += [frozenset(sp.And.make_args(d)) for d in left]
        found.append(sp.Or(*left))
    return found


def require(expression: Any, context: Context) -> None:
    """The condition that an expression is not 0; where it is one name and a number, that the name is not that number."""
    if isinstance(expression, (sp.Abs, sp.conjugate)):
        expression = expression.args[0]
    names = list(expression.free_symbols)
    if len(names) == 1 and expression.is_polynomial(*names) and sp.degree(expression, names[0]) == 1:
        a, b = sp.Poly(expression, names[0]).all_coeffs()
        if a.is_number and b.is_number:
            context.require(app("ne", lift(names[0], context), lift(-b / a, context)))
            return
    context.require(App("ne", (lift(expression, context), ZERO), (), "truth"))


def solved_for(left: Term, right: Term, context: Context) -> tuple[Symbol, Term] | None:
    """A name that an equation gives a value, and the value, where the equation is of the first degree in some name."""
    e = sp.numer(sp.together(lower(left, context) - lower(right, context)))
    for x in sorted(e.free_symbols, key=str):
        term = context.terms.get(x)
        if isinstance(term, Var) and e.is_polynomial(x) and sp.degree(e, x) == 1:
            a, b = sp.Poly(e, x).all_coeffs()
            return term.symbol, lift(-b / a, context)
    return None
