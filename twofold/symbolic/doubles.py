"""SymPy expressions in double precision: a quick look before the slow one. Real values are floats and others complex numbers, so that
no rounding decides the side of a branch cut."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

Value = float | complex

_NEAR_CUT = 1e-9
_CONSTANTS: dict[Any, Value] = {
    sp.pi: math.pi,
    sp.E: math.e,
    sp.I: 1j,
    sp.EulerGamma: 0.5772156649015329,
}
_REAL: dict[Any, Callable[[float], float]] = {
    sp.sin: math.sin,
    sp.cos: math.cos,
    sp.tan: math.tan,
    sp.atan: math.atan,
    sp.sinh: math.sinh,
    sp.cosh: math.cosh,
    sp.tanh: math.tanh,
    sp.asinh: math.asinh,
    sp.asin: math.asin,
    sp.acos: math.acos,
    sp.Abs: abs,
    sp.erf: math.erf,
}


class _Unknown(Exception):
    """No value in double precision, or none that can be relied on."""


def in_doubles(expression: Any, point: Mapping[Any, Value]) -> Value | None:
    """The value at a point, or `None` where this would overflow, lie at a branch cut, or have a function that is not known here."""
    try:
        found = _value(expression, point)
    except (_Unknown, ArithmeticError, ValueError):
        return None
    return found if cmath.isfinite(found) else None


def _value(e: Any, point: Mapping[Any, Value]) -> Value:
    if e.is_Rational:
        return e.p / e.q  # type: ignore[no-any-return]
    if e.is_Symbol:
        found = point.get(e)
        if found is None:
            raise _Unknown
        return found
    if e.is_Add:
        total: Value = 0.0
        for a in e.args:
            total += _value(a, point)
        return _plain(total)
    if e.is_Mul:
        product: Value = 1.0
        for a in e.args:
            product *= _value(a, point)
        return _plain(product)
    if e.is_Pow:
        return _power(e, point)
    constant = _CONSTANTS.get(e)
    if constant is not None:
        return constant
    return _function(e, point)


def _plain(z: Value) -> Value:
    return z.real if isinstance(z, complex) and z.imag == 0 else z


def _power(e: Any, point: Mapping[Any, Value]) -> Value:
    base, exponent = e.args
    b = _value(base, point)
    if exponent.is_Integer:
        return _plain(b ** int(exponent))
    k = _value(exponent, point)
    if isinstance(b, float) and b > 0:
        return _plain(b**k)
    if b == 0:
        if isinstance(k, float) and k > 0:
            return 0.0
        raise _Unknown
    return _plain(cmath.exp(k * _log(b)))


def _log(z: Value) -> Value:
    if isinstance(z, complex):
        if z.real <= 0 and abs(z.imag) < _NEAR_CUT * abs(z):
            raise _Unknown
        return cmath.log(z)
    return math.log(z) if z > 0 else complex(math.log(-z), math.pi)


def _function(e: Any, point: Mapping[Any, Value]) -> Value:
    if len(e.args) != 1 or not e.is_Function:
        raise _Unknown
    kind = type(e)
    x = _value(e.args[0], point)
    if kind is sp.exp:
        return _plain(cmath.exp(x)) if isinstance(x, complex) else math.exp(x)
    if kind is sp.log:
        return _log(x)
    rule = _REAL.get(kind)
    if rule is None or isinstance(x, complex):
        raise _Unknown
    return rule(x)
