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
        if finished(buffer.document.text):
            buffer.validate_and_handle()
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


def indent(line: str, text: str) -> str:
    """What a new line begins with: the same as the one above, more after a line that opens a block."""
    own = line[: len(line) - len(line.lstrip())]
    opens = line.split()[:1] in (["derivation"], ["assume"])
    return own + INDENT * opens
