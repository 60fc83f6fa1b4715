"""Which values an unknown may have: its domain and range, where an equation is defined, and what that needs of parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.declared_ranges import within_range
from twofold.symbolic.solving.reading import Problem, as_fraction, holds


def admissible(values: Iterable[Any], problem: Problem, x: Any, context: Context) -> list[Any]:
    """The values that solve the equation of a problem, lie in the domain of the unknown and satisfy the conditions.

    Where parameters decide, the value is kept and what it needs becomes a condition of the answer.
    """
    kept: list[Any] = []
    gaps: dict[Any, set[int]] = {}
    (equation,) = problem.equations
    # The roots of a polynomial are found by algebra; a quotient may still be undefined there.
    known_roots = equation.is_polynomial(x)
    for v in values:
        if not in_domain(v, x, context):
            continue
        if not known_roots:
            if x.is_real and context.reading == "real" and _leaves_the_reals(equation, x, v):
                continue
            gaps[v] = _gaps(v, equation, x, context)
            put = attempt(equation.subs, x, v)
            if put is None:
                continue
            residual = holds(put, context)
            if residual is False or (residual is None and not put.free_symbols):
                continue
        if meets({x: v}, problem, context, by_algebra=known_roots):
            kept.append(v)
    _exclude([gaps[v] for v in kept if v in gaps and _family(v, context) is not None], context)
    return kept


_DRAWN = 16
"""Values of the parameters at which roots are tried."""


def is_never_real(root: Any, x: Any, context: Context) -> bool:
    """Whether a root with imaginary parts in it is not real for any values of the parameters that are tried. Raises `NoClosedForm` where
    it is for some and not for others."""
    if context.reading != "real" or not x.is_real or not root.free_symbols or not root.has(sp.I):
        return False
    conditions = [c for t in context.conditions if (c := attempt(lower, t, context)) is not None]
    told: set[bool] = set()
    for point in spot.points(root.free_symbols, context, _DRAWN):
        if any(c.subs(point) == sp.false for c in conditions):
            continue
        value = spot.value(root, point)
        if value is not None:
            told.add(bool(abs(value.imag) <= 1e-12 * (1 + abs(value))))
    if told == {True, False}:
        raise NoClosedForm("which roots are real depends on the parameters")
    return told == {False}


def meets(point: dict[Any, Any], problem: Problem, context: Context, by_algebra: bool) -> bool:
    """Whether the relations have values at a point and its conditions hold; what that needs of parameters becomes a condition, of roots and
    logarithms where the equations were solved by algebra and no longer hold them. The members of families are `_exclude`'s."""
    needed = []
    for e, kind in problem.domain:
        at = e.subs(point, simultaneous=True)
        if at.free_symbols:
            needed += (
                [(at, kind)]
                if by_algebra or _is_plain(at, context) or kind == "ne" and at.free_symbols <= context.terms.keys()
                else []
            )
        elif not _is_met(at, kind, context):
            return False
    verdicts = [_decided(sp.sympify(c).subs(point)) for c in problem.conditions]
    if any(c == sp.false for c in verdicts):
        return False
    for at, kind in needed:
        if kind == "ne":
            require_nonzero(_simpler(at, point, problem), context)
        elif (relation := sp.Gt(at, 0) if kind == "gt" else _nonnegative(sp.factor(at))) != sp.true:
            context.require(lift(relation, context))
    for c in verdicts:
        if c != sp.true:
            context.require(lift(c, context))
    return True


def _simpler(at: Any, point: dict[Any, Any], problem: Problem) -> Any:
    """What is not to be 0 at a root with radicals of names, as the resultant that vanishes wherever it does."""
    if len(point) != 1 or len(problem.equations) != 1:
        return at
    ((x, v),) = point.items()
    below = next((e for e, kind in problem.domain if kind == "ne" and e.subs(point, simultaneous=True) == at), None)
    return at if below is None else resultant_for(at, v, below, problem.equations[0], x)


def resultant_for(at: Any, v: Any, below: Any, equation: Any, x: Any) -> Any:
    """The value of a polynomial at a zero of an equation, or the resultant of both where that zero is written with radicals of names."""
    if not v.free_symbols or not any(not p.exp.is_Integer and p.base.free_symbols for p in v.atoms(sp.Pow)):
        return at
    top = sp.fraction(sp.together(equation))[0]
    if not (top.is_polynomial(x) and below.is_polynomial(x)):
        return at
    found = sp.factor(sp.resultant(top, below, x))
    return at if found == 0 else found


def _is_plain(at: Any, context: Context) -> bool:
    """Whether what must have a sign is a linear function of parameters: a shifted logarithm beside a factor that is 0, not a root put in."""
    names = at.free_symbols
    return bool(names <= context.terms.keys() and at.is_polynomial(*names) and sp.Poly(at, *names).total_degree() == 1)


def _decided(condition: Any) -> Any:
    """The truth of an inequality between numbers that SymPy leaves as it is, where the difference certainly has a sign."""
    if isinstance(condition, sp.Rel) and not condition.free_symbols and not isinstance(condition, (sp.Eq, sp.Ne)):
        v = spot.value(condition.lhs - condition.rhs, {})
        if v is not None and abs(v.imag) < 1e-18 and abs(v.real) > 1e-15:
            return sp.true if (v.real > 0) == (condition.rel_op in (">", ">=")) else sp.false
    return condition


def _is_met(number: Any, kind: str, context: Context) -> bool:
    """Whether a number is not 0, positive, or not negative."""
    if holds(number, context):
        return kind == "ge"
    value = spot.value(number, {})
    return kind == "ne" or value is not None and value.real > 0


def _leaves_the_reals(equation: Any, x: Any, v: Any) -> bool:
    """Whether a part of the equation is certainly not real at a value: a factor 0 beside it does not make that a solution."""
    if getattr(v, "free_symbols", None):
        return False
    return any(_outside(e, x, v) for e in sp.preorder_traversal(equation) if e.has(x))


_LEAST: dict[Any, tuple[float, float]] = {
    sp.log: (0, float("inf")), sp.acosh: (1, float("inf")), sp.asin: (-1, 1), sp.acos: (-1, 1), sp.atanh: (-1, 1),
}  # fmt: skip
"""Between what a function of one argument is real."""


def _outside(e: Any, x: Any, v: Any) -> bool:
    low, high = _LEAST.get(type(e), (float("-inf"), float("inf")))
    if isinstance(e, sp.Pow) and e.exp.is_Rational and e.exp.q % 2 == 0:
        low = 0
    if low == float("-inf"):
        return False
    inside = spot.value(e.args[0], {x: v})
    if inside is None or abs(inside.imag) > 1e-15 * (1 + abs(inside)):
        return False
    margin = 1e-12 * (1 + abs(inside))
    return bool(inside.real < low - margin or inside.real > high + margin)


def _family(v: Any, context: Context) -> Any:
    """The whole number that the members of a periodic family are counted by; `None` for a single value."""
    return next((s for s in v.free_symbols if s.is_integer and s.name == "k" and s not in context.terms), None)


def _gaps(v: Any, equation: Any, x: Any, context: Context) -> set[int]:
    """The members of a periodic family at which the equation is not defined: those near 0, and those at zeros of polynomials below."""
    k = _family(v, context)
    if k is None:
        return set()
    below = sp.denom(sp.together(equation))
    roots = [r for f in sp.Mul.make_args(below) if f.is_polynomial(x) and f.has(x) for r in sp.roots(f, x)]
    step, start = sp.diff(v, k), v.subs(k, 0)
    known = {int(j) for r in roots if not step.has(k) and (j := sp.simplify((r - start) / step)).is_Integer}
    found = {j for j in {*range(-8, 9), *known} if _undefined(equation, x, v.subs(k, j))}
    if found - known and len(found) > 3:
        raise NoClosedForm("a family of solutions has many gaps")
    return found


def _exclude(gaps: list[set[int]], context: Context) -> None:
    """A condition on the whole number of all families leaves out the gap that each of them has."""
    if any(found != gaps[0] for found in gaps):
        raise NoClosedForm("the families of solutions have gaps of their own")
    for j in sorted(gaps[0]) if gaps else ():
        context.require(lift(sp.Ne(sp.Symbol("k", integer=True), j), context))


def _undefined(equation: Any, x: Any, value: Any) -> bool:
    below = sp.denom(sp.together(equation))
    if below.has(x) and below.subs(x, value).is_zero:
        return True
    put = attempt(equation.subs, x, value)
    return put is None or bool(put.has(sp.nan, sp.zoo, sp.oo))


def in_domain(v: Any, x: Any, context: Context) -> bool:
    """Whether a value may be one of the unknown's; conditions on parameters are required of those that may."""
    before = list(context.conditions)
    if _in_domain(v, x, context):
        return True
    context.conditions[:] = before
    return False


def _in_domain(v: Any, x: Any, context: Context) -> bool:
    if v in (sp.oo, -sp.oo, sp.zoo, sp.nan):
        return False
    if x.is_real and context.reading == "real" and not _is_real_quotient(v):
        if v.is_real is False:
            return False
        if v.is_real is None:
            if v.is_number:
                return bool(abs(sp.im(v.evalf(30))) < 1e-20) and _limits(v, x, context)
            _require_real(v, context)
    if x.is_integer and not v.is_integer:
        whole = sp.Eq(sp.floor(v), v)
        if v.is_integer is False or whole == sp.false:
            return False
        if v.free_symbols:
            context.require(lift(whole, context))
    return _limits(v, x, context)


def _is_real_quotient(v: Any) -> bool:
    """Whether a value is a quotient of polynomials with rational coefficients in real names: real wherever it has a value."""
    return (
        all(a.is_Rational or a.is_Symbol and a.is_real for a in v.atoms())
        and all(p.exp.is_Integer for p in v.atoms(sp.Pow))
        and not v.has(sp.Function)
        and bool(v.is_rational_function(*v.free_symbols))
    )


def _limits(v: Any, x: Any, context: Context) -> bool:
    return bool(within_range(v, None, x, context))


def _require_real(v: Any, context: Context) -> None:
    """What stands under even roots and in logarithms of a real solution must not be negative."""
    for root in v.atoms(sp.Pow):
        if root.exp.is_Rational and root.exp.q % 2 == 0 and root.base.is_nonnegative is None:
            inside = sp.factor(root.base)
            context.require(lift(_nonnegative(inside), context))
    for log in v.atoms(sp.log):
        if log.args[0].is_positive is None:
            context.require(lift(sp.Gt(log.args[0], 0), context))


def _nonnegative(e: Any) -> Any:
    """e >= 0, without positive factors."""
    factors = [f for f in sp.Mul.make_args(e) if not f.is_positive]
    return sp.Ge(sp.Mul(*factors), 0)


def solves(values: tuple[Any, ...], problem: Problem, context: Context, polynomial: bool = False) -> bool:
    """Whether values lie in the domains of the unknowns, satisfy every equation and meet the conditions. `polynomial`: the numerators
    are known to vanish."""
    point = dict(zip(problem.unknowns, values, strict=True))
    for u, v in point.items():
        if v != u and not in_domain(v, u, context):
            return False
    if polynomial:
        below = [as_fraction(e)[1] for e in problem.equations]
        if any(not d.is_number and holds(d.subs(point, simultaneous=True), context) is not False for d in below):
            return False
    elif any(holds(e.subs(point, simultaneous=True), context) is False for e in problem.equations):
        return False
    return meets(point, problem, context, by_algebra=polynomial)
