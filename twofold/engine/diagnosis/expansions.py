"""The line above multiplied out, for a line that shares terms with it: what is missing, and what has another coefficient.

Factors that are arrays keep their order, so that (A + B)^2 gives A*B and B*A; the square of the norm of a sum gives inner products.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from twofold.catalogue.display import number
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.arithmetic import in_front, minus, plus, raised, times
from twofold.engine.diagnosis.array_edits import transposed
from twofold.engine.diagnosis.edits import Edit, names_in
from twofold.engine.diagnosis.parts import terms
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.term import Term
from twofold.grammar.tree import Call, Infix, Number, Postfix, Prefix

Resolve: TypeAlias = Callable[[tree.Expr], Term]
_COST = 1.3
_MOST_TERMS, _HIGHEST = 16, 4


@dataclass(frozen=True, slots=True)
class Product:
    """A number times scalars, which commute, times arrays, which do not; the texts of the scalars are in order."""

    number: Fraction
    scalars: tuple[tree.Expr, ...] = ()
    arrays: tuple[tree.Expr, ...] = ()

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(sorted(map(write, self.scalars))), tuple(map(write, self.arrays))


class _TooLarge(Exception):
    """More terms than one would write."""


def expansions(left: tree.Expr, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """The right side with the terms that the left one has when it is multiplied out, where they share some."""
    reader = _Reader(resolve)
    try:
        above = _collected(reader.read(left))
        here = [(_collected([replace(p, number=p.number * s) for p in reader.read(t)]), s, t) for s, t in _signed(right)]
    except (TwofoldError, _TooLarge):
        return
    if len(above) == len(here) == 1 and len(above[0].arrays) > 2:
        (p,), (group, _, _) = above, here[0]
        # The power of a product: the same factors, in turn.
        if len(group) == 1 and sorted(map(write, p.arrays)) == sorted(map(write, group[0].arrays)):
            yield Edit(right, _sum([(p.number < 0, _written(replace(p, number=abs(p.number))))]), _COST, worked=True)
        return
    if len(above) < 2 or len(above) <= len(terms(left)):
        return
    wanted = {p.key: p for p in above}
    found = [group[0].key for group, _, _ in here if len(group) == 1]
    if len(found) < len(here) or len(set(found)) < len(found) or not set(found) & set(wanted):
        return
    kept = {
        group[0].key: t for group, s, t in here if (w := wanted.get(group[0].key)) is not None and w.number == group[0].number
    }
    if len(kept) == len(here):  # All that is written stays, and the rest is put behind it.
        order = [*(wanted[k] for k in kept), *(p for p in above if p.key not in kept)]
    else:
        order = above
    yield Edit(
        right,
        _sum([(p.number < 0, kept.get(p.key) or _written(replace(p, number=abs(p.number)))) for p in order]),
        _COST,
        worked=True,
    )


def _signed(side: tree.Expr) -> list[tuple[int, tree.Expr]]:
    return [(1 if s == "+" else -1, t) for s, t in terms(side)]


class _Reader:
    """Trees multiplied out."""

    def __init__(self, resolve: Resolve, indices: tuple[str, ...] = ()) -> None:
        self.resolve = resolve
        self.indices = indices

    def read(self, t: tree.Expr) -> list[Product]:
        if isinstance(t, Number):
            return [Product(Fraction(t.text))]
        if isinstance(t, Prefix) and t.operator == "-":
            return [replace(p, number=-p.number) for p in self.read(t.operand)]
        if isinstance(t, Infix) and t.operator in ("+", "-"):
            sign = 1 if t.operator == "+" else -1
            return [*self.read(t.left), *(replace(p, number=sign * p.number) for p in self.read(t.right))]
        if isinstance(t, Infix) and t.operator == "*":
            return self._as_scalar(t, _times(self.read(t.left), self.read(t.right)))
        if (
            isinstance(t, Infix)
            and t.operator == "^"
            and isinstance(t.right, Number)
            and t.right.text in map(str, range(2, _HIGHEST + 1))
        ):
            return self._power(t.left, int(t.right.text))
        if isinstance(t, Postfix) and t.operator == "'" and not self._is_scalar(t):
            return [replace(p, arrays=tuple(map(transposed, reversed(p.arrays)))) for p in self.read(t.operand)]
        if isinstance(t, Call) and t.function.id == "sum" and len(t.arguments) == 2 and isinstance(t.arguments[1], tree.Binding):
            return self._added_up(t, t.arguments[0], t.arguments[1])
        return [Product(Fraction(1), (t,))] if self._is_scalar(t) else [Product(Fraction(1), (), (t,))]

    def _added_up(self, t: Call, body: tree.Expr, bound: tree.Binding) -> list[Product]:
        """A sum term by term, without the factors that do not depend on the index."""
        assert isinstance(bound.target, tree.Name)
        index = bound.target.id
        out = []
        for p in _Reader(self.resolve, (*self.indices, index)).read(body):
            inside = [s for s in p.scalars if index in names_in(s)]
            if p.arrays:
                raise _TooLarge
            outside = tuple(s for s in p.scalars if index not in names_in(s))
            if inside:
                outside += (replace(t, arguments=(_written(Product(Fraction(1), tuple(inside))), bound)),)
            elif isinstance(bound.value, tree.Range) and bound.value.lower == Number("1"):
                outside += (bound.value.upper,)
            else:
                outside += (replace(t, arguments=(Number("1"), bound)),)
            out.append(Product(p.number, outside))
        return out

    def _power(self, base: tree.Expr, exponent: int) -> list[Product]:
        if exponent == 2 and isinstance(base, Call) and base.function.id == "norm" and len(base.arguments) == 1:
            parts = self.read(base.arguments[0])
            if len(parts) > 1 and not any(p.scalars for p in parts):
                return [q for k, p in enumerate(parts) for q in (self._squared(p), *(_inner(p, o) for o in parts[k + 1 :]))]
        out = inside = self.read(base)
        for _ in range(exponent - 1):
            out = _times(out, inside)
        return out

    def _squared(self, p: Product) -> Product:
        """|x|^2 of a product of arrays with a number before it."""
        vector = Product(Fraction(1), (), p.arrays)
        size = raised(Call(tree.Name("norm"), (_written(vector),)), Number("2"))
        return Product(p.number**2, (size.left, size.left))

    def _is_scalar(self, t: tree.Expr) -> bool:
        # With its indices, a part of a summand has no meaning of its own; what stands under a sum with an index is a number.
        return bool(self.indices) and bool(set(self.indices) & set(names_in(t))) or not self.resolve(t).shape

    def _as_scalar(self, t: Infix, products: list[Product]) -> list[Product]:
        """Products of arrays that are numbers, as factors that commute."""
        if not any(p.arrays for p in products) or not self._is_scalar(t):
            return products
        return [
            Product(p.number, (*p.scalars, _written(Product(Fraction(1), (), p.arrays)))) if p.arrays else p for p in products
        ]


def _inner(p: Product, q: Product) -> Product:
    """Twice the inner product of two arrays."""
    turned = tuple(map(transposed, reversed(p.arrays)))
    return Product(2 * p.number * q.number, (_written(Product(Fraction(1), (), (*turned, *q.arrays))),))


def _times(a: list[Product], b: list[Product]) -> list[Product]:
    if len(a) * len(b) > _MOST_TERMS:
        raise _TooLarge
    return [Product(p.number * q.number, (*p.scalars, *q.scalars), _without_units((*p.arrays, *q.arrays))) for p in a for q in b]


def _without_units(arrays: tuple[tree.Expr, ...]) -> tuple[tree.Expr, ...]:
    """Factors without identity matrices, of which one stays where there is nothing else."""
    others = tuple(t for t in arrays if not (isinstance(t, Call) and t.function.id in ("eye", "identity")))
    return others or arrays[:1]


def _collected(products: list[Product]) -> list[Product]:
    """Without terms that cancel, those with the same factors added up."""
    out: dict[object, Product] = {}
    for p in products:
        known = out.get(p.key)
        out[p.key] = p if known is None else replace(known, number=known.number + p.number)
    return [p for p in out.values() if p.number]


def _written(p: Product) -> tree.Expr:
    """A product as one writes it: the number first, repeated factors as powers."""
    runs: list[tuple[tree.Expr, int]] = []
    for t in sorted(p.scalars, key=write):
        runs = [*runs[:-1], (t, runs[-1][1] + 1)] if runs and runs[-1][0] == t else [*runs, (t, 1)]
    count = len(runs)
    for t in p.arrays:
        again = len(runs) > count and runs[-1][0] == t and not isinstance(t, Postfix)
        runs = [*runs[:-1], (t, runs[-1][1] + 1)] if again else [*runs, (t, 1)]
    made: tree.Expr | None = None
    for t, e in runs:
        factor = t if e == 1 else raised(t, Number(str(e)))
        made = factor if made is None else times(made, factor)
    if made is None:
        return number(p.number)
    return made if p.number == 1 else in_front(number(p.number), made)


def _sum(parts: list[tuple[bool, tree.Expr]]) -> tree.Expr:
    made: tree.Expr | None = None
    for negative, t in parts:
        made = (Prefix("-", t) if negative else t) if made is None else (minus if negative else plus)(made, t)
    assert made is not None
    return made
