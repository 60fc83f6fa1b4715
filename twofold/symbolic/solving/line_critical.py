"""Critical points of a function of one real variable with their kinds, also the families of those of a periodic one."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, Term, num, substitute, var
from twofold.symbolic.arithmetic import plus
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branches import is_branched
from twofold.symbolic.solving.line_problem import LineProblem
from twofold.symbolic.solving.places import Place, Span, at, between, inside
from twofold.symbolic.solving.real_sets import Pieces, pieces_of
from twofold.symbolic.solving.real_solutions import EACH, families, number


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
