"""Checks of differential equations: the solution put in, with derivatives taken numerically."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twofold.core.evidence import Check
from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import items, points, value, verdict
from twofold.grammar.term import (
    App,
    Bound,
    Symbol,
    Term,
    Var,
    substitute,
    transform,
    var,
)
from twofold.symbolic.context import Context


def differential(question: Term, answer: Term, context: Context) -> Check | None:
    """The solution put into the equations and the conditions, derivatives taken numerically."""
    if not isinstance(question, App) or answer.sort == "truth" or answer == App("set", (), (), "set"):
        return None
    targets = items(question.args[1])
    applied = [t for t in targets if isinstance(t, App) and isinstance(t.args[0], Var) and isinstance(t.args[1], Var)]
    if len(applied) != len(targets):
        return None
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
            for p in points([put], context, 5):
                found = value(put, p, context)
                if found is not None:
                    errors.append(float(abs(found)) / max(1.0, *_sizes(put, p, context)))
    return verdict("substitution with numeric derivatives", errors)


def _sizes(term: Term, p: Any, context: Context) -> list[float]:
    parts = term.args if isinstance(term, App) and term.op in ("add", "sub") else (term,)
    found = [value(t, p, context) for t in parts]
    return [float(abs(v)) for v in found if v is not None] or [1.0]


def _with_functions(term: Term, graphs: Mapping[Symbol, Bound]) -> Term:
    def rule(t: Term) -> Term | None:
        if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var) and t.args[0].symbol in graphs:
            graph = graphs[t.args[0].symbol]
            return substitute(graph.body, {graph.symbols[0]: _with_functions(t.args[1], graphs)})
        return None

    return transform(term, rule)
