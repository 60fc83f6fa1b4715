"""Derivatives as terms, not worked out."""

from __future__ import annotations

from twofold.catalogue.shapes import bound
from twofold.core.span import NOWHERE, Span
from twofold.grammar.term import Bound, Symbol, Term, copy_symbol, num, substitute, var


def derivative_by(f: Term, s: Symbol, span: Span = NOWHERE) -> Bound:
    """The derivative of a term by a name, as a function of that name."""
    inner = copy_symbol(s)
    return bound("diff", (inner,), substitute(f, {s: var(inner)}), var(s), num(1), span=span)
