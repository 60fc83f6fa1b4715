"""Two numbers of the same sign with equal squares are equal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Const, Term, free_symbols, num, subterms
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.field import Element


def run(goal: Goal, context: Any) -> Evidence:
    """Squares by the normal form, signs by what is known of them."""
    if goal.left.shape or goal.right.shape:
        raise NotApplicable("scalars only")
    if goal.reading != "real":
        return _of_sizes(goal)
    try:
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        a, b = c(goal.left), c(goal.right)
        if not c.field.equal(c.field.mul(a, a), c.field.mul(b, b)):
            raise NotApplicable("the squares differ")
        signs = sign_of(c, a), sign_of(c, b)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    known = {s[-1] for s in signs if s}
    if len(known) == 1 and all(
        s or _has_sign(goal, t, next(iter(known)), context) for s, t in zip(signs, (goal.left, goal.right), strict=True)
    ):
        return Evidence("equal squares", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the squares are equal, but the signs are not known")


def _of_sizes(goal: Goal) -> Evidence:
    """Two real numbers of which neither is negative, among complex ones: |R + 1/(im*w*C)| is sqrt(R^2 + 1/(w*C)^2)."""
    sides = (goal.left, goal.right)
    try:
        if not all(_is_size(t, goal) for t in sides):
            raise NotApplicable("a side may be negative, or not real")
        c = converter(sides, goal.assumptions, goal.reading)
        if not c.field.equal(*(c(app("pow", t, num(2))) for t in sides)):
            raise NotApplicable("the squares differ")
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    return Evidence("equal squares", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


def _is_size(t: Term, goal: Goal) -> bool:
    """Whether a term is an absolute value, or real and not negative at all values of its names at which it has a value."""
    if isinstance(t, App) and t.op == "abs":
        return True
    if any(isinstance(u, Bound) or u == Const("im") or u.sort != "number" for u in subterms(t)) or any(
        s.kind not in ("real", "integer") for s in free_symbols(t)
    ):
        return False
    c = converter((t,), goal.assumptions)
    domain = Domain(c).read(t)
    return not domain.unread and all(op == "ne" for op, _ in domain.atoms) and sign_of(c, c(t)) in ("+", "0+")


def _has_sign(goal: Goal, t: Term, sign: str, context: Any) -> bool:
    """Whether a side whose sign is not seen in its form keeps one on the declared interval: cos(x) between -pi/2 and pi/2."""
    from twofold.symbolic.methods import between_ends, curvature  # these ask for the signs of this module

    claim = replace(goal, left=t, right=num(0), relation=">=" if sign == "+" else "<=")
    return proved_by((curvature, between_ends), claim, context)


def sign_of(c: Converter, e: Element) -> str | None:
    """The sign of an element, as `Signs` writes it."""
    if not e.num:
        return "0+"
    top = c.signs.of(e.num)
    below = "+" if len(e.den) == 1 else c.signs.of(e.den)
    if top is None or below not in ("+", "-"):
        return None
    return top if below == "+" else top.replace("+", "?").replace("-", "+").replace("?", "-")


SPEC = Method(
    name="equal squares",
    relations=frozenset({"=="}),
    cost=8,
    concludes=frozenset({Truth.PROVED}),
    soundness="x^2 = y^2 and equal signs give x = y",
    run=run,
    holds=(
        "let x : real\nsqrt(2*x*sqrt(x^2 + 1) + 2*x^2 + 1) == sqrt(x^2 + 1) + x",
        "let x in (-pi/2, pi/2)\nsqrt(1 - sin(x)^2) == cos(x)",
        "let R, w, C > 0\nabs(R + 1/(im*w*C)) == sqrt(R^2 + 1/(w*C)^2)",
    ),
    fails=(),
    open=(
        "let x : real\nsqrt(x^2 + 2*x*y + y^2) == x + y",
        "let x in (-pi/2, 2)\nsqrt(1 - sin(x)^2) == cos(x)",
        "let x : real\nabs(im*x) == x",
    ),
)
