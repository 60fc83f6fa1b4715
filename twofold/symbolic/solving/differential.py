"""Ordinary differential equations with initial and boundary conditions, every solution checked by substitution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Term, Var, vector
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.antiderivatives import primitive
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving import differential_systems
from twofold.symbolic.solving.higher_order import euler_by_sign, variable_coefficients
from twofold.symbolic.solving.linear_equations import General, by_sign, general, linear
from twofold.symbolic.solving.nonlinear import nonlinear
from twofold.symbolic.solving.ordinary import Problem, Value
from twofold.symbolic.solving.reading import holds, parts_of
from twofold.symbolic.tidy import short


def dsolve(context: Context, system: Term, unknown: Term) -> Term:
    """The unknown function as an expression in its variable, with constants C1, C2, …; a set where there are several
    solutions, an empty one where none meets the conditions. A vector of functions for a system."""
    several = isinstance(unknown, Array)
    targets = [x for row in unknown.rows for x in row] if isinstance(unknown, Array) else [unknown]
    problem = _read(context, system, targets, unknown)
    if several:
        if len(problem.equations) != len(targets):
            raise NoClosedForm("a system wants as many equations as functions")
        found = differential_systems.solve(context, problem.equations, problem.functions, problem.variable)
        if found is None:
            raise NoClosedForm("systems are solved where they are linear, of first order, with constant coefficients")
        if isinstance(found, differential_systems.Cases):
            return _by_cases(found.discriminant, found.solutions, problem, context)
        made = _fitted(found, problem, context)
        if made is None:
            return _none(context)
        return vector(tuple(_written(e, problem, context) for e in made))
    if len(problem.equations) != 1:
        raise NoClosedForm("one differential equation for one function is solved here; write [x(t), y(t)] for a system")
    y = problem.functions[0](problem.variable)
    simple = linear(problem.equations[0], y)
    basis = None
    if simple is not None:

        def integral(f: Any) -> Any:
            return _primitive(f, problem.variable, context)

        cases = attempt(by_sign, simple, integral)
        if cases is not None:
            if not simple.coefficients[2].is_nonzero:
                context.require(App("ne", (lift(simple.coefficients[2], context), lift(sp.S.Zero, context)), (), "truth"))
            return _by_cases(*cases, problem, context)
        cases = attempt(euler_by_sign, simple, integral)
        if cases is not None:
            return _by_cases(*cases, problem, context)
        basis = general(simple, integral)
        if basis is None and len(simple.coefficients) > 2:
            basis = within(context.seconds, variable_coefficients, simple, integral)
    if basis is not None:
        said = list(context.conditions)
        made = _fitted([basis], problem, context)
        if made is None:
            return _none(context)
        _without_superfluous(made[0], basis, said, problem, context)
        return _written(made[0], problem, context)
    found = nonlinear(problem, context)
    if found is not None:
        return found
    return _by_sympy(problem, context)


def _by_cases(discriminant: Any, cases: Sequence[General] | Sequence[list[General]], problem: Problem, context: Context) -> Term:
    """The solutions where a discriminant is negative, 0, and positive; of a system one for each function."""
    values: list[Term] = []
    for found in cases:
        made = _fitted(found if isinstance(found, list) else [found], problem, context)
        if made is None:
            raise NoClosedForm("for some values of the parameters no solution meets the conditions")
        written = [_written(e, problem, context) for e in made]
        values.append(vector(tuple(written)) if isinstance(found, list) else written[0])
    d, zero = lift(sp.expand(discriminant).primitive()[1], context), lift(sp.S.Zero, context)
    below, meeting = (plain(App(op, (d, zero), (), "truth")) for op in ("lt", "eq"))
    return App("piecewise", (values[0], below, values[1], meeting, values[2]), values[0].shape)


def _none(context: Context) -> Term:
    context.note("no solution meets the conditions")
    return App("set", (), (), "set")


def _read(context: Context, system: Term, targets: list[Term], unknown: Term) -> Problem:
    applied = [
        t for t in targets if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var) and isinstance(t.args[1], Var)
    ]
    if len(applied) != len(targets) or len({t.args[1] for t in applied}) != 1:
        raise fail(
            "not-a-function",
            "dsolve wants the unknown function with its variable",
            unknown.span,
            "write dsolve(y'(x) == y(x), y(x)), or [x(t), y(t)] for the functions of a system",
        )
    lowered = [lower(t, context) for t in applied]
    x = lowered[0].args[0]
    variable = sp.Symbol(x.name, real=True) if x.is_real and not x.is_positive else x
    plain = {t.func: sp.Function(t.func.__name__) for t in lowered}

    def clean(e: Any) -> Any:
        for f, g in plain.items():
            e = e.replace(f, g)
        return e.xreplace({x: variable})

    functions = tuple(plain[t.func] for t in lowered)
    equations, conditions = [], []
    for part in parts_of(system):
        if not (isinstance(part, App) and part.op == "eq"):
            raise fail("not-an-equation", "dsolve takes equations", part.span, "write y'(x) == y(x)")
        left, right = (clean(lower(a, context)) for a in part.args)
        value = _condition(left, right, functions, variable) or _condition(right, left, functions, variable)
        if value is not None:
            conditions.append(value)
        else:
            equations.append(left - right)
    return Problem(tuple(equations), functions, variable, tuple(conditions), {variable: x}, unknown)


def _condition(left: Any, right: Any, functions: tuple[Any, ...], x: Any) -> Value | None:
    """`y(0) == 1` and `y'(0) == 1`, if that is what an equation says."""
    if right.has(*functions):
        return None
    if isinstance(left, sp.Subs) and isinstance(left.expr, sp.Derivative) and left.expr.expr.func in functions:
        return Value(functions.index(left.expr.expr.func), left.expr.derivative_count, left.point[0], right)
    if left.func in functions and not left.args[0].has(x):
        return Value(functions.index(left.func), 0, left.args[0], right)
    return None


def _fitted(found: list[General], problem: Problem, context: Context) -> list[Any] | None:
    """The solutions with constants that meet the conditions; `None` where none do. The basis is common to all functions."""
    count = len(found[0].basis)
    constants = sp.symbols(f"C1:{count + 1}")
    for g in found:
        for e in (*g.required, *(() if problem.conditions else g.distinct)):
            context.require(App("ne", (lift(short(e, context), context), lift(sp.S.Zero, context)), (), "truth"))
    put = dict(zip(constants, constants, strict=True))
    if not problem.conditions:
        return [_whole(g, put) for g in found]
    rows = []
    for c in problem.conditions:
        g = found[c.which]
        functions = [*g.basis, g.particular]
        values = [(f.diff(problem.variable, c.order) if c.order else f).subs(problem.variable, c.at) for f in functions]
        rows.append([*values[:-1], c.value - values[-1]])
    made = attempt(sp.linsolve, sp.Matrix(rows), *constants)
    if made is None:
        raise NoClosedForm("the conditions could not be solved for the constants")
    if not made:
        return None
    values = next(iter(made))
    left = [c for c in constants if any(e.has(c) for e in values)]
    names = dict(zip(left, constants, strict=False))
    put = {c: short(e.xreplace(names), context) for c, e in zip(constants, values, strict=True)}
    return [_whole(g, put) for g in found]


def _without_superfluous(value: Any, basis: General, said: list[Term], problem: Problem, context: Context) -> None:
    """Takes back that a linear factor is not 0 where the solution holds for its zero as well, and is the only one with its constants: the
    particular solution T of y' == -k*(y - T) was found by dividing by k."""
    if len(basis.basis) > 1 and len(problem.conditions) < len(basis.basis):
        return
    y = problem.functions[0](problem.variable)
    kept = []
    for e in basis.required:
        zeros = [s for s in e.free_symbols if e.is_polynomial(s) and sp.degree(e, s) == 1 and not sp.Poly(e, s).LC().free_symbols]
        zero = {s: -e.subs(s, 0) / sp.Poly(e, s).LC() for s in zeros[:1]}
        there = value.subs(zero)
        if not zero or there.has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            kept.append(e)
            continue
        residual = problem.equations[0].subs(y, value).doit().subs(zero)
        starts = [
            (value.diff(problem.variable, c.order) if c.order else value).subs(problem.variable, c.at) - c.value
            for c in problem.conditions
        ]
        if any(sp.simplify(r.subs(zero)) != 0 for r in (residual, *starts)):
            kept.append(e)
    if len(kept) == len(basis.required):
        return
    zero_term = lift(sp.S.Zero, context)
    stays = {plain(App("ne", (lift(short(e, context), context), zero_term), (), "truth")) for e in kept}
    out = {plain(App("ne", (lift(short(e, context), context), zero_term), (), "truth")) for e in basis.required}
    context.conditions[:] = [c for c in context.conditions if c in said or c not in out or c in stays]


def _primitive(f: Any, x: Any, context: Context) -> Any | None:
    """A primitive where one is found; one of 0 is 0."""
    if f == 0:
        return f
    try:
        return primitive(f, x, context)
    except NoClosedForm:
        return None


def _whole(g: General, constants: dict[Any, Any]) -> Any:
    """The terms as they are: a sum of the functions of the basis reads better than its factors."""
    terms = [c * b for c, b in zip(constants.values(), g.basis, strict=True)]
    return sum(
        (
            sp.expand_mul(e) if e.is_Mul and any(f.is_Add for f in e.args) and not e.atoms(sp.Symbol) & set(constants) else e
            for e in terms
        ),
        g.particular,
    )


def _written(e: Any, problem: Problem, context: Context) -> Term:
    made = e.xreplace(problem.back).replace(_is_power, lambda g: _factors(g)[0] ** _factors(g)[1])
    context.settled.add(made)
    return lift(made, context)


def _factors(g: Any) -> tuple[Any, Any]:
    """The base and the exponent of exp(c*log(u)), which is the power u^c."""
    (inner,) = g.args[0].atoms(sp.log)
    return inner.args[0], g.args[0] / inner


def _is_power(g: Any) -> bool:
    return (
        isinstance(g, sp.exp)
        and g.args[0].is_Mul
        and sum(isinstance(f, sp.log) for f in g.args[0].args) == len(g.atoms(sp.log)) == 1
    )


LONGEST = 2.0
"""Seconds of processor time for SymPy's methods: what they find they mostly find soon."""

# --- other equations -------------------------------------------------------------------------------------------------------------


def _by_sympy(problem: Problem, context: Context) -> Term:
    plain, variable = problem.functions[0], problem.variable
    y, equation = plain(variable), problem.equations[0]
    conditions = {_at_point(plain, variable, c): c.value for c in problem.conditions}
    found = within(min(LONGEST, context.seconds), attempt, _solutions, equation, y, conditions)
    if not found:
        raise NoClosedForm("no method applies to this differential equation")
    results = []
    for solution in found:
        if solution.lhs != y or solution.rhs.has(y):
            context.note("the solution is given implicitly")
            results.append(lift(solution.xreplace(problem.back), context))
            continue
        value = solution.rhs
        if value.has(sp.Integral):
            raise NoClosedForm("the solution needs an integral with no closed form")
        residual = equation.subs(y, value).doit()
        if holds(residual, context) is False or any(_misses(value, variable, c, context) for c in problem.conditions):
            continue
        results.append(lift(_real(short(value, context)).xreplace(problem.back), context))
    if not results:
        raise NoClosedForm("no solution stood the check by substitution")
    return results[0] if len(results) == 1 else App("set", tuple(results), (), "set")


def _misses(value: Any, variable: Any, c: Value, context: Context) -> bool:
    """Whether a solution does not meet a condition for some values of the names."""
    there = (value.diff(variable, c.order) if c.order else value).subs(variable, c.at)
    return holds(sp.simplify(there - c.value), context) is False


def _at_point(function: Any, variable: Any, c: Value) -> Any:
    """A value of a derivative in the form that SymPy's solver looks for."""
    if not c.order:
        return function(c.at)
    return sp.Derivative(function(variable), (variable, c.order)).subs(variable, c.at)


def _solutions(equation: Any, y: Any, conditions: dict[Any, Any]) -> list[Any]:
    first, *others = sp.classify_ode(equation, y)
    # A power series up to some order is no solution, and a linear equation has no factors.
    if "power_series" in (others[0] if first == "factorable" and others and linear(equation, y) is not None else first):
        return []
    found = sp.dsolve(equation, y, hint=first, ics=conditions or None)
    return [s for s in (found if isinstance(found, (list, tuple)) else [found]) if not s.has(sp.Order)]


def _real(e: Any) -> Any:
    """Without exponentials of imaginary arguments."""
    return sp.simplify(e.rewrite(sp.cos)) if e.has(sp.I) else e
