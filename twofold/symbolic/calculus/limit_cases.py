"""Limits by cases of the sign of a name, or of its distance from a number, where an expansion asks for that sign."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from twofold.grammar.term import App, Bound, Num, Symbol, Term, substitute, var
from twofold.symbolic.asymptotic.constants import Constants
from twofold.symbolic.context import Context


def split_at(k: Constants) -> tuple[Symbol, Num] | None:
    """The name and the number at which the sign that was asked for in vain changes: that of a linear function of one name; `None` for any other."""
    e = k.unsigned
    if e is None or len(e.den) > 1 or len(e.num) > 2:
        return None
    names = [m for m in e.num if m]
    if len(names) != 1 or len(names[0]) != 1 or names[0][0][1] != 1 or len(e.num) == 2 and () not in e.num:
        return None
    kernel = k.f.kernels[names[0][0][0]]
    if kernel[0] != "sym" or k.waving(e):
        return None
    value = -e.num[()] / e.num[names[0]] if () in e.num else 0
    return kernel[1], Num(Fraction(int(value.p), int(value.q)) if value else Fraction(0))


def by_cases(context: Context, term: Bound, name: Symbol, at: Num, limit: Callable[[Context, Bound], Term | None]) -> Term | None:
    """The limit for values of a name above, below and at a number, as one expression; `None` where it is not found in one of these cases."""
    said = len(context.notes), len(context.conditions)
    known = context.range(name)
    above = known.upper is None or known.upper > at.value
    below = known.lower is None or known.lower < at.value
    middle = not (known.nonzero and at.value == 0)
    for bound, is_open in ((known.lower, known.open_lower), (known.upper, known.open_upper)):
        middle &= bound != at.value or not is_open
    rows = [
        (way, limit(context.given(_compared(way, name, at)), term)) for way, wanted in (("gt", above), ("lt", below)) if wanted
    ]
    if middle:
        rows.append(("eq", limit(context, _with(term, name, at))))
    if any(not isinstance(v, Term) or v.shape or v.sort != "number" for _, v in rows) or said != (
        len(context.notes),
        len(context.conditions),
    ):
        del context.notes[said[0] :], context.conditions[said[1] :]
        return None
    return _joined([(way, v) for way, v in rows if v is not None], name, at)


def _compared(op: str, name: Symbol, at: Num) -> App:
    return App(op, (var(name), at), (), "truth")


def _with(term: Bound, name: Symbol, at: Num) -> Bound:
    made = substitute(Bound(term.op, term.symbols, term.body, term.args, term.side, term.shape), {name: at})
    assert isinstance(made, Bound)
    return made


def _joined(rows: list[tuple[str, Term]], name: Symbol, at: Num) -> Term:
    """Cases with the same value are one; the last needs no condition."""
    kept: list[tuple[str, Term]] = []
    for way, value in rows:
        same = next((j for j, (_, v) in enumerate(kept) if v == value), None)
        if same is None:
            kept.append((way, value))
        elif way == "eq":
            kept[same] = ("ge" if kept[same][0] == "gt" else "le", value)
        else:
            kept[same] = ("ne", value)
    if len(kept) == 1:
        return kept[0][1]
    args = [part for way, value in kept[:-1] for part in (value, _compared(way, name, at))]
    return App("piecewise", (*args, kept[-1][1]))
