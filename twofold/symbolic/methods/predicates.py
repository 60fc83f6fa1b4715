"""Statements without free names that a function of the catalogue decides exactly: `is_posdef(M)`, `is_linear(T)`."""

from __future__ import annotations

from twofold.catalogue.goal import Goal
from twofold.catalogue.index import functions
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import FALSE, TRUE, App, free_symbols
from twofold.symbolic.context import Context


def run(goal: Goal, context: Context) -> Evidence:
    """The exact route's own word on a predicate of explicit arguments."""
    t = goal.left
    if goal.right != TRUE or not isinstance(t, App) or t.op not in functions() or not _is_closed(t):
        raise NotApplicable("not a predicate of explicit arguments")
    from twofold.symbolic.work import work

    context = context.given(*goal.assumptions) if t.op in _OF_FUNCTIONS else context
    known = len(context.notes)
    value = work(t, context)
    if "the domain is not an interval" in context.notes[known:]:
        raise NotApplicable("the domain is not an interval")
    if value == TRUE:
        return Evidence(
            "exact predicate", Truth.PROVED, Strength.PROOF, points=1, effective=1, independent_of="numeric evaluation"
        )
    if value == FALSE:
        return Evidence(
            "exact predicate",
            Truth.REFUTED,
            Strength.PROOF,
            points=1,
            effective=1,
            witness=Counterexample({}, "false", "true", True),
        )
    raise NotApplicable("the predicate was not decided")


_OF_FUNCTIONS = frozenset({"is_convex", "is_concave"})


def _is_closed(t: App) -> bool:
    """Whether no name is free, apart from the variables of a function that the predicate is about."""
    if t.op in _OF_FUNCTIONS:
        return not set(free_symbols(t.args[0])) - set(free_symbols(t.args[1]))
    return not free_symbols(t)


SPEC = Method(
    name="exact predicate",
    relations=frozenset({"holds"}),
    cost=6,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="the predicates are computed over exact numbers (rationals, algebraic numbers), without rounding",
    run=run,
    holds=("is_posdef([2, 1; 1, 4])", "is_symmetric([1, 2; 2, 5])", "is_convex(x^2 + exp(x), x)", "let x > 0\nis_convex(x^3, x)"),
    fails=("is_symmetric([1, 2; 3, 5])", "is_convex(x^3, x)", "is_convex(x*y, [x, y])"),
    open=("let A : matrix(2, 2)\nis_symmetric(A)", "is_convex(1/x, x)", "is_convex(a*x^2, x)"),
)
