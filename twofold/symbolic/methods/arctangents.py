"""Sums of arctangents of rationals and multiples of pi: the product of Gaussian rationals, and an enclosure of the angle."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from flint import arb, fmpq

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import free_symbols
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.field import Element


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the angle is a multiple of pi, exactly, and smaller than pi."""
    if goal.left.shape or free_symbols(goal.left) or free_symbols(goal.right):
        raise NotApplicable("not a constant")
    try:
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        d = c.field.sub(c(goal.left), c(goal.right))
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if len(d.den) > 1 or not d.num:
        raise NotApplicable("not a sum of arctangents")
    angles: list[tuple[Fraction, Fraction]] = []
    turns = Fraction(0)
    for m, v in d.num.items():
        value = Fraction(int(v.p), int(v.q))
        if len(m) != 1 or m[0][1] != 1:
            raise NotApplicable("not a sum of arctangents")
        key = c.field.kernels[m[0][0]]
        if key == ("sym", "pi"):
            turns = value
        elif key[0] == "atan":
            r = Element(dict(key[1][0]), dict(key[1][1])).rational()
            if r is None:
                raise NotApplicable("an arctangent of what is not rational")
            angles.append((value, r))
        else:
            raise NotApplicable("not a sum of arctangents")
    scale = lcm(*(a.denominator for a, _ in angles), (4 * turns).denominator)
    if max((abs(a * scale) for a, _ in angles), default=Fraction(0)) > 400 or (4 * turns * scale).denominator != 1:
        raise NotApplicable("too many turns")
    re, im = Fraction(1), Fraction(0)
    factors = [(int(a * scale), r) for a, r in angles] + [(int(4 * turns * scale), Fraction(1))]
    for k, r in factors:
        r = r if k > 0 else -r
        for _ in range(abs(k)):
            re, im = re - im * r, im + re * r
    if im != 0:
        raise NotApplicable("the angle is not a multiple of pi")
    total = arb.pi() * arb(fmpq(turns.numerator, turns.denominator))
    for a, r in angles:
        total += arb(fmpq(a.numerator, a.denominator)) * arb(fmpq(r.numerator, r.denominator)).atan()
    if abs(total) * scale < arb.pi():
        return Evidence("arctangent addition", Truth.PROVED, Strength.PROOF, points=1, effective=1)
    raise NotApplicable("the angle is another multiple of pi")


SPEC = Method(
    name="arctangent addition",
    relations=frozenset({"=="}),
    cost=7,
    concludes=frozenset({Truth.PROVED}),
    soundness="the argument of a product of Gaussian rationals is the sum of the arguments, modulo a full turn that the enclosure excludes",
    run=run,
    holds=("4*atan(1/5) - atan(1/239) == pi/4", "atan(1/2) + atan(1/3) == pi/4"),
    fails=(),
    open=("atan(1/2) + atan(1/3) == pi/4 + 1/10^20",),
)
