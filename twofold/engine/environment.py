"""What a session knows: names, assumptions and settings. Never changed in place, so that going back is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from twofold.catalogue.resolve import Entity, Macro
from twofold.engine.settings import Settings
from twofold.grammar.term import Symbol, Term, free_symbols, substitute, var


@dataclass(frozen=True, slots=True)
class Environment:
    """`names` are in the order in which they were last defined; `lost` are those whose definition could not be read."""

    names: Mapping[str, Entity] = field(default_factory=dict)
    assumptions: tuple[Term, ...] = ()
    settings: Settings = Settings()
    lost: frozenset[str] = frozenset()

    def bind(self, names: Mapping[str, Entity]) -> Environment:
        """The environment with more names. A name that was only assumed gets its new meaning in everything defined with it."""
        refined = {
            old: new
            for name, new in names.items()
            if isinstance(old := self.names.get(name), Symbol)
            and old.assumed
            and isinstance(new, Symbol)
            and old.shape == new.shape
        }
        if refined:
            return self._refined(refined).bind(names)
        kept = {n: e for n, e in self.names.items() if n not in names}
        return replace(self, names={**kept, **names}, lost=self.lost.difference(names))

    def lose(self, names: Iterable[str]) -> Environment:
        """The environment after a definition that failed: what the names stood for before is not what is meant by them now."""
        gone = frozenset(names)
        kept = {n: e for n, e in self.names.items() if n not in gone}
        return replace(self, names=kept, lost=self.lost | gone)

    def assume(self, facts: Iterable[Term]) -> Environment:
        """The environment under further assumptions."""
        new = tuple(f for f in facts if f not in self.assumptions)
        return replace(self, assumptions=(*self.assumptions, *new)) if new else self

    def setting(self, settings: Settings) -> Environment:
        """The environment under other settings."""
        return replace(self, settings=settings)

    def _refined(self, symbols: Mapping[Symbol, Symbol]) -> Environment:
        values: dict[Symbol, Term] = {old: var(new) for old, new in symbols.items()}

        def moved(entity: Entity) -> Entity:
            if isinstance(entity, Symbol):
                if entity in symbols:
                    return symbols[entity]
                return entity
            if isinstance(entity, Macro):
                return replace(entity, names={n: moved(e) for n, e in entity.names.items()})
            return substitute(entity, values)

        names = {n: moved(e) for n, e in self.names.items() if not (isinstance(e, Symbol) and e in symbols)}
        return replace(self, names=names, assumptions=tuple(substitute(a, values) for a in self.assumptions))

    def concerning(self, terms: Iterable[Term], more: Iterable[Term] = ()) -> tuple[Term, ...]:
        """The assumptions that share a name with the terms, directly or through one another."""
        facts = [*self.assumptions, *more]
        if not facts:
            return ()
        reached = set(involved(terms))
        pending = [(fact, set(involved([fact]))) for fact in facts]
        chosen: set[Term] = set()
        grown = True
        while grown:
            grown = False
            for fact, symbols in pending:
                if fact not in chosen and (symbols & reached or not symbols):
                    chosen.add(fact)
                    reached |= symbols
                    grown = True
        return tuple(f for f in facts if f in chosen)


def involved(terms: Iterable[Term]) -> list[Symbol]:
    """The free symbols of terms, with those in their sizes, bounds and laws, in the order met."""
    found: dict[Symbol, None] = {}
    stack = list(terms)[::-1]
    while stack:
        for symbol in free_symbols(stack.pop()):
            if symbol in found:
                continue
            found[symbol] = None
            stack.extend(d for d in symbol.shape if not isinstance(d, int))
            stack.extend(t for t in (symbol.lower, symbol.upper, symbol.law) if t is not None)
    return list(found)
