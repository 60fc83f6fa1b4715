"""Limits of terms by the leading term of an expansion, by cases of the signs of names where these decide."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.display import show
from twofold.grammar.term import MINUS_OO, OO, Bound, Num, Symbol, Term, free_symbols
from twofold.symbolic.approach import told_in_doubles
from twofold.symbolic.asymptotic.constants import ZERO, Constants, NotReal, Undecided
from twofold.symbolic.asymptotic.limits import SECONDS, Side, constants, sides, unseen, waves_forever
from twofold.symbolic.calculus.cells import MISSING, NOWHERE, Found
from twofold.symbolic.calculus.limit_cases import Cases, Open, Split, splits, zeros
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.normal.domains import Domain


def by_expansion(context: Context, term: Bound) -> Term | None:
    """The limit by the leading term of an expansion; `None` where a sign, a zero or a rule is missing. What it holds under are conditions."""
    x, point = term.symbols[0], term.args[0]
    if context.reading != "real" or term.shape or x.kind not in ("real", "integer") or x in free_symbols(point):
        return None
    found = Cases(_limit).found(context, term)
    if found is None or found.value == NOWHERE:
        return None
    for note in found.notes:
        context.note(note)
    for condition in found.conditions:
        context.require(condition)
    return found.value


def _limit(context: Context, term: Bound) -> tuple[Found, tuple[Split, ...]]:
    """The limit, and what was taken for different from 0 and does not show in it."""
    k = None
    try:
        k = constants(context.assumptions, term.body, term.symbols[0])
        found = within(min(SECONDS, context.seconds), sides, k, term.symbols[0], term)
        if found is None:
            raise Open
        return _joined(context, k, term, found)
    except NotReal:
        return Found(NOWHERE), ()
    except (Undecided, NoClosedForm) as problem:
        raise Open(() if k is None else splits(k, k.unsigned)) from problem


def _joined(context: Context, k: Constants, term: Bound, found: list[Side]) -> tuple[Found, tuple[Split, ...]]:
    real = [s for s in found if s.real]
    if not real:
        return Found(NOWHERE), ()
    if any(s.wave for s in real):
        if any(s.wave and s.value is not None and waves_forever(k, s.value) for s in real):
            return Found(MISSING), _apart(k, term, None)
        raise Undecided
    notes = [f"defined on the {'right' if found[0].real else 'left'} only"] if len(real) < len(found) else []
    first, last = real[0], real[-1]
    if first is not last and not _same(k, first, last):
        right, left = (_shown(context, k, s) for s in (first, last))
        return Found(MISSING, (), (f"{show(left)} from the left, {show(right)} from the right",)), _apart(k, term, None)
    ways = [1, -1] if not term.side else [1 if term.side == "+" else -1]
    if first.value is not None and not all(
        _values_agree(k, term, first.value, s) for s, way in zip(ways, found, strict=False) if way.real
    ):
        raise Open
    return Found(_shown(context, k, first), (), tuple(notes)), _apart(k, term, first.value)


def _apart(k: Constants, term: Bound, value: Any) -> tuple[Split, ...]:
    """What was divided by, unless the value shows it and the limit is of what has no value without it."""
    hidden = unseen(k, ZERO if value is None else value)
    asked = Domain(k.c).read(term.body).atoms
    found = [zeros(k, p) for p in unseen(k, ZERO) if p in hidden or ("ne", frozenset(p.items())) not in asked]
    if any(s is None for s in found):
        raise Open
    return tuple(dict.fromkeys(s for s in found if s is not None))


def _same(k: Constants, a: Side, b: Side) -> bool:
    """Whether both sides have the same limit. Raises `Undecided` where that is not known."""
    if a.value is None or b.value is None:
        return a.value is b.value and a.sign == b.sign
    gap = k.sub(a.value, b.value)
    return k.is_zero(gap) or k.sign(gap) == 0


def _shown(context: Context, k: Constants, s: Side) -> Term:
    if s.value is None:
        return OO if s.sign > 0 else MINUS_OO
    found = k.term(s.value)
    return found if isinstance(found, Num) else lift(lower(found, context), context)


def _values_agree(k: Constants, term: Bound, value: Any, side: int) -> bool:
    """Whether values in double precision do not speak against a limit."""
    x: Symbol = term.symbols[0]
    if free_symbols(term.body) != [x] or free_symbols(term.args[0]):
        return True
    return told_in_doubles(term.body, x, term.args[0], side, k.term(value)) is not False
