"""Arguments, principal logarithms and roots of complex names: by magnitude and argument, by the angle of a point, and where they must not be claimed."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")
Z = "let z, w : complex\n"


def verdict(text: str) -> str | None:
    found = list(Session().run(text))[-1].verdict
    assert found is None or isinstance(found, str)
    return found


@pytest.mark.parametrize(
    "text",
    [
        Z + "arg(z*w) == arg(z) + arg(w) given re(z) > 0 and re(w) > 0", Z + "log(z*w) == log(z) + log(w) given re(z) > 0 and re(w) > 0",
        Z + "sqrt(z*w) == sqrt(z)*sqrt(w) given im(z) > 0 and im(w) < 0", Z + "sqrt(1/z) == 1/sqrt(z) given im(z) != 0",
        Z + "arg(conj(z)) == -arg(z) given im(z) != 0", Z + "log(1/z) == -log(z) given im(z) < 0", Z + "log(-z) == log(z) - im*pi given im(z) > 0",
        Z + "sqrt(z^2) == z given re(z) > 0", Z + "sqrt(z^2) == -z given re(z) < 0", Z + "arg(z^2) == 2*arg(z) given re(z) > 0",
        Z + "log(z) == log(abs(z)) + im*arg(z)", Z + "z == abs(z)*exp(im*arg(z)) given z != 0", Z + "exp(im*arg(z)) == z/abs(z)", Z + "arg(2*z) == arg(z)",
        Z + "sqrt(z) == sqrt(abs(z))*exp(im*arg(z)/2)", Z + "arg(sqrt(z)) == arg(z)/2", Z + "arg(z) > -pi", Z + "im(log(z)) <= pi",
        Z + "arg(z) == arctan(im(z)/re(z)) given re(z) > 0", Z + "arg(z) == atan2(im(z), re(z))", Z + "abs(z^im) == exp(-arg(z))",
        Z + "log(exp(z)) == z given im(z) > -pi and im(z) <= pi",
        "arg(exp(im*t)) == t given -pi < t <= pi", "let r > 0\nlog(r*exp(im*t)) == log(r) + im*t given 0 < t < 1",
        "arg(exp(im*a)*exp(im*b)) == a + b - 2*pi given 2 < a < 3 and 2 < b < 3", "arg(-1 + im*t) == pi - arctan(t) given t > 0",
        "let a, b > 0\narg((a + im*b)/(a - im*b)) == 2*atan(b/a)", "let w > 0\narg(1/(im*w*(1 + im*w))) == -pi/2 - atan(w)",
        "exp(im*atan2(y, x)) == (x + im*y)/sqrt(x^2 + y^2)", "tan(atan2(y, x)) == y/x", "let a > 0\natan2(a*y, a*x) == atan2(y, x)",
        "let r > 0\natan2(r*sin(t), r*cos(t)) == t given -pi < t <= pi", "atan2(cos(t), sin(t)) == pi/2 - t given 0 <= t <= pi/2",
    ],
)  # fmt: skip
def test_what_holds_is_proved(text: str) -> None:
    assert verdict(text) == "proved"


@pytest.mark.parametrize(
    "text",
    [
        Z + "arg(z*w) == arg(z) + arg(w)", Z + "log(z*w) == log(z) + log(w) given re(z) > 0 and im(w) > 0", Z + "sqrt(z*w) == sqrt(z)*sqrt(w) given im(z) > 0 and im(w) > 0",
        Z + "arg(conj(z)) == -arg(z) given im(z) >= 0", Z + "log(1/z) == -log(z) given im(z) <= 0", Z + "log(-z) == log(z) - im*pi given im(z) >= 0",
        Z + "sqrt(z^2) == z given re(z) >= 0", Z + "arg(z^3) == 3*arg(z) given re(z) > 0", Z + "(z^2)^im == z^(2*im)",
        "arg(exp(im*t)) == t given -pi <= t <= pi", "arg(exp(-im*pi)) == -pi", "let w > 0\narg(1/(im*w*(1 + im*w))) == -pi/2 + atan(w)",
        "atan2(sin(t), cos(t)) == t given -pi <= t <= pi", "atan2(cos(t), sin(t)) == t given 0 <= t <= pi/2",
    ],
)  # fmt: skip
def test_what_fails_is_not_proved(text: str) -> None:
    assert verdict(text) in ("refuted", "conditional")


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        (Z + "log(z^2) == 2*log(z)", ["re(z) > 0"]), (Z + "log(1/z) == -log(z)", ["im(z) != 0"]), (Z + "log(-z) == log(z) + im*pi", ["im(z) < 0"]),
        (Z + "sqrt(z*w) == sqrt(z)*sqrt(w)", ["re(z) > 0", "re(w) > 0"]), ("arg(exp(im*t)) == t", ["t in (-pi, pi]"]),
    ],
)  # fmt: skip
def test_where_it_holds_is_said(text: str, conditions: list[str]) -> None:
    result = list(Session().run(text))[-1]
    assert result.verdict == "conditional"
    assert sorted(result.to_dict()["conditions"]) == sorted(conditions)


@pytest.mark.parametrize("text", ["arg(exp(-im*pi))", "log(exp(-3*im*pi))", "sqrt(exp(-im*pi))"])
def test_a_number_on_the_cut_is_taken_from_above_by_both_routes(text: str) -> None:
    (result,) = Session().run(text)
    assert result.status == "ok"
    assert result.check is not None
    assert result.check.agrees


def test_the_magnitude_of_zero_is_zero_in_the_complex_reading() -> None:
    assert verdict("abs(0*im) == 0") == "proved"
