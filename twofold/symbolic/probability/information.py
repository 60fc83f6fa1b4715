"""Entropy, divergence and Fisher information of laws."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    OO,
    App,
    Array,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.arithmetic import ZERO, minus, negate, over, plus, times
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.probability import curves
from twofold.symbolic.probability.expectation import expect
from twofold.symbolic.probability.integrals import normalising_constant
from twofold.symbolic.probability.laws import (
    density,
    given_density,
    is_discrete,
    is_vector,
    listed,
    support,
)
from twofold.symbolic.probability.questions import closed_form, expectation, generic_draw, law_asked
from twofold.symbolic.probability.reading import Reader

_KINKED = frozenset("abs sign piecewise max min floor ceil indicator".split())


def entropy_of(context: Context, x: Term) -> Term:
    law = law_asked(x, "an entropy", context)
    found = closed_form(law, "entropy", "the entropy", context)
    if found is not None:
        return found
    if is_vector(law):
        raise NoClosedForm("the entropy has no closed form")
    _, draw = generic_draw(law)
    if given_density(law) is not None:
        inner = expectation(context, App("log", (density(law, draw),)))
        return minus(App("log", (normalising_constant(law, context),)), inner)
    return negate(expectation(context, App("log", (density(law, draw),))))


def divergence_of(context: Context, p: Term, q: Term) -> Term:
    """E log p(X) - E log q(X) for X with law p, as long as q covers the support of p; infinite otherwise."""
    if p == q:
        return ZERO
    if is_discrete(p) != is_discrete(q):
        raise fail("wrong-kind", "one law is discrete and the other is not", q.span, "a divergence compares two laws of one kind")
    if is_vector(p) and is_vector(q):
        return _normal_divergence(p, q)
    reader = Reader(context)
    values = listed(p)
    if values is not None:
        from twofold.symbolic.probability.polynomial import Polynomial

        total = Polynomial()
        for x, mass in values:
            other = curves.equal_to(q, x, reader)
            if rational(mass) == 0:
                continue
            if rational(other) == 0:
                return OO
            total = total + reader.read(times(mass, minus(App("log", (mass,)), App("log", (other,)))))
        return total.term()
    _, draw = generic_draw(p)
    if not reader.within(draw, q):
        low, high = support(q)
        raise NoClosedForm(f"the support of the second law may not cover that of the first ({_shown(low)} to {_shown(high)})")
    ratio = reader.read(App("log", (density(p, draw),))) - reader.read(App("log", (density(q, draw),)))
    by_rules = expect(ratio, reader)
    if not any(isinstance(f, App) and f.op == "E" for m in by_rules.terms for f, _ in m):
        return by_rules.term()
    second = expectation(context, App("log", (density(q, draw),)))
    return minus(negate(entropy_of(context, p)), second)


def _shown(t: Term) -> str:
    from twofold.catalogue.display import show

    return show(t)


def _normal_divergence(p: Term, q: Term) -> Term:
    if not (isinstance(p, App) and isinstance(q, App) and p.op == q.op == "MultivariateNormal"):
        raise NoClosedForm("no rule gives the divergence of these laws")
    (m, s), (n, r) = p.args, q.args
    gap, inverse = app("sub", n, m), app("inv", r)
    size = p.args[0].shape[0]
    quadratic = app("mul", app("mul", app("transpose", gap), inverse), gap)
    logs = app("sub", app("log", app("det", r)), app("log", app("det", s)))
    inside = plus(minus(plus(app("tr", app("mul", inverse, s)), quadratic), size if isinstance(size, Term) else num(size)), logs)
    return over(inside, num(2))


def fisher_of(context: Context, law: Term, parameter: Term | None = None) -> Term:
    """Minus the expected second derivative of the log density, or the expected product of scores where the density has kinks.

    The support must not move with the parameter.
    """
    own = law_asked(law, "an information", context)
    points = _parameters(own, parameter)
    if is_vector(own) or given_density(own) is not None:
        raise NoClosedForm("the information has no rule for this law")
    ends = [s for end in support(own) for s in free_symbols(end)]
    for p in points:
        if p in ends:
            raise fail(
                "irregular-law",
                f"the support moves with {p.name}: there is no Fisher information",
                law.span,
                "the usual theory asks for a fixed support",
            )
    fresh = {p: copy_symbol(p) for p in points}
    _, draw = generic_draw(own)
    log = App("log", (density(substitute(own, {p: var(f) for p, f in fresh.items()}), draw),))
    reader = Reader(context)
    from twofold.symbolic.derivative import derivative

    body = reader.read(log).term()
    smooth = not any(isinstance(t, App) and t.op in _KINKED for t in subterms(body))
    back = {f: var(p) for p, f in fresh.items()}
    scores = [derivative(body, fresh[a]) for a in points]
    rows = []
    for first in scores:
        row = []
        for place, b in enumerate(points):
            if smooth:
                row.append(negate(expectation(context, substitute(derivative(first, fresh[b]), back))))
            else:
                row.append(expectation(context, substitute(times(first, scores[place]), back)))
        rows.append(tuple(row))
    if len(points) == 1:
        return rows[0][0]
    return Array(tuple(rows), (len(points), len(points)))


def _parameters(law: Term, parameter: Term | None) -> list[Symbol]:
    if parameter is None:
        found = [s for a in law.args for s in free_symbols(a)] if isinstance(law, App) else []  # type: ignore[union-attr]
        found = list(dict.fromkeys(s for s in found if not s.shape))
        if len(found) != 1:
            names = ", ".join(s.name for s in found) or "none"
            raise fail(
                "which-parameter",
                f"the law has the parameters {names}",
                law.span,
                "write fisher(law, theta), or fisher(law, [mu, sigma])",
            )
        return found
    entries = [e for row in parameter.rows for e in row] if isinstance(parameter, Array) else [parameter]
    out = [e.symbol for e in entries if isinstance(e, Var) and not e.shape]
    if len(out) != len(entries):
        raise fail("not-a-variable", "an information is by parameters that are names", parameter.span)
    return out
