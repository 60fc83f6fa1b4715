"""Inequalities between numbers taken from one vector of any length: its norms, its greatest, least and mean entry, logsumexp, softmax.

Each such number becomes a name, with what holds between those of one vector as assumptions; the rest is a claim about numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import OO, TRUE, App, Const, Num, Symbol, Term, Var, num, subterms, transform, var
from twofold.symbolic.equations.decide import proves

Kind: TypeAlias = "str | tuple[str, Term]"
"""What is taken from a vector: `max`, `norm_one` …, or an entry of its softmax with its place."""

_RELATIONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_PLAIN = frozenset({"max", "min", "mean", "logsumexp"})
_TOTAL = frozenset("add sub neg mul emul transpose ones zeros eye".split())


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim about numbers follows from what is known of the numbers of one vector."""
    if goal.reading != "real" or goal.left.shape or goal.right.shape:
        raise NotApplicable("real scalars only")
    known = _Known(anywhere=goal.relation in _RELATIONS)
    left, right, *facts = (transform(t, known.named) for t in (goal.left, goal.right, *goal.assumptions))
    if not known.names:
        raise NotApplicable("no numbers of a vector stand in the claim")
    if any(t.shape or isinstance(t, Var) and t.symbol.shape for side in (left, right) for t in subterms(side)):
        raise NotApplicable("a vector stands elsewhere")
    said = (*(f for f in facts if not any(t.shape for t in subterms(f))), *known.facts())
    if goal.relation in _RELATIONS:
        left, right = TRUE, app(_RELATIONS[goal.relation], left, right)
    relation = "=>" if goal.relation in _RELATIONS else goal.relation
    if proves(replace(goal, relation=relation, left=left, right=right, assumptions=said), replace(context, assumptions=said)):
        return Evidence("bounds of a vector", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the known bounds do not decide it")


class _Known:
    """Names for the numbers of each vector, by kind."""

    def __init__(self, anywhere: bool) -> None:
        self.anywhere = anywhere
        self.names: dict[Term, dict[Kind, Term]] = {}

    def named(self, t: Term) -> Term | None:
        found = _number(t, self.anywhere)
        if found is None:
            return None
        kind, vector = found
        if not all(map(_is_total, subterms(vector))):
            return None
        row = self.names.setdefault(vector, {})
        if kind not in row:
            row[kind] = var(Symbol(f"number_{len(self.names)}_{len(row)}", "real"))
        return row[kind]

    def facts(self) -> Iterator[Term]:
        """What holds between the numbers of a vector of n entries."""
        for vector, row in self.names.items():
            n = dim_term(vector.shape[0])
            for small, large in _orders(row, n):
                yield app("le", small, large)
            for kind, x in row.items():
                if not isinstance(kind, str):
                    yield app("gt", x, num(0))
                    yield app("le", x, num(1))


def _number(t: Term, anywhere: bool) -> tuple[Kind, Term] | None:
    """The kind of a number that is taken from a vector, and the vector. `anywhere`: a place counts that a short vector may not have."""
    if not isinstance(t, App) or t.shape or not t.args or len(t.args[0].shape) != 1:
        return None
    vector = t.args[0]
    if t.op in _PLAIN and len(t.args) == 1:
        return t.op, vector
    if t.op == "norm":
        kind = t.args[1] if len(t.args) > 1 else num(2)
        word = {num(1): "one", num(2): "two", OO: "most"}.get(kind) if isinstance(kind, (Num, Const)) else None
        return None if word is None else (f"norm_{word}", vector)
    if t.op == "index" and len(t.args) == 2 and isinstance(vector, App) and vector.op == "softmax":
        place = t.args[1]
        if place == num(1) or (anywhere and isinstance(place, (Num, Var)) and not place.shape):
            return ("softmax", place), vector.args[0]
    return None


def _is_total(t: Term) -> bool:
    """Whether an operation has a value for all values of its parts."""
    return isinstance(t, (Num, Var)) or (isinstance(t, App) and t.op in _TOTAL)


def _orders(row: dict[Kind, Term], n: Term) -> Iterator[tuple[Term, Term]]:
    """Pairs of which the first is never the greater one."""
    zero, root, log = num(0), app("sqrt", n), app("log", n)
    one, two, most = (row.get(f"norm_{k}") for k in ("one", "two", "most"))
    for x in (one, two, most):
        if x is not None:
            yield zero, x
    if most is not None and two is not None:
        yield most, two
        yield two, app("mul", root, most)
    if two is not None and one is not None:
        yield two, one
        yield one, app("mul", root, two)
    if most is not None and one is not None:
        yield most, one
        yield one, app("mul", n, most)
    high, low, mean, soft = (row.get(k) for k in ("max", "min", "mean", "logsumexp"))
    ordered = [x for x in (low, mean, high) if x is not None]
    yield from zip(ordered, ordered[1:], strict=False)
    if soft is not None:
        if high is not None:
            yield high, soft
            yield soft, app("add", high, log)
        for x in (low, mean):
            if x is not None:
                yield app("add", x, log), soft
    for norm in (most, two, one):
        for x in ordered if norm is not None else ():
            assert norm is not None
            yield x, norm
            yield app("neg", norm), x


SPEC = Method(
    name="bounds of a vector",
    relations=frozenset({"<", "<=", ">", ">=", "=>", "<=>"}),
    cost=13,
    concludes=frozenset({Truth.PROVED}),
    soundness="the assumptions hold for every vector of n real entries; what follows from them for all numbers holds for its numbers",
    run=run,
    holds=(
        "let n : size\nlet x : vector(n)\nnorm(x, oo) <= norm(x)",
        "let n : size\nlet x : vector(n)\nnorm(x, 1) <= sqrt(n)*norm(x)",
        "let n : size\nlet x : vector(n)\nnorm(x, 1) == 1 => norm(x) <= 1",
        "let n : size\nlet z : vector(n)\nlogsumexp(z) <= max(z) + log(n)",
        "let n : size\nlet z : vector(n)\nsoftmax(z)[1] <= 1",
    ),
    fails=(),
    open=(
        "let n : size\nlet x : vector(n)\nnorm(x, 1) <= norm(x)",
        "let n : size\nlet z : vector(n)\nsoftmax(z)[1] < 1",
        "let n : size\nlet z : vector(n)\nlogsumexp(z) > max(z)",
        "let n : size\nlet x : vector(n)\nnorm(x) <= 1 => norm(x, 1) <= 1",
    ),
)
