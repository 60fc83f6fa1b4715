"""Parts of polynomials and fractions, division, elimination, and logarithms and angles taken apart or put together."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.simplify.fu import TR8, TR10i

from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.grammar.term import MISSING, App, Num, Term, Var, children, free_symbols, rebuild, subterms, vector
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.expressions import rewrite
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.reading import parts_of

_ROUNDS = 8
"""Rounds in which products of waves are made sums."""
_SECONDS, _HIGHEST = 1.0, 12
"""For the minimal polynomial of what stands below a bar, and its degree."""


def _name(f: Term, name: Term, context: Context) -> Any:
    """The variable that is meant: the one given, or the only one there is."""
    if name == MISSING:
        names = free_symbols(f)
        if len(names) != 1:
            raise fail("not-a-variable", "say in which variable", f.span, "write for example degree(f, x)")
        name = Var(names[0])
    return lower(name, context)


def _poly(f: Term, name: Term, context: Context) -> Any:
    x, e = _name(f, name, context), sp.together(lower(f, context))
    if not e.is_polynomial(x):
        raise fail("not-a-polynomial", "this is not a polynomial in that variable", f.span)
    return sp.Poly(e, x)


def degree(context: Context, f: Term, name: Term = MISSING) -> Term:
    """The degree in a variable; of 0 it is -oo."""
    p = _poly(f, name, context)
    _need_leading(p, context)
    return lift(p.degree(), context)


def _need_leading(p: Any, context: Context) -> None:
    """That a leading coefficient with parameters is not 0, where that is not known."""
    if p.LC().free_symbols and not p.LC().is_nonzero:
        require_nonzero(p.LC(), context)


def coefficients(context: Context, f: Term, name: Term = MISSING) -> Term:
    """The coefficients, the highest power first."""
    return vector(tuple(lift(sp.factor(c), context) for c in _poly(f, name, context).all_coeffs()))


def coefficient(context: Context, f: Term, name: Term, power: Term = MISSING) -> Term:
    """The coefficient of a power of a variable (1 if not given), or of a power as it stands: coefficient(f, x^2)."""
    if power == MISSING and isinstance(name, App) and name.op == "pow":
        name, power = name.args
    k = 1 if power == MISSING else power.value if isinstance(power, Num) else None
    if k is None or k != int(k) or k < 0:
        raise fail("wrong-order", "a power is a whole number", power.span, "write coefficient(f, x, 2)")
    p = _poly(f, name, context)
    return lift(sp.factor(p.coeff_monomial(p.gens[0] ** int(k))), context)


def leading_coefficient(context: Context, f: Term, name: Term = MISSING) -> Term:
    """The coefficient of the highest power."""
    p = _poly(f, name, context)
    _need_leading(p, context)
    return lift(sp.factor(p.LC()), context)


def numerator(context: Context, f: Term) -> Term:
    """What stands above the bar when everything is one fraction without common factors."""
    return lift(sp.fraction(sp.cancel(sp.together(lower(f, context))))[0], context)


def denominator(context: Context, f: Term) -> Term:
    """What stands below the bar when everything is one fraction without common factors."""
    return lift(sp.fraction(sp.cancel(sp.together(lower(f, context))))[1], context)


def quotient(context: Context, a: Term, b: Term, name: Term = MISSING) -> Term:
    """The quotient of the division of polynomials with remainder."""
    return lift(_divided(context, a, b, name)[0], context)


def remainder(context: Context, a: Term, b: Term, name: Term = MISSING) -> Term:
    """The remainder of the division of polynomials."""
    return lift(_divided(context, a, b, name)[1], context)


def _divided(context: Context, a: Term, b: Term, name: Term) -> tuple[Any, Any]:
    x = _name(App("add", (a, b)), name, context)
    f, g = lower(a, context), lower(b, context)
    if not (f.is_polynomial(x) and g.is_polynomial(x)):
        raise fail("not-a-polynomial", "division with remainder is for polynomials", a.span)
    if g == 0:
        raise fail("division-by-zero", "this divides by 0", b.span)
    _need_leading(sp.Poly(g, x), context)
    q, r = sp.div(sp.Poly(f, x), sp.Poly(g, x), auto=True)
    return q.as_expr(), r.as_expr()


def resultant(context: Context, a: Term, b: Term, name: Term) -> Term:
    """The resultant: 0 where two polynomials have a common root."""
    x = _name(a, name, context)
    return lift(sp.factor(sp.resultant(_poly(a, name, context).as_expr(), _poly(b, name, context).as_expr(), x)), context)


def discriminant(context: Context, f: Term, name: Term = MISSING) -> Term:
    """The discriminant: 0 where a polynomial has a multiple root."""
    p = _poly(f, name, context)
    return lift(sp.discriminant(p.as_expr(), p.gens[0]), context, gather=False)


def groebner(context: Context, system: Term, names: Term) -> Term:
    """The reduced Groebner basis in lexicographic order: a set of polynomials with the same zeros."""
    symbols = [lower(n, context) for n in variables_of(names)]
    rows = []
    for p in parts_of(system):
        e = lower(App("sub", p.args) if isinstance(p, App) and p.op == "eq" else p, context)
        if not e.is_polynomial(*symbols):
            raise fail("not-a-polynomial", "a Groebner basis is of polynomials", p.span)
        rows.append(e)
    found = within(2 * context.seconds, attempt, sp.groebner, rows, *symbols, order="lex")
    if found is None:
        raise NoClosedForm("the basis takes too long to find")
    if any(e.free_symbols - set(symbols) for e in rows):
        context.note("for values of the parameters in general: single ones may have another basis")
    return App("set", tuple(lift(e, context) for e in found.exprs), (), "set")


def rationalize(context: Context, f: Term) -> Term:
    """Without roots below the bar."""
    return rewrite(context, f, _without_roots_below)


def _without_roots_below(e: Any) -> Any:
    """Square roots by conjugates; a number with other roots below the bar by its minimal polynomial p: with p(d) = d*q(d) + p(0) = 0 is
    1/d = -q(d)/p(0)."""
    made = sp.radsimp(e, max_terms=8)
    above, below = sp.fraction(made)
    if not below.is_number or below.is_Rational or not below.is_algebraic:
        return made
    t = sp.Dummy("t")
    p = within(_SECONDS, attempt, sp.minimal_polynomial, below, t, polys=True)
    if p is None or p.degree() > _HIGHEST:
        return made
    *high, start = p.all_coeffs()
    inverse = sp.expand(-sp.Poly(high, t).as_expr().subs(t, below) / start)
    return sp.expand(above * inverse)


def trig_reduce(context: Context, f: Term) -> Term:
    """Products and powers of sines and cosines as sums of multiple angles."""
    return rewrite(context, f, _reduced)


def _reduced(e: Any) -> Any:
    """Products of waves as sums, until none is left: sin(x)^4 needs that twice."""
    for _ in range(_ROUNDS):
        made = sp.expand(TR8(sp.expand(e)))
        if made == e:
            break
        e = made
    return e


def trig_combine(context: Context, f: Term) -> Term:
    """Sums of products as sines and cosines of sums of angles: sin(x)*cos(y) + cos(x)*sin(y) is sin(x + y)."""
    return rewrite(context, f, lambda e: TR10i(e))


def log_expand(context: Context, f: Term) -> Term:
    """Logarithms of products, quotients and powers taken apart, where the declared domains allow it; log(x^2) is 2*log(abs(x))."""

    def rule(e: Any) -> Any:
        made = sp.expand_log(e, factor=True)
        return made.replace(
            lambda t: (
                isinstance(t, sp.log)
                and t.args[0].is_Pow
                and t.args[0].exp.is_Integer
                and t.args[0].exp % 2 == 0
                and t.args[0].base.is_real
            ),
            lambda t: t.args[0].exp * sp.log(sp.Abs(t.args[0].base)),
        )

    found = rewrite(context, f, rule if context.reading == "real" else lambda e: sp.expand_log(e, factor=True))
    if any(
        isinstance(t, App) and t.op == "log" and isinstance(t.args[0], App) and t.args[0].op in ("mul", "div", "pow")
        for t in subterms(found)
    ):
        context.note("a logarithm is taken apart where its factors are known to be positive: declare `let x > 0`")
    return found


def log_combine(context: Context, f: Term) -> Term:
    """Sums of logarithms as one logarithm: where the sum is defined, every argument is positive."""
    from twofold.symbolic.simplifying import joined

    if f.shape or isinstance(f, App) and f.op in ("eq", "set", "tuple"):
        return rebuild(f, tuple(log_combine(context, x) for x in children(f)))
    if context.reading == "real":
        try:
            found = joined(f, context)
        except NotApplicable:
            found = None
        if found is not None:
            return lift(lower(found, context), context)
    return rewrite(context, f, sp.logcombine)
