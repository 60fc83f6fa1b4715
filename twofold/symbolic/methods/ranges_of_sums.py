"""Sums over ranges as differences of sums from 1: sum(f, n + 1..2n) is sum(f, 1..2n) - sum(f, 1..n), and sums to 2n go by pairs."""

from __future__ import annotations

from itertools import product
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import (
    INFINITE,
    Bound,
    Symbol,
    Term,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.sums import nonnegative


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the normal forms agree with every sum from 1, or with those to an even end by pairs as well.

    A sum from 1 may have terms without a value that the sum over the range does not have; any values will do for them, since they cancel.
    """
    sides = (goal.left, goal.right)
    if goal.left.shape or not any(_is_range(t) for side in sides for t in subterms(side)):
        raise NotApplicable("no sum over a range that has names in its ends")
    try:
        c = converter(sides, goal.assumptions, goal.reading)
        from_one = [transform(side, lambda t: _from_one(c, t) if _is_range(t) else None) for side in sides]
        by_pairs = [transform(side, lambda t: _by_pairs(c, t) if _is_range(t) else None) for side in from_one]
        for left, right in (from_one, by_pairs):
            if c.field.equal(c(left), c(right)):
                return Evidence("ranges of sums", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the sums from 1 differ")


def _is_range(t: Term) -> bool:
    return (
        isinstance(t, Bound)
        and t.op == "sum"
        and len(t.args) == 2
        and not t.shape
        and not any(a in INFINITE for a in t.args)
        and bool(free_symbols(t.args[0]) or free_symbols(t.args[1]))
    )


def _over(t: Bound, body: Term, low: Term, high: Term) -> Bound:
    """The sum of a body in the index of another sum over a range."""
    s = copy_symbol(t.symbols[0], lower=low, upper=high)
    return Bound("sum", (s,), substitute(body, {t.symbols[0]: var(s)}), (low, high), span=t.span)


def _from_one(c: Converter, t: Term) -> Term:
    """A sum whose lower end has names as the difference of two sums from 1, where the range is not reversed."""
    assert isinstance(t, Bound)
    t = _slid(c, t)
    low, high = t.args
    before, count = app("sub", low, num(1)), app("add", app("sub", high, low), num(1))
    if not free_symbols(low) or not all(nonnegative(c, c(n)) for n in (before, count)):
        return t
    return app("sub", _over(t, t.body, num(1), high), _over(t, t.body, num(1), before))


def _slid(c: Converter, t: Bound) -> Bound:
    """The sum with another index where its terms then do not mention a name of its ends: 1/(n + k) over 1..n is 1/k over n + 1..2n."""
    k = t.symbols[0]
    ends = {s for a in t.args for s in free_symbols(a)}
    back = substitute(t.body, {k: app("sub", app("add", *t.args), var(k))})
    for s, terms in product(free_symbols(t.body), (t.body, back)):
        if s not in ends or s.kind != "integer" or s.shape:
            continue
        for step in (var(s), app("neg", var(s))):
            # Without the bounds of the index, which are those of the old range.
            free = Symbol(k.name, "integer")
            body = raised(c, c(substitute(terms, {k: app("sub", var(free), step)})))
            if s not in free_symbols(body):
                low, high = (raised(c, c(app("add", a, step))) for a in t.args)
                return _over(t, substitute(body, {free: var(k)}), low, high)
    return t


def _by_pairs(c: Converter, t: Term) -> Term | None:
    """A sum from 1 to an even end as a sum of pairs of terms."""
    assert isinstance(t, Bound)
    half = c(app("div", t.args[1], num(2)))
    if t.args[0] != num(1) or len(half.den) > 1 or not nonnegative(c, half):
        return None
    if not all(v.q == 1 and c.is_integer(m) for m, v in half.num.items()):
        return None
    k = t.symbols[0]
    even = app("mul", num(2), var(k))
    odd, even = (_over(t, substitute(t.body, {k: at}), num(1), raised(c, half)) for at in (app("sub", even, num(1)), even))
    return app("add", odd, even)


_N = "let n : positive integer\n"
SPEC = Method(
    name="ranges of sums",
    relations=frozenset({"=="}),
    cost=8,
    concludes=frozenset({Truth.PROVED}),
    soundness="a sum from a to b >= a - 1 is the sum from 1 to b without that from 1 to a - 1, and a sum to 2m is one of m pairs",
    run=run,
    holds=(
        _N + "sum(1/k, k = 1..2*n) - sum(1/k, k = 1..n) == sum(1/k, k = n + 1..2*n)",
        _N + "sum(1/k, k = n + 1..2*n) == sum(1/(n + k), k = 1..n)",
        _N + "sum((-1)^(k + 1)/k, k = 1..2*n) == sum(1/(n + k), k = 1..n)",
        _N + "let f : function\nsum(f(k), k = 1..2*n) == sum(f(2*k), k = 1..n) + sum(f(2*k - 1), k = 1..n)",
    ),
    fails=(),
    open=(
        _N + "sum(1/k, k = n..2*n) == sum(1/(n + k), k = 1..n)",
        _N + "let m : integer\nsum(1/k^2, k = m + 1..n) == sum(1/k^2, k = 1..n) - sum(1/k^2, k = 1..m)",
    ),
)
