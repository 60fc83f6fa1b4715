"""What a decision method is asked: one relation between two terms under assumptions."""

from __future__ import annotations

from dataclasses import dataclass, field

from twofold.core.span import NOWHERE, Span
from twofold.grammar.term import Symbol, Term


@dataclass(frozen=True, slots=True)
class Goal:
    """`left relation right` for all values of the free symbols that satisfy the assumptions.

    `relation`: `== != < <= > >= ~= => <=>`; `<==` is turned round before. `up_to` is "", constant, scale, sign, order or transpose, in `variables`.
    `reading`: real or complex. `tolerance` is for `~=` (absolute, exact text of a rational) where given.
    """

    relation: str
    left: Term
    right: Term
    assumptions: tuple[Term, ...] = ()
    reading: str = "real"
    up_to: str = ""
    variables: tuple[Symbol, ...] = ()
    tolerance: Term | None = None
    span: Span = field(default=NOWHERE, compare=False)
    seed: int = 7
