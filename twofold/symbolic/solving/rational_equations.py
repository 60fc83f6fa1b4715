"""Equations between rational functions of one unknown: all solutions, by the roots of a polynomial."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.grammar.term import MISSING, App, Term, num
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.algebra.radicals import gaussian_roots, polynomial_roots
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.normal import equal
from twofold.symbolic.solving.admission import admissible, is_never_real, resultant_for
from twofold.symbolic.solving.completeness import ALL, complete
from twofold.symbolic.solving.reading import INCOMPLETE, Problem, answer, read
from twofold.symbolic.solving.solution_sets import transcendental
from twofold.symbolic.sympy_order import ordered


def one_unknown(problem: Problem, x: Any, context: Context) -> Term:
    (equation,) = problem.equations
    if not equation.has(x):
        if vanishes(equation, context) or equal(lift(equation, context), num(0), context.assumptions, context.reading):
            context.note(ALL if problem.domain else "every value is a solution")
            return lift(problem.defined, context)
        never(equation, x, context)
        return App("set", (), (), "set")
    found = polynomial_solutions(equation, x, context)
    if found is None:
        return transcendental(problem, equation, x, context)
    admitted = admissible(found, problem, x, context)
    kept = [v for v in admitted if not is_never_real(v, x, context)]
    if x.is_real and context.reading == "real" and any(v.free_symbols and v.has(sp.I) for v in kept):
        raise NoClosedForm("which roots are real depends on the parameters")
    if kept and not equation.is_polynomial(x):
        below = sp.denom(sp.together(equation))
        for v in kept:
            value = resultant_for(sp.factor(below.subs(x, v)), v, below, equation, x)
            if value.free_symbols:
                require_nonzero(value, context)
    context.note(complete(len(kept)) if len(kept) == len(admitted) else INCOMPLETE)
    return answer(problem, [(v,) for v in kept], context)


def never(constant: Any, x: Any, context: Context) -> None:
    """An equation that does not depend on the unknown has no solution where what is to be 0 is not."""
    if constant.free_symbols:
        shown = show(lift(sp.factor(constant), context))
        require_nonzero(constant, context)
        context.note(f"where {shown} == 0: every {x} at which both sides are defined")


def polynomial_solutions(equation: Any, x: Any, context: Context) -> list[Any] | None:
    """All solutions of an equation between rational functions of the unknown; `None` where it is not one."""
    numerator, denominator = sp.fraction(sp.together(equation))
    if not numerator.is_polynomial(x) or not denominator.is_polynomial(x):
        return None
    y = sp.Dummy("x")
    try:
        poly = sp.Poly(numerator.xreplace({x: y}), y, extension=True)
    except (sp.PolynomialError, NotImplementedError):
        poly = sp.Poly(numerator.xreplace({x: y}), y)
    if poly.degree() < 1:
        never(poly.as_expr(), x, context)
        return []
    lead = poly.LC()
    if lead.free_symbols:
        require_nonzero(lead, context)
        if poly.degree() == 2 and lead.is_nonzero is not True:
            _note_linear(lead, *poly.all_coeffs()[1:], x, context)
    direct = gaussian_roots(poly.all_coeffs()) if poly.degree() == 2 else None
    if direct is not None:
        context.settled.update(direct)
        return direct
    try:
        factors = [f for f, _ in (poly.factor_list()[1] if not poly.domain.is_EX else [(poly, 1)])]
    except (NotImplementedError, sp.PolynomialError):
        factors = [poly]
    return [r for f in factors for r in polynomial_roots(f.as_expr(), y, context)]


def _note_linear(lead: Any, b: Any, c: Any, x: Any, context: Context) -> None:
    """What the solutions are where the coefficient of the square is 0."""
    factors = [f for f in sp.Mul.make_args(lead) if f.free_symbols]
    where = factors[0] if len(factors) == 1 else lead
    if where.is_Pow and where.exp.is_positive:
        where = where.base
    if where.could_extract_minus_sign():
        where = -where
    if where.is_Symbol:
        b, c = b.subs(where, 0), c.subs(where, 0)
    head = f"where {show(lift(where, context))} == 0: "
    if b == 0:
        if c.free_symbols:
            head += f"every {x} if {show(lift(c, context))} == 0, otherwise "
        context.note(head + ("no solution" if c != 0 else f"every {x}"))
        return
    shown = show(lift(sp.cancel(-c / b), context))
    if b.could_extract_minus_sign():
        b = -b
    context.note(f"{head}{{{shown}}}" + (f" if {show(lift(b, context))} != 0" if b.free_symbols else ""))


def roots(context: Context, p: Term, variable: Term = MISSING) -> Term:
    """All complex roots of a polynomial (or of an equation between polynomials), each as often as its multiplicity."""
    problem = read(p, variable, context)
    if len(problem.unknowns) != 1 or len(problem.equations) != 1:
        raise fail("not-a-variable", "roots takes one polynomial in one variable", p.span, "write roots(x^3 - 1, x)")
    x = problem.unknowns[0]
    numerator = sp.numer(sp.together(problem.equations[0]))
    if not numerator.is_polynomial(x):
        raise fail("not-a-polynomial", "roots takes a polynomial", p.span, "write solve(…) for other equations")
    y = sp.Dummy("x")
    poly = sp.Poly(numerator.xreplace({x: y}), y)
    if poly.is_zero:
        context.note("the polynomial is 0")
        return text("every number")
    found = [r for f, k in poly.factor_list()[1] for r in polynomial_roots(f.as_expr(), y, context) for _ in range(k)]
    return App("set", tuple(lift(r, context) for r in ordered(found)), (), "set")
