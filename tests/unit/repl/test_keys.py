"""What Enter does with a text that is not complete."""

from __future__ import annotations

import pytest

from twofold.repl.keys import at_empty_line, finished, indent, waits

OPEN = 'derivation "a":\n  (x+1)^2\n  == x^2 + 1'


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        (OPEN + "\n  ", OPEN + "\nend"),
        (OPEN + "\n", OPEN + "\nend"),
        (OPEN + "\n  assume x > 0\n    x > -1\n    ", OPEN + "\n  assume x > 0\n    x > -1\n  end"),
        # A bracket or an operator that is open is told.
        ("solve(x == 1,\n  x\n", "solve(x == 1,\n  x"),
        ("$$ ((\n", "$$ (("),
        (OPEN + "\n  == (x\n  ", OPEN + "\n  == (x"),
        # A second empty line, and an empty line under the opening one, are as they were.
        (OPEN + "\n  \n  ", None),
        ('derivation "a":\n  ', None),
    ],
)
def test_an_empty_line_closes_the_innermost_block(text: str, closed: str | None) -> None:
    assert at_empty_line(text, len(text)) == closed


def test_only_at_the_end_of_the_text() -> None:
    assert at_empty_line(OPEN + "\n  ", 5) is None


def test_a_closed_block_is_complete() -> None:
    closed = at_empty_line(OPEN + "\n  ", len(OPEN) + 3)
    assert closed is not None and finished(closed) and not finished(OPEN) and waits(OPEN) == 1
    assert indent('derivation "a":', 'derivation "a":') == "  "
