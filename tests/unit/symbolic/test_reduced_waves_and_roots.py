"""Powers of waves as sums, and numbers with higher roots below the bar."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("trig_reduce(sin(x)^4)", "cos(4*x)/8 - cos(2*x)/2 + 3/8"),
        ("trig_reduce(cos(x)^5)", "5*cos(x)/8 + 5*cos(3*x)/16 + cos(5*x)/16"),
        ("rationalize(1/(cbrt(2) + 1))", "1/3 - 2^(1/3)/3 + 2^(2/3)/3"),
        ("rationalize(x/(cbrt(2) - 1))", "x + 2^(1/3)*x + 2^(2/3)*x"),
        ("integrate(cos(a*x)*exp(-b*x^2), x = 0..oo) given b > 0", "exp(-a^2/(4*b))*sqrt(pi/b)/2"),
        ("integrate(exp(-x^2)*sin(a*x), x = 0..oo)", "sqrt(pi)*exp(-a^2/4)*erfi(a/2)/2"),
    ],
)
def test_values(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True


def test_what_is_not_algebraic_stays_below():
    assert Session().run("rationalize(1/(1 + pi))")[-1].exact == "1/(1 + pi)"
