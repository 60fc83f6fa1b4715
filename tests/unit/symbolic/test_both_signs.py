"""Integrals of functions that are even or odd in a parameter hold for both of its signs."""

import pytest

import twofold


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("integrate(1/cosh(a*x), x = -oo..oo)", "pi/abs(a)"),
        ("integrate(x^2/cosh(a*x)^2, x = -oo..oo)", "pi^2/(6*a^2*abs(a))"),
        ("integrate(x/sinh(a*x), x = 0..oo)", "pi^2*sign(a)/(4*a^2)"),
    ],
)
def test_a_parameter_that_only_had_to_be_positive_stands_with_its_size(text: str, exact: str) -> None:
    found = twofold.Session(in_process=True).run(text)[-1].to_dict()
    assert found["exact"] == exact and found["conditions"] == ["a != 0"] and found["check"]["agrees"]


def test_other_functions_keep_their_condition() -> None:
    assert twofold.Session(in_process=True).run("integrate(exp(-a*x), x = 0..oo)")[-1].to_dict()["conditions"] == ["a > 0"]
