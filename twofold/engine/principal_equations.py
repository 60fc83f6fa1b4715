"""Equations that a principal logarithm, a root or an argument is something, said without it, for steps from one equation to another.

log(u) == v says that u == exp(v) and -pi < im(v) <= pi; sqrt(u) == v that u == v^2, with v in the right half plane or on the upper half of its edge;
arg(u) == t that u*exp(-im*t) is positive. Source: NIST Digital Library of Mathematical Functions, sections 1.9 and 4.2.
"""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, App, Const, Term, free_symbols, num, transform
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.angles import is_principal
from twofold.symbolic.normal.raising import raised

_PI = Const("pi")


def without_principal_values(goal: Goal) -> Goal | None:
    """The same step with such equations said so; `None` where there are none."""
    complex_reading = goal.reading == "complex"

    def rule(t: Term) -> Term | None:
        if not isinstance(t, App) or t.op != "eq" or t.args[0].shape or t.args[1].shape:
            return None
        for a, b in (t.args, t.args[::-1]):
            if not isinstance(a, App) or b.sort != "number":
                continue
            if complex_reading and a.op in ("log", "sqrt"):
                return _of_logarithm(a.args[0], b) if a.op == "log" else _of_root(a.args[0], b)
            if (a.op == "arg" or (a.op == "atan2" and not complex_reading)) and not free_symbols(b):
                return _of_argument(a, b)
        return None

    try:
        left, right = (transform(side, rule) for side in (goal.left, goal.right))
    except GIVES_UP:
        return None
    return None if (left, right) == (goal.left, goal.right) else replace(goal, left=left, right=right)


def _of_logarithm(u: Term, v: Term) -> Term | None:
    made = app("eq", u, _worked_out(app("exp", v)))
    upper = App("im", (v,))
    if free_symbols(v):
        return together([made, app("gt", upper, app("neg", _PI)), app("le", upper, _PI)])
    return _if_principal(upper, [made])


def _of_root(u: Term, v: Term) -> Term | None:
    made, real, upper = app("eq", u, _worked_out(app("pow", v, num(2)))), App("re", (v,)), App("im", (v,))
    if free_symbols(v):
        beside = app("and", app("eq", real, num(0)), app("ge", upper, num(0)))
        return app("and", made, app("or", app("gt", real, num(0)), beside))
    c = _converter()
    across, up = (_sign(c, t) for t in (real, upper))
    if across == "+" or (across == "0" and up in ("+", "0")):
        return made
    return FALSE if across == "-" or (across == "0" and up == "-") else None


def _sign(c: Converter, t: Term) -> str | None:
    e = c(t)
    return "0" if not e.num else c.signs.of(e.num) if len(e.den) == 1 else None


def _of_argument(a: App, t: Term) -> Term | None:
    across, up = (a.args[1], a.args[0]) if a.op == "atan2" else (App("re", a.args), App("im", a.args))
    cosine, sine = (_worked_out(app(op, t)) for op in ("cos", "sin"))
    along = app("add", app("mul", cosine, across), app("mul", sine, up))
    beside = app("sub", app("mul", cosine, up), app("mul", sine, across))
    return _if_principal(t, [app("gt", along, num(0)), app("eq", beside, num(0))])


def _if_principal(turn: Term, parts: list[Term]) -> Term | None:
    """The parts where a constant lies in (-pi, pi], and what never holds where it does not; `None` where that is not known."""
    c = _converter()
    e = c(turn)
    if is_principal(c, e):
        return together(parts)
    pi = c(_PI)
    above, below = c.field.sub(e, pi), c.field.add(e, pi)
    return FALSE if c.signs.of(above.num) == "+" or not below.num or c.signs.of(below.num) == "-" else None


def _worked_out(t: Term) -> Term:
    """A constant in normal form: exp(im*pi) as -1."""
    c = _converter()
    return t if free_symbols(t) else raised(c, c(t))


def _converter() -> Converter:
    return converter((), (), "complex")


__all__ = ["without_principal_values"]
