"""Signs of real expressions whose even roots are known not to be negative wherever they have values."""

from __future__ import annotations

from typing import Any

import sympy as sp


def is_never_negative(e: Any) -> bool:
    """Whether a real expression is seen not to be negative wherever its even roots have values."""
    made = sp.sympify(e)
    if made.is_nonnegative:
        return True
    roots = {p: sp.Dummy("r", nonnegative=True) for p in made.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q % 2 == 0}
    # Common factors are seen in products alone.
    return any(sp.factor(m).is_nonnegative for m in (made, made.xreplace(roots), sp.factor(made).xreplace(roots)))
