"""What is said of roots of parameters in answers of linear algebra: where they are not real."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.constants import rational
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.grammar.term import TRUE, App, Term, free_symbols, num, subterms
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.lower import lower

_SECONDS = 0.3
"""Processor seconds for the proof that a radicand is not negative."""
_MOST = 3
"""Radicands up to which these are listed."""


def with_notes(value: Term, context: Context) -> Term:
    """The value; that its roots of what may be negative are not real everywhere becomes a remark of the answer."""
    radicands = dict.fromkeys(t.args[0] for t in subterms(value) if isinstance(t, App) and not t.shape and _is_root(t))
    said = [plain(App("lt", (u, num(0)), (), "truth")) for u in radicands if free_symbols(u) and not _never_negative(u, context)]
    said = list(dict.fromkeys(said))
    if said and len(said) <= _MOST:
        context.note(f"the roots are not real where {' or '.join(map(show, said))}")
    return value


def _is_root(t: App) -> bool:
    exponent = rational(t.args[1]) if t.op == "pow" else None
    return t.op == "sqrt" or isinstance(exponent, Fraction) and exponent.denominator > 1


def _never_negative(u: Term, context: Context) -> bool:
    if any(s.kind not in ("real", "integer") for s in free_symbols(u)) or lower(u, context).is_nonnegative:
        return True
    goal = Goal("=>", TRUE, App("ge", (u, num(0)), (), "truth"), context.assumptions, "real")
    return bool(within(_SECONDS, proves, goal, context))
