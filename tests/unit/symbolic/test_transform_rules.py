"""Transforms by rule: the integral at sample points, and nothing where the integral does not converge or no rule applies."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp

from twofold.symbolic.calculus.inverse_laplace import inverse_by_rule
from twofold.symbolic.calculus.pieces import pieces
from twofold.symbolic.calculus.wave_transforms import fourier_by_rule, laplace_by_rule

t, s = sp.Symbol("t", positive=True), sp.Symbol("s", positive=True)
x, w, a = sp.Symbol("x", real=True), sp.Symbol("w", real=True), sp.Symbol("a", real=True)
z = sp.Symbol("s")


def integral(f, name, kernel, ends):
    """By Gauss and Legendre on short panels; singularities stand at the ends only."""
    call = sp.lambdify(name, f, "mpmath")
    with mpmath.workdps(15):
        return mpmath.quad(lambda u: call(u) * kernel(u), ends)


def step(u):
    return sp.Piecewise((1, u > 0), (sp.S.Half, sp.Eq(u, 0)), (0, True))


# The function, the number s must be above, and the ends between which it is smooth.
LAPLACE = [
    (sp.sqrt(t), 0, [0, 1]),
    (sp.exp(-t) / sp.sqrt(t), -1, [0, 1]),
    (t * sp.exp(-t) * sp.sin(2 * t), -1, [0, 2]),
    (t**2 * sp.cos(3 * t + 1), 0, [0, 2]),
    (sp.sinh(2 * t), 2, [0, 1]),
    (step(t - 2) * t**2, 0, [0, 2, 4]),
    (sp.Abs(t - 1) * sp.exp(t), 1, [0, 1, 3]),
    (sp.Piecewise((sp.sin(t), t < sp.pi), (0, True)), -sp.oo, [0, 3.141592653589793]),
    (sp.Max(t, 2), 0, [0, 2, 4]),
    (sp.exp(-2 * t) / (t + 1), -2, [0]),
    (1 / (2 * t + 3) ** 3, 0, [0]),
    (sp.exp(t) * sp.sin(2 * sp.sqrt(t)), 1, [0, 1]),
    (sp.cos(3 * sp.sqrt(t)) / sp.sqrt(t), 0, [0, 1]),
    ((sp.exp(-t) - sp.cos(2 * t)) / t, 0, [0]),
    (sp.exp(-t) * sp.sin(3 * t) / t, -1, [0]),
    (sp.floor(2 * t) * sp.exp(-t), -1, [k / 2 for k in range(19)]),
]


@pytest.mark.parametrize(("f", "plane", "ends"), LAPLACE)
def test_laplace_is_the_integral(f, plane, ends):
    value, found, condition = laplace_by_rule(f, t, s)
    assert found == plane
    assert condition == sp.true
    for place in (3, 5):
        measured = integral(f, t, lambda u, p=place: mpmath.exp(-p * u), [*ends, 10, 40])
        assert abs(measured - complex(value.subs(s, place))) < 1e-8


@pytest.mark.parametrize("f", [sp.exp(t**2), 1 / t, sp.log(t) / t, sp.tan(t), 1 / (t - 1), sp.exp(sp.I * t)])
def test_laplace_is_not_claimed(f):
    assert laplace_by_rule(f, t, s) is None


def test_powers_with_a_parameter_have_a_condition():
    value, _, condition = laplace_by_rule(t**a, t, s)
    assert condition == (a > -1)
    assert sp.simplify(value - sp.gamma(a + 1) / s ** (a + 1)) == 0


INVERSE = [
    1 / (z**2 + 2 * z + 5),
    1 / (z * (z + 1) ** 2),
    (2 * z + 1) / (3 * z**2 + 4 * z + 5) ** 2,
    z**2 / (z**2 + 1) ** 3,
    1 / (z**2 - 2),
    1 / (z**3 + 1),
    1 / (2 * z + 1) ** sp.Rational(3, 2),
    sp.log((z + 1) / z),
    sp.atan(1 / z),
]


@pytest.mark.parametrize("f", INVERSE)
def test_inverse_laplace_transforms_back(f):
    made = inverse_by_rule(f, z, x)
    for place in (3, 4):
        measured = integral(made, x, lambda u, p=place: mpmath.exp(-p * u), [0, 1, 5, 40])
        assert abs(measured - complex(f.subs(z, place))) < 1e-8


def test_delays_and_impulses():
    assert inverse_by_rule(sp.exp(-2 * z) / z**2, z, x) == (x - 2) * sp.Heaviside(x - 2)
    assert inverse_by_rule(sp.S.One, z, x) == sp.DiracDelta(x)
    assert inverse_by_rule(z / (z + 1), z, x) == sp.DiracDelta(x) - sp.exp(-x)
    assert inverse_by_rule(sp.exp(-3 * z), z, x) == sp.DiracDelta(x - 3)


@pytest.mark.parametrize("f", [z, sp.exp(z) / z, sp.sqrt(z), 1 / (z**5 - z - 1), sp.exp(z**2), sp.log(z), 1 / (z - a)])
def test_inverse_laplace_is_not_claimed(f):
    assert inverse_by_rule(f, z, x) is None


FOURIER = [
    (sp.exp(-(x**2)), [-12, 0, 12]),
    (x**3 * sp.exp(-2 * x**2 + x), [-12, 0, 12]),
    (sp.exp(-(x**2)) * sp.sin(3 * x + 1), [-12, 0, 12]),
    (sp.exp(-2 * sp.Abs(x - 1)), [-30, 1, 30]),
    (x * sp.exp(-sp.Abs(x)), [-40, 0, 40]),
    (step(x) * sp.exp(-x), [0, 40]),
    (step(x + 1) - step(x - 1), [-1, 1]),
    (sp.Piecewise((1 - sp.Abs(x), sp.Abs(x) < 1), (0, True)), [-1, 0, 1]),
    (sp.exp(-sp.Abs(x)) * sp.sin(2 * x), [-40, 0, 40]),
]


@pytest.mark.parametrize(("f", "ends"), FOURIER)
def test_fourier_is_the_integral(f, ends):
    value = fourier_by_rule(f, x, w)
    for place in (0.75, -2):
        panels = sorted({*ends, *mpmath.linspace(ends[0], ends[-1], 9)})
        measured = integral(f, x, lambda u, p=place: mpmath.exp(-1j * p * u), panels)
        assert abs(measured - complex(value.subs(w, place))) < 1e-8


RATIONAL = [
    (1 / (1 + x**2), lambda v: mpmath.pi * mpmath.exp(-abs(v))),
    (x / (1 + x**2) ** 2, lambda v: -1j * mpmath.pi * v * mpmath.exp(-abs(v)) / 2),
    (1 / (x**2 + 2 * x + 5), lambda v: mpmath.pi / 2 * mpmath.exp(1j * v - 2 * abs(v))),
    (x / (x**2 + 4), lambda v: -1j * mpmath.pi * mpmath.sign(v) * mpmath.exp(-2 * abs(v))),
    (1 / (1 + x**2) ** 3, lambda v: mpmath.pi * (3 + 3 * abs(v) + v**2) * mpmath.exp(-abs(v)) / 8),
    (sp.sin(2 * x) / x, lambda v: mpmath.pi if abs(v) < 2 else 0),
    (sp.sin(x) ** 2 / x**2, lambda v: mpmath.pi * (1 - abs(v) / 2) if abs(v) < 2 else 0),
]


@pytest.mark.parametrize(("f", "known"), RATIONAL)
def test_fourier_by_known_transforms(f, known):
    value = fourier_by_rule(f, x, w)
    for place in (0.75, -1.5, 3):
        assert abs(complex(value.subs(w, place)) - complex(known(place))) < 1e-12


@pytest.mark.parametrize(
    "f",
    [sp.exp(-x), sp.exp(x**2), sp.cos(x), sp.S.One, 1 / x, 1 / (x**2 - 1), step(x), sp.exp(-a * x**2), sp.exp(-a * sp.Abs(x))],
)
def test_fourier_is_not_claimed(f):
    assert fourier_by_rule(f, x, w) is None


def test_pieces():
    assert pieces(sp.Abs(sp.Abs(x) - 1), x) == [(-sp.oo, -1, -x - 1), (-1, 0, x + 1), (0, 1, 1 - x), (1, sp.oo, x - 1)]
    assert pieces(sp.Abs(x**2 - 2), x) is None
    assert pieces(sp.Abs(x - a), x) == [(-sp.oo, a, a - x), (a, sp.oo, x - a)]
    assert pieces(sp.Abs(x - a), x, sp.S.Zero, sp.oo) is None
    assert pieces(sp.Abs(x - a) + sp.Abs(x), x) is None
    p = sp.Symbol("p", positive=True)
    assert pieces(sp.Max(x, p) - sp.Abs(x + p), x, sp.S.Zero, sp.oo) == [(0, p, -x), (p, sp.oo, -p)]
    assert pieces(sp.sin(x), x) == [(-sp.oo, sp.oo, sp.sin(x))]
