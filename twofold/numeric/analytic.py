"""Concrete analytic functions that stand for an arbitrary one, as lambda terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import Bound, Symbol, Term, num, var


def function(rng: Random, arity: int, point: int, properties: frozenset[str]) -> Bound:
    """An analytic function of that many variables: a polynomial at first, then with exponentials and sines. Positive where that is declared."""
    symbols = tuple(Symbol(n) for n in (("t",) if arity == 1 else tuple(f"t{k + 1}" for k in range(arity))))
    xs = [var(s) for s in symbols]
    body: Term = num(_coefficient(rng))
    for x in xs:
        body = app("add", body, _summand(rng, x, point))
    for a, b in zip(xs, xs[1:], strict=False):
        body = app("add", body, _times(_coefficient(rng), app("mul", a, app("mul", b, b) if point % 2 else b)))
    if "positive" in properties:
        body = app("add", num(Fraction(1, 2)), app("pow", body, num(2)))
    return bound("lambda", symbols, body)


def _coefficient(rng: Random) -> Fraction:
    return Fraction(rng.choice((1, -1, 2, -2, 3)), rng.choice((1, 1, 2, 3)))


def _times(c: Fraction, t: Term) -> Term:
    return t if c == 1 else app("mul", num(c), t)


def _summand(rng: Random, x: Term, point: int) -> Term:
    forms: tuple[Callable[[], Term], ...] = (
        lambda: app("pow", x, num(2)),
        lambda: app("add", app("pow", x, num(3)), _times(_coefficient(rng), x)),
        lambda: app("exp", _times(Fraction(1, rng.choice((1, 2, 3))), x)),
        lambda: app("add", app("sin", x), _times(_coefficient(rng), app("pow", x, num(2)))),
        lambda: app("cos", app("mul", num(2), x)),
        lambda: app("div", num(1), app("add", num(rng.choice((1, 2))), app("pow", x, num(2)))),
    )
    kind = point if point < len(forms) else rng.randrange(len(forms))
    return _times(_coefficient(rng), forms[kind]())
