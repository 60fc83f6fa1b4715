"""Repairs: one local edit of the right side that makes the step hold."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TypeAlias

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import ShapeError, app
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.core.truth import Truth
from twofold.engine.diagnosis.arithmetic import minus, plus
from twofold.engine.diagnosis.candidates import CERTAIN, fitting
from twofold.engine.diagnosis.edits import Edit
from twofold.engine.diagnosis.parts import differing, factors, terms
from twofold.engine.diagnosis.pieces import Pieces, Resolve
from twofold.engine.diagnosis.place import TextEdit, local, locate, put
from twofold.engine.diagnosis.points import Points
from twofold.engine.diagnosis.relations import Judge
from twofold.engine.diagnosis.solution_sets import solution_edits
from twofold.engine.diagnosis.solutions import Solutions
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.parse import parse_expression
from twofold.grammar.scan import scan

MOST_SHOWN = 2
_MOST_JUDGED = 5
_MOST_COMPARED, _LONGER, _WEIGHT = 6, 10, 8
"""Edits that fit are compared before they are judged; one that takes so many more characters than the shortest is not shown.
A unit of cost weighs as much as so many characters."""
_PUT_IN = 0.6
"""How much of what is written may be added to it by an edit that is not of one place."""
_ONE_TIMES = re.compile(r"(?<![\w.])1\*")
_AS_LIKELY = 0.4
"""A second repair is shown where it costs at most so much more than the first."""
_Place: TypeAlias = tuple[int, int, str]
"""Line, column and replacement of an edit."""
_Ranked: TypeAlias = tuple[float, float, TextEdit]
"""How long an edit reads, what it costs, and the edit."""
_PLACE = tree.Name("x")
"""What stands for a part where only the form around it matters."""
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
    for edit, says_something in fitting(goal, left, right, points, pieces, resolve):
        place = locate(right, edit.old, edit.new)
        if place is None:
            continue
        if len(_ONE_TIMES.findall(place.whole)) > len(_ONE_TIMES.findall(right.span.text)):
            continue  # The factor is left out by another edit.
        is_local = _is_local(right, place) or edit.cost < 0 and _only_adds(edit) or _is_scaled(edit, right) or edit.worked
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
    for edit in [e for e in offered if e.cost <= CERTAIN]:
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
        standing = in_any_order(made)
        if standing not in seen or made == left:
            seen[standing] = ranked
    return list(seen.values())


def in_any_order(node: tree.Expr) -> str:
    """A text that is the same for trees that differ in the order of terms and factors only."""
    for sign, parts in (("+", terms(node)), ("*", factors(node))):
        if len(parts) > 1:
            return sign + str(sorted((s, in_any_order(t)) for s, t in parts))
    children, form = tree.children(node), node
    for c in children:
        form = put(form, c, _PLACE)
    return write(form) + "".join(f"[{in_any_order(c)}]" for c in children)


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
        if goal.left.sort == term.sort == "number":
            app("eq", goal.left, term)
    except (TwofoldError, ShapeError):
        return False  # What does not fit in shape holds nowhere.
    return judge(replace(goal, right=term)).truth in _HOLDING
