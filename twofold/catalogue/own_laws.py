"""Curves of random variables are curves of their laws: `pdf(X, x)` says nothing of the value of X."""

from __future__ import annotations

from dataclasses import replace

from twofold.grammar.term import App, Term, Var, free_symbols, transform

CURVES = frozenset(("pdf", "pmf", "cdf", "survival", "hazard", "quantile"))


def by_laws(term: Term) -> Term:
    """The term with the law of a variable in place of the variable where a curve is asked of it, so that `E[log(pdf(X, X))]` averages over the
    second X alone. Laws that depend on other variables stay with their names."""

    def rule(t: Term) -> Term | None:
        if not (isinstance(t, App) and t.op in CURVES and isinstance(t.args[0], Var)):
            return None
        symbol = t.args[0].symbol
        if (
            symbol.law is None
            or symbol.shape
            or symbol.index is not None
            or any(s.law is not None for s in free_symbols(symbol.law))
        ):
            return None
        return replace(t, args=(symbol.law, *(transform(a, rule) for a in t.args[1:])))

    return transform(term, rule)


def is_curve_of_expression(t: Term) -> bool:
    """Whether this is a curve of an expression in random variables, which are averaged over there and need no values."""
    return isinstance(t, App) and t.op in CURVES and t.args[0].sort == "number" and not isinstance(t.args[0], Var)
