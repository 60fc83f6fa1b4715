"""Integrals over a period with parameters of unknown sign."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("integrate(1/(a + sin(x)^2), x = 0..pi)", "pi*sign(a)/sqrt(a*(a + 1))", ("a > 0 or a < -1",)),
        ("integrate(1/(a + cos(x)^2), x = 0..pi/2)", "pi*sign(a)/(2*sqrt(a*(a + 1)))", ("a > 0 or a < -1",)),
        ("integrate(1/(3 + a*sin(x)^2), x = 0..pi)", "sqrt(3)*pi/(3*sqrt(a + 3))", ("a > -3",)),
        ("integrate(1/(cos(x)^2 + a*sin(x)^2), x = 0..pi)", "pi/sqrt(a)", ("a > 0",)),
        ("integrate(1/(a + b*cos(x)), x = 0..2*pi)", "2*pi*sign(a)/sqrt((a - b)*(a + b))", ("(a - b)*(a + b) > 0",)),
        ("integrate(1/(a + b*cos(x))^2, x = 0..pi)", "pi*abs(a)/((a - b)*(a + b))^(3/2)", ("(a - b)*(a + b) > 0",)),
        ("integrate(1/(a + sin(x)*cos(x)), x = 0..pi)", "2*pi*sign(a)/sqrt(4*a^2 - 1)", ("a > 1/2 or a < -1/2",)),
        ("integrate(sin(x)^n, x = 0..pi)", "sqrt(pi)*gamma((n + 1)/2)/gamma(n/2 + 1)", ("n > -1",)),
        (
            "integrate(sin(x)^p*cos(x)^q, x = 0..pi/2)",
            "gamma((p + 1)/2)*gamma((q + 1)/2)/(2*gamma(p/2 + q/2 + 1))",
            ("p > -1 and q > -1",),
        ),
    ],
)
def test_conditions_are_no_stronger_than_needed(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions) == (exact, conditions) and found.check.agrees is True


def test_over_half_a_period_a_product_does_not_cancel():
    found = Session().run("integrate(1/(2 + sin(x)*cos(x)), x = 0..pi/2)")[-1]
    assert found.check is None or found.check.agrees is True
