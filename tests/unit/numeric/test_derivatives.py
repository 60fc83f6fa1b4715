"""Derivatives of random terms against central differences at high precision, in balls; floats against balls."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from flint import arb, fmpq

from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import Symbol, Term, num, substitute, var
from twofold.numeric.evaluate import NoValue, ball, floats

X, Y = Symbol("x"), Symbol("y")
ONE = "exp log sqrt sin cos tan tanh atan erf gamma asinh abs sinh cosh asin lambertw digamma sigmoid cbrt relu".split()
TWO = "add sub mul div pow max atan2".split()


def random_term(rng: Random, depth: int) -> Term:
    if depth == 0:
        return rng.choice([var(X), var(X), var(Y), num(2), app("add", var(X), num(1))])
    if rng.random() < 0.5:
        return app(rng.choice(TWO), random_term(rng, depth - 1), random_term(rng, depth - 1))
    return app(rng.choice(ONE), random_term(rng, depth - 1))


def diff(t: Term, s: Symbol, order: int = 1) -> Term:
    inner = Symbol(s.name)
    return bound("diff", (inner,), substitute(t, {s: var(inner)}), var(s), num(order))


@pytest.mark.parametrize("seed", range(10))
def test_against_differences(seed: int) -> None:
    rng, checked = Random(seed), 0
    for _ in range(40):
        t = random_term(rng, 3)
        x, y, h = Fraction(rng.randint(1, 40), 11), Fraction(rng.randint(-20, 30), 7), Fraction(1, 2**60)
        kind = rng.choice(["first", "second", "mixed"])
        try:
            if kind == "mixed":
                got = arb(ball(diff(diff(t, X), Y), {X: x, Y: y}, 300))
                corner = [arb(ball(t, {X: x + a * h, Y: y + b * h}, 500)) for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
                want = (corner[0] - corner[1] - corner[2] + corner[3]) / (4 * arb(fmpq(1, 2**120)))
            else:
                order = 1 if kind == "first" else 2
                got = arb(ball(diff(t, X, order), {X: x, Y: y}, 300))
                low, mid, high = (arb(ball(t, {X: x + k * h, Y: y}, 500)) for k in (-1, 0, 1))
                want = (high - low) / (2 * arb(fmpq(1, 2**60))) if order == 1 else (high - 2 * mid + low) / arb(fmpq(1, 2**120))
        except NoValue:
            continue
        if not (got.is_finite() and want.is_finite()) or abs(got) > 10**6:
            continue
        assert abs(got - want).abs_lower() <= arb("1e-15") * (1 + abs(got)), f"{kind} of {t} at {x}, {y}"
        checked += 1
        if kind == "first":
            value = floats(diff(t, X), [{X: x, Y: y}])[0]
            assert np.isnan(value) or abs(value - float(got)) <= 1e-6 * (1 + abs(float(got)))
    assert checked >= 8
