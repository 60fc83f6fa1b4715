"""Transforms: in closed form, with `dirac`, and none; every answer by the check under it too."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("fourier(1, t, w)", "2*pi*dirac(w)"),
        ("fourier(sin(2t), t, w)", "im*pi*(dirac(w + 2) - dirac(w - 2))"),
        ("fourier(exp(im*t), t, w)", "2*pi*dirac(w - 1)"),
        ("fourier(heaviside(t), t, w)", "pi*dirac(w) - im/w"),
        ("fourier(sign(t), t, w)", "-2*im/w"),
        ("fourier(sinc(t), t, w)", "pi*(sign(1 - w) + sign(w + 1))/2"),
        ("fourier((1 - cos(t))/t^2, t, w)", "pi*(abs(w - 1) - 2*abs(w) + abs(w + 1))/2"),
        ("fourier(1/(t^2 + a^2), t, w)", "pi*exp(-abs(a)*abs(w))/abs(a)"),
        ("fourier(exp(-a*t)*heaviside(t), t, w)", "1/(a + im*w)"),
        ("inverse_fourier(1/(1 + im*w), w, t)", "heaviside(t)*exp(-t)"),
        ("inverse_laplace(1, s, t)", "dirac(t)"),
        ("inverse_laplace(s/(s + 1), s, t)", "dirac(t) - exp(-t)"),
        ("laplace(dirac(t), t, s)", "1"),
        ("laplace(2*dirac(t - 3), t, s)", "2*exp(-3*s)"),
        ("laplace(exp(-t) + 3*dirac(t - 1), t, s)", "3*exp(-s) + 1/(s + 1)"),
        ("laplace(dirac(t + 1), t, s)", "0"),
    ],
)
def test_transforms(text, exact, checked):
    assert checked(text) == exact


@pytest.mark.parametrize(
    "text", ["fourier(t^2, t, w)", "fourier(exp(t), t, w)", "fourier(exp(a*t), t, w)", "inverse_laplace(s, s, t)"]
)
def test_no_function_has_these(text):
    found = ask(text)
    assert found.exact == '"does not exist"' and found.notes


def test_the_condition_is_shown():
    assert ask("fourier(exp(-a*t)*heaviside(t), t, w)").conditions == ("a > 0",)
    assert ask("fourier(1/(t^2 + a^2), t, w)").conditions == ("a != 0",)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("laplace(1/(t + a), t, s)", "-exp(a*s)*Ei(-a*s)", ("s > 0", "a > 0")),
        ("laplace(exp(-t)/(t + a), t, s)", "-exp(a*(s + 1))*Ei(-a*(s + 1))", ("s > -1", "a > 0")),
        ("laplace(cos(a*sqrt(t))/sqrt(t), t, s)", "exp(-a^2/(4*s))*sqrt(pi/s)", ("s > 0",)),
        ("laplace(sin(2*sqrt(t))*exp(t), t, s)", "sqrt(pi)*exp(-1/(s - 1))/(s - 1)^(3/2)", ("s > 1",)),
        ("laplace(exp(-2*t)/(t + 1), t, s)", "-exp(s + 2)*Ei(-(s + 2))", ("s > -2",)),
        ("laplace(1/(2*t + 3)^3, t, s)", "1/36 - s*(s*exp(3*s/2)*Ei(-3*s/2) + 2/3)/16", ("s > 0",)),
        ("laplace((exp(-t) - exp(-2*t))/t, t, s)", "log(s + 2) - log(s + 1)", ("s > -1",)),
        ("laplace((1 - cos(b*t))/t, t, s)", "log(b^2 + s^2)/2 - log(s)", ("s > 0",)),
        ("laplace(exp(-t)*sin(t)/t, t, s)", "atan(1/(s + 1))", ("s > -1",)),
    ],
)
def test_the_half_line_of_a_transform(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("laplace(floor(2*t), t, s)", "1/(s*(exp(s/2) - 1))"),
        ("laplace(ceil(t/2)*exp(t), t, s)", "exp(2*s - 2)/((s - 1)*(exp(2*s - 2) - 1))"),
    ],
)
def test_stairs(text, exact):
    assert ask(text).exact == exact


@pytest.mark.parametrize(
    "text", ["laplace(1/(t - 1), t, s)", "laplace(cos(t)/t, t, s)", "laplace(floor(-a*t), t, s) given a > 0"]
)
def test_what_the_rules_are_not_for(text):
    assert ask(text).exact in (None, '"does not exist"')


def test_a_condition_that_never_holds_is_no_answer():
    found = ask("laplace(exp(-a/t)/sqrt(t), t, s)")
    assert found.exact is None or "false" not in found.conditions


def test_a_corner_at_a_name_turns_the_transform():
    found = ask("fourier(exp(-abs(t - a)), t, w)")
    assert found.exact == "2*exp(-im*a*w)/(w^2 + 1)" and not found.conditions
    assert ask("fourier(exp(-b*abs(t - a)), t, w)").conditions == ("b > 0",)


@pytest.mark.parametrize("text", ["fourier(abs(t - a)*exp(-abs(t - a)), t, w)", "fourier(abs(t - 3)*exp(-abs(t - 1)), t, w)"])
def test_quadrature_of_a_transform_begins_anew_at_corners(text):
    found = ask(text)
    assert found.exact is not None and found.check.agrees and found.check.digits >= 10


def test_an_impulse_at_a_name_counts_between_the_ends():
    found = ask("integrate(dirac(x - a), x = 0..1)")
    assert "heaviside(1 - a)" in found.exact and found.conditions == ("a != 0 and a != 1",)
    assert ask("integrate(dirac(x - 1/2), x = 1..0)").exact == "-1"


@pytest.mark.parametrize(
    "text", ["integrate(dirac(x), x = 0..1)", "integrate(dirac(x), x = -1..0)", "integrate(dirac(x - 1), x = 0..1)"]
)
def test_an_impulse_at_an_end_has_no_value(text):
    found = ask(text)
    assert found.exact is None and "at an end of the range" in found.notes[0]
