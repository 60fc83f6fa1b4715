"""Transforms with names beside the variable: their values, and the conditions on these names, neither too many nor too few."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session
from twofold.symbolic.even_sizes import without_sizes

pytestmark = pytest.mark.slow


def ask(text):
    return Session().run(text)[-1]


def answered(text, exact, *conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is not False
    return found


@pytest.mark.parametrize(
    ("f", "exact", "conditions"),
    [
        ("1/s^a", "t^(a - 1)/gamma(a)", ("a > 0", "t > 0")),
        ("exp(-a*sqrt(s))", "a*exp(-a^2/(4*t))/(2*sqrt(pi)*t^(3/2))", ("a > 0", "t > 0")),
        ("exp(-a*sqrt(s))/s", "1 - erf(a/(2*sqrt(t)))", ("a >= 0", "t > 0")),
        ("1/(s^2 + a^2)", "sin(a*t)/a", ("t > 0", "a != 0")),
        ("w/((s + a)^2 + w^2)", "exp(-a*t)*sin(t*w)", ("t > 0",)),
        ("s^2/(s^2 + a^2)", "dirac(t) - a*sin(a*t)", ("t >= 0",)),
        ("log((s + a)/(s + b))", "(exp(-b*t) - exp(-a*t))/t", ("t > 0",)),
        ("atan(a/s)", "sin(a*t)/t", ("t > 0",)),
        ("exp(-a*s)/s", "heaviside(t - a)", ("a >= 0", "t > 0")),
        ("exp(-a*s)", "dirac(t - a)", ("a >= 0", "t >= 0")),
        ("exp(-a*s)/(s^2 + b^2)", "heaviside(t - a)*sin(b*(t - a))/b", ("a >= 0", "t > 0", "b != 0")),
        ("exp(-s)/sqrt(s)", "{1/(sqrt(pi)*sqrt(t - 1)) if t > 1; 0 otherwise}", ("t > 0",)),
        (
            "1/(s^2 + a)",
            "{sin(sqrt(a)*t)/sqrt(a) if a > 0; t if a == 0; sinh(t*sqrt(-a))/sqrt(-a) otherwise}",
            ("t > 0",),
        ),
        (
            "s/(m*s^2 + k)",
            "{cos(t*sqrt(k*m)/m)/m if k*m > 0; 1/m if k*m == 0; cosh(t*sqrt(-k*m)/m)/m otherwise}",
            ("m != 0", "t > 0"),
        ),
    ],
)
def test_inverse_laplace(f, exact, conditions):
    answered(f"inverse_laplace({f}, s, t)", exact, *conditions)


def test_a_pole_at_0_that_the_cases_do_not_show_is_a_condition():
    found = ask("inverse_laplace(1/(s*(s^2 + b*s + c)), s, t)")
    assert "c != 0" in found.conditions and found.check.agrees is True


@pytest.mark.parametrize(
    "f", ["exp(-a*s)*sqrt(s)", "s*exp(-s)", "sqrt(s)", "gamma(s)", "exp(s)/s", "sin(s)", "log(s + a)", "exp(s^2)"]
)
def test_what_does_not_tend_to_0_is_the_transform_of_no_function(f):
    found = ask(f"inverse_laplace({f}, s, t)")
    assert found.exact == '"does not exist"' and "tends to 0" in found.notes[0]


def test_even_sizes():
    import sympy as sp

    a, t, c = sp.Symbol("a", real=True), sp.Symbol("t", positive=True), sp.Symbol("c")
    assert without_sizes(sp.sin(t * sp.Abs(a)) / sp.Abs(a)) == sp.sin(a * t) / a
    assert without_sizes(sp.exp(-t * sp.Abs(a)) / sp.Abs(a)) == sp.exp(-t * sp.Abs(a)) / sp.Abs(a)
    assert without_sizes(sp.cos(sp.Abs(c))) == sp.cos(sp.Abs(c))


@pytest.mark.parametrize(
    ("f", "exact", "conditions"),
    [
        ("exp(-t^2)", "sqrt(pi)*exp(s^2/4)*erfc(s/2)/2", ()),
        ("sinc(t)", "atan(1/s)", ("s > 0",)),
        ("Ci(t)", "-log(s^2 + 1)/(2*s)", ("s > 0",)),
        ("besselj(n, t)", "(s + sqrt(s^2 + 1))^(-n)/sqrt(s^2 + 1)", ("s > 0", "n > -1")),
        ("t^a*log(t)", "s^(-(a + 1))*(digamma(a + 1) - log(s))*gamma(a + 1)", ("s > 0", "a > -1")),
        ("log(t)", "-(log(s) + euler_gamma)/s", ("s > 0",)),
        ("2^t", "1/(s - log(2))", ("s > log(2)",)),
        ("cos(sqrt(t))", "1/s - sqrt(pi)*exp(-1/(4*s))*erfi(1/(2*sqrt(s)))/(2*s^(3/2))", ("s > 0",)),
        ("exp(-2*sqrt(t))", "1/s - sqrt(pi)*exp(1/s)*erfc(1/sqrt(s))/s^(3/2)", ("s > 0",)),
        ("erfc(a/(2*sqrt(t)))", "exp(-a*sqrt(s))/s", ("s > 0", "a > 0")),
        ("heaviside(2*t - a)", "{exp(-a*s/2)/s if a > 0; 1/s otherwise}", ("s > 0",)),
        (
            "exp(-abs(t - a))",
            "{(exp(-a) - 2*exp(-a*s)/(s + 1))/(s - 1) if a > 0; exp(a)/(s + 1) otherwise}",
            ("s > -1", "s != 1"),
        ),
        ("min(t, a)", "{(1 - exp(-a*s))/s^2 if a > 0; a/s otherwise}", ("s > 0",)),
        ("heaviside(t - a) - heaviside(t - b)", "(exp(-a*s) - exp(-b*s))/s", ("s > 0", "a >= 0 and b >= 0")),
    ],
)
def test_laplace(f, exact, conditions):
    assert answered(f"laplace({f}, t, s)", exact, *conditions).check.agrees is True


def test_a_transform_is_to_another_name():
    assert ask("laplace(exp(t), t, t)").error.code == "not-a-variable"


@pytest.mark.parametrize(
    ("question", "exact", "conditions"),
    [
        ("fourier(1/((t - a)^2 + 1), t, w)", "pi*exp(-im*a*w)*exp(-abs(w))", ()),
        ("fourier(1/((t - a)^2 + b^2), t, w)", "pi*exp(-(im*a*w + abs(b)*abs(w)))/abs(b)", ("b != 0",)),
        ("fourier(1/(t^2 + a), t, w)", "pi*exp(-sqrt(a)*abs(w))/sqrt(a)", ("a > 0",)),
        ("fourier(t/(t^2 + a^2)^2, t, w)", "-im*pi*w*exp(-abs(a)*abs(w))/(2*abs(a))", ("a != 0",)),
        ("fourier({1 if abs(t) < a; 0 otherwise}, t, w)", "{2*sin(a*w)/w if a > 0; 0 otherwise}", ("w != 0",)),
        ("fourier(heaviside(t - a), t, w)", "(pi*dirac(w) - im/w)*exp(-im*a*w)", ("w != 0",)),
        ("fourier(1/(t - a), t, w)", "-im*pi*exp(-im*a*w)*sign(w)", ()),
        ("fourier(sech(t), t, w)", "pi/cosh(pi*w/2)", ()),
        ("fourier(sech(t)^2, t, w)", "pi*w/sinh(pi*w/2)", ("w != 0",)),
        ("fourier(exp(-t)*heaviside(t - a), t, w)", "exp(-a)*exp(-im*a*w)/(im*w + 1)", ()),
        ("fourier(exp(-abs(a*t)), t, w)", "2*abs(a)/(a^2 + w^2)", ("a != 0",)),
        ("fourier(1/cosh(a*t), t, w)", "pi/(cosh(pi*w/(2*a))*abs(a))", ("a != 0",)),
        ("inverse_fourier(1/(im*w), w, t)", "sign(t)/2", ()),
        ("inverse_fourier(pi*dirac(w) + 1/(im*w), w, t)", "heaviside(t)", ()),
        ("inverse_fourier(exp(-im*a*w)/(1 + w^2), w, t)", "exp(-abs(a - t))/2", ()),
        ("inverse_fourier(w*exp(-w^2), w, t)", "im*t*exp(-t^2/4)/(4*sqrt(pi))", ()),
    ],
)
def test_fourier(question, exact, conditions):
    answered(question, exact, *conditions)


@pytest.mark.parametrize("f", ["exp(-abs(t))*cos(b*t)", "exp(-abs(t))*sin(b*t)"])
def test_what_has_no_zero_is_no_condition(f):
    found = ask(f"fourier({f}, t, w)")
    assert found.conditions == () and found.check.agrees is True


@pytest.mark.parametrize("f", ["1/abs(t)", "1/t^2", "1/abs(t - 1)"])
def test_what_is_not_integrable_has_no_transform(f):
    assert ask(f"fourier({f}, t, w)").exact == '"does not exist"'


def test_hyperbolic_transforms_are_the_integrals():
    import mpmath
    import sympy as sp

    from twofold.symbolic.calculus.fourier_table import hyperbolic

    x, w = sp.symbols("x w", real=True)
    for a in (1.3, -0.7):
        scale = sp.Rational(str(a))
        for f in (sp.sech(scale * x), sp.sech(scale * x) ** 2, x / sp.sinh(scale * x)):
            g = sp.lambdify(x, f.rewrite(sp.cosh), "mpmath")
            measured = 2 * mpmath.quad(lambda u, g=g: g(u) * mpmath.cos(0.6 * u), [mpmath.mpf("1e-20"), 1, 5, 20, 60])
            assert abs(measured - complex(hyperbolic(f, x, w).subs(w, 0.6))) < 1e-10
        odd = mpmath.quad(lambda u, a=a: mpmath.sin(0.6 * u) / mpmath.sinh(a * u), [mpmath.mpf("1e-20"), 1, 5, 20, 60])
        assert abs(-2j * odd - complex(hyperbolic(1 / sp.sinh(scale * x), x, w).subs(w, 0.6))) < 1e-10


@pytest.mark.parametrize(
    ("question", "exact", "conditions"),
    [
        ("fourier(1/(t^2 + 2*b*t + c), t, w)", "pi*exp(-sqrt(c - b^2)*abs(w))*exp(im*b*w)/sqrt(c - b^2)", ("b^2 - c < 0",)),
        ("fourier(1/(t^2 + 2*b*t + c), t, w) given c > b^2", "pi*exp(-sqrt(c - b^2)*abs(w))*exp(im*b*w)/sqrt(c - b^2)", ()),
    ],
)
def test_fourier_over_quadratics_without_zeros(question, exact, conditions):
    answered(question, exact, *conditions)
