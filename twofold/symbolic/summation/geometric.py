"""Terms as a power whose exponent is a multiple of the index, times the rest."""

from __future__ import annotations

from typing import Any

import sympy as sp


def geometric(term: Any, k: Any) -> tuple[Any, Any]:
    """base and rest of base^k*rest, where the base does not depend on k; it is 1 where there is no such power."""
    base, rest = sp.S.One, []
    for f in sp.Mul.make_args(sp.expand_power_exp(term)):
        root, exponent = (sp.E, f.args[0]) if isinstance(f, sp.exp) else f.as_base_exp()
        slope = sp.diff(exponent, k)
        if exponent.has(k) and not root.has(k) and not slope.has(k):
            base *= root**slope
            rest.append(root ** exponent.subs(k, 0))
        else:
            rest.append(f)
    return base, sp.Mul(*rest)
