"""Critical points with one parameter, and their kinds, in all its cases."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        (
            "classify(x^4 - a*x^2, x)",
            '{{(0, "local minimum")} if a <= 0; {(-sqrt(2)*sqrt(a)/2, "local minimum"), (0, "local maximum"), '
            '(sqrt(2)*sqrt(a)/2, "local minimum")} otherwise}',
            (),
        ),
        ("critical_points(x^3 - a*x, x)", "{{-sqrt(3)*sqrt(a)/3, sqrt(3)*sqrt(a)/3} if a > 0; {0} if a == 0; {} otherwise}", ()),
        (
            "classify(x^3 - a*x^2, x)",
            '{{(2*a/3, "local maximum"), (0, "local minimum")} if a < 0; {(0, "local maximum"), (2*a/3, "local minimum")} if a > 0; '
            '{(0, "inflection point")} otherwise}',
            (),
        ),
        ("classify(x + a/x, x)", '{(-sqrt(a), "local maximum"), (sqrt(a), "local minimum")}', ("a > 0",)),
        ("critical_points(log(x) - a*x, x)", "{1/a}", ("a > 0",)),
    ],
)
def test_points_and_kinds(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions) == (exact, conditions) and found.check.agrees is True
