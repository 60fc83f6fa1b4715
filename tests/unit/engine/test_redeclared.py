"""A name that is declared after it was used is the same name in what was made with it."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    "text",
    [
        "X ~ Exponential(r)\nlet r > 0\nE[X] == 1/r",
        "X ~ Normal(m, s)\nlet s > 0\nVar[X] == s^2",
        "X ~ Normal(m, s)\nlet m : integer\nE[X] == m",
        "let s > 0\nX ~ Normal(0, s)\nlet s in (0, 1)\nVar[X] < 1",
        "theta ~ Beta(a, b)\nK | theta ~ Binomial(n, theta)\nlet a, b > 0\nlet n : size\nE[K] == n*a/(a+b)",
        "x[1..n] ~ Normal(mu, sigma)\nm = mean(x)\nlet n : size\nlet sigma > 0\nVar[m] == sigma^2/n",
        "let x : vector(n)\nlet n : size\nsum(x[i], i=1..n) == n*mean(x)",
        "let A : matrix(n, m)\nlet n, m : size\ntr(A' A) == sum(sum(A[i,j]^2, i=1..n), j=1..m)",
        "let v : vector(n)\nw = 2v\nlet n : integer in 2..4\nw == 2v",
        "let A : matrix(n, n)\ng(M) = M*M\nlet n : integer in 2..3\ng(A) == A*A",
        "let x : real\nf = x^2\nlet x in (0, 1)\nf < x",
        "let x : real\nf(t) = x*t\nlet x > 0\nf(1) == x",
        "let a > 0\nlet b > a\nlet a : real\nb > a",
    ],
)
def test_what_was_made_with_it_is_about_the_name_as_declared_last(text):
    assert Session().run(text)[-1].to_dict()["verdict"] == "proved"


@pytest.mark.parametrize(
    "text",
    [
        "let x > 0\nlet x : real\nx > 0",
        "let x > y\nlet x : real\nx > y",
        "X ~ Normal(m, s)\nlet s > 0\nVar[X] == s",
        "let x : vector(n)\nlet n : size\nsum(x[i], i=1..n) == mean(x)",
    ],
)
def test_another_declaration_takes_the_place_of_an_earlier_one(text):
    assert Session().run(text)[-1].to_dict()["verdict"] == "refuted"


def test_a_value_and_a_law_are_those_of_the_time_of_the_definition():
    assert Session().run("x = 3\nf = x^2\nx = 4\nf == 9")[-1].to_dict()["verdict"] == "proved"
    assert Session().run("X ~ Normal(0, 1)\nY = X + 1\nX ~ Normal(5, 1)\nE[Y] == 1")[-1].to_dict()["verdict"] == "proved"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("let n : integer\nlet n >= 1", ["n"]),
        ("let x > 0\nlet x < 1", ["x"]),
        ("let x > 0\nlet x in (0, 1)", []),
        ("let x, y : real\nlet x, y > 0", []),
        ("let A : matrix(2, 2), symmetric\nlet A : matrix(2, 2)", []),
        ("let b : vector(3)\nlet b : real", []),
        ("let b : vector(3)\nlet b > 0", ["b"]),
        ("x + 1\nlet x > 0", []),
        ("let n : integer, n >= 1", []),
    ],
)
def test_what_a_declaration_forgets_is_said(text, names):
    notes = Session().run(text)[-1].notes
    assert notes == tuple(f"what was declared of {n} before no longer counts: say all of it in one `let`" for n in names)
