"""Antiderivatives: candidates from several methods, each differentiated back by our own rules before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction
from sympy.integrals.manualintegrate import manualintegrate
from sympy.integrals.risch import risch_integrate

from twofold.core.meter import spent
from twofold.grammar.term import App, Bound, Symbol, Term, Var, free_symbols, substitute, subterms
from twofold.symbolic.antiderivatives.search import Search
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.antiderivative_forms import forms, tidied
from twofold.symbolic.calculus.candidate_checks import differentiates_back, jumps, leaves_the_reals
from twofold.symbolic.calculus.candidates import Integrand
from twofold.symbolic.calculus.conditions import exceptional, for_real_names, real_roots
from twofold.symbolic.calculus.plain_antiderivatives import by_table
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.primitives.coefficients import sign_of
from twofold.symbolic.primitives.direct import direct
from twofold.symbolic.primitives.named_exponents import with_powers
from twofold.symbolic.primitives.norman import by_kernels
from twofold.symbolic.primitives.parameters import with_parameters
from twofold.symbolic.primitives.writing import one_bar
from twofold.symbolic.tidy import joined

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
        for candidate in map(tidied, forms(found, f, x, context)):
            if integrand is not None and _accepted(integrand, candidate):
                return candidate
            if (
                differentiates_back(candidate, f, x, context, symbol)
                and not leaves_the_reals(candidate, f, x, context)
                and not jumps(candidate, f, x)
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
