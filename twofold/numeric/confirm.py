"""A point of a claim where no enclosure can be had: both sides by two methods that fail in different ways.

Two estimates may be wrong for the same reason (a kink between their nodes, a spike far out, terms that are 0 for long): they are asked for only where
everything is analytic and no number in the claim is large or small, and what the two did must differ in every part.
"""

from __future__ import annotations

from fractions import Fraction

import flint

from twofold.grammar.term import App, Bound, Num, Term, free_symbols, subterms
from twofold.numeric.certify import ORDER, Outcome, text
from twofold.numeric.evaluate import ball, confirmed
from twofold.numeric.outcomes import NoValue
from twofold.numeric.valuation import Valuation

MARGIN = 10
"""Digits to which two methods must agree beyond those to which the sides do."""

DIGITS = 20
_LARGE = 32
_ESTIMATED = frozenset("integrate antiderivative sum limit bracket".split())
_TAME = frozenset(
    """add sub mul div neg pow exp log sqrt cbrt sin cos tan sec csc cot sinh cosh tanh sech csch coth asin acos atan asinh acosh atanh
    gamma loggamma digamma polygamma beta lowergamma uppergamma erf erfc erfi erfinv Phi phi Ei li Si Ci Shi Chi fresnels fresnelc sinc
    besselj bessely besseli besselk airyai airybi airyaiprime airybiprime elliptic_k elliptic_e zeta polylog lambertw
    factorial binomial harmonic rising falling logistic sigmoid softplus""".split()
)
"""Operations that are analytic where they have a value."""


def admissible(*sides: Term) -> bool:
    """Whether estimates of the sides may be trusted: something to estimate, all of it analytic, no large or small number in it."""
    parts = [t for side in sides for t in subterms(side)]
    if not any(isinstance(t, Bound) and t.op in _ESTIMATED for t in parts):
        return False
    for t in parts:
        if t.shape or (isinstance(t, App) and t.op not in _TAME) or (isinstance(t, Bound) and t.op not in _ESTIMATED):
            return False
    return all(_moderate(t) for side in sides for t in subterms(side) if isinstance(t, Bound) for t in _closed(t.body))


def moderate(at: Valuation) -> bool:
    """Whether all values at a point are real numbers that are neither large nor small."""
    return all(
        isinstance(v, (int, Fraction)) and abs(Fraction(v).numerator) <= _LARGE and Fraction(v).denominator <= _LARGE
        for v in at.values()
    )


def _closed(t: Term) -> list[Term]:
    """The largest parts without names, and every number."""
    if not free_symbols(t):
        return [t, *(u for u in subterms(t) if isinstance(u, Num))]
    return [u for a in (*getattr(t, "args", ()), *([t.body] if isinstance(t, Bound) else [])) for u in _closed(a)]


def _moderate(t: Term) -> bool:
    if isinstance(t, Num):
        return abs(t.value.numerator) <= _LARGE and t.value.denominator <= _LARGE
    try:
        value = abs(flint.acb(ball(t, {}, 64, "complex", 0.05)))
    except (NoValue, TypeError):
        return isinstance(t, Bound)
    return bool(value < _LARGE) and (bool(value * _LARGE > 1) or value == 0)


def compare(
    relation: str, left: Term, right: Term, at: Valuation, reading: str, seconds: float = 1.0
) -> tuple[Outcome, tuple[str, ...]]:
    """What confirmed values of two sides say of a relation, with the methods: fails or agrees, else `unknown`."""
    unknown = Outcome("unknown", reason="two methods do not confirm the values"), ()
    found = [confirmed(side, at, DIGITS, reading, seconds) for side in (left, right)]
    if found[0] is None or found[1] is None:
        return unknown
    a, b = found[0], found[1]
    methods = next((side.methods for side in (a, b) if side.estimated), ())
    digits = min(a.digits, b.digits)
    x, y = flint.acb(a.value), flint.acb(b.value)
    with flint.ctx.workprec(128):
        size, gap = max(abs(x), abs(y)), abs(x - y)
        if len(set(methods)) < 2 or digits < MARGIN:
            return unknown
        close = gap <= size * flint.arb(10) ** (2 - digits)
        if close:
            return Outcome("agrees", text(a.value), text(b.value), digits - 2), methods
        if not gap > size * flint.arb(10) ** (MARGIN - digits):
            return unknown
        if relation == "==":
            return Outcome("fails", text(a.value), text(b.value), digits), methods
        if relation == "!=" or not (x.imag == 0 and y.imag == 0):
            return unknown
        sign = 1 if x.real > y.real else -1
        if sign in ORDER[relation]:
            return unknown
        return Outcome("fails", text(a.value), text(b.value), digits), methods
