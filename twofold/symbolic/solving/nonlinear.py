"""Differential equations that are not linear, of first order and those of second order without the function itself: by the rules of `first_order`,
with conditions met and solutions named that no constant gives."""

from __future__ import annotations

from functools import reduce
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.grammar.term import App, Term, free_symbols, substitute
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.antiderivatives import primitive
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.dalembert import dalembert
from twofold.symbolic.solving.energy import slope_by_energy
from twofold.symbolic.solving.exact_equations import potential
from twofold.symbolic.solving.first_order import C, Family, first_order
from twofold.symbolic.solving.implicit_equations import families, is_beside, is_determined, members
from twofold.symbolic.solving.initial_values import joined, widened
from twofold.symbolic.solving.kinked_slopes import Sides, on_both_sides
from twofold.symbolic.solving.ordinary import Problem
from twofold.symbolic.solving.reading import INCOMPLETE, holds
from twofold.symbolic.solving.smooth_roots import smooth
from twofold.symbolic.tidy import short


def nonlinear(problem: Problem, context: Context) -> Term | None:
    """The solutions, or `None` where no rule applies."""
    marks = list(context.notes), list(context.conditions)
    found = within(context.seconds, _solved, problem, context)
    if found is None:
        context.notes[:], context.conditions[:] = marks
    return found


def _solved(problem: Problem, context: Context) -> Term | None:
    x, f = problem.variable, problem.functions[0](problem.variable)
    equation = problem.equations[0]
    derivatives = {d.derivative_count for d in equation.atoms(sp.Derivative) if d.expr == f}
    y, p, q = sp.Symbol("y_", real=True), sp.Symbol("p_", real=True), sp.Symbol("q_", real=True)
    flat = equation.subs(sp.Derivative(f, (x, 2)), q).subs(sp.Derivative(f, x), p).subs(f, y)
    if flat.has(problem.functions[0], sp.Derivative):
        return None

    def integral(e: Any, by: Any) -> Any:
        if e == 0:
            return e
        try:
            return primitive(e, by, context)
        except NoClosedForm:
            return None

    if derivatives == {1}:
        slope = _solved_for(flat, p)
        if slope is None:
            return _of_higher_degree(flat, x, y, p, integral, problem, context)
        sides = attempt(on_both_sides, slope, x, y, integral)
        if sides is not None:
            return _by_height(sides, x, y, problem, context)
        found = first_order(slope, x, y, integral)
        if found is None:
            return _level_lines(potential(slope, x, y, integral), x, y, problem, context)
        return _members(found, slope, x, y, problem, context)
    if derivatives <= {1, 2} and 2 in derivatives and not flat.has(x) and flat.has(y) and not problem.conditions:
        return _autonomous(flat, x, y, p, q, integral, problem, context)
    if derivatives == {2} and not flat.has(x):
        return _by_energy(flat, x, y, q, integral, problem, context)
    if derivatives <= {1, 2} and not flat.has(y) and not problem.conditions:
        slope = _solved_for(flat, q)
        found = first_order(slope, x, p, integral) if slope is not None else None
        if found is None or any(k.where for k in found):
            return None
        values = [integral(k.value, x) for k in found]
        if None in values:
            return None
        for r in found[0].lost:
            lost = integral(r, x)
            if lost is not None:
                _note_lost(lost + C, problem, context)
        return _answer(values, problem, context, sp.Symbol("C2"))
    return None


def _autonomous(flat: Any, x: Any, y: Any, p: Any, q: Any, integral: Any, problem: Problem, context: Context) -> Term | None:
    """y'' = f(y, y'): with p = y' as a function of y it is p*dp/dy = f(y, p)."""
    bend = _solved_for(flat, q)
    if bend is None:
        return None
    first = first_order(sp.cancel(bend / p), y, p, integral)
    if first is None or any(k.where for k in first):
        return None
    second = sp.Symbol("C2")
    values = _through(first, second, x, y, integral)
    if values is None or any(
        p.exp == sp.S.Half and p.base.has(second) and not p.base.has(x) for v in values for p in v.atoms(sp.Pow)
    ):
        # By the sign of the first constant.
        size = sp.Dummy("k", positive=True)
        by_sign = [_through(first, c, x, y, integral) for c in (size**2, -(size**2), sp.S.Zero)]
        if all(v is not None for v in by_sign):
            values = [e.subs(size, second) for v in by_sign for e in v or ()]
    if values is None:
        return None
    if any(
        holds(sp.simplify(flat.subs({q: v.diff(x, 2), p: v.diff(x), y: v}, simultaneous=True)), context) is not True
        for v in values
    ):
        return None
    if holds(flat.subs({q: 0, p: 0}, simultaneous=True), context) is True and not any(_is_constant(v, x) for v in values):
        _note_lost(C, problem, context)
    context.note(INCOMPLETE)
    return _answer(values, problem, context)


def _by_energy(flat: Any, x: Any, y: Any, q: Any, integral: Any, problem: Problem, context: Context) -> Term | None:
    """y'' = f(y) from a place and a slope: the solution of an equation of first order, put into that of second order."""
    bend = _solved_for(flat, q)
    made = None if bend is None else attempt(slope_by_energy, bend, y, problem, integral)
    if made is None:
        return None
    slope, start = made
    found = first_order(slope, x, y, integral)
    if found is None or any(k.where for k in found):
        return None
    fitting = []
    for k in found:
        constants = attempt(sp.solve, k.value.subs(x, start.at) - start.value, C) or []
        fitting += [k.value.subs(C, c) for c in constants if not c.has(C) and c.is_real is not False]
    for v in dict.fromkeys(map(sp.simplify, fitting)):
        at_start = [sp.simplify(v.diff(x, c.order).subs(x, c.at) - c.value) for c in problem.conditions]
        if any(e != 0 for e in at_start) or sp.simplify(flat.subs({q: v.diff(x, 2), y: v}, simultaneous=True)) != 0:
            continue
        return _answer([v], problem, context)
    return None


def _through(first: list[Family], constant: Any, x: Any, y: Any, integral: Any) -> list[Any] | None:
    """The solutions of y' = P(y), P being a family with its constant given."""
    values = []
    for k in first:
        found = first_order(sp.factor(k.value.subs(C, constant)), x, y, integral)
        if found is None:
            return None
        values += [m.value for m in found]
    return values


def _is_constant(value: Any, x: Any) -> bool:
    """Whether C2 = 0 makes a solution one of any constant value."""
    there = attempt(lambda: value.subs(sp.Symbol("C2"), 0))
    return there is not None and there == C


def _of_higher_degree(flat: Any, x: Any, y: Any, p: Any, integral: Any, problem: Problem, context: Context) -> Term | None:
    """The solutions of an equation that is no polynomial of first degree in the slope."""
    found = attempt(families, flat, x, y, p, integral, context)
    if found is None:
        made = attempt(dalembert, flat, x, y, p, integral)
        if made is None:
            return None
        for r in () if problem.conditions else made.lines:
            _note_lost(r, problem, context)
        if made.values and not problem.conditions:
            return _answer(list(made.values), problem, context)
        parts = [_level_lines(e, x, y, problem, context) for e in made.levels]
        several = [e for e in parts if e is not None]
        return reduce(lambda one, other: App("or", (one, other), (), "truth"), several) if several else None
    if not problem.conditions:
        for r in found[0].lost:
            _note_lost(r, problem, context)
        for condition in (w for k in found for w in k.where):
            context.require(lift(condition.xreplace(problem.back), context))
        return _answer([k.value for k in found], problem, context)
    if len(problem.conditions) != 1 or problem.conditions[0].order:
        return None
    (given,) = problem.conditions
    values = list(members(flat, found, (given.at, given.value), x, y, p) or ())
    values += [r for r in found[0].lost if holds(r.subs(x, given.at) - given.value, context) is True]
    values = [v for k, v in enumerate(values) if not any(sp.simplify(v - w) == 0 for w in values[:k])]
    if not is_determined(flat, p):
        context.note(INCOMPLETE)
    return _answer(values, problem, context) if values else None


def _solved_for(flat: Any, p: Any) -> Any:
    """What the highest derivative is, where the equation gives it; `None` where it stands in another way."""
    top = sp.numer(sp.together(flat))
    if not top.is_polynomial(p) or sp.degree(top, p) != 1:
        return None
    slope, rest = sp.Poly(top, p).all_coeffs()
    return sp.factor(-rest / slope)


def _members(found: list[Family], slope: Any, x: Any, y: Any, problem: Problem, context: Context) -> Term | None:
    if not problem.conditions:
        for r in found[0].lost:
            _note_lost(r, problem, context)
        for condition in found[0].where:
            context.require(lift(condition.xreplace(problem.back), context))
        return _answer([k.value for k in found], problem, context)
    if len(problem.conditions) != 1 or problem.conditions[0].order:
        return None
    (given,) = problem.conditions
    point = [(y, given.value), (x, given.at)]
    values: list[Any] = []
    unreal = False
    sided: dict[Any, Any] = {}
    for k in found:
        constant = k.constant.subs(point)
        if constant.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            continue
        value = k.value.subs(C, constant)
        if len(found) == 2:
            value = _differentiable(value, slope, x, y, context)
        gap = value.subs(x, given.at) - given.value
        if holds(gap, context) is not True:
            if len(found) == 1 and _holds_above(gap, given.value):
                context.require(App("gt", (lift(given.value, context), lift(sp.S.Zero, context)), (), "truth"))
                values.append(value)
                continue
            side = _side(gap, context)
            if side is not None:
                sided[side] = value
            continue
        if not is_beside(value, x, given.at):
            unreal = True
            continue
        inside = [w.subs(C, constant).subs(x, given.at) for w in k.where]
        if any(w == sp.false for w in inside):
            continue
        for w in k.where:
            context.require(lift(w.subs(C, constant).xreplace(problem.back), context))
        whole = widened(value, given.value, found[0].lost)
        if whole is not None:
            context.settled.add(whole)
        values.append(value if whole is None else whole)
    values += [r for r in found[0].lost if holds(r.subs(x, given.at) - given.value, context) is True]
    one = joined(sided, given.value, found[0].lost) if sided and not values else None
    if one is not None:
        context.settled.add(one)
        values.append(one)
    if sided and not values:
        return _by_side(sided, problem, context)
    if unreal and not values:
        raise NoClosedForm("no real solution through this point is found")
    steep = sp.diff(slope, y).subs(point)
    if steep.has(sp.nan, sp.zoo, sp.oo, -sp.oo) or not steep.is_finite and steep.is_finite is not None:
        context.note(INCOMPLETE)
    elif len(values) > 1:
        # Where the slope has a derivative by y there is one solution; they are the same in other words.
        values = values[:1]
    if any(v.diff(x).subs(x, given.at).has(sp.zoo, sp.oo, -sp.oo, sp.nan) for v in values):
        context.note(f"without a derivative at {x} = {show(lift(given.at, context))} itself")
    return _answer(values, problem, context) if values else None


def _holds_above(gap: Any, value: Any) -> bool:
    """Whether a solution with a power of its initial value begins there where that is positive."""
    if not value.is_Symbol or value.is_positive:
        return False
    return bool(sp.powdenest(sp.expand(gap.subs(value, sp.Dummy("p", positive=True))), force=True) == 0)


def _side(gap: Any, context: Context) -> Any:
    """What is positive where an expression with one absolute value is 0; `None` where no sign makes it 0."""
    sizes = list(gap.atoms(sp.Abs))
    if len(sizes) != 1 or not sizes[0].free_symbols:
        return None
    return next((s * sizes[0].args[0] for s in (1, -1) if holds(gap.subs(sizes[0], s * sizes[0].args[0]), context) is True), None)


def _by_height(sides: Sides, x: Any, y: Any, problem: Problem, context: Context) -> Term | None:
    """Solutions by the side of a height on which they stay."""
    start = C
    values = [sides.above[0], sides.below[0]]
    if problem.conditions:
        if len(problem.conditions) != 1 or problem.conditions[0].order:
            return None
        (given,) = problem.conditions
        start = given.value - sides.height
        values = [v.subs(C, c.subs({y: given.value, x: given.at})) for v, c in (sides.above, sides.below)]
    if start.is_nonnegative or start.is_nonpositive:
        return _answer([values[0] if start.is_nonnegative else values[1]], problem, context)
    parts = [lift(short(v, context).xreplace(problem.back), context) for v in values]
    above = plain(App("gt", (lift(start, context), lift(sp.S.Zero, context)), (), "truth"))
    return App("piecewise", (parts[0], above, parts[1]))


def _by_side(sided: dict[Any, Any], problem: Problem, context: Context) -> Term:
    """Branches by the sign that a given value has."""
    zero = lift(sp.S.Zero, context)
    positive = [App("gt", (lift(u, context), zero), (), "truth") for u in sided]
    values = [lift(short(v, context).xreplace(problem.back), context) for v in sided.values()]
    if len(values) == 2 and sum(sided) == 0:
        context.require(App("ne", (positive[0].args[0], zero), (), "truth"))
        return App("piecewise", (values[0], plain(positive[0]), values[1]))
    context.require(positive[0])
    return values[0]


def _differentiable(value: Any, slope: Any, x: Any, y: Any, context: Context) -> Any:
    """One of two branches of a root: with the root of a square as what is squared, where that is a solution too."""
    made = smooth(value, x)
    return made if made != value and holds(made.diff(x) - slope.subs(y, made), context) is True else value


def _level_lines(found: Any, x: Any, y: Any, problem: Problem, context: Context) -> Term | None:
    """The solutions as an equation between x and y(x)."""
    if found is None or len(problem.conditions) > 1 or any(c.order for c in problem.conditions):
        return None
    constant = C
    for c in problem.conditions:
        constant = found.subs({y: c.value, x: c.at})
        if constant.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            return None
    context.note("the solution is given by an equation")
    left = lift(short(found, context).xreplace(problem.back), context)
    left = substitute(left, {s: problem.unknown for s in free_symbols(left) if s.name == y.name})
    return App("eq", (left, lift(short(constant, context), context)), (), "truth")


def _note_lost(r: Any, problem: Problem, context: Context) -> None:
    """A solution that no value of the constants gives."""
    context.note(f"also {problem.functions[0]}({problem.variable}) == {show(lift(r.xreplace(problem.back), context))}")


def _answer(values: list[Any], problem: Problem, context: Context, further: Any = None) -> Term:
    """One expression, or a set of them; `further` is a constant to be added."""
    made = []
    for v in values:
        e = short(v, context)
        made.append(lift((e if further is None else e + further).xreplace(problem.back), context))
    distinct = list(dict.fromkeys(made))
    return distinct[0] if len(distinct) == 1 else App("set", tuple(distinct), (), "set")
