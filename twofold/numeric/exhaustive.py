"""Whether the conditions of a piecewise expression leave nothing out: comparisons of one term with rational numbers, or of two terms with each other."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.constants import rational, truth_value
from twofold.grammar.term import App, Num, Term, num

_JOINED = frozenset(("and", "or", "not"))
_ORDERS = frozenset("eq ne lt le gt ge".split())


@lru_cache(512)
def covers(conditions: tuple[Term, ...]) -> bool:
    """Whether at least one holds wherever all of them have a value; `False` where that is not seen.

    What is compared may be any real number, and between neighbouring thresholds nothing changes: so one number in each gap, and the thresholds, say it.
    """
    found: dict[object, set[Fraction]] = {}
    todo = list(conditions)
    while todo:
        c = todo.pop()
        if isinstance(c, App) and c.op in _JOINED:
            todo += c.args
            continue
        read = _read(c)
        if read is None:
            return False
        found.setdefault(read[0], set()).add(read[2])
    if len(found) != 1:
        return False
    marks = sorted(next(iter(found.values())))
    middles = [(a + b) / 2 for a, b in zip(marks, marks[1:], strict=False)]
    return all(any(_holds(c, x) for c in conditions) for x in (marks[0] - 1, *marks, *middles, marks[-1] + 1))


def _read(c: Term) -> tuple[object, str, Fraction] | None:
    """What is compared, how, and with which number."""
    if not isinstance(c, App) or c.op not in _ORDERS:
        return None
    a, b = c.args
    if (q := rational(b)) is not None:
        return a, c.op, q
    if (q := rational(a)) is not None:
        return b, MIRRORED.get(c.op, c.op), q
    if repr(a) <= repr(b):
        return (a, b), c.op, Fraction(0)
    return (b, a), MIRRORED.get(c.op, c.op), Fraction(0)


def _holds(c: Term, x: Fraction) -> bool:
    if isinstance(c, App) and c.op in _JOINED:
        values = [_holds(a, x) for a in c.args]
        return not values[0] if c.op == "not" else all(values) if c.op == "and" else any(values)
    read = _read(c)
    assert read is not None
    return truth_value(App(read[1], (Num(x), num(read[2])), (), "truth")) is True


__all__ = ["covers"]
