"""`:load`"""

from __future__ import annotations

from twofold.core.diagnostic import TwofoldError
from twofold.repl.commands.spec import Command, UsageError
from twofold.repl.conversation import Conversation
from twofold.repl.reading import read_script
from twofold.repl.status import Status


def load(conversation: Conversation, rest: str) -> None:
    if not rest:
        raise UsageError("write `:load FILE`")
    name = rest.strip("\"'")
    try:
        text = read_script(name)
    except TwofoldError as error:
        help = f"; {error.diagnostic.help}" if error.diagnostic.help else ""
        raise UsageError(error.diagnostic.headline + help) from None
    with Status(width=conversation.style.width) as status:
        conversation.run(text, status, name)


SPEC = Command("load", ":load FILE", "runs a script in this session", load)
