"""An integral over a region, read from integrals inside one another over an expression that is 0 outside of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.regions import region_integral
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    FALSE,
    INFINITE,
    MINUS_OO,
    OO,
    TRUE,
    App,
    Bound,
    Num,
    Symbol,
    Term,
    copy_symbol,
    free_symbols,
    num,
    replaced,
    subterms,
    var,
)
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.rational_forms import RationalFunction, is_rational, read_over
from twofold.symbolic.regions.curves import value

COMPARISONS: dict[str, Callable[[Any], bool]] = {
    "lt": lambda v: v < 0, "le": lambda v: v <= 0, "gt": lambda v: v > 0, "ge": lambda v: v >= 0,
    "eq": lambda v: v == 0, "ne": lambda v: v != 0,
}  # fmt: skip
"""Whether a comparison with 0 holds."""

NO_POLYNOMIAL = "a comparison of what is no polynomial"
"""Why a region is not cut into strips between roots of polynomials."""
Truth: TypeAlias = Callable[[Callable[[int], Any]], bool]
"""Whether a condition holds, by the values of its polynomials, each with its number."""


@dataclass(frozen=True)
class Region:
    """`names` from the innermost to the outermost; the integrand, and the condition under which a point is inside."""

    names: tuple[Symbol, ...]
    integrand: Term
    condition: Term

    @cached_property
    def free(self) -> dict[Symbol, Symbol]:
        """Names like those that are integrated over, of which nothing is known."""
        return {s: copy_symbol(s, lower=None, upper=None) for s in self.names}


def region_of(term: Bound, assumptions: tuple[Term, ...]) -> Region | None:
    """The region of an integral whose integrand is 0 but under a condition on its names, and whose ranges are known to go upwards;
    `None` for other integrals."""
    found = region_integral(term)
    if found is None or any(s.kind != "real" for s in found.names):
        return None
    parts = [found.condition]
    for name, ends in zip(found.names, found.ranges, strict=True):
        if not _goes_up(*ends, assumptions):
            return None
        for end, op, free in zip(ends, ("ge", "le"), (MINUS_OO, OO), strict=True):
            if end != free:
                parts.append(app(op, var(name), end))
    return Region(found.names[::-1], found.integrand, together(parts))


def _goes_up(low: Term, high: Term, assumptions: tuple[Term, ...]) -> bool:
    """Whether a range is known not to go downwards."""
    if low in INFINITE or high in INFINITE:
        return low != OO and high != MINUS_OO
    if isinstance(low, Num) and isinstance(high, Num):
        return low.value <= high.value
    try:
        c = converter((), assumptions)
        return sign_of(c, c(app("sub", high, low))) in ("+", "0+")
    except GIVES_UP:
        return False


class Condition:
    """A condition as a combination of comparisons of polynomials with 0, over a ring. Raises `NotApplicable` for others.

    `total`: it has a value everywhere. Otherwise it holds nowhere that it has none.
    """

    def __init__(self, condition: Term, ring: Polynomials, total: bool = False) -> None:
        self.ring, self.total = ring, total
        self.polynomials: list[Any] = []
        self.holds: Truth = self._read(condition)

    def holds_at(self, place: Mapping[int, Fraction]) -> bool:
        """Whether it holds where the names of the ring, by their numbers, have these values."""
        return self.holds(lambda k: value(self.polynomials[k], place))

    def _read(self, t: Term) -> Truth:
        if t in (TRUE, FALSE):
            return lambda value: t == TRUE
        if not isinstance(t, App):
            raise NotApplicable("a condition that is no comparison")
        if t.op in ("and", "or"):
            parts = [self._read(a) for a in t.args]
            every = all if t.op == "and" else any
            return lambda value: every(part(value) for part in parts)
        if t.op == "not":
            if any(isinstance(u, App) and u.op == "sqrt" for u in subterms(t)):
                raise NotApplicable("a comparison of what may have no value")
            inner = self._read(t.args[0])
            return lambda value: not inner(value)
        if t.op not in COMPARISONS or any(a.shape or a.sort != "number" for a in t.args):
            raise NotApplicable("a condition that is no comparison")
        root = _without_roots(t)
        if root is not None and self.total:
            raise NotApplicable("a comparison of what may have no value")
        plain = root or _without_bars(t)
        if plain is not None:
            return self._read(plain)
        number, holds = self._number(app("sub", *t.args)), COMPARISONS[t.op]
        return lambda value: holds(value(number))

    def _number(self, difference: Term) -> int:
        if not is_rational(difference, {}):
            raise NotApplicable(NO_POLYNOMIAL)
        if any(s not in self.ring.generators for s in free_symbols(difference)):
            raise NotApplicable("a condition on other names")
        found = read_over(difference, self.ring)
        if found is None:
            raise NotApplicable(NO_POLYNOMIAL)
        p = found[0] * found[1]  # Of the sign of the quotient.
        if p not in self.polynomials:
            self.polynomials.append(p)
        return self.polynomials.index(p)


def _without_roots(t: App) -> Term | None:
    """A comparison with a square root as one of what is under it."""
    for root, other, op in ((*t.args, t.op), (*t.args[::-1], MIRRORED.get(t.op, t.op))):
        if isinstance(root, App) and root.op == "sqrt":
            inside = root.args[0]
            real, squares = app("ge", inside, num(0)), app(op, inside, app("pow", other, num(2)))
            if op in ("le", "lt", "eq"):
                return together((real, app("ge", other, num(0)), squares))
            return together((real, App("or", (app("lt", other, num(0)), squares), (), "truth")))
    return None


def _without_bars(t: App) -> Term | None:
    """A comparison that holds an absolute value, a maximum or a minimum, by the cases of it."""
    for s in subterms(t):
        if isinstance(s, App) and not s.shape and s.op in ("abs", "max", "min") and len(s.args) == (1 if s.op == "abs" else 2):
            first, second = (s.args[0], app("neg", s.args[0])) if s.op == "abs" else s.args
            over = app("le" if s.op == "min" else "ge", first, second)

            def put(value: Term, s: Term = s) -> Term:
                return replaced(t, s, value)

            cases = (over, first), (App("not", (over,), (), "truth"), second)
            return App("or", tuple(together((case, put(value))) for case, value in cases), (), "truth")
    return None


def written(p: Any, ring: Polynomials) -> Term:
    """A polynomial as a term."""
    if p.is_zero():
        return num(0)
    made = RationalFunction(ring, p, ring.context.constant(1)).expanded()
    assert made is not None
    return made
