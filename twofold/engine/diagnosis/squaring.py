"""The mixed term that squaring an equation with roots brings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from twofold.engine.diagnosis.arithmetic import in_front, minus, plus
from twofold.engine.diagnosis.edits import Edit, nodes
from twofold.engine.diagnosis.parts import is_equation, terms
from twofold.grammar import tree
from twofold.grammar.tree import Call, Number

_COST = -0.5
"""What fits here fits by this and hardly by chance."""
_ONE, _TWO = Number("1"), Number("2")


def mixed_terms(left: tree.Expr, right: tree.Expr) -> Iterator[Edit]:
    """An equation with twice the product of two terms of the line above, one of them a root, on either side."""
    if not (is_equation(left) and is_equation(right)):
        return
    above = [t for side in left.operands for _, t in terms(side)]
    if not 2 <= len(above) <= 4:
        return
    for a, b in combinations(above, 2):
        if not any(isinstance(n, Call) and n.function.id == "sqrt" for x in (a, b) for n, _, _ in nodes(x)):
            continue
        first, second = (b, a) if a == _ONE or isinstance(b, Number) else (a, b)
        mixed = in_front(_TWO, second if first == _ONE else tree.Infix("*", first, second))
        for side in reversed(right.operands):
            yield Edit(side, plus(side, mixed), _COST)
            yield Edit(side, minus(side, mixed), _COST)
