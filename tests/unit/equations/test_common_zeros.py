"""Zeros of systems at points: refutations by boxes that hold one, and support only where those found agree."""

from __future__ import annotations

import pytest
from flint import arb

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.numeric.systems import zeros
from twofold.numeric.valuation import draw

pytestmark = pytest.mark.usefixtures("undiagnosed")


def found(*equations, names="xy"):
    symbols = {n: Symbol(n) for n in names}
    terms = [resolve(parse_expression(e), Scope(symbols)) for e in equations]
    return [
        (tuple(balls[s] for s in symbols.values()), sure) for _, balls, sure in zeros(terms, draw(symbols.values(), (), 7, 48))
    ]


def test_all_simple_zeros_are_enclosed():
    rows = found("x^2 + y^2 == 10", "x*y == 3")
    assert all(sure for _, sure in rows)
    assert sorted((round(float(x)), round(float(y))) for (x, y), _ in rows) == [(-3, -1), (-1, -3), (1, 3), (3, 1)]
    assert all(b.contains(arb(round(float(b)))) and b.rad() < 1e-12 for row, _ in rows for b in row)


@pytest.mark.parametrize(
    "equations", [("x^2 + y^2 == 2", "x + y == 2"), ("x == y", "2*x == 2*y"), ("abs(x) + y == 0", "y == abs(x)")]
)
def test_zeros_that_are_not_simple_are_not_certain(equations):
    assert not any(sure for _, sure in found(*equations))


def test_one_equation_and_more_equations_than_names_are_left_alone():
    assert found("x == 1") == [] and found("x == 1", "y == 1", "x == y") == []


def judged(text):
    return Session().run(text)[-1].judged


@pytest.mark.parametrize(
    "claim",
    [
        "let x, y : real\ncheck {x^2 == 4*y^2, x^3 - y^3 - 7 == 0} => 0 == 1 - y^2",
        "let x : real, y < 0\ncheck 1 - 2*y^2 == -x^2 and -x + y^2 + y == -x^2 => x*y == -1 given x >= y",
        "let x, y : real\ncheck {x^2 + y^2 == 10, exp(x) - y == 2} => x > 0",
        "let x, y : real\ncheck {x == 1, y == 2} <=> {x == 1, y == 2} or {exp(x) == y + 1, x^2 + y == 4}",
        "let m, n, k : integer\ncheck {m*n == -4, m + n == 0, k > m} => k^2 <= 36 and k^2 >= 0",
    ],
)
def test_refuted_at_a_point(claim):
    verdict = judged(claim)
    assert verdict.truth.value == "refuted" and verdict.counterexample.certified


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("let x, y : real\ncheck {x^2 + y^2 == 10, exp(x) - y == 2} => x*y < 10", {"supported", "proved"}),
        ("let x, y : real\ncheck {x^2 + y^2 == 10, exp(x) - y == 2} => x^2 + y^2 < 10", {"undecided"}),
        ("let x, y > 0\ncheck {x^2 + y^2 == 10, exp(x) - y == 2} => x > 0", {"supported", "proved"}),
    ],
)
def test_not_refuted(claim, expected):
    assert judged(claim).truth.value in expected


@pytest.mark.parametrize(
    "claim",
    [
        "x*y <= 49/100 given x^2 + y^2 == 1",
        "x + y >= -sqrt(2) + 1/10000 given x^2 + y^2 == 1",
        "x^2 + y^2 == 1 and x > y => x*y < 1/2 - 1/1000",
        "x + 2*y >= -sqrt(5) + 1/100 given x^2 + y^2 <= 1",
    ],
)
def test_claims_that_fail_by_little_at_an_edge(claim):
    verdict = judged(f"let x, y : real\ncheck {claim}")
    assert verdict.truth.value == "refuted" and verdict.counterexample.certified
    assert len(verdict.counterexample.left) < 30


@pytest.mark.parametrize(
    "claim",
    ["x*y <= 1/2 given x^2 + y^2 == 1", "x^2 + y^2 == 1 and x > y => x*y < 1/2", "x + 2*y >= -sqrt(5) given x^2 + y^2 <= 1"],
)
def test_claims_that_are_sharp_at_an_edge_are_not_refuted(claim):
    assert judged(f"let x, y : real\ncheck {claim}").truth.value in ("proved", "supported", "undecided")
