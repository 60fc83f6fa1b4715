"""Short forms of expressions with vectors and matrices of symbolic size."""

from __future__ import annotations

from twofold.catalogue.shapes import full
from twofold.grammar.term import Term, subterms
from twofold.symbolic.tensors.node import Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.write import write


def simplified(term: Term) -> Term:
    """The term written from its index form, where that is shorter; otherwise the term itself. Equal wherever both are defined."""
    try:
        found = write(Reader().read(term))
    except Unsupported:
        return term
    if found.sort != "number" or full(found.shape) != full(term.shape):
        return term
    return found if _length(found) < _length(term) else term


def _length(term: Term) -> int:
    return sum(1 for _ in subterms(term))
