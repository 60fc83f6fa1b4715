"""Valuations: concrete exact values for free symbols, drawn from what is declared and assumed about them.

Simple points come first, since a counterexample should be simple. The draw is deterministic by its seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from random import Random
from typing import Any, NamedTuple, TypeAlias

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.conjunctions import conjuncts
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, free_symbols, subterms
from twofold.numeric import analytic, arrays, scalars
from twofold.numeric.interpolation import rational_zeros
from twofold.numeric.outcomes import NoValue
from twofold.numeric.scalars import Interval


class Complex(NamedTuple):
    """An exact complex number."""

    real: Fraction | int
    imag: Fraction | int


Valuation: TypeAlias = dict[Symbol, Any]

TRIES = 40
"""Attempts at one point before it is given up."""


def draw(
    symbols: Iterable[Symbol], assumptions: Sequence[Term] = (), seed: int = 7, count: int = 64, terms: Sequence[Term] = ()
) -> list[Valuation]:
    """Points that satisfy the declarations of the symbols and the assumptions; fewer than `count` where they are hard to find.

    `terms` are the terms to be evaluated: how many arguments an arbitrary function takes is read from them. Symbols that sizes and bounds mention get
    values too.
    """
    names = tuple(dict.fromkeys(symbols))
    kinds = None if assumptions else _kinds(names)
    if kinds is None:
        shown = tuple(terms) if any(s.kind == "function" for s in names) else ()
        return [dict(point) for point in _recent_draw(names, tuple(assumptions), shown, seed, count)]
    return [{names[place]: value for place, value in point} for point in _known_draw(kinds, seed, count)]


def is_admitted(point: Valuation, changed: Sequence[Symbol], assumptions: Sequence[Term]) -> bool:
    """Whether a drawn point with other values for some numbers still satisfies what is declared and assumed."""
    plan = _Plan(point, assumptions, ())
    for s in changed:
        whole = s.kind == "integer" or "integer" in s.properties
        if not plan.interval(s, point).holds(Fraction(point[s])) or (whole and Fraction(point[s]).denominator != 1):
            return False
    return plan.holds(point)


def ranges(
    symbols: Iterable[Symbol], assumptions: Sequence[Term]
) -> tuple[tuple[Symbol, ...], Callable[[Symbol, Valuation], Interval]]:
    """The order in which symbols get values, and where each may be once those before it have theirs: no admitted value lies outside."""
    plan = _Plan(symbols, assumptions, ())
    return tuple(plan.order), lambda s, values: plan.interval(s, values, outwards=True)


def _kinds(names: Sequence[Symbol]) -> tuple[tuple[Any, ...], ...] | None:
    """What the draw depends on, if it is nothing but what each symbol says of itself in numbers."""
    if not all(
        s.kind != "function" and s.law is None and isinstance(s.lower, _PLAIN_BOUND) and isinstance(s.upper, _PLAIN_BOUND)
        and all(isinstance(d, int) for d in s.shape)
        for s in names
    ):  # fmt: skip
        return None
    return tuple((s.kind, s.shape, s.lower, s.upper, s.open_lower, s.open_upper, s.properties, s.size) for s in names)


_PLAIN_BOUND = (Num, Const, type(None))


@lru_cache(256)
def _known_draw(kinds: tuple[tuple[Any, ...], ...], seed: int, count: int) -> tuple[tuple[tuple[int, Any], ...], ...]:
    """The points drawn for symbols of these kinds: places of symbols with their values."""
    symbols = [Symbol("x", *kind[:-1], size=kind[-1]) for kind in kinds]
    places = {s: k for k, s in enumerate(symbols)}
    return tuple(tuple((places[s], v) for s, v in point.items()) for point in _drawn(_Plan(symbols, (), ()), seed, count))


@lru_cache(128)
def _recent_draw(
    names: tuple[Symbol, ...], assumptions: tuple[Term, ...], terms: tuple[Term, ...], seed: int, count: int
) -> tuple[Valuation, ...]:
    """The points drawn for these symbols themselves: a diagnosis asks for the same ones with every repair that it judges."""
    return tuple(_drawn(_Plan(names, assumptions, terms), seed, count))


def _drawn(plan: _Plan, seed: int, count: int) -> list[Valuation]:
    found: list[Valuation] = []
    seen: set[Any] = set()
    for point in range(count):
        for attempt in range(TRIES):
            rng = Random(f"{seed}/{point}/{attempt}")
            values = plan.point(rng, point + attempt * (attempt > 5), count)
            if values is None or not plan.holds(values):
                continue
            key = tuple(values.items())
            if key in seen and attempt < 6:
                continue
            if key not in seen:
                found.append(values)
                seen.add(key)
            break
        if not found and point >= 15:
            break
    return found


class _Plan:
    """The order in which symbols get values, with the bounds and equations that assumptions put on each."""

    def __init__(self, symbols: Iterable[Symbol], assumptions: Sequence[Term], terms: Sequence[Term]) -> None:
        self.atoms = [a for t in assumptions for a in conjuncts(t)]
        self.order = _ordered([*symbols, *(s for a in self.atoms for s in free_symbols(a))])
        self.bounds: dict[Symbol, list[tuple[str, Term]]] = {}
        self.equations: dict[Symbol, list[tuple[Term, Term]]] = {}
        self.rest: list[Term] = []
        self.arity = _arities([*assumptions, *terms])
        self.sizes = [s for s in self.order if s.size]
        for a in self.atoms:
            self._place(a)

    def _place(self, atom: Term) -> None:
        """An atom constrains the last of its symbols, if it can be used to find it; every atom is checked in the end."""
        self.rest.append(atom)
        if not isinstance(atom, App) or atom.op not in (*ORDERS, "eq"):
            return
        left, right = atom.args
        inside = free_symbols(atom)
        if not inside:
            return
        last = max(inside, key=self.order.index)
        if last.shape or last.kind not in ("real", "integer"):
            return
        if atom.op == "eq":
            self.equations.setdefault(last, []).append((left, right))
        elif isinstance(left, Var) and left.symbol is last and last not in free_symbols(right):
            self.bounds.setdefault(last, []).append((atom.op, right))
        elif isinstance(right, Var) and right.symbol is last and last not in free_symbols(left):
            self.bounds.setdefault(last, []).append((MIRRORED[atom.op], left))

    def point(self, rng: Random, number: int, count: int) -> Valuation | None:
        values: Valuation = {}
        kind = scalars.stage(number, count)
        sizes = _sizes(len(self.sizes), rng, number)
        for s in self.order:
            v = sizes[self.sizes.index(s)] if s.size else self._value(s, values, rng, kind, number)
            if v is None or (s.size and not self.interval(s, values).holds(Fraction(v))):
                v = self._value(s, values, rng, kind, number) if s.size else None
            if v is None:
                return None
            values[s] = v
        return values

    def _value(self, s: Symbol, values: Valuation, rng: Random, kind: str, number: int) -> Any:
        if s.kind == "function":
            return analytic.function(rng, self.arity.get(s, max(1, s.arity)), number, s.properties)
        if s.kind == "truth":
            return rng.random() < 0.5
        for left, right in self.equations.get(s, ()):
            solved = _solve(s, left, right, values)
            if solved is not None:
                inside = self.interval(s, values)
                return _plain(next((x for x in solved if inside.holds(x)), solved[0]))
        where = self.interval(s, values)
        whole = s.kind == "integer" or "integer" in s.properties or _discrete(s)

        def entry() -> Fraction | None:
            return scalars.integer(rng, where, kind) if whole else scalars.real(rng, where, kind)

        if s.kind == "complex":
            return _shaped(s, values, rng, lambda: _complex(rng, kind, entry()))
        made = _shaped(s, values, rng, lambda: _plain(entry()))
        if s.shape and made is not None and number % 8 == 5:
            return arrays.repeated(made, s.properties, whole=number % 16 == 13)
        return made

    def interval(self, s: Symbol, values: Valuation, outwards: bool = False) -> Interval:
        """Where a symbol may be, by its declaration and by the assumptions that bound it; irrational ends are rounded inwards unless asked."""
        low, high = ("down", "up") if outwards else ("up", "down")
        where = Interval(_rational(s.lower, values, low), _rational(s.upper, values, high), s.open_lower, s.open_upper)
        if "positive" in s.properties:
            where = where.meet(Interval(lower=Fraction(0), open_lower=True))
        if s.size:
            where = where.meet(Interval(lower=Fraction(1)))
        if s.law is not None:
            where = where.meet(_support(s, values))
        for op, term in self.bounds.get(s, ()):
            limit = _rational(term, values, low if op in ("gt", "ge") else high)
            if limit is None:
                continue
            strict = op in ("lt", "gt")
            where = where.meet(
                Interval(lower=limit, open_lower=strict) if op in ("gt", "ge") else Interval(upper=limit, open_upper=strict)
            )
        return where

    def holds(self, values: Valuation) -> bool:
        """Whether every assumption is certainly true, and every declared bound holds."""
        from twofold.numeric.evaluate import ball

        for atom in self.rest:
            try:
                if ball(atom, values, 96, "complex" if any(s.kind == "complex" for s in values) else "real") is not True:
                    return False
            except NoValue:
                return False
        return all(
            self.interval(s, values).holds(Fraction(values[s])) for s in self.equations if not s.shape and s.kind != "complex"
        )


def _ordered(symbols: list[Symbol]) -> list[Symbol]:
    """Sizes first, then every symbol after those that its size, bounds and law mention."""
    order: list[Symbol] = []
    open_: set[Symbol] = set()

    def visit(s: Symbol) -> None:
        if s in order or s in open_:
            return
        open_.add(s)
        for t in (*(d for d in s.shape if isinstance(d, Term)), *(b for b in (s.lower, s.upper, s.law) if b is not None)):
            for inner in free_symbols(t):
                if inner is not s.index:
                    visit(inner)
        open_.discard(s)
        order.append(s)

    for s in sorted(dict.fromkeys(symbols), key=lambda s: not s.size):
        visit(s)
    return order


def _arities(terms: Sequence[Term]) -> dict[Symbol, int]:
    return {
        t.args[0].symbol: len(t.args) - 1
        for term in terms
        for t in subterms(term)
        if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var)
    }


def _sizes(n: int, rng: Random, number: int) -> list[int]:
    """Pairwise different sizes from 1 up, so that a transposed shape shows; mostly not 1."""
    if n == 0:
        return []
    pool = list(permutations(range(1, max(4, n) + 1), n)) if n <= 4 else [tuple(rng.sample(range(1, n + 2), n))]
    pool.sort(key=lambda p: (1 in p, sum(p), p))
    return list(pool[number % len(pool)] if number < 6 else rng.choice(pool))


def _shaped(s: Symbol, values: Valuation, rng: Random, entry: Any) -> Any:
    if not s.shape:
        return entry()
    sides = [d if isinstance(d, int) else _rational(d, values) for d in s.shape]
    if any(d is None or d < 1 or d != int(d) or d > 50 for d in sides):
        return None
    lengths = [int(d) for d in sides if d is not None]
    if len(lengths) == 1:
        made: Any = arrays.vector(rng, lengths[0], entry, s.properties)
    else:
        made = arrays.matrix(rng, lengths[0], lengths[1], entry, s.properties)
    return made


def _complex(rng: Random, kind: str, x: Fraction | None) -> Any:
    """Simple and special points on the axes and cuts too."""
    if x is None:
        return None
    roll = rng.random()
    y = scalars.real(rng, Interval(), kind) or Fraction(1)
    if roll < 0.2:
        return Complex(_plain(x), 0)
    if roll < 0.35:
        return Complex(0, _plain(y))
    return Complex(_plain(x), _plain(y))


def _plain(x: Fraction | None) -> Any:
    return int(x) if x is not None and x.denominator == 1 else x


def _rational(t: Term | None, values: Valuation, way: str = "") -> Fraction | None:
    """The value of a bound where it is rational; otherwise an approximation, from above ("up") or below ("down") if asked.

    A declared interval is not checked again after the draw, so its irrational ends are rounded inwards.
    """
    if t is None or (isinstance(t, Const) and t.name == "oo"):
        return None
    if isinstance(t, Num):
        return t.value
    from flint import arb, fmpq

    from twofold.numeric.evaluate import ball

    try:
        v = ball(t, values, 64)
    except NoValue:
        return None
    if isinstance(v, arb) and v.is_finite():
        end = v.upper() if way == "up" else v.lower() if way == "down" else v.mid()
        man, exp = end.man_exp()
        return Fraction(int(man)) * Fraction(2) ** int(exp) if abs(int(exp)) < 4000 else None
    return Fraction(int(v.p), int(v.q)) if isinstance(v, fmpq) else None


_DEGREE = 6


def _solve(s: Symbol, left: Term, right: Term, values: Valuation) -> tuple[Fraction, ...] | None:
    """The values of a symbol by an equation that is a polynomial in it with rational zeros, from exact evaluations: the zeros nearest 0 first."""
    if isinstance(left, Var) and left.symbol is s and s not in free_symbols(right):
        given = _exactly(right, values)
        return None if given is None or (s.kind == "integer" and given.denominator > 1) else (given,)
    difference = App("sub", (left, right))
    at: list[Fraction] = []
    for k in range(_DEGREE + 3):
        v = _exactly(difference, {**values, s: k})
        if v is None:
            return None
        at.append(v)
        if k >= 2 and (zeros := rational_zeros(at)) is not None:
            found = tuple(x for x in zeros if s.kind != "integer" or x.denominator == 1)
            return found or None
    return None


def _exactly(t: Term, values: Valuation) -> Fraction | None:
    from flint import fmpq

    from twofold.numeric.evaluate import ball

    try:
        v = ball(t, values, 64)
    except NoValue:
        return None
    return Fraction(int(v.p), int(v.q)) if isinstance(v, fmpq) else None


def _law(s: Symbol) -> Any:
    from twofold.catalogue.index import laws

    return laws().get(s.law.op) if isinstance(s.law, App) else None


def _discrete(s: Symbol) -> bool:
    spec = _law(s)
    return bool(spec is not None and spec.discrete)


def _support(s: Symbol, values: Valuation) -> Interval:
    """The support of a random variable's law, where it is an interval with ends that can be computed."""
    spec = _law(s)
    if spec is None or spec.kind != "univariate" or s.index is not None:
        return Interval()
    from twofold.catalogue.resolve import formula

    assert isinstance(s.law, App)
    names = {p.name: a for p, a in zip(spec.parameters, s.law.args, strict=True)}
    lower, upper = (
        None if x in ("oo", "-oo") else _rational(formula(x, names), values, way)
        for x, way in zip(spec.support, ("up", "down"), strict=True)
    )
    return Interval(lower, upper, not spec.discrete, not spec.discrete)


__all__ = ["Complex", "Valuation", "draw"]
