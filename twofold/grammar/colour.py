"""Tokens of a text for colouring: no tables, no tree, no errors raised, quick enough for every keystroke."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.grammar.lines import opens_statement
from twofold.grammar.scan import Token, scan
from twofold.grammar.spelling import KEYWORDS

_KINDS: dict[str, str] = {
    "NUMBER": "number", "STRING": "string", "COMMENT": "comment", "REFUSED": "error",
    **dict.fromkeys("SIGN OPERATOR PRIME BANG ROOT SUPER PARTIAL MAPSTO COMMA SEMICOLON COLON VBAR".split(), "operator"),
    **dict.fromkeys("RELATION ARROW EQUAL TILDE".split(), "relation"),
    **dict.fromkeys("LPAR RPAR LSQB RSQB LBRACE RBRACE".split(), "bracket"),
}  # fmt: skip
_SIGNS = frozenset(("RELATION", "LOGIC", "IN", "NOT"))


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) for every token but spaces, in order.

    Kinds: number, name, function (a name before a bracket), operator, relation, keyword, string, comment, bracket, error.
    """
    found = scan(text)
    fresh = True
    for place, token in enumerate(found):
        if token.kind != "NEWLINE":
            yield token.start, token.end, _kind(found, place, token, fresh, text)
        fresh = token.kind in ("NEWLINE", "SEMICOLON") or fresh and token.kind == "COMMENT"


def _kind(found: list[Token], place: int, token: Token, fresh: bool, text: str) -> str:
    kind = token.kind
    known = _KINDS.get(kind)
    if known is not None and (kind not in _SIGNS or not text[token.start].isalpha()):
        return known
    if kind != "NAME":
        return "keyword" if text[token.start].isalpha() else "operator"
    if text[token.start : token.end] in KEYWORDS or fresh and opens_statement(found, place):
        return "keyword"
    following = found[place + 1] if place + 1 < len(found) else None
    if token.text == "up" and following and following.text == "to":
        return "keyword"
    if token.text == "to" and place and found[place - 1].text == "up":
        return "keyword"
    while following and following.kind == "PRIME":
        place += 1
        following = found[place + 1] if place + 1 < len(found) else None
    return "function" if following and following.kind == "LPAR" else "name"
