"""The complex reading: floats and balls follow the same principal branches, also on the cuts."""

from __future__ import annotations

import numpy as np
import pytest
from flint import acb

from twofold.catalogue.shapes import bound
from twofold.grammar.term import free_symbols, num, var
from twofold.numeric.evaluate import NoValue, Unresolved, ball, floats
from twofold.numeric.valuation import Complex

POINTS = [Complex(a, b) for a, b in ((2, 0), (-2, 0), (0, 2), (0, -2), (1, 1), (-1, 1), (-1, -1), (3, -2), (-3, 0), (1, 0))]
TEXTS = (
    "exp log sqrt sin cos tan sec cot sinh cosh tanh coth asin acos atan asinh acosh atanh gamma loggamma digamma erf erfi Si Shi airyai sign abs arg re im conjugate "
    "sinc sigmoid softplus asec acot acsch lambertw fresnels"
).split()


@pytest.mark.parametrize(
    "text",
    [f"{f}(z)" for f in TEXTS] + ["z^z", "z^(1/3)", "(-z)^(1/2)", "z^3", "z^(-2)", "2^z", "(z^2)^(1/2)", "log(z^2)", "atan(1/z)"],
)
def test_same_branches(term, at, text: str) -> None:
    t = term(text)
    points = [at(z=z) for z in POINTS]
    compared = 0
    for point, x in zip(points, floats(t, points, "complex"), strict=True):
        try:
            b = acb(ball(t, point, 128, "complex"))
        except Unresolved:
            continue
        except NoValue:
            assert np.isnan(x), point
            continue
        assert not np.isnan(x), point
        assert complex(b.mid()) == pytest.approx(complex(x), rel=1e-9, abs=1e-12), point
        compared += 1
    assert compared >= 6


def test_a_claim_of_complex_numbers_has_no_order(term, at) -> None:
    with pytest.raises(NoValue):
        ball(term("z < 1"), at(z=Complex(0, 1)), 64, "complex")
    assert np.isnan(floats(term("z < 1"), [at(z=Complex(0, 1))], "complex")).all()
    assert ball(term("z < 1"), at(z=Complex(0, 0)), 64, "complex") is True


def test_derivatives_along_complex_directions(term, at) -> None:
    out = ball(term("diff(sin(z)*z^2, z)"), at(z=Complex(1, 2)), 64, "complex")
    expected = ball(term("cos(z)*z^2 + 2*z*sin(z)"), at(z=Complex(1, 2)), 64, "complex")
    assert out.overlaps(expected)
    conjugate = term("conjugate(z)")
    (z,) = free_symbols(conjugate)
    with pytest.raises(NoValue):
        ball(bound("diff", (z,), conjugate, var(z), num(1)), at(z=Complex(1, 2)), 64, "complex")


def test_contour_integrals(term) -> None:
    assert abs(ball(term("integrate(1/x, x = 1..im)"), {}, 64, "complex") - ball(term("im*pi/2"), {}, 64, "complex")) < 1e-15


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("integrate(sqrt(x), x = -1..1)", "2/3 + 2*im/3"),
        ("integrate(sqrt(x)*sqrt(-x), x = -1..1)", "im"),
        ("integrate(sqrt(x - 1/3), x = 0..1/2)", "2*(1/6)^(3/2)/3 + 2*im*(1/3)^(3/2)/3"),
    ],
)
def test_an_integral_along_a_branch_cut_is_enclosed(term, text: str, value: str) -> None:
    """Pieces on which a root is real and imaginary too."""
    assert acb(ball(term(text), {}, 64, "complex")).overlaps(acb(ball(term(value), {}, 64, "complex")))
