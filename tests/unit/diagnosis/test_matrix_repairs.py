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


@pytest.mark.parametrize(
    ("claim", "repaired"),
    [
        ("(A + B)^2 == A^2 + B^2", "(A + B)^2 == A^2 + B^2 + A*B + B*A"),
        ("(A + B)^3 == A^3 + 3*A^2*B + 3*A*B^2 + B^3", "(A + B)^3 == A^3 + A^2*B + A*B*A + A*B^2 + B*A^2 + B*A*B + B^2*A + B^3"),
        ("(A + B)*(A - B) == A^2 - B^2", "(A + B)*(A - B) == A^2 - B^2 - A*B + B*A"),
        ("(A + eye(n))^2 == A^2 + eye(n)", "(A + eye(n))^2 == A^2 + eye(n) + 2*A"),
        ("(A*B)^2 == A^2*B^2", "(A*B)^2 == A*B*A*B"),
        ("norm(x + y)^2 == norm(x)^2 + norm(y)^2", "norm(x + y)^2 == norm(x)^2 + norm(y)^2 + 2*x'*y"),
        ("norm(x - y)^2 == norm(x)^2 - norm(y)^2", "norm(x - y)^2 == norm(x)^2 - 2*x'*y + norm(y)^2"),
        ("(x + y)'*A*(x + y) == x'*A*x + y'*A*y", "(x + y)'*A*(x + y) == x'*A*x + y'*A*y + x'*A*y + y'*A*x"),
        ("(a + b)^3 == a^3 + b^3", "(a + b)^3 == a^3 + b^3 + 3*a^2*b + 3*a*b^2"),
        ("sum(x[i]*(y[i] - a), i = 1..n) == sum(x[i]*y[i], i = 1..n) - n*a", "sum(x[i]*(y[i] - a), i = 1..n) == sum(x[i]*y[i], i = 1..n) - a*sum(x[i], i = 1..n)"),
    ],
)  # fmt: skip
def test_what_is_missing_of_a_product_multiplied_out(claim: str, repaired: str) -> None:
    assert repaired in mended(claim)


WEIGHTS = "let n : size\nlet w, x : vector(n), positive\nlet w_1, w_2, x_1, x_2, k, m > 0\n"


@pytest.mark.parametrize(
    ("claim", "repaired"),
    [
        ("sum(w .* x)/sum(w) == sum(w .* x)/n", "sum(w .* x)/sum(w) == sum(w .* x)/sum(w)"),
        ("(w_1*x_1 + w_2*x_2)/(w_1 + w_2) == w_1*x_1 + w_2*x_2", "(w_1*x_1 + w_2*x_2)/(w_1 + w_2) == (w_1*x_1 + w_2*x_2)/(w_1 + w_2)"),
        ("(k*x_1 + m*x_2)/(k + m) == (x_1 + x_2)/(k + m)", "(k*x_1 + m*x_2)/(k + m) == (k*x_1 + m*x_2)/(k + m)"),
        ("(k*x_1 + m*x_2)/(k + m) == x_1 + m*(x_2 - x_1)/k", "(k*x_1 + m*x_2)/(k + m) == x_1 + m*(x_2 - x_1)/(k + m)"),
    ],
)  # fmt: skip
def test_weighted_means(claim: str, repaired: str) -> None:
    assert repaired in mended(claim, WEIGHTS)


def test_terms_that_are_not_in_the_product_are_not_taken_for_it() -> None:
    assert not any("A*B" in line for line in mended("(A + B)^2 == 2*A + S"))
