"""Inequalities by the ranges of bounded functions: sin, cos, tanh, erf, atan, asin and their like become names with bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Const, Symbol, Term, num, transform, var
from twofold.symbolic.combined_bounds import follows
from twofold.symbolic.methods import case_splits
from twofold.symbolic.methods import sign as signs
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, Converter, converter

_ONE, _PI = num(1), Const("pi")
_RIGHT = app("div", _PI, num(2))
_RANGES: dict[str, tuple[Term, Term, bool]] = {
    "sin": (num(-1), _ONE, False), "cos": (num(-1), _ONE, False), "tanh": (num(-1), _ONE, True), "erf": (num(-1), _ONE, True),
    "sigmoid": (num(0), _ONE, True), "Phi": (num(0), _ONE, True), "erfc": (num(0), num(2), True), "indicator": (num(0), _ONE, False),
    "atan": (app("neg", _RIGHT), _RIGHT, True), "asin": (app("neg", _RIGHT), _RIGHT, False), "acos": (num(0), _PI, False),
}  # fmt: skip
_HALVES: dict[str, tuple[Term, str, str]] = {
    "atan": (num(0), "ge", "le"), "asin": (num(0), "ge", "le"), "tanh": (num(0), "ge", "le"), "erf": (num(0), "ge", "le"), "acos": (_RIGHT, "le", "ge"),
}  # fmt: skip
"""The value at 0 of a monotone function, and how its values compare with it where the argument is not negative, and where it is not positive."""


def relaxed(*terms: Term, known: Converter | None = None) -> tuple[list[Term], list[Term]]:
    """The terms with names for the values of bounded functions, and the bounds of those names, by the signs that are `known` too."""
    made: dict[Term, Symbol] = {}
    facts: list[Term] = []

    def rule(t: Term) -> Term | None:
        if isinstance(t, Bound):
            return t
        if isinstance(t, App) and t.op in ("floor", "ceil") and len(t.args) == 1 and not t.shape:
            # x - 1 < floor(x) <= x: the name is for what is lost.
            if t not in made:
                made[t] = Symbol(f"u{len(made)}")
                facts.append(app("le", num(0), var(made[t])))
                facts.append(app("lt", var(made[t]), _ONE))
            return app("sub" if t.op == "floor" else "add", transform(t.args[0], rule), var(made[t]))
        if isinstance(t, App) and t.op in _RANGES and not t.shape:
            if t not in made:
                low, high, strict = _RANGES[t.op]
                made[t] = Symbol(f"u{len(made)}")
                facts.append(app("lt" if strict else "le", low, var(made[t])))
                facts.append(app("lt" if strict else "le", var(made[t]), high))
                facts.extend(_half(t, var(made[t]), known))
            return var(made[t])
        return None

    return [transform(t, rule) for t in terms], facts


def _half(t: App, value: Term, known: Converter | None) -> Iterator[Term]:
    """On which side of its value at 0 a monotone function lies."""
    if known is None or t.op not in _HALVES:
        return
    middle, above, below = _HALVES[t.op]
    try:
        sign = sign_of(known, known(t.args[0]))
    except GIVES_UP:
        return
    if sign in ("+", "0+"):
        yield app(above, value, middle)
    elif sign in ("-", "0-"):
        yield app(below, value, middle)


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the inequality holds for all values in the ranges."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    known = converter((goal.left, goal.right), goal.assumptions, goal.reading)
    (left, right), facts = relaxed(goal.left, goal.right, known=known)
    if not facts:
        raise NotApplicable("no bounded function stands in the claim")
    new = replace(goal, left=left, right=right, assumptions=(*goal.assumptions, *facts))
    way = _WAYS.get(goal.relation)
    if way is not None and follows(app(way, left, right), new.assumptions):
        return _proof()
    for method in (signs, case_splits):
        try:
            if method.run(new, context).truth is Truth.PROVED:
                return _proof()
        except NotApplicable:
            continue
    raise NotApplicable("the ranges alone do not decide it")


def _proof() -> Evidence:
    return Evidence("ranges of bounded functions", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


_WAYS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

SPEC = Method(
    name="ranges of bounded functions",
    relations=frozenset({"<", "<=", ">", ">=", "!="}),
    cost=10,
    concludes=frozenset({Truth.PROVED}),
    soundness="the functions take no other values, and the inequality is proved for all of them",
    run=run,
    holds=(
        "let x : real\nabs(sin(x)) <= 1",
        "let x : real\nsin(x) + cos(x) <= 2",
        "2*acos(x) <= pi given x >= 0",
        "acos(x) + acos(y) <= 2*pi",
    ),
    fails=(),
    open=(
        "let x : real\nsin(x) + cos(x) <= 3/2",
        "2*acos(x) <= pi given x >= -1/10",
        "acos(x) < pi",
        "atan(x) + asin(y) < pi - 1/10",
    ),
)
