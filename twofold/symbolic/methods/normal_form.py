"""Equality by the kernel normal form."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Bound, Term
from twofold.symbolic.normal import GIVES_UP, Converter, converter, equal_in
from twofold.symbolic.normal.limits import limit
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.wave_series import valued


def run(goal: Goal, context: Any) -> Evidence:
    """Both sides over the same kernels: proved where their difference is zero by the relations among them."""
    try:
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        if equal_in(c, goal.left, goal.right):
            reduced = _reached(c, goal)
            return Evidence("normal form", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation", reduced=reduced)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the normal forms differ")


def _reached(c: Converter, goal: Goal) -> tuple[Term, Term] | None:
    """The sides with a limit that was shown to exist, and with Fourier series, replaced by their values; `None` where there are none."""

    sides = []
    for t in (goal.left, goal.right):
        found = limit(c, t) if isinstance(t, Bound) and t.op == "limit" and not t.shape else None
        sides.append(valued(c, t) if found is None else raised(c, found))
    return None if sides == [goal.left, goal.right] else (sides[0], sides[1])


SPEC = Method(
    name="normal form",
    relations=frozenset({"=="}),
    cost=1,
    concludes=frozenset({Truth.PROVED}),
    soundness="every rewriting is an identity at all points where each part of the expression as written has a value",
    run=run,
    holds=(
        "(x + 1)^2 == x^2 + 2*x + 1",
        "sin(x)^2 + cos(x)^2 == 1",
        "let x > 0\nlog(x^3) == 3*log(x)",
        "let x > 0\ngamma(x + 1) == x*gamma(x)",
    ),
    fails=(),
    open=(
        "sqrt(x^2) == x",
        "let x : real\nfloor(x) == x",
        "abs(x + y) == abs(x) + abs(y)",
        "let a : real\nlimit((sqrt(a^2 + x^2) - abs(a))/x, x -> 0+) == 0",
        "let a : real\nlimit(x*log(a^2 + x), x -> 0) == 0",
        "sum(2^k, k = 0..oo) == -1",
        "integrate(exp(x), x = 0..oo) == -1",
    ),
)
