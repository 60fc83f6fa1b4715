"""Limits: both sides are taken and compared."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Term, free_symbols, subterms, transform
from twofold.symbolic import spot
from twofold.symbolic.approach import approached, holds_for_names, probe, speaks
from twofold.symbolic.arithmetic import over
from twofold.symbolic.asymptotic.expressions import own_limit
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.asymptotics import at_infinity
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.expansion_limits import by_expansion
from twofold.symbolic.calculus.inner_conditions import beside
from twofold.symbolic.calculus.steps_at_names import levelled
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.compared_domains import independent, lost
from twofold.symbolic.theorems.ranges import has_values_beside
from twofold.symbolic.work import carry_out


def limit(context: Context, term: Bound) -> Term:
    """The limit of an expression; `"does not exist"` where the sides differ or it oscillates. What the expression asks of other names than its
    variable, and the limit does not show, is a condition."""
    said = len(context.conditions)
    if context.reading == "real" and not has_values_beside(term, context.assumptions):
        context.note("the expression has no real value on that side")
        return MISSING
    found = _limit(context, term)
    if found != MISSING and not term.shape:
        try:
            c = converter((), context.assumptions, context.reading)
            for condition in lost(c, term.body, term.symbols[0], found, context.assumptions):
                context.require(condition)
            context.conditions[said:] = independent(c, context.conditions[said:], found, context.assumptions)
        except GIVES_UP:
            return found
    return found


def _limit(context: Context, term: Bound) -> Term:
    term = levelled(context, _without_sinc(term))
    own = by_expansion(context, term)
    if own is not None:
        return own
    body = carry_out(term.body, context)
    if body is not term.body:
        own = by_expansion(context, Bound("limit", term.symbols, body, term.args, term.side, term.shape))
        if own is not None:
            beside(context, term.symbols[0], term.args[0], term.side)
            return own
    if body.shape:
        return carry_out(explicit(Bound("limit", term.symbols, body, term.args, term.side, term.shape), context), context)
    x = symbol_for(term.symbols[0], context)
    expression, target = lower(body, context), lower(carry_out(term.args[0], context), context)
    beside(context, term.symbols[0], term.args[0], term.side)
    found = limit_at(expression, x, target, term.side, context, tried=True)
    if found is None:
        return MISSING
    if found.has(sp.oo, -sp.oo, sp.zoo) and not found.is_infinite or found.is_Pow and found.base.is_infinite:
        raise NoClosedForm("the limit depends on the parameters")
    return lift(found, context)


def _without_sinc(term: Bound) -> Bound:
    """The limit with sin(u)/u for sinc(u), which is the limit of that."""
    if not any(isinstance(t, App) and t.op == "sinc" for t in subterms(term.body)):
        return term
    body = transform(
        term.body,
        lambda t: (
            over(app("sin", t.args[0]), t.args[0])
            if isinstance(t, App) and t.op == "sinc" and term.symbols[0] in free_symbols(t)
            else None
        ),
    )
    return Bound(term.op, term.symbols, body, term.args, term.side, term.shape)


def limit_at(e: Any, x: Any, target: Any, side: str, context: Context, tried: bool = False) -> Any:
    """The limit of a SymPy expression, or `None` where it does not exist. Raises `NoClosedForm` where SymPy cannot tell."""
    if x.is_integer:
        e, x = sequence(e, x)
    if target in (sp.oo, -sp.oo):
        return _one_side(e, x, target, "-" if target is sp.oo else "+", context, tried)
    if side:
        return _one_side(e, x, target, side, context, tried)
    right_real, left_real = (_is_real_beside(e, x, target, s, context) for s in (1, -1))
    if (
        context.reading == "real"
        and right_real is not left_real
        and (right_real or left_real)
        and None not in (right_real, left_real)
    ):
        context.note(f"defined on the {'right' if right_real else 'left'} only")
        return _one_side(e, x, target, "+" if right_real else "-", context, tried)
    right, left = (_one_side(e, x, target, s, context, tried) for s in ("+", "-"))
    if right is None or left is None:
        return None
    difference = sp.S.Zero if right == left else right - left
    if difference == 0:
        return right
    if right.is_infinite or left.is_infinite or difference is sp.nan:
        context.note(f"{left} from the left, {right} from the right")
        return None
    if difference.is_number:
        if abs(difference.evalf(20)) < sp.Float("1e-12") and difference.equals(0):
            return right
        context.note(f"{left} from the left, {right} from the right")
        return None
    if attempt(sp.simplify, difference) == 0:
        return right
    agreed = spot.agree(left, right, context)
    if agreed is False:
        context.note(f"{left} from the left, {right} from the right")
        return None
    raise NoClosedForm("the limits from the left and from the right could not be compared")


def sequence(e: Any, x: Any) -> tuple[Any, Any]:
    """A sequence as a function of a real variable, where that changes nothing at infinity."""
    if e.has(sp.sin, sp.cos, sp.tan, sp.floor, sp.ceiling, sp.Mod) or any(
        p.base.is_negative for p in e.atoms(sp.Pow) if x in p.exp.free_symbols
    ):
        return e, x
    y = sp.Symbol(x.name, positive=True)
    return e.subs(x, y), y


def _by_rules(e: Any, x: Any, target: Any) -> Any:
    """The limit by the rules for infinity, `None` where none applies; zeta functions at their pole by the leading terms there."""
    if target is sp.oo:
        return at_infinity(e, x)
    if target is -sp.oo:
        return at_infinity(e.subs(x, -x), x)
    return None


def _zeta_at_pole(e: Any, x: Any, target: Any) -> Any:
    """zeta(u) near u = 1 as 1/(u - 1) + euler_gamma, with the error of the first order."""
    return e.replace(
        lambda g: isinstance(g, sp.zeta) and len(g.args) == 1 and g.args[0].subs(x, target) == 1,
        lambda g: 1 / (g.args[0] - 1) + sp.EulerGamma,
    )


def _one_side(e: Any, x: Any, target: Any, side: str, context: Context, tried: bool) -> Any:
    if not tried and context.reading == "real":
        own = own_limit(e, x, target, side, context)
        if own is not None:
            return own
    by_rule = _by_rules(e, x, target)
    if by_rule is not None and approached(e, x, target, side, by_rule):
        return by_rule
    if e.has(sp.zeta) and target.is_finite:
        e = _zeta_at_pole(e, x, target)
    found = within(min(LONGEST, context.seconds), attempt, sp.limit, _pieces_beside(e, x, target, side), x, target, side)
    if found is None or isinstance(found, sp.Limit) or found.has(sp.Limit):
        raise NoClosedForm("no rule for this limit")
    if found.has(sp.AccumBounds) or found in (sp.nan, sp.zoo):
        if e.free_symbols != {x} or _settles(e, x, target, side):
            raise NoClosedForm("no rule for this limit")
        return None
    said = speaks(e, x, target, side, found)
    named = (e.free_symbols | found.free_symbols) != {x} and context.reading == "real"
    if said is False or (
        said is None and not (holds_for_names(e, x, target, side, found, context) if named else found.free_symbols)
    ):
        raise NoClosedForm("the limit found is not approached by the values on the way")
    return found


def _settles(e: Any, x: Any, target: Any, side: str) -> bool:
    """Whether values near the target come together, which speaks against an oscillation."""
    found = [
        spot.value(e, {x: probe(target, side, k) * (1 + sp.Rational(j, 7)) if target.is_infinite else probe(target, side, k)})
        for k in (5, 8)
        for j in range(4)
    ]
    values = [v for v in found if v is not None]
    return len(values) > 4 and max(abs(v - values[-1]) for v in values) < 1e-3 * (1 + abs(values[-1]))


LONGEST = 1.5
"""Seconds of processor time for one limit from one side."""


def _pieces_beside(e: Any, x: Any, target: Any, side: str) -> Any:
    """The expression with the branch of every piecewise part that holds just beside the target."""
    if not e.has(sp.Piecewise):
        return e

    def branch(p: Any) -> Any:
        for value, condition in p.args:
            truth = sp.sympify(condition).subs(x, probe(target, side, 12))
            if truth == sp.true:
                return value
            if truth != sp.false:
                return p
        return sp.nan

    return e.replace(lambda p: isinstance(p, sp.Piecewise) and p.has(x), branch)


def _is_real_beside(e: Any, x: Any, target: Any, sign: int, context: Context) -> bool | None:
    """Whether the expression is real just beside the target, at a point that the other names are drawn for."""
    for point in spot.points((e.free_symbols | target.free_symbols) - {x}, context, 3):
        spots = [spot.value(e, {**point, x: (target + sign * sp.Rational(1, 10**k)).subs(point)}) for k in (4, 6)]
        if all(v is not None for v in spots):
            return all(abs(v.imag) < 1e-15 * (1 + abs(v)) for v in spots)
    return None
