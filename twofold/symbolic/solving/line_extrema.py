"""Extrema of a function of one real variable, with proof: the signs of its derivative cut the line into intervals on which it rises,
falls or stays the same; the values at their ends and the limits at open ends are compared.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, copy_symbol, substitute, subterms, var
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.line_critical import turning_points
from twofold.symbolic.solving.line_problem import LineProblem, Value
from twofold.symbolic.solving.monotone_pieces import relation_spans
from twofold.symbolic.solving.places import Place, Span, union
from twofold.symbolic.solving.real_solutions import EACH, bounded, families, number
from twofold.symbolic.solving.root_forms import as_one_root
from twofold.symbolic.tidy import short

UNBOUNDED, NOT_ATTAINED, EMPTY = "not bounded", "not attained", "no point satisfies the constraints"
_WAVES = frozenset("sin cos tan".split())


def extremum(f: Term, symbol: Symbol, constraint: Term | None, sign: int, context: Context) -> Term:
    """(least value, place), or (greatest value, place) for sign -1; a text where there is none. Raises `NotApplicable`."""
    g = f if sign > 0 else app("neg", f)
    if constraint is not None and any(isinstance(t, App) and t.op in _WAVES for t in subterms(f)):
        try:
            return _declared(f, symbol, constraint, sign, context)
        except (NotApplicable, NoEnclosure):
            pass
    try:
        problem = LineProblem(g, symbol, constraint, context)
    except (NotApplicable, NoEnclosure):
        if constraint is not None:
            raise NotApplicable("a function with waves under constraints") from None
        try:
            return _periodic(f, symbol, sign, context)
        except (NotApplicable, NoEnclosure):
            from twofold.symbolic.solving.wave_extrema import of_wave

            return of_wave(f, symbol, sign, context)
    return stated(problem, constraint is not None, sign)


def stated(problem: LineProblem, constrained: bool, sign: int) -> Term:
    """The answer of a problem, whose function was turned round for sign -1. Raises `NotApplicable`."""
    symbol, context = problem.symbol, problem.context
    word = "infimum" if sign > 0 else "supremum"
    values = list(problem.candidates()) if problem.region else []
    if not values:
        context.note("no point satisfies the conditions" if constrained else "the function is defined nowhere")
        return text(EMPTY)
    least = values[0]
    for v in values[1:]:
        if _less(v, least):
            least = v
    if not least.ball.is_finite():
        context.note(f"{_approach(least, symbol, context)}, it {'falls' if sign > 0 else 'grows'} beyond all bounds")
        return text(UNBOUNDED)
    same = [v for v in values if not _less(least, v) and not _less(v, least)]
    reached = [v for v in same if v.attained]
    exact = next((v.exact for v in same if v.exact is not None), None)
    if not reached:
        context.note(
            f"the {word} is {_shown(sign * exact, context)}, {_approach(least, symbol, context, joined=True)}; it is not attained"
        )
        return text(NOT_ATTAINED)
    value = (
        lift(as_one_root(short(sign * exact, context)), context)
        if exact is not None
        else number(Place(lambda bits: _signed(problem, reached[0], sign, bits)), context)
    )
    return App("tuple", (value, _place(problem, reached, context)), (), "tuple")


def _declared(f: Term, symbol: Symbol, constraint: Term, sign: int, context: Context) -> Term:
    """The answer on one bounded interval with its ends declared of the variable: of waves there are finitely many turning points in it."""
    spans = relation_spans(constraint, symbol, context)
    ends = [p.term for s in spans for p in (s.low, s.high) if p is not None]
    if len(spans) != 1 or len(ends) != 2 or None in ends or symbol.lower is not None or symbol.upper is not None:
        raise NotApplicable("a function with waves under constraints")
    (s,) = spans
    between = copy_symbol(symbol, lower=ends[0], upper=ends[1], open_lower=not s.low_in, open_upper=not s.high_in)
    found = extremum(substitute(f, {symbol: var(between)}), between, None, sign, context)
    return substitute(found, {between: var(symbol)})


def _signed(problem: LineProblem, v: Value, sign: int, bits: int) -> arb:
    assert v.place is not None
    curve = Curve(problem.f, problem.symbol, problem.context, 0)
    with precision(bits + 32):
        found = curve.at(v.place.enclosure(bits + 32))
    if found is None:
        raise NotApplicable("a value cannot be enclosed")
    return sign * found


def _less(a: Value, b: Value) -> bool:
    """Whether a value is certainly below another; equal ones have to be recognised. Raises `NotApplicable`."""
    if a.ball < b.ball:
        return True
    if b.ball < a.ball or not a.ball.is_finite():
        return False
    if a is b or (a.place is not None and a.place is b.place and a.attained and b.attained):
        return False
    if a.exact is not None and b.exact is not None and (sp.expand(a.exact - b.exact) == 0 or (a.exact - b.exact).equals(0)):
        return False
    raise NotApplicable("two values are not told apart")


def _approach(v: Value, symbol: Symbol, context: Context, joined: bool = False) -> str:
    if v.place is None:
        goal = "oo" if v.toward > 0 else "-oo"
    else:
        goal = _text(number(v.place, context)) + ("-" if v.toward > 0 else "+")
    return f"{'approached ' if joined else ''}as {symbol.name} -> {goal}"


def _text(t: Term) -> str:
    from twofold.catalogue.display import show

    return show(t)


def _shown(e: Any, context: Context) -> str:
    return _text(lift(short(sp.sympify(e), context), context))


def _place(problem: LineProblem, reached: list[Value], context: Context) -> Term:
    """Where the value is taken: a number, a set of numbers, or a condition where it is taken on intervals."""
    x = var(problem.symbol)
    spans = union([Span(v.place, v.place, True, True) if v.place is not None else v.span for v in reached if v.place or v.span])  # type: ignore[misc]
    if all(s.single for s in spans):
        places = [number(s.low, context) for s in spans if s.low is not None]
        return places[0] if len(places) == 1 else App("set", tuple(places), (), "set")
    parts = [
        app("eq", x, number(s.low, context))
        if s.single and s.low is not None
        else bounded(
            None if s.low is None else number(s.low, context),
            None if s.high is None else number(s.high, context),
            s.low_in,
            s.high_in,
            x,
        )
        for s in spans
    ]
    out = parts[0]
    for p in parts[1:]:
        out = app("or", out, p)
    return out


def _periodic(f: Term, symbol: Symbol, sign: int, context: Context) -> Term:
    part = turning_points(f, symbol, context)
    values = []
    for p in part.pieces:
        assert p.low is not None
        if p.low.exact is None:
            raise NotApplicable("a critical point has no closed form")
        e = lower(substitute(f, {symbol: term_of(part.reading.ring, p.low.exact)}), context)
        exact = short(e, context)
        values.append(Value(arb(str((sign * exact).evalf(40))) + arb(0, 1e-30), sign * exact, None, True))
    least = values[0]
    for v in values[1:]:
        if _less(v, least):
            least = v
    points = [p for p, v in zip(part.pieces, values, strict=True) if v is least or not _less(least, v)]
    members, name = families(part, points, [f], context)
    context.note(EACH.format(name))
    place = members[0] if len(members) == 1 else App("set", tuple(members), (), "set")
    return App("tuple", (lift(short(sign * least.exact, context), context), place), (), "tuple")
