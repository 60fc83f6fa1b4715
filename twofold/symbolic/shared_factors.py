"""What the terms of sums have in common, taken out."""

from __future__ import annotations

from math import gcd
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt


def with_common_factors(e: Any) -> Any:
    """Common factors of the terms of all sums taken out."""
    return None if all(map(nothing_in_common, e.atoms(sp.Add))) else attempt(sp.factor_terms, e)


def nothing_in_common(total: Any) -> bool:
    """Whether the terms of a sum surely have no factor, no denominator and no sign in common; nothing is taken out of it then."""
    shared: set[Any] | None = None
    content, positive = 0, False
    for t in total.args:
        coefficient, rest = t.as_coeff_Mul()
        if not coefficient.is_Integer:
            return False
        content, positive = gcd(content, int(coefficient)), positive or coefficient.p > 0
        bases = set()
        for factor in sp.Mul.make_args(rest):
            base, exponent = factor.as_base_exp()
            if not (exponent.is_Integer and exponent.p > 0) and base is not sp.E or base.is_Add:
                return False
            bases.add(base)
        shared = bases if shared is None else shared & bases
    return positive and content == 1 and not (shared and shared - {sp.S.One})


def with_content(total: Any) -> Any:
    """A sum of products of constants with what its terms have in common in front."""
    if set.intersection(*({f.as_base_exp()[0] for f in sp.Mul.make_args(t) if not f.is_Rational} for t in total.args)):
        return sp.factor_terms(total)
    content, rest = total.primitive()
    if all(t.as_coeff_Mul()[0].is_negative for t in rest.args) and not rest.has(sp.I):
        content, rest = -content, sp.Add(*(-t for t in rest.args))
    return rest if content is sp.S.One else sp.Mul(content, rest, evaluate=False)


def is_plain(e: Any) -> bool:
    """Whether a sum has no sums and nothing below a bar in its terms: what those have in common has been taken out of one of its forms."""
    factors = (f for t in sp.Add.make_args(e) for f in sp.Mul.make_args(t))
    return not any(f.is_Add or f.is_Pow and (f.base.is_Add or f.exp.could_extract_minus_sign()) or _falls(f) for f in factors)


def _falls(f: Any) -> bool:
    return isinstance(f, sp.exp) and bool(f.args[0].could_extract_minus_sign())
