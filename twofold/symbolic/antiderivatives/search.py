"""The search for an antiderivative: rules by kind of integrand, then substitution and integration by parts, to a limited depth.

What is found is a candidate: whoever asks differentiates it back. Source of the order of the rules: the way of textbooks, e.g. Moses (1971).
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from twofold.core.meter import spent
from twofold.symbolic.antiderivatives import kinds, parts, specials, substitution, waves
from twofold.symbolic.antiderivatives.angles import by_angles
from twofold.symbolic.antiderivatives.exponentials import by_exponentials
from twofold.symbolic.antiderivatives.kinked import by_signs
from twofold.symbolic.antiderivatives.quadratics import by_quadratic_root
from twofold.symbolic.antiderivatives.rational import rational
from twofold.symbolic.antiderivatives.steps import by_steps
from twofold.symbolic.antiderivatives.unknown_functions import by_unknown_functions
from twofold.symbolic.attempt import attempt

DEEPEST = 5


class Search:
    """One search, with what it has seen and the processor time it may take."""

    def __init__(self, seconds: float) -> None:
        self.deadline = spent() + seconds
        self.seen: dict[Any, Any] = {}

    def find(self, f: Any, x: Any, depth: int = 0) -> Any:
        """An antiderivative of f by x, or `None`."""
        f = sp.sympify(f)
        if not f.has(x):
            return f * x
        constant, rest = f.as_independent(x, as_Add=False)
        if constant != 1:
            found = self.find(rest, x, depth)
            return None if found is None else constant * found
        if depth > DEEPEST or spent() > self.deadline:
            return None
        key = f.xreplace({x: _PLACE})
        if key in self.seen:
            known = self.seen[key]
            return None if known is None else known.xreplace({_PLACE: x})
        self.seen[key] = None
        found = self._rules(f, x, depth)
        if found is not None and found.has(sp.nan, sp.zoo, sp.oo):
            found = None
        self.seen[key] = None if found is None else found.xreplace({x: _PLACE})
        return found

    def _rules(self, f: Any, x: Any, depth: int) -> Any:
        direct = specials.by_table(f, x)
        if direct is not None:
            return direct
        if f.is_rational_function(x):
            return attempt(rational, f, x)
        pulled = _squares_out(f, x)
        if pulled != f:
            return self.find(pulled, x, depth + 1)
        if f.has(sp.floor, sp.ceiling, sp.Mod):
            found = attempt(by_steps, f, x)
            if found is not None:
                return found
        if f.has(*kinds.KINKED) or f.is_Pow and f.exp == sp.S.Half:
            found = attempt(by_signs, f, x, self, depth)
            if found is not None:
                return found
        whole = attempt(specials.as_product_rule, f, x)
        if whole is not None:
            return whole
        if f.has(sp.Derivative):
            found = attempt(by_unknown_functions, f, x, self, depth)
            if found is not None:
                return found
        if isinstance(f, sp.Add):
            found = self._terms(f.args, x, depth)
            if found is not None:
                return found
        for rule in self._by_kind(f, x):
            found = attempt(rule, f, x)
            if found is not None:
                return found
            if spent() > self.deadline:
                return None
        spread = sp.expand(f, power_exp=False, log=False, power_base=False, trig=False) if not isinstance(f, sp.Add) else f
        if isinstance(spread, sp.Add) and spread != f and len(spread.args) <= 8:
            found = self._terms(spread.args, x, depth)
            if found is not None:
                return found
        for way in (substitution.by_substitution, parts.by_parts, substitution.by_inverse, specials.by_long_table):
            found = attempt(way, f, x, self, depth)
            if found is not None:
                return found
            if spent() > self.deadline:
                return None
        return None

    def _terms(self, terms: Any, x: Any, depth: int) -> Any:
        out = sp.S.Zero
        for t in terms:
            found = self.find(t, x, depth + 1)
            if found is None:
                return None
            out += found
        return out

    def _by_kind(self, f: Any, x: Any) -> Any:
        exponential = f.has(sp.exp) or any(p.exp.has(x) for p in f.atoms(sp.Pow)) or f.has(HyperbolicFunction)
        angular = f.has(TrigonometricFunction)
        rooted = any(p.exp.is_Rational and not p.exp.is_Integer and p.base.has(x) for p in f.atoms(sp.Pow))
        if rooted and not f.has(sp.Function):
            yield by_quadratic_root
            yield substitution.by_linear_root
        if angular and not exponential and not rooted:
            yield by_angles
        if exponential or angular:
            yield waves.by_waves
        if exponential:
            yield by_exponentials
        if f.has(sp.log) and not exponential and not angular:
            yield specials.dilogarithm
        if angular:
            yield waves.of_quadratics
            yield waves.over_poles


def _squares_out(f: Any, x: Any) -> Any:
    """Square factors of polynomials out of their square roots, as their size."""

    def rule(p: Any) -> Any:
        constant, factors = sp.factor_list(p.base, x)
        outside, inside = sp.S.One, constant
        for g, k in factors:
            outside *= sp.Abs(g) ** (k // 2)
            inside *= g ** (k % 2)
        return p if outside == 1 else (outside * sp.sqrt(sp.expand(inside))) ** (2 * p.exp)

    return f.replace(
        lambda p: p.is_Pow and p.exp.is_Rational and p.exp.q == 2 and p.base.is_polynomial(x) and sp.degree(p.base, x) > 2, rule
    )


_PLACE = sp.Dummy("place", real=True)
