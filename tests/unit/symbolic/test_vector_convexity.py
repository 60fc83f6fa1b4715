"""Convexity of functions of vectors and matrices, of known and of any size."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

NAMES = """let n, p : size
let x, a : vector(n)
let P : matrix(n, n), posdef
let S : matrix(n, n), symmetric
let D : matrix(n, p)
let y : vector(n)
let b : vector(p)
let q : vector(n), positive
let l > 0
let u : vector(2)
"""


@pytest.mark.parametrize(
    "question",
    [
        "is_convex(norm(x)^2, x)", "is_convex(x'*P*x, x)", "is_concave(-x'*P*x, x)", "is_convex(norm(y - D*b)^2 + l*norm(b)^2, b)",
        "is_convex(norm(y - D*b)^2 + l*norm(b, 1), b)", "is_convex(sum(softplus(D*b)) - y'*D*b, b)", "is_convex(log(sum(exp(x[i]), i = 1..n)), x)",
        "is_convex(sum(log(1 + exp(-y[i]*dot(D[i, :], b))), i = 1..n), b)", "is_concave(logdet(P), P)", "is_convex(tr(S*P) - logdet(P), P)",
        "is_convex(sum(q[i]*log(q[i]), i = 1..n), q)", "is_convex((a'*x)^4, x)", "is_convex(max(x), x)", "is_convex(norm(u)^2, u)",
        "is_convex(log(exp(u[1]) + exp(u[2])), u)",
    ],
)  # fmt: skip
def test_what_is_convex(question: str) -> None:
    result = list(Session().run(NAMES + question))[-1]
    assert result.exact == "true"
    assert result.check is not None
    assert result.check.agrees


@pytest.mark.parametrize("question", ["is_convex(-norm(x)^2, x)", "is_convex(-x'*P*x, x)", "is_convex(u[1]*u[2], u)"])
def test_what_is_not(question: str) -> None:
    result = list(Session().run(NAMES + question))[-1]
    assert result.exact == "false"
    assert result.check is not None
    assert result.check.agrees


@pytest.mark.parametrize(
    "question", ["is_convex(x'*S*x, x)", "is_convex((a'*x)^3, x)", "is_convex(exp(-norm(x)^2), x)", "is_convex(norm(x, 1/2), x)", "is_convex(c*norm(x)^2, x)"]
)  # fmt: skip
def test_what_is_not_seen_is_not_said(question: str) -> None:
    result = list(Session().run(NAMES + question))[-1]
    assert result.exact is None
    assert result.error is None
