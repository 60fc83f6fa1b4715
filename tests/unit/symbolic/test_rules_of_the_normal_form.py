"""Each rule of the normal form alone: an identity that it decides, and a neighbour that it must not claim."""

from __future__ import annotations

import pytest

from tests.contract.test_methods import goals, tried
from twofold.symbolic.methods import normal_form
from twofold.symbolic.normal.convert import RULES

X = "let x > 0\n"
N = "let n : positive integer\n"
V = "let v, w : vector(3)\n"

IDENTITIES: dict[str, tuple[str, str]] = {
    "Chi": (X + "Chi(x) + Shi(x) == Ei(x)", X + "Chi(x) - Shi(x) == Ei(x)"),
    "conjugate": ("let z, w : complex\nconj(exp(z)*w) == exp(conj(z))*conj(w)", "let z : complex\nconj(log(z)) == log(conj(z))"),
    "arg": ("arg(-2) == pi", "arg(-2) == -pi"),
    "im": ("let z : complex\nim(z^2) == 2*re(z)*im(z)", "let z : complex\nim(z^2) == 2*im(z)"),
    "re": ("let z : complex\nre(z) == (z + conj(z))/2", "let z : complex\nre(z) == (z - conj(z))/2"),
    "airyai": ("airyai(0)*gamma(2/3) == 3^(-2/3)", "airyai(0)*gamma(2/3) == 3^(2/3)"),
    "airyaiprime": ("airyaiprime(0)*gamma(1/3) == -3^(-1/3)", "airyaiprime(0)*gamma(1/3) == 3^(-1/3)"),
    "airybi": ("airybi(0) == sqrt(3)*airyai(0)", "airybi(0) == airyai(0)"),
    "airybiprime": ("airybiprime(0) == -sqrt(3)*airyaiprime(0)", "airybiprime(0) == sqrt(3)*airyaiprime(0)"),
    "besseli": (X + "besseli(2, x) == besseli(0, x) - 2*besseli(1, x)/x", X + "besseli(2, x) == besseli(0, x) + 2*besseli(1, x)/x"),
    "besselj": ("let n : integer\n" + X + "besselj(n - 1, x) + besselj(n + 1, x) == 2*n*besselj(n, x)/x", "besselj(3, -x) == besselj(3, x)"),
    "besselk": (X + "besselk(3/2, x) == sqrt(pi/(2*x))*exp(-x)*(1 + 1/x)", X + "besselk(3/2, x) == sqrt(pi/(2*x))*exp(-x)*(1 - 1/x)"),
    "bessely": (X + "bessely(1/2, x) == -besselj(-1/2, x)", X + "bessely(1/2, x) == besselj(-1/2, x)"),
    "gcd": (N + "gcd(2*n + 1, n) == 1", N + "gcd(2*n + 2, n) == 1"),
    "lcm": (N + "lcm(n, n + 1) == n*(n + 1)", N + "lcm(n, n + 2) == n*(n + 2)"),
    "elliptic_e": ("2*elliptic_e(1/2)*elliptic_k(1/2) - elliptic_k(1/2)^2 == pi/2", "elliptic_e(1/2) == elliptic_k(1/2)"),
    "elliptic_k": ("elliptic_k(1/2) == gamma(1/4)^2/(4*sqrt(pi))", "elliptic_k(1/2) == gamma(1/4)^2/(4*pi)"),
    "lambertw": (X + "log(lambertw(x)) == log(x) - lambertw(x)", "lambertw(x*exp(x)) == x"),
    "li": ("li(exp(x)) == Ei(x)", "li(x) == Ei(x)"),
    "lowergamma": (X + "lowergamma(3/2, x) == sqrt(pi)*erf(sqrt(x))/2 - sqrt(x)*exp(-x)", X + "lowergamma(1/2, x) == erf(sqrt(x))"),
    "uppergamma": (X + "uppergamma(2, x) == (1 + x)*exp(-x)", X + "uppergamma(2, x) == (1 - x)*exp(-x)"),
    "polylog": ("polylog(-1, x) == x/(1 - x)^2", "polylog(2, x) + polylog(2, -x) == polylog(2, x^2)"),
    "Phi": ("Phi(x) == 1/2 + erf(x/sqrt(2))/2", "Phi(x) == erf(x)"),
    "Shi": ("Shi(-x) == -Shi(x)", "Shi(-x) == Shi(x)"),
    "Si": ("Si(-x) == -Si(x)", "Si(-x) == Si(x)"),
    "abs": (X + "abs(-3*x) == 3*x", "abs(x) == x"),
    "acos": ("acos(x) == pi/2 - asin(x)", "acos(x) == asin(x)"),
    "acosh": ("acosh(x) == log(x + sqrt(x^2 - 1))", "acosh(x) == log(x + sqrt(x^2 + 1))"),
    "acot": ("acot(x) == atan(1/x)", "acot(x) == acot(-x)"),
    "add": ("(x + 1)^2 == x^2 + 2*x + 1", "x + y == x + 2*y"),
    "asin": ("asin(-x) == -asin(x)", "asin(-x) == asin(x)"),
    "asinh": ("asinh(x) == log(x + sqrt(x^2 + 1))", "asinh(x) == log(x + sqrt(x^2 - 1))"),
    "atan": ("atan(-x) == -atan(x)", "atan(-x) == atan(x)"),
    "atan2": (X + "atan2(y, x) == atan(y/x)", "atan2(y, x) == atan(y/x)"),
    "atanh": ("atanh(x) == log((1 + x)/(1 - x))/2", "atanh(x) == log((1 + x)/(1 - x))"),
    "beta": (X + "let y > 0\nbeta(x, y)*gamma(x + y) == gamma(x)*gamma(y)", "beta(x, y) == gamma(x)*gamma(y)"),
    "binomial": (N + "binomial(n + 1, 2) == n*(n + 1)/2", N + "binomial(n, 2) == n*(n + 1)/2"),
    "cbrt": ("cbrt(-x) == -cbrt(x)", "cbrt(-x) == cbrt(x)"),
    "ceil": (N + "ceil(x + n) == n - floor(-x)", "let y : real\nceil(x + y) == ceil(x) + y"),
    "cos": ("cos(2*x) == 2*cos(x)^2 - 1", "cos(2*x) == 2*cos(x)^2 + 1"),
    "cosh": ("cosh(x) == (exp(x) + exp(-x))/2", "cosh(x) == (exp(x) - exp(-x))/2"),
    "cot": ("cot(x) == cos(x)/sin(x)", "cot(x) == sin(x)/cos(x)"),
    "coth": ("coth(x) == cosh(x)/sinh(x)", "coth(x) == sinh(x)/cosh(x)"),
    "csc": ("csc(x) == 1/sin(x)", "csc(x) == 1/cos(x)"),
    "csch": ("csch(x) == 1/sinh(x)", "csch(x) == 1/cosh(x)"),
    "delta": (N + "delta(n, n) == 1", "let i, j : integer\ndelta(i, j) == 1"),
    "det": ("det([a, b; c, d]) == a*d - b*c", "det([a, b; c, d]) == a*d + b*c"),
    "digamma": ("digamma(2) == 1 - euler_gamma", X + "digamma(x + 1) == digamma(x) + x"),
    "div": ("(x + y)/2 == x/2 + y/2", "(x + y)/2 == x/2 + y"),
    "dot": ("dot([a, b], [c, d]) == a*c + b*d", "dot([a, b], [c, d]) == a*d + b*c"),
    "ediv": ("x ./ y == x/y", "x ./ y == y/x"),
    "emul": ("x .* y == x*y", "x .* y == x/y"),
    "erf": ("erf(-x) == -erf(x)", "erf(-x) == erf(x)"),
    "erfc": ("erfc(x) == 1 - erf(x)", "erfc(x) == 1 + erf(x)"),
    "erfi": ("erfi(-x) == -erfi(x)", "erfi(-x) == erfi(x)"),
    "exp": ("exp(x + y) == exp(x)*exp(y)", "exp(x + y) == exp(x) + exp(y)"),
    "factorial": (N + "factorial(n + 1) == (n + 1)*factorial(n)", N + "factorial(n + 1) == n*factorial(n)"),
    "falling": ("falling(x, 2) == x*(x - 1)", "falling(x, 2) == x*(x + 1)"),
    "floor": (N + "floor(n + 1/2) == n", "let y : real\nfloor(x + y) == floor(x) + y"),
    "fresnelc": ("fresnelc(-x) == -fresnelc(x)", "fresnelc(-x) == fresnelc(x)"),
    "fresnels": ("fresnels(-x) == -fresnels(x)", "fresnels(-x) == fresnels(x)"),
    "gamma": (X + "gamma(x + 2) == (x + 1)*x*gamma(x)", X + "gamma(x + 2) == (x + 2)*gamma(x)"),
    "harmonic": (N + "harmonic(n + 1) == digamma(n + 1) + euler_gamma + 1/(n + 1)", N + "harmonic(n) == digamma(n)"),
    "heaviside": (X + "heaviside(x) == 1", "heaviside(x) == 1"),
    "index": ("let v : vector(3)\nv[1 + 1] + 1 == [v[2] + 1, 0][1]", V + "v[1] == v[2]"),
    "indicator": (X + "indicator(x > 0) == 1", "indicator(x > 0) == 1"),
    "log": (X + "log(x^2*9) == 2*log(x) + 2*log(3)", X + "log(x + 1) == log(x)"),
    "logdet": ("logdet([2, 0; 0, 3]) == log(2) + log(3)", "logdet([2, 0; 0, 3]) == log(5)"),
    "loggamma": ("loggamma(3) == log(2)", X + "loggamma(x + 1) == loggamma(x) + x"),
    "logsumexp": ("logsumexp([x, y]) == log(exp(x) + exp(y))", "logsumexp([x, y]) == x + y"),
    "max": (X + "max(x, -1) == x", "max(x, y) == x"),
    "mean": ("mean([x, y]) == (x + y)/2", "mean([x, y]) == (x - y)/2"),
    "min": (X + "min(x, -1) == -1", "min(x, y) == x"),
    "mod": (N + "mod(n + 1/2, 1) == 1/2", "mod(x, 1) == x"),
    "mul": ("(x + 1)*(x - 1) == x^2 - 1", "(x + 1)*(x - 1) == x^2 + 1"),
    "neg": ("-(x - y) == y - x", "-(x - y) == x - y"),
    "norm": ("norm([x, 2])^2 == x^2 + 4", "norm([x, 2]) == x + 2"),
    "pdf": ("pdf(Normal(0, 1), x) == exp(-x^2/2)/sqrt(2*pi)", "pdf(Normal(0, 1), x) == exp(-x^2/2)"),
    "piecewise": (X + "{x if x > 0; 0 otherwise} == x", "{x if x > 0; 0 otherwise} == x"),
    "pmf": ("let lam > 0\n" + N + "pmf(Poisson(lam), n) == lam^n*exp(-lam)/factorial(n)", "let lam > 0\npmf(Poisson(lam), 1) == lam"),
    "polygamma": (X + "polygamma(0, x) == digamma(x)", X + "polygamma(1, x + 1) == polygamma(1, x) + 1/x^2"),
    "pow": ("(x*y)^2 == x^2*y^2", "(x + y)^2 == x^2 + y^2"),
    "rising": ("rising(x, 3) == x*(x + 1)*(x + 2)", "rising(x, 3) == x*(x - 1)*(x - 2)"),
    "root": ("root(-8, 3) == -2", "root(-8, 3) == 2"),
    "sec": ("sec(x) == 1/cos(x)", "sec(x) == 1/sin(x)"),
    "sech": ("sech(x) == 1/cosh(x)", "sech(x) == 1/sinh(x)"),
    "sign": (X + "sign(-x) == -1", "sign(x) == 1"),
    "sin": ("sin(2*x) == 2*sin(x)*cos(x)", "sin(2*x) == 2*sin(x)"),
    "sinh": ("sinh(x) == (exp(x) - exp(-x))/2", "sinh(x) == (exp(x) + exp(-x))/2"),
    "sqrt": (X + "sqrt(4*x^2) == 2*x", "sqrt(x^2) == x"),
    "sub": ("(x - y)^2 == x^2 + y^2 + (-2)*x*y", "x - (x - y) == -y"),
    "sum": ("sum([x, y, 1]) == x + y + 1", "sum([x, y]) == x - y"),
    "tan": ("tan(x) == sin(x)/cos(x)", "tan(x) == cos(x)/sin(x)"),
    "tanh": ("tanh(x) == sinh(x)/cosh(x)", "tanh(x) == cosh(x)/sinh(x)"),
    "tr": ("tr([a, b; c, d]) == a + d", "tr([a, b; c, d]) == a*d"),
    "transpose": ("x' + 1 == 1 + x", "x' == -x"),
    "zeta": ("zeta(4) == pi^4/90", "zeta(3) == pi^3/30"),
}  # fmt: skip

THEOREMS = (
    "let n : integer\n(-1)^(n*(n + 1)) == 1",
    "let k, n : integer\n(-1)^(k*n^2 - n*k) == 1",
    "let n : integer\ncos(pi*n^3) == (-1)^n",
    "floor(x + 1) == floor(x) + 1",
    "mod(x + 3, 3) == mod(x, 3)",
    "let n : size\nprod(x, k = 1..n) == x^n",
    "let n : size\nprod(exp(k), k = 1..n) == exp(n*(n + 1)/2)",
    "integrate(exp(-x^2), x = -oo..oo) == sqrt(pi)",
    "let s > 0\nintegrate(x^2*exp(-x^2/(2*s^2)), x = -oo..oo) == s^3*sqrt(2*pi)",
)
"""Identities under binders."""


def proves(text: str) -> bool:
    """Whether the normal form alone proves the claim that ends a text."""
    return all(tried(normal_form.SPEC, g) is not None for g in goals(text))


def test_every_rule_has_an_identity() -> None:
    """Entrywise powers cannot be typed: differentiation writes them, and their rule is that of powers."""
    assert set(IDENTITIES) == set(RULES) - {"epow"}
    assert RULES["epow"] is RULES["pow"]


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_rule_decides_its_identity(name: str) -> None:
    assert proves(IDENTITIES[name][0])


@pytest.mark.parametrize("text", THEOREMS)
def test_theorems_hold(text: str) -> None:
    assert proves(text)


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_rule_does_not_claim_its_neighbour(name: str) -> None:
    assert not proves(IDENTITIES[name][1])
