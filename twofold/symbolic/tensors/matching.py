"""Finding one product inside another, up to the names of summed indices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from twofold.symbolic.tensors.node import Call, Delta, Entry, Factor, Index, Monomial, Number, Place, Poly, Slot

Mapping = dict[Index, Slot]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in a product: the places of its free indices, and the powers left over."""

    places: Mapping
    rest: tuple[tuple[Factor, Number], ...]
    bound: tuple[Index, ...]


def find(pattern: Monomial, target: Monomial, places: Mapping, without: Factor | None = None) -> Match | None:
    """The pattern inside the target, its free indices at `places` as far as those are given.

    The pattern's summed indices must stand for summed indices of the target with the same range that occur nowhere else.
    `without` is a factor of the target that must not be used (it counts as a use of its indices).
    """
    powers = {f: e for f, e in target.powers if f is not without}
    todo = sorted(pattern.powers, key=lambda p: (len(p[0].indices) == 0, isinstance(p[0], Call)))
    for found, left in _search(todo, powers, {i: s for i, s in places.items() if i not in pattern.bound}, pattern, target):
        inner = [found[i] for i in pattern.bound if i in found]
        if len(inner) != len(pattern.bound):
            continue
        others: set[Index] = set() if without is None else set(without.indices)
        for f in left:
            others |= f.indices
        for i, s in found.items():
            if i not in pattern.bound:
                others |= {s} if isinstance(s, Index) else s.indices
        if any(s in others for s in inner) or len({id(s) for s in inner}) != len(inner):
            continue
        kept = tuple(i for i in target.bound if not any(i is s for s in inner))
        return Match({i: s for i, s in found.items() if i not in pattern.bound}, tuple(left.items()), kept)
    return None


def _search(
    todo: list[tuple[Factor, Number]], powers: dict[Factor, Number], places: Mapping, pattern: Monomial, target: Monomial
) -> Iterator[tuple[Mapping, dict[Factor, Number]]]:
    if not todo:
        yield places, powers
        return
    # The factor with the most places known goes first.
    k = max(range(len(todo)), key=lambda j: sum(i in places for i in todo[j][0].indices) - 10 * (not todo[j][0].indices))
    f, e = todo[k]
    rest = todo[:k] + todo[k + 1 :]
    for g, d in powers.items():
        if type(g) is not type(f) or (d != e and not (d > e > 0 and not any(i in pattern.bound for i in f.indices))):
            continue
        for found in _unified(f, g, places, pattern, target):
            left = {h: c for h, c in powers.items() if h is not g}
            if d != e:
                left[g] = d - e
            yield from _search(rest, left, found, pattern, target)


def _unified(f: Factor, g: Factor, places: Mapping, pattern: Monomial, target: Monomial) -> Iterator[Mapping]:
    """The ways to place the indices of a pattern's factor so that it is the target's factor."""
    for guess in _guesses(f, g, places):
        if all(_fits(i, s, pattern, target) for i, s in guess.items()):
            names = {i: s.name if isinstance(s, Index) else f"({s.ident})" for i, s in guess.items()}
            if f.key(names, 0) == g.ident:
                yield guess


def _fits(i: Index, s: Slot, pattern: Monomial, target: Monomial) -> bool:
    return i not in pattern.bound or (isinstance(s, Index) and s in target.bound and s.range == i.range)


def _guesses(f: Factor, g: Factor, places: Mapping) -> Iterator[Mapping]:
    if isinstance(f, Entry) and isinstance(g, Entry):
        if f.symbol is not g.symbol:
            return
        yield from _slotwise(f.slots, g.slots, places)
        if f.symmetric:
            yield from _slotwise(f.slots, g.slots[::-1], places)
    elif isinstance(f, Delta) and isinstance(g, Delta):
        yield from _slotwise(f.slots, g.slots, places)
        yield from _slotwise(f.slots, g.slots[::-1], places)
    elif isinstance(f, Place) and isinstance(g, Place):
        yield from _slotwise((f.index,), (g.index,), places)
    elif isinstance(f, Call) and isinstance(g, Call) and f.op == g.op and len(f.slots) == len(g.slots):
        orders = (g.slots, g.slots[::-1]) if f.symmetric else (g.slots,)
        for slots in orders:
            for start in _slotwise(f.slots, slots, places):
                free = [i for i in f.indices if i not in start]
                if not free:
                    yield start
                elif len(g.indices) <= 4:
                    for chosen in permutations(g.indices, len(free)):
                        yield {**start, **dict(zip(free, chosen, strict=True))}


def _slotwise(pattern: tuple[Slot, ...], target: tuple[Slot, ...], places: Mapping) -> Iterator[Mapping]:
    found = dict(places)
    for p, t in zip(pattern, target, strict=True):
        if isinstance(p, Poly):
            continue
        if p in found:
            old = found[p]
            if not (old is t or (isinstance(old, Poly) and isinstance(t, Poly) and old == t)):
                return
        else:
            found[p] = t
    yield found
