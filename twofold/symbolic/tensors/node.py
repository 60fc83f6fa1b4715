"""Index expressions: sums of monomials whose factors carry indices (einsum notation), with summed indices in the monomial.

`Poly` is a sum of `Monomial`s with rational coefficients; a monomial multiplies powers of factors and sums over its `bound`
indices; a factor is an `Entry` of a symbol, a `Place` (the value of an index), a Kronecker `Delta`, or a `Call`: a function of
tensors with entries of its own. A `Tensor` is a polynomial with an order for its free indices. All are immutable. Equality is
structural up to the names of summed indices: two factors are equal where their keys are (`label` makes the keys), so an equal
key is a proof of equality and different keys prove nothing.

Slots hold an `Index` or, for a fixed place such as `v[2]`, a `Poly`. Dimensions of size 1 carry no index at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import count
from typing import Any, TypeAlias

from twofold.grammar.term import Symbol
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.tensors.label import Naming, labelled

Number: TypeAlias = "int | Fraction"

_serials = count()


class Unsupported(NoClosedForm):
    """The index algebra has no form for something; the reason is a phrase. Says nothing about the mathematics."""


class Index:
    """A name for the places `lower..upper` of a dimension. Compared by identity."""

    __slots__ = ("serial", "name", "lower", "upper", "range")

    def __init__(self, lower: Poly, upper: Poly) -> None:
        self.serial = next(_serials)
        self.name = f"~{self.serial}"
        self.lower = lower
        self.upper = upper
        self.range = f"{lower.ident}..{upper.ident}"

    def fresh(self) -> Index:
        """Another index over the same places."""
        return Index(self.lower, self.upper)

    def __repr__(self) -> str:
        return self.name


Slot: TypeAlias = "Index | Poly"
Axis: TypeAlias = "tuple[Index, ...]"

Names: TypeAlias = "Mapping[Index, Index]"

NOTHING: Naming = {}


def _moved_slots(slots: Iterable[Slot], names: Names) -> Any:
    return tuple(names.get(s, s) if isinstance(s, Index) else s.moved(names) for s in slots)


def indices_of(slots: Iterable[Slot]) -> frozenset[Index]:
    """The indices in some slots."""
    found: set[Index] = set()
    for s in slots:
        if isinstance(s, Index):
            found.add(s)
        else:
            found |= s.indices
    return frozenset(found)


def slot_key(slot: Slot, naming: Naming, depth: int) -> str:
    """The key of a slot."""
    return naming.get(slot, slot.name) if isinstance(slot, Index) else f"({slot.key(naming, depth)})"


class Factor:
    """Base of factors. `indices` are the free ones; `ident` is the key under the indices' own names."""

    __slots__ = ("indices", "ident", "_order", "_keys")
    indices: frozenset[Index]

    def _seal(self) -> None:
        self._order = tuple(sorted(self.indices, key=lambda i: i.serial))
        self._keys: dict[tuple[object, ...], str] = {}
        self.ident = self.key(NOTHING, 0)

    def key(self, naming: Naming, depth: int) -> str:
        """A text that is equal for two factors only if they are equal with their indices named this way. `depth` counts the
        scopes outside.
        """
        labels = (depth, *[naming.get(i, i.name) for i in self._order])
        found = self._keys.get(labels)
        if found is None:
            found = self._keys[labels] = self._key(naming, depth)
        return found

    def _key(self, naming: Naming, depth: int) -> str:
        raise NotImplementedError

    def moved(self, names: Names) -> Factor:
        """The factor under new names that nothing else has, so that nothing can be simplified."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Factor) and self.ident == other.ident)

    def __hash__(self) -> int:
        return hash(self.ident)

    def __repr__(self) -> str:
        return self.ident


class Entry(Factor):
    """An entry of a symbol: no slot for a scalar, one for a vector, two for a matrix with no dimension of size 1."""

    __slots__ = ("symbol", "slots", "symmetric")

    def __init__(self, symbol: Symbol, slots: tuple[Slot, ...]) -> None:
        self.symbol = symbol
        self.slots = slots
        self.symmetric = len(slots) == 2 and not symbol.properties.isdisjoint(("symmetric", "posdef", "diagonal"))
        self.indices = indices_of(slots)
        self._seal()

    def _key(self, naming: Naming, depth: int) -> str:
        if not self.slots:
            return f"{self.symbol.name}#{id(self.symbol)}"
        names = [slot_key(s, naming, depth) for s in self.slots]
        if self.symmetric:
            names.sort()
        return f"{self.symbol.name}#{id(self.symbol)}[{','.join(names)}]"

    def moved(self, names: Names) -> Factor:
        return self if self.indices.isdisjoint(names) else Entry(self.symbol, _moved_slots(self.slots, names))


class Place(Factor):
    """The value of an index, as a number."""

    __slots__ = ("index",)

    def __init__(self, index: Index) -> None:
        self.index = index
        self.indices = frozenset((index,))
        self._seal()

    def _key(self, naming: Naming, depth: int) -> str:
        return f"@[{naming.get(self.index, self.index.name)}]"

    def moved(self, names: Names) -> Factor:
        return self if self.index not in names else Place(names[self.index])


class Delta(Factor):
    """1 where both slots are the same place, 0 elsewhere."""

    __slots__ = ("slots",)

    def __init__(self, a: Slot, b: Slot) -> None:
        self.slots = (a, b)
        self.indices = indices_of(self.slots)
        self._seal()

    def _key(self, naming: Naming, depth: int) -> str:
        return f"delta[{','.join(sorted(slot_key(s, naming, depth) for s in self.slots))}]"

    def moved(self, names: Names) -> Factor:
        return self if self.indices.isdisjoint(names) else Delta(*_moved_slots(self.slots, names))


class Call(Factor):
    """A function of tensors: `op` names it, `slots` choose an entry of its value.

    `group`: the scalar in it, for powers that are not multiplied out. `power`: a base and a symbolic exponent. `inv`: the
    inverse of a square matrix. `let`: the entries of its argument, kept together for the sake of a readable derivative; proofs
    never meet it. `array`: the entries of an explicit array, row by row, `dims` in its name. Everything else is a function of
    the language.
    """

    __slots__ = ("op", "arguments", "slots", "symmetric")

    def __init__(self, op: str, arguments: tuple[Tensor, ...], slots: tuple[Slot, ...] = ()) -> None:
        self.op = op
        self.arguments = arguments
        self.slots = slots
        free: frozenset[Index] = indices_of(slots)
        for a in arguments:
            free |= a.indices
        self.indices = free
        self.symmetric = op in ("inv", "let") and len(slots) == 2 and arguments[0].symmetric
        self._seal()

    def _key(self, naming: Naming, depth: int) -> str:
        inside = ";".join(a.key(naming, depth) for a in self.arguments)
        names = [slot_key(s, naming, depth) for s in self.slots]
        if self.symmetric:
            names.sort()
        return f"{self.op}({inside})[{','.join(names)}]"

    def moved(self, names: Names) -> Factor:
        if self.indices.isdisjoint(names):
            return self
        return Call(self.op, tuple(t.moved(names) for t in self.arguments), _moved_slots(self.slots, names))

    @property
    def inner(self) -> Poly:
        """The first argument's polynomial."""
        return self.arguments[0].poly


class Monomial:
    """A product of powers, summed over `bound`. Exponents are rational and not 0."""

    __slots__ = ("bound", "powers", "indices", "ident", "_keys")

    def __init__(self, bound: tuple[Index, ...], powers: tuple[tuple[Factor, Number], ...]) -> None:
        self.bound = bound
        self.powers = powers
        inside: frozenset[Index] = frozenset().union(*[f.indices for f, _ in powers]) if powers else frozenset()
        self.indices = inside.difference(bound)
        self._keys: dict[tuple[object, ...], str] = {}
        self.ident = self.key(NOTHING, 0)

    def key(self, naming: Naming, depth: int) -> str:
        """The text of the product, its summed indices labelled canonically."""
        if not self.powers:
            return "1"
        labels = (depth, *[(i, naming.get(i, i.name)) for i in self.indices])
        found = self._keys.get(labels)
        if found is None:
            found = self._keys[labels] = labelled(self.powers, self.bound, naming, depth)
        return found

    def moved(self, names: Names) -> Monomial:
        """The product under new names for free indices that nothing else has."""
        names = {i: j for i, j in names.items() if i in self.indices}
        if not names:
            return self
        m = self.apart(names.values())
        return Monomial(m.bound, tuple((f.moved(names), e) for f, e in m.powers))

    def apart(self, *taken: Iterable[Index]) -> Monomial:
        """The product with other names for summed indices that are taken."""
        clash = [i for i in self.bound if any(i in t for t in taken)]
        if not clash:
            return self
        names = {i: i.fresh() for i in clash}
        return Monomial(tuple(names.get(i, i) for i in self.bound), tuple((f.moved(names), e) for f, e in self.powers))

    def __repr__(self) -> str:
        return self.ident


UNIT = Monomial((), ())


class Poly:
    """A sum of monomials with coefficients that are not 0; no two monomials have the same key. `indices` are the free ones.

    No index is free in one monomial and summed in another.
    """

    __slots__ = ("terms", "indices", "ident", "_keys")

    def __init__(self, terms: Iterable[tuple[Monomial, Number]]) -> None:
        sums: dict[str, tuple[Monomial, Number]] = {}
        for m, c in terms:
            old = sums.get(m.ident)
            sums[m.ident] = (m, c) if old is None else (old[0], old[1] + c)
        found = [(m, c) for _, (m, c) in sorted(sums.items()) if c]
        self.indices: frozenset[Index] = frozenset().union(*[m.indices for m, _ in found]) if found else frozenset()
        self.terms = tuple((m.apart(self.indices), c) for m, c in found)
        self._keys: dict[tuple[object, ...], str] = {}
        self.ident = self.key(NOTHING, 0)

    def key(self, naming: Naming, depth: int) -> str:
        """The text of the sum."""
        labels = (depth, *[(i, naming.get(i, i.name)) for i in self.indices])
        found = self._keys.get(labels)
        if found is None:
            found = self._keys[labels] = "+".join(sorted(f"{c}*{m.key(naming, depth)}" for m, c in self.terms)) or "0"
        return found

    def moved(self, names: Names) -> Poly:
        """The sum under new names for free indices that nothing else has."""
        return self if self.indices.isdisjoint(names) else Poly([(m.moved(names), c) for m, c in self.terms])

    @property
    def constant(self) -> Number | None:
        """The value of a polynomial that is a number."""
        if not self.terms:
            return 0
        m, c = self.terms[0]
        return c if len(self.terms) == 1 and not m.powers else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.ident == other.ident

    def __hash__(self) -> int:
        return hash(self.ident)

    def __repr__(self) -> str:
        return self.ident


def constant(value: Number) -> Poly:
    """A number as a polynomial."""
    return Poly(((UNIT, value),)) if value else ZERO


ZERO = Poly(())
ONE = Poly(((UNIT, 1),))


def single(factor: Factor, exponent: Number = 1) -> Poly:
    """One power of a factor as a polynomial."""
    return Poly(((Monomial((), ((factor, exponent),)), 1),))


class Tensor:
    """A polynomial whose free indices are arranged in `axes`: the entries of a scalar, vector or matrix.

    An axis is a tuple of indices: none for a dimension of size 1, one as a rule, several for the rows of a Kronecker product or
    the entries of `vec(A)` (the first index is the slowest). Indices of the polynomial that are not in an axis are free in the
    tensor: it depends on them.
    """

    __slots__ = ("axes", "poly", "indices", "live")

    def __init__(self, axes: tuple[Axis, ...], poly: Poly) -> None:
        self.axes = axes
        self.live = tuple(i for a in axes for i in a)
        if any(i in self.live for m, _ in poly.terms for i in m.bound):
            poly = Poly([(m.apart(self.live), c) for m, c in poly.terms])
        self.poly = poly
        self.indices = poly.indices.difference(self.live)

    def key(self, naming: Naming, depth: int) -> str:
        """The text of the tensor: ranges of the axes, then the entries."""
        if not self.axes:
            return self.poly.key(naming, depth)
        names: dict[Index, str] = dict(naming)
        for k, a in enumerate(self.live):
            names[a] = f"!{depth}.{k}"
        ranges = ",".join("x".join(i.range for i in a) for a in self.axes)
        return f"<{ranges}>{self.poly.key(names, depth + 1)}"

    def moved(self, names: Names) -> Tensor:
        """The tensor under new names, that nothing else has, for indices it depends on."""
        return self if self.indices.isdisjoint(names) else Tensor(self.axes, self.poly.moved(names))

    @property
    def symmetric(self) -> bool:
        """Whether a matrix is the same expression as its transpose."""
        if len(self.live) != 2 or len(self.axes) != 2:
            return False
        a, b = self.live
        return a.range == b.range and self.poly.key({a: "!r", b: "!c"}, 1) == self.poly.key({a: "!c", b: "!r"}, 1)


def scalar(poly: Poly) -> Tensor:
    """A polynomial as a scalar (its indices stay free)."""
    return Tensor((), poly)


def matrix(row: Index, column: Index, poly: Poly) -> Tensor:
    """A polynomial as a matrix."""
    return Tensor(((row,), (column,)), poly)


Renaming: TypeAlias = "Mapping[Index, Slot]"
