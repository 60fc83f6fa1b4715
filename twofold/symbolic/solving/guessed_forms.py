"""Closed forms of isolated solutions, guessed from an enclosure and proved by substitution: exp(q), pi*q, sqrt(q) and log(q) with simple fractions q."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import arb

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, num, substitute
from twofold.symbolic.arithmetic import negate, over, times
from twofold.symbolic.context import Context
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.ring import fraction
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.normal import equal
from twofold.symbolic.solving.places import Place

_BITS = 120
_LARGEST, _DEEPEST = 10_000, 60
"""The largest numerator and denominator of a fraction that is no accident."""
_FARTHEST = 30


def guessed(p: Place, relation: App, symbol: Symbol, context: Context) -> Place | None:
    """The place with its closed form, at which both sides of the relation are proved to be the same; `None` where no guess is right."""
    with precision(_BITS + 40):
        ball = p.enclosure(_BITS)
        guesses = list(_guesses(ball))
    for t in guesses:
        sides = [substitute(side, {symbol: t}) for side in relation.args]
        if equal(sides[0], sides[1], context.assumptions, context.reading):
            return Place(p.enclosure, t)
    return None


def _of_pi(q: Num) -> Term:
    """-3*pi/2 as it is written."""
    size = abs(q.value)
    made = over(times(num(size.numerator), Const("pi")), num(size.denominator))
    return negate(made) if q.value < 0 else made


def _guesses(ball: arb) -> Iterator[Term]:
    kinds: tuple[tuple[bool, Callable[[], arb], Callable[[Num], Term]], ...] = (
        (bool(ball > 0), ball.log, lambda q: app("exp", q)),
        (True, lambda: ball / arb.pi(), _of_pi),
        (True, lambda: ball * ball, lambda q: app("sqrt", q) if ball > 0 else negate(app("sqrt", q))),
        (bool(abs(ball) < _FARTHEST), ball.exp, lambda q: app("log", q)),
    )
    for applies, undone, made in kinds:
        if not applies:
            continue
        found = undone()
        if not found.is_finite() or found.is_exact():
            continue
        q = simplest(fraction(found.lower().fmpq()), fraction(found.upper().fmpq()))
        if q and abs(q.numerator) <= _LARGEST and q.denominator <= _DEEPEST:
            yield made(Num(q))
