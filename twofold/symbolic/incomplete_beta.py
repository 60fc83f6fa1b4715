"""The regularised incomplete beta function of whole and half parameters in elementary form.

Source: NIST Digital Library of Mathematical Functions, 8.17 (recurrences 8.17.20 and 8.17.21).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

LARGEST = 40
"""Parameters up to which the sum is written out."""


def elementary(a: Any, b: Any, x: Any) -> Any:
    """I_x(a, b) for parameters that are positive multiples of 1/2; `None` for others."""
    if not all(p.is_Rational and p.q <= 2 and 0 < p <= LARGEST for p in (a, b)):
        return None
    at, to = a - sp.ceiling(a) + 1, b - sp.ceiling(b) + 1  # 1/2 or 1
    if at == to == sp.S.Half:
        total = 2 * sp.asin(sp.sqrt(x)) / sp.pi
    else:
        total = x**at if to == 1 else 1 - (1 - x) ** to
    while to < b:
        total += x**at * (1 - x) ** to / (to * sp.beta(at, to).rewrite(sp.gamma))
        to += 1
    while at < a:
        total -= x**at * (1 - x) ** to / (at * sp.beta(at, to).rewrite(sp.gamma))
        at += 1
    return total


__all__ = ["elementary"]
