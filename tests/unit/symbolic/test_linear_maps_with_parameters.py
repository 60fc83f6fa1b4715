"""Linear maps with parameters, and what is said of the roots in answers of linear algebra."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("map_", "answer"),
    [
        ("[a*v[1] + b, v[2]]", "b == 0"),
        ("[a*v[1], v[1] + v[2]]", "true"),
        ("[a*v[1] + 1, v[2]]", "false"),
        ("[a*v[1] + b^2 + 1, v[2]]", "false"),
        ("[v[1]*v[2], 0]", "false"),
    ],
)
def test_linear_where_parameters_let_it_be(map_: str, answer: str) -> None:
    assert Session().run(f"T(v) = {map_}\nis_linear(T)")[-1].exact == answer


def test_the_matrix_of_a_map_asks_for_what_makes_it_linear() -> None:
    found = Session().run("T(v) = [a*v[1] + b, v[2]]\nmatrix_of(T)")[-1]
    assert (found.exact, found.conditions) == ("[a, 0; 0, 1]", ("b == 0",))


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("eigenvalues([0, a; 1, 0])", ("the roots are not real where a < 0",)),
        ("expm([0, 1; a, 0])", ("the roots are not real where a < 0",)),
        ("let a > 0\neigenvalues([0, a; 1, 0])", ()),
        ("eigenvalues([a, b; b, c])", ()),
        ("eigenvalues([1, 2; 3, 4])", ()),
    ],
)
def test_where_roots_are_not_real(question: str, notes: tuple[str, ...]) -> None:
    assert Session().run(question)[-1].notes == notes


def test_alternatives_that_follow_are_not_stated() -> None:
    assert Session().run("coordinates([x, y], [1, a], [a, 1])")[-1].conditions == ("a != 1", "a != -1")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("basis([1, a], [a, 1])", "{{[1, 1]} if a == 1; {[1, -1]} if a == -1; {[1, a], [a, 1]} otherwise}"),
        ("gram_schmidt([1, 0], [a, 0])", "{[1, 0]}"),
        ("gram_schmidt([a, 1], [1, a]) where a = 1", "{[sqrt(2)/2, sqrt(2)/2]}"),
    ],
)
def test_bases_of_different_sizes_in_different_cases(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.check is not None and found.check.agrees) == (answer, True)


def test_claims_about_bases_of_different_sizes() -> None:
    claim = "basis([1, a], [a, 1]) == {[1, a], [a, 1]}"
    assert Session().run(claim)[-1].verdict is not None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "let a, b > 0\nexpm([0, a; b, 0])",
            "[cosh(sqrt(a*b)), sinh(sqrt(a*b))*sqrt(a/b); sinh(sqrt(a*b))*sqrt(b/a), cosh(sqrt(a*b))]",
        ),
        (
            "expm([0, a; b, 0])",
            "{[1, 0; b, 1] if a == 0; [1, a; 0, 1] if b == 0; "
            "[cosh(sqrt(a*b)), sqrt(a*b)*sinh(sqrt(a*b))/b; sqrt(a*b)*sinh(sqrt(a*b))/a, cosh(sqrt(a*b))] otherwise}",
        ),
        (
            "expm([a, 1; c, -a])",
            "{[a + 1, 1; -a^2, 1 - a] if c == -a^2; [a*sinh(sqrt(a^2 + c))/sqrt(a^2 + c) + cosh(sqrt(a^2 + c)), "
            "sinh(sqrt(a^2 + c))/sqrt(a^2 + c); c*sinh(sqrt(a^2 + c))/sqrt(a^2 + c), "
            "cosh(sqrt(a^2 + c)) - a*sinh(sqrt(a^2 + c))/sqrt(a^2 + c)] otherwise}",
        ),
        (
            "expm(t*[1, 2; 3, 2])",
            "[(2*exp(4*t) + 3*exp(-t))/5, 2*(exp(4*t) - exp(-t))/5; 3*(exp(4*t) - exp(-t))/5, (3*exp(4*t) + 2*exp(-t))/5]",
        ),
    ],
)
def test_exponentials_of_conjugate_roots_are_hyperbolic(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert found.exact == answer
    assert found.check is not None
    assert found.check.agrees


@pytest.mark.parametrize("f", ["adjugate", "cofactors", "minors"])
def test_cofactors_of_functions(f: str) -> None:
    answers = {"adjugate": "[cos(t), -exp(t); -sin(t), sin(t)]", "cofactors": "[cos(t), -sin(t); -exp(t), sin(t)]"}
    found = Session().run(f"{f}([sin(t), exp(t); sin(t), cos(t)])")[-1]
    assert found.exact == answers.get(f, "[cos(t), sin(t); exp(t), sin(t)]")


@pytest.mark.parametrize(
    ("question", "answer"),
    [("coordinates([1; 4], [0; -1], [-4; -3])", "[-13/4, -1/4]"), ("project([1; 2], [1; 1])", "[3/2, 3/2]")],
)
def test_matrices_of_one_column_are_vectors(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.verdict) == (answer, None)
    assert found.check is not None
    assert found.check.agrees


def test_a_row_is_not_projected() -> None:
    error = Session().run("project([1, 2]', [1, 1]')")[-1].error
    assert error is not None
    assert "project needs a vector first" in error.headline


def test_singular_vectors_with_transcendental_roots_are_numeric() -> None:
    found = Session().run("svd([-2, pi; pi, e])")[-1]
    assert (found.verdict, found.exact) == (None, None)
    assert found.numeric is not None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "rref([a, b; b, a])",
            "{[0, 0; 0, 0] if a == 0 and b == 0; [1, 1; 0, 0] if a == b; [1, -1; 0, 0] if a == -b; [1, 0; 0, 1] otherwise}",
        ),
        (
            "gram_schmidt([a, b], [b, a])",
            "{{} if a == 0 and b == 0; {[sqrt(2)*sign(b)/2, sqrt(2)*sign(b)/2]} if a == b; "
            "{[-sqrt(2)*sign(b)/2, sqrt(2)*sign(b)/2]} if a == -b; {[a/sqrt(a^2 + b^2), b/sqrt(a^2 + b^2)], "
            "[-b*sign(a^2 - b^2)/sqrt(a^2 + b^2), a*sign(a^2 - b^2)/sqrt(a^2 + b^2)]} otherwise}",
        ),
    ],
)
def test_cases_of_two_parameters_are_said_once(question: str, answer: str) -> None:
    assert Session().run(question)[-1].exact == answer


def test_the_conditions_of_a_cholesky_factor_are_its_minors() -> None:
    assert Session().run("cholesky([a, b; b, c])")[-1].conditions == ("a > 0", "a*c - b^2 > 0")


@pytest.mark.parametrize(
    ("question", "values"),
    [("svd([a, 0; 0, 2*a])", "[2*abs(a), 0; 0, abs(a)]"), ("svd([a^2 + 1, 0; 0, a^2 + 2])", "[a^2 + 2, 0; 0, a^2 + 1]")],
)
def test_singular_values_with_parameters_fall(question: str, values: str) -> None:
    found = Session().run(question)[-1]
    assert values in found.exact
    assert not found.notes


def test_singular_values_that_have_no_order_say_so() -> None:
    assert Session().run("svd([a, 0; 0, 1])")[-1].notes == (
        "which singular value is the largest depends on the parameters: they stand in any order",
    )


def test_a_projection_that_is_defined_everywhere_has_no_condition() -> None:
    assert Session().run("project([1/a, a, -2], {[1, -a, 2a - 1], [a + 1, -2, 2a - 1]})")[-1].conditions == ()
