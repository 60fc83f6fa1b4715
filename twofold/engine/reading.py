"""Whether a claim or a question is about real or about complex numbers."""

from __future__ import annotations

from collections.abc import Iterable

from twofold.catalogue.index import functions
from twofold.engine.environment import involved
from twofold.grammar.term import App, Const, Term, nodes


def reading(terms: Iterable[Term]) -> str:
    """`complex` where a name or a constant is complex or a function has complex results by nature, `real` otherwise."""
    terms = list(terms)
    if any(s.kind == "complex" for s in involved(terms)):
        return "complex"
    known = functions()
    for term in terms:
        for t in nodes(term):
            kind = type(t)
            if kind is Const and t.name == "im" and t.sort == "number":  # type: ignore[attr-defined]
                return "complex"
            if kind is App and (spec := known.get(t.op)) is not None and spec.complex:  # type: ignore[attr-defined]
                return "complex"
    return "real"
