"""Differential equations as they are written on paper: `y'' + y == 0` for y(x), without a declaration of y."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from twofold.catalogue.index import functions
from twofold.catalogue.resolution.scope import Scope
from twofold.grammar import tree
from twofold.grammar.term import Symbol, Term


def differential(node: tree.Call, scope: Scope) -> Term:
    """`dsolve(system, y(x))`, also `dsolve(system, y, x)`: y is a function in it, and y and y' alone are y(x) and y'(x)."""
    from twofold.catalogue.resolution.calls import declared

    arguments = node.arguments
    if len(arguments) == 3 and isinstance(arguments[1], tree.Name) and isinstance(arguments[2], tree.Name):
        arguments = (arguments[0], tree.Call(arguments[1], (arguments[2],), span=arguments[1].span))
    if len(arguments) == 2 and isinstance(arguments[1], tree.Tuple) and len(arguments[1].items) > 1:
        arguments = (arguments[0], tree.Matrix((arguments[1].items,), vector=True, span=arguments[1].span))
    unknown = {c.function.id: c for c in _calls(arguments[-1]) if _is_free(c, scope)} if len(arguments) == 2 else {}
    if not unknown:
        return declared(functions()["dsolve"], replace(node, arguments=arguments), scope)
    inner = scope.inner({n: Symbol(n, "function", arity=1) for n in unknown if n not in scope.names})
    return declared(functions()["dsolve"], replace(node, arguments=(_applied(arguments[0], unknown), arguments[1])), inner)


def _calls(node: Any) -> list[tree.Call]:
    """The unknown functions, applied to their variables: `y(x)`, `[x(t), y(t)]`."""
    if isinstance(node, tree.Call):
        return [node]
    return (
        [c for part in tree.children(node) for c in _calls(part)] if isinstance(node, (tree.Matrix, tree.Set, tree.Tuple)) else []
    )


def _is_free(node: tree.Call, scope: Scope) -> bool:
    """Whether a call names a function that nobody has defined, of one variable."""
    known = scope.names.get(node.function.id)
    unknown = known is None or (isinstance(known, Symbol) and known.kind == "function")
    return (
        unknown and not node.primes and not node.square and len(node.arguments) == 1 and isinstance(node.arguments[0], tree.Name)
    )


def _applied(node: Any, unknown: Mapping[str, tree.Call]) -> Any:
    """A tree in which an unknown function that stands alone, or with primes alone, is applied to its variable."""
    primes, inside = 0, node
    while isinstance(inside, tree.Postfix) and inside.operator == "'":
        primes, inside = primes + 1, inside.operand
    if isinstance(inside, tree.Name) and inside.id in unknown:
        return tree.Call(inside, unknown[inside.id].arguments, primes, span=node.span)
    if isinstance(node, tree.Call):
        return replace(node, arguments=tuple(_applied(a, unknown) for a in node.arguments))
    if isinstance(node, tree.Located):
        parts = {f.name: getattr(node, f.name) for f in fields(node) if f.init and f.name != "span"}
        return replace(node, **{k: _applied(v, unknown) for k, v in parts.items() if isinstance(v, (tree.Located, tuple))})
    return tuple(_applied(v, unknown) for v in node) if isinstance(node, tuple) else node
