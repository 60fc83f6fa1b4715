"""Differential equations: answers, what has no solution, and what stands for what in a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.checks.differential import differential
from twofold.engine.session import Session
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.context import Context

ANSWERS = {
    "dsolve(y'' + y == 0, y(x))": "C1*cos(x) + C2*sin(x)",
    "dsolve(y'' + y == 0, y, x)": "C1*cos(x) + C2*sin(x)",
    "dsolve(diff(y(x), x) + y(x) == x, y(x))": "C1*exp(-x) + x - 1",
    "dsolve({y' + 2*y == x, y(0) == 1}, y(x))": "x/2 - 1/4 + 5*exp(-2*x)/4",
    "dsolve({y'' - 3*y' + 2*y == exp(3*x), y(0) == 0, y'(0) == 1}, y(x))": "(exp(3*x) - exp(x))/2",
    "dsolve({y'' + w^2*y == 0, y(0) == a, y'(0) == b}, y(t))": "a*cos(t*w) + b*sin(t*w)/w",
    "dsolve(y'' + 4*y == sin(2*x), y(x))": "C1*cos(2*x) + C2*sin(2*x) - x*cos(2*x)/4",
    "dsolve(y'' - 2*y' + y == exp(x), y(x))": "C1*exp(x) + C2*x*exp(x) + x^2*exp(x)/2",
    "dsolve(y''' - y == 0, y(x))": "C1*exp(x) + C2*exp(-x/2)*cos(sqrt(3)*x/2) + C3*exp(-x/2)*sin(sqrt(3)*x/2)",
    "dsolve(x*y' - y == x^2*cos(x), y(x))": "C1*x + x*sin(x)",
    "dsolve(y' + y*tan(x) == cos(x), y(x))": "C1*cos(x) + x*cos(x)",
    "dsolve({y' == 1 + y^2, y(0) == 0}, y(x))": "tan(x)",
    "dsolve({y'' + y == 0, y(0) == 0, y(pi) == 0}, y(x))": "C1*sin(x)",
    "dsolve({x' == y, y' == -x}, [x(t), y(t)])": "[C1*cos(t) + C2*sin(t), C2*cos(t) - C1*sin(t)]",
    "dsolve({x' == 2*x + y, y' == x + 2*y, x(0) == 1, y(0) == 0}, [x(t), y(t)])": "[(exp(3*t) + exp(t))/2, (exp(3*t) - exp(t))/2]",
    "dsolve({x' == y + t, y' == -x}, [x(t), y(t)])": "[C1*cos(t) + C2*sin(t) + 1, C2*cos(t) - C1*sin(t) - t]",
}


ANSWERS |= {
    # separable
    "dsolve({y' == y*(1 - y), y(0) == 1/2}, y(x))": "1/(1 + exp(-x))",
    "dsolve({y' == y^2, y(0) == 1}, y(x))": "1/(1 - x)",
    "dsolve({y' == -x/y, y(0) == -2}, y(x))": "-sqrt(4 - x^2)",
    "dsolve(y' == exp(x - y), y(x))": "log(C1 + exp(x))",
    "dsolve({y' == x*y^2, y(0) == 0}, y(x))": "0",
    "dsolve(y' == y*log(y), y(x))": "exp(C1*exp(x))",
    "dsolve({y' == (1 + x)*(1 + y^2), y(0) == 1}, y(x))": "tan(x^2/2 + x + pi/4)",
    # Bernoulli, Riccati, of a sum, homogeneous, Clairaut
    "dsolve(x*y' + y == y^2*log(x), y(x))": "1/(C1*x + log(x) + 1)",
    "dsolve(y' == y^2 - 2*x*y + x^2 + 1, y(x))": "x + 1/(C1 - x)",
    "dsolve(y' == (x + y)^2, y(x))": "tan(C1 + x) - x",
    "dsolve(y' == y/x + y^2/x^2, y(x))": "x/(C1 - log(abs(x)))",
    "dsolve(y == x*y' + (y')^2, y(x))": "C1*(C1 + x)",
    # exact, with an integrating factor, and what cannot be solved for y
    "dsolve({2*x*y + 1 + (x^2 + 2*y)*y' == 0, y(0) == 1}, y(x))": "(sqrt(x^4 - 4*x + 4) - x^2)/2",
    "dsolve(3*x*y + y^2 + (x^2 + x*y)*y' == 0, y(x))": "{sqrt(C1 + x^4)/x - x, -(x + sqrt(C1 + x^4)/x)}",
    "dsolve(y*cos(x*y) + 1 + x*cos(x*y)*y' == 0, y(x))": "x + sin(x*y(x)) == C1",
    "dsolve(y + (2*x - y*exp(y))*y' == 0, y(x))": "x*y(x)^2 - y(x)^2*exp(y(x)) + 2*y(x)*exp(y(x)) - 2*exp(y(x)) == C1",
    "dsolve({y' == x^2/(1 + y^2), y(0) == 0}, y(x))": "y(x)^3 - x^3 + 3*y(x) == 0",
    "dsolve(y' == (x + y)/(x - y), y(x))": "2*atan(y(x)/x) - log(1 + y(x)^2/x^2) - 2*log(abs(x)) == C1",
    # of second order with variable coefficients
    "dsolve(x^2*y'' - 3*x*y' + 4*y == 0, y(x))": "C1*x^2 + C2*x^2*log(x)",
    "dsolve(x^2*y'' + x*y' + y == 0, y(x))": "C1*cos(log(x)) + C2*sin(log(x))",
    "dsolve(x^2*y'' - 2*y == x^2, y(x))": "C1/x + C2*x^2 + x^2*log(x)/3",
    "dsolve({x^2*y'' + x*y' - y == 0, y(1) == 2, y'(1) == 0}, y(x))": "x + 1/x",
    "dsolve(x*y'' + y' == 0, y(x))": "C1 + C2*log(x)",
    "dsolve(y'' + 2*x*y' == 0, y(x))": "C1 + C2*erf(x)",
    "dsolve(x^2*y'' + x*y' + (4*x^2 - 1)*y == 0, y(x))": "C1*besselj(1, 2*x) + C2*bessely(1, 2*x)",
    "dsolve(y'' == x*y, y(x))": "C1*airyai(x) + C2*airybi(x)",
    "dsolve(y'' + (y')^2 == 0, y(x))": "C2 + log(abs(C1 + x))",
}

ANSWERS |= {
    # roots of squares are differentiable, and the sign of a given value chooses the branch
    "dsolve({y*y' == x, y(0) == 0}, y(x))": "{x, -x}",
    "dsolve({y*y' == x, y(1) == -1}, y(x))": "-x",
    "dsolve({y*y' == x*(1 + x^2), y(0) == 0}, y(x))": "{x*sqrt(x^2/2 + 1), -x*sqrt(x^2/2 + 1)}",
    "dsolve({y*y' == x, y(0) == b}, y(x))": "{sqrt(b^2 + x^2) if b > 0; -sqrt(b^2 + x^2) otherwise}",
    # polynomials in y'
    "dsolve({y'^2 == 4*y, y(0) == 0}, y(x))": "{x^2, 0}",
    "dsolve({y'^2 == 4*y, y(1) == 1}, y(x))": "{(x - 2)^2, x^2}",
    "dsolve(y'^2 == 1 - y^2, y(x))": "sin(C1 + x)",
    "dsolve({y'^2 - 3*y' + 2 == 0, y(0) == 1}, y(x))": "{2*x + 1, x + 1}",
    "dsolve({y == x*y' + y'^2, y(2) == -1}, y(x))": "{1 - x, -x^2/4}",
    # the sign of a discriminant
    "dsolve(y'' + a*y == 0, y(x))": "{C1*cos(sqrt(a)*x) + C2*sin(sqrt(a)*x) if a > 0; C1 + C2*x if a == 0;"
    " C1*exp(x*sqrt(-a)) + C2*exp(-x*sqrt(-a)) otherwise}",
    "dsolve({y'' + a*y == 0, y(0) == 0, y'(0) == 1}, y(x))": "{sin(sqrt(a)*x)/sqrt(a) if a > 0; x if a == 0;"
    " (exp(x*sqrt(-a)) - exp(-x*sqrt(-a)))/(2*sqrt(-a)) otherwise}",
    "dsolve(y'' + a*y == 1, y(x))": "{C1*cos(sqrt(a)*x) + C2*sin(sqrt(a)*x) + 1/a if a > 0; C1 + C2*x + x^2/2 if a == 0;"
    " C1*exp(x*sqrt(-a)) + C2*exp(-x*sqrt(-a)) + 1/a otherwise}",
    "let m > 0, k > 0; dsolve(m*y'' + k*y == 0, y(x))": "C1*cos(x*sqrt(k/m)) + C2*sin(x*sqrt(k/m))",
}


@pytest.mark.parametrize("text", ANSWERS)
def test_solutions(text: str) -> None:
    row = Session().run(text)[-1].to_dict()
    assert row["exact"] == ANSWERS[text]
    assert row["check"]["agrees"] is True


def test_conditions_that_no_solution_meets() -> None:
    row = Session().run("dsolve({y'' + y == 0, y(0) == 0, y(pi) == 1}, y(x))")[-1].to_dict()
    assert row["exact"] == "{}"
    assert "no solution meets the conditions" in row["notes"]


def test_frequencies_that_meet_are_excluded() -> None:
    row = Session().run("dsolve(y'' + w^2*y == cos(v*t), y(t))")[-1].to_dict()
    assert row["exact"] == "C1*cos(t*w) + C2*sin(t*w) - cos(t*v)/(v^2 - w^2)"
    # Without a frequency there is a solution t, which the sine does not give.
    assert row["conditions"] == ["(w - v)*(v + w) != 0", "w != 0"]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("dsolve(y'' - (a + b)*y' + a*b*y == 0, y(x))", ["a != b"]),
        ("let a > 0\ndsolve(y'' + a^2*y == 0, y(x))", None),
        # The one solution with these values is right for every name.
        ("dsolve({y'' + a^2*y == 0, y(0) == 1, y'(0) == 0}, y(x))", None),
    ],
)
def test_roots_that_meet_are_excluded(text, conditions) -> None:
    assert Session().run(text)[-1].to_dict().get("conditions") == conditions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("y = 3\ndsolve(y' == y, y(x))", "not-a-function"),
        ("dsolve(y' > y, y(x))", "not-an-equation"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    assert Session().run(text)[-1].to_dict()["error"]["code"] == code


NOTES = {
    "dsolve(y' == y^2, y(x))": "also y(x) == 0",
    "dsolve(y' == y^2 - 1, y(x))": "also y(x) == -1",
    "dsolve({y' == y^(2/3), y(0) == 0}, y(x))": "there may be other solutions",
    "dsolve(y'' + (y')^2 == 0, y(x))": "also y(x) == C1",
    "dsolve(y'^2 == 4*y, y(x))": "also y(x) == 0",
    "dsolve({y'^2 == 4*y, y(0) == 0}, y(x))": "there may be other solutions",
    "dsolve({y'^2 == x^2, y(0) == 0}, y(x))": "there may be other solutions",
    "dsolve({y*y' == 1, y(0) == 0}, y(x))": "without a derivative at x = 0 itself",
}


@pytest.mark.parametrize("text", NOTES)
def test_solutions_that_no_constant_gives_are_named(text: str) -> None:
    assert NOTES[text] in Session().run(text)[-1].to_dict()["notes"]


def test_a_branch_of_a_root_has_a_condition() -> None:
    row = Session().run("dsolve(y' == sqrt(y), y(x))")[-1].to_dict()
    assert row["exact"] == "(C1 + x/2)^2"
    assert row["conditions"] == ["C1 + x/2 >= 0"]


def test_slopes_that_never_meet_leave_no_other_solutions() -> None:
    row = Session().run("dsolve({y'^2 == 1, y(0) == 0}, y(x))")[-1].to_dict()
    assert row["exact"] == "{x, -x}"
    assert "there may be other solutions" not in row.get("notes", [])


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("dsolve({y' == sqrt(1 - y^2), y(0) == 0}, y(x))", ["-pi/2 <= x <= pi/2"]),
        ("dsolve(y' == 3*y^(2/3), y(x))", ["C1 + x >= 0"]),
        ("dsolve(m*y'' + k*y == 0, y(x))", ["m != 0"]),
    ],
)
def test_what_a_solution_asks_for(text: str, conditions: list[str]) -> None:
    assert Session().run(text)[-1].to_dict()["conditions"] == conditions


@pytest.mark.parametrize("text", ["dsolve({y*y' == -x, y(0) == 0}, y(x))", "dsolve({y'^2 == 1 - y^2, y(0) == 2}, y(x))"])
def test_where_no_real_solution_passes_none_is_given(text: str) -> None:
    assert "exact" not in Session().run(text)[-1].to_dict()


@pytest.mark.parametrize("text", ["dsolve(y' == x^2 + y^2, y(x))", "dsolve(y'' == y^2 + x, y(x))"])
def test_what_has_no_closed_form_is_not_answered(text: str) -> None:
    row = Session().run(text)[-1].to_dict()
    assert "exact" not in row
    assert any("no closed form found" in n for n in row["notes"])


@pytest.mark.parametrize(
    ("answer", "agrees"), [("x^2 + y(x)^2 == C1", True), ("x^2 - y(x)^2 == C1", False), ("x + y(x) == C1", False)]
)
def test_level_lines_are_checked_by_their_slope(term: Callable[..., Term], answer: str, agrees: bool) -> None:
    scope = {"y": Symbol("y", "function"), "x": Symbol("x"), "C1": Symbol("C1")}
    question, claimed = term("dsolve(y'(x) == -x/y(x), y(x))", scope), term(answer, scope)
    found = differential(question, claimed, Context(()))
    assert found is not None and found.agrees is agrees


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve({y'(x) == heaviside(x - 1), y(0) == 0}, y(x))", "{0 if x <= 1; x - 1 otherwise}"),
        ("dsolve({y'(x) == abs(x), y(0) == 0}, y(x))", "x*abs(x)/2"),
    ],
)
def test_a_right_side_with_a_jump_or_a_corner_is_no_conflict(text, exact):
    found = Session().run(f"let y : function\n{text}")[-1]
    assert found.exact == exact and found.check.agrees


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("dsolve(y' == y^2, y(0) == a)", "a/(1 - a*x)", ()),
        ("dsolve(y' == y^3, y(0) == a)", "a/sqrt(1 - 2*a^2*x)", ()),
        ("dsolve(y' + y == x*y^2, y(0) == a)", "a/(a*x - a*exp(x) + a + exp(x))", ()),
        ("dsolve(y' == x/y, y(0) == a)", "{sqrt(a^2 + x^2) if a > 0; -sqrt(a^2 + x^2) otherwise}", ("a != 0",)),
        ("dsolve(y' == -k*y^n, y(0) == a)", "(a^(1 - n) + k*n*x - k*x)^(1/(1 - n))", ("a > 0", "n != 1")),
    ],
)
def test_an_initial_value_with_a_name_has_no_superfluous_condition(text, exact, conditions):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve(x*y'^2 == 2*y*y' - x)", "(C1^2 + x^2)/(2*C1)"),
        ("dsolve(x*y'^2 - 2*y*y' - x == 0)", "(C1 - x)*(C1 + x)/(2*C1)"),
        ("dsolve(x*y'^2 == 2*y*y' - x, y(1) == 1)", "{(x^2 + 1)/2, x}"),
        ("dsolve(y'^2 == y^2 - 1)", "(C1*exp(x) + exp(-x)/C1)/2"),
        ("dsolve(y*y'' == y'^2)", "C1*exp(C2*x)"),
        ("dsolve(y'' == 2*y*y')", "{C2*tan(C1 + C2*x), C2*(C1 - exp(2*C2*x))/(C1 + exp(2*C2*x)), 1/(C1 - x)}"),
        ("dsolve(y*y'' == 2*y'^2)", "1/(C1 - C2*x)"),
        ("dsolve(x*y'' + (1 - x)*y' + y == 0)", "C1*(x - 1) + C2*(x*Ei(x) - x*exp(x)/(x - 1) - Ei(x) + exp(x)/(x - 1))"),
    ],
)
def test_homogeneous_relations_and_equations_without_the_variable(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True


def test_what_stands_below_a_coefficient_is_multiplied_by():
    found = Session().run("dsolve(L*q'' + R*q' + q/C == V)")[-1]
    assert found.exact.startswith("{C*V + C1*exp(-R*x/(2*L))*cos(") and found.check.agrees is True
    assert found.conditions == ("C*L != 0",)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("dsolve(y' == -k*(y - T))", "C1*exp(-k*x) + T", ()),
        ("dsolve(y' + p*y == q)", "C1*exp(-p*x) + q/p", ("p != 0",)),
        ("dsolve(y'' + w^2*y == 0, y(0) == a, y'(0) == 0)", "a*cos(w*x)", ()),
        ("dsolve(y'' + w^2*y == w^2*c)", "C1*cos(w*x) + C2*sin(w*x) + c", ("w != 0",)),
        ("dsolve(x*y'^2 - y*y' + 1 == 0)", "C1*x + 1/C1", ()),
        ("dsolve(y == x*y' + exp(y'))", "C1*x + exp(C1)", ()),
        ("dsolve(2*y*y'' == y'^2)", "(C1 + C2*x/2)^2", ()),
    ],
)
def test_solutions_and_what_they_ask_for(text, exact, conditions):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


def test_lines_of_a_relation_that_is_no_polynomial_in_the_slope():
    assert Session().run("dsolve(y == x*y' + sqrt(1 + y'^2), y(0) == 2)")[-1].error is None


@pytest.mark.parametrize("declared", ["a > 0", "a != 0", "a : real"])
def test_a_coefficient_that_may_not_be_zero_by_declaration(declared: str) -> None:
    found = Session().run(f"let {declared}\ndsolve({{y'(x) + a*y(x) == 1, y(0) == 0}}, y(x))")[-1]
    assert found.check is not None and found.check.agrees is True
    assert found.conditions == (("a != 0",) if "real" in declared else ())


@pytest.mark.parametrize(
    ("equation", "conditions", "exact"),
    [
        ("y''(x) == 2*y(x)^3", "y(0) == 1, y'(0) == 1", "-1/(x - 1)"),
        ("y''(x) == exp(y(x))", "y(0) == 0, y'(0) == sqrt(2)", "-2*log(1 - sqrt(2)*x/2)"),
        ("y''(x) == 2*y(x)^3 - 2*y(x)", "y(0) == 0, y'(0) == 1", "tanh(x)"),
        ("y''(x) == 2*y(x)^3", "y(0) == 1, y'(0) == 2", None),
        ("y''(x) == 2*y(x)^3", "y(0) == 1, y'(1) == 1", None),
    ],
)
def test_from_a_place_and_a_slope_by_energy(equation, conditions, exact):
    found = Session().run(f"let y : function\ndsolve({{{equation}, {conditions}}}, y(x))")[-1]
    assert found.exact == exact and (exact is None or found.check.agrees is True)
