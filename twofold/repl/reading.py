"""Texts from files and from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from twofold.core.diagnostic import fail
from twofold.core.span import Source, Span

LARGEST = 50_000_000
LONGEST_LINE = 100_000


def read_script(name: str) -> str:
    """The text of a file, `-` for standard input. Raises TwofoldError for whatever is no script."""
    if name == "-":
        data = sys.stdin.buffer.read(LARGEST + 1)
    else:
        data = _read(name)
    return script_text(data, "<stdin>" if name == "-" else name)


def script_text(data: bytes, name: str) -> str:
    """Bytes as the text of a script."""
    nowhere = Span(Source(name, ""), 0, 0)
    if len(data) > LARGEST:
        raise fail(
            "file-too-large",
            f"{name} is larger than {LARGEST // 1_000_000} MB",
            nowhere,
            "split it, and join the parts with `include`",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise fail(
            "not-text", f"{name} is not UTF-8 text (byte {error.start}, line {line})", nowhere, "save it as UTF-8"
        ) from None
    if "\0" in text:
        raise fail("not-text", f"{name} is not a text file", nowhere, "a script is UTF-8 text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        number = 1 + next(i for i, line in enumerate(text.split("\n")) if len(line) == longest)
        headline = f"line {number} of {name} has {longest:,} characters; a line may have {LONGEST_LINE:,}"
        raise fail("line-too-long", headline, nowhere, "break it inside brackets, or put the data into a file and `read` it")
    return text


def _read(name: str) -> bytes:
    path = Path(name)
    nowhere = Span(Source(name, ""), 0, 0)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise fail("no-such-file", f"there is no file {name}", nowhere, _neighbour(path)) from None
    except IsADirectoryError:
        help = f"`twofold check {name}` checks every script in it"
        raise fail("is-a-directory", f"{name} is a directory", nowhere, help) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise fail("cannot-read", f"{name} cannot be read: {reason}", nowhere, "check its permissions") from None


def _neighbour(path: Path) -> str:
    import difflib

    if not path.parent.is_dir():
        return f"there is no folder {path.parent} either"
    names = [p.name for p in path.parent.iterdir()]
    near = difflib.get_close_matches(path.name, names, 1)
    return f"did you mean {path.with_name(near[0])}?" if near else "check the spelling"
