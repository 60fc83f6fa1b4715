"""Texts worked out by the exact route alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Symbol, Term, num, var
from twofold.symbolic.context import Context
from twofold.symbolic.work import work

SIZE = Symbol("m", "integer", size=True)
NAMES = {
    "f": Symbol("f", "function", arity=1),
    "y": Symbol("y", "function", arity=1),
    "v": Symbol("v", shape=(2,)),
    "A": Symbol("A", shape=(2, 2)),
    "S": Symbol("S", shape=(2, 2), properties=frozenset({"symmetric"})),
    "p": Symbol("p", lower=num(0), open_lower=True),
    "n": Symbol("n", "integer", lower=num(0)),
    "z": Symbol("z", "complex"),
    "B": Symbol("B", shape=(3, 3)),
    "M": Symbol("M", shape=(var(SIZE), var(SIZE))),
}


def read(text: str, names: dict[str, Symbol] | None = None) -> Term:
    return resolve(parse_expression(text), Scope({**NAMES, **(names or {})}))


@pytest.fixture
def term() -> Callable[..., Term]:
    return read


@pytest.fixture
def given() -> Callable[[str], tuple[Term, tuple[Term, ...]]]:
    """A text as a term and what it gives."""

    def apart(text: str) -> tuple[Term, tuple[Term, ...]]:
        t, facts = read(text), ()
        while isinstance(t, App) and t.op == "given":
            facts, t = (*facts, t.args[1]), t.args[0]
        return t, facts

    return apart


@pytest.fixture
def found(request: pytest.FixtureRequest, given: Callable[[str], tuple[Term, tuple[Term, ...]]]) -> Callable[[str], object]:
    """What the module's `worked` finds of a text and what it gives."""
    return lambda text: request.module.worked(*given(text))


@pytest.fixture
def ask() -> Callable[..., str]:
    """The answer of the exact route as text, with its conditions after `given`."""

    def run(text: str, reading: str = "real", seconds: float = 4.0) -> str:
        context = Context(reading=reading, seconds=seconds)
        answer = show(work(read(text), context))
        return " ".join([answer, *(f"given {show(c)}" for c in context.conditions)])

    return run
