"""`:time`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command, UsageError
from twofold.repl.conversation import Conversation


def time(conversation: Conversation, rest: str) -> None:
    if rest in ("on", "off"):
        conversation.timing = rest == "on"
        return
    if rest:
        raise UsageError("write `:time`, `:time on` or `:time off`")
    seconds = sum(row.get("seconds") or 0 for row in conversation.rows)
    conversation.write(f"{seconds:.3f} s")


SPEC = Command("time", ":time [on|off]", "how long the last input took; on: after every input", time)
