"""The sign of a sum with a root by that of a polynomial without it."""

from __future__ import annotations

from fractions import Fraction

from twofold.symbolic.normal import Converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.polynomials import Poly


def rootless(c: Converter, q: Poly) -> tuple[Poly, int] | None:
    """A polynomial with the sign of a*u^(1/n) + b, or with the opposite one (-1), and without the root: a^n*u + b^n for an odd n, a^2*u - b^2 where
    a and b have opposite signs; `None` where there is no such root."""
    for g in P.generators(q):
        key = c.field.kernels[g]
        found = {e for m in q for h, e in m if h == g}
        if key[0] != "abs" or len(found) != 1 or not isinstance(e := found.pop(), Fraction) or e.numerator != 1:
            continue
        n = e.denominator
        a = {tuple(x for x in m if x[0] != g): v for m, v in q.items() if any(h == g for h, _ in m)}
        b = {m: v for m, v in q.items() if not any(h == g for h, _ in m)}
        if not b or n not in (2, 3) or c.signs.of(dict(key[1])) not in ("+", "0+"):
            continue
        if n == 2 and {c.signs.of(a), c.signs.of(b)} != {"+", "-"}:
            continue
        whole = c.field.tidied(P.mul(P.power(a, n), dict(key[1])), P.constant(1))
        rest = c.field.tidied(P.power(b, n), P.constant(1))
        if len(whole.den) > 1 or len(rest.den) > 1:
            continue
        way = -1 if n == 2 and c.signs.of(a) == "-" else 1
        return P.add(whole.num, rest.num, -1 if n == 2 else 1), way
    return None


__all__ = ["rootless"]
