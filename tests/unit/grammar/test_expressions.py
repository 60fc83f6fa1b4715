"""Several spellings, one tree; what binds tighter; what each construct is."""

from __future__ import annotations

import pytest

from twofold.grammar import tree
from twofold.grammar.parse import parse_expression
from twofold.grammar.tree import Binding, Call, Index, Infix, Matrix, Name, Number, Postfix, Prefix, Range
from twofold.grammar.write import write

x, y, A, n, f = (Name(letter) for letter in "xyAnf")
one, two = Number("1"), Number("2")

SPELLINGS = [
    ("alpha", "α"),
    ("Sigma", "Σ"),
    ("x_1", "x₁"),
    ("x_12", "x₁₂"),
    ("x_n", "xₙ"),
    ("theta_hat", "θ̂"),
    ("mu_bar", "μ̄"),
    ("x^2", "x²", "x ^ 2"),
    ("x^-2", "x⁻²", "x^(-2)"),
    ("x^n", "xⁿ"),
    ("2*x", "2·x", "2×x", "2 ⋅ x", "2 ∗ x"),
    ("2 - x", "2 − x"),
    ("x <= y", "x ≤ y", "x<=y"),
    ("x >= y", "x ≥ y"),
    ("x != y", "x ≠ y"),
    ("x ~= 2", "x ≈ 2"),
    ("oo", "∞"),
    ("2pi", "2π", "2 pi", "(2)(pi)"),
    ("sqrt(x)", "√x", "√(x)", "√ x"),
    ("sqrt(x)^2", "√x^2", "√x²", "(√x)^2"),
    ("sqrt(2) x", "√2x", "(√2)x"),
    ("sqrt(x[1])", "√x[1]"),
    ("cbrt(x)", "∛x"),
    ("A'", "Aᵀ", "A′"),
    ("(A')(B + C)", "Aᵀ(B + C)"),
    ("inv(A)", "A⁻¹"),
    ("sum(x[k], k = 1..n)", "∑(x[k], k = 1..n)"),
    ("prod(k, k = 1..n)", "∏(k, k=1 .. n)"),
    ("grad(f(x), x)", "∇(f(x), x)"),
    ("a => b", "a ⇒ b"),
    ("a <=> b", "a ⇔ b"),
    ("x in [0, 1]", "x ∈ [0, 1]"),
    ("f propto[x] g", "f ∝[x] g"),
    ("a and not b or c", "a ∧ ¬b ∨ c"),
    ("x -> x^2", "x ↦ x²", "(x) -> x^2"),
    ("sin(x)^2", "sin^2(x)", "sin²(x)", "(sin(x))^2"),
    ("∂/∂x f(x, y)", "d/dx f(x, y)", "∂ / ∂x f(x, y)"),
    ("d^2/dx^2 f(x)", "d²/dx² f(x)"),
    ("d^2/(dx dy) f(x, y)", "∂²/(∂x ∂y) f(x, y)", "∂²/∂x∂y f(x, y)"),
    ("true", "True"),
    ("false", "False"),
    ("[1, 2; 3, 4]", "[[1, 2], [3, 4]]", "[1, 2;\n 3, 4]"),
    ("f(x)", "f (x)", "f(\n x)", "f(x # the point\n)"),
    ("E[X | Y = y]", "E [ X | Y = y ]"),
    ("x .* y", "x⊙y", "x.*y"),
    ("5! == n", "5!==n"),
]  # fmt: skip


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda row: row[0])
def test_spellings(spellings: tuple[str, ...]) -> None:
    first = parse_expression(spellings[0])
    for other in spellings[1:]:
        assert parse_expression(other) == first


BRACKETS = [
    ("a + b*c", "a + (b*c)"),
    ("a - b - c", "(a - b) - c"),
    ("a/b/c", "(a/b)/c"),
    ("a*b/c", "(a*b)/c"),
    ("a .* b ./ c", "(a .* b) ./ c"),
    ("-x^2", "-(x^2)"),
    ("-2x", "-(2x)"),
    ("-a*b", "(-a)*b"),
    ("2^-x", "2^(-x)"),
    ("2^-x^2", "2^(-(x^2))"),
    ("a^b^c", "a^(b^c)"),
    ("2x^2", "2(x^2)"),
    ("x^2 y", "(x^2)(y)"),
    ("2 sin(x) y", "(2 sin(x)) y"),
    ("a*-b c", "a*(-(b c))"),
    ("A x'", "(A)(x')"),
    ("n!^2", "(n!)^2"),
    ("x^n!", "x^(n!)"),
    ("1..n - 1", "1..(n - 1)"),
    ("0 < x == y", "0 < (x) == y"),
    ("a + b < c and d", "((a + b) < c) and d"),
    ("not a == b and c", "(not (a == b)) and c"),
    ("a or b and c", "a or (b and c)"),
    ("a == b => c or d", "(a == b) => (c or d)"),
    ("x in 0..9", "x in (0..9)"),
    ("a -- b", "a - (-b)"),
    ("x -> y -> x + y", "x -> (y -> x + y)"),
    ("2 d/dx f(x)", "2 (d/dx f(x))"),
    ("a + d/dx x^2 + b", "(a + (d/dx (x^2))) + b"),
    ("f(x)(y)", "(f(x))(y)"),
    ("v[i]^2", "(v[i])^2"),
    ("A'[1, 2]", "(A')[1, 2]"),
    ("1/2*x", "(1/2)*x"),
    ("2x/3", "(2x)/3"),
]


@pytest.mark.parametrize(("plain", "bracketed"), BRACKETS)
def test_precedence(plain: str, bracketed: str) -> None:
    assert parse_expression(plain) == parse_expression(bracketed)


TREES = [
    ("1/3", Infix("/", one, Number("3"))),
    ("0.1", Number("0.1")),
    ("2e3", Number("2e3")),
    ("1e-3", Number("1e-3")),
    ("2e", Infix("*", two, Name("e"), True)),
    ("2.*x", Infix(".*", two, x)),
    ("1..n", Range(one, n)),
    ("2im", Infix("*", two, Name("im"), True)),
    ("x", x),
    ('"a # b"', tree.Text("a # b")),
    ("+x", Prefix("+", x)),
    ("n!", Postfix("!", n)),
    ("x(y + 1)", Call(x, (Infix("+", y, one),))),
    ("f''(x)", Call(f, (x,), 2)),
    ("x'(A + y) x", Infix("*", Call(x, (Infix("+", A, y),), 1), x, True)),
    ("f()", Call(f, ())),
    ("f(x, k = 1..n)", Call(f, (x, Binding(Name("k"), Range(one, n))))),
    ("A[1, :]", Index(A, (one, tree.Slice()))),
    ("A[1][2]", Index(Index(A, (one,)), (two,))),
    ("[1, 2]", Matrix(((one, two),), True)),
    ("[1; 2]", Matrix(((one,), (two,)))),
    ("[[1, 2]]", Matrix(((one, two),))),
    ("[([1, 2])]", Matrix(((Matrix(((one, two),), True),),), True)),
    ("[]", Matrix(((),), True)),
    ("(x, y)", tree.Tuple((x, y))),
    ("x in (0, 1]", tree.Relation(("in",), (x, tree.Interval(Number("0"), one, False, True)))),
    ("x in ((0, 1))", tree.Relation(("in",), (x, tree.Tuple((Number("0"), one))))),
    ("x in (y)", tree.Relation(("in",), (x, y))),
    ("x in [1, 2; 2, 1]", tree.Relation(("in",), (x, Matrix(((one, two), (two, one)))))),
    ("{}", tree.Set(())),
    ("{x, y}", tree.Set((x, y))),
    ("{x if x > 0; y otherwise}", tree.Piecewise(((x, tree.Relation((">",), (x, Number("0")))),), y)),
    ("{x == 1}", tree.System((tree.Relation(("==",), (x, one)),))),
    ("0 < x <= 1", tree.Relation(("<", "<="), (Number("0"), x, one))),
    ("f propto[x, y] n", tree.Relation(("propto",), (f, n), (x, y))),
    ("f propto [x, y]", tree.Relation(("propto",), (f, Matrix(((x, y),), True)))),
    ("x -> x", tree.Lambda((x,), x)),
    ("(x, y) -> x", tree.Lambda((x, y), x)),
    ("limit(x, x -> 0)", Call(Name("limit"), (x, tree.Approach(x, Number("0"))))),
    ("limit(x, x -> 0+)", Call(Name("limit"), (x, tree.Approach(x, Number("0"), "+")))),
    ("limit(x, x -> 0-, y)", Call(Name("limit"), (x, tree.Approach(x, Number("0"), "-"), y))),
    ("f(x, x -> 0)", Call(f, (x, tree.Lambda((x,), Number("0"))))),
    ("E[x]", Call(Name("E"), (x,), square=True)),
    ("E[x | y = 1]", Call(Name("E"), (x,), square=True, condition=Binding(y, one))),
    ("P(x | y = 1, n)", Call(Name("P"), (x,), condition=tree.Tuple((Binding(y, one), n)))),
    ("P(x = 1)", Call(Name("P"), (Binding(x, one),))),
    ("P(x + y = 1)", Call(Name("P"), (Binding(Infix("+", x, y), one),))),
    ("d/dx (x)", tree.Leibniz(((x, None),), x)),
    ("d^n/dx^n f(x)", tree.Leibniz(((x, n),), Call(f, (x,)))),
    ("∂³/(∂x ∂y²) f(x)", tree.Leibniz(((x, None), (y, two)), Call(f, (x,)))),
    ("d/dx", Infix("/", Name("d"), Name("dx"))),
    ("d/det(A)", Infix("/", Name("d"), Call(Name("det"), (A,)))),
    ("x where x = 1, y = 2", tree.Where(x, (Binding(x, one), Binding(y, two)))),
    ("(x given y) + 1", Infix("+", tree.Given(x, (y,)), one)),
    ("N(x where x = 1)", Call(Name("N"), (tree.Where(x, (Binding(x, one),)),))),
    ("x where x = 1 given y", tree.Given(tree.Where(x, (Binding(x, one),)), (y,))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TREES, ids=lambda value: value if isinstance(value, str) else "")
def test_trees(text: str, expected: tree.Expr) -> None:
    assert parse_expression(text) == expected
    assert parse_expression(write(expected)) == expected


SPANS = [
    ("1 + (x*y)  - 2", "x*y", ["x*y", "x", "y"]),
    ("f(x) + √(y + 1)", "√(y + 1)", ["√(y + 1)", "√", "y + 1"]),
    ("2 sin²(αx)", "sin²(αx)", ["sin²(αx)", "²", "αx"]),
    ("x₁ + Aᵀ", "Aᵀ", ["Aᵀ", "A"]),
    ("a + (b + c)", "b + c", ["b + c"]),
    ("{x if x > 0; (y) otherwise}", "x > 0", ["x > 0"]),
]


def texts(node: object) -> list[str]:
    found = [node.span.text] if isinstance(node, tree.Located) else []
    for child in tree.children(node):
        found += texts(child)
    return found


@pytest.mark.parametrize(("text", "part", "inside"), SPANS)
def test_spans_are_exact(text: str, part: str, inside: list[str]) -> None:
    node = parse_expression(text)
    assert node.span.text == text
    for expected in [part, *inside]:
        assert expected in texts(node)


def test_a_bracketed_operand_widens_its_operator() -> None:
    node = parse_expression(" (a + b)*(c)")
    assert isinstance(node, Infix)
    assert (node.span.text, node.left.span.text, node.operator_span.text) == ("(a + b)*(c)", "a + b", "*")


def test_an_expression_may_stand_on_several_lines() -> None:
    assert parse_expression("a +\n b\n + c") == parse_expression("a + b + c")


WRITTEN = [
    "1/(2x)",
    "1/2*x",
    "e^(2x)",
    "x^2 y",
    "(x)(y + 1)",
    "2(x + 1)",
    "2 sin(x)",
    "a - (b - c)",
    "a*(-b)",
    "x^(-1)",
    "(a + b)^2",
    "(-x)^2",
    "-(-x)",
    "(x^y)^n",
    "2 e",
    "sin(x)^2",
    "(A B)'",
    "(a given b) + 1",
    "(x -> x^2)(3)",
    "(not a) == b",
    "(a < b) == c",
    "(a => b) => c",
    "x in ((a, b))",
    "[[1, 2]]",
    "(E)[1]",
    "d/(dx(t))",
    "{2{x if x > 0; y otherwise}, 3}",
    "limit(f(x), x -> 0+)",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_brackets_are_written_where_needed_and_nowhere_else(text: str) -> None:
    assert write(parse_expression(text)) == text
