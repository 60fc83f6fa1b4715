"""Remainders by fixed numbers of what is made of whole names by sums, products and powers whose exponents are whole names too: these repeat.

b^e modulo M depends on the remainders of b by M and of e by Carmichael's function of M alone, once e is not less than the largest exponent of a prime in M.
So both sides of a claim that are made of such remainders are known when they are known for one period and what comes before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import floor, lcm
from typing import Any

from sympy import factorint

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Num, Symbol, Term, Var, free_symbols, subterms
from twofold.symbolic.lines import is_line

_CASES = 20_000
_LONGEST = 2_000
_RELATIONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_COMPARE = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim holds at every place of the period and before it."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    facts = [a for a in goal.assumptions if not _is_start(a)]
    names = dict.fromkeys(s for t in (goal.left, goal.right, *facts) for s in free_symbols(t))
    if not names or any(s.kind != "integer" and not s.size or s.shape or s.law is not None for s in names):
        raise NotApplicable("whole names only")
    starts = {s: _start(s, goal) for s in names}
    sides = [goal.left, goal.right, *(t for a in facts for t in _sides(a))]
    exponents = [x for t in sides for x in _exponents(t, starts)]
    modulus = lcm(*(m for t in sides for m in _moduli(t)))
    before, period = _period(modulus)
    if not exponents:
        before, period = 0, modulus
    if period > _LONGEST or (before + period) ** len(names) > _CASES:
        raise NotApplicable("a period that is too long")
    ranges = [range(start, start + before + period) for start in (starts[s] or 0 for s in names)]
    for places in product(*ranges):
        at = dict(zip(names, places, strict=True))
        if all(_COMPARE[a.op](*(_value(t, at) for t in _sides(a))) for a in facts if isinstance(a, App)) and not _COMPARE[
            _RELATIONS[goal.relation]
        ](_value(goal.left, at), _value(goal.right, at)):
            raise NotApplicable("it does not hold at every place of the period")
    return Evidence(
        "remainders of powers", Truth.PROVED, Strength.PROOF, f"a period of {period}", independent_of="numeric evaluation"
    )


def _start(s: Symbol, goal: Goal) -> int | None:
    """The least value of a name; `None` for any whole number."""
    ends = [Fraction(1)] if s.size else []
    if s.lower is not None and (end := rational(s.lower)) is not None:
        ends.append(Fraction(floor(end) + 1) if s.open_lower else Fraction(-floor(-end)))
    for a in goal.assumptions:
        if _is_start(a) and isinstance(a, App):
            op, (x, bound) = (a.op, a.args) if a.op in ("ge", "gt") else ({"le": "ge", "lt": "gt"}[a.op], a.args[::-1])
            end = rational(bound)
            if x == Var(s) and end is not None:
                ends.append(Fraction(floor(end) + 1) if op == "gt" else Fraction(-floor(-end)))
    return int(max(ends)) if ends else None


def _is_start(a: Term) -> bool:
    """Whether an assumption bounds a name from below by a number."""
    if not isinstance(a, App) or a.op not in ("ge", "gt", "le", "lt"):
        return False
    x, bound = a.args if a.op in ("ge", "gt") else a.args[::-1]
    return isinstance(x, Var) and rational(bound) is not None


def _sides(a: Term) -> tuple[Term, ...]:
    if not isinstance(a, App) or a.op not in _COMPARE:
        raise NotApplicable("an assumption that is not about remainders")
    return a.args


def _moduli(t: Term) -> Iterator[int]:
    """The divisors of a side. Raises `NotApplicable` for one that is not made of remainders and numbers."""
    if isinstance(t, Num):
        return
    if isinstance(t, App) and t.op == "mod":
        m = rational(t.args[1])
        if m is None or m.denominator != 1 or m <= 0 or any(isinstance(u, App) and u.op == "mod" for u in subterms(t.args[0])):
            raise NotApplicable("a divisor that is not a whole number")
        yield int(m)
        return
    if not isinstance(t, App) or t.op not in ("add", "sub", "mul", "neg"):
        raise NotApplicable("not made of remainders")
    for a in t.args:
        yield from _moduli(a)


def _exponents(t: Term, starts: Mapping[Symbol, int | None]) -> Iterator[Term]:
    """Exponents that are not numbers: of one name each, which they grow with, and not negative from its least value on."""
    for u in subterms(t):
        if not isinstance(u, App) or u.op != "pow" or isinstance(u.args[1], Num):
            continue
        names = free_symbols(u.args[1])
        start = starts.get(names[0]) if len(names) == 1 else None
        if start is None:
            raise NotApplicable("an exponent that is not of one name with a least value")
        values = [_value(u.args[1], {names[0]: start + k}) for k in range(3)]
        if values[0] < 0 or not values[0] < values[1] or values[2] - values[1] != values[1] - values[0] or not is_line(u.args[1]):
            raise NotApplicable("an exponent that does not grow in steps")
        yield u.args[1]


def _period(modulus: int) -> tuple[int, int]:
    """From which exponent on powers repeat modulo a number, and a period of theirs that is a multiple of the number: Carmichael's function."""
    before, period = 0, modulus
    for p, k in factorint(modulus).items():
        before = max(before, int(k))
        order = int((p - 1) * p ** (k - 1))
        period = lcm(period, order // 2 if p == 2 and k > 2 else order)
    return before, period


def _value(t: Term, at: Mapping[Symbol, int]) -> int:
    if isinstance(t, Num):
        if t.value.denominator != 1:
            raise NotApplicable("a number that is not whole")
        return int(t.value)
    if isinstance(t, Var):
        return at[t.symbol]
    if not isinstance(t, App) or t.op not in ("add", "sub", "mul", "neg", "pow", "mod"):
        raise NotApplicable("a function of whole names")
    values = [_value(a, at) for a in t.args]
    if t.op == "neg":
        return -values[0]
    a, b = values
    if t.op == "pow":
        if b < 0:
            raise NotApplicable("a negative exponent")
        return int(a**b)
    return a + b if t.op == "add" else a - b if t.op == "sub" else a * b if t.op == "mul" else a % b


SPEC = Method(
    name="remainders of powers",
    relations=frozenset(_RELATIONS),
    cost=9,
    concludes=frozenset({Truth.PROVED}),
    soundness="powers repeat modulo a number, with Carmichael's function as a period; every place of it was looked at",
    run=run,
    holds=(
        "let n : positive integer\nmod(7^n - 1, 6) == 0",
        "let n : positive integer\nmod(2^n, 3) != 0",
        "let k : integer\nmod(k^2, 8) == 1 given mod(k, 2) == 1",
        "let k, j : integer\nmod(k^2, 8) == 1 given mod(k*j, 2) == 1",
    ),
    fails=(),
    open=(
        "let n : positive integer\nmod(7^n - 1, 4) == 0",
        "let k : integer\nmod(k^2, 8) == 1",
        "let n : positive integer\nmod(2^n, 4) == 0",
        "let n, k : integer\nmod(n + k, 2) == 1 given mod(k, 2) == 1",
    ),
)
