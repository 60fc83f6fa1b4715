"""Statements, derivations and scopes."""

from __future__ import annotations

from typing import Any

import pytest

from twofold.grammar import tree
from twofold.grammar.parse import parse, parse_expression
from twofold.grammar.tree import (
    Binding,
    Call,
    Chain,
    Claim,
    Declared,
    Definition,
    Derivation,
    Distributed,
    Expect,
    Modifiers,
    Name,
    Number,
    Question,
    Range,
    Relation,
    Scope,
    Step,
    UpTo,
)
from twofold.grammar.write import write

e = parse_expression
x, y, n = Name("x"), Name("y"), Name("n")
real = Name("real")


def only(text: str) -> Any:
    statements = parse(text).statements
    assert len(statements) == 1
    return statements[0]


LETS = [
    ("x, y : real", [Declared((x, y), real)]),
    ("x, y > 0", [Declared((x, y), None, (), (e("x > 0"), e("y > 0")))]),
    ("x > 0, y > 0", [Declared((x,), None, (), (e("x > 0"),)), Declared((y,), None, (), (e("y > 0"),))]),
    ("n : positive integer", [Declared((n,), Name("integer"), (Name("positive"),))]),
    ("n : integer, positive", [Declared((n,), Name("integer"), (Name("positive"),))]),
    ("n : size", [Declared((n,), Name("size"))]),
    ("n : integer in 0..9", [Declared((n,), Name("integer"), (), (e("n in 0..9"),))]),
    ("0 < x < 1", [Declared((x,), None, (), (e("0 < x < 1"),))]),
    ("x in (0, 1]", [Declared((x,), None, (), (e("x in (0, 1]"),))]),
    ("x : vector(n)", [Declared((x,), e("vector(n)"))]),
    ("x : matrix(n, n), symmetric", [Declared((x,), e("matrix(n, n)"), (Name("symmetric"),))]),
    (
        "x : matrix(n, n), symmetric, posdef, y : real",
        [Declared((x,), e("matrix(n, n)"), (Name("symmetric"), Name("posdef"))), Declared((y,), real)],
    ),
    ("x : vector(4), integer", [Declared((x,), e("vector(4)"), (Name("integer"),))]),
        ("x : vector(4), positive integer", [Declared((x,), e("vector(4)"), (Name("positive"), Name("integer")))]),
    ("x : vector(4), odd", [Declared((x,), e("vector(4)"), (Name("odd"),))]),
    ("x : real, y, n : integer", [Declared((x,), real), Declared((y, n), Name("integer"))]),
    ("x : function", [Declared((x,), Name("function"))]),
    ("x : positive", [Declared((x,), None, (Name("positive"),))]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "items"), LETS)
def test_declarations(text: str, items: list[Declared]) -> None:
    node = tree.Declaration(tuple(items))
    assert only("let " + text) == node
    assert only(write(node)) == node


STATEMENTS = [
    ("f(x, y) = x^2", Definition(Name("f"), (x, y), e("x^2"))),
    ("x = 3;", Definition(x, None, Number("3"), True)),
    ("f() = 3", Definition(Name("f"), (), Number("3"))),
    ("f = x -> x", Definition(Name("f"), None, e("x -> x"))),
    ("x = y where y = 2", Definition(x, None, e("y where y = 2"))),
    ("x ~ Normal(0, 1)", Distributed(x, e("Normal(0, 1)"))),
    ("x | y, n ~ f(y)", Distributed(x, e("f(y)"), (y, n))),
    ("x[1..n] ~ f(y)", Distributed(x, e("f(y)"), (), None, Range(Number("1"), n))),
    ("x[i] ~ f(y) for i = 1..n", Distributed(x, e("f(y)"), (), Name("i"), Range(Number("1"), n))),
    ("x[i] | y ~ f(y) for i = 1..n", Distributed(x, e("f(y)"), (y,), Name("i"), Range(Number("1"), n))),
    ('x = f("a", k = "b")', Definition(x, None, Call(Name("f"), (tree.Text("a"), Binding(Name("k"), tree.Text("b")))))),
    ("mle(x)", Question(e("mle(x)"))),
    ("x given y > 0", Question(e("x given y > 0"))),
    ("x == y", Claim(e("x == y"))),
    ("(x == y)", Claim(e("x == y"))),
    ("True", Claim(Name("true"))),
    ("not x == y", Claim(e("not x == y"))),
    ('check "name": x == y', Claim(e("x == y"), name="name")),
    ("check f(x)", Claim(e("f(x)"))),
    ("x == y given x > 0, y > 0", Claim(e("x == y"), Modifiers(given=(e("x > 0"), e("y > 0"))))),
    ("x == y up to constant in x, y", Claim(e("x == y"), Modifiers(up_to=UpTo("constant", (x, y))))),
    ("x == y up to sign given x > 0", Claim(e("x == y"), Modifiers(up_to=UpTo("sign"), given=(e("x > 0"),)))),
    ("x ~= 1.2 within 1e-6", Claim(e("x ~= 1.2"), Modifiers(within=Number("1e-6")))),
    ('x == y by "rule"', Claim(e("x == y"), Modifiers(by="rule"))),
    ("x == y where x = 2", Claim(tree.Where(e("x == y"), (Binding(x, Number("2")),)))),
    ("x == y given n where x = 2", Claim(tree.Where(tree.Given(e("x == y"), (n,)), (Binding(x, Number("2")),)))),
    ("x == 1 <=> y == 1", Claim(e("x == 1 <=> y == 1"))),
    ("expect unknown-name", Expect("unknown-name")),
    ("set digits = 30", tree.Setting("digits", Number("30"))),
    ("set layout = denominator;", tree.Setting("layout", Name("denominator"), True)),
    ("set symmetric", tree.Setting("symmetric", None)),
    ('include "lemmas.two"', tree.Include("lemmas.two")),
    ("set = 3", Definition(Name("set"), None, Number("3"))),
    ("expect(x)", Question(e("expect(x)"))),
    ("up = to", Definition(Name("up"), None, Name("to"))),
    ("gamma = beta", Definition(Name("gamma"), None, Name("beta"))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATEMENTS, ids=lambda value: value if isinstance(value, str) else "")
def test_statements(text: str, expected: tree.Statement) -> None:
    assert only(text) == expected
    assert only(write(expected)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x = 1; y = 2", 2),
        ("x\n\n# nothing\ny", 2),
        ("x = 1 +\n 2", 1),
        ("f(x,\n y)", 1),
        ("x = [1, 2;\n 3, 4]", 1),
        ("x ==\n y", 1),
        ("x = 1 # +\ny", 2),
        (";;", 0),
        ("\ufeffx\r\ny\r\n", 2),
    ],
)
def test_where_statements_end(text: str, count: int) -> None:
    statements = parse(text).statements
    assert len(statements) == count
    assert not any(isinstance(s, tree.Broken) for s in statements)


DERIVATION = """derivation "loss":
  let y : real
  s(z) = z^2
  check 1 == 1
  f(x)
    == g(x)   by "rule"
       given x > 0

    # a remark
    =  h(x) up to constant in x
  -x
    <= y
    expect refuted
    < n
end"""


def test_a_derivation() -> None:
    first = Chain(
        e("f(x)"),
        (
            Step("==", e("g(x)"), Modifiers(by="rule", given=(e("x > 0"),))),
            Step("==", e("h(x)"), Modifiers(up_to=UpTo("constant", (x,)))),
        ),
    )
    second = Chain(e("-x"), (Step("<=", y, expect=Expect("refuted")), Step("<", n)))
    items = (
        tree.Declaration((Declared((y,), real),)),
        Definition(Name("s"), (Name("z"),), e("z^2")),
        Claim(e("1 == 1")),
        first,
        second,
    )
    node = only(DERIVATION)
    assert node == Derivation("loss", items)
    assert node.span.text == DERIVATION
    assert node.items[3].steps[1].span.text == "=  h(x) up to constant in x"
    assert node.items[3].steps[1].relation_span.text == "="
    assert only(write(node)) == node


CHAINS = [
    ("x^2 == 3x\n<=> x == 3", Chain(e("x^2 == 3x"), (Step("<=>", e("x == 3")),))),
    ("x == y\n== n", Chain(x, (Step("==", y), Step("==", n)))),
    ('x == y by "a"\n== n', Chain(x, (Step("==", y, Modifiers(by="a")), Step("==", n)))),
    ("(x == y)\n== n", Chain(e("x == y"), (Step("==", n),))),
    ("x\n== y == n given y", Chain(x, (Step("==", y), Step("==", n, Modifiers(given=(y,)))))),
    ("x == 1 <=> y == 1", Chain(e("x == 1"), (Step("<=>", e("y == 1")),))),
    ("x == 1\n=> y == 1\nor n == 1", Chain(e("x == 1"), (Step("=>", e("y == 1 or n == 1")),))),
    ("x == y", Chain(e("x == y"), ())),
    ("x in y\n<=> y == n", Chain(e("x in y"), (Step("<=>", e("y == n")),))),
    ("x\npropto[y] n", Chain(x, (Step("propto", n, variables=(y,)),))),
    ("x ==\ny\n~= 3", Chain(x, (Step("==", y), Step("~=", Number("3"))))),
    ("x\n== n where n = 2", Chain(x, (Step("==", e("n where n = 2")),))),
    ("{x == 1, y == 2}\n=> x == 1", Chain(e("{x == 1, y == 2}"), (Step("=>", e("x == 1")),))),
    ("y(0)\n== 1", Chain(e("y(0)"), (Step("==", Number("1")),))),
    ("x\nexpect unknown-name\n== y", Chain(x, (Step("==", y),), expect=Expect("unknown-name"))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_chains(text: str, expected: Chain) -> None:
    node = Derivation(None, (expected,))
    assert only(f"derivation:\n{text}\nend") == node
    assert only(write(node)) == node


def test_scopes_nest() -> None:
    node = only("assume x > 0, y > 0\n x == y\n x\n  == y\n derivation:\n x\n == y\n end\nend")
    chain = Chain(x, (Step("==", y),))
    assert node == Scope((e("x > 0"), e("y > 0")), (Claim(e("x == y")), chain, Derivation(None, (chain,))))
    assert only(write(node)) == node


def test_a_check_goes_on_over_lines_in_a_block() -> None:
    assert only("derivation:\ncheck x\n == y\n given n\nend") == Derivation(None, (Claim(e("x == y"), Modifiers(given=(n,))),))


def test_places_on_later_lines() -> None:
    script = parse("x\n\nderivation:\n  y\n    == n\nend\n", "here.two")
    derivation = script.statements[1]
    assert isinstance(derivation, Derivation)
    chain = derivation.items[0]
    assert isinstance(chain, Chain)
    assert (chain.span.line, chain.steps[0].span.line, chain.steps[0].relation_span.column) == (4, 5, 5)
    assert chain.span.source.name == "here.two"


def test_relations_keep_their_own_span() -> None:
    derivation = only("derivation:\n  x == y\n    == n\nend")
    step = derivation.items[0].steps[0]
    assert (step.relation_span.text, step.span.text) == ("==", "== y")


def test_a_claim_of_a_relation_is_a_relation() -> None:
    assert isinstance(only("0 < x < 1").statement, Relation)


def test_the_modifiers_of_a_claim_are_among_its_children() -> None:
    claim = only("x == y given n within 1 up to constant in x")
    assert [write(child) for child in tree.children(claim)] == ["x == y", "n", "1", "up to constant in x"]
