"""Inequalities of inner products: Cauchy and Schwarz, and the triangle inequality for norms.

The difference of the sides is compared with what these say of the vectors and sums in the claim: |u||v| - u.v, |u|^2|v|^2 - (u.v)^2,
|u| + |v| - |u + v|, up to a positive factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Term, num, subterms
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.entries import explicit
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.tensors.algebra import subtract
from twofold.symbolic.tensors.node import Poly, Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.reduce import reduced

_VECTORS = 4
"""Vectors in a claim that are taken in pairs."""


class Pair(NamedTuple):
    """The inner products u.v, u.u and v.v, and the number of their terms."""

    both: Term
    first: Term
    second: Term
    count: Term


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the difference is a known inequality up to a positive factor."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    small, large = (goal.left, goal.right) if goal.relation == "<=" else (goal.right, goal.left)
    difference = app("sub", large, small)
    if not any(_is_product(s) for s in subterms(difference)):
        raise NotApplicable("no inner product stands in the claim")
    compared = _Compared(difference, goal, context)
    seen = False
    for known, count in _known(difference):
        seen = True
        size = [app("div", num(1), count), app("div", num(1), app("pow", count, num(2)))] if count is not None else []
        for factor in (num(1), num(2), app("div", num(1), num(2)), *size):
            if compared.is_multiple_of(known, factor):
                return Evidence("inner products", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("no known inequality fits" if seen else "no inner product stands in the claim")


def _is_product(t: Term) -> bool:
    """Whether a term is a norm, an inner product or a sum."""
    if isinstance(t, Bound):
        return t.op == "sum"
    return isinstance(t, App) and (
        t.op in ("norm", "dot", "sum", "mean") or (t.op == "mul" and not t.shape and bool(t.args[0].shape))
    )


class _Compared:
    """The difference of the sides in index normal form and, at explicit sizes, entry by entry."""

    def __init__(self, t: Term, goal: Goal, context: Any) -> None:
        self.context, self.assumptions = context, goal.assumptions
        self.poly = self._tensor(t)
        self.converter = None
        try:
            written = explicit(t, context)
            self.converter = converter((written,), self.assumptions)
            self.element = self.converter(written)
        except (*GIVES_UP, NoClosedForm):
            self.converter = None

    def is_multiple_of(self, t: Term, factor: Term) -> bool:
        """Whether the difference is factor*t."""
        t = app("mul", factor, t)
        if self.poly is not None:
            other = self._tensor(t)
            if other is not None and not reduced(subtract(self.poly, other)).terms:
                return True
        if self.converter is None:
            return False
        try:
            return self.converter.field.equal(self.element, self.converter(explicit(t, self.context)))
        except (*GIVES_UP, NoClosedForm):
            return False

    def _tensor(self, t: Term) -> Poly | None:
        try:
            return reduced(Reader(strict=True).read(t).poly)
        except Unsupported:
            return None


def _known(t: Term) -> Iterator[tuple[Term, Term | None]]:
    """What is never negative, built from the vectors and sums of a term."""
    for p in _pairs(t):
        product = app("mul", app("sqrt", p.first), app("sqrt", p.second))
        yield app("sub", app("mul", p.first, p.second), app("pow", p.both, num(2))), p.count
        yield app("sub", product, p.both), p.count
        yield app("add", product, p.both), p.count
        yield app("sub", product, app("abs", p.both)), p.count
    normed = list(dict.fromkeys(s.args[0] for s in subterms(t) if isinstance(s, App) and s.op == "norm" and len(s.args) == 1))
    if 2 <= len(normed) <= _VECTORS:
        for a in normed:
            for b in normed:
                if a is b or full(a.shape) != full(b.shape):
                    continue
                lengths = app("add", app("norm", a), app("norm", b))
                for joined in (app("add", a, b), app("sub", a, b)):
                    yield app("sub", lengths, app("norm", joined)), None


def _pairs(t: Term) -> list[Pair]:
    """Pairs of vectors that are multiplied or measured, and pairs of factors that are summed over."""
    vectors: dict[Term, None] = {}
    found: dict[Pair, None] = {}
    for s in subterms(t):
        if isinstance(s, App) and s.op in ("dot", "mul") and len(s.args) == 2 and not s.shape and all(a.shape for a in s.args):
            a, b = s.args
            vectors.update(dict.fromkeys((_upright(a), _upright(b))))
        elif isinstance(s, App) and s.op in ("norm", "sum", "mean") and len(s.args) == 1 and len(s.args[0].shape) == 1:
            vectors.setdefault(s.args[0])
            if s.op != "norm":
                vectors.setdefault(app("ones", dim_term(s.args[0].shape[0])))
        elif isinstance(s, Bound) and s.op == "sum" and s.args[0] == num(1):
            found.update(dict.fromkeys(_summed(s)))
    plain = list(vectors)[:_VECTORS]
    for k, a in enumerate(plain):
        for b in plain[k + 1 :]:
            if len(a.shape) == len(b.shape) == 1 and a.shape == b.shape:
                found.setdefault(Pair(app("dot", a, b), app("dot", a, a), app("dot", b, b), dim_term(a.shape[0])))
    return list(found)


def _upright(t: Term) -> Term:
    if isinstance(t, App) and t.op == "transpose":
        return t.args[0]
    return t if len(t.shape) == 1 else app("transpose", t)


def _summed(s: Bound) -> Iterator[Pair]:
    """The factors of a summand, and the summand beside 1."""
    splits = [(s.body, num(1))]
    if isinstance(s.body, App) and s.body.op == "mul":
        splits.append((s.body.args[0], s.body.args[1]))
    for a, b in splits:
        if not a.shape and not b.shape:
            yield Pair(*(_over(s, app("mul", x, y)) for x, y in ((a, b), (a, a), (b, b))), s.args[1])


def _over(s: Bound, body: Term) -> Term:
    return Bound("sum", s.symbols, body, s.args)


SPEC = Method(
    name="inner products",
    relations=frozenset({"<=", ">="}),
    cost=13,
    concludes=frozenset({Truth.PROVED}),
    soundness="the inequalities of Cauchy and Schwarz and of the triangle hold for all real vectors; the difference is one of them up to a positive factor",
    run=run,
    holds=(
        "let n : size\nlet u, v : vector(n)\ndot(u, v)^2 <= dot(u, u)*dot(v, v)",
        "let u, v : vector(3)\nnorm(u + v) <= norm(u) + norm(v)",
        "let n : size\nlet u : vector(n)\nsum(u[i], i = 1..n)^2 <= n*sum(u[i]^2, i = 1..n)",
    ),
    fails=(),
    open=("let n : size\nlet u, v : vector(n)\n2*dot(u, v)^2 <= dot(u, u)*dot(v, v)",),
)
