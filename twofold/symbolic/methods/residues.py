"""Floors, ceilings and remainders of polynomials in whole names: every name is written as L*k + r, with L a multiple of all denominators.

What is a multiple of L leaves the floors, and the rest is a number for each remainder r.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any

from flint import fmpq

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Symbol, Term, children, free_symbols, num, rebuild, substitute, subterms, var
from twofold.symbolic.methods.case_splits import one_case
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.raising import raised

_OPS = frozenset(("floor", "ceil", "mod"))
_CASES = 150


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim is proved for all remainders."""
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    if goal.reading != "real" or goal.left.shape or goal.right.shape or any(isinstance(t, Bound) for t in parts):
        raise NotApplicable("real scalars without ranges only")
    inner = [t for t in parts if isinstance(t, App) and t.op in _OPS]
    names = list(dict.fromkeys(s for t in inner for s in free_symbols(t)))
    if not names or any(s.shape or s.kind != "integer" or s.law is not None for s in names):
        raise NotApplicable("no floors of whole names alone")
    period = _period(inner)
    if period ** len(names) > _CASES:
        raise NotApplicable("a period that is too long")
    for places in product(range(period), repeat=len(names)):
        try:
            if not one_case(_case(goal, dict(zip(names, places, strict=True)), period), context):
                raise NotApplicable("one of the remainders is not proved")
        except GIVES_UP as e:
            raise NotApplicable(f"no normal form: {e}") from None
    note = f"{period ** len(names)} remainders of a period of {period}"
    return Evidence("remainders", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")


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
    return int(found ** max(map(_depth, inner)))


def _depth(t: Term) -> int:
    below = max(map(_depth, children(t)), default=0)
    return below + (isinstance(t, App) and t.op in _OPS)


def _case(goal: Goal, remainders: dict[Symbol, int], period: int) -> Goal:
    values: dict[Symbol, Term] = {}
    facts: list[Term] = []
    for s, r in remainders.items():
        values[s] = app("add", app("mul", num(period), var(Symbol(f"{s.name}_whole", "integer"))), num(r))
        low = num(1) if s.size or ("positive" in s.properties and s.lower is None) else s.lower
        for bound, op in ((low, "gt" if s.open_lower else "ge"), (s.upper, "lt" if s.open_upper else "le")):
            if bound is not None:
                facts.append(app(op, values[s], substitute(bound, values)))
    facts += [_flat(substitute(a, values)) for a in goal.assumptions]
    left, right = (_flat(substitute(side, values)) for side in (goal.left, goal.right))
    return replace(goal, left=left, right=right, assumptions=tuple(facts))


def _flat(t: Term) -> Term:
    """A term without floors, ceilings and remainders."""
    parts = tuple(map(_flat, children(t)))
    if not isinstance(t, App) or t.op not in _OPS:
        return rebuild(t, parts) if parts else t
    if t.op == "floor":
        return _floor(parts[0])
    if t.op == "ceil":
        return app("neg", _floor(app("neg", parts[0])))
    return app("sub", parts[0], app("mul", parts[1], _floor(app("div", *parts))))


def _floor(u: Term) -> Term:
    c = converter(())
    e = c(u)
    if len(e.den) > 1:
        raise NotApplicable("a floor of a quotient")
    whole = {m: v for m, v in e.num.items() if m and v.q == 1 and c.is_integer(m)}
    if set(e.num) - set(whole) - {()}:
        raise NotApplicable("a floor of what is no polynomial in whole names")
    value = e.num.get((), fmpq(0)).floor()
    return app("add", raised(c, Element(whole, UNIT)), num(Fraction(int(value))))


SPEC = Method(
    name="remainders",
    relations=frozenset({"==", "<", "<=", ">", ">=", "!="}),
    cost=9,
    concludes=frozenset({Truth.PROVED}),
    soundness="every whole number is L*k + r with 0 <= r < L; a polynomial that takes whole values leaves a floor",
    run=run,
    holds=(
        "let n : integer\nmod(n^3 - n, 6) == 0",
        "let m, n : integer\nmod(m*n*(m + n), 2) == 0",
        "let n : integer\nmod(n^2, 4) <= 1",
        "let n : positive integer\nfloor(n^2/2) + ceil(n^2/2) == n^2",
    ),
    fails=(),
    open=(
        "let n : integer\nmod(n^3 + n, 6) == 0",
        "let n : integer\nmod(n^2, 8) <= 1",
        "let n : positive integer\nmod(n, 7)*(mod(n, 7) - 1) == 0",
        "let m, n : integer\nmod(m*n, 2) == 0",
    ),
)

__all__ = ["SPEC", "run"]
