"""Laplace transforms of waves with jumps and corners, and back."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("laplace(mod(t, 1), t, s)", "(exp(s) - s - 1)/(s^2*(exp(s) - 1))", ("s > 0",)),
        ("laplace({1 if mod(t, 2) < 1; -1 otherwise}, t, s)", "tanh(s/2)/s", ("s > 0",)),
        ("laplace((-1)^floor(t), t, s)", "tanh(s/2)/s", ("s > 0",)),
        ("laplace(max(sin(t), 0), t, s)", "exp(pi*s)/((s^2 + 1)*(exp(pi*s) - 1))", ("s > 0",)),
        ("laplace(abs(sin(t)), t, s)", "coth(pi*s/2)/(s^2 + 1)", ("s > 0",)),
        ("laplace(exp(-t)*mod(t, 1), t, s)", "(exp(s + 1) - s - 2)/((s + 1)^2*(exp(s + 1) - 1))", ("s > -1",)),
        ("laplace(exp(-a*t^2), t, s)", "exp(s^2/(4*a))*erfc(s/(2*sqrt(a)))*sqrt(pi/a)/2", ("a > 0",)),
        ("laplace(a^t, t, s)", "1/(s - log(a))", ("a > 0", "s > log(a)")),
    ],
)
def test_transforms(text, exact, conditions):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is not False


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("inverse_laplace(tanh(s/2)/s, s, t)", "(-1)^floor(t)"),
        ("inverse_laplace(1/(s*(1 - exp(-s))), s, t)", "floor(t) + 1"),
        ("inverse_laplace(1/(s*(1 + exp(-s))), s, t)", "((-1)^floor(t) + 1)/2"),
        ("inverse_laplace(1/(s*cosh(s)), s, t)", "{(-1)^floor((t - 1)/2) + 1 if t > 1; 0 otherwise}"),
        ("inverse_laplace(1/s^2 - exp(-s)/(s*(1 - exp(-s))), s, t)", "t - floor(t)"),
        ("inverse_laplace(1/(s*(1 - exp(-s))^2), s, t)", "(floor(t) + 1)*(floor(t) + 2)/2"),
        ("inverse_laplace(1/(s*(2 - exp(-s))), s, t)", "1 - 2^(-floor(t))/2"),
    ],
)
def test_inverse_transforms(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True


def test_what_has_no_transform_to_show():
    assert Session().run("let f : function\nlaplace(exp(-t)*f(t), t, s)")[-1].exact is None
    assert Session().run("inverse_laplace(1/(1 - exp(-s)), s, t)")[-1].exact == '"does not exist"'
