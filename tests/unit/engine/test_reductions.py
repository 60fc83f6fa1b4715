"""Inequalities that are cut down to simpler ones: what holds, what fails, and what must not be claimed."""

from __future__ import annotations

import pytest

from twofold.catalogue.goal import Goal
from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.reductions import reduced
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, num

pytestmark = [pytest.mark.usefixtures("undiagnosed"), pytest.mark.slow]

NAMES = "let x, u, v : real\nlet p > 0\nlet y in (0, pi/2)\n"

HOLDS = """
sin(p)/p <= 1
cos(y) <= sin(y)/y
abs(sin(x)/x) <= 1
sin(x)^2 <= x^2
abs(sin(x) - x) <= abs(x)^3/6
abs(sin(u) - sin(v)) <= abs(u - v)
abs(atan(u) - atan(v)) <= abs(v - u)
2*abs(sin((u - v)/2)) <= abs(u - v)
abs(2*cos((u + v)/2)*sin((u - v)/2)) <= 2*abs(sin((u - v)/2))
(exp(p) - 1)/p >= 1
""".strip().splitlines()

FAILS = """
sin(p)/p <= 1/2
abs(sin(u) - sin(v)) <= abs(u - v)/2
abs(u^2 - v^2) <= abs(u - v)
abs(sin(x)) <= x
(exp(x) - 1)/x >= 1
""".strip().splitlines()

NONE = """
abs(log(u) - log(v)) <= abs(u - v)
abs(1/u - 1/v) <= abs(u - v)
1/x <= 1
u*v <= 1
""".strip().splitlines()


def truth(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", HOLDS)
def test_holds(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", FAILS)
def test_fails(claim):
    assert truth(claim) in ("refuted", "conditional")


@pytest.mark.parametrize("claim", NONE)
def test_a_step_that_does_not_apply_is_not_taken(claim):
    scope = Scope({n: Symbol(n) for n in "xuv"} | {"p": Symbol("p", lower=num(0), open_lower=True)})
    left, right = (resolve(parse_expression(t, "test"), scope) for t in claim.split("<="))
    made = reduced(Goal("<=", left, right, ()))
    assert all("diff" not in str(g.left) for g in made) and (not made or "abs" in claim)
