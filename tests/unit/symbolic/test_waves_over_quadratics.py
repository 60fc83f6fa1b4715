"""Fourier series of cosh, signs over quadratics, and finite sums of damped waves with powers of the index."""

import pytest

import twofold


def last(text: str) -> dict:
    return twofold.Session(in_process=True).run(text)[-1].to_dict()


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum(cos(k*x)/(k^2 + a^2), k = 1..oo)", "(pi*cosh(a*(pi - x))/(a*sinh(pi*a)) - 1/a^2)/2", ["0 <= x <= 2*pi and a != 0"]),
        ("sum((-1)^k/(k^2 + a^2), k = 0..oo)", "(pi/sinh(pi*a) + 1/a)/(2*a)", ["a != 0"]),
        ("sum((-1)^k/(k^2 + a), k = 0..oo)", "(1/a + pi/(sqrt(a)*sinh(pi*sqrt(a))))/2", ["a > 0"]),
        ("sum(cos(k*x)/(4*k^2 - 1), k = 1..oo)", "1/2 - pi*sin(x/2)/4", ["0 <= x <= 2*pi"]),
        ("sum(2^(-k)*cos(k*x), k = 0..n)", "((cos(n*x) - 2*cos(n*x + x))/2^(n + 2) - cos(x)/2 + 1)/(5/4 - cos(x))", None),
    ],
)
def test_a_sum_of_waves_has_its_closed_form(text: str, exact: str, conditions: list[str] | None) -> None:
    found = last(text)
    assert found["exact"] == exact and (found.get("conditions") or None) == conditions and found["check"]["agrees"]


def test_powers_of_the_index_are_derivatives_by_the_angle() -> None:
    found = last("sum(k*sin(k*x), k = 0..n)")
    assert found["conditions"] == ["sin(x/2) != 0"] and found["check"]["agrees"]
    assert last("sum(k^2*2^k*cos(k*x), k = 1..n)")["check"]["agrees"]
