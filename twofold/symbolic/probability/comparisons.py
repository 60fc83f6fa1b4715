"""Comparisons of functions of random variables as comparisons of the variables: extremes, absolute values, even powers, monotone functions.

Every step is an equivalence at each outcome at which both sides have a value, so that the probability stays the same.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.comparisons import MIRRORED
from twofold.grammar.term import FALSE, TRUE, App, Num, Term
from twofold.symbolic.arithmetic import ZERO, negate
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.independence import is_random
from twofold.symbolic.probability.reading import Reader

NEGATED = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}
_ORDERS = frozenset(("lt", "le", "gt", "ge"))


def solved(event: Term, reader: Reader) -> Term:
    """The event with its comparisons undone as far as one knows how."""
    if not isinstance(event, App):
        return event
    if event.op in ("and", "or", "not"):
        return App(event.op, tuple(solved(a, reader) for a in event.args), sort="truth")
    if event.op not in _ORDERS or any(a.shape for a in event.args):
        return event
    a, b = event.args
    if is_random(a) and not is_random(b):
        return _undone(event.op, a, b, reader) or event
    if is_random(b) and not is_random(a):
        return _undone(MIRRORED[event.op], b, a, reader) or event
    return event


def opposite(event: Term) -> Term | None:
    """The complement of an event without a `not` before it; `None` for what is not made of comparisons."""
    if not isinstance(event, App):
        return {TRUE: FALSE, FALSE: TRUE}.get(event)
    if event.op in NEGATED:
        return App(NEGATED[event.op], event.args, sort="truth")
    if event.op == "not":
        return event.args[0]
    if event.op in ("and", "or"):
        parts = [opposite(a) for a in event.args]
        if None not in parts:
            return App("or" if event.op == "and" else "and", tuple(p for p in parts if p is not None), sort="truth")
    return None


def _comparison(op: str, a: Term, b: Term, reader: Reader) -> Term:
    return solved(App(op, (a, b), sort="truth"), reader)


def _undone(op: str, f: Term, c: Term, reader: Reader) -> Term | None:
    """`f op c` for a fixed c by the outermost function of f; `None` where nothing applies."""
    if not isinstance(f, App) or f.shape:
        return None
    below = op in ("lt", "le")
    if f.op in ("min", "max") and not any(a.shape for a in f.args):
        # The largest is below a bound where all are, and above it where one is.
        return App(
            "and" if (f.op == "max") == below else "or", tuple(_comparison(op, a, c, reader) for a in f.args), sort="truth"
        )
    if f.op == "neg":
        return _comparison(MIRRORED[op], f.args[0], negate(c), reader)
    if f.op == "abs":
        g = f.args[0]
        parts = (_comparison(op, g, c, reader), _comparison(MIRRORED[op], g, negate(c), reader))
        return App("and" if below else "or", parts, sort="truth")
    sign = signs.enclose(c, reader.context)
    if f.op == "pow" and isinstance(f.args[1], Num) and f.args[1].value.denominator == 1:
        n = int(f.args[1].value)
        even = n >= 2 and n % 2 == 0
        if even and sign.negative:
            return FALSE if below else TRUE
        positive = signs.enclose(f.args[0], reader.context).nonnegative
        if n >= 2 and (even or positive) and (sign.positive or c == ZERO):
            end = reader.root(reader.read(c), Fraction(1, n)).term()
            return _comparison(op, f.args[0] if positive else App("abs", (f.args[0],)), end, reader)
    if f.op == "sqrt":
        if sign.negative:
            return FALSE if below else TRUE
        if sign.nonnegative and signs.enclose(f.args[0], reader.context).nonnegative:
            return _comparison(op, f.args[0], App("pow", (c, Num(Fraction(2)))), reader)
    if f.op == "exp":
        if sign.positive:
            return _comparison(op, f.args[0], App("log", (c,)), reader)
        if sign.upper is not None and sign.upper <= 0:
            return FALSE if below else TRUE
    if f.op == "log" and signs.enclose(f.args[0], reader.context).nonnegative:
        return _comparison(op, f.args[0], App("exp", (c,)), reader)
    if f.op in ("mul", "div") and not is_random(f.args[1]):
        scale = signs.enclose(f.args[1], reader.context)
        if (scale.positive or scale.negative) and isinstance(f.args[0], App):
            end = App("div" if f.op == "mul" else "mul", (c, f.args[1]))
            return _comparison(op if scale.positive else MIRRORED[op], f.args[0], end, reader)
    if f.op == "mul" and not is_random(f.args[0]):
        return _undone(op, App("mul", (f.args[1], f.args[0])), c, reader)
    if f.op == "div" and not is_random(f.args[0]):
        # c1/g > c: a positive g against c1/c.
        top, g = signs.enclose(f.args[0], reader.context), f.args[1]
        if top.positive and sign.positive and signs.enclose(g, reader.context).positive:
            return _comparison(MIRRORED[op], g, App("div", (f.args[0], c)), reader)
    return None
