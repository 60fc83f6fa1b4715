"""What a ratio or a difference of the two sides is made of: subexpressions of both sides, inner derivatives, small numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from twofold.catalogue.display import to_tree
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.arithmetic import divided, in_front, in_lowest_terms, minus, over, plus, times, without_one
from twofold.engine.diagnosis.parts import factors, terms
from twofold.engine.diagnosis.points import CLOSE, Points, rational
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.term import Symbol, Term, Var, free_symbols, subterms
from twofold.grammar.tree import Call, Infix, Name, Number, Postfix
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative

if TYPE_CHECKING:
    from twofold.engine.diagnosis.paired import Paired
    from twofold.engine.diagnosis.targets import Targets

Resolve = Callable[[tree.Expr], Term]
_BINDING = frozenset("sum prod integrate limit bracket minimize maximize solve E Var Cov P Std Corr".split())
_MOST = 28
_LONGEST = 40


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A scalar subexpression with its values; `inner` where it is the derivative of the argument of a function."""

    node: tree.Expr
    values: np.ndarray
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Values that are `number * over... `: a rational times pieces, some of them in the denominator."""

    factor: Fraction
    above: tuple[Piece, ...] = ()
    below: tuple[Piece, ...] = ()

    @property
    def inner(self) -> bool:
        return any(p.inner for p in self.above)

    @property
    def complexity(self) -> float:
        """What it adds to the cost of an edit."""
        return 0.15 * (len(self.above) + 1.5 * len(self.below)) + (0.05 if self.factor.denominator > 1 else 0.0)

    def written(self) -> tree.Expr:
        """The absolute value as an expression; the sign is that of `factor`."""
        q = abs(self.factor)
        out: tree.Expr | None = Number(str(q.numerator)) if q.numerator != 1 or not self.above else None
        for p in self.above:
            out = p.node if out is None else times(out, p.node)
        assert out is not None
        for b in self.below:
            out = over(out, b.node)
        return over(out, Number(str(q.denominator))) if q.denominator != 1 else out

    def alone(self) -> tree.Expr:
        """The value as an expression."""
        return self.written() if self.factor > 0 else tree.Prefix("-", self.written())

    def added_to(self, node: tree.Expr) -> tree.Expr:
        """A sum with this term at its end."""
        return (plus if self.factor > 0 else minus)(node, self.written())

    def onto(self, node: tree.Expr) -> tree.Expr:
        """A product with this factor."""
        q = abs(self.factor)
        if isinstance(node, tree.Infix) and node.operator == "/" and isinstance(d := node.right, Number) and d.text.isdecimal():
            node, q = node.left, q / (int(d.text) or 1)
        node, denominator = in_lowest_terms(node, q.denominator)
        for p in reversed(self.above):
            node = in_front(p.node, node)
        if q.numerator != 1:
            node = in_front(Number(str(q.numerator)), node)
        for p in self.below:
            node = divided(node, p.node)
        node = without_one(node)
        if denominator != 1:
            node = divided(node, Number(str(denominator)))
        return tree.Prefix("-", node) if self.factor < 0 else node


_COMPANION = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}


def _companions(nodes: Iterable[tree.Expr]) -> Iterator[tree.Expr]:
    """What is left out: the cosine of an angle whose sine stands there, and so on, the logarithm of the base of an exponential, the sum of weights."""
    for node in nodes:
        yield from _weights(node)
        if isinstance(node, Infix) and node.operator == "^" and not isinstance(node.right, Number):
            yield Call(Name("log"), (node.left,))
        if isinstance(node, Call) and node.function.id in _COMPANION and len(node.arguments) == 1:
            yield replace(node, function=Name(_COMPANION[node.function.id]))


def _weights(node: tree.Expr) -> Iterator[tree.Expr]:
    """The sums of the factors of what is added up: of w[i] in sum(w[i]*x[i], i = 1..n), of w in sum(w .* x), of w_1 and w_2 in w_1*x_1 + w_2*x_2."""
    if isinstance(node, Call) and node.function.id == "sum" and node.arguments:
        body, *ranges = node.arguments
        parts = [f for _, f in factors(body)] if ranges else []
        if not ranges and isinstance(body, Infix) and body.operator == ".*":
            parts = [body.left, body.right]
        if len(parts) > 1:
            yield from (replace(node, arguments=(f, *ranges)) for f in parts if not isinstance(f, Number))
    summands = terms(node)
    products = [[f for s, f in factors(t) if s == "*"] for s, t in summands if s == "+"]
    if len(products) == len(summands) > 1 and all(len(p) > 1 for p in products):
        for place in (0, -1):
            first, *rest = (p[place] for p in products)
            made = first
            for t in rest:
                made = plus(made, t)
            yield made


class Pieces:
    """The pieces that two trees offer at some points."""

    def __init__(self, points: Points | Paired | Targets, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> None:
        self.points = points
        self.resolve = resolve
        self.found: list[Piece] = []
        seen: set[bytes] = set()
        offered = [*_candidates(left), *_candidates(right)]
        companions = _companions(n for n, _ in offered)
        unseen = map(Name, hidden(points.goal))
        for node, inner in [*offered, *((c, False) for c in companions), *((n, False) for n in unseen)]:
            if len(self.found) >= _MOST:
                break
            if node is left or node is right:
                continue
            self._add(node, inner, seen)

    def _add(self, node: tree.Expr, inner: bool, seen: set[bytes]) -> None:
        try:
            term = self.resolve(node)
        except TwofoldError:
            return
        if term.shape or term.sort != "number":
            return
        if inner:
            for s in _variables(term):
                try:
                    slope = derivative(term, s)
                    self._keep(to_tree(slope), slope, True, seen)
                except (NoClosedForm, KeyError, TypeError):
                    continue
            return
        self._keep(node, term, False, seen)

    def _keep(self, node: tree.Expr, term: Term, inner: bool, seen: set[bytes]) -> None:
        values = self.points.own(term)
        if (
            values is None
            or np.iscomplexobj(values)
            or rational(values) is not None
            or np.any(values == 0)
            or len(write(node)) > _LONGEST
        ):
            return
        key = np.round(values / np.abs(values[0]), 9).tobytes() + bytes([inner])
        if key not in seen:
            seen.add(key)
            self.found.append(Piece(node, values, inner))

    def match(self, wanted: np.ndarray | None) -> Match | None:
        """What some values are, as simply as possible."""
        if wanted is None or np.iscomplexobj(wanted):
            return None
        if len(wanted) < 3:
            # At one point, without names, many numbers are a ratio by chance; a small one hardly is.
            q = rational(wanted, 12)
            return Match(q) if q is not None and q != 0 and max(abs(q.numerator), q.denominator) <= 12 else None
        q = rational(wanted)
        if q is not None and q != 0 and max(abs(q.numerator), q.denominator) <= 400:
            return Match(q)
        pairs, factors = self._table
        if not pairs:
            return None
        with np.errstate(all="ignore"):
            rest = wanted * factors
            first = rest[:, :1]
            steady = np.all(np.abs(rest - first) <= CLOSE * np.abs(first), axis=1) & np.all(np.isfinite(rest), axis=1)
        for k in np.flatnonzero(steady):
            q = rational(rest[k], 12)
            if q is not None and q != 0 and max(abs(q.numerator), q.denominator) <= 12:
                return Match(q, *pairs[k])
        return None

    @cached_property
    def _table(self) -> tuple[list[tuple[tuple[Piece, ...], tuple[Piece, ...]]], np.ndarray]:
        """Every combination, and what values are multiplied with to see whether they are a number times it."""
        pairs = list(self._combinations())
        with np.errstate(all="ignore"):
            factors = [
                np.prod([1 / p.values for p in above] + [p.values for p in below], axis=0, dtype=float) for above, below in pairs
            ]
        return pairs, np.array(factors)

    def _combinations(self) -> Iterator[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
        for p in self.found:
            yield (p,), ()
        for p in self.found:
            yield (), (p,)
        for k, p in enumerate(self.found):
            for other in self.found[k:]:
                yield (p, other), ()
        for p in self.found:
            for other in self.found:
                if other is not p:
                    yield (p,), (other,)


def hidden(goal: Goal) -> list[str]:
    """Names of scalars that stand in the terms, perhaps inside definitions."""
    return [s.name for s in free_symbols(goal.left) if not s.shape and s.kind != "function" and s.law is None]


def _variables(term: Term) -> list[Symbol]:
    return list(
        dict.fromkeys(
            t.symbol for t in subterms(term) if isinstance(t, Var) and not t.shape and t.symbol.kind in ("real", "integer")
        )
    )[:3]


def _candidates(root: tree.Expr) -> Iterator[tuple[tree.Expr, bool]]:
    """Subexpressions outside the operations that bind names, small ones last; the arguments of functions are also
    differentiated."""
    stack: list[tree.Expr] = [root]
    found: list[tree.Expr] = []
    arguments: list[tree.Expr] = []
    while stack:
        n = stack.pop()
        if isinstance(n, (tree.Lambda, tree.Range, tree.Binding, tree.Slice, tree.Text)):
            continue
        if isinstance(n, (Infix, Call, Name, Postfix, tree.Index, tree.Prefix)):
            found.append(n)
        if isinstance(n, Name):
            found.append(Infix("-", n, Number("1")))
        if isinstance(n, Call):
            if n.function.id in _BINDING or n.square:
                continue
            arguments.extend(a for a in n.arguments if not isinstance(a, (Name, Number)))
        if isinstance(n, Infix) and n.operator == "^" and not isinstance(n.left, (Name, Number)):
            arguments.append(n.left)
        stack.extend(c for c in tree.children(n) if not (isinstance(n, Call) and c is n.function))
    for n in sorted(found, key=lambda n: len(write(n))):
        yield n, False
    for n in arguments:
        yield n, True
