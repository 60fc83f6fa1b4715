"""Sums and products over ranges of whole numbers. A range that ends below its start is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twofold.grammar.term import Bound, Const, Term
from twofold.numeric.balls import Balls, whole
from twofold.numeric.constants import hoisted
from twofold.numeric.containers import entrywise
from twofold.numeric.long_sums import by_blocks, is_long
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.series import base

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

LONGEST = 20_000


def is_infinite(t: Term) -> bool:
    return any(isinstance(x, Const) and x.name == "oo" for x in (t, *getattr(t, "args", ())))


def _ranged(op: str) -> Any:
    def rule(e: Evaluator, t: Bound) -> Value:
        if any(map(is_infinite, t.args)):
            from twofold.numeric.infinite import infinite_range

            return infinite_range(e, t)
        m = e.arithmetic
        ends = [e.value(a) for a in t.args]
        known = [whole(base(a)) for a in ends] if isinstance(m, Balls) else [None, None]
        if known[0] is not None and known[1] is not None and known[1] - known[0] >= LONGEST and is_long(e, t, known[0], known[1]):
            return by_blocks(e, t, known[0], known[1])
        lower, upper = map(m.integer, ends)
        if upper - lower >= LONGEST:
            raise CannotEvaluate("a range too long to go through")
        e, body = hoisted(e, t.body, t.symbols)
        f = m.add if op == "sum" else m.mul
        out: Value = None
        for k in range(lower, upper + 1):
            term = e.inner({t.symbols[0]: m.number(k)}).value(body)
            out = term if out is None else entrywise(f, out, term)
        if out is None:
            empty = m.zero if op == "sum" else m.one
            if t.shape:
                return entrywise(lambda _: empty, e.inner({t.symbols[0]: m.number(lower)}).value(t.body))
            return empty
        return out

    return rule


BINDERS = {"sum": _ranged("sum"), "prod": _ranged("prod")}
