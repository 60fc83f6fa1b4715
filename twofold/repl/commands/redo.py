"""`:redo`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command, UsageError
from twofold.repl.conversation import Conversation


def redo(conversation: Conversation, rest: str) -> None:
    text = conversation.session.redo()
    if text is None:
        raise UsageError("nothing was taken back")
    conversation.write(f"again: {text}")


SPEC = Command("redo", ":redo", "puts back what `:undo` took", redo)
