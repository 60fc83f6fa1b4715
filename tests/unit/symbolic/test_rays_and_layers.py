"""Regions along rays, between graphs and in ellipses, by the exact route alone."""

from __future__ import annotations

import pytest

from twofold.catalogue.conventions import conventional
from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.symbolic.context import Context
from twofold.symbolic.regions.ellipses import stretched
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.integral import iterated
from twofold.symbolic.regions.layers import layers
from twofold.symbolic.regions.rays import along_rays
from twofold.symbolic.regions.region import region_of
from twofold.symbolic.work import work

pytestmark = pytest.mark.slow


def region(text, *facts):
    scope = Scope({})
    term = conventional(resolve(parse_expression(text), scope), "numerator", False)
    context = Context(tuple(resolve(parse_expression(f), scope) for f in facts))
    return region_of(term, ()), context, term


def value(text, *facts):
    _, context, term = region(text, *facts)
    return show(work(term, context))


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("integrate(sqrt(x^2 + y^2), [x, y], subject_to = {x^2 + y^2 <= 2*x})", "32/9"),
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= 2*x, x^2 + y^2 >= 1})", "(3*sqrt(3) + 2*pi)/6"),
        ("integrate(1, [x, y], subject_to = {(x^2 + y^2)^2 <= 2*x*y})", "1"),
        ("integrate(1/sqrt(x^2 + y^2), [x, y], subject_to = {x^2 + y^2 <= y})", "2"),
        ("integrate(1/(x^2 + y^2)^(3/2), [x, y], subject_to = {x >= 1})", "2"),
        ("integrate(x + y^2, [x, y], subject_to = {(x^2 + y^2)^2 <= x^2 - y^2})", "(3*pi - 8)/48"),
        ("integrate(1/(x^2 + y^2)^2, [x, y], subject_to = {x >= 1})", "pi/4"),
        ("integrate(exp(-x^2 - 2*y^2), [x, y], subject_to = {x^2 + 2*y^2 <= 1})", "sqrt(2)*pi*(1 - 1/e)/2"),
        ("integrate(1, [x, y, z], subject_to = {x^2 + y^2 <= z, z <= x + y})", "pi/8"),
        ("integrate(1, [x, y, z], subject_to = {x^2 + y^2 <= 2*x, 0 <= z, z <= sqrt(x^2 + y^2)})", "32/9"),
        ("integrate(1, [x, y, z], subject_to = {x^2/4 + y^2/9 + z^2 <= 1})", "8*pi"),
        ("integrate(1, [x, y, z], subject_to = {x^2 + y^2 <= 1, 0 <= z, z <= 2 - x})", "2*pi"),
    ],
)
def test_values(text, exact):
    assert value(text) == exact


def test_an_ellipsoid_with_names_for_half_axes():
    text = "integrate(1, [x, y, z], subject_to = {x^2/a^2 + y^2/b^2 + z^2/c^2 <= 1})"
    assert value(text, "a > 0", "b > 0", "c > 0") == "4*pi*a*b*c/3"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("x^2 + y^2 <= 2*x + 1", "more than once"),
        ("x^3 + 2*y^3 <= 1", "no square root"),
        ("y <= 1 + x", "infinity"),
        ("x^2 + y^2 <= 1000*x + 999*y", "too close"),
    ],
)
def test_rays_refuse(condition, reason):
    found, context, _ = region(f"integrate(x, [x, y], subject_to = {{{condition}, x*y >= 0}})")
    with pytest.raises(NotApplicable, match=reason):
        along_rays(found, Given([], context))


@pytest.mark.parametrize("condition", ["z^2 >= x^2 + y^2", "x*z <= 1, z >= 0", "z >= 0", "z^3 <= x, z >= 0", "z >= 0 or x >= 0"])
def test_layers_refuse(condition):
    found, context, _ = region(f"integrate(1, [x, y, z], subject_to = {{{condition}, x^2 + y^2 <= 1}})")
    with pytest.raises(NotApplicable):
        layers(found, found.names[-1], context)


def test_layers_have_the_higher_of_two_floors():
    text = "integrate(1, [x, y, z], subject_to = {z >= x, z >= 0, z <= 1, x^2 + y^2 <= 1})"
    found, context, _ = region(text)
    assert len(layers(found, found.names[-1], context)) == 2
    assert value(text) == "(3*pi - 2)/3"


@pytest.mark.parametrize("roof", ["z <= y + x", "2*z <= 2*x + 2*y", "z <= sqrt((x + y)^2)"])
def test_a_roof_that_is_said_twice_counts_once(roof):
    assert value(f"integrate(1, [x, y, z], subject_to = {{x^2 + y^2 <= z, z <= x + y, {roof}}})") == "pi/8"


@pytest.mark.parametrize(
    ("comparison", "area"), [("y < sqrt(x)", "2/3"), ("sqrt(x) != y", "1"), ("sqrt(x) < y", "1/3"), ("sqrt(x^2) < x", "0")]
)
def test_comparisons_with_roots(comparison, area):
    assert value(f"integrate(1, [x, y], subject_to = {{{comparison}, 0 <= x, x <= 1, 0 <= y, y <= 1}})") == area


@pytest.mark.parametrize(
    "condition", ["x^2 - 4*y^2 <= 1", "x^2 + y^2 <= 1", "x^2 + 2*y^2 <= x", "x^2 + 2*y^2 + x*y <= 1", "x + 2*y^2 <= 1"]
)
def test_what_is_no_ellipse_is_not_stretched(condition):
    found, _, _ = region(f"integrate(1, [x, y], subject_to = {{{condition}}})")
    assert list(stretched(found, found.names, [])) == []


def test_a_square_root_is_not_left_in_an_edge():
    found, _, _ = region("integrate(1, [x, y], subject_to = {x^2 + 2*y^2 <= 1, y >= x})")
    assert list(stretched(found, found.names, [])) == []


def test_a_condition_without_a_value_everywhere_proves_nothing():
    found, context, _ = region("integrate(1, [x, y, z], subject_to = {x^2 + y^2 <= x, 0 <= z, z <= sqrt(x)})")
    assert list(iterated(found, context)) == []


def test_a_region_that_is_not_bounded_proves_nothing():
    found, context, _ = region("integrate(1, [x, y], subject_to = {x >= 1, y >= x})")
    assert list(iterated(found, context)) == []


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= a^2})", "pi*a^2", ()),
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= a})", "{pi*a if a >= 0; 0 otherwise}", ()),
        ("integrate(1, [x, y, z], subject_to = {x^2 + y^2 + z^2 <= a^2})", "4*pi*a^2*abs(a)/3", ()),
        ("integrate(x, [x, y], subject_to = {x >= 0, y >= 0, x + y <= a})", "{a^3/6 if a >= 0; 0 otherwise}", ()),
        ("integrate(1, [x, y], subject_to = {x^2/a^2 + y^2/b^2 <= 1})", "pi*abs(a)*abs(b)", ("b != 0", "a != 0")),
        ("integrate(x, [x, y], subject_to = {x^2 + y^2 <= 2*a*x})", "pi*a^3", ()),
    ],
)
def test_regions_by_the_sign_of_a_name(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)
    assert found.check is not None and found.check.agrees is True
