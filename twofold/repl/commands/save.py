"""`:save`"""

from __future__ import annotations

from pathlib import Path

from twofold.repl.commands.spec import Command, UsageError
from twofold.repl.conversation import Conversation


def save(conversation: Conversation, rest: str) -> None:
    if not rest:
        raise UsageError("write `:save FILE`")
    path = Path(rest.strip("\"'")).expanduser()
    if not path.suffix:
        path = path.with_suffix(".two")
    if path.exists():
        raise UsageError(f"{path} exists already; choose another name")
    texts = conversation.session.texts()
    try:
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    conversation.write(f"{len(texts)} inputs saved as {path}")


SPEC = Command("save", ":save FILE", "writes the session as a script that can be run", save)
