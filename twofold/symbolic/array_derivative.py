"""Derivatives by vectors and matrices of explicit size, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from twofold.catalogue.shapes import full
from twofold.grammar.term import Array, Symbol, Term, copy_symbol, num, substitute, var
from twofold.symbolic.arithmetic import total
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative, entry_of

Rewriting: TypeAlias = "Callable[[Term], Term]"


def by_array(body: Term, symbol: Symbol, point: Term, op: str, expand: Rewriting, shorten: Rewriting) -> Term:
    """`grad`, `jacobian`, `hessian`, `laplacian` or `divergence` by a symbol of explicit shape, at a point of that shape.

    `expand` turns a term over explicit arrays into one whose entries are scalar terms. `grad` has the shape of the point,
    `jacobian` the outputs as rows; an independent variable for every entry, also of a symmetric matrix.
    """
    m, n = full(symbol.shape)
    assert isinstance(m, int) and isinstance(n, int)
    plain = frozenset(symbol.properties & {"positive", "integer", "nonnegative"})
    entries = [[copy_symbol(symbol, name=f"{symbol.name}{i}{j}", shape=(), properties=plain) for j in range(n)] for i in range(m)]
    flat = [s for row in entries for s in row]
    stand_in: Term = (
        Array((tuple(map(var, flat)),), symbol.shape)
        if len(symbol.shape) == 1
        else Array(tuple(tuple(map(var, r)) for r in entries), symbol.shape)
    )
    if not symbol.shape:
        stand_in = var(flat[0])
    inside = expand(substitute(body, {symbol: stand_in}))
    back = {s: entry_at(point, i, j) for i, row in enumerate(entries) for j, s in enumerate(row)}

    def d(term: Term, s: Symbol) -> Term:
        return derivative(term, s)

    def done(term: Term) -> Term:
        return substitute(term, back)

    if op == "grad":
        return done(_like(symbol, [d(inside, s) for s in flat]))
    if op == "laplacian":
        return done(total(d(shorten(d(inside, s)), s) for s in flat))
    if op == "hessian":
        first = [shorten(d(inside, s)) for s in flat]
        rows = [[d(first[max(i, j)], flat[min(i, j)]) for j in range(len(flat))] for i in range(len(flat))]
        return done(Array(tuple(map(tuple, rows)), (len(flat), len(flat))))
    outputs = [x for row in inside.rows for x in row] if isinstance(inside, Array) else [inside]
    if op == "divergence":
        return done(total(d(f, s) for f, s in zip(outputs, flat, strict=True)))
    if op == "jacobian":
        if len(outputs) == 1 and not inside.shape:
            return done(Array((tuple(d(outputs[0], s) for s in flat),), (1, len(flat))))
        if not symbol.shape:
            return done(Array((tuple(d(f, flat[0]) for f in outputs),), (len(outputs),)))
        return done(Array(tuple(tuple(d(f, s) for s in flat) for f in outputs), (len(outputs), len(flat))))
    raise NoClosedForm(f"{op} is not a derivative by an array")


def _like(symbol: Symbol, parts: list[Term]) -> Term:
    if not symbol.shape:
        return parts[0]
    if len(symbol.shape) == 1:
        return Array((tuple(parts),), symbol.shape)
    n = symbol.shape[1]
    assert isinstance(n, int)
    return Array(tuple(tuple(parts[i : i + n]) for i in range(0, len(parts), n)), symbol.shape)


def entry_at(term: Term, i: int, j: int) -> Term:
    """Entry (i, j), counted from 0, of a term of explicit shape; a vector is a column."""
    if not term.shape:
        return term
    if len(term.shape) == 1:
        return entry_of(term, (num(i + 1),))
    return entry_of(term, (num(i + 1), num(j + 1)))
