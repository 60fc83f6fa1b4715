"""Certified expectations: enclosures against closed forms; what does not converge has none."""

from __future__ import annotations

import pytest
from flint import arb

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.numeric.evaluate import NoValue, ball

LAWS = {
    "X": "Normal(1, 2)", "Y": "Normal(0, 1)", "G": "Gamma(2, 3)", "K": "Poisson(2)", "U": "Uniform(0, 1)", "C": "Cauchy(0, 1)",
    "B": "Binomial(5, 1/3)", "T": "Beta(1/2, 3)", "L": "Exponential(2)", "W": "Geometric(1/3)",
}  # fmt: skip


@pytest.fixture(scope="module")
def scope() -> Scope:
    names = {n: Symbol(n, law=resolve(parse_expression(text, "<test>"), Scope({}))) for n, text in LAWS.items()}
    names["S"] = Symbol("S", shape=(3,), law=names["X"].law)
    names["H"] = Symbol("H", law=resolve(parse_expression("Binomial(4, U)", "<test>"), Scope(names)))
    return Scope(names)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("E[X]", "1"), ("Var[X]", "4"), ("E[X^3]", "13"), ("E[X*Y]", "0"), ("Var[X + 2*Y]", "8"), ("Cov[X, X + Y]", "4"), ("E[log(G)]", "digamma(2) - log(3)"),
        ("E[K]", "2"), ("Var[K]", "2"), ("P(K = 2)", "2*exp(-2)"), ("Var[W]", "6"), ("E[B]", "5/3"), ("P(Y > 1)", "1 - Phi(1)"), ("E[abs(Y)]", "sqrt(2/pi)"),
        ("E[mean(S)]", "1"), ("Var[mean(S)]", "4/3"), ("E[sum((S[i] - mean(S))^2, i = 1..3)]", "8"), ("E[T]", "1/7"), ("E[H]", "2"), ("E[exp(L)]", "2"),
        ("E[max(U, 1/3)]", "5/9"), ("P(X > 1 | X > 1)", "1"), ("E[X | Y = 1]", "1"),
    ],
)  # fmt: skip
def test_enclosures(scope: Scope, text: str, value: str) -> None:
    out, expected = (arb(ball(resolve(parse_expression(t, "<test>"), scope), {})) for t in (text, value))
    assert out.overlaps(expected)
    assert out.rad() < arb("1e-12")


@pytest.mark.parametrize("text", ["E[C]", "Var[C]", "E[exp(3*L)]", "E[1/Y]"])
def test_expectations_that_do_not_exist_have_no_enclosure(scope: Scope, text: str) -> None:
    with pytest.raises(NoValue):
        ball(resolve(parse_expression(text, "<test>"), scope), {})
