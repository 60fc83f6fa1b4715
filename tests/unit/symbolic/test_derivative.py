"""Our own derivative against SymPy's on the lowered term, and against the shape of what is differentiated."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.grammar.term import Symbol, substitute, var
from twofold.symbolic.context import Context
from twofold.symbolic.derivative import NotDifferentiable, derivative
from twofold.symbolic.lower import lower, symbol_for

TEXTS = (
    "3", "a", "x", "-x", "x + a*x", "a - x", "x*sin(x)*exp(x)", "(x + 1)/(x^2 + a)", "a/x", "x/a", "x^3", "a^x",
    "e^x", "x^x", "(1 + x)^-2", "sqrt(1 + x^2)", "log(x^2 + a^2)", "atan(x/a)", "factorial(x)", "gamma(x)",
    "sigmoid(a*x)", "softplus(x)", "Phi(x)", "erf(x^2)", "sum(x^k/k, k = 1..5)", "integrate(exp(-x*t), t = 1..2)",
    "integrate(sin(t), t = a..x^2)", "bracket(t^2*x, t = 1..x)", "f(x)", "f(x^2)*x", "f(sin(x)) + f(a)",
    "{x^2 if a > 0; x^3 otherwise}", "besselj(0, x)",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_it_agrees_with_sympy(text, term):
    x, a = Symbol("x"), Symbol("a")
    context = Context()
    t = term(text, {"x": x, "a": a})
    mine, theirs = lower(derivative(t, x), context), sp.diff(lower(t, context), symbol_for(x, context))
    difference = (mine - theirs).doit()
    assert sp.simplify(difference) == 0 or all(
        abs(difference.subs({symbol_for(x, context): p, symbol_for(a, context): q}).evalf()) < 1e-10
        for p, q in ((0.7, 1.3), (1.9, 0.4))
    )


def test_zero_has_the_shape_of_the_term(term):
    x = Symbol("x")
    assert derivative(term("[1, 2, 3]"), x) == term("[0, 0, 0]")
    assert derivative(term("[x, x^2; 1, 0]", {"x": x}), x) == term("[1, 2x; 0, 0]", {"x": x})


def test_matrix_factors_keep_their_order(term):
    t = Symbol("t")
    names = {"t": t, "B": Symbol("B", shape=(2, 2))}
    assert derivative(term("(A*t)*B", names), t) == term("A*B", names)
    assert derivative(term("(A*t)^2", names), t) == term("A*(A*t) + (A*t)*A", names)


def test_a_derivative_at_a_point_is_differentiated_further(term):
    x = Symbol("x")
    inner = term("f'(x^2)", {"x": x})
    assert derivative(inner, x) == term("f''(x^2)*(2x)", {"x": x}) or lower(derivative(inner, x), context := Context()) == lower(
        term("2x*f''(x^2)", {"x": x}), context
    )


@pytest.mark.parametrize("text", ["sum(k, k = 1..x)", "v[x]"])
def test_what_has_no_derivative_by_rules(text, term):
    x = Symbol("x")
    with pytest.raises(NotDifferentiable):
        derivative(term(text, {"x": x}), x)


def test_substitution_then_derivative(term):
    x, t = Symbol("x"), Symbol("t")
    f = term("x^2*t", {"x": x, "t": t})
    assert derivative(substitute(f, {t: var(x)}), x) == derivative(term("x^2*x", {"x": x}), x)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("re((1 + im*x)^3)", "-6x"), ("im((1 + im*x)^2)", "2"), ("conjugate(exp(im*x))", "-im*exp(-im*x)"), ("arg(1 + im*x)", "1/(1 + x^2)"),
        ("re(x)", "1"), ("im(x)", "0"), ("arg(x)", "0"),
    ],
)  # fmt: skip
def test_parts_of_complex_functions_of_a_real_variable(text, expected, term):
    x, context = Symbol("x"), Context(reading="complex")
    difference = lower(derivative(term(text, {"x": x}), x), context) - lower(term(expected, {"x": x}), context)
    assert sp.simplify(difference.subs(symbol_for(x, context), sp.Rational(3, 7))) == 0
