"""Norms of multiples of a vector: the absolute value of the scalar comes out, without it where its sign is declared."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

NAMES = """let n : size
let x, y : vector(n)
let A : matrix(n, n)
let t in (0, 1)
let a in [0, 2]
let b : real
let c > 0
"""


def verdict(claim: str) -> str:
    return str(Session().run(f"{NAMES}check {claim}")[-1].to_dict()["verdict"])


@pytest.mark.parametrize(
    "claim",
    [
        "norm(t*x) + norm((1 - t)*y) == t*norm(x) + (1 - t)*norm(y)",
        "norm((2 - a)*x) == (2 - a)*norm(x)",
        "norm((n - 1)*x) == (n - 1)*norm(x)",
        "norm((b - 1)*x) == abs(b - 1)*norm(x)",
        "norm((x'*y)*x) == abs(x'*y)*norm(x)",
        "norm(c*x/norm(x)) == c",
        "norm(b*A, fro) == abs(b)*norm(A, fro)",
        "grad(norm(b*x), x) == abs(b)*x/norm(x)",
    ],
)
def test_holds(claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "norm((1 - a)*x) == (1 - a)*norm(x)",
        "norm((n - 2)*x) == (n - 2)*norm(x)",
        "norm(b*x) == b*norm(x)",
        "norm(t*x + y) == t*norm(x) + norm(y)",
        "norm((x'*y)*x) == (x'*y)*norm(x)",
    ],
)
def test_fails(claim: str) -> None:
    assert verdict(claim) == "refuted"
