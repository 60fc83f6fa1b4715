"""Differential equations with corners, and those that give the function by its slope: d'Alembert's, and linear ones with a polynomial solution."""

import pytest

from twofold.engine.session import Session


def _asked(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve(y' == abs(x)*y)", "C1*exp(x*abs(x)/2)"),
        ("dsolve(y' + abs(x)*y == abs(x))", "C1*exp(-x*abs(x)/2) + 1"),
        ("dsolve(y' == abs(x)*y*(1 - y))", "1/(C1*exp(-x*abs(x)/2) + 1)"),
        ("dsolve(y' == sign(x)*y)", "C1*exp(abs(x))"),
        ("dsolve(2*x*y' == y)", "C1*sqrt(x)"),
    ],
)
def test_an_absolute_value_in_an_exponent_is_no_matter_of_the_constant(text, exact):
    found = _asked(text)
    assert found.exact == exact and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve(y' == abs(y))", "{C1*exp(x) if C1 > 0; C1*exp(-x) otherwise}"),
        ("dsolve(y' == abs(y), y(0) == -1)", "-exp(-x)"),
        ("dsolve(y' == abs(y), y(0) == 0)", "0"),
        ("dsolve(y' == abs(y), y(0) == a)", "{a*exp(x) if a > 0; a*exp(-x) otherwise}"),
        ("dsolve(y' == -2*abs(y - 1), y(0) == 3)", "1 + 2*exp(-2*x)"),
        ("dsolve(y' == max(y, 0))", "{C1*exp(x) if C1 > 0; C1 otherwise}"),
    ],
)
def test_solutions_stay_on_their_side_of_a_corner(text, exact):
    found = _asked(text)
    assert found.exact == exact and found.check.agrees is True


@pytest.mark.parametrize("text", ["dsolve(y' == sqrt(abs(y)))", "dsolve(y' == sign(y))", "dsolve(y' == 1 - abs(y), y(0) == 0)"])
def test_a_corner_that_solutions_pass_has_no_sides(text):
    assert _asked(text).exact is None


@pytest.mark.parametrize(
    ("text", "beginning", "also"),
    [
        ("dsolve(y == 2*x*y' + y'^2)", "(sqrt(x^2 + y(x)) - x)^2*(x + 2*sqrt(x^2 + y(x)))/3 == C1 or ", {"0"}),
        ("dsolve(y == -x*y' + y'^2)", "(2*x - sqrt(x^2 + 4*y(x)))*sqrt(2*abs(x + ", {"0"}),
        ("dsolve(y == x*y'^2 + y')", "x - sqrt(4*x*y(x) + 1) + y(x)", {"0", "x + 1"}),
        ("dsolve(y == y'^2 + y')", "x - sqrt(4*y(x) + 1) - log(", {"0"}),
        ("dsolve(y == 2*x*y' + y'^2, y(1) == 3)", "(sqrt(x^2 + y(x)) - x)^2*(x + 2*sqrt(x^2 + y(x)))/3 == 5/3 or ", set()),
        ("dsolve(y == (x + 1)*y'^2)", "{(x + 1)*(sqrt((C1 + 1)/(x + 1)) + 1)^2, ", {"0", "x + 1"}),
    ],
)
def test_d_alemberts_equation(text, beginning, also):
    found = _asked(text)
    assert found.exact.startswith(beginning) and found.check.agrees is True
    assert {n.removeprefix("also y(x) == ") for n in found.notes if n.startswith("also")} == also


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve(y'' - 2*x*y' + 2*y == 0)", "C1*x + C2*(sqrt(pi)*x*erfi(x) - exp(x^2))"),
        ("integrate(exp(x^2)/(2*x^2 - 1)^2, x)", "sqrt(pi)*erfi(x)/4 - x*exp(x^2)/(4*x^2 - 2)"),
        ("integrate(exp(-x^2)/x^4, x)", "(2*sqrt(pi)*erf(x) + (2*x^2 - 1)*exp(-x^2)/x^3)/3"),
    ],
)
def test_hermites_equation_and_the_integrals_in_it(text, exact):
    found = _asked(text)
    assert found.exact == exact and found.check.agrees is True


def test_a_power_series_up_to_some_order_is_no_solution():
    found = _asked("dsolve(x*y'' + (1 - x)*y' + n*y == 0)")
    assert found.exact is None and not any("Order" in n for n in found.notes)
    assert _asked("integrate(exp(-x^2)/(x - 1)^2, x)").exact is None


def test_roots_of_slopes_on_both_sides() -> None:
    """x == y*y' + y'^2 has solutions with slopes between -1 and 1 too, where sqrt(y'^2 - 1) has no value."""
    found = Session().run("dsolve(x == y*y' + y'^2)")[-1]
    levels = found.exact.split(" or ")
    assert len(levels) == 4 and sum("asin(" in level for level in levels) == 2
    assert sum("sqrt(1 - (sqrt(4*x + y(x)^2)" in level for level in levels) == 2
