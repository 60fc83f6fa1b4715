"""Two numbers with equal squares: the sign may have to be proved on the declared interval."""

import pytest

import twofold


@pytest.mark.parametrize(
    ("interval", "claim", "verdict"),
    [
        ("(-pi/2, pi/2)", "sqrt(1 - sin(x)^2) == cos(x)", "proved"),
        ("[0, pi]", "sqrt(1 - cos(x)^2) == sin(x)", "proved"),
        ("(pi/2, pi)", "sqrt(1 - sin(x)^2) == -cos(x)", "proved"),
        ("(-pi/2, pi/2)", "abs(cos(x)) == cos(x)", "proved"),
        ("(-pi/2, 2)", "sqrt(1 - sin(x)^2) == cos(x)", "refuted"),
        ("(0, 4)", "sqrt(1 - cos(x)^2) == sin(x)", "refuted"),
    ],
)
def test_sign_of_a_side_on_the_interval(interval: str, claim: str, verdict: str) -> None:
    rows = twofold.Session(in_process=True, time=10).run(f"let x in {interval}\ncheck {claim}")
    assert rows[-1].verdict == verdict
