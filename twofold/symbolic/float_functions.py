"""SymPy expressions as functions of floats, made without writing or running text: one closure for each node.

For guards that need some ten digits quickly. What has no real value raises, as `math` does; an expression with a part that is not in the table
has no such function.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import sympy as sp
from sympy.core.relational import Relational

Row: TypeAlias = Sequence[float]
Compiled: TypeAlias = Callable[[Row], float]


class NotReal(ValueError):
    """The expression has no real value at this place."""


def compiled(e: Any, names: Sequence[Any]) -> Compiled | None:
    """A function of the values of the names in their order, or `None` where a part of the expression has no rule."""
    return _node(e, {s: k for k, s in enumerate(names)})


def _node(e: Any, places: dict[Any, int]) -> Any:
    if e in places:
        k = places[e]
        return lambda v: v[k]
    if e.is_number and not e.has(sp.I):
        value = _constant(e)
        return None if value is None else lambda v: value
    if e.is_Pow:
        return _power(e, places)
    if isinstance(e, sp.Piecewise):
        return _piecewise(e, places)
    head = _HEADS.get(e.func)
    if head is None or e.func in _ONE and len(e.args) != 1:
        return None
    parts = [_node(a, places) for a in e.args]
    if None in parts:
        return None
    return head(*parts)


def _constant(e: Any) -> float | None:
    if e.is_Rational:
        try:
            return float(e.p / e.q)
        except OverflowError:
            return None
    found = e.evalf(17)
    try:
        value = float(found)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _power(e: Any, places: dict[Any, int]) -> Any:
    base, exponent = e.args
    if base is sp.E:
        inner = _node(exponent, places)
        return None if inner is None else lambda v: _exp(inner(v))
    b = _node(base, places)
    if b is None:
        return None
    if exponent.is_Integer and abs(exponent) < 2**31:
        n = int(exponent)
        if n == -1:
            return lambda v: 1.0 / b(v)
        return lambda v: b(v) ** n
    if exponent in (sp.S.Half, -sp.S.Half):
        root = math.sqrt
        return (lambda v: root(b(v))) if exponent > 0 else lambda v: 1.0 / root(b(v))
    x = _node(exponent, places)
    return None if x is None else lambda v: math.pow(b(v), x(v))


def _sum(*parts: Compiled) -> Compiled:
    if len(parts) == 2:
        a, b = parts
        return lambda v: a(v) + b(v)
    return lambda v: sum([p(v) for p in parts])


def _product(*parts: Compiled) -> Compiled:
    if len(parts) == 2:
        a, b = parts
        return lambda v: a(v) * b(v)

    def product(v: Row) -> float:
        out = 1.0
        for p in parts:
            out *= p(v)
        return out

    return product


def _exp(x: float) -> float:
    return math.exp(x) if x > -745 else 0.0


def _of(f: Callable[[float], float]) -> Callable[[Compiled], Compiled]:
    return lambda a: lambda v: f(a(v))


def _sech(x: float) -> float:
    return 1 / math.cosh(x) if abs(x) < 710 else 0.0


def _sinc(x: float) -> float:
    return math.sin(x) / x if x else 1.0


def _factorial(x: float) -> float:
    return math.gamma(x + 1)


def _loggamma(x: float) -> float:
    if x <= 0:
        raise NotReal("the gamma function has another sign here")
    return math.lgamma(x)


_ONE: dict[Any, Callable[[float], float]] = {
    **{f: getattr(math, f.__name__) for f in (sp.sin, sp.cos, sp.tan, sp.asin, sp.acos, sp.atan, sp.sinh, sp.cosh, sp.tanh)},
    **{f: getattr(math, f.__name__) for f in (sp.asinh, sp.acosh, sp.atanh, sp.log, sp.erf, sp.erfc, sp.floor, sp.gamma)},
    sp.exp: _exp,
    sp.ceiling: math.ceil,
    sp.Abs: abs,
    sp.sign: lambda x: float((x > 0) - (x < 0)),
    sp.Heaviside: lambda x: 0.5 if x == 0 else float(x > 0),
    sp.sec: lambda x: 1 / math.cos(x),
    sp.csc: lambda x: 1 / math.sin(x),
    sp.cot: lambda x: 1 / math.tan(x),
    sp.sech: _sech,
    sp.csch: lambda x: 1 / math.sinh(x) if abs(x) < 710 else 0.0,
    sp.coth: lambda x: 1 / math.tanh(x),
    sp.sinc: _sinc,
    sp.factorial: _factorial,
    sp.loggamma: _loggamma,
}
_HEADS: dict[Any, Callable[..., Compiled]] = {
    **{f: _of(g) for f, g in _ONE.items()},
    sp.Add: _sum,
    sp.Mul: _product,
    sp.atan2: lambda a, b: lambda v: math.atan2(a(v), b(v)),
    sp.Max: lambda *parts: lambda v: max([p(v) for p in parts]),
    sp.Min: lambda *parts: lambda v: min([p(v) for p in parts]),
}

_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _condition(c: Any, places: dict[Any, int]) -> Any:
    if c in (True, sp.true):
        return lambda v: True
    if c in (False, sp.false):
        return lambda v: False
    if isinstance(c, (sp.And, sp.Or)):
        parts = [_condition(a, places) for a in c.args]
        joined = all if isinstance(c, sp.And) else any
        return None if None in parts else lambda v: joined([p(v) for p in parts])
    if isinstance(c, Relational) and c.rel_op in _RELATIONS:
        left, right, said = _node(c.lhs, places), _node(c.rhs, places), _RELATIONS[c.rel_op]
        return None if left is None or right is None else lambda v: said(left(v), right(v))
    return None


def _piecewise(e: Any, places: dict[Any, int]) -> Any:
    rows = [(_node(value, places), _condition(c, places)) for value, c in e.args]
    if any(value is None or c is None for value, c in rows):
        return None

    def chosen(v: Row) -> float:
        for value, c in rows:
            if c(v):
                return float(value(v))
        raise NotReal("no case applies")

    return chosen
