"""Conditions that are seen to fail where others hold."""

import pytest

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
