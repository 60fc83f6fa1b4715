"""High powers of polynomials that are kept as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.polynomials import Poly


def multiplied_out(num: Poly, kernels: Sequence[tuple[Any, ...]]) -> Poly:
    """High powers that were kept are multiplied out, where they do not cancel as common factors."""
    held = [g for g in P.generators(num) if kernels[g][0] == "ipow" and kernels[g][2] == () and kernels[g][1] != "minus"]
    if not held or not num:
        return num
    m = P.lowest(num)
    num = {P.mono_mul(k, P.mono_pow(m, -1)): v for k, v in num.items()}
    for g in held:
        if not any(h == g for k in num for h, _ in k):
            continue
        base = dict(kernels[g][1])
        out: Poly = {}
        for k, v in num.items():
            powers = dict(k)
            e = powers.pop(g, 0)
            out = P.add(out, P.scaled(P.power(base, int(e)), v, tuple(sorted(powers.items()))))
        num = out
    return num
