"""Linear programs in exact arithmetic: values, all vertices that have them, rays, regions without a point."""

from __future__ import annotations

from fractions import Fraction

import pytest

from twofold.engine.session import Session
from twofold.symbolic.solving.linear_programs import Program, optimum

ANSWERS = {
    "maximize(3*x + 2*y, [x, y], subject_to = {x + y <= 4, x + 3*y <= 6, x >= 0, y >= 0})": ("(12, [4, 0])", ""),
    "maximize(x + y, [x, y], subject_to = {x + y <= 1, x >= 0, y >= 0})": (
        "(1, {[0, 1], [1, 0]})",
        "and at every point between these",
    ),
    "maximize(x + y, [x, y], subject_to = {x + y <= 1})": ("(1, [1, 0])", "there are other points with this value"),
    "maximize(y, [x, y], subject_to = {y <= 1, x >= 0})": ("(1, [0, 1])", "there are other points with this value"),
    "minimize(x + y + z, [x, y, z], subject_to = {x + 2*y + 3*z == 6, x >= 0, y >= 0, z >= 0})": ("(2, [0, 0, 2])", ""),
    "minimize(x - y, [x, y], subject_to = {x + y <= 1})": (
        '"not bounded"',
        "along [0, 1] + t*[-1, 1] as t -> oo, it falls beyond all bounds",
    ),
    "minimize(x + y, [x, y], subject_to = {x >= 1, x <= 0})": ('"no point satisfies the constraints"', ""),
    "minimize(x + y, [x, y], subject_to = {x > 1, y >= 2})": (
        '"not attained"',
        "the infimum is 3, approached at [1, 2]; it is not attained",
    ),
}


@pytest.mark.parametrize("text", ANSWERS)
def test_answers(text: str) -> None:
    row = Session().run(text)[-1].to_dict()
    exact, note = ANSWERS[text]
    assert row["exact"] == exact
    assert note == "" or note in row["notes"]
    assert row["check"]["agrees"] is not False


def test_a_degenerate_vertex_does_not_cycle() -> None:
    # Beale's example, at which the simplex method without a rule for ties goes round for ever.
    def f(*values: str) -> list[Fraction]:
        return [Fraction(v) for v in values]

    rows = [f("1/4", "-60", "-1/25", "9"), f("1/2", "-90", "-1/50", "3"), f("0", "0", "1", "0")]
    rows += [[Fraction(-int(i == j)) for j in range(4)] for i in range(4)]
    found = optimum(Program(f("-3/4", "150", "-1/50", "6"), rows, f("0", "0", "1", "0", "0", "0", "0")))
    assert found.value == Fraction(-1, 20)
    assert found.points == (tuple(f("1/25", "0", "1", "0")),)
    assert found.whole
