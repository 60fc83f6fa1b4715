"""Methods for definite integrals: functions of the integrand, its variable, the ends and the context, with a value and its condition or `None`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.brackets import by_pieces
from twofold.symbolic.calculus.conditions import for_real_names
from twofold.symbolic.calculus.quadrature import quadrature_agrees
from twofold.symbolic.calculus.residues import by_residues
from twofold.symbolic.calculus.searches import by_sympy
from twofold.symbolic.calculus.table import by_table_of_ranges
from twofold.symbolic.context import Context
from twofold.symbolic.definite.frullani import by_frullani
from twofold.symbolic.definite.keyhole import by_keyhole
from twofold.symbolic.definite.oscillating import by_terms, over_power
from twofold.symbolic.definite.parameters import by_parameter
from twofold.symbolic.definite.periods import over_period
from twofold.symbolic.definite.recognise import recognised_integral
from twofold.symbolic.definite.scales import in_exponential
from twofold.symbolic.definite.symmetry import by_symmetry
from twofold.symbolic.effort import within

Method: TypeAlias = "Callable[[Any, Any, Any, Any, Context], tuple[Any, Any] | None]"


def alone(rule: Callable[..., Any]) -> Method:
    """A rule that finds a value; where it holds is left to quadrature at admissible values of the parameters."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        found = attempt(rule, f, x, a, b, context)
        return None if found is None else (found, sp.true)

    return run


def _with_condition(rule: Callable[..., Any]) -> Method:
    """A rule that finds a value and its condition."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        found = attempt(rule, f, x, a, b, context)
        if found is None:
            return None
        condition = for_real_names(found[1])
        return None if condition is None else (found[0], condition)

    return run


def _positive(method: Method) -> Method:
    """A method with every real parameter of unknown sign taken to be positive, under that condition."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        parameters = (f.free_symbols | a.free_symbols | b.free_symbols) - {x}
        names = [s for s in parameters if s.is_real and s.is_positive is None and s.is_negative is None]
        if not names:
            return None
        stand_in = {s: sp.Symbol(s.name, positive=True, **({"integer": True} if s.is_integer else {})) for s in names}
        found = method(f.xreplace(stand_in), x, a.xreplace(stand_in), b.xreplace(stand_in), context)
        if found is None:
            return None
        back = {v: k for k, v in stand_in.items()}
        value, condition = (e.xreplace(back) for e in found)
        # What is even in a parameter needs its size only.
        even = [s for s in names if value.has(s) and all(sp.expand(e - e.subs(s, -s)) == 0 for e in (f, a, b) if e.is_finite)]
        odd = [s for s in names if s not in even and sp.expand(f + f.subs(s, -s)) == 0 and not (a.has(s) or b.has(s))]
        sized = value.xreplace({s: sp.Abs(s) for s in (*even, *odd)})
        signs = (sp.Ne(s, 0) if s in even or s in odd else s > 0 for s in names if value.has(s))
        return sp.Mul(*(sp.sign(s) for s in odd)) * sized, sp.And(condition, *signs)

    return run


def _through(rule: Callable[..., Any], methods: tuple[Method, ...], checked: bool = False) -> Method:
    """A rule that asks for other integrals: these methods find them, and their conditions are those of the value."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        conditions: list[Any] = []

        def value(g: Any, y: Any, low: Any, high: Any) -> Any:
            for method in methods:
                found = within(0.3, method, g, y, low, high, context)
                if found is None or found[1] == sp.false:
                    continue
                if not checked or quadrature_agrees(*found, g, y, low, high, context):
                    conditions.append(found[1])
                    return found[0]
            return None

        found = attempt(rule, f, x, a, b, value)
        return None if found is None else (found, sp.And(*conditions))

    return run


from_table = _with_condition(lambda f, x, a, b, context: by_table_of_ranges(f, x, a, b))
recognised = alone(recognised_integral)
reflected = alone(by_symmetry)
residues = alone(by_residues)
positive_residues = _positive(residues)
keyhole = alone(by_keyhole)
oscillating = alone(lambda f, x, a, b, context: over_power(f, x, a, b))
periods = _with_condition(over_period)
frullani = _with_condition(lambda f, x, a, b, context: by_frullani(f, x, a, b))
term_by_term = _through(by_terms, (from_table, oscillating, residues, keyhole))
of_exponential = _through(in_exponential, (from_table, keyhole))
under_integral = _through(by_parameter, (from_table, residues, keyhole, by_pieces), checked=True)
positive_pieces = _positive(by_pieces)
positive_oscillating = _positive(oscillating)
positive_search = _positive(by_sympy)
