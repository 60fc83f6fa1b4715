"""Isolated roots: by number for polynomials, by a bracketing interval for other equations."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Bound, Const, Num, Term
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.reading import read

MISSING = Const("missing")


def isolated_root(function: Term, place: Term, context: Context) -> Any:
    """The SymPy root that `root_of(polynomial, k)` stands for."""
    if not isinstance(function, Bound) or function.op != "lambda" or len(function.symbols) != 1:
        raise fail("wrong-kind", "root_of takes a polynomial as a function", function.span, "write root_of(t -> t^5 - t - 1, 1)")
    x = sp.Symbol("x")
    inner = Context(reading="complex")
    made = lower(function.body, inner).xreplace({inner.symbols.get(function.symbols[0], x): x})
    if not made.is_polynomial(x) or made.free_symbols - {x}:
        raise fail("not-a-polynomial", "root_of takes a polynomial with rational coefficients", function.span)
    poly = sp.Poly(made, x)
    if not (poly.domain.is_ZZ or poly.domain.is_QQ) or not isinstance(place, Num) or place.value.denominator != 1:
        raise fail(
            "not-a-polynomial", "root_of takes a polynomial with rational coefficients and the number of a root", function.span
        )
    if not 1 <= place.value <= poly.degree():
        raise fail("no-such-root", f"this polynomial has {poly.degree()} roots", place.span)
    return sp.rootof(poly, int(place.value) - 1)


def root_of(context: Context, function: Term, place: Term) -> Term:
    """The root in radicals where it is rational or quadratic, otherwise as it stands."""
    found = isolated_root(function, place, context)
    if isinstance(found, sp.CRootOf):
        return App("root_of", (function, place))
    from twofold.symbolic.lift import lift

    return lift(found, context)


def nsolve(context: Context, equation: Term, unknown: Term, start: Term = MISSING) -> Term:
    """A real solution to the digits of the context. The interval of the last digit shows a sign change, so that a root lies in
    it."""
    problem = read(equation, unknown, context)
    if len(problem.equations) != 1 or len(problem.unknowns) != 1:
        raise fail("wrong-arity", "nsolve takes one equation in one unknown", equation.span, "write nsolve(cos(x) == x, x, 1)")
    f, x = problem.equations[0], problem.unknowns[0]
    if f.free_symbols - {x}:
        raise fail("not-a-number", "nsolve needs an equation with numbers only", equation.span, "substitute with `where`")
    first = 1.0 if start == MISSING else float(lower(start, context))
    digits = context.digits
    with mpmath.workdps(digits + 15):
        function = sp.lambdify(x, f, "mpmath")
        try:
            found = mpmath.findroot(function, first)
        except (ValueError, ZeroDivisionError, TypeError, ArithmeticError) as reason:
            raise NoClosedForm("no solution was found from this starting value") from reason
        if abs(mpmath.im(found)) > mpmath.mpf(10) ** (-digits):
            raise NoClosedForm("the iteration left the real numbers; try another starting value")
        found = mpmath.re(found)
        step = abs(found or 1) * mpmath.mpf(10) ** (-digits)
        low, high = function(found - step), function(found + step)
        if mpmath.im(low) == 0 and mpmath.im(high) == 0 and mpmath.re(low) * mpmath.re(high) < 0:
            context.note("a sign change proves the place")
        else:
            context.note("found by iteration; no sign change shows it (a multiple root?)")
        text = mpmath.nstr(found, digits, strip_zeros=False, min_fixed=-5, max_fixed=digits + 1)
    return Num(Fraction(text), text)
