"""Arithmetic on terms with the plainest simplifications: zeros, ones and numbers are folded as the term is made, nothing else.

Shapes are those of the operands; a zero or one is dropped only where that leaves the shape as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Array, Const, Num, Term, num

ZERO, ONE, TWO = num(0), num(1), num(2)


def text(words: str) -> Const:
    """An answer that is a remark, such as `"does not exist"`."""
    return Const(words, (), "text")


def is_number(term: Term, value: int) -> bool:
    return isinstance(term, Num) and term.value == value


def make(op: str, *args: Term) -> App:
    """An application, quickly where all is scalar."""
    if op in _SCALAR and not any(a.shape for a in args):
        return App(op, args)
    return app(op, *args)


_SCALAR = frozenset("add sub mul div pow neg emul ediv epow".split())


def negate(a: Term) -> Term:
    """The negative; of a product or quotient the first factor is negated, as one writes it."""
    if isinstance(a, Num):
        return Num(-a.value)
    if isinstance(a, App) and a.op == "neg":
        return a.args[0]
    if isinstance(a, App) and a.op in ("mul", "div"):
        first = negate(a.args[0])
        return a.args[1] if is_number(first, 1) and a.op == "mul" else make(a.op, first, a.args[1])
    if isinstance(a, App) and a.op == "sub":
        return make("sub", a.args[1], a.args[0])
    return make("neg", a)


def opens_negative(a: Term) -> bool:
    """Whether a term is written with a minus sign in front."""
    while isinstance(a, App) and a.op in ("mul", "div"):
        a = a.args[0]
    return isinstance(a, App) and a.op == "neg" or isinstance(a, Num) and a.value < 0


def plus(a: Term, b: Term) -> Term:
    if is_number(a, 0):
        return b
    if is_number(b, 0):
        return a
    if isinstance(a, Num) and isinstance(b, Num):
        return Num(a.value + b.value)
    if opens_negative(b):
        return make("sub", a, negate(b))
    return make("add", a, b)


def minus(a: Term, b: Term) -> Term:
    if is_number(b, 0):
        return a
    if is_number(a, 0):
        return negate(b)
    if isinstance(a, Num) and isinstance(b, Num):
        return Num(a.value - b.value)
    if opens_negative(b):
        return make("add", a, negate(b))
    if a == b and not a.shape:
        return ZERO
    return make("sub", a, b)


def times(a: Term, b: Term) -> Term:
    """The product; matrix factors keep their order."""
    if not a.shape and not b.shape:
        if is_number(a, 0) or is_number(b, 0):
            return ZERO
        if isinstance(a, Num) and isinstance(b, Num):
            return Num(a.value * b.value)
        if isinstance(b, Num):
            a, b = b, a
    if is_number(a, 1):
        return b
    if is_number(b, 1):
        return a
    if is_number(a, -1):
        return negate(b)
    if isinstance(a, Num) and isinstance(b, App) and not b.shape:
        if b.op == "mul" and isinstance(b.args[0], Num):
            return times(Num(a.value * b.args[0].value), b.args[1])
        if b.op == "div" and isinstance(b.args[1], Num):
            return times(Num(a.value / b.args[1].value), b.args[0])
    if isinstance(a, App) and a.op == "neg":
        return negate(times(a.args[0], b))
    if isinstance(b, App) and b.op == "neg":
        return negate(times(a, b.args[0]))
    if isinstance(b, App) and b.op == "div" and is_number(b.args[0], 1) and not b.shape:
        return over(a, b.args[1])
    if isinstance(b, App) and b.op == "mul" and isinstance(b.args[0], Num) and not b.shape and not a.shape:
        return times(b.args[0], times(a, b.args[1]))
    return make("mul", a, b)


def over(a: Term, b: Term) -> Term:
    if is_number(b, 1):
        return a
    if isinstance(a, Num) and isinstance(b, Num) and b.value:
        return Num(a.value / b.value)
    if is_number(a, 0) and not is_number(b, 0):
        return a
    if is_number(b, -1):
        return negate(a)
    if isinstance(a, App) and a.op == "neg":
        return negate(over(a.args[0], b))
    return make("div", a, b)


def power(a: Term, b: Term) -> Term:
    if is_number(b, 1):
        return a
    if is_number(b, 0) and not a.shape:
        return ONE
    if is_number(a, 1):
        return ONE
    if isinstance(a, Num) and isinstance(b, Num) and b.value.denominator == 1 and abs(b.value) <= 64 and (a.value or b.value > 0):
        return Num(a.value ** int(b.value))
    return make("pow", a, b)


def total(terms: Iterable[Term]) -> Term:
    """The sum of scalars; 0 if there are none."""
    out: Term = ZERO
    for t in terms:
        out = plus(out, t)
    return out


def product(terms: Iterable[Term]) -> Term:
    """The product of scalars; 1 if there are none."""
    out: Term = ONE
    for t in terms:
        out = times(out, t)
    return out


def plain_product(parts: Iterable[Term]) -> Term:
    """The product of scalars as they stand; only numbers are brought together."""
    out: Term = ONE
    for p in parts:
        out = times(out, p) if isinstance(out, Num) or isinstance(p, Num) else make("mul", out, p)
    return out


def rational(value: int | Fraction) -> Num:
    return Num(Fraction(value))


def zeros(shape: tuple[int, ...]) -> Term:
    """Zero of an explicit shape."""
    if not shape:
        return ZERO
    if len(shape) == 1:
        return Array(((ZERO,) * shape[0],), shape)
    return Array(((ZERO,) * shape[1],) * shape[0], shape)
