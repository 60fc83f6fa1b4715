"""Inverse functions of the functions that they invert, where the argument is seen to lie in the principal range."""

from __future__ import annotations

from twofold.grammar.term import App, Const, num
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element

_RANGES = {
    ("asin", "sin"): ((-1, 2), (1, 2), 1, 0), ("acos", "cos"): ((0, 1), (1, 1), 1, 0), ("atan", "tan"): ((-1, 2), (1, 2), 1, 0),
    ("asin", "cos"): ((0, 1), (1, 1), -1, 1), ("acos", "sin"): ((-1, 2), (1, 2), -1, 1), ("atan", "cot"): ((0, 1), (1, 1), -1, 1),
}  # fmt: skip
"""Outer and inner function: the range of the argument u in multiples of pi, and the value as sign*u + half*pi/2."""


def undone(c: Converter, t: App) -> Element | None:
    """asin(sin(u)) and its like as u, or pi/2 - u; None where that is not seen. Over the reals, where u is real."""
    inner = t.args[0]
    if not c.field.real or not isinstance(inner, App) or len(inner.args) != 1:
        return None
    known = _RANGES.get((t.op, inner.op))
    if known is None:
        return None
    low, high, sign, half = known
    f = c.field
    u, pi = c(inner.args[0]), c(Const("pi"))

    def multiple(share: tuple[int, int]) -> Element:
        return f.mul(pi, c(App("div", (num(share[0]), num(share[1])))))

    for d in (f.sub(u, multiple(low)), f.sub(multiple(high), u)):
        if d.num and not (len(d.den) == 1 and c.signs.of(d.num) in ("+", "0+")):
            return None
    value = u if sign > 0 else f.neg(u)
    return f.add(value, multiple((1, 2))) if half else value
