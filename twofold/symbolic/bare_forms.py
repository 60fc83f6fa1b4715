"""Expressions of which no form is shorter, seen by their shape alone."""

from __future__ import annotations

from typing import Any

import sympy as sp


def is_bare_product(e: Any) -> bool:
    """Whether an expression is a product of powers of names, one exponential and at most one more function, of which no form is shorter."""
    functions = 0
    for factor in sp.Mul.make_args(e):
        base, exponent = (factor, sp.S.One) if isinstance(factor, sp.exp) else factor.as_base_exp()
        if base.is_Rational or base.is_NumberSymbol:
            if not exponent.is_Integer:
                return False
        elif not exponent.is_Integer or not (base.is_Symbol or isinstance(base, _BARE)):
            return False
        elif not base.is_Symbol:
            inside = base.args[0]
            if not (inside.is_Symbol or isinstance(base, (sp.exp, sp.sin, sp.cos)) and _is_monomial(inside)):
                return False
            functions += not isinstance(base, sp.exp)
    return functions <= 1


_BARE = (sp.sin, sp.cos, sp.exp, sp.log, sp.atan, sp.erf)


def _is_monomial(e: Any) -> bool:
    return all(
        f.is_Rational or f.is_Symbol or f.is_Pow and f.base.is_Symbol and f.exp.is_Integer and f.exp > 0
        for f in sp.Mul.make_args(e)
    )


def is_sum_of_constants(e: Any) -> bool:
    """Whether an expression is a sum of products of rational numbers, roots of whole numbers, pi, Euler's constant and the logarithm of one prime: SymPy has
    written them in one way, and there are no relations between them."""
    return is_independent(e.atoms(sp.Function)) and all(
        map(_is_constant, (f for t in sp.Add.make_args(e) for f in sp.Mul.make_args(t)))
    )


def _is_constant(f: Any) -> bool:
    base, exponent = (f.base, f.exp) if f.is_Pow else (f, sp.S.One)
    if base.is_Rational:
        return bool(base.is_Integer and base > 0 and exponent is sp.S.Half) or exponent is sp.S.One
    return (base in (sp.pi, sp.EulerGamma) or isinstance(base, sp.log)) and (
        exponent.is_Integer and exponent > 0 or exponent is sp.S.Half
    )


def is_independent(functions: set[Any]) -> bool:
    """Whether there is no function, or the logarithm of one prime alone, of which no rule makes anything shorter."""
    return not functions or len(functions) == 1 and all(isinstance(f, sp.log) and f.args[0].is_prime for f in functions)
