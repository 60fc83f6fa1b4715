"""Antiderivatives: candidates from several methods, each differentiated back by our own rules before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction
from sympy.integrals.manualintegrate import manualintegrate
from sympy.integrals.risch import risch_integrate

from twofold.core.meter import spent
from twofold.grammar.term import App, Bound, Symbol, Term, Var, free_symbols, substitute, subterms
from twofold.symbolic import spot
from twofold.symbolic.antiderivatives.kinds import INTEGRALS
from twofold.symbolic.antiderivatives.search import Search
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.attempt import BROKEN, attempt
from twofold.symbolic.calculus.candidates import Integrand
from twofold.symbolic.calculus.conditions import exceptional, for_real_names, real_roots
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.calculus.substitutions import continued
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.primitives.coefficients import sign_of
from twofold.symbolic.primitives.direct import direct
from twofold.symbolic.primitives.named_exponents import with_powers
from twofold.symbolic.primitives.norman import by_kernels
from twofold.symbolic.primitives.parameters import with_parameters
from twofold.symbolic.primitives.writing import one_bar
from twofold.symbolic.tidy import joined, measure

LONGEST = 1.0
"""Seconds of processor time for one antiderivative."""


def antiderivative(context: Context, term: Bound) -> Term:
    """A function whose derivative is the body, in terms of the point."""
    symbol, body, point = term.symbols[0], term.body, term.args[0]
    if isinstance(point, Var) and not point.shape:
        # In the user's own variable, of which a declaration or a condition may say more.
        body, symbol = substitute(body, {symbol: point}), point.symbol
    quick = _direct(body, symbol, context)
    if quick is not None:
        return substitute(quick, {symbol: point}) if symbol is term.symbols[0] else quick
    x = symbol_for(symbol, context)
    f = lower(body, context)
    found = primitive(f, x, context, body, symbol)
    found = _of_sizes(f, x, context, body, symbol) if found is None else found
    if found is None:
        raise NoClosedForm("no method applies to this antiderivative")
    _require_of_parameters(found, f, x, context)
    shown = _with_powers(lift(found, context), _integrand(f, symbol, context, body), context)
    return substitute(shown, {symbol: point}) if symbol is term.symbols[0] else shown


def _of_sizes(f: Any, x: Any, context: Context, body: Term, symbol: Symbol) -> Any:
    """An antiderivative with the sizes of names in the place of those that the integrand is even in, differentiated back; `None` where none is found."""
    names = [s for s in f.free_symbols - {x} if s.is_real and s.is_positive is None and s.is_negative is None]
    even = [s for s in names if sp.expand(f - f.subs(s, -s)) == 0]
    if not even:
        return None
    sizes = {s: sp.Dummy(s.name, positive=True) for s in even}
    found = primitive(f.xreplace(sizes), x, context)
    if found is None:
        return None
    made = found.xreplace({size: sp.Abs(s) for s, size in sizes.items()})
    integrand = _integrand(f, symbol, context, body)
    return made if integrand is not None and _accepted(integrand, made) else None


_STEPS = frozenset("floor ceil mod sign heaviside".split())
"""What jumps, and has the derivative of a continuous function: an antiderivative that is differentiated back may jump with it."""


def _direct(body: Term, symbol: Symbol, context: Context) -> Term | None:
    """An antiderivative by a direct rule, differentiated back, for a real variable of which nothing is declared: of a positive one the logarithms need
    no bars."""
    known = context.range(symbol)
    if context.reading != "real" or symbol.kind != "real" or known.lower is not None or known.upper is not None:
        return None
    if any(isinstance(t, App) and t.op in _STEPS and symbol in free_symbols(t) for t in subterms(body)):
        return None
    integrand = Integrand(body, symbol, context)
    found = direct(body, symbol)
    if found is not None and integrand.accepts(found):
        return found
    made = with_parameters(body, symbol, context)
    if made is not None and integrand.accepts(made[0]):
        for condition in made[1]:
            if 0 in sign_of(minus(*condition.args), context):
                context.require(condition)
        return one_bar(made[0])
    found = by_kernels(body, symbol)
    return _with_powers(found, integrand, context) if found is not None and integrand.accepts(found) else None


def _with_powers(found: Term, integrand: Integrand | None, context: Context) -> Term:
    """The antiderivative with x^n where the methods write exp(n*log(x)), its powers joined, differentiated back."""
    named = with_powers(found)
    if named == found or integrand is None:
        return found
    written = lift(joined(lower(named, context)), context)
    return written if integrand.accepts(written) else found


def _require_of_parameters(found: Any, f: Any, x: Any, context: Context) -> None:
    """States what an antiderivative asks of parameters beyond what the integrand asks."""
    condition = exceptional(found, (f,), x, sp.true, context)
    if context.reading == "real":
        # What stands in a form by cases holds under its case.
        plainly = found.xreplace(dict.fromkeys(found.atoms(sp.Piecewise), sp.S.Zero))
        condition = sp.And(condition, real_roots(plainly, f, x))
        plain = for_real_names(condition)
        condition = condition if plain is None else plain
    for part in sp.And.make_args(condition):
        if part != sp.true:
            context.require(lift(part, context))


def primitive(f: Any, x: Any, context: Context, body: Term | None = None, symbol: Symbol | None = None) -> Any:
    """A checked antiderivative of a SymPy expression, or `None`."""
    deadline = spent() + min(LONGEST, context.seconds)
    if symbol is None:
        symbol = next((s for s, made in context.symbols.items() if made is x and isinstance(s, Symbol)), None)
    integrand = _integrand(f, symbol, context, body)
    if body is None and integrand is not None and context.reading == "real":
        quick = direct(integrand.body, integrand.symbol) or by_kernels(integrand.body, integrand.symbol)
        if quick is not None and integrand.accepts(quick):
            return lower(quick, context)
    for method, share in _methods(f):
        left = deadline - spent()
        found = within(min(left, share), attempt, method, f, x) if left > 0.02 else None
        if found is None or found.has(sp.Integral, sp.nan, sp.zoo):
            continue
        if context.reading == "real" and found.has(sp.I) and not f.has(sp.I):
            continue
        for candidate in map(tidied, _forms(found, f, x, context)):
            if integrand is not None and _accepted(integrand, candidate):
                return candidate
            if (
                _differentiates_back(candidate, f, x, context, symbol)
                and not _leaves_the_reals(candidate, f, x, context)
                and not _jumps(candidate, f, x)
            ):
                return candidate
    return None


def decided_primitive(f: Any, x: Any, context: Context) -> Any:
    """A checked antiderivative with parameters in the form that the declarations decide, or `None`."""
    symbol = next((s for s, made in context.symbols.items() if made is x and isinstance(s, Symbol)), None)
    integrand = _integrand(f, symbol, context, None)
    if integrand is None or context.reading != "real":
        return None
    found = _in_one_case(integrand, context)
    return lower(found, context) if found is not None and integrand.accepts(found) else None


def _in_one_case(integrand: Integrand, context: Context) -> Term | None:
    """An antiderivative with parameters whose form and conditions the declarations and assumptions decide."""
    made = with_parameters(integrand.body, integrand.symbol, context)
    if made is None or any(isinstance(t, App) and t.op == "piecewise" for t in subterms(made[0])):
        return None
    return None if any(0 in sign_of(minus(*c.args), context) for c in made[1]) else one_bar(made[0])  # type: ignore[attr-defined]


def _integrand(f: Any, symbol: Symbol | None, context: Context, body: Term | None) -> Integrand | None:
    if symbol is None:
        return None
    try:
        return Integrand(lift(f, context) if body is None else body, symbol, context)
    except NoClosedForm:
        return None


def _accepted(integrand: Integrand, candidate: Any) -> bool:
    try:
        return integrand.accepts(lift(candidate, integrand.context))
    except NoClosedForm:
        return False


def tidied(e: Any) -> Any:
    """The shorter of a few forms that cost little: terms over one denominator, powers joined, roots out of denominators."""
    best, cost = e, measure(e)
    steps = [
        sp.factor_terms,
        lambda e: sp.powsimp(sp.expand(e, log=False, trig=False)),
        lambda e: sp.factor_terms(sp.expand(e, log=False, trig=False, power_exp=False)),
    ]
    if cost < 120:
        steps.append(lambda e: sp.cancel(sp.together(e)))
    for step in steps:
        found = attempt(step, best)
        if found is not None and (price := measure(found)) < cost:
            best, cost = found, price
    return best


def _methods(f: Any) -> Iterator[tuple[Callable[[Any, Any], Any], float]]:
    """Ways to an antiderivative, with the processor time that each may take."""
    yield by_table, 0.3
    yield lambda f, x: Search(0.6).find(f, x), 0.7
    yield manualintegrate, 0.3
    # Of elementary functions alone SymPy's other searches find nothing that ours does not.
    plain = {} if any(not isinstance(g, _ELEMENTARY) for g in f.atoms(sp.Function)) else {"heurisch": False, "manual": False}
    yield lambda f, x: sp.integrate(f, x, conds="none", risch=False, **plain), 0.6
    if f.has(sp.exp, sp.log):
        yield risch_integrate, 0.3


_ELEMENTARY = (
    sp.exp,
    sp.log,
    TrigonometricFunction,
    HyperbolicFunction,
    sp.asin,
    sp.acos,
    sp.atan,
    sp.asinh,
    sp.acosh,
    sp.atanh,
    sp.Abs,
)


def by_table(f: Any, x: Any) -> Any:
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
    if isinstance(f, sp.log) and isinstance(f.args[0] - 1, sp.exp):
        slope = sp.diff((f.args[0] - 1).args[0], x)
        return None if slope.has(x) or slope == 0 else -sp.polylog(2, 1 - f.args[0]) / slope
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
    if found.has(sp.tan) and found.has(sp.atan) and (whole := continued(found)) != found:
        yield whole
    if context.reading == "real" and not f.has(sp.I) and found.has(sp.log):
        given = f.atoms(sp.log)
        hidden = {g for e in found.atoms(*INTEGRALS, sp.polylog, sp.LambertW) for g in e.atoms(sp.log)}
        absolute = found.replace(
            lambda e: isinstance(e, sp.log) and e not in given and e not in hidden and _may_be_negative(e.args[0], x),
            lambda e: sp.log(sp.Abs(e.args[0])),
        )
        if absolute != found:
            yield absolute
    yield found


def _may_be_negative(u: Any, x: Any) -> bool:
    """Whether a real quantity that depends on the variable is not known to be positive."""
    if not u.has(x) or u.is_nonnegative or u.is_real is False:
        return False
    # Where the integrand is real, even roots are; these are not negative.
    roots = {p: sp.Dummy(nonnegative=True) for p in u.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q % 2 == 0 and p.exp > 0}
    if u.xreplace(roots).is_nonnegative:
        return False
    if u.is_polynomial(x) and sp.degree(u, x) == 2:
        return not (sp.discriminant(u, x).is_negative and sp.LC(u, x).is_positive)
    return True


def _without_constant(found: Any, x: Any) -> Any:
    if isinstance(found, sp.Add):
        return sp.Add(*(t for t in found.args if t.has(x)))
    return found


_MAY_JUMP = (
    sp.tan,
    sp.cot,
    sp.sec,
    sp.csc,
    sp.atan,
    sp.acot,
    sp.asec,
    sp.acsc,
    sp.floor,
    sp.ceiling,
    sp.sign,
    sp.Piecewise,
    sp.arg,
)


_IN_DOUBLES = {
    sp.exp,
    sp.log,
    sp.sin,
    sp.cos,
    sp.tan,
    sp.asin,
    sp.acos,
    sp.atan,
    sp.sinh,
    sp.cosh,
    sp.tanh,
    sp.asinh,
    sp.Abs,
    sp.floor,
    sp.erf,
}


def _jumps(candidate: Any, f: Any, x: Any) -> bool:
    """Whether an antiderivative jumps where the integrand does not: differences over short steps against Simpson's rule, what differs against
    quadrature."""
    if not candidate.has(*_MAY_JUMP) or f.free_symbols != {x}:
        return False
    step = sp.Rational(1, 4)
    places = [step * k + sp.Rational(1, 7) for k in range(-24, 25)]
    library = "math" if all(g.func in _IN_DOUBLES for e in (f, candidate) for g in e.atoms(sp.Function)) else "mpmath"
    functions = attempt(lambda: [sp.lambdify(x, e, library) for e in (f, candidate)])
    if functions is None:
        return False
    low = _measured(functions, places[0])
    for a, b in zip(places, places[1:], strict=False):
        middle, high = _measured(functions, (a + b) / 2), _measured(functions, b)
        if low is not None and middle is not None and high is not None and max(abs(low[0]), abs(middle[0]), abs(high[0])) < 50:
            simpson = (low[0] + 4 * middle[0] + high[0]) * float(step) / 6
            if abs(high[1] - low[1] - simpson) > 0.2 * (abs(simpson) + 0.05):
                measured = quadrature(f, x, a, b)
                if (
                    measured is not None
                    and measured[1] < 1e-8
                    and abs(high[1] - low[1] - measured[0]) > 1e-5 * (1 + abs(measured[0]))
                ):
                    return True
        low = high
    return False


def _measured(functions: list[Any], at: Any) -> tuple[Any, Any] | None:
    """Integrand and antiderivative at a place where both are real."""
    try:
        found = [mpmath.mpmathify(g(float(at))) for g in functions]
    except (*BROKEN, OverflowError, mpmath.libmp.NoConvergence, NameError):
        return None
    if all(mpmath.isfinite(v) and abs(mpmath.im(v)) < 1e-12 for v in found):
        return mpmath.re(found[0]), mpmath.re(found[1])
    return None


_MAY_BE_COMPLEX = (
    sp.log,
    sp.loggamma,
    sp.asin,
    sp.acos,
    sp.asec,
    sp.acsc,
    sp.acosh,
    sp.atanh,
    sp.acoth,
    sp.asech,
    sp.li,
    sp.Ci,
    sp.Chi,
    sp.polylog,
    sp.LambertW,
    sp.uppergamma,
    sp.lowergamma,
    sp.elliptic_f,
    sp.elliptic_e,
    sp.bessely,
    sp.besselk,
)


def _leaves_the_reals(candidate: Any, f: Any, x: Any, context: Context) -> bool:
    """Whether an antiderivative takes a value that is not real where the integrand is real, in the reading over the reals.

    A derivative does not see this: that of loggamma is real on both sides of 0, loggamma itself is not.
    """
    if context.reading != "real":
        return False
    rooted = any(not p.exp.is_Integer and p.base.has(x) for p in candidate.atoms(sp.Pow))
    if not rooted and not any(g.has(x) for g in candidate.atoms(*_MAY_BE_COMPLEX)):
        return False
    counted = 0
    for point in _places(f, candidate, x, context):
        right = spot.value(f, point)
        if right is None or abs(right.imag) > mpmath.mpf(10) ** -15 * (1 + abs(right)):
            continue
        left = spot.value(candidate, point)
        if left is not None and abs(left.imag) > mpmath.mpf(10) ** -12 * (1 + abs(left)):
            return True
        counted += left is not None
        if counted == 8:
            break
    return False


def _differentiates_back(candidate: Any, f: Any, x: Any, context: Context, symbol: Symbol | None) -> bool:
    """Whether the derivative by our own rules has the values of the integrand."""
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
    counted = 0
    for point in _places(f, back, x, context):
        right = spot.value(f, point)
        if right is None or (context.reading == "real" and abs(right.imag) > mpmath.mpf(10) ** -15 * (1 + abs(right))):
            continue
        left = spot.value(back, point)
        if left is None:
            continue
        if not spot.same(left, right):
            return False
        counted += 1
        if counted == 4:
            return True
    return counted >= 2


def _places(f: Any, back: Any, x: Any, context: Context) -> Iterator[dict[Any, Any]]:
    """Values for all names: the variable near and far, on both sides of 0."""
    names = f.free_symbols | back.free_symbols
    scales = (1, sp.Rational(1, 3), 1, 3, 1, 10, sp.Rational(1, 20), 3)
    for k, point in enumerate(spot.points(names, context, 24)):
        if x in point and not spot.range_of(x, context).upper:
            yield {**point, x: point[x] * scales[k % len(scales)]} if spot.range_of(x, context).lower in (None, 0) else point
        else:
            yield point
