"""Equations in one unknown by SymPy's solution sets: families of periodic ones, and a search for what an empty set overlooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from twofold.grammar.term import Term
from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.solving.admission import admissible, is_never_real
from twofold.symbolic.solving.complex_parts import by_parts
from twofold.symbolic.solving.reading import INCOMPLETE, Problem, answer


def transcendental(problem: Problem, equation: Any, x: Any, context: Context) -> Term:
    """Solution sets from SymPy, over the reals or the complex numbers, with families for periodic ones."""
    direct = by_parts(problem, x, context)
    if direct is not None:
        return direct
    real = bool(x.is_real) and context.reading == "real"
    y = sp.Dummy(x.name, real=True) if real else sp.Dummy(x.name)
    domain = _domain(x, context) if real else sp.S.Complexes
    found = within(context.seconds, attempt, sp.solveset, equation.xreplace({x: y}), y, domain)
    values, complete = _from_set(found, context) if found is not None else (None, False)
    if values is None:
        listed = within(context.seconds, attempt, _listed, equation.xreplace({x: y}), y)
        if not listed and x.is_integer:
            listed = _by_trial(equation, x, context)
        if not listed:
            raise NoClosedForm(_advice(equation, x))
        values, complete = listed, False
    values = merged([_flatten(v) for v in values])
    kept = admissible([v.xreplace({y: x}) if v.has(y) else v for v in values], problem, x, context)
    real_ones = [v for v in kept if not is_never_real(v, x, context)]
    complete, kept = complete and len(real_ones) == len(kept), real_ones
    if not complete:
        if not kept:
            raise NoClosedForm(_advice(equation, x))
        context.note(INCOMPLETE)
    elif not kept and real:
        if any(_changes_sign(put, x, context) for put in _with_values(equation, x, context)):
            raise NoClosedForm("a solution set was found to be empty, but the equation changes its sign")
        if equation.free_symbols != {x}:
            raise NoClosedForm(_advice(equation, x))
    return answer(problem, [(v,) for v in kept], context)


def _advice(equation: Any, x: Any) -> str:
    """What to say where no method applies."""
    if equation.free_symbols == {x} and x.is_real:
        return f"no solution method applies; nsolve(…, {x} = 0..10) gives the solutions on a range as decimals"
    return "no solution method applies"


_TRIALS = 120


def _by_trial(equation: Any, x: Any, context: Context) -> list[Any]:
    """The whole numbers of small size that solve an equation."""
    if equation.free_symbols != {x}:
        return []
    known = spot.range_of(x, context)
    low = int(known.lower) if known.lower is not None else -_TRIALS
    high = min(int(known.upper), low + 2 * _TRIALS) if known.upper is not None else low + 2 * _TRIALS
    found = []
    for n in range(low, high + 1):
        put = equation.subs(x, n)
        if put.is_zero:
            found.append(sp.Integer(n))
    return found


def _domain(x: Any, context: Context) -> Any:
    known = spot.range_of(x, context)
    low = -sp.oo if known.lower is None else sp.Rational(known.lower.numerator, known.lower.denominator)
    high = sp.oo if known.upper is None else sp.Rational(known.upper.numerator, known.upper.denominator)
    return sp.Interval(low, high, known.open_lower, known.open_upper)


def _listed(equation: Any, x: Any) -> list[Any]:
    return [s for s in sp.solve(equation, x) if not s.has(x)]


def _flatten(v: Any) -> Any:
    return sp.powsimp(sp.expand_log(v)) if v.has(sp.log) and v.is_number else v


def merged(values: list[Any]) -> list[Any]:
    """The values with two families that lie half a period from each other as one."""
    for v in values:
        for w in values:
            k = next(iter({s for s in v.free_symbols & w.free_symbols if s.is_integer and s.name == "k"}), None)
            period = None if k is None else sp.diff(v, k)
            if period is None or period.has(k) or sp.diff(w, k) != period or sp.expand(w - v - period / 2) != 0:
                continue
            return merged([*(u for u in values if u not in (v, w)), v.subs(k, 0) + period * k / 2])
    return values


def _from_set(found: Any, context: Context) -> tuple[list[Any] | None, bool]:
    """The elements of a solution set and whether these are all; families carry a fresh integer."""
    if found is sp.S.EmptySet:
        return [], True
    if isinstance(found, sp.FiniteSet):
        return list(found.args), True
    if isinstance(found, sp.Union):
        values: list[Any] = []
        complete = True
        for part in found.args:
            some, whole = _from_set(part, context)
            if some is None:
                complete = False
                continue
            values += some
            complete = complete and whole
        return (values or None), complete
    if isinstance(found, sp.ImageSet) and found.base_sets == (sp.S.Integers,) and len(found.lamda.variables) == 1:
        k = _family(context)
        context.note("for every integer k")
        return [sp.expand(found.lamda.expr.subs(found.lamda.variables[0], k))], True
    if isinstance(found, sp.Intersection) and sp.S.Reals in found.args:
        rest = [a for a in found.args if a is not sp.S.Reals]
        return _from_set(rest[0], context) if len(rest) == 1 else (None, False)
    if isinstance(found, sp.Complement):
        return _from_set(found.args[0], context)
    return None, False


def _family(context: Context) -> Any:
    """The integer of a periodic family: one name for all families of an answer."""
    for symbol in context.terms:
        if getattr(symbol, "name", "") == "k" and symbol.is_integer:
            return symbol
    return sp.Symbol("k", integer=True)


def _with_values(equation: Any, x: Any, context: Context) -> Iterator[Any]:
    """The equation with some values for its parameters."""
    names = equation.free_symbols - {x}
    return (equation.subs(p) for p in spot.points(names, context, 8)) if names else iter((equation,))


def _changes_sign(equation: Any, x: Any, context: Context) -> bool:
    """Whether the equation takes values of both signs at neighbouring points without a jump between them."""
    if equation.free_symbols != {x}:
        return False
    last = None
    known = spot.range_of(x, context)
    low, high = (
        (float(known.lower) if known.lower is not None else -20.0),
        (float(known.upper) if known.upper is not None else 20.0),
    )
    for j in range(161):
        value = spot.value(equation, {x: sp.Rational(low + (high - low) * (j + 0.5) / 161).limit_denominator(10**6)})
        here = None if value is None or abs(value.imag) > 1e-15 else value.real
        if last is not None and here is not None and last * here < 0 and abs(last) + abs(here) < 1:
            return True
        last = here
    return False
