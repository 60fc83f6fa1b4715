"""Claims about whole numbers in small ranges: every case is looked at, in exact arithmetic and balls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Any

from twofold.catalogue.bounds import SIGNS, declared
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.meter import spent
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Symbol, Term, var
from twofold.numeric.certify import certify
from twofold.numeric.sample import involved
from twofold.numeric.statement_truth import truth
from twofold.numeric.valuation import Valuation, ranges

_MOST = 1500
"""Cases."""
_SECONDS = 2.0


def run(goal: Goal, context: Any) -> Evidence:
    """The claim at every point there is."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if not names or any(s.kind != "integer" or s.shape or s.law is not None for s in names):
        raise NotApplicable("not about whole numbers alone")
    if goal.reading != "real" or goal.left.shape or goal.right.shape or "set" in (goal.left.sort, goal.right.sort):
        raise NotApplicable("not a claim about real numbers")
    shown = involved(goal.left, goal.right)
    began, tried, counted = spent(), 0, 0
    for point in cases(names, goal.assumptions):
        tried += 1
        if spent() - began > _SECONDS:
            raise NotApplicable("too many cases")
        says, left, right = _at(goal, point)
        if says == "fails":
            witness = Counterexample({s.name: str(point[s]) for s in shown}, left, right, True)
            return Evidence("every case", Truth.REFUTED, Strength.CERTIFIED, "", tried, counted + 1, witness=witness)
        if says not in ("holds", "undefined"):
            raise NotApplicable("a case is not decided")
        counted += says == "holds"
    if not counted:
        raise NotApplicable("there is no case in which both sides have a value")
    # A step holds where its first part has no value: that it does shows nothing of the claim that it may stand for, see `engine.opposite`.
    shown = 0 if goal.relation in ("=>", "<=>") else counted
    return Evidence(
        "every case", Truth.PROVED, Strength.CERTIFIED, f"{counted} cases", tried, shown, independent_of="the exact route"
    )


def cases(names: Sequence[Symbol], assumptions: Sequence[Term]) -> Iterator[Valuation]:
    """All values that whole numbers may have by their declarations and by assumptions about them alone. Raises `NotApplicable` where they are too many,
    or where it is not known whether they may have some."""
    facts = [*assumptions, *(t for s in names for t in _declared(s))]
    order, interval = ranges(names, assumptions)
    count = 0

    def extended(point: Valuation, rest: tuple[Symbol, ...]) -> Iterator[Valuation]:
        nonlocal count
        if not rest:
            count += 1
            if count > _MOST:
                raise NotApplicable("too many cases")
            admitted = [truth(t, point) for t in facts]
            if False in admitted:
                return
            if None in admitted:
                raise NotApplicable("whether a case is admitted is not known")
            yield point
            return
        where = interval(rest[0], point)
        if where.lower is None or where.upper is None or where.upper - where.lower > _MOST:
            raise NotApplicable("a range is not small")
        for k in range(ceil(where.lower), floor(where.upper) + 1):
            yield from extended({**point, rest[0]: k}, rest[1:])

    return extended({}, order)


def _declared(s: Symbol) -> Iterator[Term]:
    if not s.properties <= {*SIGNS, "integer"}:
        raise NotApplicable("a declaration says more than a range")
    return declared(s, var(s))


def _at(goal: Goal, point: Valuation) -> tuple[str, str, str]:
    """What a case says, and both sides in it."""
    if goal.relation not in ("=>", "<=>", "holds"):
        out = certify(goal.relation, goal.left, goal.right, point, goal.reading)
        return out.says, out.left, out.right
    left, right = truth(goal.left, point), truth(goal.right, point)
    if goal.relation == "=>" and (left is False or right is True):
        return "holds", "", ""
    if left is None or right is None:
        return "unknown", "", ""
    return "holds" if left is right else "fails", str(left).lower(), str(right).lower()


SPEC = Method(
    name="every case",
    relations=frozenset({"==", "!=", "<", "<=", ">", ">=", "=>", "<=>", "holds"}),
    cost=9,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="the bounds leave finitely many whole numbers, and exact or ball arithmetic decides every one; what is not decided proves nothing",
    run=run,
    holds=(
        "let n : integer in 0..5\nn^6 - 15*n^5 + 85*n^4 - 225*n^3 + 274*n^2 - 120*n == 0",
        "let n : integer in 0..3\nfactorial(n) <= 6",
        "let n : integer in 0..4\nlet k : integer in 0..n\nbinomial(n, k) <= 6",
        "let n : integer in 1..60\nn^2 == 3*n + 10 => n == 5",
    ),
    fails=("let n : integer in 0..40\nmod(n^40, 41) == 1", "let n : integer in 1..60\nn^3 - 7*n^2 + 14*n == 8 => n <= 2"),
    open=(
        "let n : integer in 0..10^9\nfloor(sin(n)) <= 2*sin(n)^3 + 3",
        "let n : integer in 0..3\nsqrt(n)^2 == n*cos(0*n + x)^2",
    ),
)
