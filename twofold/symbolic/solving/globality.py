"""Whether the lowest of the critical points is the least value of all: reasons for it, and curves along which the function falls."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import chain, islice, product
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.grammar.term import FALSE, MISSING, Term
from twofold.symbolic import spot
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.circuits import is_nonnegative_circuit
from twofold.symbolic.solving.extremum_problem import Extremum
from twofold.symbolic.solving.extremum_shape import (
    ALL_REAL,
    certificate,
    coercive,
    compact,
    convex,
    convex_region,
    low_at_ends,
    smooth,
)
from twofold.symbolic.solving.reading import parts_of


def definite_if(problem: Extremum) -> bool:
    """A quadratic with parameters, under linear equations at most: it has a least value where its Hessian is positive definite on the solutions of
    these, which becomes a condition."""
    if problem.bounds or not problem.f.is_polynomial(*problem.variables):
        return False
    if sp.Poly(problem.f, *problem.variables).total_degree() != 2:
        return False
    reduced = _by_linear_equations(problem)
    if reduced is None or not reduced[0] or sp.Poly(reduced[1][0], *reduced[0]).total_degree() != 2:
        return False
    h = sp.hessian(reduced[1][0], reduced[0])
    minors = [sp.factor(h[:k, :k].det()) for k in range(1, h.rows + 1)]
    if any(not m.free_symbols and not m.is_positive for m in minors) or not any(m.free_symbols for m in minors):
        return False
    for m in minors:
        if not m.is_positive:
            numbers = sp.Mul(*(x for x in sp.Mul.make_args(m) if x.is_positive))
            # A quotient has the sign of the product.
            signed = sp.prod(sp.fraction(sp.cancel(m / numbers)))
            signed = sp.Mul(*(g ** (k % 2) for g, k in sp.factor_list(signed)[1])) * sp.sign(sp.factor_list(signed)[0])
            problem.context.require(lift(sp.Gt(signed, 0), problem.context))
    return True


def falls(problem: Extremum) -> bool:
    (x,) = problem.variables
    return any(limit_at(problem.f, x, end, "", problem.context) == -sp.oo for end in (sp.oo, -sp.oo))


def is_global(problem: Extremum, lowest: Any, places: list[tuple[Any, ...]]) -> bool:
    """Whether a value that is taken at some places is proved to be the least one: of a compact region, of a function that grows in all
    directions, by multipliers where all is convex, of a sum that is seen not to be negative, or of a line at whose ends it is no lower."""
    complete = problem.settled(lowest) and smooth(problem)
    if complete and (compact(problem) or coercive(problem)):
        return True
    reason = next((r for p in places if (r := certificate(problem, p)) is not None), None)
    if reason is not None and convex(problem) and convex_region(problem):
        if reason:
            problem.context.note(reason)
        return True
    if (problem.f - lowest).is_nonnegative:
        return True
    if not problem.bounds and not problem.equalities and is_nonnegative_circuit(problem.f - lowest, problem.variables):
        return True
    if len(problem.variables) == 1 and not problem.equalities and problem.f.free_symbols == set(problem.variables):
        return complete and low_at_ends(problem, lowest) is False
    return False


def infeasible(context: Context, subject_to: Term) -> bool:
    """Whether it is proved that no point satisfies the constraints."""
    if subject_to == MISSING:
        return False
    parts = parts_of(explicit(subject_to, context))
    goal = Goal("=>", together(parts), FALSE, context.assumptions, "real")
    return bool(parts) and bool(within(context.seconds, proves, goal, context))


_DRAWN = 300
_PARAMETERS = 4
_TRIES = 24
_PROBES = (0.0, 1e-3, -1e-3, 0.1, -0.1, 0.7, -0.7, 1.0, -1.0, 3.0, -3.0, 10.0, -10.0, 1000.0, -1000.0)


def lower_elsewhere(problem: Extremum, lowest: Any) -> bool:
    """Whether the function is lower than a value at some point of a small grid or at a random one, for some admissible values of the parameters. Linear
    equations between the variables are solved for one of them, others are not looked at."""
    reduced = _by_linear_equations(problem)
    if reduced is None or not reduced[0] or len(reduced[0]) > 3:
        return False
    variables, parts = reduced
    names = set().union(lowest.free_symbols, *(g.free_symbols for g in parts)) - set(variables)
    if any(s not in problem.context.terms for s in names):
        return False
    if not names:
        return _is_lower(variables, parts, lowest, problem.context.seed)
    holds = spot.admitted(sp.And(*(lower(c, problem.context) for c in problem.context.conditions)))
    drawn = (p for p in spot.points(names, problem.context, _TRIES) if holds(p))
    return any(
        _is_lower(variables, [g.xreplace(p) for g in parts], lowest.xreplace(p), problem.context.seed)
        for p in islice(drawn, _PARAMETERS)
    )


def _by_linear_equations(problem: Extremum) -> tuple[list[Any], list[Any]] | None:
    """The variables that are left and the function and the bounds by them, with every equation solved for a variable that it is linear in."""
    variables, parts = list(problem.variables), [problem.f, *problem.bounds]
    equations = list(problem.equalities)
    while equations:
        e = sp.expand(equations.pop())
        v = next(
            (v for v in variables if e.is_polynomial(v) and sp.degree(e, v) == 1 and not sp.diff(e, v).has(*variables)), None
        )
        if v is None:
            return None
        value = sp.cancel(v - e / sp.diff(e, v))
        variables.remove(v)
        parts, equations = [g.subs(v, value) for g in parts], [g.subs(v, value) for g in equations]
    return variables, parts


def _is_lower(variables: list[Any], parts: list[Any], lowest: Any, seed: int) -> bool:
    """Whether the first part is lower than a number at some point at which the others are negative."""
    n, value = len(variables), lowest.evalf(20)
    if not value.is_Float and not value.is_Rational:
        return False
    names = [sp.Dummy(f"x{k}") for k in range(n)]
    swap = dict(zip(variables, names, strict=True))
    f, *edges = (sp.lambdify(names, e.xreplace(swap), "math") for e in parts)
    least = float(value)
    source = random.Random(seed)
    drawn = ([source.gauss(0, scale) for _ in range(n)] for scale in (0.5, 2, 8) for _ in range(_DRAWN))
    for place in chain(product(_PROBES if n < 3 else _PROBES[:9], repeat=n), drawn):
        try:
            here = float(f(*place))
            if here < least - 1e-6 * max(1.0, abs(least)) and all(g(*place) < 0 for g in edges):
                return True
        except (ValueError, ZeroDivisionError, OverflowError, TypeError, NameError):
            continue
    return False


_EXPONENTS = (-2, -1, 0, 1, 2)
_SCALES = (1, -1, 2, -2)


def along_curves(problem: Extremum) -> tuple[Any, str]:
    """The least limit of a polynomial along the curves `c*t^p` as t grows that stay within polynomial constraints, with a curve that has it."""
    best: tuple[Any, str] = (None, "")
    if not all(e.is_polynomial(*problem.variables) for e in (problem.f, *problem.bounds)):
        return best
    if len(problem.equalities) > 1:
        return best
    f, bounds, variables = problem.f, list(problem.bounds), list(problem.variables)
    for e in problem.equalities:
        # Linear equations give variables as functions of the others.
        v = next((v for v in variables if e.is_polynomial(*variables) and sp.diff(e, v).is_Rational and sp.diff(e, v) != 0), None)
        if v is None:
            return best
        value = sp.expand(v - e / sp.diff(e, v))
        f, bounds = sp.expand(f.subs(v, value)), [b.subs(v, value) for b in bounds]
        variables.remove(v)
    n = len(variables)
    if n > 3 or not n:
        return best
    try:
        terms = _terms(f, variables)
        limits = [
            (_terms(b, variables), strict)
            for b, strict in zip(bounds, (b in problem.strict for b in problem.bounds), strict=True)
        ]
        exact = dict(sp.Poly(f, *variables).terms())
    except TypeError:
        return best
    for exponents in sorted(product(_EXPONENTS, repeat=n), key=lambda e: (sum(map(abs, e)), sum(k < 0 for k in e))):
        if all(e <= 0 for e in exponents):
            continue
        for scales in product(_SCALES if n < 3 else _SCALES[:2], repeat=n):
            leading = _leading(terms, exponents, scales)
            if leading is None or (leading[0] > 0 and leading[1] > 0):
                continue
            at_edges = [(_leading(g, exponents, scales), strict) for g, strict in limits]
            if not all(g is not None and (g[1] < 0 or (g[1] == 0 and not strict)) for g, strict in at_edges):
                continue
            top = leading[0]
            curve = ", ".join(f"{v} = {_monomial(s, e)}" for v, s, e in zip(variables, scales, exponents, strict=True))
            if top > 0:
                return -sp.oo, f"along {curve} as t -> oo"
            limit = sp.Add(
                *(
                    c * sp.Mul(*(sp.Integer(s) ** a for a, s in zip(m, scales, strict=True)))
                    for m, c in exact.items()
                    if sum(a * b for a, b in zip(m, exponents, strict=True)) == 0
                )
            )
            if best[0] is None or limit < best[0]:
                best = (limit, f"along {curve} as t -> oo")
    return best


def _terms(f: Any, variables: list[Any]) -> list[tuple[tuple[int, ...], Any]]:
    """The monomials with their coefficients. Raises `TypeError` where these are no numbers."""
    terms = sp.Poly(f, *variables).terms()
    if not all(c.is_real and c.is_number for _, c in terms):
        raise TypeError
    return [(m, Fraction(int(c.p), int(c.q)) if c.is_Rational else c) for m, c in terms]


def _leading(
    terms: list[tuple[tuple[int, ...], Any]], exponents: tuple[int, ...], scales: tuple[int, ...]
) -> tuple[int, int] | None:
    """The greatest power of t that a polynomial has along a curve, with the sign of its coefficient; (0, 0) for the polynomial 0, `None` where a sign
    is not known."""
    rows: dict[int, Any] = {}
    for m, c in terms:
        e = sum(a * b for a, b in zip(m, exponents, strict=True))
        for a, s in zip(m, scales, strict=True):
            c = c * s**a
        rows[e] = rows.get(e, 0) + c
    for e in sorted(rows, reverse=True):
        sign = _sign(rows[e])
        if sign != 0:
            return None if sign is None else (e, sign)
    return 0, 0


def _sign(c: Any) -> int | None:
    if isinstance(c, (int, Fraction)):
        return (c > 0) - (c < 0)
    if c.is_zero or sp.expand(c).is_zero:
        return 0
    return 1 if c.is_positive else -1 if c.is_negative else None


def _monomial(scale: int, exponent: int) -> str:
    """`2*t`, `-1/t`, `t^2`."""
    if exponent == 0:
        return str(scale)
    power = "t" if abs(exponent) == 1 else f"t^{abs(exponent)}"
    if exponent < 0:
        return f"{scale}/{power}"
    return power if scale == 1 else f"-{power}" if scale == -1 else f"{scale}*{power}"


def _stays_real(e: Any, t: Any, context: Context) -> bool:
    """Whether a function is seen to be real for all large t: what stands in logarithms and under roots is positive in the end. Raises
    `NoClosedForm`."""
    for part in sp.preorder_traversal(e):
        if not part.has(t):
            continue
        if isinstance(part, sp.log):
            inner = part.args[0]
        elif part.is_Pow and not part.exp.is_integer and part.base is not sp.E:
            inner = part.base
        elif isinstance(part, sp.Function) and not isinstance(part, ALL_REAL):
            return False
        else:
            continue
        if not inner.is_positive:
            end = limit_at(inner, t, sp.oo, "", context)
            if end is None or not end.is_extended_positive:
                return False
    return True


def escapes(problem: Extremum) -> bool:
    """Whether the function falls beyond all bounds along an axis or a diagonal, without constraints."""
    if problem.equalities or problem.bounds:
        return False
    t = sp.Symbol("t", positive=True)
    n = len(problem.variables)
    directions = [[int(i == k) for i in range(n)] for k in range(n)] + [[1] * n, [(-1) ** i for i in range(n)]]
    for d in directions:
        for s in (1, -1):
            place = dict(zip(problem.variables, [s * c * t for c in d], strict=True))
            if any((v.is_nonnegative and e.is_negative) or (v.is_nonpositive and e.is_positive) for v, e in place.items()):
                continue
            along = problem.f.subs(place, simultaneous=True)
            try:
                if limit_at(along, t, sp.oo, "", problem.context) == -sp.oo and _stays_real(along, t, problem.context):
                    return True
            except NoClosedForm:
                continue
    return False
