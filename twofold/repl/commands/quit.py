"""`:quit`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command
from twofold.repl.conversation import Conversation


def leave(conversation: Conversation, rest: str) -> None:
    conversation.over = True


SPEC = Command("quit", ":quit", "leaves, like Ctrl-D", leave)
