"""Quadratic inequalities under one quadratic condition, by a multiplier: f - m*h is nowhere negative.

The S-procedure (V. A. Yakubovich, 1971): with h == 0 (any m) or h >= 0 (m >= 0) f is at least f - m*h, whose matrix is reduced by elimination.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from typing import Any

from flint import fmpq, fmpq_poly

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import FALSE, App, Symbol, Term, free_symbols
from twofold.symbolic.asymptotic import balls
from twofold.symbolic.equations.decide import decide
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.raising import raised

_MOST_NAMES = 4
_WORDS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
Matrix = list[list[Element]]
Row = list[Element]
"""A polynomial in the multiplier, the constant first."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved by a multiplier; refuted where the one that is best belongs to a point of the condition."""
    plain = _unfolded(goal)
    names = list(dict.fromkeys(s for t in (plain.left, plain.right) for s in free_symbols(t)))
    facts = [t for a in plain.assumptions for t in conjuncts(a)]
    names += [s for s in dict.fromkeys(s for t in facts for s in free_symbols(t)) if s not in names]
    if plain.reading != "real" or not 0 < len(names) <= _MOST_NAMES or any(s.shape or s.kind != "real" or s.law for s in names):
        raise NotApplicable("not about a few real numbers")
    larger, smaller = (plain.left, plain.right) if plain.relation in (">", ">=") else (plain.right, plain.left)
    strict = plain.relation in ("<", ">")
    try:
        found = _Forms(converter((), (), "real"), names)
        f = found.matrix(app("sub", larger, smaller))
        for fact in facts:
            h, equal = found.condition(fact)
            if f is None or h is None:
                continue
            for m in found.multipliers(f, h):
                if not equal and found.sign(m) < 0:
                    continue
                last = found.reduced(found.combined(f, h, m))
                if last is not None and (last > 0 or (last == 0 and not strict)):
                    return _proof(goal, plain, context)
                if last is not None and equal and len(facts) == 1 and not any(s.lower or s.upper for s in names):
                    values = found.stationary(f, h, m, strict)
                    if values is not None:
                        return _refutation(goal, names, values)
    except (*GIVES_UP, balls.NoEnclosure) as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("no multiplier is found")


def _unfolded(goal: Goal) -> Goal:
    """A step to an inequality as the inequality under what it starts from."""
    if goal.relation != "=>":
        return goal
    right = goal.right
    if not isinstance(right, App) or right.op not in _WORDS or any(a.shape or a.sort != "number" for a in right.args):
        raise NotApplicable("not a step to an inequality")
    return replace(
        goal, relation=_WORDS[right.op], left=right.args[0], right=right.args[1], assumptions=(*goal.assumptions, goal.left)
    )


def _proof(goal: Goal, plain: Goal, context: Any) -> Evidence:
    """That something satisfies the condition is shown too: drawn points may all miss it, as x^2 + y^2 == 3 has no rational ones."""
    shown = 0
    if goal.relation != "=>":
        try:
            step = replace(plain, relation="=>", left=together(list(plain.assumptions)), right=FALSE, assumptions=())
            shown = int(decide(step, context).values is not None)
        except NotApplicable:
            shown = 0
    return Evidence(
        "multipliers", Truth.PROVED, Strength.PROOF, points=shown, effective=shown, independent_of="numeric evaluation"
    )


def _refutation(goal: Goal, names: list[Symbol], values: list[Term]) -> Evidence:
    sides = ("true", "false") if goal.relation == "=>" else ("", "")
    witness = Counterexample({s.name: show(v) for s, v in zip(names, values, strict=True)}, *sides, True)
    return Evidence("multipliers", Truth.REFUTED, Strength.CERTIFIED, points=1, effective=1, witness=witness)


@dataclass(slots=True)
class _Forms:
    """Quadratic polynomials in some names as symmetric matrices, the row of the constant last; entries are numbers in normal form."""

    c: Converter
    names: list[Symbol]

    def condition(self, fact: Term) -> tuple[Matrix | None, bool]:
        """The matrix of what is 0, or not negative, and whether it is 0."""
        if not isinstance(fact, App) or fact.op not in ("eq", *_WORDS) or any(a.shape or a.sort != "number" for a in fact.args):
            return None, False
        a, b = fact.args[::-1] if fact.op in ("lt", "le") else fact.args
        return self.matrix(app("sub", a, b)), fact.op == "eq"

    def matrix(self, t: Term) -> Matrix | None:
        """The matrix of a polynomial of degree at most 2; `None` for other terms."""
        e, f = self.c(t), self.c.field
        places = {f.kernel(("sym", s)): k for k, s in enumerate(self.names)}
        n = len(self.names)
        if not balls.is_number(f, Element(e.den, UNIT)):
            return None
        entries: list[list[dict[Any, Any]]] = [[{} for _ in range(n + 1)] for _ in range(n + 1)]
        for m, v in e.num.items():
            inside = [(places[g], k) for g, k in m if g in places]
            rest = tuple(x for x in m if x[0] not in places)
            if not all(k in (1, 2) for _, k in inside) or not balls.is_number(f, Element({rest: v}, UNIT)):
                return None
            spread = [g for g, k in inside for _ in range(int(k))]
            if len(spread) > 2:
                return None
            i, j = (*spread, n, n)[:2]
            for a, b in {(i, j), (j, i)}:
                entries[a][b][rest] = v if i == j else v / 2
        below = f.div(f.number(1), Element(e.den, UNIT))
        return [[f.mul(Element(x, UNIT), below) for x in row] for row in entries]

    def combined(self, f: Matrix, h: Matrix, m: Element) -> Matrix:
        k = self.c.field
        return [[k.sub(a, k.mul(m, b)) for a, b in zip(r, s, strict=True)] for r, s in zip(f, h, strict=True)]

    def sign(self, e: Element) -> int:
        """The sign of a number, 0 only where it is proved to be 0. Raises `NoEnclosure` where neither is seen."""
        if not self.c.field.zeroed(e.num):
            return 0
        found = balls.sign(self.c.field, e)
        if found is None:
            raise balls.NoEnclosure
        return found

    def reduced(self, rows: Matrix) -> int | None:
        """The sign of the least value of a polynomial; `None` where it has none."""
        k, a = self.c.field, [list(r) for r in rows]
        for p in range(len(a) - 1):
            s = self.sign(a[p][p])
            if s < 0 or (s == 0 and any(self.sign(x) for x in a[p][p + 1 :])):
                return None
            if s:
                for i in range(p + 1, len(a)):
                    factor = k.div(a[i][p], a[p][p])
                    a[i] = [k.sub(x, k.mul(factor, y)) for x, y in zip(a[i], a[p], strict=True)]
        return self.sign(a[-1][-1])

    def multipliers(self, f: Matrix, h: Matrix) -> Iterator[Element]:
        """Values at which the determinant of f - m*h may have its greatest value between zeros, or a zero of even order."""
        k, n = self.c.field, len(f)
        total: Row = []
        for order in permutations(range(n)):
            turns = sum(order[i] > order[j] for i in range(n) for j in range(i + 1, n))
            term: Row = [k.number(-1 if turns % 2 else 1)]
            for i, j in enumerate(order):
                term = self._times(term, [f[i][j], k.neg(h[i][j])])
            total = [
                k.add(total[i] if i < len(total) else k.number(0), term[i] if i < len(term) else k.number(0))
                for i in range(max(len(total), len(term)))
            ]
        while total and not k.zeroed(total[-1].num):
            total.pop()
        low = next((i for i, e in enumerate(total) if k.zeroed(e.num)), 0)
        total = total[low:]
        if len(total) == 3:
            yield k.div(total[1], k.mul(k.number(-2), total[2]))
        values = [e.rational() for e in total]
        if None in values or len(values) < 2:
            return
        roots = self._rational_roots([v for v in values if v is not None])
        yield from map(k.number, [*roots, *((a + b) / 2 for a, b in zip(roots, roots[1:], strict=False))])

    def _times(self, a: Row, b: Row) -> Row:
        k = self.c.field
        out = [k.number(0)] * (len(a) + len(b) - 1)
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                out[i + j] = k.add(out[i + j], k.mul(x, y))
        return out

    def _rational_roots(self, values: list[Fraction]) -> list[Fraction]:
        _, factors = fmpq_poly([fmpq(v.numerator, v.denominator) for v in values]).numer().factor()
        return sorted({Fraction(-int(p[0]), int(p[1])) for p, _ in factors if p.degree() == 1})

    def stationary(self, f: Matrix, h: Matrix, m: Element, strict: bool) -> list[Term] | None:
        """Where f - m*h is least, if h is 0 there and f is negative (or 0, for a strict claim)."""
        k, a = self.c.field, [list(r) for r in self.combined(f, h, m)]
        n = len(a) - 1
        for p in range(n):
            if self.sign(a[p][p]) <= 0:
                return None
            for i in range(n + 1):
                if i != p:
                    factor = k.div(a[i][p], a[p][p])
                    a[i] = [k.sub(x, k.mul(factor, y)) for x, y in zip(a[i], a[p], strict=True)]
        place = [*(k.neg(k.div(a[p][n], a[p][p])) for p in range(n)), k.number(1)]
        if self.sign(self._value(h, place)) != 0 or self.sign(self._value(f, place)) > (0 if strict else -1):
            return None
        return [raised(self.c, x) for x in place[:-1]]

    def _value(self, rows: Matrix, place: list[Element]) -> Element:
        k, total = self.c.field, self.c.field.number(0)
        for x, row in zip(place, rows, strict=True):
            for y, e in zip(place, row, strict=True):
                total = k.add(total, k.mul(e, k.mul(x, y)))
        return total


SPEC = Method(
    name="multipliers",
    relations=frozenset(("<", "<=", ">", ">=", "=>")),
    cost=9,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="where h is 0 (or not negative, with m >= 0), f is at least f - m*h, which elimination shows to be nowhere negative",
    run=run,
    holds=(
        "x + y <= sqrt(6) given x^2 + y^2 == 3",
        "x^2 + y^2 == 1 => x*y <= 1/2",
        "x - y >= -2 given x^2 + y^2 <= 2",
        "x + 2*y + 3*z <= sqrt(14) given x^2 + y^2 + z^2 == 1",
    ),
    fails=("x + y < sqrt(6) given x^2 + y^2 == 3", "x^2 + y^2 == 1 => x + y < sqrt(2)"),
    open=("x + y <= 2 given x^2 - y^2 == 3", "x + y <= 1 given x^2 + y^2 >= 1", "x^3 <= 1 given x^2 + y^2 == 1"),
)
