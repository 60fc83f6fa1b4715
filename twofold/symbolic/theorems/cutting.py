"""Integrals of functions with kinks and jumps over a range between constants, cut at every place where one of them changes its branch.

The places are the ends of the sets on which the conditions hold, which `symbolic.solving` finds with proof that none is missing. Between two of them every
condition holds or fails throughout, so one number in between tells which, and the integrand is there what the branch says. An integral is the sum
of those over the parts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb, ctx

from twofold.catalogue.constants import rational
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    INFINITE,
    App,
    Bound,
    Num,
    Symbol,
    Term,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.asymptotic.balls import NoEnclosure as NoBall
from twofold.symbolic.asymptotic.balls import enclosure
from twofold.symbolic.calculus.square_parts import without_squares_in_roots
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lines import is_line
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.raising import raised

if TYPE_CHECKING:
    from twofold.symbolic.solving.places import Place, Span

_SECONDS, _MOST = 1.5, 12
"""Processor time for the places, and how many of them are cut at."""
_KINKED = frozenset("abs sign heaviside relu max min piecewise indicator floor ceil".split())
_COMPARISONS = frozenset("eq ne lt le gt ge".split())


def cut(t: Bound) -> list[Bound] | None:
    """The integrals between the places, without what has kinks; `None` where there is nothing to cut or a place is not found."""
    x, (lower, upper) = t.symbols[0], t.args
    if any(e not in INFINITE and free_symbols(e) for e in t.args) or x.kind != "real" or t.shape:
        return None
    body = without_squares_in_roots(t.body, x, Context((), "real"), proved=True)
    if not _has_kinks(body, x) or set(free_symbols(body)) - {x} and not _is_plain_in_others(body, x):
        return None
    try:
        found = within(_SECONDS, _Cuts(x, lower, upper, body).parts)
    except (NotApplicable, NoClosedForm, NoEnclosure, NoBall, *GIVES_UP):
        return None
    if found is None:
        return None
    return [Bound("integrate", t.symbols, made, ends, shape=t.shape) for made, ends in found]


def _has_kinks(body: Term, x: Symbol) -> bool:
    return any(isinstance(u, App) and u.op in _KINKED and x in free_symbols(u) for u in subterms(body))


def _is_plain_in_others(body: Term, x: Symbol) -> bool:
    """Whether no other name stands in what has kinks."""
    return all(
        not isinstance(u, App) or u.op not in _KINKED or set(free_symbols(c)) <= {x}
        for u in subterms(body)
        for c in conditions(u)
    )


def conditions(u: Term) -> list[Term]:
    """The comparisons that decide which branch a function with kinks takes; none for other terms, and for floors, whose steps are counted."""
    if not isinstance(u, App) or u.shape:
        return []
    zero = num(0)
    if u.op in ("abs", "relu"):
        return [app("ge", u.args[0], zero)]
    if u.op in ("sign", "heaviside"):
        return [app("gt", u.args[0], zero), app("lt", u.args[0], zero)]
    if u.op in ("max", "min") and len(u.args) == 2:
        return [app("ge", *u.args)]
    if u.op == "piecewise":
        return list(u.args[1::2])
    return [u.args[0]] if u.op == "indicator" else []


class _Cuts:
    """One integral while the places are looked for."""

    def __init__(self, x: Symbol, lower: Term, upper: Term, body: Term) -> None:
        self.x = copy_symbol(x, lower=None, upper=None, open_lower=True, open_upper=True)
        self.given = x
        self.ends = lower, upper
        self.body = substitute(body, {x: var(self.x)})
        self.low, self.high = (None if e in INFINITE else _place(e) for e in (lower, upper))
        bounds = {}
        if self.low is not None:
            bounds["lower"] = Num(_beside(self.low, -1))
        if self.high is not None:
            bounds["upper"] = Num(_beside(self.high, 1))
        self.ranged = copy_symbol(self.x, **bounds)
        self.context = Context((), "real")
        self.places: list[Place] = []
        self.sets: dict[Term, tuple[list[Span], list[Span]]] = {}
        """Where a comparison holds, and where its sides have values."""

    def parts(self) -> list[tuple[Term, tuple[Term, Term]]]:
        """The integrand on each part, and its ends. Raises `NotApplicable` and what the search for places raises."""
        from twofold.symbolic.solving.places import before, between, ordered

        if self.low is not None and self.high is not None and not before(self.low, self.high):
            raise NotApplicable("the ends are not in their order")
        for u in dict.fromkeys(subterms(self.body)):
            if isinstance(u, App) and u.op in _KINKED and self.x in free_symbols(u):
                for c in self.comparisons(u):
                    if c not in self.sets:
                        self.sets[c] = self.spans(c)
        inner = [
            p for p in self.places if (self.low is None or before(self.low, p)) and (self.high is None or before(p, self.high))
        ]
        inner = ordered(inner)
        if len(inner) > _MOST or any(p.term is None for p in inner):
            raise NotApplicable("too many places, or one without a closed form")
        marks = [self.low, *inner, self.high]
        terms = [self.ends[0], *(p.term for p in inner if p.term is not None), self.ends[1]]
        out = []
        for k in range(len(marks) - 1):
            at = between(marks[k], marks[k + 1])
            made = transform(self.body, lambda u, at=at: self.branch(u, at))  # type: ignore[misc]
            out.append((substitute(made, {self.x: var(self.given)}), (terms[k], terms[k + 1])))
        return out

    def comparisons(self, u: App) -> list[Term]:
        """The comparisons that a part hangs on, taken out of `and`, `or` and `not`."""
        if u.op in ("floor", "ceil"):
            return self.steps(u)
        found = conditions(u)
        if not found:
            raise NotApplicable("an extreme of more than two")
        out: list[Term] = []
        while found:
            c = found.pop()
            if isinstance(c, App) and c.op in ("and", "or", "not"):
                found += c.args
            elif isinstance(c, App) and c.op in _COMPARISONS and all(a.sort == "number" and not a.shape for a in c.args):
                out.append(c)
            else:
                raise NotApplicable("a condition of another kind")
        return out

    def steps(self, u: App) -> list[Term]:
        """The comparisons with the whole numbers that a line comes to between the ends."""
        inside = u.args[0]
        if not is_line(inside) or self.low is None or self.high is None:
            raise NotApplicable("a floor of what is no line, or without ends")
        ends = [rational(substitute(inside, {self.x: Num(_beside(p, k))})) for p, k in ((self.low, -1), (self.high, 1))]
        if ends[0] is None or ends[1] is None or abs(ends[1] - ends[0]) > _MOST:
            raise NotApplicable("too many steps")
        low, high = sorted(e for e in ends if e is not None)
        return [app("ge", inside, num(k)) for k in range(low.__floor__(), high.__ceil__() + 1)]

    def spans(self, comparison: Term) -> tuple[list[Span], list[Span]]:
        """Where a comparison holds, and where its sides have values."""
        from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans

        assert isinstance(comparison, App)
        if any(isinstance(u, App) and u.op in _KINKED for u in subterms(comparison)):
            raise NotApplicable("a kink inside a kink")
        if self.x not in free_symbols(comparison):
            raise NotApplicable("a condition without the variable")
        own = substitute(comparison, {self.x: var(self.ranged)})
        assert isinstance(own, App)
        holds = relation_spans(own, self.ranged, self.context)
        domain = domain_of(app("sub", *own.args), self.ranged, self.context)
        for s in (*holds, *domain):
            self.places += [p for p in (s.low, s.high) if p is not None]
        return holds, domain

    def holds(self, condition: Term, at: Fraction) -> bool:
        """Whether a condition holds at a number, with all its parts having values there."""
        from twofold.symbolic.solving.places import at as place
        from twofold.symbolic.solving.places import inside

        if isinstance(condition, App) and condition.op in ("and", "or", "not"):
            values = [self.holds(a, at) for a in condition.args]
            return not values[0] if condition.op == "not" else all(values) if condition.op == "and" else any(values)
        true, domain = self.sets[condition]
        if not any(inside(place(at), s) for s in domain):
            raise NotApplicable("a condition has no value on a part of the range")
        return any(inside(place(at), s) for s in true)

    def branch(self, u: Term, at: Fraction) -> Term | None:
        """What a function with kinks is on the part in which a number lies; `None` for other terms."""
        if not isinstance(u, App) or u.op not in _KINKED or u.shape or self.x not in free_symbols(u):
            return None
        if u.op in ("floor", "ceil"):
            return self.step(u, at)
        hold = [self.holds(c, at) for c in conditions(u)]
        if u.op == "piecewise":
            reached = [u.args[2 * k] for k, holds in enumerate(hold) if holds] + [u.args[-1]] * (len(u.args) % 2)
            if not reached:
                raise NotApplicable("no branch has a value on a part of the range")
            return reached[0]
        if u.op in ("sign", "heaviside") and not any(hold):
            raise NotApplicable("the sign of what is 0")
        return _BRANCHES[u.op](u, hold[0])

    def step(self, u: App, at: Fraction) -> Term:
        """The whole number that a floor or ceiling is around a number."""
        steps = self.steps(u)
        reached = [c for c in steps if self.holds(c, at)]
        if not reached or len(reached) == len(steps):
            raise NotApplicable("a step outside what was counted")
        top = max(c.args[1].value for c in reached if isinstance(c, App) and isinstance(c.args[1], Num))
        return Num(top if u.op == "floor" else top + 1)


_BRANCHES: dict[str, Callable[[App, bool], Term]] = {
    "abs": lambda u, up: u.args[0] if up else app("neg", u.args[0]),
    "relu": lambda u, up: u.args[0] if up else num(0),
    "sign": lambda u, up: num(1 if up else -1),
    "heaviside": lambda u, up: num(1 if up else 0),
    "max": lambda u, up: u.args[0 if up else 1],
    "min": lambda u, up: u.args[1 if up else 0],
    "indicator": lambda u, up: num(1 if up else 0),
}


def _place(end: Term) -> Place:
    """A constant as a place on the line."""
    from twofold.symbolic.solving.places import Place
    from twofold.symbolic.solving.places import at as place

    q = rational(end)
    if q is not None:
        return place(q)
    c = converter(())
    element = c(end)

    def ball(bits: int) -> arb:
        old = ctx.prec
        try:
            ctx.prec = bits + 16
            return enclosure(c.field, element).real
        finally:
            ctx.prec = old

    return Place(ball, raised(c, element))


def _beside(p: Place, side: int) -> Fraction:
    """A rational number at a place, or a little further out."""
    if p.value is not None:
        return Fraction(p.value)
    near = p.enclosure(64) * 1024
    bound = near.floor().unique_fmpz() if side < 0 else near.ceil().unique_fmpz()
    if bound is None:
        raise NotApplicable("a number near a whole multiple of a small one")
    return Fraction(int(bound), 1024)


__all__ = ["conditions", "cut"]
