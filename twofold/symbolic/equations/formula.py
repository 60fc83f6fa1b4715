"""Formulas: signs of polynomials joined by and, or. Negation is carried out, so a formula is monotone in its literals.

A literal whose polynomial is not defined at a point is unknown there; readings put the condition of being defined before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from twofold.symbolic.equations.ring import Polynomial, constant_value, key_of, monic

NEGATED = {"=": "!=", "!=": "=", ">": "<=", "<=": ">", ">=": "<", "<": ">="}
FLIPPED = {"=": "=", "!=": "!=", ">": "<", "<": ">", ">=": "<=", "<=": ">="}


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """`polynomial relation 0`; the polynomial has leading coefficient 1."""

    polynomial: Polynomial
    relation: str
    key: Any


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is either so or not, of which nothing else is known (a kernel being defined)."""

    key: Any
    positive: bool = True


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Formula, ...]


Formula: TypeAlias = Atom | Fact | And | Or

TRUE = And(())
FALSE = Or(())


def holds(value: Fraction | int, relation: str) -> bool:
    """Whether a number stands in a relation to 0."""
    return {"=": value == 0, "!=": value != 0, ">": value > 0, ">=": value >= 0, "<": value < 0, "<=": value <= 0}[relation]


def atom(p: Polynomial, relation: str) -> Formula:
    """A literal, or its truth where the polynomial is a number."""
    value = constant_value(p)
    if value is not None:
        return TRUE if holds(value, relation) else FALSE
    c, p = monic(p)
    return Atom(p, relation if c > 0 else FLIPPED[relation], (key_of(p), relation if c > 0 else FLIPPED[relation]))


def both(*parts: Formula) -> Formula:
    """A conjunction, flattened."""
    found: list[Formula] = []
    for p in parts:
        if isinstance(p, And):
            found.extend(p.parts)
        elif p == FALSE:
            return FALSE
        else:
            found.append(p)
    return found[0] if len(found) == 1 else And(tuple(_distinct(found)))


def either(*parts: Formula) -> Formula:
    """A disjunction, flattened."""
    found: list[Formula] = []
    for p in parts:
        if isinstance(p, Or):
            found.extend(p.parts)
        elif p == TRUE:
            return TRUE
        else:
            found.append(p)
    return found[0] if len(found) == 1 else Or(tuple(_distinct(found)))


def _distinct(parts: list[Formula]) -> list[Formula]:
    seen: set[Any] = set()
    out: list[Formula] = []
    for p in parts:
        key = p.key if isinstance(p, Atom) else p if isinstance(p, Fact) else None
        if key is None or key not in seen:
            out.append(p)
            seen.add(key)
    return out


def negate(f: Formula) -> Formula:
    if isinstance(f, Atom):
        relation = NEGATED[f.relation]
        return Atom(f.polynomial, relation, (f.key[0], relation))
    if isinstance(f, Fact):
        return Fact(f.key, not f.positive)
    if isinstance(f, And):
        return either(*map(negate, f.parts))
    return both(*map(negate, f.parts))


def literals(f: Formula) -> Iterator[Atom | Fact]:
    """The literals of a formula."""
    if isinstance(f, (And, Or)):
        for p in f.parts:
            yield from literals(p)
    else:
        yield f


def rewrite(f: Formula, rule: Callable[[Atom], Formula]) -> Formula:
    """The formula with every atom replaced."""
    if isinstance(f, Atom):
        return rule(f)
    if isinstance(f, Fact):
        return f
    parts = [rewrite(p, rule) for p in f.parts]
    return both(*parts) if isinstance(f, And) else either(*parts)


def truth(f: Formula, value: Callable[[Atom | Fact], bool | None]) -> bool | None:
    """The truth of a formula from that of its literals; `None` is unknown."""
    if isinstance(f, (Atom, Fact)):
        return value(f)
    decisive = isinstance(f, Or)
    unknown = False
    for p in f.parts:
        t = truth(p, value)
        if t is decisive:
            return decisive
        unknown = unknown or t is None
    return None if unknown else not decisive
