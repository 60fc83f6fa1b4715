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
        closed = None if finished(buffer.document.text) else ended(buffer.document.text, buffer.document.cursor_position)
        if closed is not None:
            buffer.text = closed
            buffer.cursor_position = len(closed)
        if finished(buffer.document.text):
            buffer.validate_and_handle()
        elif closed is not None:
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


def ended(text: str, cursor: int) -> str | None:
    """The text with `end` on its last line, where that is empty, the cursor stands there and the innermost block is all that is open."""
    from twofold.grammar.lines import open_blocks
    from twofold.repl.pasted import without_prompts

    lines = text.split("\n")
    if cursor < len(text) or len(lines) < 3 or lines[-1].strip() or not lines[-2].strip():
        return None
    depth = open_blocks(without_prompts(text))
    return "\n".join([*lines[:-1], INDENT * (depth - 1) + "end"]) if depth else None


def indent(line: str, text: str) -> str:
    """What a new line begins with: the same as the one above, more after a line that opens a block."""
    own = line[: len(line) - len(line.lstrip())]
    opens = line.split()[:1] in (["derivation"], ["assume"])
    return own + INDENT * opens
