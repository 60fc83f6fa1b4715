"""Questions of analysis: names that are functions too, several ways of asking, faults with a place and a way out."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("diff(sin(phi), phi)", "cos(phi)"),
        ("diff(zeta^2, zeta)", "2*zeta"),
        ("det(jacobian([r*cos(phi), r*sin(phi)], [r, phi]))", "r"),
        ("is_linear(sin)", "false"),
        ("substitute(x^2 + y, {x = 3, y = 2})", "11"),
        ("substitute(x^2 + y, {x == 3, y == 2})", "11"),
        ("substitute(x^2 + y, [x, y], [3, 2])", "11"),
        ("substitute(x + 2y, {x = y, y = x})", "2*x + y"),
        ("substitute([a, b; 1, a], {a = 1, b = 2})", "[1, 2; 1, 1]"),
        ("diff(max(x, x^2), x)", "{1 if x > x^2; 2*x if x < x^2}"),
        ("diff(min(x, 1), x)", "{1 if x < 1; 0 if x > 1}"),
        ("directional(x^2 + y^2, [x, y], [3, 4], at = [1, 2])", "22/5"),
        ("log2(8)", "3"),
        ("log_expand(log(12))", "log(3) + 2*log(2)"),
        ("f(x) = a*x^2\ndiff(f, t)", "2*a*t"),
        ("identity(2)", "[1, 0; 0, 1]"),
        ("sqrtm([2, 1; 1, 3])[1, 2]", "1/sqrt(5 + 2*sqrt(5))"),
        ("limit([sin(x)/x, x^2], x -> 0)", "[1, 0]"),
        ("implicit_diff(x^2 + y^2 == 1, y, x, 2)", "-(x^2/y^3 + 1/y)"),
        ("asymptotes(tan(x), x)", "({pi*k + pi/2}, {})"),
        ("asymptotes(1/(x^2 + a), x)", "({-sqrt(-a), sqrt(-a)}, {0})"),
        ("asymptotes(1/(x - a), x)", "({a}, {0})"),
        ("collect(a*x + b*x + c, [x])", "c + x*(a + b)"),
        ("gradient(x*y, [x, y])", "[y, x]"),
        ("div([x^2, y], [x, y])", "2*x + 1"),
        ("integral(x^2, x = 0..1)", "1/3"),
        ("solve(log10(x) == 2, x)", "{100}"),
        ("roots([1, -3, 2])", "{1, 2}"),
        ("roots([2, a])", "{-a/2}"),
        ("roots([0, 0])", '"every number"'),
        ("critical_points(5, x)", '"every point"'),
        ("critical_points(x^2 + a*y^2, [x, y])", "{[0, 0]}"),
        ("classify(a*x^2, x)", '{{(0, "local maximum")} if a < 0; {(0, "local minimum")} otherwise}'),
        ("minimize(x + 1/x, x = 0..oo)", "(2, 1)"),
        ("sum(k*m, m = 1..k, k = 1..n)", "n*(n + 1)*(n + 2)*(3*n + 1)/24"),
    ],
)
def test_answers(text, exact):
    found = ask(text)
    assert found.error is None and found.exact == exact
    assert found.check is None or found.check.agrees is not False


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sin(exp)", "missing-brackets"),
        ("sin(foobar)", "unknown-name"),
        ("divergence([x, y], [x, y, z])", "shape-mismatch"),
        ("substitute(x^2 + y, x, [1, 2])", "shape-mismatch"),
        ("substitute(x^2 + y, [x, y], [3])", "shape-mismatch"),
        ("substitute(x^2 + y, 3, 4)", "where-name"),
        ("solve({x + y = 3, x - y == 1}, [x, y])", "single-equals"),
        ("{x = 3}", "single-equals"),
        ("sum(k*m, k = 1..n, m = 1..k)", "range-order"),
        ("diff(x^2 + y^2 == 1, x)", "wrong-kind"),
        ("lagrange(x, x + y <= 2, [x, y])", "not-a-constraint"),
        ("cross([1, 2], [3, 4])", "shape-mismatch"),
        ("hessian([x, y], [x, y])", "shape-mismatch"),
        ("log(x, 2)", "wrong-arity"),
        ("total(x^2, 3)", "not-a-variable"),
    ],
)
def test_faults_have_a_place(text, word):
    found = ask(text)
    assert found.error is not None and found.error.code == word and found.error.span.text


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("critical_points(x^3 + a*x, x)", ()),
        ("critical_points(x^2 + a*y^2, [x, y])", ("a != 0",)),
        ("norm([1, 2], p)", ("p >= 1",)),
        ("qr([a, b; c, d])", ("a^2 + c^2 != 0",)),
        ("simplify((x^2 - 1)/(x - 1))", ("x != 1",)),
        ("cancel((x^3 - 1)/(x^2 - 1))", ("x != 1",)),
        ("simplify(exp(log(x)))", ("x > 0",)),
        ("simplify(sin(2*x)/cos(x))", ("cos(x) != 0",)),
        ("factor((x^2 - 1)/(x + 1))", ("x != -1",)),
        ("simplify((x^2 - x)/x) given x > 0", ()),
        ("expand((x + 1)^2/x)", ()),
        ("simplify(sin(x)^2 + cos(x)^2)", ()),
    ],
)
def test_conditions_are_shown(text, conditions):
    assert ask(text).conditions == conditions


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("let n : size\nlet A : matrix(n, n)\ncheck det(expm(A)) == exp(tr(A))", "proved"),
        ("check det(expm([a, b; c, d])) == exp(a + d)", "proved"),
        ("check det(expm([a, b; c, d])) == exp(a*d - b*c)", "refuted"),
        ("check diff(max(x, y), x) + diff(min(x, y), x) == 2", "refuted"),
    ],
)
def test_claims(claim, verdict):
    assert ask(claim).verdict == verdict


def test_near_a_cusp_of_a_constraint_the_optimiser_refutes_nothing() -> None:
    (result,) = Session().run("minimize(x^2 + u^2, [x, u], subject_to = {(x - 1)^3 == u^2})")
    assert result.status == "ok"
    assert result.exact == "(1, [1, 0])"


def test_the_inverse_of_a_number_is_its_reciprocal() -> None:
    (result,) = Session().run("inv(A)*A")
    assert result.exact == "1"
