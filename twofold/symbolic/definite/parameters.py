"""Integrals with a parameter: the derivative by the parameter is integrated, then the result by the parameter.

The constant comes from a value of the parameter at which the integrand vanishes. Candidates only: quadrature has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.antiderivatives.search import Search
from twofold.symbolic.asymptotic.expressions import limit_of

_SPECIAL = (sp.log, sp.atan, sp.erf, sp.erfc, sp.acot, sp.asin)


def by_parameter(f: Any, x: Any, a: Any, b: Any, value: Callable[..., Any]) -> Any:
    """The value, with `value` for the integral of the derivative; `None` where no parameter helps."""
    for p in sorted(f.free_symbols - {x}, key=str):
        if a.has(p) or b.has(p) or p.is_integer:
            continue
        if not any(g.has(p) and g.has(x) for g in f.atoms(*_SPECIAL)) and not _over(f, x):
            continue
        slope = _tidy(sp.diff(f, p))
        if sp.count_ops(slope) > 2 * sp.count_ops(f) + 8 or slope == 0:
            continue
        start = _vanishing(f, p)
        if start is None:
            continue
        inner = value(slope, x, a, b)
        if inner is None:
            continue
        plain = sp.Dummy("p", positive=True)
        found = Search(0.4).find(
            sp.cancel(sp.together(inner.subs(p, plain))) if inner.is_rational_function(p) else inner.subs(p, plain), plain
        )
        if found is None:
            continue
        at = found.subs(plain, start) if start.is_finite else limit_of(found, plain, start, "-")
        if not at.is_finite:
            continue
        return (found - at).subs(plain, p)
    return None


def _tidy(e: Any) -> Any:
    made = sp.powsimp(sp.factor_terms(e))
    return sp.cancel(sp.together(made)) if not made.has(sp.exp) and sp.count_ops(made) < 60 else made


def _over(f: Any, x: Any) -> bool:
    """Whether the variable or its logarithm stands alone below, which differentiation clears."""
    return any(t.is_Pow and t.exp.is_negative and t.base in (x, sp.log(x)) for t in sp.Mul.make_args(f))


def _vanishing(f: Any, p: Any) -> Any:
    """A value of the parameter at which the integrand is 0."""
    for start in (sp.S.Zero, sp.S.One):
        made = f.subs(p, start)
        if made == 0 or not made.has(sp.nan, sp.zoo) and sp.expand(made) == 0:
            return start
    if any(g.args[0].has(p) and sp.diff(g.args[0], p).could_extract_minus_sign() for g in f.atoms(sp.exp)) and p.is_positive:
        return sp.oo
    return None
