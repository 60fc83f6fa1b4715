"""Extrema over whole numbers: of one name beside the places where the function turns, of several where the extremum over the reals is at whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor

from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import MISSING, App, Array, Num, Symbol, Term, Var, copy_symbol, free_symbols, substitute, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.declared_ranges import bounds
from twofold.symbolic.solving.line_extrema import EMPTY, stated
from twofold.symbolic.solving.line_problem import LineProblem, Value
from twofold.symbolic.solving.places import Place, at, between, inside
from twofold.symbolic.solving.reading import parts_of

_NONE = "the least and greatest values over whole numbers are found of functions of one name without parameters, or where those over the reals are at whole numbers"
_FAR = Fraction(10**6)


class WholeProblem(LineProblem):
    """A function of a whole number. Between two cuts it rises or falls, so that on the whole numbers there the ones beside the cuts are extreme."""

    def candidates(self) -> Iterator[Value]:
        """The values at the whole numbers beside the cuts, and the limits at infinite ends."""
        for s in self.region:
            inner = [p for p in self.cuts if inside(p, s)]
            ends = [s.low, *(p for p in inner if p is not s.low and p is not s.high), s.high]
            for a, b in zip(ends, ends[1:], strict=False) if not s.single else ():
                middle = at(between(a, b))
                if not any(inside(middle, t) for t in (*self.rising, *self.falling)):
                    raise NotApplicable("the function is the same on an interval")
            beside = {k for p in (*inner, s.low, s.high) if p is not None for k in _beside(p)}
            yield from (self.value(p) for k in sorted(beside) if inside(p := at(Fraction(k)), s))
            if s.low is None and not self._within(None, inner[0] if inner else s.high, self.falling):
                yield self.limit(None, -1)
            if s.high is None and not self._within(inner[-1] if inner else s.low, None, self.rising):
                yield self.limit(None, 1)


def _beside(p: Place) -> range:
    """The whole numbers within 1 of a place."""
    ball = p.enclosure(64)
    middle = Fraction(str(float(ball.mid())))
    if abs(middle) > _FAR or float(ball.rad()) > 0.5:
        raise NotApplicable("a place is too far out")
    return range(floor(middle) - 1, ceil(middle) + 2)


def over_whole_numbers(
    f: Term, names: Term, subject_to: Term, sign: int, context: Context, solver: Callable[[Context, Term, Term, Term, int], Term]
) -> Term:
    """The answer where some names stand for whole numbers; `solver` answers over the reals."""
    parts = [] if subject_to == MISSING else parts_of(subject_to)
    whole = {s for t in (f, names) for s in free_symbols(t) if s.kind == "integer" and s in free_symbols(names)}
    freed = {s: copy_symbol(s, kind="real") for s in whole}
    put: dict[Symbol, Term] = {s: var(r) for s, r in freed.items()}
    parts = [substitute(t, put) for t in (*parts, *_declared(whole, context))]
    inner, within_names = substitute(f, put), substitute(names, put)
    back: dict[Symbol, Term] = {r: var(s) for s, r in freed.items()}
    if isinstance(within_names, Var) and not within_names.shape and not set(free_symbols(inner)) - {within_names.symbol}:
        turned = inner if sign > 0 else app("neg", inner)
        whole_line = together(parts) if parts else None
        try:
            problem = within(context.seconds, WholeProblem, turned, within_names.symbol, whole_line, context)
            if problem is not None:
                return substitute(stated(problem, bool(parts), sign), back)
        except (NotApplicable, NoEnclosure):
            pass
    notes = list(context.notes)
    try:
        found = solver(context, inner, within_names, App("set", tuple(parts), (), "set") if parts else MISSING, sign)
    except NoClosedForm:
        context.notes[:] = notes
        raise NoClosedForm(_NONE) from None
    if isinstance(found, App) and found.op == "tuple" and _is_whole(found.args[1], within_names, set(freed.values()), context):
        return substitute(found, back)
    if found.sort == "text" and getattr(found, "name", "") == EMPTY:
        return found
    context.notes[:] = notes
    raise NoClosedForm(_NONE)


def _declared(whole: set[Symbol], context: Context) -> Iterator[Term]:
    """What assumptions and declarations say of the sizes of names."""
    for s in whole:
        for op, bound in bounds(lower(var(s), context), context):
            yield App(op, (var(s), bound), (), "truth")


def _is_whole(place: Term, names: Term, freed: set[Symbol], context: Context) -> bool:
    """Whether all places that are named have whole numbers for the names that stand for them."""
    places = place.args if isinstance(place, App) and place.op == "set" else (place,)
    listed = names.args if isinstance(names, App) else names.rows[0] if isinstance(names, Array) else (names,)
    for p in places:
        values = p.rows[0] if isinstance(p, Array) else (p,)
        if p.sort == "truth" or len(values) != len(listed):
            return False
        if any(isinstance(n, Var) and n.symbol in freed and not _whole(v) for n, v in zip(listed, values, strict=True)):
            return False
    return True


def _whole(v: Term) -> bool:
    return isinstance(v, Num) and v.value.denominator == 1
