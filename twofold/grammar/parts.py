"""What the callbacks of the grammar hand to each other before it is a tree."""

from __future__ import annotations

from typing import Any, NamedTuple

from twofold.core.span import Span
from twofold.grammar.scan import Token
from twofold.grammar.tree import Expr


class Modifier(NamedTuple):
    """A modifier as written: `kind` is by, given, where, within or up_to."""

    kind: str
    value: Any
    start: int
    end: int


class Modified(NamedTuple):
    """An expression with modifiers behind it, in the order of the text."""

    expression: Expr
    modifiers: list[Modifier]


class Arrow(NamedTuple):
    """`x -> …` until the call around it says whether this is a function or an approach."""

    parameters: Expr
    body: Expr
    side: Token | None
    span: Span


class Sentence:
    """A statement whose place decides what it is: a question, a claim, the start of a chain or a step (`relation`)."""

    def __init__(self, expression: Expr, modifiers: list[Modifier]) -> None:
        self.expression = expression
        self.modifiers = modifiers
        self.check = False
        self.name: str | None = None
        self.relation: Token | None = None


class Branch(tuple[Any, ...]):
    """(value, condition), or (value, None) for `otherwise`."""
