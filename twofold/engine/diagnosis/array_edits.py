"""Small edits of products of arrays and of matrices as they are written: an order, a transpose, signs beside the diagonal, a power of a determinant's factor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.arithmetic import negative, plus, raised, times
from twofold.engine.diagnosis.edits import Edit, names_in, nodes
from twofold.grammar import tree
from twofold.grammar.term import Term, Var
from twofold.grammar.tree import Call, Infix, Name, Number, Postfix, Prefix

_TWO = Number("2")


def arrays_of(left: tree.Expr, right: tree.Expr, resolve: Callable[[tree.Expr], Term]) -> dict[str, str]:
    """The names of vectors and matrices in two trees, with those of their first sizes where these are symbols."""
    found: dict[str, str] = {}
    for name in names_in(left, right):
        try:
            shape = resolve(tree.Name(name)).shape
        except TwofoldError:
            continue
        if shape:
            found[name] = shape[0].symbol.name if isinstance(shape[0], Var) else ""
    return found


def array_edits(right: tree.Expr, arrays: Mapping[str, str]) -> Iterator[Edit]:
    """Edits of a tree in which arrays stand; `arrays` are their names, each with the name of its first size or an empty text."""
    sizes = sorted({size for size in arrays.values() if size})
    for node, parent, role in nodes(right):
        yield from _orders(node, parent, role, arrays)
        yield from _written(node)
        if (
            sizes
            and isinstance(node, Infix)
            and node.operator == "*"
            and any(_is_determinant(n) for n, _, _ in nodes(node.right))
        ):
            for factor in (node.left, node.left.right if isinstance(node.left, Infix) and node.left.operator == "*" else None):
                if isinstance(factor, (Name, Number)):
                    yield from (Edit(factor, raised(factor, Name(size)), 1.45) for size in sizes)


def transposes(right: tree.Expr, arrays: Mapping[str, str]) -> Iterator[Edit]:
    """Names of arrays and what is computed from them transposed, or no longer so."""
    for node, parent, _ in nodes(right):
        if isinstance(node, Postfix) and node.operator == "'":
            yield Edit(node, node.operand, 1.4)
        elif (
            isinstance(node, (Name, Call))
            and set(arrays) & set(names_in(node))
            and not isinstance(parent, (Postfix, tree.Relation))
        ):
            yield Edit(node, Postfix("'", node), 1.45)


def _is_determinant(node: Any) -> bool:
    return isinstance(node, Call) and node.function.id == "det"


def _written(node: Any) -> Iterator[Edit]:
    """Edits of a vector or matrix that is written out."""
    if isinstance(node, tree.Matrix):
        yield Edit(node, Prefix("-", node), 1.2)
    if not isinstance(node, tree.Matrix) or node.vector or len(node.rows) < 2:
        return
    yield Edit(node, Postfix("'", node), 1.3)
    if len(node.rows) == 2 and all(len(row) == 2 for row in node.rows):
        (a, b), (c, d) = node.rows
        yield Edit(node, replace(node, rows=((a, negative(b)), (negative(c), d))), 1.5)
        yield Edit(node, replace(node, rows=((d, b), (c, a))), 1.5)


def _orders(node: Any, parent: Any, role: str, arrays: Collection[str]) -> Iterator[Edit]:
    """A product of arrays with two neighbours exchanged, or with a square that stands around the factor after it or before it."""
    if not (isinstance(node, Infix) and node.operator == "*") or (
        isinstance(parent, Infix) and parent.operator == "*" and role == "left"
    ):
        return
    chain = _chain(node)
    if not 2 <= len(chain) <= 8 or not set(arrays) & set(names_in(node)):
        return
    negated = isinstance(chain[0], Prefix) and chain[0].operator == "-"
    if negated:
        chain = [chain[0].operand, *chain[1:]]
    if len(chain) == 3 and chain[0] == _TWO:
        yield Edit(node, plus(times(chain[1], chain[2]), times(chain[2], chain[1])), 1.5)
    first, last = chain[0], chain[-1]
    if (isinstance(first, Postfix), isinstance(last, Postfix)) in ((True, False), (False, True)) and _plain(first) == _plain(
        last
    ):
        yield Edit(node, _product([transposed(first), *chain[1:-1], transposed(last)], negated), 1.5)
    orders = [
        [*chain[:k], chain[k + 1], chain[k], *chain[k + 2 :]]
        for k in range(len(chain) - 1)
        if len(chain) > 2 and not isinstance(chain[k], Number)
    ]
    for k, f in enumerate(chain):
        if isinstance(f, Infix) and f.operator == "^" and f.right == _TWO:
            for other in (k + 1, k - 1):
                if 0 <= other < len(chain):
                    first, last = min(k, other), max(k, other)
                    orders.append([*chain[:first], f.left, chain[other], f.left, *chain[last + 1 :]])
    for factors in orders:
        yield Edit(node, _product(factors, negated), 1.5)


def turned_products(right: tree.Expr, arrays: Collection[str]) -> Iterator[Edit]:
    """Products whose first or last array belongs at the other end, and products that are transposed as wholes."""
    for node, parent, role in nodes(right):
        if not (isinstance(node, Infix) and node.operator == "*") or (
            isinstance(parent, Infix) and parent.operator == "*" and role == "left"
        ):
            continue
        chain = _chain(node)
        negated = isinstance(chain[0], Prefix) and chain[0].operator == "-"
        if negated:
            chain = [chain[0].operand, *chain[1:]]
        count = next((k for k, f in enumerate(chain) if set(arrays) & set(names_in(f))), len(chain))
        scalars, factors = chain[:count], chain[count:]
        if 2 <= len(factors) <= 8:
            yield Edit(node, _product([*scalars, factors[-1], *factors[:-1]], negated), 1.5)
            yield Edit(node, _product([*scalars, *factors[1:], factors[0]], negated), 1.5)
            yield Edit(node, _product([*scalars, *map(transposed, reversed(factors))], negated), 1.6)


def _product(factors: list[Any], negated: bool) -> Any:
    made = Prefix("-", factors[0]) if negated else factors[0]
    for f in factors[1:]:
        made = times(made, f)
    return made


def _plain(node: Any) -> Any:
    return node.operand if isinstance(node, Postfix) and node.operator == "'" else node


def transposed(node: Any) -> Any:
    """The transpose of an expression; of a transpose what is transposed."""
    return node.operand if isinstance(node, Postfix) and node.operator == "'" else Postfix("'", node)


def _chain(node: Any) -> list[Any]:
    return [*_chain(node.left), node.right] if isinstance(node, Infix) and node.operator == "*" else [node]
