"""Checks of differential equations: the solution put in, with derivatives taken numerically."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from twofold.catalogue.shapes import app
from twofold.core.evidence import Check
from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import items, points, value, verdict
from twofold.grammar.term import (
    App,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    operations,
    substitute,
    transform,
    var,
)
from twofold.symbolic.context import Context

_STEPS = frozenset("heaviside sign floor ceil abs max min piecewise".split())
_ASIDE = Fraction(1, 997)
"""How far points are moved where a right side may jump: a solution need not be differentiable there, and jumps are mostly at simple numbers."""


def differential(question: Term, answer: Term, context: Context) -> Check | None:
    """The solution put into the equations and the conditions, derivatives taken numerically."""
    if not isinstance(question, App) or answer == App("set", (), (), "set"):
        return None
    targets = items(question.args[1])
    applied = [t for t in targets if isinstance(t, App) and isinstance(t.args[0], Var) and isinstance(t.args[1], Var)]
    if len(applied) != len(targets):
        return None
    if answer.sort == "truth":
        return _level_lines(question, answer, applied[0], context) if len(applied) == 1 else None
    variables = {t.args[1].symbol for t in applied if isinstance(t.args[1], Var)}
    errors: list[float] = []
    for solution in items(answer) if isinstance(answer, App) and answer.op == "set" else [answer]:
        graphs = {}
        for target, part in zip(applied, items(solution), strict=True):
            f, x = target.args[0], target.args[1]
            assert isinstance(f, Var)
            assert isinstance(x, Var)
            t = Symbol(x.symbol.name)
            graphs[f.symbol] = Bound("lambda", (t,), substitute(part, {x.symbol: var(t)}), sort="function")
        for r in relations(question.args[0]):
            zero = residual(r)
            if zero is None:
                continue
            put = _with_functions(zero, graphs)
            jumps = not _STEPS.isdisjoint(operations(put))
            for p in points([put], context, 12):
                if jumps:
                    p = {s: v + _ASIDE if s in variables and isinstance(v, int | Fraction) else v for s, v in p.items()}
                found = value(put, p, context)
                if found is not None:
                    errors.append(float(abs(found)) / max(1.0, *_sizes(put, p, context)))
    return verdict("substitution with numeric derivatives", errors)


def _level_lines(question: App, answer: Term, target: App, context: Context) -> Check | None:
    """A solution given by an equation F(x, y(x)) == c: the straight line through a point with the slope of the level line there meets the equation at
    that point, and the conditions hold with their values in the place of x and y."""
    f, x = target.args
    if isinstance(answer, App) and answer.op == "or":
        parts = [_level_lines(question, a, target, context) for a in answer.args]
        failed = next((c for c in parts if c is None or not c.agrees), None)
        return failed if None in parts or failed is not None else parts[0]
    if not (isinstance(answer, App) and answer.op == "eq" and isinstance(f, Var) and isinstance(x, Var)):
        return None
    t, height = Symbol(x.symbol.name), Symbol(f.symbol.name)
    level = substitute(
        _with_functions(app("sub", *answer.args), {f.symbol: Bound("lambda", (t,), var(height), sort="function")}),
        {x.symbol: var(t)},
    )
    rise = [Bound("diff", (s,), level, (var(s), num(1))) for s in (t, height)]
    errors: list[float] = []
    for r in relations(question.args[0]):
        zero = residual(r)
        if zero is None:
            continue
        at = _place(r, f.symbol)
        if at is not None:
            found = value(substitute(level, {t: at[0], height: at[1]}), {}, context)
            if found is not None:
                errors.append(float(abs(found)))
            continue
        for p in points([*rise, var(t), var(height)], context, 8):
            across, up = (value(s, p, context) for s in rise)
            if across is None or up is None or not (isfinite(across) and isfinite(up)):
                continue
            if abs(up) <= 1e-6 * abs(across) or t not in p or height not in p:
                continue
            slope = Num(Fraction(float(-across / up)))
            line = app("add", Num(Fraction(p[height])), app("mul", slope, app("sub", var(t), Num(Fraction(p[t])))))
            put = substitute(_with_functions(zero, {f.symbol: Bound("lambda", (t,), line, sort="function")}), {x.symbol: var(t)})
            found = value(put, p, context)
            if found is not None:
                errors.append(float(abs(found)) / max(1.0, *_sizes(put, p, context)))
    return verdict("slope of the level lines put in", errors)


def _place(relation: Term, f: Symbol) -> tuple[Term, Term] | None:
    """The place and the value that a condition y(a) == b gives."""
    if not (isinstance(relation, App) and relation.op == "eq"):
        return None
    for left, right in (relation.args, relation.args[::-1]):
        if (
            isinstance(left, App)
            and left.op == "apply"
            and isinstance(left.args[0], Var)
            and left.args[0].symbol == f
            and not free_symbols(left.args[1])
        ):
            return left.args[1], right
    return None


def _sizes(term: Term, p: Any, context: Context) -> list[float]:
    """The sizes of the terms of a sum, those of sums within it too: what a difference of them is measured by."""
    found = [value(t, p, context) for t in _summands(term)]
    return [float(abs(v)) for v in found if v is not None] or [1.0]


def _summands(term: Term) -> list[Term]:
    if isinstance(term, App) and term.op in ("add", "sub", "neg"):
        return [t for a in term.args for t in _summands(a)]
    return [term]


def _with_functions(term: Term, graphs: Mapping[Symbol, Bound]) -> Term:
    def rule(t: Term) -> Term | None:
        if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var) and t.args[0].symbol in graphs:
            graph = graphs[t.args[0].symbol]
            return substitute(graph.body, {graph.symbols[0]: _with_functions(t.args[1], graphs)})
        return None

    return transform(term, rule)
