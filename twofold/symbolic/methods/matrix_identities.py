"""Matrix identities with sizes that stay symbols, by the index normal form."""

from __future__ import annotations

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Var, subterms
from twofold.symbolic.context import Context


def run(goal: Goal, context: Context) -> Evidence:
    """Both sides in index notation: proved where the normal forms are equal."""
    if not any(t.shape or (isinstance(t, Var) and t.symbol.shape) for side in (goal.left, goal.right) for t in subterms(side)):
        raise NotApplicable("no vector or matrix stands in the claim")
    from twofold.symbolic.tensors import Unsupported, equal

    try:
        same = equal(goal.left, goal.right)
    except Unsupported as e:
        raise NotApplicable(f"no index normal form: {e}") from None
    if same:
        return Evidence("index normal form", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the index normal forms differ")


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
