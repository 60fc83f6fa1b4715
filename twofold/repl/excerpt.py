"""Lines of a source with a place underlined, in the manner of the Rust compiler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twofold.core.span import Source
from twofold.repl.style import Style

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """`length` characters from `column` of `line` (both counted from 1), with what is to be said of them."""

    line: int
    column: int
    length: int
    message: str = ""
    role: str = "mark"


def excerpt(source: Source, marks: Sequence[Mark], style: Style, above: int | None = None) -> list[str]:
    """The marked lines in order with their marks below; `above` is one more line to show, for comparison."""
    place = min(marks, key=lambda m: (m.role != "mark", m.line))
    shown = sorted({m.line for m in marks} | ({above} if above else set()))
    gutter = len(str(shown[-1])) + 1
    blank = style.paint(" " * gutter + " |", "place")
    out = [f"{' ' * gutter}{style.paint('-->', 'place')} {source.name}:{place.line}:{place.column}", blank]
    before = None
    for number in shown:
        if before is not None and number > before + 1:
            out.append(style.paint(" " * (gutter - 1) + "...", "place"))
        before = number
        here = [m for m in marks if m.line == number]
        text, cut = _window(source.line(number), here)
        out.append(f"{style.paint(f'{number:>{gutter}} |', 'place')} {text}".rstrip())
        for m in sorted(here, key=lambda m: m.column):
            start = max(0, m.column - 1 - cut)
            length = max(1, min(m.length, len(text) - start))
            pad = "".join("\t" if c == "\t" else " " for c in text[:start]).ljust(start)
            out.append(f"{blank} {pad}{style.paint('^' * length, m.role)} {style.paint(m.message, m.role)}".rstrip())
    return out


def _window(line: str, marks: Sequence[Mark]) -> tuple[str, int]:
    """A long line cut to the part around its first mark, and how many characters were cut at its start."""
    line = "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line[:200_000])
    if len(line) <= LONGEST:
        return line, 0
    begin = max(0, min((m.column - 1 for m in marks), default=0) - LONGEST // 3)
    end = begin + LONGEST
    return ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else ""), begin - bool(begin)
