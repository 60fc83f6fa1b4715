"""Solutions in one real unknown: all of them, with the remark that they are all; nothing that is not one."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.engine.session import Session
from twofold.grammar.term import Symbol
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.work import work

SETS = {
    # polynomials and fractions: holes are no solutions
    "solve((x^2 - 1)/(x - 1) == 2, x)": "{}",
    "solve((x^2 - 1)/(x - 1) == 0, x)": "{-1}",
    "solve(x^2 - x - 1 == 0, x)": "{(1 - sqrt(5))/2, (1 + sqrt(5))/2}",
    "solve((x + 1)^2 == x^2 + 2x + 1, x)": "true",
    "solve(x == x + 1, x)": "{}",
    "solve({}, x)": "true",
    # roots, absolute values, branches
    "solve(sqrt(x) == -3, x)": "{}",
    "solve(sqrt(x + 1) == x - 1, x)": "{3}",
    "solve(abs(x - 1) + abs(x - 3) == 2, x)": "1 <= x <= 3",
    "solve(abs(x) == x, x)": "x >= 0",
    "solve(max(x, 2 - x) == 3, x)": "{-1, 3}",
    "solve({x^2 if x > 0; -x otherwise} == 4, x)": "{-4, 2}",
    # exponentials and logarithms
    "solve(exp(x) + exp(-x) == 4, x)": "{log(2 - sqrt(3)), log(2 + sqrt(3))}",
    "solve(log(x) + log(x + 1) == 1, x)": "{(sqrt(1 + 4*e) - 1)/2}",
    "solve(x*exp(x) == -1/10, x)": "{lambertwm1(-1/10), lambertw(-1/10)}",
    "solve(x*exp(x) == 1, x)": "{lambertw(1)}",
    "solve(exp(x) == x, x)": "{}",
    "solve(sin(x) == x, x)": "{0}",
    "solve(erf(x) == 0, x)": "{0}",
    "solve(cosh(x) == 1 + x^2/2, x)": "{0}",
    "solve(exp(x) == x + 1, x)": "{0}",
    "solve(3^x + 4^x == 5^x, x)": "{2}",
    # periodic
    "solve(sin(x) == 0, x)": "{pi*k}",
    "solve(cos(x) == -1, x)": "{pi + 2*pi*k}",
    "solve(sin(x) == 1/3, x)": "{asin(1/3) + 2*pi*k, pi - asin(1/3) + 2*pi*k}",
    "solve(2sin(x) + cos(x) == 1, x)": "{2*pi*k, 2*atan(2) + 2*pi*k}",
    "solve(sin(x) == 1/2 and 0 <= x and x <= 2pi, x)": "{pi/6, 5*pi/6}",
    "solve(sin(k) == 1, k)": "{pi/2 + 2*pi*m}",
    # functions that do not change, sums of angles, several roots
    "solve(acos(x) + asin(x) == pi/2, x)": "-1 <= x <= 1",
    "solve(acos(x) + asin(x) == pi/3, x)": "{}",
    "solve(acos(x) + asin(x) >= 1, x)": "-1 <= x <= 1",
    "solve(atan(x) + atan(1/x) == pi/2, x)": "x > 0",
    "solve(acos(x) == 2*asin(x), x)": "{1/2}",
    "solve(acos(x) - asin(x) == pi/6, x)": "{1/2}",
    "solve(asin(2*x) == 2*asin(x), x)": "{0}",
    "solve(asin(x) + asin(2*x) == pi/2, x)": "{sqrt(5)/5}",
    "solve(atan(x) + atan(2*x) == pi/4, x)": "{(sqrt(17) - 3)/4}",
    "solve(atan(x) + atan(2*x) == -3*pi/4, x)": "{-(3 + sqrt(17))/4}",
    "solve(atan(x + 1) - atan(x - 1) == pi/4, x)": "{-sqrt(2), sqrt(2)}",
    "solve(cbrt(x + 1) + cbrt(x - 1) == cbrt(5*x), x)": "{-sqrt(5)/2, 0, sqrt(5)/2}",
    "solve(cbrt(2 - x) == 1 - sqrt(x - 1), x)": "{1, 2, 10}",
    "solve(sqrt(x + 1) + sqrt(x + 4) + sqrt(x + 9) == 6, x)": "{0}",
    "solve(sqrt(x + 1) + sqrt(x + 4) + sqrt(x + 9) == -6, x)": "{}",
    # inequalities
    "solve(x^2 > 0, x)": "x != 0",
    "solve(x^2 <= 0, x)": "x == 0",
    "solve(x^2 < 0, x)": "false",
    "solve(sin(x) > 1/2, x)": "pi/6 + 2*pi*k < x < 5*pi/6 + 2*pi*k",
    "solve(exp(x) >= x + 1, x)": "true",
    "solve(1 < abs(x) < 2, x)": "-2 < x < -1 or 1 < x < 2",
}

DECIMALS = {
    "solve(cos(x) == x, x)": ["0.739085133215161"],
    "solve(sin(x) == x/3, x)": ["-2.27886266007583", "0", "2.27886266007583"],
    "solve(x^3 == 3*2^x, x)": ["2.67718012246291", "6.54859125124244"],
    "solve(sinh(x) == x^3, x)": ["-6.13535635254737", "-1.10236187659612", "0", "1.10236187659612", "6.13535635254737"],
}


@pytest.mark.parametrize("text", DECIMALS)
def test_decimals_where_there_is_no_closed_form(text, term):
    context = Context()
    found = work(term(text), context)
    assert [a.text or str(a.value) for a in found.args] == DECIMALS[text]
    assert "all solutions" in context.notes or "the only solution" in context.notes
    assert context.rounded


ENDLESS = {
    "solve(x*sin(x) == 1, x)": 8,
    "solve(exp(-x) == sin(x), x)": 4,
    "solve(tan(x) == x, x)": 5,
    "solve(x*tan(x) == 1, x)": 8,
    "solve(cos(x)*cosh(x) == 1, x)": 5,
}


@pytest.mark.parametrize("text", ENDLESS)
def test_infinitely_many_solutions_are_said(text, term):
    context = Context()
    found = work(term(text), context)
    assert len(found.args) == ENDLESS[text]
    assert "infinitely many solutions; these are the ones from -10 to 10" in context.notes
    assert "all solutions" not in context.notes


@pytest.mark.parametrize("text", ["solve(sin(x) == 2 + 1/x^2, x)", "solve(cos(x) == x/20, x)", "solve(sin(x)/x == 2, x)"])
def test_infinitely_many_solutions_are_not_claimed(text, term):
    context = Context(seconds=1.0)
    try:
        work(term(text), context)
    except NoClosedForm as error:
        assert "infinitely" not in error.reason
    assert not any("infinitely" in n for n in context.notes)


@pytest.mark.parametrize("text", ["solve(tan(x) == x, x)", "solve(zeta(x) == x, x)"])
def test_completeness_that_is_not_proved_is_not_claimed(text, term):
    context = Context(seconds=1.0)
    try:
        work(term(text), context)
    except NoClosedForm:
        return
    assert "all solutions" not in context.notes


def test_whole_numbers_are_listed():
    from tests.unit.symbolic.conftest import read

    n = Symbol("n", "integer")
    assert show(work(read("solve(n^2 < 10, n)", {"n": n}), Context())) == "{-3, -2, -1, 0, 1, 2, 3}"
    assert show(work(read("solve(n^2 == 2, n)", {"n": n}), Context())) == "{}"


DEGENERATE = {
    "solve(1/(x - a) == 1/(x - b), x)": ("{}", ["a != b"]),
    "solve(a/x == 0, x)": ("{}", ["a != 0"]),
    "solve((x - a)/(x - b) == 0, x)": ("{a}", ["a != b"]),
    "solve(x^2 + a == x^2 + b, x)": ("{}", ["a != b"]),
    "solve((x - a)*(x - b) == 0, x)": ("{a, b}", []),
}


@pytest.mark.parametrize("text", DEGENERATE)
def test_what_parameters_have_to_satisfy(text):
    from tests.unit.symbolic.conftest import read

    context = Context()
    found = work(read(text, {n: Symbol(n) for n in "ab"}), context)
    assert (show(found), [show(c) for c in context.conditions]) == DEGENERATE[text]


COMPLEX = {
    "solve(z^2 == im, z)": "{-sqrt(2)*(1 + im)/2, sqrt(2)*(1 + im)/2}",
    "solve(z^2 == 3 + 4*im, z)": "{-2 - im, 2 + im}",
    "solve(z^2 - (3 + im)*z + 2 + im == 0, z)": "{1, 2 + im}",
    "solve(im*z^2 - 2*z + im == 0, z)": "{im*(sqrt(2) - 1), -im*(1 + sqrt(2))}",
    "solve((z - im)^2 == 0, z)": "{im}",
    # absolute values and conjugates
    "solve(abs(z) + z == 2 + im, z)": "{(3 + 4*im)/4}",
    "solve(z*abs(z) == 4*im, z)": "{2*im}",
    "solve(abs(z)^2 + z == 3 + im, z)": "{-2 + im, 1 + im}",
    "solve(abs(z) == -1, z)": "{}",
}


SYSTEMS = {
    "solve({x^2 + u^2 == 1, x + u == 3}, [x, u])": "{}",
    "solve({x^3 + u - 2 == 0, u^3 + x - 2 == 0}, [x, u])": "{[1, 1]}",
    "solve({x^2 == 2, u^2 == 3, x > 0}, [x, u])": "{[sqrt(2), -sqrt(3)], [sqrt(2), sqrt(3)]}",
    "solve({(x - 1)^2 == 0, u^2 == x}, [x, u])": "{[1, -1], [1, 1]}",
    "solve({1/x + 1/u == 1, x + u == 4}, [x, u])": "{[2, 2]}",
    "solve(x^2 + u^2 == 0, [x, u])": "{[0, 0]}",
    "solve({abs(x) + u == 3, x - u == 1}, [x, u])": "{[2, 1]}",
    "solve({log(x) + log(u) == 0, x + u == 2}, [x, u])": "{[1, 1]}",
    "solve({sin(x) == u, u == 1/2}, [x, u])": "{[pi/6 + 2*pi*k, 1/2], [5*pi/6 + 2*pi*k, 1/2]}",
    "solve({sqrt(x) + sqrt(u) == 3, x + u == 5}, [x, u])": "{[4, 1], [1, 4]}",
    # one unknown in each relation
    "solve({sin(x) == 0, cos(u) == 1}, [x, u])": "{[pi*k, 2*pi*m]}",
    "solve({x^2 == 1, x > 0, u^2 == 4}, [x, u])": "{[1, -2], [1, 2]}",
    "solve({x^2 == 1, u^2 == -4}, [x, u])": "{}",
}


PARAMETERS = {
    "solve(x^3 == a, x)": "{cbrt(a)}",
    "solve(V == 4/3*pi*r^3, r)": "{cbrt(3*V/(4*pi))}",
    "solve(sqrt(x + a) == b, x)": "{b^2 - a} given b >= 0",
    "solve(abs(x - a) == b, x)": "{a - b, a + b} given b >= 0",
    "solve(sin(x) == a, x)": "{asin(a) + 2*pi*k, pi - asin(a) + 2*pi*k} given -1 <= a <= 1",
    "solve(a*x == b, x)": "{b/a} given a != 0",
    "solve(a*x > 1, x)": "{x > 1/a if a > 0; x < 1/a if a < 0; false otherwise}",
    "solve(p*x <= a, x)": "x <= a/p",
    "solve(abs(x) < p, x)": "-p < x < p",
    "solve(x^2 < a, x)": "{-sqrt(a) < x < sqrt(a) if a > 0; false otherwise}",
    "solve(p^2 == a, p)": "{sqrt(a)} given a > 0",
    # gaps in families: the same one in all of them, near 0 or not
    "solve(sin(x)/x == 0, x)": "{pi*k} given k != 0",
    "solve(sin(x)/(x - 20*pi) == 0, x)": "{pi*k} given k != 20",
    "solve(cos(x)/(x^2 - pi^2/4) == 0, x)": "{pi*k + pi/2} given k != 0 given k != -1",
    # an assumption beside an equation
    "solve((x^2 == 4 given x > 0), x)": "{2}",
}


def test_special_values_of_a_parameter_are_said(term):
    context = Context()
    work(term("solve(a*x == b, x)"), context)
    assert "where a == 0: every x if b == 0, otherwise no solution" in context.notes


def test_conjugates_by_parts(ask):
    assert ask("solve(z + 2*conjugate(z) == 3 + im, z)", "complex") == "{1 - im}"


def test_a_curve_of_solutions_is_not_cut_down_to_points(term):
    with pytest.raises(NoClosedForm):
        work(term("solve(z*conjugate(z) == 4, z)"), Context(reading="complex"))


STEPS = {
    "solve(floor(x) == 3, x)": "3 <= x < 4",
    "solve(floor(x)^2 == 4, x)": "-2 <= x < -1 or 2 <= x < 3",
    "solve(ceil(x) == 2, x)": "1 < x <= 2",
    "solve(floor(x) >= 2, x)": "x >= 2",
    "solve(floor(x) == 1/2, x)": "{}",
    "solve(floor(x) == x, x)": "{k}",
    "solve(mod(x, 3) == 1, x)": "{1 + 3*k}",
}

ANSWERS = {**SETS, **COMPLEX, **SYSTEMS, **PARAMETERS, **STEPS}


@pytest.mark.parametrize("text", ANSWERS)
def test_answers(text, ask):
    assert ask(text) == ANSWERS[text]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("solve((x - 4)*(log(x) - sin(x)) == 0, x)", "{4}"),
        ("solve((x + 4)*(log(x) - sin(x)) == 0, x)", None),
        ("solve((x + 4)/x^2*(sqrt(x) - tan(x)) == 0, x)", None),
        ("solve(exp(x^3 + tan(1)) > 0, x)", "true"),
        ("solve((x + 2)^2*exp(x) > 0, x)", "x != -2"),
        ("solve(x + 4 == 0, x) given sqrt(x) > 0", "{}"),
        ("solve(x <= floor(x), x)", "{k}"),
        ("solve(max(cosh(x), 20/x) <= e, x)", "x >= -acosh(e) and x < 0"),
    ],
)
def test_a_solution_is_one_where_every_part_is_real(question: str, answer: str | None) -> None:
    (found,) = Session().run(question)
    assert found.exact == answer
    assert found.judged is None


def test_members_of_a_family_beyond_those_tried_are_not_lost_solutions() -> None:
    (found,) = Session().run("solve(cos(x^3)/x == 0, x)")
    assert found.exact is not None and found.judged is None


@pytest.mark.parametrize(
    ("question", "decimals"),
    [
        ("solve(cosh(7) + x*(4 - x) == sqrt(x), x)", ["25.3939691425287"]),
        ("solve(atan(cosh(3)) + (x + 4)^3 == sqrt(2), x)", ["-4.38615009892293"]),
    ],
)
def test_zeros_of_polynomials_with_inexact_coefficients_have_all_their_digits(question: str, decimals: list[str]) -> None:
    (found,) = Session().run(question)
    assert found.numeric == decimals and found.judged is None


@pytest.mark.parametrize("question", ["solve(abs(x - 4) - sin(5) == 0, x)", "solve(sqrt(log(4)) + max(25, x) == x, x)"])
def test_what_is_linear_in_parts_is_not_checked_as_linear(question: str) -> None:
    (found,) = Session().run(question)
    assert found.exact == "{}" and found.judged is None


def test_a_pole_of_a_part_is_no_lost_solution() -> None:
    (found,) = Session().run("solve(cos(2*x)/(tan(x) + x^2) == 0, x)")
    assert found.exact is not None and found.judged is None


@pytest.mark.parametrize("text", ["solve(abs(z) == 1, z)", "solve(z*conj(z) == -1, z)", "solve(z*conj(z) == 4, z)"])
def test_curves_of_the_plane_are_not_listed(text, ask):
    with pytest.raises(NoClosedForm) as error:
        ask(text)
    assert ("a curve" in error.value.reason) is ("-1" not in text)


SCALED = {
    "solve(a*x < 1, x)": "{x < 1/a if a > 0; x > 1/a if a < 0; true otherwise}",
    "solve(a*x > 1, x)": "{x > 1/a if a > 0; x < 1/a if a < 0; false otherwise}",
    "solve(x/a < 2, x)": "{x < 2*a if a > 0; x > 2*a if a < 0}",
}


@pytest.mark.parametrize("text", SCALED)
def test_factors_of_unknown_sign(text):
    from tests.unit.symbolic.conftest import read

    assert show(work(read(text, {"a": Symbol("a")}), Context())) == SCALED[text]


HIDDEN = {
    "solve((x/x*y == 2 - x, x^2 == x), (x, y))": ("{[1, 1]}", ()),
    "solve((log(x) - log(x) + y == 2, x^2 == x), (x, y))": ("{[1, 2]}", ()),
    "solve((sqrt(x)*0 + y == 2, x^2 == 1), (x, y))": ("{[1, 2]}", ()),
    "solve((x + 1/(y - 1) == 2 + 1/(y - 1), x == y + 1), (x, y))": ("{}", ()),
    "solve(1/x + 1/y == 0, (x, y))": ("{[-y, y]}", ("y != 0",)),
    "let z : complex\nsolve(z/z*(z - 1)*z == 0, z)": ("{1}", ()),
    "let a : real\nsolve(a/x - a/x + x == a, x)": ("{a}", ("a != 0",)),
    "let a : real\nsolve(log(x) - log(x) + x == a, x)": ("{a}", ("a > 0",)),
    "let a : real\nsolve((1/(x - a) + y == 2, x == 1), (x, y))": ("{[1, (2*a - 1)/(a - 1)]}", ("a != 1",)),
    "let a : real\nsolve(a*x/x == a, x)": ("x != 0", ()),
    "let a : real\nsolve(a*x == 1 + a, x)": ("{1 + 1/a}", ("a != 0",)),
    "solve((x + 1/2*y == 2, x/3 == y), (x, y))": ("{[12/7, 4/7]}", ()),
}


@pytest.mark.parametrize("question", HIDDEN)
def test_what_cancels_has_to_have_a_value(question: str) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, tuple(found.conditions)) == HIDDEN[question] and found.judged is None


GAUSSIAN = {
    "z^2 == im": "{-sqrt(2)*(1 + im)/2, sqrt(2)*(1 + im)/2}",
    "z^2 == 8*im": "{-2 - 2*im, 2 + 2*im}",
    "z^2 == -3 - 4*im": "{-1 + 2*im, 1 - 2*im}",
    "z^2 + (1 + im)*z + im == 0": "{-1, -im}",
    "z^2 - 2*im*z == 1": "{im}",
    "(1 + im)*z == 3": "{(3 - 3*im)/2}",
    "z^6 == 1": "{-1, 1, (-1 - sqrt(3)*im)/2, (-1 + sqrt(3)*im)/2, (1 - sqrt(3)*im)/2, (1 + sqrt(3)*im)/2}",
    "(z^2 - 2)*(z^2 + 3)*(2*z - 1) == 0": "{-sqrt(2), 1/2, sqrt(2), -sqrt(3)*im, sqrt(3)*im}",
    "z^3 == 2": None,
    "z^2 + z + im == 0": None,
}


@pytest.mark.parametrize("equation", GAUSSIAN)
def test_complex_roots_of_low_degree_come_straight_from_the_terms(equation: str) -> None:
    from tests.unit.symbolic.conftest import read
    from twofold.grammar.term import MISSING
    from twofold.symbolic.solving.complex_roots import complex_solutions

    context = Context(reading="complex")
    found = complex_solutions(read(equation, {"z": Symbol("z", "complex")}), MISSING, context)
    assert (None if found is None else show(found)) == GAUSSIAN[equation]
    assert bool(context.notes) is (found is not None)


GAMMA = {
    "let t > 0\nsolve(gamma(t) == 6, t)": [0.155222186160333, 4],
    "let -30 < t < -29\nsolve(gamma(t) == 393/10^34, t)": [-29.7734980575042, -29.7523104793821],
    "let t > 0\nsolve(gamma(t)^2 == 36, t)": [0.155222186160333, 4],
    "let t > 0\nsolve(gamma(2*t - 1) == sqrt(pi), t)": [0.75, 1.93257483248824],
    "let s in [-3, 5]\nsolve(gamma(s) == -2, s)": [-2.90478816012846, -2.21926197751295],
    "let s in [-3, 5]\nsolve(gamma(s)^2 - 5*gamma(s) + 6 == 0, s)": [
        *(-1.78118797145672, -1.33980199358188, 0.299197622817326, 0.442877396484727, 3, 3.40586998630957)
    ],
}


@pytest.mark.parametrize("question", GAMMA)
def test_the_gamma_function_turns_once_between_poles(question: str) -> None:
    found = Session().run(question)[-1]
    assert "all solutions" in found.notes and found.check is not None and found.check.agrees
    assert [float(v) for v in found.numeric] == pytest.approx(GAMMA[question])


@pytest.mark.parametrize(
    "question, answer",
    [
        ("let t > 0\nsolve(gamma(t) == 1/2, t)", "{}"),
        ("let t > 0\nsolve(t! == 24, t)", "{4}"),
        ("let t > 0\nsolve(gamma(t) == 1, t)", "{1, 2}"),
        ("solve(gamma(x) == 0, x)", "{}"),
        ("solve(2^x == x^2, x)", "{-2*lambertw(log(2)/2)/log(2), 2, 4}"),
        ("solve(exp(x) == 4*x^2, x)", "{-2*lambertw(1/4), -2*lambertw(-1/4), -2*lambertwm1(-1/4)}"),
        ("solve(exp(x) == -x^3, x)", "{-3*lambertw(1/3)}"),
        ("let z : complex\nsolve({abs(z) == 1, z^2 == im}, z)", "{-sqrt(2)*(1 + im)/2, sqrt(2)*(1 + im)/2}"),
        ("let z : complex\nsolve({abs(z) == 1, abs(z - 1) == 1, im(z) > 0}, z)", "{(1 + sqrt(3)*im)/2}"),
        ("let z : complex\nsolve({abs(z) == 2, z^2 == im}, z)", "{}"),
        ("let z : complex\nsolve(abs(z) + z == -1/10^17, z)", "{}"),
        ("let z : complex\nsolve(abs(z) + z == 1/10^17, z)", "{1/200000000000000000}"),
        ("let z : complex\nsolve({z^2 == -1, conj(z)/(z - im) == 1}, z)", "{}"),
    ],
)
def test_special_equations(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert found.exact == answer and found.judged is None
    assert "there may be other solutions" not in found.notes


def test_infinitely_many_values_of_the_gamma_function_are_said() -> None:
    (found,) = Session().run("solve(gamma(x) == 6, x)")
    assert len(found.numeric) == 12 and {"there may be other solutions"} < set(found.notes)
    assert any(n.startswith("infinitely many solutions") for n in found.notes)


@pytest.mark.parametrize(
    "question, answer, conditions",
    [
        ("let a : real\nsolve(log(log(a)) == x, x)", "{log(log(a))}", ("log(a) > 0", "a > 0")),
        ("let a : real\nsolve(sqrt(2 - a) == a - x, x)", "{a - sqrt(2 - a)}", ("a <= 2",)),
        ("let b > 0\nsolve(sqrt(b)*x == 1/b, x)", "{1/b^(3/2)}", ()),
        ("let a : real\nsolve((1 - x) - (x - a) > x, x)", "x < (a + 1)/3", ()),
        ("let a : real\nsolve(x/x + a > a, x)", "x != 0", ()),
        ("let a : real\nsolve((x + x)/(x - x) == a, x)", "{}", ()),
        ("let a : real\nsolve(x*sqrt(a - a - 1) == 0, x)", "{}", ()),
        ("let a : real\nsolve(x > log(a), x)", "x > log(a)", ("a > 0",)),
    ],
)
def test_parts_without_an_unknown_need_a_value_too(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, tuple(found.conditions)) == (answer, conditions) and found.judged is None


@pytest.mark.parametrize(
    "question, answer, note",
    [
        ("solve(exp(x) == -a^2 - 1, x)", "{}", "no solution"),
        ("solve(sqrt(x) + a^2 == -1, x)", "{}", "no solution"),
        ("solve(x/(a - a) == a, x)", "{}", "no solution"),
        ("solve(sqrt(x)*abs(x) == a, x)", "{abs(a)^(2/3)}", ""),
    ],
)
def test_no_solution_for_any_parameter(question: str, answer: str | None, note: str) -> None:
    found = Session().run(f"let a : real\n{question}")[-1]
    assert found.exact == answer and (not note or note in found.notes)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("solve(2*k == a, k)", "{a/2}", ("floor(a/2) == a/2",)),
        ("solve(6*k == 4*m, [k, m])", "{[2*m/3, m]}", ("floor(2*m/3) == 2*m/3",)),
        ("solve(3*k == 6*m, k)", "{2*m}", ()),
        ("solve(2*k == 3, k)", "{}", ()),
    ],
)
def test_a_whole_unknown_asks_for_whole_values(text, exact, conditions):
    found = Session().run(f"let k, m : integer\n{text}")[-1]
    assert (found.exact, found.conditions) == (exact, conditions)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        # what none of forty values drawn for a shows
        ("let x > 0\nlet a : real\nsolve(x + 1000 == a, x)", "{a - 1000}", ("a > 1000",)),
        ("let x > 0\nlet a : real\nsolve(x == a + 1000, x)", "{a + 1000}", ("a > -1000",)),
        ("let x, a > 0\nsolve(x == a + 1000, x)", "{a + 1000}", ()),
        ("let x, a > 0\nsolve(x == -a - 1000, x)", "{}", ()),
        (
            "let x > -1\nlet a : real\nsolve(x^2 == a, x)",
            "{{-sqrt(a), sqrt(a)} if 0 <= a < 1; {sqrt(a)} if a >= 1; {} otherwise}",
            (),
        ),
        # members of families one by one
        ("let 0 < t < pi/2\nlet a > 0\nsolve(tan(t) == a, t)", "{atan(a)}", ()),
        ("let 0 < t < pi\nlet -1 < a < 1\nsolve(cos(t) == a, t)", "{acos(a)}", ()),
        ("let 0 <= t < 2*pi\nlet 0 < a < 1\nsolve(sin(t) == a, t)", "{asin(a), pi - asin(a)}", ()),
        (
            "let 1000 < t < 1003\nlet -1 < a < 1\nsolve(cos(t) == a, t)",
            "{acos(a) + 318*pi, 320*pi - acos(a)}",
            ("acos(a) + 318*pi > 1000", "320*pi - acos(a) < 1003"),
        ),
    ],
)
def test_values_in_a_declared_range_are_shown_to_lie_there(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions) == (exact, conditions)


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        # 0 at every small value of the parameter, or nearly so, is not 0
        ("solve(x + max(a - 100, 0) == x, x)", "{}", ("max(0, a - 100) != 0",)),
        ("solve(x + a/10^15 == x, x)", "{}", ("a != 0",)),
        ("solve(x + sin(a)^2 + cos(a)^2 == x + 1, x)", "true", ()),
        ("solve(x + sqrt(a^2) == x + abs(a), x)", "true", ()),
    ],
)
def test_equations_without_the_unknown(text, exact, conditions):
    found = Session().run(f"let x, a : real\n{text}")[-1]
    assert (found.exact, found.conditions) == (exact, conditions)
