"""Canonical names for summed indices: the key of a product does not depend on how its summed indices were called.

Factors that share a summed index form a component. In each component indices are coloured by the factors they stand in, refined
until nothing changes (Weisfeiler and Leman), and where colours coincide one index after the other is singled out and the least
text is kept. Past a limit on such choices the first is kept: two equal products may then get different keys, never the other
way round, since a key determines its product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from twofold.symbolic.tensors.node import Factor, Index

Naming: TypeAlias = "Mapping[Index, str]"
Powers: TypeAlias = "Sequence[tuple[Factor, int | Fraction]]"

CHOICES = 64


def labelled(powers: Powers, bound: Sequence[Index], naming: Naming, depth: int) -> str:
    """The key of a product of powers summed over `bound`, other indices being named by `naming`."""
    if not bound:
        return "*".join(sorted([f"{f.key(naming, depth)}^{e}" for f, e in powers]))
    parts = []
    for linked, inside in components(powers, bound):
        if linked:
            parts.append(_component(inside, linked, naming, depth))
        else:
            parts.extend(f"{f.key(naming, depth)}^{e}" for f, e in inside)
    return "*".join(sorted(parts))


def components(powers: Powers, bound: Sequence[Index]) -> list[tuple[list[Index], list[tuple[Factor, int | Fraction]]]]:
    """The factors grouped by the summed indices they share; factors without any stand alone."""
    loose: list[tuple[list[Index], list[tuple[Factor, int | Fraction]]]] = []
    groups: list[tuple[list[Index], list[tuple[Factor, int | Fraction]]]] = []
    for f, e in powers:
        mine = [i for i in bound if i in f.indices]
        if not mine:
            loose.append(([], [(f, e)]))
            continue
        joined: tuple[list[Index], list[tuple[Factor, int | Fraction]]] = (mine, [(f, e)])
        rest = []
        for group in groups:
            if any(i in mine for i in group[0]):
                joined = (joined[0] + [i for i in group[0] if i not in joined[0]], group[1] + joined[1])
            else:
                rest.append(group)
        groups = [*rest, joined]
    return loose + groups


def _component(powers: Powers, bound: Sequence[Index], naming: Naming, depth: int) -> str:
    colours = {i: f"?{i.range}" for i in bound}
    budget = [CHOICES]
    return _best(powers, bound, colours, naming, depth, budget)


def _best(
    powers: Powers, bound: Sequence[Index], colours: dict[Index, str], naming: Naming, depth: int, budget: list[int]
) -> str:
    colours = _refined(powers, bound, colours, naming, depth)
    classes: dict[str, list[Index]] = {}
    for i in bound:
        classes.setdefault(colours[i], []).append(i)
    tied = next((c for c in sorted(classes) if len(classes[c]) > 1), None)
    if tied is None:
        return _written(powers, sorted(bound, key=lambda i: colours[i]), naming, depth)
    found = []
    for i in classes[tied]:
        if found and budget[0] <= 0:
            break
        budget[0] -= 1
        found.append(_best(powers, bound, {**colours, i: tied + "!"}, naming, depth, budget))
    return min(found)


def _refined(powers: Powers, bound: Sequence[Index], colours: dict[Index, str], naming: Naming, depth: int) -> dict[Index, str]:
    if len(bound) == 1:
        return colours
    count = len(set(colours.values()))
    while count < len(bound):
        signatures = {}
        for i in bound:
            seen = {**naming, **colours, i: "?*"}
            signatures[i] = (colours[i], sorted([f"{f.key(seen, depth + 1)}^{e}" for f, e in powers if i in f.indices]))
        ranks = {s: k for k, s in enumerate(sorted({repr(s) for s in signatures.values()}))}
        colours = {i: f"?{ranks[repr(s)]:04d}" for i, s in signatures.items()}
        if len(ranks) == count:
            break
        count = len(ranks)
    return colours


def _written(powers: Powers, order: Sequence[Index], naming: Naming, depth: int) -> str:
    names = {**naming, **{i: f"${depth}.{k}" for k, i in enumerate(order)}}
    ranges = ",".join(i.range for i in order)
    return f"sum<{ranges}>{{{'*'.join(sorted([f'{f.key(names, depth + 1)}^{e}' for f, e in powers]))}}}"
