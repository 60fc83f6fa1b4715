"""Definite integrals with parameters: where the answer holds is said with it."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("integrate(1/(x - a), x = 0..1)", "log(abs(a - 1)) - log(abs(a))", ("a > 1 or a < 0",)),
        ("integrate(1/(x - a)^2, x = 0..1)", "1/(a*(a - 1))", ("a > 1 or a < 0",)),
        ("integrate(tan(a*x), x = 0..1)", "-log(abs(cos(a)))/a", ("abs(a) < pi/2 and a != 0",)),
        ("integrate(1/x^p, x = 1..oo)", "1/(p - 1)", ("p > 1",)),
        ("integrate(1/(2x + 1)^p, x = 0..oo)", "1/(2*(p - 1))", ("p > 1",)),
        ("integrate(1/(a + b*cos(x)), x = 0..2pi)", "2*pi*sign(a)/sqrt((a - b)*(a + b))", ("(a - b)*(a + b) > 0",)),
        ("integrate(1/(a + sin(x)), x = 0..2pi)", "2*pi*sign(a)/sqrt(a^2 - 1)", ("a > 1 or a < -1",)),
        ("integrate(1/(x^2 + a^2), x = 0..oo)", "pi/(2*abs(a))", ("a != 0",)),
        ("integrate(1/(x^2 - a), x = 0..1)", "atan(1/sqrt(-a))/sqrt(-a)", ("a < 0",)),
        ("integrate(exp(-x^2/(2*s^2))/sqrt(2*pi*s^2), x = -oo..oo)", "1", ("s != 0",)),
        ("integrate(exp(-x)/(x + a), x = 0..oo)", "-exp(a)*Ei(-a)", ("a > 0",)),
        ("integrate(1/(x^2 + a), x = -oo..oo)", "pi/sqrt(a)", ("a > 0",)),
        ("integrate(1/(x^2 + a)^2, x = -oo..oo)", "pi/(2*a^(3/2))", ("a > 0",)),
        ("integrate(1/(x^2 + 2*a*x + b), x = -oo..oo)", "pi/sqrt(b - a^2)", ("a^2 - b < 0",)),
        ("integrate(x/(x^2 + 2*a*x + b)^2, x = -oo..oo)", "-pi*a/(2*(b - a^2)^(3/2))", ("a^2 - b < 0",)),
        ("integrate(1/(a*x^2 + b*x + c), x = -oo..oo)", "2*pi*sign(a)/sqrt(4*a*c - b^2)", ("4*a*c - b^2 > 0",)),
        ("integrate(1/(x^2 + a)^(5/2), x = 0..oo)", "2/(3*a^2)", ("a > 0",)),
        ("integrate(x^2/(x^2 + a^2)^2, x = 0..oo)", "pi/(4*abs(a))", ("a != 0",)),
        ("integrate(1/(x^4 + a), x = -oo..oo)", "sqrt(2)*pi/(2*a^(3/4))", ("a > 0",)),
        ("integrate(1/(x^2 - a^2), x = 0..1)", "(log(abs(a - 1)) - log(abs(a + 1)))/(2*a)", ("a > 1 or a < -1",)),
        ("integrate(x/(x^2 + a), x = 1..2)", "(log(abs(a + 4)) - log(abs(a + 1)))/2", ("a > -1 or a < -4",)),
        ("integrate(1/(a*x + b), x = 0..1)", "(log(abs(a + b)) - log(abs(b)))/a", ("b*(a + b) > 0 and a != 0",)),
        ("integrate(x/(x - a), x = 0..b)", "a*log(abs(a - b)) - a*log(abs(a)) + b", ("a*(a - b) > 0",)),
        ("integrate(1/((x^2 + a^2)*(x^2 + b^2)), x = 0..oo)", "pi/(2*(abs(a) + abs(b))*abs(a)*abs(b))", ("a != 0 and b != 0",)),
        ("integrate(1/x, x = a..b)", "log(abs(b)) - log(abs(a))", ("a*b > 0",)),
        ("integrate(1/(x + 2)^2, x = 0..b)", "b/(2*(b + 2))", ("b > -2",)),
        ("integrate(1/(exp(x) - a), x = 0..oo)", "-log(1 - a)/a", ("a < 1 and a != 0",)),
        ("integrate(1/(1 + a*exp(x)), x = 0..1)", "log(abs(a + 1)) - log(abs(e*a + 1)) + 1", ("a < -1 or a > -1/e",)),
        (
            "integrate((x + a)^b, x = 0..1)",
            "((a + 1)^(b + 1) - a^(b + 1))/(b + 1)",
            ("(a > 0 or b > -1 or a < -1) and b != -1",),
        ),
        ("integrate((x + a)^b, x = 0..1) given b > 0", "((a + 1)^(b + 1) - a^(b + 1))/(b + 1)", ()),
        ("integrate(sin(a*x)/x, x = 0..oo)", "pi*sign(a)/2", ()),
        ("integrate(x^a, x = b..c)", "(c*c^a - b*b^a)/(a + 1)", ("b > 0 and c > 0 and a != -1",)),
        ("integrate((x + 1)^a, x = b..c)", "((c + 1)^(a + 1) - (b + 1)^(a + 1))/(a + 1)", ("b > -1 and c > -1 and a != -1",)),
        ("integrate(1/x^2, x = b..c)", "1/b - 1/c", ("b*c > 0",)),
        ("integrate(log(x)/x^a, x = 1..oo)", "1/(a - 1)^2", ("a > 1",)),
        ("integrate(sqrt(x^2 + a), x = 0..1)", "(a*asinh(1/sqrt(a)) + sqrt(a + 1))/2", ("a > 0",)),
        ("let c : real; let 0 < b < c; integrate(x^a, x = b..c)", "(c*c^a - b*b^a)/(a + 1)", ("a != -1",)),
        (
            "integrate(cot(x), x = a..b)",
            "log(abs(sin(b))) - log(abs(sin(a)))",
            ("floor(a/pi) == floor(b/pi)", "sin(b) != 0", "sin(a) != 0"),
        ),
        ("integrate(1/(x*log(x)), x = a..b)", "log(abs(log(b))) - log(abs(log(a)))", ("a > 0", "b > 0", "log(a)*log(b) > 0")),
        ("integrate(1/(x*log(x)), x = 2..b)", "log(log(b)) - log(log(2))", ("b > 0", "log(b) > 0")),
        ("integrate(1/(1 - x^2), x = 0..a)", "(log(a + 1) - log(1 - a))/2", ("-1 < a < 1",)),
        ("integrate(coth(x), x = a..b)", "log(abs(sinh(b))) - log(abs(sinh(a)))", ("a*b > 0",)),
        (
            "integrate(sin(x)/(1 - cos(x)), x = a..b)",
            "log(1 - cos(b)) - log(1 - cos(a))",
            ("floor(a/(2*pi)) == floor(b/(2*pi))", "1 - cos(b) != 0", "1 - cos(a) != 0"),
        ),
        ("integrate(sin(x)^2/(1 - cos(x)), x = a..b)", "b - a - sin(a) + sin(b)", ()),
        ("let n : positive integer\nintegrate(log(x)^n, x = 0..1)", "(-1)^n*factorial(n)", ()),
        ("integrate((-log(x))^q, x = 0..1)", "gamma(q + 1)", ("q > -1",)),
        ("integrate(sin(x)/x, x = a..b)", "Si(b) - Si(a)", ()),
        ("integrate(x/(exp(x) - 1), x = 0..b)", "-(b^2/2 + polylog(2, 1 - exp(b)))", ()),
        ("let b > 0\nintegrate(1/(x + b), x = 0..1)", "log(b + 1) - log(b)", ()),
    ],
)
def test_conditions_on_parameters(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


def test_an_antiderivative_that_is_an_arctangent_of_a_quotient_by_0_at_an_end():
    found = ask("integrate(1/(x*sqrt(x^2 - a^2)), x = a..oo)")
    assert found.exact == "pi/(2*a)" and found.conditions == ("a > 0",) and found.check.agrees is not False


def test_a_pole_that_is_always_inside():
    assert ask("integrate(1/(x - a), x = -oo..oo)").exact == '"does not exist"'


@pytest.mark.parametrize(
    "text", ["integrate(floor(a*x), x = 0..1) given a > 0", "integrate(exp(-abs(x))*abs(x - a), x = -oo..oo)"]
)
def test_kinks_at_places_that_depend_on_a_parameter(text):
    assert ask(text).status == "ok"


@pytest.mark.parametrize(
    "text",
    [
        "integrate((exp(-x) - 1)/x, x = 0..u)",
        "integrate(x^a*cos(b*x), x = 0..oo)",
        "integrate(1/x^2, x = 0..u)",
        "integrate(1/(a*x + b), x = 0..oo)",
    ],
)
def test_values_infinite_at_an_end_claim_nothing(text):
    found = ask(text)
    assert found.exact not in ('"does not exist"', "oo") and "oo" not in (found.exact or "")


def test_a_root_under_its_case_is_no_condition():
    found = ask("integrate(1/(x*sqrt(a*x + b)), x)")
    assert found.conditions == ("b != 0",) and found.check.agrees is True


def test_logarithms_of_what_is_negative_are_those_of_its_size():
    found = ask("integrate(1/sin(x), x = a..b)")
    assert "cos(a) - 1" not in found.exact and found.check.agrees is True
    assert found.conditions == ("floor(a/pi) == floor(b/pi)", "cos(a/2) != 0", "cos(b/2) != 0")


def test_the_poles_of_a_reciprocal_tangent_are_its_zeros():
    assert ask("integrate(1/tan(p*x), x = 1..b)").conditions == (
        "floor(p/pi) == floor(b*p/pi) and p != 0",
        "sin(p*b) != 0",
        "sin(p) != 0",
    )


def test_a_wave_beside_a_name_has_no_zero_where_that_is_greater():
    assert ask("integrate(cos(x)/(p + sin(x)), x = 0..a)").conditions == ("abs(p) > 1",)


def test_a_power_of_a_negative_logarithm_is_not_claimed():
    assert ask("integrate(log(x)^n, x = 0..1) given n > 0").exact is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("let a : real\nintegrate(1/((x - 1)^2 + (a + 100)^2), x = -oo..oo)", "a != -100"),
        ("let a : real\nintegrate(cos(x)/((x - 1)^2 + (a + 100)^2), x = -oo..oo)", "a != -100"),
    ],
)
def test_poles_that_parameters_move_across_the_line_far_out(text, wanted):
    found = ask(text)
    assert found.error is None and found.exact is not None and wanted in found.conditions


def test_poles_that_stay_on_their_side_need_no_condition():
    assert ask("integrate(1/((x - 1)^2 + (a + 100)^2), x = -oo..oo) given a > -50").conditions == ()
