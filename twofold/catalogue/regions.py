"""Integrals over regions, as they are written: integrals inside one another over what is 0 but under a condition on their names."""

from __future__ import annotations

from typing import NamedTuple

from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols, num


class RegionIntegral(NamedTuple):
    """The names from the outermost to the innermost, each with the lower and the upper end of its range, the integrand, and the condition
    under which a point is inside. An end may depend on names further out."""

    names: tuple[Symbol, ...]
    ranges: tuple[tuple[Term, Term], ...]
    integrand: Term
    condition: Term


def region_integral(term: Bound) -> RegionIntegral | None:
    """How a term reads as an integral of a number over a region, by two names or more; `None` for other integrals."""
    names: list[Symbol] = []
    ranges: list[tuple[Term, Term]] = []
    inner: Term = term
    while isinstance(inner, Bound) and inner.op == "integrate" and len(inner.symbols) == 1 and not inner.shape:
        names.append(inner.symbols[0])
        ranges.append((inner.args[0], inner.args[1]))
        inner = inner.body
    if len(names) < 2 or not isinstance(inner, App) or inner.op != "piecewise" or len(inner.args) != 3 or inner.shape:
        return None
    integrand, condition, outside = inner.args
    if outside != num(0) or not set(names) & set(free_symbols(condition)):
        return None
    return RegionIntegral(tuple(names), tuple(ranges), integrand, condition)
