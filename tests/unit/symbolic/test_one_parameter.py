"""Equations and inequalities with one parameter, in all its cases; judged by what they are for single values of the parameter."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

import pytest

from twofold.engine.session import Session


def solved(text: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    found = Session().run(text)[-1]
    assert found.exact is None or found.check is not None and found.check.agrees is True
    return found.exact, found.conditions, found.notes


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "solve(abs(x^2 - 1) == a, x)",
            "{{-sqrt(1 - a), sqrt(1 - a), -sqrt(a + 1), sqrt(a + 1)} if 0 <= a <= 1; {-sqrt(a + 1), sqrt(a + 1)} if a > 1; {} otherwise}",
        ),
        (
            "solve(exp(2*x) - 2*exp(x) == a, x)",
            "{{log(1 - sqrt(a + 1)), log(sqrt(a + 1) + 1)} if -1 <= a < 0; {log(sqrt(a + 1) + 1)} if a >= 0; {} otherwise}",
        ),
        ("solve((x^2 - a^2)/(x - 1) == 0, x)", "{{-a, a} if a < -1 or -1 < a < 1 or a > 1; {-1} otherwise}"),
        ("solve(x*abs(x) == a, x)", "{{-sqrt(-a)} if a < 0; {sqrt(a)} otherwise}"),
        ("solve(x^3 == a*x, x)", "{{0} if a < 0; {0, -sqrt(a), sqrt(a)} otherwise}"),
        ("solve(exp(x) > a, x)", "{true if a <= 0; x > log(a) otherwise}"),
        ("solve(x^3 > a*x, x)", "{x > 0 if a <= 0; -sqrt(a) < x < 0 or x > sqrt(a) otherwise}"),
        ("solve(abs(x - 1) + abs(x + 1) < a, x)", "{-a/2 < x < a/2 if a > 2; false otherwise}"),
        (
            "solve(x^3 - 3*x + a == 0, x)",
            "{{-2*sin(acos(-a/2)/3 + pi/6), -2*cos((acos(-a/2) + pi)/3), 2*cos(acos(-a/2)/3)} if -2 <= a <= 2; "
            "{2^(2/3)*(cbrt(sqrt(a^2 - 4) - a) - cbrt(a + sqrt(a^2 - 4)))/2} otherwise}",
        ),
        ("solve(sin(x) > a, x)", "{true if a < -1; 2*pi*k + asin(a) < x < 2*pi*k - asin(a) + pi if a < 1; false otherwise}"),
        ("let a in [0, 1/2]\nsolve(2*sin(x) < a, x)", "2*pi*k - asin(a/2) - pi < x < 2*pi*k + asin(a/2)"),
        (
            "let x in [0, 2*pi]\nsolve(sin(x) == a, x)",
            "{{pi - asin(a), asin(a) + 2*pi} if -1 <= a < 0; {pi - asin(a), asin(a)} if 0 < a <= 1; {0, pi, 2*pi} if a == 0; {} otherwise}",
        ),
        (
            "let x in [0, 2*pi]\nsolve(sin(x) == a*cos(x), x)",
            "{{atan(a) + pi, atan(a) + 2*pi} if a < 0; {atan(a) + pi, atan(a)} if a > 0; {0, pi, 2*pi} otherwise}",
        ),
        ("solve(tan(x) >= a, x)", "pi*k + atan(a) <= x < pi*k + pi/2"),
    ],
)
def test_cases(question: str, answer: str) -> None:
    assert solved(question)[:2] == (answer, ())


@pytest.mark.parametrize(
    ("question", "answer", "condition"),
    [
        ("solve(sqrt(x^2 - 1) == x - a, x)", "{(a + 1/a)/2}", "a <= -1 or 0 < a <= 1"),
        ("solve(x + 1/x == a, x)", "{(a - sqrt(a^2 - 4))/2, (a + sqrt(a^2 - 4))/2}", "a <= -2 or a >= 2"),
        ("let x > 0\nsolve(x^2 - a*x + 1 == 0, x)", "{(a - sqrt(a^2 - 4))/2, (a + sqrt(a^2 - 4))/2}", "a >= 2"),
        ("solve(sqrt(x + a) + sqrt(x) == 1, x)", "{(a - 1)^2/4}", "-1 <= a <= 1"),
    ],
)
def test_what_one_set_of_solutions_needs(question: str, answer: str, condition: str) -> None:
    assert solved(question)[:2] == (answer, (condition,))


def test_an_interval_of_solutions_for_one_value_is_told() -> None:
    exact, conditions, notes = solved("solve(abs(x - 1) + abs(x + 1) == a, x)")
    assert (exact, conditions) == ("{-a/2, a/2}", ("a > 2",)) and "where a == 2: -1 <= x <= 1" in notes


@pytest.mark.parametrize(
    "relation",
    [
        "sqrt(x + 1) == x + a",
        "sqrt(x - a) < x",
        "sqrt(x) > x + a",
        "abs(x^2 - 1) <= a",
        "x + 1/x > a",
        "x^4 - 2*x^2 == a",
        "x^4 > a",
        "abs(x - a) < abs(x)",
        "a*x^3 - x + 1 == 0",
        "2*x^3 - 3*a*x^2 + 1 == 0",
        "1/(x - 1) == a/(x + 1)",
        "x == a*sqrt(x)",
        "max(x, 1 - x) == a",
        "cos(x) <= a",
    ],
)
def test_the_cases_are_those_of_single_values(relation: str) -> None:
    """Whether the answer with a number put in for the parameter says of the same places that they are solutions."""
    exact, conditions, _ = solved(f"solve({relation}, x)")
    assert exact is not None
    for value in ("-5/2", "-1", "-1/3", "0", "1/7", "1/4", "1", "5/4", "3"):
        a = float(Fraction(value))
        if "==" in relation:
            found = said(exact, a=a) if all(said(c, a=a) for c in conditions) else set()
            alone = Session().run(re.sub(r"\ba\b", f"({value})", f"solve({relation}, x)"))[-1]
            values = [float(v) for v in alone.numeric or ()] if alone.exact != "{}" else []
            assert sorted({round(v, 9) for v in found}) == sorted({round(v, 9) for v in values}), value
            continue
        for x in (k / 13 for k in range(-40, 41, 3)):
            assert any(said(exact, a=a, x=x, k=k) for k in range(-2, 3)) == said(relation, a=a, x=x), (value, x)


def said(text: str, **names: float) -> Any:
    """What a set, a condition or a case distinction says for values of its names; `False` where a part has no value."""
    if text.startswith("{") and " otherwise}" in text:
        for part in text[1:-1].split("; "):
            case, _, where = part.removesuffix(" otherwise").partition(" if ")
            if not where or said(where, **names):
                return said(case, **names)
    if text == "{}":
        return set()
    functions = {n: getattr(math, n) for n in ("sqrt", "sin", "cos", "asin", "acos", "exp", "log", "pi", "cbrt")}
    known = {**functions, "abs": abs, "max": max, "sign": lambda v: (v > 0) - (v < 0), "true": True, "false": False, **names}
    try:
        return eval(text.replace("^", "**"), {"__builtins__": {}}, known)
    except (ValueError, ZeroDivisionError):
        return False
