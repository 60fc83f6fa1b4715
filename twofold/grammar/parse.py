"""Text to tree. Every statement is read by itself, so that one that cannot be read leaves the others alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Source, Span
from twofold.grammar import tree
from twofold.grammar.builder import Builder
from twofold.grammar.climb import DEEPEST, too_deep
from twofold.grammar.expected import unexpected
from twofold.grammar.lines import Line, command, is_complete, split
from twofold.grammar.machine import Machine, Unexpected
from twofold.grammar.parts import Sentence
from twofold.grammar.scan import Token, foreign, scan
from twofold.grammar.sentence import OpenChain, alone
from twofold.grammar.terminals import refusals, terminals
from twofold.grammar.tree import Broken, Derivation, Expr, Scope, Script, Statement

__all__ = ["is_complete", "parse", "parse_expression"]

_SIGNS = frozenset(("RELATION", "ARROW", "EQUAL"))
_CONTINUING = frozenset(("BY", "GIVEN", "WHERE", "WITHIN", "LOGIC", "IN"))
_BLOCKS = frozenset(("DERIVATION", "ASSUME", "END"))
DEEPEST_BLOCKS = 50
MOST_DIAGNOSTICS = 5
"""Of one statement; the rest would be noise."""

_ADD_END = "write `end` on a line of its own"


def parse(text: str, name: str = "<text>", functions: frozenset[str] = frozenset()) -> Script:
    """The statements of a text; never raises.

    A statement that cannot be read is a `Broken` in its place, inside blocks too. `name` is what diagnostics call the text.
    `functions` are the names known to be functions: `sin x` is then refused here, otherwise that is left to the resolver.
    """
    return Reader(Source(name, text), functions).script()


def parse_expression(text: str, name: str = "<text>", functions: frozenset[str] = frozenset()) -> Expr:
    """The one expression that a text holds, on one line or several; `where` and `given` may follow it.

    Raises `TwofoldError` with the first thing that is wrong.
    """
    reader = Reader(Source(name, text), functions)
    lines = split([token for token in scan(text) if token.kind != "NEWLINE"])
    if not lines:
        raise fail("missing-operand", "there is no expression here", Span(reader.source, 0, len(text)), "write one")
    if len(lines) > 1:
        raise fail("syntax", "there is more than one expression here", reader.span(lines[1].tokens), "write one")
    tokens = lines[0].tokens
    found = reader.read(tokens, commands=False)
    if not isinstance(found, Sentence) or found.check or found.relation:
        raise fail("syntax", "this is a statement, not an expression", reader.span(tokens), "write an expression")
    return reader.builder.wrapped(found.expression, found.modifiers)


class Block:
    """A derivation, an `assume` scope, or the script itself (`head` is None) while its lines are read."""

    def __init__(self, head: Derivation | Scope | None, start: int) -> None:
        self.head = head
        self.start = start
        self.items: list[Statement] = []
        self.chain: OpenChain | None = None

    def add(self, item: Statement) -> None:
        self.close_chain()
        self.items.append(item)

    def close_chain(self) -> None:
        if self.chain:
            self.items.append(self.chain.close())
        self.chain = None


class Reader:
    """Reads one text."""

    def __init__(self, source: Source, functions: frozenset[str]) -> None:
        self.source = source
        self.builder = Builder(source, functions)
        self.machine = Machine(self.builder)
        self.blocks = [Block(None, 0)]

    def span(self, tokens: list[Token]) -> Span:
        return Span(self.source, tokens[0].start, tokens[-1].end)

    def script(self) -> Script:
        place = foreign(self.source.text)
        lines = split(scan(self.source.text)) if place is None else []
        if place is not None:
            error = fail("not-text", "this is not text", Span(self.source, place, place + 1), "scripts are UTF-8 text")
            self.blocks[0].add(Broken((error.diagnostic,), span=error.diagnostic.span))
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            if len(self.blocks) > 1:
                while number < len(lines) and not line.hidden and self._continues(line, lines[number]):
                    line = Line(line.tokens + lines[number].tokens, lines[number].hidden)
                    number += 1
            following = lines[number] if number < len(lines) else None
            try:
                self._line(line, following)
            except TwofoldError as error:
                self._broken(line.tokens, error)
        while len(self.blocks) > 1:
            self._unclosed(len(self.source.text))
        return Script(tuple(self.blocks[0].items), span=Span(self.source, 0, len(self.source.text)))

    def read(self, tokens: list[Token], commands: bool = True) -> Any:
        """The value of one statement's tokens: a `Sentence` or a statement without its span."""
        found = terminals(tokens, self.source, commands)
        try:
            value = self.machine.run(found)
        except Unexpected as error:
            raise unexpected(found, error.place, error.expected, self.source) from None
        if len(tokens) > DEEPEST:
            self._check_height(value)
        return value

    # --- lines -------------------------------------------------------------------------------------------------------------

    def _line(self, line: Line, following: Line | None) -> None:
        tokens, block = line.tokens, self.blocks[-1]
        inside = len(self.blocks) > 1
        first = tokens[0].kind
        if first == "END":
            self._end(tokens)
        elif first in _BLOCKS:
            self._open(tokens)
        elif command(tokens) == "expect":
            self._expect(tokens)
        elif _opens_with_relation(tokens):
            self._step(line)
        elif inside and first == "SIGN" and tokens[0].text == "+":
            help = "end the line above with `+` to continue it, or start the line with a relation"
            raise fail("leading-plus", "a line in a block cannot start with `+`", self.span(tokens[:1]), help)
        else:
            value = self.read(tokens)
            span = self.span(tokens)
            if not isinstance(value, Sentence):
                block.add(replace(value, span=span, **({} if isinstance(value, tree.Include) else {"hidden": line.hidden})))
            elif (
                not value.check
                and inside
                and (isinstance(block.head, Derivation) or following and _opens_with_relation(following.tokens))
            ):
                chain = OpenChain(value, self.builder, span)
                block.close_chain()
                block.chain = chain
            elif not value.check and not inside and following and _opens_with_relation(following.tokens):
                place = self.span(following.tokens[:1])
                help = "write `derivation:` above the first line, and `end` below the last"
                raise fail("misplaced-step", "these steps stand outside of a derivation", place, help)
            else:
                block.add(alone(value, self.builder, span, line.hidden))

    def _continues(self, line: Line, following: Line) -> bool:
        """Whether the next line of a block belongs to this statement, other than as a step of a chain."""
        first = line.tokens[0].kind
        if first in _BLOCKS or command(line.tokens) == "expect":
            return False
        tokens = following.tokens
        if tokens[0].kind in _CONTINUING or tokens[0].text == "up" and len(tokens) > 1 and tokens[1].text == "to":
            return True
        return first == "CHECK" and tokens[0].kind in ("RELATION", "ARROW")

    def _step(self, line: Line) -> None:
        tokens, block = line.tokens, self.blocks[-1]
        sign = tokens[0]
        if sign.kind == "EQUAL":
            tokens = [sign._replace(kind="RELATION", text="=="), *tokens[1:]]
        if block.chain is None:
            if len(self.blocks) > 1 and block.items and isinstance(block.items[-1], Broken):
                self._resume(tokens)
                return
            if len(self.blocks) == 1 and block.items and _is_misplaced(block.items[-1]):
                # Said of the chain once; none of its lines is a statement of its own.
                block.items[-1] = replace(block.items[-1], span=block.items[-1].span.to(self.span(tokens)))
                return
            place = self.span(tokens[:1])
            if len(self.blocks) == 1:
                help = "steps stand in a `derivation: … end`; outside one, end the line above with the relation"
            elif block.items and isinstance(block.items[-1], tree.Definition):
                help = "a definition is not continued: write its name on a line of its own to start a chain"
            else:
                help = "write the expression that it continues on the line above"
            raise fail("misplaced-step", f"there is nothing that `{place.text}` continues", place, help)
        chain = block.chain
        try:
            chain.step(self.read(tokens), self.span(tokens))
        except TwofoldError:
            chain.torn = sign.kind == "ARROW"
            block.close_chain()
            raise

    def _resume(self, tokens: list[Token]) -> None:
        """A step after a line that could not be read: nothing to compare it with, so a chain starts with it."""
        sentence = self.read(tokens)
        sentence.relation = None
        sentence.modifiers = []
        chain = OpenChain(sentence, self.builder, self.span(tokens))
        chain.torn = tokens[0].kind == "ARROW"
        self.blocks[-1].chain = chain

    def _expect(self, tokens: list[Token]) -> None:
        word = "".join(self.source.text[t.start : t.end] for t in tokens[1:])
        if not word.replace("-", "").isalpha():
            help = "write for example: expect refuted"
            raise fail("syntax", "`expect` takes a verdict or the code of a diagnostic", self.span(tokens), help)
        expect = tree.Expect(word, span=self.span(tokens))
        chain = self.blocks[-1].chain
        if chain:
            chain.expected(expect)
        else:
            self.blocks[-1].add(expect)

    # --- blocks ------------------------------------------------------------------------------------------------------------

    def _open(self, tokens: list[Token]) -> None:
        if tokens[0].kind == "DERIVATION":
            while any(isinstance(block.head, Derivation) for block in self.blocks):
                self._unclosed(tokens[0].start)
        try:
            head: Derivation | Scope = self.read(tokens)
            problem = None
        except TwofoldError as error:
            head = Derivation(None, ()) if tokens[0].kind == "DERIVATION" else Scope((), ())
            problem = error
        if len(self.blocks) > DEEPEST_BLOCKS:
            raise too_deep(self.span(tokens))
        self.blocks[-1].close_chain()
        self.blocks.append(Block(replace(head, span=self.span(tokens)), tokens[0].start))
        if problem:
            self._broken(tokens, problem)

    def _end(self, tokens: list[Token]) -> None:
        if len(self.blocks) == 1:
            raise fail("unexpected-end", "this `end` closes nothing", self.span(tokens[:1]), "remove it, or open a block above")
        self._close(tokens[0].end)
        if len(tokens) > 1:
            raise fail("syntax", "`end` stands alone on its line", self.span(tokens[1:]), "put what follows on the next line")

    def _close(self, end: int) -> None:
        block = self.blocks.pop()
        block.close_chain()
        assert block.head is not None
        self.blocks[-1].add(replace(block.head, items=tuple(block.items), span=Span(self.source, block.start, end)))

    def _unclosed(self, end: int) -> None:
        block = self.blocks[-1]
        assert block.head is not None
        word = "derivation" if isinstance(block.head, Derivation) else "assume"
        error = fail("unclosed-block", f"this `{word}` has no `end`", block.head.span, _ADD_END)
        block.add(Broken((error.diagnostic,), span=block.head.span))
        self._close(end)

    def _broken(self, tokens: list[Token], error: TwofoldError) -> None:
        found = [problem.diagnostic for problem in refusals(tokens, self.source)] or [error.diagnostic]
        deep = [problem for problem in found if problem.code == "too-deep"]
        self.blocks[-1].add(Broken(tuple(deep or found[:MOST_DIAGNOSTICS]), span=self.span(tokens)))

    def _check_height(self, value: Any) -> None:
        stack: list[tuple[Any, int]] = [(part, 1) for part in _parts(value)]
        while stack:
            node, height = stack.pop()
            if height > DEEPEST:
                raise too_deep(node.span)
            if not isinstance(node, tree.Number | tree.Name):
                stack.extend((child, height + 1) for child in tree.children(node))


def _parts(value: Any) -> list[Any]:
    if not isinstance(value, Sentence):
        return tree.children(value)
    found = [value.expression]
    for modifier in value.modifiers:
        if isinstance(modifier.value, tuple):
            found.extend(modifier.value)
        elif isinstance(modifier.value, tree.Located):
            found.append(modifier.value)  # type: ignore[arg-type]
    return found


def _is_misplaced(item: Statement) -> bool:
    return isinstance(item, Broken) and item.diagnostics[0].code == "misplaced-step"


def _opens_with_relation(tokens: list[Token]) -> bool:
    return tokens[0].kind in _SIGNS
