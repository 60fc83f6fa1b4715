"""Printing then parsing is the identity; no input crashes the parser; laying a text out never changes its tree."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from twofold.grammar import tree
from twofold.grammar.colour import tokens
from twofold.grammar.format import fmt
from twofold.grammar.parse import is_complete, parse, parse_expression
from twofold.grammar.tree import Binding, Call, Expr, Index, Infix, Matrix, Name, Number
from twofold.grammar.write import write

names = st.sampled_from("x y A B n e d dx dt sin log E P up to set expect include x_1 alpha e3 f inv oo pi im true i".split()).map(Name)
numbers = st.sampled_from(["0", "1", "2", "0.5", "12", "2e3", "1e-3"]).map(Number)
expressions: st.SearchStrategy[Expr] = st.deferred(lambda: atoms | composites)
atoms: st.SearchStrategy[Expr] = names | numbers
texts = st.sampled_from(["", "a b", "chain rule", "# no comment"])


def lists(strategy: st.SearchStrategy[Any], least: int = 1, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def relational(node: Expr) -> bool:
    return isinstance(node, tree.Relation | tree.Logic) or isinstance(node, tree.Prefix) and node.operator == "not"


lambdas = st.builds(tree.Lambda, lists(names), expressions)
values = expressions | lambdas
plain = expressions.filter(lambda node: not relational(node))
ranges = st.builds(tree.Range, expressions, expressions)
bindings = st.builds(Binding, names, values | ranges)
comparisons = st.builds(Binding, expressions, expressions)
arguments = lists(values | bindings, 0)


@st.composite
def relations(draw: st.DrawFn) -> Expr:
    operators = draw(lists(st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "~=", "in"]), 1, 3))
    operands = [draw(expressions)]
    for operator in operators:
        interval = st.builds(tree.Interval, expressions, expressions, st.booleans(), st.booleans())
        operands.append(draw(expressions | interval if operator == "in" else expressions))
    return tree.Relation(operators, tuple(operands))


@st.composite
def matrices(draw: st.DrawFn) -> Expr:
    if draw(st.booleans()):
        return Matrix((draw(lists(values, 0)),), True)
    width = draw(st.integers(1, 3))
    return Matrix(draw(lists(lists(values, width, width))))


@st.composite
def calls(draw: st.DrawFn) -> Expr:
    kind = draw(st.sampled_from(["call", "square", "probability", "limit"]))
    condition = st.none() | expressions | comparisons | lists(expressions | comparisons, 2).map(tree.Tuple)
    if kind == "square":
        function = Name(draw(st.sampled_from(["E", "Var", "Cov", "Corr", "Std"])))
        return Call(function, draw(lists(expressions | comparisons)), 0, True, draw(condition))
    if kind == "probability":
        return Call(Name("P"), draw(lists(expressions | comparisons)), 0, False, draw(condition))
    if kind == "limit":
        approach = st.builds(tree.Approach, names, expressions, st.sampled_from(["", "+", "-"]))
        return Call(Name("limit"), draw(lists(values | approach)))
    return Call(draw(names), draw(arguments), draw(st.integers(0, 2)))


composites: st.SearchStrategy[Expr] = st.one_of(
    st.builds(tree.Prefix, st.sampled_from(["-", "+", "not"]), expressions),
    st.builds(tree.Postfix, st.sampled_from(["'", "!"]), expressions),
    st.builds(Infix, st.sampled_from(["+", "-", "*", "/", ".*", "./", "^"]), expressions, expressions),
    st.builds(Infix, st.just("*"), expressions, expressions, st.just(True)),
    calls(),
    st.builds(Index, expressions, lists(values | ranges | st.just(tree.Slice()))),
    matrices(),
    lists(values, 2).map(tree.Tuple),
    lists(plain, 0).map(tree.Set),
    lists(relations()).map(tree.System),
    st.builds(tree.Piecewise, lists(st.tuples(expressions, expressions)), st.none() | expressions),
    relations(),
    st.builds(lambda a, b, v: tree.Relation(("propto",), (a, b), v), expressions, expressions, lists(names, 0)),
    st.builds(tree.Logic, st.sampled_from(["and", "or", "=>", "<=>", "<=="]), expressions, expressions),
    st.builds(lambda v, o, e: tree.Leibniz(((v, o),), e), names, st.none() | st.just(Number("2")) | names, values),
    st.builds(lambda v, w, e: tree.Leibniz(((v, None), (w, Number("2"))), e), names, names, expressions),
    st.builds(tree.Where, values, lists(bindings)),
    st.builds(tree.Given, values, lists(expressions)),
    ranges,
)

modifiers = st.builds(
    tree.Modifiers,
    by=st.none() | texts,
    given=st.just(()) | lists(expressions),
    within=st.none() | numbers,
    up_to=st.none() | st.builds(tree.UpTo, st.sampled_from(["constant", "scale"]), lists(names, 0)),
)
claims = st.builds(tree.Claim, relations(), modifiers, st.none() | texts, st.booleans())
questions = st.builds(tree.Question, values.filter(lambda node: not relational(node) and not isinstance(node, Name | tree.Where | tree.Given)))
definitions = st.builds(tree.Definition, names, st.none() | lists(names, 0), values)
laws = st.one_of(
    st.builds(tree.Distributed, names, expressions, st.just(()) | lists(names), st.none(), st.none() | ranges),
    st.builds(tree.Distributed, names, expressions, st.just(()) | lists(names), names, ranges),
)
steps = st.builds(
    tree.Step,
    st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "~=", "=>", "<=>", "<=="]),
    values,
    modifiers,
    expect=st.none() | st.just(tree.Expect("refuted")),
)
chains = st.builds(tree.Chain, values.filter(lambda node: not isinstance(node, tree.Given)), lists(steps), modifiers)
derivations = st.builds(tree.Derivation, st.none() | texts, lists(claims | definitions | laws | chains, 0))
statements = claims | questions | definitions | laws | derivations


@settings(max_examples=400, deadline=None)
@given(values)
def test_an_expression_is_read_back(node: Expr) -> None:
    assert parse_expression(write(node)) == node


@settings(max_examples=200, deadline=None)
@given(statements)
def test_a_statement_is_read_back(node: Any) -> None:
    assert parse(write(node)).statements == (node,)


@settings(max_examples=100, deadline=None)
@given(lists(statements, 1, 3))
def test_layout_keeps_the_tree(found: tuple[Any, ...]) -> None:
    text = write(tree.Script(found))
    once = fmt(text)
    assert parse(once) == parse(text)
    assert fmt(once) == once


pieces = st.sampled_from(
    """x y f sin d ∂ dx E P 1 2 0.5 + - * / ^ .* .. == <= in => <=> and or not ( ) [ ] { } , ; : = ~ | -> ' ! √ ² ᵀ ⁻¹ ∑ # " up to
    if otherwise for by given where within let check derivation assume end set include expect true @ % é . \\ ∫ ==> propto α x₁""".split()
    + ["\n", " ", "  ", "\t", "\r\n", '"a"']
)


@settings(max_examples=500, deadline=None)
@given(st.lists(pieces, max_size=30).map(" ".join) | st.lists(pieces, max_size=30).map("".join) | st.text(max_size=40))
def test_no_text_crashes(text: str) -> None:
    script = parse(text)
    for statement in script.statements:
        assert 0 <= statement.span.start <= statement.span.end <= len(text)
    once = fmt(text)
    assert fmt(once) == once
    for start, end, _ in tokens(text):
        assert 0 <= start < end <= len(text)
    is_complete(text)
    write(script)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=25).map(" ".join))
def test_layout_of_any_text_keeps_what_was_read(text: str) -> None:
    def read(text: str) -> list[Any]:
        return [type(s) if isinstance(s, tree.Broken) else s for s in parse(text).statements if not isinstance(s, tree.Derivation | tree.Scope)]

    assert read(fmt(text)) == read(text)
