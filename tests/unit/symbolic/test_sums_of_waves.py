"""Sums of sines and cosines, and series that converge under a condition on a name."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(sin(k*x), k=1..n)", "{sin(n*x/2)*sin(x*(n + 1)/2)/sin(x/2) if sin(x/2) != 0; 0 otherwise}"),
        ("sum(cos(k*x), k=0..n)", "{sin(x*(n + 1)/2)*cos(n*x/2)/sin(x/2) if sin(x/2) != 0; n + 1 otherwise}"),
        ("sum(sin((2k-1)*x), k=1..n)", "{sin(n*x)^2/sin(x) if sin(x) != 0; 0 otherwise}"),
        ("sum(sin(k*x)^2, k=1..n)", "{(n - sin(n*x)*cos(x*(n + 1))/sin(x))/2 if sin(x) != 0; 0 otherwise}"),
        ("sum(sin(k), k=1..n)", "sin(n/2)*sin((n + 1)/2)/sin(1/2)"),
        ("sum(cos(2*pi*k/n), k=1..n)", "{0 if sin(pi/n) != 0; n otherwise}"),
        ("sum(cos(pi*k), k=1..n)", "((-1)^n - 1)/2"),
        ("sum(sin(pi*k), k=1..n)", "0"),
    ],
)
def test_finite_sums(text, exact):
    found = ask(text)
    assert found.exact == exact and found.check.agrees is True and not found.conditions


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum(exp(-a*k), k=0..oo)", "exp(a)/(exp(a) - 1)", ("a > 0",)),
        ("sum(k*exp(-a*k), k=0..oo)", "exp(a)/(exp(a) - 1)^2", ("a > 0",)),
        ("sum(2^(-a*k), k=0..oo)", "2^a/(2^a - 1)", ("a > 0",)),
        ("sum(p*(1-p)^(k-1), k=1..oo)", "1", ("abs(p - 1) < 1",)),
        ("sum(r^k*sin(k*x), k=1..oo)", "r*sin(x)/(r^2 - 2*r*cos(x) + 1)", ("abs(r) < 1",)),
        ("sum(exp(-a*k)*sin(k*x), k=0..oo)", "exp(a)*sin(x)/(exp(2*a) - 2*exp(a)*cos(x) + 1)", ("a > 0",)),
        ("sum(cos(k*x)/2^k, k=0..oo)", "2*(cos(x) - 2)/(4*cos(x) - 5)", ()),
        ("sum(r^k/k, k=1..oo)", "-log(1 - r)", ("abs(r) <= 1 and r != 1",)),
    ],
)
def test_series(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    "text", ["sum(2^k*sin(k*x), k=0..oo)", "sum(sin(k*x), k=1..oo)", "sum(exp(a*k + b*k^2), k=0..oo)", "sum(sin(k^2*x), k=1..n)"]
)
def test_what_does_not_converge_or_has_no_rule_is_not_claimed(text):
    assert ask(text).exact is None


@pytest.mark.parametrize(
    "text",
    ["sum(sin(k*x), k=1..n) == sin(n*x/2)*sin((n-1)*x/2)/sin(x/2)", "sum(exp(-a*k), k=0..oo) == 1/(exp(a) - 1) given a > 0"],
)
def test_slips_are_refuted(text):
    assert ask(text).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum((-1)^k*cos(k*x)/k^2, k = 1..oo)", "x^2/4 - pi^2/12", ["-pi <= x <= pi"]),
        ("sum((-1)^(k + 1)*sin(k*x)/k, k = 1..oo)", "x/2", ["-pi < x < pi"]),
        ("sum(sin((2*k + 1)*x)/(2*k + 1), k = 0..oo)", "pi/4", ["0 < x < pi"]),
        ("sum(cos((2*k - 1)*x)/(2*k - 1)^2, k = 1..oo)", "pi*(pi - 2*x)/8", ["0 <= x <= pi"]),
        ("sum((-1)^k*sin((2*k + 1)*x)/(2*k + 1)^2, k = 0..oo)", "pi*x/4", ["-pi/2 <= x <= pi/2"]),
        ("sum(cos((2*k + 1)*x)/(2*k + 1), k = 0..oo)", "-log(tan(x/2))/2", ["0 < x < pi"]),
        ("sum(r^k*sin(k*t)/k, k = 1..oo)", "atan(r*sin(t)/(1 - r*cos(t)))", ["abs(r) < 1"]),
        ("sum((-1)^k*a^k*sin(k*t)/(k*3^k), k = 1..oo)", "-atan(a*sin(t)/(3*(a*cos(t)/3 + 1)))", ["abs(a)/3 < 1"]),
        ("sum(cos(k*x)/k^2, k = 2..oo)", "x^2/4 - pi*x/2 - cos(x) + pi^2/6", ["0 <= x <= 2*pi"]),
        ("sum(sin(5*(2*k + 1))/(2*k + 1)^3, k = 0..oo)", "pi*(pi - 5)*(2*pi - 5)/8", None),
        ("sum(sin(k*x)^2/k^2, k = 1..oo)", "x*(pi - x)/2", ["0 <= x <= pi"]),
        ("sum(sin(k)/k, k = 1..oo)", "(pi - 1)/2", None),
    ],
)
def test_fourier_series(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, list(found.conditions) or None) == (exact, conditions) and found.check.agrees is True


@pytest.mark.parametrize("body", ["sin(k)", "(1 + 1/k)*sin(k)", "k*cos(k)", "(-1)^k*sin(k)"])
def test_sums_that_do_not_converge_have_no_number(body):
    found = Session().run(f"sum({body}, k = 1..oo)")[-1]
    assert found.exact in (None, '"does not exist"') and found.numeric is None
