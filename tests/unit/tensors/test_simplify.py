"""Short forms of expressions with symbolic sizes."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.symbolic.tensors import simplified


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("inv(A)*A", "eye(n)"),
        ("tr(eye(n))", "n"),
        ("x'*(A - A')*x", "0"),
        ("sum(softmax(x))", "1"),
        ("tr(X*inv(X'*X)*X')", "m"),
        ("x'*y + y'*x", "2*x'*y"),
        ("A*B - B*A + B*A", "A*B"),
        ("tr(A' + A)", "2*tr(A)"),
        ("Q'*(Q*x)", "x"),
        ("det(Q)^4*x", "x"),
        ("(x')'", "x"),
        ("inv(inv(A))*x", "A*x"),
        ("inv(S) + inv(S)' - inv(S)'", "inv(S)"),
        ("A*B", "A*B"),
        ("rank(A)", "rank(A)"),
        ("norm(A, 2)", "norm(A, 2)"),
        ("x' - x'", "zeros(1, n)"),
    ],
)
def test_short_forms(text, wanted, read):
    assert show(simplified(read(text))) == wanted
