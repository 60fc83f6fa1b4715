"""What of an element depends on a kernel."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from twofold.grammar.term import (
    Symbol,
    Term,
    Var,
)
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import UNIT, Element, Key
from twofold.symbolic.normal.polynomials import Mono, Poly


def depends(c: Converter, g: int, on: int) -> bool:
    """Whether a kernel's description mentions another kernel."""
    if g == on:
        return True
    cache: dict[tuple[int, int], bool] = c.__dict__.setdefault("depending", {})
    if (g, on) not in cache:
        cache[(g, on)] = False
        cache[(g, on)] = _mentions(c, c.field.kernels[g][1:], on, c.field.kernels[on])
    return cache[(g, on)]


def _mentions(c: Converter, value: Any, on: int, key: Key) -> bool:
    if isinstance(value, Symbol):
        return value is key[1]
    if isinstance(value, Term):
        from twofold.grammar.term import subterms

        return any(isinstance(t, Var) and t.symbol is key[1] for t in subterms(value))
    if isinstance(value, tuple):
        if (
            len(value) == 2
            and isinstance(value[0], int)
            and not isinstance(value[0], bool)
            and isinstance(value[1], (int, Fraction))
        ):
            return depends(c, value[0], on)
        return any(_mentions(c, v, on, key) for v in value)
    if isinstance(value, frozenset):
        return any(_mentions(c, v, on, key) for v in value)
    return False


def separate(c: Converter, e: Element, g: int, split: bool) -> list[tuple[Element, Element]]:
    """Pairs (part free of g, part with g) whose products add up to e; one pair with the common part where `split` is off."""
    f = c.field
    if len(e.den) == 1:
        free_den, bound_den = UNIT, UNIT
    else:
        constant, m, found = P.factors(e.den)
        free_den, bound_den = {m: constant}, UNIT
        for p, k in found:
            q = P.power(p, k)
            if any(depends(c, h, g) for h in P.generators(p)):
                bound_den = P.mul(bound_den, q)
            else:
                free_den = P.mul(free_den, q)
    groups: dict[Mono, Poly] = {}
    for m, v in e.num.items():
        free = tuple(x for x in m if not depends(c, x[0], g))
        rest = tuple(x for x in m if depends(c, x[0], g))
        key = rest if split else ()
        if split:
            groups.setdefault(key, {})[free] = v
        else:
            groups.setdefault(key, {})[m] = v
    if not split:
        p = groups[()]
        common = tuple(x for x in P.lowest(p) if not depends(c, x[0], g))
        inner_num = P.scaled(p, fmpq(1), P.mono_pow(common, -1))
        scale = P.content(inner_num) * P.leading_sign(inner_num)
        outer = f.made({common: scale}, free_den)
        return [(outer, f.made(P.scaled(inner_num, 1 / scale), bound_den))]
    return [(f.made(p, free_den), f.made({rest: fmpq(1)}, bound_den)) for rest, p in groups.items()]


def element_depends(c: Converter, e: Element, g: int) -> bool:
    """Whether a kernel stands in an element, also inside of other kernels."""
    return any(depends(c, h, g) for p in (e.num, e.den) for h in P.generators(p))
