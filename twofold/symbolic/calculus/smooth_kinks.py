"""Slopes at the zeros of absolute values, where there is one: x*abs(x) has the slope 2*abs(x) everywhere, not only where x != 0.

A continuous function whose slope has a limit at a place where it was not known has that limit as its slope there.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import App, Const, Num, Term, Var, subterms
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower

_CONTINUOUS = frozenset("add sub mul neg abs exp sin cos tanh atan sinh cosh".split())


def over_kinks(body: Term, slope: Term, context: Context) -> Term:
    """The slope of a continuous function with u^k/abs(u), k > 1, as u^(k - 2)*abs(u); as it is where that leaves a place out."""
    if slope.shape or not any(isinstance(t, App) and t.op == "abs" for t in subterms(slope)) or not _is_continuous(body):
        return slope
    e = attempt(lower, slope, context)
    if e is None:
        return slope
    for form in (e, sp.expand(e)):
        made = form.replace(lambda t: isinstance(t, sp.Mul) and t.has(sp.Abs), _continued)
        if not any(p.exp.is_negative and p.base.has(sp.Abs) for p in made.atoms(sp.Pow)):
            return lift(made, context)
    return slope


def _is_continuous(t: Term) -> bool:
    if isinstance(t, (Num, Const, Var)):
        return True
    if not isinstance(t, App) or t.shape:
        return False
    if t.op == "pow":
        return (
            isinstance(t.args[1], Num) and t.args[1].value > 0 and t.args[1].value.denominator == 1 and _is_continuous(t.args[0])
        )
    if t.op == "div":
        return isinstance(t.args[1], Num) and _is_continuous(t.args[0])
    return t.op in _CONTINUOUS and all(map(_is_continuous, t.args))


def _continued(term: Any) -> Any:
    """A product without quotients of a power by an absolute value that is 0 where that is."""
    term = sp.powsimp(sp.factor_terms(term)) if term.is_Mul else term
    powers = term.as_powers_dict()
    for size in [b for b, e in powers.items() if isinstance(b, sp.Abs) and e.is_Integer and e < 0]:
        u, below = size.args[0], -powers[size]
        for base in (u, -u):
            above = powers.get(base, 0)
            if sp.Integer(above).is_Integer and above > below:
                k = above - below
                # u^(k + m)/abs(u)^m is u^k where k or m is even as both signs say, and u^(k - 1)*abs(u) otherwise.
                rest = u**k if below % 2 == 0 else u ** (k - 1) * size
                sign = 1 if base == u or above % 2 == 0 else -1
                term = term / base**above * size**below * rest * sign
                break
    return term
