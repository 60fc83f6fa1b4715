"""Critical points and extrema with parameters: where they lie in the domain, and what makes them extrema."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("maximize(x*exp(-a*x), x)", "(1/(a*e), 1/a)", ("a > 0",)),
        ("let x > 0\nminimize(x + a/x, x)", "(2*sqrt(a), sqrt(a))", ("a > 0",)),
        ("let x > 0\nminimize(a*x - log(x), x)", "(1 - log(1/a), 1/a)", ("a > 0",)),
        ("minimize(a*x^2 + b*x, x)", "(-b^2/(4*a), -b/(2*a))", ("a > 0",)),
        ("minimize(a*x^2 + b*y^2, [x, y])", "(0, [0, 0])", ("a > 0", "b > 0")),
        ("critical_points(log(x^2 + a), x)", "{0}", ("a > 0",)),
        ("critical_points(x*exp(-a*x), x)", "{1/a}", ("a != 0",)),
    ],
)
def test_conditions(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)


def test_lagrange_points_are_real() -> None:
    assert Session().run("lagrange(x + y, [x, y], {x^2 + y^2 == a})")[-1].conditions == ("a > 0",)
    assert Session().run("let a > 0\nlagrange(x + y, [x, y], {x^2 + y^2 == a})")[-1].conditions == ()


@pytest.mark.parametrize(
    "question",
    [
        "divergence([x, y, z]/sqrt(x^2 + y^2 + z^2)^3, [x, y, z])",
        "curl([x, y, z]/sqrt(x^2 + y^2 + z^2), [x, y, z])",
        "laplacian(1/sqrt(x^2 + y^2 + z^2), [x, y, z])",
    ],
)
def test_poles_of_fields(question: str) -> None:
    assert Session().run(question)[-1].conditions == ("x^2 + y^2 + z^2 != 0",)


def test_a_field_without_poles_has_no_condition() -> None:
    assert Session().run("curl([x, y, z]/2, [x, y, z])")[-1].conditions == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("let a > 0\nmaximize(log(x) - a*x, x)", "(-(log(a) + 1), 1/a)"),
        ("let a > 0\nminimize(a*x*sqrt(x) - x, x)", "(-4/(27*a^2), 4/(9*a^2))"),
        ("let a > 0\nminimize(x + a*sqrt(1 - x), x)", '"not bounded"'),
    ],
)
def test_functions_fall_only_where_they_are_defined(question: str, answer: str) -> None:
    assert Session().run(question)[-1].exact == answer


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("minimize(x^4 - a*x^2, x)", "(-a^2/4, {-sqrt(2)*sqrt(a)/2, sqrt(2)*sqrt(a)/2})", ("a >= 0",)),
        ("let a > 0\nminimize(a*x^4 - x^2, x)", "(-1/(4*a), {-1/sqrt(2*a), 1/sqrt(2*a)})", ()),
        ("minimize(x^4 - x^2 + a, x)", "(a - 1/4, {-sqrt(2)/2, sqrt(2)/2})", ()),
        ("let a > 0\nmaximize(x + y, [x, y], {x^2 + y^2 == a})", "(sqrt(2*a), [sqrt(2*a)/2, sqrt(2*a)/2])", ()),
        ("let a > 0\nmaximize(x + y, [x, y], {x*y == a})", None, ()),
        ("let a > 0\nmaximize(x*y*z, [x, y, z], {x + y + z == a})", None, ()),
        ("minimize(a*x^4 - x^2, x)", None, ()),
        ("maximize(-x^2 + a*x, x = 0..1)", None, ()),
    ],
)
def test_critical_values_with_parameters_are_ordered_by_sign(
    question: str, answer: str | None, conditions: tuple[str, ...]
) -> None:
    found = Session().run(question)[-1]
    assert found.exact == answer
    assert answer is None or found.conditions == conditions
