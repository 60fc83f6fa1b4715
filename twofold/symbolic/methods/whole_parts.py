"""Floors, ceilings and remainders of expressions that are linear in a real name, or polynomials in whole ones: the name is written as L*(k + t).

With k whole, t in [0, 1) and L a multiple of all denominators, what is a multiple of k leaves every floor, and the rest is constant on finitely many
points and intervals of t. Whole names need t = r/L alone.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any, NamedTuple

from flint import fmpq

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Symbol, Term, children, free_symbols, num, rebuild, substitute, subterms, var
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.raising import raised

_OPS = frozenset(("floor", "ceil", "mod"))
_PERIOD, _CASES = 120, 400


class Cell(NamedTuple):
    """A point of [0, 1), or an open interval in it."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2


class _Cut(Exception):
    """A floor jumps inside an interval."""

    def __init__(self, at: Fraction) -> None:
        self.at = at


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where every case is, by the normal form."""
    sides = (goal.left, goal.right)
    if goal.reading != "real" or goal.left.shape or any(isinstance(t, Bound) for side in sides for t in subterms(side)):
        raise NotApplicable("real scalars without ranges only")
    inner = [t for side in sides for t in subterms(side) if isinstance(t, App) and t.op in _OPS]
    names = list(dict.fromkeys(s for t in inner for s in free_symbols(t)))
    if not names:
        raise NotApplicable("no floor of a name stands in the claim")
    real = [s for s in names if s.kind == "real"]
    if len(real) > 1 or any(s.shape or s.kind not in ("real", "integer") for s in names):
        raise NotApplicable("more than one real name under floors")
    period = _period(inner)
    whole = [s for s in names if s.kind == "integer"]
    if period > _PERIOD or period ** len(whole) > _CASES:
        raise NotApplicable("a period that is too long")
    count = 0
    residues = [[Cell(Fraction(r, period), Fraction(r, period)) for r in range(period)] for _ in whole]
    for places in product(*residues):
        cells = [Cell(Fraction(0), Fraction(0)), Cell(Fraction(0), Fraction(1))] if real else [None]
        while cells:
            count += 1
            if count > _CASES:
                raise NotApplicable("too many cases")
            cell = cells.pop()
            given = dict(zip(whole, places, strict=True)) | ({real[0]: cell} if cell is not None else {})
            try:
                if not _case(goal, context, given, period):
                    raise NotApplicable("a case is not proved")
            except _Cut as cut:
                assert cell is not None
                cells += [Cell(cell.low, cut.at), Cell(cut.at, cut.at), Cell(cut.at, cell.high)]
            except GIVES_UP as e:
                raise NotApplicable(f"no normal form: {e}") from None
    return Evidence("whole parts", Truth.PROVED, Strength.PROOF, f"{count} cases", independent_of="numeric evaluation")


def _period(inner: list[App]) -> int:
    """A common multiple of all denominators under the floors, once for each floor inside another."""
    found = 1
    for t in inner:
        for u in subterms(t):
            if isinstance(u, Num):
                found = lcm(found, u.value.denominator)
            if isinstance(u, App) and u.op in ("div", "mod"):
                if not isinstance(u.args[1], Num) or not u.args[1].value:
                    raise NotApplicable("a divisor that is not a number")
                found = lcm(found, abs(u.args[1].value.numerator))
    depth = max(_depth(t) for t in inner)
    return int(found**depth)


def _depth(t: Term) -> int:
    below = max((_depth(a) for a in children(t)), default=0)
    return below + (isinstance(t, App) and t.op in _OPS)


def _case(goal: Goal, context: Any, given: dict[Symbol, Cell], period: int) -> bool:
    values: dict[Symbol, Term] = {}
    facts: list[Term] = []
    moving: tuple[Symbol, Cell] | None = None
    for s, cell in given.items():
        k = Symbol(f"{s.name}_whole", "integer")
        if cell.low == cell.high:
            share: Term = num(cell.low)
        else:
            t = Symbol(f"{s.name}_part", lower=num(cell.low), upper=num(cell.high), open_lower=True, open_upper=True)
            moving, share = (t, cell), var(t)
        values[s] = app("mul", num(period), app("add", var(k), share))
        for bound, op in ((s.lower, "gt" if s.open_lower else "ge"), (s.upper, "lt" if s.open_upper else "le")):
            if bound is not None:
                facts.append(app(op, values[s], bound))
    facts += [substitute(a, values) for a in goal.assumptions]
    made = tuple(_flat(substitute(side, values), moving) for side in (goal.left, goal.right))
    try:
        return plain.run(replace(goal, left=made[0], right=made[1], assumptions=tuple(facts)), context).truth is Truth.PROVED
    except NotApplicable:
        return False


def _flat(t: Term, moving: tuple[Symbol, Cell] | None) -> Term:
    """A term without floors, ceilings and remainders."""
    parts = tuple(_flat(a, moving) for a in children(t))
    if not isinstance(t, App) or t.op not in _OPS:
        return rebuild(t, parts) if parts else t
    if t.op == "floor":
        return _floor(parts[0], moving)
    if t.op == "ceil":
        return app("neg", _floor(app("neg", parts[0]), moving))
    return app("sub", parts[0], app("mul", parts[1], _floor(app("div", *parts), moving)))


def _floor(u: Term, moving: tuple[Symbol, Cell] | None) -> Term:
    c = converter(())
    e = c(u)
    if len(e.den) > 1:
        raise NotApplicable("a floor of a quotient")
    whole = {m: v for m, v in e.num.items() if m and v.q == 1 and c.is_integer(m)}
    slope, constant = fmpq(0), fmpq(0)
    for m, v in e.num.items():
        if m in whole:
            continue
        if m == ():
            constant = v
        elif moving is not None and m == ((c.field.kernel(("sym", moving[0])), 1),):
            slope = v
        else:
            raise NotApplicable("a floor of what is not linear")
    if not slope:
        value = constant.floor()
    else:
        assert moving is not None
        low, high, middle = (slope * fmpq(x.numerator, x.denominator) + constant for x in (*moving[1], moving[1].middle))
        value = middle.floor()
        for jump in (value, value + 1):
            if min(low, high) < jump < max(low, high):
                at = (jump - constant) / slope
                raise _Cut(Fraction(int(at.p), int(at.q)))
    return app("add", raised(c, Element(whole, UNIT)), num(int(value)))


SPEC = Method(
    name="whole parts",
    relations=frozenset({"=="}),
    cost=7,
    concludes=frozenset({Truth.PROVED}),
    soundness="every real number is L*(k + t) in one way; on an interval without a jump a floor is constant; each case is proved by the normal form",
    run=run,
    holds=(
        "floor(x) + floor(x + 1/2) == floor(2*x)",
        "let n : integer\nmod(n^3 - n, 6) == 0",
        "floor(floor(x)/2) == floor(x/2)",
        "ceil(x) - floor(x) == indicator(x != floor(x))",
    ),
    fails=(),
    open=(
        "floor(x) + floor(x + 1/3) == floor(2*x)",
        "let n : integer\nmod(n^3 + n, 6) == 0",
        "ceil(x) - floor(x) == 1",
        "let n : positive integer\nmod(n, 7)*(mod(n, 7) - 1) == 0",
    ),
)

__all__ = ["SPEC", "run"]
