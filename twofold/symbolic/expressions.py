"""Rewriting of expressions into a form that is asked for; every result is compared with the expression at points before it is
shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Const, Num, Term, Var, children, free_symbols, num, rebuild, substitute
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import minus, plus, power, times
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import measure, short

MISSING = Const("missing")


def _rewrite(context: Context, f: Term, rule: Callable[[Any], Any], gather: bool = False) -> Term:
    """A rule applied to an expression, to both sides of a relation, or to the entries of an array."""
    if f.shape or isinstance(f, App) and f.op in ("eq", "ne", "lt", "le", "gt", "ge", "set", "tuple", "and", "or"):
        return rebuild(f, tuple(_rewrite(context, x, rule, gather) for x in children(f)))
    e = lower(f, context)
    found = within(context.seconds, attempt, rule, e)
    if found is None or (
        e.free_symbols and spot.agree(found, e, context, tries=6, enough=1, real=context.reading == "real") is False
    ):
        found = e
    return lift(found, context, gather=gather)


def simplify(context: Context, f: Term) -> Term:
    """The shortest form found."""

    def rule(e: Any) -> Any:
        forms = [short(e, context)]
        for step in (
            sp.simplify,
            sp.trigsimp,
            lambda x: sp.logcombine(x),
            sp.gammasimp,
            sp.radsimp,
            lambda x: sp.factor(sp.trigsimp(x)),
        ):
            made = attempt(step, e)
            if made is not None:
                forms.append(made)
        return min(forms, key=measure)

    return _rewrite(context, f, rule, gather=True)


def expand(context: Context, f: Term) -> Term:
    """Products and powers of sums multiplied out; logarithms and exponentials of products and sums taken apart where that is
    allowed."""
    return _rewrite(context, f, sp.expand)


def factor(context: Context, f: Term, *over: Term) -> Term:
    """The factors of a polynomial or rational function over the rationals, or over them and the numbers given; of a whole
    number as powers."""
    if isinstance(f, Num) and f.value.denominator == 1 and abs(f.value) > 1:
        if abs(f.value) > 10**40:
            raise NoClosedForm("this number is too long to be factored")
        return _factored_integer(int(f.value))
    extension = [lower(x, context) for x in over]
    return _rewrite(context, f, lambda e: sp.factor(e, extension=extension) if extension else sp.factor(e))


def _factored_integer(n: int) -> Term:
    parts: list[Term] = [
        power(num(p), num(k)) if k == 1 else App("pow", (num(p), num(k))) for p, k in sorted(sp.factorint(abs(n)).items())
    ]
    out = parts[0]
    for p in parts[1:]:
        out = App("mul", (out, p))
    return App("neg", (out,)) if n < 0 else out


def collect(context: Context, f: Term, *names: Term) -> Term:
    """Terms with the same powers of the names put together."""
    symbols = [lower(n, context) for n in names]
    return _rewrite(context, f, lambda e: sp.collect(sp.expand(e), symbols, sp.factor))


def apart(context: Context, f: Term, name: Term = MISSING) -> Term:
    """Partial fractions in a name."""
    if name == MISSING:
        names = free_symbols(f)
        if len(names) != 1:
            raise fail("not-a-variable", "partial fractions are in one variable", f.span, "write apart(f, x)")
        name = Var(names[0])
    x = lower(name, context)
    return _rewrite(context, f, lambda e: sp.apart(e, x))


def cancel(context: Context, f: Term) -> Term:
    """One fraction without common factors."""
    return _rewrite(context, f, lambda e: sp.cancel(sp.together(e)))


def trig_expand(context: Context, f: Term) -> Term:
    """Trigonometric functions of sums and multiples in terms of single arguments."""
    return _rewrite(context, f, sp.expand_trig)


def substituted(context: Context, f: Term, *bindings: Term) -> Term:
    """Terms for names: `substitute(x^2 + 1, x = 3)`."""
    values = {}
    for b in bindings:
        if not (isinstance(b, App) and b.op == "eq" and isinstance(b.args[0], Var)):
            raise fail("where-name", "substitute wants names with values", b.span, "write substitute(x^2 + 1, x = 3)")
        values[b.args[0].symbol] = b.args[1]
    return substitute(f, values)


def complete_square(context: Context, f: Term, name: Term = MISSING) -> Term:
    """a*(x - h)^2 + k for a quadratic in one name."""
    if name == MISSING:
        names = free_symbols(f)
        if len(names) != 1:
            raise fail("not-a-variable", "the square is completed in one variable", f.span, "write complete_square(f, x)")
        name = Var(names[0])
    if not isinstance(name, Var):
        raise fail("not-a-variable", "the square is completed in a name", name.span)
    x, e = symbol_for(name.symbol, context), sp.expand(lower(f, context))
    if not e.is_polynomial(x) or sp.degree(e, x) != 2:
        raise fail("not-quadratic", "this is not a quadratic in that variable", f.span)
    a, b, c = sp.Poly(e, x).all_coeffs()
    shift, rest = (lift(short(v, context), context) for v in (b / (2 * a), c - b**2 / (4 * a)))
    return plus(times(lift(a, context), power(_shifted(name, shift), num(2))), rest)


def _shifted(name: Term, shift: Term) -> Term:
    return minus(name, Num(-shift.value)) if isinstance(shift, Num) and shift.value < 0 else plus(name, shift)
