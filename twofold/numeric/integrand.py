"""The body of an integral as a function of its symbol: on real pieces, on complex balls, and as a germ."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import flint
from flint import acb, arb

from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.coefficient_paths import Path, along, spread
from twofold.numeric.constants import hoisted
from twofold.numeric.germs import Germs
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved

if TYPE_CHECKING:
    from twofold.grammar.term import Symbol, Term
    from twofold.numeric.evaluator import Evaluator

Scalar = Any
_NAN = acb(arb.nan())
_INSIDE = 8
"""Exact points of a ball at which it is seen whether the integrand has a value all over it."""


class Integrand:
    """The body of an integral as a function of its symbol, on real pieces and on complex balls.

    Where derivatives are taken through the integral, `path` says which coefficient is integrated.
    """

    def __init__(self, e: Evaluator, symbol: Symbol, body: Term, path: Path = ()) -> None:
        self.e, self.body = hoisted(e, body, (symbol,))
        self.symbol, self.path = symbol, path
        self.reading = e.arithmetic.reading
        self.outer = getattr(e.arithmetic, "mode", "plain")
        self.hopeless: CannotEvaluate | None = None
        self.undefined = False
        self.ends: tuple[Scalar, Scalar] | None = None
        self.logarithmic: tuple[Scalar, int] | None = None
        self.extra = 0

    def on(self, z: Scalar, analytic: bool) -> Scalar:
        """The value on a ball; raises as any evaluation does.

        With moving ends, z runs over 0..1; on a logarithmic scale, the variable is (a point) + way*exp(z).
        """
        mode = "analytic" if analytic or self.outer == "analytic" else "interval"
        m = Balls(self.reading, mode)
        place, weight = z, None
        if self.ends is not None:
            a, b = self.ends
            weight = m.sub(b, a)
            place = m.add(a, m.mul(weight, z))
        elif self.logarithmic is not None:
            end, way = self.logarithmic
            weight = m.call("exp", [z])
            place = m.add(end, weight if way > 0 else m.neg(weight))
        value = self.value(m, place)
        if isinstance(value, tuple):
            raise CannotEvaluate("an integral of an array")
        if m.partial and isinstance(place, arb) and not place.is_exact():
            self.look_into(place)
        if weight is not None:
            value = m.mul(value, weight)
        return along(value, self.path, m.zero)

    def value(self, m: Arithmetic, place: Scalar) -> Scalar:
        """The body at a place, over any arithmetic."""
        return self.e.over(m, {**self.e.values, self.symbol: place}).value(self.body)

    def look_into(self, place: arb) -> None:
        """Evaluates the body at exact points of a ball on which a root was enclosed as far as it exists. Raises `Undefined` where it has no value."""
        m = Balls(self.reading)
        middle, reach = place.mid().fmpq(), place.rad().fmpq()
        for k in range(1 - _INSIDE, _INSIDE, 2):
            try:
                self.value(m, middle + reach * k / _INSIDE)
            except Unresolved:
                continue

    def safe(self, z: Scalar, analytic: bool) -> acb:
        """The value for FLINT: not finite where there is none, with the reason kept."""
        if self.hopeless is not None:
            return _NAN
        try:
            with flint.ctx.workprec(flint.ctx.prec + self.extra):
                out = acb(self.on(z, analytic))
        except Unresolved:
            return _NAN
        except Undefined:
            if not analytic and isinstance(z, arb) and not z.is_exact():
                self.undefined = True
            return _NAN
        except CannotEvaluate as reason:
            self.hopeless = reason
            return _NAN
        return out if out.is_finite() else _NAN

    def germ(self, germs: Germs, place: Callable[[Germs], Scalar], weight: Callable[[Germs], Scalar]) -> Scalar:
        """body(place(u)) * weight(u) as a germ.

        What is differentiated by is spread over a small neighbourhood: a bound on the tail then holds there uniformly, which is what taking the derivative
        under the integral sign needs.
        """
        values = {s: spread(v) if self.path else v for s, v in self.e.values.items()}
        inner = self.e.over(germs, {**values, self.symbol: place(germs)})
        return germs.mul(along(inner.value(self.body), self.path, germs.zero), weight(germs))
