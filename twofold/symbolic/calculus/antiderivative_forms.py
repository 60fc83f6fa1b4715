"""Forms of an antiderivative that are worth trying and short."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from twofold.symbolic.antiderivatives.kinds import INTEGRALS
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.substitutions import continued
from twofold.symbolic.context import Context
from twofold.symbolic.tidy import measure


def forms(found: Any, f: Any, x: Any, context: Context) -> Iterator[Any]:
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
