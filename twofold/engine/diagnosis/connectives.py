"""What stands between the sides: another relation, or another arrow, with which the step would hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.core.evidence import Diagnosis
from twofold.core.truth import Truth
from twofold.engine.diagnosis.points import CLOSE, Points
from twofold.engine.diagnosis.relations import Judge
from twofold.engine.tolerance import tolerance
from twofold.grammar import tree
from twofold.grammar.scan import Token, scan
from twofold.grammar.term import Num, free_symbols, subterms

_HOLDING = (Truth.PROVED, Truth.SUPPORTED)
_OTHERS = {"<": ("<=", ">="), "<=": (">=",), ">": (">=", "<="), ">=": ("<=",)}
"""What a comparison may have been meant to be: the one that admits equality too, then the opposite one."""
_NEAR = 0.01
"""How far, in proportion, a number may be from what it is offered as a rounding of."""
_ARROWS = {"<=>": ("=>", "<=="), "=>": ("<==",), "<==": ("=>",)}


def between(right: tree.Expr) -> Token | None:
    """The token before a side, brackets aside, if it is on the same line."""
    source = right.span.source
    line, column = source.position(right.span.start)
    start = right.span.start - (column - 1)
    before = [t for t in scan(source.text[start : right.span.start]) if t.text != "("]
    if not before:
        return None
    last = before[-1]
    return last._replace(start=start + last.start, end=start + last.end)


def weaker(goal: Goal, right: tree.Expr, points: Points, judge: Judge, opposite: bool = True) -> list[Diagnosis]:
    """For `==`: `~=` where the number beside it is rounded, or the comparison that holds; for a comparison the one that admits equality too, or the
    `opposite` one."""
    token = between(right)
    if token is None or goal.up_to or token.text not in ("=", "==", *_OTHERS) or goal.left.sort != "number":
        return []
    for made in _relations(goal, points):
        if not opposite and made.relation[0] != goal.relation[0]:
            continue
        if judge(made).truth in _HOLDING:
            return [_put(right, token, made.relation)]
    return []


def _relations(goal: Goal, points: Points) -> Iterator[Goal]:
    if goal.relation in _OTHERS:
        yield from (replace(goal, relation=r) for r in _OTHERS[goal.relation])
        return
    if goal.relation != "==" or goal.left.shape or goal.right.shape:
        return
    pairs = [(a.reshape(()), b.reshape(())) for a, b in zip(points.left, points.right, strict=True)]
    if not pairs or any(np.iscomplexobj(x) for pair in pairs for x in pair):
        return
    gaps = [float(a - b) for a, b in pairs]
    sizes = [max(abs(float(a)), abs(float(b))) for a, b in pairs]
    if isinstance(goal.right, Num) and not free_symbols(goal.left) and abs(gaps[0]) <= _NEAR * sizes[0]:
        yield replace(goal, relation="~=", tolerance=tolerance(goal.left, goal.right))
    # What rounding may have made says nothing about a sign.
    clear = [g for g, size in zip(gaps, sizes, strict=True) if abs(g) > CLOSE * size]
    strict = len(clear) == len(gaps) or all(g == 0 for g in gaps)
    for relation, fits in (("<", all(g < 0 for g in clear)), (">", all(g > 0 for g in clear))):
        if fits:
            yield from (replace(goal, relation=r) for r in ((relation, f"{relation}=") if strict else (f"{relation}=",)))


def arrows(goal: Goal, right: tree.Expr, turned: bool, judge: Judge) -> list[Diagnosis]:
    """The arrow in the direction that holds."""
    token = between(right)
    if token is None:
        return []
    above, here = (goal.right, goal.left) if turned else (goal.left, goal.right)
    # Few points satisfy an equation of arrays, so that agreement at them says little.
    arrays = any(t.shape for side in (above, here) for t in subterms(side))
    for arrow in _ARROWS.get(token.text, ()):
        sides = (above, here) if arrow == "=>" else (here, above)
        if judge(replace(goal, relation="=>", left=sides[0], right=sides[1])).truth in (_HOLDING[:1] if arrays else _HOLDING):
            return [_put(right, token, arrow)]
    return []


def _put(right: tree.Expr, token: Token, relation: str) -> Diagnosis:
    line, column = right.span.source.position(token.start)
    return Diagnosis(
        "repair", f"this would hold with {relation} instead of {token.text}", line, column, token.end - token.start, relation
    )
