"""Factors of polynomials over the rationals with the imaginary unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    ZERO,
    Polynomial,
    constant,
    used,
)

if TYPE_CHECKING:
    pass


def gaussian_factors(p: Polynomial, imaginary: int) -> list[Polynomial]:
    """The irreducible factors over Q(i), `imaginary` being the generator of i."""
    import sympy as sp

    ks = [k for k in used(p) if k != imaginary]
    if not ks:
        return [p]
    symbols = {k: sp.Symbol(f"g{k}") for k in ks}
    total = sp.Add(
        *(
            sp.Rational(int(c.p), int(c.q)) * sp.Mul(*(symbols[k] ** int(m[k]) for k in ks)) * sp.I ** int(m[imaginary])
            for m, c in p.terms()
        )
    )
    _, factors = sp.factor_list(sp.Poly(total, *symbols.values(), extension=sp.I))
    return [_from_sympy(f, ks, imaginary) for f, _ in factors] or [p]


def _from_sympy(f: Any, ks: list[int], imaginary: int) -> Polynomial:
    import sympy as sp

    out = ZERO
    for m, c in f.terms():
        t = ONE
        for k, d in zip(ks, m, strict=True):
            t = t * CONTEXT.gen(k) ** int(d)
        re, im = sp.re(c), sp.im(c)
        out += t * (constant(Fraction(int(re.p), int(re.q))) + constant(Fraction(int(im.p), int(im.q))) * CONTEXT.gen(imaginary))
    return out
