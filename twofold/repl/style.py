"""Colours of a terminal, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

CODES = {
    "proved": "1;32",
    "supported": "32",
    "conditional": "1;33",
    "refuted": "1;31",
    "undecided": "33",
    "conflict": "1;37;41",
    "error": "1;31",
    "limit": "1;33",
    "expected": "2",
    "strong": "1",
    "faint": "2",
    "place": "1;34",
    "mark": "1;31",
    "answer": "1",
}


@dataclass(frozen=True, slots=True)
class Style:
    """`colour`, `unicode` and `two_dimensional` say what the output can show; `width` is where lines are folded."""

    colour: bool = False
    width: int = 100
    unicode: bool = True
    two_dimensional: bool = False

    def paint(self, text: str, role: str) -> str:
        if not self.colour or not text:
            return text
        return f"\x1b[{CODES[role]}m{text}\x1b[0m"


def style_of(stream: TextIO, when: str = "auto", environment: Mapping[str, str] = os.environ) -> Style:
    """What a stream can show. `when`: auto, always or never; auto heeds NO_COLOR, dumb terminals and pipes."""
    terminal = stream.isatty() and environment.get("TERM", "") != "dumb"
    colour = when == "always" or (when == "auto" and terminal and not environment.get("NO_COLOR"))
    unicode = (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")
    rich = terminal and unicode and not environment.get("NO_COLOR") and when != "never"
    return Style(colour, shutil.get_terminal_size((100, 24)).columns if terminal else 100, unicode, rich)
