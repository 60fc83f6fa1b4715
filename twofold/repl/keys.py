"""The keys that are ours; the rest are those of prompt_toolkit's emacs and vi modes."""

from __future__ import annotations

from prompt_toolkit.filters import completion_is_selected, emacs_insert_mode, has_selection, vi_insert_mode
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

INDENT = "  "


def bindings() -> KeyBindings:
    keys = KeyBindings()
    inserting = (vi_insert_mode | emacs_insert_mode) & ~has_selection

    @keys.add("enter", filter=inserting & ~completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        stopped = None if finished(buffer.document.text) else at_empty_line(buffer.document.text, buffer.document.cursor_position)
        if stopped is not None:
            buffer.text = stopped
            buffer.cursor_position = len(stopped)
        if finished(buffer.document.text) or stopped is not None and not waits(stopped):
            buffer.validate_and_handle()
        elif stopped is not None:
            buffer.insert_text("\n" + buffer.document.current_line[: -len("end")])
        else:
            buffer.insert_text("\n" + indent(buffer.document.current_line_before_cursor, buffer.document.text_before_cursor))

    @keys.add("enter", filter=completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys


def finished(text: str) -> bool:
    """Whether Enter runs a text: it is empty, a command, or complete as the grammar sees it."""
    if not text.strip() or text.lstrip()[0] in ":?":
        return True
    from twofold.grammar.parse import is_complete
    from twofold.repl.pasted import without_prompts

    return is_complete(without_prompts(text))


def waits(text: str) -> int:
    """How many blocks of a text wait for their `end`; 0 where a bracket or an operator is open."""
    from twofold.grammar.lines import open_blocks
    from twofold.repl.pasted import without_prompts

    return open_blocks(without_prompts(text))


def at_empty_line(text: str, cursor: int) -> str | None:
    """What an empty line at the end makes of a text: `end` stands there where a block is open. One in which a bracket or an operator is
    open runs as it is, and is told what it lacks. `None` where the cursor is not in such a line."""
    lines = text.split("\n")
    if cursor < len(text) or len(lines) < 2 or lines[-1].strip() or not lines[-2].strip():
        return None
    depth = waits(text)
    if depth and len(lines) < 3:
        return None  # Nothing stands in the block yet.
    return "\n".join([*lines[:-1], INDENT * (depth - 1) + "end"]) if depth else "\n".join(lines[:-1])


def indent(line: str, text: str) -> str:
    """What a new line begins with: the same as the one above, more after a line that opens a block."""
    own = line[: len(line) - len(line.lstrip())]
    opens = line.split()[:1] in (["derivation"], ["assume"])
    return own + INDENT * opens
