"""Certified evaluation: enclosures hold the value, undefined is certain, nothing hangs."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from flint import arb, fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, var
from twofold.numeric.evaluate import CannotEvaluate, Undefined, Unresolved, ball

SYMBOLS = {"x": Symbol("x")}


@pytest.fixture
def half(at):
    return at(x=Fraction(1, 2), y=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3 + 1/6", Fraction(1, 2)), ("sqrt(4) - 2", 0), ("8^(1/3)", 2), ("0^0", 1), ("(-8)^(5)", -32768), ("5!", 120), ("binomial(5, 2)", 10),
        ("binomial(3, 5)", 0), ("floor(-3/2)", -2), ("mod(-7, 3)", 2), ("sum(k^2, k = 1..10)", 385), ("sum(k, k = 1..-3)", 0), ("prod(k, k = 1..0)", 1),
        ("max(2, 7, 5)", 7), ("max([3, 9, 4])", 9), ("log(1)", 0), ("cos(0)", 1),
        ("{x if x > 1; y otherwise}", 2), ("harmonic(4)", Fraction(25, 12)), ("zeta(-1)", Fraction(-1, 12)),
    ],
)  # fmt: skip
def test_rational_values_stay_exact(term, half, text: str, value: object) -> None:
    out = ball(term(text), half)
    assert type(out) is fmpq
    assert Fraction(int(out.p), int(out.q)) == value


@pytest.mark.parametrize(
    "text",
    [
        "log(-x)", "log(0)", "1/(x - x)", "sqrt(-x)", "(-x)^(1/3)", "asin(2)", "0^(-1)", "gamma(-2)", "1/(sqrt(4) - 2)", "atanh(1)", "acosh(x)", "log(-x)*0",
        "{1/(x - x) if x > 0; 1 otherwise}", "sum(k, k = 1..x)", "atan2(0, 0)", "mod(1, 0)", "digamma(0)", "inv([1, 2; 2, 4])", "polylog(2, 2)",
        "loggamma(-x)", "limit(abs(x)/x, x -> 0)", "integrate(log(x), x = -1..1)", "{1 if x > 1}", "logit(y)", "betainc(1, 1, 2)",
    ],
)  # fmt: skip
def test_undefined_in_the_reals(term, half, text: str) -> None:
    with pytest.raises(Undefined):
        ball(term(text), half)


@pytest.mark.parametrize(
    "text", ["{1 if x > 0; log(-x) otherwise}", "log(-x) < 0 or x > 0", "not (log(-x) > 0)", "0^0", "cbrt(-x)", "root(-x, 3)"]
)
def test_defined_although_a_part_not_taken_is_not(term, half, text: str) -> None:
    assert ball(term(text), half) is not False


@pytest.mark.parametrize(
    "text",
    [
        "1/(sqrt(2)^2 - 2)",
        "1/sign(sqrt(2)^2 - 2)",
        "arg(sqrt(2)^2 - 2)",
        "{1 if sqrt(2)^2 > 2; 0 otherwise}",
        "sqrt(2)^2 == 2",
        "diff(floor(x), x, 1) where x = sqrt(2)^2",
    ],
)
def test_what_a_ball_cannot_decide_is_unresolved(term, half, text: str) -> None:
    for precision in (64, 256):
        with pytest.raises(Unresolved):
            ball(term(text), half, precision)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("sign(sqrt(2)^2 - 2)", -1, 1), ("floor(sqrt(2)^2)", 1, 2), ("ceil(sqrt(2)^2)", 2, 3), ("mod(sqrt(2)^2, 1)", 0, 1)],
)
def test_a_jump_is_enclosed(term, half, text: str, low: int, high: int) -> None:
    x = ball(term(text), half, 128)
    assert x.contains(low)
    assert x.contains(high)
    assert abs(x) < 4


@pytest.mark.parametrize(
    "text", ["diff(abs(x - 1/2), x)", "diff({x^2 if x > 1/2; x otherwise}, x)", "diff(max(x, 1/2), x)", "diff(floor(2*x), x)"]
)
def test_derivatives_where_a_branch_changes_are_not_evaluated(term, half, text: str) -> None:
    with pytest.raises(CannotEvaluate):
        ball(term(text), half)


@pytest.mark.parametrize(
    "text",
    [
        "10^10^10",
        "100000!",
        "10^10^10^10",
        "9^(-4^42)",
        "(2^(10^6))!",
        "exp(exp(exp(100)))",
        "binomial(10^12, 10^6)",
        "sum(k, k = 1..10^9)",
        "fibonacci(10^9)",
    ],
)
def test_huge_numbers_take_no_time(term, half, text: str) -> None:
    start = time.process_time()
    try:
        out = ball(term(text), {})
        assert isinstance(out, (fmpq, arb))
    except (CannotEvaluate, Unresolved):
        pass
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("exp(pi*sqrt(163)) - 262537412640768744", "-7.499274028e-13"), ("1 + 9^(-4^42) - 1/2", "0.5"), ("1/2004!", "1.875251937e-5749"),
        ("diff(tan(x), x, 3)", "4.921992843"), ("diff(exp(x*y), x, y)", "5.436563657"), ("diff(gamma(x), x, 2)", "15.58017744"),
        ("diff(besselj(0, x), x, 3)", "0.1810604108"), ("diff(x^x, x)", "0.2169777094523"), ("erf(x)", "0.5204998778"),
        ("diff(sum(x^k/k, k = 1..5), x)", "1.9375"), ("diff(prod(x + k, k = 1..3), x)", "17.75"), ("sigmoid(x)", "0.6224593312"),
    ],
)  # fmt: skip
def test_values(term, half, text: str, digits: str) -> None:
    out = arb(ball(term(text), half, 192))
    assert abs(out / arb(digits) - 1) < arb("1e-9")


def test_complex_reading_follows_principal_branches(term) -> None:
    for text, value in [
        ("log(-1)", "pi*im"),
        ("sqrt(-4)", "2*im"),
        ("(-8)^(1/3)", "1 + im*sqrt(3)"),
        ("exp(im*pi)", "-1"),
        ("abs(3 + 4*im)", "5"),
    ]:
        gap = abs(ball(term(f"({text}) - ({value})"), {}, 64, "complex"))
        assert gap < arb("1e-15")


def test_deep_terms() -> None:
    x, half = var(SYMBOLS["x"]), {SYMBOLS["x"]: Fraction(1, 2)}
    total, tower = x, x
    for _ in range(2000):
        total, tower = app("add", total, x), app("neg", tower)
    assert ball(total, half) == fmpq(2001, 2)
    assert ball(tower, half) == fmpq(1, 2)
