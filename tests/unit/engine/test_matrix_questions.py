"""Questions about matrices: each case checked by itself, data by LAPACK, faults with a place and a way out."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.checks import eigen, factorisations, spaces
from twofold.engine.checks.cases import by_cases
from twofold.engine.comparison import compare
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.symbolic.context import Context


def ask(text):
    return Session().run(text)[-1]


def terms(*texts):
    scope = Scope({})
    return [resolve(parse_expression(t), scope) for t in texts]


CASES = [
    ("rank([1, a; a, 1])", "{1 if a == -1 or a == 1; 2 otherwise}", compare, True),
    ("rank([1, a; a, 1])", "{1 if a == -1 or a == 2; 2 otherwise}", compare, False),
    ("rank([a, b; c, d])", "{0 if a == 0 and b == 0 and c == 0 and d == 0; 1 if a*d == b*c; 2 otherwise}", compare, True),
    ("rank([a, b; c, d])", "{1 if a*d == b*c; 2 otherwise}", compare, True),
    ("nullspace([1, a; a, 1])", "{{[-1, 1]} if a == 1; {[1, 1]} if a == -1; {} otherwise}", spaces.nullspace, True),
    ("nullspace([1, a; a, 1])", "{{[1, 1]} if a == 1; {[1, 1]} if a == -1; {} otherwise}", spaces.nullspace, False),
    (
        "rref([1, a; a, 1])",
        "{[1, 1; 0, 0] if a == 1; [1, -1; 0, 0] if a == -1; [1, 0; 0, 1] otherwise}",
        factorisations.rref,
        True,
    ),
    (
        "rref([1, a; a, 1])",
        "{[1, 2; 0, 0] if a == 1; [1, -1; 0, 0] if a == -1; [1, 0; 0, 1] otherwise}",
        factorisations.rref,
        False,
    ),
    (
        "diagonalize([1, a; 0, 1])",
        '{([1, 0; 0, 1], [1, 0; 0, 1]) if a == 0; "not diagonalizable" otherwise}',
        eigen.similar,
        True,
    ),
    (
        "diagonalize([a, 1; 0, 2])",
        '{([1, 0; 0, 1], [2, 0; 0, 2]) if a == 2; "not diagonalizable" otherwise}',
        eigen.similar,
        False,
    ),
]


@pytest.mark.parametrize(("question", "answer", "checker", "agrees"), CASES)
def test_every_case_is_checked(question, answer, checker, agrees):
    asked, answered = terms(question, answer)
    found = by_cases(asked, answered, Context(), checker)
    assert found is not None and found.agrees is agrees


def test_a_matrix_of_data_comes_with_its_condition():
    good, bad = ask("inv(data([2, 1; 1, 3]))"), ask("inv(data([1, 1; 1, 1.0000000001]))")
    assert good.exact is None and good.numeric == [["0.6", "-0.2"], ["-0.2", "0.4"]] and good.check.agrees
    assert not any("badly conditioned" in n for n in good.notes)
    assert any("badly conditioned" in n for n in bad.notes) and bad.check.digits < 8


def test_decimals_of_a_badly_conditioned_matrix_are_certified_and_say_so():
    row = ask("N(inv([1.0, 1; 1, 1.0000000001]))")
    assert row.numeric[0][0] == "10000000001" and any("badly conditioned" in n for n in row.notes)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("schur([1, 2, 3; 4, 5, 6; 7, 8, 10])", "residual in double precision"),
        ("svd([1, 2, 0; 0, 3, 1; 2, 0, 1])", "the factors multiplied"),
        ("expm([1, 2, 3; 4, 5, 6; 7, 8, 10])", "certified enclosure"),
        ("diagonalize([1, 1; 0, 1])", "independent eigenvectors counted"),
        ("cond([1, 2; 2, 4])", "LAPACK singular values"),
        ("rref([1, 2, 3; 4, 5, 6])", "echelon form and numeric ranks"),
        ("eigenvalues([0, 0, 0, 0, 1; 1, 0, 0, 0, 1; 0, 1, 0, 0, 0; 0, 0, 1, 0, 0; 0, 0, 0, 1, 0])", "LAPACK eigenvalues"),
        ("solve({x + y == 1, 2x + 2y == 3}, [x, y])", "ranks with and without the right side"),
    ],
)
def test_every_answer_is_checked(text, method):
    row = ask(text)
    assert row.check.method == method and row.check.agrees


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("det([1, 2, 3; 4, 5, 6])", "shape-mismatch", "2 x 3"),
        ("eigenvalues([])", "shape-mismatch", "empty"),
        ("rank([])", "shape-mismatch", "empty"),
        ("det({1, 2})", "shape-mismatch", "a set"),
        ("det(true)", "shape-mismatch", "true or false"),
        ("let n : size; let A : matrix(n, n); eigenvalues(A)", "symbolic-size", "eigenvalues"),
        ("solve([1, 2; 3, 4], [5, 6])", "not-an-equation", "right side"),
        ("solve([1, 2; 3, 4]*x == [5, 6], x)", "shape-mismatch", "2 x 2"),
    ],
)
def test_faults_have_a_place_and_words(text, code, words):
    error = ask(text).error.to_dict()
    assert error["code"] == code and words in error["message"] and error["length"] > 0


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("cond([1, 2; 3, 4], 1)", "21"),
        ("cond([1, 2; 3, 4], fro)", "15"),
        ("cond([1, 2; 2, 4], oo)", "oo"),
        ("expm(t*[0, -1, 0; 1, 0, 0; 0, 0, 0])", "[cos(t), -sin(t), 0; sin(t), cos(t), 0; 0, 0, 1]"),
        ("minpoly(sqrt(2) + sqrt(3), t)", "t^4 - 10*t^2 + 1"),
        ("minpoly(a, t)", "t - a"),
    ],
)
def test_answers(text, exact, checked):
    assert checked(text) == exact


def test_a_rotation_about_any_axis(checked):
    found = checked("expm([0, -c, b; c, 0, -a; -b, a, 0])")
    assert found.startswith("{[1, 0, 0; 0, 1, 0; 0, 0, 1] if a == 0 and b == 0 and c == 0;") and "im" not in found


@pytest.mark.parametrize("text", ["svd([a, b; c, d])", "schur([a, b; c, d])"])
def test_what_is_too_long_to_write_is_said_to_be(text):
    found = ask(text)
    assert found.exact is None and "too long to write" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("det([x, 1; 1, 1/x])", "0", ("x != 0",)),
        ("tr([sqrt(x), 1; 1, -sqrt(x)])", "0", ("x >= 0",)),
        ("det([log(x), 1; 1, 2])", "2*log(x) - 1", ()),
    ],
)
def test_what_an_entry_asks_for_and_the_value_does_not_show_is_a_condition(text, exact, conditions):
    found = ask(text)
    assert (found.exact, found.conditions) == (exact, conditions)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("rank([1/x, 1; 1, x])", "1", ["x != 0"]),
        ("rank([a/(1 + a), 0; 0, 1])", "{1 if a == 0; 2 otherwise}", ["a != -1"]),
        ("inv([1/(x - 1), 1; 0, 1])", "[x - 1, 1 - x; 0, 1]", ["x != 1"]),
        ("inv([1/x, 1; 1, 2*x])", "[2*x, -1; -1, 1/x]", None),
        ("pinv([1/(x - 1), 1; 0, 1])", "[x - 1, 1 - x; 0, 1]", ["x != 1"]),
        ("nullspace([1/x, 1; 1, x])", "{[-x, 1]}", ["x != 0"]),
        ("let x > 0\nrank([1/x, 1; 1, x])", "1", None),
    ],
)
def test_what_the_entries_ask_for_and_the_answer_does_not_show_is_a_condition(text, exact, conditions):
    row = ask(text).to_dict()
    assert row["exact"] == exact and row.get("conditions") == conditions and row["check"]["agrees"]


@pytest.mark.parametrize("text", ["rank([1/(x - 1), 1; 0, 1])", "pinv([1/(x - 1), 1; 0, 1])", "expm([1/(x - 1), 0; 0, 1])"])
def test_entries_without_a_value_at_a_sample_point_stop_no_check(text):
    assert ask(text).check.agrees


def test_a_power_of_a_matrix_with_an_imaginary_exponent_is_not_its_power_zero():
    row = ask("[2, 1; 1, 2]^im")
    assert row.exact == "[(1 + 3^im)/2, (-1 + 3^im)/2; (-1 + 3^im)/2, (1 + 3^im)/2]" and row.verdict != "conflict"


def test_singular_values_of_a_matrix_of_symbolic_size_are_no_conflict():
    assert ask("let n : size\nlet A : matrix(n, n)\nsingular_values(A)").error.code == "symbolic-size"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        (
            "lu([a, b; c, d])",
            "{([1, 0; 0, 1], [1, 0; 0, 1], [0, b; 0, d]) if a == 0 and c == 0; ([0, 1; 1, 0], [1, 0; 0, 1], [c, d; 0, b]) if a == 0; "
            "([1, 0; 0, 1], [1, 0; c/a, 1], [a, b; 0, (a*d - b*c)/a]) otherwise}",
        ),
        ("let a > 0\nlu([a, b; c, d])", "([1, 0; 0, 1], [1, 0; c/a, 1], [a, b; 0, (a*d - b*c)/a])"),
        ("lu([1, a; a, a^2])", "([1, 0; 0, 1], [1, 0; a, 1], [1, a; 0, 0])"),
    ],
)
def test_rows_are_exchanged_only_where_a_pivot_is_zero(text, exact):
    row = ask(text).to_dict()
    assert row["exact"] == exact and not row.get("conditions") and row["check"]["agrees"]


def test_an_exponent_below_one_gives_no_norm():
    assert ask("norm([1, 2, 3], 1/2)").error.code == "wrong-kind"
    assert ask("norm([1, 2, 3], 3/2)").exact == "(1 + 2*sqrt(2) + 3*sqrt(3))^(2/3)"
