"""Other limits for integrals: those that a substitution gives, and those of another order of integration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any, TypeAlias

from twofold.catalogue.display import to_tree
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.edits import Edit, nodes
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.place import put
from twofold.grammar import tree
from twofold.grammar.tree import Call, Infix, Number
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.expressions import simplify

_MOST = 6
"""Ends of which pairs are offered; of the parts of the integrand above twice as many are put in."""
_SECONDS = 0.1
"""Processor seconds for one end in a short form."""
_COST = 1.0
_Ends: TypeAlias = tuple[tree.Expr, tree.Expr]


def limit_edits(right: tree.Expr, left: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """Ranges of the integrals on the right with other ends: what those above become by a substitution, then any two that stand there."""
    ranges = [b.value for b in _bindings(right) if isinstance(b.value, tree.Range)]
    if not ranges:
        return
    above = [(b.target, b.value) for b in _bindings(left) if isinstance(b.value, tree.Range)]
    substituted = [ends for target, old in above for ends in _substituted(left, target, old, resolve)]
    for here in ranges:
        standing = dict.fromkeys([here.lower, here.upper, *(e for _, r in above for e in (r.lower, r.upper)), Number("0")])
        for lower, upper in [*substituted, *permutations(list(standing)[:_MOST], 2)]:
            if (lower, upper) != (here.lower, here.upper):
                yield Edit(here, tree.Range(lower, upper), _COST)


def _bindings(root: tree.Expr) -> Iterator[tree.Binding]:
    """The variables of all integrals, with their ranges."""
    for node in tree.walk(root):
        if isinstance(node, Call) and node.function.id in ("integrate", "bracket"):
            yield from (a for a in node.arguments if isinstance(a, tree.Binding))


def _substituted(left: tree.Expr, target: tree.Expr, old: tree.Range, resolve: Resolve) -> Iterator[_Ends]:
    """What the ends of a range become in a part of the integrand, in either order."""
    for inner in _inner(left, target):
        lower, upper = (_short(_filled(inner, target, end), resolve) for end in (old.lower, old.upper))
        if lower is not None and upper is not None:
            yield lower, upper
            yield upper, lower


def _inner(left: tree.Expr, variable: tree.Expr) -> list[Infix | Call]:
    """Parts of the integrands above that the variable stands in."""
    found = [n for n, _, _ in nodes(left) if isinstance(n, (Infix, Call)) and _holds(n, variable) and not _integrates(n)]
    return list(dict.fromkeys(found))[: 2 * _MOST]


def _holds(node: Any, variable: tree.Expr) -> bool:
    return any(n == variable for n, _, _ in nodes(node))


def _integrates(node: tree.Expr) -> bool:
    return any(isinstance(n, Call) and n.function.id in ("integrate", "bracket", "diff") for n, _, _ in nodes(node))


def _filled(node: Any, variable: tree.Expr, value: tree.Expr) -> Any:
    """A tree with a value for a variable, wherever it stands."""
    for n, _, _ in nodes(node):
        if n == variable:
            node = put(node, n, value)
    return node


def _short(node: tree.Expr, resolve: Resolve) -> tree.Expr | None:
    """An end as it would be written; None where it has no value."""
    try:
        found = within(_SECONDS, simplify, Context(), resolve(node))
        return None if found is None or found.shape or found.sort != "number" else to_tree(found)
    except (TwofoldError, NoClosedForm):
        return None
