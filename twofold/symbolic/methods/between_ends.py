"""Inequalities in one name on an interval: by the derivatives at an end and the sign of the next one inside, concave between two ends, or by the
places at which the function turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from flint import fmpq

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import (
    MINUS_OO,
    OO,
    App,
    Bound,
    Num,
    Symbol,
    Term,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.asymptotic.balls import NoEnclosure, enclosure, sign
from twofold.symbolic.asymptotic.limits import shown
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.methods import turning_point
from twofold.symbolic.methods.derivative_zero import is_bound
from twofold.symbolic.methods.ranges import assumed_ends, declared_ends, known_sign
from twofold.symbolic.methods.turning_point import places_of, refuted_at, value_at
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.theorems.continuity import ANALYTIC, is_made_of

_HIGHEST, _NESTED, _MOST = 5, 2, 6
"""The orders of derivatives, of those that may have a turning point of their own, and how often a function may turn."""
_SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_AT_LEAST_0 = ("+", "0", "0+")


def run(goal: Goal, context: Context) -> Evidence:
    """Proved where f = larger - smaller is at least 0 at the ends and its derivatives keep their signs between these.

    All signs inside are proved for the whole open interval, and so is that everything has a value there.
    """
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    f = app("sub", goal.left, goal.right) if goal.relation in (">", ">=") else app("sub", goal.right, goal.left)
    if not is_made_of(f, ANALYTIC):
        raise NotApplicable("a part is not known to be smooth")
    names = free_symbols(f)
    if len(names) != 1 or names[0].kind not in ("real", "integer") or names[0].law is not None:
        raise NotApplicable("an interval in one real name only")
    goal, f, s = _on_the_line(goal, f, names[0])
    try:
        note = _Interval(goal, f, s, context).shows(goal.relation in ("<", ">"))
    except (*GIVES_UP, NoClosedForm, NoEnclosure):
        note = ""
    if not note:
        place = None if names[0].kind == "integer" else _against(goal, f, s, context)
        if place is None:
            raise NotApplicable("no sign of a derivative decides it")
        return replace(refuted_at(goal, s, place), method="between the ends")
    return Evidence("between the ends", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")


def _against(goal: Goal, f: Term, s: Symbol, context: Context) -> Term | None:
    """An end or a place at which the derivative vanishes where f is known not to be what is claimed: an equality at an irrational number alone is
    not met by chance."""
    refused = ("-", "0") if goal.relation in ("<", ">") else ("-",)
    if any(s not in free_symbols(a) for a in goal.assumptions):
        return None
    try:
        ends = [end for end, is_open in _ends(goal, s) if end is not None and not is_open]
        places = [*ends, *places_of(derivative(f, s), s, replace(context, assumptions=goal.assumptions))]
        return next((p for p in places if not free_symbols(p) and value_at(goal, f, s, p) in refused), None)
    except (*GIVES_UP, NoClosedForm, NotApplicable):
        return None


def _on_the_line(goal: Goal, f: Term, s: Symbol) -> tuple[Goal, Term, Symbol]:
    """A claim about a whole number as one about the real numbers between its ends."""
    if s.kind == "real":
        return goal, f, s
    lower = num(1) if s.size else s.lower
    x = Symbol(s.name, "real", lower=lower, open_lower=s.open_lower and not s.size, upper=s.upper, open_upper=s.open_upper)
    values = {s: var(x)}
    left, right = (substitute(t, values) for t in (goal.left, goal.right))
    return (
        replace(goal, left=left, right=right, assumptions=tuple(substitute(a, values) for a in goal.assumptions)),
        substitute(f, values),
        x,
    )


class _Interval:
    """The interval that the assumptions leave to a name, and a function on it."""

    def __init__(self, goal: Goal, f: Term, s: Symbol, context: Context, depth: int = 0) -> None:
        self.goal, self.s, self.context, self.depth = goal, s, context, depth
        self.low, self.high = _ends(goal, s)
        self.tower = [f]
        self.inside = self.between(self.low[0], self.high[0])

    def shows(self, strict: bool) -> str:
        if not self.smooth():
            return ""
        for end, is_open, way in ((*self.low, 1), (*self.high, -1)):
            order = None if end is None else self.order(end, way, strict, is_open)
            if order is not None:
                return f"the derivative of order {order} by {self.s.name} has one sign, and the end settles the rest"
            if end is None and self.falls_to_limit(way, strict):
                return f"monotone in {self.s.name} towards a limit that settles the rest"
        both = self.low[0] is not None and self.high[0] is not None and (not strict or self.low[1] and self.high[1])
        chord = both and all(self.at(0, end) in _AT_LEAST_0 for end, _ in (self.low, self.high) if end is not None)
        if chord and self.keeps("lt" if strict else "le", 2):
            return f"concave in {self.s.name} between its ends"
        return "the value is not against it at any place where the function turns" if self.turns(strict) else ""

    def falls_to_limit(self, way: int, strict: bool) -> bool:
        """Whether the function falls towards infinity on one side, to a limit that is not negative."""
        value = self.limit(way)
        return value in _AT_LEAST_0 and self.keeps(
            ("gt" if way > 0 else "lt") if strict and value != "+" else "ge" if way > 0 else "le", 1
        )

    def limit(self, way: int) -> str | None:
        """The sign of the limit at -oo (`way` 1) or oo (-1)."""
        c = converter((), tuple(a for a in self.goal.assumptions if self.s not in free_symbols(a)))
        point = OO if way < 0 else MINUS_OO
        inner = copy_symbol(self.s, lower=None, upper=None, open_lower=True, open_upper=True)
        found = shown(c, Bound("limit", (inner,), substitute(self.tower[0], {self.s: var(inner)}), (point,)))
        return None if found is None else known_sign(c, found)

    def turns(self, strict: bool) -> bool:
        """Whether the function falls and rises in turn between places at whose lowest it is not negative."""
        slope = self.derivative(1)
        found = list(
            dict.fromkeys(
                p for p in places_of(slope, self.s, replace(self.context, assumptions=self.goal.assumptions)) if self.is_inside(p)
            )
        )
        if not found or len(found) > _MOST:
            return False
        places = sorted(found, key=self.height)
        if any(self.gap(a, b) != 1 for a, b in pairwise(places)):
            return False
        plain = self.plain(slope)
        edges = [self.low[0], *places, self.high[0]]
        falls = []
        for a, b in pairwise(edges):
            piece = self.between(a, b)
            down = self.holds(app("le", plain, num(0)), piece)
            if not down and not self.holds(app("ge", plain, num(0)), piece):
                return False
            falls.append(down)
        lowest = [p for p, before, after in zip(places, falls, falls[1:], strict=False) if before and not after]
        met = [self.at(0, p) for p in lowest]
        # From an end where it rises at once the values there count, or their limit.
        for end, rises, way in ((self.low[0], not falls[0], 1), (self.high[0], falls[-1], -1)):
            if rises:
                met.append(self.limit(way) if end is None else self.at(0, end))
        return all(value in (("+",) if strict else _AT_LEAST_0) for value in met)

    def is_inside(self, place: Term) -> bool:
        return all(
            end is None or (gap := self.gap(end, place)) is not None and gap * way > 0
            for end, way in ((self.low[0], 1), (self.high[0], -1))
        )

    def gap(self, a: Term, b: Term) -> int | None:
        """The sign of b - a; `None` where it is not known."""
        c = converter((), ())
        e = c(app("sub", b, a))
        return sign(c.field, e) if e.num else 0

    def height(self, place: Term) -> float:
        c = converter((), ())
        return float(enclosure(c.field, c(place)).real.mid())

    def between(self, low: Term | None, high: Term | None) -> Term:
        return together(app(op, var(self.s), end) for op, end in (("gt", low), ("lt", high)) if end is not None)

    def order(self, end: Term, way: int, strict: bool, is_open: bool) -> int | None:
        """The order of the first derivative that has one sign inside, where those below it are not against it at an end."""
        value = self.at(0, end)
        if value not in _AT_LEAST_0 or strict and not is_open and value != "+":
            return None
        for k in range(1, _HIGHEST + 1):
            up = "gt" if strict and value != "+" else "ge"
            if self.keeps(up if way**k > 0 else MIRRORED[up], k):
                return k
            if k == _HIGHEST or self.at(k, end) not in (_AT_LEAST_0 if way**k > 0 else ("-", "0", "0-")):
                return None
        return None

    def derivative(self, k: int) -> Term:
        while len(self.tower) <= k:
            self.tower.append(derivative(self.tower[-1], self.s))
        return self.tower[k]

    def at(self, k: int, end: Term) -> str | None:
        return value_at(self.goal, self.derivative(k), self.s, end, closed=True)

    def keeps(self, op: str, k: int) -> bool:
        """Whether a derivative has a sign at every place inside, by itself, by a turning point of its own or as a function on the interval."""
        d = self.derivative(k)
        if self.holds(app(op, self.plain(d), num(0)), self.inside):
            return True
        if k > _NESTED:
            return False
        try:
            if (
                turning_point.run(replace(self.goal, relation=_SIGNS[op], left=d, right=num(0)), self.context).truth
                is Truth.PROVED
            ):
                return True
        except NotApplicable:
            pass
        if self.depth or k > 1:
            return False
        rest = d if op in ("gt", "ge") else app("neg", d)
        return bool(_Interval(self.goal, rest, self.s, self.context, self.depth + 1).shows(op in ("gt", "lt")))

    def plain(self, d: Term) -> Term:
        """A term of the same sign, without the exponentials that are its factors."""
        c = converter((d,), self.goal.assumptions)
        e = c(d)
        common = tuple((g, k) for g, k in P.lowest(e.num) if g in c.field.positive) if e.num else ()
        if not common:
            return d
        return raised(c, Element(P.scaled(e.num, fmpq(1), P.mono_pow(common, -1)), e.den))

    def smooth(self) -> bool:
        """Whether the function has a value inside, with nothing under a root that vanishes and no arc that turns back."""
        f = self.tower[0]
        return self.holds(app("eq", f, f), self.inside) and all(self.holds(c, self.inside) for c in _smooth_where(f))

    def holds(self, statement: Term, where: Term) -> bool:
        """Whether a statement is true wherever another one is."""
        others = tuple(a for a in self.goal.assumptions if self.s not in free_symbols(a))
        return proves(Goal("=>", where, statement, others, "real"), self.context)


def _smooth_where(f: Term) -> Iterator[Term]:
    for t in subterms(f):
        if not isinstance(t, App):
            continue
        if t.op == "sqrt" or t.op == "pow" and not (isinstance(t.args[1], Num) and t.args[1].value.denominator == 1):
            if free_symbols(t.args[0]):
                yield app("gt", t.args[0], num(0))
        elif t.op in ("asin", "acos", "atanh"):
            yield app("lt", app("pow", t.args[0], num(2)), num(1))
        elif t.op == "acosh":
            yield app("gt", t.args[0], num(1))
        elif t.op == "asech":
            yield app("and", app("gt", t.args[0], num(0)), app("lt", t.args[0], num(1)))


def _ends(goal: Goal, s: Symbol) -> tuple[tuple[Term | None, bool], tuple[Term | None, bool]]:
    """The lower and the upper end, and whether they are left out. Raises `NotApplicable` for anything but one of each."""
    facts = [a for a in goal.assumptions if s in free_symbols(a)]
    if not all(is_bound(a, s) for a in facts):
        raise NotApplicable("the name is bound by more than its ends")
    found: dict[str, set[tuple[Term, bool]]] = {"+": set(), "-": set()}
    for end, is_open, way in (*declared_ends(s), *(e for a in facts for e in assumed_ends(a, s))):
        found[way].add((end, is_open))
    if any(len(ends) > 1 for ends in found.values()):
        raise NotApplicable("the name has several ends on one side")
    low, high = (next(iter(found[way]), (None, True)) for way in "+-")
    return low, high


SPEC = Method(
    name="between the ends",
    relations=frozenset({"<", "<=", ">", ">="}),
    cost=14,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="Taylor's formula with remainder from an end, and that a concave function lies above its chords; smooth inside, continuous at the ends",
    run=run,
    holds=(
        "let x : real\nsin(x) >= 2*x/pi given 0 < x < pi/2",
        "let x : real\ntan(x) >= x given 0 <= x < pi/2",
        "let x : real\n2^x <= 1 + x given 0 <= x <= 1",
        "let x : real\nx^2*exp(-x^2) <= 1/e",
    ),
    fails=("let x in [0, 1]\nx*log(x) > -1/e", "let x : real\nlog(x)/x < 1/e given x >= e"),
    open=("let x : real\nsin(x) >= 2*x/pi given 0 < x < pi", "let x : real\n2^x <= 1 + x given 0 <= x <= 2"),
)
