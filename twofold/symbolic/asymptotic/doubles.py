"""Values of terms in double precision, quickly, for spot checks of limits that were found."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from twofold.grammar.term import App, Const, Num, Symbol, Term, Var


class NoDouble(Exception):
    """A part that is not known in double precision."""


def value(t: Term, x: Symbol, at: float) -> float | None:
    """The value where the one name has a value; `None` where there is none, or none that can be had."""
    try:
        found = _value(t, x, at)
    except (NoDouble, ArithmeticError, ValueError):
        return None
    return found if math.isfinite(found) else None


def _value(t: Term, x: Symbol, at: float) -> float:
    if isinstance(t, Num):
        return float(t.value)
    if isinstance(t, Var) and t.symbol is x:
        return at
    if isinstance(t, Const) and t.name in _CONSTANTS:
        return _CONSTANTS[t.name]
    if not isinstance(t, App) or t.shape:
        raise NoDouble
    rule = _RULES.get(t.op)
    if rule is None:
        raise NoDouble
    made = rule(*(_value(a, x, at) for a in t.args))
    if isinstance(made, complex):
        raise NoDouble
    return float(made)


def approached(t: Term, x: Symbol, point: float, side: int, limit: float) -> bool:
    """Whether values on the way do not speak against a finite limit; what cannot be evaluated does not."""
    errors = []
    for size in (1e2, 1e3, 1e6, 1e12, 1e40, 1e120):
        place = side * size if math.isinf(point) else point + side / size
        found = value(t, x, place) if size <= 1e3 or math.isinf(point) else None
        if found is not None:
            errors.append(abs(found - limit))
    if len(errors) < 2 or min(errors) < 0.05 * (1 + abs(limit)):
        return True
    # Only values that have settled elsewhere speak against it.
    return abs(errors[-1] - errors[-2]) > 0.02 * errors[-1]


_CONSTANTS = {"pi": math.pi, "e": math.e, "euler_gamma": 0.5772156649015329}


def _sign(a: float) -> float:
    return (a > 0) - (a < 0)


_RULES: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b, "neg": lambda a: -a,
    "pow": lambda a, b: a**b, "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "ln": math.log, "abs": abs, "sign": _sign,
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "asinh": math.asinh, "acosh": math.acosh, "atanh": math.atanh,
    "gamma": math.gamma, "loggamma": math.lgamma, "factorial": lambda a: math.gamma(a + 1), "erf": math.erf, "erfc": math.erfc,
    "floor": math.floor, "ceil": math.ceil, "cbrt": lambda a: math.copysign(abs(a) ** (1 / 3), a), "max": max, "min": min,
}  # fmt: skip
