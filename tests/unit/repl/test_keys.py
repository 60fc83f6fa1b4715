"""What Enter does with a text that is not complete."""

from __future__ import annotations

import pytest

from twofold.repl.keys import ended, finished, indent

OPEN = 'derivation "a":\n  (x+1)^2\n  == x^2 + 1'


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (OPEN + "\n  ", OPEN + "\nend"),
        (OPEN + "\n", OPEN + "\nend"),
        (OPEN + "\n  assume x > 0\n    x > -1\n    ", OPEN + "\n  assume x > 0\n    x > -1\n  end"),
        # What is open is a bracket, or nothing.
        ("solve(x == 1,\n  x\n", None),
        (OPEN + "\n  == (x\n  ", None),
        # A second empty line, and an empty line under the opening one, are as they were.
        (OPEN + "\n  \n  ", None),
        ('derivation "a":\n  ', None),
    ],
)
def test_an_empty_line_closes_the_innermost_block(text: str, closed: str | None) -> None:
    assert ended(text, len(text)) == closed


def test_only_at_the_end_of_the_text() -> None:
    assert ended(OPEN + "\n  ", 5) is None


def test_a_closed_block_is_complete() -> None:
    closed = ended(OPEN + "\n  ", len(OPEN) + 3)
    assert closed is not None and finished(closed) and not finished(OPEN)
    assert indent('derivation "a":', 'derivation "a":') == "  "
