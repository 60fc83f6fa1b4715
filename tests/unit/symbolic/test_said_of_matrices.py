"""Matrices of any size: what is assumed of them, exponentials, adjugates, definite products."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.slow

_NAMES = (
    "let m, n : size\nlet A, B, C : matrix(n, n)\nlet X : matrix(m, n)\nlet x, y : vector(n)\nlet c, d : real\nlet S, W : matrix(n, n), symmetric\n"
    "let K, L : matrix(n, n), posdef\nlet Q : matrix(n, n), orthogonal\nlet M : matrix(n, n), invertible\n"
)

_TRUE = [
    "tr(K)*tr(inv(K)) >= n^2",
    "tr(A) == 0 given A' == -A",
    "x'*A*x == 0 given A' == -A",
    "norm(x + y)^2 == norm(x)^2 + norm(y)^2 given x'*y == 0",
    "(eye(n) - A)^2 == eye(n) - A given A^2 == A",
    "inv(expm(A)) == expm(A') given A' == -A",
    "A' == -A => expm(A)*expm(A)' == eye(n)",
    "A*B == B*A => expm(2*A + A*B)*expm(B) == expm(B)*expm(A*B + 2*A)",
    "M*expm(A)*inv(M) == expm(M*A*inv(M))",
    "Q*expm(A)*Q' == expm(Q*A*Q')",
    "inv(kron(A, B)) == kron(inv(A), inv(B))",
    "pinv(X) == X'*inv(X*X')",
    "A*adjugate(A) == det(A)*eye(n)",
    "adjugate(A') == adjugate(A)'",
    "cond(Q) == 1",
    "tr(S^2) >= 0",
    "x'*S^2*x >= 0",
    "x'*(K .* L)*x >= 0",
    "x'*expm(S)*x >= 0",
    "tr(kron(K, L)) > 0",
]
_FALSE = [
    "tr(M)*tr(inv(M)) >= n^2",
    "tr(K)*tr(inv(L)) >= n^2",
    "inv(expm(A)) == expm(A')",
    "A' == A => inv(expm(A)) == expm(A')",
    "A*B == B*A and B*C == C*B => expm(A)*expm(C) == expm(A + C)",
    "A*B == B*A => expm(A')*expm(B) == expm(A' + B)",
    "B*expm(A)*B' == expm(B*A*B')",
    "inv(kron(A, B)) == kron(inv(B), inv(A))",
    "A*adjugate(B) == det(A)*eye(n)",
    "adjugate(A)*B == B*adjugate(A)",
    "cond(M) == 1",
    "tr(S^3) >= 0",
    "x'*(S .* W)*x >= 0",
    "A*A*x == c*x given A*x == c*x",
]


@pytest.mark.parametrize("claim", _TRUE)
def test_proved(claim: str) -> None:
    assert Session().run(_NAMES + claim)[-1].verdict == "proved"


@pytest.mark.parametrize("claim", _FALSE)
def test_not_true(claim: str) -> None:
    assert Session().run(_NAMES + claim)[-1].verdict in ("refuted", "conditional")


def test_an_adjugate_under_an_assumption_is_not_taken_for_that_of_an_invertible_matrix() -> None:
    found = Session().run(_NAMES + "adjugate(A)*adjugate(A) == zeros(n, n) given A*A == zeros(n, n)")[-1]
    assert found.verdict != "proved"


def test_exponentials_in_traces_have_a_form() -> None:
    assert Session().run(_NAMES + "tr(expm(A)*A*expm(A)*B) == tr(B*expm(A)*A*expm(A))")[-1].verdict == "proved"


def test_an_arrow_is_turned_round_where_that_is_proved() -> None:
    found = Session().run(_NAMES + "A' == -A => expm(A)*expm(A) == eye(n)")[-1].to_dict()
    assert found["verdict"] == "refuted"
    assert not any("<==" in d["message"] for d in found["diagnosis"])


@pytest.mark.parametrize(
    "claim",
    [
        "x'*y == 0 given A*x == c*x, A*y == d*y, c != d",
        "expm(A)*expm(B) == expm(A + B) given A*B == zeros(n, n)",
        "A*B == zeros(n, n) given B*A == zeros(n, n)",
    ],
)
def test_refuted_where_an_array_solves_what_is_assumed(claim: str) -> None:
    assert Session().run(_NAMES + claim)[-1].verdict == "refuted"


def test_no_repair_is_of_another_shape() -> None:
    found = Session().run(_NAMES + "A*B == zeros(n, n) given B*A == zeros(n, n)")[-1].to_dict()
    assert not any("n^2" in d["message"] for d in found["diagnosis"])


def test_no_property_is_a_condition_that_leaves_only_zero() -> None:
    found = Session().run(_NAMES + "tr(A*B) == 0 given A' == -A")[-1].to_dict()
    assert found["conditions"] == ["let B : matrix(n, n), symmetric"]
