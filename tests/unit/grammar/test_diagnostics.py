"""Text that cannot be read: the code, the place that is underlined, a way out, and a page for each code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from twofold.core.diagnostic import Diagnostic, TwofoldError
from twofold.grammar import tree
from twofold.grammar.parse import parse, parse_expression

ROOT = Path(__file__).parents[3]
GRAMMAR = ROOT / "twofold" / "grammar"
PAGES = ROOT / "docs" / "diagnostics"
FENCE = re.compile(r"```two( fails)?\n(.*?)```", re.DOTALL)


def problems(text: str, functions: frozenset[str] = frozenset(["sin", "f"])) -> list[Diagnostic]:
    found: list[Diagnostic] = []

    def collect(items: tuple[tree.Statement, ...]) -> None:
        for item in items:
            if isinstance(item, tree.Broken):
                found.extend(item.diagnostics)
            elif isinstance(item, tree.Derivation | tree.Scope):
                collect(item.items)

    collect(parse(text, "<text>", functions).statements)
    return found


REFUSED = [
    ('derive "chain rule"', "missing-operator", ' "chain rule"', 'derivation "chain rule":'),
    ("|x| + 1", "absolute-value", "|", "abs(x)"),
    ("{x | x > 0}", "absolute-value", "|", ""),
    ("a | b", "absolute-value", "|", ""),
    ("||x||", "absolute-value", "||", "norm(x)"),
    ("d/dx x*y", "ambiguous-derivative", "d/dx x*y", "`d/dx (x*y)` or `(d/dx x)*y`"),
    ("d/dx 2x", "ambiguous-derivative", "d/dx 2x", "`d/dx (2x)` or `(d/dx 2)*x`"),
    ("3 + d/dx f(x) g(x)", "ambiguous-derivative", "d/dx f(x) g(x)", "`d/dx (f(x) g(x))`"),
    ("1/2x", "ambiguous-division", "1/2x", "`1/(2x)` or `(1/2)*x`"),
    ("y + a/b c - 1", "ambiguous-division", "a/b c", "`a/(b c)` or `(a/b)*c`"),
    ("1/2√x", "ambiguous-division", "1/2√x", "`1/(2√x)`"),
    ("1/-2x", "ambiguous-division", "1/-2x", ""),
    ("a ./ 2b", "ambiguous-division", "a ./ 2b", ""),
    ("1/2(x + 1)", "ambiguous-division", "1/2(x + 1)", ""),
    ("e^2x", "ambiguous-exponent", "e^2x", "`e^(2x)` or `e^2*x`"),
    ("e^-2x", "ambiguous-exponent", "e^-2x", "`e^(-2x)` or `e^(-2)*x`"),
    ("p^2(1 - p)", "ambiguous-exponent", "p^2(1 - p)", ""),
    ("A^2'", "ambiguous-exponent", "A^2'", "`(A^2)'`"),
    ("let x = 3", "bad-declaration", "=", "x = 3"),
    ("let x", "bad-declaration", "x", "let x : real"),
    ("let f(x)", "bad-declaration", "f(x)", "let f : function"),
    ("let x : 3", "bad-declaration", "3", ""),
    ("let 1 < 2", "bad-declaration", "1 < 2", ""),
    ("f(2) = 3", "bad-definition", "2", ""),
    ("v[1] = 3", "bad-definition", "v[1]", ""),
    ("(x, 1) -> x", "bad-definition", "(x, 1)", ""),
    ("lim x -> 0", "bad-definition", "lim x", "limit(f, x -> 0)"),
    ("X + 1 ~ Normal(0, 1)", "bad-law", "X + 1", ""),
    ("X, Y ~ Normal(0, 1)", "bad-law", ",", ""),
    ("a => b => c", "chained-arrows", "=>", ""),
    ("d^2/dx f(x)", "derivative-order", "d^2/dx", ""),
    ("sin x", "function-without-bracket", "sin x", "sin(x)"),
    ("2 sin 2x + 1", "function-without-bracket", "sin 2x", "sin(2x)"),
    ("log 2", "function-without-bracket", "log 2", "log(2)"),
    ("∫ x dx", "integral-sign", "∫", "integrate"),
    ("sin^-1(x)", "inverse-function", "sin^-1", "asin"),
    ("sin⁻¹(x)", "inverse-function", "sin⁻¹", "asin"),
    ("sin^(-1)(x)", "inverse-function", "sin^(-1)", "asin"),
    ("derivation:\n x\n + 1\nend", "leading-plus", "+", ""),
    ("f(x]", "mismatched-bracket", "]", "`)`"),
    ("[1, 2)", "mismatched-bracket", ")", "`]`"),
    ("x in (0, 1, 2]", "mismatched-bracket", "]", ""),
    ("x if x > 0", "misplaced-keyword", "if", "{x if"),
    ("for i = 1..n", "misplaced-keyword", "for", ""),
    ("x where x > 0", "misplaced-modifier", "x > 0", "given x > 0"),
    ("f(x, y where y = 2)", "misplaced-modifier", "where", ""),
    ("given x > 0", "misplaced-modifier", "given", ""),
    ('x + 1 by "rule"', "misplaced-modifier", 'by "rule"', ""),
    ("x == y up to constnt", "misplaced-modifier", "up to constnt", ""),
    ("x == y up to sign up to sign", "misplaced-modifier", "up to sign", ""),
    ("== 3", "misplaced-step", "==", ""),
    ("x^2 == 4\n => x == 2", "misplaced-step", "=>", "`derivation:` above"),
    ("derivation:\n y = x^2\n = x*x\nend", "misplaced-step", "=", "definition"),
    ("1 +", "missing-operand", "+", ""),
    ("x + * 2", "missing-operand", "+", ""),
    ("f(, x)", "missing-operand", ",", ""),
    ("()", "missing-operand", "()", ""),
    ("x -> 0+", "missing-operand", "+", ""),
    ("'abc'", "missing-operand", "'", '"…"'),
    ("x 2", "missing-operator", " 2", "x*2"),
    ("10 mod 3", "missing-operator", " 3", "mod(10, 3)"),
    ('check "a" x == y', "missing-operator", " x", ""),
    ("a == b by rule", "missing-quotes", "rule", ""),
    ("include lemmas", "missing-quotes", "lemmas", ""),
    ("{x == 1, 2}", "mixed-braces", "2", ""),
    ("{x if x > 0; y}", "piecewise-branches", "y", "y otherwise"),
    ("{x otherwise; y if y > 0}", "piecewise-branches", "x", ""),
    ("{1 otherwise}", "piecewise-branches", "{1 otherwise}", ""),
    ("[1, 2; 3]", "ragged-matrix", "3", ""),
    ("[[1, 2], [3]]", "ragged-matrix", "3", ""),
    ("given = 3", "reserved-word", "given", ""),
    ("let in : real", "reserved-word", "in", ""),
    ("x + y = 3", "single-equals", "=", "x + y == …"),
    ("solve x^2 = 4", "single-equals", "=", "solve(… == …)"),
    ("x given x = 2", "single-equals", "=", "=="),
    ("f(1 = x)", "single-equals", "1 = x", "1 == x"),
    ("(x = 1)", "single-equals", "=", "=="),
    ("x, y", "syntax", ",", ""),
    (".5 + 1", "syntax", ".5", "0.5"),
    ("x = 2.", "syntax", ".", "2.0"),
    ("x in (0, 1)'", "syntax", "(0, 1)", ""),
    ("1..2..3", "syntax", "..", ""),
    ("derivation\n x\nend", "syntax", "", "derivation"),
    ("derivation:\n x", "unclosed-block", "derivation:", "end"),
    ("assume x > 0\n x", "unclosed-block", "assume x > 0", "end"),
    ("f(x", "unclosed-bracket", "(", ")"),
    ("f(x))", "unclosed-bracket", ")", ""),
    ("{(x}", "unclosed-bracket", "(", ""),
    ('"abc', "unclosed-string", '"abc', ""),
    ("end", "unexpected-end", "end", ""),
    ("x = é", "unknown-character", "é", ""),
    ("x – y", "unknown-character", "–", "`-`"),
    ("a ==> b", "unknown-operator", "==>", "`=>`"),
    ("a <> b", "unknown-operator", "<>", "`!=`"),
    ("a ** b", "unknown-operator", "**", "`^`"),
    ("7 % 2", "unknown-operator", "%", "mod(a, b)"),
    ("a ± b", "unknown-operator", "±", "list"),
    ("x = " + "9" * 5000, "too-long", "9" * 5000, ""),
    ("x\0y", "not-text", "\0", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "place", "help"), REFUSED, ids=[row[0][:40].replace("\0", "NUL") for row in REFUSED])
def test_refusals(text: str, code: str, place: str, help: str) -> None:
    found = problems(text)
    assert [problem.code for problem in found] == [code]
    problem = found[0]
    assert problem.span.text == place
    assert help in problem.help
    assert problem.help
    assert "\n" not in problem.headline


def test_both_readings_that_are_offered_can_be_read() -> None:
    for text, code, _, _ in REFUSED:
        if code.startswith("ambiguous"):
            for reading in re.findall(r"`([^`]+)`", problems(text)[0].help):
                parse_expression(reading)


@pytest.mark.parametrize(
    "text",
    [
        "x^2 y",
        "x² y",
        "x²(y + 1)",
        "1/2*x",
        "a/(b c)",
        "2x/3",
        "d/dx (x) * y",
        "d/dx x + y",
        "sin(2)^-1",
        "f^(-1)",
        "x[1](y)",
        "n!(k)",
    ],
)
def test_what_is_not_ambiguous_is_read(text: str) -> None:
    assert problems(text) == []


def test_without_known_functions_a_bare_function_is_left_to_the_resolver() -> None:
    assert problems("sin x", frozenset()) == []


def codes() -> set[str]:
    """The codes that the sources of the grammar name, in calls and in tables of refusals."""
    call = re.compile(
        r'(?:fail|ambiguous|too_deep|_bad)\(\s*"([a-z]+(?:-[a-z]+)*)"|\(\s*"([a-z]+(?:-[a-z]+)+)",\s+[f"`]|return "([a-z-]+)", '
    )
    found = {code for path in GRAMMAR.glob("*.py") for row in call.findall(path.read_text("utf-8")) for code in row if code}
    return found | {"syntax"}


def test_every_code_has_a_page() -> None:
    tested = {row[1] for row in REFUSED}
    assert codes() - {path.stem for path in PAGES.glob("*.md")} == set()
    assert codes() - tested <= {"too-deep"}


@pytest.mark.parametrize("code", sorted(codes()))
def test_the_examples_of_a_page_fail_and_are_read(code: str) -> None:
    for fails, text in FENCE.findall((PAGES / f"{code}.md").read_text("utf-8")):
        assert {problem.code for problem in problems(text)} == ({code} if fails else set())


def test_an_expression_alone_raises() -> None:
    for text, code in (
        ("x +", "missing-operand"),
        ("", "missing-operand"),
        ("x = 3", "syntax"),
        ("check x", "syntax"),
        ("(", "unclosed-bracket"),
        ("x; y", "syntax"),
    ):
        with pytest.raises(TwofoldError) as caught:
            parse_expression(text)
        assert caught.value.diagnostic.code == code
