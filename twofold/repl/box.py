"""Rectangles of text with a baseline, and the ways to put them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of equal length; `base` is the number of the line that stands level with its neighbours."""

    lines: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        return len(self.lines[0])

    @property
    def height(self) -> int:
        return len(self.lines)

    @property
    def flat(self) -> bool:
        return len(self.lines) == 1

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


def text(string: str) -> Box:
    return Box((string,))


def beside(*boxes: Box) -> Box:
    """Left to right, level by their baselines."""
    boxes = tuple(b for b in boxes if b.width)
    if not boxes:
        return text("")
    above = max(b.base for b in boxes)
    below = max(b.height - b.base for b in boxes)
    rows = ["" for _ in range(above + below)]
    for b in boxes:
        for number in range(above + below):
            inside = number - above + b.base
            rows[number] += b.lines[inside] if 0 <= inside < b.height else " " * b.width
    return Box(tuple(rows), above)


def joined(boxes: Iterable[Box], separator: str = ", ") -> Box:
    parts: list[Box] = []
    for b in boxes:
        parts += [text(separator), b] if parts else [b]
    return beside(*parts)


def stacked(boxes: Sequence[Box], base: int, align: str = "center") -> Box:
    """Top to bottom; `base` is the number of the box whose baseline becomes the baseline of the whole."""
    width = max(b.width for b in boxes)
    rows = [line.ljust(width) if align == "left" else line.center(width) for b in boxes for line in b.lines]
    return Box(tuple(rows), sum(b.height for b in boxes[:base]) + boxes[base].base)


def fraction(top: Box, bottom: Box) -> Box:
    bar = text("─" * (max(top.width, bottom.width) + 2))
    return stacked((top, bar, bottom), 1)


def power(base: Box, exponent: Box) -> Box:
    """The exponent above and to the right."""
    rows = [" " * base.width + line for line in exponent.lines]
    rows += [line + " " * exponent.width for line in base.lines]
    return Box(tuple(rows), exponent.height + base.base)


def root(inside: Box, index: str = "") -> Box:
    """A root sign as tall as what stands under it."""
    rows = [*("│" + line for line in inside.lines[:-1]), "√" + inside.lines[-1]]
    body = Box((" " + "─" * inside.width, *rows), inside.base + 1)
    if not index:
        return body
    blank = " " * len(index)
    return beside(Box((*[blank] * (body.height - 2), index, blank), body.base), body)


FENCES = {"(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "│││", "": ""}
BRACES = {"{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭"}


def fenced(inside: Box, left: str = "(", right: str = ")") -> Box:
    """Brackets as tall as what they hold; an empty string stands for no bracket."""
    if inside.flat:
        return beside(text(left), inside, text(right))
    return beside(_fence(left, inside), inside, _fence(right, inside))


def _fence(sign: str, inside: Box) -> Box:
    height = inside.height
    if not sign:
        return text("")
    if sign in BRACES:
        top, middle, waist, bottom = BRACES[sign]
        rows = [top, *[middle] * (height - 2), bottom]
        if height > 2:
            rows[height // 2] = waist
        return Box(tuple(rows), inside.base)
    top, middle, bottom = FENCES[sign]
    return Box((top, *[middle] * (height - 2), bottom), inside.base)


def grid(rows: Sequence[Sequence[Box]], gap: str = "  ") -> Box:
    """Cells in columns, each row level by its baselines."""
    widths = [max(row[j].width for row in rows) for j in range(len(rows[0]))]
    lines: list[Box] = []
    for row in rows:
        cells = [_padded(cell, width) for cell, width in zip(row, widths, strict=True)]
        lines.append(joined(cells, gap))
    tall = any(not line.flat for line in lines)
    parts: list[Box] = []
    for line in lines:
        parts += [text(" " * line.width), line] if tall and parts else [line]
    whole = stacked(parts, 0, "left")
    return Box(whole.lines, whole.height // 2 if whole.height > 1 else 0)


def _padded(cell: Box, width: int) -> Box:
    return Box(tuple(line.center(width) for line in cell.lines), cell.base)
