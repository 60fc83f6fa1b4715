"""One branch of a tableau: what is known of the signs of polynomials."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from twofold.symbolic.equations.bounds import ANY_SIGN, Bounds, factored, settled
from twofold.symbolic.equations.formula import FALSE, And, Atom, Fact, Formula, Or, both, either
from twofold.symbolic.equations.ring import Polynomial, Ratio, key_of

RELATION = {
    frozenset((0,)): "=",
    frozenset((1,)): ">",
    frozenset((-1,)): "<",
    frozenset((0, 1)): ">=",
    frozenset((-1, 0)): "<=",
    frozenset((-1, 1)): "!=",
}


class Closed(Exception):
    """The branch has no solution."""


@dataclass(slots=True)
class Branch:
    """`signs` of irreducible factors (`polynomials` by key), other literals, disjunctions still to split, unknowns removed
    and remainders added so far."""

    bounds: Bounds
    signs: dict[Any, frozenset[int]] = field(default_factory=dict)
    polynomials: dict[Any, Polynomial] = field(default_factory=dict)
    products: list[Atom] = field(default_factory=list)
    facts: dict[Any, bool] = field(default_factory=dict)
    choices: list[Or] = field(default_factory=list)
    removed: tuple[tuple[int, Ratio], ...] = ()
    divided: frozenset[Any] = frozenset()

    def copy(self) -> Branch:
        return Branch(
            self.bounds.copy(),
            dict(self.signs),
            dict(self.polynomials),
            list(self.products),
            dict(self.facts),
            list(self.choices),
            self.removed,
            self.divided,
        )

    def factor_signs(self, f: Polynomial) -> frozenset[int]:
        known = self.signs.get(key_of(f), ANY_SIGN)
        return known & self.bounds.factor_sign(f, 2) if len(known) > 1 else known

    def sign(self, p: Polynomial) -> frozenset[int]:
        """The signs a polynomial can have in this branch."""
        c, found = factored(p)
        out = {1 if c > 0 else -1}
        for f, e in found:
            s = self.factor_signs(f)
            out = {a * (b if e % 2 else b * b) for a in out for b in s}
        return frozenset(out)

    def known(self, f: Formula) -> bool | None:
        """The truth of a literal in this branch."""
        if isinstance(f, Fact):
            t = self.facts.get(f.key)
            return None if t is None else t == f.positive
        assert isinstance(f, Atom)
        return settled(self.sign(f.polynomial), f.relation)

    def simplified(self, f: Formula) -> Formula:
        """The formula with the literals whose truth is known left out."""
        if isinstance(f, (Atom, Fact)):
            t = self.known(f)
            return f if t is None else And(()) if t else FALSE
        parts = [self.simplified(p) for p in f.parts]
        return both(*parts) if isinstance(f, And) else either(*parts)

    def check(self) -> None:
        """Compares the signs with the bounds as they are now; raises `Closed` where they contradict each other."""
        for key, s in list(self.signs.items()):
            now = s & self.bounds.factor_sign(self.polynomials[key], 2)
            if not now:
                raise Closed
            self.signs[key] = now

    def relations(self) -> list[Atom]:
        """What is known of the factors, as literals."""
        return [Atom(self.polynomials[key], RELATION[s], (key, RELATION[s])) for key, s in self.signs.items() if s in RELATION]
