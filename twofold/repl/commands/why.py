"""`:why`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command
from twofold.repl.conversation import Conversation
from twofold.repl.why import why_lines


def why(conversation: Conversation, rest: str) -> None:
    row = conversation.last("verdict" if any("verdict" in r for r in conversation.rows) else "check")
    conversation.write("\n".join(why_lines(row, conversation.style)))


SPEC = Command("why", ":why", "all the evidence of the last verdict, or how the last answer was checked", why)
