"""Square roots and odd roots among the factors of a product, put together as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp


@dataclass(frozen=True)
class Root:
    """The square root of a product, which SymPy would take apart again, above or below the bar."""

    inside: Any
    below: bool = False


@dataclass(frozen=True)
class OddRoot:
    """The real root of odd degree of a real quantity of any sign."""

    inside: Any
    degree: int


def joined_roots(factors: list[Any], coefficient: Any) -> tuple[list[Any], Any]:
    """Square roots of nonnegative quantities as one: sqrt(2)*sqrt(pi) is sqrt(2*pi), sqrt(2)/(2*sqrt(pi)) is 1/sqrt(2*pi)."""
    over_bar = [f.base for f in factors if isinstance(f, sp.Pow) and f.exp == sp.S.Half and f.base.is_nonnegative]
    under = [f.base for f in factors if isinstance(f, sp.Pow) and f.exp == -sp.S.Half and f.base.is_nonnegative]
    if len(over_bar) + len(under) < 2:
        return factors, coefficient
    roots = {sp.sqrt(b) for b in over_bar} | {1 / sp.sqrt(b) for b in under}
    if under and coefficient.is_Rational:
        for base in [b for b in over_bar if b.is_Integer and coefficient.q % b == 0]:
            over_bar.remove(base)
            under.append(base)
            coefficient *= base
    joined = Root(sp.Mul(*over_bar) / sp.Mul(*under)) if over_bar else Root(sp.Mul(*under), True)
    rest: list[Any] = [f for f in factors if f not in roots]
    return [*rest, joined], coefficient


def odd_roots(factors: list[Any]) -> list[Any]:
    """sign(u)*abs(u)^(1/3) as the cube root it is."""
    out = list(factors)
    for f in factors:
        if isinstance(f, sp.Pow) and isinstance(f.base, sp.Abs) and f.exp.is_Rational and f.exp.p == 1 and f.exp.q % 2:
            turned = next((g for g in out if isinstance(g, sp.sign) and g.args[0] in (f.base.args[0], -f.base.args[0])), None)
            if turned is not None:
                out[out.index(f)] = OddRoot(turned.args[0], int(f.exp.q))
                out.remove(turned)
    return out
