"""Derivatives of piecewise expressions: where two pieces do not meet in value and slope there is none."""

from __future__ import annotations

from collections.abc import Sequence

from twofold.catalogue.conjunctions import together
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols, substitute, subterms
from twofold.symbolic.arithmetic import ZERO, minus, negate, over

_STRICT = {"gt": "gt", "ge": "gt", "lt": "lt", "le": "lt"}
_BEYOND = {"gt": "lt", "ge": "lt", "lt": "gt", "le": "gt"}


def apart_from_kinks(t: App, slopes: Sequence[Term], x: Symbol) -> App:
    """A piecewise expression with the slopes of its pieces, left without a value where its borders in x are not known to be smooth.

    `slopes` has the conditions of the expression in their places.
    """
    whole = app("piecewise", *slopes)
    if t.shape:
        return whole
    values, pieces = _rows(t.args), _rows(slopes)
    borders = [c for _, c in values if c is not None and x in free_symbols(c)]
    if any(not (isinstance(c, App) and (c.op in _STRICT or c.op in ("eq", "ne"))) for c in borders):
        return whole
    kinks: list[App] = []
    for c in borders:
        assert isinstance(c, App)
        if not _is_smooth(c, x, values, [v for v, _ in pieces]):
            kinks.append(c)
    if not kinks:
        return whole
    if len(pieces) == 2 and pieces[1][1] is None and kinks[0].op in _STRICT:
        first, other = (App(ops[kinks[0].op], kinks[0].args, (), "truth") for ops in (_STRICT, _BEYOND))
        return app("piecewise", pieces[0][0], first, pieces[1][0], other)
    apart = tuple(dict.fromkeys(App("ne", c.args, (), "truth") for c in kinks))
    left = [(v, c) for v, c in pieces if not (isinstance(c, App) and c.op == "eq" and c in kinks)]
    if left[-1][1] is None and any(c in apart for _, c in left):
        left.pop()  # What is left for it is a single place.
    if all(v == left[0][0] for v, _ in left) and left[-1][1] is None:
        return app("piecewise", left[0][0], together(apart))
    return app("piecewise", *(part for v, c in left for part in (v, _inside(c, apart))))


def _inside(c: Term | None, apart: Sequence[App]) -> Term:
    """A condition away from some borders, its own among them."""
    if not isinstance(c, App):
        return together(apart)
    own = App(_STRICT[c.op], c.args, (), "truth") if c.op in _STRICT and any(c.args == a.args for a in apart) else c
    others = [a for a in apart if c.op not in _STRICT or c.args != a.args]
    return together(dict.fromkeys((own, *others)))


def _rows(args: Sequence[Term]) -> list[tuple[Term, Term | None]]:
    rows: list[tuple[Term, Term | None]] = [(args[k], args[k + 1]) for k in range(0, len(args) - 1, 2)]
    return [*rows, (args[-1], None)] if len(args) % 2 else rows


def _is_smooth(c: App, x: Symbol, values: Sequence[tuple[Term, Term | None]], slopes: Sequence[Term]) -> bool:
    """Whether the pieces beside a border that is linear in x agree there in value and slope."""
    from twofold.symbolic.normal import equal

    at = _root(minus(*c.args), x)
    if at is None:
        return False
    near = _beside(c, x, at, values)
    groups = [[values[k][0] for k in near], [slopes[k] for k in near]]
    if any(isinstance(u, Bound) for group in groups for v in group for u in subterms(v)):
        return False
    return all(equal(substitute(v, {x: at}), substitute(group[0], {x: at})) is True for group in groups for v in group[1:])


def _beside(c: App, x: Symbol, at: Term, values: Sequence[tuple[Term, Term | None]]) -> list[int]:
    """The pieces that may hold beside a border: one whose condition surely fails there does not, and none after one where it surely holds."""
    near: list[int] = []
    for k, (_, condition) in enumerate(values):
        truth = None if condition == c else True if condition is None else _truth(condition, x, at)
        if truth is not False:
            near.append(k)
        if truth:
            break
    return near


def _truth(condition: Term, x: Symbol, at: Term) -> bool | None:
    """Whether a comparison holds at a place and around it; `None` where that is not known or it is one of its own borders."""
    from twofold.symbolic.normal import GIVES_UP, converter

    if not isinstance(condition, App) or condition.op not in _BEYOND:
        return None
    try:
        gap = converter(())(substitute(minus(*condition.args), {x: at})).rational()
    except GIVES_UP:
        return None
    return None if not gap else (gap > 0) == (condition.op in ("gt", "ge"))


def _root(gap: Term, x: Symbol) -> Term | None:
    """The zero of a linear function of x; `None` where it is not one."""
    from twofold.symbolic.derivative import derivative
    from twofold.symbolic.normal import equal

    if any(isinstance(u, App) and u.op not in ("add", "sub", "mul", "div", "neg") for u in subterms(gap)):
        return None
    slope = derivative(gap, x)
    if x in free_symbols(slope) or equal(slope, ZERO) is not False:
        return None
    return negate(over(substitute(gap, {x: ZERO}), slope))
