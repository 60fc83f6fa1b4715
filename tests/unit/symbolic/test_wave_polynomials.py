"""Equations with parameters that are polynomials in a wave of one angle: all families, under the conditions of their roots."""

import pytest

import twofold


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        (
            "solve(sin(x)^2 + a*sin(x) == 0, x)",
            "{{pi*k, asin(-a) + 2*pi*k, pi - asin(-a) + 2*pi*k} if abs(a) <= 1; {pi*k} otherwise}",
        ),
        (
            "solve(sin(2*x) == a*cos(x), x)",
            "{{pi/2 + pi*k, asin(a/2) + 2*pi*k, pi - asin(a/2) + 2*pi*k} if abs(a) <= 2; {pi/2 + pi*k} otherwise}",
        ),
        ("solve(sin(x)*cos(x) == a, x)", "{pi*k + asin(2*a)/2, pi*k - asin(2*a)/2 + pi/2}"),
        ("solve(tan(x)^2 - a*tan(x) == 0, x)", "{pi*k, atan(a) + pi*k}"),
    ],
)
def test_all_families_are_found(text: str, exact: str) -> None:
    found = twofold.Session(in_process=True).run(text)[-1].to_dict()
    assert found["exact"] == exact and found["check"]["agrees"] and "all solutions" in found["notes"]
