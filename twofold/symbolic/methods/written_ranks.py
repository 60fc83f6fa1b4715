"""Ranks of matrices that are written out, between the sizes of the minors that vanish and of one that does not.

All minors of size r + 1 are 0 exactly where the rank is at most r, and a minor of size r that is not 0 makes it at least r.
Source: R. A. Horn and C. R. Johnson, "Matrix Analysis", 2nd ed. (2013), section 0.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import FALSE, TRUE, App, Array, Num, Term, free_symbols, num
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.entries import explicit, rows_of
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.methods import sign
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, converter

_MOST_MINORS = 40
_HOLDS = {
    "==": lambda r, q: r == q,
    "!=": lambda r, q: r != q,
    "<": lambda r, q: r < q,
    "<=": lambda r, q: r <= q,
    ">": lambda r, q: r > q,
    ">=": lambda r, q: r >= q,
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the relation holds for every rank that the minors leave."""
    if isinstance(goal.right, App) and goal.right.op == "rank":
        goal = replace(goal, relation=_TURNED.get(goal.relation, goal.relation), left=goal.right, right=goal.left)
    value = rational(goal.right)
    if not isinstance(goal.left, App) or goal.left.op != "rank" or value is None:
        raise NotApplicable("no rank is compared with a number")
    try:
        rows = _distinct([list(r) for r in rows_of(explicit(goal.left.args[0], context))])
    except NoClosedForm:
        raise NotApplicable("the matrix is not written out") from None
    holds = _HOLDS[goal.relation]
    sizes = range(min(len(rows), len(rows[0])) + 1)
    minors = Minors(goal, context, rows)
    # A rank at which the relation fails is excluded from above where all larger ranks fail too, else from below.
    failing = [r for r in sizes if not holds(r, value)]
    above = [r for r in failing if not any(holds(s, value) for s in sizes if s > r)]
    below = [r for r in failing if r not in above]
    if above and not minors.vanish(min(above)) or below and not minors.one_is_not_zero(max(below) + 1):
        raise NotApplicable("the minors do not decide it")
    return Evidence("minors of a matrix", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


def _distinct(rows: list[list[Term]]) -> list[list[Term]]:
    """The rows and columns that count: none twice, and none of zeros."""
    for _ in range(2):
        kept = list(dict.fromkeys(tuple(r) for r in rows if any(x != num(0) for x in r))) or [tuple(rows[0])]
        rows = [list(c) for c in zip(*kept, strict=True)]
    return rows


class Minors:
    """The minors of a matrix, and what is known of them."""

    def __init__(self, goal: Goal, context: Any, rows: list[list[Term]]) -> None:
        self.goal, self.context, self.rows = goal, context, rows

    def of_size(self, size: int) -> list[Term]:
        """The first ones of a size, those with numbers before others."""
        m, n = len(self.rows), len(self.rows[0])
        places = list(
            islice(((i, j) for i in combinations(range(m), size) for j in combinations(range(n), size)), _MOST_MINORS + 1)
        )
        blocks = [[[self.rows[i][j] for j in js] for i in iss] for iss, js in places]
        blocks.sort(key=lambda b: sum(not isinstance(x, Num) for r in b for x in r))
        return [b[0][0] if size == 1 else app("det", Array(tuple(map(tuple, b)), (size, size))) for b in blocks]

    def vanish(self, size: int) -> bool:
        """Whether all minors of a size are 0, so that the rank is smaller."""
        minors = self.of_size(size)
        return len(minors) <= _MOST_MINORS and all(map(self._is_zero, minors))

    def one_is_not_zero(self, size: int) -> bool:
        """Whether the rank is at least of a size: a minor is nowhere 0, or those of two are never 0 together."""
        found = [d for d in self.of_size(size) if not self._is_zero(d)]
        return any(self._is_never_zero(d) for d in found) or any(self._holds(s) for s in self._sums(found))

    def _sums(self, minors: list[Term]) -> Iterator[Term]:
        """That the minors are not 0 all at once."""
        if len(minors) > 1:
            zero: Term = TRUE
            for d in minors:
                equation = app("eq", d, num(0))
                zero = equation if zero is TRUE else App("and", (zero, equation), (), "truth")
            yield zero

    def _holds(self, zero: Term) -> bool:
        return proves(replace(self.goal, relation="=>", left=zero, right=FALSE), self.context)

    def _is_zero(self, d: Term) -> bool:
        try:
            return converter((d,), self.goal.assumptions, self.goal.reading)(d).num == {}
        except GIVES_UP:
            return False

    def _is_never_zero(self, d: Term) -> bool:
        if isinstance(d, Num):
            return d.value != 0
        if proved_by((sign,), replace(self.goal, relation="!=", left=d, right=num(0)), self.context):
            return True
        return bool(free_symbols(d)) and proves(
            replace(self.goal, relation="=>", left=TRUE, right=app("ne", d, num(0))), self.context
        )


SPEC = Method(
    name="minors of a matrix",
    relations=frozenset(_HOLDS),
    cost=6,
    concludes=frozenset({Truth.PROVED}),
    soundness="a rank is the largest size of a minor that is not 0, at every point where the entries have values",
    run=run,
    holds=(
        "let a : real\nrank([1, a; 0, 1]) == 2",
        "let a, b : real\nrank([a, b; b, a]) == 2 given a^2 != b^2",
        "let a, b, c : real\nrank([a, b; c*a, c*b]) <= 1",
        "let a : real\nrank([a^2 + 1, a; a, 1]) > 1",
        "let a, b : real\nrank([a, b]) >= 1 given a^2 + b^2 == 1",
    ),
    fails=(),
    open=(
        "let a, b : real\nrank([a, b; b, a]) == 2",
        "let a, b : real\nrank([a, b; b, a]) == 2 given a != b",
        "let a, b, c : real\nrank([a, b; c*a, c*b]) == 1",
        "let a, b, c, d : real\nrank([a, b; c, d]) <= 1",
    ),
)
