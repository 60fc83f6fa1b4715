"""What a text can be completed with: a function from text to candidates, with no terminal in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from twofold.repl.index import Entry

MOST = 200
_NAME = re.compile(r"[A-Za-z_]\w*\Z")
_ESCAPE = re.compile(r"\\[A-Za-z_^]*[0-9]*\Z")
_COMMAND = re.compile(r"\s*:[a-z]*\Z")
_ASKED = re.compile(r"\s*\?\s*(\w*)\Z")


class Candidate(NamedTuple):
    """`text` replaces the last `length` characters; `signature` and `summary` are shown beside it."""

    text: str
    length: int
    signature: str
    summary: str


def complete(before: str, entries: Iterable[Entry], defined: Mapping[str, str], commands: Mapping[str, str]) -> list[Candidate]:
    """Candidates for the text before the cursor.

    `defined` are the names of the session with the text that defined them, `commands` the words of the prompt with their
    summaries. After `\\` come Unicode letters and signs, at the start of a line after `:` commands, elsewhere names: the
    session's own first, those that begin with the text before those that only contain it.
    """
    if found := _ESCAPE.search(before):
        typed = found.group()[1:]
        rows = [(n, s) for n, s in symbols().items() if n.startswith(typed)]
        return [Candidate(s, len(typed) + 1, f"\\{n}", "") for n, s in sorted(rows, key=lambda r: (len(r[0]), r[0]))[:MOST]]
    if found := _COMMAND.fullmatch(before):
        typed = found.group().strip()
        return [
            Candidate(f":{w}", len(typed), f":{w}", summary)
            for w, summary in sorted(commands.items())
            if f":{w}".startswith(typed)
        ]
    found = _ASKED.fullmatch(before)
    typed = found.group(1) if found else _typed_name(before)
    if not typed and not found:
        return []
    rows = [Entry(n, "defined", n, text) for n, text in sorted(defined.items())]
    rows += [e for e in entries if e.name not in defined]
    ranked = sorted((r for r in rows if _rank(r.name, typed) < 3), key=lambda r: (_rank(r.name, typed), r.kind != "defined"))
    return [Candidate(_opened(r, bool(found)), len(typed), r.signature, r.summary) for r in ranked[:MOST]]


def _typed_name(before: str) -> str:
    found = _NAME.search(before)
    return found.group() if found else ""


def _rank(name: str, typed: str) -> int:
    if name.startswith(typed):
        return 0
    if name.lower().startswith(typed.lower()):
        return 1
    return 2 if len(typed) > 2 and typed.lower() in name.lower() else 3


def _opened(entry: Entry, asked: bool) -> str:
    return entry.name + "(" if entry.kind in ("function", "law") and not asked else entry.name


SIGN_NAMES = {
    "le": "≤", "ge": "≥", "ne": "≠", "approx": "≈", "times": "×", "cdot": "·", "to": "→", "implies": "⇒", "iff": "⇔",
    "infty": "∞", "partial": "∂", "nabla": "∇",
}  # fmt: skip


@cache
def symbols() -> dict[str, str]:
    """What may follow a backslash: `alpha` is α, `sqrt` √, `^2` ², `_1` ₁."""
    from twofold.grammar.spelling import ACCENTS, LETTERS, SIGNS, SUBSCRIPTS, SUPERSCRIPTS

    table = {word: letter for letter, word in reversed(LETTERS.items())}
    table |= {f"^{plain}": letter for letter, plain in SUPERSCRIPTS.items()} | {
        f"_{plain}": letter for letter, plain in SUBSCRIPTS.items()
    }
    table |= {accent.strip("_"): letter for letter, accent in reversed(ACCENTS.items())}
    for sign, (_, plain) in reversed(SIGNS.items()):
        if not sign.isascii() and plain.isalpha():
            table[plain] = sign
    return table | SIGN_NAMES
