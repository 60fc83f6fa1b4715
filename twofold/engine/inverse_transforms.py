"""Inverse Laplace transforms in claims, by functions that are shown to have the transform.

Of two functions that are continuous for t > 0 and have the same Laplace transform for all large s, one is the other (Lerch). Source: G. Doetsch, "Introduction
to the Theory and Application of the Laplace Transformation" (1974), theorem 5.4.
"""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, num, subterms, transform
from twofold.symbolic.context import Context
from twofold.symbolic.methods.unknown_integrands import is_entire
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.work import work

Proves = Callable[[Goal], tuple[Term, ...] | None]
"""The comparisons under which a claim is proved; `None` where it is not."""


def stands_in(*terms: Term) -> bool:
    """Whether an inverse Laplace transform stands in a term."""
    return any(isinstance(t, App) and t.op == "inverse_laplace" for side in terms for t in subterms(side))


def with_values(goal: Goal, context: Context, proves: Proves) -> Goal:
    """The claim with certified functions of t > 0 in the place of its inverse transforms. Raises `NotApplicable`."""
    facts: dict[Term, None] = {}

    def rule(t: Term) -> Term | None:
        if not isinstance(t, App) or t.op != "inverse_laplace":
            return None
        image, s, place = t.args
        if not isinstance(s, Var) or not isinstance(place, Var) or s.symbol == place.symbol:
            raise NotApplicable("the transform is not one in a name")
        local = Context(goal.assumptions, "real", seed=goal.seed)
        try:
            found = work(t, local)
        except TwofoldError as e:
            raise NotApplicable(e.diagnostic.headline) from None
        if stands_in(found) or not is_entire(found, place.symbol) or s.symbol in free_symbols(found):
            raise NotApplicable("no continuous function is found that has the transform")
        shown = Goal("==", app("laplace", found, place, s), image, (*goal.assumptions, *local.conditions), "real", seed=goal.seed)
        under = proves(shown)
        if under is None or not all(_is_beyond(c, s.symbol) for c in under):
            raise NotApplicable("the function is not shown to have the transform")
        facts.update(dict.fromkeys(local.conditions))
        c = converter((), goal.assumptions)
        if c.signs.of(c(place).num) != "+":
            facts[app("gt", place, num(0))] = None
        return found

    left, right = (transform(t, rule) for t in (goal.left, goal.right))
    return Goal(
        goal.relation, left, right, (*goal.assumptions, *(f for f in facts if f not in goal.assumptions)), "real", seed=goal.seed
    )


def _is_beyond(condition: Term, s: Symbol) -> bool:
    """Whether a comparison holds for all large s: s + a > 0."""
    if not isinstance(condition, App) or condition.op not in ("gt", "ge", "lt", "le"):
        return False
    low, high = condition.args[::-1] if condition.op in ("gt", "ge") else condition.args
    try:
        c = converter((), ())
        rest = c.field.sub(c.field.sub(c(high), c(low)), c(Var(s)))
        return s not in free_symbols(raised(c, rest))
    except GIVES_UP:
        return False


__all__ = ["stands_in", "with_values"]
