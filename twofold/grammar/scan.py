"""The first pass over a text: words, numbers, strings, signs, comments and line ends, with no idea of what they mean together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from twofold.grammar.spelling import KEYWORDS, NAME_PATTERN, SIGNS, SUPERSCRIPTS, canonical

LONGEST_LINE = 1_000_000
LONGEST_NUMBER = 4_000


class Token(NamedTuple):
    """A piece of text: `kind` is a terminal of the grammar, `text` its canonical spelling, `extra` what belongs to the kind.

    Kinds that only this pass knows: NEWLINE, COMMENT, SUPER, PARTIAL, and REFUSED, whose `extra` is (code, headline, help).
    """

    kind: str
    start: int
    end: int
    text: str
    extra: Any = None


Refusal = tuple[str, str, str]

_REFUSED: dict[str, Refusal] = {
    "==>": ("unknown-operator", "`==>` is not a relation", "write `=>` for \"implies\""),
    "<==>": ("unknown-operator", "`<==>` is not a relation", "write `<=>` for \"the same solutions\""),
    "<>": ("unknown-operator", "`<>` is not a relation", "write `!=`"),
    "===": ("unknown-operator", "`===` is not a relation", "write `==`"),
    "=<": ("unknown-operator", "`=<` is not a relation", "write `<=`"),
    "**": ("unknown-operator", "`**` is not an operator", "write `^` for a power"),
    ".^": ("unknown-operator", "`.^` is not an operator", "write `v .* v` for an entrywise square"),
    ":=": ("unknown-operator", "`:=` is not a sign of the language", "write `=` to define"),
    "&&": ("unknown-operator", "`&&` is not an operator", "write `and`"),
    "||": ("absolute-value", "bars do not mean a norm or \"or\"", "write `norm(x)`, or `or`"),
    "...": ("unknown-operator", "`...` is not a sign of the language", "write `..` for a range"),
    "%": ("unknown-operator", "`%` is not an operator", "write `x/100` for a percentage, `mod(a, b)` for a remainder"),
    "±": ("unknown-operator", "`±` is not an operator", "write both values as a list: `[a + b, a - b]`"),
    "÷": ("unknown-operator", "`÷` is not an operator", "write `/`"),
    "∫": ("integral-sign", "`∫` is not read", "write `integrate(f, x)` or `integrate(f, x = a..b)`"),
    "@": ("unknown-operator", "`@` is not an operator", "write `*` for a matrix product"),
    "&": ("unknown-operator", "`&` is not an operator", "write `and`"),
    "–": ("unknown-character", "this dash is not a minus sign", "write `-`"),
    "—": ("unknown-character", "this dash is not a minus sign", "write `-`"),
}  # fmt: skip
_QUOTES = "“”„«»‘’`"


def _alternatives(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_LEXEME = re.compile(
    rf"""
    (?P<SPACE>[ \t\r\f\v\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+)
  | (?P<NAME>{NAME_PATTERN})
  | (?P<NUMBER>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
  | (?P<POINT>\.[0-9]+)
  | (?P<BANG>!(?===))
  | (?P<SIGN>{_alternatives([*SIGNS, *_REFUSED])})
  | (?P<NEWLINE>\n)
  | (?P<COMMENT>\#[^\n]*)
  | (?P<STRING>"[^"\n]*")
  | (?P<SUPER>[{"".join(SUPERSCRIPTS)}]+)
  | (?P<OPEN>"[^\n]*)
  | (?P<OTHER>[^\s\w(){{}}\[\],;"\#]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def scan(text: str) -> list[Token]:
    """The tokens of a text, spaces left out, line ends and comments kept. A line too long to read becomes one REFUSED token."""
    found: list[Token] = []
    start = 0
    for begin, end in _long_lines(text):
        found.extend(_scan(text, start, begin))
        found.append(Token("REFUSED", begin, end, "", _TOO_LONG))
        start = end
    found.extend(_scan(text, start, len(text)))
    return found


_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f\ufffd]")


def foreign(text: str) -> int | None:
    """Where a text shows that it is no text: a NUL, or more control characters than a slip of the keyboard leaves."""
    if "\0" in text:
        return text.index("\0")
    found = _CONTROL.findall(text)
    return text.index(found[0]) if len(found) >= 10 and 50 * len(found) > len(text) else None


def _scan(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _LEXEME.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "SPACE":
            continue
        begin, stop = match.span()
        lexeme = match.group()
        if kind == "NAME":
            word = KEYWORDS.get(lexeme)
            yield Token("NAME", begin, stop, canonical(lexeme)) if word is None else Token(word, begin, stop, lexeme.lower())
        elif kind == "SIGN":
            if lexeme in SIGNS:
                kind, lexeme = SIGNS[lexeme]
                yield Token(kind, begin, stop, lexeme)
            else:
                yield Token("REFUSED", begin, stop, lexeme, _REFUSED[lexeme])
        elif kind == "NUMBER" and stop - begin > LONGEST_NUMBER:
            yield Token("REFUSED", begin, stop, lexeme, _LONG_NUMBER)
        elif kind == "STRING":
            yield Token(kind, begin, stop, lexeme[1:-1])
        elif kind in ("POINT", "OPEN", "OTHER"):
            yield Token("REFUSED", begin, stop, lexeme, _refusal(kind, lexeme))
        else:
            assert kind is not None
            yield Token(kind, begin, stop, lexeme)


_LONG_NUMBER: Refusal = (
    "too-long",
    f"this number has more than {LONGEST_NUMBER:,} digits",
    "write it as a power, or as a product",
)
_TOO_LONG: Refusal = (
    "too-long",
    f"this line has more than {LONGEST_LINE:,} characters",
    "break it, or keep data in a file and `read` it",
)


def _long_lines(text: str) -> Iterator[tuple[int, int]]:
    if len(text) <= LONGEST_LINE:
        return
    start = 0
    for line in text.split("\n"):
        if len(line) > LONGEST_LINE:
            yield start, start + len(line)
        start += len(line) + 1


def _refusal(kind: str, lexeme: str) -> Refusal:
    if kind == "POINT":
        return "syntax", f"a number needs a digit before its point: `{lexeme}`", f"write `0{lexeme}`"
    if kind == "OPEN":
        return "unclosed-string", "this string has no closing quote on its line", 'close it with `"`'
    if lexeme[0] in _QUOTES:
        return "unknown-character", f"`{lexeme[0]}` does not quote", 'strings are written "…"'
    if lexeme == ".":
        return "syntax", "a decimal point needs a digit after it", "write `2.0` for a number, `1..n` for a range"
    if lexeme == "\\":
        return "unknown-character", "`\\` is not read", "write names without it: `alpha`; `A \\ b` is `inv(A)*b`"
    shown = lexeme[0] if lexeme[0].isprintable() else f"U+{ord(lexeme[0]):04X}"
    return (
        "unknown-character",
        f"`{shown}` is not a character of the language",
        "names are written in Latin or Greek letters, with digits and `_`",
    )
