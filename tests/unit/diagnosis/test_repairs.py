"""Repairs, relations and slips of single steps."""

from __future__ import annotations

import pytest

from twofold.engine.diagnosis.repairs import in_any_order
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression

GIVEN = "let a, b, c, d, m, n, p, r, s, x, y > 0"


def diagnosis(left: str, right: str, given: str = GIVEN) -> list[dict]:
    """What is said of the step from one line to the next."""
    rows = [r.to_dict() for r in Session().run(f"{given}\nderivation:\n  {left}\n    {right}\nend")]
    step = next(r for r in rows if r["kind"] == "step")
    assert step.get("verdict") in ("refuted", "conditional"), step
    return step["diagnosis"]


def mended(left: str, right: str, given: str = GIVEN) -> list[str]:
    """The lines that the repairs make of the right one; each must hold when it is run again."""
    out = []
    line = f"    {right}"
    for d in diagnosis(left, right, given):
        if d["kind"] == "repair":
            new = line[: d["column"] - 1] + d["replacement"] + line[d["column"] - 1 + d["length"] :]
            rows = [r.to_dict() for r in Session().run(f"{given}\nderivation:\n  {left}\n{new}\nend")]
            assert next(r for r in rows if r["kind"] == "step")["verdict"] in ("proved", "supported"), new
            out.append(new.strip())
    return out


@pytest.mark.parametrize(
    ("left", "right", "repaired"),
    [
        ("p - p^2", "== p + p^2", "== p - p^2"),
        ("2*x*cos(x^2)", "== cos(x^2)", "== 2*x*cos(x^2)"),
        ("1 - 2*sin(x)^2", "== 1 - sin(x)^2", "== 1 - 2*sin(x)^2"),
        ("a/n", "== a/(n - 1)", "== a/n"),
        ("n*x^(n - 1)", "== n*x^n", "== n*x^(n - 1)"),
        ("(x - m)/s^2", "== (x - m)/s", "== (x - m)/s^2"),
        ("a*x + b*y", "== a*y + b*x", "== a*x + b*y"),
        ("exp(x)/(1 + exp(x))", "== exp(x)/(1 + exp(-x))", "== exp(x)/(1 + exp(x))"),
        ("1/(p*(1 - p))", "== 1/p + 1/(1 + p)", "== 1/p + 1/(1 - p)"),
        ("log(s/r) - 1/2", "== log(r/s) - 1/2", "== log(s/r) - 1/2"),
        ("-(x - m)^2/(2*s^2) - log(s)", "== -(x - m)^2/s^2 - log(s)", "== -(x - m)^2/(2*s^2) - log(s)"),
        ("integrate(x*exp(x), x)", "== x*exp(x) + integrate(exp(x), x)", "== x*exp(x) - integrate(exp(x), x)"),
        ("sin(x) + x*cos(x)", "== x*cos(x)", "== x*cos(x) + sin(x)"),
        ("(1 - x)^2*y", "== (1 + x)^2*y", "== (1 - x)^2*y"),
        ("3*x - 4 == 5", "<=> 3*x == 1", "<=> 3*x == 9"),
        ("1 - Phi(4)", "~= 0.9998", "~= 0.00003167"),
        ("sum(k, k = 1..4)", "== 4*(4 - 1)/2", "== 4*(4 + 1)/2"),
        ("sin(2*x)", "== 2*sin(x)", "== 2*cos(x)*sin(x)"),
        ("sinh(2*x)", "== sinh(x)*cosh(x)", "== 2*sinh(x)*cosh(x)"),
        ("log(x*y)", "== log(x) * log(y)", "== log(x) + log(y)"),
        ("1/s + 1/r", "== (s + r)*(s*r)", "== (s + r)/(s*r)"),
        ("1/(s - r)^2 - 1/(s + r)^2", "== s*r*4/(s - r)^2", "== s*r*4/((s - r)^2*(s + r)^2)"),
        ("1/x + 1/(2*x)", "== 2*x/3", "== 3/(2*x)"),
    ],
)
def test_one_edit(left, right, repaired):
    assert repaired in mended(left, right)


DECLARED = [
    ("let A : matrix(2, 3)\nlet x : vector(3)\nlet y : vector(2)", "(A*x)'*y", "== x'*A'*y + 1", "== x'*A'*y"),
    (
        "let n : size\nlet S : matrix(n, n), symmetric\nlet v : vector(n)",
        "grad(v'*S*v, v)",
        "== 3*S*v",
        "== 2*S*v",
    ),
    ("let m : real\nlet s > 0\nX ~ Normal(m, s)", "Var[X + 1]", "== s", "== s^2"),
    # up to a constant or a scale
    ("let x : real", "integrate(cos(3*x), x)", "== 3*sin(3*x)", "== 1/3*sin(3*x)"),
    ("let x : real", "integrate(1/(4 + x^2), x)", "== atan(x/2)", "== atan(x/2)/2"),
    ("let x > 3", "integrate(1/(x^2 - 1), x)", "== log((x - 1)/(x + 1))", "== log((x - 1)/(x + 1))/2"),
    ("let x, y, z : real", "curl([x*y, y*z, z*x], [x, y, z])", "== [y, z, x]", "== -[y, z, x]"),
    ("let a > 0", "limit((a^t - 1)/t, t -> 0)", "== 1", "== log(a)"),
    ("let a > 0", "integrate(1/(t^2 + a^2), t = 0..oo)", "== pi/2", "== pi/(2*a)"),
    ("let a > 0\nlet x : real", "integrate(exp(-a*x), x)", "== exp(-a*x)/a", "== -exp(-a*x)/a"),
    ("let x : real", "integrate(x^2*cos(x), x)", "== x^2*sin(x) - integrate(x*sin(x), x)", "== x^2*sin(x) - integrate(2*x*sin(x), x)"),
    ("let k, n : size\nlet a, b > 0\nlet p in (0, 1)", "p^k*(1 - p)^(n - k)*p^a*(1 - p)^b", "propto[p] p^(k + a)*(1 - p)^(n + b)", "propto[p] p^(k + a)*(1 - p)^(n - k + b)"),
    ("let n : size\nlet a, b, l > 0", "exp(-n*l)*l^a*exp(-b*l)", "propto[l] l^a*exp(-b*l)", "propto[l] l^a*exp(-(b + n)*l)"),
    # divisors, brackets and transposes
    ("let x, a : real", "x^2 == a*x", "<=> x == a", "<=> x == a or x == 0"),
    ("let x in [0, 2*pi)", "sin(2*x) == cos(x)", "<=> 2*sin(x) == 1", "<=> 2*sin(x) == 1 or cos(x) == 0"),
    (
        "let x, w, v, y : real\na = tanh(w*x)\nL = (v*a - y)^2/2",
        "diff(L, w)",
        "== (v*a - y)*(1 - a^2)*x",
        "== v*(v*a - y)*(1 - a^2)*x",
    ),
    ("let f, c : real", "f == 9/5*c + 32", "<=> c == 5/9*f - 32", "<=> c == 5/9*(f - 32)"),
    ("let n : size\nlet A, B, X : matrix(n, n)", "grad(tr(A*X*B), X)", "== A*B", "== A'*B'"),
    # values of names, read off the solutions
    ("let a, b > 1\nlet p in (0, 1)", "(a - 1)/p == (b - 1)/(1 - p)", "<=> p == (a - 1)/(a + b)", "<=> p == (a - 1)/(a - 2 + b)"),
    ("let n : size\nlet x : vector(n), positive\nlet l > 0", "n/l - sum(x[i], i = 1..n) == 0", "<=> l == sum(x[i], i = 1..n)/n", "<=> 1/l == sum(x[i], i = 1..n)/n"),
    ("let d, h, k, q > 0", "k*d/q^2 == h/2", "<=> q == sqrt(k*d/h)", "<=> q == sqrt(2*k*d/h)"),
    ("let d, h, k, m, v > 0", "m*v^2/2 == k*d^2/2 + k*h^2/2", "<=> v == k/m*sqrt(d^2 + h^2)", "<=> v == sqrt(k/m)*sqrt(d^2 + h^2)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "left", "right", "repaired"), DECLARED)
def test_one_edit_of_what_is_declared(given, left, right, repaired):
    assert repaired in mended(left, right, given)


@pytest.mark.parametrize(("left", "right"), [("log(x*y)", "== log(x)*log(y)"), ("exp(x + y)", "== exp(x) + exp(y)")])
def test_the_other_side_is_offered_only_where_nothing_else_mends(left, right):
    found = [line.replace(" ", "") for line in mended(left, right)]
    assert found and f"=={left}".replace(" ", "") not in found


@pytest.mark.parametrize(
    ("left", "right", "repaired"),
    [
        ("(x + 1)^2", "== x^2 + 1", "== x^2 + 1 + 2*x"),
        ("2x + y", "== 3x + y", "== 2x + y"),
        ("x + y", "== 3x + y", "== x + y"),
    ],
)
def test_the_same_is_offered_once_and_in_lowest_terms(left, right, repaired):
    assert mended(left, right) == [repaired]


def test_an_equation_of_something_with_itself_is_not_offered():
    assert "=> x == x" not in mended("x + y == 3", "=> x + y == x")


def test_a_forgotten_inner_derivative_is_named_before_other_slips():
    said = [d["message"] for d in diagnosis("diff(sin(x)^2, x)", "== 2*sin(x)") if d["kind"] == "slip"]
    assert said == ["the chain rule is forgotten: the inner derivative cos(x) is missing"]


def test_lost_solutions_are_put_in_and_gained_ones_kept_out():
    assert "<=> x == 3 or x == 0" in mended("x^2 == 3*x", "<=> x == 3", "let x : real")
    assert "<=> x + 1 == 2 and x != 1" in mended("(x^2 - 1)/(x - 1) == 2", "<=> x + 1 == 2", "let x : real")


def test_repair_stays_on_its_place():
    (found,) = [d for d in diagnosis("log(a) - 1/(2*a)", "== log(a) + 1/(2*a)") if d["kind"] == "repair"]
    assert (found["column"], found["length"], found["replacement"]) == (15, 1, "-")


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ("a - b", "== b - a", "the left side is minus the right side"),
        ("2*a*x", "== a*x", "the left side is 2 times the right side"),
        ("log(a) + log(2*pi)/2", "== log(a)", "the left side is the right side plus 1/2*log(2*pi)"),
        ("a*n/n", "== a + 1", "the left side is the right side minus 1"),
    ],
)
def test_relations(left, right, message):
    assert message in [d["message"] for d in diagnosis(left, right) if d["kind"] == "relation"]


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("sqrt(a^2 + b^2)", "== a + b", "root is taken term by term"),
        ("a^2 + 2*a*b + b^2", "== a^2 + b^2", "square is taken term by term"),
        ("log(a + b)", "== log(a) + log(b)", "logarithm of a sum"),
        ("1/(a + b)", "== 1/a + 1/b", "reciprocal of a sum"),
        ("sin(x) + x*cos(x)", "== x*cos(x)", "product rule"),
        ("diff(x*exp(x), x)", "== exp(x)", "product"),
        ("diff(sin(x^2), x)", "== cos(x^2)", "inner derivative 2*x"),
        ("x^2 == 3*x", "<=> x == 3", "divides by x"),
        ("sqrt(x + 2) == x", "<=> x + 2 == x^2", "gained by squaring"),
        ("integrate(2*x*exp(x^2), x = 0..1)", "== integrate(2*sqrt(u)*exp(u), u = 0..1)", "Jacobian"),
    ],
)
def test_slips(left, right, words):
    given = "let x : real" if "==" in left else GIVEN
    assert any(words in d["message"] for d in diagnosis(left, right, given) if d["kind"] == "slip")


def test_the_part_that_differs():
    (found,) = [d for d in diagnosis("a*(b + c)^2", "== a*(b + d)^2") if d["kind"] == "part"]
    assert (found["column"], found["length"]) == (15, 1)


def test_every_refuted_step_has_a_diagnosis():
    assert diagnosis("exp(a*b) + d", "== sin(a) - c*d^a")


def test_parts_inside_expectations_are_not_taken_for_numbers():
    given = "let m : real\nlet s > 0\nX ~ Normal(m, s)"
    assert "== m^2 + s^2" in mended("E[X^2]", "== m^2 + s", given)


@pytest.mark.parametrize(
    ("given", "left", "right", "repaired"),
    [
        (GIVEN, "0.32/(0.32 + 0.06)", "== 0.32/(0.32 + 0.6)", "== 0.32/(0.32 + 0.06)"),
        (GIVEN, "exp((a + b)*x + (c^2 + d^2)*x^2/2)", "== exp((a + b)*x + (c + d)^2*x^2/2)", "== exp((a + b)*x + (c^2 + d^2)*x^2/2)"),
        (
            "let u, v : vector(5)\nlet b : real",
            "diff(sum((u[i] - b*v[i])^2, i = 1..5), b)",
            "== -2*sum(u[i] - b*v[i], i = 1..5)",
            "== -2*sum(v[i]*(u[i] - b*v[i]), i = 1..5)",
        ),
        (
            "let k : size\nlet w : vector(k)",
            "eye(k) - 2*w*w'/(w'*w) + w*w'/(w'*w)",
            "== eye(k)",
            "== eye(k) - w*w'/(w'*w)",
        ),
        (
            "let k, l : size\nlet X : matrix(k, l)",
            "tr(eye(k) - X*inv(X'*X)*X')",
            "== l - k",
            "== k - l",
        ),
        ("let k : size", "log(prod(exp(-a)*a^2/2, i = 1..k))", "== -a + 2*k*log(a) - k*log(2)", "== -(k*a) + 2*k*log(a) - k*log(2)"),
    ],
)  # fmt: skip
def test_parts_that_are_solved_for_or_borrowed(given, left, right, repaired):
    given = given if given is GIVEN else f"{GIVEN}\n{given}"
    assert repaired in mended(left, right, given)


def test_a_multiple_that_is_right_up_to_a_scale_needs_no_repair():
    rows = [r.to_dict() for r in Session().run("let p in (0, 1)\nderivation:\n  p^2*(1 - p)\n    propto[p] 3*p^2*(1 - p)\nend")]
    assert next(r for r in rows if r["kind"] == "step")["verdict"] == "proved"


def test_a_condition_never_contradicts_what_is_declared():
    given = "let a, b, c > 0"
    rows = [r.to_dict() for r in Session().run(f"{given}\nderivation:\n  1/a == 1/b + 1/c\n    <=> a == b + c\nend")]
    step = next(r for r in rows if r["kind"] == "step")
    assert step["verdict"] == "refuted" and not step.get("conditions")


@pytest.mark.parametrize(
    ("given", "left", "right", "repaired"),
    [
        # another relation, another arrow
        ("let x, y : real", "x^2 + y^2", "<= 2*x*y", ">= 2*x*y"),
        ("let x : real", "floor(x)", "== x", "<= x"),
        ("let x : real", "exp(-x^2)", "== 0", "> 0"),
        ("let x : real", "exp(pi*sqrt(163))", "== 262537412640768744", "~= 262537412640768744"),
        ("let x : real", "sqrt(x + 2) == x", "<=> x + 2 == x^2", "=> x + 2 == x^2"),
        ("let x : real", "abs(x - 1) == 3", "=> x - 1 == 3", "<== x - 1 == 3"),
        # a condition, a property, an absolute value
        ("let x : real", "atan(x) + atan(1/x)", "== pi/2", "== pi/2 given x > 0"),
        ("let x : real", "sqrt((x - 1)^2)", "== x - 1", "== abs(x - 1)"),
        # an order of factors
        ("let A, B, C : matrix(2, 2)", "(A*B*C)'", "== C'*A'*B'", "== C'*B'*A'"),
        ("let X, A, B : matrix(2, 2), invertible\nlet t : real", "tr(X*diff(inv(A + t*B), t))", "== -tr(X*inv(A + t*B)^2*B)", "== -tr(X*inv(A + t*B)*B*inv(A + t*B))"),
        # an exponent behind a bracket, an exponent with the variable, a factor of a number
        ("let x : real", "2*x*(x^2 + 1)/(x^2 + 1)^3", "== 2*x/(x^2 + 1)", "== 2*x/(x^2 + 1)^2"),
        ("let x : real", "diff(x^2 + 3^x, x)", "== 2*x + x*3^(x - 1)", "== 2*x + log(3)*3^x"),
        ("let x : real", "limit((exp(3*x) - 1)/x, x -> 0)", "== limit(exp(3*x), x -> 0)", "== 3*limit(exp(3*x), x -> 0)"),
    ],
)  # fmt: skip
def test_what_stands_around_the_sides_is_mended(given, left, right, repaired):
    assert repaired in mended(left, right, given)


@pytest.mark.parametrize(("left", "right"), [("sin(x)", "== x"), ("exp(1)", "== 3 + x - x"), ("x^3", "<= x")])
def test_no_relation_is_offered_that_does_not_hold(left, right):
    found = [d for d in diagnosis(left, right, "let x : real") if d["kind"] == "repair"]
    assert not [d for d in found if d["replacement"] in ("<=", ">=", "~=")]


def test_a_property_is_put_to_the_declaration_of_its_array_alone():
    given = "let S : matrix(3, 3)\nlet u : vector(3)"
    (found,) = [d for d in diagnosis("grad(u'*S*u/2, u)", "== S*u", given) if d["kind"] == "repair"]
    assert (found["line"], found["replacement"]) == (1, "), symmetric")
    given = "let S, T : matrix(3, 3)\nlet u : vector(3)"
    assert all(d.get("replacement") != "), symmetric" for d in diagnosis("grad(u'*S*u/2, u)", "== S*u", given))


NEIGHBOURS = [
    # products of arrays and matrices that are written out
    ("let n : size\nlet A, B : matrix(n, n)", "(A + B)^2", "== A^2 + 2*A*B + B^2", "== A^2 + A*B + B*A + B^2"),
    ("let n : size\nlet A : matrix(n, n)", "det(2*A)", "== 2*det(A)", "== 2^n*det(A)"),
    ("let t : real", "[cos(t), -sin(t); sin(t), cos(t)]^2", "== [cos(2*t), sin(2*t); -sin(2*t), cos(2*t)]", "== [cos(2*t), sin(2*t); -sin(2*t), cos(2*t)]'"),
    ("let a, b, c, d : real", "inv([a, b; c, d])", "== 1/(a*d - b*c)*[d, b; c, a]", "== 1/(a*d - b*c)*[d, -b; -c, a]"),
    # what belongs inside a bracket, in an exponent, in front
    ("let n : size\nlet u : vector(n)", "grad(1/(u'*u), u)", "== -2*u/(u'*u)", "== -2*u/(u'*u)^2"),
    ("let n : size\nlet u : vector(n)\nlet b : real", "sum(u[i]*(u[i] - b), i = 1..n)", "== sum(u[i], i = 1..n)^2 - b*sum(u[i], i = 1..n)", "== sum(u[i]^2, i = 1..n) - b*sum(u[i], i = 1..n)"),
    ("let a, c : real", "[1, a; 0, 1]^2*[1, c; 0, 1]", "== [1, a^2 + c; 0, 1]", "== [1, 2*a + c; 0, 1]"),
    ("let t : real", "(exp(im*t) - exp(-im*t))/2", "== sin(t)", "== im*sin(t)"),
    # a term that doubles do not see
    ("let x : real", "exp(40)*x + x", "== exp(40)*x", "== exp(40)*x + x"),
    # equations and inequalities
    ("let x : real", "-2*x < 6", "<=> x < -3", "<=> x > -3"),
    ("let x : real", "exp(2*x) == 5", "<=> x == log(5/2)", "<=> x == log(5)/2"),
    ("let x : real", "(x - 3)*(x + 2) == 0", "<=> x == -3 or x == 2", "<=> x == 3 or x == -2"),
    ("let x, y : real", "{x + y == 3, x - y == 1}", "<=> {x == 1, y == 2}", "<=> {x == 2, y == 1}"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "left", "right", "repaired"), NEIGHBOURS)
def test_slips_with_arrays_brackets_and_relations(given, left, right, repaired):
    assert repaired in mended(left, right, given)


def test_a_comparison_is_turned_only_where_it_then_holds():
    found = [d["replacement"] for d in diagnosis("x < y", "=> 1/x > 1/y", "let x, y : real") if d["kind"] == "repair"]
    assert "<" not in found


READ_OFF = [
    # a constant of integration is no obstacle
    ("let x : real", "integrate(x*cos(2*x), x)", "== x*sin(2*x)/2 - cos(2*x)/4 + C", "== x*sin(2*x)/2 + cos(2*x)/4 + C"),
    ("let x > 0", "integrate(x^2*log(x), x)", "== C + x^3/3*log(x) - x^3/3", "== C + x^3/3*log(x) - x^3/9"),
    # limits of integrals
    ("let x : real", "integrate(x*(x^2 + 1)^3, x = 0..1)", "== 1/2*integrate(u^3, u = 0..1)", "== 1/2*integrate(u^3, u = 1..2)"),
    ("let x : real", "integrate(cos(sqrt(x)), x = 0..pi^2)", "== integrate(2*u*cos(u), u = 0..pi^2)", "== integrate(2*u*cos(u), u = 0..pi)"),
    ("let x, y : real", "integrate(integrate(x^2*y, y = x..1), x = 0..1)", "== integrate(integrate(x^2*y, x = y..1), y = 0..1)", "== integrate(integrate(x^2*y, x = 0..y), y = 0..1)"),
    # entries
    ("let x : real", "[4, -2; 10, -4]*[1; 1]", "== [2; 14]", "== [2; 6]"),
    ("let x, y : real", "hessian(x^2*y^2 + x*y, [x, y])", "== [2*y^2, 4*x*y; 4*x*y, 2*x^2]", "== [2*y^2, 4*x*y + 1; 4*x*y + 1, 2*x^2]"),
    ("let x, y : real", "hessian(x^3*y - y^4, [x, y])", "== [6*x*y, 3*x^2; 3*x^2, -12*y^3]", "== [6*x*y, 3*x^2; 3*x^2, -12*y^2]"),
    # several terms that are lost, an order of factors, transposes in each other's place
    ("let n : size\nlet A, B : matrix(n, n)", "A*A - A*B + B*A - B*B", "== A^2 - B^2", "== A^2 - B^2 - A*B + B*A"),
    ("let n : size\nlet X, A : matrix(n, n)", "grad(tr(X*A*X'), X)", "== (A + A')*X", "== X*(A + A')"),
    ("let n : size\nlet Q : matrix(n, n), orthogonal\nlet A : matrix(n, n), symmetric", "(Q'*A*Q)'", "== Q*A*Q'", "== Q'*A*Q"),
    # numbers below the line, powers of what stands there already
    ("let x, a > 0", "(2*x^3 + a)/(3*x^2)", "== 2*x/3 + a/x^2", "== 2*x/3 + a/(3*x^2)"),
    ("let r, t : real", "diff(r^2*cos(2*t), t)", "== -r^2*sin(2*t)", "== -2*r^2*sin(2*t)"),
    ("let n : positive integer", "n*sum(binomial(n - 1, k - 1), k = 1..n)", "== n*2^n", "== n*2^(n - 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "left", "right", "repaired"), READ_OFF)
def test_limits_entries_and_terms(given, left, right, repaired):
    assert repaired in mended(left, right, given)


SOLUTIONS = [
    # a solution that is none, one that is missing, one that is another
    ("sqrt(x + 6) == x", "<=> x == 3 or x == -2", "<=> x == 3"),
    ("(x^2 - 1)*(x^2 - 4) == 0", "<=> x == 1 or x == 2", "<=> x == 1 or x == 2 or x == -2 or x == -1"),
    ("2*x^2 - 5*x - 3 == 0", "<=> x == 3 or x == 1/2", "<=> x == 3 or x == -1/2"),
    ("{x*(5 - x) == 6, y == 5 - x}", "<=> {x == 2, y == 3}", "<=> {x == 2, y == 3} or x == 3 and y == 2"),
    # what is wrong twice
    ("x^2 + x - 1 == 0", "<=> x == (1 + sqrt(5))/2 or x == (1 - sqrt(5))/2", "<=> x == (-1 + sqrt(5))/2 or x == (-1 - sqrt(5))/2"),
    # ends of intervals
    ("abs(x + 1) > 4", "<=> x > 3 or x < -3", "<=> x > 3 or x < -5"),
    ("-5 <= 3*x + 1 and 3*x + 1 <= 5", "<=> -2 <= x and x <= 2", "<=> -2 <= x and x <= 4/3"),
    ("x^2 < 9", "<=> x < 3", "<=> -3 < x < 3"),
    ("1/x < 2", "<=> 1 < 2*x", "<=> 1 < 2*x or x < 0"),
    # the mixed term
    ("sqrt(x + 5) - sqrt(x) == 1", "=> x + 5 == 1 + x", "=> x + 5 == 1 + x + 2*sqrt(x)"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "repaired"), SOLUTIONS)
def test_solutions_as_the_line_above_has_them(left, right, repaired):
    assert repaired == mended(left, right, "let x, y : real")[0]


def test_an_alternative_of_the_line_above_is_put_back():
    line = "<=> x == a + b"
    assert "<=> x == a + b or x == a - b" in mended("x == a - b or x == a + b", line, "let a, b, x : real")
    assert "<=> x == b/a and b > 0 and a > 0" in mended(
        "a > 0 and b > 0 and a*x == b", "<=> x == b/a and b > 0", "let a, b, x : real"
    )


def test_numbers_commute():
    said = diagnosis("(x^2 - 2*x - 1)/(x - 1)^2", "== (x^2 - 2*x + 1)/(x - 1)^2", "let x : real")
    assert not any("commute" in d["message"] for d in said)


def test_that_two_things_differ_is_no_mend_of_a_consequence():
    assert not [line for line in mended("sqrt(x + 5) - sqrt(x) == 1", "=> x + 5 == 1 + x", "let x : real") if "!=" in line]


def test_a_name_that_is_solved_for_does_not_enter_its_value():
    lines = mended("r^3 == v/pi", "<=> r == sqrt(v/pi)", "let r, v > 0")
    assert "<=> r == cbrt(v/pi)" in lines and not [
        line for line in lines if "r" in line.partition("==")[2].replace("cbrt", "").replace("sqrt", "")
    ]


MORE = [
    # a number for which an equation has the solutions of the one above; a value turned over
    ("let x : real", "x/3 + 2 == x/2", "<=> 2*x + 2 == 3*x", "<=> 2*x + 12 == 3*x"),
    ("let x, k > 0", "(1 - k*x)*exp(-k*x) == 0", "<=> x == k", "<=> x == 1/k"),
    # both factors, a whole sum, equal entries
    ("let a, b : real", "cos(a - b) - cos(a + b)", "== 2*cos(a)*cos(b)", "== 2*sin(a)*sin(b)"),
    ("let x : real", "1/(x^2 - 1)", "== 1/(x - 1) - 1/(x + 1)", "== (1/(x - 1) - 1/(x + 1))/2"),
    ("let a, b : real", "[a, b; -b, a]*[a, -b; b, a]", "== [a^2 - b^2, 0; 0, a^2 - b^2]", "== [a^2 + b^2, 0; 0, a^2 + b^2]"),
    # logarithms of bases, powers of roots, factors that are too many
    ("let x : real", "diff(3^(2*x), x)", "== 2*3^(2*x)", "== 2*log(3)*3^(2*x)"),
    ("let x : real", "diff(x/sqrt(x^2 + 1), x)", "== 1/sqrt(x^2 + 1)", "== 1/sqrt(x^2 + 1)^3"),
    ("let n : positive integer", "sum((1/2)^k, k = 1..n)", "== 2*(1 - (1/2)^n)", "== (1 - (1/2)^n)"),
    # equations of vectors and complex numbers
    ("let n : size\nlet A : matrix(n, n), invertible\nlet x, b : vector(n)", "A'*x == b", "<=> x == inv(A)*b", "<=> x == inv(A)'*b"),
    ("let z : complex", "z^2 - 2*z + 5 == 0", "<=> z == 1 + 4im or z == 1 - 4im", "<=> z == 1 + 2im or z == 1 - 2im"),
    ("let x : real", "3 - im + 6im - 2*im^2", "== 1 + 5im", "== 5 + 5im"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "left", "right", "repaired"), MORE)
def test_numbers_pairs_and_other_kinds_of_equations(given, left, right, repaired):
    assert repaired in mended(left, right, given)


def test_a_factor_1_is_never_offered():
    assert not [
        line for line in mended("sum((1/2)^k, k = 1..n)", "== 2*(1 - (1/2)^n)", "let n : positive integer") if "1*" in line
    ]


SHAPES = [
    ("let m, n : size\nlet A : matrix(m, n)\nlet b : vector(m)\nlet x : vector(n)", "grad(norm(A*x - b)^2/2, x)", "== A*(A*x - b)", "A'*(A*x - b)"),
    ("let n : size\nlet A : matrix(n, n)\nlet x : vector(n)\nlet t > 0", "A*x + t*x", "== (A + t)*x", "(A + t*eye(n))*x"),
    ("let n : size\nlet a, x : vector(n)", "hessian((a'*x)^2, x)", "== 2*a'*a", "2*a*a'"),
    ("let m, n : size\nlet A : matrix(n, m)\nlet B : matrix(n, n)", "(A'*B)'", "== A*B'", "B'*A"),
    ("let m, n : size\nlet W : matrix(n, m)\nlet x : vector(m)\nlet b : vector(n)", "grad(norm(W*x - b)^2, W)", "== 2*x*(W*x - b)'", "2*(W*x - b)*x'"),
    ("let n : size\nlet A : matrix(n, n), invertible\nlet x, b : vector(n)", "A'*A*x == A'*b", "<=> x == A'*b*inv(A'*A)", "x == inv(A'*A)*A'*b"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "left", "right", "line"), SHAPES)
def test_shapes_that_do_not_fit(given, left, right, line):
    rows = [r.to_dict() for r in Session().run(f"{given}\nderivation:\n  {left}\n    {right}\nend")]
    error = next(r["error"] for r in rows if r["kind"] == "step")
    assert error["code"] == "shape-mismatch" and error["help"] == f"this would hold with {line}"


def test_no_line_is_offered_for_the_one_above():
    given = "let n : size\nlet A : matrix(n, n), symmetric\nlet x : vector(n)"
    rows = [r.to_dict() for r in Session().run(f"{given}\nderivation:\n  A*x + x'\n    == A*A\nend")]
    error = next(r["error"] for r in rows if r["kind"] == "step")
    assert (error["code"], error["line"], error["help"]) == ("shape-mismatch", 5, "")


def test_no_line_is_offered_where_none_holds():
    given = "let m, n : size\nlet A : matrix(m, n)\nlet b : vector(m)\nlet x : vector(n)"
    rows = [r.to_dict() for r in Session().run(f"{given}\nderivation:\n  grad(norm(A*x - b)^2, x)\n    == A*(A*x - b)\nend")]
    assert "would hold" not in next(r["error"] for r in rows if r["kind"] == "step").get("help", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a*b + c", "c + b*a", True),
        ("sin(a + b)^2", "sin(b + a)^2", True),
        ("x < 3", "x > 3", False),
        ("[a, b; c, d]", "[a; b; c; d]", False),
        ("a - b", "b - a", False),
        ("a/b", "b/a", False),
    ],
)
def test_what_stands_in_another_order_only_is_offered_once(one, other, same):
    assert (in_any_order(parse_expression(one, "")) == in_any_order(parse_expression(other, ""))) is same


@pytest.mark.parametrize(
    ("claim", "condition"),
    [
        ("sum(binomial(n, 2*k), k = 0..n) == 2^(n - 1)", "n >= 1"),
        ("sum((-1)^k*binomial(n, k), k = 0..n) == 0", "n >= 1"),
        ("sum(k, k = 1..n) == n*(n - 1)/2", None),
    ],
)
def test_a_claim_that_fails_at_the_least_value_alone_holds_from_the_next(claim, condition):
    found = Session().run(claim)[-1]
    said = [d["message"] for d in found.to_dict()["diagnosis"] if "given" in d["message"]]
    assert found.verdict == "refuted" and said == ([f"this would hold given {condition}"] if condition else [])
