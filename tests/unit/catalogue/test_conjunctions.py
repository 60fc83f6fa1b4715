"""Conjunctions are taken apart and put together."""

import pytest

from twofold.catalogue.conjunctions import conjuncts, disjuncts, either, together
from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.catalogue.shapes import app
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import FALSE, TRUE, App, Symbol, Term, num, var

X = var(Symbol("x"))
A, B, C = (app(op, X, num(k)) for k, op in enumerate(("gt", "lt", "ne")))


def read(text: str) -> Term:
    return resolve(parse_expression(text, ""), Scope({n: Symbol(n) for n in "xyz"}))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x > 0 and y > 0 and z > 0", ["x > 0", "y > 0", "z > 0"]),
        ("x > 0 and (y > 0 and (z > 0 and x < 5))", ["x > 0", "y > 0", "z > 0", "x < 5"]),
        ("0 < x < y <= 1", ["0 < x", "x < y", "y <= 1"]),
        ("(x > 0 or y > 0) and z > 0", ["x > 0 or y > 0", "z > 0"]),
        ("not (x > 0 and y > 0)", ["not (x > 0 and y > 0)"]),
        ("x > 0", ["x > 0"]),
        ("true and x > 0 and true", ["x > 0"]),
        ("false and x > 0", ["false", "x > 0"]),
    ],
)
def test_the_parts_in_their_order(text: str, parts: list[str]) -> None:
    assert list(map(show, conjuncts(read(text)))) == parts


def test_true_has_no_parts() -> None:
    assert conjuncts(TRUE) == conjuncts(app("and", TRUE, app("and", TRUE, TRUE))) == []


def test_a_conjunction_of_many_arguments_has_them_as_parts() -> None:
    assert conjuncts(App("and", (A, B, C), sort="truth")) == [A, B, C]


def test_put_together_from_the_left() -> None:
    assert together(iter([A, B, C])) == app("and", app("and", A, B), C)
    assert together([A, app("and", B, C)]) == app("and", A, app("and", B, C))
    assert together([A]) is A


def test_none_are_true_and_true_is_left_out() -> None:
    assert together([]) == together([TRUE, TRUE]) == TRUE
    assert together([TRUE, A, TRUE, B]) == app("and", A, B)
    assert together([A, FALSE]) == app("and", A, FALSE)


def test_together_is_a_statement() -> None:
    assert together([A, B]).sort == "truth"
    assert together([A, B]).shape == ()


def test_alternatives() -> None:
    assert list(map(show, disjuncts(read("x > 0 or (y > 0 and z > 0 or x < 5)")))) == ["x > 0", "y > 0 and z > 0", "x < 5"]
    assert disjuncts(A) == [A]
    assert either(iter([A, B, C])) == app("or", app("or", A, B), C)
    assert either([A]) is A and either([]) == FALSE
