"""One edit made in both of two alternatives: what is wrong in a formula with ± is wrong twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twofold.engine.diagnosis.edits import Edit, edits
from twofold.engine.diagnosis.parts import is_equation
from twofold.engine.diagnosis.place import put
from twofold.grammar import tree

_DEARER = 0.15


def edits_of_both(right: tree.Expr, left: tree.Expr) -> Iterator[Edit]:
    """Edits of a part that stands in the same place of two values for the same name."""
    if not (isinstance(right, tree.Logic) and right.operator == "or"):
        return
    first, second = right.left, right.right
    if not (is_equation(first) and is_equation(second)) or first.operands[0] != second.operands[0]:
        return
    twins = list(_twins(first.operands[1], second.operands[1]))
    for edit in edits(first.operands[1], left):
        twin = next((b for a, b in twins if a is edit.old), None)
        if twin is not None and twin == edit.old:
            yield Edit(right, put(put(right, edit.old, edit.new), twin, edit.new), edit.cost + _DEARER)


def _twins(one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    """The nodes in the same places of two trees, as far as their forms agree."""
    yield one, other
    if isinstance(other, tree.Prefix) and not isinstance(one, tree.Prefix):
        yield from _twins(one, other.operand)
        return
    if type(one) is not type(other):
        return
    ours, theirs = tree.children(one), tree.children(other)
    if len(ours) == len(theirs):
        for a, b in zip(ours, theirs, strict=True):
            yield from _twins(a, b)
