"""The direct rules for antiderivatives: what each finds, what it leaves, and candidates that must not be accepted."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, free_symbols, substitute, var
from twofold.symbolic.calculus.candidates import Integrand
from twofold.symbolic.context import Context
from twofold.symbolic.primitives.angles import by_angles, by_roots_of_tangents
from twofold.symbolic.primitives.direct import direct
from twofold.symbolic.primitives.exponentials import in_exponential, of_quadratic
from twofold.symbolic.primitives.logarithms import by_logarithms
from twofold.symbolic.primitives.norman import by_kernels
from twofold.symbolic.primitives.parameters import with_parameters
from twofold.symbolic.primitives.parts import by_parts
from twofold.symbolic.primitives.polylogarithms import by_polylogarithms
from twofold.symbolic.primitives.rational import by_fractions
from twofold.symbolic.primitives.roots import by_roots
from twofold.symbolic.primitives.substitution import by_substitution
from twofold.symbolic.primitives.waves import by_waves

X = Symbol("x")


def read(text):
    t = resolve(parse_expression(text, "test"), Scope({}))
    return substitute(t, {s: var(X) for s in free_symbols(t) if s.name == "x"})


FOUND = {
    by_waves: {
        "x*sin(x)": "sin(x) - x*cos(x)", "x^2*exp(-3x)": "-(9*x^2 + 6*x + 2)*exp(-3*x)/27", "exp(2x)*sin(3x)": "(2*sin(3*x) - 3*cos(3*x))*exp(2*x)/13",
        "sin(x)^4": "(12*x - 8*sin(2*x) + sin(4*x))/32", "sinh(x)^3": "(cosh(3*x) - 9*cosh(x))/12", "sin(x + 1)*cos(x)": "x*sin(1)/2 - cos(2*x + 1)/4",
        "exp(x)*sinh(x)": "exp(2*x)/4 - x/2", "x*e^x": "(x - 1)*exp(x)", "(x + 1)/exp(x)": "-(x + 2)*exp(-x)",
    },
    by_angles: {
        "tan(x)": "-log(abs(cos(x)))", "tan(x)^4": "tan(x)^3/3 - tan(x) + x", "sec(x)^3": "(tan(x)*sec(x) + log(abs(sec(x) + tan(x))))/2",
        "sin(x)^2*cos(x)^3": "sin(x)^3/3 - sin(x)^5/5", "1/(sin(x)*cos(x))": "log(abs(tan(x)))", "cos(2x + 1)^3": "sin(2*x + 1)/2 - sin(2*x + 1)^3/6",
        "csc(x)^4": "-(cot(x)^3/3 + cot(x))", "3*cot(x)": "3*log(abs(sin(x)))",
    },
    by_fractions: {
        "1/(x^2 + 2x + 5)": "atan((x + 1)/2)/2", "(2x + 3)/(x^2 - 5x + 6)": "9*log(abs(x - 3)) - 7*log(abs(x - 2))", "1/(x^2 + 1)^2": "(x/(x^2 + 1) + atan(x))/2",
        "1/(x^2 - 2)": "sqrt(2)*(log(abs(x - sqrt(2))) - log(abs(x + sqrt(2))))/4", "x^3/(x^2 + 1)": "(x^2 - log(x^2 + 1))/2", "(2x + 1)^5": "(2*x + 1)^6/12",
        "x^3/(x^4 - 1)": "log(abs(x^4 - 1))/4", "x/(x^4 + 1)": "atan(x^2)/2", "1/(x*(x^2 + 1))": "log(abs(x)) - log(x^2 + 1)/2", "5/(2x - 3)^4": "-5/(6*(2*x - 3)^3)",
        "1/(x^4 + 3x^2 + 9)": "(sqrt(3)*(log(x^2 + sqrt(3)*x + 3) - log(x^2 - sqrt(3)*x + 3)) + 2*atan((2*x + sqrt(3))/3) + 2*atan((2*x - sqrt(3))/3))/36",
    },
    by_logarithms: {
        "log(x)^2": "x*(log(x)^2 - 2*log(x) + 2)", "log(x)/x^2": "-(log(x) + 1)/x", "1/log(x)": "Ei(log(x))", "1/log(x)^2": "Ei(log(x)) - x/log(x)",
        "sqrt(x)*log(x)": "2*x^(3/2)*(3*log(x) - 2)/9", "log(x)/x": "log(x)^2/2", "1/(x*log(x))": "log(abs(log(x)))", "x^(2/3)": "3*x^(5/3)/5",
    },
    by_roots: {
        "sqrt(1 - x^2)": "(x*sqrt(1 - x^2) + asin(x))/2", "1/sqrt(x^2 - 1)": "log(abs(x + sqrt(x^2 - 1)))", "x*sqrt(x + 1)": "2*(x + 1)^(3/2)*(3*x - 2)/15",
        "1/(2x + 1)^(3/2)": "-1/sqrt(2*x + 1)", "1/sqrt(2 - 3x^2)": "sqrt(3)*asin(sqrt(6)*x/2)/3", "x^3/sqrt(x^2 + 1)": "(x^2 - 2)*sqrt(x^2 + 1)/3",
        "1/sqrt(x^2 + 2x + 5)": "asinh((x + 1)/2)",
    },
    by_parts: {
        "x*atan(x)": "((x^2 + 1)*atan(x) - x)/2", "x*asin(x)": "(2*x^2*asin(x) + x*sqrt(1 - x^2) - asin(x))/4", "log(2x + 1)": "(2*x + 1)*log(2*x + 1)/2 - x",
        "log(x^2 + 1)": "x*log(x^2 + 1) - 2*x + 2*atan(x)", "atan(x)/x^2": "log(abs(x)) - atan(x)/x - log(x^2 + 1)/2", "acos(x)": "x*acos(x) - sqrt(1 - x^2)",
    },
    in_exponential: {
        "1/(1 + exp(x))": "x - log(exp(x) + 1)", "1/(exp(2x) - 1)": "log(abs(exp(2*x) - 1))/2 - x", "sech(x)": "2*atan(exp(x))", "1/(1 + exp(-x))": "log(exp(x) + 1)",
    },
    of_quadratic: {
        "exp(-x^2)": "sqrt(pi)*erf(x)/2", "x^3*exp(-x^2)": "-(x^2 + 1)*exp(-x^2)/2", "exp(-x^2/2)": "sqrt(2*pi)*erf(sqrt(2)*x/2)/2", "exp(x^2)": "sqrt(pi)*erfi(x)/2",
    },
    by_substitution: {
        "cos(x)*exp(sin(x))": "exp(sin(x))", "1/(x*log(x)^2)": "-1/log(x)", "x^2/sqrt(x^3 + 1)": "2*sqrt(x^3 + 1)/3", "asin(x)^2": "x*asin(x)^2 + 2*sqrt(1 - x^2)*asin(x) - 2*x",
        "abs(2x - 3)": "(2*x - 3)*abs(2*x - 3)/4", "sin(log(x))/x": "-cos(log(x))", "tanh(x)": "log(cosh(x))",
    },
    by_polylogarithms: {
        "x*tan(x)": "-(x*log(abs(2*cos(x))) + im(polylog(2, -exp(2*im*x)))/2)", "log(cos(x))": "-(x*log(2) + im(polylog(2, -exp(2*im*x)))/2)",
        "x/sin(x)": "x*log(abs(tan(x/2))) + im(polylog(2, exp(im*x))) - im(polylog(2, -exp(im*x)))", "atan(2x)/x": "im(polylog(2, 2*im*x))",
        "asin(x)/x": "asin(x)*log(abs(2*x)) + im(polylog(2, exp(2*im*asin(x))))/2", "log(x)/(x^2 + 4)": "(log(x)*atan(x/2) - im(polylog(2, im*x/2)))/2",
        "x^2/(exp(x) - 1)": "x^2*log(1 - exp(-abs(x))) - 2*abs(x)*polylog(2, exp(-abs(x))) - 2*polylog(3, exp(-abs(x))) + x^2*abs(x)/6 - x^3/6",
        "x^2/(1 - exp(-2x))": "x^3/6 + x^2*log(1 - exp(-2*abs(x)))/2 - abs(x)*polylog(2, exp(-2*abs(x)))/2 - polylog(3, exp(-2*abs(x)))/4 + x^2*abs(x)/6",
        "x/(exp(2x) + 1)": "(2*x^2 - 2*x*log(exp(2*x) + 1) - polylog(2, -exp(2*x)))/4", "x*coth(x)": "-(x^2 + polylog(2, 1 - exp(2*x)))/2",
        "x/cos(2x)": "(2*x*log(abs(tan(x + pi/4))) + im(polylog(2, im*exp(2*im*x))) - im(polylog(2, -im*exp(2*im*x))))/4",
    },
    by_roots_of_tangents: {
        "sqrt(tan(x))": "sqrt(2)*(log(tan(x) - sqrt(2)*sqrt(tan(x)) + 1) - log(tan(x) + sqrt(2)*sqrt(tan(x)) + 1)"
        " + 2*atan(sqrt(2)*sqrt(tan(x)) + 1) + 2*atan(sqrt(2)*sqrt(tan(x)) - 1))/4",
    },
    by_kernels: {
        "(x^2 + 1)*exp(x)/(x + 1)^2": "(x - 1)*exp(x)/(x + 1)", "exp(sqrt(x))": "2*(sqrt(x) - 1)*exp(sqrt(x))", "x^2/(x*sin(x) + cos(x))^2": "(sin(x) - x*cos(x))/(x*sin(x) + cos(x))",
        "x*sec(x)*tan(x) + sec(x)": "x/cos(x)", "2x*log(x)*tan(x) + x*tan(x) + x^2*log(x)*(1 + tan(x)^2)": "x^2*tan(x)*log(x)", "sin(sin(x))*cos(x)": "-cos(sin(x))",
        "(-x^2 - x - 1)*exp(-x)/(x^2 + 1)^(3/2)": "exp(-x)/sqrt(x^2 + 1)", "a*sin(x)*cos(x)*x + a*sin(x)^2/2": "a*x*sin(x)^2/2",
        "2cos(2x)*log(x) + sin(2x)/x + x*exp(x)*tan(x) + exp(x)*tan(x) + x*exp(x)*(1 + tan(x)^2) + airyaiprime(x)": "log(x)*sin(2*x) + x*tan(x)*exp(x) + airyai(x)",
        "x*Ei(x)": "(x^2*Ei(x) + exp(x) - x*exp(x))/2", "x^2*airybi(x)": "x*airybiprime(x) - airybi(x)", "erf(x)*exp(-x^2)": "sqrt(pi)*erf(x)^2/4",
        "1/sqrt(1 - x^2) + 2x*exp(x^2)": "exp(x^2) + asin(x)", "1/(x^2 + x + 1) + exp(x)/x - exp(x)/x^2": "exp(x)/x + 2*sqrt(3)*atan((2*sqrt(3)*x + sqrt(3))/3)/3",
        "x/sqrt(x^2 + 1)/(2 + cos(x)) + sqrt(x^2 + 1)*sin(x)/(2 + cos(x))^2": "sqrt(x^2 + 1)/(cos(x) + 2)",
    },
    direct: {
        "a*x^2 + b": "a*x^3/3 + b*x", "log(x) + x*sin(x)": "x*(log(x) - 1) + sin(x) - x*cos(x)", "sqrt(2)*sin(x)/3": "-sqrt(2)*cos(x)/3", "-a*cos(x)": "-a*sin(x)",
    },
}  # fmt: skip
LEFT = {
    by_waves: ("sin(x)/x", "sin(x^2)", "sin(pi*x)", "exp(x)/(x + 1)", "a*sin(x)", "sin(x)*cos(a*x)"),
    by_angles: ("sin(x)^4", "sin(x)*cos(2x)", "x*sin(x)", "1/(2 + cos(x))", "sin(x)^2/cos(x)", "sqrt(sin(x))", "tan(x^2)"),
    by_fractions: ("1/(x^4 - 2)", "1/(x^5 + 1)", "1/(x^3 + 2)", "1/(x^2 + a)", "x*sin(x)", "1/(x^4 + x + 1)", "sqrt(2)/x"),
    by_logarithms: ("log(2x)", "x/(log(x) + 1)", "log(x)/(x + 1)", "sqrt(log(x))", "x^a"),
    by_roots: ("sqrt(x^3 + 1)", "1/(x*sqrt(x^2 + 1))", "sqrt(x)*sqrt(x + 1)", "1/(x^2 + 1)^(3/2)", "sqrt((x + 1)^2)", "x^2"),
    by_parts: ("asin(x)/x", "log(x)/(x^2 + 1)", "atan(x)/x", "log(x)*atan(x)", "x*asin(x^2)", "x"),
    in_exponential: ("x/(1 + exp(x))", "exp(x^2)", "1/(1 + exp(x + 1))", "sqrt(1 + exp(x))", "exp(x) + exp(pi*x)"),
    of_quadratic: ("exp(x)", "exp(-x^2)/x", "exp(x^3)", "exp(-a*x^2)"),
    by_substitution: ("x*tan(x)", "sin(x)*exp(x)", "sin(sin(x))"),
    by_polylogarithms: ("x^2*tan(x)", "x*tan(x + 1)", "log(cos(x^2))", "x/(exp(x) + 2)", "x^3/(exp(x) - 1)", "log(x)/(x^3 - 1)", "atan(x)/x^2", "x*sin(x)", "asin(x^2)/x"),
    by_roots_of_tangents: ("sqrt(sin(x))", "sqrt(tan(x^2))", "tan(x)^(1/3)", "x*sqrt(tan(x))"),
    by_kernels: ("sin(x)/x", "exp(x^3 + x)", "sin(sin(x))", "exp(x)/x", "x*tan(x)", "exp(sqrt(2)*x)", "log(x)/(x + 1)", "erf(x)^2", "exp(a*x)", "sqrt(1 + sqrt(x))/sqrt(x + exp(x))"),
    direct: ("x^x", "sin(sin(x))", "sqrt(1 + x^5)", "exp(x^3 + x)", "x + sin(x)/x"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "expected"), [(rule, text, expected) for rule, rows in FOUND.items() for text, expected in rows.items()]
)
def test_found(rule, text, expected):
    body = read(text)
    found = rule(body, X)
    assert found is not None
    assert show(found) == expected
    assert Integrand(body, X, Context()).accepts(found)


WITH_PARAMETERS = {
    "1/(a*x + b)": ("log(abs(a*x + b))/a", ["a != 0"]), "x^2*exp(a*x)": ("(a^2*x^2 - 2*a*x + 2)*exp(a*x)/a^3", ["a != 0"]),
    "x*exp(-a*x)": ("-(a*x + 1)*exp(-a*x)/a^2", ["a != 0"]), "x*sin(a*x)": ("(sin(a*x) - a*x*cos(a*x))/a^2", ["a != 0"]),
    "exp(-a*x)*sin(b*x)": ("-(a*sin(b*x) + b*cos(b*x))*exp(-a*x)/(a^2 + b^2)", ["a^2 + b^2 != 0"]), "(a*x + b)^n": ("(a*x + b)^(n + 1)/(a*(n + 1))", ["a != 0", "n != -1"]),
    "sin(a*x)*cos(b*x)": ("-cos(x*(a + b))/(2*(a + b)) - cos(x*(a - b))/(2*(a - b))", ["a + b != 0", "a - b != 0"]), "x^n": ("x^(n + 1)/(n + 1)", ["n != -1"]),
    "1/(x^2 + a^2)": ("atan(x/a)/a", ["a != 0"]), "1/(a^2 - x^2)": ("(log(abs(x + a)) - log(abs(x - a)))/(2*a)", ["a != 0"]), "1/sqrt(a - x^2)": ("asin(x/sqrt(a))", []),
    "1/(x^2 + a)": ("{atan(x/sqrt(a))/sqrt(a) if a > 0; (log(abs(x - sqrt(-a))) - log(abs(x + sqrt(-a))))/(2*sqrt(-a)) if a < 0; -1/x otherwise}", []),
    "1/sqrt(x^2 + a)": ("log(abs(x + sqrt(x^2 + a)))", []), "log(a*x)": ("x*(log(a*x) - 1)", []), "a*x^2 + b*sin(a*x)": ("a*x^3/3 - b*cos(a*x)/a", ["a != 0"]),
    "1/(2 + cos(x))": ("(x - 2*atan(sin(x)/(2 + sqrt(3) + cos(x))))/sqrt(3)", []),
}  # fmt: skip


@pytest.mark.parametrize("text", WITH_PARAMETERS)
def test_with_parameters(text):
    body = read(text)
    found, conditions = with_parameters(body, X, Context())
    assert (show(found), [show(c) for c in conditions]) == WITH_PARAMETERS[text]
    assert Integrand(body, X, Context()).accepts(found)


@pytest.mark.parametrize(
    "text", ["1/(x^3 + a)", "exp(a*x^2)", "sin(a*x)*exp(x^2)", "1/(a + b*cos(x) + sin(x))", "x^x", "log(x^2 + a)"]
)
def test_parameters_that_are_left(text):
    assert with_parameters(read(text), X, Context()) is None


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, rows in LEFT.items() for text in rows])
def test_left(rule, text):
    assert rule(read(text), X) is None


@pytest.mark.parametrize(
    ("candidate", "text"),
    [
        ("sin(x)^2", "sin(x)"), ("x^3/3 + 1/10^4*x", "x^2"), ("log(x)", "1/x"), ("acosh(x)", "1/sqrt(x^2 - 1)"), ("log(x^2 - x - 1)", "(2x - 1)/(x^2 - x - 1)"),
        ("2*atan(tan(x/2)/sqrt(3))/sqrt(3)", "1/(2 + cos(x))"), ("atan(tan(x))", "1"), ("atan((x + 1)/(1 - x))", "1/(1 + x^2)"), ("x*floor(x)", "floor(x)"),
        ("log(x - 1)", "1/(x - 1)"), ("2*atan(1/x) + 3*atan(x)", "1/(1 + x^2)"),
    ],
)  # fmt: skip
def test_not_accepted(candidate, text):
    assert not Integrand(read(text), X, Context()).accepts(read(candidate))


@pytest.mark.parametrize(
    ("candidate", "text"),
    [
        ("log(abs(x))", "1/x"), ("log(abs(cos(x)))", "-tan(x)"), ("x*abs(x)/2", "abs(x)"), ("tan(x) - x", "tan(x)^2"), ("-cot(x)", "csc(x)^2"),
        ("im(polylog(2, im*x))", "atan(x)/x"), ("log(abs(sec(x) + tan(x)))", "sec(x)"), ("-1/x", "1/x^2"), ("sqrt(abs(x))*2*sign(x)", "1/sqrt(abs(x))"),
    ],
)  # fmt: skip
def test_accepted(candidate, text):
    assert Integrand(read(text), X, Context()).accepts(read(candidate))
