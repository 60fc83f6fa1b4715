"""Extrema with parameters by the sign of one of them: what cannot be ordered for all values often can for those of one sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import MISSING, App, Array, Symbol, Term, free_symbols, num, substitute, var, vector
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lower import lower
from twofold.symbolic.regions.signed_names import is_unsigned
from twofold.symbolic.solving.reading import parts_of
from twofold.symbolic.solving.real_solutions import tidied

Solver = Callable[[Context, dict[Symbol, Term]], Term]
_MOST = 2
"""Parameters without a sign up to which cases are made."""


@dataclass(frozen=True, slots=True)
class _Case:
    """The answer where the parameter is positive, 0 or negative; without one, what is known is said by `answer` alone."""

    answer: Term | None
    context: Context

    @property
    def taken(self) -> bool:
        return isinstance(self.answer, App) and self.answer.op == "tuple"


def by_sign(context: Context, terms: tuple[Term, ...], varied: set[Symbol], solver: Solver) -> Term | None:
    """The answers of `solver`, which is given a context and values to put in, for each sign of a parameter, as one; `None` where there are none."""
    open_ = [s for s in dict.fromkeys(s for t in terms for s in free_symbols(t)) if s not in varied and is_unsigned(s, context)]
    if context.reading != "real" or not 0 < len(open_) <= _MOST:
        return None
    return within(2 * context.seconds, _first, open_, terms, context, solver)


def _first(open_: list[Symbol], terms: tuple[Term, ...], context: Context, solver: Solver) -> Term | None:
    """The answer by the first parameter whose sign leads to one."""
    for p in open_:
        above, below = (_case(context, solver, app(op, var(p), num(0))) for op in ("gt", "lt"))
        if above.taken or below.taken:
            found = _joined(p, above, _at_zero(context, solver, p, terms), below, context)
            if found is not None:
                return found
    return None


def _inner(context: Context, *facts: Term) -> Context:
    return replace(context.aside(*facts), rounded=[], tentative=[])


def _case(context: Context, solver: Solver, fact: Term) -> _Case:
    inner = _inner(context, fact)
    try:
        found = solver(inner, {})
    except (NotApplicable, NoEnclosure, NoClosedForm):
        return _Case(None, inner)
    return _Case(None if inner.rounded else found, inner)


def _at_zero(context: Context, solver: Solver, p: Symbol, terms: tuple[Term, ...]) -> _Case:
    inner = _inner(context)
    sides = [
        s
        for t in terms
        if t != MISSING
        for r in (parts_of(t) if t.sort != "number" else [t])
        for s in (r.args if r.sort == "truth" else [r])
    ]
    if any(lower(substitute(s, {p: num(0)}), inner).has(sp.zoo, sp.nan) for s in sides):
        return _Case(None, inner)
    try:
        found = solver(inner, {p: num(0)})
    except (NotApplicable, NoEnclosure, NoClosedForm, TwofoldError):
        return _Case(None, inner)
    return _Case(None if inner.rounded or inner.conditions else found, inner)


def _joined(p: Symbol, above: _Case, zero: _Case, below: _Case, context: Context) -> Term | None:
    """One answer from those for the three signs."""
    kept = [c for c in (above, below) if c.taken]
    if any(c.context.conditions != kept[0].context.conditions for c in kept):
        return None
    a = var(p)
    whole = _of_size(a, above, zero, below, context)
    if whole is None:
        whole = _in_cases(a, above, zero, below, context)
    if whole is None:
        return None
    for c in (*kept, *([zero] if zero.taken else [])):
        for n in c.context.notes:
            if not n.startswith("by convexity"):
                context.note(n)
        context.tentative.extend(t for t in c.context.tentative if t not in context.tentative)
    for condition in kept[0].context.conditions:
        context.require(condition)
    return whole


def _of_size(a: Term, above: _Case, zero: _Case, below: _Case, context: Context) -> Term | None:
    """The answer in terms of the size of the parameter, where both signs have the same; `None` elsewhere."""
    if not (above.taken and below.taken):
        return None
    assert above.answer is not None and below.answer is not None
    (p,) = free_symbols(a)
    mirrored = substitute(above.answer, {p: app("neg", a)})
    if not _same(mirrored, below.answer, below.context):
        return None
    if not zero.taken:
        context.require(app("ne", a, num(0)))
    elif zero.answer is None or not _same(substitute(above.answer, {p: num(0)}), zero.answer, context):
        return None
    return _put(above.answer, {p: app("abs", a)}, context)


def _in_cases(a: Term, above: _Case, zero: _Case, below: _Case, context: Context) -> Term | None:
    """The answers that there are, each with its condition."""
    (p,) = free_symbols(a)
    rows = [(c.answer, op) for c, op in ((above, "gt"), (below, "lt")) if c.taken and c.answer is not None]
    if zero.taken and zero.answer is not None:
        met = next((k for k, (t, _) in enumerate(rows) if _same(substitute(t, {p: num(0)}), zero.answer, context)), None)
        if met is None:
            rows.insert(0, (zero.answer, "eq"))
        else:
            rows[met] = rows[met][0], "ge" if rows[met][1] == "gt" else "le"
    for c, op in ((above, "gt"), (zero, "eq"), (below, "lt")):
        if not c.taken and c.answer is not None:
            context.note(f"where {show(app(op, a, num(0)))}: {show(c.answer).strip(chr(34))}")
    if len(rows) == 1:
        context.require(app(rows[0][1], a, num(0)))
        return rows[0][0]
    covered = {op for _, op in rows}
    if covered == {"gt", "lt"}:
        context.require(app("ne", a, num(0)))
    elif covered not in ({"ge", "lt"}, {"gt", "le"}, {"eq", "gt", "lt"}):
        return None
    parts = [x for t, op in rows[:-1] for x in (t, app(op, a, num(0)))]
    return app("piecewise", *parts, rows[-1][0])


def _points(answer: Term) -> tuple[Term, list[tuple[Term, ...]]]:
    """The value, and the places by their entries."""
    assert isinstance(answer, App)
    value, place = answer.args
    several = place.args if isinstance(place, App) and place.op == "set" else (place,)
    return value, [tuple(e for r in t.rows for e in r) if isinstance(t, Array) else (t,) for t in several]


def _put(answer: Term, values: dict[Symbol, Term], context: Context) -> Term:
    """An answer with values put in, its parts tidied."""
    assert isinstance(answer, App)
    value, places = _points(answer)

    def made(t: Term) -> Term:
        return tidied(substitute(t, values), context)

    scalar = len(places[0]) == 1 and not isinstance(answer.args[1], Array)
    points = [made(p[0]) if scalar else vector(tuple(map(made, p))) for p in places]
    return App("tuple", (made(value), points[0] if len(points) == 1 else App("set", tuple(points), (), "set")), (), "tuple")


def _same(one: Term, other: Term, context: Context) -> bool:
    """Whether two answers are the same value at the same set of places."""
    if not all(isinstance(t, App) and t.op == "tuple" and t.args[1].sort != "truth" for t in (one, other)):
        return False
    (value, places), (level, others) = _points(one), _points(other)

    def equal(s: Term, t: Term) -> bool:
        a, b = lower(s, context), lower(t, context)
        return a == b or bool(sp.simplify(a - b) == 0)

    def match(p: tuple[Term, ...], q: tuple[Term, ...]) -> bool:
        return len(p) == len(q) and all(map(equal, p, q))

    if not equal(value, level):
        return False
    return all(any(match(p, q) for q in others) for p in places) and all(any(match(p, q) for p in places) for q in others)
