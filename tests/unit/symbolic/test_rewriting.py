"""Forms that are asked for: what a person expects, never longer, and never wider than the declared domains allow."""

from __future__ import annotations

import pytest

SHORT = {
    "simplify(sin(x)^2 + cos(x)^2)": "1",
    "simplify(sin(3x)/sin(x) - cos(3x)/cos(x))": "2",
    "simplify(1 + tan(x)^2)": "1/cos(x)^2",
    "simplify((1 - cos(2x))/2)": "sin(x)^2",
    "simplify(cos(atan(x)))": "1/sqrt(x^2 + 1)",
    "simplify((exp(x) + exp(-x))/2)": "cosh(x)",
    "simplify((exp(2x) - 1)/(exp(x) - 1))": "exp(x) + 1",
    "simplify(log(x) + log(w))": "log(w*x)",
    "simplify(sqrt(x^2 + 2x + 1))": "abs(x + 1)",
    "simplify(sqrt(x^2))": "abs(x)",
    "simplify(sqrt(p^2))": "p",
    "simplify(1/(sqrt(x) + 1) + 1/(sqrt(x) - 1))": "2*sqrt(x)/(x - 1)",
    "simplify(cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)))": "1",
    "simplify(sqrt(3 + 2*sqrt(2)))": "1 + sqrt(2)",
    "simplify(asin(x) + acos(x))": "pi/2",
    "simplify(atan(p) + atan(1/p))": "pi/2",
    "simplify(erf(x) + erfc(x))": "1",
    "simplify(max(x, -x))": "abs(x)",
    "simplify(min(x, w) + max(x, w))": "w + x",
    "simplify(gamma(x + 1)/gamma(x))": "x",
    "simplify(binomial(m, k)/binomial(m - 1, k))": "m/(m - k)",
    "simplify((x^3 - w^3)/(x - w))": "w^2 + w*x + x^2",
    "simplify(x^2 == x + x*(x - 1))": "true",
    "trig_reduce(sin(x)^2)": "1/2 - cos(2*x)/2",
    "trig_combine(sin(x)*cos(w) + cos(x)*sin(w))": "sin(w + x)",
    "log_combine(2*log(x) - log(w))": "log(x^2/w)",
    "log_expand(log(x^2))": "2*log(abs(x))",
    "complete_square(x^2 + w^2 - 2x + 4w, [x, w])": "(x - 1)^2 + (w + 2)^2 - 5",
    "substitute(x^4 + x^2, x^2 == w)": "w*(w + 1)",
    "coefficients(x^3 + 2x + 1, x)": "[1, 0, 2, 1]",
    "quotient(x^3 - 1, x - 1, x)": "x^2 + x + 1",
}

LEFT = [
    "simplify(asin(sin(x)))",
    "simplify(atan(x) + atan(1/x))",
    "expand(log(w*x))",
    "simplify(sqrt(z^2))",
    "log_expand(log(w*x))",
]
"""What must stay as it is: it holds only on a part of the domain."""

CONVEX = {
    "is_convex(x^2, x)": "true",
    "is_convex(x^3, x)": "false",
    "is_convex(x^3, x = 0..oo)": "true",
    "is_convex(abs(x), x)": "true",
    "is_convex(max(x, 1 - x), x)": "true",
    "is_convex({1 if x < 0; x^2 otherwise}, x)": "false",
    "is_convex(1/x, x)": "false",
    "is_convex(1/p, p)": "true",
    "is_convex(sin(x), x)": "false",
    "is_convex(x*w, [x, w])": "false",
    "is_convex(x^2 + x*w + w^2, [x, w])": "true",
    "is_concave(log(x), x)": "true",
}


@pytest.mark.parametrize("text", [*SHORT, *CONVEX])
def test_forms(text, ask):
    assert ask(text) == {**SHORT, **CONVEX}[text]


@pytest.mark.parametrize("text", LEFT)
def test_what_holds_only_in_part_is_left(text, ask, term):
    reading = "complex" if "z" in text else "real"
    from twofold.catalogue.display import show

    parts = set(show(term(text).args[0]).replace(" ", "").split("+"))
    assert set(ask(text, reading).replace(" ", "").split("+")) == parts
