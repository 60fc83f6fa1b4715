"""`nsolve`: decimals with proof; systems; what is said where there is none."""

from __future__ import annotations

import pytest

from twofold.core.diagnostic import TwofoldError
from twofold.engine.decimals import decimals
from twofold.symbolic.context import Context
from twofold.symbolic.work import work

CASES = {
    "nsolve(cos(x) == x, x)": ("0.739085133215161", "the only solution, proved"),
    "nsolve(cos(x) == x, x = 0..1)": ("0.739085133215161", "the only solution in the range, proved"),
    "nsolve(sin(x) == 0, x = 1..7)": (["3.14159265358979", "6.28318530717959"], "all solutions in the range, proved"),
    "nsolve((x - 1)^2 == 0, x)": ("1", "the only solution, proved"),
    "nsolve(x^2 + 1 == 0, x)": ([], "no solution, proved"),
    "nsolve(1/x == 0, x = -1..1)": ([], "no solution in the range, proved"),
    "nsolve({x^2 + u^2 == 4, exp(x) + u == 1}, [x, u], [1, -1])": (
        ["1.00416873847466", "-1.72963728702587"],
        "Krawczyk's test proves exactly one solution there",
    ),
    "nsolve({x^2 + u^2 == 4, exp(x) + u == 1}, x = -3..3, u = -3..3)": (
        [["-1.81626406882515", "0.837367799891248"], ["1.00416873847466", "-1.72963728702587"]],
        "all solutions in the ranges, proved",
    ),
}

CASES |= {
    # across poles
    "nsolve(gamma(x) + x == 6, x = 0..10)": (["0.159233627419117", "3.30437555476396"], "all solutions in the range, proved"),
    "nsolve(tan(x) == x + 1, x = -2..2)": ("1.13226772527289", "the only solution in the range, proved"),
    "nsolve(besselj(0, x) == 0, x = 0..6)": (["2.40482555769577", "5.52007811028631"], "all solutions in the range, proved"),
}

UNPROVED = ["nsolve(zeta(x) == 2, x = 3/2..10)", "nsolve(zeta(x) == 2, x, 2)", "nsolve(tan(x) == x, x = -1..1)"]


@pytest.mark.parametrize("text", CASES)
def test_decimals(text, term):
    context = Context()
    found = work(term(text), context)
    assert (decimals(found, 15), context.notes[-1]) == CASES[text]


@pytest.mark.parametrize("text", UNPROVED)
def test_completeness_is_not_claimed_without_proof(text, term):
    context = Context()
    work(term(text), context)
    assert not any("all solutions" in n or "only" in n for n in context.notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nsolve(a*x == 1, x)", "not-a-number"),
        ("nsolve(x^2 < 2, x)", "not-an-equation"),
        ("nsolve({x == 1, x == 2}, x)", "wrong-arity"),
    ],
)
def test_bad_input(text, code, term):
    with pytest.raises(TwofoldError) as error:
        work(term(text), Context())
    assert error.value.diagnostic.code == code
