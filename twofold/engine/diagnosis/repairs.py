"""Repairs: one local edit of the right side that makes the step hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from twofold.catalogue.display import number
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.core.meter import spent
from twofold.core.truth import Truth
from twofold.engine.diagnosis.alike import edits_of_both
from twofold.engine.diagnosis.arithmetic import in_front, minus, over, plus
from twofold.engine.diagnosis.array_edits import array_edits, arrays_of, transposes
from twofold.engine.diagnosis.carried_terms import carried_terms
from twofold.engine.diagnosis.edits import Edit, edits, names_in
from twofold.engine.diagnosis.entry_edits import entry_edits
from twofold.engine.diagnosis.limits import limit_edits
from twofold.engine.diagnosis.numbers_solved import numbers_solved
from twofold.engine.diagnosis.paired import Paired, left_out
from twofold.engine.diagnosis.parts import differing, factors, terms
from twofold.engine.diagnosis.pieces import Match, Pieces, Resolve, hidden
from twofold.engine.diagnosis.place import TextEdit, local, locate, put
from twofold.engine.diagnosis.points import Points, rational
from twofold.engine.diagnosis.relation_edits import relation_edits
from twofold.engine.diagnosis.relations import Judge
from twofold.engine.diagnosis.slips import undone
from twofold.engine.diagnosis.solution_sets import solution_edits
from twofold.engine.diagnosis.solutions import Solutions
from twofold.engine.diagnosis.solved import borrowed, solved
from twofold.engine.diagnosis.squaring import mixed_terms
from twofold.engine.diagnosis.targets import Targets, solved_for
from twofold.engine.diagnosis.worked_values import worked_value
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.parse import parse_expression
from twofold.grammar.scan import scan
from twofold.grammar.term import App, Term, free_symbols

MOST_SHOWN = 2
_MOST_TRIED = 900
_PATIENCE = 1.5
"""Seconds of trying edits, as a backstop."""
_MOST_JUDGED = 5
_MOST_COMPARED, _LONGER, _WEIGHT = 6, 10, 8
"""Edits that fit are compared before they are judged; one that takes so many more characters than the shortest is not shown.
A unit of cost weighs as much as so many characters."""
_CERTAIN = 1.5
"""Edits read off the solutions of the line above that cost more are tried beside all others, not before them."""
_PUT_IN = 0.6
"""How much of what is written may be added to it by an edit that is not of one place."""
_ONE_TIMES = re.compile(r"(?<![\w.])1\*")
_AS_LIKELY = 0.4
"""A second repair is shown where it costs at most so much more than the first."""
_Place: TypeAlias = tuple[int, int, str]
"""Line, column and replacement of an edit."""
_Ranked: TypeAlias = tuple[float, float, TextEdit]
"""How long an edit reads, what it costs, and the edit."""
_HOLDING = (Truth.PROVED, Truth.SUPPORTED)


def repairs(
    goal: Goal,
    left: tree.Expr,
    right: tree.Expr,
    points: Points | Solutions,
    pieces: Pieces | None,
    resolve: Resolve,
    judge: Judge,
    most: int = MOST_SHOWN,
) -> list[Diagnosis]:
    """At most two repairs, the smallest edits first; each was judged to hold after it was read back from the edited text."""
    found: list[Diagnosis] = []
    if most <= 0:
        return found
    places: dict[_Place, _Ranked] = {}
    empty: dict[_Place, _Ranked] = {}
    for edit, says_something in _fitting(goal, left, right, points, pieces, resolve):
        place = locate(right, edit.old, edit.new)
        if place is None:
            continue
        if len(_ONE_TIMES.findall(place.whole)) > len(_ONE_TIMES.findall(right.span.text)):
            continue  # The factor is left out by another edit.
        is_local = _is_local(right, place) or edit.cost < 0 and _only_adds(edit) or _is_scaled(edit, right)
        if not is_local and not (says_something and _keeps_most(right, place)):
            continue
        kept = places if says_something and is_local else empty
        length = len(write(edit.new)) - len(write(edit.old)) if _is_scaled(edit, right) else _length(place)
        kept.setdefault((place.line, place.column, place.replacement), (length + _WEIGHT * edit.cost, edit.cost, place))
        if len(places) >= _MOST_COMPARED:
            break
    ranked = _once(places or empty, left)
    likely: float | None = None
    for judged, (rank, cost, place) in enumerate(ranked, 1):
        if rank > ranked[0][0] + _LONGER:
            break
        if any((place.line, place.column) == (other.line, other.column) for other in found):
            break  # The same mended in another form.
        if (likely is None or cost <= likely + _AS_LIKELY) and _confirmed(goal, place, resolve, judge):
            likely = cost if likely is None else likely
            found.append(_said(place))
        if len(found) >= most or judged >= _MOST_JUDGED:
            break
    return found or _as_above(goal, left, right, resolve, judge)


def solution_repair(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge) -> list[Diagnosis]:
    """At most one repair of a line that says the solutions, read off those of the line above."""
    offered = sorted(solution_edits(goal, left, right, resolve), key=lambda e: e.cost)[:_MOST_JUDGED]
    for edit in [e for e in offered if e.cost <= _CERTAIN]:
        place = locate(right, edit.old, edit.new)
        if (
            place is not None
            and (_only_adds(edit) or _is_local(right, place) or _keeps_most(right, place))
            and _confirmed(goal, place, resolve, judge)
        ):
            return [_said(place)]
    return []


def _said(place: TextEdit) -> Diagnosis:
    return Diagnosis("repair", f"this would hold with {place.shown}", place.line, place.column, place.length, place.replacement)


def _once(places: dict[_Place, _Ranked], left: tree.Expr) -> list[_Ranked]:
    """Edits, the best first, without those after which the same terms stand in another order, unless it is that of the left side."""
    seen: dict[str, _Ranked] = {}
    for ranked in sorted(places.values(), key=lambda x: x[0]):
        made = parse_expression(ranked[-1].whole, "")
        standing = _standing(made)
        if standing not in seen or made == left:
            seen[standing] = ranked
    return list(seen.values())


def _standing(node: tree.Expr) -> str:
    """A text that is the same for trees that differ in the order of terms and factors only."""
    for sign, parts in (("+", terms(node)), ("*", factors(node))):
        if len(parts) > 1:
            return sign + str(sorted((s, _standing(t)) for s, t in parts))
    children = tree.children(node)
    return (
        write(node) if not children else f"{type(node).__name__}{getattr(node, 'operator', '')}{[_standing(c) for c in children]}"
    )


def _as_above(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge) -> list[Diagnosis]:
    """The one part that differs from the line above, as it stands there."""
    before, here = differing(left, right)
    if here is right and (dropped := _dropped(left, right)) is not None:
        place = locate(right, right, dropped)
        if place is not None and _is_local(right, place) and _confirmed(goal, place, resolve, judge):
            return [_said(place)]
    if here is right:
        return []  # That the line would hold with all of the other side says nothing.
    place = locate(right, here, before)
    if place is None or not _is_local(right, place) or not _confirmed(goal, place, resolve, judge):
        return []
    return [
        Diagnosis(
            "repair",
            f"this would hold with {place.shown} as in the line above",
            place.line,
            place.column,
            place.length,
            place.replacement,
        )
    ]


def _dropped(left: tree.Expr, right: tree.Expr) -> tree.Expr | None:
    """The right side with the one term that the left one has and it has not, where all others are the same: doubles may not see it."""
    rest = terms(left)
    for t in terms(right):
        if t not in rest:
            return None
        rest.remove(t)
    if len(rest) != 1:
        return None
    sign, term = rest[0]
    return (plus if sign == "+" else minus)(right, term)


def _length(place: TextEdit) -> float:
    """How much a repair reads as: what is written, divisions by numbers the least welcome, and two in a row still less."""
    return len(place.replacement) + 4 * place.replacement.count("/") + 8 * len(re.findall(r"/\w+/", place.whole))


def _is_local(right: tree.Expr, place: TextEdit) -> bool:
    return local(place, right.span.source.line(place.line))


def _only_adds(edit: Edit) -> bool:
    """Whether what stood there stays, as it is with alternatives and terms that are put behind it."""
    return write(edit.new).startswith(write(edit.old))


def _is_scaled(edit: Edit, right: tree.Expr) -> bool:
    """Whether the side is a sum and gets a number as its factor or divisor."""
    if (
        edit.old is not right
        or len(terms(edit.old)) < 2
        or not isinstance(edit.new, tree.Infix)
        or edit.new.operator not in ("*", "/")
    ):
        return False
    return all(t is edit.old or isinstance(t, tree.Number) for _, t in factors(edit.new))


def _keeps_most(right: tree.Expr, place: TextEdit) -> bool:
    """Whether an edit of much of a line leaves nearly all that is written there, in another order or with a little put in."""
    written = right.span.source.line(place.line)[place.column - 1 :][: place.length]
    before, after = (Counter(t.text for t in scan(x)) for x in (written, place.replacement))
    return (before - after).total() <= 1 and (after - before).total() <= _PUT_IN * before.total()


def _confirmed(goal: Goal, place: TextEdit, resolve: Resolve, judge: Judge) -> bool:
    """Whether the step holds with the edited text, read anew."""
    try:
        term = resolve(parse_expression(place.whole, ""))
    except TwofoldError:
        return False
    return judge(replace(goal, right=term)).truth in _HOLDING


def _is_itself(term: Term) -> bool:
    """Whether this is an equation of something with itself."""
    return isinstance(term, App) and term.op in ("eq", "le", "ge") and term.args[0] == term.args[1]


def _turns_back(goal: Goal, term: Term) -> bool:
    """Whether a name that the line is solved for stands in its value now."""
    s = solved_for(goal)
    return s is not None and isinstance(term, App) and term.op == "eq" and s in free_symbols(term.args[1])


def _says_something(edit: Edit, term: Term, right: tree.Expr, goal: Goal) -> bool:
    """Whether an edit does more than to put the other side in the place of one that was formed in another way."""
    if term != goal.left or edit.old is not right:
        return True
    return type(edit.new) is type(right) and _level(edit.new) == _level(right)


def _level(t: tree.Expr) -> str:
    """Sums, products and powers, by their outermost operator."""
    return {"-": "+", "/": "*"}.get(t.operator, t.operator) if isinstance(t, tree.Infix) else ""


def _fitting(
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
    ]
    candidates = sorted(offered, key=lambda e: e.cost)
    if isinstance(points, Solutions):
        found = [
            *_missing_terms(goal, left, right, resolve),
            *_value(goal, left, right, points, resolve),
            *(e for e in solution_edits(goal, left, right, resolve) if goal.relation == "=>" or e.cost > _CERTAIN),
            *numbers_solved(goal, right, points, resolve),
            *edits_of_both(right, left),
            *mixed_terms(left, right),
        ]
        # Without points the judge decides alone, and is asked about a few.
        rest = candidates if len(points) else [*array_edits(right, arrays), *transposes(right, arrays)]
        candidates = sorted([*found, *rest], key=lambda e: e.cost)
    if pieces is not None and isinstance(points, Points) and not points.groups:
        read = [*_found(points, pieces, right, resolve), *solved(points, pieces, right, resolve)]
        candidates = sorted([*read, *candidates], key=lambda e: e.cost)
    if isinstance(points, Points) and points.groups and goal.relation == "==":
        candidates = sorted([*_up_to(points, left, right, resolve), *candidates], key=lambda e: e.cost)
    if isinstance(points, Points) and not points.groups and goal.relation == "==":
        read = [
            *borrowed(points, left, right, resolve),
            *entry_edits(points, left, right, resolve),
            *carried_terms(points, left, right, resolve),
        ]
        candidates = sorted([*read, *candidates], key=lambda e: e.cost)
    tried: set[Term] = {goal.right}
    end = spent() + _PATIENCE
    for edit in candidates[:_MOST_TRIED]:
        if spent() > end:
            return
        try:
            term = resolve(put(right, edit.old, edit.new))
        except TwofoldError:
            continue
        if term in tried or term.sort != goal.right.sort:
            continue
        tried.add(term)
        if not _is_itself(term) and not _turns_back(goal, term) and points.fits(term):
            yield edit, _says_something(edit, term, right, goal)


def _up_to(points: Points, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> list[Edit]:
    """Edits read off the values, of a claim up to a constant or a scale."""
    pairs = Paired(points)
    if len(pairs) < 3 or any(v is None for v in (*pairs.left, *pairs.right)):
        return []
    pieces = Pieces(pairs, left, right, resolve)
    found = [*solved(pairs, pieces, right, resolve), *left_out(pairs, pieces, right)]
    return found if points.goal.up_to == "scale" else [*_found(pairs, pieces, right, resolve), *found]


def _value(goal: Goal, left: tree.Expr, right: tree.Expr, points: Solutions, resolve: Resolve) -> list[Edit]:
    """Edits of the value that a line gives to a name, read off the solutions of the line above."""
    if not isinstance(right, tree.Relation) or right.operators != ("==",) or solved_for(goal) is None:
        return []
    targets, value = Targets(goal, points), right.operands[1]
    if len(targets) < 3 or any(v is None for v in (*targets.left, *targets.right)):
        return []
    pieces = Pieces(targets, left, value, resolve)
    edited = [*_found(targets, pieces, value, resolve), *solved(targets, pieces, value, resolve)]
    return [e for e in edited if not set(names_in(right.operands[0])) & set(names_in(e.new))]


# --- edits read off the values --------------------------------------------------------------------------------------------------


def _found(points: Points | Paired | Targets, pieces: Pieces, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """A factor, a term, or a factor of one term, found from the ratio or the difference of the two sides."""
    if points.goal.left.shape or points.goal.right.shape or points.goal.left.sort != "number":
        return
    a, b = (np.array([v.reshape(()) for v in side]) for side in (points.left, points.right))
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        yield from _complex_number(a, right)
        return
    summands = terms(right)
    with np.errstate(all="ignore"):
        ratio, gap = a / b, a - b
    if np.all(np.isfinite(ratio)) and np.all(ratio != 0):
        m = pieces.match(ratio)
        if m is not None:
            if len(summands) == 1:
                yield Edit(right, m.onto(right), 1.15 + m.complexity)
            elif m == Match(Fraction(-1)):
                yield Edit(right, tree.Prefix("-", right), 1.4)
            elif not m.above and not m.below and m.factor > 0:
                top, below = (tree.Number(str(k)) for k in (m.factor.numerator, m.factor.denominator))
                whole = right if m.factor.numerator == 1 else tree.Infix("*", top, right)
                yield Edit(right, whole if m.factor.denominator == 1 else over(whole, below), 1.15)
    m = pieces.match(gap)
    if m is not None and not any(_proportional(points, t, gap, resolve) for _, t in summands):
        yield Edit(right, (plus if m.factor > 0 else minus)(right, m.written()), 1.4 + m.complexity)
    if len(summands) > 1:
        for _, t in summands:
            yield from _scaled(points, pieces, t, gap, right, resolve)
    q = rational(a)
    if q is not None and len(points) > 1 or (q is not None and max(abs(q.numerator), q.denominator) < 1000):
        assert q is not None
        yield Edit(right, number(q), 1.9)


def _complex_number(values: np.ndarray, right: tree.Expr) -> Iterator[Edit]:
    """A number a + b*im with small rational parts."""
    parts = [rational(x, 60) for x in (values.real, values.imag)]
    if len(values) != 1 or any(q is None or abs(q) > 1000 for q in parts):
        return
    x, y = (Fraction(part or 0) for part in parts)
    im = in_front(number(abs(y)), tree.Name("im")) if abs(y) != 1 else tree.Name("im")
    whole = number(x)
    yield Edit(
        right, whole if not y else (plus if y > 0 else minus)(whole, im) if x else im if y > 0 else tree.Prefix("-", im), 1.6
    )
    imaginary = tree.Infix("*", number(abs(y)), tree.Name("im"), implicit=True)
    if y and x and abs(y) != 1:
        yield Edit(right, (plus if y > 0 else minus)(whole, imaginary), 1.5)


def _missing_terms(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """For a step between two equations: a term that makes their differences equal."""
    if not isinstance(right, tree.Relation) or right.operators != ("==",) or not isinstance(left, tree.Relation):
        return
    above, here = goal.left, goal.right
    if not all(isinstance(t, App) and t.op == "eq" and not t.args[0].shape for t in (above, here)):
        return
    assert isinstance(above, App) and isinstance(here, App)
    gaps = [App("sub", t.args) for t in (above, here)]
    points = Points(Goal("==", gaps[0], gaps[1], goal.assumptions, goal.reading, seed=goal.seed))
    if len(points) < 3:
        return
    a, b = (np.array([v.reshape(()) for v in side]) for side in (points.left, points.right))
    m = Pieces(points, left, right, resolve).match(a - b) if not np.iscomplexobj(a) and not np.iscomplexobj(b) else None
    if m is not None:
        first, last = right.operands
        if not m.above and not m.below and isinstance(last, tree.Number):
            value = Fraction(last.text) - m.factor
            yield Edit(last, number(value), 1.2)
            yield from (Edit(t, number(q), 1.0) for t, q in _constants(first, m.factor) if q > 0)
        yield Edit(first, (plus if m.factor > 0 else minus)(first, m.written()), 1.3)


def _constants(side: tree.Expr, missing: Fraction) -> Iterator[tuple[tree.Number, Fraction]]:
    """The numbers that are terms of a sum, and what each is when something is added to the sum."""
    for sign, t in terms(side):
        if isinstance(t, tree.Number):
            yield t, Fraction(t.text) + (missing if sign == "+" else -missing)


def _proportional(points: Points | Paired | Targets, t: tree.Expr, gap: np.ndarray, resolve: Resolve) -> bool:
    """Whether what is missing is a multiple of a term that is there: then that term has a wrong factor."""
    try:
        values = points.scalars(resolve(t))
    except TwofoldError:
        return False
    return values is not None and not np.any(values == 0) and rational(gap / values) is not None


def _scaled(
    points: Points | Paired | Targets, pieces: Pieces, t: tree.Expr, gap: np.ndarray, right: tree.Expr, resolve: Resolve
) -> Iterator[Edit]:
    """A term of a sum with another factor."""
    try:
        values = points.scalars(resolve(t))
        signed = points.scalars(resolve(right))
        without = points.scalars(resolve(put(right, t, tree.Number("0"))))
    except TwofoldError:
        return
    if values is None or np.any(values == 0):
        return
    if signed is None or without is None:
        return
    share = signed - without
    with np.errstate(all="ignore"):
        factor = 1 + gap / share
    if not np.all(np.isfinite(factor)) or np.any(factor == 0):
        return
    m = pieces.match(factor)
    if m is not None and m.factor > 0:
        yield Edit(t, m.onto(t), 1.2 + m.complexity)
