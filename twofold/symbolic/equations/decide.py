"""A step between statements about real numbers, decided: on the line where there is one unknown, by a tableau where there are
several.

A counterexample gives a value to every name: simple numbers to all but one, and a point of the line to that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product
from math import inf

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Array, Num, Symbol, Term, Var, num, subterms
from twofold.symbolic.context import Context
from twofold.symbolic.equations import jets
from twofold.symbolic.equations.bounds import Interval
from twofold.symbolic.equations.branch import Branch
from twofold.symbolic.equations.eliminate import reduced
from twofold.symbolic.equations.enclose import is_constant
from twofold.symbolic.equations.formula import Atom, Formula, literals
from twofold.symbolic.equations.given_names import filled_in, given_by_others
from twofold.symbolic.equations.line import Line
from twofold.symbolic.equations.plane import Plane
from twofold.symbolic.equations.problem import Problem, entries, names, read
from twofold.symbolic.equations.ring import CONTEXT, ONE, Polynomial, Ratio, Ring, fraction, ratio, rational, used
from twofold.symbolic.equations.solution import simplest, text_of
from twofold.symbolic.equations.tableau import Tableau, quadratic_roots
from twofold.symbolic.equations.terms import term_of

_MOST_TRIES = 14
_MOST_EDGES = 2
"""Inequalities that may be equations at a counterexample."""
MODES = ("exponential", "plain", "logarithmic")


@dataclass(frozen=True, slots=True)
class Decision:
    """`values` of a counterexample, as text, and which side holds there; none where the step is proved by `method`."""

    method: str
    values: dict[str, str] | None = None
    left: bool = True


@lru_cache(64)
def decide(goal: Goal, context: Context) -> Decision:
    """Proof or counterexample of a step. Raises `NotApplicable` where neither is found."""
    reasons: list[str] = []
    for mode in MODES:
        try:
            problem = read(goal, context, None, mode)
            return _decided(problem, goal, context, mode)
        except NotApplicable as e:
            reasons.append(str(e))
    found = _at_edges(goal, context)
    if found is None and (values := jets.counterexample(goal, context, decide)) is not None:
        found = Decision("polynomials in place of functions", *values)
    if found is not None:
        return found
    raise NotApplicable(reasons[0])


def _at_edges(goal: Goal, context: Context) -> Decision | None:
    """A counterexample at which all that may be equal is: x*y < 1/2 fails on x^2 + y^2 == 1 at its greatest value alone."""
    if goal.relation != "=>":
        return None
    may = [t for fact in (goal.left, *goal.assumptions) for t in conjuncts(fact) if isinstance(t, App) and t.op in ("le", "ge")]
    if isinstance(goal.right, App) and goal.right.op in ("lt", "gt"):
        may.append(goal.right)
    pairs = [t.args for t in may if not any(a.shape or a.sort != "number" for a in t.args)]
    if not 0 < len(pairs) <= _MOST_EDGES:
        return None
    stronger = replace(goal, left=together([goal.left, *(App("eq", pair, (), "truth") for pair in pairs)]))
    try:
        found = _decided(read(stronger, context), stronger, context, MODES[0])
    except NotApplicable:
        return None
    return found if found.values is not None else None


def proves(goal: Goal, context: Context) -> bool:
    """Whether a step is proved; counterexamples are not looked for."""
    try:
        problem = read(goal, context)
        formulas = problem.against(goal.relation)
        unknowns = occurring(problem.reading.ring, [problem.domain, *formulas])
        if len(unknowns) == 1 and not problem.reading.complex and not jets.unknown(goal):
            line = Line(problem.reading, formulas, unknowns[0])
            return all(line.decide(f).empty for f in formulas)
        return all(Tableau(problem.reading).closes(f) for f in formulas)
    except NotApplicable:
        return False


def _decided(problem: Problem, goal: Goal, context: Context, mode: str) -> Decision:
    formulas = problem.against(goal.relation)
    unknowns = occurring(problem.reading.ring, [problem.domain, *formulas])
    if problem.reading.complex:
        return _complex(problem, goal, unknowns, formulas)
    if len(unknowns) == 1:
        found = on_line(problem, goal, unknowns[0], {})
        if found is not None:
            return found
    proved, branches = True, []
    for f in formulas:
        tableau = Tableau(problem.reading)
        try:
            proved = tableau.closes(f) and proved
        except NotApplicable:
            proved = False
        branches.extend(tableau.open)
    if proved:
        return Decision("elimination")
    refuted = search(problem, goal, context, branches, mode)
    if refuted is not None:
        return refuted
    raise NotApplicable("neither a proof nor a counterexample was found")


def _complex(problem: Problem, goal: Goal, unknowns: list[int], formulas: list[Formula]) -> Decision:
    """A step over the complex numbers: the plane for one unknown, a tableau for several."""
    if len(unknowns) == 1:
        term = problem.reading.ring.generators[unknowns[0]].term
        try:
            plane = Plane(problem.reading, formulas, unknowns[0])
            outcomes = [plane.decide(f) for f in formulas]
            if all(empty for _, empty in outcomes):
                return Decision("solution sets")
            for k, (value, _) in enumerate(outcomes):
                if value is not None and problem.faithful and isinstance(term, Var) and term.symbol.kind == "complex":
                    return Decision("solution sets", {show(term): value}, k == 0)
        except NotApplicable:
            pass
    if all(Tableau(problem.reading).closes(f) for f in formulas):
        return Decision("elimination")
    raise NotApplicable("neither a proof nor a counterexample was found over the complex numbers")


def occurring(ring: Ring, formulas: list[Formula]) -> list[int]:
    """The names in some formulas, also those inside kernels."""
    found: dict[int, None] = {}
    for f in formulas:
        for a in literals(f):
            if isinstance(a, Atom):
                for k in used(a.polynomial):
                    for j in (k, *sorted(ring.generators[k].inside)):
                        if ring.generators[j].kind == "symbol":
                            found.setdefault(j)
    return list(found)


def on_line(problem: Problem, goal: Goal, unknown: int, others: dict[str, str]) -> Decision | None:
    """A decision about one unknown; `others` are values given to the other names."""
    ring = problem.reading.ring
    term = ring.generators[unknown].term
    symbol = term.symbol if isinstance(term, Var) else None
    integer = symbol is not None and (symbol.kind == "integer" or "integer" in symbol.properties)
    formulas = problem.against(goal.relation)
    line = Line(problem.reading, formulas, unknown, integer)
    outcomes = [line.decide(f) for f in formulas]
    for k, o in enumerate(outcomes):
        if o.solution is not None and problem.faithful:
            assert term is not None
            return Decision("solution sets", {**others, show(term): text_of(ring, o.solution)}, k == 0)
    return Decision("solution sets") if all(o.empty for o in outcomes) else None


# --- counterexamples in several names -------------------------------------------------------------------------------------------


def search(problem: Problem, goal: Goal, context: Context, branches: list[Branch], mode: str) -> Decision | None:
    """A counterexample from the open branches of a tableau, or on lines with simple values for all other names."""
    if not problem.faithful:
        return None
    symbols = names(goal)
    for values in islice(_models(problem, symbols, branches), _MOST_TRIES):
        found = _tested(goal, context, values, None, mode)
        if found is not None:
            return found
    for s, value in given_by_others(goal.left):
        found = _tested(goal, context, {s: value}, None, mode)
        if found is not None and found.values is not None:
            return replace(found, values=filled_in(found.values, s, value))
    for unknown in _by_promise(goal, symbols):
        for values in islice(_assignments(problem, [s for s in symbols if s is not unknown]), _MOST_TRIES):
            found = _tested(goal, context, values, unknown, mode)
            if found is not None:
                return found
    return None


def _tested(goal: Goal, context: Context, values: dict[Symbol, Term], unknown: Symbol | None, mode: str) -> Decision | None:
    """What the step says with these values: a counterexample or nothing."""
    try:
        problem = read(goal, context, values, mode)
        shown = {s.name: show(t) for s, t in values.items()}
        found = occurring(problem.reading.ring, [problem.domain, *problem.against(goal.relation)])
        if len(found) > 1 or not problem.faithful:
            return None
        if found:
            made = on_line(problem, goal, found[0], shown)
        else:
            made = _constant(problem, goal, shown)
            if made is not None and made.values is not None and unknown is not None:
                made.values.setdefault(unknown.name, "0")
    except NotApplicable:
        return None
    return made if made is not None and made.values is not None else None


def _constant(problem: Problem, goal: Goal, shown: dict[str, str]) -> Decision | None:
    """A step in which every name has a value."""
    from twofold.symbolic.equations.enclose import sign
    from twofold.symbolic.equations.formula import Fact, holds, truth

    def value(a: Atom | Fact) -> bool | None:
        if isinstance(a, Fact):
            return None
        s = sign(problem.reading.ring, a.polynomial)
        return None if s is None else holds(s, a.relation)

    for k, f in enumerate(problem.against(goal.relation)):
        if truth(f, value):
            return Decision("exact values", shown, k == 0)
    return None


def _by_promise(goal: Goal, symbols: list[Symbol]) -> list[Symbol]:
    """Scalar names, those that stand alone on a side of an equation first."""
    alone = [
        a.symbol
        for t in (goal.right, goal.left)
        for x in subterms(t)
        if isinstance(x, App) and x.op == "eq"
        for a in x.args
        if isinstance(a, Var)
    ]
    scalars = [s for s in symbols if not s.shape and s.kind in ("real", "integer")]
    return list(dict.fromkeys([s for s in alone if s in scalars] + scalars))[:4]


_SIMPLE = [
    Fraction(n, d) for n, d in ((1, 1), (2, 1), (0, 1), (-1, 1), (1, 2), (3, 1), (-2, 1), (5, 2), (7, 1), (-1, 3), (10, 1))
]


def _candidates(interval: Interval, integer: bool) -> list[Fraction]:
    """Simple numbers that a name may have."""
    out = [q for q in _SIMPLE if _within(q, interval) and not (integer and q.denominator != 1)]
    low = None if interval.low == -inf else Fraction(interval.low)
    high = None if interval.high == inf else Fraction(interval.high)
    if not integer and (low is None or high is None or low < high):
        a = simplest(low, high)
        out.append(a)
        if low is not None and high is not None:
            out += [simplest(low, (low + high) / 2), simplest((low + high) / 2, high)]
    if integer and low is not None:
        out += [q for q in (Fraction(-((-low).__floor__()) + k) for k in range(4)) if _within(q, interval)]
    return list(dict.fromkeys(out))


def _within(q: Fraction, i: Interval) -> bool:
    return (i.low < q or (i.low == q and i.low_in)) and (q < i.high or (q == i.high and i.high_in))


def _assignments(problem: Problem, symbols: list[Symbol]) -> Iterator[dict[Symbol, Term]]:
    """Simple values for names: first different ones, then all the same shifts."""
    slots: list[tuple[Symbol, int, list[Fraction]]] = []
    for s in symbols:
        try:
            found = entries(s)
        except NotApplicable:
            return
        if s.kind not in ("real", "integer"):
            return
        k = problem.reading.ring.keys.get(("symbol", s)) if not s.shape else problem.reading.ring.keys.get(("entry", s, 1, 1))
        interval = problem.reading.bounds.of(k) if k is not None else Interval()
        values = _candidates(interval, s.kind == "integer" or "integer" in s.properties)
        if not values:
            return
        slots.append((s, len(found), values))
    flat = [(n, values) for n, (_, count, values) in enumerate(slots) for _ in range(count)]
    for shift, stride in product(range(7), (1, 0, 2)):
        numbers: list[list[Fraction]] = [[] for _ in slots]
        for place, (n, values) in enumerate(flat):
            numbers[n].append(values[(shift + stride * place) % len(values)])
        yield {s: _value(s, row) for (s, _, _), row in zip(slots, numbers, strict=True)}


def _value(s: Symbol, row: list[Fraction]) -> Term:
    """Numbers as the value of a name, in its shape."""
    if not s.shape:
        return Num(row[0])
    if len(s.shape) == 1:
        return Array((tuple(map(Num, row)),), s.shape)
    m, n = s.shape
    assert isinstance(m, int) and isinstance(n, int)
    rows = [[row[i * n + j] for j in range(n)] for i in range(m)]
    if s.properties & {"symmetric", "diagonal"}:
        rows = [
            [rows[min(i, j)][max(i, j)] if i == j or "symmetric" in s.properties else Fraction(0) for j in range(n)]
            for i in range(m)
        ]
    return Array(tuple(tuple(map(Num, r)) for r in rows), s.shape)


def _models(problem: Problem, symbols: list[Symbol], branches: list[Branch]) -> Iterator[dict[Symbol, Term]]:
    """Values of all names that satisfy what an open branch eliminated."""
    ring = problem.reading.ring
    if any(s.shape for s in symbols):
        return
    keys = {s: ring.keys.get(("symbol", s)) for s in symbols}
    for b in branches[:6]:
        removed = dict(b.removed)
        free = [s for s in symbols if keys[s] not in removed]
        bases: list[dict[int | None, Ratio]] = []
        if len(free) == 1 and (k := keys[free[0]]) is not None:
            zeros = [b.polynomials[key] for key, signs in b.signs.items() if signs == {0} and used(b.polynomials[key]) == [k]]
            bases.extend({k: v} for f in zeros for v in quadratic_roots(problem.reading, f, k))
        for base in islice(_assignments(problem, free), 4):
            bases.append({keys[s]: rational(t.value) for s, t in base.items() if isinstance(t, Num)})
        for known in bases:
            try:
                for k, u in reversed(b.removed):
                    known[k] = _evaluate(problem, u.top, known) / _evaluate(problem, u.bottom, known)
                values = {s: _number(ring, known[keys[s]]) if keys[s] in known else num(1) for s in symbols}
            except (KeyError, ZeroDivisionError, NotApplicable):
                continue
            if all(_may_be(s, t) for s, t in values.items()):
                yield values


def _may_be(s: Symbol, value: Term) -> bool:
    """Whether a name of whole numbers has one as its value."""
    if s.kind != "integer" and not s.size and "integer" not in s.properties:
        return True
    return isinstance(value, Num) and value.value.denominator == 1


def _evaluate(problem: Problem, p: Polynomial, known: dict[int, Ratio]) -> Ratio:
    """A polynomial with values for its names; roots of numbers stay as they are."""
    ring = problem.reading.ring
    total = rational(0)
    for m, c in p.terms():
        t = rational(fraction(c))
        for k, d in enumerate(m):
            if d:
                t = t * (Ratio(CONTEXT.gen(k), ONE) if k not in known and is_constant(ring, k) else known[k]) ** int(d)
        total = total + t
    return ratio(reduced(problem.reading, total.top), reduced(problem.reading, total.bottom))


def _number(ring: Ring, u: Ratio) -> Term:
    value = u.value()
    return term_of(ring, u) if value is None else Num(value)
