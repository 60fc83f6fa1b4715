"""Why a claim without names has no value: an integral or a sum in it diverges, a limit does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import INFINITE, Bound, Term, free_symbols, subterms
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.work import work

_BINDERS = frozenset(("integrate", "sum", "prod", "limit"))
_SECONDS = 1.0
"""Nominal seconds for each part; what takes longer is not explained."""
_MOST = 4


def reasons(goal: Goal, context: Context) -> tuple[str, ...]:
    """What is known of the parts of the sides that have no finite value, as sentences."""
    found = []
    for t in list(dict.fromkeys(_closed(goal)))[:_MOST]:
        local = context.aside()
        try:
            value = within(_SECONDS, work, t, local)
        except (NoClosedForm, TwofoldError):
            continue
        if value == MISSING:
            found.append(f"{show(t)} does not exist")
        elif value in INFINITE:
            found.append(f"{show(t)} diverges" if t.op != "limit" else f"{show(t)} is infinite")
    return tuple(found)


def _closed(goal: Goal) -> Iterator[Bound]:
    for side in (goal.left, goal.right):
        for t in subterms(side):
            if isinstance(t, Bound) and t.op in _BINDERS and not t.shape and not free_symbols(t) and not _holds_another(t):
                yield t


def _holds_another(t: Term) -> bool:
    return any(u is not t and isinstance(u, Bound) and u.op in _BINDERS and not free_symbols(u) for u in subterms(t))
