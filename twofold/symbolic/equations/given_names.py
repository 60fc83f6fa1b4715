"""Names that an equation of a system gives by the others: put in, they leave a step about fewer names."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, substitute


def given_by_others(t: Term) -> Iterator[tuple[Symbol, Term]]:
    """Names that an equation of a system gives by the other names."""
    for part in conjuncts(t):
        if not isinstance(part, App) or part.op != "eq":
            continue
        for name, value in (part.args, part.args[::-1]):
            if (
                isinstance(name, Var)
                and not name.shape
                and name.symbol.kind == "real"
                and "integer" not in name.symbol.properties
                and name.symbol not in free_symbols(value)
            ):
                yield name.symbol, value


def filled_in(values: dict[str, str], symbol: Symbol, value: Term) -> dict[str, str]:
    """The values of a counterexample with that of a name which the others give."""
    known = {s: resolve(parse_expression(values[s.name], "<value>"), Scope({})) for s in free_symbols(value) if s.name in values}
    return {**values, symbol.name: show(substitute(value, known))}
