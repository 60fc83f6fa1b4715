"""`:latex`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command
from twofold.repl.conversation import Conversation


def latex(conversation: Conversation, rest: str) -> None:
    conversation.write(conversation.last("latex")["latex"])


SPEC = Command("latex", ":latex", "the last answer as LaTeX", latex)
