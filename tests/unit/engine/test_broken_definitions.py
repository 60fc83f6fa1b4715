"""A definition that cannot be read leaves its name without a value: nothing is judged with it."""

from __future__ import annotations

import pytest

from twofold.engine.client import Session as Client
from twofold.engine.session import Session
from twofold.engine.statements import meant


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("let Y ~ Normal(0, 1)", ["Y"]),
        ("let a, b >> 0", ["a", "b"]),
        ("let 0 < q <<< 1", ["q"]),
        ("f(x = 3", ["f"]),
        ("x = = 3", ["x"]),
        ("A = [1, 2; 3", ["A"]),
        ("x[1..n] ~ Normal(0", ["x"]),
        ("let a > 0, b > 0 0", ["a", "b"]),
        ("let a > 0 and b > 0", ["a", "b"]),
        ("let 0 < a < 1, 0 < b <", ["a", "b"]),
        ("let 0 < a < b", ["a", "b"]),
        ("let n, m : integer, k : integer in 0..", ["n", "m", "k"]),
        ("let x in (0, 1], A : matrix(n, n) n", ["x", "A"]),
        ("let x in (0, 1, y > 0", ["x", "y"]),
        ("K | theta ~ Poisson(theta theta", ["K"]),
        ("X ~ Normal(0, 1), Y ~ Normal(0, 1)", ["X", "Y"]),
        ("a = 1, b = 2", ["a", "b"]),
        ("a = b = 2", ["a", "b"]),
        ("a = x + 1 1 where x = 2, y = 3", ["a"]),
        ("a = f(1, k = 2) 3", ["a"]),
        ("a == b = 3", []),
        ("integrate(x^2, x = 0..", []),
        ("x == == 3", []),
        ("check (x + 1", []),
        ("2 +", []),
    ],
)
def test_the_names_that_were_meant(text, names):
    assert meant(text) == names


@pytest.mark.parametrize(
    ("broken", "claim"),
    [
        ("let Y ~ Normal(0, 1)", "E[Y] == 0"),
        ("let w >> 0", "sqrt(w^2) == w"),
        ("f(x = 3", "f(1) == 2"),
        ("let a > 0 and b > 0", "b > 0"),
        ("let m : integer, k : integer in 0..", "sin(pi*k) == 0"),
        ("let s > 0\nK | s ~ Poisson(s s", "E[K] == s"),
        ("a = 1, b = 2", "b == 2"),
        ("let 0 < a < b", "b > 0"),
    ],
)
def test_no_verdict_follows(broken, claim):
    *_, last = Session().run(f"{broken}\ncheck {claim}\n")
    assert last.status == "error" and last.error.code == "unknown-name" and last.judged is None


def test_a_law_takes_no_let():
    first, *_ = Session().run("let Y ~ Normal(0, 1)\n")
    assert first.error.code == "bad-declaration" and "without `let`" in first.error.help


@pytest.mark.parametrize("broken", ["let Y ~ Normal(0, 1)", "Y ~ Normall(0, 1)"])
def test_a_new_worker_knows_what_was_lost(broken):
    session = Client(time=10)
    try:
        session.run(broken)
        session._runner.worker.replace()
        row = session.run("check E[Y] == 0")[-1]
    finally:
        session.close()
    assert row.status == "error" and row.error["code"] == "unknown-name"
