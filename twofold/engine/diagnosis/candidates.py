"""Edits of the right side after which both sides agree at all points, likely ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.meter import spent
from twofold.engine.diagnosis.alike import edits_of_both
from twofold.engine.diagnosis.arithmetic import cancelled
from twofold.engine.diagnosis.array_edits import array_edits, arrays_of, transposes
from twofold.engine.diagnosis.carried_terms import carried_terms
from twofold.engine.diagnosis.edits import Edit, edits, names_in
from twofold.engine.diagnosis.entry_edits import entry_edits
from twofold.engine.diagnosis.expansions import expansions
from twofold.engine.diagnosis.limits import limit_edits
from twofold.engine.diagnosis.lost_factors import lost_factors
from twofold.engine.diagnosis.numbers_solved import numbers_solved
from twofold.engine.diagnosis.paired import Paired, left_out
from twofold.engine.diagnosis.parts import is_equation
from twofold.engine.diagnosis.pieces import Pieces, Resolve, hidden
from twofold.engine.diagnosis.place import put
from twofold.engine.diagnosis.points import Points
from twofold.engine.diagnosis.read_off import missing_terms, read_off
from twofold.engine.diagnosis.relation_edits import relation_edits
from twofold.engine.diagnosis.slips import undone
from twofold.engine.diagnosis.solution_sets import solution_edits
from twofold.engine.diagnosis.solutions import Solutions
from twofold.engine.diagnosis.solved import borrowed, solved
from twofold.engine.diagnosis.squaring import mixed_terms
from twofold.engine.diagnosis.targets import Targets, solved_for
from twofold.engine.diagnosis.worked_values import worked_value
from twofold.grammar import tree
from twofold.grammar.term import App, Term, free_symbols

_MOST_TRIED = 900
_PATIENCE = 1.5
"""Seconds of trying edits, as a backstop."""
CERTAIN = 1.5
"""Edits read off the solutions of the line above that cost more are tried beside all others, not before them."""


def fitting(
    goal: Goal, left: tree.Expr, right: tree.Expr, points: Points | Solutions, pieces: Pieces | None, resolve: Resolve
) -> Iterator[tuple[Edit, bool]]:
    """Edits after which both sides agree at the points, likely ones first, and whether they say something."""
    arrays = arrays_of(left, right, resolve)
    offered = [
        *edits(right, left, frozenset(arrays), hidden(goal)),
        *array_edits(right, arrays),
        *relation_edits(right, goal.relation),
        *undone(right),
        *worked_value(goal, right),
        *limit_edits(right, left, resolve),
        *(lost_factors(left, right) if goal.relation == "==" else ()),
    ]
    if isinstance(points, Solutions):
        read = [
            *missing_terms(goal, left, right, resolve),
            *_value(goal, left, right, points, resolve),
            *(e for e in solution_edits(goal, left, right, resolve) if goal.relation == "=>" or e.cost > CERTAIN),
            *numbers_solved(goal, right, points, resolve),
            *edits_of_both(right, left),
            *mixed_terms(left, right),
        ]
        if not len(points):
            # The judge decides alone then, and is asked about a few.
            offered = [*array_edits(right, arrays), *transposes(right, arrays)]
    elif points.groups:
        read = _up_to(points, left, right, resolve) if goal.relation == "==" else []
    else:
        read = []
        if goal.relation == "==":
            read += borrowed(points, left, right, resolve)
            read += entry_edits(points, left, right, resolve)
            read += carried_terms(points, left, right, resolve)
            read += expansions(left, right, resolve)
        if pieces is not None:
            read += read_off(points, pieces, right, resolve)
            read += solved(points, pieces, right, resolve)
    candidates = sorted([*read, *offered], key=lambda e: e.cost)
    tried: set[Term] = {goal.right}
    end = spent() + _PATIENCE
    for edit in candidates[:_MOST_TRIED]:
        if spent() > end:
            return
        if (short := cancelled(edit.new)) is not edit.new and cancelled(edit.old) is edit.old:
            edit = replace(edit, new=short)
        try:
            term = resolve(put(right, edit.old, edit.new))
        except TwofoldError:
            continue
        if term in tried or term.sort != goal.right.sort:
            continue
        tried.add(term)
        if not _is_itself(term) and not _turns_back(goal, term) and points.fits(term):
            yield edit, _says_something(edit, term, right, goal)


def _says_something(edit: Edit, term: Term, right: tree.Expr, goal: Goal) -> bool:
    """Whether an edit does more than to put the other side in the place of one that was formed in another way."""
    if term != goal.left or edit.old is not right:
        return True
    return type(edit.new) is type(right) and _level(edit.new) == _level(right)


def _level(t: tree.Expr) -> str:
    """Sums, products and powers, by their outermost operator."""
    return {"-": "+", "/": "*"}.get(t.operator, t.operator) if isinstance(t, tree.Infix) else ""


def _is_itself(term: Term) -> bool:
    """Whether this is an equation of something with itself."""
    return isinstance(term, App) and term.op in ("eq", "le", "ge") and term.args[0] == term.args[1]


def _turns_back(goal: Goal, term: Term) -> bool:
    """Whether a name that the line is solved for stands in its value now."""
    s = solved_for(goal)
    return s is not None and isinstance(term, App) and term.op == "eq" and s in free_symbols(term.args[1])


def _up_to(points: Points, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> list[Edit]:
    """Edits read off the values, of a claim up to a constant or a scale."""
    pairs = Paired(points)
    if len(pairs) < 3 or any(v is None for v in (*pairs.left, *pairs.right)):
        return []
    pieces = Pieces(pairs, left, right, resolve)
    found = [*solved(pairs, pieces, right, resolve), *left_out(pairs, pieces, right)]
    return found if points.goal.up_to == "scale" else [*read_off(pairs, pieces, right, resolve), *found]


def _value(goal: Goal, left: tree.Expr, right: tree.Expr, points: Solutions, resolve: Resolve) -> list[Edit]:
    """Edits of the value that a line gives to a name, read off the solutions of the line above."""
    if not is_equation(right) or solved_for(goal) is None:
        return []
    targets, value = Targets(goal, points), right.operands[1]
    if len(targets) < 3 or any(v is None for v in (*targets.left, *targets.right)):
        return []
    pieces = Pieces(targets, left, value, resolve)
    edited = [*read_off(targets, pieces, value, resolve), *solved(targets, pieces, value, resolve)]
    return [e for e in edited if not set(names_in(right.operands[0])) & set(names_in(e.new))]
