"""Files that a script reads: only under its folder and the folders that were allowed."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import Array, Num, Term, vector

LARGEST = 50_000_000
MOST_NUMBERS = 1_000_000


class Files:
    """The folder of a session and what was read so far: no file is read twice, so that going back and forth sees the same
    text."""

    def __init__(
        self, folder: Path | None, allow_read: Sequence[Path | str] = (), texts: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder
        self.allowed = tuple(map(Path, allow_read))
        self.texts = {Path(path): text for path, text in (texts or {}).items()}
        self._new: list[Path] = []

    @cached_property
    def folder(self) -> Path:
        return self._folder or Path.cwd()

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        return tuple(p.resolve() for p in (self.folder, *self.allowed))

    def text(self, name: str, folder: Path | None, span: Span) -> tuple[Path, str]:
        """The path and the text of a file named in a script that stands in a folder, that of the session if None. Raises
        `TwofoldError`."""
        path = ((folder or self.folder) / name).resolve()
        if path not in self.texts:
            if not any(path.is_relative_to(root) for root in self.roots):
                raise fail(
                    "not-allowed",
                    f"{name} is outside the folder of the script",
                    span,
                    f"allow it with --allow-read {path.parent}",
                )
            self.texts[path] = _read(path, name, span)
            self._new.append(path)
        return path, self.texts[path]

    def read_since(self) -> dict[str, str]:
        """The texts of the files that were read since this was last asked."""
        new, self._new = self._new, []
        return {str(path): self.texts[path] for path in new}

    def data(self, node: tree.Call, folder: Path | None) -> Term:
        """`read("heights.csv", column = "cm")`: a column as a vector, by name or number; without `column` the whole table, a
        vector if it has one column. Numbers are exact as they are written. Raises `TwofoldError`."""
        named = {a.target.id: a.value for a in node.arguments if isinstance(a, tree.Binding) and isinstance(a.target, tree.Name)}
        plain = [a for a in node.arguments if not isinstance(a, tree.Binding)]
        if len(plain) != 1 or not isinstance(plain[0], tree.Text) or set(named) - {"column"}:
            raise fail("wrong-arity", "read takes the name of a file", node.span, 'write read("heights.csv", column = "cm")')
        _, text = self.text(plain[0].value, folder, plain[0].span)
        rows = [row for row in csv.reader(text.splitlines(), skipinitialspace=True) if any(cell.strip() for cell in row)]
        header: list[str] = []
        if rows and not all(_number(cell) is not None for cell in rows[0]):
            header = [cell.strip() for cell in rows.pop(0)]
        if not rows:
            raise fail("no-data", f"{plain[0].value} holds no numbers", plain[0].span)
        if len(rows) * len(rows[0]) > MOST_NUMBERS:
            raise fail("too-large", f"{plain[0].value} holds more than {MOST_NUMBERS:,} numbers", plain[0].span)
        first = 2 if header else 1
        if "column" in named:
            place = _column(named["column"], header, len(rows[0]))
            return vector(tuple(_cell(row, place, k, node.span) for k, row in enumerate(rows, first)), node.span)
        table = tuple(tuple(_cell(row, j, k, node.span) for j in range(len(rows[0]))) for k, row in enumerate(rows, first))
        return (
            vector(tuple(row[0] for row in table), node.span)
            if len(rows[0]) == 1
            else Array(table, (len(table), len(table[0])), measured=True, span=node.span)
        )


def _read(path: Path, name: str, span: Span) -> str:
    try:
        if path.is_dir():
            raise fail("unreadable-file", f"{name} is a folder", span)
        if path.stat().st_size > LARGEST:
            raise fail("too-large", f"{name} has more than {LARGEST:,} bytes", span)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise fail("unreadable-file", f"there is no file {name}", span, f"looked for {path}") from None
    except UnicodeDecodeError:
        raise fail("unreadable-file", f"{name} is not text in UTF-8", span) from None
    except OSError as error:
        raise fail("unreadable-file", f"{name} cannot be read: {error.strerror}", span) from None


def _column(node: tree.Expr, header: list[str], width: int) -> int:
    if isinstance(node, tree.Text):
        if node.value in header:
            return header.index(node.value)
        known = f"there are {', '.join(header)}" if header else "the file names no columns: give a number"
        raise fail("unknown-column", f"there is no column {node.value}", node.span, known)
    if isinstance(node, tree.Number) and node.text.isdigit() and 1 <= int(node.text) <= width:
        return int(node.text) - 1
    raise fail("unknown-column", "a column is a name in quotes or a number", node.span, f"there are {width}, counted from 1")


def _number(cell: str) -> Fraction | None:
    try:
        return Fraction(cell.strip())
    except (ValueError, ZeroDivisionError):
        return None


def _cell(row: list[str], place: int, number: int, span: Span) -> Num:
    value = _number(row[place]) if place < len(row) else None
    if value is None:
        found = f"`{row[place]}`" if place < len(row) else "nothing"
        raise fail("not-a-number", f"row {number} has {found} in column {place + 1}, where a number is needed", span)
    return Num(value, row[place].strip())
