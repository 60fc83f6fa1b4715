"""Sums, products, single fractions and partial fractions of rational functions, without SymPy."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Symbol, Term, var
from twofold.symbolic.context import Context
from twofold.symbolic.expressions import apart, rewrite
from twofold.symbolic.rational_forms import RationalFunction

SYMPY = {
    "expanded": sp.expand,
    "factored": sp.factor,
    "cancelled": lambda e: sp.cancel(sp.together(e)),
}


def term(text: str) -> Term:
    return resolve(parse_expression(text), Scope({}))


@pytest.mark.parametrize(
    "text, form, known",
    [
        ("(x + y)^3", "expanded", "x^3 + 3*x^2*y + 3*x*y^2 + y^3"),
        ("(a + b)*(a - b)/2", "expanded", "a^2/2 - b^2/2"),
        ("-(x + 1)*(x + 2)", "expanded", "-(x^2 + 3*x + 2)"),
        ("(1 - x)^2*(1 + x)", "expanded", "x^3 - x^2 - x + 1"),
        ("1 - x^4", "factored", "(1 - x)*(x + 1)*(x^2 + 1)"),
        ("1 - x - y", "factored", "1 - x - y"),
        ("2*a*x + 2*b*x + a*y + b*y", "factored", "(a + b)*(2*x + y)"),
        ("b*(x - b + y)", "factored", "b*(x - b + y)"),
        ("x/4 - x^3", "factored", "-x*(2*x - 1)*(2*x + 1)/4"),
        ("(x^2 - 1)/(x^3 + x^2)", "factored", "(x - 1)/x^2"),
        ("(x^3 - 1)/(x^2 - 1)", "cancelled", "(x^2 + x + 1)/(x + 1)"),
        ("1/x + 1/y", "cancelled", "(x + y)/(x*y)"),
        ("2*(x + 1)/(4*x)", "cancelled", "(x + 1)/(2*x)"),
        ("3/(b - y)", "cancelled", "-3/(y - b)"),
        ("x/2 + 1/3", "cancelled", "x/2 + 1/3"),
        ("(2*x + 2)*3/(y*11)", "cancelled", "(6*x + 6)/(11*y)"),
    ],
)
def test_forms_are_those_that_sympy_writes(text: str, form: str, known: str) -> None:
    t = term(text)
    found = RationalFunction.of(t)
    assert found is not None
    assert show(getattr(found, form)()) == known == show(rewrite(Context(), t, SYMPY[form]))


@pytest.mark.parametrize(
    "text",
    [
        "1/(x^2 - 1)",
        "(x^3 + 1)/(x^2*(x - 1))",
        "1/(x^3 + 1)",
        "x/(2*x^2 + 3)^2",
        "x^2 - 1/(3*x)",
        "(3 - x)/((2*x + 5)*(x^2 + x + 1))",
    ],
)
def test_partial_fractions_are_those_that_sympy_writes(text: str) -> None:
    t = term(text)
    x = next(iter(RationalFunction.of(t).ring.symbols))
    context = Context()
    assert show(apart(context, t, var(x))) == show(rewrite(context, t, lambda e: sp.apart(e, context.symbols[x])))


def test_a_numerator_that_might_have_factors_is_left_to_others() -> None:
    assert RationalFunction.of(term("x^2/(x^3 - 2)")).partial_fractions() is None


@pytest.mark.parametrize(
    "text", ["sin(x)", "sqrt(x)", "x^y", "x^(1/2)", "2/3", "x - x", "1/(x - x)", "pi*x", "(x + 1)^200", "x < 1"]
)
def test_what_is_no_rational_function_of_names(text: str) -> None:
    assert RationalFunction.of(term(text)) is None


def test_two_names_that_look_alike_are_not_taken_for_one() -> None:
    assert RationalFunction.of(App("add", (var(Symbol("x")), var(Symbol("x"))))) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1/(x^2 - 1)", True),
        ("1/(x + 1) + 1/(x - 1)", True),
        ("(x - 1)/(x - 1)^2", True),
        ("x^2 - 1", True),
        ("(x^2 - 1)/(x - 1)", False),
        ("x/x", False),
        ("1/(1/x)", False),
        ("1/(x + y) - 1/(x + y)+x", False),
        ("x*y/(y*(x + 1))", False),
    ],
)
def test_what_is_cancelled_is_seen(text: str, shown: bool) -> None:
    t = term(text)
    found = RationalFunction.of(t)
    assert found is not None and found.shows_poles_of(t) is shown
