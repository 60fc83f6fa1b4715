"""Claims about what a solver answers are judged by what the answer means."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

PROVED = """
check solve(x^2 == 4, x) == {2, -2}
check {-2, 2} == solve(x^2 == 4)
check solve(x^2 + 1 == 0, x) == {}
check solve({x + y == 3, x - y == 1}, [x, y]) == {[2, 1]}
check solve({x*y == 1, x + y == 2}, (x, y)) == {(1, 1)}
check solve(exp(x) == 3, x) == {log(3)}
check roots(x^2 + 1, x) == {im, -im}
check roots(x^3 - 3x + 2, x) == {-2, 1, 1}
check critical_points(x^3 - 3x, x) == {-1, 1}
check critical_points(x^2 + y^2 - 2*x, [x, y]) == {[1, 0]}
check minimize(x^2 - 2x, x) == (-1, 1)
check minimize(x^4 - 2*x^2, x) == (-1, {-1, 1})
check maximize(x*exp(-x), x) == (1/e, 1)
check minimize(x^2 + y^2, [x, y], subject_to = {x + y == 1}) == (1/2, [1/2, 1/2])
check nullspace([1, 2; 2, 4]) == {[2, -1]}
check kernel([1, 2; 3, 4]) == {}
let z : complex; check solve(z^2 == -1, z) == {im, -im}
let p > 0; check solve(p^2 == 9, p) == {3}
let x in [1, 2]; check minimize(x^2, x) == (1, 1)
let n : integer; check solve(2*n == 1, n) == {}
let m, n : integer; check solve(m == 2*n, m) == {2*n}
let x > 0; check solve(x^2 == 4*y^2, x) == {2*y} given y > 0
check solve(x^2 == 4, x) == {2} given x > 0
check minimize(sqrt(x), x) == (0, 0)
check minimize(x^2, x, subject_to = [x >= 1, x <= 3]) == (1, 1)
let x > 0; check roots(x^2 - 4, x) == {2, -2}
""".strip().splitlines()

REFUTED = """
check solve(x^2 == 4, x) == {2}
check solve(x^2 == 4, x) == {}
check solve(sqrt(x + 7) == x - 5, x) == {9, 2}
check solve({x*y == 1, x + y == 2}, [x, y]) == {[1, 2]}
check roots(x^2 + 1, x) == {im}
check roots(x^3 - 3x + 2, x) == {-2, 1, 2}
check critical_points(x^3 - 3x, x) == {0, 1}
check minimize(x^2 - 2x, x) == (-1, 2)
check minimize(x^2 - 2x, x) == (0, 1)
check minimize(x^4 - 2*x^2, x) == (-1, 1)
check minimize(x^2 + y^2, [x, y], subject_to = {x + y == 1}) == (1/2, [1/2, 1/3])
check minimize(x^2 + y^2, [x, y], subject_to = {x + y == 1}) == (0, [0, 0])
check nullspace([1, 2; 2, 4]) == {[2, 1]}
check nullspace([1, 2; 2, 4]) == {}
check nullspace([0, 0; 0, 0]) == {[1, 0]}
let x > 0; check solve(x^2 == 4, x) == {-2, 2}
let n : integer; check solve(2*n == 1, n) == {1/2}
let m, n : integer; check solve(m == 2*n, n) == {m/2}
let x in (1, 2]; check minimize(x^2, x) == (1, 1)
let x in [1, 2]; check minimize(x^2, x) == (0, 0)
let n : integer; check minimize((n - 1/2)^2, n) == (0, 1/2)
let y > 0; check minimize(x^2 + y, [x, y]) == (0, [0, 0])
check solve(x^2 == 4, x) == {-2, 2} given x > 0
check minimize(x, x) == (0, 0)
check minimize(x^2, x, subject_to = {x > 1}) == (1, 1)
check minimize(x^2, x, subject_to = {log(x) >= 0, x >= -1}) == (0, 0)
let z : complex; check solve(z^2 == -1, z) == {im, -im} given abs(z) < 1/2
""".strip().splitlines()


def verdict(text):
    return Session().run(text.replace("; ", "\n", 1) if text.startswith("let") else text)[-1].judged


@pytest.mark.parametrize("text", PROVED)
def test_proved(text):
    found = verdict(text)
    assert found.truth.value == "proved" and not found.conditions and found.notes[0].startswith("read as ")


@pytest.mark.parametrize("text", REFUTED)
def test_refuted(text):
    found = verdict(text)
    assert found.truth.value == "refuted" and found.counterexample.certified


@pytest.mark.parametrize(
    "text",
    [
        "check solve(x^2 == 4, x) == {x}",
        "check solve(x^2 + 1 == 0, x) == {im, -im}",
        "check roots(exp(x) - 1, x) == {0}",
        "check minimize(x^2, x) == (0, x)",
        "check nullspace([1, 2; 2, 4]) == {[2, -1, 0]}",
        "check nullspace([1, 0, 0, 0]') == {[0, 1; 0, 0], [0, 0; 1, 0], [0, 0; 0, 1]}",
        "check roots(x^2 - 4, x) == {x}",
    ],
)
def test_what_is_read_as_it_stands(text):
    found = verdict(text)
    assert found.truth.value != "proved" and not any(n.startswith("read as") for n in found.notes)


def test_a_division_by_what_may_be_0_is_a_condition():
    """Where the answer has no value the claim says nothing, so that this is no counterexample."""
    found = verdict("check solve(a*x == b, x) == {b/a}")
    assert found.truth.value == "proved" and found.conditions == ("a != 0",)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("let x > 0; check solve(x^2 == a, x) == {sqrt(a)}", ("a > 0",)),
        ("let a > 0; check minimize(x, x, subject_to = {x^2 <= a}) == (-sqrt(a), -sqrt(a))", ()),
        ("check minimize(x, x, subject_to = {x^2 <= a}) == (-sqrt(a), -sqrt(a))", ("a >= 0",)),
        ("check solve(x^2 == a, x) == {sqrt(a), -sqrt(a)}", ("a >= 0",)),
        ("check solve(exp(x) == a, x) == {log(a)}", ("a > 0",)),
        ("let s > 0; check maximize(-log(s) - a/s, s) == (-log(a) - 1, a)", ("a > 0",)),
    ],
)
def test_conditions_are_about_parameters(text, conditions):
    assert verdict(text).conditions == conditions


@pytest.mark.parametrize(
    "text",
    [
        "let a < 0; check solve(x^2 == -a, x) == {sqrt(a)}",
        "check solve(x^2 == -1, x) == {sqrt(-1)}",
        "check solve(x^2 == 4, x) == {2, -2, sqrt(-1)}",
    ],
)
def test_an_entry_without_a_value_claims_nothing(text):
    assert verdict(text).truth.value == "undecided"


def test_steps_of_a_derivation():
    rows = Session().run('derivation "d":\n  solve(x^2 == 9, x)\n    == {3, -3}\n    == {3}\n')
    assert [r.judged.truth.value for r in rows if r.judged][:2] == ["proved", "refuted"]
