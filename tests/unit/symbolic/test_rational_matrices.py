"""Matrices of rational numbers are worked out by FLINT and constants as they are by the general algorithms."""

from __future__ import annotations

from random import Random

import pytest

from twofold.catalogue.display import show
from twofold.core.diagnostic import TwofoldError
from twofold.symbolic.algebra import eigen, factorisations, functions, spaces, square
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.work import work

SQUARE = ("eigenvalues", "eigenvectors", "diagonalize", "jordan", "expm", "adjugate", "cofactors", "minpoly", "ldl", "cholesky")
ANY = ("rref", "nullspace", "colspace", "rowspace", "rank", "qr", "pinv")


def matrix(op: str, seed: int) -> str:
    draw = Random(f"{op}{seed}")
    n = draw.choice([2, 2, 3])
    m = n if op in SQUARE else draw.choice([1, 2, 3])
    rows = [[draw.choice(["0", "1", "-1", "2", "3", "1/2"]) for _ in range(m)] for _ in range(n)]
    if op in ("ldl", "cholesky") and n == m:
        rows = [[rows[min(i, j)][max(i, j)] if i != j else "4" for j in range(n)] for i in range(n)]
    if draw.random() < 0.3:
        rows[-1] = rows[0]
    return "[" + "; ".join(", ".join(r) for r in rows) + "]"


def answer(t):
    context = Context()
    try:
        return show(work(t, context)), context.notes
    except (TwofoldError, NoClosedForm) as error:
        return str(error), []


@pytest.mark.parametrize("op", [*SQUARE, *ANY])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_by_both_ways(term, monkeypatch, op, seed):
    text = f"{op}({matrix(op, seed)})" if op != "minpoly" else f"{op}({matrix(op, seed)}, t)"
    found = answer(term(text))
    for module in (eigen, factorisations, functions, spaces, square):
        monkeypatch.setattr(module, "matrix_of", lambda a: None)
    assert found == answer(term(text))


@pytest.mark.parametrize(
    "text, known",
    [
        ("eigenvectors([1, 1; 1, 0])", "{((1 - sqrt(5))/2, 1, {[1 - sqrt(5), 2]}), ((1 + sqrt(5))/2, 1, {[1 + sqrt(5), 2]})}"),
        ("eigenvectors([0, 1; -1, 0])", "{(-im, 1, {[im, 1]}), (im, 1, {[-im, 1]})}"),
        ("eigenvalues([2, 0; 0, 2])", "{2, 2}"),
        (
            "eigenvalues([0, 0, 1; 1, 0, 1; 0, 1, 0])",
            "{root_of(t -> t^3 - t - 1, 1), root_of(t -> t^3 - t - 1, 2), root_of(t -> t^3 - t - 1, 3)}",
        ),
        (
            "eigenvalues([0, 0, 1, 0; 1, 0, 3, 0; 0, 1, 0, 0; 0, 0, 0, 1])",
            "{root_of(t -> t^3 - 3*t - 1, 1), root_of(t -> t^3 - 3*t - 1, 2), 1, root_of(t -> t^3 - 3*t - 1, 3)}",
        ),
        (
            "eigenvalues([0, 0, 2; 1, 0, 0; 0, 1, 0])",
            "{2^(1/3), (-2^(1/3) - 2^(1/3)*sqrt(3)*im)/2, (-2^(1/3) + 2^(1/3)*sqrt(3)*im)/2}",
        ),
        ("diagonalize([1, 1; 0, 1])", '"not diagonalizable"'),
        ("qr([1, 2; 2, 4])", "([sqrt(5)/5, 2*sqrt(5)/5; 2*sqrt(5)/5, -sqrt(5)/5], [sqrt(5), 2*sqrt(5); 0, 0])"),
        ("gram_schmidt([1, 1, 0], [1, 0, 1])", "{[sqrt(2)/2, sqrt(2)/2, 0], [sqrt(6)/6, -sqrt(6)/6, sqrt(6)/3]}"),
        ("pinv([0, 0; 0, 0])", "[0, 0; 0, 0]"),
        ("least_squares([1, 1; 1, 1], [1, 2])", "[3/4, 3/4]"),
        ("adjugate([1, 2; 2, 4])", "[4, -2; -2, 1]"),
        ("minpoly([2, 0, 0; 0, 2, 0; 0, 0, 3], t)", "t^2 - 5*t + 6"),
        ("jordan([3, 1; -1, 1])", "([1, 1; -1, 0], [2, 1; 0, 2])"),
        ("expm([1, 2; 2, 1])", "[(1/e + e^3)/2, (e^3 - 1/e)/2; (e^3 - 1/e)/2, (1/e + e^3)/2]"),
        ("expm([0, 1; 1, 0])", "[cosh(1), sinh(1); sinh(1), cosh(1)]"),
        ("expm([1, 1; 0, 2])", "[e, e*(e - 1); 0, e^2]"),
        ("expm([0, -a; a, 0])", "[cos(a), -sin(a); sin(a), cos(a)]"),
        ("expm([a, b; 0, a])", "[exp(a), b*exp(a); 0, exp(a)]"),
        ("expm([0, a, b; 0, 0, c; 0, 0, 0])", "[1, a, a*c/2 + b; 0, 1, c; 0, 0, 1]"),
        ("charpoly([0, 0, -c; 1, 0, -b; 0, 1, -a], t)", "t^3 + a*t^2 + b*t + c"),
        ("charpoly([a, b; c, a], t)", "t^2 - 2*a*t + (a^2 - b*c)"),
        ("eigenvalues([a, b; b, a])", "{a - b, a + b}"),
        ("eigenvalues([x, 1; 0, x])", "{x, x}"),
        ("det([cos(a), -sin(a), 0; sin(a), cos(a), 0; 0, 0, 2])", "2"),
        ("det([sin(a), 1; 1, cos(a)])", "sin(a)*cos(a) - 1"),
        ("det([sin(a), cos(b); -cos(b), sin(a)])", "sin(a)^2 + cos(b)^2"),
        ("rank([sqrt(2), 2; 1, sqrt(2)])", "1"),
        ("rank([sqrt(2), 2; 1, sqrt(3)])", "2"),
        ("det([sqrt(2), 1; 1, sqrt(3)])", "sqrt(6) - 1"),
        ("diagonalize([sqrt(2), 1/2; sqrt(2), 1/2])", "([-sqrt(2), 1; 4, 1], [0, 0; 0, (1 + 2*sqrt(2))/2])"),
    ],
)
def test_answers(term, text, known):
    assert show(work(term(text), Context())) == known


@pytest.mark.parametrize(
    "text, words",
    [
        ("cholesky([1, 2; 2, 1])", "not positive definite"),
        ("ldl([0, 1; 1, 0])", "minor of size 1 is 0"),
        ("cholesky([1, 2; 3, 9])", "symmetric"),
    ],
)
def test_what_has_none_is_told(term, text, words):
    with pytest.raises(TwofoldError) as error:
        work(term(text), Context())
    assert words in error.value.diagnostic.headline


@pytest.mark.parametrize(
    "text, known",
    [
        (
            "svd([1, 1; 0, 1])",
            "([sqrt((5 + sqrt(5))/10), -sqrt((5 - sqrt(5))/10); sqrt((5 - sqrt(5))/10), sqrt((5 + sqrt(5))/10)], "
            "[(1 + sqrt(5))/2, 0; 0, (sqrt(5) - 1)/2], "
            "[sqrt((5 - sqrt(5))/10), -sqrt((5 + sqrt(5))/10); sqrt((5 + sqrt(5))/10), sqrt((5 - sqrt(5))/10)])",
        ),
        ("svd([0, 1; 0, 0])", "([1; 0], [[1]], [0; 1])"),
        (
            "svd([3, 0; 4, 5])",
            "([sqrt(10)/10, -3*sqrt(10)/10; 3*sqrt(10)/10, sqrt(10)/10], [3*sqrt(5), 0; 0, sqrt(5)], [sqrt(2)/2, -sqrt(2)/2; sqrt(2)/2, sqrt(2)/2])",
        ),
    ],
)
def test_singular_values(term, text, known):
    assert show(work(term(text), Context())) == known
