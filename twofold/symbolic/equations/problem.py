"""A step between two statements: its formulas over one ring, with what the declarations say of the names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.equations.bounds import bound_by
from twofold.symbolic.equations.formula import And, Atom, Formula, both, negate
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Restart, Ring, rational

_MOST_READINGS = 12
_KNOWN = frozenset("positive nonnegative negative nonzero symmetric diagonal integer probability onehot".split())
_SIGNS = {"positive": ">", "nonnegative": ">=", "negative": "<", "nonzero": "!=", "probability": ">="}


@dataclass(slots=True)
class Problem:
    """`left` and `right` under `domain`. `faithful`: the domain says all that the declarations and assumptions say, so a
    counterexample is one."""

    reading: Reading
    left: Formula
    right: Formula
    domain: Formula
    faithful: bool
    symbols: list[Symbol]

    def against(self, relation: str) -> list[Formula]:
        """Formulas of which none may have a solution if the step is right: the domain with one side true and the other false."""
        lost = both(self.domain, self.left, negate(self.right))
        gained = both(self.domain, self.right, negate(self.left))
        return [lost] if relation == "=>" else [lost, gained]


def names(goal: Goal) -> list[Symbol]:
    """The free names of a goal, those in assumptions and in the bounds of declarations last."""
    found = dict.fromkeys([*free_symbols(goal.left), *free_symbols(goal.right)])
    for t in goal.assumptions:
        found.update(dict.fromkeys(free_symbols(t)))
    for s in list(found):
        for bound in (s.lower, s.upper):
            if bound is not None:
                found.update(dict.fromkeys(free_symbols(bound)))
    return list(found)


def read(goal: Goal, context: Context, values: dict[Symbol, Term] | None = None, mode: str = "exponential") -> Problem:
    """The formulas of a goal, with values put for some names. Raises `NotApplicable` where a side is no statement about real
    numbers."""
    values = values or {}
    steps: dict[object, Fraction] = {}
    for _ in range(_MOST_READINGS):
        ring = Ring(steps=steps)
        reading = Reading(ring, context, mode, goal.reading != "real")
        try:
            return _problem(goal, reading, values)
        except Restart:
            steps = ring.steps
    raise NotApplicable("the multiples of an angle or exponent have no common measure")


def _problem(goal: Goal, r: Reading, values: dict[Symbol, Term]) -> Problem:
    symbols = names(goal)
    domain: list[Formula] = []
    faithful = True
    for s in symbols:
        try:
            domain.extend(_declared(r, s, values))
            faithful = faithful and _fully(s)
        except (NotApplicable, NoClosedForm, TwofoldError):
            faithful = False
    for t in goal.assumptions:
        try:
            domain.append(r.statement(substitute(t, values)))
        except (NotApplicable, NoClosedForm, TwofoldError):
            faithful = False
    for f in domain:
        learn(r, f)
    left, right = (r.statement(substitute(t, values)) for t in (goal.left, goal.right))
    return Problem(r, left, right, both(*domain, *r.facts), faithful, [s for s in symbols if s not in values])


def _fully(s: Symbol) -> bool:
    """Whether the conditions of `_declared` are all that a declaration says."""
    if s.kind not in ("real", "integer", "complex") or s.law is not None:
        return False
    return s.properties <= _KNOWN and all(isinstance(d, int) for d in s.shape)


def _declared(r: Reading, s: Symbol, values: dict[Symbol, Term]) -> list[Formula]:
    """What a declaration says of a name, entry by entry."""
    if s.kind not in ("real", "integer") or (r.complex and s.lower is None and s.upper is None and not s.properties):
        return []
    out: list[Formula] = []
    for t in entries(s):
        x = r.scalar(substitute(t, values))
        for bound, strict, relation in ((s.lower, s.open_lower, ">"), (s.upper, s.open_upper, "<")):
            if bound is not None:
                with r.collecting() as needed:
                    b = r.scalar(substitute(bound, values))
                out.append(both(*needed, r.literal(x - b, relation if strict else relation + "=")))
        out.extend(r.literal(x, relation) for word, relation in _SIGNS.items() if word in s.properties)
        if "onehot" in s.properties:
            out.append(r.literal(x * (x - rational(1)), "="))
        if s.size:
            out.append(r.literal(x - r.scalar(num(1)), ">="))
    if s.properties & {"probability", "onehot"}:
        total = rational(-1)
        for t in entries(s):
            total = total + r.scalar(substitute(t, values))
        out.append(r.literal(total, "="))
    return out


def entries(s: Symbol) -> list[Term]:
    """The scalars that a name stands for: itself, or the entries of an array of explicit size."""
    if not s.shape:
        return [var(s)]
    if not all(isinstance(d, int) for d in s.shape):
        raise NotApplicable("an array of symbolic size")
    m, n = (*s.shape, 0)[:2]
    assert isinstance(m, int) and isinstance(n, int)
    if m * max(n, 1) > 36:
        raise NotApplicable("an array has many entries")
    if not n:
        return [App("index", (var(s), num(i))) for i in range(1, m + 1)]
    return [App("index", (var(s), num(i), num(j))) for i in range(1, m + 1) for j in range(1, n + 1)]


def learn(r: Reading, f: Formula) -> None:
    """Bounds of single generators that a true formula gives."""
    if isinstance(f, And):
        for p in f.parts:
            learn(r, p)
    if isinstance(f, Atom):
        bound_by(r.bounds, f)
