"""The conditions of an answer: what was needed on the way, what the answer asks for and the question does not, each said once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from twofold.catalogue.conjunctions import conjuncts, disjuncts, together
from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    FALSE,
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    is_numeric,
    num,
    substitute,
    subterms,
)
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.chained_conditions import chained
from twofold.symbolic.condition_form import plain, weaker
from twofold.symbolic.context import Context
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.gained_conditions import gained, is_compared
from twofold.symbolic.normal import GIVES_UP, converter, equal
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.compared_domains import dropped, shortest
from twofold.symbolic.normal.conditions import Atom
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.open_conditions import is_proved
from twofold.symbolic.rational_forms import RationalFunction
from twofold.symbolic.whole_conditions import without_whole

_FORMS = frozenset("simplify expand factor collect cancel apart partial_fractions trig_expand".split())
"""What writes a term in another form."""
_OF_ENTRIES = frozenset(
    "det tr rank inv pinv adjugate cofactors rref nullspace colspace rowspace singular_values least_squares".split()
)
"""What may lose an entry of a matrix: the determinant of [x, 1; 1, 1/x] is 0 where x != 0, its rank 1."""
_DIFFERENTIATES = ("diff", "curl")
_MOST = 12
"""Conditions up to which those that follow from the others are looked for."""


def conditions(question: Term, value: Term, context: Context) -> list[Term]:
    """The conditions that were needed, those that another form has lost, and those that an answer shows by having no value where the question
    may have one: an antiderivative a^x/log(a) holds where a != 1. What follows from the others is left out.

    A rule that cannot read the terms changes nothing.
    """
    found = list(context.conditions)
    for rule in (
        _with_dropped,
        _with_lost_poles,
        _said_once,
        _with_gained,
        _without_assumed,
        _without_alternatives,
        _without_implied,
    ):
        if FALSE not in found:
            with suppress(*GIVES_UP):
                found = rule(question, value, found, context)
    return found if FALSE in found else chained(list(map(plain, found)))


def _with_dropped(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """What the term that was written in another form asks for, and the new form does not show."""
    if not isinstance(question, App) or question.op not in _FORMS | _OF_ENTRIES:
        return found
    if question.op in _FORMS and (question.shape or value.shape):
        return found
    written = question.args[0]
    if context.reading != "real" or question.op in _OF_ENTRIES and (not isinstance(written, Array) or is_numeric(written)):
        return found
    rational_function = None if question.op in _OF_ENTRIES else RationalFunction.of(written)
    if rational_function is not None and rational_function.shows_poles_of(written):
        return found
    c = converter((), context.assumptions, context.reading)
    return [*found, *dropped(c, written, value, context.assumptions)]


def _with_lost_poles(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """The poles of what was differentiated that do not show in the derivatives: the Laplacian of log(x^2 + y^2) is 0 where that is not 0."""
    if context.reading != "real" or not any(isinstance(t, App | Bound) and t.op in _DIFFERENTIATES for t in subterms(question)):
        return found
    if any(s.shape or s.kind not in ("real", "integer") for s in free_symbols(question)):
        return found
    if any(isinstance(t, App) and t.op == "piecewise" for t in subterms(value)):
        return found
    c = converter((), context.assumptions, context.reading)
    asked, own = Domain(c).read(question), Domain(c).read(value)
    lost = {k: t for k, t in asked.beyond(own).items() if k[0] == "ne"}
    return [*found, *shortest(c, lost, context.assumptions)]


def _with_gained(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    return without_whole(found, gained(question, value, found, context), context)


def _without_alternatives(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Without alternatives that hold because others do: a != 1 or x != y where a != 1."""
    ways = {t: frozenset(disjuncts(t)) for t in found}
    sure = {u for t in found for u in weaker(t)}
    # What is not 0 has no factor that is, and its two parts differ.
    apart = [t.args[0] for t in found if isinstance(t, App) and t.op in ("gt", "lt", "ne") and t.args[1] == num(0)]
    apart += [g for u in apart if isinstance(u, App) and u.op == "mul" for g in u.args]
    sides = [u for t in found if len(ways[t]) > 1 for u in ways[t] if isinstance(u, App) and u.op == "ne"]
    sure |= {u for u in sides if any(equal(minus(*pair), v) for pair in (u.args, u.args[::-1]) for v in apart)}
    return [
        t
        for t in found
        if not any(ways[u] < ways[t] for u in found)
        and (len(ways[t]) == 1 or sure.isdisjoint(ways[t]) and not _is_excluded(ways[t], [u for u in found if u is not t]))
    ]


def _without_implied(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Without alternatives that are shown to follow from the other conditions: b != 0 or c != 0 where 4*a*c != b^2."""
    if context.reading != "real" or not 1 < len(found) <= _MOST:
        return found
    for t in [t for t in found if len(disjuncts(t)) > 1]:
        others = [u for u in found if u is not t]
        goal = Goal("=>", together(others), t, context.assumptions, "real")
        if others and within(_SECONDS, proves, goal, context):
            found = others
    return found


_SECONDS = 0.3
"""Processor time for one condition that may follow from the others."""


def _is_excluded(ways: frozenset[Term], others: Sequence[Term]) -> bool:
    """Whether alternatives of the kind `a != 0` fail together only at numbers at which another condition fails: a + b > 0 says that a and b are not both 0."""
    at: dict[Symbol, Term] = {}
    for u in ways:
        if not (isinstance(u, App) and u.op == "ne" and isinstance(u.args[0], Var) and isinstance(u.args[1], Num)):
            return False
        at[u.args[0].symbol] = u.args[1]
    for t in others:
        if isinstance(t, App) and t.op in ("gt", "lt", "ne"):
            left, right = (rational(substitute(a, at)) for a in t.args)
            if left is None or right is None:
                continue
            if not (left > right if t.op == "gt" else left < right if t.op == "lt" else left != right):
                return True
    return False


def _without_assumed(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Conditions without those that follow from what is assumed: h + r > 0 where 0 < h and h < r."""
    if not context.assumptions:
        return found
    return [t for t in found if not is_proved(t, list(context.assumptions), context)]


def _said_once(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Conditions without those that follow from the others by signs and factors; as they are where none does."""
    parts = list(dict.fromkeys(p for t in found for p in conjuncts(t)))
    compared = [t for t in parts if is_compared(t)]
    as_they_are = list(found) if sum(len(conjuncts(t)) for t in found) == len(parts) else parts
    if not 1 < len(parts) <= _MOST or not compared:
        return as_they_are
    c = converter((), context.assumptions, context.reading)
    domain, kept = Domain(c), []
    for t in parts:
        if t not in compared or not domain.compared(t):
            kept.append(t)
    if domain.impossible:
        return as_they_are
    made = shortest(c, _by_factors(domain), context.assumptions)
    if len(made) + len(kept) >= len(parts):
        return as_they_are
    return [*made, *kept]


def _by_factors(domain: Domain) -> dict[Atom, Term]:
    """a >= 0, b >= 0 and a*b > 0 as a > 0 and b > 0; a > 0 and a*b > 0 as a > 0 and b > 0."""
    out = dict(domain.atoms)
    for atom in [k for k in domain.atoms if k[0] == "gt"]:
        c, m, factors = P.factors(dict(atom[1]))  # type: ignore[call-overload]
        single = [{((g, 1),): c / c} for g, _ in m] + [p for p, _ in factors]
        rest = [p for p in single if ("gt", frozenset(p.items())) not in out]
        at_least = [("ge", frozenset(p.items())) for p in rest]
        if c < 0 or len(single) < 2 or not all(k in out for k in at_least) and len(rest) != 1:
            continue
        del out[atom]
        for p, k in zip(rest, at_least, strict=True):
            shown = out.pop(k, None)
            if isinstance(shown, App):
                out["gt", k[1]] = app({"ge": "gt", "le": "lt"}.get(shown.op, shown.op), *shown.args)
            else:
                domain.positive(p)
                out |= {a: t for a, t in domain.atoms.items() if a == k or a == ("gt", k[1])}
    return out


__all__ = ["conditions"]
