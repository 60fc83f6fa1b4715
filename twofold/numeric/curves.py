"""Enclosures of distribution functions, survival functions and quantiles: certified integrals and sums of the declared density."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flint
import numpy as np

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.catalogue.spec import Law
from twofold.grammar.term import App, Bound, Num, Symbol, Term, num
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


_STUDENT = "betainc(df/2, 1/2, df/(df + x^2))/2"
_SPECIAL: dict[str, tuple[str, str]] = {
    "Exponential": ("1 - exp(-rate*x)", "exp(-rate*x)"),
    "Weibull": ("1 - exp(-(x/scale)^shape)", "exp(-(x/scale)^shape)"),
    "Rayleigh": ("1 - exp(-(x/scale)^2/2)", "exp(-(x/scale)^2/2)"),
    "Pareto": ("1 - (scale/x)^shape", "(scale/x)^shape"),
    "Uniform": ("(x - a)/(b - a)", "(b - x)/(b - a)"),
    "Logistic": ("1/(1 + exp((mean - x)/scale))", "1/(1 + exp((x - mean)/scale))"),
    "Cauchy": ("1/2 + atan((x - location)/scale)/pi", "1/2 - atan((x - location)/scale)/pi"),
    "Normal": ("erfc((mean - x)/(sd*sqrt(2)))/2", "erfc((x - mean)/(sd*sqrt(2)))/2"),
    "StudentT": (f"{{1 - {_STUDENT} if x >= 0; {_STUDENT} otherwise}}", f"{{{_STUDENT} if x >= 0; 1 - {_STUDENT} otherwise}}"),
    "F": ("betainc(d1/2, d2/2, d1*x/(d1*x + d2))", "betainc(d2/2, d1/2, d2/(d1*x + d2))"),
    "Beta": ("betainc(a, b, x)", "betainc(b, a, 1 - x)"),
    "Gamma": ("lowergamma(shape, rate*x)/gamma(shape)", "uppergamma(shape, rate*x)/gamma(shape)"),
    "ChiSquared": ("lowergamma(df/2, x/2)/gamma(df/2)", "uppergamma(df/2, x/2)/gamma(df/2)"),
}
"""Distribution and survival functions inside the support, elementary or through FLINT's special functions: much quicker than integrals."""


def enclosed(e: Evaluator, t: App, method: str) -> Value:
    """`cdf`, `survival`, `hazard` or `quantile` of a declared univariate law over balls. Raises `CannotEvaluate` for other laws."""
    from twofold.numeric.random_parts import law_of

    law = law_of(t.args[0])
    spec = laws().get(law.op) if isinstance(law, App) else None
    if spec is None or spec.kind != "univariate" or spec.atoms or spec.name == "Categorical":
        raise CannotEvaluate(f"no enclosure of {t.op}")
    assert isinstance(law, App)
    x = t.args[1]
    if method == "quantile":
        return _quantile(e, law, spec, x)
    if method == "hazard":
        after = App("survival", (law, x if not spec.discrete else App("sub", (x, num(1)))))
        return e.value(App("div", (App("pdf", (law, x)), after)))
    return _tail(e, law, spec, x, method == "survival")


def _tail(e: Evaluator, law: App, spec: Law, x: Term, above: bool) -> Value:
    """The mass up to a point, or beyond it."""
    m = e.arithmetic
    low, high = (formula(text, _names(law, spec)) for text in spec.support)
    at = App("floor", (x,)) if spec.discrete else x
    if spec.support[0] != "-oo" and m.compare("lt", e.value(at), e.value(low)):
        return m.one if above else m.zero
    if spec.support[1] != "oo" and m.compare("ge", e.value(at), e.value(high)):
        return m.zero if above else m.one
    if spec.name in _SPECIAL:
        return e.value(formula(_SPECIAL[spec.name][above], {**_names(law, spec), "x": x}))
    u = Symbol("u", "integer" if spec.discrete else "real")
    density = formula(spec.density, {**_names(law, spec), "x": u})
    if spec.discrete and spec.support[0] != "-oo":
        below = e.value(Bound("sum", (u,), density, (low, at)))
        return m.sub(m.one, below) if above else below
    op = "sum" if spec.discrete else "integrate"
    start = App("add", (at, num(1))) if spec.discrete else at
    return e.value(Bound(op, (u,), density, (start, high) if above else (low, at)))


def tail_term(law: App, x: Term, above: bool) -> Term | None:
    """The distribution (survival) function at a place as a term by cases, whose ends integration can see; `None` where it has no closed form here."""
    spec = laws().get(law.op)
    if spec is None or spec.name not in _SPECIAL:
        return None
    cases: list[Term] = []
    for end, beyond, value in ((spec.support[0], "lt", num(int(above))), (spec.support[1], "gt", num(int(not above)))):
        if end not in ("oo", "-oo"):
            cases += [value, App(beyond, (x, formula(end, _names(law, spec))), sort="truth")]
    inside = formula(_SPECIAL[spec.name][above], {**_names(law, spec), "x": x})
    return App("piecewise", (*cases, inside)) if cases else inside


def _names(law: App, spec: Law) -> dict[str, Term]:
    return {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}


def _quantile(e: Evaluator, law: App, spec: Law, q: Term) -> Value:
    """A continuous quantile between two points at which the distribution function is certainly below and above the level."""
    if spec.discrete:
        raise CannotEvaluate("no enclosure of the quantile of a discrete law")
    level = e.value(q)
    if not (e.arithmetic.compare("gt", level, e.arithmetic.zero) and e.arithmetic.compare("lt", level, e.arithmetic.one)):
        raise Undefined("a quantile at a level outside (0, 1)")
    guess = flint.arb(_start(e, law, level))
    above = bool(flint.arb(level) > flint.arb(0.5))
    for _ in range(8):
        gap = _gap(e, law, spec, guess, level, above)
        slope = flint.arb(e.value(App("pdf", (law, _exact(guess)))))
        if not abs(slope) > 0:
            raise Unresolved("a flat distribution function")
        step = (gap / slope).mid()
        guess = (guess - step).mid()
        if abs(step) < abs(guess) * flint.arb(2) ** (-flint.ctx.prec // 2):
            break
    for bits in (flint.ctx.prec - 16, flint.ctx.prec * 3 // 4, flint.ctx.prec // 2, 24):
        width = (abs(guess) + flint.arb(2) ** -64).mid() * flint.arb(2) ** (-bits)
        left, right = (guess - width).mid(), (guess + width).mid()
        if _gap(e, law, spec, left, level, above) < 0 and _gap(e, law, spec, right, level, above) > 0:
            return left.union(right)
    raise Unresolved("the quantile is not separated")


def _gap(e: Evaluator, law: App, spec: Law, x: flint.arb, level: Value, above: bool) -> flint.arb:
    """F(x) - q, by the tail that is smaller."""
    tail = flint.arb(_tail(e, law, spec, _exact(x), above))
    return (1 - flint.arb(level)) - tail if above else tail - flint.arb(level)


def _exact(x: flint.arb) -> Num:
    """The midpoint of a ball as a rational."""
    from fractions import Fraction

    mantissa, exponent = x.mid().man_exp()
    return Num(Fraction(int(mantissa)) * Fraction(2) ** int(exponent))


def _start(e: Evaluator, law: App, level: Value) -> float:
    """The quantile in double precision."""
    from twofold.numeric.laws import freeze

    def number(t: Term) -> float:
        return float(flint.arb(e.value(t)).mid())

    def none(own: Bound) -> Any:
        raise CannotEvaluate("no enclosure of a quantile of this law")

    found = float(freeze(law, number, none).quantile(np.float64(float(flint.arb(level).mid()))))
    if not np.isfinite(found):
        raise CannotEvaluate("the quantile is too large")
    return found
