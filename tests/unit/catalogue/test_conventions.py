"""Settings about derivatives, written out in the term."""

from __future__ import annotations

import pytest

from twofold.catalogue.conventions import conventional
from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, num, var

SIZE = Symbol("n", "integer", size=True, lower=num(1))
N = var(SIZE)
NAMES = {
    "n": SIZE,
    "x": Symbol("x", shape=(N,)),
    "A": Symbol("A", shape=(N, N)),
    "S": Symbol("S", shape=(N, N), properties=frozenset({"symmetric"})),
    "K": Symbol("K", shape=(N, N), properties=frozenset({"posdef"})),
    "D": Symbol("D", shape=(N, N), properties=frozenset({"diagonal"})),
}


@pytest.mark.parametrize(
    ("text", "layout", "symmetric", "wanted"),
    [
        ("jacobian(A*x, x)", "numerator", False, "jacobian(A*x, x)"),
        ("jacobian(A*x, x)", "denominator", False, "jacobian(A*x, x)'"),
        ("2*jacobian(A*x, x)*x", "denominator", False, None),
        ("grad(x'*x, x)", "denominator", True, "grad(x'*x, x)"),
        ("grad(log(det(A)), A)", "numerator", True, "grad(log(det(A)), A)"),
        ("grad(log(det(S)), S)", "numerator", False, "grad(log(det(S)), S)"),
        (
            "grad(log(det(S)), S)", "numerator", True,
            "grad(log(det(S)), S) + grad(log(det(S)), S)' - diag(diag(grad(log(det(S)), S)))",
        ),
        ("grad(tr(K*A), K)", "denominator", True, "grad(tr(K*A), K) + grad(tr(K*A), K)' - diag(diag(grad(tr(K*A), K)))"),
        ("grad(tr(D*A), D)", "numerator", True, "diag(diag(grad(tr(D*A), D)))"),
    ],
)  # fmt: skip
def test_conventions(text, layout, symmetric, wanted):
    term = resolve(parse_expression(text, "test"), Scope(NAMES))
    found = show(conventional(term, layout, symmetric))
    assert found == (wanted if wanted is not None else "2*jacobian(A*x, x)'*x")
