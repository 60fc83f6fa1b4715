"""Small edits of equations and inequalities: a comparison turned round, values in each other's place, the signs of all roots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twofold.engine.diagnosis.arithmetic import negative
from twofold.engine.diagnosis.edits import Edit, nodes
from twofold.engine.diagnosis.parts import is_equation
from twofold.engine.diagnosis.place import put
from twofold.grammar import tree
from twofold.grammar.tree import Name, Number, Prefix

_OTHERS = {"<": (">", "<="), ">": ("<", ">="), "<=": (">=", "<"), ">=": ("<=", ">"), "==": ("!=",), "!=": ("==",)}
_MARK = Name("exchanged")


def relation_edits(right: tree.Expr, arrow: str) -> Iterator[Edit]:
    """Edits of the relations in a statement after an arrow; after `=>`, that two things are not equal says too little."""
    for node, _, _ in nodes(right):
        if isinstance(node, tree.Relation):
            for k, sign in enumerate(node.operators):
                for other in _OTHERS.get(sign, ()) if arrow != "=>" or sign != "==" else ():
                    yield Edit(node, replace(node, operators=(*node.operators[:k], other, *node.operators[k + 1 :])), 1.3)
        if isinstance(node, tree.Logic) and node.operator in ("and", "or"):
            yield Edit(node, replace(node, operator="or" if node.operator == "and" else "and"), 1.3)
    if not isinstance(right, (tree.System, tree.Logic)):
        return
    values = [v for v in _values(right) if isinstance(v.operand if isinstance(v, Prefix) else v, Number)]
    if len(values) == 2:
        a, b = values
        yield Edit(right, put(put(put(right, a, _MARK), b, a), _MARK, b), 1.4)
        yield Edit(right, put(put(right, a, negative(a)), b, negative(b)), 1.3)


def _values(node: Any) -> list[Any]:
    """What stands on the right of equations for names."""
    if isinstance(node, tree.System):
        return [v for r in node.relations for v in _values(r)]
    if isinstance(node, tree.Logic):
        return [*_values(node.left), *_values(node.right)]
    if is_equation(node) and isinstance(node.operands[0], Name):
        return [node.operands[1]]
    return []
