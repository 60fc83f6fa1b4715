"""Definite integrals with whole numbers as parameters: the values at which the general formula has a denominator 0 are cases of their own.

With m and n whole, the integral of cos(m*x)*cos(n*x) over a period is 0, except where m == n or m == -n. The formula is found for real
names, whose denominators show the exceptions; once sines of multiples of pi are 0, nothing shows them any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.grammar.term import Var, copy_symbol, num
from twofold.symbolic import spot
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import symbol_for
from twofold.symbolic.tidy import short

_MOST = 4
"""Exceptions, each of which is an integral of its own."""


def whole_cases(
    f: Any, x: Any, a: Any, b: Any, context: Context, value: Callable[..., tuple[Any, Any]]
) -> tuple[Any, Any] | None:
    """The integral by the cases of its whole parameters and the condition that remains; `None` where there is no whole parameter, or
    the formula for real ones has no exceptions or is not found. `value` gives an integral with its condition."""
    names = sorted(((f.free_symbols | a.free_symbols | b.free_symbols) - {x}), key=str)
    whole = [s for s in names if s.is_integer]
    if not whole:
        return None
    freed = {s: _real(s, context) for s in whole if isinstance(context.terms.get(s), Var)}
    back = {r: s for s, r in freed.items()}
    try:
        general, condition = value(*(e.xreplace(freed) if e is not x else x for e in (f, x, a, b)), context)
    except NoClosedForm:
        return None
    if general is sp.nan or general.is_infinite:
        return None
    parts = sp.And.make_args(condition.xreplace(back))
    exceptions = [r for r in parts if isinstance(r, sp.Ne) and r.rhs == 0 and r.lhs.is_polynomial()]
    rest = sp.And(*(r for r in parts if r not in exceptions))
    general = short(sp.simplify(general.xreplace(back)), context)
    cases = []
    for r in exceptions:
        found = _exception(r.lhs, whole, context)
        if found is None:
            return None
        if found == ():
            continue
        s, place = found
        if len(cases) == _MOST:
            return None
        f0, a0, b0 = (e.subs(s, place) for e in (f, a, b))
        special, needed = whole_cases(f0, x, a0, b0, context, value) or value(f0, x, a0, b0, context)
        if needed != sp.true or special is sp.nan or special.is_infinite:
            return None
        if special != general:
            cases.append((special, sp.Eq(s, place)))
    return (sp.Piecewise(*cases, (general, True)), rest) if exceptions else None


def _real(s: Any, context: Context) -> Any:
    """A real name with the bounds of a whole one."""
    meaning = context.terms[s]
    assert isinstance(meaning, Var)
    known = context.range(meaning.symbol)
    bounds = {
        "lower": None if known.lower is None else num(known.lower),
        "upper": None if known.upper is None else num(known.upper),
        "open_lower": known.open_lower,
        "open_upper": known.open_upper,
    }
    kept = meaning.symbol.properties - {"integer"}
    return symbol_for(copy_symbol(meaning.symbol, kind="real", size=False, properties=kept, **bounds), context)


def _exception(g: Any, whole: list[Any], context: Context) -> tuple[Any, ...] | None:
    """The name and the value at which g is 0, empty where it cannot be, `None` where that is not one value of a name."""
    s = next((s for s in reversed(whole) if g.has(s) and g.is_polynomial(s) and sp.degree(g, s) == 1), None)
    if s is None or not g.free_symbols <= set(whole):
        return None
    place = sp.expand(-g.subs(s, 0) / g.coeff(s))
    if place.is_integer is None:
        return None
    if place.is_integer is False or (place.is_Integer and not spot.admits(s, place, context)):
        return ()
    if (s - place).is_zero is False:
        return ()
    return s, place
