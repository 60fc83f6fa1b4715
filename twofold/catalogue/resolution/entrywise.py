"""Functions of scalars applied to arrays entry by entry, as in numpy: those a person defined, and indicators of comparisons."""

from __future__ import annotations

from collections.abc import Mapping

from twofold.catalogue.index import functions
from twofold.catalogue.shapes import ShapeError, app, bound, describe, dim_term, entry_of, full, vector_term
from twofold.grammar.term import App, Array, Bound, Shape, Symbol, Term, Var, free_symbols, num, substitute, var

LARGEST = 400
"""Entries up to which an array of explicit size is written out."""

_ENTRYWISE = {"mul": "emul", "div": "ediv", "pow": "epow"}


def over_arrays(body: Term, symbols: Mapping[Symbol, Term]) -> Term:
    """A scalar body in scalar symbols, over the entries of the arrays given for them. Raises `ShapeError` where that has no reading."""
    shape: Shape = ()
    for value in symbols.values():
        if value.shape and shape and full(value.shape) != full(shape):
            raise ShapeError(f"{describe(shape)} and {describe(value.shape)} have different entries")
        shape = shape or value.shape
    m, n = full(shape)
    if isinstance(m, int) and isinstance(n, int) and m * n <= LARGEST:
        entries = tuple(
            tuple(substitute(body, {s: entry_of(v, i, j) for s, v in symbols.items()}) for j in range(1, n + 1))
            for i in range(1, m + 1)
        )
        return vector_term(entries) if len(shape) == 1 else Array(entries, shape)
    return _Lift(symbols, shape).lift(body)


class _Lift:
    """Arithmetic and entrywise functions of a body, over arrays of symbolic size."""

    def __init__(self, symbols: Mapping[Symbol, Term], shape: Shape) -> None:
        self.symbols, self.shape = symbols, shape

    def lift(self, t: Term) -> Term:
        if not any(s in self.symbols for s in free_symbols(t)):
            return t
        if isinstance(t, Var):
            return self.symbols[t.symbol]
        if isinstance(t, Bound) and t.op == "diff" and isinstance(t.args[0], Var) and t.args[1] == num(1):
            return self.slope(t)
        if not isinstance(t, App):
            raise ShapeError(
                f"{t.op if isinstance(t, Bound) else 'this'} does not act on the entries of an array of symbolic size"
            )
        if t.op == "indicator":
            inside = t.args[0]
            assert isinstance(inside, App)
            made = indicator(App(inside.op, tuple(map(self.lift, inside.args)), (), inside.sort))
            if made is not None:
                return made
        parts = tuple(map(self.lift, t.args))
        if t.op in ("add", "sub"):
            return app(t.op, *(p if p.shape else app("mul", p, self.ones()) for p in parts))
        if t.op == "neg" or (t.op == "div" and not parts[1].shape) or (t.op == "mul" and not (parts[0].shape and parts[1].shape)):
            return app(t.op, *parts)
        if t.op in _ENTRYWISE:
            return app(_ENTRYWISE[t.op], *parts)
        spec = functions().get(t.op)
        if spec is None or spec.shape != "entrywise":
            raise ShapeError(f"{t.op} does not act on the entries of an array of symbolic size")
        return app(t.op, *parts)

    def slope(self, t: Bound) -> Term:
        """The derivative of every entry by its own argument: the gradient of their sum."""
        (inner,), point = t.symbols, self.lift(t.args[0])
        fresh = Symbol(inner.name, shape=point.shape)
        outer = {s: v for s, v in self.symbols.items() if s in free_symbols(t.body)}
        if outer:
            raise ShapeError("a derivative does not act on the entries of several arrays of symbolic size")
        body = _Lift({inner: var(fresh)}, self.shape).lift(t.body)
        return bound("grad", (fresh,), app("sum", body), point)

    def ones(self) -> Term:
        return app("ones", *map(dim_term, self.shape))


def indicator(condition: Term) -> Term | None:
    """Zeros and ones where entries compare with each other or with a scalar; `None` where the condition is about scalars."""
    if not isinstance(condition, App):
        return None
    if condition.op in ("and", "or", "not"):
        inner = [indicator(a) for a in condition.args]
        if all(i is None for i in inner):
            return None
        parts = [app("indicator", a) if i is None else i for a, i in zip(condition.args, inner, strict=True)]
        if condition.op == "not":
            return _complement(parts[0])
        if condition.op == "and":
            return app("emul", *parts)
        return _complement(app("emul", *map(_complement, parts)))
    if condition.op not in ("lt", "le", "gt", "ge", "eq", "ne") or not any(a.shape for a in condition.args):
        return None
    a, b = condition.args
    if condition.op in ("lt", "le"):
        a, b = b, a
    sign = app("sign", _difference(a, b))
    if condition.op in ("lt", "gt"):
        return app("relu", sign)
    if condition.op in ("le", "ge"):
        return _complement(app("relu", app("neg", sign)))
    return app("abs", sign) if condition.op == "ne" else _complement(app("abs", sign))


def _difference(a: Term, b: Term) -> Term:
    shape = a.shape or b.shape
    if a.shape and b.shape:
        return app("sub", a, b)
    ones = app("ones", *map(dim_term, shape))
    if a.shape:
        return a if b == num(0) else app("sub", a, app("mul", b, ones))
    return app("neg", b) if a == num(0) else app("sub", app("mul", a, ones), b)


def _complement(a: Term) -> Term:
    return app("sub", app("ones", *map(dim_term, a.shape)) if a.shape else num(1), a)
