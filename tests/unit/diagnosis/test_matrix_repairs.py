"""Repairs of steps between vectors and matrices: each is applied to the text, and the script must hold when it is run again."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

NAMES = "let n, m : size\nlet A, B : matrix(n, n)\nlet S : matrix(n, n), symmetric\nlet K : matrix(n, n), posdef\nlet X : matrix(n, m)\nlet x, y : vector(n)\nlet a, b : real\n"


def mended(claim: str, names: str = NAMES) -> list[str]:
    """The lines that the repairs make of those that they are about."""
    text = names + claim
    (row,) = [r.to_dict() for r in Session().run(text)][-1:]
    assert row["verdict"] in ("refuted", "conditional"), row
    out = []
    for d in row["diagnosis"]:
        if d["kind"] == "repair":
            lines = text.split("\n")
            line = lines[d["line"] - 1]
            lines[d["line"] - 1] = line[: d["column"] - 1] + d["replacement"] + line[d["column"] - 1 + d["length"] :]
            again = Session().run("\n".join(lines))[-1].to_dict()
            assert again["verdict"] in ("proved", "supported"), lines[d["line"] - 1]
            out.append(lines[d["line"] - 1])
    return out


@pytest.mark.parametrize(
    ("claim", "repaired"),
    [
        ("x'*K*x > 0", "x'*K*x >= 0"),
        ("norm(x + y) < norm(x) + norm(y)", "norm(x + y) <= norm(x) + norm(y)"),
        ("(x'*y)^2 < (x'*x)*(y'*y)", "(x'*y)^2 <= (x'*x)*(y'*y)"),
        ("a^2 + b^2 > 2*a*b", "a^2 + b^2 >= 2*a*b"),
        ("x'*S*x >= 0", "let S : matrix(n, n), symmetric, posdef"),
    ],
)
def test_comparisons(claim: str, repaired: str) -> None:
    assert repaired in mended(claim)


def test_a_form_that_has_both_signs_is_not_made_weaker() -> None:
    assert mended("x'*S*x > 0") == []


@pytest.mark.parametrize(
    ("claim", "condition"),
    [
        ("let M : matrix(2, 2)\ntr(M)^2 >= 4*det(M)", "let M : matrix(2, 2), symmetric"),
        ("grad(x'*inv(A)*y, A) == -inv(A)*x*y'*inv(A)", "let A : matrix(n, n), symmetric"),
        ("a^2 > 0", "a != 0"),
        ("a^2 + b^2 > 2*a*b", "a != b"),
    ],
)
def test_the_weakest_condition_is_found(claim: str, condition: str) -> None:
    assert Session().run(NAMES + claim)[-1].to_dict()["conditions"] == [condition]
