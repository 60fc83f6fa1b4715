"""Inequalities under an increasing function: log(A) >= B is A >= exp(B), and products of powers are compared by their logarithms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Term, num
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, Converter, converter


def images(goal: Goal) -> Iterator[Goal]:
    """Claims that say the same wherever both sides of this one have values."""
    if goal.relation not in ("<", "<=", ">", ">=") or goal.reading != "real" or goal.left.shape or goal.right.shape:
        return
    sides = (goal.left, goal.right)
    if any(_is(t, "log") for t in sides):
        left, right = (t.args[0] if _is(t, "log") else app("exp", t) for t in sides)  # type: ignore[attr-defined]
        yield replace(goal, left=left, right=right)
    elif any(_has_power(t) for t in sides):
        try:
            c = converter(sides, goal.assumptions)
            below, above = (_logarithm(c, t) for t in sides)
        except GIVES_UP:
            return
        if below is not None and above is not None:
            yield replace(goal, left=below, right=above)


def _is(t: Term, op: str) -> bool:
    return isinstance(t, App) and t.op == op and len(t.args) == 1


def _has_power(t: Term) -> bool:
    """Whether a side is an exponential or a power with an exponent that is not a number, or a product with one."""
    if not isinstance(t, App):
        return False
    if t.op == "exp" or t.op == "pow" and not isinstance(t.args[1], Num):
        return True
    return t.op in ("mul", "div") and any(map(_has_power, t.args))


def _logarithm(c: Converter, t: Term) -> Term | None:
    """The logarithm of a term, taken apart; `None` where a factor is not known to be positive."""
    if isinstance(t, App):
        if t.op == "exp":
            return t.args[0]
        if t.op == "pow":
            base = _logarithm(c, t.args[0])
            return None if base is None else app("mul", t.args[1], base)
        if t.op == "sqrt":
            inside = _logarithm(c, t.args[0])
            return None if inside is None else app("div", inside, num(2))
        if t.op in ("mul", "div"):
            parts = [_logarithm(c, a) for a in t.args]
            if parts[0] is None or parts[1] is None:
                return None
            return app("add" if t.op == "mul" else "sub", parts[0], parts[1])
    if t == Const("e"):
        return num(1)
    if t == num(1):
        return num(0)
    return app("log", t) if sign_of(c, c(t)) == "+" else None
