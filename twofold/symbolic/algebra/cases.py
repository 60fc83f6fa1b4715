"""Case distinctions: an algorithm on matrices with parameters is run once for every way in which its tests for 0 can go.

The algorithm asks `Region.is_zero`; where the answer depends on the parameters, the region is split into the values for which
the expression is 0, and the rest. Special values come first in the answer, so that a case needs to name equations only: whoever
satisfies an inequation of a case has not been caught by the cases above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import FALSE, TRUE, App, Symbol, Term, Var, children
from twofold.symbolic.algebra.matrices import is_zero
from twofold.symbolic.arithmetic import ZERO
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower

MOST_CASES = 10


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


def by_cases(context: Context, algorithm: Callable[[Region], Term], start: Region | None = None) -> Term:
    """The value of an algorithm over all values of the parameters: one term, or a piecewise one.

    Values for which the algorithm has only a diagnostic, or no closed form, are excluded by a condition. Where there are too many cases the answer
    is the generic value, and what it needs is left in the context as conditions.
    """
    region = start or whole_region(context)
    try:
        leaves = list(_leaves(region, algorithm, [0]))
    except TooMany:
        generic = replace(region, generic=True, required=[])
        made = algorithm(generic)
        for f in generic.required:
            require(f, context)
        return made
    return _joined(leaves, context)


def _leaves(region: Region, algorithm: Callable[[Region], Term], count: list[int]) -> Iterator[tuple[Region, Term | Exception]]:
    made: Term | Exception
    try:
        made = algorithm(region)
    except Split as split:
        for f in split.factors:
            for special in region.zeros(f):
                yield from _leaves(special, algorithm, count)
        yield from _leaves(region.without(split.factors), algorithm, count)
        return
    except TwofoldError as error:
        made = error
    except NoClosedForm as reason:
        if not region.point:
            raise
        made = reason
    count[0] += 1
    if count[0] > MOST_CASES:
        raise TooMany
    yield region, made


def _joined(leaves: list[tuple[Region, Term | Exception]], context: Context) -> Term:
    """The cases as a piecewise term (a condition where they are truths), with cases of the same value joined."""
    found: list[tuple[Region, Term]] = []
    for region, value in leaves:
        if isinstance(value, Term):
            found.append((region, value))
    if not found or isinstance(leaves[-1][1], Exception):
        raise next(v for _, v in reversed(leaves) if isinstance(v, Exception))
    for region, value in leaves:
        if isinstance(value, Exception):
            exclude(region.equations, context)
    _, otherwise = found[-1]
    kept = found[:-1]
    while kept and _includes(otherwise, kept[-1][1], kept[-1][0]):
        kept.pop()
    groups: list[tuple[Term, list[Any]]] = []
    seen: list[frozenset[Any]] = []
    for region, value in kept:
        equations = frozenset(_put_in(region.equations))
        if any(s <= equations for s in seen):
            continue
        seen.append(equations)
        if groups and groups[-1][0] == value:
            groups[-1][1].append(sp.And(*equations))
        else:
            groups.append((value, [sp.And(*equations)]))
    groups = [(value, _irredundant(conditions)) for value, conditions in groups]
    if otherwise.sort == "truth":
        return _as_condition(groups, otherwise, context)
    parts: list[Term] = []
    for value, conditions in groups:
        parts += [value, lift(sp.Or(*conditions), context)]
    return App("piecewise", (*parts, otherwise), otherwise.shape, _sort(otherwise, parts)) if parts else otherwise


def _put_in(equations: Sequence[Any]) -> list[Any]:
    """Equations with the numbers that they give to names put into the others: a == b and b == 0 is a == 0 and b == 0."""
    found = list(equations)
    for _ in equations:
        values = {e.lhs: e.rhs for e in found if isinstance(e, sp.Eq) and e.lhs.is_Symbol and e.rhs.is_number}
        new = [e if e.lhs in values and e.rhs == values[e.lhs] else e.xreplace(values) for e in found]
        if new == found or any(not isinstance(e, sp.Eq) for e in new):
            break
        found = new
    return found


def _includes(general: Term, special: Term, region: Region) -> bool:
    """Whether a value has another one for the parameters of a region: both are equal there, entry by entry."""
    if general == special:
        return True
    if general.sort == special.sort == "number" and not general.shape and not special.shape:
        context = region.context
        value = lower(general, context)
        for name, at in region.point:
            value = value.subs(name, at)
        if value.has(sp.nan, sp.zoo, sp.oo):
            return False
        rest = sp.expand(value - lower(special, context))
        return bool(rest == 0 or (rest.is_rational_function(*rest.free_symbols) and sp.cancel(rest) == 0))
    if type(general) is not type(special) or general.sort == "text" or general.shape != special.shape:
        return False
    if isinstance(general, App) and isinstance(special, App) and general.op != special.op:
        return False
    old, new = children(general), children(special)
    return len(old) == len(new) > 0 and all(_includes(a, b, region) for a, b in zip(old, new, strict=True))


def _irredundant(conditions: list[Any]) -> list[Any]:
    """Conditions without those that imply another one."""
    parts = [frozenset(sp.And.make_args(c)) for c in conditions]
    return [c for k, c in enumerate(conditions) if not any(p < parts[k] for p in parts)]


def reachable(conditions: Sequence[Any]) -> list[Any]:
    """Conditions tried one after the other, without the alternatives that an earlier one has caught."""
    seen: list[frozenset[Any]] = []
    found = []
    for c in conditions:
        left = [d for d in sp.Or.make_args(c) if not any(s <= frozenset(sp.And.make_args(d)) for s in seen)]
        seen += [frozenset(sp.And.make_args(d)) for d in left]
        found.append(sp.Or(*left))
    return found


def _as_condition(groups: list[tuple[Term, list[Any]]], otherwise: Term, context: Context) -> Term:
    """The condition under which cases that are truths hold."""
    out = lower(otherwise, context)
    if otherwise == TRUE:
        refused = [c for value, conditions in groups if value == FALSE for c in conditions]
        groups = [(v, [c for c in cs if v == FALSE or not all(_exclude_each_other(c, r) for r in refused)]) for v, cs in groups]
    for value, conditions in reversed(groups):
        here = sp.Or(*conditions)
        out = sp.Or(here, out) if value == TRUE else sp.And(sp.Not(here), out)
    return lift(sp.to_nnf(out), context)


def _exclude_each_other(first: Any, second: Any) -> bool:
    """Whether equations give some name two values."""
    values = {e.lhs: e.rhs for e in sp.And.make_args(first) if isinstance(e, sp.Eq)}
    return any(isinstance(e, sp.Eq) and e.xreplace(values) == sp.false for e in sp.And.make_args(second))


def exclude(equations: Sequence[Any], context: Context) -> None:
    """The condition that equations do not all hold."""
    parts = [app("ne", lift(e.lhs, context), lift(e.rhs, context)) for e in equations]
    out: Term = parts[0]
    for p in parts[1:]:
        out = app("or", out, p)
    context.require(out)


def _sort(otherwise: Term, parts: list[Term]) -> Any:
    return next((v.sort for v in (otherwise, *parts[0::2]) if v.sort != "text"), "text")


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


def require(expression: Any, context: Context) -> None:
    """The condition that an expression is not 0; where it is one name and a number, that the name is not that number."""
    if isinstance(expression, (sp.Abs, sp.conjugate)):
        expression = expression.args[0]
    names = list(expression.free_symbols)
    if len(names) == 1 and expression.is_polynomial(*names) and sp.degree(expression, names[0]) == 1:
        a, b = sp.Poly(expression, names[0]).all_coeffs()
        if a.is_number and b.is_number:
            context.require(app("ne", lift(names[0], context), lift(-b / a, context)))
            return
    context.require(App("ne", (lift(expression, context), ZERO), (), "truth"))


def solved_for(left: Term, right: Term, context: Context) -> tuple[Symbol, Term] | None:
    """A name that an equation gives a value, and the value, where the equation is of the first degree in some name."""
    e = sp.numer(sp.together(lower(left, context) - lower(right, context)))
    for x in sorted(e.free_symbols, key=str):
        term = context.terms.get(x)
        if isinstance(term, Var) and e.is_polynomial(x) and sp.degree(e, x) == 1:
            a, b = sp.Poly(e, x).all_coeffs()
            return term.symbol, lift(-b / a, context)
    return None
