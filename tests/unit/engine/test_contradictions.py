"""What is said of claims under assumptions that nothing satisfies."""

import pytest

from twofold.engine.session import Session


def only(text):
    row = [r for r in (r.to_dict() for r in Session().run(text)) if r.get("verdict")][-1]
    return row["verdict"], row.get("notes"), row.get("counterexample")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "x == x + 1 given w > 0, y > 1, x > w, y < 0",
            "the assumptions contradict each other, so that the claim says nothing: y > 1, y < 0",
        ),
        ("1 == 2 given y^2 < 0", "no values satisfy the assumption, so that the claim says nothing: y^2 < 0"),
        ("let y > 1\n1 == 2 given y < 0", "no values satisfy the assumption, so that the claim says nothing: y < 0"),
    ],
)
def test_what_contradicts_itself_is_said(text, note):
    verdict, notes, witness = only(text)
    assert verdict == "undecided" and note in notes and witness is None


def test_nothing_is_refuted_where_no_values_of_the_other_names_are_known():
    verdict, notes, witness = only("let n : size\nlet A : matrix(n, n), posdef\nassume det(A) < 0\nx == y\nend")
    assert verdict == "undecided" and witness is None
    assert notes == ["no values were found that satisfy what is assumed: det(A) < 0"]


@pytest.mark.parametrize("given", ["a^2 + b^2 == 3, a > 0", "a^5 + a == 3", "true", "y > 1, z < 0"])
def test_what_can_be_satisfied_takes_no_counterexample_away(given):
    assert only(f"x == 2 given {given}")[0] == "refuted"
