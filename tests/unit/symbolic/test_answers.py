"""Questions and their exact answers as they are printed."""

from __future__ import annotations

import pytest

from twofold.core.diagnostic import TwofoldError
from twofold.engine.session import Session
from twofold.symbolic.context import NoClosedForm

CALCULUS = {
    "diff(x^x, x)": "x^x*(log(x) + 1)",
    "diff(f(x)^2, x)": "2*f(x)*diff(f(x), x)",
    "diff(integrate(sin(x*t), t = 0..x), x)": "(2*x^2*sin(x^2) + cos(x^2) - 1)/x^2 given x != 0",
    "diff({x^2 if x > 0; 0 otherwise}, x)": "{2*x if x > 0; 0 otherwise}",
    "diff(norm(v)^2, v)": "[2*v[1], 2*v[2]]",
    "diff(det(A), A)": "[A[2, 2], -A[2, 1]; -A[1, 2], A[1, 1]]",
    "jacobian(A*v, v)": "[A[1, 1], A[1, 2]; A[2, 1], A[2, 2]]",
    "integrate(1/x, x)": "log(abs(x))",
    "integrate(1/(x*log(x)), x)": "log(abs(log(x)))",
    "integrate(1/(x^2 + x + 1), x)": "2*sqrt(3)*atan(sqrt(3)*(2*x + 1)/3)/3",
    "integrate(1/x, x = -1..1)": '"does not exist"',
    "integrate(1/x^2, x = -1..1)": "oo",
    "integrate(abs(x - 1), x = 0..3)": "5/2",
    "integrate(x, x = 1..0)": "-1/2",
    "integrate([x, x^2], x = 0..1)": "[1/2, 1/3]",
    "integrate(exp(-a*x), x = 0..oo)": "1/a given a > 0",
    "integrate(exp(-p*x), x = 0..oo)": "1/p",
    "integrate(1/(a + 1 + cos(x)), x = 0..2pi)": "2*pi*sign(a)/sqrt(a*(a + 2)) given a > 0 or a < -2",
    "integrate(1/(2 + cos(x)), x)": "(x - 2*atan(sin(x)/(2 + sqrt(3) + cos(x))))/sqrt(3)",
    "integrate(sqrt(exp(x) - 1), x)": "2*sqrt(exp(x) - 1) - 2*atan(sqrt(exp(x) - 1))",
    "integrate(x*exp(-x)/(1 + x)^2, x)": "2*e*Ei(-(x + 1)) + exp(-x)/(x + 1)",
    "integrate(x^3/(exp(x) - 1), x = 0..oo)": "pi^4/15",
    "integrate(log(sin(x)), x = 0..pi)": "-pi*log(2)",
    "integrate(sqrt(tan(x)), x = 0..pi/2)": "sqrt(2)*pi/2",
    "integrate(floor(x), x = 0..3)": "3",
    "integrate(max(x, x^2), x = 0..2)": "17/6",
    "integrate(cos(x)/(1 + x^2), x = -oo..oo)": "pi/e",
    "integrate(sin(x), x = 0..oo)": '"does not exist"',
    "integrate(1/(x^2 + 2x + a), x = -oo..oo) given a > 1": "pi/sqrt(a - 1)",
    "area(x, x^2, x = 0..1)": "1/6",
    "integrate(1/(x^3 + 1), x)": "(2*log(abs(x + 1)) - log(x^2 - x + 1) + 2*sqrt(3)*atan(sqrt(3)*(2*x - 1)/3))/6",
    "integrate(x*sin(x)/(1 + cos(x)^2), x = 0..pi)": "pi^2/4",
    "integrate(1/(1 + tan(x)^sqrt(2)), x = 0..pi/2)": "pi/4",
    "integrate(log(x)/(1 + x^2)^2, x = 0..oo)": "-pi/4",
    "integrate(log(2 + cos(x)), x = 0..2pi)": "2*pi*log((2 + sqrt(3))/2)",
    "integrate(sin(x)/(exp(x) - 1), x = 0..oo)": "(pi*coth(pi) - 1)/2",
    "integrate((1 - cos(a*x))/x^2, x = 0..oo) given a > 0": "pi*a/2",
    "integrate(1/(x*log(x)), x = 2..oo)": "oo",
    "integrate(x*sin(x), x = 0..oo)": '"does not exist"',
    "integrate(exp(-x^3), x) given x > 0": "-uppergamma(1/3, x^3)/3",
    "laplace(t*cos(t), t, s)": "(s^2 - 1)/(s^2 + 1)^2 given s > 0",
    "laplace(t*exp(t)*sin(2*t), t, s)": "4*(s - 1)/((s - 1)^2 + 4)^2 given s > 1",
    "laplace(1, t, s)": "1/s given s > 0",
    "sum(k, k = 1..100)": "5050",
    "besselj(1/2, x)": "sin(x)*sqrt(2/pi)/sqrt(x)",
    "besselk(-1/2, x)": "exp(-x)*sqrt(2*pi)/(2*sqrt(x))",
    "besselj(1/3, x)": "besselj(1/3, x)",
    "sum(1/sqrt(k), k = 1..oo)": "oo",
    "sum(-log(k)/k, k = 1..oo)": "-oo",
    "sum(1/(k*log(k)), k = 2..oo)": "oo",
    "sum(1/k^2, k = 1..n)": "pi^2/6 - polygamma(1, n + 1)",
    "sum(1/k^3, k = 1..n)": "polygamma(2, n + 1)/2 + zeta(3)",
    "sum((-1)^k, k = 0..oo)": '"does not exist"',
    "prod(1 - 1/k^2, k = 2..oo)": "1/2",
    "limit({x if x < 0; 1 otherwise}, x -> 0-)": "0",
    "limit((1 + x)^(1/x), x -> 0)": "e",
    "10^10^10": "10^10^10",
    "factorial(100000)": "factorial(100000)",
    "sum(k, k = 1..-3)": "0",
    "sum(x^k, k = 0..oo)": "1/(1 - x) given abs(x) < 1",
    "sum(c, k = a..b)": "c*(b - a + 1) given b >= a - 1",
    "sum(v[k]^2, k = 1..2)": "v[1]^2 + v[2]^2",
    "prod(k, k = 1..n)": "factorial(n)",
    "limit(1/x, x -> 0)": '"does not exist"',
    "limit(sqrt(x), x -> 0)": "0",
    "limit(sin(x), x -> oo)": '"does not exist"',
    "limit(factorial(n)^(1/n)/n, n -> oo)": "1/e",
    "limit(binomial(2n, n)*sqrt(n)/4^n, n -> oo)": "1/sqrt(pi)",
    "limit((-1)^n/n, n -> oo)": "0",
    "limit(sum(sqrt(k), k = 1..n)/n^(3/2), n -> oo)": "2/3",
    "limit(prod(1 - 1/k^2, k = 2..n), n -> oo)": "1/2",
    "laplacian(r^2, [r, theta, phi], spherical)": "6",
    "curl([0, 0, r*sin(theta)], [r, theta, phi], spherical)": "[2*cos(theta), -2*sin(theta), 0]",
    "grad(r*cos(t), [r, t], polar)": "[cos(t), -sin(t)]",
    "arclength([cos(t)^3, sin(t)^3], t = 0..2pi)": "6",
    "area([cos(t), 2sin(t)], t = 0..2pi)": "2*pi",
    "fourier(dirac(t), t, w)": "1",
    "fourier(indicator(abs(t) < 1), t, w)": "2*sin(w)/w",
    "laplace(1/t, t, s)": '"does not exist"',
    "laplace(heaviside(t - 2), t, s)": "exp(-2*s)/s given s > 0",
    "sum(1/(k*(2k + 1)), k = 1..oo)": "2 - 2*log(2)",
    "sum(cos(k)/k^2, k = 1..oo)": "(3 - 6*pi + 2*pi^2)/12",
    "sum(x^k, k = 0..n)": "(x^(n + 1) - 1)/(x - 1) given x != 1",
    "prod(1 + 1/k^2, k = 1..oo)": "sinh(pi)/pi",
    "taylor(sin(a + b), [a, b], [0, 0], 3)": "a + b - (a + b)^3/6",
    "parametric_diff([t - sin(t), 1 - cos(t)], t)": "sin(t)/(1 - cos(t))",
    "taylor(sqrt(1 + x), x = 0, 3)": "1 + x/2 - x^2/8 + x^3/16",
}
ALGEBRA = {
    "eigenvalues([1, 2; 3, 4])": "{(5 - sqrt(33))/2, (5 + sqrt(33))/2}",
    "eigenvalues([1, 0; 0, 1])": "{1, 1}",
    "eigenvalues([2, 1, 0; 1, 3, 1; 0, 1, 5])": "{root_of(t -> t^3 - 10*t^2 + 29*t - 23, 1), "
    "root_of(t -> t^3 - 10*t^2 + 29*t - 23, 2), root_of(t -> t^3 - 10*t^2 + 29*t - 23, 3)}",
    "eigenvectors([0, -1; 1, 0])": "{(-im, 1, {[-im, 1]}), (im, 1, {[im, 1]})}",
    "diagonalize([1, 1; 0, 1])": '"not diagonalizable"',
    "inv([a, b; c, d])": "[d/(a*d - b*c), -b/(a*d - b*c); -c/(a*d - b*c), a/(a*d - b*c)] given a*d - b*c != 0",
    "inv([cos(t), -sin(t); sin(t), cos(t)])": "[cos(t), sin(t); -sin(t), cos(t)]",
    "det(S)": "S[1, 1]*S[2, 2] - S[1, 2]^2",
    "rank([1, 2, 3; 2, 4, k; 1, 1, 1])": "{2 if k == 6; 3 otherwise}",
    "rank([sin(t)^2 + cos(t)^2, 1; 1, 1])": "1",
    "nullspace([1, 2, 3; 4, 5, 6; 7, 8, 9])": "{[1, -2, 1]}",
    "linearly_independent([1, a], [a, 1])": "a != -1 and a != 1",
    "kernel([1, 1; 1, 1])": "{[-1, 1]}",
    "pinv([0, 0; 0, 0])": "[0, 0; 0, 0]",
    "[1, 2; 3, 4]^-1": "[-2, 1; 3/2, -1/2]",
    "[1, 1; 0, 1]^3": "[1, 3; 0, 1]",
    "v'*v": "v[1]^2 + v[2]^2",
}
SOLVING = {
    "solve(x^2 == 2, x)": "{-sqrt(2), sqrt(2)}",
    "solve(x^2 + 1 == 0, x)": "{}",
    "solve((x^2 - 1)/(x - 1) == 0, x)": "{-1}",
    "solve(sqrt(x + 3) == x - 3, x)": "{6}",
    "solve(p^2 == 4, p)": "{2}",
    "solve(x^2 == a, x)": "{-sqrt(a), sqrt(a)} given a >= 0",
    "solve(tan(x) == 1, x)": "{pi/4 + pi*k}",
    "solve({x + y0 == 1, 2x + 2*y0 == 3}, [x, y0])": "{}",
    "solve([2, 0; 0, 4]*v == [1, 1], v)": "{[1/2, 1/4]}",
    "solve(x^2 - 3x + 2 < 0, x)": "1 < x < 2",
    "solve((x - 1)/(x + 2) >= 0, x)": "x < -2 or x >= 1",
    "roots(x^4 - 2x^2 + 1, x)": "{-1, -1, 1, 1}",
    "minimize(x^2 + 2*w^2, [x, w], subject_to = {x + w >= 1})": "(2/3, [2/3, 1/3])",
    "minimize(x^3, x)": '"not bounded"',
    "maximize(x + w, [x, w], subject_to = {x^2 + w^2 <= 1})": "(sqrt(2), [sqrt(2)/2, sqrt(2)/2])",
    "dsolve({y'(x) == y(x), y(0) == 1}, y(x))": "exp(x)",
    "dsolve(y''(x) + y(x) == 0, y(x))": "C1*cos(x) + C2*sin(x)",
    "factor(60)": "2^2*3*5",
    "expand((x + 1)^2)": "x^2 + 2*x + 1",
}


@pytest.mark.parametrize("text", [*CALCULUS, *ALGEBRA, *SOLVING])
def test_answers(text, ask):
    assert ask(text) == {**CALCULUS, **ALGEBRA, **SOLVING}[text]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sum(k, k = 1..1/2)", "wrong-range"),
        ("norm([1, 2], 0)", "wrong-kind"),
        ("directional(x, [x], [0])", "zero-vector"),
        ("roots(sin(x), x)", "not-a-polynomial"),
        ("inv([1, 2; 2, 4])", "singular-matrix"),
        ("cholesky([1, 2; 2, 1])", "not-posdef"),
        ("coordinates([1, 2], [1, 2], [2, 4])", "not-independent"),
        ("coordinates([1, 2, 3], [1, 0, 0])", "not-in-span"),
        ("matrix_of(x -> x + 1)", "not-linear"),
        ("complete_square(x^3, x)", "not-quadratic"),
        ("diff(x^2, x, 1/2)", "wrong-order"),
    ],
)
def test_refusals(text, code, ask):
    with pytest.raises(TwofoldError) as caught:
        ask(text)
    assert caught.value.diagnostic.code == code


@pytest.mark.parametrize(
    "text",
    ["integrate(exp(-x^2)*cos(x^3), x = 0..1)", "taylor(abs(x), x, 0, 3)", "taylor(abs(x)^3, x, 0, 3)", "integrate(x^x, x)"],
)
def test_what_has_no_closed_form_is_not_made_up(text, ask):
    with pytest.raises(NoClosedForm):
        ask(text, seconds=0.5)


@pytest.mark.parametrize("question", ["solve(abs(x - 1) + abs(x + b) == a, x)", "solve(x^5 + x == a, x)"])
def test_reasons_speak_of_the_question(question: str) -> None:
    (reason,) = (n for n in Session().run(question)[-1].notes if n.startswith("no closed form"))
    assert "NaN" not in reason and "characteristic" not in reason
