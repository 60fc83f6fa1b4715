"""The search for antiderivatives: what it finds, differentiated back by numbers; what it must leave; what must not be claimed."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.antiderivatives.search import Search
from twofold.symbolic.antiderivatives.steps import by_steps
from twofold.symbolic.calculus.candidate_checks import jumps, leaves_the_reals
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.context import Context
from twofold.symbolic.definite.convergence import diverges
from twofold.symbolic.definite.recognise import recognised

x = sp.Symbol("x", real=True)
a = sp.Symbol("a", positive=True)
NAMES = {"x": x, "a": a}

FOUND = (
    "1/(x**5 + 1)", "1/(x**3 + x + 1)", "x**3/(x**8 + 1)", "1/(x*(x**5 + 1))", "1/(x**2 + a**2)", "1/((x - a)*(x + 1))", "1/(x**2 + 1)**3",
    "x**2*sqrt(1 - x**2)", "1/(x*sqrt(x**2 + 1))", "1/((x**2 + 4)*sqrt(x**2 + 1))", "1/(1 - x**2)**(Rational(3, 2))", "sqrt((1 + x)/(1 - x))",
    "sqrt(x)/(1 + x)", "1/(sqrt(x) + x**Rational(1, 3))", "x*exp(2*x)*cos(x)", "exp(x)/x**2", "exp(x)*(x**2 + 1)/(x + 1)**2", "1/(1 + exp(x))**2",
    "x**4*exp(-x**2)", "1/(2 + cos(x))", "1/(1 + sin(x)**2)", "sin(x)**3*cos(x)**2", "1/(1 + tan(x))", "sin(x)**2/x**2", "x**3*cos(x**2)",
    "log(x)/(x + 1)", "log(x)**3", "log(log(x))", "x*atan(x)**2", "exp(asin(x))", "sin(log(x))", "x*sec(x)**2", "x**2/(x*sin(x) + cos(x))**2",
    "erf(x)**2", "x*Si(x)", "besselj(1, x)", "Abs(x - 1)*x", "digamma(x)", "digamma(2*x + 1)", "cosh(x)/x", "tanh(x)**3", "x**5*sqrt(x**3 + 1)", "1/sqrt(1 - sin(x)**2/2)",
    "exp(-1/x**2)", "exp(-1/x**2)/x**6", "x**2*exp(-x**6)",
)  # fmt: skip
LEFT = ("x**x", "sin(sin(x))", "exp(x**3 + x)", "1/sqrt(1 + x**5)", "exp(-x**2)*sin(x**3)")


@pytest.mark.parametrize("text", FOUND)
def test_found(text):
    f = sp.sympify(text, locals=NAMES)
    found = Search(20).find(f, x)
    assert found is not None
    counted = 0
    for at in (sp.Rational(-3, 5), sp.Rational(2, 7), sp.Rational(6, 5), sp.Rational(19, 7)):
        values = [e.subs({x: at, a: sp.Rational(7, 5)}).evalf(20) for e in (f, sp.diff(found, x))]
        if all(v.is_number and v.is_real for v in values):
            assert abs(values[0] - values[1]) < 1e-9 * (1 + abs(values[0]))
            counted += 1
    assert counted


@pytest.mark.parametrize("text", LEFT)
def test_left(text):
    assert Search(1).find(sp.sympify(text, locals=NAMES), x) is None


def test_a_jump_is_seen():
    f = 1 / (2 + sp.cos(x))
    assert jumps(2 * sp.atan(sp.tan(x / 2) / sp.sqrt(3)) / sp.sqrt(3), f, x)
    assert not jumps(Search(5).find(f, x), f, x)


@pytest.mark.parametrize(
    "text", ["floor(x)", "ceiling(x)", "x*floor(2*x)", "(x - floor(x))**2", "x*floor(1 - 3*x)**2", "Mod(x, 3)"]
)
def test_steps_are_continuous(text):
    f = sp.sympify(text, locals=NAMES)
    found = by_steps(f, x)
    ends = [sp.Rational(k, 12) for k in (-31, -23, -13, 1, 19, 35)]
    for low, high in zip(ends, ends[1:], strict=False):
        cuts = [low, *(sp.Rational(k, 6) for k in range(-20, 20) if low < sp.Rational(k, 6) < high), high]
        expected = sp.S.Zero
        for start, stop in zip(cuts, cuts[1:], strict=False):
            steps = {g: g.subs(x, (start + stop) / 2) for g in f.rewrite(sp.floor).atoms(sp.floor, sp.Mod)}
            steps |= {
                g: g.args[0] - g.args[1] * sp.floor(((start + stop) / 2) / g.args[1]) for g in steps if isinstance(g, sp.Mod)
            }
            expected += sp.integrate(f.rewrite(sp.floor).xreplace(steps), (x, start, stop))
        assert found.subs(x, high) - found.subs(x, low) == expected


@pytest.mark.parametrize("text", ["floor(x)/x", "floor(x**2)", "exp(floor(x))", "floor(x)*floor(2*x)"])
def test_steps_that_are_left(text):
    assert by_steps(sp.sympify(text, locals=NAMES), x) is None


@pytest.mark.parametrize(
    ("found", "text", "leaves"),
    [
        ("loggamma(x)", "digamma(x)", True), ("log(Abs(gamma(x)))", "digamma(x)", False), ("acosh(x)", "1/sqrt(x**2 - 1)", True),
        ("log(Abs(x + sqrt(x**2 - 1)))", "1/sqrt(x**2 - 1)", False), ("log(x)", "1/x", True), ("asin(x)", "1/sqrt(1 - x**2)", False),
    ],
)  # fmt: skip
def test_values_that_are_not_real_are_seen(found, text, leaves):
    names = {**NAMES, "digamma": sp.digamma}
    assert leaves_the_reals(*(sp.sympify(e, locals=names) for e in (found, text)), x, Context()) is leaves


@pytest.mark.parametrize("p", ["1/20", "1/2", "19/20"])
def test_quadrature_of_slow_powers(p):
    p = sp.Rational(p)
    measured = quadrature(x ** (p - 1) / (1 + x), x, sp.S.Zero, sp.oo)
    assert measured is not None
    assert abs(measured[0] - (sp.pi / sp.sin(sp.pi * p)).evalf(20)) < 1e-8


@pytest.mark.parametrize(
    ("text", "ends", "value"),
    [
        ("1/x", (0, 1), sp.oo), ("1/x", (-1, 1), sp.nan), ("1/(x*log(x))", (2, sp.oo), sp.oo), ("x*sin(x)", (0, sp.oo), sp.nan), ("sin(x)**2/x", (1, sp.oo), sp.oo),
        ("log(x)", (0, 1), None), ("1/sqrt(x)", (0, 1), None), ("sin(x)/x", (1, sp.oo), None), ("1/(x*log(x)**2)", (2, sp.oo), None), ("exp(-x)", (0, sp.oo), None),
        ("1/(2 + cos(x))", (0, sp.oo), sp.oo), ("sin(x)/(2 + cos(x))", (0, sp.oo), sp.nan), ("exp(-x)/(2 + cos(x))", (0, sp.oo), None),
    ],
)  # fmt: skip
def test_divergence(text, ends, value):
    found = diverges(sp.sympify(text, locals=NAMES), x, *map(sp.sympify, ends))
    assert found is value or found == value


def test_recognition():
    import mpmath

    with mpmath.workdps(34):
        assert recognised(mpmath.pi * mpmath.log(2) / 8) == sp.pi * sp.log(2) / 8
        assert recognised(mpmath.mpf("0.7468241328124270253994674361318530")) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("integrate(f(x)*g'(x) + f'(x)*g(x), x)", "f(x)*g(x)"),
        ("integrate((f'(x)*g(x) - f(x)*g'(x))/g(x)^2, x)", "f(x)/g(x)"),
        ("integrate(x*f''(x), x)", "x*diff(f(x), x) - f(x)"),
        ("integrate(f''(x)*f'(x), x)", "diff(f(x), x)^2/2"),
    ],
)
def test_arbitrary_functions_by_parts(text: str, exact: str) -> None:
    found = Session().run(f"let f, g : function\n{text}")[-1]
    assert found.exact == exact and found.check is not None and found.check.agrees is True
