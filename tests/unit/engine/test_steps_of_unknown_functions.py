"""Steps between equations of unknown functions: what follows, what does not, and that a diagnosis comes to its end."""

from __future__ import annotations

import pytest

import twofold


def row(text: str) -> dict:
    return twofold.Session(in_process=True).run(f"let f, g : function\n{text}")[-1].to_dict()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x == y => f(x) == f(y)", "proved"),
        ("x == 2*y => f(x^2) == f(4*y^2)", "proved"),
        ("f(x) == g(x) => f(x)^2 == g(x)^2", "proved"),
        ("f(x)^2 == g(x)^2 => f(x) == g(x)", "refuted"),
    ],
)
def test_steps(text: str, said: str) -> None:
    assert row(text)["verdict"] == said


@pytest.mark.parametrize("text", ["x == y => f(x) == f(-y)", "x == 2 => f(x) == f(3)", "f(x) == f(y) => x == y"])
def test_not_proved(text: str) -> None:
    assert row(text)["verdict"] != "proved"


def test_the_diagnosis_is_made() -> None:
    evidence = row("f(x)^2 == g(x)^2 => f(x) == g(x)")["evidence"]
    assert not [e for e in evidence if e["note"].startswith("failed")]
