"""The conditions of answers: what an answer asks for and the question does not, and what is asked of bound variables."""

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        # Holds where the answer has no value and the question may have one.
        ("integrate(a^x, x = 0..1)", "(a - 1)/log(a)", ("a > 0", "a != 1")),
        ("integrate(1/sqrt(x^2 + a), x)", "log(abs(x + sqrt(x^2 + a)))", ("a != 0",)),
        ("integrate(log(x), x = 0..a)", "a*(log(a) - 1)", ("a > 0",)),
        ("sum(1/(k^2 + a^2), k = 1..oo)", "(pi*coth(pi*abs(a))*abs(a) - 1)/(2*a^2)", ("a != 0",)),
        ("sum(1/(k*(k + a)), k = 1..oo)", "(digamma(a + 1) + euler_gamma)/a", ("floor(a) != a or a > -1", "a != 0")),
        ("prod(1 - a^2/k^2, k = 1..oo)", "sin(pi*a)/(pi*a)", ("a != 0",)),
        ("taylor(1/(a + x), x = 0, 1)", "1/a - 1/a^2*x", ("a != 0",)),
        ("limit((a*x + 1)/(b*x + 1), x -> oo)", "{{oo if a > 0; -oo if a < 0; 1 otherwise} if b == 0; a/b otherwise}", ()),
        # The question has no value there either.
        ("limit(sin(x)/(a*x), x -> 0)", "1/a", ()),
        ("diff(sqrt(x), x)", "1/(2*sqrt(x))", ()),
        ("diff(asin(x), x)", "1/sqrt(1 - x^2)", ()),
        # Another condition says it.
        ("sum(1/((k + a)*(k + a + 1)), k = 0..n)", "(n + 1)/(a*(a + n + 1))", ("floor(a) != a or a > 0 or a < -(n + 1)",)),
        ("integrate(exp(-a*x)*sin(b*x), x = 0..oo)", "b/(a^2 + b^2)", ("a > 0",)),
        ("integrate(exp(-a*x^2 - b/x^2), x = 0..oo)", "exp(-2*sqrt(a*b))*sqrt(pi/a)/2", ("a > 0", "b > 0")),
    ],
)
def test_what_an_answer_asks_for(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("integrate(exp(-x*y), x = 0..oo, y = a..b)", "log(b) - log(a)", ("a > 0", "b > 0")),
        ("integrate(integrate(1/(t^2 + x), t = 0..oo), x = a..b)", "pi*(sqrt(b) - sqrt(a))", ("a >= 0", "b >= 0")),
        ("integrate(sum(x^k, k = 0..oo), x = 0..a)", "-log(1 - a)", ("-1 <= a < 1",)),
        ("integrate(x^y, x = 0..1, y = 0..2)", "log(3)", ()),
        ("limit(integrate(exp(-t*x), t = 0..oo), x -> 0+)", "oo", ()),
        ("taylor(integrate(exp(-t*x), t = 0..oo), x = 1, 1)", "1 - (x - 1)", ()),
        ("sum(integrate(exp(-k*x), x = 0..oo)^2, k = 1..oo)", "pi^2/6", ()),
        # Not known all over the range, on this side, or at this point.
        ("integrate(sum(x^k, k = 0..oo), x = 0..2)", None, ()),
        ("limit(sum(x^k, k = 0..oo), x -> 2)", None, ()),
        ("limit(integrate(exp(-t*x), t = 0..oo), x -> 0-)", None, ()),
        ("taylor(integrate(exp(-t*x), t = 0..oo), x = -1, 2)", None, ()),
        ("series(integrate(exp(-t*x), t = 0..oo), x = 0, 2)", None, ()),
    ],
)
def test_what_is_asked_of_a_bound_variable(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions
    assert exact is not None or any("is known only where" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("diff(abs(x), x)", "x/abs(x)", ("x != 0",)),
        ("diff({x if x > 0; x^2 otherwise}, x)", "{1 if x > 0; 2*x if x < 0}", ()),
        ("diff({(exp(x) - 1)/x if x != 0; 1 otherwise}, x)", "{(x*exp(x) - exp(x) + 1)/x^2 if x != 0}", ()),
        ("diff({x if x < 0; x^2 if x < 1; 2x - 1 otherwise}, x)", "{1 if x < 0; 2*x if x < 1 and x != 0; 2 if x != 0}", ()),
        ("diff(heaviside(x), x)", "{0 if x != 0}", ()),
        ("diff(cbrt(x), x)", "1/(3*abs(x)^(2/3))", ("x != 0",)),
        # Smooth all the same.
        ("diff(x*abs(x), x)", "2*abs(x)", ()),
        ("diff(abs(x)^3, x)", "3*x*abs(x)", ()),
        ("diff((x^2 - 1)*abs(x^2 - 1), x)", "4*x*abs(x^2 - 1)", ()),
        ("diff({x^2 if x > 0; -x^2 otherwise}, x)", "{2*x if x > 0; -2*x otherwise}", ()),
        ("diff({0 if x == 0; x^2 otherwise}, x)", "{0 if x == 0; 2*x otherwise}", ()),
    ],
)
def test_slopes_at_kinks(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("dsolve(y'' + y == 0, y(0) == 0, y(pi) == 0)", "C1*sin(x)"),
        ("dsolve(y' == y, y(a) == b)", "b*exp(-a)*exp(x)"),
        ("dsolve(y'(t) == t, y(a) == b)", "b - a^2/2 + t^2/2"),
    ],
)
def test_a_place_of_a_condition_is_not_the_variable(text, exact):
    assert ask(text).exact == exact


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("solve(asin(x) == a, x)", "{sin(a)}", ("-pi/2 <= a <= pi/2",)),
        ("solve(atan(2x + 1) == a, x)", "{(tan(a) - 1)/2}", ("-pi/2 < a < pi/2",)),
        ("solve(cosh(x) == a, x)", "{-acosh(a), acosh(a)}", ("a >= 1",)),
        ("solve(a^x == b, x)", "{log(b)/log(a)}", ("b > 0", "a > 0", "a != 1")),
        ("solve(x*exp(x) == a, x)", "{lambertw(a)}", ("a >= -exp(-1)",)),
        ("solve(sin(x)^2 == a, x)", "{pi*k - asin(sqrt(a)), pi*k + asin(sqrt(a))}", ("0 <= a <= 1",)),
        ("diff(lambertw(x), x)", "exp(-lambertw(x))/(lambertw(x) + 1)", ("lambertw(x) + 1 != 0",)),
        ("integrate(x^a/(1 + x), x = 0..oo)", "-pi/sin(pi*a)", ("-1 < a < 0",)),
        ("solve(acos(x) == 4, x)", "{}", ()),
        ("roots(a*x^2 + 1, x)", "{-sqrt(-a)/a, sqrt(-a)/a}", ("a != 0",)),
        # Two of the three roots are never real, or not for all parameters.
        (
            "let a > 0\nsolve(x^3 + a*x + 1 == 0, x)",
            "{-12^(1/3)*((sqrt(12*a^3 + 81) + 9)^(1/3) - cbrt(sqrt(12*a^3 + 81) - 9))/6}",
            (),
        ),
        ("solve(x^3 + a*x + b == 0, x)", None, ()),
        ("minimize(c*x, x)", '"not bounded"', ("c != 0",)),
        ("minimize(b*exp(x), x)", None, ()),
        ("let a > 0\nminimize(a*exp(x), x)", '"not attained"', ()),
        ("minimize(exp(x) - a*x, x)", "(a - a*log(a), log(a))", ("a > 0",)),
        ("dsolve(y' == a*x^n)", "C1 + a*x^(n + 1)/(n + 1)", ("n != -1",)),
        ("dsolve(y' == y - y^3, y(0) == 1/2)", "1/sqrt(1 + 3*exp(-2*x))", ()),
        (
            "dsolve(x^2*y'' + x*y' + a*y == 0)",
            "{C1*cos(sqrt(a)*log(x)) + C2*sin(sqrt(a)*log(x)) if a > 0; C1 + C2*log(x) if a == 0; C1*x^sqrt(-a) + C2*x^(-sqrt(-a)) otherwise}",
            (),
        ),
        ("dsolve(x^2*y'' + x*y' - n^2*y == 0)", "C1*x^(-n) + C2*x^n", ("n != 0",)),
    ],
)
def test_solutions_and_extrema_of_parameters(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions
    assert found.error is None and (exact is None or found.check is None or found.check.agrees is not False)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("solve(log(x + a)*x == b*x, x)", "{0, exp(b) - a}", ("a > 0",)),
        ("solve(log(x)*(x - a) == 0, x)", "{1, a}", ("a > 0",)),
        ("solve(x^a == 0, x)", "{0}", ("a > 0",)),
        ("solve(a^x + exp(-x) == 0, x)", None, ()),
        ("prod(c, k = 1..oo)", "{oo if c > 1; 0 if c < 1; 1 otherwise}", ("c >= 0",)),
        ("sum(c, k = 1..oo)", "{oo if c > 0; -oo if c < 0; 0 otherwise}", ()),
        ("laplacian(log(sqrt(x^2 + y^2)), [x, y])", "0", ("x^2 + y^2 != 0",)),
        ("diff((x^2 - 1)/(x - 1), x)", "1", ("x != 1",)),
        ("apart(1/(x^2 - a^2), x)", "1/(2*a*(x - a)) - 1/(2*a*(a + x))", ("a != 0",)),
        ("degree(a*x^2 + x, x)", "2", ("a != 0",)),
        ("quotient(x^2, a*x + 1, x)", "(a*x - 1)/a^2", ("a != 0",)),
        # Nothing is added where the question or the declarations say it.
        ("diff(1/x, x)", "-1/x^2", ()),
        ("let a > 0\napart(1/(x^2 - a^2), x)", "1/(2*a*(x - a)) - 1/(2*a*(a + x))", ()),
        ("degree(2*x^2 + a*x, x)", "2", ()),
    ],
)
def test_conditions_of_forms_and_slopes(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions


def test_parts_that_cannot_be_compared_are_no_faults():
    assert ask("integrate(min(x + a, x) + cos(b*x), x = 0..pi)").error is None
    assert ask("integrate(1/((x + a)^2 + 1/2) + abs(x + 2), x)").check.agrees is True
    assert ask("diff(floor(x) + min(x, x), x)").check.agrees is True
    assert ask("sum(0^j, j = 0..oo)").error is None
    assert ask("expm([0, a, b; a, 0, c; b, c, 0])").exact is None


@pytest.mark.parametrize(("claim", "left"), [("x*log(x) > -1/e given x > 0", "-1/e"), ("x^2 - x - 3 != 0", "0")])
def test_numbers_of_counterexamples_are_short(claim, left):
    assert ask(f"check {claim}").judged.counterexample.left == left


@pytest.mark.parametrize(
    "text",
    [
        "limit(sin(x), x -> oo) + 1",
        "integrate(1/x, x = -1..1)*2",
        "sum(2^j, j = 0..oo) - sum(3^j, j = 0..oo)",
        "sum(sum(x^j, j = 0..oo), x = -1..3)",
    ],
)
def test_nothing_is_calculated_with_what_has_no_value(text):
    found = ask(text)
    assert found.error is None and found.exact is None and any("no value" in note for note in found.notes)


def test_infinities_of_one_sign_are_added():
    assert ask("sum(2^j, j = 0..oo) + sum(3^j, j = 0..oo)").exact == "oo"
