"""Differential equations as they are written on paper: `y'' + y == 0` for y(x), without a declaration of y."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from twofold.catalogue.index import functions
from twofold.catalogue.resolution.scope import CONSTANTS, Scope
from twofold.catalogue.resolution.systems import as_one, is_system
from twofold.grammar import tree
from twofold.grammar.term import Symbol, Term


def differential(node: tree.Call, scope: Scope) -> Term:
    """`dsolve(system, y(x))`, also `dsolve(system, y, x)`: y is a function in it, and y and y' alone are y(x) and y'(x). Conditions may
    follow the equation, and y(x) may be left out where the names with primes and the variable tell it."""
    from twofold.catalogue.resolution.calls import declared

    systems = [a for a in node.arguments if is_system(a)]
    others = [a for a in node.arguments if not is_system(a)]
    spec = functions()["dsolve"]
    if len(systems) == 0 or len(others) > 2:
        return declared(spec, node, scope)
    system = as_one(systems)
    wanted = _wanted(others, system)
    unknown = {c.function.id: c for c in _calls(wanted) if _is_free(c, scope)}
    if wanted is None or not unknown:
        return declared(spec, replace(node, arguments=(system, *others)), scope)
    inner = scope.inner({n: Symbol(n, "function", arity=1) for n in unknown if n not in scope.names})
    return declared(spec, replace(node, arguments=(_applied(system, unknown), wanted)), inner)


def _wanted(others: list[tree.Expr], system: tree.Expr) -> tree.Expr | None:
    """What a system of differential equations is solved for, as calls of the functions."""
    if len(others) == 2:
        function, variable = others
        named = isinstance(function, tree.Name) and isinstance(variable, tree.Name)
        return tree.Call(function, (variable,), span=function.span) if named else None  # type: ignore[arg-type]
    if len(others) == 1:
        (wanted,) = others
        if isinstance(wanted, tree.Name):
            return tree.Call(wanted, (_variable(system, [wanted.id]),), span=wanted.span)
        many = isinstance(wanted, tree.Tuple) and len(wanted.items) > 1
        return tree.Matrix((wanted.items,), vector=True, span=wanted.span) if many else wanted  # type: ignore[attr-defined]
    primed = dict.fromkeys(name for part in tree.walk(system) if (name := _primed(part)) is not None)
    calls = tuple(tree.Call(tree.Name(n), (_variable(system, list(primed)),), span=system.span) for n in primed)
    return None if not calls else calls[0] if len(calls) == 1 else tree.Matrix((calls,), vector=True, span=system.span)


_VARIABLES = ("x", "t")
"""What functions are of where nothing says it."""


def _variable(system: tree.Expr, unknown: list[str]) -> tree.Name:
    """The variable of the functions in a system: what they are applied to, or x or t, whichever stands there. What they are applied to in
    a condition, y(pi) == 0 or y(a) == b, is none where there are equations besides."""
    relations = [p for p in tree.walk(system) if isinstance(p, tree.Relation)] or [system]
    equations = [r for r in relations if not _is_value(r, unknown)]
    found = [c for r in equations or relations for p in tree.walk(r) if (c := _applied_to(p, unknown)) is not None]
    if found:
        return max(found, key=lambda c: c.primes).arguments[0]  # type: ignore[return-value]
    parts = list(tree.walk(system))
    standing = {part.id for part in parts if isinstance(part, tree.Name)}
    free = [n for n in _VARIABLES if n not in unknown]
    return tree.Name(next((n for n in free if n in standing), free[0] if free else "s"))


def _applied_to(node: tree.Node, unknown: list[str]) -> tree.Call | None:
    """A function applied to a name that is not a constant."""
    if not isinstance(node, tree.Call) or node.function.id not in unknown or len(node.arguments) != 1:
        return None
    argument = node.arguments[0]
    return node if isinstance(argument, tree.Name) and argument.id not in CONSTANTS else None


def _is_value(relation: tree.Node, unknown: list[str]) -> bool:
    """Whether a relation may give the value of a function at a place: one side is the function applied, the other is without functions."""
    if not isinstance(relation, tree.Relation) or len(relation.operands) != 2:
        return False
    left, right = relation.operands
    return any(
        isinstance(a, tree.Call)
        and a.function.id in unknown
        and not any(isinstance(p, (tree.Name, tree.Call)) and _name(p) in unknown for p in tree.walk(b))
        for a, b in ((left, right), (right, left))
    )


def _name(node: tree.Name | tree.Call) -> str:
    return node.id if isinstance(node, tree.Name) else node.function.id


def _primed(node: tree.Node) -> str | None:
    """The name of a function of which a derivative stands here: `y'`, `y'(x)`."""
    if isinstance(node, tree.Postfix) and node.operator == "'" and isinstance(node.operand, tree.Name):
        return node.operand.id
    return node.function.id if isinstance(node, tree.Call) and node.primes else None


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
