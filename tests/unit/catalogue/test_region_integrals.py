"""Which integrals are read as integrals over regions."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.catalogue.regions import region_integral
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression


def read(text):
    return region_integral(resolve(parse_expression(text), Scope({})))


def test_names_and_ranges_from_the_outermost_on():
    found = read("integrate({x*y if x^2 + y^2 <= 1; 0 otherwise}, y = 0..x, x = 0..2)")
    assert [s.name for s in found.names] == ["x", "y"]
    assert [tuple(map(show, ends)) for ends in found.ranges] == [("0", "2"), ("0", "x")]
    assert (show(found.integrand), show(found.condition)) == ("x*y", "x^2 + y^2 <= 1")


def test_ranges_without_ends():
    found = read("integrate(1, [x, y, z], subject_to = {x^2 + y^2 + z^2 <= 1})")
    assert len(found.names) == 3 and {tuple(map(show, ends)) for ends in found.ranges} == {("-oo", "oo")}


@pytest.mark.parametrize(
    "text",
    [
        "integrate({x if x <= 1; 0 otherwise}, x = 0..2)",
        "integrate(x*y, y = 0..x, x = 0..2)",
        "integrate({x*y if x <= y; 1 otherwise}, y = 0..1, x = 0..2)",
        "integrate({x*y if a <= 1; 0 otherwise}, y = 0..1, x = 0..2)",
        "integrate({x if x <= y; y if y <= 1; 0 otherwise}, y = 0..1, x = 0..2)",
        "integrate(x*integrate({1 if x <= y; 0 otherwise}, y = 0..1), x = 0..2)",
    ],
)
def test_others_are_not_read(text):
    assert read(text) is None
