"""Identities about vectors of a given length: u is sqrt(c)*v/norm(v) for some v, and a vector at right angles to it w - u*(u'*w)/c."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.grammar.term import App, Num, Symbol, Term, Var, copy_symbol, num, substitute, var
from twofold.symbolic.context import Context
from twofold.symbolic.methods import matrix_identities


def run(goal: Goal, context: Context) -> Evidence:
    """Proved where the index normal forms are equal when vectors of known length are written by others of any length."""
    facts = [p for fact in goal.assumptions for p in _products(fact)]
    written: dict[Symbol, Term] = {}
    squares: dict[Symbol, Num] = {}
    for a, b, value in facts:
        if a is b and value.value > 0 and a not in written:
            free = var(copy_symbol(a))
            squares[a] = value
            written[a] = app("mul", app("sqrt", value), app("div", free, app("norm", free)))
    if not written:
        raise NotApplicable("no vector of known length")
    lengths = set(written)
    for a, b, value in facts:
        for unit, other in ((a, b), (b, a)):
            if a is not b and value.value == 0 and unit in lengths and other not in written:
                u, free = written[unit], var(copy_symbol(other))
                along = app("mul", u, app("div", app("dot", u, free), squares[unit]))
                written[other] = app("sub", free, along)
                break
    made = replace(goal, left=substitute(goal.left, written), right=substitute(goal.right, written))
    return replace(matrix_identities.run(made, context), method="vectors of known length")


def _products(t: Term) -> Iterator[tuple[Symbol, Symbol, Num]]:
    """The inner products of two names, and squares of lengths, that an assumption gives a number to."""
    for part in conjuncts(t):
        for side, value in (part.args, part.args[::-1]) if isinstance(part, App) and part.op == "eq" else ():
            if isinstance(value, Num) and isinstance(side, App):
                yield from _read(side, value)


def _read(side: App, value: Num) -> Iterator[tuple[Symbol, Symbol, Num]]:
    """An inner product of two names, or the length of one, as it may be written."""
    match side:
        case App(op="norm", args=(Var(symbol=u),)) if value.value > 0:
            yield u, u, num(value.value**2)
        case App(op="pow", args=(App(op="norm", args=(Var(symbol=u),)), Num(value=power))) if power == 2:
            yield u, u, value
        case App(op="dot", args=(Var(symbol=u), Var(symbol=v))):
            yield u, v, value
        case App(op="mul", args=(App(op="transpose", args=(Var(symbol=u),)), Var(symbol=v))) if len(u.shape) == len(v.shape) == 1:
            yield u, v, value


SPEC = Method(
    name="vectors of known length",
    relations=frozenset({"=="}),
    cost=3,
    concludes=matrix_identities.SPEC.concludes,
    soundness="every vector of length sqrt(c) > 0 is sqrt(c)*v/norm(v) for v itself, and every w with u'*w == 0 is w - u*(u'*w)/c",
    run=run,
    holds=(
        "let n : size\nlet u : vector(n)\n(eye(n) - 2*u*u')*(eye(n) - 2*u*u') == eye(n) given u'*u == 1",
        "let n : size\nlet u, v : vector(n)\n(u*v')*(u*v') == zeros(n, n) given norm(u) == 1 and u'*v == 0",
    ),
    fails=(),
    open=("let n : size\nlet u : vector(n)\n(eye(n) - u*u')*(eye(n) - u*u') == eye(n) given u'*u == 1",),
)
