"""Critical points and extrema with parameters: where they lie in the domain, and what makes them extrema."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("maximize(x*exp(-a*x), x)", "(1/(a*e), 1/a)", ("a > 0",)),
        ("let x > 0\nminimize(x + a/x, x)", "(2*sqrt(a), sqrt(a))", ("a > 0",)),
        ("let x > 0\nminimize(a*x - log(x), x)", "(1 - log(1/a), 1/a)", ("a > 0",)),
        ("minimize(a*x^2 + b*x, x)", "(-b^2/(4*a), -b/(2*a))", ("a > 0",)),
        ("minimize(a*x^2 + b*y^2, [x, y])", "(0, [0, 0])", ("a > 0", "b > 0")),
        ("critical_points(log(x^2 + a), x)", "{0}", ("a > 0",)),
        ("critical_points(x*exp(-a*x), x)", "{1/a}", ("a != 0",)),
    ],
)
def test_conditions(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)


def test_lagrange_points_are_real() -> None:
    assert Session().run("lagrange(x + y, [x, y], {x^2 + y^2 == a})")[-1].conditions == ("a > 0",)
    assert Session().run("let a > 0\nlagrange(x + y, [x, y], {x^2 + y^2 == a})")[-1].conditions == ()


@pytest.mark.parametrize(
    "question",
    [
        "divergence([x, y, z]/sqrt(x^2 + y^2 + z^2)^3, [x, y, z])",
        "curl([x, y, z]/sqrt(x^2 + y^2 + z^2), [x, y, z])",
        "laplacian(1/sqrt(x^2 + y^2 + z^2), [x, y, z])",
    ],
)
def test_poles_of_fields(question: str) -> None:
    assert Session().run(question)[-1].conditions == ("x^2 + y^2 + z^2 != 0",)


def test_a_field_without_poles_has_no_condition() -> None:
    assert Session().run("curl([x, y, z]/2, [x, y, z])")[-1].conditions == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("let a > 0\nmaximize(log(x) - a*x, x)", "(-(log(a) + 1), 1/a)"),
        ("let a > 0\nminimize(a*x*sqrt(x) - x, x)", "(-4/(27*a^2), 4/(9*a^2))"),
        ("let a > 0\nminimize(x + a*sqrt(1 - x), x)", '"not bounded"'),
    ],
)
def test_functions_fall_only_where_they_are_defined(question: str, answer: str) -> None:
    assert Session().run(question)[-1].exact == answer


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("let a > 0\nminimize(a*x^4 - x^2, x)", "(-1/(4*a), {-1/sqrt(2*a), 1/sqrt(2*a)})", ()),
        ("minimize(x^4 - x^2 + a, x)", "(a - 1/4, {-sqrt(2)/2, sqrt(2)/2})", ()),
        ("let a > 0\nmaximize(x + y, [x, y], {x^2 + y^2 == a})", "(sqrt(2*a), [sqrt(2*a)/2, sqrt(2*a)/2])", ()),
        ("let a > 0\nmaximize(x + y, [x, y], {x*y == a})", None, ()),
        ("let a > 0\nmaximize(x*y*z, [x, y, z], {x + y + z == a})", None, ()),
        ("minimize(a*x^4 - x^2, x)", "(-1/(4*a), {-sqrt(2)*sqrt(1/a)/2, sqrt(2)*sqrt(1/a)/2})", ("a > 0",)),
    ],
)
def test_critical_values_with_parameters_are_ordered_by_sign(
    question: str, answer: str | None, conditions: tuple[str, ...]
) -> None:
    found = Session().run(question)[-1]
    assert found.exact == answer
    assert answer is None or found.conditions == conditions


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("minimize(x^4 - a*x^2, x)", "{(0, 0) if a < 0; (-a^2/4, {-sqrt(2)*sqrt(a)/2, sqrt(2)*sqrt(a)/2}) otherwise}"),
        ("maximize(a*x - x^2, x = 0..1)", "{(0, 0) if a < 0; (a^2/4, a/2) if 0 <= a < 2; (a - 1, 1) otherwise}"),
        ("minimize(x^2 + a*x + 1, x) given x >= 1", "{(1 - a^2/4, -a/2) if a < -2; (a + 2, 1) otherwise}"),
        ("maximize(exp(a*x), x = 0..1)", "{(1, 0) if a < 0; (exp(a), 1) otherwise}"),
        ("minimize(a*x^2 + x, x = -1..1)", "{(a - 1, -1) if a < 1/2; (-1/(4*a), -1/(2*a)) otherwise}"),
        ("maximize(a*sin(x) + cos(x), x = 0..pi/2)", "{(1, 0) if a < 0; (sqrt(a^2 + 1), atan(a)) otherwise}"),
        (
            "minimize(cos(x)^2 + a*cos(x), x = 0..pi)",
            "{(a + 1, 0) if a < -2; (-a^2/4, acos(-a/2)) if -2 <= a < 2; (1 - a, pi) otherwise}",
        ),
        ("minimize(abs(x^2 - a), x)", "{(abs(a), 0) if a < 0; (0, {-sqrt(a), sqrt(a)}) otherwise}"),
        (
            "minimize(abs(x - a) + abs(x - 1), x)",
            "{(abs(a - 1), a <= x <= 1) if a < 1; (abs(a - 1), 1 <= x <= a) if a > 1; (0, 1) otherwise}",
        ),
        (
            "maximize(x^3 - a*x, x = -1..1)",
            "{(1 - a, 1) if a < 3/4; (2*sqrt(3)*a^(3/2)/9, -sqrt(3)*sqrt(a)/3) if 3/4 < a < 3; (a - 1, -1) if a >= 3; (1/4, {-1/2, 1}) otherwise}",
        ),
    ],
)
def test_cases_of_one_parameter(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, ())
    assert found.check is not None and found.check.agrees is True


def test_where_there_is_no_extremum_is_told() -> None:
    found = Session().run("minimize(a*x^4 + x^2, x)")[-1]
    assert (found.exact, found.conditions) == ("(0, 0)", ("a >= 0",)) and "where a < 0: not bounded" in found.notes


def test_a_corner_with_two_parameters_is_no_condition_on_impulses() -> None:
    found = Session().run("minimize(abs(x - a) + abs(x - b), x)")[-1]
    assert (found.exact, found.conditions) == ("(abs(a - b), {a, b})", ())


def test_a_minimum_on_a_line_needs_that_the_function_rises_along_it() -> None:
    found = Session().run("minimize(a*x^2 + b*y^2, [x, y], {x + y == 1})")[-1]
    assert (found.exact, found.conditions) == ("(a*b/(a + b), [b/(a + b), a/(a + b)])", ("a + b > 0",))
    assert not any("not shown" in n for n in found.notes)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "minimize((x - a)^2 + y^2, [x, y], {y^2 == 4*x})",
            "{(a^2, [0, 0]) if a < 2; (4*a - 4, {[a - 2, -2*sqrt(a - 2)], [a - 2, 2*sqrt(a - 2)]}) otherwise}",
        ),
        (
            "minimize((x - a)^2 + y^2, [x, y], {y == x, x >= 0})",
            "{(a^2, [0, 0]) if a < 0; (a^2/2, [a/2, a/2]) otherwise}",
        ),
    ],
)
def test_places_in_all_variables_in_each_case(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.check is not None and found.check.agrees) == (answer, True)


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("maximize(x + y, [x, y], {x^2 + y^2 == a})", "(sqrt(2*a), [sqrt(2*a)/2, sqrt(2*a)/2])", ("a >= 0",)),
        ("maximize(x + y, [x, y], {x^2 + y^2 <= a})", "(sqrt(2*a), [sqrt(2*a)/2, sqrt(2*a)/2])", ("a >= 0",)),
        ("maximize(x + y, [x, y], {x^2 + y^2 == a^2})", "(sqrt(2)*abs(a), [sqrt(2)*abs(a)/2, sqrt(2)*abs(a)/2])", ()),
        (
            "maximize(4*x*y, [x, y], {x^2/a^2 + y^2 == 1, x >= 0, y >= 0})",
            "(2*abs(a), [sqrt(2)*abs(a)/2, sqrt(2)/2])",
            ("a != 0",),
        ),
        ("minimize(x^2 + y^2, [x, y], {x + y >= a})", "{(a^2/2, [a/2, a/2]) if a >= 0; (0, [0, 0]) otherwise}", ()),
        ("maximize(3*x + 2*y, [x, y], {x + y <= a, x >= 0, y >= 0})", "(3*a, [a, 0])", ("a >= 0",)),
        (
            "minimize(x^2 + y^2, [x, y], {x*y == a})",
            "{(2*a, {[-sqrt(a), -sqrt(a)], [sqrt(a), sqrt(a)]}) if a >= 0; "
            "(-2*a, {[-sqrt(-a), sqrt(-a)], [sqrt(-a), -sqrt(-a)]}) otherwise}",
            (),
        ),
        ("let p, q, m > 0\nmaximize(x*y, [x, y], {p*x + q*y <= m, x >= 0, y >= 0})", "(m^2/(4*p*q), [m/(2*p), m/(2*q)])", ()),
        (
            "minimize(2*r^2 + r*h, [r, h], {r^2*h == a, r > 0, h > 0})",
            "(3*2^(2/3)*a^(2/3)/2, [2^(1/3)*a^(1/3)/2, 2*2^(1/3)*a^(1/3)])",
            ("a > 0",),
        ),
    ],
)
def test_extrema_by_the_sign_of_a_parameter(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)
    assert found.check is not None and found.check.agrees is True


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("solve({2*r + h + 2*r*h*m == 0, 2*r + r^2*m == 0, r^2*h == a}, [r, h, m])", 1),
        ("solve({x^2 == a*y, y^2 == b*x}, [x, y])", 2),
    ],
)
def test_systems_with_parameters_have_real_solutions_alone(question: str, answer: int) -> None:
    found = Session().run(question)[-1]
    assert found.check is not None and found.check.agrees is True
    assert found.exact is not None and "(-" not in found.exact and found.exact.count("[") == answer


def test_critical_points_with_odd_roots_of_any_sign() -> None:
    found = Session().run("critical_points(x*y + a/x + b/y, [x, y])")[-1]
    assert found.exact == "{[abs(a)^(2/3)*sign(b)/abs(b)^(1/3), abs(b)^(2/3)*sign(a)/abs(a)^(1/3)]}"
    assert set(found.conditions) == {"a != 0", "b != 0"}


def test_lagrange_points_for_each_sign_of_a_parameter() -> None:
    found = Session().run("lagrange(x^2 + y^2, x*y == a, [x, y])")[-1]
    assert found.exact == (
        "{{([-sqrt(a), -sqrt(a)], 2*a), ([sqrt(a), sqrt(a)], 2*a)} if a > 0; "
        "{([-sqrt(-a), sqrt(-a)], -2*a), ([sqrt(-a), -sqrt(-a)], -2*a)} if a < 0; {([0, 0], 0)} otherwise}"
    )
    assert found.conditions == () and found.check is not None and found.check.agrees


def test_a_quadratic_on_a_line_needs_the_sign_of_a_product() -> None:
    found = Session().run("maximize(x*y, [x, y], {a*x + b*y == c})")[-1]
    assert (found.exact, found.conditions) == ("(c^2/(4*a*b), [c/(2*a), c/(2*b)])", ("a*b > 0",))


@pytest.mark.parametrize("question", ["maximize(x^a*y^(1 - a), [x, y], {p*x + q*y == m})", "maximize(x*exp(-a*x), x = 0..oo)"])
def test_no_candidate_is_called_global_where_other_values_are_higher_for_some_parameters(question: str) -> None:
    assert Session().run(question)[-1].exact is None


def test_multipliers_ask_for_what_they_are_divided_by() -> None:
    found = Session().run("lagrange(x + 2*y, x^2 + y^2 == r^2, [x, y])")[-1]
    assert found.conditions == ("r != 0",)
