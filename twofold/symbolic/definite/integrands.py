"""Integrands of the table of definite integrals, as products of powers, logarithms and exponentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

Found: TypeAlias = "tuple[Any, Any] | None"
"""The value of an integral and its condition; `None` where an integrand is of another form."""


def split(f: Any, x: Any) -> tuple[Any, int, dict[Any, Any], Any] | None:
    """A product as the power of x, the power of log(x), the other powers, and the exponent of an exponential."""
    p, logs, others, exponent = sp.S.Zero, 0, {}, sp.S.Zero
    for factor in sp.Mul.make_args(f):
        if isinstance(factor, sp.exp):
            exponent += factor.args[0]
            continue
        base, e = factor.as_base_exp()
        if e.has(x):
            return None
        if base == x:
            p += e
        elif base == sp.log(x) and e.is_Integer and 0 < e <= 4:
            logs += int(e)
        else:
            others[base] = others.get(base, 0) + e
    return p, logs, others, exponent


def with_logarithms(value: Callable[[Any], Any], p: Any, logs: int) -> Any:
    """A function of the exponent p, differentiated by it as often as there are logarithms."""
    if not logs:
        return value(p)
    s = sp.Dummy("s", positive=True)
    return sp.expand_func(sp.simplify(sp.diff(value(s).rewrite(sp.gamma), s, logs).subs(s, p)))
