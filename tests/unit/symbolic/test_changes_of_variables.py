"""Changes of variables, solids of revolution, lengths: exact, or the integral that is left with its decimals."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("change_variables(sqrt(1 - x^2), x = 0..1, x = sin(t))", "integrate(cos(t)^2, t = 0..pi/2)"),
        ("change_variables(1/(1 + x^2), x = -oo..oo, x = tan(t))", "integrate(1, t = -pi/2..pi/2)"),
        ("change_variables(1, x = 0..1, u = x^2)", "integrate(1/(2*sqrt(u)), u = 0..1)"),
        ("change_variables(x^3, x = -1..0, u = x^2)", "integrate(u/2, u = 1..0)"),
        (
            "change_variables(exp(-x^2 - y^2), [x, y], {x = r*cos(t), y = r*sin(t)}, r = 0..oo, t = 0..2pi)",
            "integrate(integrate(r*exp(-r^2), r = 0..oo), t = 0..2*pi)",
        ),
        (
            "change_variables(1, [x, y, z], {x = r*sin(p)*cos(t), y = r*sin(p)*sin(t), z = r*cos(p)}, r = 0..1, p = 0..pi, t = 0..2pi)",
            "integrate(integrate(integrate(r^2*sin(p), r = 0..1), p = 0..pi), t = 0..2*pi)",
        ),
        ("volume(sqrt(x), x = 0..1)", "pi/2"),
        ("volume(r*x/h, x = 0..h)", "pi*h*r^2/3"),
        ("volume(x, x^2, x = 0..1)", "2*pi/15"),
        ("volume(x^2, x = 0..1, about = y)", "pi/2"),
        ("volume(1/x, x = 1..oo)", "pi"),
        ("surface_area([cos(t), sin(t)], t = 0..pi)", "4*pi"),
        ("surface_area(x^2, x = 0..1, about = y)", "pi*(5*sqrt(5) - 1)/6"),
        ("arclength(cosh(x), x = 0..a)", "sinh(a)"),
    ],
)
def test_exact(text, exact, checked):
    assert checked(text) == exact


def test_what_has_no_closed_form_has_decimals():
    found = ask("arclength(sin(x), x = 0..pi)")
    assert found.exact is None and found.numeric == "3.82019778902771"
    assert "integrate(sqrt(1 + cos(x)^2), x = 0..pi)" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("change_variables(1, x = -1..1, u = x^2)", "not one-to-one"),
        ("volume(x^2, x = -1..1, about = y)", "both sides"),
        ("volume(x, x - 1/2, x = 0..1)", "both sides"),
    ],
)
def test_must_not_be_claimed(text, part):
    found = ask(text)
    assert found.exact is None and part in found.notes[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("change_variables(x*y, [x, y], {x = u + v, y = u - v})", "not-a-range"),
        ("change_variables(x*y, [x, y], {x = u + v}, u = 0..1, v = 0..1)", "not-a-variable"),
        ("surface_area(x, x)", "not-a-range"),
    ],
)
def test_faults(text, word):
    assert ask(text).error.code == word


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("directional(x^2 + y^2, [x, y], [3, 4], at = [1, 2]) == 22/5", "supported"),
        ("directional(x^2 + y^2, [x, y], [3, 4], at = [1, 2]) == 5", "refuted"),
        ("volume(x^2, x = 0..1, about = y) == pi/2", "supported"),
        ("volume(x^2, x = 0..1, about = y) == pi/5", "refuted"),
        ("surface_area([cos(t), sin(t)], t = 0..pi) == 4*pi", "supported"),
        ("surface_area(x, x = 0..1) == 2*pi", "refuted"),
        ("substitute(x^2 + y, {x = 3, y = 2}) == 11", "supported"),
        ("substitute(x^2 + y, {x = 3, y = 2}) == 12", "refuted"),
        ("change_variables(2x*exp(x^2), x = 0..1, u = x^2) == e - 1", "supported"),
        ("change_variables(2x*exp(x^2), x = 0..1, u = x^2) == e", "refuted"),
    ],
)
def test_claims(claim, verdict):
    found = ask(f"check {claim}").verdict
    assert found == verdict or (verdict, found) == ("supported", "proved")
