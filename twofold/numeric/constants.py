"""Parts of a body that do not move with its bound symbol, and that cost something, are evaluated once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.grammar.term import App, Bound, Symbol, Term, Var, operations, subterms, transform, var
from twofold.numeric.outcomes import NoValue

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

BINDING = frozenset("E Var Std Cov Corr P mean variance std skewness kurtosis moment mgf entropy kl median fisher".split())
"""Operations that average over the random variables in them."""

_CURVES = frozenset("cdf survival quantile hazard".split())
_BINDERS = frozenset("sum prod integrate antiderivative limit bracket".split())


def costly(t: Term) -> bool:
    return t.op in _BINDERS if isinstance(t, Bound) else isinstance(t, App) and (t.op in BINDING or t.op in _CURVES)


_COSTLY = _BINDERS | BINDING | _CURVES


def has_costly(t: Term) -> bool:
    """Whether there is something in a term that costs something."""
    return not _COSTLY.isdisjoint(operations(t))


def hoisted(e: Evaluator, body: Term, moving: tuple[Symbol, ...]) -> tuple[Evaluator, Term]:
    """An evaluator and a body in which costly constant parts are symbols with values.

    What has no value, and what is random outside an average of its own, stays in its place.
    """
    if not has_costly(body):
        return e, body
    from twofold.numeric.random_parts import variables

    fixed: dict[Symbol, object] = {}
    found: dict[Term, Symbol] = {}
    bound = set(moving) | {s for t in subterms(body) if isinstance(t, Bound) for s in t.symbols}

    def rule(t: Term) -> Term | None:
        if not costly(t):
            return None
        if variables(t):
            return None
        inside = {s for x in subterms(t) if isinstance(x, Bound) for s in x.symbols}
        if any(isinstance(x, Var) and x.symbol in bound and x.symbol not in inside for x in subterms(t)):
            return None
        if t not in found:
            try:
                value = e.value(t)
            except NoValue:
                return t
            found[t] = Symbol("constant", shape=t.shape)
            fixed[found[t]] = value
        return var(found[t])

    made = transform(body, rule)
    return (e.inner(fixed), made) if fixed else (e, body)
