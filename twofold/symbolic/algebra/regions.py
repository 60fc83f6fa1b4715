"""Regions of parameters: what some of them are set to, and what is not 0; a test for 0 that depends on them splits a region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import conjuncts
from twofold.grammar.term import App
from twofold.symbolic.algebra.matrices import is_zero
from twofold.symbolic.context import Context
from twofold.symbolic.lower import lower


class Split(Exception):
    """An expression whose vanishing depends on the parameters, as its irreducible factors."""

    def __init__(self, factors: list[Any]) -> None:
        super().__init__()
        self.factors = factors


class TooMany(Exception):
    """There are more cases than a person would read."""


@dataclass(frozen=True)
class Region:
    """Values of the parameters: what some are set to, the equations that say so, and what is known not to be 0.

    A generic region decides every open test by "not 0" and keeps the factors as requirements.
    """

    context: Context
    point: tuple[tuple[Any, Any], ...] = ()
    equations: tuple[Any, ...] = ()
    nonzero: frozenset[Any] = frozenset()
    generic: bool = False
    required: list[Any] = field(default_factory=list)

    def at(self, expression: Any) -> Any:
        """An expression with the parameters set as they are here."""
        for name, value in self.point:
            expression = expression.subs(name, value)
        if not self.point or not expression.free_symbols:
            return expression
        return (sp.expand if expression.is_polynomial() else sp.cancel)(expression)

    def is_zero(self, expression: Any) -> bool:
        """Whether an expression is 0 all over the region. Raises `Split` where that depends."""
        if expression.is_Rational:
            return bool(expression == 0)
        top = expression if expression.is_polynomial() else sp.numer(sp.together(expression))
        if top.is_number:
            return _is_number_zero(top)
        open_factors = [f for f in factors_of(top) if not self.never_zero(f)]
        if sp.expand(top) == 0:
            return True
        if not open_factors:
            return False
        if self.generic:
            self.required.extend(f for f in open_factors if f not in self.required)
            return False
        raise Split(open_factors)

    def never_zero(self, f: Any) -> bool:
        """Whether an irreducible polynomial has no zero in the region."""
        if f.is_zero is False or f in self.nonzero or -f in self.nonzero:
            return True
        names = list(f.free_symbols)
        if len(names) == 1 and f.is_polynomial(*names) and names[0].is_real and all(c.is_Rational for c in sp.Poly(f).coeffs()):
            return not _has_root(sp.Poly(f), self._bounds(names[0]))
        if f.is_polynomial(*names) and all(n.is_real for n in names):
            signs = {sp.sign(c) for _, c in sp.Poly(f, *names).terms() if c.is_number}
            if len(signs) == 1 and all(all(k % 2 == 0 for k in m) for m in sp.Poly(f, *names).monoms()):
                return bool(sp.Poly(f, *names).coeff_monomial(1) != 0)
        return False

    def _bounds(self, name: Any) -> tuple[Any, Any, bool, bool]:
        term = self.context.terms.get(name)
        symbol = getattr(term, "symbol", None)
        if symbol is None or symbol.shape:
            return (
                (sp.S.Zero if name.is_nonnegative else None),
                (sp.S.Zero if name.is_nonpositive else None),
                bool(name.is_positive),
                bool(name.is_negative),
            )
        known = self.context.range(symbol)
        low, high = (None if v is None else sp.Rational(v.numerator, v.denominator) for v in (known.lower, known.upper))
        return low, high, known.open_lower, known.open_upper

    def admits(self, name: Any, value: Any) -> bool:
        """Whether a name can have a value, by what is known of it alone and of what is not 0."""
        if value.is_real is False and name.is_real:
            return False
        if value.is_integer is False and name.is_integer:
            return False
        if value.is_number and value.is_real:
            low, high, low_open, high_open = self._bounds(name)
            if low is not None and (value < low or (low_open and value == low)):
                return False
            if high is not None and (value > high or (high_open and value == high)):
                return False
        return all(sp.cancel(f.subs(name, value)) != 0 for f in self.nonzero)

    def set(self, name: Any, value: Any, equation: Any) -> Region | None:
        """The part where a name has a value; `None` where there is none."""
        if not self.admits(name, value):
            return None
        kept = frozenset(g for f in self.nonzero for g in factors_of(sp.numer(sp.together(f.subs(name, value)))))
        return replace(self, point=(*self.point, (name, value)), equations=(*self.equations, equation), nonzero=kept, required=[])

    def without(self, factors: Sequence[Any]) -> Region:
        """The part where none of these is 0."""
        return replace(self, nonzero=self.nonzero | set(factors), required=[])

    def zeros(self, f: Any) -> Iterator[Region]:
        """Regions that together hold the zeros of an irreducible polynomial. Raises `TooMany` where it cannot be solved for a
        name."""
        names = sorted(f.free_symbols, key=lambda s: (s.is_integer or False, str(s)))
        polynomials = [(x, sp.Poly(f, x)) for x in names if f.is_polynomial(x)]
        squares = _squares(f, names)
        if squares is not None:
            yield from self._all_zero(squares)
            return
        lines = [(x, *p.all_coeffs()) for x, p in polynomials if p.degree() == 1]
        for x, a, b in lines:
            if a.is_number or all(map(self.never_zero, factors_of(a))):
                made = self.set(x, sp.cancel(-b / a), _equation(x, f, a, b))
                if made is not None:
                    yield made
                return
        if lines:
            x, a, b = lines[0]
            opened = [g for g in factors_of(a) if not self.never_zero(g)]
            for g in opened:
                for special in self.zeros(g):
                    rest = special.at(b)
                    if rest == 0:
                        yield special
                        continue
                    for h in factors_of(sp.numer(sp.together(rest))):
                        if not special.never_zero(h):
                            yield from special.zeros(h)
            made = self.without(opened).set(x, sp.cancel(-b / a), is_zero(f))
            if made is not None:
                yield made
            return
        for x, p in polynomials:
            found = sp.roots(p) if p.degree() <= 4 and len(names) == 1 else {}
            if sum(found.values()) == p.degree() and all(sp.count_ops(r) < 12 for r in found):
                for r in sorted((r for r in found if not x.is_real or r.is_real is not False), key=sp.default_sort_key):
                    made = self.set(x, r, sp.Eq(x, r))
                    if made is not None:
                        yield made
                return
        raise TooMany

    def _all_zero(self, parts: list[Any]) -> Iterator[Region]:
        if not parts:
            yield self
            return
        first = self.at(parts[0])
        if first == 0:
            yield from self._all_zero(parts[1:])
            return
        for f in factors_of(first):
            if not self.never_zero(f):
                for made in self.zeros(f):
                    yield from made._all_zero(parts[1:])


def _is_number_zero(e: Any) -> bool:
    if e.is_zero is not None:
        return bool(e.is_zero)
    e = sp.expand(e)
    if e.is_algebraic:
        return bool(sp.minimal_polynomial(e, sp.Symbol("t")) == sp.Symbol("t"))
    return bool(e.equals(0))


def _has_root(p: Any, bounds: tuple[Any, Any, bool, bool]) -> bool:
    low, high, low_open, high_open = bounds
    count = p.count_roots(low, high)
    count -= sum(1 for v, is_open in ((low, low_open), (high, high_open)) if v is not None and is_open and p.eval(v) == 0)
    return bool(count > 0)


def _equation(x: Any, f: Any, a: Any, b: Any) -> Any:
    return sp.Eq(x, sp.cancel(-b / a)) if a.is_number else is_zero(f)


def _squares(f: Any, names: list[Any]) -> list[Any] | None:
    """The monomials of a sum of even powers with coefficients of one sign: they are 0 together."""
    if len(names) < 2 or not f.is_polynomial(*names) or not all(n.is_real for n in names):
        return None
    terms = sp.Poly(f, *names).terms()
    if len({sp.sign(c) for _, c in terms}) > 1 or any(k % 2 for m, _ in terms for k in m):
        return None
    return [sp.prod(x for x, k in zip(names, m, strict=True) if k) for m, _ in terms]


def factors_of(polynomial: Any) -> list[Any]:
    """The distinct irreducible factors that are not numbers."""
    return list(_factors(polynomial)) if polynomial.free_symbols else []


@lru_cache(256)
def _factors(polynomial: Any) -> tuple[Any, ...]:
    """Every part of a case distinction asks for the factors of the same determinants again."""
    try:
        found = [f for f, _ in sp.factor_list(polynomial)[1]]
    except sp.PolynomialError:
        found = [polynomial]
    return tuple(f for f in found if f.free_symbols)


def whole_region(context: Context) -> Region:
    """All values of the parameters that the assumptions of a context allow."""
    nonzero: set[Any] = set()
    for fact in context.assumptions:
        for part in conjuncts(fact):
            if (
                isinstance(part, App)
                and part.op in ("ne", "lt", "gt")
                and all(not a.shape and a.sort == "number" for a in part.args)
            ):
                nonzero |= set(factors_of(sp.numer(sp.together(lower(part.args[0], context) - lower(part.args[1], context)))))
    return Region(context, nonzero=frozenset(nonzero))


def equations_of(polynomials: Sequence[Any], region: Region) -> Any:
    """The condition that polynomials are all 0, as a SymPy relation: by factors, with a name alone on the left where that can
    be."""
    parts = []
    for p in polynomials:
        parts.append(sp.Or(*(_vanishing(f, region) for f in factors_of(p) if not region.never_zero(f))))
    return sp.And(*parts)


def _vanishing(f: Any, region: Region) -> Any:
    names = sorted(f.free_symbols, key=str)
    squares = _squares(f, names)
    if squares is not None:
        return equations_of(squares, region)
    if len(names) == 1 or any(sp.Poly(f, x).degree() == 1 and sp.Poly(f, x).LC().is_number for x in names if f.is_polynomial(x)):
        try:
            return sp.Or(*(sp.And(*r.equations) for r in replace(region, equations=()).zeros(f)))
        except TooMany:
            pass
    return is_zero(f)
