"""Singular values with parameters in their order: by the difference of their squares, and two of them with the size of half their difference."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.even_roots import is_never_negative


def falling(values: list[Any]) -> list[Any] | None:
    """Values that are not negative, the largest first, as far as that is known for all values of the parameters or there are two of them;
    `None` elsewhere."""
    values = [_without_signs(v) for v in values]
    if len(values) == 2 and (pair := _pair(*values)) is not None:
        return list(pair)
    left, out = list(values), []
    while left:
        first = next((v for v in left if all(v == w or is_never_negative(_gap(v, w)) for w in left)), None)
        if first is None:
            return None
        left.remove(first)
        out.append(first)
    return out


def _without_signs(e: Any) -> Any:
    """An expression with |z|*sign(z) as z."""
    signs = {w: w.args[0] / sp.Abs(w.args[0]) for w in e.atoms(sp.sign)}
    return sp.expand(e.xreplace(signs)) if signs else e


def _gap(u: Any, v: Any) -> Any:
    """The difference of squares, which has the sign of the difference."""
    return sp.expand(u**2 - v**2)


def _pair(u: Any, v: Any) -> tuple[Any, Any] | None:
    """max(s + t, s - t) is s + |t|, and max(|s + t|, |s - t|) is |s| + |t|."""
    if is_never_negative(_gap(u, v)):
        return u, v
    if is_never_negative(_gap(v, u)):
        return v, u
    s, t = sp.expand((u + v) / 2), sp.expand((u - v) / 2)
    if t.is_polynomial(*t.free_symbols):
        return s + sp.Abs(t), s - sp.Abs(t)
    if isinstance(u, sp.Abs) and isinstance(v, sp.Abs):
        p, q = u.args[0], v.args[0]
        s, t = sp.expand((p + q) / 2), sp.expand((p - q) / 2)
        if sp.count_ops(s) + sp.count_ops(t) < sp.count_ops(p) + sp.count_ops(q):
            return sp.Abs(s) + sp.Abs(t), sp.Abs(sp.Abs(s) - sp.Abs(t))
        return None
    return _by_squares(u, v)


def _by_squares(u: Any, v: Any) -> tuple[Any, Any] | None:
    """The same for the squares, where half their difference is a polynomial times a root."""
    mean, half = sp.expand((u**2 + v**2) / 2), sp.factor(_gap(u, v) / 2)
    root = sp.Mul(*(f for f in sp.Mul.make_args(half) if is_never_negative(f)))
    other = half / root
    if not other.is_polynomial(*other.free_symbols):
        return None
    return sp.sqrt(mean + sp.Abs(other) * root), sp.sqrt(mean - sp.Abs(other) * root)
