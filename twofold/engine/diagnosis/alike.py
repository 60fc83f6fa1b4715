"""One edit made in both of two alternatives: what is wrong in a formula with ± is wrong twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twofold.engine.diagnosis.edits import Edit, edits
from twofold.engine.diagnosis.place import put
from twofold.grammar import tree

_DEARER = 0.15


def edits_of_both(right: tree.Expr, left: tree.Expr) -> Iterator[Edit]:
    """Edits of a part that stands in the same place of two values for the same name."""
    if not (isinstance(right, tree.Logic) and right.operator == "or"):
        return
    one, other = right.left, right.right
    if not all(isinstance(x, tree.Relation) and x.operators == ("==",) for x in (one, other)):
        return
    assert isinstance(one, tree.Relation) and isinstance(other, tree.Relation)
    if one.operands[0] != other.operands[0]:
        return
    one, other = one.operands[1], other.operands[1]
    twins = list(_twins(one, other))
    for edit in edits(one, left):
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
