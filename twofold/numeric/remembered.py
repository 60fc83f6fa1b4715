"""Costly evaluations done before: the same integral stands at every point of a claim that does not move it, and beside each repair that is tried.

What is remembered costs the work that it took, so that nothing that is given up depends on what was asked before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import flint
from flint import arb, fmpq

from twofold.core.meter import Meter
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var
from twofold.numeric.balls import Balls
from twofold.numeric.constants import has_costly
from twofold.numeric.outcomes import NoValue
from twofold.numeric.turns import Turn

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator, Work

MOST = 512
_known: dict[Hashable, _Outcome] = {}
"""The last ones, the most recent at the end."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A value or the reason why there is none, the operations that it took, and all that there were (`budget`) where they did not do."""

    value: Any
    reason: NoValue | None
    operations: int
    budget: int | None


def again(key: Hashable, work: Work, run: Callable[[], Any]) -> Any:
    """What `run` gives, which depends on nothing but the key and the work that is left. Raises `NoValue` as it does."""
    try:
        known = _known.pop(key, None)
    except (TypeError, ValueError):  # A value among the points that has no hash, as a ball that is not a point.
        return run()
    if known is not None and known.budget in (None, work.left):
        _known[key] = known
        if known.budget is None:
            work.spend(known.operations)
        else:
            work.left -= known.operations
            Meter.operations += known.operations
    else:
        before, value, reason = work.left, None, None
        try:
            value = run()
        except NoValue as error:
            reason = error.with_traceback(None)
        known = _Outcome(value, reason, before - work.left, before if work.left < 0 else None)
        if time.thread_time() < work.until:
            _keep(key, known)
    if known.reason is not None:
        raise type(known.reason)(*known.reason.args)
    return known.value


def _keep(key: Hashable, outcome: _Outcome) -> None:
    while len(_known) >= MOST:
        del _known[next(iter(_known))]
    _known[key] = outcome


def integral(e: Evaluator, symbol: Symbol, body: Term, a: Any, b: Any, run: Callable[[], Any]) -> Any:
    """What `run` gives for the enclosure of the integral of a body over a..b."""
    m = e.arithmetic
    if not isinstance(m, Balls) or m.mode != "plain" or (m.approximation and has_costly(body)):
        return run()
    ends = _number(a), _number(b)
    written = None if None in ends else _written(e, body, {symbol: 0})
    if written is None:
        return run()
    return again(("integral", flint.ctx.prec, m.reading, m.approximation, symbol.kind, *ends, written), e.work, run)


def _written(e: Evaluator, t: Term, bound: dict[Symbol, int]) -> Hashable:
    """A term of scalars with the values of its names in it and its own variables numbered; `None` where there is more in it."""
    if t.shape or isinstance(t, Array):
        return None
    if isinstance(t, Num):
        return t.value
    if isinstance(t, Const):
        return t.sort, t.name
    if isinstance(t, Var):
        s = t.symbol
        return ("bound", bound[s]) if s in bound else _number(e.values.get(s))
    if isinstance(t, Bound):
        if any(s.shape for s in t.symbols):
            return None
        inner = {**bound, **{s: len(bound) + k for k, s in enumerate(t.symbols)}}
        parts = [_written(e, t.body, inner), *(_written(e, x, bound) for x in t.args)]
        head: Hashable = t.op, t.side, tuple(s.kind for s in t.symbols)
    else:
        assert isinstance(t, App)
        parts, head = [_written(e, x, bound) for x in t.args], t.op
    return None if None in parts else (head, *parts)


def _number(x: Any) -> Hashable:
    """A number by which it can be told apart from any other at this precision."""
    if type(x) is fmpq:
        return "rational", int(x.p), int(x.q)
    if type(x) is Turn:
        return "turn", int(x.q.p), int(x.q.q)
    if type(x) is not arb or x.is_nan():
        return None
    if not x.is_finite():
        return "oo" if x > 0 else "-oo" if x < 0 else None
    return "ball", *map(int, x.mid().man_exp()), *map(int, x.rad().man_exp())
