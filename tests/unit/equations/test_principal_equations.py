"""Steps from and to equations of principal logarithms, roots and arguments."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")
Z, XY, ZW = "let z : complex\n", "let x, y : real\n", "let z, w : complex\n"


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (Z + "log(z) == pi*im <=> z == -1", "proved"),
        (Z + "log(z) == 2*pi*im <=> z == 1", "refuted"),
        (ZW + "log(z) == w => z == exp(w)", "proved"),
        (Z + "sqrt(z) == im <=> z == -1", "proved"),
        (Z + "sqrt(z) == -im <=> z == -1", "refuted"),
        (Z + "sqrt(z) == 2 <=> z == 4", "proved"),
        (Z + "sqrt(z) == -2 <=> z == 4", "refuted"),
        (ZW + "sqrt(z) == w => z == w^2", "proved"),
        (ZW + "z == w^2 => sqrt(z) == w", "refuted"),
        (Z + "arg(z) == pi/2 => re(z) == 0", "proved"),
        (Z + "arg(z) == pi/2 <=> re(z) == 0", "refuted"),
        (XY + "arg(x + im*y) == 0 <=> y == 0 and x > 0", "proved"),
        (XY + "y == 0 => arg(x + im*y) == 0", "refuted"),
        (XY + "atan2(y, x) == pi <=> y == 0 and x < 0", "proved"),
        (XY + "atan2(y, x) == 0 <=> y == 0 and x >= 0", "refuted"),
        (XY + "atan2(y, x) == 2*pi => x == 7", "proved"),
    ],
)
def test_steps(step: str, verdict: str) -> None:
    assert Session().run(step)[-1].to_dict()["verdict"] == verdict


def test_negative_imaginary_parts_are_subtracted() -> None:
    found = Session().run(Z + "im(z) == -pi/2 => arg(z) == -pi/2")[-1].to_dict()
    assert found["counterexample"]["values"] == {"z": "1 - (pi/2)*im"}
