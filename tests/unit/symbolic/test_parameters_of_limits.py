"""Limits with parameters: by cases of a sign where that decides, and under the conditions that the limit itself does not show."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("limit((log(x) - log(a))/(x - a), x -> a)", "1/a", ("a > 0",)),
        ("limit((sqrt(x) - sqrt(a))/(x - a), x -> a)", "1/(2*sqrt(a))", ("a != 0",)),
        ("limit((x^3 - a^3)/(x - a)/sqrt(a), x -> a)", "3*a^(3/2)", ("a != 0",)),
        ("limit(x/a, x -> 0)", "0", ("a != 0",)),
        ("limit([x/a, x^2/b], x -> 0)", "[0, 0]", ("a != 0", "b != 0")),
        ("limit(x*log(b), x -> 0)", "0", ("b > 0",)),
        ("limit(sin(x)/(a*x), x -> 0)", "1/a", ()),
        ("limit(x*log(b), x -> 0) given b > 1", "0", ()),
        ("limit((1 + a/n)^n, n -> oo)", "exp(a)", ()),
    ],
)
def test_what_a_limit_does_not_show_is_a_condition(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("limit(x^a, x -> oo)", "{oo if a > 0; 0 if a < 0; 1 otherwise}"),
        ("limit(exp(-a*x), x -> oo)", "{0 if a > 0; oo if a < 0; 1 otherwise}"),
        ("limit(a*x, x -> oo)", "{oo if a > 0; -oo if a < 0; 0 otherwise}"),
        ("limit(atan(a*x), x -> oo)", "{pi/2 if a > 0; -pi/2 if a < 0; 0 otherwise}"),
        ("limit(exp(-a*x), x -> oo) given a >= 0", "{0 if a > 0; 1 otherwise}"),
        ("limit(exp(-a*x), x -> oo) given a > 0", "0"),
        ("limit(exp(-(a - 2)*x), x -> oo) given a > 2", "0"),
        ("limit(exp(-(a - 2)*x), x -> oo)", "{0 if a > 2; oo if a < 2; 1 otherwise}"),
    ],
)
def test_cases_of_a_sign(text, exact):
    assert ask(text).exact == exact


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("limit(a^x, x -> oo)", "{oo if a > 1; 0 if a < 1; 1 otherwise}", ("a > -1",)),
        ("limit((a^x - 1)/x, x -> 0)", "log(a)", ("a > 0",)),
        ("limit(a^n, n -> oo) given 0 <= a < 1", "0", ()),
        ("limit(n^a/(n + 1), n -> oo)", "{oo if a > 1; 0 if a < 1; 1 otherwise}", ()),
        ("limit(exp(a*b*x), x -> oo)", "{oo if a*b > 0; 0 if a*b < 0; 1 otherwise}", ()),
        ("limit((a*x^2 + 1)/(b*x + 1), x -> oo)", "{oo if a*b > 0; -oo otherwise}", ("a*b != 0",)),
        ("limit(a*x^2 - b*x, x -> oo)", "{oo if a > 0; -oo if a < 0; {-oo if b > 0; oo if b < 0; 0 otherwise} otherwise}", ()),
        ("limit(sqrt(a*x^2 + 1) - x, x -> oo)", "{oo if a > 1; -oo if a < 1; 0 otherwise}", ("a >= 0",)),
        ("limit(sqrt(a*x^2 + x) - 2*x, x -> oo)", "{oo if a > 4; -oo if a < 4; 1/4 otherwise}", ("a >= 0",)),
        ("limit(sqrt(a*x^2 + 1) + x, x -> oo)", "oo", ("a >= 0",)),
        ("limit(cbrt(a*x^3 + x^2) - x, x -> oo)", "{oo if a > 1; -oo if a < 1; 1/3 otherwise}", ()),
        ("limit(x/(a + x), x -> 0)", "{1 if a == 0; 0 otherwise}", ()),
        ("limit(sqrt(a^2 - x^2), x -> 0)", "abs(a)", ("a != 0",)),
        ("limit(sqrt(a^2 - x^2), x -> a)", "0", ("a != 0",)),
        ("limit(log(a*x), x -> oo)", "oo", ("a > 0",)),
        ("limit((x^2 + a*x + b)/(x - 1), x -> 1)", '"does not exist"', ("a + b + 1 != 0",)),
        ("limit(sin(x)*a + sin(x)*b, x -> oo)", '"does not exist"', ("a + b != 0",)),
        ("limit(sin(a*x), x -> oo)", '"does not exist"', ("a != 0",)),
        ("limit(exp(a/x), x -> 0)", '"does not exist"', ("a != 0",)),
        ("limit((exp(a) - 1)*x, x -> oo)", "{oo if a > 0; -oo if a < 0; 0 otherwise}", ()),
        ("limit(abs(a*x)/x, x -> 0+)", "abs(a)", ()),
    ],
)
def test_what_has_no_value_or_another_one_is_a_case_or_a_condition(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.verdict is None


@pytest.mark.parametrize("text", ["limit(x^a, x -> 0)", "limit(a*x*sin(x), x -> oo)"])
def test_what_no_sign_decides_is_left_open(text):
    assert ask(text).exact is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("limit(exp(-a*x), x -> oo) == 0", "conditional"),
        ("limit(x^a, x -> oo) == 1", "refuted"),
        ("limit(atan(a*x), x -> oo) == pi/2", "refuted"),
    ],
)
def test_one_case_is_not_the_limit(text, verdict):
    assert ask(text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        (
            "let a > 0, b > 0\nlimit(sqrt(a*x^2 + 1) - sqrt(b*x^2 + 1), x -> oo)",
            "{-oo if a - b < 0; oo if a - b > 0; 0 otherwise}",
            (),
        ),
        (
            "limit(sqrt(a*x + 1) - sqrt(b*x + 1), x -> oo)",
            "{{{-oo if a - b < 0; oo if a - b > 0; 0 otherwise} if b > 0; oo otherwise} if a > 0; {-oo if b > 0; 0 otherwise} otherwise}",
            ("b >= 0", "a >= 0"),
        ),
    ],
)
def test_the_sign_of_a_difference_of_roots(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("limit(floor(x), x -> a)", "floor(a)", ("floor(a) != a",)),
        ("limit(floor(x), x -> a+)", "floor(a)", ()),
        ("limit(floor(x), x -> a-)", "-(floor(-a) + 1)", ()),
        ("limit(ceil(x), x -> a+)", "floor(a) + 1", ()),
        ("limit(floor(-x), x -> a+)", "-(floor(a) + 1)", ()),
        ("limit(mod(x, 1), x -> a)", "a - floor(a)", ("floor(a) != a",)),
        ("let n : integer\nlimit(floor(x), x -> n)", '"does not exist"', ()),
        ("let n : integer\nlimit(floor(x), x -> n-)", "n - 1", ()),
        ("limit(sinc(x), x -> 0)", "1", ()),
    ],
)
def test_steps_at_a_name(text, exact, conditions):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True
