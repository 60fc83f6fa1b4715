"""Powers of negative numbers keep their principal value in every form; inverse transforms at roots of fourth degree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session

Checked = Callable[[str], "str | None"]


@pytest.mark.parametrize(
    ("question", "value"), [("simplify((-8)^(1/3))", 1), ("simplify((-8)^(2/3))", -2), ("simplify((-1)^(1/3) + 1)", 1.5)]
)
def test_principal_values(question: str, value: float) -> None:
    found = Session().run(question)[-1].to_dict()["numeric"]
    assert found.endswith("*im") and float(found.split(" ")[0]) == value


def test_poles_of_factorials_are_written_short() -> None:
    assert Session().run("simplify(n!/(n - 1)!)")[-1].conditions == ("n > 0 or n != floor(n)",)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "inverse_laplace(1/(s*(s^4 + 1)), s, t)",
            "1 - exp(sqrt(2)*t/2)*cos(sqrt(2)*t/2)/2 - exp(-sqrt(2)*t/2)*cos(sqrt(2)*t/2)/2",
        ),
        ("inverse_laplace(s/(s^4 + 4*s^2 + 1), s, t)", "sqrt(3)*sin(sqrt(2)*t/2)*sin(sqrt(6)*t/2)/3"),
        ("inverse_laplace(1/(s^4 - 2), s, t)", "2^(1/4)*(exp(2^(1/4)*t) - 2*sin(2^(1/4)*t) - exp(-2^(1/4)*t))/8"),
    ],
)
def test_inverse_transforms_at_square_roots(question: str, answer: str, checked: Checked) -> None:
    assert checked(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("laplace(heaviside(t - a), t, s)", "exp(-s*max(0, a))/s"),
        ("laplace(t*heaviside(t - a), t, s)", "{(a*s + 1)*exp(-a*s)/s^2 if a > 0; 1/s^2 otherwise}"),
        ("let a > 0\nlaplace(heaviside(t - a), t, s)", "exp(-a*s)/s"),
    ],
)
def test_transforms_from_a_start_of_unknown_sign(question: str, answer: str, checked: Checked) -> None:
    assert checked(question) == answer
