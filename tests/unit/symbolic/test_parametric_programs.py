"""Linear programs with one parameter in the cost."""

import pytest

from twofold.engine.session import Session

_SIMPLEX = "{x + y <= 1, x >= 0, y >= 0}"


@pytest.mark.parametrize(
    ("declared", "text", "exact"),
    [
        (
            "",
            f"maximize(a*x + y, [x, y], {_SIMPLEX})",
            "{(1, [0, 1]) if a < 1; (a, [1, 0]) if a > 1; (1, {[0, 1], [1, 0]}) otherwise}",
        ),
        ("let a > 2\n", f"maximize(a*x + y, [x, y], {_SIMPLEX})", "(a, [1, 0])"),
        (
            "let a > 0\n",
            "maximize(a*x + (1 - a)*y, [x, y], {0 <= x, x <= 1, 0 <= y, y <= 1})",
            "{(1, [1, 1]) if a < 1; (a, [1, 0]) if a > 1; (1, {[1, 0], [1, 1]}) otherwise}",
        ),
        (
            "",
            f"minimize(a*x + y, [x, y], {_SIMPLEX})",
            "{(a, [1, 0]) if a < 0; (0, [0, 0]) if a > 0; (0, {[0, 0], [1, 0]}) otherwise}",
        ),
    ],
)
def test_values_by_cases(declared, text, exact):
    found = Session().run(declared + text)[-1]
    assert found.exact == exact and found.conditions == () and found.check.agrees is True


def test_a_region_that_is_not_bounded_has_no_cases():
    assert Session().run("maximize(a*x + y, [x, y], {x >= 0, y >= 0})")[-1].exact is None
