"""The exact text of an answer as an object of another library: a SymPy expression, a NumPy function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.compiled import compiled
from twofold.engine.session import Session
from twofold.grammar.parse import parse, parse_expression
from twofold.grammar.term import Term, free_symbols
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower, symbol_for


def to_sympy(exact: str, declared: Sequence[str] = ()) -> Any:
    """The SymPy object for the text of an answer; `declared` are the declarations that its names have.

    Names keep their spelling and the assumptions of their declarations. Raises ValueError where SymPy has nothing for it.
    """
    term, context = _resolved(exact, declared), Context()
    try:
        expression = lower(term, context)
    except NoClosedForm as error:
        raise ValueError(f"SymPy has nothing for this answer: {error.reason}") from None
    ours = {symbol_for(s, context): s.name for s in free_symbols(term) if s.shape == ()}
    return expression.xreplace({symbol: sp.Symbol(name, **symbol._assumptions_orig) for symbol, name in ours.items()})


def to_numpy(exact: str, declared: Sequence[str] = ()) -> Callable[..., Any]:
    """The answer as a function of its free names, given by name: numbers or arrays, broadcast against each other.

    Raises ValueError where there is no such function, TypeError when called with other names.
    """
    term = _resolved(exact, declared)
    symbols = sorted(free_symbols(term), key=lambda s: s.name)
    try:
        body = compiled(term, symbols)
    except NoClosedForm as error:
        raise ValueError(f"there is no function for this answer: {error.reason}") from None
    names = [s.name for s in symbols]

    def function(**values: Any) -> Any:
        if set(values) != set(names):
            raise TypeError(f"the free names are {', '.join(names) or 'none'}")
        return body(*(values[name] for name in names))

    function.__doc__ = f"{exact}, a function of {', '.join(names) or 'nothing'}"
    return function


def _resolved(exact: str, declared: Sequence[str]) -> Term:
    session = Session()
    for text in declared:
        script = parse(text)
        for statement in script.statements:
            session.define_only(script.span.source, statement)
    return resolve(parse_expression(exact), Scope(session.environment.names, made={}))
