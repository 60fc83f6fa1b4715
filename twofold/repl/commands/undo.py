"""`:undo`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command, UsageError
from twofold.repl.conversation import Conversation


def undo(conversation: Conversation, rest: str) -> None:
    text = conversation.session.undo()
    if text is None:
        raise UsageError("there is nothing to take back")
    conversation.write(f"taken back: {text}")


SPEC = Command("undo", ":undo", "takes back the last input that defined or declared something", undo)
