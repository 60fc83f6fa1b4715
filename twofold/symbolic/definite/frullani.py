"""Integrals over 0..oo of (h(a*x) - h(b*x))/x: (h(0) - h(oo))*log(b/a), and over 0..1 of (x^a - x^b)/log(x): log((a + 1)/(b + 1)).

Sines and cosines count as 0 at infinity. Source: Frullani's theorem; Gradshteyn and Ryzhik 4.267.8.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.asymptotic.expressions import limit_of


def by_frullani(f: Any, x: Any, a: Any, b: Any) -> tuple[Any, Any] | None:
    """The value and its condition, or `None`."""
    if a == 0 and b == 1:
        return _powers_over_log(f, x)
    if a != 0 or b is not sp.oo:
        return None
    terms = sp.Add.make_args(sp.expand(f * x))
    if len(terms) != 2:
        return None
    first, second = terms
    inner, other = (_scale(t, x) for t in (first, second))
    if inner is None or other is None:
        return None
    ratio = sp.cancel(other / inner)
    if ratio == 1 or sp.expand(first.subs(x, ratio * x) + second) != 0:
        return None
    start = first.subs(x, 0)
    if start.has(sp.nan, sp.zoo, sp.oo):
        start = limit_of(first, x, sp.S.Zero)
    end = (
        sp.S.Zero
        if isinstance(first.as_independent(x, as_Add=False)[1], (sp.sin, sp.cos))
        else limit_of(first.subs(inner, sp.Symbol("p", positive=True)) if inner.is_Symbol else first, x, sp.oo)
    )
    if start is None or end is None or not start.is_finite or not end.is_finite:
        return None
    positive = sp.And(*(v > 0 for v in (inner, other) if not v.is_positive))
    return (start - end) * sp.log(ratio), positive


def _scale(t: Any, x: Any) -> Any:
    """The coefficient of x in the argument of the only function of a term."""
    for g in sp.preorder_traversal(t):
        if g.is_Function and g.has(x):
            for u in g.args:
                c = sp.cancel(u / x)
                if u.has(x) and not c.has(x):
                    return -c if c.could_extract_minus_sign() and isinstance(g, sp.exp) else c
    return None


def _powers_over_log(f: Any, x: Any) -> tuple[Any, Any] | None:
    terms = sp.Add.make_args(sp.expand(f * sp.log(x), power_exp=False))
    if len(terms) != 2:
        return None
    (c, p), (d, q) = ((t.as_independent(x, as_Add=False)) for t in terms)
    if c + d != 0:
        return None
    exponents = [sp.S.Zero if e == 1 else e.as_base_exp()[1] for e in (p, q)]
    if any(e != 1 and e.as_base_exp()[0] != x for e in (p, q)) or any(e.has(x) for e in exponents):
        return None
    m, n = exponents
    return c * sp.log((m + 1) / (n + 1)), sp.And(m > -1, n > -1)
