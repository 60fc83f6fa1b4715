"""Floors, ceilings and remainders of one name: x = L*n + t with whole n and 0 <= t < L, on the finitely many pieces for t where all of them are linear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

from twofold.catalogue.bounds import declared
from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Symbol, Term, Var, children, free_symbols, num, rebuild, subterms, var
from twofold.symbolic.methods.case_splits import one_case

_STEPS = frozenset(("floor", "ceil", "mod"))
_LONGEST = 60
"""The largest period L, and the largest number of pieces."""


@dataclass(frozen=True, slots=True)
class Linear:
    """a*n + b*t + c."""

    a: Fraction
    b: Fraction
    c: Fraction

    def plus(self, other: Linear, sign: int = 1) -> Linear:
        return Linear(self.a + sign * other.a, self.b + sign * other.b, self.c + sign * other.c)

    def times(self, r: Fraction) -> Linear:
        return Linear(self.a * r, self.b * r, self.c * r)


class _Period(Exception):
    """A longer period is needed."""

    def __init__(self, factor: int) -> None:
        self.factor = factor


class _Split(Exception):
    """A floor jumps at these values of t inside a piece."""

    def __init__(self, places: list[Fraction]) -> None:
        self.places = places


class _Piece:
    """The claim where t is one number (`low` == `high`), or runs between two."""

    def __init__(self, s: Symbol, length: int, low: Fraction, high: Fraction) -> None:
        self.symbol, self.length, self.low, self.high = s, length, low, high
        self.n, self.t = Symbol("n", "integer"), Symbol("t")
        self.point = low == high

    def rest(self) -> Term:
        return num(self.low) if self.point else var(self.t)

    def value(self) -> Term:
        """The name in terms of n and t."""
        return app("add", app("mul", num(self.length), var(self.n)), self.rest())

    def write(self, t: Term) -> Term:
        """A term without its floors."""
        if isinstance(t, Var):
            return self.value() if t.symbol is self.symbol else t
        if isinstance(t, App) and t.op in _STEPS and self.symbol in free_symbols(t):
            residue = self.residue(t) if t.op == "mod" and self.symbol.kind == "integer" else None
            if residue is not None:
                return num(residue)
            f = self.linear(t)
            n, rest = app("mul", num(f.a), var(self.n)), app("mul", num(f.b), self.rest())
            return app("add", app("add", n, rest), num(f.c))
        parts = children(t)
        return rebuild(t, tuple(map(self.write, parts))) if parts else t

    def residue(self, t: App) -> int | None:
        """The remainder of a polynomial with whole coefficients in a whole name, by a whole number; `None` for others."""
        m = rational(t.args[1])
        if m is None or m.denominator != 1 or m <= 0:
            return None
        value = _whole(t.args[0], self.symbol, int(self.low))
        if value is not None and self.length % int(m):
            raise _Period(int(m) // gcd(int(m), self.length))
        return None if value is None else value % int(m)

    def linear(self, t: Term) -> Linear:
        """A term as a linear form; raises where it is none, or where a floor jumps."""
        r = rational(t)
        if r is not None:
            return Linear(Fraction(0), Fraction(0), r)
        if isinstance(t, Var) and t.symbol is self.symbol:
            return (
                Linear(Fraction(self.length), Fraction(0), self.low)
                if self.point
                else Linear(Fraction(self.length), Fraction(1), Fraction(0))
            )
        if isinstance(t, App):
            if t.op in ("add", "sub"):
                return self.linear(t.args[0]).plus(self.linear(t.args[1]), 1 if t.op == "add" else -1)
            if t.op == "neg":
                return self.linear(t.args[0]).times(Fraction(-1))
            if t.op == "mul":
                for x, y in (t.args, t.args[::-1]):
                    r = rational(x)
                    if r is not None:
                        return self.linear(y).times(r)
            if t.op == "div":
                r = rational(t.args[1])
                if r:
                    return self.linear(t.args[0]).times(1 / r)
            if t.op == "floor":
                return self.step(self.linear(t.args[0]), floor)
            if t.op == "ceil":
                return self.step(self.linear(t.args[0]), ceil)
            if t.op == "mod":
                r = rational(t.args[1])
                if r:
                    u = self.linear(t.args[0])
                    return u.plus(self.step(u.times(1 / r), floor).times(r), -1)
        raise NotApplicable("a floor of what is not linear in one name")

    def step(self, u: Linear, way: Any) -> Linear:
        """floor or ceil of a linear form that takes no whole value inside the piece."""
        if u.a.denominator > 1:
            raise _Period(u.a.denominator)
        if self.point:
            return Linear(u.a, Fraction(0), Fraction(way(u.b * self.low + u.c)))
        ends = sorted((u.b * self.low + u.c, u.b * self.high + u.c))
        if u.b:
            inside = [k for k in range(floor(ends[0]) + 1, ceil(ends[1])) if ends[0] < k < ends[1]]
            if len(inside) > _LONGEST:
                raise NotApplicable("too many pieces")
            if inside:
                raise _Split([(k - u.c) / u.b for k in inside])
        return Linear(u.a, Fraction(0), Fraction(way((ends[0] + ends[1]) / 2)))

    def goal(self, goal: Goal) -> Goal:
        """What is claimed on the piece."""
        s, x = self.symbol, self.value()
        facts = [*(self.write(a) for a in goal.assumptions), *declared(s, x)]
        if not self.point:
            facts += [app("gt", var(self.t), num(self.low)), app("lt", var(self.t), num(self.high))]
        return replace(goal, left=self.write(goal.left), right=self.write(goal.right), assumptions=tuple(facts))


def _whole(t: Term, s: Symbol, at: int) -> int | None:
    """The value of a polynomial with whole coefficients at a whole number; `None` where a term is none."""
    r = rational(t)
    if r is not None:
        return int(r) if r.denominator == 1 else None
    if isinstance(t, Var):
        return at if t.symbol is s else None
    if not isinstance(t, App) or t.op not in ("add", "sub", "mul", "neg", "pow"):
        return None
    x = [_whole(a, s, at) for a in t.args]
    if x[0] is None or x[-1] is None:
        return None
    if t.op == "neg":
        return -x[0]
    if t.op == "pow":
        exponent = rational(t.args[1])
        return x[0] ** int(exponent) if exponent is not None and 0 <= exponent <= 100 else None
    return x[0] + x[-1] if t.op == "add" else x[0] - x[-1] if t.op == "sub" else x[0] * x[-1]


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim is proved on every piece of a period."""
    s = _name(goal)
    length = 1
    while length <= _LONGEST:
        try:
            count = _everywhere(goal, s, length, context)
        except _Period as e:
            length = lcm(length, length * e.factor)
            continue
        return Evidence(
            "floor cases",
            Truth.PROVED,
            Strength.PROOF,
            f"{count} pieces of a period of {length}",
            independent_of="numeric evaluation",
        )
    raise NotApplicable("too long a period")


def _name(goal: Goal) -> Symbol:
    """The one name on which floors depend."""
    if goal.reading != "real" or goal.left.shape or goal.right.shape:
        raise NotApplicable("not a claim about real numbers")
    parts = [t for side in (goal.left, goal.right, *goal.assumptions) for t in subterms(side)]
    found = list(dict.fromkeys(s for t in parts if isinstance(t, App) and t.op in _STEPS for s in free_symbols(t)))
    hidden = {s for t in parts if isinstance(t, Bound) for s in t.symbols}
    if (
        len(found) != 1
        or found[0] in hidden
        or found[0].kind not in ("real", "integer")
        or found[0].shape
        or found[0].law is not None
    ):
        raise NotApplicable("no floors of one name")
    return found[0]


def _everywhere(goal: Goal, s: Symbol, length: int, context: Any) -> int:
    """The number of pieces that cover a period, the claim being proved on each."""
    marks = [Fraction(k) for k in range(length + 1)]
    todo = [(k, k) for k in marks[:-1]]
    if s.kind == "real" and "integer" not in s.properties:
        todo += list(zip(marks, marks[1:], strict=False))
    count = 0
    while todo:
        low, high = todo.pop(0)
        piece = _Piece(s, length, low, high)
        try:
            part = piece.goal(goal)
        except _Split as e:
            places = [low, *sorted(e.places), high]
            todo += [*((x, x) for x in places[1:-1]), *zip(places, places[1:], strict=False)]
            continue
        count += 1
        if count > _LONGEST:
            raise NotApplicable("too many pieces")
        if not one_case(part, context):
            raise NotApplicable("one of the pieces is not proved")
    return count


SPEC = Method(
    name="floor cases",
    relations=frozenset({"==", "<", "<=", ">", ">=", "!="}),
    cost=9,
    concludes=frozenset({Truth.PROVED}),
    soundness="every real x is L*n + t with whole n and 0 <= t < L; on each piece the floors are replaced by what they are there",
    run=run,
    holds=(
        "let x : real\nfloor(2*x) == floor(x) + floor(x + 1/2)",
        "let x : real\nceil(x) - floor(x) <= 1",
        "let n : integer\nfloor(n/2) + floor((n + 1)/2) == n",
        "let x : real\nfloor(floor(x)/2) == floor(x/2)",
        "let x : real\nmod(x, 1) < 1",
        "let n : integer\nmod(n^3 - n, 6) == 0",
        "let n : integer\nmod(n^2, 4) <= 1",
    ),
    fails=(),
    open=(
        "let x : real\nfloor(2*x) == 2*floor(x)",
        "let x : real\nceil(x) - floor(x) == 1",
        "let x, y : real\nfloor(x + y) == floor(x) + floor(y)",
        "let n : integer\nfloor(n/2) + floor(n/2) == n",
        "let x : real\nmod(x, 1) < 1/2",
        "let x : real\nmod(x^3 - x, 6) == 0",
        "let n : integer\nmod(n^2 + n, 4) == 0",
    ),
)
