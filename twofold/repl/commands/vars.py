"""`:vars`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command
from twofold.repl.conversation import Conversation


def show(conversation: Conversation, rest: str) -> None:
    found = conversation.session.definitions()
    if rest:
        found = {name: text for name, text in found.items() if name == rest}
    conversation.write("\n".join(dict.fromkeys(found.values())) or "nothing is defined")


SPEC = Command("vars", ":vars [NAME]", "what is defined and declared", show)
