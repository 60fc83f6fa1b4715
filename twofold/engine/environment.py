"""What a session knows: names, assumptions and settings. Never changed in place, so that going back is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from twofold.catalogue.resolve import Entity, Macro
from twofold.engine.settings import Settings
from twofold.grammar.term import (
    App,
    Array,
    Bound,
    Shape,
    Symbol,
    Term,
    children,
    copy_symbol,
    free_symbols,
    mentioned,
    rebuild,
    reshaped,
    substitute,
    subterms,
    var,
)


@dataclass(frozen=True, slots=True)
class Environment:
    """`names` are in the order in which they were last defined; `lost` are those whose definition could not be read."""

    names: Mapping[str, Entity] = field(default_factory=dict)
    assumptions: tuple[Term, ...] = ()
    settings: Settings = Settings()
    lost: frozenset[str] = frozenset()

    def bind(self, names: Mapping[str, Entity]) -> Environment:
        """The environment with more names. What is declared anew has its new meaning in everything defined with it."""
        refined = {
            old: new
            for name, new in names.items()
            if isinstance(old := self.names.get(name), Symbol)
            and isinstance(new, Symbol)
            and old is not new
            and old.law is None
            and new.law is None
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
        gone = set(symbols)
        declared = {s for s in symbols if not s.assumed}
        symbols = self._with_dependents(symbols)
        values: dict[Symbol, Term] = {old: var(new) for old, new in symbols.items()}

        def moved(entity: Entity) -> Entity:
            if isinstance(entity, Symbol):
                if entity in symbols:
                    return symbols[entity]
                return entity
            if isinstance(entity, Macro):
                return replace(entity, names={n: moved(e) for n, e in entity.names.items()})
            return _restated(entity, values)

        names = {n: moved(e) for n, e in self.names.items() if not (isinstance(e, Symbol) and e in gone)}
        # What was assumed of a name that nobody had declared is still meant; another declaration takes the place of an earlier one, which
        # said something of the name that comes first in it.
        kept = [a for a in self.assumptions if not declared.intersection(list(free_symbols(a))[:1])]
        return replace(self, names=names, assumptions=tuple(_restated(a, values) for a in kept))

    def _with_dependents(self, symbols: Mapping[Symbol, Symbol]) -> dict[Symbol, Symbol]:
        """New symbols also for those whose size, bounds or law mention one that gets a new one."""
        found: dict[Symbol, Symbol | None] = dict(symbols)

        def renewed(s: Symbol) -> Symbol:
            if s not in found:
                found[s] = None  # A symbol may stand in its own law by its index.
                values: dict[Symbol, Term] = {u: var(new) for u in _parts(s) if (new := renewed(u)) is not u}
                found[s] = _moved(s, values) if values else None
            return found[s] or s

        for entity in self.names.values():
            for s in _symbols(entity):
                renewed(s)
        for fact in self.assumptions:
            for s in involved([fact]):
                renewed(s)
        return {old: new for old, new in found.items() if new is not None}

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


def _symbols(entity: Entity) -> Iterable[Symbol]:
    """The symbols that an entity is, or is made of."""
    if isinstance(entity, Symbol):
        return [entity]
    if isinstance(entity, Macro):
        return [s for e in entity.names.values() for s in _symbols(e)]
    return involved([entity])


def _parts(s: Symbol) -> list[Symbol]:
    """The symbols in the size, the bounds and the law of a symbol."""
    terms = [*(d for d in s.shape if not isinstance(d, int)), *(t for t in (s.lower, s.upper, s.law) if t is not None)]
    return list(dict.fromkeys(u for t in terms for u in free_symbols(t)))


def _restated(term: Term, values: Mapping[Symbol, Term]) -> Term:
    """A term about other symbols, in which the sizes of its parts are about those too."""
    done: dict[int, Term] = {}

    def sized(shape: Shape) -> Shape:
        return tuple(d if isinstance(d, int) else substitute(d, values) for d in shape)

    def walk(t: Term) -> Term:
        if id(t) not in done:
            old = children(t)
            parts = tuple(map(walk, old))
            new = t if all(a is b for a, b in zip(parts, old, strict=True)) else rebuild(t, parts)
            if isinstance(new, App | Bound | Array) and (shape := sized(new.shape)) != new.shape:
                new = reshaped(new, shape)
            done[id(t)] = new
        return done[id(t)]

    return walk(substitute(term, values))


def _moved(s: Symbol, values: Mapping[Symbol, Term]) -> Symbol:
    """A symbol like another one, with other symbols in its size, its bounds and its law."""
    lower, upper, law = (None if t is None else substitute(t, values) for t in (s.lower, s.upper, s.law))
    shape = tuple(d if isinstance(d, int) else substitute(d, values) for d in s.shape)
    return copy_symbol(s, shape=shape, lower=lower, upper=upper, law=law)


def involved(terms: Iterable[Term]) -> list[Symbol]:
    """The free symbols of terms, with those in their sizes, bounds and laws, in the order met.

    Of `integrate(E[X], m = 0..1)` the m is bound, though it stands in the law of X alone.
    """
    found: dict[Symbol, None] = {}
    terms = list(terms)
    stack = terms[::-1]
    while stack:
        for symbol in free_symbols(stack.pop()):
            if symbol in found:
                continue
            found[symbol] = None
            stack.extend(d for d in symbol.shape if not isinstance(d, int))
            stack.extend(t for t in (symbol.lower, symbol.upper, symbol.law) if t is not None)
    if any(s.law is not None for s in found):
        bound = {s for t in terms for u in subterms(t) if isinstance(u, Bound) for s in u.symbols}
        return [s for s in found if s not in bound and (s.law is None or bound.isdisjoint(mentioned(s.law)))]
    return list(found)
