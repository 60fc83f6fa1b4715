"""The truth of a statement at values of its names, where balls decide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twofold.grammar.term import App, Const, Term
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined
from twofold.numeric.valuation import Valuation

_LEAVES = frozenset("eq ne lt le gt ge in".split())


def truth(t: Term, values: Valuation, given: Sequence[Term] = ()) -> bool | None:
    """The truth of a statement where it is certain; a relation with an undefined part is false. `given` are known to be true."""
    if any(t is g for g in given):
        return True
    if isinstance(t, Const) and t.name in ("true", "false"):
        return t.name == "true"
    if isinstance(t, App) and t.op in ("and", "or"):
        parts = [truth(a, values, given) for a in t.args]
        decisive = t.op == "or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(t, App) and t.op == "not":
        inner = truth(t.args[0], values, given)
        return None if inner is None else not inner
    if isinstance(t, App) and t.op in ("implies", "iff"):
        a, b = (truth(x, values, given) for x in t.args)
        if t.op == "implies":
            return True if a is False or b is True else None if a is None or b is None else False
        return None if a is None or b is None else a is b
    if isinstance(t, App) and t.op in _LEAVES:
        for bits in (64, 256):
            try:
                found = ball(t, values, bits)
            except Undefined:
                return False
            except NoValue:
                continue
            if isinstance(found, bool):
                return found
    return None


def cannot_be_evaluated(t: Term, values: Valuation) -> bool:
    """Whether a part of a statement cannot be evaluated at a point at all: a derivative where a branch changes may have no value there."""
    if isinstance(t, App) and t.op in ("and", "or", "not", "implies", "iff"):
        return any(cannot_be_evaluated(a, values) for a in t.args)
    if isinstance(t, App) and t.op in _LEAVES:
        try:
            ball(t, values, 64)
        except CannotEvaluate:
            return True
        except NoValue:
            return False
    return False


def shown(value: Any) -> str:
    """A value of a name as it is written: a number, or a row or rows of numbers."""
    if isinstance(value, tuple):
        rows = [", ".join(map(shown, v)) if isinstance(v, tuple) else shown(v) for v in value]
        return "[" + ("; " if isinstance(value[0], tuple) else ", ").join(rows) + "]"
    return str(value)
