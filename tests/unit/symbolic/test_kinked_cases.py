"""Integrals whose corners or poles lie at places that depend on a parameter, in all its cases."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "integrate(1/abs(x - a)^(1/2), x = 0..1)",
            "{2*(sqrt(1 - a) - sqrt(-a)) if a < 0; 2*(sqrt(a) + sqrt(1 - a)) if a < 1; 2*(sqrt(a) - sqrt(a - 1)) otherwise}",
        ),
        ("integrate(abs(x^2 - a), x = 0..1)", "{1/3 - a if a < 0; 4*a^(3/2)/3 - a + 1/3 if a < 1; a - 1/3 otherwise}"),
        ("integrate(exp(-abs(x - a)), x = 0..oo)", "{exp(a) if a < 0; 2 - exp(-a) otherwise}"),
        ("integrate(heaviside(x - a)*exp(-x), x = 0..oo)", "{1 if a < 0; exp(-a) otherwise}"),
        (
            "integrate(abs(x - a)*abs(x - 1), x = 0..2)",
            "{1 - a if a < 0; a^2 - a^3/3 - a + 1 if a < 1; a^3/3 - a^2 + a + 1/3 if a < 2; a - 1 otherwise}",
        ),
        (
            "integrate(1/(1 + abs(x - a)), x = 0..1)",
            "{log((a - 2)/(a - 1)) if a < 0; log((2 - a)*(a + 1)) if a < 1; log((a + 1)/a) otherwise}",
        ),
        (
            "integrate(abs(sin(x) - a), x = 0..pi)",
            "{2 - pi*a if a < 0; 4*a*asin(a) - pi*a + 4*sqrt(1 - a^2) - 2 if a < 1; pi*a - 2 otherwise}",
        ),
        # The value with signs has log(a), also where there is no corner.
        (
            "integrate(abs(exp(x) - a), x = 0..1)",
            "{e - a - 1 if a < 1; 2*a*log(a) - 3*a + 1 + e if a < e; a - e + 1 otherwise}",
        ),
        ("let 0 < a < 1\nintegrate(log(abs(x - a)), x = 0..1)", "a*(log(a) - 1) - (a - 1)*(log(1 - a) - 1)"),
    ],
)
def test_cases(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, ())
    assert found.check is not None and found.check.agrees is True


def test_where_a_pole_lies_in_the_range_it_diverges() -> None:
    """The bracket of logarithms was given, also for a pole inside."""
    found = Session().run("integrate(1/abs(x - a), x = 0..1)")[-1]
    assert "where 0 <= a <= 1: diverges" in found.notes and found.conditions == ("a < 0 or a > 1",)
    assert found.exact == "{log(1 - 1/a) if a < 0; log(a) - log(a - 1) otherwise}"


def test_a_pole_with_two_parameters_is_no_answer() -> None:
    assert Session().run("integrate(1/abs(x - a - b), x = 0..1)")[-1].exact is None


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        (
            "integrate(1/(1 + a*x^2), x = 0..1)",
            "{(log(sqrt(-a) - a) - log(abs(a + sqrt(-a))))/(2*sqrt(-a)) if -1 < a < 0; atan(sqrt(a))/sqrt(a) if a > 0; 1 otherwise}",
            ("a > -1",),
        ),
        (
            "let -1 < a < 1\nintegrate(1/(x^2 + 2*a*x + 1), x = 0..1)",
            "(atan((a + 1)/sqrt(1 - a^2)) - atan(a/sqrt(1 - a^2)))/sqrt(1 - a^2)",
            (),
        ),
    ],
)
def test_quadratics_by_the_sign_of_the_discriminant(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)
    assert found.check is not None and found.check.agrees is True
