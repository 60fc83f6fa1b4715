"""Antiderivatives by parts: what has a simpler derivative (logarithms, inverse functions, integral functions, polynomials) against the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from twofold.symbolic.antiderivatives.kinds import INTEGRALS, INVERSE

if TYPE_CHECKING:
    from twofold.symbolic.antiderivatives.search import Search

_HARD = (*INVERSE, *INTEGRALS, sp.polylog, sp.digamma)


def by_parts(f: Any, x: Any, search: Search, depth: int) -> Any:
    """u*v minus the integral of v*u', for the choices of u in the order of simplicity of their derivatives."""
    for u, dv in _choices(f, x):
        v = search.find(dv, x, depth + 1)
        if v is None:
            continue
        rest = v * sp.diff(u, x)
        rest = sp.cancel(rest) if rest.is_rational_function(x) else _together(rest, x)
        if rest == 0:
            return u * v
        if sp.count_ops(rest) > 4 * sp.count_ops(f) + 25:
            continue
        ratio = sp.cancel(rest / f) if sp.count_ops(rest) < 60 else x
        if not ratio.has(x):
            if ratio == -1:
                continue
            return u * v / (1 + ratio)
        found = search.find(rest, x, depth + 1)
        if found is not None:
            return u * v - found
    return _over_power(f, x, search, depth)


def _over_power(f: Any, x: Any, search: Search, depth: int) -> Any:
    """A power of D below: with h = f*D^n/D', -h/((n - 1)*D^(n-1)) and the integral of h'/((n - 1)*D^(n-1))."""
    for t in sp.Mul.make_args(f):
        if not (t.is_Pow and t.exp.is_Integer and t.exp < -1 and t.base.is_Add and not t.base.is_polynomial(x)):
            continue
        n, below = -t.exp, t.base
        h = sp.cancel(f / t / sp.diff(below, x))
        rest = sp.cancel(sp.diff(h, x) / below ** (n - 1))
        if sp.count_ops(rest) > sp.count_ops(f):
            continue
        found = search.find(rest, x, depth + 1)
        if found is not None:
            return (found - h / below ** (n - 1)) / (n - 1)
    return None


def _together(e: Any, x: Any) -> Any:
    """A sum of products multiplied out where that joins powers."""
    made = sp.powsimp(sp.expand(e, power_base=False, log=False, trig=False, power_exp=False))
    return made if sp.count_ops(made) <= sp.count_ops(e) + 10 else e


def _choices(f: Any, x: Any) -> Iterator[tuple[Any, Any]]:
    factors = [t for t in sp.Mul.make_args(f) if t.has(x)]

    def base(t: Any) -> Any:
        return t.base if t.is_Pow and t.exp.is_Integer and t.exp > 0 else t

    hard = [t for t in factors if isinstance(base(t), _HARD)]
    polynomials = [t for t in factors if t.is_polynomial(x)]
    if hard:
        whole = sp.Mul(*hard)
        yield whole, f / whole
        if len(hard) > 1:
            for t in hard:
                yield t, f / t
        return
    if f.has(*_HARD) and len(factors) <= 2:
        # A sum with a logarithm in it, and the like: the function itself.
        sums = [t for t in factors if t.has(*_HARD)]
        if len(sums) == 1:
            yield sums[0], f / sums[0]
    if polynomials and len(factors) > len(polynomials):
        p = sp.Mul(*polynomials)
        yield p, f / p
