"""Steps between two equations of vectors, matrices or sums where one is a multiple of the other: normal equations, eigenvectors, stationary points.

From L == 0 follows P*L*Q == 0 for any matrices P and Q; where they are invertible, the two say the same. Nothing but the difference of the sides
of each equation is looked at, so sizes may stay symbols.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from types import MappingProxyType
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import ShapeError, app, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var, free_symbols, num, subterms, var
from twofold.symbolic.definiteness import Definiteness
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.tensors import equal
from twofold.symbolic.tensors.algebra import subtract
from twofold.symbolic.tensors.equality import difference
from twofold.symbolic.tensors.node import Poly, Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.reduce import reduced

NUMBERS = ((1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (4, 1), (1, 4), (-4, 1), (-1, 4), (3, 1), (1, 3))
_MATRICES, _SLOW = 8, 24
"""Matrices of a claim that are tried as factors, and multiples that are compared by every means."""

_TOTAL = frozenset(
    "add sub neg mul emul transpose dot sum mean tr det eye ones zeros diag outer hadamard cross trace norm kron vec abs exp sin cos".split()
)


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the second equation is the first, multiplied by something that is invertible (for `=>`, by anything)."""
    sides = [residual(t) for t in (goal.left, goal.right)]
    if sides[0] is None or sides[1] is None or goal.reading != "real":
        raise NotApplicable("not a step between two equations")
    first, second = sides
    if not any(t.shape or (isinstance(t, Bound) and t.op == "sum") for s in (first, second) for t in subterms(s)):
        raise NotApplicable("no vector, matrix or sum stands in the equations")
    known = Known(goal)
    if not all(known.total(t) for t in ((second,) if goal.relation == "=>" else (first, second))):
        raise NotApplicable("a side might have no value somewhere")
    if _found(second, list(known.multiples(first)), goal.relation == "=>") or (
        goal.relation == "<=>" and _found(first, list(known.multiples(second)), False)
    ):
        return _proof()
    raise NotApplicable("neither equation was seen to be a multiple of the other")


def _proof() -> Evidence:
    return Evidence("multiples of an equation", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


def residual(t: Term) -> Term | None:
    """left - right of an equation."""
    if not isinstance(t, App) or t.op != "eq" or any(a.sort != "number" for a in t.args):
        return None
    a, b = t.args
    if full(a.shape) != full(b.shape):
        return None
    return a if isinstance(b, Num) and b.value == 0 else app("sub", a, b)


class Forms:
    """Reduced forms of terms. One that is compared with many is reduced once, where it is a number: its form has no free indices."""

    def __init__(self) -> None:
        self.reader = Reader(strict=True)
        self._numbers: dict[Term, Poly | None] = {}

    def same(self, a: Term, b: Term) -> bool:
        """Whether two terms have the same reduced form."""
        if full(a.shape) != full(b.shape):
            return False
        if not a.shape and not b.shape:
            one, other = self._number(a), self._number(b)
            return one is not None and other is not None and not subtract(one, other).terms
        try:
            return not reduced(difference(a, b, self.reader)).terms
        except Unsupported:
            return False

    def proportional(self, a: Term, b: Term) -> bool:
        """Whether two numbers have forms of which one is the other times a number."""
        one, other = self._number(a), self._number(b)
        if one is None or other is None or len(one.terms) != len(other.terms):
            return False
        scales = {m.ident: c for m, c in other.terms}
        ratios = {Fraction(c) / scales[m.ident] if m.ident in scales else None for m, c in one.terms}
        return len(ratios) <= 1 and None not in ratios

    def _number(self, t: Term) -> Poly | None:
        if t not in self._numbers:
            try:
                self._numbers[t] = reduced(self.reader.read(t).poly)
            except Unsupported:
                self._numbers[t] = None
        return self._numbers[t]


def _found(target: Term, multiples: list[tuple[Term, bool]], any_factor: bool) -> bool:
    """Whether one of the multiples is the target: all by their reduced forms, then a few by every means."""
    fit = [m for m, sure in multiples if (sure or any_factor) and full(m.shape) == full(target.shape)]
    forms = Forms()
    return any(forms.same(target, m) for m in fit) or any(equal(target, m) for m in reversed(fit[-_SLOW:]))


class Known:
    """What a claim says of its matrices and scalars."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.converter = converter((), goal.assumptions)
        self.definiteness = Definiteness(self.sign)
        self.granted: set[Term] = set()
        """Terms that have values wherever the left side holds: what its equations are made of."""

    def multiples(self, t: Term) -> Iterator[tuple[Term, bool]]:
        """The term multiplied by numbers, scalars and matrices of the claim, and whether that can be undone."""
        scalars: list[Term] = [num(1)]
        for s in dict.fromkeys((*free_symbols(self.goal.left), *free_symbols(self.goal.right))):
            if not s.shape and s.kind in ("real", "integer") and self.nonzero(var(s)):
                scalars += [var(s), app("div", num(1), var(s))]
        for s in self.sizes():
            scalars += [s, app("div", num(1), s)]
        for scalar in scalars:
            for p, q in NUMBERS:
                k = app("div", num(p), num(q)) if q != 1 else num(p)
                yield app("mul", app("mul", k, scalar), t), True
        rows, columns = full(t.shape)
        matrices = self.matrices()
        for (m, one), (n, other) in permutations(matrices[:_MATRICES], 2):
            if one and other and full(m.shape)[1] == rows and full(n.shape)[0] == columns:
                yield app("mul", app("mul", m, t), n), True
        for m, sure in matrices:
            height, width = full(m.shape)
            for p, q in NUMBERS if isinstance(m, App) and m.op == "inv" else NUMBERS[:6]:
                k = app("mul", app("div", num(p), num(q)), m)
                try:
                    if width == rows:
                        yield app("mul", k, t), sure and height == width
                    if height == columns and columns != 1:
                        yield app("mul", t, k), sure and height == width
                    if width == rows and abs(p) == q == 1:
                        for scalar in scalars[1:]:
                            yield app("mul", app("mul", scalar, k), t), sure and height == width
                    if sure and width == rows and height == columns and columns != 1:
                        yield app("mul", app("mul", k, t), m), True
                except ShapeError:
                    continue

    def sizes(self) -> list[Term]:
        """Sizes that are symbols."""
        found: dict[Term, None] = {}
        for s in (*free_symbols(self.goal.left), *free_symbols(self.goal.right)):
            found.update(dict.fromkeys(d for d in s.shape if isinstance(d, Var)))
        return list(found)

    def matrices(self) -> list[tuple[Term, bool]]:
        """Matrices and rows that stand in the claim, their inverses last, and whether they are known to be invertible."""
        found: dict[Term, bool] = {}
        for t in (*subterms(self.goal.left), *subterms(self.goal.right)):
            if not t.shape or t.sort != "number" or isinstance(t, Array):
                continue
            m, n = full(t.shape)
            if n == 1:
                found.setdefault(app("transpose", t), False)
            elif m == n and len(found) < 3 * _MATRICES:
                sure = self.definiteness.invertible(t)
                found.setdefault(t, sure)
                if sure:
                    found.setdefault(app("inv", t), True)
        return sorted(found.items(), key=lambda x: isinstance(x[0], App) and x[0].op == "inv")

    def sign(self, t: Term) -> str | None:
        try:
            e = self.converter(t)
        except GIVES_UP:
            return None
        return self.converter.signs.of(e.num) if e.num and len(e.den) == 1 else None

    def nonzero(self, t: Term) -> bool:
        """Whether a scalar is known not to be 0."""
        if isinstance(t, App) and t.op == "det":
            return self.definiteness.invertible(t.args[0])
        if self.sign(t) in ("+", "-"):
            return True
        try:
            return self.converter.nonzero(self.converter(t))
        except GIVES_UP:
            return False

    def total(self, t: Term, ranges: Mapping[Symbol, Term] = MappingProxyType({})) -> bool:
        """Whether a term has a value for all values of its names; `ranges` are the ends of the indices, which start at 1."""

        def inside(*terms: Term) -> bool:
            return all(self.total(a, ranges) for a in terms)

        if isinstance(t, (Num, Var)) or (isinstance(t, Const) and t.name != "oo") or t in self.granted:
            return True
        if isinstance(t, Array):
            return all(inside(*row) for row in t.rows)
        if isinstance(t, Bound):
            if t.op == "sum" and t.args[0] == num(1):
                return inside(t.args[1]) and self.total(t.body, {**ranges, t.symbols[0]: t.args[1]})
            return t.op in ("diff", "grad") and inside(t.body, *t.args)
        if not isinstance(t, App):
            return False
        if t.op == "pow":
            base, exponent = t.args
            if not base.shape and self.sign(base) == "+" or isinstance(exponent, Var) and exponent.symbol.size:
                return inside(base, exponent)
            return isinstance(exponent, Num) and exponent.value.denominator == 1 and exponent.value > 0 and inside(base)
        if t.op == "div":
            return not t.args[1].shape and self.nonzero(t.args[1]) and inside(*t.args)
        if t.op == "inv":
            return self.definiteness.invertible(t.args[0]) and inside(t.args[0])
        if t.op == "index":
            base, *places = t.args
            return (
                inside(base)
                and len(places) <= len(base.shape)
                and all(_reaches(k, d, ranges) for k, d in zip(places, base.shape, strict=False))
            )
        return t.op in _TOTAL and inside(*t.args)


def _reaches(place: Term, size: int | Term, ranges: Mapping[Symbol, Term]) -> bool:
    """Whether an index stays between 1 and a size."""
    if isinstance(place, Num):
        return place.value == 1 or (isinstance(size, int) and place.value in range(1, size + 1))
    if not isinstance(place, Var) or place.symbol not in ranges:
        return False
    return ranges[place.symbol] == (num(size) if isinstance(size, int) else size)


SPEC = Method(
    name="multiples of an equation",
    relations=frozenset({"=>", "<=>"}),
    cost=12,
    concludes=frozenset({Truth.PROVED}),
    soundness="what is zero stays so when it is multiplied; an invertible factor can be undone; both sides have values everywhere",
    run=run,
    holds=(
        "let n, p : size\nlet X : matrix(n, p)\nlet y : vector(n)\nlet b : vector(p)\nlet lam > 0\n"
        "(X'*X + lam*eye(p))*b == X'*y <=> b == inv(X'*X + lam*eye(p))*X'*y",
        "let n : size\nlet S : matrix(n, n)\nlet u : vector(n)\nlet l : real\nS*u == l*u => u'*S*u == l*u'*u",
        "let n : size\nlet y : vector(n)\nlet a : real\n-2*sum(y[i] - a, i = 1..n) == 0 <=> a == mean(y)",
    ),
    fails=(),
    open=(
        "let n, p : size\nlet X : matrix(n, p)\nlet y : vector(n)\nlet b : vector(p)\nX'*X*b == X'*y <=> b == inv(X'*X)*X'*y",
        "let n : size\nlet S : matrix(n, n)\nlet u : vector(n)\nlet l : real\nS*u == l*u <=> u'*S*u == l*u'*u",
    ),
)
