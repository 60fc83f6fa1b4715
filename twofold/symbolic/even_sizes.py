"""Absolute values that a value does not tell from what stands in them: sin(t*abs(a))/abs(a) is sin(a*t)/a."""

from __future__ import annotations

from typing import Any

import sympy as sp


def without_sizes(e: Any) -> Any:
    """The expression with u for every abs(u) of a real u in which it is even, whatever else of it depends on u."""
    for size in sorted(e.atoms(sp.Abs), key=sp.default_sort_key):
        (u,) = size.args
        if not u.is_extended_real or not u.free_symbols:
            continue
        z = sp.Dummy("z", real=True)
        turned = e.xreplace({size: z})
        other = turned.xreplace({z: -z})
        if turned == other or sp.expand(turned - other) == 0:
            e = turned.xreplace({z: u})
    return e


__all__ = ["without_sizes"]
