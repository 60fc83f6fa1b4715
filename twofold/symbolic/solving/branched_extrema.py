"""Extrema in several variables of functions with absolute values, maxima and minima: the least of the values on the closed regions on each of which
one branch is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.grammar.term import MISSING, App, Symbol, Term, Var, free_symbols, num, replaced, subterms
from twofold.symbolic import spot
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.arithmetic import negate, text
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.line_extrema import EMPTY, UNBOUNDED
from twofold.symbolic.solving.reading import parts_of

_MOST_BRANCHES = 16
_BRANCHED = frozenset({"abs", "max", "min"})
Solver = Callable[[Context, Term, Term, Term, int], Term]


def by_branches(context: Context, f: Term, names: Term, subject_to: Term, sign: int, solver: Solver) -> Term | None:
    """The answer from those of `solver` on every branch; `None` where there are no branches, or too many. Raises `NoClosedForm`."""
    variables = variables_of(names)
    symbols = {t.symbol for t in variables if isinstance(t, Var) and not t.shape}
    if context.reading != "real" or len(symbols) < max(2, len(variables)):
        return None
    given = [] if subject_to == MISSING else parts_of(subject_to)
    pieces = _pieces(f, tuple(given), symbols)
    if pieces is None or len(pieces) < 2:
        return None
    best: list[tuple[Any, Term, list[Term]]] = []
    remarks: dict[str, None] = {}
    for g, relations in pieces:
        inner = replace(context, notes=[], conditions=[], rounded=[])
        found = solver(inner, g, names, App("set", relations, (), "set"), sign)
        if found == text(EMPTY):
            continue
        if found == text(UNBOUNDED):
            context.notes.extend(n for n in inner.notes if n not in context.notes)
            return found
        if not isinstance(found, App) or found.op != "tuple" or inner.rounded or inner.conditions:
            raise NoClosedForm("a branch of the function has no extremum in closed form")
        value, place = found.args
        points = list(place.args) if isinstance(place, App) and place.op == "set" else [place]
        best = _lowest(best, (sign * lower(value, inner), value, points), inner)
        remarks |= dict.fromkeys(n for n in inner.notes if not n.startswith("by convexity"))
    if not best:
        return text(EMPTY)
    for n in remarks:
        context.note(n)
    points = list(dict.fromkeys(p for _, _, row in best for p in row))
    return App("tuple", (best[0][1], points[0] if len(points) == 1 else App("set", tuple(points), (), "set")), (), "tuple")


def _lowest(
    best: list[tuple[Any, Term, list[Term]]], new: tuple[Any, Term, list[Term]], context: Context
) -> list[tuple[Any, Term, list[Term]]]:
    """The values that are the least ones, of equal ones all."""
    if not best:
        return [new]
    gap = spot.value(new[0] - best[0][0], {})
    if gap is None or new[0].free_symbols or abs(gap.imag) > 1e-18:
        raise NoClosedForm("the values of two branches are not told apart")
    if abs(gap.real) < 1e-18:
        if not vanishes(sp.sympify(new[0] - best[0][0]), context):
            raise NoClosedForm("the values of two branches are not told apart")
        return [*best, new]
    return [new] if gap.real < 0 else best


def _pieces(f: Term, given: tuple[Term, ...], symbols: set[Symbol]) -> list[tuple[Term, tuple[Term, ...]]] | None:
    """The function and the relations on every branch; `None` where there are too many."""
    left, done = [(f, given)], []
    while left:
        g, relations = left.pop()
        t = _innermost((g, *relations), symbols)
        if t is None:
            done.append((g, relations))
            continue
        for condition, value in _branches(t):

            def put(e: Term, t: App = t, value: Term = value) -> Term:
                return replaced(e, t, value)

            left.append((put(g), (*map(put, relations), condition)))
        if len(left) + len(done) > _MOST_BRANCHES:
            return None
    return done


def _innermost(terms: tuple[Term, ...], symbols: set[Symbol]) -> App | None:
    """A branching part of the variables with none inside."""
    for e in terms:
        for t in subterms(e):
            if isinstance(t, App) and t.op in _BRANCHED and not t.shape and set(free_symbols(t)) & symbols:
                inside = any(isinstance(s, App) and s.op in _BRANCHED for a in t.args for s in subterms(a))
                if not inside and len(t.args) == (1 if t.op == "abs" else 2) and not any(a.shape for a in t.args):
                    return t
    return None


def _branches(t: App) -> list[tuple[Term, Term]]:
    """The conditions and the values of a part."""
    if t.op == "abs":
        (u,) = t.args
        return [(app("ge", u, num(0)), u), (app("le", u, num(0)), negate(u))]
    a, b = t.args
    first, second = ("ge", "le") if t.op == "max" else ("le", "ge")
    return [(app(first, a, b), a), (app(second, a, b), b)]


__all__ = ["by_branches"]
