"""Equations that no exact method solves: certified solutions around 0, all of them there, and nothing said of the rest of the line."""

from __future__ import annotations

import pytest

from twofold.engine.decimals import decimals
from twofold.engine.session import Session

FOUND = {
    "let z > 0; solve(gamma(z) + z == 6, z)": (["0.159233627419117", "3.30437555476396"], "all solutions from 0 to 10, proved"),
    "solve(gamma(x)^2 == gamma(x) + x, x)": (["0.624658189001236", "3.16830645305002"], "all solutions from -10 to 10, proved"),
    "solve(besselj(0, x) == x - 1, x)": (["1.50758931635889"], "all solutions from -10 to 10, proved"),
    "solve(Si(x) == 1, x)": (["1.06483972553656"], "all solutions from -10 to 10, proved"),
    "solve(cos(x)*exp(x) == 1, x)": (
        ["0", "1.2926957193734", "4.72129275884769", "7.85359327997125"],
        "all solutions from -10 to 10, proved",
    ),
}


@pytest.mark.parametrize("text", FOUND)
def test_solutions_around_zero_are_all_there_are_and_others_may_be_elsewhere(text: str) -> None:
    row = Session().run(text)[-1]
    values, note = FOUND[text]
    assert decimals(row.answer, 15) == values
    assert note in row.notes and "there may be other solutions" in row.notes
    assert row.check is not None and row.check.agrees


def test_solutions_beside_poles_are_checked_by_changes_of_sign() -> None:
    row = Session().run("solve(gamma(x) + x == 6, x)")[-1]
    assert len(row.answer.args) == 12
    assert row.check is not None and row.check.agrees and row.judged is None


@pytest.mark.parametrize(
    "text",
    [
        "solve(zeta(x) == 2, x)",  # a pole that is not taken out
        "solve(log(x) + besselj(0, x) == 1, x)",  # an open end of the domain
    ],
)
def test_what_is_not_isolated_with_proof_is_not_answered(text: str) -> None:
    assert not any("proved" in n for n in Session().run(text)[-1].notes)


def test_a_zero_of_the_numerator_at_a_pole_is_no_solution() -> None:
    assert Session().run("solve(1/gamma(x) == 0, x)")[-1].exact == "{}"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("solve(sqrt(log(x)) == log(sqrt(x)), x)", "{1, e^4}"),
        ("solve(log(x)^2 == log(x^3), x)", "{1, e^3}"),
        ("solve(sin(x) == 2*x/pi, x)", "{-pi/2, 0, pi/2}"),
        ("solve(x*log(x) == 2*e^2, x)", "{e^2}"),
        ("solve(exp(x) + x == 2 + log(2), x)", "{log(2)}"),
        ("solve(x^3*exp(x) == 2*sqrt(2)*exp(sqrt(2)), x)", "{sqrt(2)}"),
        ("solve(x == cos(x), x)", None),
        ("solve(exp(x) + x == 2 + log(2) + 10^-30, x)", None),
    ],
)
def test_closed_forms_are_guessed_and_proved(text, exact):
    found = Session().run(text)[-1]
    assert found.check.agrees is True and (found.exact == exact or exact is None and "log(2)}" not in str(found.exact))
