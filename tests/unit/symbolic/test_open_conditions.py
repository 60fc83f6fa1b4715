"""Conditions that are seen to fail where others hold."""

import pytest

from twofold.engine.session import Session
from twofold.grammar.term import Symbol
from twofold.symbolic.context import Context
from twofold.symbolic.open_conditions import fails_somewhere

NAMES = {name: Symbol(name) for name in "abxy"}


@pytest.mark.parametrize(
    ("asked", "known", "seen"),
    [
        ("a > 1", ["a > 0"], True),
        ("a > 0", ["a > 1"], False),
        ("a != 0", ["b != 0"], True),
        ("a != 0", ["a^2 + b^2 != 0"], True),
        ("a != 0", ["a*b != 0"], False),
        ("cos(x + y) != 0", ["cos(x) != 0", "cos(y) != 0"], True),
        ("cos(x) != 0", ["abs(x) < 1"], False),
        ("1/a != 0", ["b > 0"], False),
        ("a^2 + 1 != 0", ["b > 0"], False),
        ("a != 1", ["a > 2 or a < 0"], False),
        ("zeta(a) != 2", ["a > b"], False),
    ],
)
def test_what_fails_is_seen(term, asked, known, seen):
    assert fails_somewhere(term(asked, NAMES), [term(k, NAMES) for k in known], Context((), "real")) is seen


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("let r, s, t > 0\nX ~ Exponential(r)\nP(X > s + t | X > s) == P(X > s + t)/P(X > s)", []),
        ("let 0 < p < 1\nlet k : positive integer\nK ~ Geometric(p)\nP(K > 2*k | K > k) == P(K > 2*k)/P(K > k)", []),
        ("let c : real\nU ~ Uniform(0, 1)\nP(U > 1/2 | U > c) == P(U > 1/2 and U > c)/P(U > c)", ["P(U > c) != 0"]),
    ],
)
def test_a_probability_that_is_never_0_is_no_condition(text: str, conditions: list[str]) -> None:
    found = Session().run(text)[-1].to_dict()
    assert (found["verdict"], found.get("conditions", [])) == ("proved", conditions)
