"""`:help` and `?name`"""

from __future__ import annotations

from twofold.repl.commands.spec import Command, UsageError, commands
from twofold.repl.conversation import Conversation

TEXT = """\
Type an expression to have it worked out, a relation (`==`, `<=`, …) to have it judged, `f(x) = …` to define.
Enter runs what is complete and otherwise opens another line; Alt-Enter always opens one.
Tab completes names, `\\alpha` Tab gives α; Ctrl-R searches the history; Ctrl-C ends what runs; Ctrl-D leaves.
`?name` says what a name means, with examples.
"""


def show(conversation: Conversation, rest: str) -> None:
    if not rest:
        rows = [f"  {c.usage:<18} {c.summary}" for c in sorted(commands().values(), key=lambda c: c.word)]
        conversation.write(TEXT + "\n".join(rows))
        return
    from twofold.repl.doc import describe, unknown

    defined = conversation.session.definitions().get(rest)
    text = describe(rest, conversation.style)
    if defined is None and text is None:
        raise UsageError(unknown(rest))
    conversation.write("\n".join(t for t in (defined, text) if t))


SPEC = Command("help", ":help [NAME]", "this, or what a name means", show)
