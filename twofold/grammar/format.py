"""Trees and texts laid out: `write` prints a tree, `fmt` lays a text out anew and keeps its comments.

`fmt` works on the tokens, so spellings and the line breaks inside brackets stay the writer's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from twofold.core.span import Source
from twofold.grammar import tree
from twofold.grammar.lines import Line, command, split
from twofold.grammar.parse import parse
from twofold.grammar.scan import Token, foreign, scan
from twofold.grammar.terminals import VALUES, terminals
from twofold.grammar.write import write

__all__ = ["fmt", "write"]

INDENT = 2
_TIGHT_BEFORE = frozenset("COMMA SEMICOLON RPAR RSQB RBRACE ICLOSE PCLOSE PRIME BANG POWER INDEX SIDE".split())
_TIGHT_AFTER = frozenset("LPAR LSQB LBRACE IOPEN INDEX ROOT FUNC SQUARE PROPTO".split())
_OPENING = frozenset("LPAR LSQB LBRACE IOPEN INDEX".split())
_CLOSING = frozenset("RPAR RSQB RBRACE ICLOSE PCLOSE".split())
_VALUE_STARTS = frozenset("NAME FUNC SQUARE NUMBER STRING LPAR LSQB LBRACE ROOT LEIBNIZ".split())
_REST_OF_LINE = re.compile(r"[^\S\n]*(#[^\n]*)?\n")
_STEPS = frozenset("RELATION ARROW EQUAL".split())
_CONTINUING = frozenset("BY GIVEN WHERE WITHIN LOGIC IN UPTO".split())


def fmt(text: str) -> str:
    """The text in canonical layout: spaces, indentation, at most one blank line; comments and unreadable statements as they are.

    The tree does not change, and laying out twice changes nothing more. In a chain, a line that opens with `=` gets `==`.
    """
    return text if foreign(text) is not None else _Layout(text).run()


def _broken(node: object, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    for child in tree.children(node):
        if isinstance(child, tree.Broken):
            found.append((child.span.start, child.span.end))
        elif isinstance(child, tree.Derivation | tree.Scope):
            _broken(child, found)
    return found


class _Layout:
    """Lays one text out, logical line by logical line."""

    def __init__(self, text: str) -> None:
        self.source = Source("", text)
        self.text = text
        tokens = scan(text)
        self.comments = [token for token in tokens if token.kind == "COMMENT"]
        self.lines = split(tokens)
        self.unread = sorted(_broken(parse(text), []))
        self.depth = 0
        self.rows: list[str] = []
        self.position = 0

    def run(self) -> str:
        for number, line in enumerate(self.lines):
            first = line.tokens[0].kind
            inner = self.depth
            if first == "END":
                self.depth = max(0, self.depth - 1)
            self._between(line.start, inner if first == "END" else self.depth, number)
            self._line(line)
            self.position = line.stop
            if line.hidden:
                self.rows[-1] += ";"
            self.depth += first in ("DERIVATION", "ASSUME")
        self._between(len(self.text), self.depth, len(self.lines))
        while self.rows and not self.rows[-1].strip():
            self.rows.pop()
        return "".join(row.rstrip() + "\n" for row in self.rows)

    def _between(self, end: int, depth: int, number: int) -> None:
        """Comments and blank lines up to the next logical line; leaves a row begun for it."""
        gap = self.text[self.position : end]
        parts = gap.split("\n")
        offset = self.position
        for row, part in enumerate(parts):
            comment = part[part.index("#") :].rstrip() if "#" in part else ""
            if row == 0 and self.position:
                if comment:
                    self.rows[-1] += "  " + comment
            elif comment:
                self.rows.append(" " * (INDENT * depth) + comment)
            elif row < len(parts) - 1 and self.rows and self.rows[-1]:
                self.rows.append("")
            offset += len(part) + 1
        if end < len(self.text) or number < len(self.lines):
            if len(parts) == 1 and self.position:
                self.rows[-1] += " "
            else:
                self.rows.append("")

    def _line(self, line: Line) -> None:
        first = line.tokens[0]
        inside = self.depth > 0
        base = INDENT * self.depth
        if inside and (first.kind in _CONTINUING or first.text == "up" and len(line.tokens) > 1 and line.tokens[1].text == "to"):
            base += 2 * INDENT
        elif inside and first.kind in _STEPS:
            base += INDENT
        if not self.rows[-1]:
            self.rows[-1] = " " * base
        place = bisect_right(self.unread, (line.start, len(self.text)))
        if place and line.end <= self.unread[place - 1][1]:
            rows = self.text[line.start : line.end].split("\n")
            self.rows[-1] += rows[0]
            self.rows.extend(rows[1:])
            return
        if command(line.tokens) == "expect":
            self.rows[-1] += "expect " + "".join(self.text[line.tokens[1].start : line.end].split())
        else:
            self._tokens(line, base)

    def _tokens(self, line: Line, base: int) -> None:
        lead = (
            [Token("NAME", line.start, line.start, "")]
            if line.tokens[0].kind in _CONTINUING or line.tokens[0].text == "up"
            else []
        )
        found = terminals(lead + line.tokens, self.source)[len(lead) :]
        declares = found[0].kind == "LET"
        columns: list[int] = []
        previous: Token | None = None
        end = line.start
        for place, token in enumerate(found):
            following = found[place + 1].start if place + 1 < len(found) else line.end
            shown = self._shown(token, following)
            if place == 0 and token.kind == "EQUAL" and self.depth:
                shown = "=="
            gap = self.text[end : token.start]
            if previous and "\n" in gap:
                self._break(gap, columns, base, token.kind in _CLOSING)
            elif previous:
                before = found[place - 2] if place > 1 else None
                self.rows[-1] += self._space(before, previous, token, bool(gap), declares and not columns)
            if token.kind in _CLOSING:
                columns.pop()
            self.rows[-1] += shown
            if token.kind in _OPENING:
                hangs = _REST_OF_LINE.match(self.text, token.end)
                columns.append(-1 if hangs else len(self.rows[-1]))
            previous, end = token, max(token.end, following if token.kind == "FUNC" else 0)

    def _shown(self, token: Token, following: int) -> str:
        if token.kind == "FUNC":
            return re.sub(r"\s+", "", self.text[token.start : following])
        typed = self.text[token.start : token.end]
        if token.kind == "LEIBNIZ":
            return re.sub(r"(?<=[(/^∂])\s+|\s+(?=[)/^])", "", re.sub(r"\s+", " ", typed))
        return "up to" if token.kind == "UPTO" else typed

    def _break(self, gap: str, columns: list[int], base: int, closes: bool) -> None:
        """A line break inside a statement, with the comments that stand there."""
        hanging = columns and columns[-1] < 0
        column = base + INDENT if not columns or hanging else columns[-1]
        rows = gap.split("\n")
        for row, part in enumerate(rows):
            comment = part[part.index("#") :].rstrip() if "#" in part else ""
            if row == 0:
                self.rows[-1] += "  " + comment if comment else ""
            elif comment:
                self.rows.append(" " * column + comment)
        self.rows.append(" " * (base if closes and hanging else column))

    def _space(self, before: Token | None, previous: Token, token: Token, spaced: bool, declares: bool) -> str:
        left, right = previous.kind, token.kind
        if left == right == "POWER":
            return " "
        if left in _TIGHT_AFTER or right in _TIGHT_BEFORE:
            return ""
        if left == "SIGN" and (before is None or before.kind not in VALUES):
            return ""
        if left == "OPERATOR" and previous.text[0] != "." or right == "OPERATOR" and token.text[0] != ".":
            return ""
        if ".." in (previous.text, token.text) and "OPERATOR" in (left, right):
            return ""
        if right == "COLON":
            return " " if declares or left == "COMMA" else ""
        if left in VALUES and right in _VALUE_STARTS:
            return " " if spaced else ""
        return " "
