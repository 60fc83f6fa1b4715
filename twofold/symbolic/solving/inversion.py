"""Equations and inequalities with parameters in which the unknown stands once: what stands around it is taken off layer by layer, and
what each step needs becomes a condition."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, num, subterms, var
from twofold.symbolic.arithmetic import minus, negate, times
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.rational_forms import is_rational
from twofold.symbolic.solving.admission import meets
from twofold.symbolic.solving.completeness import ALL, NONE, ONLY
from twofold.symbolic.solving.inverse_layers import neat
from twofold.symbolic.solving.inverse_regions import InverseRegion
from twofold.symbolic.solving.inverse_values import InverseValues
from twofold.symbolic.solving.parametric_regions import region_by_cases
from twofold.symbolic.solving.reading import read
from twofold.symbolic.solving.real_solutions import EACH, SOME
from twofold.symbolic.solving.solution_sets import merged
from twofold.symbolic.tidy import short


def inverted(relation: Term, symbol: Symbol, context: Context, uneven: bool = True) -> Term:
    """The solutions of a relation with parameters: a set of values, or a condition. Raises `NotApplicable`, also where some solutions need
    what others do not and that is not wanted (`uneven`)."""
    if not isinstance(relation, App) or relation.op not in (*ORDERS, "eq") or relation.args[0].shape:
        raise NotApplicable("not one relation")
    a, b = relation.args
    op = relation.op
    if op != "eq" and is_rational(a, {}) and is_rational(b, {}):
        before = list(context.conditions)
        try:
            made = region_by_cases(read(relation, var(symbol), context), context)
            context.note(ALL)
            return made
        except NoClosedForm:
            context.conditions[:] = before
    sides = [symbol in free_symbols(t) for t in (a, b)]
    problem = None
    if all(sides) or sum(1 for t in (*subterms(a), *subterms(b)) if isinstance(t, Var) and t.symbol is symbol) > 1:
        problem = read(relation, var(symbol), context)
        if problem.domain and op != "eq":
            raise NotApplicable("the relation is not defined everywhere")
        a, b = _one_wave(a, b, symbol, context) or (_collected(a, b, symbol, context, turned=op == "eq"), num(0))
        if isinstance(a, App) and a.op == "tuple":
            a, b = a.args
    elif sides[1]:
        a, b, op = b, a, MIRRORED[op]
    taken = {s.name for s in free_symbols(relation)}
    if op != "eq":
        known = len(context.conditions)
        sought = InverseRegion(symbol, context, taken)
        made = sought.region(a, op, b)
        if len(context.conditions) > known and not uneven:
            raise NotApplicable("the relation may hold everywhere or nowhere")
        if sought.periodic:
            context.note(SOME.format(sought.whole.symbol.name))
        context.note(ALL)
        return made
    work = InverseValues(symbol, context, taken)
    values = list(dict.fromkeys(neat(v, work.periodic, context) for v in work.values(a, b)))
    if work.uneven and not uneven:
        raise NotApplicable("the solutions have conditions of their own")
    work.note_vanishing(a, b)
    if work.periodic:
        values = _joined(values, context)
    if problem is not None:
        x = lower(var(symbol), context)
        values = [v for v in values if meets({x: lower(v, context)}, problem, context, by_algebra=True)]
    if not values:
        context.note(NONE)
        return App("set", (), (), "set")
    if work.periodic:
        context.note(EACH.format(work.whole.symbol.name))
    if "for a positive base; there may be other solutions" not in context.notes:
        context.note(ALL if len(values) > 1 or work.periodic else ONLY)
    return App("set", tuple(values), (), "set")


def _joined(values: list[Term], context: Context) -> list[Term]:
    """The families with two that lie half a period from each other as one."""
    lowered = {lower(v, context): v for v in values}
    return [lowered[e] if e in lowered else lift(short(e, context), context) for e in merged(list(lowered))]


def _one_wave(a: Term, b: Term, symbol: Symbol, context: Context) -> tuple[Term, Term] | None:
    """a == b as cos(v - phi) == w where it is p*sin(v) + q*cos(v) == r, with sqrt(p^2 + q^2)*w = r; `None` for others."""
    x = lower(var(symbol), context)
    e = sp.expand(lower(a, context) - lower(b, context))
    angles = {g.args[0] for g in e.atoms(sp.sin, sp.cos) if g.has(x)}
    if len(angles) != 1 or not e.has(sp.sin) or not e.has(sp.cos):
        return None
    (v,) = angles
    s, c = sp.Dummy("s"), sp.Dummy("c")
    made = sp.expand(e.xreplace({sp.sin(v): s, sp.cos(v): c}))
    if made.has(x) or not made.is_polynomial(s, c) or sp.Poly(made, s, c).total_degree() != 1:
        return None
    p, q, r = made.coeff(s, 1), made.coeff(c, 1), made.subs({s: 0, c: 0})
    square = sp.factor(p**2 + q**2)
    if square.is_nonzero is not True:
        context.require(app("ne", lift(square, context), num(0)))
    phase = lift(sp.atan2(p, q), context)
    return app("cos", minus(lift(v, context), phase)), lift(short(-r / sp.sqrt(square), context), context)


def _collected(a: Term, b: Term, symbol: Symbol, context: Context, turned: bool) -> Term:
    """a - b, linear in the unknown, as the pair (slope*x, value): the unknown then stands once. `turned`: or b - a, where it reads better."""
    x = lower(var(symbol), context)
    e = sp.expand(lower(a, context) - lower(b, context))
    if not e.is_polynomial(x) or sp.degree(e, x) != 1:
        raise NotApplicable("the unknown stands more than once")
    p: Any = sp.Poly(e, x)
    if turned and p.LC().could_extract_minus_sign():
        p = -p
    slope, constant = (lift(sp.factor(c), context) for c in p.all_coeffs())
    return App("tuple", (times(slope, var(symbol)) if slope != num(1) else var(symbol), negate(constant)), (), "tuple")
