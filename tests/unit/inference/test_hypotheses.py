"""Tests and intervals against SciPy, and what they say."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

DATA = "x = data([5.1, 4.9, 5.6, 5.8, 5.0, 5.3, 5.7, 5.4])\ny = data([4.1, 5.0, 4.4, 5.3, 4.9, 4.6, 5.9])\n"

QUESTIONS = [
    "t_test(x, mean = 5)", "t_test(x, y)", "t_test(x, y, pooled)", "t_test([1, 2, 4], [2, 1, 7], paired)", "z_test(x, mean = 5, sd = 1/3)",
    "proportion_test(36, 100, 1/2)", "chi2_test([18, 22, 20])", "chi2_test([18, 22, 20], [20, 20, 20])", "chi2_test([18, 22; 20, 40])", "f_test(x, y)",
    "confint(x)", "confint(x, level = 9/10)", "confint(x, sd = 1/3)",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_agrees_with_scipy(question: str) -> None:
    row = Session().run(DATA + question)[-1].to_dict()
    assert row["check"]["agrees"] is True, row
    assert all(v is not None for v in row["numeric"])


def test_the_answer_can_be_typed_back() -> None:
    session = Session()
    row = session.run(DATA + "t_test(x, mean = 5)")[-1].to_dict()
    assert row["exact"] == "(t == 7*sqrt(273)/39, df == 7, p == 2*survival(StudentT(7), 7*sqrt(273)/39))"
    assert any("not the probability that it holds" in note for note in row["notes"])


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("t_test(3, mean = 5)", "shape-mismatch"), ("t_test(x, y, paired)", "shape-mismatch"), ("t_test([1], mean = 5)", "no-data"),
        ("chi2_test([18, 22, 20], [20, 20, 30])", "totals-differ"), ("confint(x, level = 95)", "wrong-level"),
    ],
)  # fmt: skip
def test_diagnostics(question: str, code: str) -> None:
    assert Session().run(DATA + question)[-1].to_dict()["error"]["code"] == code
