"""Conditions that a value inside a binder holds under, where they speak of the bound variable: outside they must speak of its range.

An inner integral that is 1/x for x > 0 says so with `x > 0`. An outer one over x = a..b holds where a >= 0 and b >= 0, a limit at 0 from
the right holds, and one from the left has no value that is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.grammar.term import FALSE, TRUE, App, Num, Symbol, Term, free_symbols, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import follows
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.reading import domain_of

_LOOSE = {"gt": "ge", "lt": "le"}
_STRICT = {"ge": "gt", "le": "lt"}
_SECONDS = 0.5
"""Processor seconds for the proof that a condition holds all over a range."""
_PLACES = (3, 6, 12)
"""Powers of ten by which the places beside a point are near to it."""
_DRAWN = 12
"""Values of the other names that are drawn."""


def over_range(context: Context, symbol: Symbol, low: Term, high: Term, whole: bool = False) -> None:
    """Replaces what is asked of a variable by what that asks of the ends of its range, over which it is integrated, or over the whole
    numbers of which it is summed. Raises `NoClosedForm` where the inner value is not known all over the range."""
    for part in _taken(context, symbol):
        if not whole and (rest := _at_single_places(part, symbol, context)) is not None:
            _demand(context, rest, part)
            continue
        if within(_SECONDS, _holds_between, part, symbol, low, high, context):
            continue
        asked = _at_ends(part, symbol, low, high, whole, context)
        if asked is None:
            raise _unknown(part)
        for condition in asked:
            _demand(context, condition, part)


def defined_over(context: Context, body: Term, symbol: Symbol, low: Term, high: Term) -> None:
    """What polynomials of the variable under roots and in logarithms ask of the ends of a range with names: the integral of sqrt(x)^2
    over x = 0..a is a^2/2 where a >= 0. What stands under a root may be 0 there."""
    needed = [(t, kind) for t, kind in dict.fromkeys(domain_of(body, context)) if kind != "ne" and symbol in free_symbols(t)]
    if context.reading != "real" or not needed:
        return
    # The variable of a length or a volume is declared to lie between the ends, in this order.
    x, free = lower(var(symbol), context), sp.Dummy("x", real=True)
    ends = [e for e in (lower(low, context), lower(high, context)) if not e.is_infinite]
    for t, kind in needed:
        under = lower(t, context).xreplace({x: free})
        if not under.is_polynomial(free) or under.is_nonnegative:
            continue
        for end in ends:
            at = sp.factor(under.subs(free, end))
            factors = [g for g in sp.Mul.make_args(at) if not _is_positive(g, context)]
            if all(g.free_symbols and g.is_rational_function() for g in factors) and not sp.Mul(*factors).is_nonnegative:
                rest = sp.Mul(*factors)
                context.require(lift(rest > 0 if kind == "gt" else rest >= 0, context))


def _is_positive(e: Any, context: Context) -> bool:
    """Whether a factor of one name is positive by its sign, or by the bounds of the name where it is linear."""
    return bool(e.is_positive or (e.free_symbols and follows(sp.Gt(e, 0, evaluate=False), context)))


def beside(context: Context, symbol: Symbol, target: Term, side: str) -> None:
    """Drops what is asked of a variable that tends to a point and holds near it. Raises `NoClosedForm` where it does not."""
    for part in _taken(context, symbol):
        if not _holds_beside(part, symbol, target, side, context):
            raise _unknown(part)


def around(context: Context, symbol: Symbol, point: Term) -> None:
    """Replaces what is asked of a variable by the same of a point, about which a function is expanded."""
    for part in _taken(context, symbol):
        strict = App(_STRICT.get(part.op, part.op), part.args, (), "truth") if isinstance(part, App) else part
        _demand(context, substitute(strict, {symbol: point}), part)


def _unknown(part: Term) -> NoClosedForm:
    return NoClosedForm(f"what is inside is known only where {show(part)}")


def _taken(context: Context, symbol: Symbol) -> list[Term]:
    """The conditions on a variable, which are taken away from those of the answer."""
    found = [c for c in context.conditions if symbol in free_symbols(c)]
    context.conditions[:] = [c for c in context.conditions if symbol not in free_symbols(c)]
    out: list[Term] = []
    for part in (p for c in found for p in _parts(c)):
        if symbol in free_symbols(part):
            out.append(part)
        else:
            context.require(part)
    return out


def _parts(t: Term) -> Iterator[Term]:
    """The parts of a conjunction; abs(u) < k is -k < u < k."""
    for part in conjuncts(t):
        if isinstance(part, App) and part.op in ("lt", "le") and isinstance(part.args[0], App) and part.args[0].op == "abs":
            inner, bound = part.args[0].args[0], part.args[1]
            yield App(part.op, (inner, bound), (), "truth")
            yield App(MIRRORED[part.op], (inner, App("neg", (bound,))), (), "truth")
        else:
            yield part


def _demand(context: Context, condition: Term, part: Term) -> None:
    """Adds a condition, unless it is a true comparison of numbers. Raises `NoClosedForm` where it is a false one."""
    truth = _truth(condition, context)
    if truth is False:
        raise _unknown(part)
    if truth is None:
        context.require(condition)


def _truth(condition: Term, context: Context) -> bool | None:
    if condition in (TRUE, FALSE):
        return condition == TRUE
    made = attempt(lower, condition, context)
    return None if made is None or made not in (sp.true, sp.false) else bool(made)


def _at_single_places(part: Term, symbol: Symbol, context: Context) -> Term | None:
    """What is left of u != 0 for a polynomial u in the variable, when single places do not matter; `None` for anything else."""
    if not (isinstance(part, App) and part.op == "ne"):
        return None
    x = lower(var(symbol), context)
    found = attempt(lambda: sp.Poly(lower(part.args[0], context) - lower(part.args[1], context), x))
    if found is None or found.degree() < 1:
        return None
    if any(c.is_number for c in found.coeffs()):
        return TRUE
    return App("ne", (lift(found.LC(), context), Num(Fraction(0))), (), "truth")


def _holds_between(part: Term, symbol: Symbol, low: Term, high: Term, context: Context) -> bool:
    """Whether a condition follows from the variable being between the ends of its range, which are in this order."""
    from twofold.symbolic.equations.decide import proves

    if _order(low, high, context) is not True:
        return False
    x, facts = var(symbol), []
    for end, op in ((low, "gt"), (high, "lt")):
        if not lower(end, context).is_infinite:
            facts.append(App(op, (x, end), (), "truth"))
    if not facts:
        return False
    return bool(attempt(proves, Goal("=>", together(facts), part, context.assumptions, "real"), context))


def _order(low: Term, high: Term, context: Context) -> bool | None:
    """Whether one end is below the other, where that is known."""
    gap = lower(high, context) - lower(low, context)
    return True if gap.is_positive else False if gap.is_negative else None


def _at_ends(part: Term, symbol: Symbol, low: Term, high: Term, whole: bool, context: Context) -> list[Term] | None:
    """What an inequality that is linear in the variable asks of the ends of its range; `None` where it is not one."""
    if not (isinstance(part, App) and part.op in ORDERS):
        return None
    x = lower(var(symbol), context)
    found = attempt(lambda: sp.Poly(lower(part.args[0], context) - lower(part.args[1], context), x))
    if found is None or found.degree() != 1:
        return None
    slope = found.LC()
    upwards = True if slope.is_positive else False if slope.is_negative else None
    if upwards is None:
        return None
    grows = upwards == (part.op in ("gt", "ge"))
    order = True if whole else _order(low, high, context)
    ends = [low, high] if order is None else [low] if grows == order else [high]
    op = part.op if whole else _LOOSE.get(part.op, part.op)
    out: list[Term] = []
    for end in ends:
        at = lower(end, context)
        if at.is_infinite:
            if bool(at is sp.oo) != grows:
                return None
            continue
        out.append(App(op, tuple(substitute(a, {symbol: end}) for a in part.args), (), "truth"))
    return out


def _holds_beside(part: Term, symbol: Symbol, target: Term, side: str, context: Context) -> bool:
    """Whether a condition holds at places beside a point, on either side unless one is named, for values of the other names."""
    made, point = attempt(lower, part, context), attempt(lower, target, context)
    if made is None or point is None:
        return False
    x = lower(var(symbol), context)
    names = (made.free_symbols | point.free_symbols) - {x}
    others = [c for t in context.conditions if (c := attempt(lower, t, context)) is not None]
    told = False
    for values in spot.points(names, context, _DRAWN) if names else [{}]:
        if any(c.subs(values) == sp.false for c in others):
            continue
        told = True
        if any(made.subs(values).subs(x, place) != sp.true for place in _places(point.subs(values), side)):
            return False
    return told


def _places(point: Any, side: str) -> Iterator[Any]:
    if point.is_infinite:
        yield from ((1 if point is sp.oo else -1) * sp.Integer(10) ** k for k in _PLACES)
        return
    for way in (1, -1) if not side else (1,) if side == "+" else (-1,):
        yield from (point + way * sp.Rational(1, 10**k) for k in _PLACES)


__all__ = ["around", "beside", "defined_over", "over_range"]
