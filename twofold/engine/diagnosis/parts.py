"""The smallest part of one tree that differs from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeGuard

from twofold.core.evidence import Diagnosis
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.tree import Infix, Prefix


def is_equation(node: tree.Node) -> TypeGuard[tree.Relation]:
    """Whether this says that two things are equal, and no more."""
    return isinstance(node, tree.Relation) and node.operators == ("==",)


def part(left: tree.Expr, right: tree.Expr) -> Diagnosis | None:
    """The pair of subexpressions in which the trees differ, at the place of the right one; None where they differ as wholes."""
    a, b = differing(left, right)
    return None if b is right else _said(a, b)


def whole(left: tree.Expr, right: tree.Expr) -> Diagnosis | None:
    """The two sides as the pair that differs."""
    return _said(left, right)


def difference(left: tree.Expr, right: tree.Expr) -> tuple[Diagnosis, ...]:
    """What can be said at once: the smallest part that differs, or the sides as wholes."""
    found = part(left, right) or whole(left, right)
    return () if found is None else (found,)


def _said(a: tree.Expr, b: tree.Expr) -> Diagnosis | None:
    if b.span.text == "":
        return None
    before, after = write(a), write(b)
    if "\n" in b.span.text:
        return None
    before, after = (text if len(text) < 120 else "another expression" for text in (before, after))
    line, column = b.span.source.position(b.span.start)
    beside = a.span.source is b.span.source and a.span.text and b.span.source.position(a.span.start)[0] == line
    where = "left side" if beside else "line above"
    return Diagnosis(
        "part", f"{after} stands here where the {where} has {before}", line, column, max(1, b.span.end - b.span.start)
    )


def differing(a: Any, b: Any) -> tuple[Any, Any]:
    """The smallest pair of subtrees that holds all differences; terms of sums and factors of products are paired whatever their
    order."""
    while True:
        step = _inside(a, b)
        if step is None:
            return a, b
        a, b = step


def _inside(a: Any, b: Any) -> tuple[Any, Any] | None:
    """The one pair of children that differs, if all others agree."""
    for flatten in (terms, factors):
        ours, theirs = flatten(a), flatten(b)
        if len(ours) > 1 and len(theirs) > 1:
            return _unmatched(ours, theirs)
    if type(a) is not type(b) or not isinstance(a, tree.Located):
        return None
    pairs: list[tuple[Any, Any]] = []
    for f in fields(a):
        if not f.compare:
            continue
        x, y = getattr(a, f.name), getattr(b, f.name)
        if x == y:
            continue
        found = list(_paired(x, y))
        if not found:
            return None
        pairs.extend(found)
    return pairs[0] if len(pairs) == 1 and isinstance(pairs[0][1], tree.Located) else None


def _paired(x: Any, y: Any) -> Iterable[tuple[Any, Any]]:
    """Nodes in the same places of two fields that differ; empty where the fields differ otherwise."""
    if isinstance(x, tree.Located) and isinstance(y, tree.Located):
        return [(x, y)]
    if isinstance(x, tuple) and isinstance(y, tuple) and len(x) == len(y):
        out: list[tuple[Any, Any]] = []
        for p, q in zip(x, y, strict=True):
            if p != q:
                found = list(_paired(p, q))
                if not found:
                    return []
                out.extend(found)
        return out
    return []


def _unmatched(ours: list[tuple[str, Any]], theirs: list[tuple[str, Any]]) -> tuple[Any, Any] | None:
    """The one pair left over when equal terms (or factors) are struck out."""
    rest = list(ours)
    odd = []
    for item in theirs:
        if item in rest:
            rest.remove(item)
        else:
            odd.append(item)
    if len(rest) == len(odd) == 1 and rest[0][0] == odd[0][0]:
        return rest[0][1], odd[0][1]
    return None


def terms(node: Any) -> list[tuple[str, Any]]:
    """The terms of a sum with their signs."""
    if isinstance(node, Infix) and node.operator in ("+", "-"):
        last = terms(node.right)
        if node.operator == "-":
            last = [("-" if s == "+" else "+", t) for s, t in last]
        return [*terms(node.left), *last]
    if isinstance(node, Prefix) and node.operator == "-":
        return [("-" if s == "+" else "+", t) for s, t in terms(node.operand)]
    return [("+", node)]


def factors(node: Any) -> list[tuple[str, Any]]:
    """The factors of a product, those of its denominators marked."""
    if isinstance(node, Infix) and node.operator in ("*", "/"):
        last = factors(node.right)
        if node.operator == "/":
            last = [("/" if s == "*" else "*", t) for s, t in last]
        return [*factors(node.left), *last]
    return [("*", node)]
