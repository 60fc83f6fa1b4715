"""Canonical layout and the colours of tokens."""

from __future__ import annotations

import pytest

from twofold.grammar.colour import tokens
from twofold.grammar.format import fmt
from twofold.grammar.parse import parse

ROWS = [
    ("x=1+2*y", "x = 1 + 2*y"),
    ("p * (1-p)<=1/4   given 0<=p<=1", "p*(1 - p) <= 1/4 given 0 <= p <= 1"),
    ("-x ^ 2 - - y", "-x^2 - -y"),
    ("f ( x ,k=1 .. n )", "f(x, k = 1..n)"),
    ("f '' (x)", "f''(x)"),
    ("sin ^ 2 (x)", "sin^2(x)"),
    ("A' * x '", "A'*x'"),
    ("A x+2x +2 (y)", "A x + 2x + 2 (y)"),
    ("(a)(b)", "(a)(b)"),
    ("v [ i ]", "v[i]"),
    ("A[ 1 , : ]+A[:,2]", "A[1, :] + A[:, 2]"),
    ("let x,y:real", "let x, y : real"),
    ('check"n":x==y', 'check "n": x == y'),
    ("x->x ^2", "x -> x^2"),
    ("limit(f,x->0 +)", "limit(f, x -> 0+)"),
    ("a.*b", "a .* b"),
    ("x≤α·β", "x ≤ α·β"),
    ("√ x+Aᵀ", "√x + Aᵀ"),
    ("x∈[0,1]", "x ∈ [0, 1]"),
    ("f propto[x,t]g", "f propto[x, t] g"),
    ("E[X|Y=y]", "E[X | Y = y]"),
    ("d ^ 2 / dx ^ 2   f(x)", "d^2/dx^2 f(x)"),
    ("not(a)and(b)", "not (a) and (b)"),
    ("{x if x>0;-x otherwise}", "{x if x > 0; -x otherwise}"),
    ("x == y up   to constant in x,t", "x == y up to constant in x, t"),
    ("K|theta~f(theta)", "K | theta ~ f(theta)"),
    ("expect  unknown-name", "expect unknown-name"),
    ("a=3 ;b=4;", "a = 3; b = 4;"),
    ("x**2  # as it was", "x**2  # as it was"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_spaces(text: str, expected: str) -> None:
    assert fmt(text) == expected + "\n"


TEXT = """
# head



derivation "x":   # what
# inner
x^2   +1 # start
 = (x+1)^2 - 2x  by "a"
   given x>0

   # before end
 end   # done
M=[1,2;# one
  # two
 3,4]
x = sum(
  k, # first
  k=1..n
  )
f( x  + @
assume x>0
derivation:
x
==x
end
end
y = 2 +   # go
   3"""

LAID_OUT = """# head

derivation "x":  # what
  # inner
  x^2 + 1  # start
    == (x + 1)^2 - 2x by "a"
      given x > 0

  # before end
end  # done
M = [1, 2;  # one
     # two
     3, 4]
x = sum(
  k,  # first
  k = 1..n
)
f( x  + @
assume x > 0
  derivation:
    x
      == x
  end
end
y = 2 +  # go
  3
"""


def test_lines_and_comments() -> None:
    assert fmt(TEXT) == LAID_OUT
    assert fmt(LAID_OUT) == LAID_OUT
    assert len(parse(LAID_OUT).statements) == len(parse(TEXT).statements)


def test_nothing_stays_nothing() -> None:
    assert fmt("") == fmt("\n \n") == ""


def test_colours() -> None:
    text = 'let x₁ : real # c\ncheck "n": sin(x₁)^2 <= f\'(2.5) and y[1] up to constant\nset digits = 3; é'
    found = [(text[start:end], kind) for start, end, kind in tokens(text)]
    expected = {
        "let": "keyword",
        "x₁": "name",
        "real": "name",
        "# c": "comment",
        '"n"': "string",
        "sin": "function",
        "f": "function",
        "2.5": "number",
        "<=": "relation",
        "and": "keyword",
        "^": "operator",
        "[": "bracket",
        "up": "keyword",
        "to": "keyword",
        "set": "keyword",
        "digits": "name",
        "=": "relation",
        "é": "error",
    }
    for piece, kind in expected.items():
        assert (piece, kind) in found, piece
    positions = [start for start, _, _ in tokens(text)]
    assert positions == sorted(positions)


def test_signs_are_not_keywords() -> None:
    assert [kind for _, _, kind in tokens("a ∧ b ∝ c in d ∈ f")] == [
        "name", "operator", "name", "relation", "name", "keyword", "name", "operator", "name",
    ]  # fmt: skip
