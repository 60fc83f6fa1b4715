"""Definite integrals whose corners or poles lie at places that depend on a parameter: cases by where these lie in the range.

For values of the parameter between those at which a corner enters or leaves the range, or meets another one, the integrand is a fixed smooth
function on each part of the range, and each part is an integral by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Bound, Term, substitute, var
from twofold.symbolic.arithmetic import text
from twofold.symbolic.calculus.kinks import between
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.open_conditions import is_proved
from twofold.symbolic.solving.branch_roots import roots_by_branches
from twofold.symbolic.solving.parameter_cases import ParameterCases
from twofold.symbolic.solving.places import Span
from twofold.symbolic.tidy import short

KINKED = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.Heaviside, sp.Piecewise)
LONGEST = 3.0
"""Seconds of processor time for all cases."""
_DIVERGES = text("diverges")

Integral = Callable[[Any, Any, Any, Any, Context], tuple[Any, Any]]
"""The value of an integral and the condition under which it is that."""


def kinked_cases(term: Bound, context: Context, value: Integral) -> Term | None:
    """The integral in all cases of its one parameter; `None` where it does not apply or a part is not found."""
    try:
        return within(LONGEST, lambda: _Integral(term, context, value).term())
    except (NotApplicable, NoEnclosure, NoClosedForm):
        return None


class _Integral(ParameterCases):
    def __init__(self, term: Bound, context: Context, value: Integral) -> None:
        (symbol,) = term.symbols
        super().__init__(symbol, (term.body, *term.args), context)
        self.integral, self.integrate = term, value
        f, (x, a, b) = lower(term, context).args
        f = f.xreplace({x: self.x})
        if a == sp.oo or b == -sp.oo or any(e.free_symbols - {self.a} for e in (a, b)):
            raise NotApplicable("the range runs backwards")
        if not (b.is_infinite or a.is_infinite or (b - a).is_nonnegative):
            raise NotApplicable("which end is the lower one depends on the parameter")
        kinks = [e for g in f.atoms(*KINKED) if g.has(self.x) for e in _changes(g)]
        kinks += poles(f, self.x)
        if not kinks:
            raise NotApplicable("no corners and no poles")
        inside = tuple((e, "ge") for e in (self.x - a, b - self.x) if not e.is_infinite)
        made, special = [], []
        for e in dict.fromkeys(kinks):
            found = roots_by_branches(e, self.x, inside)
            made += found.found
            special += found.special
        self.take(made, special, True)
        self.cut(e for f in self.formulas for e in (f.value - a, f.value - b) if e.free_symbols and not e.is_infinite)

    def solved(self, value: Term) -> Term:
        put = substitute(self.integral, {self.parameter: value})
        assert isinstance(put, Bound)
        inner = self.alone.aside()
        f, (x, a, b) = lower(put, inner).args
        return self._written(self.integrate(f, x, a, b, inner), inner, [])

    def around(self, middle: Fraction, span: Span) -> Term:
        known = [self.condition([span])] if span.low is not None or span.high is not None else []
        inner = self.context.aside(*known)
        f, (x, a, b) = lower(self.integral, inner).args
        parameter = lower(var(self.parameter), inner)
        at = {parameter: sp.Rational(middle.numerator, middle.denominator)}
        places = sorted(self.values(middle).items(), key=lambda pair: complex(pair[1]).real)
        cuts = [lower(lift(e, self.context), inner) for e, _ in places]
        ends = [a, *(c for c in cuts if not (c - a).is_zero and not (c - b).is_zero), b]
        total: list[Any] = []
        for low, high in zip(ends, ends[1:], strict=False):
            piece = _smooth(f, x, between(low.subs(at), high.subs(at)), at)
            if any(_has_pole(piece, x, end) for end in (low, high)):
                return _DIVERGES
            total.append(self.integrate(piece, x, low, high, inner))
        value = sp.Add(*(v for v, _ in total))
        return self._written((short(sp.simplify(value), inner), sp.And(*(c for _, c in total))), inner, known)

    def _written(self, found: tuple[Any, Any], inner: Context, known: list[Term]) -> Term:
        value, condition = found
        if value is sp.nan or value.has(sp.oo, sp.S.NegativeInfinity, sp.zoo, sp.nan):
            return _DIVERGES
        for part in sp.And.make_args(condition):
            if part != sp.true and not is_proved(lift(part, inner), known, self.context):
                raise NotApplicable("a part has conditions of its own")
        return lift(value, inner)

    def agrees(self, own: Term, put: Term) -> bool:
        return own.sort == put.sort == "number" and self.same_values([own], [put])

    def term(self) -> Term:
        groups = self.groups()
        diverging = groups.pop(_DIVERGES, None)
        if not groups:
            raise NotApplicable("no case has a value")
        if diverging is not None:
            self.context.note(f"where {show(self.condition(diverging))}: diverges")
            self.require(groups)
        return next(iter(groups)) if len(groups) == 1 else self.by_cases(groups, None)


def poles(f: Any, x: Any) -> list[Any]:
    """The factors below the bar that depend on the variable and on other names."""
    below = sp.fraction(sp.together(f))[1] if not f.has(*KINKED) else sp.S.One
    factors = [g.as_base_exp()[0] for g in sp.Mul.make_args(sp.factor(below))]
    return [g for g in factors if g.has(x) and g.free_symbols - {x} and g.is_polynomial(x)]


def _changes(g: Any) -> list[Any]:
    """What is 0 where a kinked part changes its branch."""
    if isinstance(g, (sp.Max, sp.Min)):
        return [u - v for k, u in enumerate(g.args) for v in g.args[:k]]
    if isinstance(g, sp.Piecewise):
        return [r.lhs - r.rhs for _, condition in g.args for r in condition.atoms(sp.Rel)]
    return [g.args[0]]


def _has_pole(f: Any, x: Any, end: Any) -> bool:
    """Whether a rational function has a pole at an end of its range, so that its integral diverges there."""
    if end.is_infinite or not f.is_rational_function(x):
        return False
    return bool(sp.simplify(sp.fraction(sp.cancel(sp.together(f)))[1].subs(x, end)) == 0)


def _smooth(f: Any, x: Any, at: Any, parameter: dict[Any, Any]) -> Any:
    """The integrand with the branches that it takes at a place."""
    put = {x: at, **parameter}
    while True:
        inner = [g for g in f.atoms(*KINKED) if g.has(x) and not any(h.has(*KINKED) for h in g.args)]
        if not inner:
            return f
        f = f.xreplace({g: _branch(g, put) for g in inner})


def _branch(g: Any, put: dict[Any, Any]) -> Any:
    if isinstance(g, sp.Piecewise):
        truths = [(value, sp.sympify(condition).subs(put)) for value, condition in g.args]
        if any(t not in (sp.true, sp.false) for _, t in truths):
            raise NotApplicable("the branch of a part is not found")
        return next((value for value, t in truths if t == sp.true), sp.nan)
    values = [u.subs(put).evalf(30) for u in g.args[:2]]
    if not all(v.is_Float or v.is_Rational for v in values):
        raise NotApplicable("the branch of a part is not found")
    if isinstance(g, (sp.Max, sp.Min)):
        first = (values[0] > values[1]) == isinstance(g, sp.Max)
        return g.args[0 if first else 1]
    above = bool(values[0] > 0)
    if isinstance(g, sp.Abs):
        return g.args[0] if above else -g.args[0]
    return sp.Integer(above if isinstance(g, sp.Heaviside) else 1 if above else -1)
