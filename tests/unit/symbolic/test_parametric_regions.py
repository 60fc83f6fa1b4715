"""Inequalities with parameters: the solutions by cases."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.slow


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("solve((x - a)*(x - b) > 0, x)", "x < min(a, b) or x > max(a, b)"),
        ("solve((x - a)*(x - b) > 0, x) given a < b", "x < a or x > b"),
        ("solve(x^2 < a^2, x)", "-abs(a) < x < abs(a)"),
        ("solve(1/x > a, x)", "{0 < x < 1/a if a > 0; x < 1/a or x > 0 if a < 0; x > 0 otherwise}"),
        ("solve(1/x >= a, x)", "{0 < x <= 1/a if a > 0; x <= 1/a or x > 0 if a < 0; x > 0 otherwise}"),
        ("solve((x - a)/(x - 1) >= 0, x)", "(x <= min(1, a) or x >= max(1, a)) and x != 1"),
        ("solve(a*x^2 > 1, x)", "{x < -1/sqrt(a) or x > 1/sqrt(a) if a > 0; false otherwise}"),
        ("solve(x^2 + b^2 <= 0, x)", "{x == 0 if b == 0; false otherwise}"),
        ("solve((x - a)^2 + b^2 >= 0, x)", "true"),
        ("solve(x/x < a, x)", "a > 1 and x != 0"),
        ("solve(x^3 > a, x)", "x > cbrt(a)"),
        ("solve(x^2 + 2*x + a >= 0, x) given a > 2", "true"),
        (
            "solve(x^2 + b*x + c > 0, x)",
            "{x < -(b + sqrt(b^2 - 4*c))/2 or x > (sqrt(b^2 - 4*c) - b)/2 if b^2 - 4*c >= 0; true otherwise}",
        ),
        ("solve((x - a)^2*(x - b) >= 0, x)", "x >= b or x == a"),
        ("solve((x - a)^2*(x - b) > 0, x)", "x > b and x != a"),
        ("solve((a - 1)*x^2 <= 0, x)", "a <= 1 or x == 0"),
    ],
)
def test_solutions(question, answer):
    found = ask(question)
    assert (found.exact, found.conditions, found.check.agrees) == (answer, (), True)


def test_a_denominator_of_parameters_is_a_condition():
    found = ask("solve(x/a <= 2, x)")
    assert (found.exact, found.conditions) == ("{x <= 2*a if a > 0; x >= 2*a if a < 0}", ("a != 0",))


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("solve(a*b*x < 1, x)", [(2, -1, 5), (0, 3, 9), (2, 1, 0)], [(2, 1, 3), (-1, 1, -2)]),
        ("solve(1/(x - a) <= 1/(x - b), x)", [(1, 2, 0), (2, 1, "3/2"), (1, 1, 3)], [(1, 2, "3/2"), (2, 1, 0), (1, 1, 1)]),
        ("solve(a*x^2 + b*x <= 1, x)", [(0, 2, "1/2"), (0, 0, 7), (-1, 1, 4), (1, 0, 1)], [(0, 2, 1), (1, 0, 2), (-1, 3, 1)]),
    ],
)
def test_values_of_the_parameters(question, inside, outside):
    found = ask(question).exact
    for places, expected in ((inside, "proved"), (outside, "refuted")):
        for a, b, x in places:
            assert ask(f"check {found} where a = {a}, b = {b}, x = {x}").judged.truth.value == expected, (a, b, x)


@pytest.mark.parametrize("question", ["solve(x^3 + a*x > 1, x)", "solve(sin(x) + x > a, x)"])
def test_no_method(question):
    found = ask(question)
    assert found.exact is None and "no closed form" in found.notes[0]
