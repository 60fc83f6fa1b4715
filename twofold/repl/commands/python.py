"""`:python`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command
from twofold.repl.conversation import Conversation
from twofold.repl.python_text import python_text


def python(conversation: Conversation, rest: str) -> None:
    conversation.write(python_text(conversation.last("exact")["exact"]))


SPEC = Command("python", ":python", "the last answer as Python with SymPy", python)
