"""Printing then parsing is the identity; no input crashes the parser; laying a text out never changes its tree."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twofold.grammar import tree
from twofold.grammar.colour import tokens
from twofold.grammar.format import fmt
from twofold.grammar.parse import is_complete, parse, parse_expression
from twofold.grammar.tree import Binding, Call, Expr, Index, Infix, Matrix, Name, Number
from twofold.grammar.write import write

Trees = st.SearchStrategy[Any]
QUICK = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}

WORDS = "x y A B n e d dx dt sin log E P up to set expect include x_1 alpha e3 f inv oo pi im true i"
names: Trees = st.sampled_from([Name(word) for word in WORDS.split()])
numbers: Trees = st.sampled_from([Number(text) for text in ("0", "1", "2", "0.5", "12", "2e3", "1e-3")])
atoms = names | numbers
texts = st.sampled_from(["", "a b", "chain rule", "# no comment"])
SIGNS = ("==", "!=", "<", "<=", ">", ">=", "~=")
ARROWS = ("=>", "<=>", "<==")


def lists(items: Trees, least: int = 1, most: int = 2) -> Trees:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def relational(node: Expr) -> bool:
    return isinstance(node, tree.Relation | tree.Logic) or isinstance(node, tree.Prefix) and node.operator == "not"


@cache
def values(depth: int) -> Trees:
    """Expressions and functions."""
    inner = expressions(depth)
    return inner if depth == 0 else inner | st.builds(tree.Lambda, lists(names), inner)


@cache
def relations(depth: int) -> Trees:
    """Relations of one or two signs, with intervals after `in`."""
    e = expressions(depth)
    interval = st.builds(tree.Interval, e, e, st.booleans(), st.booleans())
    one = st.builds(lambda s, a, b: tree.Relation((s,), (a, b)), st.sampled_from(SIGNS), e, e)
    two = st.builds(
        lambda s, t, a, b, c: tree.Relation((s, t), (a, b, c)), st.sampled_from(SIGNS), st.sampled_from(SIGNS), e, e, e
    )
    member = st.builds(lambda a, b: tree.Relation(("in",), (a, b)), e, e | interval)
    scaled = st.builds(lambda a, b, v: tree.Relation(("propto",), (a, b), v), e, e, lists(names, 0))
    return one | two | member | scaled


@cache
def calls(depth: int) -> Trees:
    e, v = expressions(depth), values(depth)
    ranges = st.builds(tree.Range, e, e)
    compared = e | st.builds(Binding, e, e)
    condition = st.none() | compared | lists(compared, 2).map(tree.Tuple)
    approach = st.builds(tree.Approach, names, e, st.sampled_from(["", "+", "-"]))
    square = st.sampled_from([Name("E"), Name("Var")])
    return st.one_of(
        st.builds(Call, names, lists(v | st.builds(Binding, names, v | ranges), 0), st.integers(0, 2)),
        st.builds(Call, square, lists(compared), st.just(0), st.just(True), condition),
        st.builds(Call, st.just(Name("P")), lists(compared), st.just(0), st.just(False), condition),
        st.builds(Call, st.just(Name("limit")), lists(v | approach)),
    )


@st.composite
def expressions(draw: st.DrawFn, depth: int) -> Expr:
    return draw(kinds(depth))  # type: ignore[no-any-return]


@cache
def kinds(depth: int) -> Trees:
    """Every kind of expression, over smaller ones."""
    if depth == 0:
        return atoms
    e, v = expressions(depth - 1), values(depth - 1)
    ranges = st.builds(tree.Range, e, e)
    kept = st.sampled_from(["+", "-", "*", "/", ".*", "./", "^"])
    pairs = st.tuples(v, v)
    return st.one_of(
        atoms,
        st.builds(tree.Prefix, st.sampled_from(["-", "+", "not"]), e),
        st.builds(tree.Postfix, st.sampled_from(["'", "!"]), e),
        st.builds(Infix, kept, e, e),
        st.builds(Infix, st.just("*"), e, e, st.just(True)),
        calls(depth - 1),
        st.builds(Index, e, lists(v | ranges | st.just(tree.Slice()))),
        st.builds(lambda row: Matrix((row,), True), lists(v, 0)),
        st.builds(Matrix, lists(pairs)) | st.builds(lambda row: Matrix((row,)), lists(v)),
        lists(v, 2, 3).map(tree.Tuple),
        lists(e.filter(lambda node: not relational(node)), 0).map(tree.Set),
        lists(relations(depth - 1)).map(tree.System),
        st.builds(tree.Piecewise, lists(st.tuples(e, e)), st.none() | e),
        relations(depth - 1),
        st.builds(tree.Logic, st.sampled_from(["and", "or", *ARROWS]), e, e),
        st.builds(lambda x, o, f: tree.Leibniz(((x, o),), f), names, st.none() | st.just(Number("2")) | names, v),
        st.builds(lambda x, y, f: tree.Leibniz(((x, None), (y, Number("2"))), f), names, names, e),
        st.builds(tree.Where, v, lists(st.builds(Binding, names, v))),
        st.builds(tree.Given, v, lists(e)),
        ranges,
    )


modifiers = st.builds(
    tree.Modifiers,
    by=st.none() | texts,
    given=st.just(()) | lists(expressions(1)),
    within=st.none() | numbers,
    up_to=st.none() | st.builds(tree.UpTo, st.sampled_from(["constant", "scale"]), lists(names, 0)),
)
ranges = st.builds(tree.Range, expressions(1), expressions(1))
claims = st.builds(tree.Claim, relations(1), modifiers, st.none() | texts, st.booleans())
questions = st.builds(tree.Question, values(2)).filter(
    lambda node: not relational(node.expression) and not isinstance(node.expression, Name | tree.Where | tree.Given)
)
definitions = st.builds(tree.Definition, names, st.none() | lists(names, 0), values(2))
conditions = st.just(()) | lists(names)
laws = st.builds(tree.Distributed, names, expressions(1), conditions, st.none(), st.none() | ranges) | st.builds(
    tree.Distributed, names, expressions(1), conditions, names, ranges
)
steps = st.builds(
    tree.Step, st.sampled_from([*SIGNS, *ARROWS]), values(1), modifiers, expect=st.none() | st.just(tree.Expect("refuted"))
)
starts = values(1).filter(lambda node: not isinstance(node, tree.Given))
chains = st.builds(tree.Chain, starts, lists(steps), modifiers)
derivations = st.builds(tree.Derivation, st.none() | texts, lists(claims | definitions | laws | chains, 0, 3))
statements = claims | questions | definitions | laws | derivations


@settings(max_examples=300, **QUICK)
@given(values(3))
def test_an_expression_is_read_back(node: Expr) -> None:
    assert parse_expression(write(node)) == node


@settings(max_examples=150, **QUICK)
@given(statements)
def test_a_statement_is_read_back(node: Any) -> None:
    assert parse(write(node)).statements == (node,)


@settings(max_examples=60, **QUICK)
@given(lists(statements, 1, 2))
def test_layout_keeps_the_tree(found: tuple[Any, ...]) -> None:
    text = write(tree.Script(found))
    once = fmt(text)
    assert parse(once) == parse(text)
    assert fmt(once) == once


PIECES = """x y f sin d ∂ dx E P 1 2 0.5 + - * / ^ .* .. == <= in => <=> and or not ( ) [ ] { } , ; : = ~ | -> ' ! √ ² ᵀ ⁻¹ ∑ # "
up to if otherwise for by given where within let check derivation assume end set include expect true
@ % é . \\ ∫ ==> propto α x₁"""
pieces = st.sampled_from([*PIECES.split(), "\n", " ", "  ", "\t", "\r\n", '"a"'])


@settings(max_examples=500, **QUICK)
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


def outline(node: Any) -> Any:
    """The statements, with a mark for what cannot be read."""
    if isinstance(node, tree.Derivation | tree.Scope):
        return type(node), [outline(item) for item in node.items]
    return tree.Broken if isinstance(node, tree.Broken) else node


@settings(max_examples=300, **QUICK)
@given(st.lists(pieces, max_size=25).map(" ".join))
def test_layout_of_any_text_keeps_what_was_read(text: str) -> None:
    assert [outline(node) for node in parse(fmt(text)).statements] == [outline(node) for node in parse(text).statements]
