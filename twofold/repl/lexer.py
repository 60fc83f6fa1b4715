"""Colours while typing, from the tokens of the grammar alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer as Base

STYLES = {
    "NUMBER": "ansicyan",
    "STRING": "ansigreen",
    "COMMENT": "ansibrightblack italic",
    "RELATION": "ansimagenta",
    "ARROW": "ansimagenta",
    "TILDE": "ansimagenta",
    "REFUSED": "ansired underline",
    "word": "bold ansiblue",
    "known": "ansiblue",
    "command": "ansiyellow",
}


class Lexer(Base):
    """`colour` is false for terminals that want none."""

    def __init__(self, colour: bool = True) -> None:
        self.colour = colour

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        text = document.text
        if not text or not self.colour:
            return lambda number: [("", document.lines[number] if number < len(document.lines) else "")]
        lines = coloured(text)
        return lambda number: list(lines[number]) if number < len(lines) else []


@lru_cache(maxsize=64)
def coloured(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The lines of a text as pairs (style, piece)."""
    pieces: list[tuple[str, str]] = []
    if text.lstrip()[:1] in (":", "?"):
        pieces.append((STYLES["command"], text))
    else:
        from twofold.grammar.scan import scan

        place = 0
        for token in scan(text):
            pieces += [("", text[place : token.start]), (_style(token.kind, token.text), text[token.start : token.end])]
            place = token.end
        pieces.append(("", text[place:]))
    lines: list[list[tuple[str, str]]] = [[]]
    for style, piece in pieces:
        first, *rest = piece.split("\n")
        lines[-1].append((style, first))
        lines += [[(style, part)] for part in rest]
    return tuple(tuple(line) for line in lines)


def _style(kind: str, text: str) -> str:
    from twofold.grammar.spelling import KEYWORDS
    from twofold.repl.index import entries

    if kind in STYLES:
        return STYLES[kind]
    if text in KEYWORDS and kind != "NAME":
        return STYLES["word"]
    if kind == "NAME" and any(e.name == text and e.kind in ("function", "law") for e in entries()):
        return STYLES["known"]
    return ""
