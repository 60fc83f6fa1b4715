"""Sentences to statements: what stands alone is a question or a claim, in a derivation it opens or continues a chain."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.builder import Builder
from twofold.grammar.parts import Modifier, Sentence
from twofold.grammar.tree import Chain, Claim, Expect, Expr, Modifiers, Question, Step

_ARROWS = frozenset(("=>", "<=>", "<=="))


def claims(expression: Expr) -> bool:
    """Whether an expression is true or false by its form."""
    if isinstance(expression, tree.Where | tree.Given):
        return claims(expression.expression)
    if isinstance(expression, tree.Prefix):
        return expression.operator == "not"
    if isinstance(expression, tree.Name):
        return expression.id in ("true", "false")
    return isinstance(expression, tree.Relation | tree.Logic)


def alone(sentence: Sentence, builder: Builder, span: Span, hidden: bool) -> Question | Claim:
    """A sentence outside a chain."""
    if sentence.check or claims(sentence.expression):
        statement, modifiers = modified(sentence, builder)
        return Claim(statement, modifiers, sentence.name, hidden, span=span)
    return Question(builder.wrapped(sentence.expression, sentence.modifiers), hidden, span=span)


def modified(sentence: Sentence, builder: Builder) -> tuple[Expr, Modifiers]:
    """The expression with its substitutions, and the modifiers of a claim or a line."""
    node = sentence.expression
    found: dict[str, Any] = {}
    for modifier in sentence.modifiers:
        key = modifier.kind
        if key == "where":
            before = [Modifier("given", found.pop("given"), modifier.start, modifier.start)] if "given" in found else []
            node = builder.wrapped(node, [*before, modifier])
        elif key in found:
            name = key.replace("_", " ")
            raise fail(
                "misplaced-modifier",
                f"`{name}` stands here twice",
                builder.places.span(modifier.start, modifier.end),
                "keep one of them",
            )
        else:
            found[key] = modifier.value
    return node, Modifiers(**found)


class OpenChain:
    """A chain while its lines are read.

    A line that holds a whole relation is taken apart when the lines around it are of the same kind: `a == b` followed by `== c`
    is a chain of three, and so is a step `== b == c`; `a == b` followed by `<=> c == d` keeps its equation whole.
    """

    def __init__(self, sentence: Sentence, builder: Builder, span: Span) -> None:
        self.builder = builder
        self.start, self.modifiers = modified(sentence, builder)
        self.span = span
        self.steps: list[Step] = []
        self.expect: Expect | None = None
        self.torn = False

    def step(self, sentence: Sentence, span: Span) -> None:
        """Adds a line that opens with a relation."""
        sign = sentence.relation
        assert sign is not None
        node, modifiers = modified(sentence, self.builder)
        relation = sign.text
        if not self.steps and self.expect is None:
            self._take_start_apart(relation in _ARROWS)
        first, rest = self._apart(node, relation in _ARROWS)
        place = self.builder.places.span(sign.start, sign.end)
        steps = [Step(relation, first, Modifiers(), sign.extra or (), place, span=span), *rest]
        steps[-1] = replace(steps[-1], modifiers=modifiers)
        self.steps.extend(steps)
        self.span = self.span.to(span)

    def expected(self, expect: Expect) -> None:
        """Adds an `expect` line about the last step, or about the first line while there is no step."""
        if self.steps:
            self.steps[-1] = replace(self.steps[-1], expect=expect)
        else:
            self.expect = expect
        self.span = self.span.to(expect.span)

    def close(self) -> Chain:
        if not self.steps and self.expect is None:
            self._take_start_apart(True)
        return Chain(self.start, tuple(self.steps), self.modifiers, self.expect, self.torn, span=self.span)

    def _take_start_apart(self, arrows: bool) -> None:
        self.start, self.steps = self._apart(self.start, arrows)
        if self.steps:
            self.steps[-1] = replace(self.steps[-1], modifiers=self.modifiers)
            self.modifiers = Modifiers()

    def _apart(self, node: Expr, arrows: bool) -> tuple[Expr, list[Step]]:
        """The first operand of a relation of the given kind, and the rest of it as steps."""
        places = self.builder.places
        if places.grouped(node):
            return node, []
        if arrows and isinstance(node, tree.Logic) and node.operator in _ARROWS:
            return node.left, [self._between(node.operator, node.left, node.right)]
        if arrows or not isinstance(node, tree.Relation) or "in" in node.operators:
            return node, []
        pairs = zip(node.operators, node.operands, node.operands[1:], strict=False)
        return node.operands[0], [
            self._between(sign, left, right, node.variables if sign == "propto" else ()) for sign, left, right in pairs
        ]

    def _between(self, sign: str, left: Expr, right: Expr, variables: tuple[tree.Name, ...] = ()) -> Step:
        """A step whose sign stands between two operands on one line."""
        places = self.builder.places
        start, end = places.end(left), places.start(right)
        typed = places.source.text[start:end]
        start, end = start + len(typed) - len(typed.lstrip()), end - len(typed) + len(typed.rstrip())
        return Step(sign, right, Modifiers(), variables, places.span(start, end), span=places.span(start, places.end(right)))
