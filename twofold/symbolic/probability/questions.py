"""The exact answers of the functions of probability: rules first, sums and integrals where they end."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.conjunctions import together
from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.catalogue.spec import Absent
from twofold.core.diagnostic import fail
from twofold.grammar.term import MINUS_OO, OO, App, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.arithmetic import ONE, ZERO, minus, over, plus, power, times
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.probability import curves, data, signs
from twofold.symbolic.probability.closure import law_of_term
from twofold.symbolic.probability.expectation import evaluate, expand
from twofold.symbolic.probability.independence import is_random, parents, variables
from twofold.symbolic.probability.integrals import normalising_constant, settle
from twofold.symbolic.probability.laws import (
    Known,
    closed,
    density,
    given_density,
    has_listed_parameters,
    is_discrete,
    is_vector,
    law_of,
    listed,
    support,
)
from twofold.symbolic.probability.reading import Reader
from twofold.symbolic.work import carry_out

HALF = App("div", (ONE, num(2)))


def _answer(t: App, context: Context) -> Term:
    reader = Reader(context)
    if t.shape:
        made = expand(t, context)
        if made == t:
            raise NoClosedForm("no rule gives this expectation of a vector")
        return made
    return settle(evaluate(t, reader), reader)


def expectation(context: Context, x: Term, condition: Term | None = None) -> Term:
    return _answer(App("E", (x,) if condition is None else (x, condition), x.shape), context)


def variance_of(context: Context, x: Term, condition: Term | None = None) -> Term:
    if condition is None:
        law = _closed_law(x, context)
        found = closed_form(law, "variance", "the variance", context) if law is not None else None
        if law is not None and found is not None:
            return carry_out(found, context) if is_vector(law) else found
    args = (x,) if condition is None else (x, condition)
    return _answer(App("Var", args, (x.shape[0], x.shape[0]) if len(x.shape) == 1 else ()), context)


def deviation_of(context: Context, x: Term, condition: Term | None = None) -> Term:
    return App("sqrt", (variance_of(context, x, condition),))


def covariance_of(context: Context, x: Term, y: Term) -> Term:
    return _answer(app("Cov", x, y), context)


def correlation_of(context: Context, x: Term, y: Term) -> Term:
    return over(covariance_of(context, x, y), App("sqrt", (times(variance_of(context, x), variance_of(context, y)),)))


def probability_of(context: Context, event: Term, condition: Term | None = None) -> Term:
    return _answer(App("P", (event,) if condition is None else (event, condition)), context)


# --- what a law is asked ---


def _closed_law(x: Term, context: Context) -> Term | None:
    """The law of a law term, of a random variable, or of a combination that a closure rule knows."""
    if x.sort == "law":
        return x
    if isinstance(x, Var) and x.symbol.law is not None and is_vector(x.symbol.law):
        return x.symbol.law
    if x.shape or not is_random(x) or any(parents(v) for v in variables(x)):
        return None
    return law_of_term(x, Reader(context))


def law_asked(x: Term, what: str, context: Context) -> Term:
    law = _closed_law(x, context)
    if law is None:
        if x.sort != "law" and not is_random(x):
            raise fail(
                "not-random", f"{what} needs a law or a random variable", x.span, "write for example X ~ Normal(0, 1) first"
            )
        raise NoClosedForm("the law of this expression is not known")
    return law


def generic_draw(law: Term) -> tuple[Symbol, Term]:
    """A fresh variable with a law."""
    low, high = (ZERO, ONE) if is_vector(law) else support(law)
    symbol = Symbol(
        "X", "integer" if is_discrete(law) else "real", law.shape, law=law, lower=None if low == MINUS_OO or law.shape else low,
        upper=None if high == OO or law.shape else high, open_lower=not is_discrete(law), open_upper=not is_discrete(law),
    )  # fmt: skip
    return symbol, var(symbol)


def _usable(known: Known, what: str, context: Context) -> Term:
    """A closed form, its condition decided or required of the parameters. Raises `TwofoldError` where it fails."""
    if known.condition is not None:
        holds = signs.decide(known.condition, context)
        if holds is False:
            raise fail(
                "expectation-does-not-exist",
                f"{what} does not exist for these parameters",
                known.value.span,
                _why(known.condition),
            )
        if holds is None:
            context.require(known.condition)
    return known.value


def _why(condition: Term) -> str:
    from twofold.catalogue.display import show

    return f"it exists where {show(condition)}"


def closed_form(law: Term, key: str, what: str, context: Context, **more: Term) -> Term | None:
    if has_listed_parameters(law):
        return None
    known = closed(law, key, **more)
    if isinstance(known, Absent) and not known.exists:
        raise fail("expectation-does-not-exist", f"{what} does not exist", law.span, known.reason)
    return _usable(known, what, context) if isinstance(known, Known) else None


def is_expression(x: Term) -> bool:
    """Whether this is a number made of random variables, and not one of them."""
    return x.sort == "number" and not x.shape and not isinstance(x, Var) and law_of(x) is None and is_random(x)


def _derived(x: Term, context: Context) -> bool:
    """Whether this is an expression in random variables whose law no rule knows; its curves come from the probabilities of events."""
    return is_expression(x) and _closed_law(x, context) is None


def _density_of_event(context: Context, of: Term, x: Term) -> Term:
    """The derivative of P(T <= x), or P(T = x) where T has listed values."""
    laws = [law_of(v) for v in variables(of)]
    if all(law is not None and is_discrete(law) for law in laws):
        return probability_of(context, App("eq", (of, x), sort="truth"))
    if any(law is None or is_discrete(law) for law in laws):
        raise NoClosedForm("the law of this expression is not known")
    taken = {s for t in (of, *(law for law in laws if law is not None)) for s in free_symbols(t)}
    at = x.symbol if isinstance(x, Var) and x.symbol.kind == "real" and x.symbol not in taken else Symbol("u")
    below = probability_of(context, App("le", (of, var(at)), sort="truth"))
    return substitute(derivative(below, at), {at: x})


def density_of(context: Context, law: Term, x: Term) -> Term:
    if _derived(law, context):
        return _density_of_event(context, law, x)
    own = law_asked(law, "a density", context)
    if given_density(own) is not None:
        body = density(own, x)
        low, high = support(own)
        inside = over(body, normalising_constant(own, context))
        return _on(inside, x, low, high, context)
    return curves.density_at(own, x, Reader(context))


def _on(inside: Term, x: Term, low: Term, high: Term, context: Context) -> Term:
    """A value between two ends, 0 outside."""
    facts = [] if low == MINUS_OO else [App("ge", (x, low), sort="truth")]
    facts += [] if high == OO else [App("le", (x, high), sort="truth")]
    open_facts = [f for f in facts if signs.decide(f, context) is not True]
    if any(signs.decide(f, context) is False for f in open_facts):
        return ZERO
    return App("piecewise", (inside, together(open_facts), ZERO)) if open_facts else inside


def cdf_of(context: Context, law: Term, x: Term) -> Term:
    if _derived(law, context):
        return probability_of(context, App("le", (law, x), sort="truth"))
    own = law_asked(law, "a distribution function", context)
    reader = Reader(context)
    if given_density(own) is None:
        try:
            return curves.below(own, x, reader)
        except NoClosedForm:
            if is_discrete(own):
                raise
    symbol, draw = generic_draw(own)
    low, _ = support(own)
    inside = settle(evaluate(App("P", (App("le", (draw, x), sort="truth"),)), reader), reader)
    known = App("ge", (x, low), sort="truth")
    if low == MINUS_OO or signs.decide(known, context) is True:
        return inside
    return App("piecewise", (inside, known, ZERO))


def survival_of(context: Context, law: Term, x: Term) -> Term:
    if _derived(law, context):
        return probability_of(context, App("gt", (law, x), sort="truth"))
    own = law_asked(law, "a survival function", context)
    if given_density(own) is None:
        return curves.above(own, x, Reader(context))
    return minus(ONE, cdf_of(context, own, x))


def hazard_of(context: Context, law: Term, x: Term) -> Term:
    own = law_asked(law, "a hazard", context)
    if not is_discrete(own):
        return over(density_of(context, own, x), survival_of(context, own, x))
    return over(density_of(context, own, x), curves.above(own, x, Reader(context), strict=False))


def quantile_of(context: Context, x: Term, q: Term) -> Term:
    if x.sort != "law" and len(x.shape) == 1 and not is_random(x):
        return data_quantile(x, q)
    return curves.quantile(law_asked(x, "a quantile", context), q)


def data_quantile(x: Term, q: Term) -> Term:
    """Linear interpolation between the order statistics: position 1 + (n - 1) q (the rule of R and NumPy)."""
    ordered, level = data.ordered(x), rational(q)
    if level is None or not 0 <= level <= 1:
        raise NoClosedForm("the level of a quantile of data is a number between 0 and 1")
    place = level * (len(ordered) - 1)
    k = place.numerator // place.denominator
    part = place - k
    low = ordered[k]
    return low if not part else plus(low, times(num(part), minus(ordered[k + 1], low)))


def support_of(context: Context, x: Term) -> Term:
    law = law_asked(x, "a support", context)
    values = listed(law)
    if values is not None:
        return App("set", tuple(v for v, _ in values), sort="set")
    low, high = support(law)
    if is_discrete(law):
        return App("range", (low, high), sort="set")
    kind = ("o" if low == MINUS_OO else "c") + ("o" if high == OO else "c")
    return App(f"interval_{kind}", (low, high), sort="set")


def mean_of(context: Context, x: Term) -> Term:
    law = _closed_law(x, context)
    if law is not None:
        found = closed_form(law, "mean", "the mean", context)
        if found is not None:
            return carry_out(found, context) if is_vector(law) else found
        _, draw = generic_draw(law)
        return expectation(context, draw)
    if x.shape and not (is_random(x) and not _is_sample(x)):
        return data.mean(x)
    return expectation(context, x)


def _is_sample(x: Term) -> bool:
    return isinstance(x, Var) and x.symbol.law is not None and not is_vector(x.symbol.law)


def median_of(context: Context, x: Term) -> Term:
    if x.sort != "law" and x.shape:
        return data.median(x)
    law = law_asked(x, "a median", context)
    known = closed(law, "median")
    if isinstance(known, Known):
        return _usable(known, "the median", context)
    return curves.quantile(law, HALF)


def mode_of(context: Context, x: Term) -> Term:
    law = law_asked(x, "a mode", context)
    known = closed(law, "mode")
    if isinstance(known, Known):
        if known.condition is not None and signs.decide(known.condition, context) is not True:
            context.require(known.condition)
        return known.value
    values = listed(law)
    if values is not None and all(rational(m) is not None for _, m in values):
        top = max(rational(m) or Fraction(0) for _, m in values)
        modes = [v for v, m in values if rational(m) == top]
        return modes[0] if len(modes) == 1 else App("set", tuple(modes), sort="set")
    raise NoClosedForm(known.reason if isinstance(known, Absent) else "the mode has no closed form")


def variance_of_any(context: Context, x: Term, kind: Term | None = None) -> Term:
    law = _closed_law(x, context)
    if law is not None:
        found = closed_form(law, "variance", "the variance", context)
        if found is not None:
            return carry_out(found, context) if is_vector(law) else found
        _, draw = generic_draw(law)
        return variance_of(context, draw)
    if x.shape and not (is_random(x) and not _is_sample(x)):
        return data.variance(context, x, kind)
    return variance_of(context, x)


def std_of_any(context: Context, x: Term, kind: Term | None = None) -> Term:
    return App("sqrt", (variance_of_any(context, x, kind),))


def _standardised(x: Term, order: int, key: str, what: str, context: Context) -> Term:
    law = _closed_law(x, context)
    if law is not None:
        found = closed_form(law, key, what, context)
        if found is not None:
            return found
        _, x = generic_draw(law)
    centred = minus(x, expectation(context, x))
    out = over(expectation(context, power(centred, num(order))), power(variance_of(context, x), over(num(order), num(2))))
    return minus(out, num(3)) if order == 4 else out


def skewness_of(context: Context, x: Term) -> Term:
    return _standardised(x, 3, "skewness", "the skewness", context)


def kurtosis_of(context: Context, x: Term) -> Term:
    return _standardised(x, 4, "kurtosis", "the kurtosis", context)


def _as_variable(x: Term) -> Term:
    if x.sort == "law":
        return generic_draw(x)[1]
    return x


def moment_of(context: Context, x: Term, k: Term) -> Term:
    law = _closed_law(x, context)
    if law is not None and rational(k) is None:
        found = closed_form(law, "moment", "this moment", context, k=k)
        if found is not None:
            return found
    return expectation(context, power(_as_variable(x), k))


def cumulant_of(context: Context, x: Term, k: Term) -> Term:
    """From raw moments: m_n = kappa_n + the sum of binomial(n - 1, j - 1) kappa_j m_(n - j)."""
    from math import comb

    order = rational(k)
    if order is None or order.denominator != 1 or not 1 <= order <= 12:
        raise NoClosedForm("the order of a cumulant is a whole number from 1 to 12")
    v = _as_variable(x)
    reader = Reader(context)
    moments = [evaluate(App("E", (power(v, num(j)),)), reader) for j in range(int(order) + 1)]
    cumulants = [moments[0]]
    for n in range(1, int(order) + 1):
        kappa = moments[n]
        for j in range(1, n):
            kappa = kappa - reader.read(num(comb(n - 1, j - 1))) * cumulants[j] * moments[n - j]
        cumulants.append(kappa)
    return settle(cumulants[int(order)], reader)


def mgf_of(context: Context, x: Term, t: Term) -> Term:
    law = _closed_law(x, context)
    if law is not None:
        found = closed_form(law, "mgf", "the moment generating function", context, t=t)
        if found is not None:
            return found
    return expectation(context, App("exp", (times(t, _as_variable(x)),)))


def cf_of(context: Context, x: Term, t: Term) -> Term:
    law = law_asked(x, "a characteristic function", context)
    found = closed_form(law, "cf", "the characteristic function", context, t=t)
    if found is None:
        raise NoClosedForm("the characteristic function has no closed form")
    return found
