"""An integrand as a product of powers, and what is known of the parts."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, free_symbols, num
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polynomials import generators

ONE = num(1)


def powers(t: Term, x: Symbol, exponent: Term = ONE) -> list[tuple[Term, Term]] | None:
    """Bases with exponents free of x; `None` where an exponent depends on x.

    A power of a product is taken apart, which holds where the exponent is whole, or where the bases in which x stands are positive and so is what
    is left, which then is one base: sqrt(a^2*x^2) is (a^2)^(1/2)*x for x > 0, and not a*x.
    """
    q = rational(exponent)
    if q is None or q.denominator != 1:
        inner = powers(t, x)
        if inner is None:
            return None
        free = [p for p in inner if x not in free_symbols(p[0])]
        rest = [(base, _times(e, exponent)) for base, e in inner if x in free_symbols(base)]
        if not free:
            return rest
        return [(reduce(lambda u, v: app("mul", u, v), (_power(*p) for p in free)), exponent), *rest]
    if isinstance(t, App) and not t.shape:
        if t.op == "neg":
            inside = powers(t.args[0], x, exponent)
            return None if inside is None else [(num(-1), exponent), *inside]
        if t.op in ("mul", "div"):
            left = powers(t.args[0], x, exponent)
            right = powers(t.args[1], x, exponent if t.op == "mul" else _times(num(-1), exponent))
            return None if left is None or right is None else left + right
        if t.op == "sqrt":
            return powers(t.args[0], x, _times(Num(Fraction(1, 2)), exponent))
        if t.op == "pow" and x not in free_symbols(t.args[1]):
            return powers(t.args[0], x, _times(t.args[1], exponent))
        if t.op == "pow":
            return None
    return [(t, exponent)]


def _power(base: Term, exponent: Term) -> Term:
    return base if exponent == ONE else app("pow", base, exponent)


def _times(a: Term, b: Term) -> Term:
    p, q = rational(a), rational(b)
    if p is not None and q is not None:
        return Num(p * q)
    return b if p == 1 else a if q == 1 else app("mul", a, b)


def is_real(c: Converter, e: Element) -> bool:
    """Whether no imaginary kernel stands in an element."""
    return all(c.field.is_real(g) for p in (e.num, e.den) for g in generators(p))


def is_positive(c: Converter, e: Element) -> bool:
    """Whether an element is known to be positive."""
    if not e.num or not is_real(c, e):
        return False
    above = c.signs.of(e.num)
    below = "+" if len(e.den) == 1 else c.signs.of(e.den)
    return above in ("+", "-") and above == below


__all__ = ["ONE", "is_positive", "is_real", "powers"]
