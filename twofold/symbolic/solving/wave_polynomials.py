"""Equations with parameters that are polynomials in the sine, the cosine or the tangent of one angle: factored, with the solutions of every root under its
own condition."""

from __future__ import annotations

from itertools import product
from typing import Any

import sympy as sp
from sympy.simplify.fu import TR7, TR8

from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, substitute, subterms, var
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, Range
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.completeness import ALL
from twofold.symbolic.solving.inversion import inverted
from twofold.symbolic.solving.real_solutions import EACH, real_solutions

_MOST_CONDITIONS = 2


def of_wave_polynomial(relation: Term, symbol: Symbol, context: Context) -> Term:
    """The solutions, by cases where some roots are reached for some values of the parameters only. Raises `NotApplicable`."""
    if not isinstance(relation, App) or relation.op != "eq" or relation.args[0].shape or context.range(symbol) != Range():
        raise NotApplicable("not one equation over all numbers")
    if sum(isinstance(t, Var) and t.symbol is symbol for t in subterms(relation)) < 2:
        raise NotApplicable("the unknown stands once, so that the equation can be inverted")
    x = lower(var(symbol), context)
    e = sp.expand(lower(relation.args[0], context) - lower(relation.args[1], context))
    roots = _by_any_form(e, x, context)
    whole = Symbol("k", "integer")
    if any(s.name == "k" for s in free_symbols(relation)):
        whole = Symbol("m", "integer")
    always: list[Term] = []
    sometimes: list[tuple[list[Term], tuple[Term, ...]]] = []
    known = set(free_symbols(relation))
    remarks = list(context.notes)
    for wave, root, real in roots:
        said = len(context.conditions)
        equation = app("eq", lift(wave, context), lift(root, context))
        found = inverted(equation, symbol, context) if root.free_symbols else real_solutions(equation, symbol, context)
        wanted = [] if len(context.conditions) == said else [_reached(root, context)]
        del context.conditions[said:]
        if not isinstance(found, App) or found.op != "set":
            raise NotApplicable("the solutions are no families")
        if real is not None:
            wanted = [lift(real >= 0, context), *wanted]
        values = [substitute(v, {s: var(whole) for s in free_symbols(v) if s not in known}) for v in found.args]
        condition = tuple(plain(c) for c in wanted)
        same = next((vs for vs, c in sometimes if c == condition), None)
        if same is not None:
            same += values
        elif condition:
            sometimes.append((values, condition))
        else:
            always += [v for v in values if v not in always]
    if len(sometimes) > _MOST_CONDITIONS:
        raise NotApplicable("too many cases")
    context.notes[:] = [*remarks, EACH.format(whole.name), ALL]
    if not sometimes:
        return App("set", tuple(always), (), "set")
    if len(sometimes) == 1 and not always:
        ((values, conditions),) = sometimes
        for c in conditions:
            context.require(c)
        return App("set", tuple(dict.fromkeys(values)), (), "set")
    cases: list[Term] = []
    for choice in product((True, False), repeat=len(sometimes)):
        taken = [s for s, wanted in zip(sometimes, choice, strict=True) if wanted]
        values = list(dict.fromkeys([*always, *(v for vs, _ in taken for v in vs)]))
        cases.append(App("set", tuple(values), (), "set"))
        if taken:
            cases.append(together(list(dict.fromkeys(c for _, cs in taken for c in cs))))
    return App("piecewise", tuple(cases), (), "set")


def _by_any_form(e: Any, x: Any, context: Context) -> list[tuple[Any, Any, Any]]:
    """The roots in the first form in which one angle is left: as sums of waves, as it stands, and with multiples of angles expanded."""
    said = list(context.conditions)
    for form in (lambda: TR8(TR7(e)), lambda: e, lambda: sp.expand_trig(e)):
        try:
            return _roots(sp.expand(form()), x, context)
        except NotApplicable:
            context.conditions[:] = said
    raise NotApplicable("not a polynomial in waves of one angle")


def _reached(root: Any, context: Context) -> Term:
    """That a value is one of a sine or cosine."""
    names = list(root.free_symbols)
    slope = sp.diff(root, names[0]) if len(names) == 1 else sp.S.Zero
    if slope.is_Rational and slope != 0 and root == slope * names[0]:
        return lift(sp.Le(sp.Abs(names[0]), 1 / abs(slope)), context)
    return lift(sp.Le(sp.Abs(sp.factor_terms(root)), 1), context)


def _roots(e: Any, x: Any, context: Context) -> list[tuple[Any, Any, Any]]:
    """The waves, the values that they have to take, and what must not be negative for these to be real; what must not be 0 for that becomes a condition."""
    angles = {g.args[0] for g in e.atoms(sp.sin, sp.cos, sp.tan) if g.has(x)}
    if len(angles) != 1:
        raise NotApplicable("not one angle")
    (v,) = angles
    waves = {f(v): sp.Dummy(f.__name__) for f in (sp.sin, sp.cos, sp.tan)}
    s, c, t = waves.values()
    made = e.xreplace(waves)
    if made.has(x) or not made.is_polynomial(s, c, t) or sp.diff(v, x).has(x) or made.has(t) and made.has(s, c):
        raise NotApplicable("not a polynomial in waves of one angle")
    for one, other in ((s, c), (c, s)):
        reduced = sp.rem(made, one**2 + other**2 - 1, one)
        if not reduced.has(one):
            made = reduced
            break
    found = []
    for factor, _ in sp.factor_list(made, s, c, t)[1]:
        inside = [w for w in (s, c, t) if factor.has(w)]
        p = sp.Poly(factor, *inside) if inside else None
        if p is None or len(inside) != 1 or p.degree() > 2:
            raise NotApplicable("a factor of high degree, or in two waves")
        wave = next(w for w, d in waves.items() if d == inside[0])
        if not p.LC().is_nonzero and p.LC().free_symbols:
            context.require(App("ne", (lift(p.LC(), context), lift(sp.S.Zero, context)), (), "truth"))
        if p.degree() == 1:
            found.append((wave, sp.factor(-p.TC() / p.LC()), None))
            continue
        a, b, d = (p.coeff_monomial(inside[0] ** k) for k in (2, 1, 0))
        discriminant = sp.factor(b**2 - 4 * a * d)
        if discriminant.is_negative:
            continue
        real = None if discriminant.is_nonnegative else discriminant
        found += [(wave, (-b + sign * sp.sqrt(discriminant)) / (2 * a), real) for sign in (-1, 1)]
    if not e.free_symbols - {x} or not found:
        raise NotApplicable("no parameters, or no roots")
    return found
