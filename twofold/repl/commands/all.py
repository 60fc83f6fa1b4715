"""`:all`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command
from twofold.repl.conversation import Conversation


def show(conversation: Conversation, rest: str) -> None:
    conversation.write(conversation.last("exact")["exact"])


SPEC = Command("all", ":all", "the whole of the last answer, on one line", show)
