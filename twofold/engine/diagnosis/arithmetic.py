"""Sums, products, quotients and powers of trees, as one writes them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import gcd

from twofold.catalogue.display import number
from twofold.engine.diagnosis.parts import factors
from twofold.grammar import tree
from twofold.grammar.tree import Infix, Number, Prefix


def times(a: tree.Expr, b: tree.Expr) -> Infix:
    return Infix("*", a, b)


def over(a: tree.Expr, b: tree.Expr) -> Infix:
    return Infix("/", a, b)


def divided(node: tree.Expr, number: tree.Expr) -> tree.Expr:
    """A quotient by a number: in a denominator that is there already, before what stands in it."""
    if isinstance(node, Infix) and node.operator == "/":
        return over(node.left, in_front(number, node.right))
    return over(node, number)


def raised(a: tree.Expr, n: tree.Expr) -> Infix:
    return Infix("^", a, n)


def plus(a: tree.Expr, b: tree.Expr) -> Infix:
    return Infix("+", a, b)


def minus(a: tree.Expr, b: tree.Expr) -> Infix:
    return Infix("-", a, b)


def in_front(factor: tree.Expr, node: tree.Expr) -> tree.Expr:
    """A product with one more factor at its beginning, behind a number there."""
    if isinstance(node, Number) and isinstance(factor, Number) and node.text.isdecimal() and factor.text.isdecimal():
        return Number(str(int(factor.text) * int(node.text)))
    if isinstance(node, Number):
        return factor if node.text == "1" else times(node, factor)
    if isinstance(node, Infix) and node.operator in ("*", "/"):
        return replace(node, left=in_front(factor, node.left))
    if isinstance(node, Prefix) and node.operator == "-":
        inner = node.operand
        if isinstance(inner, Number) or (isinstance(inner, Infix) and inner.operator in ("*", "/")):
            return replace(node, operand=in_front(factor, inner))
        return times(replace(node, operand=factor), inner)
    if isinstance(node, Infix) and node.operator == "^" and node.left == factor and isinstance(node.right, Number):
        return raised(factor, number(Fraction(node.right.text) + 1))
    if isinstance(factor, Infix) and factor.operator == "^" and factor.left == node and isinstance(factor.right, Number):
        return raised(node, number(Fraction(factor.right.text) + 1))
    return raised(node, Number("2")) if node == factor else times(factor, node)


def in_lowest_terms(node: tree.Expr, below: int) -> tuple[tree.Expr, int]:
    """A quotient of a product by a number, with what the number shares with the one at the product's beginning divided out."""
    if isinstance(node, Number) and node.text.isdecimal():
        common = gcd(int(node.text), below)
        return Number(str(int(node.text) // common)), below // common
    if isinstance(node, Infix) and node.operator in ("*", "/"):
        left, below = in_lowest_terms(node.left, below)
        return replace(node, left=left), below
    if isinstance(node, Prefix) and node.operator == "-":
        operand, below = in_lowest_terms(node.operand, below)
        return replace(node, operand=operand), below
    return node, below


def cancelled(node: tree.Expr) -> tree.Expr:
    """A quotient without the factors that stand above and below."""
    parts = factors(node)
    rest = [list(p) for p in parts]
    for mark, t in parts:
        if mark == "/" and ["*", t] in rest and not isinstance(t, Number):
            rest.remove(["*", t])
            rest.remove(["/", t])
    if len(rest) == len(parts):
        return node
    above, below = ([t for s, t in rest if s == mark] for mark in "*/")
    top: tree.Expr = above[0] if above else Number("1")
    for t in above[1:]:
        top = times(top, t)
    if not below:
        return top
    bottom = below[0]
    for t in below[1:]:
        bottom = times(bottom, t)
    return over(top, bottom)


def without_one(node: tree.Expr) -> tree.Expr:
    """A product without a 1 at its beginning."""
    if isinstance(node, Infix) and node.operator in ("*", "/"):
        if node.operator == "*" and isinstance(node.left, Number) and node.left.text == "1":
            return node.right
        return replace(node, left=without_one(node.left))
    return replace(node, operand=without_one(node.operand)) if isinstance(node, Prefix) and node.operator == "-" else node


def negative(node: tree.Expr) -> tree.Expr:
    """The negative as it is written: the sign goes to the first factor."""
    if isinstance(node, Infix) and node.operator in ("*", "/") and not node.implicit:
        return replace(node, left=negative(node.left))
    if isinstance(node, Prefix) and node.operator == "-":
        return node.operand
    return Prefix("-", node)
