"""Isolated roots: by number for polynomials, by a bracketing interval for other equations."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Bound, Num, Term
from twofold.symbolic.context import Context
from twofold.symbolic.lower import lower


def isolated_root(function: Term, place: Term) -> Any:
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
    found = isolated_root(function, place)
    if isinstance(found, sp.CRootOf):
        return App("root_of", (function, place))
    from twofold.symbolic.lift import lift

    return lift(found, context)
