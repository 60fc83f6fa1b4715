"""Integrals: candidates from several methods, each checked before it is believed.

An antiderivative is differentiated back by our own rules and compared at points. A definite integral is compared with quadrature at points of
its parameters; what fails is thrown away and the next method tried. Neither makes a proof: the answer is checked again by the other route.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import mpmath
import sympy as sp

from twofold.grammar.term import Bound, Symbol, Term, copy_symbol, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import negate, plus, text
from twofold.symbolic.calculus.conditions import for_real_names
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.calculus.residues import by_residues
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short
from twofold.symbolic.work import carry_out

_BROKEN = (
    NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, ZeroDivisionError, KeyError, IndexError, AssertionError,
    sp.PolynomialError, sp.PoleError, ArithmeticError,
)  # fmt: skip
MISSING = text("does not exist")
Method: TypeAlias = "Callable[[Any, Any, Any, Any, Context], tuple[Any, Any] | None]"


def integrate(context: Context, term: Bound) -> Term:
    """The value of `integrate(f, x)` or `integrate(f, x = a..b)`."""
    body = carry_out(term.body, context)
    args = tuple(carry_out(a, context) for a in term.args)
    made = Bound(term.op, term.symbols, body, args, shape=term.shape)
    if body.shape:
        spread = explicit(made, context)
        return carry_out(spread, context)
    return antiderivative(context, made) if term.op == "antiderivative" else definite(context, made)


# --- indefinite ---------------------------------------------------------------------------------------------------------------


def antiderivative(context: Context, term: Bound) -> Term:
    """A function whose derivative is the body, in terms of the point."""
    symbol = term.symbols[0]
    x = symbol_for(symbol, context)
    f = lower(term.body, context)
    found = primitive(f, x, context, term.body, symbol)
    if found is None:
        raise NoClosedForm("no closed form found for this antiderivative")
    return substitute(lift(found, context), {symbol: term.args[0]})


def primitive(f: Any, x: Any, context: Context, body: Term | None = None, symbol: Symbol | None = None) -> Any:
    """A checked antiderivative of a SymPy expression, or `None`."""
    for method in _methods(f):
        found = within(context.seconds, _attempt, method, f, x)
        if found is None or found.has(sp.Integral, sp.nan, sp.zoo):
            continue
        for candidate in _forms(found, f, x, context):
            if _differentiates_back(candidate, f, x, context, symbol):
                return candidate
    return None


def _methods(f: Any) -> Iterator[Callable[[Any, Any], Any]]:
    yield by_parts_of_sum
    yield lambda f, x: sp.integrate(f, x, conds="none")
    yield sp.integrals.manualintegrate.manualintegrate
    yield lambda f, x: sp.integrate(sp.expand(f), x, conds="none")
    if f.has(sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh):
        yield lambda f, x: sp.integrate(sp.expand(f.rewrite(sp.exp)), x, conds="none").rewrite(sp.cos)


def _attempt(method: Callable[[Any, Any], Any], f: Any, x: Any) -> Any:
    try:
        return method(f, x)
    except _BROKEN:
        return None


def by_parts_of_sum(f: Any, x: Any) -> Any:
    """Term by term from a short table: powers, exponentials, sines and cosines of linear arguments. `None` beyond it."""
    total = sp.S.Zero
    for part in sp.Add.make_args(f.expand() if f.is_polynomial(x) else f):
        constant, rest = part.as_independent(x, as_Add=False)
        found = _table(rest, x)
        if found is None:
            return None
        total += constant * found
    return total


def _table(f: Any, x: Any) -> Any:
    if f is sp.S.One:
        return x
    if f == x:
        return x**2 / 2
    if f.is_Pow and not f.exp.has(x):
        slope = sp.diff(f.base, x) if f.base.is_Add or f.base.is_Mul or f.base == x else None
        if slope is None or slope.has(x) or slope.is_zero is not False:
            return None
        if f.exp == -1:
            return sp.log(f.base) / slope
        return f.base ** (f.exp + 1) / ((f.exp + 1) * slope) if f.exp.is_number else None
    if len(f.args) == 1 and isinstance(f, (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)):
        slope = sp.diff(f.args[0], x)
        if slope.has(x) or slope.is_zero is not False:
            return None
        head = {sp.exp: sp.exp, sp.sin: lambda u: -sp.cos(u), sp.cos: sp.sin, sp.sinh: sp.cosh, sp.cosh: sp.sinh}[type(f)]
        return head(f.args[0]) / slope
    return None


def _forms(found: Any, f: Any, x: Any, context: Context) -> Iterator[Any]:
    """The antiderivative in the forms worth trying: over the reals `log(abs(u))` where u may be negative."""
    while isinstance(found, sp.Piecewise):
        # The first branch is the generic one; the others are exceptional values of parameters.
        value, condition = found.args[0]
        if condition.has(x):
            break
        found = value
    found = _without_constant(found, x)
    if context.reading == "real" and not f.has(sp.I) and found.has(sp.log):
        given = f.atoms(sp.log)
        absolute = found.replace(
            lambda e: isinstance(e, sp.log) and e not in given and _may_be_negative(e.args[0], x), lambda e: sp.log(sp.Abs(e.args[0]))
        )
        if absolute != found:
            yield absolute
    yield found


def _may_be_negative(u: Any, x: Any) -> bool:
    """Whether a real quantity that depends on the variable is not known to be positive."""
    if not u.has(x) or u.is_nonnegative or u.is_real is False:
        return False
    if u.is_polynomial(x) and sp.degree(u, x) == 2:
        return not (sp.discriminant(u, x).is_negative and sp.LC(u, x).is_positive)
    return True


def _without_constant(found: Any, x: Any) -> Any:
    if isinstance(found, sp.Add):
        return sp.Add(*(t for t in found.args if t.has(x)))
    return found


def _differentiates_back(candidate: Any, f: Any, x: Any, context: Context, symbol: Symbol | None) -> bool:
    """Whether the derivative by our own rules has the values of the integrand."""
    inner = context.symbols
    if symbol is None:
        symbol = next((s for s, made in inner.items() if made is x and isinstance(s, Symbol)), None)
    try:
        if symbol is None:
            back = sp.diff(candidate, x)
        else:
            back = lower(derivative(lift(candidate, context), symbol), context)
    except NoClosedForm:
        return False
    if back == f or (back - f).is_zero:
        return True
    if back.is_rational_function(x) and f.is_rational_function(x) and sp.count_ops(back) < 300:
        return bool(sp.cancel(sp.together(back - f)) == 0)
    return spot.agree(back, f, context, tries=14, real=context.reading == "real") is True


# --- definite -----------------------------------------------------------------------------------------------------------------


def definite(context: Context, term: Bound) -> Term:
    """The integral from a to b, oriented; `oo` where it diverges so, `"does not exist"` where it has no value at all."""
    unevaluated = lower(term, context)
    f, (x, a, b) = unevaluated.args
    found, condition = definite_value(f, x, a, b, context)
    if condition != sp.true:
        context.require(lift(condition, context))
    if found is sp.nan:
        return MISSING
    if found.is_infinite:
        context.note("diverges")
    return lift(found, context)


def definite_value(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any]:
    """The value of a definite integral and the condition under which it is that. Raises `NoClosedForm`."""
    if a == b or f == 0:
        return sp.S.Zero, sp.true
    if not f.has(x):
        return f * (b - a), sp.true
    best: tuple[Any, Any] | None = None
    deadline = time.process_time() + 1.25 * context.seconds
    for method in (_by_antiderivative, _by_residues, _positive_residues, _by_sympy, _positive_sympy, _by_pieces):
        left = deadline - time.process_time()
        found = within(min(left, context.seconds), method, f, x, a, b, context) if left > 0.05 else None
        if found is None:
            continue
        value, condition = found
        if value.has(sp.Integral, sp.zoo) or value.has(sp.nan) and value is not sp.nan or condition == sp.false:
            continue
        if value.has(sp.meijerg, sp.polar_lift, sp.exp_polar) or any(p.base.is_zero for p in value.atoms(sp.Pow)):
            continue
        agreed = quadrature_agrees(value, condition, f, x, a, b, context)
        if agreed is True:
            return value, condition
        if agreed is None and best is None:
            best = found
            if method in (_by_residues, _positive_residues):
                break
    if best is not None:
        return best
    raise NoClosedForm("no closed form found for this integral")


def _by_antiderivative(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """Quick: the short table, on a finite range where the integrand has no pole; otherwise `None`."""
    table = _attempt(by_parts_of_sum, f, x)
    if table is None or a.is_infinite or b.is_infinite:
        return None
    if not (f.is_polynomial(x) or all(e.is_nonnegative and e.is_Integer for e in _exponents(f, x))):
        return None
    return short(table.subs(x, b) - table.subs(x, a), context), sp.true


def _exponents(f: Any, x: Any) -> list[Any]:
    """Exponents of powers in which the variable stands in the base: where all are whole, the integrand has no singular point."""
    return [p.exp for p in f.atoms(sp.Pow) if p.base.has(x)]


def _by_residues(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = _attempt(lambda g, y: by_residues(g, y, a, b, context), f, x)
    return None if found is None else (found, sp.true)


def _by_sympy(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = _attempt(lambda g, y: sp.integrate(g, (y, a, b)), f, x)
    return None if found is None else _first_branch(found, context)


def _first_branch(found: Any, context: Context) -> tuple[Any, Any] | None:
    """The value by cases as one value and its condition, read for real parameters."""
    condition: Any = sp.true
    found = sp.piecewise_fold(found) if found.has(sp.Piecewise) and not isinstance(found, sp.Piecewise) else found
    while isinstance(found, sp.Piecewise):
        value, given = found.args[0]
        real = for_real_names(given)
        if real is None:
            return None
        if real == sp.false or real.atoms(sp.Eq):
            # An exceptional value of a parameter; the generic one is what is asked for.
            if len(found.args) == 1:
                return None
            found = sp.Piecewise(*found.args[1:])
            continue
        found, condition = value, sp.And(condition, real)
    if found.has(sp.Integral):
        return None
    return short(_real_form(found, context), context), condition


def _real_form(found: Any, context: Context) -> Any:
    """A value without polar numbers, and without an imaginary unit that cancels."""
    made = sp.unpolarify(found)
    if context.reading == "real" and made.is_number and made.has(sp.I) and not made.is_infinite:
        real, imaginary = made.evalf(30).as_real_imag()
        if abs(imaginary) < 1e-20 * (1 + abs(real)):
            split = sp.expand(made, complex=True)
            if not split.has(sp.I, sp.re, sp.im, sp.arg):
                return split
    return made


def _positive(method: Method) -> Method:
    """A method with every real parameter of unknown sign taken to be positive, under that condition."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        parameters = (f.free_symbols | a.free_symbols | b.free_symbols) - {x}
        names = [s for s in parameters if s.is_real and s.is_positive is None and s.is_negative is None]
        if not names:
            return None
        stand_in = {s: sp.Symbol(s.name, positive=True, **({"integer": True} if s.is_integer else {})) for s in names}
        found = method(f.xreplace(stand_in), x, a.xreplace(stand_in), b.xreplace(stand_in), context)
        if found is None:
            return None
        back = {v: k for k, v in stand_in.items()}
        value, condition = (e.xreplace(back) for e in found)
        return value, sp.And(condition, *(s > 0 for s in names if value.has(s)))

    return run


_positive_residues, _positive_sympy = _positive(_by_residues), _positive(_by_sympy)


def _by_pieces(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """A checked antiderivative, with the range cut where the integrand or the antiderivative has a singular point or a jump."""
    found = primitive(f, x, context)
    if found is None or not (a.is_number and b.is_number):
        return None if found is None else _ends_only(found, f, x, a, b, context)
    if a > b:
        value = _by_pieces(f, x, b, a, context)
        return None if value is None else (-value[0], value[1])
    domain = sp.Interval(a, b)
    try:
        cuts = sp.calculus.singularities.singularities(found, x, domain) + sp.calculus.singularities.singularities(f, x, domain)
    except _BROKEN:
        return None
    if not isinstance(cuts, (sp.FiniteSet, type(sp.S.EmptySet))):
        return None
    places = [a, *sorted((c for c in cuts if a < c < b), key=lambda c: float(c)), b]
    total = sp.S.Zero
    for low, high in zip(places, places[1:], strict=False):
        upper = limit_at(found, x, high, "-", context)
        lower_end = limit_at(found, x, low, "+", context)
        if upper is None or lower_end is None:
            return sp.nan, sp.true
        total += upper - lower_end
    return (sp.nan, sp.true) if total is sp.nan else (short(total, context), sp.true)


def _ends_only(found: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """The bracket of an antiderivative for symbolic ends, where nothing can be cut; quadrature has the last word."""
    upper, low = (limit_at(found, x, e, s, context) if e.is_infinite else found.subs(x, e) for e, s in ((b, "-"), (a, "+")))
    if upper is None or low is None:
        return None
    return short(upper - low, context), sp.true


def quadrature_agrees(value: Any, condition: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> bool | None:
    """Compares a claimed value with quadrature at admissible values of the parameters; `None` where quadrature cannot tell."""
    if value is sp.nan:
        return None
    names = (value.free_symbols | f.free_symbols | a.free_symbols | b.free_symbols) - {x}
    if f.has(sp.Integral, sp.Sum, sp.Product) or f.atoms(sp.core.function.AppliedUndef):
        return None
    counted = 0
    for point in spot.points(names, context, 12 if names else 1):
        if condition != sp.true and condition.subs(point) != sp.true:
            continue
        low, high, claimed = a.subs(point), b.subs(point), spot.value(value, point)
        if not (low.is_extended_real and high.is_extended_real):
            continue
        measured = _quadrature(f.subs(point), x, low, high)
        if measured is None:
            continue
        if value.is_infinite:
            return None
        if claimed is None:
            continue
        if not spot.same(claimed, measured[0], 6):
            if measured[1] < 1e-6 * (1 + abs(measured[0])):
                return False
            continue
        counted += 1
        if counted >= 2:
            return True
    return True if counted else None


def _quadrature(f: Any, x: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """A value by tanh-sinh quadrature and its estimated error; `None` where the integrand has no value somewhere."""
    if low > high:
        turned = _quadrature(f, x, high, low)
        return None if turned is None else (-turned[0], turned[1])
    try:
        function = sp.lambdify(x, f, "mpmath")
        ends = [mpmath.mpf(str(e.evalf(20))) if e.is_finite else mpmath.inf * (1 if e > 0 else -1) for e in (low, high)]
        inside = [0.0] if ends[0] == -mpmath.inf and ends[1] == mpmath.inf else []
        kinks = [
            mpmath.mpf(str(c.evalf(20)))
            for g in f.atoms(sp.Abs, sp.sign, sp.Heaviside)
            for c in (sp.solve(g.args[0], x) if g.args[0].is_polynomial(x) else [])
            if c.is_real and (low < c) == True and (c < high) == True  # noqa: E712
        ]
        with mpmath.workdps(20):
            frequency = _frequency(f, x)
            if frequency and mpmath.inf in (-ends[0], ends[1]):
                return _oscillating(function, ends, frequency)
            found, error = mpmath.quad(function, sorted({ends[0], *inside, *kinks, ends[1]}), error=True, maxdegree=7)
        return (found, error) if mpmath.isfinite(found) else None
    except (*_BROKEN, OverflowError, mpmath.libmp.NoConvergence, NameError):
        return None


def _frequency(f: Any, x: Any) -> Any:
    """The frequency of the sine or cosine of a linear argument in an expression, or 0."""
    found = [sp.Abs(sp.diff(g.args[0], x)) for g in f.atoms(sp.sin, sp.cos) if g.has(x)]
    if len(set(found)) != 1 or not found[0].is_number or f.has(sp.exp):
        return 0
    return mpmath.mpf(str(found[0].evalf(20)))


def _oscillating(function: Any, ends: list[Any], frequency: Any) -> tuple[Any, Any] | None:
    """An integral of an oscillating function over an infinite range, summed over its half periods with extrapolation."""
    parts = [ends] if -mpmath.inf not in ends or mpmath.inf not in ends else [[-mpmath.inf, 0], [0, mpmath.inf]]
    found = sum(mpmath.quadosc(function, p, omega=frequency) for p in parts)
    return (found, mpmath.mpf(10) ** -9 * (1 + abs(found))) if mpmath.isfinite(found) else None


def bracket(context: Context, term: Bound) -> Term:
    """`bracket(F, x = a..b)`: F at b minus F at a, limits where an end is infinite."""
    body = carry_out(term.body, context)
    if body.shape:
        return carry_out(explicit(Bound("bracket", term.symbols, body, term.args, shape=body.shape), context), context)
    symbol = term.symbols[0]
    values = []
    for end, side in zip(term.args, ("+", "-"), strict=True):
        at = carry_out(end, context)
        lowered = lower(at, context)
        if lowered.is_infinite:
            x = symbol_for(symbol, context)
            found = limit_at(lower(body, context), x, lowered, side, context)
            if found is None:
                return MISSING
            values.append(lift(found, context))
        else:
            values.append(substitute(body, {symbol: at}))
    return carry_out(plus(values[1], negate(values[0])), context)


def arclength(context: Context, f: Term, over: Term) -> Term:
    """The length of the graph of f, or of a curve given by its coordinates, over a range `x = a..b`."""
    from twofold.core.diagnostic import fail
    from twofold.grammar.term import App, Array, Var, num
    from twofold.symbolic.arithmetic import ONE, power, total
    from twofold.symbolic.calculus.derivatives import by_entry

    if not (isinstance(over, App) and over.op == "eq" and isinstance(over.args[0], Var) and isinstance(over.args[1], App) and over.args[1].op == "range"):
        raise fail("not-a-range", "arclength wants the range of the variable", over.span, "write arclength(f(x), x = a..b)")
    x, ends = over.args[0], over.args[1]
    parts = [e for r in f.rows for e in r] if isinstance(f, Array) else [f]
    squares = [power(by_entry(p, x, 1, context), num(2)) for p in parts]
    inside = total(squares) if isinstance(f, Array) else plus(ONE, squares[0])
    fresh = copy_symbol(x.symbol, lower=ends.args[0], upper=ends.args[1])
    speed = substitute(App("sqrt", (inside,)), {x.symbol: var(fresh)})
    return integrate(context, Bound("integrate", (fresh,), speed, (ends.args[0], ends.args[1])))


