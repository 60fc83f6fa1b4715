"""Claims and derivations: the goals that are made of them, and the verdicts that are joined. The judge is a stand-in."""

import sys
import types

import pytest

from twofold.catalogue.display import show
from twofold.core.evidence import Verdict
from twofold.core.truth import Truth
from twofold.engine.session import Session


@pytest.fixture
def judged(monkeypatch):
    """The goals that were asked for; `answers` maps the text of a goal to its truth, `proved` where none is given."""
    seen = types.SimpleNamespace(goals=[], answers={})

    def judge(goal, context, emit, conditions=True):
        seen.goals.append(goal)
        text = f"{show(goal.left)} {goal.relation} {show(goal.right)}"
        return Verdict(seen.answers.get(text, Truth.PROVED))

    module = types.ModuleType("twofold.engine.judging")
    module.judge = judge
    monkeypatch.setitem(sys.modules, "twofold.engine.judging", module)
    return seen


def run(text):
    return [r.to_dict() for r in Session().run(text)]


def goals(judged, text):
    found = run(text)
    assert all(r["status"] == "ok" for r in found), found
    return [f"{show(g.left)} {g.relation} {show(g.right)}" for g in judged.goals]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + 1 == 1 + x", ["x + 1 == 1 + x"]),
        ("check x < x + 1", ["x < x + 1"]),
        ("0 <= p^2 <= 1", ["0 <= p^2", "p^2 <= 1"]),
        ("x == 2 => x^2 == 4", ["x == 2 => x^2 == 4"]),
        ("x^2 == 4 <== x == 2", ["x == 2 => x^2 == 4"]),
        ("x == 2 and y == 3", ["x == 2 and y == 3 holds true"]),
        ("(x > 0) == (0 < x)", ["x > 0 <=> 0 < x"]),
        ("is_posdef([2]) == true", ["is_posdef([2]) holds true"]),
        ("false <=> is_posdef([2])", ["not is_posdef([2]) holds true"]),
        ("is_posdef([a]) == true", ["is_posdef([a]) <=> true"]),
        ("1/x^2 > 0 <=> true", ["1/x^2 > 0 <=> true"]),
        ("x^2 == y where x = 3", ["3^2 == y"]),
        ("a propto[x] 2a", ["a == 2*a"]),
        ("not (x == x + 1)", ["not x == x + 1 holds true"]),
        ("x in [0, 1]", ["x in [0, 1] holds true"]),
        ("true", ["true holds true"]),
    ],
)
def test_goals(judged, text, expected):
    assert goals(judged, text) == expected


def test_given_and_declarations_are_the_assumptions_of_a_goal(judged):
    goals(judged, "let a : real\nlet b > a\ncheck x*b == b*x given x > 0\ncheck y == y")
    first, second = judged.goals
    assert [show(f) for f in first.assumptions] == ["b > a", "x > 0"]
    assert second.assumptions == ()


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("x == x", "real"),
        ("let z : complex\nz == z", "complex"),
        ("exp(im*x) == cos(x) + im*sin(x)", "complex"),
    ],
)
def test_reading(judged, text, reading):
    goals(judged, text)
    assert judged.goals[0].reading == reading


@pytest.mark.parametrize(
    ("text", "up_to", "variables"),
    [
        ("x + a == x + b up to constant in x", "constant", ["x"]),
        ("x + a == x + b up to constant", "constant", ["x", "a", "b"]),
        ("2x == x up to scale in x", "scale", ["x"]),
        ("2x propto[x] x", "scale", ["x"]),
        ("-x == x up to sign", "sign", []),
        ("integrate(2x, x) == x^2", "constant", ["x"]),
        ("integrate(2x, x) == x^2 + C", "constant", ["x"]),
        ("3*integrate(2x, x) - 1 == 3x^2", "constant", ["x"]),
        ("diff(integrate(2x, x), x) == 2x", "", []),
        ("x + C == x + C", "", []),
    ],
)
def test_up_to(judged, text, up_to, variables):
    run(text)
    (goal,) = judged.goals
    assert (goal.up_to, [s.name for s in goal.variables]) == (up_to, variables)


def test_a_constant_of_integration_is_left_out(judged):
    assert goals(judged, "integrate(2x, x) == x^2 + C") == ["integrate(2*x, x) == x^2"]
    assert run("integrate(2x, x) == x^2 + C")[0]["notes"] == ["read up to constant in x"]
    assert goals(judged, "let C : real\nintegrate(2x, x) == x^2 + C")[-1] == "integrate(2*x, x) == x^2 + C"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("pi ~= 3.14", "1/200"),
        ("pi ~= 3", "1/2"),
        ("1234.4 ~= 1230", "1/2"),
        ("x ~= 0.9998", "1/20000"),
        ("x ~= -0.50", "1/200"),
        ("x ~= 1.2e3", "50"),
        ("x ~= 2*4.65", "1/200"),
        ("x ~= 100/4.65", "1/20"),
        ("[x, y] ~= [1.25, 3.1]", "1/20"),
        ("pi ~= 22/7 within 1/100", "1/100"),
    ],
)
def test_tolerance(judged, text, limit):
    goals(judged, text)
    assert judged.goals[0].relation == "~=" and show(judged.goals[0].tolerance) == limit


def test_undeclared_names_are_said(judged):
    assert run("x^2 >= 0")[0]["assumed"] == ["x real"]
    assert run("sum(k, k = 1..n) == n*(n + 1)/2")[0]["assumed"] == ["n nonnegative integer"]
    assert run("n*(n + 1)/2 == sum(k, k = 1..n)")[0]["assumed"] == ["n nonnegative integer"]
    assert "assumed" not in run("let x : real\nx^2 >= 0")[1]
    assert run("X ~ Normal(0, s)\nY ~ Normal(0, 1)\nVar[X + Y] == s^2 + 1")[-1]["assumed"] == ["s > 0", "X, Y independent"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1, 2] == [1, 2, 3]", "shape-mismatch"),
        ("check x", "wrong-kind"),
        ("x == (y > 0)", "wrong-kind"),
        ("x => y", "wrong-kind"),
        ("x == x given y", "wrong-kind"),
        ("a = 3\nx == x up to constant in a", "not-a-variable"),
        ("sinn(x) == 0", "unknown-function"),
    ],
)
def test_claims_that_cannot_be_read(judged, text, code):
    row = run(text)[-1]
    assert row["status"] == "error" and row["error"]["code"] == code and "verdict" not in row


def test_expect(judged):
    judged.answers["x == 2*x"] = Truth.REFUTED
    found = run("x == 2x\nexpect refuted\nx == x\nexpect refuted\nsinn(x)\nexpect unknown-function\nx == x")
    assert [r.get("expected") for r in found] == [True, False, True, None]


# --- derivations ---------------------------------------------------------------------------------------------------------------


def test_each_step_is_judged_against_the_line_above(judged):
    found = run('derivation "d":\n  x + x\n    == 2x\n    <= 3x given x > 0\nend')
    assert [(r["kind"], r["line"], r["verdict"]) for r in found] == [
        ("step", 3, "proved"),
        ("step", 4, "proved"),
        ("derivation", 1, "proved"),
    ]
    assert [f"{show(g.left)} {g.relation} {show(g.right)}" for g in judged.goals] == ["x + x == 2*x", "2*x <= 3*x"]
    assert judged.goals[0].left.args[0].symbol is judged.goals[1].left.args[1].symbol
    assert judged.goals[0].assumptions == () and [show(f) for f in judged.goals[1].assumptions] == ["x > 0"]
    assert found[-1]["name"] == "d"


def test_a_derivation_is_a_scope(judged):
    found = run("a = 1\nderivation:\n  a = 2\n  a + x\n    == 2 + x\nend\na")
    assert found[-1]["exact"] == "1"
    assert show(judged.goals[0].left) == "2 + x"


def test_the_whole_names_the_first_step_that_fails_and_what_agrees_again(judged):
    judged.answers = {"2*x == 3*x": Truth.REFUTED, "3*x == x + x": Truth.REFUTED}
    found = run("derivation:\n  2x\n    == 3x\n    == x + x\n    == 2x\nend")
    assert [r["verdict"] for r in found] == ["refuted", "refuted", "proved", "refuted"]
    assert "line 4 agrees with line 2 again" in found[1]["notes"]
    assert found[-1]["notes"] == ["step 1 (line 3) does not hold"]
    assert found[-1]["diagnosis"][0]["line"] == 3


def test_the_place_of_a_slip_is_told_before_the_diagnosis_begins(judged):
    judged.answers = {"2*x + y == 3*x + y": Truth.REFUTED}
    told = []
    Session().run("2x + y == 3x + y", emit=told.append)
    before = [row["row"]["diagnosis"] for row in told if row.get("stage") == "diagnosis"]
    assert [found["message"] for (found,) in before] == ["3 stands here where the left side has 2"]


def test_a_step_whose_shapes_do_not_fit_counts_as_wrong_and_the_next_starts_from_the_last_good_line(judged):
    found = run("derivation:\n  let v : vector(3)\n  v + v\n    == 2\n    == 2*v\nend\nexpect refuted")
    assert [r.get("verdict") for r in found] == [None, None, "proved", "refuted"]
    assert found[1]["error"]["code"] == "shape-mismatch" and found[1]["error"]["line"] == 4
    assert show(judged.goals[-1].left) == "v + v"
    assert found[-1]["expected"] is True


def test_a_start_that_cannot_be_read_is_reported_by_the_first_step(judged):
    found = run("derivation:\n  sinn(x)\n    == 2x\n    == x + x\nend")
    assert [(r["kind"], r["line"], r.get("verdict")) for r in found] == [
        ("step", 3, None),
        ("step", 4, "proved"),
        ("derivation", 1, "undecided"),
    ]
    assert found[0]["error"]["line"] == 2


def test_a_chain_that_claims_nothing_is_reported(judged):
    found = run("derivation:\n  2x\n  x + x\n    == 2x\nend")
    assert found[-1]["verdict"] == "proved" and "claims nothing" in found[-1]["diagnosis"][0]["message"]
    assert run("derivation:\n  2x\nend")[-1]["code"] == "no-step"


def test_a_lone_equation_is_a_claim(judged):
    found = run("derivation:\n  x == x\nend")
    assert [r["kind"] for r in found] == ["claim", "derivation"]


def test_expect_inside_a_derivation(judged):
    judged.answers["2*x == 3*x"] = Truth.REFUTED
    found = run("derivation:\n  2x\n    == 3x\n  expect refuted\nend")
    assert found[0]["expected"] is True and found[-1]["verdict"] == "refuted" and found[-1]["expected"] is True


def test_a_constant_of_integration_lives_through_a_chain(judged):
    run("derivation:\n  integrate(2x, x)\n    == x^2 + C\n    == (x + 1)^2 - 2x + C\nend")
    assert [(g.up_to, show(g.left), show(g.right)) for g in judged.goals] == [
        ("constant", "integrate(2*x, x)", "x^2"),
        ("constant", "x^2", "(x + 1)^2 - 2*x"),
    ]


def test_rows_of_a_derivation_come_as_they_are_finished(judged):
    seen = []
    Session().run("derivation:\n  2x\n    == x + x\n    == 2x\nend", emit=lambda row: seen.append(row.get("line")))
    assert [line for line in seen if line] == [3, 4, 1]


def test_assume(judged):
    goals(judged, "assume x > 0\n  sqrt(x^2) == x\nend\nsqrt(x^2) == x")
    assert [[show(f) for f in g.assumptions] for g in judged.goals] == [["x > 0"], []]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["== 2x", "== x + x"], None),
        (["== 2x", "<= 3x", "== x + 2x"], "altogether: line 2 <= line 5"),
        (["<= 2x", "< 3x"], "altogether: line 2 < line 4"),
        (["<= 2x", ">= x"], "the relations do not combine into one between the first line and the last"),
    ],
)
def test_what_a_chain_says_altogether(judged, lines, said):
    found = run("derivation:\n  x\n" + "".join(f"    {line}\n" for line in lines) + "end")
    assert found[-1].get("notes", [None])[-1] == said


def test_the_whole_collects_what_was_taken_for_granted(judged):
    assert run("derivation:\n  x\n    == y\n    == z\nend")[-1]["assumed"] == ["x real", "y real", "z real"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("E[X*Y] == 0", True),
        ("E[X + Y] == 0", False),
        ("E[X]*E[Y] == 0", False),
        ("Var[X + Y] == 2", True),
        ("P(X > Y) == 1/2", True),
        ("Cov[X, X] == 1", False),
    ],
)
def test_independence_is_said_where_it_matters(judged, text, said):
    row = run(f"X ~ Normal(0, 1)\nY ~ Normal(0, 1)\n{text}")[-1]
    assert ("X, Y independent" in row.get("assumed", [])) is said


def test_both_readings_are_said(monkeypatch):
    row = run("let x : real\nlog(x^2) == 2 log(x)")[-1]
    assert row["verdict"] == "proved" and row["conditions"] == ["x > 0"]
    assert "principal branches" in row["notes"][-1]
    row = run("let x : real\n(x^2 - 1)/(x - 1) == x + 1")[-1]
    assert row["conditions"] == ["x != 1"] and "notes" not in row
