"""Sums and products: telescoped or recognised in closed form, otherwise left as they are.

A range that ends below its start is empty. SymPy's convention is another one there, so a closed form for symbolic ends is given
under the condition that the range is not empty by more than one, and is compared with the sum itself for small ranges.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app, bound
from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    FALSE,
    TRUE,
    App,
    Array,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import ONE, ZERO, minus, plus, product, text, times, total
from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import as_condition
from twofold.symbolic.calculus.inner_conditions import over_range
from twofold.symbolic.calculus.kinked_sums import by_corners
from twofold.symbolic.calculus.sum_rules import RULES
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definite.recognise import recognised_sum
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit, is_explicit, rows_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.normal import Converter, converter
from twofold.symbolic.summation.binomials import binomial_sum
from twofold.symbolic.summation.closed import Closed, closed
from twofold.symbolic.summation.decay import decay
from twofold.symbolic.summation.divergence import diverges
from twofold.symbolic.summation.poles import conditions, covered
from twofold.symbolic.summation.waves import wave_sum
from twofold.symbolic.tidy import joined, short
from twofold.symbolic.work import carry_out

_WRITTEN_OUT = 60
_ADDED_UP = 20_000
_MOST_TERMS = 10_000
_AT_ONCE = 0.5
_INFINITE = (sp.lowergamma, sp.uppergamma, sp.hyper, sp.lerchphi, sp.expint)
"""Functions that say less than a finite sum, and are slow to evaluate."""


def summation(context: Context, term: Term) -> Term:
    """The value of `sum(f, k = a..b)`, or of `sum(v)` over the entries of an array."""
    if not isinstance(term, Bound):
        if not is_explicit(term.shape):
            return app("sum", term)
        return total(x for row in rows_of(explicit(term, context)) for x in row)
    return _Range(context, term).value()


def products(context: Context, term: Term) -> Term:
    """The value of `prod(f, k = a..b)`, or of `prod(v)` over the entries of an array."""
    if not isinstance(term, Bound):
        if not is_explicit(term.shape):
            return app("prod", term)
        return product(x for row in rows_of(explicit(term, context)) for x in row)
    return _Range(context, term).value()


class _Range:
    def __init__(self, context: Context, term: Bound) -> None:
        self.context = context
        self.op = term.op
        self.symbol = term.symbols[0]
        self.low, self.high = (_plain(carry_out(a, context)) for a in term.args)
        self.term = Bound(term.op, term.symbols, term.body, (self.low, self.high), shape=term.shape)

    def value(self) -> Term:
        for end in (self.low, self.high):
            if isinstance(end, Num) and end.value.denominator != 1:
                raise fail("wrong-range", f"the ends of a {self.op} are whole numbers", end.span, "write sum(f(k), k = 1..n)")
        if isinstance(self.low, Num) and isinstance(self.high, Num):
            count = int(self.high.value - self.low.value) + 1
            if count <= 0:
                return self.nothing()
            if count <= _WRITTEN_OUT or (_picks(self.term) and count <= _ADDED_UP):
                return self.written_out(count)
        body = carry_out(self.term.body, self.context)
        over_range(self.context, self.symbol, self.low, self.high, whole=True)
        if body.shape:
            if isinstance(body, Array):
                return explicit(
                    Bound(self.op, self.term.symbols, body, (self.low, self.high), shape=self.term.shape), self.context
                )
            return Bound(self.op, self.term.symbols, body, (self.low, self.high), shape=self.term.shape)
        if self.symbol not in free_symbols(body) and not _infinite(self.high):
            count_term = plus(minus(self.high, self.low), ONE)
            self.require_order()
            return times(body, count_term) if self.op == "sum" else app("pow", body, count_term)
        if self.symbol not in free_symbols(body) and self.high == Const("oo") and free_symbols(body):
            n = Symbol("n", "real", properties=frozenset({"positive"}))
            partial = times(body, var(n)) if self.op == "sum" else app("pow", body, var(n))
            return carry_out(Bound("limit", (n,), partial, (self.high,)), self.context)
        if (
            self.op == "sum"
            and _infinite(self.low)
            and _infinite(self.high)
            and any(_is_size(t, self.symbol) for t in subterms(body))
        ):
            return self.both_sides(body)
        if self.op == "sum" and not _infinite(self.high) and self.context.reading == "real":
            cut = by_corners(self.context, self.symbol, body, self.low, self.high)
            if cut is not None:
                return cut
        self.term = Bound(self.op, self.term.symbols, self.rationalised(body), (self.low, self.high))
        return self.closed()

    def both_sides(self, body: Term) -> Term:
        """The sum over all whole numbers of a function of the size of the index: twice the sum from 1 on and the term at 0, for an even one."""
        k = var(self.symbol)
        back = App("neg", (k,))

        def sized(value: Term) -> Term:
            return transform(body, lambda t: value if isinstance(t, App) and t.op == "abs" and t.args == (k,) else None)

        parts = ((sized(k), 0), (substitute(sized(back), {self.symbol: back}), 1))
        right, left = (carry_out(Bound("sum", self.term.symbols, f, (num(first), self.high)), self.context) for f, first in parts)
        if any(isinstance(t, Bound) for side in (right, left) for t in subterms(side)):
            return Bound("sum", self.term.symbols, body, (self.low, self.high))
        return plus(right, left)

    def rationalised(self, body: Term) -> Term:
        """The terms without roots in a denominator that is a sum: 1/(sqrt(k + 1) + sqrt(k)) is sqrt(k + 1) - sqrt(k)."""
        below = [t.args[1] for t in subterms(body) if isinstance(t, App) and t.op == "div" and not t.shape]
        if self.high == Const("oo") or not any(
            isinstance(t, App) and t.op in ("add", "sub") and any(isinstance(u, App) and u.op == "sqrt" for u in t.args)
            for t in below
        ):
            return body
        try:
            return lift(sp.radsimp(lower(body, self.context)), self.context)
        except NoClosedForm:
            return body

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

    def vanishes(self) -> bool:
        """Whether a factor of a product is 0 at an index that is always in the range."""
        return bool(self.zeros(self.term.body))

    def zeros(self, t: Term) -> list[Any]:
        """The indices that are always in the range at which a polynomial with rational coefficients is 0; none for other terms."""
        if not isinstance(self.low, Num):
            return []
        k, high = lower(var(self.symbol), self.context), lower(self.high, self.context)
        p = attempt(lambda: sp.Poly(lower(t, self.context), k, domain="QQ"))
        roots = p.ground_roots() if p is not None and p.degree() > 0 else ()
        return [r for r in roots if r.is_Integer and r >= self.low.value and (high is sp.oo or (high - r).is_nonnegative)]

    def nothing(self) -> Term:
        from twofold.symbolic.arithmetic import zeros

        if self.op == "prod":
            return ONE
        return zeros(tuple(d for d in self.term.shape if isinstance(d, int))) if self.term.shape else ZERO

    def written_out(self, count: int) -> Term:
        first = int(self.low.value) if isinstance(self.low, Num) else 0
        parts = [carry_out(substitute(self.term.body, {self.symbol: num(k)}), self.context) for k in range(first, first + count)]
        if any(p.sort != "number" for p in parts):
            raise NoClosedForm("a term has no value")
        if not parts[0].shape:
            return total(parts) if self.op == "sum" else product(parts)
        out = parts[0]
        for p in parts[1:]:
            out = explicit(app("add" if self.op == "sum" else "mul", out, p), self.context)
        return out

    def closed(self) -> Term:
        """The closed form, under the condition that no term has a pole."""
        found = self._closed()
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

    def _closed(self) -> Term:
        context = self.context
        if self.op == "prod" and self.vanishes():
            return ZERO
        own = self.by_normal_form()
        if own is not None:
            return own
        try:
            unevaluated = lower(self.term, context)
        except NoClosedForm:
            return self.constants_out()
        body, *inner, (k, low, high) = unevaluated.args
        if inner:
            body = type(unevaluated)(body, *inner)  # SymPy joins what stands inside one another
        if self.op == "sum" and high is sp.oo and self.terms_stay_away(body, k):
            context.note("the terms do not tend to 0")
        if any(k in f.free_symbols for f in body.atoms(sp.core.function.AppliedUndef)):
            return self.constants_out()
        waves = within(0.5, attempt, wave_sum, body, k, low, high) if self.op == "sum" else None
        if waves is not None:
            if not (low.is_Integer and high.is_Integer):
                self.require_order()
            return lift(short(waves, context) if not isinstance(waves, sp.Piecewise) else waves, context)
        rows = within(0.5, attempt, binomial_sum, body, k, low, high) if self.op == "sum" and high is not sp.oo else None
        if rows is not None and self.right_for_small(body, k, low, high, rows):
            self.require_order()
            return lift(rows, context)
        if self.op == "sum" and _is_long_fraction(body, k, low, high):
            return self.constants_out()
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
                and not first.has(*_INFINITE)
                and self.right_for_small(body, k, low, high, first)
            ):
                # A finite sum converges; where the condition fails the same value was found.
                found = first
            else:
                found = self.branch(found)
        if self.op == "prod" and high is sp.oo and (found is None or found.has(sp.Product)):
            found = self.infinite_product(unevaluated)
        if found is not None and high is not sp.oo and found.has(*_INFINITE):
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
            if low.is_Integer and high.is_Integer and high - low < _ADDED_UP and body.is_rational_function(k):
                return self.written_out(int(high - low) + 1)
            return self.constants_out()
        if found.is_infinite:
            context.note("diverges")
        if high is sp.oo and low.is_Symbol:
            found = self.from_the_first(unevaluated, found)
        if high is not sp.oo and low is not -sp.oo and not (low.is_Integer and high.is_Integer):
            if not self.right_for_small(body, k, low, high, found):
                return self.constants_out()
            self.require_order()
        return lift(found, context)

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

    def by_normal_form(self) -> Term | None:
        """What the rules on our own normal form find, with the conditions of its denominators and ends."""
        if self.context.reading != "real":
            return None
        found = within(self.context.seconds, closed, self.term, self.context.assumptions)
        if found is None:
            return self.grown() if self.op == "sum" and self.high == Const("oo") else None
        if self.high == Const("oo") and any(
            isinstance(t, App) and t.op == "exp" and Const("pi") in tuple(subterms(t)) for t in subterms(found.value)
        ):
            return None  # The rules for rational terms find hyperbolic functions, which are shorter.
        return self.under_its_conditions(found)

    def by_decay(self) -> Term | None:
        """What the same rules find for terms that fall geometrically, under the condition that they do."""
        falls = decay(self.converter(), self.term) if self.op == "sum" and self.high == Const("oo") else None
        if falls is None or self.context.reading != "real":
            return None
        found = within(self.context.seconds, closed, self.term, (*self.context.assumptions, falls))
        if found is None:
            return None
        self.context.require(falls)
        return self.under_its_conditions(found)

    def under_its_conditions(self, found: Closed) -> Term:
        if not _infinite(self.high):
            self.require_order()
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
        return Const("oo") if sign > 0 else App("neg", (Const("oo"),))

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

    def terms_stay_away(self, body: Any, k: Any) -> bool:
        """Whether the size of the terms has a limit other than 0, so that an infinite sum has no value."""
        if body.free_symbols != {k}:
            return False
        x = sp.Symbol(k.name, positive=True)
        for wave in (f for f in sp.Mul.make_args(body) if isinstance(f, (sp.sin, sp.cos))):
            slope, rest = sp.diff(wave.args[0], k), body / wave
            if not slope.has(k) and slope.is_Rational and not rest.has(sp.sin, sp.cos):
                # The sines of the multiples of a rational number do not tend to 0.
                size = within(0.5, limit_of, sp.Abs(rest).subs(k, x), x, sp.oo)
                return size is not None and (size.is_infinite or size.is_positive) is True
        found = within(0.5, limit_of, sp.Abs(body).subs(k, x), x, sp.oo)
        return found is not None and (found.is_infinite or found.is_positive) is True

    def infinite_product(self, unevaluated: Any) -> Any:
        """The limit of the finite products, where these have a closed form."""
        body, (k, low, _) = unevaluated.args
        end = sp.Symbol("last", integer=True, positive=True)
        finite = self.attempt(sp.Product(body, (k, low, end)))
        if finite is None or finite.has(sp.Product) or not self.right_for_small(body, k, low, end, finite):
            return None
        return within(self.context.seconds, lambda: limit_of(sp.gammasimp(finite), end, sp.oo))

    def attempt(self, unevaluated: Any) -> Any:
        # Terms that stay away from 0 have no sum but an infinite one, which is seen at once.
        seconds = _AT_ONCE if "the terms do not tend to 0" in self.context.notes else self.context.seconds
        return within(seconds, attempt, unevaluated.doit)

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
        """Compares a closed form with the sum itself, written out, for a few admissible values of the names."""
        counted = 0
        for point in spot.points((body.free_symbols | low.free_symbols | high.free_symbols) - {k}, self.context, 8):
            a, b = low.subs(point), high.subs(point)
            if not (a.is_Integer and b.is_Integer) or b < a - 1 or b - a > 40:
                continue
            parts = [spot.value(body.subs(k, j), point) for j in range(int(a), int(b) + 1)]
            value = spot.value(found, point)
            if value is None or any(p is None for p in parts):
                continue
            direct = sum(parts) if self.op == "sum" else _multiplied(parts)
            if not spot.same(direct, value):
                return False
            counted += 1
        return counted > 0

    def require_order(self) -> None:
        """The closed form needs the end not to lie more than one below the start."""
        gap = lower(plus(minus(self.high, self.low), ONE), self.context)
        if gap.is_nonnegative or gap in (sp.oo,):
            return
        if not (isinstance(self.low, Num) and isinstance(self.high, Num)):
            self.context.require(App("ge", (self.high, minus(self.low, ONE)), (), "truth"))

    def constants_out(self) -> Term:
        """The sum as it is, with factors that do not depend on its variable in front."""
        if self.op == "prod":
            return self.term
        front: list[Term] = []
        inner = _strip(self.term.body, self.symbol, front)
        out: Term = bound("sum", self.term.symbols, inner, self.low, self.high)
        for f in reversed(front):
            out = times(f, out)
        return out


def _strip(body: Term, symbol: Symbol, front: list[Term]) -> Term:
    """The body without its constant factors, which are collected."""
    if isinstance(body, App) and body.op == "neg":
        front.append(num(-1))
        return _strip(body.args[0], symbol, front)
    if isinstance(body, App) and body.op in ("mul", "div") and not body.shape:
        a, b = body.args
        if symbol not in free_symbols(b):
            front.append(b if body.op == "mul" else app("div", ONE, b))
            return _strip(a, symbol, front)
        if symbol not in free_symbols(a) and a != ONE:
            front.append(a)
            return _strip(b, symbol, front) if body.op == "mul" else app("div", ONE, b)
    return body


def _multiplied(parts: list[Any]) -> Any:
    out = 1
    for p in parts:
        out = out * p
    return out


def _picks(term: Bound) -> bool:
    """Whether the body takes entries of an explicit array at the bound index."""
    return any(
        isinstance(t, App)
        and t.op == "index"
        and is_explicit(t.args[0].shape)
        and any(term.symbols[0] in free_symbols(p) for p in t.args[1:])
        for t in subterms(term.body)
    )


def _plain(t: Term) -> Term:
    """An end as a number where it is rational arithmetic."""
    known = rational(t)
    return t if known is None or isinstance(t, Num) else Num(known, span=t.span)


def _is_size(t: Term, symbol: Symbol) -> bool:
    return isinstance(t, App) and t.op == "abs" and symbol in free_symbols(t)


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


def _infinite(t: Term) -> bool:
    return t == Const("oo") or isinstance(t, App) and t.op == "neg" and t.args[0] == Const("oo")
