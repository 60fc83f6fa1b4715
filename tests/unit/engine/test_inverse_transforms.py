"""Claims about Laplace and Fourier transforms, and about their inverses, which no number shows."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")


@pytest.mark.parametrize(
    ("claim", "conditions"),
    [
        ("inverse_laplace(1/(s^2 + 1), s, t) == sin(t)", ["t > 0"]),
        ("inverse_laplace(1/(s + a)^2, s, t) == t*exp(-a*t)", ["t > 0"]),
        ("inverse_laplace((s + a)/((s + a)^2 + w^2), s, t) == exp(-a*t)*cos(w*t)", ["t > 0"]),
        ("let t > 0\ninverse_laplace(1/s^3, s, t) == t^2/2", []),
        ("fourier(exp(-a*t^2), t, w) == sqrt(pi/a)*exp(-w^2/(4*a)) given a > 0", []),
        pytest.param("fourier(heaviside(t)*exp(-a*t), t, w) == 1/(a + im*w) given a > 0", [], marks=pytest.mark.slow),
    ],
)
def test_what_holds_is_proved(claim: str, conditions: list[str]) -> None:
    result = list(Session().run(claim))[-1]
    assert result.verdict == "proved"
    assert (result.to_dict().get("conditions") or []) == conditions


@pytest.mark.parametrize(
    "claim",
    [
        "inverse_laplace(1/(s^2 + 1), s, t) == cos(t)", "inverse_laplace((s + a)/((s + a)^2 + w^2), s, t) == exp(a*t)*cos(w*t)",
        "inverse_laplace(1/s^3, s, t) == t^2", "fourier(exp(-a*t^2), t, w) == sqrt(pi/a)*exp(-w^2/(2*a)) given a > 0",
    ],
)  # fmt: skip
def test_what_fails_is_not_proved(claim: str) -> None:
    assert list(Session().run(claim))[-1].verdict in ("refuted", "conditional")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("laplace(f'(t), t, s) == s*laplace(f(t), t, s) - f(0)", "proved"),
        ("laplace(f''(t) + 2*f'(t) + f(t), t, s) == (s + 1)^2*laplace(f(t), t, s) - (s + 2)*f(0) - f'(0)", "proved"),
        ("laplace(exp(-a*t)*f(t), t, s) == laplace(f(t), t, s + a)", "proved"),
        ("laplace(f'(t), t, s) == s*laplace(f(t), t, s) + f(0)", "refuted"),
        ("laplace(f''(t), t, s) == s^2*laplace(f(t), t, s) - s*f'(0) - f(0)", "refuted"),
        ("laplace(exp(-a*t)*f(t), t, s) == laplace(f(t), t, s - a)", "refuted"),
    ],
)
def test_laws_of_transforms_of_unknown_functions(claim: str, verdict: str) -> None:
    assert list(Session().run("let f : function\n" + claim))[-1].verdict == verdict
