"""Sums of logarithms, arctangents, arcsines and pi with algebraic coefficients, all of algebraic numbers: a product of powers, and one of Gaussian factors.

The coefficients are put together by their irrational parts. What goes with each of these is 0 where the product of the powers under the logarithms is 1 and the
product of the factors 1 + im*b, for the arctangents of b, is real, with a sum of the angles that an enclosure shows to be smaller than pi.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from flint import arb

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import free_symbols
from twofold.symbolic.asymptotic.balls import NoEnclosure, enclosure
from twofold.symbolic.methods import algebraic_numbers
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Mono
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.raising import raised

_MOST = 200
"""The sum of the exponents in one product."""
_PLAIN = frozenset(("prime", "abs", "cbrt"))
"""Kernels of the coefficients: roots of numbers."""


def run(goal: Goal, context: Any) -> Evidence:
    if goal.left.shape or goal.reading != "real" or free_symbols(goal.left) or free_symbols(goal.right):
        raise NotApplicable("not a real constant")
    try:
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        d = c.field.sub(c(goal.left), c(goal.right))
        if all(_vanishes(c, parts, goal) for parts in _groups(c, d).values()):
            return Evidence("logarithms and angles", Truth.PROVED, Strength.PROOF, points=1, effective=1)
    except (*GIVES_UP, NoEnclosure) as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the products are not 1")


Part = tuple[Fraction, Any]


def _groups(c: Converter, d: Element) -> dict[Mono, list[Part]]:
    """Rational coefficients of logarithms, arctangents and pi, by the irrational factor that goes with them."""
    out: dict[Mono, list[Part]] = {}
    for m, v in d.num.items():
        rest, own = [], []
        for g, e in m:
            key = c.field.kernels[g]
            if key[0] in _PLAIN:
                rest.append((g, e))
            elif e == 1 and (key == ("sym", "pi") or key[0] in ("log", "atan", "asin")):
                own.append(key)
            else:
                raise NotApplicable("not a sum of logarithms and angles")
        if len(own) != 1:
            raise NotApplicable("not a sum of logarithms and angles")
        out.setdefault(tuple(rest), []).append((Fraction(int(v.p), int(v.q)), own[0]))
    if not out or all(key == ("sym", "pi") for parts in out.values() for _, key in parts):
        raise NotApplicable("not a sum of logarithms and angles")
    return out


def _vanishes(c: Converter, parts: list[Part], goal: Goal) -> bool:
    scale = lcm(*((4 * v).denominator if key == ("sym", "pi") else v.denominator for v, key in parts))
    if sum(abs(v) * scale for v, _ in parts) > 16 * _MOST:
        raise NotApplicable("too many factors")
    logs = [(int(v * scale), _base(c, key[1])) for v, key in parts if key[0] == "log"]
    angles = [(int(v * scale), _tangent(c, key)) for v, key in parts if key[0] in ("atan", "asin")]
    turns = sum((v for v, key in parts if key == ("sym", "pi")), Fraction(0))
    return _powers_match(c, logs, goal) and (not angles and not turns or _is_real(c, angles, int(4 * turns * scale), goal))


def _tangent(c: Converter, key: Any) -> Element:
    """The tangent of an arctangent, or of an arcsine: u/sqrt(1 - u^2), for u between -1 and 1."""
    f = c.field
    u = Element(dict(key[1][0]), dict(key[1][1]))
    if key[0] == "atan":
        return u
    if not abs(enclosure(f, u).real) < 1:
        raise NotApplicable("an arcsine at an end of its range")
    return f.div(u, power(c, f.sub(f.number(1), f.mul(u, u)), f.number(Fraction(1, 2))))


def _base(c: Converter, inner: Any) -> Element:
    if isinstance(inner, int):
        return c.field.number(inner)
    return Element(dict(inner[0]), dict(inner[1])) if isinstance(inner, tuple) else Element(dict(inner), UNIT)


def _powers_match(c: Converter, logs: list[tuple[int, Element]], goal: Goal) -> bool:
    """Whether the sizes of the products of the powers with positive and with negative exponents are the same."""
    if sum(abs(k) for k, _ in logs) > _MOST:
        raise NotApplicable("too many factors")
    f = c.field
    sides = [f.number(1), f.number(1)]
    for k, base in logs:
        sides[k < 0] = f.mul(sides[k < 0], f.power(base, abs(k)))
    return _equal(c, sides[0], sides[1], goal) or _equal(c, sides[0], f.neg(sides[1]), goal)


def _equal(c: Converter, a: Element, b: Element, goal: Goal) -> bool:
    if c.field.equal(a, b):
        return True
    try:
        algebraic_numbers.run(Goal("==", raised(c, a), raised(c, b), goal.assumptions, goal.reading), None)
    except NotApplicable:
        return False
    return True


def _is_real(c: Converter, angles: list[tuple[int, Element]], eighths: int, goal: Goal) -> bool:
    """Whether the product of (1 + im*b)^k and of the power of 1 + im is real, and the angle smaller than pi."""
    f = c.field
    factors = [*angles, (eighths, f.number(1))]
    if sum(abs(k) for k, _ in factors) > _MOST:
        raise NotApplicable("too many turns")
    real, imaginary = f.number(1), f.number(0)
    total = arb.pi() * arb(eighths) / 4
    for k, b in factors:
        b = b if k > 0 else f.neg(b)
        for _ in range(abs(k)):
            real, imaginary = f.sub(real, f.mul(imaginary, b)), f.add(imaginary, f.mul(real, b))
    for k, b in angles:
        total += arb(k) * enclosure(f, b).real.atan()
    return bool(abs(total) < arb.pi()) and _equal(c, imaginary, f.number(0), goal)


SPEC = Method(
    name="logarithms and angles",
    relations=frozenset({"=="}),
    cost=8,
    concludes=frozenset({Truth.PROVED}),
    soundness="a sum of logarithms is that of the product; the argument of a product is the sum of the arguments, modulo a full turn that the enclosure excludes",
    run=run,
    holds=(
        "log(3 + 2*sqrt(2)) == 2*log(1 + sqrt(2))",
        "atan(sqrt(2) - 1) == pi/8",
        "atan(sqrt(2) + 1) + atan(sqrt(3) + 2) == 19*pi/24",
        "log(2 - sqrt(3)) == -log(2 + sqrt(3))",
        "asin(sqrt(3)/2) == pi/3",
        "acos(-sqrt(2)/2) == 3*pi/4",
        "asin(3/5) + asin(4/5) == pi/2",
        "2*asin(1/sqrt(5)) == acos(3/5)",
        "sqrt(2)*(log(2 - sqrt(2)) - log(2 + sqrt(2))) == 2*sqrt(2)*log(sqrt(2) - 1)",
    ),
    fails=(),
    open=(
        "atan(sqrt(2) - 1) == pi/8 + 1/10^20",
        "log(3 + 2*sqrt(2)) == 2*log(1 + sqrt(2)) + 1/10^30",
        "atan(sqrt(2) + 1) + atan(sqrt(3) + 2) == -5*pi/24",
        "acos(-sqrt(2)/2) == pi/4",
        "asin(sqrt(3)/2) == pi/3 + 1/10^20",
    ),
)

__all__ = ["SPEC", "run"]
