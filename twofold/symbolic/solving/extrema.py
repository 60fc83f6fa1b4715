"""Extrema, free and under constraints, by the first of several ways that leads to an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.core.meter import spent
from twofold.grammar.term import MISSING, TRUE, App, Symbol, Term, Var, free_symbols, substitute, vector
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branched_extrema import by_branches
from twofold.symbolic.solving.extrema_by_cases import extremum_by_cases
from twofold.symbolic.solving.extrema_by_sign import by_sign
from twofold.symbolic.solving.extremum_candidates import of_candidates
from twofold.symbolic.solving.extremum_names import restricted
from twofold.symbolic.solving.line_extrema import extremum
from twofold.symbolic.solving.monotone_outer import of_increasing
from twofold.symbolic.solving.reading import parts_of
from twofold.symbolic.solving.real_solutions import tidied
from twofold.symbolic.solving.substitution import eliminated
from twofold.symbolic.solving.whole_extrema import over_whole_numbers
from twofold.symbolic.solving.zero_extrema import of_zeros

_ALL_CASES = 3.0
"""Seconds of processor time for all cases of a parameter."""


def minimize(context: Context, f: Term, names: Term, subject_to: Term = MISSING) -> Term:
    """The least value and where it is taken: (value, point), or (value, {points})."""
    return _extreme(context, f, names, subject_to, 1)


def maximize(context: Context, f: Term, names: Term, subject_to: Term = MISSING) -> Term:
    """The greatest value and where it is taken: (value, point), or (value, {points})."""
    return _extreme(context, f, names, subject_to, -1)


def _on_the_line(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer of the exact method in one real variable without parameters; `None` where it does not apply."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    parts = [] if subject_to == MISSING else parts_of(subject_to)
    if any(set(free_symbols(t)) - {names.symbol} for t in (f, *parts)) or names.symbol not in free_symbols(f):
        return None
    whole = together(parts) if parts else None
    remarks = list(context.notes), list(context.rounded)
    try:
        found = within(context.seconds, extremum, f, names.symbol, whole, sign, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
        found = None if whole is not None else within(context.seconds, of_zeros, f, names.symbol, sign, context)
    return found


def _by_cases(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer in all cases of one parameter; `None` where it does not apply, or one formula says it all."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    parts, symbol = ([] if subject_to == MISSING else parts_of(subject_to)), names.symbol
    if len({s for t in (f, *parts) for s in free_symbols(t)} - {symbol}) != 1 or symbol not in free_symbols(f):
        return None
    if not parts and context.range(symbol) == Range():
        e, x = lower(f, context), lower(names, context)
        if e.is_polynomial(x) and sp.degree(e, x) <= 2:
            return None

    def sought(g: Term, constraints: list[Term], inner: Context) -> Term:
        return _extreme(inner, g, names, App("set", tuple(constraints), (), "set") if constraints else MISSING, sign)

    remarks = list(context.notes), list(context.conditions), list(context.rounded)
    try:
        found = within(min(_ALL_CASES, context.seconds), extremum_by_cases, f, symbol, parts, sign, context, sought)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.conditions[:], context.rounded[:] = remarks
    return found


def _of_inside(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer for an increasing function of something by the extremum of that; `None` where it does not apply."""
    remarks = list(context.notes), list(context.conditions), list(context.rounded)
    try:
        return of_increasing(f, context, lambda inner: _extreme(context, inner, names, subject_to, sign))
    except (NotApplicable, NoClosedForm):
        context.notes[:], context.conditions[:], context.rounded[:] = remarks
        return None


def _reduced(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer where the constraints give all variables but one; `None` where they do not."""
    parts = variables_of(names)
    if subject_to == MISSING or len(parts) < 2 or f.shape or context.reading != "real":
        return None
    symbols = [t.symbol for t in parts if isinstance(t, Var) and not t.shape and t.symbol.kind == "real"]
    relations = parts_of(explicit(subject_to, context))
    if len(symbols) < len(parts) or any(set(free_symbols(t)) - set(symbols) for t in (f, *relations)):
        return None
    remarks = list(context.notes), list(context.rounded)

    def work() -> Term:
        made = eliminated(relations, symbols, context, free=True)
        found = extremum(substitute(f, made.given), made.kept, made.relation, sign, context)
        if not isinstance(found, App) or found.op != "tuple":
            return found
        value, place = found.args
        x = made.kept

        def point(t: Term) -> Term:
            return vector(tuple(t if s is x else tidied(substitute(made.given[s], {x: t}), context) for s in symbols))

        if place.sort == "truth":
            context.note(f"for {show(place)}")
            return App("tuple", (value, point(Var(x))), (), "tuple")
        if context.rounded:
            raise NotApplicable("the place has no closed form")
        where = (
            App("set", tuple(map(point, place.args)), (), "set") if isinstance(place, App) and place.op == "set" else point(place)
        )
        return App("tuple", (value, where), (), "tuple")

    try:
        found = within(context.seconds, work)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


_LONG = 2.0
"""Processor seconds after which an extremum is not looked for once more for every sign of its parameters."""


def _extreme(context: Context, f: Term, names: Term, subject_to: Term, sign: int, cases: bool = True) -> Term:
    """The answer by the first way that leads to one; by the signs of parameters only with `cases`."""
    names, subject_to = restricted(names, subject_to)
    if f.shape or f.sort != "number":
        kind = f"a {f.sort}" if f.sort != "number" else "a vector" if len(f.shape) == 1 else "a matrix"
        raise fail(
            "wrong-kind",
            f"the least and the greatest value are those of a number, but this is {kind}",
            f.span,
            "write f(x)" if f.sort == "function" else "",
        )
    if any(isinstance(t, Var) and t.symbol.kind == "integer" for t in variables_of(names)):
        return over_whole_numbers(f, names, subject_to, sign, context, _extreme)
    marks = [list(row) for row in _rows(context)]
    began = spent()
    try:
        found, failed = _sought(context, f, names, subject_to, sign), None
    except NoClosedForm as error:
        found, failed = None, error
    if found is not None and context.tentative == marks[-1]:
        return found
    now = [list(row) for row in _rows(context)]
    _reset(context, marks)
    other = _eliminated(context, f, names, subject_to, sign)
    if other is not None and context.tentative == marks[-1]:
        return other
    if found is not None:
        _reset(context, now)
        return found
    assert failed is not None
    if spent() - began > _LONG:
        # Every sign would take as long again.
        _reset(context, now)
        raise failed
    found = _by_sign(context, f, names, subject_to, sign) if cases else None
    if found is not None:
        return found
    try:
        return _sought(context, f, names, subject_to, sign, True)
    except NoClosedForm:
        _reset(context, now)
        raise failed from None


def _by_sign(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer by the signs of parameters; `None` where there is none."""
    varied = {t.symbol for t in variables_of(names) if isinstance(t, Var)}

    def solver(inner: Context, put: dict[Symbol, Term]) -> Term:
        return _extreme(inner, substitute(f, put), names, substitute(subject_to, put), sign)

    return by_sign(context, (f, subject_to), varied, solver)


def _rows(context: Context) -> tuple[list[Any], ...]:
    return context.notes, context.conditions, context.rounded, context.tentative


def _reset(context: Context, rows: list[list[Any]]) -> None:
    for row, kept in zip(_rows(context), rows, strict=True):
        row[:] = kept


def _eliminated(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer with parameters where the constraints give all variables but one; `None` where they do not."""
    symbols = [t.symbol for t in variables_of(names) if isinstance(t, Var) and not t.shape and t.symbol.kind == "real"]
    if subject_to == MISSING or len(symbols) < 2 or len(symbols) < len(variables_of(names)) or context.reading != "real":
        return None
    relations = parts_of(explicit(subject_to, context))
    if not any(isinstance(r, App) and r.op == "eq" for r in relations) or f.shape:
        return None
    try:
        made = eliminated(relations, symbols, context, free=True)
        left = MISSING if made.relation == TRUE else App("set", tuple(parts_of(made.relation)), (), "set")
        found = _extreme(context, substitute(f, made.given), Var(made.kept), left, sign, False)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        return None

    def point(t: Term) -> Term:
        return vector(tuple(t if s is made.kept else tidied(substitute(made.given[s], {made.kept: t}), context) for s in symbols))

    def placed(answer: Term) -> Term | None:
        if not isinstance(answer, App) or answer.op not in ("tuple", "piecewise"):
            return answer
        if answer.op == "piecewise":
            cases = [a if k % 2 and k < len(answer.args) - 1 else placed(a) for k, a in enumerate(answer.args)]
            return None if None in cases else replace(answer, args=tuple(c for c in cases if c is not None))
        value, place = answer.args
        if place.sort == "truth":
            return None
        several = isinstance(place, App) and place.op == "set"
        where = App("set", tuple(map(point, place.args)), (), "set") if several else point(place)  # type: ignore[attr-defined]
        return App("tuple", (value, where), (), "tuple")

    return placed(found)


def _sought(context: Context, f: Term, names: Term, subject_to: Term, sign: int, lenient: bool = False) -> Term:
    """The answer; where parameters decide whether a critical point lies in the region, only if `lenient`, under that condition."""
    direct = _on_the_line(context, f, names, subject_to, sign) or _reduced(context, f, names, subject_to, sign)
    direct = direct or _by_cases(context, f, names, subject_to, sign)
    if direct is None:
        made = within(4 * context.seconds, lambda: (by_branches(context, f, names, subject_to, sign, _extreme),))
        if made is None:
            raise NoClosedForm("the branches of the function take too long")
        direct = made[0]
    if direct is None and len(variables_of(names)) > 1:
        direct = _of_inside(context, f, names, subject_to, sign)
    if direct is not None:
        return direct
    return of_candidates(context, f, names, subject_to, sign, lenient)
