"""Induction on a whole number that ends a sum or product."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Symbol, Term, Var, children, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.methods import residues
from twofold.symbolic.normal import GIVES_UP, converter, equal


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where both sides agree at the least value, and grow alike."""
    if goal.left.shape:
        raise NotApplicable("scalars only")
    ends = [
        t.args[1].symbol
        for side in (goal.left, goal.right)
        for t in subterms(side)
        if isinstance(t, Bound) and t.op in ("sum", "prod") and isinstance(t.args[1], Var)
    ]
    for n in dict.fromkeys(ends):
        if n.kind != "integer" and not n.size:
            continue
        least = declared_least(n)
        if least is None or bounds_another(n, goal) or any(n in free_symbols(a) for a in goal.assumptions):
            continue
        if (_step(goal, n, least) or _step_by_remainders(goal, n, least, context)) and _base(goal, n, least):
            return Evidence(
                "induction", Truth.PROVED, Strength.PROOF, f"on {n.name} from {least}", independent_of="numeric evaluation"
            )
    raise NotApplicable("no induction goes through")


def declared_least(n: Symbol) -> Fraction | None:
    """The least whole number that the declaration of a name leaves; `None` where it leaves no least one or it is not known."""
    end = rational(n.lower) if n.lower is not None else None
    if end is None:
        return Fraction(1) if n.size and n.lower is None else None
    return Fraction(floor(end) + 1) if n.open_lower else Fraction(-floor(-end))


def bounds_another(n: Symbol, goal: Goal) -> bool:
    """Whether the range of another name moves with n: what is true of it at n is said of fewer values than there are at n + 1."""
    others = {s for t in (goal.left, goal.right, *goal.assumptions) for s in free_symbols(t)} - {n}
    return any(b is not None and n in free_symbols(b) for s in others for b in (s.lower, s.upper))


def _base(goal: Goal, n: Symbol, least: Fraction) -> bool:
    value = {n: num(least)}
    return equal(substitute(goal.left, value), substitute(goal.right, value), goal.assumptions, goal.reading)


def _step(goal: Goal, n: Symbol, least: Fraction) -> bool:
    """left(n+1) - left(n) == right(n+1) - right(n), or the same for quotients, the sums being opened at their last term."""
    left, right = (at_next(side, n, least) for side in (goal.left, goal.right))
    if left is None or right is None:
        return False
    try:
        c = converter((left, right, goal.left, goal.right), goal.assumptions, goal.reading)
        a, b, x, y = c(left), c(right), c(goal.left), c(goal.right)
        f = c.field
        if f.equal(f.sub(a, x), f.sub(b, y)):
            return True
        # left(n+1) right(n) == right(n+1) left(n): with right(n) = left(n) not 0 the next ones are equal too.
        return bool(x.num and y.num) and _nonzero(c, y) and f.equal(f.mul(a, y), f.mul(b, x))
    except GIVES_UP:
        return False


def _step_by_remainders(goal: Goal, n: Symbol, least: Fraction, context: Any) -> bool:
    """The last term of a sum against the growth of the other side, where floors or remainders of the name have to be compared."""
    total, closed = (goal.left, goal.right) if isinstance(goal.left, Bound) else (goal.right, goal.left)
    if (
        not isinstance(total, Bound)
        or total.op != "sum"
        or not any(isinstance(t, App) and t.op in _STEPS for t in subterms(closed))
    ):
        return False
    opened, grown = at_next(total, n, least), at_next(closed, n, least)
    if opened is None or grown is None or any(isinstance(t, Bound) for t in subterms(closed)):
        return False
    growth = replace(goal, left=children(opened)[1], right=minus(grown, closed))
    try:
        return residues.run(growth, context).truth is Truth.PROVED
    except NotApplicable:
        return False


_STEPS = frozenset(("floor", "ceil", "mod"))


def _nonzero(c: Any, e: Any) -> bool:
    return c.signs.of(e.num) in ("+", "-")


def at_next(t: Term, n: Symbol, least: Fraction) -> Term | None:
    """A term at n + 1, its sums and products to n opened at the last index. None where a body depends on n, or a range may still be empty at n + 1."""
    more = app("add", var(n), num(1))
    good = True

    def rule(u: Term) -> Term | None:
        nonlocal good
        if isinstance(u, Bound) and u.op in ("sum", "prod") and n in free_symbols(u):
            start = rational(u.args[0])
            if u.args[1] != Var(n) or n in free_symbols(u.body) or start is None or start > least + 1:
                good = False
                return u
            last = substitute(u.body, {u.symbols[0]: more})
            return app("add" if u.op == "sum" else "mul", u, last)
        if isinstance(u, Var) and u.symbol is n:
            return more
        return None

    out = transform(t, rule)
    return out if good else None


SPEC = Method(
    name="induction",
    relations=frozenset({"=="}),
    cost=12,
    concludes=frozenset({Truth.PROVED}),
    soundness="equal at the least value, and equal at n + 1 whenever equal at n",
    run=run,
    holds=(
        "let n : size\nsum(1/(k*(k + 1)), k = 1..n) == n/(n + 1)",
        "let n : size\nprod(k, k = 1..n) == factorial(n)",
        "let n : size\nsum(floor(k/2), k = 1..n) == floor(n^2/4)",
    ),
    fails=(),
    open=(
        "let n : size\nsum(1/k, k = 1..n) == log(n)",
        "let n : size\nsum(k, k = 1..n) == n*(n + 1)/2 + 1",
        "let n : size\nsum(floor(k/2), k = 1..n) == floor(n^2/4) + floor(n/40)",
        "let n : nonnegative integer\nsum(k, k = 5..n) == n*(n + 1)/2",
        "let n : integer in (0, oo)\nn*prod(k^2 + 1, k = 1..n) == 2*n*prod(k^2 + 1, k = 1..n)",
        "let n : positive integer\nlet x : real in [0, n]\nsum(k, k = 1..n) + abs(n - x) + x - n == n*(n + 1)/2 + abs(1 - x) + x - 1",
    ),  # fmt: skip
)

__all__ = ["SPEC", "at_next", "bounds_another", "declared_least", "run"]
