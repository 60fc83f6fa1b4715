"""Extrema: global where that is proved, unattained and unbounded ones said so, degenerate points honestly."""

from __future__ import annotations

import numpy as np
import pytest

from twofold.catalogue.display import show
from twofold.engine.session import Session
from twofold.numeric.evaluate import floats
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.work import work

ON_THE_LINE = {
    "minimize(abs(x - 1) + abs(x - 3), x)": "(2, 1 <= x <= 3)",
    "minimize(abs(x - 1) + abs(x - 2) + abs(x - 4), x)": "(3, 2)",
    "minimize(max(x, 1 - x), x)": "(1/2, 1/2)",
    "minimize(sign(x), x)": "(-1, x < 0)",
    "minimize({x^2 if x < 1; 2 - x otherwise}, x)": '"not bounded"',
    "minimize(x*log(x), x)": "(-1/e, 1/e)",
    "minimize(1/x, x)": '"not bounded"',
    "minimize(exp(x), x)": '"not attained"',
    "minimize(x^2, x, subject_to = {x > 1})": '"not attained"',
    "minimize(x^2, x, subject_to = {x^2 < -1})": '"no point satisfies the constraints"',
    "minimize(x^3 - 3x, x = 0..3)": "(-2, 1)",
    "maximize(x^3 - 3x, x in [0, 3])": "(18, 3)",
    "minimize(sin(x), x)": "(-1, 2*pi*k - pi/2)",
    "maximize(log(x)/x, x)": "(1/e, e)",
}
SEVERAL = {
    "maximize(x^2 - u, [x, u], subject_to = {x >= 0, u >= 0})": '"not bounded"',
    "minimize(x - u, [x, u], subject_to = {x >= 0, u >= 0, x - u <= 1})": '"not bounded"',
    "minimize(x - u, [x, u], subject_to = {x >= 0, u >= 0, x + u <= 1})": "(-1, [0, 1])",
    "minimize(x*u, [x, u], subject_to = {x >= 0, u >= 0})": "(0, [0, 0])",
    "minimize(x + u, [x, u], subject_to = {x*u == 1})": '"not bounded"',
    "minimize(abs(x) + abs(u), [x, u], subject_to = {x + u == 1})": "(1, [1 - u, u])",
    "minimize(x^2*u^2, [x, u])": "(0, {[0, u], [x, 0]})",
    "minimize(x^2 + (x*u - 1)^2, [x, u])": '"not attained"',
    "minimize(x^2 + u^2, [x, u], subject_to = {(x - 1)^3 == u^2})": "(1, [1, 0])",
    "minimize(x^2 + u^2, [x, u], subject_to = {x^2 + u^2 <= -1})": '"no point satisfies the constraints"',
    "minimize(x^4 + u^4 - 4x*u, [x, u])": "(-2, {[-1, -1], [1, 1]})",
    "maximize(x*u*w, [x, u, w], subject_to = {x + u + w == 3, x >= 0, u >= 0, w >= 0})": "(1, [1, 1, 1])",
    "maximize(x*u*w, [x, u, w], subject_to = {x + u + w == 1})": '"not bounded"',
    "maximize(x + u, [x, u], subject_to = {x^2 + u^2 < 1})": '"not attained"',
    "minimize(x + u, [x, u], subject_to = {x >= 0, u >= 0})": "(0, [0, 0])",
    "minimize(x + u, [x, u], subject_to = {x > 0, u > 0})": '"not attained"',
    "minimize(x*u, [x, u])": '"not bounded"',
    "maximize(x*u*w/2, [x, u, w])": '"not bounded"',
    # a tiny coefficient is none that may be left out
    "minimize(u^2 - x/10^25, [x, u], subject_to = {x >= 0})": '"not bounded"',
    "minimize(u^2 - sqrt(2)*x/10^25, [x, u], subject_to = {x >= 0})": '"not bounded"',
    "minimize(x^2*u^2/10^12 + x^2 + u^2 - 5x*u, [x, u])": "(-2250000000000, {[-500000*sqrt(6), -500000*sqrt(6)], [500000*sqrt(6), 500000*sqrt(6)]})",
    "minimize(a*x^2 + b*x + c, x)": "(c - b^2/(4*a), -b/(2*a)) given a > 0",
}
KINDS = {
    "classify(x^3, x)": '{(0, "inflection point")}',
    "classify(x^4, x)": '{(0, "local minimum")}',
    "classify(x^4 + u^4, [x, u])": '{([0, 0], "local minimum")}',
    "classify(x^2 - u^4, [x, u])": '{([0, 0], "saddle point")}',
    "classify((u - x^2)*(u - 2x^2), [x, u])": '{([0, 0], "saddle point")}',
    "classify(x^2*u^2, [x, u])": '{([0, u], "degenerate point"), ([x, 0], "degenerate point")}',
    "critical_points(sin(x), x)": "{2*pi*k - pi/2, pi/2 + 2*pi*k}",
    "lagrange(x^2 + u^2, {(x - 1)^3 == u^2}, [x, u])": "{}",
}


@pytest.mark.parametrize("text", [*ON_THE_LINE, *SEVERAL, *KINDS])
def test_extrema(text, ask):
    assert ask(text) == {**ON_THE_LINE, **SEVERAL, **KINDS}[text]


@pytest.mark.parametrize(
    "text", [*ON_THE_LINE, "maximize(x*u*w, [x, u, w], subject_to = {x + u + w == 3, x >= 0, u >= 0, w >= 0})"]
)
def test_what_is_proved_is_not_doubted(text, term):
    context = Context()
    work(term(text), context)
    assert not any("not shown" in n for n in context.notes)


def test_the_infimum_is_said(term):
    context = Context()
    work(term("minimize(exp(x), x)"), context)
    assert context.notes == ["the infimum is 0, approached as x -> -oo; it is not attained"]


@pytest.mark.parametrize("text", ["minimize(x^4 + x*u^3 - x, [x, u], subject_to = {x^3 + u^3 == 1})"])
def test_a_minimum_that_is_not_proved_is_said_to_be_one_of_the_critical_points(text, term):
    context = Context(seconds=6.0)
    found = work(term(text), context)
    assert any("not shown" in n for n in context.notes) or found.sort != "tuple"


SETS_OF_POINTS = {
    "minimize((x^2 + u^2 - 1)^2, [x, u], subject_to = {x + u <= 5})": ("(0, {[0, -1], [0, 1]})", True),
    "minimize(x*u, [x, u], subject_to = {x >= 0, u >= 0, x + u <= 1})": ("(0, {[0, 0], [0, 1], [1, 0]})", True),
    "maximize(x*u, [x, u], subject_to = {x >= 0, u >= 0, x + u <= 1})": ("(1/4, [1/2, 1/2])", False),
    "maximize(x^2*u^2, [x, u], subject_to = {x + u == 2, x >= 0, u >= 0})": ("(1, [1, 1])", False),
}


@pytest.mark.parametrize("text", SETS_OF_POINTS)
def test_where_a_value_is_taken_on_a_curve_this_is_said(text, term):
    context = Context()
    found = work(term(text), context)
    assert (show(found), "there may be other points with this value" in context.notes) == SETS_OF_POINTS[text]


@pytest.mark.parametrize(
    "text",
    ["minimize(x*sin(x), x)", "maximize(x*cos(2*x) + x/2, x)", "minimize(floor(x), x)", "maximize(x - floor(x)/2, x)"],
)
def test_functions_that_swing_or_step_beyond_all_bounds(text, term):
    assert show(work(term(text), Context())) == '"not bounded"'


@pytest.mark.parametrize("text", ["minimize(x*cos(x) + 2*x^2, x)", "minimize(sin(x) + 2, x)", "minimize(x^2 + floor(x), x)"])
def test_functions_with_a_bound_are_not_called_unbounded(text, term):
    try:
        found = show(work(term(text), Context(seconds=1.0)))
    except NoClosedForm:
        return
    assert found != '"not bounded"'


CONVEX = {
    "maximize(log(x) + log(u), [x, u], subject_to = {x + u <= 2})": ("(0, [1, 1])", True),
    "minimize(1/x + 1/u, [x, u], subject_to = {x + u <= 1, x > 0, u > 0})": ("(4, [1/2, 1/2])", True),
    "minimize(x^3 + u^3, [x, u], subject_to = {x + u >= 2, x >= 0, u >= 0})": ("(2, [1, 1])", True),
    "minimize(x + u - log(x) - log(u), [x, u])": ("(2, [1, 1])", True),
    "minimize(x^3 + u^3, [x, u], subject_to = {x + u >= 2, x >= -1})": ("(2, [1, 1])", False),
    "minimize(x^2 + u^2 + 1/(x + u), [x, u])": ("(3/2, [1/2, 1/2])", False),
}


@pytest.mark.parametrize("text", CONVEX)
def test_convex_functions_on_half_spaces(text, term):
    context = Context()
    try:
        found = show(work(term(text), context))
    except NoClosedForm:
        assert not CONVEX[text][1]
        return
    assert (found, not any("not shown" in n for n in context.notes)) == CONVEX[text]


@pytest.mark.parametrize(
    "text",
    ["minimize(1/x^2 + x + u^2, [x, u], subject_to = {x <= 5})", "minimize(1/x + u, [x, u], subject_to = {x + u <= 2, u >= 0})"],
)
def test_a_pole_inside_keeps_a_function_from_being_convex(text, term):
    with pytest.raises(NoClosedForm):
        work(term(text), Context())


CLAIMED = {
    "maximize(z^2 + 3*x*y + x^4, [x, y, z], subject_to = {x^2 + y^2 + z^2 <= 4})": 17.105249,
    "minimize(-x - 1 - 2*x*y*x, [x, y], subject_to = {x^2 + y^2 == 4, x >= 0})": -8.808565,
    "maximize(log(x) + log(y), [x, y], subject_to = {x^2 + y^2 <= 1})": -0.693147,
    "minimize(exp(x) + exp(y), [x, y], subject_to = {x + y >= 2})": 5.436564,
    "minimize(1/(2 + x + y), [x, y], subject_to = {x^2 + y^2 <= 1})": 0.292893,
    "minimize(x - log(x) + y - log(y), [x, y])": 2,
}


@pytest.mark.parametrize("question", CLAIMED)
def test_least_values_on_edges_and_by_convexity(question: str) -> None:
    (found,) = Session().run(question)
    assert found.judged is None and found.check is not None and found.check.agrees
    value = float(np.real(floats(found.answer.args[0], [{}])[0]))
    assert value == pytest.approx(CLAIMED[question], rel=1e-5)
    assert not any("not shown" in n for n in found.notes)


@pytest.mark.parametrize(
    "question",
    [
        "minimize(1/(x + y), [x, y], subject_to = {x^2 + y^2 <= 1})",
        "minimize(log(x + y), [x, y], subject_to = {x^2 + y^2 <= 1})",
        "minimize(1/x + y^2, [x, y], subject_to = {x >= 1})",
        "minimize(x + exp(y), [x, y], subject_to = {x >= 0, y <= 1})",
    ],
)
def test_no_least_value_is_claimed_where_the_function_has_gaps_or_falls_away(question: str) -> None:
    (found,) = Session().run(question)
    assert found.exact is None and found.judged is None


def test_multipliers_certify_a_convex_minimum() -> None:
    (found,) = Session().run("minimize(exp(x) + exp(y), [x, y], subject_to = {x + y >= 2})")
    assert "by convexity, with the multiplier e of 2 - x - y" in found.notes


@pytest.mark.parametrize(
    "question, value, places",
    [
        ("minimize(sin(x)/x, x)", -0.217233628211222, [-4.49340945790906, 4.49340945790906]),
        ("minimize(exp(-x^2)*cos(3*x), x)", -0.404388878048389, [-0.871717501826525, 0.871717501826525]),
        ("minimize(x^2 + 10*sin(x), x)", -7.94582337561528, [-1.30644000836951]),
        ("minimize(sin(x)/(1 + x^2), x)", -0.43741415827901, [-0.79801699184237]),
        ("maximize(cos(x)/(1 + x^2), x)", 1, [0]),
    ],
)
def test_waves_that_fall_away_have_their_least_value_on_a_bounded_part(question: str, value: float, places: list[float]) -> None:
    (found,) = Session().run(question)
    least, where = found.answer.args
    assert float(floats(least, [{}])[0]) == pytest.approx(value)
    assert np.ravel([floats(t, [{}])[0] for t in (where.args if hasattr(where, "args") else [where])]) == pytest.approx(places)
    assert found.check is not None and found.check.agrees


@pytest.mark.parametrize(
    "question, answer",
    [
        ("maximize(sin(x)/x, x)", '"not attained"'),
        ("minimize(sin(x)/x^2, x)", '"not bounded"'),
        ("minimize((2 - cos(x))/x^2, x)", None),
    ],
)
def test_waves_without_a_least_value_or_proof(question: str, answer: str | None) -> None:
    (found,) = Session().run(question)
    assert found.exact == answer and found.judged is None


@pytest.mark.parametrize(
    "question, answer, conditions",
    [
        ("minimize((1 - cos(x))/x^2, x)", "(0, 2*pi*k)", ("k != 0",)),
        ("maximize((cos(x) - 1)/x^2, x)", "(0, 2*pi*k)", ("k != 0",)),
        ("minimize(sin(x)^2/x^2, x)", "(0, pi*k)", ("k != 0",)),
        ("minimize(cosh(x) - cos(x), x)", "(0, 0)", ()),
        ("minimize((1 - cos(x))/(x^2 - 1), x)", '"not bounded"', ()),
    ],
)
def test_the_zeros_of_what_is_nowhere_negative(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    (found,) = Session().run(question)
    assert found.exact == answer and found.conditions == conditions and found.judged is None


@pytest.mark.parametrize(
    "question, answer",
    [
        ("minimize(abs(x) + abs(y), [x, y])", "(0, [0, 0])"),
        ("minimize(max(x, y), [x, y], subject_to = {x^2 + y^2 <= 1})", "(-sqrt(2)/2, [-sqrt(2)/2, -sqrt(2)/2])"),
        ("maximize(min(x, y), [x, y], subject_to = {x + y <= 3})", "(3/2, [3/2, 3/2])"),
        ("minimize(x^2 + y^2 + abs(x + y - 1), [x, y])", "(1/2, [1/2, 1/2])"),
        ("maximize(x + 2*y, [x, y], subject_to = {abs(x) + abs(y) <= 1})", "(2, [0, 1])"),
        ("minimize(x - abs(y), [x, y])", '"not bounded"'),
        ("minimize(x^2 + y^2, [x, y], subject_to = {abs(x) + abs(y) <= -2})", '"no point satisfies the constraints"'),
    ],
)
def test_every_branch_of_an_absolute_value_is_a_region(question: str, answer: str | None) -> None:
    (found,) = Session().run(question)
    assert found.exact == answer and found.judged is None


def test_a_better_value_than_one_that_was_not_shown_to_be_global_is_no_contradiction() -> None:
    (found,) = Session().run("minimize(z^2 + exp(z), [x, y, z], subject_to = {x^2 + y^2 + z^2 == 1})")
    assert found.exact is None and found.judged is None
    assert found.notes == ("no closed form found: what was found is not the global minimum (SciPy reaches 0.8271840261)",)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("minimize(x^2 + y^2, [x, y]) given x + y == 1", "(1/2, [1/2, 1/2])"),
        ("minimize(x^2 + y^2, [x, y], {x >= 2}) given x + y >= 1, y >= 3", "(13, [2, 3])"),
        ("maximize(x*(1 - x), x = 0..1) given x <= 1/4", "(3/16, 1/4)"),
        ("minimize(x^2, x = 2..2)", "(4, 2)"),
        ("maximize(x*(1 - x), x) given x == 2", "(-2, 2)"),
    ],
)
def test_conditions_on_the_variables_are_constraints(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert found.exact == answer
    assert found.check is not None and found.check.agrees


def test_a_condition_with_a_parameter_is_a_constraint() -> None:
    found = Session().run("minimize(x^2 + a*x, x) given x >= a")[-1]
    assert found.exact == "{(2*a^2, a) if a >= 0; (-a^2/4, -a/2) otherwise}"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("maximize(2*sin(x) + cos(x), x = 0..pi/2)", "(sqrt(5), atan(2))"),
        ("maximize(sin(x) + cos(2*x), x = 0..pi)", "(9/8, {asin(1/4), pi - asin(1/4)})"),
    ],
)
def test_waves_on_an_interval_are_answered_with_proof(question: str, answer: str) -> None:
    (found,) = Session().run(question)
    assert found.exact == answer and found.notes == ()
