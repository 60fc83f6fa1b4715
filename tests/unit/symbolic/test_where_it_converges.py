"""Claims about improper integrals and series with names: what they need to have values is found, is enough for a proof, and is shown."""

from __future__ import annotations

import pytest

from tests.contract.test_methods import goals
from twofold.catalogue.display import show
from twofold.engine.session import Session
from twofold.symbolic.convergence import needs

pytestmark = pytest.mark.usefixtures("undiagnosed")


@pytest.mark.parametrize(
    ("term", "comparisons", "unless"),
    [
        ("integrate(exp(-a*x), x = 0..oo)", ["a > 0"], []),
        ("integrate(b*exp(-a*x), x = 0..oo)", ["a > 0"], ["b"]),
        ("integrate(exp(-a*x)*sin(b*x), x = 0..oo)", ["a > 0"], ["b"]),
        ("integrate(exp(-a*x)*cos(b*x), x = 0..oo)", ["a > 0"], []),
        ("integrate(exp(-a*x^2 + b*x), x = -oo..oo)", ["a > 0"], []),
        ("integrate(exp(a*x), x = -oo..0)", ["a > 0"], []),
        ("integrate(exp(-s*t)*cosh(a*t), t = 0..oo)", ["s > a", "s + a > 0"], []),
        ("integrate(x^(a - 1)*(1 - x)^(b - 1), x = 0..1)", ["a > 0", "b > 0"], []),
        ("integrate(x^(s - 1)*exp(-x), x = 0..oo)", ["s > 0"], []),
        ("integrate(x^(-2)*exp(-a*x), x = 1..oo)", ["a >= 0"], []),
        ("integrate(1/x^2, x = a..oo)", ["a > 0"], []),
        ("sum(x^k, k = 0..oo)", ["x < 1", "x > -1"], []),
        ("sum(x^(2*k), k = 0..oo)", ["x < 1", "x > -1"], []),
        ("sum(x^k/k, k = 1..oo)", ["x < 1", "x >= -1"], []),
        ("sum(x^k/k^2, k = 1..oo)", ["x <= 1", "x >= -1"], []),
        ("sum(a*r^k, k = 0..oo)", ["r < 1", "r > -1"], ["a"]),
        ("sum(2^(-k*s), k = 0..oo)", ["s > 0"], []),
        ("sum(1/k^s, k = 1..oo)", ["s > 1"], []),
    ],
)
def test_what_is_needed_is_found(term: str, comparisons: list[str], unless: list[str]) -> None:
    (goal,) = goals(f"{term} == 0")
    found = needs((goal.left, goal.right), goal.assumptions)
    assert found is not None
    assert sorted(map(show, found.comparisons)) == sorted(comparisons)
    assert [s.name for s in found.unless] == unless


@pytest.mark.parametrize(
    "term",
    [
        "integrate(exp(-x), x = 0..oo)", "integrate((exp(-a*x) - exp(-b*x))/x, x = 0..oo)", "integrate(exp(-a*x)*sin(b*x)*cos(c*x), x = 0..oo)",
        "integrate(1/x, x = 0..oo)", "sum(x^k/k!, k = 0..oo)", "sum((r^k + s^k), k = 0..oo)", "integrate(exp(a*x), x = 0..1)",
    ],
)  # fmt: skip
def test_nothing_is_said_where_nothing_is_needed_or_known(term: str) -> None:
    (goal,) = goals(f"{term} == 0")
    assert needs((goal.left, goal.right), goal.assumptions) is None


@pytest.mark.parametrize(
    ("claim", "conditions"),
    [
        ("integrate(exp(-a*x), x = 0..oo) == 1/a", ("a > 0",)),
        ("integrate(exp(-a*x)*sin(b*x), x = 0..oo) == b/(a^2 + b^2)", ("a > 0",)),
        ("sum(x^k, k = 0..oo) == 1/(1 - x)", ("-1 < x < 1",)),
        ("sum(x^k/k, k = 1..oo) == -log(1 - x)", ("-1 <= x < 1",)),
        ("sum(1/k^s, k = 1..oo) == zeta(s)", ("s > 1",)),
        ("laplace(cos(w*t), t, s) == s/(s^2 + w^2)", ("s > 0",)),
        ("laplace(t^n, t, s) == gamma(n + 1)/s^(n + 1)", ("n > -1", "s > 0")),
        ("sum(a*r^k, k = 0..oo) == a/(1 - r)", ("-1 < r < 1",)),
        ("integrate(exp(-x^2/(2*s^2)), x = -oo..oo) == sqrt(2*pi)*abs(s)", ()),
    ],
)
def test_a_claim_is_proved_where_its_sides_have_values(claim: str, conditions: tuple[str, ...]) -> None:
    (result,) = Session().run(claim)
    assert result.verdict == "proved"
    assert sorted(result.to_dict().get("conditions") or ()) == sorted(conditions)


@pytest.mark.parametrize(
    "claim",
    [
        "integrate(exp(-a*x), x = 0..oo) == 1/a^2", "sum(x^k, k = 0..oo) == 1/(1 + x)", "integrate(b*exp(-b*x), x = 0..oo) == 1",
        "integrate(a*exp(-b*x), x = 0..oo) == {a/b if a != 0; 1 otherwise}", "sum(a*r^k, k = 0..oo) == a/(1 - r) + {0 if a != 0; 1 otherwise}",
        "integrate(exp(-s*t)*sinh(a*t), t = 0..oo) == {a/(s^2 - a^2) if a != 0; 7 otherwise}",
    ],
)  # fmt: skip
def test_what_fails_there_or_where_a_factor_is_zero_is_not_proved(claim: str) -> None:
    (result,) = Session().run(claim)
    assert result.verdict in ("refuted", "conditional")


@pytest.mark.parametrize(
    "claim",
    [
        "integrate(1/(a^2 + x^2), x = 0..oo) == pi/(2*abs(a))", "integrate(1/(a^2 + x^2), x = 0..oo) == pi/(2*abs(a)) given a != 0",
        "integrate(a/(a^2 + x^2), x = -oo..oo) == pi*sign(a)", "integrate(cos(a*x)/(1 + x^2), x = -oo..oo) == pi*exp(-abs(a))",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_a_name_of_either_sign_is_taken_sign_by_sign(claim: str) -> None:
    (result,) = Session().run(claim)
    assert result.verdict == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "integrate(a/(a^2 + x^2), x = -oo..oo) == {pi*sign(a) if a != 0; 3 otherwise}", "integrate(sin(a*x)/x, x = 0..oo) == {pi/2*sign(a) if a != 0; 3 otherwise}",
        "integrate(cos(a*x)/(1 + x^2), x = -oo..oo) == pi*exp(-a)",
    ],
)  # fmt: skip
def test_what_fails_for_one_sign_or_for_zero_is_not_proved(claim: str) -> None:
    (result,) = Session().run(claim)
    assert result.verdict in ("refuted", "conditional")
