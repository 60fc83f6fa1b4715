"""Points at which equations hold that are linear in one array."""

from __future__ import annotations

from fractions import Fraction

import pytest

from twofold.engine.session import Session
from twofold.grammar.term import App, Symbol, var
from twofold.numeric.linear_points import on_equations

_S = "let n : size\nlet A, B, C : matrix(n, n)\nlet x, y : vector(n)\nlet c, d : real\n"
_SYMMETRIC = "let n : size\nlet S : matrix(n, n), symmetric\nlet x, y : vector(n)\nlet c, d : real\n"


def test_a_matrix_with_given_eigenvectors() -> None:
    a, x = Symbol("A", "real", (2, 2)), Symbol("x", "real", (2,))
    side = App("eq", (App("mul", (var(a), var(x)), (2,)), var(x)), (), "truth")
    point = {a: ((Fraction(0),) * 2,) * 2, x: (Fraction(1), Fraction(2))}
    found = list(on_equations(side, [point], 7))
    assert any(p[a] != point[a] for p in found)
    for p in found:
        assert all(sum(u * v for u, v in zip(r, p[x], strict=True)) == e for r, e in zip(p[a], p[x], strict=True))


@pytest.mark.parametrize(
    "claim",
    [
        "A*x == c*x and A*y == d*y and c != d => x'*y == 0",
        "A*x == c*x and A*y == d*y => (c - d)*(x'*y) == 0",
        "A*B == B*A => A*C == C*A",
        "A*B == B*A and B*C == C*B => A*C == C*A",
    ],
)
def test_steps_that_fail_where_an_array_solves_the_left_side(claim: str) -> None:
    assert Session().run(_S + claim)[-1].verdict == "refuted"


def test_the_symmetric_case_is_not_refuted() -> None:
    assert Session().run(_SYMMETRIC + "S*x == c*x and S*y == d*y => (c - d)*(x'*y) == 0")[-1].verdict == "proved"


def test_repairs_are_tried_where_an_array_solves_the_left_side() -> None:
    found = Session().run(_S + "A*B == C and det(A) != 0 => B == C*inv(A)")[-1]
    assert [d["message"] for d in found.to_dict()["diagnosis"]] == ["this would hold with inv(A)*C"]
