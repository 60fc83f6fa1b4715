"""The doors to resolution: an expression of a person's text, and a formula of a declaration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from twofold.catalogue.resolution.expressions import resolve as resolve_in
from twofold.catalogue.resolution.scope import Entity, Macro, Scope
from twofold.grammar import tree
from twofold.grammar.term import Symbol, Term, substitute, var


def resolve(node: tree.Expr, scope: Scope) -> Term:
    """The term an expression means. Raises `TwofoldError`."""
    return resolve_in(node, scope)


@cache
def _parsed(text: str) -> tree.Expr:
    from twofold.grammar.parse import parse_expression

    return parse_expression(text, "<declaration>")


_instances: dict[tuple[str, tuple[tuple[str, Term], ...]], Term] = {}
_formulas: dict[tuple[str, tuple[tuple[str, int], ...]], tuple[Term, dict[str, Symbol]]] = {}


def formula(text: str, names: Mapping[str, Term | Symbol]) -> Term:
    """A declaration's text as a term, with the given terms for its names. Parsed and resolved once for scalars, and kept for the terms used last."""
    given = {n: (var(v) if isinstance(v, Symbol) else v) for n, v in names.items()}
    instance = (text, tuple(sorted(given.items(), key=lambda item: item[0])))
    if instance not in _instances:
        if len(_instances) > 4096:
            _instances.clear()
        _instances[instance] = _instance(text, given)
    return _instances[instance]


def _instance(text: str, given: dict[str, Term]) -> Term:
    if any(v.shape or v.sort != "number" for v in given.values()):
        return resolve_in(_parsed(text), Scope(given, closed=True))
    key = (text, tuple((n, 0) for n in sorted(given)))
    if key not in _formulas:
        symbols = {n: Symbol(n) for n in given}
        _formulas[key] = (resolve_in(_parsed(text), Scope(symbols, closed=True)), symbols)
    term, symbols = _formulas[key]
    return substitute(term, {symbols[n]: v for n, v in given.items()})


__all__ = ["Entity", "Macro", "Scope", "formula", "resolve"]
