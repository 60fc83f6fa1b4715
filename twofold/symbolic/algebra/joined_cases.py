"""The values of an algorithm in the regions of its parameters as one value by cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Term, children
from twofold.symbolic.algebra.regions import Region
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower


def joined(leaves: list[tuple[Region, Term | Exception]], context: Context) -> Term:
    """The cases as a piecewise term (a condition where they are truths), with cases of the same value joined."""
    found: list[tuple[Region, Term]] = []
    for region, value in leaves:
        if isinstance(value, Term):
            found.append((region, value))
    if not found or isinstance(leaves[-1][1], Exception):
        raise next(v for _, v in reversed(leaves) if isinstance(v, Exception))
    for region, value in leaves:
        if isinstance(value, Exception):
            exclude(region.equations, context)
    _, otherwise = found[-1]
    kept = found[:-1]
    while kept and _includes(otherwise, kept[-1][1], kept[-1][0]):
        kept.pop()
    groups: list[tuple[Term, list[Any]]] = []
    seen: list[frozenset[Any]] = []
    for region, value in kept:
        equations = frozenset(_put_in(region.equations))
        if any(s <= equations for s in seen):
            continue
        seen.append(equations)
        if groups and groups[-1][0] == value:
            groups[-1][1].append(sp.And(*equations))
        else:
            groups.append((value, [sp.And(*equations)]))
    groups = [(value, _irredundant(conditions)) for value, conditions in groups]
    if otherwise.sort == "truth":
        return _as_condition(groups, otherwise, context)
    parts: list[Term] = []
    for value, conditions in groups:
        parts += [value, lift(sp.Or(*conditions), context)]
    return App("piecewise", (*parts, otherwise), otherwise.shape, _sort(otherwise, parts)) if parts else otherwise


def _put_in(equations: Sequence[Any]) -> list[Any]:
    """Equations with the numbers that they give to names put into the others: a == b and b == 0 is a == 0 and b == 0."""
    found = list(equations)
    for _ in equations:
        values = {e.lhs: e.rhs for e in found if isinstance(e, sp.Eq) and e.lhs.is_Symbol and e.rhs.is_number}
        new = [e if e.lhs in values and e.rhs == values[e.lhs] else e.xreplace(values) for e in found]
        if new == found or any(not isinstance(e, sp.Eq) for e in new):
            break
        found = new
    return found


def _includes(general: Term, special: Term, region: Region) -> bool:
    """Whether a value has another one for the parameters of a region: both are equal there, entry by entry."""
    if general == special:
        return True
    if general.sort == special.sort == "number" and not general.shape and not special.shape:
        context = region.context
        value = lower(general, context)
        for name, at in region.point:
            value = value.subs(name, at)
        if value.has(sp.nan, sp.zoo, sp.oo):
            return False
        rest = sp.expand(value - lower(special, context))
        return bool(rest == 0 or (rest.is_rational_function(*rest.free_symbols) and sp.cancel(rest) == 0))
    if type(general) is not type(special) or general.sort == "text" or general.shape != special.shape:
        return False
    if isinstance(general, App) and isinstance(special, App) and general.op != special.op:
        return False
    old, new = children(general), children(special)
    return len(old) == len(new) > 0 and all(_includes(a, b, region) for a, b in zip(old, new, strict=True))


def _irredundant(conditions: list[Any]) -> list[Any]:
    """Conditions without those that imply another one."""
    parts = [frozenset(sp.And.make_args(c)) for c in conditions]
    return [c for k, c in enumerate(conditions) if not any(p < parts[k] for p in parts)]


def _as_condition(groups: list[tuple[Term, list[Any]]], otherwise: Term, context: Context) -> Term:
    """The condition under which cases that are truths hold."""
    out = lower(otherwise, context)
    if otherwise == TRUE:
        refused = [c for value, conditions in groups if value == FALSE for c in conditions]
        groups = [(v, [c for c in cs if v == FALSE or not all(_exclude_each_other(c, r) for r in refused)]) for v, cs in groups]
    for value, conditions in reversed(groups):
        here = sp.Or(*conditions)
        out = sp.Or(here, out) if value == TRUE else sp.And(sp.Not(here), out)
    return lift(sp.to_nnf(out), context)


def _exclude_each_other(first: Any, second: Any) -> bool:
    """Whether equations give some name two values."""
    values = {e.lhs: e.rhs for e in sp.And.make_args(first) if isinstance(e, sp.Eq)}
    return any(isinstance(e, sp.Eq) and e.xreplace(values) == sp.false for e in sp.And.make_args(second))


def exclude(equations: Sequence[Any], context: Context) -> None:
    """The condition that equations do not all hold."""
    parts = [app("ne", lift(e.lhs, context), lift(e.rhs, context)) for e in equations]
    out: Term = parts[0]
    for p in parts[1:]:
        out = app("or", out, p)
    context.require(out)


def _sort(otherwise: Term, parts: list[Term]) -> Any:
    return next((v.sort for v in (otherwise, *parts[0::2]) if v.sort != "text"), "text")
