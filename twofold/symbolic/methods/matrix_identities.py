"""Matrix identities with sizes that stay symbols, by the index normal form."""

from __future__ import annotations

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import entry_of, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Array, Term, Var, subterms
from twofold.symbolic.context import Context

ENTRIES = 16
"""Entries up to which arrays are compared one by one."""


def run(goal: Goal, context: Context) -> Evidence:
    """Both sides in index notation: proved where the normal forms are equal."""
    if not any(t.shape or (isinstance(t, Var) and t.symbol.shape) for side in (goal.left, goal.right) for t in subterms(side)):
        raise NotApplicable("no vector or matrix stands in the claim")
    from twofold.symbolic.tensors import Unsupported, equal

    try:
        same = equal(goal.left, goal.right) or _entry_by_entry(goal.left, goal.right)
    except Unsupported as e:
        raise NotApplicable(f"no index normal form: {e}") from None
    if same:
        return Evidence("index normal form", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the index normal forms differ")


def _entry_by_entry(left: Term, right: Term) -> bool:
    """Whether all entries are equal, where an array is written out: its entries have no common form."""
    from twofold.symbolic.tensors import equal

    if full(left.shape) != full(right.shape) or not any(isinstance(t, Array) for t in (*subterms(left), *subterms(right))):
        return False
    m, n = full(left.shape)
    if not isinstance(m, int) or not isinstance(n, int) or not 1 < m * n <= ENTRIES:
        return False
    places = [(i, j) for i in range(1, m + 1) for j in range(1, n + 1)]
    return all(equal(entry_of(left, *p), entry_of(right, *p)) for p in places)


SPEC = Method(
    name="index normal form",
    relations=frozenset({"=="}),
    cost=1,
    concludes=frozenset({Truth.PROVED}),
    soundness="products become sums over indices; deltas, inverses and declared symmetries are the only relations used",
    run=run,
    holds=("let n : size\nlet A, B : matrix(n, n)\ntr(A*B) == tr(B*A)", "let n : size\nlet A, B : matrix(n, n)\n(A*B)' == B'*A'"),
    fails=(),
    open=("let n : size\nlet A, B : matrix(n, n)\nA*B == B*A",),
)
