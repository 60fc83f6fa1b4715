"""Extrema over whole numbers, functions given where values are meant, and derivatives by complex names."""

import pytest

import twofold


def last(text: str) -> dict:
    return twofold.Session(in_process=True).run(text)[-1].to_dict()


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("let n : integer\nminimize((n - 5/2)^2, n)", "(1/4, {2, 3})"),
        ("let n : integer\nmaximize(n*(7 - n), n)", "(12, {3, 4})"),
        ("let n : positive integer\nminimize(n + 10/n, n)", "(19/3, 3)"),
        ("let n : positive integer\nmaximize(n^2/2^n, n)", "(9/8, 3)"),
        ("let n : integer\nmaximize(n^2, n = 0..5/2)", "(4, 2)"),
        ("let n : integer\nminimize(n^2, n = 1/3..2/3)", '"no point satisfies the constraints"'),
        ("let m, n : integer\nminimize((m - 1)^2 + (n + 2)^2, [m, n])", "(0, [1, -2])"),
    ],
)
def test_an_extremum_over_whole_numbers_is_at_whole_numbers(text: str, exact: str) -> None:
    found = last(text)
    assert found["exact"] == exact and found["check"]["method"] == "values at whole numbers" and found["check"]["agrees"]


def test_whole_numbers_that_are_not_found_are_not_taken_to_be_real() -> None:
    assert last("let n : integer\nminimize((n - a)^2, n)").get("exact") is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("f(x) = x^2\nintegrate(f, x = 0..1)", "1/3"),
        ("f(x) = x^2\nlimit(f, x -> 2)", "4"),
        ("f(x, y) = x^2*y\nintegrate(f, x = 0..1, y = 0..2)", "2/3"),
        ("f(x) = x^2 - 2*x\nminimize(f, x)", "(-1, 1)"),
        ("f(x) = x^2 - 3\nroots(f, x)", "{-sqrt(3), sqrt(3)}"),
        ("f(x) = x^2 - 2*x\ntaylor(f, x = 0, 2)", "-2*x + x^2"),
    ],
)
def test_a_function_with_its_variables_is_its_value(text: str, exact: str) -> None:
    assert last(text)["exact"] == exact


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("f(x) = x^2\nabs(f)", "wrong-kind"),
        ("f(x) = x^2\nsolve(f == 0, x)", "wrong-kind"),
        ("integrate(x^2 == 1, x)", "wrong-kind"),
        ("norm(eigenvalues([2, 1; 1, 2]))", "shape-mismatch"),
        ("minimize([x, y], [x, y])", "wrong-kind"),
        ("let z : complex\ndiff(conjugate(z), z)", "not-holomorphic"),
        ("let z : complex\ndiff(abs(z), z)", "not-holomorphic"),
    ],
)
def test_what_has_no_meaning_is_refused(text: str, code: str) -> None:
    assert last(text)["error"]["code"] == code
