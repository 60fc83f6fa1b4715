"""Determinants of sums: Sylvester's theorem, the matrix determinant lemma, and what does not follow from them."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

NAMES = """let n, k : size
let u, v : vector(n)
let A, B : matrix(n, n)
let U : matrix(n, k)
let V : matrix(k, n)
let C : matrix(k, k)
let P : matrix(n, n), invertible
let S : matrix(n, n), posdef
let Q : matrix(n, n), orthogonal
let D : matrix(n, n), diagonal
let t : real
let b > 0
"""

HOLDS = [
    "det(eye(n) + u*v') == 1 + v'*u",
    "det(eye(n) - 2*u*u'/(u'*u)) == -1",
    "det(b*eye(n) + u*v') == b^(n - 1)*(b + v'*u)",
    "det(eye(n) - U*V) == det(eye(k) - V*U)",
    "det(eye(n) + U*C*V) == det(eye(k) + C*V*U)",
    "det(b*eye(n) + U*U') == b^(n - k)*det(b*eye(k) + U'*U)",
    "det(A + u*v') == det(A)*(1 + v'*inv(A)*u)",
    "det(S + U*C*U') == det(S)*det(C)*det(inv(C) + U'*inv(S)*U)",
    "log(det(S + u*u')) == log(det(S)) + log(1 + u'*inv(S)*u)",
    "det(inv(P)*A*P - t*eye(n)) == det(A - t*eye(n))",
    "det(Q*D*Q' - t*eye(n)) == det(D - t*eye(n))",
    "det(Q*D*Q') == det(D)",
    "det(D*A*D) == det(D)^2*det(A)",
    "det(-A) == (-1)^n*det(A)",
]
FAILS = [
    "det(eye(n) + u*v') == 1 + u'*u",
    "det(eye(n) - u*v') == 1 + v'*u",
    "det(A + u*v') == det(A) + v'*u",
    "det(eye(n) + U*V) == 1 + tr(V*U)",
    "det(t*eye(n) + U*V) == det(t*eye(k) + V*U)",
    "det(Q*A) == det(A)",
    "det(D*A) == det(A)",
    "det(-A) == -det(A)",
]
OPEN = [
    # At t == 0 nothing may be divided by t, and 0^(n - 1) depends on n.
    "det(t*eye(n) + u*v') == t^(n - 1)*(t + v'*u)",
    "det(eye(n) + u*v' + v*u') == (1 + u'*v)^2 - (u'*u)*(v'*v)",
]


def verdict(claim: str) -> str:
    return str(Session().run(f"{NAMES}check {claim}")[-1].to_dict()["verdict"])


def test_the_matrix_of_ones_is_left_as_it_is() -> None:
    assert Session().run("let n : size\ndet(ones(n, n))")[-1].to_dict()["exact"] == "det(ones(n, n))"


@pytest.mark.parametrize("claim", HOLDS)
def test_holds(claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FAILS)
def test_fails(claim: str) -> None:
    assert verdict(claim) == "refuted"


@pytest.mark.parametrize("claim", OPEN)
def test_nothing_is_claimed(claim: str) -> None:
    assert verdict(claim) in ("supported", "undecided")
