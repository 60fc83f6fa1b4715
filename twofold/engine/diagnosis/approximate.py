"""Numeric claims: the number that should stand there."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.core.truth import Truth
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.place import locate
from twofold.engine.diagnosis.relations import Judge
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import free_symbols
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue


def rounded(goal: Goal, right: tree.Expr, judge: Judge, resolve: Resolve) -> list[Diagnosis]:
    """The left side, rounded to as many significant digits as the number on the right shows."""
    literal = right.operand if isinstance(right, tree.Prefix) and right.operator == "-" else right
    if not isinstance(literal, tree.Number) or free_symbols(goal.left):
        return []
    try:
        value = ball(goal.left, {}, 128, goal.reading)
    except NoValue:
        return []
    value = value if isinstance(value, arb) else arb(value) if not isinstance(value, (tuple, bool)) else None
    if value is None or not value.is_finite():
        return []
    q = value.mid().fmpq()
    text = significant(Fraction(int(q.p), int(q.q)), max(2, _digits(literal.text)))
    new = parse_expression(text, "")
    place = locate(right, right, new)
    if place is None:
        return []
    try:
        holds = judge(
            Goal("~=", goal.left, resolve(new), goal.assumptions, goal.reading, tolerance=_tolerance(goal), seed=goal.seed)
        ).truth
    except TwofoldError:
        return []
    if holds not in (Truth.PROVED, Truth.SUPPORTED):
        return []
    return [
        Diagnosis("repair", f"the left side is {write(new)}, rounded", place.line, place.column, place.length, place.replacement)
    ]


def _digits(text: str) -> int:
    """The significant digits that a number shows."""
    mantissa = text.lower().partition("e")[0].replace(".", "").lstrip("0")
    return max(1, len(mantissa))


def significant(q: Fraction, digits: int) -> str:
    """A number with so many significant digits, as it is typed."""
    from decimal import Context, Decimal

    made = Context(prec=digits).divide(Decimal(q.numerator), Decimal(q.denominator))
    if made == 0:
        return "0"
    exponent = made.adjusted()
    return f"{made:f}" if -8 < exponent < 12 else f"{made:e}".replace("e+", "e")


def _tolerance(goal: Goal):  # type: ignore[no-untyped-def]
    return goal.tolerance
