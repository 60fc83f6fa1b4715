"""Comparisons with limits that grow beyond all bounds, whose value is an infinity, and of divergent series with an infinity."""

from __future__ import annotations

from itertools import islice, product
from typing import Any

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import OO, TRUE, App, Bound, Num, Symbol, Term, free_symbols, num, substitute, subterms
from twofold.symbolic.asymptotic.constants import NotReal, Undecided
from twofold.symbolic.asymptotic.limits import constants, sides
from twofold.symbolic.effort import within
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.specials import decide
from twofold.symbolic.summation.divergence import diverges
from twofold.symbolic.theorems.existence import has_value

_SECONDS = 0.7
_VALUES = (1, 2, -1, -2, 3, -3)
_MOST_TRIES = 60
_TRUE_FOR = {"==": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}


def run(goal: Goal, context: Any) -> Evidence:
    """Decided where one side is infinite, whatever its names stand for, and the other is infinite too or has a finite value."""
    if goal.reading != "real" or goal.left.shape or goal.right.shape or not any(map(_may_grow, (goal.left, goal.right))):
        raise NotApplicable("no side is a limit or a sum that may grow beyond all bounds")
    order = _order(goal.left, goal.right, goal.assumptions)
    if order is None:
        raise NotApplicable("no side is known to be infinite beside one that is known")
    if order in _TRUE_FOR[goal.relation]:
        return Evidence("infinite values", Truth.PROVED, Strength.PROOF, reduced=(num(order), num(0)))
    values = _admitted(goal)
    if values is None:
        raise NotApplicable("no values of the names are known to satisfy what is assumed")
    said = {s.name: show(v) for s, v in values.items()}
    left, right = (_shown(substitute(t, values), goal.assumptions) for t in (goal.left, goal.right))
    witness = Counterexample(said, left, right, True)
    note = "a side grows beyond all bounds"
    return Evidence("infinite values", Truth.REFUTED, Strength.CERTIFIED, note, points=1, effective=1, witness=witness)


def _may_grow(t: Term) -> bool:
    inner = t.args[0] if isinstance(t, App) and t.op == "neg" else t
    return isinstance(inner, Bound) and (inner.op == "limit" or (inner.op == "sum" and inner.args[1] == OO))


def _order(left: Term, right: Term, facts: tuple[Term, ...]) -> int | None:
    """-1, 0 or 1 as the left side is below, the same as or above the right one among the extended real numbers; at least one is infinite."""
    a, b = (infinite(t, facts) for t in (left, right))
    if a is None and b is None:
        return None
    if a is not None and b is not None:
        return (a > b) - (a < b)
    if a is not None:
        return a if _has_limit(left) and _is_finite(right, facts) else None
    return -b if b is not None and _has_limit(right) and _is_finite(left, facts) else None


def _has_limit(t: Term) -> bool:
    """Whether what is infinite is a limit or said to be so. A series that diverges has no value beside a number, and nothing is claimed of it."""
    return not any(isinstance(s, Bound) and s.op == "sum" for s in subterms(t))


def infinite(t: Term, facts: tuple[Term, ...]) -> int | None:
    """1 or -1 where a term is known to be oo or -oo for all values of its names."""
    if t == OO:
        return 1
    if isinstance(t, App) and t.op == "neg":
        inner = infinite(t.args[0], facts)
        return None if inner is None else -inner
    if not isinstance(t, Bound) or t.shape or len(t.symbols) != 1:
        return None
    if t.op == "sum" and t.args[1] == OO:
        return diverges(t, facts)
    if t.op != "limit" or t.symbols[0] in free_symbols(t.args[0]):
        return None
    try:
        k = constants(facts, t.body, t.symbols[0])
        found = within(_SECONDS, sides, k, t.symbols[0], t)
    except (Undecided, NotReal, *GIVES_UP):
        return None
    if not found or k.generic or any(not s.real or s.wave or s.value is not None for s in found):
        return None
    signs = {s.sign for s in found}
    return signs.pop() if signs in ({1}, {-1}) else None


def _is_finite(t: Term, facts: tuple[Term, ...]) -> bool:
    return not any(s == OO for s in subterms(t) if not isinstance(t, Bound)) and has_value(t, facts)


def _shown(t: Term, facts: tuple[Term, ...]) -> str:
    sign = infinite(t, facts)
    return show(t) if sign is None else "oo" if sign > 0 else "-oo"


def _admitted(goal: Goal) -> dict[Symbol, Term] | None:
    """Simple values of the names that are known to satisfy what is assumed."""
    names = list(dict.fromkeys(s for t in (goal.left, goal.right, *goal.assumptions) for s in free_symbols(t)))
    if any(s.shape or s.kind not in ("real", "integer") or s.law is not None for s in names):
        return None
    for row in islice(product(_VALUES, repeat=len(names)), _MOST_TRIES):
        values: dict[Symbol, Term] = {s: num(v) for s, v in zip(names, row, strict=True)}
        try:
            c = converter((), (), "real")
            if all(decide(c, substitute(a, values)) is True for a in (TRUE, *goal.assumptions, *_declared(names, values))):
                return values
        except GIVES_UP:
            continue
    return None


def _declared(names: list[Symbol], values: dict[Symbol, Term]) -> list[Term]:
    """What the declared bounds of the names say of values."""
    out: list[Term] = []
    for s in names:
        for end, op in ((s.lower, "gt" if s.open_lower else "ge"), (s.upper, "lt" if s.open_upper else "le")):
            if isinstance(end, Num):
                out.append(App(op, (values[s], end), (), "truth"))
            elif end is not None:
                out.append(App("lt", (num(0), num(0)), (), "truth"))
    return out


SPEC = Method(
    name="infinite values",
    relations=frozenset(("==", "!=", "<", "<=", ">", ">=")),
    cost=4,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="the leading term of an exact expansion, or of the terms of a sum, grows beyond all bounds with one sign",
    run=run,
    holds=(
        "limit(1/x^2, x -> 0) == oo",
        "let a > 0\nlimit(a*x^3, x -> -oo) == -oo",
        "sum(1/k, k = 1..oo) == oo",
        "limit(log(x), x -> oo) > 5",
    ),
    fails=(
        "limit(1/x^2, x -> 0) == 7",
        "limit(log(x), x -> 0+) == oo",
        "let a > 0\nlimit(a*x, x -> oo) == 1",
        "sum(1/k, k = 1..oo) == -oo",
    ),
    open=(
        "limit(1/x, x -> 0) == oo",
        "limit(a*x, x -> oo) == oo",
        "limit(sin(x)*x, x -> oo) == oo",
        "sum((-1)^k*k, k = 1..oo) == oo",
        "sum(1/k, k = 1..oo) == 3",
    ),
)
