"""Germs enclose the function that they stand for, at every point from their start on."""

from __future__ import annotations

from random import Random

import flint
import pytest
from flint import arb, fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, Term, num, var
from twofold.numeric.balls import Balls
from twofold.numeric.evaluator import Evaluator, Work
from twofold.numeric.germs import Germ, Germs
from twofold.numeric.outcomes import NoValue

X = Symbol("x")
ONE = [
    "exp",
    "log",
    "sqrt",
    "sin",
    "cos",
    "tanh",
    "atan",
    "erf",
    "erfc",
    "abs",
    "sinh",
    "cosh",
    "gamma",
    "loggamma",
    "digamma",
    "floor",
    "sign",
    "tan",
    "asinh",
]
TWO = ["add", "sub", "mul", "div", "add", "mul", "max"]


def random_term(rng: Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.15:
        c = num(rng.choice((1, 2, 3, -1, -2)))
        return rng.choice([var(X), var(X), app("div", num(1), var(X)), app("add", var(X), c), app("mul", c, var(X)), c])
    roll = rng.random()
    if roll < 0.45:
        return app(rng.choice(TWO), random_term(rng, depth - 1), random_term(rng, depth - 1))
    if roll < 0.6:
        exponent = rng.choice(
            [num(2), app("div", num(1), num(2)), num(-1), app("div", num(-2), num(3)), app("div", num(1), var(X))]
        )
        return app("pow", random_term(rng, depth - 1), exponent)
    return app(rng.choice(ONE), random_term(rng, depth - 1))


def value_at(germs: Germs, g: object, u: fmpq) -> arb:
    """The enclosure that a germ gives at a point."""
    if not isinstance(g, Germ):
        return arb(g)
    log_u, out = arb(u).log(), arb(0)
    for m in g.terms:
        exponent = arb(m.p) * log_u
        for (q, k), e in m.growth:
            exponent += arb(e) * (arb(q) * log_u).exp() * log_u ** arb(k)
        out += arb(m.c) * exponent.exp() * log_u ** arb(m.l)
    return out


@pytest.mark.parametrize("seed", range(12))
def test_enclosures(seed: int) -> None:
    rng = Random(seed)
    checked = 0
    with flint.ctx.workprec(256):
        for _ in range(60):
            term = random_term(rng, rng.choice([2, 3]))
            start = rng.choice([8, 64, 2**16])
            germs = Germs(start)
            try:
                g = Evaluator(germs, {X: germs.variable()}, Work(20_000, 20)).value(term)
            except NoValue:
                continue
            for u in (fmpq(start), fmpq(3 * start, 2), fmpq(10 * start + 1), fmpq(start) ** 2):
                try:
                    exact = arb(Evaluator(Balls("real"), {X: u}, Work(20_000, 20)).value(term))
                except NoValue:
                    continue
                held = value_at(germs, g, u)
                if held.is_finite() and exact.is_finite():
                    assert held.overlaps(exact), f"{term} at {u}: {held} misses {exact}"
                    checked += 1
    assert checked > 40
