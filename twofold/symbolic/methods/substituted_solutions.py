"""Steps from solved equations: `x == a and y == b` implies what holds with the values put in."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.conjunctions import conjuncts, disjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Symbol, Term, Var, free_symbols, substitute, subterms
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.specials import decide


def run(goal: Goal, context: Any) -> Evidence:
    """Every alternative on the left gives values to names; the right is decided with them put in."""
    alternatives = _alternatives(goal.left)
    if any(not _solved(parts) for parts in alternatives):
        raise NotApplicable("the left side is not solved for its names")
    for parts in alternatives:
        values = _solved(parts)
        for t in _alternatives(substitute(goal.right, dict(values))):
            if all(_true(leaf, goal, parts, values) for leaf in t):
                break
        else:
            raise NotApplicable("with the values put in, the right side is not decided")
    return Evidence(
        "values put in", Truth.PROVED, Strength.PROOF, f"{len(alternatives)} solutions", independent_of="numeric evaluation"
    )


def _alternatives(t: Term) -> list[list[Term]]:
    """A statement as alternatives of conditions that hold together."""
    return [conjuncts(part) for part in disjuncts(t)]


def _solved(parts: list[Term]) -> dict[Symbol, Term]:
    """Values of names that equations give them, in terms of names that get none."""
    out: dict[Symbol, Term] = {}
    for t in parts:
        if isinstance(t, App) and t.op == "eq":
            for a, b in (t.args, t.args[::-1]):
                if isinstance(a, Var) and not a.shape and a.symbol not in out:
                    value = substitute(b, dict(out))
                    if a.symbol not in free_symbols(value):
                        out = {s: substitute(v, {a.symbol: value}) for s, v in out.items()}
                        out[a.symbol] = value
                        break
    return out


def _true(leaf: Term, goal: Goal, parts: list[Term], values: dict[Symbol, Term]) -> bool:
    """Whether a relation certainly holds and every part of it has a value, on the branch where the left side does."""
    if not isinstance(leaf, App) or leaf.op not in ("eq", "ne", "lt", "le", "gt", "ge") or any(a.shape for a in leaf.args):
        return False
    known = [a for a in (*goal.assumptions, *parts) if not set(free_symbols(a)) & set(values)]
    try:
        c = converter((), known, goal.reading)
        domain = Domain(c).read(leaf.args[0]).read(leaf.args[1])
        if domain.impossible or domain.unread or domain.atoms or not all(_read(t) for a in leaf.args for t in subterms(a)):
            return False
        return decide(c, leaf) is True
    except GIVES_UP:
        return False


_TOTAL = frozenset(
    "add sub mul div neg pow sqrt log exp sin cos tan cot sec csc asin acos atan sinh cosh tanh asinh acosh atanh abs sign max min floor ceil erf erfc apply".split()
)
"""Operations whose domain is read off; that of what stands under a sum, an integral or a limit is not."""


def _read(t: Term) -> bool:
    return not isinstance(t, Bound) and (not isinstance(t, App) or t.op in _TOTAL)


SPEC = Method(
    name="values put in",
    relations=frozenset({"=>"}),
    cost=4,
    concludes=frozenset({Truth.PROVED}),
    soundness="where the left side holds, names have the values that it gives them",
    run=run,
    holds=("x == 0 => exp(x)*cos(x) == 1", "x == 2 or x == -2 => x^2 == 4", "x == log(2) => exp(2*x) == 4"),
    fails=(),
    open=("x == 2 => x^2 == 5", "x == -1 => log(x) == log(x)", "x^2 == 4 => x == 2", "x == 0 or x > 1 => x == 0"),
)

__all__ = ["SPEC", "run"]
