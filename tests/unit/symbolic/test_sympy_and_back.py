"""Terms to SymPy and back: symbols keep their identity, and what is printed means the same."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.catalogue.display import show
from twofold.grammar.term import App, Symbol, num, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower

SPELLINGS = {
    "x/2 + y0/2": "(x + y0)/2",
    "5/2 - sqrt(33)/2": "(5 - sqrt(33))/2",
    "-x/y0": "-x/y0",
    "1 - x": "1 - x",
    "exp(-x^2/2)/sqrt(2pi)": "exp(-x^2/2)/sqrt(2*pi)",
    "exp(-1)": "1/e",
    "x^(1/3)": "x^(1/3)",
    "sqrt(2)/2": "sqrt(2)/2",
    "im^2 + im": "-1 + im",
    "{x if x > 0; -x otherwise}": "{x if x > 0; -x otherwise}",
    "sum(f(k), k = 1..n)": "sum(f(k), k = 1..n)",
    "[x, 1; 0, x]": "[x, 1; 0, x]",
    "v'*A*v": "A[1, 1]*v[1]^2 + A[1, 2]*v[1]*v[2] + A[2, 1]*v[1]*v[2] + A[2, 2]*v[2]^2",
    "root_of(t -> t^5 - t - 1, 1)": "root_of(t -> t^5 - t - 1, 1)",
    "max(x, 1)": "max(1, x)",
    "factorial(n)": "factorial(n)",
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_there_and_back(text, term):
    context = Context()
    made = lower(term(text), context)
    shown = show(lift(sp.expand(made) if text.startswith("v'") else made, context))
    assert shown == SPELLINGS[text]


def test_symbols_of_one_name_stay_apart():
    a, b = Symbol("x"), Symbol("x", kind="integer")
    context = Context()
    both = App("add", (var(a), var(b)))
    made = lower(both, context)
    assert len(made.free_symbols) == 2
    assert set(lift(made, context).args) == {var(a), var(b)}


@pytest.mark.parametrize(
    ("symbol", "facts"),
    [
        (Symbol("x", lower=num(0), open_lower=True), {"positive": True}),
        (Symbol("x", lower=num(0)), {"nonnegative": True, "positive": None}),
        (Symbol("x", upper=num(-1)), {"negative": True}),
        (Symbol("n", "integer", lower=num(1), size=True), {"integer": True, "positive": True}),
        (Symbol("z", "complex"), {"real": None, "complex": True}),
        (Symbol("x", lower=App("div", (var(Symbol("pi_")), num(2)))), {"real": True, "positive": None}),
    ],
)
def test_assumptions(symbol, facts):
    made = lower(var(symbol), Context())
    assert {k: getattr(made, f"is_{k}") for k in facts} == facts


def test_assumptions_of_the_context():
    x = Symbol("x")
    fact = App("and", (App("gt", (var(x), num(2)), (), "truth"), App("lt", (var(x), num(5)), (), "truth")), (), "truth")
    assert lower(var(x), Context((fact,))).is_positive
    assert lower(var(x), Context((App("ne", (var(x), num(0)), (), "truth"),))).is_zero is False
    assert Context((fact,)).range(x).upper == 5


def test_what_sympy_alone_can_name_is_no_answer():
    with pytest.raises(NoClosedForm):
        lift(sp.meijerg([[1], []], [[1], []], sp.Symbol("x")), Context())
    with pytest.raises(NoClosedForm):
        lift(sp.nan, Context())


@pytest.mark.parametrize(
    "text",
    ["x*y - 1", "1 - x", "1 - x*y", "x**2 + 3*x*y + y**2/2 - 4", "x1 + x10 + x2", "1/x + x + 1/y", "a*x**2 + b*x + c", "pi*x + x**2", "sin(x) + x", "2 - sqrt(x)"],
)  # fmt: skip
def test_sums_are_in_the_order_of_sympy(text: str) -> None:
    from twofold.symbolic.sympy_order import in_order

    e = sp.sympify(text)
    assert in_order(e) == e.as_ordered_terms()
