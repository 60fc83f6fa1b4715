"""Claims in which the constant of an indefinite integral matters: an integral that is integrated again, multiplied, or stands in an exponential.

An indefinite integral stands for any of its values, so such a claim says that it holds for suitable constants, and a counterexample for one choice
of them refutes nothing. An equation that is linear in the integrals is solved for one of them and judged up to a constant; of any other claim
only a proof with closed forms counts. What holds, but not for the closed forms that one would write, is left undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import ShapeError, app
from twofold.core.evidence import Evidence, Verdict
from twofold.core.truth import Truth
from twofold.grammar.term import (
    App,
    Bound,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.arithmetic import over
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.normal import GIVES_UP, equal
from twofold.symbolic.primitives.direct import direct

Judge = Callable[[Goal], Verdict]

SUITABLE = "the constants of the indefinite integrals are chosen suitably"
UNUSUAL = (
    "it holds for some choice of the constants of the indefinite integrals, and not for that of the closed forms that one writes"
)
_HOLDING = (Truth.PROVED, Truth.SUPPORTED)
_AMISS = (Truth.REFUTED, Truth.CONDITIONAL)


def stand_in(goal: Goal) -> bool:
    """Whether an indefinite integral stands in a goal."""
    return any(isinstance(t, Bound) and t.op == "antiderivative" for side in (goal.left, goal.right) for t in subterms(side))


def judged(goal: Goal, own: Callable[[Goal], Verdict], judge: Judge) -> Verdict:
    """The verdict on a goal with indefinite integrals: `own` decides with one choice of the constants, `judge` other goals."""
    goal = replace(goal, left=_differentiated(goal.left), right=_differentiated(goal.right))
    if not stand_in(goal):
        return own(goal)
    verdict = own(goal)
    if verdict.truth in _HOLDING or verdict.truth is Truth.CONFLICT:
        return verdict
    evidence = tuple(e for e in verdict.evidence if not _refutes(e))
    closed = _closed(goal)
    plain = None if closed is None else judge(closed)
    if plain is not None and plain.truth in _HOLDING:
        return replace(plain, evidence=(*evidence, *plain.evidence), notes=(*plain.notes, SUITABLE))
    solved = _solved(goal) if goal.relation == "==" else None
    if solved is not None:
        found = judge(solved)
        if found.truth in _HOLDING and plain is not None and plain.truth in _AMISS:
            return Verdict(Truth.UNDECIDED, (*evidence, *found.evidence), notes=(UNUSUAL,))
        return replace(found, evidence=(*evidence, *found.evidence), notes=(*found.notes, SUITABLE))
    if verdict.truth not in _AMISS:
        return verdict
    note = "it fails for one choice of the constants of the indefinite integrals, which shows nothing for the others"
    return Verdict(Truth.UNDECIDED, evidence, notes=(note,))


def _refutes(e: object) -> bool:
    return isinstance(e, Evidence) and e.truth in _AMISS


def _differentiated(t: Term) -> Term:
    """A side in which no indefinite integral stands under a derivative that can be taken."""

    def rule(u: Term) -> Term | None:
        if not (isinstance(u, Bound) and u.op == "diff" and isinstance(u.args[0], Var) and u.args[1] == num(1)):
            return None
        if not any(isinstance(x, Bound) and x.op == "antiderivative" for x in subterms(u.body)):
            return None
        s = u.args[0].symbol
        try:
            return derivative(substitute(u.body, {u.symbols[0]: var(s)}), s)
        except (NoClosedForm, ShapeError, KeyError, TypeError):
            return None

    return transform(t, rule)


def _integrals(goal: Goal) -> list[Bound] | None:
    """The outermost indefinite integrals; None where one stands under something that binds names."""
    found: dict[Bound, None] = {}

    def walk(t: Term) -> bool:
        if isinstance(t, Bound) and t.op == "antiderivative":
            found.setdefault(t)
            return True
        if not any(isinstance(x, Bound) and x.op == "antiderivative" for x in subterms(t)):
            return True
        return isinstance(t, App) and not t.shape and all(map(walk, t.args))

    return list(found) if walk(goal.left) and walk(goal.right) else None


def _solved(goal: Goal) -> Goal | None:
    """The goal solved for its first integral, up to a constant in its variable; None where it is not linear in the integrals with factors in
    constant ratios."""
    integrals = _integrals(goal)
    if not integrals or goal.left.shape or goal.right.shape or any(not isinstance(t.args[0], Var) for t in integrals):
        return None
    variables = {t.args[0].symbol for t in integrals if isinstance(t.args[0], Var)}
    if len(variables) > 1:
        return None
    (x,) = variables
    values: dict[Term, Symbol] = {t: Symbol(f"integral_{k}") for k, t in enumerate(integrals)}
    gap = app("sub", *(transform(side, lambda t: var(values[t]) if t in values else None) for side in (goal.left, goal.right)))
    try:
        factors = [derivative(gap, u) for u in values.values()]
        if any(set(free_symbols(f)) & set(values.values()) for f in factors):
            return None
        first = factors[0]
        if equal(first, num(0), goal.assumptions, goal.reading):
            return None
        ratios = [over(f, first) for f in factors]
        if any(x in free_symbols(r) and not equal(derivative(r, x), num(0), goal.assumptions, goal.reading) for r in ratios[1:]):
            return None
        rest = over(substitute(gap, dict.fromkeys(values.values(), num(0))), first)
    except (NoClosedForm, ShapeError, KeyError, TypeError, *GIVES_UP):
        return None
    left: Term = integrals[0]
    for t, r in zip(integrals[1:], ratios[1:], strict=True):
        left = app("add", left, app("mul", r, t))
    return replace(goal, left=left, right=app("neg", rest), up_to="constant", variables=(x,))


def _closed(goal: Goal) -> Goal | None:
    """The goal with closed forms for its integrals, each differentiated back."""
    integrals = _integrals(goal)
    if not integrals:
        return None
    values: dict[Term, Term] = {}
    for t in integrals:
        inner = copy_symbol(t.symbols[0])
        body = substitute(t.body, {t.symbols[0]: var(inner)})
        try:
            primitive = direct(body, inner)
            if primitive is None or not equal(derivative(primitive, inner), body, goal.assumptions, goal.reading):
                return None
        except (NoClosedForm, ShapeError, KeyError, TypeError, *GIVES_UP):
            return None
        values[t] = substitute(primitive, {inner: t.args[0]})
    left, right = (transform(side, lambda t: values.get(t)) for side in (goal.left, goal.right))
    return replace(goal, left=left, right=right)
