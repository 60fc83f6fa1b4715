"""The real solutions of a statement in one unknown as an answer: a set of numbers, families over the integers, or a condition."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Const, Num, Symbol, Term, free_symbols, num, subterms, var
from twofold.symbolic.arithmetic import minus, plus, times
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.ring import Ratio, fraction, rational
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.completeness import ALL, NONE, ONLY
from twofold.symbolic.solving.guessed_forms import guessed
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.lambert import lambert
from twofold.symbolic.solving.monotone_pieces import relation_spans
from twofold.symbolic.solving.number_forms import short_number
from twofold.symbolic.solving.places import Place, Span, at, inside, place_of, union
from twofold.symbolic.solving.real_sets import Piece, Pieces, pieces_of
from twofold.symbolic.solving.root_forms import in_radicals
from twofold.symbolic.tidy import short

ANY = "every value is a solution"
EACH = "for every integer {}"
SOME = "for some integer {}"
_LISTED = 40
_NAMES = "kmnjpqr"


def real_solutions(relation: Term, symbol: Symbol, context: Context) -> Term:
    """All real solutions in the declared range of the unknown. Raises `NotApplicable` where they are not proved to be all."""
    equation = is_equation(relation)
    try:
        parts: list[Pieces] | None = pieces_of(relation, symbol, context)
    except (NotApplicable, NoEnclosure):
        parts = None
    if parts is not None and any(p.period is not None for p in parts):
        return _families(parts, relation, symbol, context)
    if parts is not None:
        spans = union([_span(part, p) for part in parts for p in part.pieces])
        if any(p is not None and p.term is None for s in spans for p in (s.low, s.high)):
            spans = [better(s, relation, symbol, context) for s in spans]
    else:
        spans = [better(s, relation, symbol, context) for s in relation_spans(relation, symbol, context)]
    if _whole(symbol):
        spans = integers(spans, equation)
    return answer(spans, symbol, context, equation)


def is_equation(relation: Term) -> bool:
    """Whether an equation stands among the relations, so that single values are to be expected."""
    if isinstance(relation, App) and relation.op in ("and", "or", "set", "tuple"):
        return any(map(is_equation, relation.args))
    return isinstance(relation, App) and relation.op == "eq"


def _whole(symbol: Symbol) -> bool:
    return symbol.kind == "integer" or "integer" in symbol.properties


def _span(part: Pieces, p: Piece) -> Span:
    low = None if p.low is None else place_of(part.reading, p.low)
    high = low if p.single else None if p.high is None else place_of(part.reading, p.high)
    return Span(low, high, p.low_in, p.high_in)


# --- numbers --------------------------------------------------------------------------------------------------------------------


def answer(spans: list[Span], symbol: Symbol, context: Context, equation: bool) -> Term:
    """A set where all solutions are single numbers, otherwise a condition on the unknown."""
    if not spans:
        context.note(NONE)
        return App("set", (), (), "set") if equation else FALSE
    if len(spans) == 1 and spans[0].low is None and spans[0].high is None:
        context.note(ANY)
        return TRUE
    if all(s.single for s in spans) and (equation or len(spans) > 1 or _whole(symbol)):
        context.note(ALL if len(spans) > 1 else ONLY)
        return App("set", tuple(number(s.low, context) for s in spans if s.low is not None), (), "set")
    context.note(ALL)
    x = var(symbol)
    if len(spans) == 2 and spans[0].low is None and spans[1].high is None and not spans[0].high_in and not spans[1].low_in:
        a, b = spans[0].high, spans[1].low
        if a is not None and b is not None and a.term is not None and a.term == b.term:
            return app("ne", x, number(a, context))
    conditions = [_condition(s, x, context) for s in spans]
    out = conditions[0]
    for c in conditions[1:]:
        out = app("or", out, c)
    return out


def _condition(s: Span, x: Term, context: Context) -> Term:
    if s.single:
        assert s.low is not None
        return app("eq", x, number(s.low, context))
    low = None if s.low is None else number(s.low, context)
    high = None if s.high is None else number(s.high, context)
    return bounded(low, high, s.low_in, s.high_in, x)


def bounded(low: Term | None, high: Term | None, low_in: bool, high_in: bool, x: Term) -> Term:
    """low < x < high, or the half of it that there is."""
    if low is None or high is None:
        if high is not None:
            return app("le" if high_in else "lt", x, high)
        return TRUE if low is None else app("ge" if low_in else "gt", x, low)
    return app("and", app("le" if low_in else "lt", low, x), app("le" if high_in else "lt", x, high))


def number(p: Place, context: Context) -> Term:
    """The number in closed form, or as a decimal, which the answer then says."""
    if p.term is not None:
        return tidied(p.term, context)
    return rounded(p, context)


def rounded(p: Place, context: Context) -> Term:
    """A decimal to the digits of the context, from an enclosure that shows every one of them."""
    digits = context.digits
    for bits in (int(digits * 3.33) + 40, int(digits * 3.33) + 200, int(digits * 3.33) + 1000):
        with precision(bits + 64):
            ball = p.enclosure(bits)
            text = ball.str(digits, radius=False)
            if ball.rad() * 10**digits < abs(ball) or ball.is_exact():
                break
    else:
        raise NoEnclosure("a solution is not enclosed well enough for its digits")
    if not context.rounded:
        context.note(f"decimals, each right to {digits} digits: no closed form was found")
    context.rounded.append(text)
    return Num(Fraction(text), text)


def tidied(t: Term, context: Context) -> Term:
    """A closed form put shortly."""
    if isinstance(t, App) and t.op == "root_of":
        made = in_radicals(lower(t, context))
        return t if made.has(sp.CRootOf) else lift(short(made, context), context)
    if isinstance(t, Num) or isinstance(t, App) and t.op in ("lambertw", "lambertwm1"):
        return t
    if _plain(t):
        return t
    made = short_number(t)
    if made is not None:
        return made
    try:
        return lift(short(_primitive(lower(t, context)), context), context)
    except NoClosedForm:
        return t


def _primitive(e: Any) -> Any:
    """Square roots without rational factors inside: sqrt(1/4 + e) is sqrt(1 + 4*e)/2."""

    def rule(p: Any) -> Any:
        content, rest = p.base.as_content_primitive()
        return sp.sqrt(content) * sp.sqrt(rest)

    return sp.expand(e.replace(lambda p: p.is_Pow and p.exp == sp.S.Half and p.base.is_Add, rule)) if e.has(sp.Pow) else e


def _plain(t: Term) -> bool:
    """Whether this is a rational multiple of pi as it would be typed."""
    return all(isinstance(s, (Num, Const)) or isinstance(s, App) and s.op in ("mul", "div", "neg") for s in subterms(t))


def better(s: Span, relation: Term, symbol: Symbol, context: Context) -> Span:
    """The span with closed forms for its ends where these are found and proved."""
    if s.single:
        assert s.low is not None
        p = _closed(s.low, relation, symbol, context)
        return Span(p, p, True, True)
    low = None if s.low is None else _closed(s.low, relation, symbol, context)
    high = None if s.high is None else _closed(s.high, relation, symbol, context)
    return Span(low, high, s.low_in, s.high_in)


def _closed(p: Place, relation: Term, symbol: Symbol, context: Context) -> Place:
    if p.term is not None or not isinstance(relation, App) or relation.op not in ("eq", "ne", "lt", "le", "gt", "ge"):
        return p
    try:
        curve = Curve(app("sub", *relation.args), symbol, context, 0)
    except NotApplicable:
        return p
    with precision(128):
        ball = p.enclosure(80)
        q = (
            simplest(fraction(ball.lower().fmpq()), fraction(ball.upper().fmpq()))
            if not ball.is_exact()
            else fraction(ball.fmpq())
        )
    if q.denominator < 4096 and curve.vanishes(q):
        return at(q)
    return guessed(p, relation, symbol, context) or lambert(curve, p) or p


# --- whole numbers --------------------------------------------------------------------------------------------------------------


def integers(spans: list[Span], equation: bool) -> list[Span]:
    """The whole numbers among the solutions, listed where they are few."""
    out: list[Span] = []
    for s in spans:
        if s.single:
            assert s.low is not None
            q = s.low.value if s.low.value is not None else _nearest(s.low)
            if q is not None and q.denominator == 1:
                out.append(Span(p := at(q), p, True, True))
            continue
        if s.low is None or s.high is None:
            out.append(
                Span(_whole_end(s.low, s.low_in, 1), _whole_end(s.high, s.high_in, -1), s.low is not None, s.high is not None)
            )
            continue
        first, last = (fraction(p.enclosure(128).mid().fmpq()) for p in (s.low, s.high))
        if last - first > _LISTED:
            out.append(s)
            continue
        inner = [p for n in range(int(first) - 1, int(last) + 2) if inside(p := at(Fraction(n)), s)]
        out += [Span(p, p, True, True) for p in inner]
    return out


def _whole_end(p: Place | None, closed: bool, step: int) -> Place | None:
    """The first whole number from an end of an interval on."""
    if p is None:
        return None
    if p.value is not None:
        n = p.value.__ceil__() if step > 0 else p.value.__floor__()
        return at(Fraction(n + (step if n == p.value and not closed else 0)))
    middle = fraction(p.enclosure(256).mid().fmpq())
    if _nearest(p) is None:
        return at(Fraction(middle.__ceil__() if step > 0 else middle.__floor__()))
    return p


def _nearest(p: Place) -> Fraction | None:
    """`None`: certainly no whole number."""
    for bits in (64, 256, 1024):
        ball = p.enclosure(bits)
        if not ball.contains_integer():
            return None
    raise NotApplicable("a number may be whole")


# --- families -------------------------------------------------------------------------------------------------------------------


def _families(parts: list[Pieces], relation: Term, symbol: Symbol, context: Context) -> Term:
    if _whole(symbol):
        raise NotApplicable("whole numbers among periodic solutions")
    taken = {s.name for s in free_symbols(relation)}
    name = next((n for n in _NAMES if n not in taken), "k_1")
    k = var(Symbol(name, "integer"))
    singles: list[Term] = []
    conditions: list[Term] = []
    x = var(symbol)
    for part in parts:
        if part.period is None:
            for p in part.pieces:
                s = _span(part, p)
                if s.single and s.low is not None:
                    singles.append(number(s.low, context))
                else:
                    conditions.append(_condition(s, x, context))
            continue
        points = [p for p in part.pieces if p.single]
        for base, period in spaced(part, points):
            singles.append(member(part, base, period, k, context))
        for p in part.pieces:
            if not p.single:
                assert p.low is not None and p.high is not None
                ends = [_of_family(part, q.exact, part.period, k, context) for q in (p.low, p.high)]
                conditions.append(bounded(ends[0], ends[1], p.low_in, p.high_in, x))
    if not conditions:
        context.note(EACH.format(name))
        context.note(ALL)
        return App("set", tuple(_once(singles, k, context)), (), "set")
    context.note(SOME.format(name))
    context.note(ALL)
    out: Term | None = None
    for c in [*(app("eq", x, s) for s in singles), *conditions]:
        out = c if out is None else app("or", out, c)
    assert out is not None
    return out


def _once(members: list[Term], k: Term, context: Context) -> list[Term]:
    """Solutions and families without the solutions that are members of a family."""
    whole, lowered = lower(k, context), {t: lower(t, context) for t in members}
    steps = {t: sp.diff(e, whole) for t, e in lowered.items() if e.has(whole)}

    def is_member(e: Any) -> bool:
        return any(sp.simplify((e - lowered[t].subs(whole, 0)) / step).is_Integer for t, step in steps.items())

    return [t for t in lowered if t in steps or not is_member(lowered[t])]


def families(part: Pieces, points: list[Piece], terms: list[Term], context: Context) -> tuple[list[Term], str]:
    """Points of a period as families, and the name of their whole number, which no name in the terms has."""
    taken = {s.name for t in terms for s in free_symbols(t)}
    name = next((n for n in _NAMES if n not in taken), "k_1")
    k = var(Symbol(name, "integer"))
    return [member(part, base, period, k, context) for base, period in spaced(part, points)], name


def spaced(part: Pieces, points: list[Piece]) -> Iterator[tuple[Piece, Ratio]]:
    """Points of a period with the distance at which they repeat: fewer and closer where they are equally spaced."""
    n = len(points)
    assert part.period is not None
    exact = [p.low.exact for p in points if p.low is not None and p.low.exact is not None]
    if len(exact) == n:
        for m in range(n, 1, -1):
            if n % m:
                continue
            step = part.period / rational(m)
            width = n // m
            if all((exact[i + width] - exact[i] - step).top.is_zero() for i in range(n - width)):
                for i in range(width):
                    yield min(points[i::width], key=_size), step
                return
    for p in points:
        yield p, part.period


def _size(p: Piece) -> tuple[float, bool]:
    assert p.low is not None
    with precision(64):
        middle = float(p.low.enclosure().mid())
    return round(abs(middle), 9), middle < 0


def member(part: Pieces, base: Piece, period: Ratio, k: Term, context: Context) -> Term:
    assert base.low is not None
    if base.low.exact is None:
        step = tidied(term_of(part.reading.ring, period), context)
        return _sum(number(place_of(part.reading, base.low), context), step, k)
    return _of_family(part, base.low.exact, period, k, context)


def _of_family(part: Pieces, exact: Ratio | None, period: Ratio, k: Term, context: Context) -> Term:
    """A number plus a multiple of the period: pi/6 + 2*pi*k."""
    if exact is None:
        raise NotApplicable("an end of an interval has no closed form")
    ring = part.reading.ring
    return _sum(tidied(term_of(ring, exact), context), tidied(term_of(ring, period), context), k)


def _sum(first: Term, step: Term, k: Term) -> Term:
    if isinstance(step, App) and step.op == "div":
        top = times(step.args[0], k) if step.args[0] != num(1) else k
        many: Term = app("div", top, step.args[1])
    else:
        many = times(step, k)
    if first == num(0):
        return many
    if isinstance(first, App) and first.op == "neg":
        return minus(many, first.args[0])
    return plus(first, many)
