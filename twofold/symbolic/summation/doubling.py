"""Products that double-angle formulas and their like telescope, and those of the sines at the roots of unity.

cos(u) is sin(2*u)/(2*sin(u)), and 1 + y is (1 - y^2)/(1 - y). The product of sin(pi*k/n) over k = 1..n - 1 is n/2^(n - 1): the polynomial
(z^n - 1)/(z - 1) at 1.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def doubling_product(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """The product over k = low..high and its condition; `None` for other factors."""
    factor, rest = body.as_independent(k, as_Add=False)
    if isinstance(rest, sp.cos) and (factor == 1 or high is not sp.oo):
        found = _cosines(rest.args[0], k, low, high)
        return (
            None if found is None else (sp.powsimp(factor ** (high - low + 1) * found[0]) if factor != 1 else found[0], found[1])
        )
    if body.is_Add:
        return _squares(body - 1, k, low, high)
    if isinstance(rest, sp.sin) and low == 1 and high is not sp.oo:
        n = high + 1
        if sp.cancel(rest.args[0] * n / (sp.pi * k)) == 1:
            return n * (factor / 2) ** high, high >= 0
    return None


def _cosines(u: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    ratio = sp.powsimp(sp.simplify(u.subs(k, k + 1) / u))
    if ratio == sp.S.Half:
        start = 2 * u.subs(k, low)
        if high is sp.oo:
            return sp.sin(start) / start, sp.Ne(start, 0)
        last = u.subs(k, high)
    elif ratio == 2 and high is not sp.oo:
        start, last = 2 * u.subs(k, high), u.subs(k, low)
    else:
        return None
    return sp.sin(start) / (2 ** (high - low + 1) * sp.sin(last)), sp.Ne(sp.sin(last), 0)


def _squares(y: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    if not y.is_Pow or not y.has(k) or sp.powsimp(sp.powdenest(y.subs(k, k + 1) / y**2, force=True)) != 1:
        return None
    first = y.subs(k, low)
    if high is sp.oo:
        return 1 / (1 - first), sp.Abs(first) < 1
    return (1 - y.subs(k, high + 1)) / (1 - first), sp.Ne(first, 1)


__all__ = ["doubling_product"]
