"""What conditions say of single names."""

import pytest

from twofold.catalogue.bounds import bounds, facts
from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol

NAMES = {name: Symbol(name) for name in "ahrxyz"} | {"w": Symbol("w", "complex")}


@pytest.mark.parametrize(
    ("said", "follows"),
    [
        (["0 < h and h < r"], {"0 < r"}),
        (["h <= r", "0 <= h"], {"0 <= r"}),
        (["h <= r", "0 < h"], {"0 < r"}),
        (["r > h", "h > 2"], {"2 < r"}),
        (["x < y", "y < z", "z < 1"], {"y < 1", "x < 1"}),
        (["x < y", "y < z", "z < 1", "x >= 0"], {"y < 1", "x < 1", "0 < y", "0 < z"}),
        (["h < r", "h > 0", "r > 1"], set()),
        (["h < r", "r > 0"], set()),
        (["h < r", "h != 0"], set()),
        (["h < r", "a > 0"], set()),
        (["x < y", "y < x", "x > 0"], {"0 < y"}),
    ],
)
def test_bounds_follow_along_chains(said, follows):
    conditions = [resolve(parse_expression(t), Scope(NAMES)) for t in said]
    parts = {show(p) for c in conditions for p in bounds(c)}
    assert {show(t) for t in facts(conditions)} - parts == follows
