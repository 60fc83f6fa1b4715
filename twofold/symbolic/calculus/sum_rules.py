"""Rules for sums and products as SymPy has them, in the order in which they are asked: one row for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.fourier_series import fourier_series
from twofold.symbolic.calculus.rational_series import rational_between, rational_product, rational_sum
from twofold.symbolic.summation.arctangents import arctangent_sum
from twofold.symbolic.summation.classes import sum_by_classes
from twofold.symbolic.summation.doubling import doubling_product
from twofold.symbolic.summation.parts import sum_by_parts
from twofold.symbolic.summation.periods import periodic_sum
from twofold.symbolic.summation.waves import damped_between, damped_sum
from twofold.symbolic.summation.waves_over_quadratics import sum_over_quadratic


class Rule(NamedTuple):
    """What finds the value of a sum or product (`op`) over k = low..high with the condition under which it is that, from the terms, k, low and high; `None`
    for other terms. `ends`: whether the range is finite or infinite, either where it is empty. `shortened`: whether the value is put shortly at once, so that
    its conditions are those of the short form."""

    op: str
    ends: str
    find: Callable[[Any, Any, Any, Any], tuple[Any, Any] | None]
    shortened: bool = True
    seconds: float = 1.0

    def applies(self, op: str, high: Any) -> bool:
        return self.op == op and self.ends in ("", "infinite" if high is sp.oo else "finite")


def _always(rule: Callable[..., Any]) -> Callable[[Any, Any, Any, Any], tuple[Any, Any] | None]:
    """A rule whose value needs no condition."""

    def find(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
        found = rule(body, k, low, high)
        return None if found is None else (found, sp.true)

    return find


def _from(rule: Callable[..., Any]) -> Callable[[Any, Any, Any, Any], Any]:
    """A rule for infinite ranges, which are told by where they begin."""
    return lambda body, k, low, high: rule(body, k, low)


def _logarithm(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The sum of log(u) as the logarithm of a product, where u is positive all over the range."""
    if not isinstance(body, sp.log) or not low.is_Integer:
        return None
    u, step = body.args[0], sp.Dummy("j", integer=True, nonnegative=True)
    parts = sp.fraction(sp.together(u.subs(k, low + step)))
    if not all(sp.expand(p).is_positive for p in parts):
        return None
    found = rational_product(u, k, low) if high is sp.oo else attempt(sp.Product(u, (k, low, high)).doit)
    if found is None or found.has(sp.Product) or high is sp.oo and not found.is_positive:
        return None
    return sp.log(sp.gammasimp(found) if found.has(sp.RisingFactorial) else found)


def _power(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The product of b^f(k) as b to the sum."""
    base, exponent = body.as_base_exp()
    if base.has(k) or not (body.is_Pow or isinstance(body, sp.exp)):
        return None
    total = sp.Sum(exponent, (k, low, high)).doit()
    return None if total.has(sp.Sum, sp.Piecewise) else base ** sp.factor(total)


RULES = (
    Rule("sum", "finite", sum_by_parts, shortened=False),
    Rule("sum", "infinite", sum_by_parts),
    Rule("sum", "finite", _always(periodic_sum), shortened=False),
    Rule("sum", "", sum_by_classes),
    Rule("sum", "", _always(arctangent_sum)),
    Rule("sum", "infinite", _always(_from(rational_sum))),
    Rule("prod", "infinite", _always(_from(rational_product))),
    Rule("sum", "infinite", _from(fourier_series)),
    Rule("sum", "infinite", _from(damped_sum)),
    Rule("sum", "infinite", _from(sum_over_quadratic)),
    Rule("sum", "finite", rational_between),
    Rule("sum", "finite", damped_between),
    Rule("sum", "", _always(_logarithm)),
    Rule("prod", "", _always(_power), shortened=False),
    Rule("prod", "", doubling_product, shortened=False),
)
