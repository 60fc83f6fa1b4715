"""Unknown functions of several arguments: partial derivatives in proofs, the identities of vector analysis, and how answers are written."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")
FIELD = "let P, Q, R, S, T, U, g : function\n"
V, W = "[P(x, y, z), Q(x, y, z), R(x, y, z)]", "[S(x, y, z), T(x, y, z), U(x, y, z)]"
AT = "[x, y, z]"


@pytest.mark.parametrize(
    "text",
    [
        "diff(P(x, y), x, y) == diff(P(x, y), y, x)", "diff(P(x, y)*x, x) == P(x, y) + x*diff(P(x, y), x)",
        "grad(P(x, y), [x, y]) == [diff(P(x, y), x), diff(P(x, y), y)]",
        "diff(P(x, y)*Q(x, y), x, 2) == diff(P(x, y), x, 2)*Q(x, y) + 2*diff(P(x, y), x)*diff(Q(x, y), x) + P(x, y)*diff(Q(x, y), x, 2)",
        "diff(P(x*y, y), y) == x*(diff(P(t, y), t) where t = x*y) + (diff(P(x*y, t), t) where t = y)",
        "diff(P(x, x), x) == (diff(P(t, x), t) where t = x) + (diff(P(x, t), t) where t = x)",
        f"curl(grad(g(x, y, z), {AT}), {AT}) == [0, 0, 0]", f"div(curl({V}, {AT}), {AT}) == 0",
        f"div(g(x, y, z)*{V}, {AT}) == g(x, y, z)*div({V}, {AT}) + dot(grad(g(x, y, z), {AT}), {V})",
        f"div(cross({V}, {W}), {AT}) == dot(curl({V}, {AT}), {W}) - dot({V}, curl({W}, {AT}))",
        "diff(integrate(P(x, t), t = 0..x), x) == P(x, x) + integrate(diff(P(x, t), x), t = 0..x)",
    ],
)  # fmt: skip
def test_what_holds_is_proved(text: str) -> None:
    assert list(Session().run(FIELD + text))[-1].verdict == "proved"


@pytest.mark.parametrize(
    "text",
    [
        "diff(P(x, y), x) == diff(P(x, y), y)", "diff(P(x, x), x) == (diff(P(t, x), t) where t = x)", "diff(P(x, y), x, 2) == diff(P(x, y), x, y)",
        f"div(cross({V}, {W}), {AT}) == dot(curl({V}, {AT}), {W}) + dot({V}, curl({W}, {AT}))",
        "diff(integrate(P(x, t), t = 0..x), x) == integrate(diff(P(x, t), x), t = 0..x)",
    ],
)  # fmt: skip
def test_what_fails_is_refuted(text: str) -> None:
    assert list(Session().run(FIELD + text))[-1].verdict == "refuted"


def test_a_partial_derivative_names_its_argument_where_the_point_stands_in_others() -> None:
    result = list(Session().run(FIELD + "diff(P(x*y, y), y)"))[-1]
    assert result.exact == "x*(diff(P(t, y), t) where t = x*y) + (diff(P(x*y, t), t) where t = y)"
