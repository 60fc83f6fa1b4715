"""Frullani's integral: of sums of c*f(a*x) over x, x > 0, with positive a and coefficients that add up to 0.

It is (f(oo) - f(0)) times the sum of c*log(a), for f = exp(-x^k) (over k), for atan, and, f(oo) being the mean 0, for the cosine. Source: Gradshteyn and Ryzhik 3.434.2,
3.784.1, 4.536.2; Fikhtengolts, volume 2, section 497.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from twofold.grammar.term import App, Const, Symbol, Term, free_symbols, var
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import logarithm
from twofold.symbolic.theorems.products import is_positive


def half_line(c: Converter, body: Term, x: Symbol) -> Element | None:
    """The integral over x > 0; `None` for integrands of another kind."""
    if not (isinstance(body, App) and body.op == "div" and body.args[1] == var(x) and not body.shape):
        return None
    f = c.field
    kinds: set[tuple[str, int]] = set()
    total, weights = f.number(0), f.number(0)
    for factor, t in _terms(body.args[0], x):
        read = _scale(c, t, x)
        if read is None:
            return None
        kind, k, scale = read
        kinds.add((kind, k))
        weight = f.number(factor[0])
        for u in factor[1]:
            weight = f.mul(weight, c(u))
        weights = f.add(weights, weight)
        total = f.add(total, f.mul(weight, logarithm(c, scale)))
    if len(kinds) != 1 or f.zeroed(weights.num):
        return None
    ((kind, k),) = kinds
    if kind == "atan":
        return f.mul(f.mul(f.number(Fraction(1, 2)), c(Const("pi"))), total)
    return f.mul(f.number(Fraction(-1, k)), total)


Factor = tuple[int, tuple[Term, ...]]


def _terms(t: Term, x: Symbol, sign: int = 1, factors: tuple[Term, ...] = ()) -> Iterator[tuple[Factor, Term]]:
    """The terms of a sum with their signs and the factors free of the variable."""
    if isinstance(t, App) and not t.shape:
        if t.op == "neg":
            yield from _terms(t.args[0], x, -sign, factors)
            return
        if t.op in ("add", "sub"):
            yield from _terms(t.args[0], x, sign, factors)
            yield from _terms(t.args[1], x, sign if t.op == "add" else -sign, factors)
            return
        if t.op == "mul" and x not in free_symbols(t.args[0]):
            yield from _terms(t.args[1], x, sign, (*factors, t.args[0]))
            return
    yield (sign, factors), t


def _scale(c: Converter, t: Term, x: Symbol) -> tuple[str, int, Element] | None:
    """The kind of f, the power of the variable, and the positive number that it is multiplied by."""
    from twofold.symbolic.theorems.beta import monomial

    if not isinstance(t, App) or t.op not in ("exp", "cos", "atan") or t.shape:
        return None
    u = c(t.args[0])
    found = monomial(c, c.field.neg(u) if t.op == "exp" else u, x)
    if found is None or not is_positive(c, found[0]) or t.op != "exp" and found[1] != 1:
        return None
    return t.op, found[1], found[0]


__all__ = ["half_line"]
