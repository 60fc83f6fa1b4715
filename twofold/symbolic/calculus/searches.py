"""Definite integrals by SymPy: values by cases as one value and its condition, for real parameters."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import for_real_names
from twofold.symbolic.context import Context
from twofold.symbolic.tidy import short


def by_sympy(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = attempt(lambda g, y: sp.integrate(g, (y, a, b), heurisch=False), f, x)
    return None if found is None else _first_branch(found, context)


def _first_branch(found: Any, context: Context) -> tuple[Any, Any] | None:
    """The value by cases as one value and its condition, read for real parameters."""
    condition: Any = sp.true
    found = sp.piecewise_fold(found) if found.has(sp.Piecewise) and not isinstance(found, sp.Piecewise) else found
    while isinstance(found, sp.Piecewise):
        value, given = found.args[0]
        real = for_real_names(given)
        if real is None:
            return None
        if real == sp.false or real.atoms(sp.Eq):
            # An exceptional value of a parameter; the generic one is what is asked for.
            if len(found.args) == 1:
                return None
            found = sp.Piecewise(*found.args[1:])
            continue
        found, condition = value, sp.And(condition, real)
    if found.has(sp.Integral):
        return None
    return short(_real_form(found, context), context), condition


def _real_form(found: Any, context: Context) -> Any:
    """A value without polar numbers, and without an imaginary unit that cancels."""
    made = sp.unpolarify(found)
    if context.reading == "real" and made.is_number and made.has(sp.I) and not made.is_infinite:
        real, imaginary = made.evalf(30).as_real_imag()
        if abs(imaginary) < 1e-20 * (1 + abs(real)):
            split = sp.expand(made, complex=True)
            if not split.has(sp.I, sp.re, sp.im, sp.arg):
                return split
    return made
