"""One statement that cannot be read leaves the others alone; no input takes long or runs out of stack."""

from __future__ import annotations

import random

import pytest

from twofold.grammar import tree
from twofold.grammar.climb import DEEPEST
from twofold.grammar.format import fmt
from twofold.grammar.lines import DEEPEST_BRACKETS, is_complete
from twofold.grammar.parse import parse
from twofold.grammar.tree import Broken, Chain, Claim, Definition, Derivation, Question, Step
from twofold.grammar.write import write


def kinds(text: str) -> list[type]:
    return [type(statement) for statement in parse(text).statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1 +\nlet y : real\ny", [Broken, tree.Declaration, Question]),
        ("x = (1 + 2\ny = 3\nz", [Broken, Definition, Question]),
        ("f(x))\ny = 3", [Broken, Definition]),
        ('x = "abc\ny = 3', [Broken, Definition]),
        ("x = é; y = 3", [Broken, Definition]),
        ("x = f(1,\n  2 2,\n  3)\ny", [Broken, Question]),
        ("x ** 2\ny == y\nz @ 2", [Broken, Claim, Broken]),
        ("f({x, y)\ng(2)\ncheck 1 == 1", [Broken, Question, Claim]),
        ("end\nx", [Broken, Question]),
    ],
)
def test_statements_recover(text: str, expected: list[type]) -> None:
    assert kinds(text) == expected


def inside(text: str) -> tuple[tree.Statement, ...]:
    (derivation,) = parse(f"derivation:\n{text}\nend").statements
    assert isinstance(derivation, Derivation)
    return derivation.items


def test_a_step_that_cannot_be_read_leaves_the_other_steps() -> None:
    first, broken, last = inside("a\n == b\n == c c 2\n == d\n == f")
    assert isinstance(first, Chain) and len(first.steps) == 1
    assert isinstance(broken, Broken) and broken.span.text == "== c c 2"
    assert isinstance(last, Chain) and write(last) == "d\n  == f"


def test_a_start_that_cannot_be_read_leaves_the_steps() -> None:
    broken, chain = inside("a a 2\n == b\n == c")
    assert isinstance(broken, Broken)
    assert isinstance(chain, Chain) and write(chain) == "b\n  == c"


def test_a_missing_end_is_reported_and_everything_else_read() -> None:
    first, second = parse('derivation "one":\n a\n == b\nderivation "two":\n a\n == c\nend').statements
    assert isinstance(first, Derivation) and isinstance(first.items[0], Chain) and isinstance(first.items[1], Broken)
    assert isinstance(second, Derivation) and len(second.items) == 1


def test_a_header_that_cannot_be_read_still_opens_its_block() -> None:
    (derivation,) = parse("derivation one:\n a\n == b\nend").statements
    assert isinstance(derivation, Derivation)
    assert [type(item) for item in derivation.items] == [Broken, Chain]


def test_all_mistakes_of_a_file_come_out_at_once() -> None:
    text = "x y 2\nx = 1\n1/2x\nderivation:\n x\n == |x|\nend\nlet z"
    found = [statement for statement in parse(text).statements if isinstance(statement, Broken)]
    assert [statement.span.line for statement in found] == [1, 3, 8]


DEEP = {
    "brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "open brackets": "[" * 10_000,
    "braces": "{" * 300 + "}" * 300,
    "sum": "+".join(["x"] * 5_000),
    "product": "x " * 5_000,
    "powers": "^".join(["x"] * 5_000),
    "signs": "-" * 5_000 + "x",
    "negations": "not " * 5_000 + "x",
    "primes": "x" + "'" * 5_000,
    "indices": "x" + "[1]" * 5_000,
    "roots": "√" * 5_000 + "x",
    "functions": "x -> " * 5_000 + "x",
    "substitutions": "x" + " where x = 1" * 5_000,
    "derivatives": "d/dx " * 5_000 + "x",
    "or": " or ".join(["x"] * 5_000),
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_text_is_one_diagnostic(name: str) -> None:
    text = DEEP[name] + "\ny = 2"
    broken, definition = parse(text).statements
    assert isinstance(broken, Broken) and isinstance(definition, Definition)
    assert [problem.code for problem in broken.diagnostics] == ["too-deep"]
    fmt(text)
    is_complete(text)


def test_what_is_not_too_deep_is_read_and_written() -> None:
    for text in (
        "f(" * DEEPEST_BRACKETS + "x" + ")" * DEEPEST_BRACKETS,
        " + ".join(["x"] * (DEEPEST - 1)),
        " and ".join(["x"] * (DEEPEST - 1)),
        "^".join(["x"] * 80),
        "[" + ", ".join(["1"] * 5_000) + "]",
    ):
        (statement,) = parse(text).statements
        assert not isinstance(statement, Broken)
        assert parse(write(statement)).statements == (statement,)


def test_deep_blocks() -> None:
    found = parse("assume x > 0\n" * 5_000 + "x")
    assert len(found.statements) == 1
    write(found)


def test_a_line_of_ten_megabytes_is_one_diagnostic() -> None:
    first, second = parse("x = " + "1 + " * 2_500_000 + "1\ny = 2").statements
    assert isinstance(first, Broken) and [problem.code for problem in first.diagnostics] == ["too-long"]
    assert isinstance(second, Definition)


def test_rubbish_is_one_diagnostic() -> None:
    rubbish = random.Random(1).randbytes(100_000)
    for text in (rubbish.decode("latin-1"), rubbish.decode("utf-8", "replace").replace("\0", "")):
        (statement,) = parse(text).statements
        assert isinstance(statement, Broken)
        assert [problem.code for problem in statement.diagnostics] == ["not-text"]
        assert fmt(text) == text


def test_many_mistakes_in_one_statement_are_cut() -> None:
    (statement,) = parse("x " + " ".join("éèêëàâäîïôöùûüÿç")).statements
    assert isinstance(statement, Broken)
    assert 1 < len(statement.diagnostics) <= 5


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("x", True),
        ("", True),
        ("f(x", False),
        ("[1, 2;", False),
        ("x +", False),
        ("x ==", False),
        ("x,", False),
        ("x given", False),
        ("derivation:", False),
        ("derivation:\n x\n == y", False),
        ("derivation:\n x\n == y\nend", True),
        ("assume x > 0\nderivation:\nx\nend", False),
        ("end", True),
        ("f(x))", True),
        ('"abc', True),
        ("x # (", True),
        ("(x\nlet y : real", True),
        ("x!", True),
    ],
)
def test_is_complete(text: str, complete: bool) -> None:
    assert is_complete(text) is complete


def test_steps_carry_on_after_an_expectation() -> None:
    (chain,) = inside("a\n == b\n expect refuted\n == c")
    assert isinstance(chain, Chain)
    assert [isinstance(step, Step) and step.expect is not None for step in chain.steps] == [True, False]


def test_a_chain_outside_of_a_derivation_is_refused_as_a_whole():
    items = parse("a = 1\nx^2 == 4\n => x == 2\n => x > 0\na + 1\n== 3").statements
    assert [type(item).__name__ for item in items] == ["Definition", "Broken", "Broken"]
    assert [item.span.text for item in items[1:]] == ["x^2 == 4\n => x == 2\n => x > 0", "a + 1\n== 3"]
    assert [d.code for item in items[1:] for d in item.diagnostics] == ["misplaced-step", "misplaced-step"]
