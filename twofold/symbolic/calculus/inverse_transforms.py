"""Inverse Laplace transforms: by rule, else by SymPy's tables, under the condition that the transform tends to 0.

The transform of a function tends to 0 as its variable grows, that of an impulse at 0 is a constant; what does neither is the transform of no
function. Source: Doetsch, "Introduction to the Theory and Application of the Laplace Transformation", chapter 23.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from twofold.grammar.term import INFINITE, OO, TRUE, App, Bound, Num, Symbol, Term, num, substitute, var
from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.inverse_laplace import inverse_by_rule
from twofold.symbolic.calculus.inverse_laplace_parameters import by_fractions, by_logarithms, delayed, delays
from twofold.symbolic.calculus.transforms import names, tidy
from twofold.symbolic.condition_form import negation
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.even_sizes import without_sizes
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short
from twofold.symbolic.work import carry_out


def inverse_laplace(context: Context, f: Term, s: Term, t: Term) -> Term:
    """The function of t > 0 whose Laplace transform is f."""
    frequency, time = names(s, t)
    plain, own, real = sp.Symbol("s"), symbol_for(time, context), sp.Symbol("t", real=True)
    body = lower(f, context).xreplace({symbol_for(frequency, context): plain})
    whole = sp.S.Zero
    if body.is_rational_function(plain):
        over, under = (sp.Poly(part, plain) for part in sp.fraction(sp.cancel(sp.together(body))))
        quotient, rest = sp.div(over, under)
        if quotient.degree() > 0:
            context.note("a derivative of dirac(t) would stand in the inverse, and that is no function")
            return MISSING
        whole, body = quotient.as_expr(), rest.as_expr() / under.as_expr()
    by_rule = inverse_by_rule(body, plain, real)
    if by_rule is not None:
        at_start = by_rule.coeff(sp.DiracDelta(real))
        whole += at_start
        _from_start(context, t, whole == 0 and not by_rule.has(sp.DiracDelta))
        made = (tidy(by_rule - at_start * sp.DiracDelta(real)) + whole * sp.DiracDelta(real)).xreplace({real: own})
        context.settled.add(made)
        return lift(made, context)
    parts = delays(body, plain)
    if set(parts) != {0}:
        if any(c.is_negative for c in parts) and not _fades(f, frequency, context):
            return MISSING
        return _of_delays(parts, plain, real, t, own, context)
    if not body.is_rational_function(plain) and not _fades(f, frequency, context):
        return MISSING
    found = _undelayed(body, plain, context) if body != 0 else sp.S.Zero
    _from_start(context, t, whole == 0)
    return lift(found.subs(_TIME, own) + whole * sp.DiracDelta(own), context)


_TIME = sp.Symbol("t", positive=True)


def _from_start(context: Context, t: Term, strictly: bool) -> None:
    context.require(App("gt" if strictly else "ge", (t, num(0)), (), "truth"))


def _undelayed(f: Any, s: Any, context: Context) -> Any:
    """The function of a positive time with a transform that tends to 0."""
    found = attempt(by_fractions, f, s, _TIME)
    if found is not None and found[1] is not None:
        for g in found[1]:
            context.require(lift(sp.Ne(g, 0), context))
        return found[0]
    made = attempt(by_logarithms, f, s, _TIME) if f.has(sp.log, sp.atan, sp.acot) else None
    if made is None:
        made = within(context.seconds, attempt, sp.inverse_laplace_transform, f, s, _TIME)
    if made is None or made.has(sp.InverseLaplaceTransform, sp.Integral):
        raise NoClosedForm("no method applies to this inverse transform")
    return without_sizes(short(made, context))


def _of_delays(parts: dict[Any, Any], s: Any, real: Any, t: Term, own: Any, context: Context) -> Term:
    """The sum of functions that begin at the delays; those with names in them are required to be no lead."""
    total = sp.S.Zero
    for delay in sorted(parts, key=sp.default_sort_key):
        if delay.is_negative:
            raise NoClosedForm("no function begins before 0")
        rational = parts[delay].is_rational_function(s)
        whole = sp.limit(parts[delay], s, sp.oo) if rational else attempt(limit_of, parts[delay], s, sp.oo) or sp.S.Zero
        if whole.is_infinite:
            context.note("the transform of a function tends to 0 as its variable grows, and this does not")
            return MISSING
        if not whole.is_finite or not rational and whole != 0:
            raise NoClosedForm("no method applies to this inverse transform")
        rest = sp.cancel(sp.together(parts[delay] - whole)) if whole != 0 else parts[delay]
        made = inverse_by_rule(rest, s, real)
        if made is None:
            made = _undelayed(rest, s, context).subs(_TIME, real)
        total += delayed(made + whole * sp.DiracDelta(real), real, delay)
    for delay in sorted(parts, key=sp.default_sort_key):
        if not delay.is_nonnegative:
            context.require(lift(sp.Ge(delay, 0), context))
    _from_start(context, t, not total.has(sp.DiracDelta))
    made = total.xreplace({real: own})
    context.settled.add(made)
    return lift(made, context)


def _fades(f: Term, s: Symbol, context: Context) -> bool:
    """Whether a transform may tend to 0, under the condition that it does; where it surely does not, says so."""
    x = Symbol(s.name, "real", properties=frozenset({"positive"}))
    try:
        found = carry_out(Bound("limit", (x,), substitute(f, {s: var(x)}), (OO,)), context.aside())
    except NoClosedForm:
        return True
    zero = [condition for value, condition in _cases(found) if value == num(0)]
    if zero == [TRUE]:
        return True
    if isinstance(found, App) and found.op == "piecewise" and zero:
        wanted = zero[0]
        for other in zero[1:]:
            wanted = App("or", (wanted, other), (), "truth")
        context.require(wanted)
        return True
    if isinstance(found, Bound) or any(not isinstance(v, Num) and v not in INFINITE for v, _ in _cases(found)):
        return found != MISSING or _says_no(context)
    return _says_no(context)


def _says_no(context: Context) -> bool:
    context.note("the transform of a function tends to 0 as its variable grows, and this does not")
    return False


def _cases(found: Term) -> Iterator[tuple[Term, Term]]:
    """The values of a limit with where they hold."""
    if not (isinstance(found, App) and found.op == "piecewise"):
        yield found, TRUE
        return
    before: Term = TRUE
    for k in range(0, len(found.args) - 1, 2):
        value, condition = found.args[k : k + 2]
        yield value, _both(before, condition)
        before = _both(before, negation(condition))
    if len(found.args) % 2:
        yield found.args[-1], before


def _both(a: Term, b: Term) -> Term:
    return b if a == TRUE else App("and", (a, b), (), "truth")


__all__ = ["inverse_laplace"]
