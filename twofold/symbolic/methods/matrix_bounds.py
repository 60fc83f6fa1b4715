"""Inequalities between ranks and norms of matrices of any size: those of products and sums by those of their parts.

Each rank and norm becomes a name, with what holds between them as assumptions; the rest is a claim about numbers. For all U, V that fit,
rank(U) + rank(V) - k <= rank(U*V) <= min(rank(U), rank(V)) with V of k rows (Sylvester), rank(U + V) <= rank(U) + rank(V), |U + V| <= |U| + |V|,
|U*V| <= |U||V| in the norms that vectors of norm 1, 2 or oo induce, and for the Frobenius norm, where either factor may be measured by the norm 2.
Source: R. A. Horn and C. R. Johnson, "Matrix Analysis", 2nd ed. (2013), sections 0.4.5 and 5.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import islice
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import OO, TRUE, App, Bound, Const, Symbol, Term, Var, num, subterms, transform, var
from twofold.symbolic.combined_bounds import follows
from twofold.symbolic.definiteness import chain
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.matrix_products import Word, product_of, turned_round
from twofold.symbolic.methods.linear_steps import Known
from twofold.symbolic.methods.matrix_words import Words

_RELATIONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_KINDS = {num(1): "1", num(2): "2", OO: "oo", Const("fro"): "fro"}
_TURNED = {"1": "oo", "oo": "1"}
_LONGEST, _MOST = 4, 24
"""Factors of a product that is cut in two, and ranks and norms that are named."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim about numbers follows from what is known of ranks and norms."""
    if goal.reading != "real" or goal.left.shape or goal.right.shape:
        raise NotApplicable("real scalars only")
    sides = (goal.left, goal.right, *goal.assumptions)
    if any(isinstance(t, Bound) for s in sides for t in subterms(s)):
        raise NotApplicable("a name is bound")
    sizes = Sizes(goal)
    left, right, *said = (transform(t, sizes.named) for t in sides)
    if not sizes.names:
        raise NotApplicable("no rank or norm of a matrix stands in the claim")
    if any(t.shape or isinstance(t, Var) and t.symbol.shape for side in (left, right) for t in subterms(side)):
        raise NotApplicable("a vector or matrix stands elsewhere")
    facts = (*(f for f in said if not any(t.shape for t in subterms(f))), *sizes.facts())
    statement = app(_RELATIONS[goal.relation], left, right)
    if follows(statement, facts, list(sizes.names.values())) or _follows(goal, statement, facts, context):
        return Evidence("ranks and norms", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the known bounds do not decide it")


def _follows(goal: Goal, statement: App, facts: tuple[Term, ...], context: Any) -> bool:
    step = replace(goal, relation="=>", left=TRUE, right=statement, assumptions=facts)
    return proves(step, replace(context, assumptions=facts))


Size = tuple[str, Term]
"""`rank`, or the norm that is meant, and the array."""


class Sizes:
    """Names for the ranks and norms in a claim and of the parts that their arrays are made of."""

    def __init__(self, goal: Goal) -> None:
        self.words = Words(goal)
        self.total = Known(goal).total
        self.names: dict[Size, Term] = {}

    def named(self, t: Term) -> Term | None:
        if not isinstance(t, App) or t.shape or t.op not in ("rank", "norm") or not self.total(t.args[0]):
            return None
        if t.op == "rank":
            return self.size("rank", t.args[0])
        kind = _KINDS.get(t.args[1]) if len(t.args) > 1 else "2" if len(t.args[0].shape) == 1 else "fro"  # type: ignore[call-overload]
        return None if kind is None else self.size(kind, t.args[0])

    def size(self, kind: str, t: Term) -> Term:
        """The rank or norm of an array, as a name times the scalars that it is multiplied by."""
        if kind == "rank":
            t = self.words.simplified(app("rank", t))
            if not isinstance(t, App) or t.op != "rank":
                return transform(t, self.named)
            (t,) = t.args
        scalars, word = chain(t)
        if kind == "rank" and scalars:
            word, scalars = ((t, False),), ()
        other = turned_round(word)
        if repr(other) < repr(word) and len(product_of(other).shape) == len(product_of(word).shape) == 2:
            word, kind = other, _TURNED.get(kind, kind)
        if kind == "fro" and len(product_of(word).shape) == 1:
            kind = "2"
        key = (kind, product_of(word))
        if key not in self.names:
            if len(self.names) >= _MOST:
                raise NotApplicable("too many ranks and norms")
            self.names[key] = var(Symbol(f"size_{len(self.names)}", "real", lower=num(0)))
        out = self.names[key]
        for s in scalars:
            out = app("mul", app("abs", s), out)
        return out

    def facts(self) -> Iterator[Term]:
        """What holds of the named ranks and norms, and of those that this names."""
        done: set[Size] = set()
        while len(done) < len(self.names):
            for key in [k for k in self.names if k not in done]:
                done.add(key)
                yield from islice(self._facts(*key), 40)

    def _facts(self, kind: str, t: Term) -> Iterator[Term]:
        x = self.names[kind, t]
        yield app("ge", x, num(0))
        yield from self._of_sum(kind, t, x)
        if kind == "rank":
            yield from (app("le", x, dim_term(d)) for d in full(t.shape))
        elif kind in ("2", "fro") and len(t.shape) == 2:
            two, fro = self.size("2", t), self.size("fro", t)
            yield app("le", two, fro)
        scalars, word = chain(t)
        for k in range(1, len(word)) if len(word) <= _LONGEST and not scalars else ():
            yield from self._of_product(kind, word[:k], word[k:], x)

    def _of_sum(self, kind: str, t: Term, x: Term) -> Iterator[Term]:
        if isinstance(t, App) and t.op in ("add", "sub"):
            a, b = (self.size(kind, s) for s in t.args)
            for one, two, three in ((x, a, b), (a, x, b), (b, x, a)):
                yield app("le", one, app("add", two, three))

    def _of_product(self, kind: str, left: Word, right: Word, x: Term) -> Iterator[Term]:
        u, v = product_of(left), product_of(right)
        if kind == "rank":
            yield app("le", x, dim_term(full(v.shape)[0]))
        if len(u.shape) != 2 or full(u.shape)[0] == 1:
            return
        if kind == "rank":
            a, b = self.size("rank", u), self.size("rank", v)
            yield app("le", x, a)
            yield app("le", x, b)
            yield app("le", app("sub", app("add", a, b), dim_term(full(v.shape)[0])), x)
            return
        ways = {"fro": ("2 fro", "fro 2", "fro fro"), "2": ("2 2", "fro 2")}.get(kind, (f"{kind} {kind}",))
        for way in ways:
            one, other = way.split()
            yield app("le", x, app("mul", self.size(one, u), self.size(other, v)))
        if len(left) + len(right) > 2 and all(len(f.shape) == 2 for f, _ in (*left, *right[:-1])):
            one, other = ways[0].split()
            *others, last = (product_of((f,)) for f in (*left, *right))
            yield app("le", x, reduce(lambda a, f: app("mul", self.size(one, f), a), others, self.size(other, last)))


_M = "let k, m, n : size\nlet A, C : matrix(m, n)\nlet B : matrix(n, k)\nlet x : vector(n)\nlet t : real\n"
SPEC = Method(
    name="ranks and norms",
    relations=frozenset(_RELATIONS),
    cost=14,
    concludes=frozenset({Truth.PROVED}),
    soundness="the assumptions hold for the ranks and norms of all real arrays that fit; what follows from them for all numbers holds for these",
    run=run,
    holds=(
        _M + "rank(A*B) <= rank(A)",
        _M + "rank(A + C) <= rank(A) + rank(C)",
        _M + "rank(A) + rank(B) - n <= rank(A*B)",
        _M + "rank(A) <= n",
        _M + "norm(A*x) <= norm(A, 2)*norm(x)",
        _M + "norm(A + t*C, 2) <= norm(A, 2) + abs(t)*norm(C, 2)",
        _M + "norm(A*B) <= norm(A)*norm(B)",
    ),
    fails=(),
    open=(
        _M + "rank(A*B) >= rank(A)",
        _M + "rank(A) + rank(C) <= rank(A + C)",
        _M + "norm(A*x, 1) <= norm(A, 2)*norm(x, 1)",
        _M + "norm(A) <= norm(A, 2)",
        _M + "norm(A*x) <= norm(A, 2)",
    ),
)
