"""Definite integrals by symmetry: the mean of the integrand and its reflection (x to a + b - x, to 1/x or -x) is often simpler.

Candidates only: quadrature has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from twofold.symbolic.antiderivatives.search import Search
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.residues import by_residues
from twofold.symbolic.calculus.table import by_table_of_ranges
from twofold.symbolic.context import Context


def by_symmetry(f: Any, x: Any, a: Any, b: Any, context: Context) -> Any:
    """The value, where the mean over a reflection is constant, 0, or has an antiderivative or a place in the table; `None` otherwise."""
    for reflected in _reflections(f, x, a, b):
        mean = _simpler((f + reflected) / 2, x)
        if mean == 0:
            return sp.S.Zero
        if not mean.has(x):
            return mean * (b - a) if a.is_finite and b.is_finite else None
        if sp.count_ops(mean) > sp.count_ops(f) + 1 or mean == f:
            continue
        found = attempt(by_table_of_ranges, mean, x, a, b)
        if found is not None and found[1] == sp.true:
            return found[0]
        found = by_residues(mean, x, a, b, context)
        if found is not None:
            return found
        found = Search(0.3).find(mean, x)
        if found is not None and a.is_finite and b.is_finite:
            return found.subs(x, b) - found.subs(x, a)
    return None


def _reflections(f: Any, x: Any, a: Any, b: Any) -> Iterator[Any]:
    if a.is_finite and b.is_finite:
        yield f.subs(x, sp.expand(a + b - x))
    elif a is -sp.oo and b is sp.oo:
        yield f.subs(x, -x)
    elif a == 0 and b is sp.oo:
        u = sp.Dummy("u", positive=True)
        yield sp.expand_log(f.subs(x, 1 / u) / u**2, force=True).subs(u, x)


def _simpler(e: Any, x: Any) -> Any:
    """The sum of an integrand and its reflection: over one denominator, in sines and cosines, logarithms joined."""
    forms = [sp.factor_terms(sp.expand(e)) if e.is_Add else e]
    if e.has(sp.exp):
        u = sp.Dummy("u", positive=True)
        forms.append(sp.cancel(sp.together(sp.powsimp(e.subs(sp.exp(-x), 1 / u).subs(sp.exp(x), u)))).subs(u, sp.exp(x)))
        inner = {g for g in e.atoms(sp.exp) if g.has(x)}
        if len(inner) == 2:
            g, h = sorted(inner, key=sp.count_ops)
            if sp.expand(g.args[0] + h.args[0]) == 0:
                forms.append(sp.cancel(sp.together(e.subs({g: u, h: 1 / u}))).subs(u, g))
    if e.has(sp.tan, sp.cot, sp.sec, sp.csc):
        e = _sines(e)
    if not e.has(sp.log):
        s = {g: sp.Dummy(positive=True) for g in e.atoms(sp.sin, sp.cos, sp.tan) if g.has(x)}
        powers = sp.powdenest(sp.expand_power_base(e.xreplace(s), force=True), force=True)
        forms.append(sp.cancel(sp.together(powers)).xreplace({v: k for k, v in s.items()}))
        made = forms[-1]
        for sine in made.atoms(sp.sin):
            square = 1 - sp.cos(sine.args[0]) ** 2
            forms.append(sp.cancel(sp.expand(made).subs(sine**2, square)))
    else:
        joined = sp.logcombine(sp.factor_terms(sp.expand(e)), force=True)
        forms.append(joined.replace(sp.log, lambda u: sp.log(sp.cancel(_sines(sp.expand_trig(u))))))
    return min(forms, key=lambda g: (g.has(x), sp.count_ops(g)))


def _sines(e: Any) -> Any:
    return e.replace(
        lambda g: isinstance(g, (sp.tan, sp.cot, sp.sec, sp.csc)) and not g.args[0].is_number,
        lambda g: {
            sp.tan: lambda v: sp.sin(v) / sp.cos(v),
            sp.cot: lambda v: sp.cos(v) / sp.sin(v),
            sp.sec: lambda v: 1 / sp.cos(v),
            sp.csc: lambda v: 1 / sp.sin(v),
        }[type(g)](g.args[0]),
    )
