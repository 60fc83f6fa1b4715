"""Integrals that are found for a positive parameter alone, of functions that are even or odd in it: for both of its signs."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Num, Term, Var, free_symbols, substitute
from twofold.symbolic.arithmetic import negate, times
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import short


def for_both_signs(found: Term, integral: Bound, before: list[Term], context: Context) -> Term:
    """The value with the size of every parameter that only had to be positive, under the condition that it is not 0."""
    if context.reading != "real" or found.sort != "number":
        return found
    for condition in [c for c in context.conditions if c not in before]:
        name = _positive_name(condition)
        others = [c for c in context.conditions if c is not condition]
        if name is None or any(name.symbol in free_symbols(t) for t in (*integral.args, *others)):
            continue
        turned = attempt(lower, substitute(integral.body, {name.symbol: negate(name)}), context)
        plain = attempt(lower, integral.body, context)
        if turned is None or plain is None:
            continue
        sign = next((s for s in (1, -1) if sp.expand(turned - s * plain) == 0), 0)
        if not sign:
            continue
        value = substitute(found, {name.symbol: app("abs", name)})
        value = value if sign > 0 else times(app("sign", name), value)
        context.conditions[context.conditions.index(condition)] = app("ne", name, condition.args[1])
        found = lift(short(lower(value, context), context), context)
    return found


def _positive_name(condition: Term) -> Var | None:
    """The name of `a > 0`."""
    if isinstance(condition, App) and condition.op == "gt" and isinstance(condition.args[0], Var):
        bound = condition.args[1]
        if isinstance(bound, Num) and bound.value == 0 and not condition.args[0].shape:
            return condition.args[0]
    return None
