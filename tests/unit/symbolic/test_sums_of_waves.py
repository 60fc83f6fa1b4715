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
