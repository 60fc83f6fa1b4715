"""Checks of limits and asymptotes: values on the way to a point, in balls."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import arb, fmpq

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, items, points, value, verdict
from twofold.engine.comparison import compare
from twofold.grammar.term import INFINITE, OO, App, Bound, Symbol, Term, Var, num, substitute, subterms
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.numeric.valuation import Valuation
from twofold.symbolic.context import Context


def limit(question: Term, answer: Term, context: Context) -> Check | None:
    """The values of the expression on the way to the target."""
    if not isinstance(question, Bound) or question.shape:
        return compare(question, answer, context)
    sides = (
        [question.side]
        if question.side
        else ["-"]
        if question.args[0] == OO
        else ["+"]
        if question.args[0] in INFINITE
        else ["+", "-"]
    )
    errors: list[float] = []
    for p in points([question, answer], context, 3):
        ways = [_approach(question, s, p, context) for s in sides]
        if answer.sort == "text":
            return _nowhere(ways)
        for way, s in zip(ways, sides, strict=True):
            error = _towards(way, answer, p, context)
            slow = any(isinstance(t, App) and t.op == "log" for t in subterms(question.body))
            if error is not None and error > 0.05 and slow and question.args[0] in INFINITE:
                # A logarithm is slow: the values much further out decide.
                error = _towards(_approach(question, s, p, context, (500, 1000, 2000)), answer, p, context)
            if error is not None:
                errors.append(error)
    return verdict("approached", errors, close=1e-4, apart=0.05)


def _approach(question: Bound, side: str, p: Valuation, context: Context, steps: tuple[int, ...] = (10, 20, 40, 80)) -> list[arb]:
    """Values at points closer and closer to the target from a side."""
    x, target = question.symbols[0], question.args[0]
    found = []
    for k in steps:
        if target in INFINITE:
            place: Term = num(10 ** (k // 5) if target == OO else -(10 ** (k // 5)))
        else:
            step = App("div", (num(1), num(2**k)))
            place = App("add" if side == "+" else "sub", (target, step))
        try:
            made = ball(substitute(question.body, {x: place}), p, 512, context.reading)
        except NoValue:
            continue
        if isinstance(made, (arb, fmpq)) and _is_sharp(arb(made)):
            found.append(arb(made))
    return found


def _is_sharp(v: arb) -> bool:
    """Whether an enclosure says what the value is, not just how large it may be."""
    return bool(v.is_finite() and v.rad() <= arb(2) ** -30 * (1 + abs(v)).lower())


def _towards(way: list[arb], answer: Term, p: Valuation, context: Context) -> float | None:
    """How far the last value is from the limit, relative to it; 0 for values that run off as claimed; `None` where that cannot
    be told."""
    if len(way) < 2:
        return None
    last = [float(v.mid()) for v in way]
    if answer in INFINITE:
        sign = 1 if answer == OO else -1
        if all(sign * b > sign * a for a, b in zip(last, last[1:], strict=False)):
            return 0.0
        return None
    try:
        claimed = ball(answer, p, 128, context.reading)
    except NoValue:
        return None
    if not isinstance(claimed, (arb, fmpq)):
        return None
    claimed = arb(claimed)
    errors = [float(abs(v - claimed).mid()) for v in way]
    scale = max(abs(float(claimed.mid())), 1.0 if claimed.contains(0) else 0.0)
    if not all(math.isfinite(e) for e in errors):
        return None
    if errors[-1] <= 1e-4 * scale:
        return errors[-1] / scale
    # Slow convergence: an error that still shrinks markedly, or values that have not settled yet, are no disagreement.
    moving = float(abs(way[-1] - way[-2]).mid()) > 0.05 * errors[-1]
    return None if errors[-1] < 0.9 * errors[-2] or moving else errors[-1] / max(scale, 1e-300)


def _nowhere(ways: list[list[arb]]) -> Check:
    ends = [w[-1] for w in ways if w]
    if len(ends) == 2 and not ends[0].overlaps(ends[1]) and abs(float((ends[0] - ends[1]).mid())) > 1e-3:
        return Check("approached", True, None, EXACT_ROUTE, "the sides differ")
    return Check("approached", None, None, EXACT_ROUTE, "values alone do not show that there is no limit")


def asymptotes(question: Term, answer: Term, context: Context) -> Check | None:
    """Values far out lie near the lines; values beside the vertical places are large."""
    if not isinstance(question, App) or not isinstance(question.args[1], Var) or not isinstance(answer, App):
        return None
    f, x = question.args[0], question.args[1].symbol
    errors: list[float] = []
    for p in points([question], context, 2, without=[x]):
        for line in items(answer.args[1]):
            gaps = [value(App("sub", (f, line)), {**p, x: s * 10**7}, context) for s in (1, -1)]
            near = [float(abs(g)) for g in gaps if g is not None]
            errors += [min(near)] if near else []
        for place in items(answer.args[0]):
            errors += _growth(f, x, place, p, context)
    return verdict("values far out and beside", errors, close=1e-3, apart=0.5)


def _growth(f: Term, x: Symbol, place: Term, p: Valuation, context: Context) -> list[float]:
    """0 where the size grows without a sign of a bound on one side of a place, 1 where it does on neither; nothing is said where values are missing."""
    out = []
    for side in (1, -1):
        near = [value(substitute(f, {x: App("add", (place, num(Fraction(side, 10**k))))}), p, context) for k in (3, 5, 7)]
        if any(v is None for v in near):
            continue
        first, second, third = (float(abs(v)) for v in near)
        # A logarithm gains the same with every step; what has a limit gains less and less.
        out.append(third > 100 or third - second > 0.4 * (second - first) > 0)
    return [0.0] if any(out) else [1.0] if len(out) == 2 else []
