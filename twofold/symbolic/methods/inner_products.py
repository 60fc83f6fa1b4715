"""Inequalities of inner products: Cauchy and Schwarz, and the triangle inequality for norms.

The difference of the sides is compared with what these say of the vectors and sums in the claim: |u||v| - u.v, |u|^2|v|^2 - (u.v)^2,
(|u|^2 + |v|^2)/2 - u.v, |u| + |v| - |u + v|, up to a positive factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Term, num, subterms
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.definiteness import Definiteness, chain
from twofold.symbolic.entries import explicit
from twofold.symbolic.matrix_products import Word, product_of, turned_round
from twofold.symbolic.methods.linear_steps import Known
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.tensors.algebra import subtract
from twofold.symbolic.tensors.node import Poly, Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.reduce import reduced

_VECTORS, _LONGEST, _PAIRS = 4, 6, 24
"""Vectors in a claim that are taken in pairs, factors of a product that is cut in two, and pairs that are looked at."""


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
    for known, count in _known(difference, Known(goal).definiteness):
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
        t.op in ("norm", "dot", "sum", "mean", "tr") or (t.op == "mul" and not t.shape and bool(t.args[0].shape))
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


def _known(t: Term, definiteness: Definiteness) -> Iterator[tuple[Term, Term | None]]:
    """What is never negative, built from the vectors, sums, forms and traces of a term."""
    for p in islice(dict.fromkeys((*_pairs(t), *_split(t, definiteness))), _PAIRS):
        product = app("mul", app("sqrt", p.first), app("sqrt", p.second))
        yield app("sub", app("mul", p.first, p.second), app("pow", p.both, num(2))), p.count
        yield app("sub", product, p.both), p.count
        yield app("add", product, p.both), p.count
        yield app("sub", product, app("abs", p.both)), p.count
        half = app("div", app("add", p.first, p.second), num(2))
        yield app("sub", half, p.both), p.count
        yield app("add", half, p.both), p.count
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


def _split(t: Term, definiteness: Definiteness) -> Iterator[Pair]:
    """Products that are numbers, and traces of products, cut in two: tr(U*V) is the inner product of U' and V, tr(U*K*V) that of U' and V weighted
    with a semidefinite K, and with a positive definite K the first is also that of K^(1/2)*U' and K^(-1/2)*V; n is that of K^(1/2) and K^(-1/2)."""
    parts = dict.fromkeys(subterms(t))
    weights = [s for s in parts if len(s.shape) == 2 and definiteness.definite(s) == "positive" and app("inv", s) in parts]
    for w in weights:
        traces = app("tr", w), app("tr", app("inv", w))
        if all(x in parts for x in traces):
            yield Pair(dim_term(full(w.shape)[0]), *traces, num(1))
    for word in sorted(filter(None, map(_word, parts)), key=lambda w: w == turned_round(w)):
        for k in range(1, len(word)):
            left, right = word[:k], word[k:]
            yield _pair(left, (), (), right)
            if k + 1 < len(word) and definiteness.definite(word[k][0]):
                yield _pair(left, right[:1], right[:1], right[1:], right[:1])
            for w in weights:
                if full(w.shape)[0] == full(product_of(right).shape)[0]:
                    ends = ((w, False),), ((app("inv", w), False),)
                    yield _pair(left, (), ends[0], right, ends[1])
                    yield _pair(left, (), ends[1], right, ends[0])


def _word(t: Term) -> Word | None:
    """The factors of a product of arrays that is a number, or of one whose trace is taken."""
    if not isinstance(t, App) or t.shape:
        return None
    if t.op == "tr":
        _, word = chain(t.args[0])
        if len(word) == 1:
            word = (*word, (app("eye", dim_term(full(word[0][0].shape)[0])), False))
    elif t.op in ("mul", "dot") and all(a.shape for a in t.args):
        _, word = chain(t)
    else:
        return None
    return word if 1 < len(word) <= _LONGEST else None


def _pair(left: Word, middle: Word, one: Word, right: Word, other: Word = ()) -> Pair:
    """The product of left, middle and right, that of left, one and left', and that of right', other and right."""
    words = ((*left, *middle, *right), (*left, *one, *turned_round(left)), (*turned_round(right), *other, *right))
    both, first, second = (app("tr", p) if p.shape else p for p in map(product_of, words))
    return Pair(both, first, second, num(1))


def _upright(t: Term) -> Term:
    if isinstance(t, App) and t.op == "transpose":
        return t.args[0]
    return t if len(t.shape) == 1 else app("transpose", t)


def _summed(s: Bound) -> Iterator[Pair]:
    """The factors of a summand, the summand beside 1, and what a summand is the square of beside 1."""
    splits = [(s.body, num(1))]
    if isinstance(s.body, App) and s.body.op == "mul":
        splits.append((s.body.args[0], s.body.args[1]))
    if isinstance(s.body, App) and s.body.op == "pow" and s.body.args[1] == num(2):
        splits.append((s.body.args[0], num(1)))
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
    soundness=(
        "the inequalities of Cauchy and Schwarz (for matrices by the trace, for forms by a semidefinite weight) and of the triangle hold for all real arrays; "
        "the difference is one of them up to a positive factor"
    ),
    run=run,
    holds=(
        "let n : size\nlet u, v : vector(n)\ndot(u, v)^2 <= dot(u, u)*dot(v, v)",
        "let u, v : vector(3)\nnorm(u + v) <= norm(u) + norm(v)",
        "let n : size\nlet u : vector(n)\nsum(u[i], i = 1..n)^2 <= n*sum(u[i]^2, i = 1..n)",
        "let n : size\nlet p : vector(n), probability\nsum(p[i]^2, i = 1..n) >= 1/n",
        "let m, n : size\nlet A, B : matrix(m, n)\ntr(A'*B)^2 <= tr(A'*A)*tr(B'*B)",
        "let n : size\nlet K : matrix(n, n), posdef\nlet u, v : vector(n)\n(u'*K*v)^2 <= (u'*K*u)*(v'*K*v)",
    ),
    fails=(),
    open=(
        "let n : size\nlet u, v : vector(n)\n2*dot(u, v)^2 <= dot(u, u)*dot(v, v)",
        "let n : size\nlet A, B : matrix(n, n)\ntr(A*B)^2 <= tr(A*A)*tr(B*B)",
        "let n : size\nlet S : matrix(n, n), symmetric\nlet u, v : vector(n)\n(u'*S*v)^2 <= (u'*S*u)*(v'*S*v)",
        "let n : size\nlet K : matrix(n, n), posdef\nlet u, v : vector(n)\n(u'*v)^2 <= (u'*K*u)*(v'*K*v)",
    ),
)
