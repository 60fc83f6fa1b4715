"""Exponentials with parameters, singular vectors in the field of an isolated root, and eigenvectors that are too long to read."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session
from twofold.symbolic.algebra.blocks import components

EXPONENTIALS = {
    "expm([a, b, 0, 0; 0, a, 0, 0; 0, 0, c, d; 0, 0, -d, c])": (
        "[exp(a), b*exp(a), 0, 0; 0, exp(a), 0, 0; 0, 0, exp(c)*cos(d), exp(c)*sin(d); 0, 0, -exp(c)*sin(d), exp(c)*cos(d)]"
    ),
    "expm([a, b, 0; 0, c, 0; 0, 0, d])": (
        "{[exp(c), b*exp(c), 0; 0, exp(c), 0; 0, 0, exp(d)] if a == c;"
        " [exp(a), b*(exp(a) - exp(c))/(a - c), 0; 0, exp(c), 0; 0, 0, exp(d)] otherwise}"
    ),
    "expm([a, b, 0; 0, a, c; 0, 0, d])": (
        "{[exp(d), b*exp(d), b*c*exp(d)/2; 0, exp(d), c*exp(d); 0, 0, exp(d)] if a == d;"
        " [exp(a), b*exp(a), b*c*((a - d - 1)*exp(a) + exp(d))/(a - d)^2; 0, exp(a), c*(exp(a) - exp(d))/(a - d); 0, 0, exp(d)] otherwise}"
    ),
}


@pytest.mark.parametrize("text", EXPONENTIALS)
def test_exponentials(text: str) -> None:
    row = Session().run(text)[-1].to_dict()
    assert row["exact"] == EXPONENTIALS[text] and row["check"]["agrees"] and "conditions" not in row


def test_blocks_are_what_entries_connect() -> None:
    assert components([[1, 0, 2], [0, 1, 0], [0, 0, 1]]) == [[0, 2], [1]]
    assert components([[0, 1], [0, 0]]) == [[0, 1]]


@pytest.mark.parametrize(
    "text", ["svd([1, 2, 0; 0, 1, 3; 1, 0, 1])", "svd([1, 2, 3; 4, 5, 6])", "svd([1, 1, 0; 0, 1, 1; 2, 0, 1; 1, 0, 0])"]
)
def test_singular_vectors_of_isolated_roots(text: str) -> None:
    row = Session().run(text)[-1].to_dict()
    assert "exact" in row and row["check"] == {**row["check"], "method": "the factors multiplied", "agrees": True}


def test_eigenvectors_of_long_radicals_are_decimals_and_no_conflict() -> None:
    row = (
        Session()
        .run(
            "diagonalize([-1 + -1*im, 1 + 1*im, -1 + 1*im, 1; 0, 1, 2 + 1*im, 2; 0, 2 + 1*im, -2, 1*im; 0, 1*im, 0, -1 + 1*im])"
        )[-1]
        .to_dict()
    )
    assert "exact" not in row and "verdict" not in row and row["check"]["agrees"]


POWERS = {
    "[0, 1; 0, 0]^n": ("{[0, 1; 0, 0] if n == 1; [0, 0; 0, 0] otherwise}", ("n == 1 or n >= 2",)),
    "let n : positive integer\n[0, 1; 0, 0]^n": ("{[0, 1; 0, 0] if n == 1; [0, 0; 0, 0] otherwise}", ("n >= 1",)),
    "let n : integer, n >= 2\n[0, 1; 0, 0]^n": ("[0, 0; 0, 0]", ()),
    "let n : positive integer\n[a, b; 0, 0]^n": (
        "{[0, b; 0, 0] if a == 0 and n == 1; [0, 0; 0, 0] if a == 0; [a^n, a^(n - 1)*b; 0, 0] otherwise}",
        ("n >= 1",),
    ),
    "let n : integer\n[cos(t), -sin(t); sin(t), cos(t)]^n": ("[cos(n*t), -sin(n*t); sin(n*t), cos(n*t)]", ()),
    "let n : integer\n[1, -1; 1, 1]^n": (
        "[2^(n/2)*cos(pi*n/4), -2^(n/2)*sin(pi*n/4); 2^(n/2)*sin(pi*n/4), 2^(n/2)*cos(pi*n/4)]",
        (),
    ),
}


@pytest.mark.parametrize("text", POWERS)
def test_powers_with_a_name_as_exponent(text: str) -> None:
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions) == POWERS[text] and found.check is not None and found.check.agrees


def test_claims_about_powers_of_nilpotent_matrices() -> None:
    claim = "[0, 1; 0, 0]^n == zeros(2, 2)"
    assert Session().run(f"let n : positive integer\n{claim}")[-1].verdict == "refuted"
    assert Session().run(f"let n : integer, n >= 2\n{claim}")[-1].verdict in ("proved", "supported")
