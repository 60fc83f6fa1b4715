"""What a person reads."""

from __future__ import annotations

from typing import Any

import pytest

from twofold.repl.report import Report
from twofold.repl.report_answer import check_text
from twofold.repl.style import Style, style_of

LOSS = """\
derivation:
  let y, w, x : real
  diff(log(1 + exp(-y*w*x)), w)
    == -y*x*exp(-y*w*x) / (1 + exp(-y*w*x))
    == -y*x / (1 + exp(-y*w*x))
end
"""


def row(kind: str, line: int, column: int, source: str, **more: Any) -> dict[str, Any]:
    made = {"schema": 1, "file": "loss.two", "line": line, "column": column, "source": source, "kind": kind, "status": "ok"}
    return made | {"seconds": 0.1} | more


def report(text: str = LOSS, **style: Any) -> Report:
    made = Report(Style(**style))
    made.know("loss.two", text)
    return made


def test_a_refuted_step():
    made = report()
    made.render(row("step", 4, 5, "== -y*x*exp(-y*w*x) / (1 + exp(-y*w*x))", verdict="proved"))
    witness = {"values": {"y": "1", "w": "1", "x": "1"}, "left": "-0.2689…", "right": "-0.7310…", "certified": True}
    repair = {"kind": "repair", "message": "this would hold with exp(y*w*x)", "line": 5, "column": 20, "length": 11}
    said = {"verdict": "refuted", "counterexample": witness, "diagnosis": [repair]}
    shown = made.render(row("step", 5, 5, "== -y*x / (1 + exp(-y*w*x))", **said))
    assert shown == "\n".join(
        [
            "refuted: step 2 does not follow from step 1",
            "  --> loss.two:5:20",
            "   |",
            " 4 |     == -y*x*exp(-y*w*x) / (1 + exp(-y*w*x))",
            " 5 |     == -y*x / (1 + exp(-y*w*x))",
            "   |                    ^^^^^^^^^^^ this would hold with exp(y*w*x)",
            "   = at y = 1, w = 1, x = 1: left = -0.2689…, right = -0.7310…  (certified)",
        ]
    )


def test_steps_are_counted_anew_in_each_derivation():
    made = report()
    for _ in range(2):
        shown = made.render(row("step", 4, 5, "== 1", verdict="refuted"))
        assert shown.startswith("refuted: step 1 does not follow from the line above it")
        made.render(row("derivation", 1, 1, "derivation:", verdict="refuted"))


def test_an_error_shows_its_place_and_what_to_do():
    error = {
        "code": "unknown-name",
        "message": "there is no `dif`",
        "line": 3,
        "column": 3,
        "length": 4,
        "help": "did you mean `diff`?",
    }
    shown = report().render(row("question", 3, 3, "diff", status="error", error=error))
    assert shown.split("\n") == [
        "error[unknown-name]: there is no `dif`",
        "  --> loss.two:3:3",
        "   |",
        " 3 |   diff(log(1 + exp(-y*w*x)), w)",
        "   |   ^^^^",
        "   = help: did you mean `diff`?",
    ]


def test_the_trace_of_an_internal_error_is_not_shown():
    error = {
        "code": "internal-error",
        "message": "internal error",
        "line": 1,
        "column": 1,
        "length": 1,
        "help": "",
        "notes": ["Traceback"],
    }
    assert "Traceback" not in report().render(row("question", 1, 1, "x", status="error", error=error))


def test_an_answer():
    check = {"method": "floats", "agrees": True, "digits": 15, "independent_of": ""}
    shown = report().render(row("question", 3, 3, "1/3 + 1/6", exact="1/2", numeric="0.5", check=check))
    assert [line.strip() for line in shown.split("\n")] == ["3 | 1/3 + 1/6", "1/2", "≈ 0.5   checked: floats agree to 15 digits"]


@pytest.mark.parametrize(
    ("method", "digits", "said"),
    [
        ("quadrature", 30, "checked: quadrature agrees to 30 digits"),
        ("numeric derivatives", 15, "checked: numeric derivatives agree to 15 digits"),
        ("SciPy from several starts", 9, "checked: SciPy from several starts agrees to 9 digits"),
        ("values at random points", None, "checked: values at random points agree"),
        ("approached", 12, "checked: approached, to 12 digits"),
        ("approached", None, "checked: approached"),
        ("differentiated back at 7 points, quadrature over 2 intervals", 14,
         "checked: differentiated back at 7 points, quadrature over 2 intervals, to 14 digits"),
    ],
)  # fmt: skip
def test_how_an_answer_was_checked(method, digits, said):
    assert check_text({"method": method, "agrees": True, "digits": digits}) == said


def test_the_conditions_of_an_answer():
    shown = report().render(
        row("question", 3, 3, "integrate(x^n, x)", exact="x^(n + 1)/(n + 1)", conditions=["n + 1 != 0", "x > 0"])
    )
    assert shown.split("\n")[-1].strip() == "where n + 1 != 0 and x > 0"


def test_a_hidden_answer_and_a_definition_say_nothing():
    assert report().render(row("question", 3, 3, "x", exact="1", hidden=True)) == ""
    assert report().render(row("definition", 3, 3, "a = 3")) == ""


def test_a_conditional_says_what_to_write():
    shown = report("sqrt(x^2) == x").render(row("claim", 1, 1, "sqrt(x^2) == x", verdict="conditional", conditions=["x >= 0"]))
    assert "needs x >= 0" in shown and "help: add `given x >= 0`" in shown


@pytest.mark.parametrize("expected, words", [(True, "as expected"), (False, "not as expected")])
def test_expectations(expected: bool, words: str):
    shown = report().render(row("claim", 1, 1, "x == 1", verdict="refuted", expected=expected))
    assert shown.split("\n")[-1].strip() == words


def test_long_lines_are_cut_around_the_place():
    text = "1 + " * 500 + "y"
    error = {"code": "unknown-name", "message": "no y", "line": 1, "column": 2001, "length": 1, "help": ""}
    shown = report(text).render(row("question", 1, 1, text, status="error", error=error))
    lines = shown.split("\n")
    assert max(map(len, lines)) < 200
    assert lines[3][lines[4].index("^")] == "y"


class Stream:
    encoding = "utf-8"

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    "terminal, when, environment, colour",
    [
        (True, "auto", {"TERM": "xterm"}, True),
        (True, "auto", {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, "auto", {"TERM": "dumb"}, False),
        (False, "auto", {"TERM": "xterm"}, False),
        (False, "always", {}, True),
        (True, "never", {"TERM": "xterm"}, False),
    ],
)
def test_colours(terminal: bool, when: str, environment: dict[str, str], colour: bool):
    style = style_of(Stream(terminal), when, environment)  # type: ignore[arg-type]
    assert style.colour is colour
    assert style.two_dimensional is (terminal and colour)
