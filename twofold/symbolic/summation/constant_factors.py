"""Factors of the terms of a sum that do not depend on its variable."""

from __future__ import annotations

from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols, num
from twofold.symbolic.arithmetic import ONE, times


def constants_out(term: Bound) -> Term:
    """A sum with the factors that do not depend on its variable in front; a product as it is."""
    if term.op == "prod":
        return term
    front: list[Term] = []
    inner = _strip(term.body, term.symbols[0], front)
    out: Term = bound("sum", term.symbols, inner, *term.args)
    for f in reversed(front):
        out = times(f, out)
    return out


def _strip(body: Term, symbol: Symbol, front: list[Term]) -> Term:
    """The body without its constant factors, which are collected."""
    if isinstance(body, App) and body.op == "neg":
        front.append(num(-1))
        return _strip(body.args[0], symbol, front)
    if isinstance(body, App) and body.op in ("mul", "div") and not body.shape:
        a, b = body.args
        if symbol not in free_symbols(b):
            front.append(b if body.op == "mul" else app("div", ONE, b))
            return _strip(a, symbol, front)
        if symbol not in free_symbols(a) and a != ONE:
            front.append(a)
            return _strip(b, symbol, front) if body.op == "mul" else app("div", ONE, b)
    return body
