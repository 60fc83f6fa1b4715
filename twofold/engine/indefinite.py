"""Where the constants of indefinite integrals are free."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols


def indefinite(term: Term) -> Iterator[Symbol]:
    """The variables of the indefinite integrals that are added up in a term, so that its constant is free."""
    if isinstance(term, Bound) and term.op == "antiderivative":
        yield from free_symbols(term.args[0])
    elif isinstance(term, App) and term.op in ("add", "sub", "neg"):
        for part in term.args:
            yield from indefinite(part)
    elif isinstance(term, App) and term.op in ("mul", "div"):
        a, b = term.args
        for part, other in ((a, b), (b, a)) if term.op == "mul" else ((a, b),):
            yield from (s for s in indefinite(part) if s not in free_symbols(other))
