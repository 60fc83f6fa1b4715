"""Entropy, divergence and Fisher information: expectations of log densities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.grammar.term import App, Bound, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, var
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.random_parts import draw, law_of, parts

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


def entropy(e: Evaluator, t: App) -> Value:
    law = law_of(t.args[0])
    x = draw(law)
    return e.arithmetic.neg(e.value(App("E", (App("log", (App("pdf", (law, x)),)),))))


def divergence(e: Evaluator, t: App) -> Value:
    p, q = t.args
    x = draw(p)
    ratio = App("sub", (App("log", (App("pdf", (p, x)),)), App("log", (App("pdf", (q, x)),))))
    return e.value(App("E", (ratio,)))


def fisher_information(e: Evaluator, t: App) -> Value:
    """E of the products of scores: derivatives of the log density, which is the definition of the law."""
    law = t.args[0]
    if not isinstance(law, App) or law.op not in laws() or laws()[law.op].atoms or laws()[law.op].kind != "univariate":
        raise CannotEvaluate("no information of this law")
    spec = laws()[law.op]
    given = t.args[1] if len(t.args) > 1 else None
    if given is None:
        points = [s for s in free_symbols(law) if not s.shape]
    else:
        points = [p.symbol for p in (parts(given) if given.shape else [given]) if isinstance(p, Var)]
    x = draw(law)

    def score(s: Symbol) -> Term:
        moved = copy_symbol(s)
        args = (substitute(a, {s: var(moved)}) for a in law.args)
        names = {p.name: a for p, a in zip(spec.parameters, args, strict=True)}
        return Bound("diff", (moved,), App("log", (formula(spec.density, {**names, "x": x}),)), (var(s), num(1)))

    rows = tuple(tuple(e.value(App("E", (App("mul", (score(a), score(b))),))) for b in points) for a in points)
    return rows if len(points) > 1 else rows[0][0]
