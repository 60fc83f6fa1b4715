"""Checks of solutions found as decimals: certified values of different sign beside each."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from twofold.core.evidence import Check
from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import EXACT_ROUTE, items, value, verdict
from twofold.grammar.term import (
    App,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    substitute,
)
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context


def numeric_root(question: Term, answer: Term, context: Context) -> Check | None:
    """Certified values of different sign just beside each decimal; for systems the residuals there."""
    if not isinstance(question, App):
        return None
    zeros = [z for r in relations(question.args[0]) if (z := residual(r)) is not None]
    points_found = items(answer) if isinstance(answer, App) and answer.op == "set" else [answer]
    names = list(dict.fromkeys(s for z in zeros for s in free_symbols(z)))
    if len(zeros) == 1 and len(names) == 1:
        return _sign_changes(zeros[0], names[0], points_found, context)
    order = [n for a in question.args[1:] for n in _names(a) if n in names] or names
    errors: list[float] = []
    for p in points_found:
        values = items(p)
        if len(values) != len(order):
            return Check("substitution", None, None, EXACT_ROUTE)
        for z in zeros:
            put = substitute(z, dict(zip(order, values, strict=True)))
            found = value(put, {}, context)
            if found is not None:
                errors.append(float(abs(found)))
    return verdict("substitution", errors)


def _names(t: Term) -> list[Symbol]:
    if isinstance(t, App) and t.op in ("eq", "in"):
        return _names(t.args[0])
    return [p.symbol for p in items(t) if isinstance(p, Var)]


def _sign_changes(zero: Term, x: Symbol, found: list[Term], context: Context) -> Check:
    sure = True
    for p in found:
        if not isinstance(p, Num):
            return Check("sign change", None, None, EXACT_ROUTE)
        step = Fraction(1, 10 ** (context.digits - 1)) * (abs(p.value) or Fraction(1))
        try:
            signs = [ball(zero, {x: p.value + d}, 256, "real") for d in (-step, step)]
        except NoValue:
            return Check("sign change", None, None, EXACT_ROUTE)
        if not all(isinstance(s, (arb, fmpq)) for s in signs):
            return Check("sign change", None, None, EXACT_ROUTE)
        if not bool(arb(signs[0]) * arb(signs[1]) < 0):
            middle = value(zero, {x: p.value}, context)
            sure = sure and middle is not None and float(abs(middle)) < 1e-12
    if not found:
        return Check("sign change", None, None, EXACT_ROUTE, "nothing to check")
    return Check(
        "certified sign change",
        True if sure else None,
        context.digits - 1 if sure else None,
        EXACT_ROUTE,
        "" if sure else "no sign change",
    )
