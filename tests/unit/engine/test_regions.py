"""Integrals over regions: answers with their check, claims, and what is refused."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.slow


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("integrate(x^2*y^2, [x, y], subject_to = {x^2 + y^2 <= 1})", "pi/24"),
        ("integrate(x*y, x = 0..1, y = 0..1, subject_to = {x + y <= 1})", "1/24"),
        ("integrate(x*y, [x, y], subject_to = {y >= x^2, y <= x})", "1/24"),
        ("integrate({x*y if y >= x^2 and y <= x; 0 otherwise}, y = -oo..oo, x = -oo..oo)", "1/24"),
        ("integrate(1, x = 1..0, y = 0..1, subject_to = {x + y <= 1})", "-1/2"),
        ("integrate(1, x = y..1, y = 0..2, subject_to = {x + y <= 3})", "1/4"),
        ("let b < 0\nintegrate(1, x = 0..b, y = 0..1, subject_to = {x + y <= 1})", "b"),
        ("integrate(x, [x, y], subject_to = {y <= sqrt(x), y >= x^2})", "3/20"),
        ("integrate(1, [x, y], subject_to = {abs(x) + abs(y) <= 1})", "2"),
        ("integrate(1, x, y, subject_to = {x^2 + y^2 <= 4, (x - 1)^2 + y^2 >= 1})", "3*pi"),
        ("integrate(x^2 + y^2, [x, y], subject_to = {x^2 + y^2 <= 2*x})", "3*pi/2"),
        ("integrate(1/(x^2 + y^2)^2, [x, y], subject_to = {x^2 + y^2 >= 1})", "pi"),
        ("integrate(exp(-x^2 - y^2), [x, y], subject_to = {x^2 + y^2 <= 4, x >= 0})", "pi*(1 - 1/e^4)/2"),
        ("integrate(x, [x, y], subject_to = {x^2 + y^2 <= 1, x >= 0, y >= x})", "(2 - sqrt(2))/6"),
        ("integrate(1, [x, y], subject_to = {sin(x) <= y, y <= 1, 0 <= x, x <= pi})", "pi - 2"),
        ("integrate(1, [x, y], subject_to = {2^x <= y, y <= x + 1})", "(3 - 2/log(2))/2"),
        ("integrate(1, [x, y, z], subject_to = {x^2 + y^2 + z^2 <= 4})", "32*pi/3"),
        ("integrate(z, [x, y, z], subject_to = {x^2 + y^2 <= z, z <= 1})", "pi/3"),
        ("let a, b > 0\nintegrate(1, [x, y], subject_to = {x^2/a^2 + y^2/b^2 <= 1})", "pi*a*b"),
        ("let a > 0\nintegrate(x^2, [x, y], subject_to = {x^2 + y^2 <= a^2})", "pi*a^4/4"),
    ],
)
def test_answers_are_checked(text, exact):
    found = ask(text)
    assert found.exact == exact, found.notes
    assert found.check.agrees is True and not found.notes


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("integrate(1, [x, y], subject_to = {y >= sin(x), y <= cos(x), 0 <= x, x <= pi})", "sqrt(2) - 1"),
        ("integrate(1/sqrt(x^2 + y^2), [x, y], subject_to = {x^2 + y^2 <= 9})", "6*pi"),
        ("integrate(1, [x, y], subject_to = {x + y >= 1})", "oo"),
    ],
)
def test_answers_whose_check_may_not_come_to_an_end(text, exact):
    found = ask(text)
    assert found.exact == exact and (found.check is None or found.check.agrees is not False)


def test_single_values_of_a_parameter_are_conditions():
    found = ask("let a >= 0\nintegrate(1, x = 0..1, y = 0..1, subject_to = {a*x <= 0})")
    assert found.exact == "0" and found.conditions == ("a != 0",)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= 1, x <= c})", "different forms for different values of c"),
        ("integrate((x^2 - y^2)/(x^2 + y^2)^2, x = 0..1, y = 0..1, subject_to = {x + y <= 1})", "does not converge absolutely"),
        ("integrate(1, [x, y], subject_to = {sin(x*y) <= y, y <= 1, 0 <= x, x <= 1})", "not linear in any name"),
    ],
)
def test_no_closed_form_says_why(text, note):
    found = ask(text)
    assert found.exact is None and note in found.notes[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("integrate(1, [x, y], subject_to = {x + y == 1})", "wrong-kind"),
        ("integrate(1, [x, y], subject_to = 3)", "wrong-kind"),
        ("integrate([x, y], [x, y], subject_to = {x^2 + y^2 <= 1})", "wrong-kind"),
        ("integrate(1, [x, x], subject_to = {x^2 <= 1})", "not-a-variable"),
        ("integrate(x, subject_to = {x > 1})", "wrong-arity"),
    ],
)
def test_what_is_no_region_is_refused(text, code):
    assert ask(text).error.code == code


@pytest.mark.usefixtures("undiagnosed")
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= 1}) == pi", "proved"),
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= 1}) == 3", "refuted"),
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= 1}) >= 4", "refuted"),
        ("integrate(x, [x, y], subject_to = {0 <= x, 0 <= y, x + y <= 1}) == 1/6", "proved"),
        ("integrate(x*y, [x, y], subject_to = {x^2 <= y, y <= x}) == integrate(x*y, y = x^2..x, x = 0..1)", "proved"),
        ("integrate(x*y, [x, y], subject_to = {x^2 <= y, y <= x}) == integrate(x*y, y = x..x^2, x = 0..1)", "refuted"),
        ("let a > 0\nintegrate(x^2 + y^2, [x, y], subject_to = {x^2 + y^2 <= a^2}) == pi*a^4/2", "proved"),
        ("let a > 0\nintegrate(x^2 + y^2, [x, y], subject_to = {x^2 + y^2 <= a^2}) == pi*a^4/4", "refuted"),
        ("let a > 0\nintegrate(1, x = 0..1, y = 0..1, subject_to = {a*x <= 0}) == 0", "proved"),
        ("let a >= 0\nintegrate(1, x = 0..1, y = 0..1, subject_to = {a*x <= 0}) == 0", "refuted"),
        ("integrate(x, [x, y], subject_to = {0 <= y, y <= log(x), 1 <= x, x <= e}) == (1 + e^2)/4", "proved"),
        ("integrate(x, [x, y], subject_to = {0 <= y, y <= log(x), 1 <= x, x <= e}) == (1 - e^2)/4", "refuted"),
        ("integrate(1, [x, y], subject_to = {cos(x) <= y, y <= sin(x), 0 <= x, x <= pi/4}) == 1 - sqrt(2)", "undecided"),
        ("integrate(1, [x, y], subject_to = {0 <= y, y <= 1/x, 0 <= x, x <= 1}) == 1", "undecided"),
        ("integrate(1, x = 0..1, y = 0..1, subject_to = {x <= x, x + y <= 1}) == 1/2", "proved"),
        ("integrate({1 if sqrt(x) <= 1; 0 otherwise}, x = -1..1, y = 0..1) == 1", "undecided"),
        ("integrate(1, x = 1..0, y = 0..1, subject_to = {x + y <= 1}) == 0", "undecided"),
        ("let b < 0\nintegrate(1, x = 0..b, y = 0..1, subject_to = {x + y <= 1}) == 0", "undecided"),
        ("integrate(1/x, [x, y], subject_to = {x^2 + y^2 <= 1}) == 0", "undecided"),
        ("integrate((x^2 - y^2)/(x^2 + y^2)^2, x = 0..1, y = 0..1, subject_to = {x + y <= 1}) == 0", "undecided"),
        ("integrate((x^2 - y^2)/(x^2 + y^2)^2, x = 0..1, y = 0..1, subject_to = {x + y <= 1}) == -pi/4", "undecided"),
    ],
)
def test_claims(claim, verdict):
    assert ask(claim).verdict == verdict
