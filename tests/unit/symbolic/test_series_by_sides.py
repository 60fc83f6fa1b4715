"""Expansions that are different on the two sides of a point, or that there are on one side alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Checked = Callable[[str], "str | None"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("series(abs(x)/x, x, 0, 2)", "{1 if x > 0; -1 otherwise}"),
        ("series(atan(1/x), x, 0, 2)", "{pi/2 - x if x > 0; -pi/2 - x otherwise}"),
        ("series(abs(x - 1), x, 1, 2)", "{x - 1 if x > 1; 1 - x otherwise}"),
        ("series(acos(x), x, 1, 2)", "sqrt(2)*sqrt(1 - x) + sqrt(2)/12*(1 - x)^(3/2)"),
        ("series(sqrt(x), x, 0, 2)", "sqrt(x)"),
        ("series(log(-x), x, 0, 2)", "log(-x)"),
        ("series(sqrt(x^2 + 1), x, -oo, 2)", "-x - 1/(2*x)"),
        ("series(abs(x), x, 1, 2)", "1 + (x - 1)"),
        ("taylor(sqrt(x^4), x, 0, 2)", "x^2"),
    ],
)
def test_series(question: str, answer: str, checked: Checked) -> None:
    assert checked(question) == answer
