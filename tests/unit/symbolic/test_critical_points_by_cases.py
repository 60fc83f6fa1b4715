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
        ("critical_points(sin(x) + a*x, x)", "{acos(-a) + 2*pi*k, 2*pi*k - acos(-a)}", ("-1 <= a <= 1",)),
        # At a = -1/2 the point would be -1, where 1/sqrt(x) has no value.
        ("critical_points(x^a*(1 - x), x)", "{a/(a + 1)}", ("a != 0", "a/(a + 1) > 0 or floor(a) == a", "a != -1")),
        (
            "classify(x^3 - 3*a*x*y + y^3, [x, y])",
            '{([0, 0], {"saddle point" if a != 0; "degenerate point" otherwise}), '
            '([a, a], {"local minimum" if a > 0; "local maximum" if a < 0; "degenerate point" otherwise})}',
            (),
        ),
    ],
)
def test_points_and_kinds(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions) == (exact, conditions) and found.check.agrees is True
