"""Functions of expressions as what they are by definition, so that a claim about one is judged without the algorithm that computes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from math import factorial

from twofold.catalogue.derivatives import derivative_by
from twofold.catalogue.shapes import app, bound, full
from twofold.engine import matrix_definitions
from twofold.grammar.term import (
    MINUS_OO,
    OO,
    App,
    Array,
    Bound,
    Const,
    Num,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    transform,
    var,
)
from twofold.symbolic.derivative import entry_of

_HIGHEST, _LARGEST = 12, 6
"""The order of a Taylor polynomial, and the size of a matrix, up to which the definition is written out."""


def by_definition(t: Term) -> Term:
    """A term with Taylor polynomials, directional derivatives, characteristic polynomials, Laplace transforms, Fibonacci numbers, and norms,
    angles and determinants of small arrays as what defines them."""
    return transform(t, lambda u: _RULES[u.op](u) if isinstance(u, App) and u.op in _RULES else None)


def _taylor(t: App) -> Term | None:
    """The sum of the derivatives at a place over factorials, times powers of the distance; the place may be given as `x = 0`."""
    f, *rest = t.args
    if isinstance(rest[0], App) and rest[0].op == "eq":
        rest = [*rest[0].args, *rest[1:]]
    if len(rest) != 3:
        return None
    x, at, n = rest
    if not isinstance(x, Var) or x.shape or not isinstance(n, Num) or n.value.denominator != 1 or not 0 <= n.value <= _HIGHEST:
        return None
    inner = copy_symbol(x.symbol)
    body, step = substitute(f, {x.symbol: var(inner)}), app("sub", x, at)
    total = substitute(f, {x.symbol: at})
    for k in range(1, int(n.value) + 1):
        slope = app("div", bound("diff", (inner,), body, at, num(k)), num(factorial(k)))
        total = app("add", total, app("mul", slope, app("pow", step, num(k))))
    return total


def _charpoly(t: App) -> Term | None:
    """det(t*eye(n) - A)."""
    if len(t.args) != 2:
        return None
    matrix, x = t.args
    m, n = full(matrix.shape)
    if m != n or not isinstance(n, int) or n > _LARGEST or x.shape:
        return None
    return app("det", app("sub", app("mul", x, app("eye", num(n))), matrix))


def _laplace(t: App) -> Term | None:
    """The integral of f*exp(-s*t) over t from 0 on."""
    if len(t.args) != 3:
        return None
    f, x, s = t.args
    if not isinstance(x, Var) or x.shape or s.shape or x.symbol in free_symbols(s):
        return None
    inner = copy_symbol(x.symbol)
    body = app("mul", substitute(f, {x.symbol: var(inner)}), app("exp", app("neg", app("mul", s, var(inner)))))
    return Bound("integrate", (inner,), body, (num(0), OO))


def _fourier(t: App) -> Term | None:
    """The integral of f*exp(-im*w*t) over all t."""
    f, x, w = t.args
    if not isinstance(x, Var) or not isinstance(w, Var) or x.shape or w.shape:
        return None
    inner = copy_symbol(x.symbol)
    turn = app("exp", app("neg", app("mul", app("mul", Const("im"), w), var(inner))))
    body = app("mul", substitute(f, {x.symbol: var(inner)}), turn)
    return Bound("integrate", (inner,), body, (MINUS_OO, OO))


def _fibonacci(t: App) -> Term | None:
    """Binet's formula, where the place is a whole number that has names."""
    place = t.args[0]
    names = free_symbols(place)
    if len(t.args) != 1 or not names or any(s.kind != "integer" and not s.size for s in names):
        return None
    root = app("sqrt", num(5))
    golden = app("div", app("add", num(1), root), num(2))
    other = app("mul", app("pow", num(-1), place), app("pow", golden, app("neg", place)))
    return app("div", app("sub", app("pow", golden, place), other), root)


def _directional(t: App) -> Term | None:
    """The derivatives by the names times the components of the direction, over its length."""
    f, names, direction, *place = t.args
    xs, steps, at = (_vector(a) for a in (names, direction, place[0] if place else names))
    symbols = [x.symbol for x in xs if isinstance(x, Var) and not x.shape]
    if f.shape or not xs or not len(symbols) == len(xs) == len(steps) == len(at) or len(place) > 1:
        return None
    parts = (app("mul", derivative_by(f, s), step) for s, step in zip(symbols, steps, strict=True))
    slope = substitute(reduce(partial(app, "add"), parts), dict(zip(symbols, at, strict=True)))
    return app("div", slope, app("norm", direction))


def _curl(t: App) -> Term | None:
    """The differences of the derivatives across, in Cartesian coordinates."""
    field, names = t.args[0], _vector(t.args[1])
    symbols = [x.symbol for x in names if isinstance(x, Var) and not x.shape]
    if len(t.args) != 2 or not len(symbols) == len(names) == 3 or full(field.shape) != (3, 1):
        return None
    parts = [entry_of(field, (num(k),)) for k in (1, 2, 3)]

    def d(i: int, j: int) -> Term:
        return derivative_by(parts[i], symbols[j])

    return Array((tuple(app("sub", d(*a), d(*b)) for a, b in (((2, 1), (1, 2)), ((0, 2), (2, 0)), ((1, 0), (0, 1)))),), (3,))


def _vector(t: Term) -> tuple[Term, ...]:
    """The components of a vector that is written out."""
    return t.rows[0] if isinstance(t, Array) and len(t.shape) == 1 else ()


_RULES: dict[str, Callable[[App], Term | None]] = {
    **matrix_definitions.RULES,
    "taylor": _taylor, "charpoly": _charpoly, "laplace": _laplace, "fourier": _fourier, "fibonacci": _fibonacci, "directional": _directional, "curl": _curl,
}  # fmt: skip
