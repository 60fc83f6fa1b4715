"""Text to terms, for tables of evaluations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, Term, var

N = Symbol("n", "integer", size=True)
SYMBOLS = {
    s.name: s
    for s in (
        *(Symbol(name) for name in ("x", "y", "a", "b")),
        Symbol("z", "complex"),
        Symbol("k", "integer"),
        N,
        Symbol("A", shape=(var(N), var(N))),
        Symbol("v", shape=(var(N),)),
        Symbol("w", shape=(var(N),)),
        Symbol("f", "function", arity=1),
    )
}


@pytest.fixture
def term() -> Callable[[str], Term]:
    def read(text: str) -> Term:
        return resolve(parse_expression(text, "<test>"), Scope(SYMBOLS))

    return read


@pytest.fixture
def at() -> Callable[..., dict[Symbol, object]]:
    return lambda **values: {SYMBOLS[n]: v for n, v in values.items()}
