"""Linear systems with named coefficients, lengths of curves with infinite slopes, and eigenvectors and expansions with conditions."""

import pytest

import twofold


def last(text: str) -> dict:
    return twofold.Session(in_process=True).run(text)[-1].to_dict()


def test_a_system_of_two_with_named_coefficients_is_solved_by_the_sign_of_its_discriminant() -> None:
    found = last("dsolve({x' == a*x + y, y' == -x})")
    assert "if a^2 - 4 < 0" in found["exact"] and "if a^2 - 4 == 0" in found["exact"]
    assert found["check"]["agrees"] and found["seconds"] < 6
    assert last("dsolve({x' == a*x + b*y, y' == c*x + d*y})")["check"]["agrees"]


def test_what_a_system_divides_by_is_a_condition() -> None:
    assert last("dsolve({x' == a*x, y' == b*y + x})")["conditions"] == ["a != b"]
    assert not last("dsolve({x' == a*x + b*y, y' == b*x + a*y})").get("conditions")
    assert last("dsolve({x' == a*y, y' == -a*x})")["exact"] == "[C1*cos(a*t) + C2*sin(a*t), C2*cos(a*t) - C1*sin(a*t)]"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve(x*y' + a*y == x^2)", "C1*x^(-a) + x^2/(a + 2)"),
        ("arclength(sqrt(1 - x^2), x = -1..1)", "pi"),
        ("eigenvalues([abs(a), 0; 0, -a])", "{-a, abs(a)}"),
        ("series(x^a/(1 - x), x = 0, 3)", "x^a*(x^3 + x^2 + x + 1)"),
        (
            "let f, y : function\ndiff(f(x, y(x)), x)",
            "diff(y(x), x)*(diff(f(x, t), t) where t = y(x)) + (diff(f(t, y(x)), t) where t = x)",
        ),
    ],
)
def test_an_answer_is_short_and_can_be_typed_back_in(text: str, exact: str) -> None:
    assert last(text)["exact"] == exact


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("eigenvectors([exp(a), 1; 0, 1])", ["a != 0"]),
        ("eigenvectors([sin(t), 1; 0, exp(t)])", ["exp(t) - sin(t) != 0"]),
        ("eigenvectors([cos(t), sin(t); sin(t), -cos(t)])", ["sin(t) != 0"]),
        ("logm([cos(t), -sin(t); sin(t), cos(t)])", ["sin(t) != 0"]),
        ("critical_points(a*x^2 + b*x*y + c*y^2, [x, y])", ["4*a*c != b^2"]),
        ("diff(binomial(x, 2), x)", []),
        ("sum(a^k*b^(n - k), k = 0..n)", ["a != b"]),
        ("rref([a, b, c; d, x, f])", ["a*x - b*d != 0"]),
    ],
)
def test_conditions_are_those_that_are_needed(text: str, conditions: list[str]) -> None:
    assert (last(text).get("conditions") or []) == conditions


def test_kinds_that_no_parameter_has_are_left_out() -> None:
    assert "local maximum" not in last("classify(a*x^2 + y^2, [x, y])")["exact"]
