"""A change of variables in an integral, in one variable or in several, not carried out.

In one variable the new one is given by the old (`u = x^2`) or the old by the new (`x = sin(t)`). In several the old ones are given
by the new, whose ranges follow: the size of the determinant of the Jacobian comes in.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Bound, Symbol, Term, Var, copy_symbol, free_symbols, substitute, var
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.changes import integral_of, range_of
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short

_USAGE = "change_variables(f, x = a..b, u = x^2)"
_SEVERAL = "change_variables(f, [x, y], {x = r*cos(t), y = r*sin(t)}, r = 0..1, t = 0..2pi)"


def change_variables(context: Context, f: Term, over: Term, new: Term, *ranges: Term) -> Term:
    """The integral in the new variable or variables."""
    if isinstance(over, Array) or isinstance(over, App) and over.op in ("tuple", "set"):
        return _several(context, f, over, new, ranges)
    x, low, high = range_of(over, _USAGE)
    if ranges:
        raise fail("wrong-arity", "the new range follows from the old one", ranges[0].span, f"write {_USAGE}")
    bindings = new.args if isinstance(new, App) and new.op == "set" else (new,)
    if len(bindings) != 1 or not (
        isinstance(bindings[0], App) and bindings[0].op == "eq" and isinstance(bindings[0].args[0], Var)
    ):
        raise fail("not-a-variable", "the new variable is given by a formula", new.span, "write u = x^2 or x = sin(t)")
    name, g = bindings[0].args
    assert isinstance(name, Var)
    if name.symbol is x.symbol:
        return _old_by_new(context, f, x.symbol, low, high, g)
    return _new_by_old(context, f, x.symbol, low, high, name.symbol, g)


def _new_by_old(context: Context, f: Term, x: Symbol, low: Term | None, high: Term | None, u: Symbol, g: Term) -> Term:
    """u = g(x): f/g' in terms of u, by itself or by the inverse of g on the range."""
    old, fresh = symbol_for(x, context), symbol_for(u, context)
    formula, integrand = lower(g, context), lower(f, context)
    slope = sp.diff(formula, old)
    if slope == 0:
        raise fail("not-a-variable", f"{x.name} does not stand in the formula", g.span, f"write {_USAGE}")
    ends = None if low is None or high is None else _ends(formula, old, lower(low, context), lower(high, context), context)
    made = sp.simplify(sp.simplify(integrand / slope).subs(formula, fresh))
    if made.has(old):
        inverse = _inverse(formula, old, fresh, low, high, ends, context)
        made = short(sp.simplify((integrand / slope).subs(old, inverse)), context)
    body = lift(short(made, context), context)
    if ends is None:
        inner = copy_symbol(u)
        return Bound("antiderivative", (inner,), substitute(body, {u: var(inner)}), (g,))
    return integral_of(body, u, *(lift(e, context) for e in ends))


def _ends(formula: Any, old: Any, low: Any, high: Any, context: Context) -> tuple[Any, Any]:
    found = []
    for end, side in ((low, "+"), (high, "-")):
        at = limit_at(formula, old, end, side if end.is_finite else "", context)
        if at is None:
            raise NoClosedForm("the new variable has no limit at an end of the range")
        found.append(at)
    return found[0], found[1]


def _inverse(formula: Any, old: Any, fresh: Any, low: Term | None, high: Term | None, ends: Any, context: Context) -> Any:
    """The inverse of a formula: the only one, or the one that leads back to both ends of a range on which it is monotone."""
    found = within(context.seconds, attempt, sp.solve, formula - fresh, old) or []
    if len(found) == 1:
        return found[0]
    if low is None or high is None:
        raise NoClosedForm("the formula has several inverses: give a range, x = a..b")
    a, b = lower(low, context), lower(high, context)
    if not _has_no_zero(sp.diff(formula, old), old, a, b):
        raise NoClosedForm("the formula is not one-to-one on the range: split the range where its derivative is 0")
    for candidate in found:
        if all(_same(limit_of(candidate, fresh, e, s), end) for e, s, end in zip(ends, ("+", "-"), (a, b), strict=True)):
            return candidate
    raise NoClosedForm("no inverse of the formula was found on the range")


def _same(a: Any, b: Any) -> bool:
    return a is not None and bool(a == b or sp.simplify(a - b) == 0)


def _old_by_new(context: Context, f: Term, x: Symbol, low: Term | None, high: Term | None, g: Term) -> Term:
    """x = g(t): f(g(t))*g'(t), over the principal range of t that g maps onto that of x."""
    names = [s for s in free_symbols(g) if s not in free_symbols(f) or s is x]
    names = [s for s in names if s is not x] or [s for s in free_symbols(g) if s is not x]
    if len(names) != 1:
        raise fail("not-a-variable", "one new variable stands in the formula", g.span, "write x = sin(t)")
    t = names[0]
    old, fresh = symbol_for(x, context), symbol_for(t, context)
    formula = lower(g, context)
    slope = sp.diff(formula, fresh)
    inverses = within(context.seconds, attempt, sp.solve, formula - old, fresh) or []
    inverses = sorted(inverses, key=sp.count_ops)
    if low is None or high is None:
        if not inverses:
            raise NoClosedForm("the formula has no inverse that could be found")
        made = short(sp.trigsimp(_put(lower(f, context), old, formula) * slope), context)
        inner = copy_symbol(t)
        return Bound("antiderivative", (inner,), substitute(lift(made, context), {t: var(inner)}), (lift(inverses[0], context),))
    a, b = lower(low, context), lower(high, context)
    for candidate in inverses:
        start, end = limit_of(candidate, old, a, "+"), limit_of(candidate, old, b, "-")
        if (
            start is None
            or end is None
            or not (start.is_extended_real and end.is_extended_real)
            or not _has_no_zero(slope, fresh, start, end)
        ):
            continue
        factor, _ = sp.factor_terms(slope).as_independent(fresh, as_Add=False)
        if factor.free_symbols:
            require_nonzero(factor, context)
        plain = sp.Dummy("t", real=True)
        body = sp.trigsimp(_put(lower(f, context), old, formula) * slope)
        body = unsigned(body.subs(fresh, plain), {plain: (start, end)}).subs(plain, fresh)
        body = lift(short(sp.powsimp(sp.trigsimp(body)), context), context)
        return integral_of(body, t, lift(start, context), lift(end, context))
    raise NoClosedForm("the formula does not map a range of the new variable onto that of the old one, as far as was found")


def _put(f: Any, old: Any, formula: Any) -> Any:
    return sp.trigsimp(sp.simplify(f.subs(old, formula)))


def _several(context: Context, f: Term, over: Term, new: Term, ranges: tuple[Term, ...]) -> Term:
    """Nested integrals over the new ranges, the first innermost."""
    names = [e for row in over.rows for e in row] if isinstance(over, Array) else list(over.args)  # type: ignore[attr-defined]
    bindings = new.args if isinstance(new, App) and new.op in ("set", "and", "tuple") else (new,)
    put: dict[Symbol, Term] = {}
    for b in bindings:
        if isinstance(b, App) and b.op == "eq" and isinstance(b.args[0], Var):
            put[b.args[0].symbol] = b.args[1]
    if not all(isinstance(n, Var) and n.symbol in put for n in names) or len(put) != len(names):
        raise fail("not-a-variable", "every old variable is given by a formula in the new ones", new.span, f"write {_SEVERAL}")
    if len(ranges) != len(names):
        raise fail("not-a-range", f"the {len(names)} new variables need a range each", over.span, f"write {_SEVERAL}")
    read = [range_of(r, _SEVERAL) for r in ranges]
    fresh = [symbol_for(t.symbol, context) for t, _, _ in read]
    formulas = [lower(put[n.symbol], context) for n in names if isinstance(n, Var)]
    jacobian = sp.Matrix(formulas).jacobian(fresh).det()
    limits = {
        s: (lower(a, context), lower(b, context))
        for s, (_, a, b) in zip(fresh, read, strict=True)
        if a is not None and b is not None
    }
    if len(limits) < len(read):
        raise fail("not-a-range", "the new variables need ranges", over.span, f"write {_SEVERAL}")
    size = unsigned(sp.Abs(sp.factor(sp.trigsimp(jacobian))), limits)
    context.note(f"the size of the Jacobian determinant is {show(lift(size, context))}")
    integrand = lower(f, context).subs(
        {symbol_for(n.symbol, context): e for n, e in zip(names, formulas, strict=True) if isinstance(n, Var)}, simultaneous=True
    )
    out: Term = lift(short(sp.trigsimp(integrand) * size, context), context)
    for t, a, b in read:
        assert a is not None and b is not None
        out = integral_of(out, t.symbol, a, b)
    return out


def unsigned(e: Any, limits: dict[Any, tuple[Any, Any]]) -> Any:
    """An expression in which the absolute value of what has one sign on the ranges stands without bars."""

    def bare(u: Any) -> Any:
        out = sp.S.One
        for g in sp.Mul.make_args(sp.factor(u)):
            base, power = g.as_base_exp()
            inside = [s for s in limits if base.has(s)]
            sign = 1 if base.is_nonnegative else -1 if base.is_nonpositive else 0
            if sign == 0 and len(inside) == 1 and power.is_Integer:
                sign = _sign(base, inside[0], *limits[inside[0]])
            out *= (sign * base) ** power if sign else sp.Abs(g)
        return out

    return e.replace(sp.Abs, bare)


def _sign(e: Any, x: Any, a: Any, b: Any) -> int:
    """The sign of a function of one variable on an open interval on which it has no zero; 0 where that is not known."""
    if e.free_symbols != {x} or not _has_no_zero(e, x, a, b):
        return 0
    middle = e.subs(x, _middle(a, b))
    return 1 if middle.is_positive else -1 if middle.is_negative else 0


def _middle(a: Any, b: Any) -> Any:
    if a.is_infinite and b.is_infinite:
        return sp.S.Zero
    return b - 1 if a.is_infinite else a + 1 if b.is_infinite else (a + b) / 2


def _has_no_zero(e: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether a function has no zero between two numbers, as its solution set (SymPy's) says."""
    factor, e = sp.factor_terms(e).as_independent(x, as_Add=False)
    if factor.is_zero or e.free_symbols - {x} or not (a.is_number and b.is_number):
        return not e.has(x) and e.is_zero is False
    low, high = (a, b) if bool(a < b) else (b, a)
    plain = sp.Dummy("x", real=True)
    zeros = attempt(sp.solveset, e.subs(x, plain), plain, sp.Interval.open(low, high))
    return zeros is sp.S.EmptySet
