"""The examples of calculus, linear algebra, solving, optimisation and rewriting give by the exact route what they say."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.catalogue.functions import calculus, expressions, linear_algebra, optimisation, solving, vectors
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Array, Symbol, Term
from twofold.symbolic.context import Context
from twofold.symbolic.lower import lower
from twofold.symbolic.work import work

TOPICS = (calculus, expressions, linear_algebra, optimisation, solving, vectors)
EXAMPLES = [e for topic in TOPICS for spec in topic.SPECS for e in spec.examples]


def same(a: Term, b: Term, context: Context) -> bool:
    if a == b:
        return True
    if a.sort != "number" or b.sort != "number" or a.shape:
        if type(a) is not type(b) or a.shape != b.shape:
            return False
        if isinstance(a, Array) and isinstance(b, Array):
            return all(same(x, y, context) for r, s in zip(a.rows, b.rows, strict=True) for x, y in zip(r, s, strict=True))
        if isinstance(a, App) and isinstance(b, App) and a.op == b.op == "set":
            return len(a.args) == len(b.args) and all(any(same(x, y, context) for y in b.args) for x in a.args)
        if isinstance(a, App) and isinstance(b, App) and a.op == b.op == "tuple":
            return len(a.args) == len(b.args) and all(same(x, y, context) for x, y in zip(a.args, b.args, strict=True))
        return bool(a.sort == "truth" and sp.simplify_logic(sp.Equivalent(lower(a, context), lower(b, context))) == sp.true)
    return sp.simplify(lower(a, context) - lower(b, context)) == 0


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.text)
def test_an_example_gives_what_it_says(example):
    scope = Scope({"f": Symbol("f", "function", arity=1)} if "let f : function" in example.text else {})
    context = Context()
    found = work(
        resolve(parse_expression(example.text.split("; ")[-1] if "let" in example.text else example.text), scope), context
    )
    wanted = work(resolve(parse_expression(example.gives), Scope(dict(scope.made))), context)
    assert same(found, wanted, context), f"{found}"
