"""Claims about sets: order and repetition say nothing."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("{1, 2} == {2, 1}", "proved"),
        ("{1, 2, 2} == {2, 1}", "proved"),
        ("{1, 2} != {2, 3}", "proved"),
        ("{[1, 2], [3, 4]} == {[3, 4], [1, 2]}", "proved"),
        ("eigenvalues([1, 2; 2, 1]) == {3, -1}", "proved"),
        ("eigenvalues([a, b; b, a]) == {a + b, a - b}", "proved"),
        ("eigenvalues([0, -1; 1, 0]) == {im, -im}", "proved"),
        ("{x, y} == {y, x}", "proved"),
        ("{1, 2} != {2, 1}", "refuted"),
        ("{1, 2} == {1, 2, 3}", "refuted"),
        ("{x, y} == {x, y + 1}", "refuted"),
        ("eigenvalues([1, 2; 2, 1]) == {3, 1}", "refuted"),
    ],
)
def test_verdicts(text: str, verdict: str) -> None:
    assert Session().run(text)[-1].to_dict()["verdict"] == verdict
