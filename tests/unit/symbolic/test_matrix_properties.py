"""Properties of matrices: they hold, they fail, with parameters the condition, and what must not be claimed."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


PROPERTIES = [
    ("is_hermitian([2, im; -im, 1])", "true"),
    ("is_hermitian([2, im; im, 1])", "false"),
    ("is_hermitian([a, b; c, d])", "c == b"),
    ("is_unitary([1, im; im, 1]/sqrt(2))", "true"),
    ("is_unitary([1, im; im, 1])", "false"),
    ("is_normal([0, -1; 1, 0])", "true"),
    ("is_normal([1, 1; 0, 1])", "false"),
    ("is_invertible([a, b; c, d])", "a*d != b*c"),
    ("is_invertible([1, 2; 2, 4])", "false"),
    ("is_diagonalizable([2, 1, 0; 0, 2, 0; 0, 0, 3])", "false"),
    ("is_diagonalizable([2, 0, 0; 0, 2, 0; 0, 0, 3])", "true"),
    ("is_diagonalizable([1, im; im, -1])", "false"),
    ("is_diagonalizable([1, a; 0, 1])", "a == 0"),
    ("is_diagonalizable([a, 1; 0, b])", "a != b"),
    ("is_possemidef([1, 1; 1, 1])", "true"),
    ("is_possemidef([0, 0; 0, -1])", "false"),
    ("is_negdef([a, 0; 0, -1])", "a < 0"),
    ("is_negdef([1, 2; 3, 4])", "false"),
    ("ctranspose([1, im; 2, 3])", "[1, 2; -im, 3]"),
    ("singular_values([1, 2; 3, 4])", "[(sqrt(26) + sqrt(34))/2, (sqrt(34) - sqrt(26))/2]"),
    ("singular_values([a, b; b, a])", "[abs(a) + abs(b), abs(abs(a) - abs(b))]"),
    ("singular_values([1, a; 0, 1])", "[(sqrt(a^2 + 4) + abs(a))/2, (sqrt(a^2 + 4) - abs(a))/2]"),
    ("norm([1, a; 0, 1], 2)", "(sqrt(a^2 + 4) + abs(a))/2"),
    ("norm([1, 2; a, 3], 2)", "sqrt(2*a^2 + 2*sqrt(a^4 + 12*a^2 + 48*a + 160) + 28)/2"),
    ("norm([a, 0; 0, b], 2)", "max(abs(a), abs(b))"),
    ("cond([1, a; 0, 1])", "(a^2 + sqrt(a^2 + 4)*abs(a) + 2)/2"),
    ("cond([1, a; 1, a])", "oo"),
    ("sqrtm([0, 0; 0, 4])", "[0, 0; 0, 2]"),
    ("is_unitary([cos(1), -sin(1); sin(1), cos(1)])", "true"),
    ("is_unitary([exp(im*t), 0; 0, 1])", "true"),
    ("is_diagonalizable([e, 1; 0, pi])", "true"),
]


@pytest.mark.parametrize(("text", "exact"), PROPERTIES)
def test_properties(text, exact, checked):
    assert checked(text) == exact


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("check is_hermitian([2, im; -im, 1])", "proved"),
        ("check is_diagonalizable([1, 1; 0, 1])", "refuted"),
        ("check is_invertible([1, 2; 3, 4])", "proved"),
        ("let A : matrix(2, 2)\ncheck is_normal(A)", "refuted"),
    ],
)
def test_claims(claim, verdict):
    assert ask(claim).verdict == verdict


@pytest.mark.parametrize("text", ["sqrtm([0, 1; 0, 0])", "[1, 2; 2, 4]^(-1/2)"])
def test_there_is_no_such_power(text):
    assert ask(text).error.code == "singular-matrix"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("is_diagonalizable([sqrt(2), 1; 0, sqrt(2) + 10^(-30)])", "true"),
        ("is_possemidef([1, 1; 1, 1 - 10^(-40)])", "false"),
        ("is_negdef([-1, 1; 1, -1 - 10^(-40)])", "true"),
        ("is_symmetric([1, 10^(-40); 0, 1])", "false"),
        ("is_posdef([1, 1; 1, 1 + 10^(-40)])", "true"),
    ],
)
def test_what_lies_within_rounding_is_no_conflict(text, exact):
    found = ask(text)
    assert found.exact == exact and found.verdict is None


def test_equal_eigenvalues_that_do_not_look_it():
    found = ask("is_diagonalizable([sin(1)^2 + cos(1)^2, 1; 0, 1])")
    assert found.exact in (None, "false")
    assert ask("check is_diagonalizable([sin(1)^2 + cos(1)^2, 1; 0, 1])").verdict != "proved"


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("rank([sin(t), cos(t); sin(t), cos(t)])", "1", ()),
        ("rank([sin(t), cos(t); cos(t), sin(t)])", "2", ("2*cos(t)^2 - 1 != 0",)),
        ("rank([sin(t), 0; 0, 1])", "2", ("sin(t) != 0",)),
        ("rank([t, sin(t)])", "1", ("t != 0",)),
        ("nullspace([sin(t), cos(t); sin(t), cos(t)])", "{[-cos(t), sin(t)]}", ()),
        ("nullspace([sin(t), t; sin(t), t])", "{[-t/sin(t), 1]}", ("sin(t) != 0",)),
    ],
)
def test_pivots_are_no_conditions_where_the_rank_stays(text, exact, conditions):
    found = ask(text)
    assert (found.exact, found.conditions) == (exact, conditions) and found.check.agrees
