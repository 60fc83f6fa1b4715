"""Layouts in two dimensions. The drawing is the expectation."""

from __future__ import annotations

import pytest

from twofold.repl.pretty import pretty
from twofold.repl.style import Style

STYLE = Style(width=40, two_dimensional=True)

DRAWN = {
    "sqrt(pi)": "√π",
    "1/2": "1/2",
    "2*x^2": "2 x²",
    "alpha_1*beta": "α₁·β",
    "(a+b)^2": "(a + b)²",
    "a - (b - c)": "a − (b − c)",
    "-(a+b)": "−(a + b)",
    "x != 1": "x ≠ 1",
    "(-1)^n": "(−1)ⁿ",
    "2*3": "2·3",
    "-2*x": "−2x",
    "abs(x)": "|x|",
    "E[X^2 | Y]": "E[X² | Y]",
    "-x/2": "  x\n−───\n  2",
    "(5+sqrt(33))/2": " 5 + √33\n─────────\n    2",
    "sqrt(x+1)": " ─────\n√x + 1",
    "root(x, 3)": "3 ─\n √x",
    "[1, 2; 3, 4]": "⎡1  2⎤\n⎣3  4⎦",
    "[1, 2]": "⎡1⎤\n⎣2⎦",
    "exp(-x)": " −x\ne",
    "integrate(f(x), x = 0..oo)": "∞\n⌠\n⎮ f(x) dx\n⌡\n0",
    "sum(k, k = 1..n)": "  n\n  ⎲\n  ⎳   k\nk = 1",
    "{x^2 if x > 0; 0 otherwise}": "⎧x²  if x > 0\n⎩0   otherwise",
}


@pytest.mark.parametrize("text", DRAWN)
def test_drawing(text: str):
    assert pretty(text, STYLE) == DRAWN[text]


def test_a_long_sum_is_folded_and_nothing_of_it_is_lost():
    text = " + ".join(f"a_{k}/b" for k in range(1, 10))
    drawn = pretty(text, STYLE)
    assert max(map(len, drawn.split("\n"))) <= 40
    assert all(f"a{'₀₁₂₃₄₅₆₇₈₉'[k]}" in drawn for k in range(1, 10))


def test_a_part_that_is_too_wide_is_left_as_text():
    text = "sin(" + " + ".join("abcdef" for _ in range(9)) + ")"
    assert pretty(text, STYLE) == text


def test_a_large_matrix_is_cut():
    text = "[" + "; ".join(", ".join(str(i * 50 + j) for j in range(50)) for i in range(50)) + "]"
    drawn = pretty(text, Style(width=100, two_dimensional=True))
    assert "⋮" in drawn and "…" in drawn and "2499" in drawn


def test_without_two_dimensions_the_text_stays():
    assert pretty("(5+sqrt(33))/2", Style()) == "(5+sqrt(33))/2"


def test_what_does_not_parse_is_left_alone():
    assert pretty("no closed form :(", STYLE) == "no closed form :("
