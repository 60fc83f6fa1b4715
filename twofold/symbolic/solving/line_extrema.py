"""Extrema of a function of one real variable, with proof: the signs of its derivative cut the line into intervals on which it rises,
falls or stays the same; the values at their ends and the limits at open ends are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp
from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, copy_symbol, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import plus, text
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans, turning
from twofold.symbolic.solving.places import Place, Span, at, before, between, inside, meet, ordered, union
from twofold.symbolic.solving.real_sets import Pieces, pieces_of
from twofold.symbolic.solving.real_solutions import EACH, bounded, families, number
from twofold.symbolic.solving.root_forms import as_one_root
from twofold.symbolic.tidy import short

UNBOUNDED, NOT_ATTAINED, EMPTY = "not bounded", "not attained", "no point satisfies the constraints"
_WAVES = frozenset("sin cos tan".split())
_JUMPS = frozenset("sign floor ceil mod heaviside indicator piecewise".split())


@dataclass(slots=True)
class Value:
    """A value of the function or a limit of it, with a ball; `place` is where (an end that is not reached for limits)."""

    ball: arb
    exact: Any
    place: Place | None
    attained: bool
    toward: int = 0
    span: Span | None = None


class LineProblem:
    """A function on the part of the line that declarations and constraints leave. Raises `NotApplicable`."""

    def __init__(self, f: Term, symbol: Symbol, constraint: Term | None, context: Context) -> None:
        f = transform(f, by_cases)
        self.f, self.symbol, self.context = f, symbol, context
        if any(isinstance(t, App) and t.op in ("floor", "ceil", "mod") for t in subterms(f)):
            raise NotApplicable("a step function")
        try:
            self.slope = nth(f, symbol, 1)
        except NoClosedForm as error:
            raise NotApplicable("a derivative is not found") from error
        domain = domain_of(f, symbol, context)
        if constraint is not None:
            allowed = relation_spans(constraint, symbol, context)
            domain = [s for a in domain for b in allowed if (s := meet(a, b)) is not None]
        self.region = union(domain)
        if is_branched(f):
            self.rising, self.falling = self._spans("gt"), self._spans("lt")
            self.cuts = ordered([*self._ends(), *self._jumps()])
            return
        ends = [p for s in [*self.region, *domain_of(self.slope, symbol, context)] for p in (s.low, s.high) if p is not None]
        self.cuts = ordered([*ends, *turning(self.slope, symbol, context, 0)])
        curve = Curve(self.slope, symbol, context, 0)
        self.rising, self.falling = [], []
        gaps: list[Place | None] = [None, *self.cuts, None]
        for a, b in zip(gaps, gaps[1:], strict=False):
            s = curve.sign(between(a, b))
            if s:
                (self.rising if s > 0 else self.falling).append(Span(a, b))

    def _spans(self, relation: str) -> list[Span]:
        return relation_spans(app(relation, self.slope, num(0)), self.symbol, self.context)

    def _ends(self) -> Iterator[Place]:
        level = relation_spans(app("eq", self.slope, num(0)), self.symbol, self.context)
        for s in [*self.region, *self.rising, *self.falling, *level, *domain_of(self.slope, self.symbol, self.context)]:
            yield from (p for p in (s.low, s.high) if p is not None)

    def _jumps(self) -> Iterator[Place]:
        """Where the branches of the function meet."""
        for t in subterms(self.f):
            conditions: list[Term] = []
            if isinstance(t, App) and t.op == "piecewise":
                conditions = list(t.args[1::2])
            elif isinstance(t, App) and t.op in ("sign", "heaviside", "abs"):
                conditions = [app("gt", t.args[0], num(0)), app("lt", t.args[0], num(0))]
            elif isinstance(t, App) and t.op == "indicator":
                conditions = [t.args[0]]
            elif isinstance(t, App) and t.op in ("max", "min") and len(t.args) == 2:
                conditions = [app("gt", *t.args)]
            for c in conditions:
                for s in relation_spans(c, self.symbol, self.context):
                    yield from (p for p in (s.low, s.high) if p is not None)

    # --- values ---

    def value(self, p: Place) -> Value:
        """The value at a point of the region."""
        if p.term is not None:
            put = substitute(self.f, {self.symbol: p.term})
            try:
                exact = short(lower(put, self.context), self.context)
            except NoClosedForm:
                exact = None
        else:
            exact = None
        ball = self.ball(p)
        return Value(ball, exact, p, True)

    def ball(self, p: Place) -> arb:
        curve = Curve(self.f, self.symbol, self.context, 0) if not is_branched(self.f) else None
        for bits in (128, 512):
            with precision(bits):
                if curve is not None:
                    found = curve.at(p.enclosure(bits))
                    if found is not None and found.rad() < 1e-15:
                        return found
                elif p.term is not None:
                    e = lower(substitute(self.f, {self.symbol: p.term}), self.context)
                    v = e.evalf(40)
                    if v.is_Float or v.is_Rational:
                        return arb(str(v)) + arb(0, 1e-30)
        raise NotApplicable("a value cannot be enclosed")

    def limit(self, end: Place | None, toward: int) -> Value:
        """The limit at an end that does not belong to the region; `toward` is 1 where it is approached from below."""
        x = symbol_for(self.symbol, self.context)
        if end is not None and end.term is None:
            raise NotApplicable("the limit at an end is not found")
        target = (sp.oo if toward > 0 else -sp.oo) if end is None else lower(end.term, self.context)  # type: ignore[arg-type]
        e = lower(self._branch(end, toward), self.context)
        remarks = list(self.context.notes)
        if end is None and e.is_polynomial(x):
            top = sp.Poly(e, x)
            grows = bool(top.LC() > 0) == (toward > 0 or top.degree() % 2 == 0)
            if top.degree() > 0:
                return Value(arb("inf") if grows else -arb("inf"), sp.oo if grows else -sp.oo, None, False, toward)
        try:
            found = limit_at(e, x, target, "" if end is None else "-" if toward > 0 else "+", self.context)
        except (NoClosedForm, TypeError):
            found = None
        self.context.notes[:] = remarks
        if found is None or not (found.is_real or found.is_infinite):
            raise NotApplicable("the limit at an end is not found")
        if found.is_infinite:
            return Value(arb("inf") if found > 0 else -arb("inf"), found, end, False, toward)
        return Value(arb(str(found.evalf(40))) + arb(0, 1e-30), found, end, False, toward)

    def _branch(self, end: Place | None, toward: int) -> Term:
        """The function without its branches, as it is beside an end."""
        if not is_branched(self.f):
            return self.f
        inner = [p for p in self.cuts if end is None or p is not end]
        if toward > 0:
            below = [p for p in inner if end is None or before(p, end)]
            q = between(below[-1] if below else None, end)
        else:
            above = [p for p in inner if end is None or before(end, p)]
            q = between(end, above[0] if above else None)
        return chosen(self.f, self.symbol, Num(q), self.context)

    def candidates(self) -> Iterator[Value]:
        """The values at the cuts inside the region and the limits at its open ends, and beside jumps."""
        jumping = any(isinstance(t, App) and t.op in _JUMPS for t in subterms(self.f))
        for s in self.region:
            for p in self.cuts:
                if inside(p, s):
                    yield self.value(p)
                    if jumping and not s.single:
                        for side in (1, -1):
                            if (side > 0 and (s.low is None or before(s.low, p))) or (
                                side < 0 and (s.high is None or before(p, s.high))
                            ):
                                yield self.limit(p, side)
            inner = [p for p in self.cuts if inside(p, s)]
            if not s.single:
                yield from self._constant(s, inner)
            if (s.low is None or not s.low_in) and not self._within(s.low, inner[0] if inner else s.high, self.falling):
                yield self.limit(s.low, -1)
            if (s.high is None or not s.high_in) and not self._within(inner[-1] if inner else s.low, s.high, self.rising):
                yield self.limit(s.high, 1)

    def _constant(self, s: Span, inner: list[Place]) -> Iterator[Value]:
        """The values on intervals on which the function stays the same."""
        ends = [s.low, *(p for p in inner if p is not s.low and p is not s.high), s.high]
        for a, b in zip(ends, ends[1:], strict=False):
            middle = at(between(a, b))
            if not any(inside(middle, t) for t in (*self.rising, *self.falling)):
                found = self.value(middle)
                yield Value(found.ball, found.exact, None, True, 0, Span(a, b))

    def _within(self, low: Place | None, high: Place | None, spans: list[Span]) -> bool:
        """Whether an interval without cuts belongs to some spans: towards an end at which the function rises no infimum lies."""
        middle = at(between(low, high))
        return any(inside(middle, s) for s in spans)


def is_branched(f: Term) -> bool:
    return any(
        isinstance(t, App) and t.op in ("abs", "sign", "max", "min", "piecewise", "indicator", "heaviside", "relu")
        for t in subterms(f)
    )


def by_cases(t: Term) -> Term | None:
    """The larger of two as a case distinction, which can be differentiated."""
    if isinstance(t, App) and t.op in ("max", "min") and len(t.args) == 2 and not t.shape:
        a, b = (transform(x, by_cases) for x in t.args)
        return app("piecewise", a, app("ge" if t.op == "max" else "le", a, b), b)
    return None


def chosen(f: Term, symbol: Symbol, q: Term, context: Context) -> Term:
    """The function with every branch replaced by the one taken at a number."""

    def sign(t: Term) -> int:
        found = sp.sign(lower(substitute(t, {symbol: q}), context))
        if not found.is_Integer:
            raise NotApplicable("the sign of a number is not found")
        return int(found)

    def rule(t: Term) -> Term | None:
        if not isinstance(t, App):
            return None
        if t.op == "abs":
            inner = transform(t.args[0], rule)
            return inner if sign(t.args[0]) >= 0 else app("neg", inner)
        if t.op == "sign":
            return num(sign(t.args[0]))
        if t.op in ("max", "min") and len(t.args) == 2:
            first = sign(app("sub", *t.args)) >= 0
            return transform(t.args[0 if first == (t.op == "max") else 1], rule)
        if t.op == "piecewise":
            for k in range(0, len(t.args) - 1, 2):
                if lower(substitute(t.args[k + 1], {symbol: q}), context) == sp.true:
                    return transform(t.args[k], rule)
            if len(t.args) % 2:
                return transform(t.args[-1], rule)
        return None

    return transform(f, rule)


# --- the least value ------------------------------------------------------------------------------------------------------------


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


# --- periodic functions ---------------------------------------------------------------------------------------------------------


def turning_points(f: Term, symbol: Symbol, context: Context) -> Pieces:
    """The zeros of the derivative of a periodic function in one period. Raises `NotApplicable`."""
    try:
        slope = nth(f, symbol, 1)
    except NoClosedForm as error:
        raise NotApplicable("a derivative is not found") from error
    parts = pieces_of(app("eq", slope, num(0)), symbol, context)
    if len(parts) != 1 or parts[0].period is None or not all(p.single for p in parts[0].pieces):
        raise NotApplicable("the function is not periodic")
    shifted = substitute(f, {symbol: plus(var(symbol), term_of(parts[0].reading.ring, parts[0].period))})
    same = pieces_of(app("eq", shifted, f), symbol, context)
    if len(same) != 1 or len(same[0].pieces) != 1 or same[0].pieces[0].low is not None or same[0].pieces[0].high is not None:
        raise NotApplicable("the function is not periodic")
    return parts[0]


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


# --- critical points ------------------------------------------------------------------------------------------------------------

INFLECTION = "inflection point"


def critical(f: Term, symbol: Symbol, context: Context) -> list[tuple[Term, str]]:
    """The points at which the derivative is 0 or does not exist, inside the domain, with their kinds. Raises `NotApplicable`."""
    try:
        problem = LineProblem(f, symbol, None, context)
    except (NotApplicable, NoEnclosure):
        return _critical_families(f, symbol, context)
    out: list[tuple[Term, str]] = []
    gaps: list[Place | None] = [None, *problem.cuts, None]
    for k, p in enumerate(problem.cuts):
        if not any(inside(p, Span(s.low, s.high)) for s in problem.region):
            continue
        sides = [at(between(gaps[k], p)), at(between(p, gaps[k + 2]))]
        signs = [
            1 if any(inside(q, s) for s in problem.rising) else -1 if any(inside(q, s) for s in problem.falling) else 0
            for q in sides
        ]
        if 0 in signs:
            raise NotApplicable("the function is constant on an interval")
        if not _is_critical(problem, p, signs):
            continue
        kind = "local minimum" if signs == [-1, 1] else "local maximum" if signs == [1, -1] else INFLECTION
        out.append((number(p, context), kind))
    return out


def _is_critical(problem: LineProblem, p: Place, signs: list[int]) -> bool:
    """Whether the derivative is 0 or does not exist: not where the branches of a smooth function meet."""
    if signs[0] != signs[1] or not is_branched(problem.f) or p.term is None:
        return True
    e = lower(substitute(problem.slope, {problem.symbol: p.term}), problem.context)
    return not (e.is_number and e.is_finite and e.is_zero is False)


def _critical_families(f: Term, symbol: Symbol, context: Context) -> list[tuple[Term, str]]:
    part = turning_points(f, symbol, context)
    bend = nth(f, symbol, 2)
    grouped: dict[str, list[Any]] = {}
    for p in part.pieces:
        assert p.low is not None
        if p.low.exact is None:
            raise NotApplicable("a critical point has no closed form")
        v = lower(substitute(bend, {symbol: term_of(part.reading.ring, p.low.exact)}), context)
        if not (v.is_positive or v.is_negative):
            raise NotApplicable("a second derivative does not decide")
        grouped.setdefault("local minimum" if v.is_positive else "local maximum", []).append(p)
    out = []
    for kind, points in grouped.items():
        members, name = families(part, points, [f], context)
        out += [(m, kind) for m in members]
        context.note(EACH.format(name))
    return out
