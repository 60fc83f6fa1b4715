"""Logarithms of negative quantities in a difference F(b) - F(a), which is real though its parts are not: those of the absolute values."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import for_real_names
from twofold.symbolic.context import Context

_DRAWN = 80
_ENOUGH = 6


def with_sizes(value: Any, f: Any, a: Any, b: Any, condition: Any, context: Context) -> tuple[Any, Any]:
    """The value with logarithms of sizes where it is linear in logarithms of what is negative for admissible names, and what is to be asked for besides:
    that such a quantity has the same sign at both ends."""
    logs = [g for g in value.atoms(sp.log) if g.free_symbols and not g.args[0].is_positive and _is_linear(value, g)]
    if context.reading != "real" or not logs:
        return value, sp.true
    points, holds = [], spot.admitted(condition)
    for point in spot.points(value.free_symbols | a.free_symbols | b.free_symbols, context, _DRAWN):
        if holds(point):
            points.append(point)
    insides = {g: g.args[0].args[0] if isinstance(g.args[0], sp.Abs) else g.args[0] for g in logs}
    made: dict[Any, Any] = {}
    asked: list[Any] = []
    for g, u in sorted(insides.items(), key=lambda p: sp.default_sort_key(p[0])):
        signs = _signs(u, points)
        if len(signs) < _ENOUGH or -1 not in signs:
            continue
        if 1 not in signs:
            made[g] = sp.log(-u if _never_positive(u, condition) else sp.Abs(u))
            continue
        other = _at_other_end(u, f, a, b)
        if other is None:
            continue
        if other.free_symbols and other in insides.values():
            made[g] = sp.log(sp.Abs(u))
        product = u * other if other.free_symbols else u * sp.sign(other)
        if (g in made or isinstance(g.args[0], sp.Abs)) and -1 in _signs(product, points) and product not in asked:
            asked.append(product)
            made[g] = made.get(g, sp.log(product))
    return _real_part(value.xreplace(made)), sp.And(*(e > 0 for e in asked))


def _never_positive(u: Any, condition: Any) -> bool:
    """Whether an expression that was positive at no point is so nowhere, as far as that is decided in one name."""
    names = u.free_symbols
    if len(names) != 1 or condition == sp.true or not u.is_polynomial(*names):
        return True
    return attempt(for_real_names, sp.And(condition, u > 0)) in (None, sp.false)


def _signs(u: Any, points: list[dict[Any, Any]]) -> list[int]:
    """The signs at the points at which an expression is real."""
    found = [v for p in points if (v := spot.value(u, p)) is not None and abs(v.imag) < 1e-18]
    return [(v.real > 0) - (v.real < 0) for v in found]


def _real_part(value: Any) -> Any:
    """The value without the multiples of the imaginary unit that stood for the signs in logarithms."""
    if not value.has(sp.I):
        return value
    return sp.Add(*(t for t in sp.Add.make_args(sp.expand(value)) if not (t / sp.I).is_real))


def _is_linear(value: Any, g: Any) -> bool:
    """Whether a value is a sum of the logarithm, a constant times, and of what does not have it."""
    y = sp.Dummy("y")
    slope = sp.diff(value.xreplace({g: y}), y)
    return not slope.has(y) and not slope.has(sp.log)


def _at_other_end(u: Any, f: Any, a: Any, b: Any) -> Any:
    """The same function at the other end, where the ends are names of their own or numbers; `None` where it is not seen."""
    names = {e for e in (a, b) if e.is_Symbol} & u.free_symbols
    if a == b or len(names) != 1 or names & f.free_symbols:
        return None
    (e,) = names
    other = u.xreplace({e: b if e == a else a})
    if (b if e == a else a).is_Symbol:
        return other
    return other if other.is_number and other.is_real and other.is_nonzero else None
