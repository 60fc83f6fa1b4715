"""Equations and inequalities among the arguments of a call: several stand for a system, wherever they are written."""

from __future__ import annotations

from collections.abc import Container, Sequence

from twofold.catalogue.spec import Function
from twofold.grammar import tree


def _relations(node: tree.Expr) -> tuple[tree.Relation, ...]:
    """The equations and inequalities that an argument consists of, `()` where it is something else. `x in [0, 1]` names a variable."""
    parts: tuple[tree.Expr, ...]
    match node:
        case tree.System(relations=parts) | tree.Set(items=parts) | tree.Tuple(items=parts) | tree.Matrix(rows=(parts,)):
            pass
        case _:
            parts = (node,)
    relations = tuple(p for p in parts if isinstance(p, tree.Relation) and "in" not in p.operators)
    return relations if len(relations) == len(parts) else ()


def is_system(node: tree.Expr) -> bool:
    """Whether this is an equation, an inequality, or several of them in braces or brackets."""
    return bool(_relations(node))


def as_one(systems: Sequence[tree.Expr]) -> tree.Expr:
    """Several systems as one; one alone as it is, without brackets."""
    if len(systems) == 1 and not isinstance(systems[0], tree.Matrix | tree.Tuple):
        return systems[0]
    relations = tuple(r for s in systems for r in _relations(s))
    return relations[0] if len(relations) == 1 else tree.System(relations, span=systems[0].span.to(systems[-1].span))


def gathered(spec: Function, plain: list[tree.Expr], given: Container[int]) -> tuple[list[tree.Expr], dict[int, tree.Expr]]:
    """The arguments of a call that have no names, with each system at the place where it is declared: `solve(x + y == 1, x == y, [x, y])`,
    `lagrange(x*y, [x, y], x + y == 2)`. One that is declared to have a name is taken out of them, and comes with its place, unless it
    is `given` by its name too."""
    places = [k for k, a in enumerate(spec.arguments) if a.kind == "system" and not a.rest]
    systems = [p for p in plain if is_system(p)]
    if len(places) != 1 or not systems or places[0] in given:
        return plain, {}
    place, others = places[0], [p for p in plain if not is_system(p)]
    if spec.arguments[place].named:
        return others, {place: as_one(systems)}
    return [*others[:place], as_one(systems), *others[place:]], {}
