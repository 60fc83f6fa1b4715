"""The check of an answer by cases: every case is checked by itself, where its condition holds and those before it do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twofold.catalogue.conjunctions import conjuncts, disjuncts
from twofold.core.evidence import Check
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, substitute
from twofold.symbolic.context import Context

Checker = Callable[[Term, Term, Context], Check | None]
MOST_ALTERNATIVES = 4


def by_cases(question: Term, answer: App, context: Context, checker: Checker) -> Check | None:
    """The checks of all cases joined: one that disagrees is a disagreement; cases that cannot be checked are counted."""
    found: list[Check | None] = []
    before: list[Term] = []
    for k in range(0, len(answer.args), 2):
        value = answer.args[k]
        condition = answer.args[k + 1] if k + 1 < len(answer.args) else None
        excluded = [App("not", (c,), (), "truth") for c in before]
        for parts in _alternatives(condition)[:MOST_ALTERNATIVES]:
            settled, rest = _settled(parts, context)
            facts = [substitute(f, settled) for f in (*rest, *excluded)]
            if any(impossible(f) for f in facts):
                continue
            inside = replace(
                context.given(*facts),
                assumptions=tuple(substitute(f, settled) for f in (*context.assumptions, *facts)),
                conditions=[substitute(c, settled) for c in context.conditions],
            )
            found.append(checker(substitute(question, settled), substitute(value, settled), inside))
        if condition is not None:
            before.append(condition)
    return _joined(found)


def impossible(fact: Term) -> bool:
    """Whether a condition on numbers alone is false."""
    from twofold.numeric.evaluate import floats
    from twofold.numeric.outcomes import NoValue

    if free_symbols(fact):
        return False
    try:
        return not bool(floats(fact, [{}], "real")[0])
    except NoValue:
        return False


def _alternatives(condition: Term | None) -> list[list[Term]]:
    """A condition as alternatives, each a list of parts that hold together."""
    return [[]] if condition is None else [conjuncts(part) for part in disjuncts(condition)]


def _settled(parts: list[Term], context: Context) -> tuple[dict[Symbol, Term], list[Term]]:
    """Names that equations give a value, and the parts that are left."""
    from twofold.symbolic.algebra.cases import solved_for

    values: dict[Symbol, Term] = {}
    rest: list[Term] = []
    for p in parts:
        p = substitute(p, values)
        pair = None
        if isinstance(p, App) and p.op == "eq":
            left, right = p.args
            pair = (left.symbol, right) if isinstance(left, Var) else solved_for(left, right, context)
        if pair is None:
            rest.append(p)
            continue
        values = {s: substitute(t, dict([pair])) for s, t in values.items()} | dict([pair])
    return values, rest


def _joined(found: list[Check | None]) -> Check | None:
    wrong = next((c for c in found if c is not None and c.agrees is False), None)
    if wrong is not None:
        return wrong
    sure = [c for c in found if c is not None and c.agrees]
    if not sure:
        return next((c for c in found if c is not None), None)
    digits = min((c.digits for c in sure if c.digits is not None), default=None)
    note = "" if len(sure) == len(found) else f"{len(sure)} of {len(found)} cases could be checked"
    return Check(f"{sure[-1].method}, case by case", True, digits, sure[-1].independent_of, note)
