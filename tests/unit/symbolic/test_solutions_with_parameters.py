"""Solutions of equations with parameters: what is left out and what that leaves, families, declared ranges, whole unknowns."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def solved(text: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    found = Session().run(text)[-1]
    assert found.exact is None or found.check is None or found.check.agrees is not False
    return found.exact, found.conditions, found.notes


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("solve(a*x == b, x)", "where a == 0: every x if b == 0, otherwise no solution"),
        ("solve(a*x == a, x)", "where a == 0: every x"),
        ("solve(sin(a*x) == 0, x)", "where a == 0: every x"),
        ("solve(cos(a*x) == 1/2, x)", "where a == 0: no solution"),
        ("solve(exp(a*x) == 2, x)", "where a == 0: no solution"),
        ("solve(log(a*x) == 1, x)", "where a == 0: no solution"),
    ],
)
def test_what_a_vanishing_factor_leaves(question: str, left_out: str) -> None:
    _, conditions, notes = solved(question)
    assert conditions == ("a != 0",) and [n for n in notes if n.startswith("where")] == [left_out]


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("solve(sin(a*x) == 0, x)", "{pi*k/a}", ("a != 0",)),
        ("solve(cos(x) == cos(a), x)", "{a + 2*pi*k, 2*pi*k - a}", ()),
        ("solve(a*sin(x) + b*cos(x) == 0, x)", "{pi*k + atan2(a, b) - pi/2}", ("a^2 + b^2 != 0",)),
        ("solve(sin(x) == a*cos(x), x)", "{pi*k + atan2(1, -a) - pi/2}", ()),
        ("solve(sin(x) == a, x) given a > 1", "{}", ()),
        ("let x : positive integer\nsolve(x^2 == a, x)", "{sqrt(a)}", ("floor(sqrt(a)) == sqrt(a)", "a > 0")),
        ("let x in [0, 1]\nsolve(x^2 == a, x)", "{sqrt(a)}", ("0 <= a <= 1",)),
        ("let x <= 1\nsolve(x^2 == a, x)", "{{-sqrt(a), sqrt(a)} if 0 <= a <= 1; {-sqrt(a)} if a > 1; {} otherwise}", ()),
        ("let x <= 0\nsolve(x^2 == a, x)", "{-sqrt(a)}", ("a >= 0",)),
        ("let x in (-1, 0]\nsolve(x^2 == a, x)", "{-sqrt(a)}", ("0 <= a < 1",)),
        ("let x >= 0\nsolve(abs(x) == a, x)", "{a}", ("a >= 0",)),
        ("let x in [0, 1]\nsolve(x == -a^2, x)", "{0}", ("a == 0",)),
        (
            "solve({a*x + b*y == e, c*x + d*y == f}, [x, y])",
            "{[(e*d - b*f)/(a*d - b*c), (a*f - e*c)/(a*d - b*c)]}",
            ("a*d - b*c != 0",),
        ),
    ],
)
def test_solutions(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    assert solved(question)[:2] == (answer, conditions)


def test_a_system_says_nothing_of_cases_that_its_answer_leaves_out() -> None:
    exact, conditions, notes = solved("solve({a*x + b*y == 1, c*x + d*y == 2}, [x, y])")
    assert exact is not None and conditions == ("a*d - b*c != 0",) and notes == ("the only solution",)


@pytest.mark.parametrize("question", ["solve(sign(x) == a, x)", "let x in [0, 2*pi]\nsolve(sin(x) + cos(x) == a, x)"])
def test_no_answer_where_parameters_decide_what_is_a_solution(question: str) -> None:
    assert solved(question)[0] is None


@pytest.mark.parametrize("a", [-1, 0, 1])
def test_a_wave_takes_its_value_at_the_solutions(a: int) -> None:
    session = Session()
    session.run("let k : integer")
    exact = solved("solve(sin(x) + sqrt(3)*cos(x) == a, x)")[0]
    assert exact is not None
    for member in exact.strip("{}").split(", "):
        claim = f"check sin({member}) + sqrt(3)*cos({member}) == {a} where a = {a}"
        assert session.run(claim)[-1].to_dict()["verdict"] == "proved"
