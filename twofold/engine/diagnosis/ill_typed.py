"""A line whose shapes do not fit, with the one edit that makes it both fit and hold: a transpose, an order, an identity matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from twofold.core.diagnostic import Diagnostic, TwofoldError
from twofold.engine.diagnosis.arithmetic import times
from twofold.engine.diagnosis.array_edits import array_edits, arrays_of, transposes, turned_products
from twofold.engine.diagnosis.edits import Edit, nodes
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.place import locate, put
from twofold.grammar import tree
from twofold.grammar.term import Term, Var

_MOST_JUDGED = 4


def with_mend(
    problem: Diagnostic, left: tree.Expr, right: tree.Expr, resolve: Resolve, holds: Callable[[Term], bool]
) -> Diagnostic:
    """The problem with the line that would hold as its help, where one edit leads to it.

    `holds` raises `TwofoldError` for shapes that do not fit.
    """
    arrays = arrays_of(left, right, resolve)
    offered = [
        *transposes(right, arrays),
        *array_edits(right, arrays),
        *turned_products(right, arrays),
        *_identities(right, resolve),
    ]
    judged = 0
    for edit in sorted(offered, key=lambda e: e.cost):
        place = locate(right, edit.old, edit.new)
        if place is None:
            continue
        try:
            if holds(resolve(put(right, edit.old, edit.new))):
                return replace(problem, help=f"this would hold with {place.whole}")
        except TwofoldError:
            continue
        judged += 1
        if judged == _MOST_JUDGED:
            break
    return problem


def _identities(right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """A number that is added to a square matrix, times the identity."""
    for node, _, _ in nodes(right):
        if not isinstance(node, tree.Infix) or node.operator not in ("+", "-"):
            continue
        try:
            a, b = resolve(node.left), resolve(node.right)
        except TwofoldError:
            continue
        for scalar, part, matrix in ((a, node.left, b), (b, node.right, a)):
            if not scalar.shape and len(matrix.shape) == 2 and matrix.shape[0] == matrix.shape[1]:
                size = matrix.shape[0]
                if isinstance(size, (int, Var)):
                    n = tree.Number(str(size)) if isinstance(size, int) else tree.Name(size.symbol.name)
                    yield Edit(part, times(part, tree.Call(tree.Name("eye"), (n,))), 1.3)
