"""Sums and products over ranges of numbers or names as closed forms: by the rules on the normal form, our own rules, and SymPy.

A range that ends below its start is empty. SymPy's convention is another one there, so a closed form for symbolic ends is given
under the condition that the range is not empty by more than one, and is compared with the sum itself for small ranges.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import (
    FALSE,
    INFINITE,
    MINUS_OO,
    OO,
    TRUE,
    App,
    Bound,
    Const,
    Num,
    Term,
    free_symbols,
    subterms,
    var,
)
from twofold.symbolic.arithmetic import ONE, ZERO, minus, plus, text
from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import as_condition
from twofold.symbolic.calculus.sum_rules import RULES
from twofold.symbolic.calculus.sums_written_out import MOST_WRITTEN_OUT, right_for_small, written_out
from twofold.symbolic.calculus.terms_at_infinity import terms_stay_away
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definite.recognise import recognised_sum
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.normal import Converter, converter
from twofold.symbolic.summation.binomials import binomial_sum
from twofold.symbolic.summation.closed import Closed, closed
from twofold.symbolic.summation.constant_factors import constants_out
from twofold.symbolic.summation.decay import decay
from twofold.symbolic.summation.divergence import diverges
from twofold.symbolic.summation.poles import conditions, covered
from twofold.symbolic.summation.waves import wave_sum
from twofold.symbolic.tidy import joined, short

_MOST_TERMS = 10_000
_AT_ONCE = 0.5
_SAYING_LESS = (sp.lowergamma, sp.uppergamma, sp.hyper, sp.lerchphi, sp.expint)
"""Functions that say less than a finite sum, and are slow to evaluate."""


class ClosedForm:
    """A sum or product over k = low..high as a term without it, by the first of several ways that finds one, with what it asks for."""

    def __init__(self, context: Context, term: Bound) -> None:
        self.context = context
        self.term = term
        self.op = term.op
        self.symbol = term.symbols[0]
        self.low, self.high = term.args

    def value(self) -> Term:
        """The closed form, under the condition that no term has a pole."""
        found = self._found()
        if any(isinstance(t, Bound) for t in subterms(found)) and (at := self.pole()) is not None:
            raise NoClosedForm(f"the term at {self.symbol.name} = {at} has no value")
        if self.context.reading == "real" and not any(isinstance(t, Bound) for t in subterms(found)):
            for condition in conditions(self.converter(), self.term, lambda t: lift(lower(t, self.context), self.context)):
                if condition == FALSE:
                    raise NoClosedForm("a term has no value")
                self.context.require(condition)
        return found

    def converter(self) -> Converter:
        return converter((), self.context.assumptions)

    def _found(self) -> Term:
        context = self.context
        if self.op == "prod" and self.vanishes():
            return ZERO
        own = self.by_normal_form()
        if own is not None:
            return own
        try:
            unevaluated = lower(self.term, context)
        except NoClosedForm:
            return constants_out(self.term)
        body, *inner, (k, low, high) = unevaluated.args
        if inner:
            body = type(unevaluated)(body, *inner)  # SymPy joins what stands inside one another
        if self.op == "sum" and high is sp.oo and terms_stay_away(body, k):
            context.note("the terms do not tend to 0")
        if any(k in f.free_symbols for f in body.atoms(sp.core.function.AppliedUndef)):
            return constants_out(self.term)
        waves = within(0.5, attempt, wave_sum, body, k, low, high) if self.op == "sum" else None
        if waves is not None:
            if not (low.is_Integer and high.is_Integer):
                require_order(self.context, self.low, self.high)
            return lift(short(waves, context) if not isinstance(waves, sp.Piecewise) else waves, context)
        rows = within(0.5, attempt, binomial_sum, body, k, low, high) if self.op == "sum" and high is not sp.oo else None
        if rows is not None and self.right_for_small(body, k, low, high, rows):
            require_order(self.context, self.low, self.high)
            return lift(rows, context)
        if self.op == "sum" and _is_long_fraction(body, k, low, high):
            return constants_out(self.term)
        own = self.by_rules(body, k, low, high)
        if own is not None:
            found = own
        elif low.is_Integer and high.is_Integer:
            # The end becomes a name, so that a closed form can be compared with short sums before it is used for a long one.
            end = sp.Symbol("last", integer=True, nonnegative=True)
            length = self.attempt(type(unevaluated)(body, (k, low, low + end)))
            found = (
                length.subs(end, high - low)
                if length is not None and self.right_for_small(body, k, low, low + end, length)
                else None
            )
        else:
            found = self.attempt(unevaluated)
        if found is not None and found.has(sp.Piecewise):
            found = sp.piecewise_fold(found)
        if isinstance(found, sp.Piecewise):
            found = self.generic(found)
        if isinstance(found, sp.Piecewise):
            first = next((v for v, c in found.args if not v.has(sp.Sum, sp.Product)), None)
            if (
                high is not sp.oo
                and first is not None
                and not first.has(*_SAYING_LESS)
                and self.right_for_small(body, k, low, high, first)
            ):
                # A finite sum converges; where the condition fails the same value was found.
                found = first
            else:
                found = self.branch(found)
        if self.op == "prod" and high is sp.oo and (found is None or found.has(sp.Product)):
            found = self.infinite_product(unevaluated)
        if found is not None and high is not sp.oo and found.has(*_SAYING_LESS):
            # A finite sum says more than such a function, which has poles of its own.
            found = None
        if (found is None or found.has(sp.Sum, sp.hyper)) and high is sp.oo and self.op == "sum":
            found = recognised_sum(body, k, low, context) or found
        if found is sp.nan:
            raise NoClosedForm(f"no rule for this {self.op}")
        if found is None or found.has(sp.Sum, sp.Product, sp.zoo, sp.AccumBounds):
            falling = self.by_decay()
            if falling is not None:
                return falling
            if "the terms do not tend to 0" in context.notes:
                return text("does not exist")
            if low.is_Integer and high.is_Integer and high - low < MOST_WRITTEN_OUT and body.is_rational_function(k):
                return written_out(context, self.term, int(high - low) + 1)
            return constants_out(self.term)
        if found.is_infinite:
            context.note("diverges")
        if high is sp.oo and low.is_Symbol:
            found = self.from_the_first(unevaluated, found)
        if high is not sp.oo and low is not -sp.oo and not (low.is_Integer and high.is_Integer):
            if not self.right_for_small(body, k, low, high, found):
                return constants_out(self.term)
            require_order(self.context, self.low, self.high)
        return lift(found, context)

    def by_normal_form(self) -> Term | None:
        """What the rules on our own normal form find, with the conditions of its denominators and ends."""
        if self.context.reading != "real":
            return None
        found = within(self.context.seconds, closed, self.term, self.context.assumptions)
        if found is None:
            return self.grown() if self.op == "sum" and self.high == OO else None
        if self.high == OO and any(
            isinstance(t, App) and t.op == "exp" and Const("pi") in tuple(subterms(t)) for t in subterms(found.value)
        ):
            return None  # The rules for rational terms find hyperbolic functions, which are shorter.
        return self.under_its_conditions(found)

    def by_decay(self) -> Term | None:
        """What the same rules find for terms that fall geometrically, under the condition that they do."""
        falls = decay(self.converter(), self.term) if self.op == "sum" and self.high == OO else None
        if falls is None or self.context.reading != "real":
            return None
        found = within(self.context.seconds, closed, self.term, (*self.context.assumptions, falls))
        if found is None:
            return None
        self.context.require(falls)
        return self.under_its_conditions(found)

    def under_its_conditions(self, found: Closed) -> Term:
        if self.high not in INFINITE:
            require_order(self.context, self.low, self.high)
        for t in found.apart:
            if covered(self.converter(), self.term, t):
                continue
            sides = t.args if isinstance(t, App) and t.op == "sub" else (t, ZERO)
            self.context.require(App("ne", sides, (), "truth"))
        made = joined(lower(found.value, self.context))
        self.context.settled.add(made)  # It is as short as it gets.
        return lift(made, self.context)

    def grown(self) -> Term | None:
        """An infinity where the terms are too large for the sum to converge."""
        sign = within(self.context.seconds, diverges, self.term, self.context.assumptions)
        if sign is None:
            return None
        self.context.note("diverges")
        return OO if sign > 0 else MINUS_OO

    def by_rules(self, body: Any, k: Any, low: Any, high: Any) -> Any:
        """What the first of our own rules that has a value finds, under its condition."""
        for rule in RULES:
            if not rule.applies(self.op, high):
                continue
            found = within(min(rule.seconds, self.context.seconds), attempt, rule.find, body, k, low, high)
            if found is None or found[0].has(sp.nan, sp.zoo):
                continue
            wanted = as_condition(found[1], self.context)
            if wanted is None or wanted == FALSE:
                continue
            if wanted != TRUE:
                self.context.require(wanted)
            return short(found[0], self.context) if rule.shortened else found[0]
        return None

    def attempt(self, unevaluated: Any) -> Any:
        # Terms that stay away from 0 have no sum but an infinite one, which is seen at once.
        seconds = _AT_ONCE if "the terms do not tend to 0" in self.context.notes else self.context.seconds
        return within(seconds, attempt, unevaluated.doit)

    def infinite_product(self, unevaluated: Any) -> Any:
        """The limit of the finite products, where these have a closed form."""
        body, (k, low, _) = unevaluated.args
        end = sp.Symbol("last", integer=True, positive=True)
        finite = self.attempt(sp.Product(body, (k, low, end)))
        if finite is None or finite.has(sp.Product) or not self.right_for_small(body, k, low, end, finite):
            return None
        return within(self.context.seconds, lambda: limit_of(sp.gammasimp(finite), end, sp.oo))

    def from_the_first(self, unevaluated: Any, found: Any) -> Any:
        """A sum from a name on with the incomplete gamma function of that name or a number less, which has no value where that is 0 or below, as the sum has."""
        body, (k, low, high) = unevaluated.args
        below = [low - g.args[0] for g in found.atoms(sp.lowergamma) if (low - g.args[0]).is_Integer]
        firsts = [(self.attempt(type(unevaluated)(body, (k, i, high))), sp.Eq(low, i)) for i in range(max(below, default=-1) + 1)]
        if not firsts or len(firsts) > 3 or any(v is None or v.has(sp.Sum, sp.Piecewise) for v, _ in firsts):
            return found
        for g in found.atoms(sp.lowergamma):
            if not g.args[1].is_nonnegative:
                self.context.require(plain(lift(g.args[1] >= 0, self.context)))
        return sp.Piecewise(*firsts, (short(found, self.context), True))

    def generic(self, found: Any) -> Any:
        """A value by cases without the cases of a single value of a parameter, which is excluded by a condition."""
        kept, excluded = [], []
        for value, condition in found.args:
            if isinstance(condition, sp.Eq):
                excluded.append(sp.Ne(condition.lhs, condition.rhs))
            else:
                kept.append((value, condition))
        if not excluded or not kept or kept[0][0].has(sp.Sum, sp.Product):
            return found
        for c in excluded:
            self.context.require(lift(c, self.context))
        return sp.Piecewise(*kept)

    def branch(self, found: Any) -> Any:
        """The first branch of a value by cases, under its condition; `None` where that cannot be written or the branch is no
        closed form."""
        value, condition = found.args[0]
        if condition in (True, sp.true) or value.has(sp.Sum, sp.Product):
            return value
        wanted = as_condition(condition, self.context)
        if wanted is None:
            return None
        if wanted != TRUE:
            self.context.require(wanted)
        return value

    def right_for_small(self, body: Any, k: Any, low: Any, high: Any, found: Any) -> bool:
        return right_for_small(self.op, self.context, body, k, low, high, found)

    def vanishes(self) -> bool:
        """Whether a factor of a product is 0 at an index that is always in the range."""
        return bool(self.zeros(self.term.body))

    def pole(self) -> Any:
        """The first index in the range at which a polynomial that a term of numbers is divided by is 0; `None` where none is seen."""
        if free_symbols(self.term.body) != [self.symbol]:
            return None
        found: list[Any] = []
        for t in subterms(self.term.body):
            if not isinstance(t, App) or t.op != "div" or t.shape or self.symbol not in free_symbols(t.args[1]):
                continue
            found += self.zeros(t.args[1])
        return min(found, default=None)

    def zeros(self, t: Term) -> list[Any]:
        """The indices that are always in the range at which a polynomial with rational coefficients is 0; none for other terms."""
        if not isinstance(self.low, Num):
            return []
        k, high = lower(var(self.symbol), self.context), lower(self.high, self.context)
        p = attempt(lambda: sp.Poly(lower(t, self.context), k, domain="QQ"))
        roots = p.ground_roots() if p is not None and p.degree() > 0 else ()
        return [r for r in roots if r.is_Integer and r >= self.low.value and (high is sp.oo or (high - r).is_nonnegative)]


def require_order(context: Context, low: Term, high: Term) -> None:
    """The closed form needs the end not to lie more than one below the start."""
    gap = lower(plus(minus(high, low), ONE), context)
    if gap.is_nonnegative or gap in (sp.oo,):
        return
    if not (isinstance(low, Num) and isinstance(high, Num)):
        context.require(App("ge", (high, minus(low, ONE)), (), "truth"))


def _is_long_fraction(body: Any, k: Any, low: Any, high: Any) -> bool:
    """Whether a sum between numbers has fractions for its many terms. SymPy adds up what stands for such a sum (digamma at a number) term by term, and
    the fraction that comes out is too long to be written."""
    return bool(
        low.is_Integer
        and high.is_Integer
        and high - low > _MOST_TERMS
        and not body.is_polynomial(k)
        and body.is_rational_function(k)
    )
