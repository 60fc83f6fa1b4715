"""What the terms of an infinite sum tend to."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.effort import within


def terms_stay_away(body: Any, k: Any) -> bool:
    """Whether the size of the terms has a limit other than 0, so that an infinite sum has no value."""
    if body.free_symbols != {k}:
        return False
    x = sp.Symbol(k.name, positive=True)
    for wave in (f for f in sp.Mul.make_args(body) if isinstance(f, (sp.sin, sp.cos))):
        slope, rest = sp.diff(wave.args[0], k), body / wave
        if not slope.has(k) and slope.is_Rational and not rest.has(sp.sin, sp.cos):
            # The sines of the multiples of a rational number do not tend to 0.
            size = within(0.5, limit_of, sp.Abs(rest).subs(k, x), x, sp.oo)
            return size is not None and (size.is_infinite or size.is_positive) is True
    found = within(0.5, limit_of, sp.Abs(body).subs(k, x), x, sp.oo)
    return found is not None and (found.is_infinite or found.is_positive) is True
