"""Where the constants of indefinite integrals are free, and sums without one."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Symbol, Term, Var, free_symbols, num


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


def without_added(term: Term, symbol: Symbol) -> Term:
    """A sum without a symbol that is added in it; the term itself where the symbol stands anywhere else."""
    if any(symbol in free_symbols(part) and not _is(part, symbol) for part in _summands(term)):
        return term
    return _without(term, symbol) or num(0)


def _without(term: Term, symbol: Symbol) -> Term | None:
    if _is(term, symbol):
        return None
    if not isinstance(term, App) or term.op not in ("add", "sub") or symbol not in free_symbols(term):
        return term
    left, right = (_without(a, symbol) for a in term.args)
    if left is None or right is None:
        return left if right is None else right if term.op == "add" else app("neg", right)
    return app(term.op, left, right, span=term.span)


def _summands(term: Term) -> Iterator[Term]:
    if isinstance(term, App) and term.op in ("add", "sub"):
        for a in term.args:
            yield from _summands(a)
    else:
        yield term


def _is(term: Term, symbol: Symbol) -> bool:
    return isinstance(term, Var) and term.symbol is symbol
