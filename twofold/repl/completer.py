"""Completion as prompt_toolkit wants it; what completes is in `completion`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completion
from prompt_toolkit.completion import Completer as Base
from prompt_toolkit.document import Document


class Completer(Base):
    """`defined` gives the names of the session with the text that defined each."""

    def __init__(self, defined: Callable[[], dict[str, str]]) -> None:
        self.defined = defined

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        from twofold.repl.commands.spec import commands
        from twofold.repl.completion import complete
        from twofold.repl.index import entries

        words = {word: command.summary for word, command in commands().items()}
        for found in complete(document.text_before_cursor, entries(), self.defined(), words):
            yield Completion(found.text, -found.length, display=found.signature or found.text, display_meta=found.summary)
