"""The kernel normal form: quotients of polynomials over kernels whose relations are made explicit. `equal` is a proof."""

from __future__ import annotations

from collections.abc import Iterable

from twofold.catalogue.shapes import full
from twofold.grammar.term import EXPECTATIONS, App, Bound, Num, Term, children, num
from twofold.symbolic.normal import (  # noqa: F401 (their rules register when imported)
    angles,
    bessel,
    binders,
    conjugates,
    divisors,
    exponentials,
    incomplete,
    laws,
    matrices,
    matrix_scalars,
    polygammas,
    powers,
    specials,
)
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.field import Element, ZeroDenominator
from twofold.symbolic.normal.polynomials import TooLarge

GIVES_UP = (Outside, TooLarge, ZeroDenominator, RecursionError)


def converter(terms: Iterable[Term], assumptions: Iterable[Term] = (), reading: str = "real") -> Converter:
    """A converter that knows the assumptions, and that every part of the terms as written has a value."""
    c = Converter(reading == "real")
    c.assume(assumptions)
    if c.field.real:
        for t in terms:
            learn_domain(c, t)
    return c


def learn_domain(c: Converter, t: Term) -> None:
    """Learns what must hold for a term to have a value: logarithms of positive, even roots of nonnegative, quotients by other numbers than 0."""
    if isinstance(t, Bound) or (
        isinstance(t, App) and (t.op in EXPECTATIONS or t.op in ("piecewise", "indicator", "implies", "iff", "or", "and", "not"))
    ):
        return
    for part in children(t):
        learn_domain(c, part)
    if isinstance(t, App) and not t.shape and t.args and not t.args[0].shape:
        sign = "+" if t.op == "log" else "0+" if t.op == "sqrt" else None
        if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator != 1:
            sign = "0+" if t.args[1].value > 0 else "+"
        elif (
            t.op == "pow"
            and isinstance(t.args[1], App)
            and t.args[1].op == "div"
            and all(isinstance(a, Num) for a in t.args[1].args)
        ):
            p, q = (a.value for a in t.args[1].args if isinstance(a, Num))
            if q and (p / q).denominator != 1:
                sign = "0+" if p / q > 0 else "+"
        facts = [(t.args[0], sign)] if sign is not None else []
        if t.op == "div" and not t.args[1].shape:
            try:
                c.differ(c(t.args[1]))
            except GIVES_UP:
                return
        one = num(1)
        if t.op in ("asin", "acos", "atanh"):
            known = "+" if t.op == "atanh" else "0+"
            facts = [(App(way, (one, t.args[0])), known) for way in ("add", "sub")]
            # Of a root the square says more: 1 - sqrt(v)^2 is 1 - v.
            facts.append((App("sub", (one, App("pow", (t.args[0], num(2))))), known))
        elif t.op == "acosh":
            facts = [(App("sub", (t.args[0], one)), "0+")]
        try:
            for fact, known in facts:
                c.positive(c(fact), known)
        except GIVES_UP:
            return


def equal(a: Term, b: Term, assumptions: Iterable[Term] = (), reading: str = "real") -> bool:
    """Whether two terms are equal wherever both have a value, by the normal form. True is a proof; False means "not shown"."""
    try:
        c = converter((a, b), assumptions, reading)
        return equal_in(c, a, b)
    except GIVES_UP:
        return False


def equal_in(c: Converter, a: Term, b: Term) -> bool:
    """`equal`, with a converter at hand. Raises what it gives up on."""
    if a == b:
        return True
    if full(a.shape) != full(b.shape):
        return False
    if a.shape:
        x, y = matrices.entries(c, a), matrices.entries(c, b)
        return all(c.field.equal(p, q) for r, s in zip(x, y, strict=True) for p, q in zip(r, s, strict=True))
    return c.field.equal(c(a), c(b))


__all__ = ["GIVES_UP", "Converter", "Element", "converter", "equal", "equal_in"]
