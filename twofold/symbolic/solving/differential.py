"""Ordinary differential equations with initial and boundary conditions, every solution checked by substitution."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Term, Var
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.reading import holds, parts_of
from twofold.symbolic.tidy import short


def dsolve(context: Context, system: Term, unknown: Term) -> Term:
    """The unknown function as an expression in its variable, with constants C1, C2, …; a set where there are several
    solutions."""
    if not (
        isinstance(unknown, App)
        and unknown.op == "apply"
        and isinstance(unknown.args[0], Var)
        and isinstance(unknown.args[1], Var)
    ):
        raise fail(
            "not-a-function",
            "dsolve wants the unknown function with its variable",
            unknown.span,
            "write dsolve(y'(x) == y(x), y(x))",
        )
    target = lower(unknown, context)
    x = target.args[0]
    plain = sp.Function(target.func.__name__)
    variable = sp.Symbol(x.name, real=True) if x.is_real and not x.is_positive else x

    def clean(e: Any) -> Any:
        return e.replace(target.func, plain).xreplace({x: variable})

    equations, conditions = [], {}
    for part in parts_of(system):
        if not (isinstance(part, App) and part.op == "eq"):
            raise fail("not-an-equation", "dsolve takes equations", part.span, "write y'(x) == y(x)")
        left, right = (clean(lower(a, context)) for a in part.args)
        at_points = [a for a in sp.Add.make_args(left) if not a.has(x)] if not left.has(variable) else []
        if at_points and _is_value(left, plain):
            conditions[_at_point(left, plain, variable)] = right
        else:
            equations.append(left - right)
    if len(equations) != 1:
        raise NoClosedForm("one differential equation for one function is solved here")
    y = plain(variable)
    found = within(3 * context.seconds, attempt, _solutions, equations[0], y, conditions)
    if not found:
        raise NoClosedForm("no method applies to this differential equation")
    back = {variable: x}
    results = []
    for solution in found:
        if solution.lhs != y or solution.rhs.has(y):
            context.note("the solution is given implicitly")
            results.append(lift(solution.replace(plain, target.func).xreplace(back), context))
            continue
        value = solution.rhs
        if value.has(sp.Integral):
            raise NoClosedForm("the solution needs an integral with no closed form")
        residual = equations[0].subs(y, value).doit()
        if holds(residual, context) is False:
            continue
        results.append(lift(_real(short(value, context)).xreplace(back), context))
    if not results:
        raise NoClosedForm("no solution stood the check by substitution")
    return results[0] if len(results) == 1 else App("set", tuple(results), (), "set")


def _is_value(e: Any, function: Any) -> bool:
    """Whether an expression is the function or a derivative of it at a point."""
    return isinstance(e, sp.Subs) and isinstance(e.expr, sp.Derivative) or isinstance(e, function)


def _at_point(e: Any, function: Any, variable: Any) -> Any:
    """A value of a derivative in the form that SymPy's solver looks for."""
    if not isinstance(e, sp.Subs):
        return e
    order = e.expr.derivative_count
    return sp.Derivative(function(variable), (variable, order)).subs(variable, e.point[0])


def _solutions(equation: Any, y: Any, conditions: dict[Any, Any]) -> list[Any]:
    found = sp.dsolve(equation, y, ics=conditions or None)
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _real(e: Any) -> Any:
    """Without exponentials of imaginary arguments."""
    return sp.simplify(e.rewrite(sp.cos)) if e.has(sp.I) else e
