"""Convexity by composition and on intervals of waves, global minima by growth and by the inequality of means, systems by iteration."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.solving.circuits import is_nonnegative_circuit


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("is_convex(sqrt(x^2 + y^2), [x, y])", "true"),
        ("is_convex(norm([x - 1, 2y + x], 1) + exp(x + y), [x, y])", "true"),
        ("is_convex(max(x^2, y, x + y), [x, y])", "true"),
        ("is_concave(min(x, y) + log(x + y), [x, y])", "true"),
        ("is_convex(x*abs(y), [x, y])", "false"),
        ("is_convex(sin(x), x = pi..2pi)", "true"),
        ("is_convex(sin(x), x = 3..6)", "false"),
        ("is_concave(sin(x) + cos(x), x = 0..pi/2)", "true"),
        ("is_convex(cos(x), x = 0..pi)", "false"),
    ],
)
def test_convexity(text, exact):
    assert ask(text).exact == exact


def test_convexity_is_not_claimed():
    assert ask("is_convex(sqrt(x^2 - y^2), [x, y])").exact is None
    assert ask("check is_convex(sin(x), x = pi..2pi)").verdict == "proved"
    assert ask("check is_convex(sin(x), x = 3..6)").verdict == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        "minimize(x^2*y^2*(x^2 + y^2 - 3) + 1, [x, y])",
        "minimize(4x^2 - 21/10*x^4 + x^6/3 + x*y - 4y^2 + 4y^4, [x, y])",
        "minimize(x^6 + y^6 - 3x^2*y^2, [x, y])",
    ],
)
def test_global_minima_are_shown(text):
    found = ask(text)
    assert found.check.agrees is True and not any("not shown" in n for n in found.notes)


def test_below_all_bounds():
    assert ask("minimize(x^4 + y^4 - 3x^2*y^2, [x, y])").exact == '"not bounded"'


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("x**4*y**2 + x**2*y**4 - 3*x**2*y**2 + 1", True),
        ("x**4*y**2 + x**2*y**4 - 4*x**2*y**2 + 1", False),
        ("x**2 + y**2 - 2*x*y", True),
        ("x**2 + y**2 + 3*x*y", False),
        ("x**4 - x**3", False),
        ("x**2*y**2 - x", False),
    ],
)
def test_circuits(text, holds):
    f = sp.sympify(text)
    assert is_nonnegative_circuit(f, sorted(f.free_symbols, key=str)) is holds


def test_systems_that_are_singular_at_the_first_start():
    assert ask("nsolve({x^2 + y^2 == 4, x*y == 1}, [x, y])").check.agrees is True
    assert sorted(ask("nsolve({x + y + z == 6, x*y*z == 6, x^2 + y^2 + z^2 == 14}, [x, y, z])").numeric) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("is_convex(a*x^2 + b*x, x)", "true", ("a >= 0",)),
        ("is_convex(a*exp(x), x)", "true", ("a >= 0",)),
        ("is_convex(a*x^2 + 2*b*x*y + c*y^2, [x, y])", "true", ("a >= 0", "c >= 0", "a*c - b^2 >= 0")),
        ("is_convex(a*x^2, x) given a < 0", "false", ()),
        ("minimize(sqrt(x^2 + y^2), [x, y], subject_to = {x^2 + y^2 <= 1})", "(0, [0, 0])", ()),
        ("minimize(norm([x - 1, y - 2]), [x, y])", "(0, [1, 2])", ()),
        ("let x : vector(2)\nminimize(norm(x - [1, 2]), x)", "(0, [1, 2])", ()),
        ("minimize(norm([x - 1, y - 2]), [x, y]) given x + y == 1", "(sqrt(2), [0, 1])", ()),
        ("maximize(exp(-x^2 - y^2), [x, y])", "(1, [0, 0])", ()),
        ("minimize(sqrt(x^2 + y^2 - 1), [x, y])", None, ()),
    ],
)
def test_parameters_and_increasing_functions(question: str, answer: str | None, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)
    assert answer in (None, "false") or found.check is not None and found.check.agrees is True
