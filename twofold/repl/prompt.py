"""The prompt in a terminal. It must be ready at once: what is not needed for the first character is imported behind it."""

from __future__ import annotations

import os
import sys
import threading
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor

from twofold.repl.completer import Completer
from twofold.repl.keys import at_empty_line, bindings, finished, waits
from twofold.repl.lexer import Lexer
from twofold.repl.pasted import CONTINUATION, PROMPT
from twofold.repl.style import style_of

if TYPE_CHECKING:
    from twofold.repl.conversation import Conversation


def converse(arguments: Namespace | None) -> int:
    """Reads and answers until Ctrl-D; the exit status. Without options `arguments` is None: to read them takes time too."""
    loading = Loading(arguments)
    ask = plain_input if os.environ.get("TERM") == "dumb" else prompt_session(arguments, loading).prompt
    conversation: Conversation | None = None
    while conversation is None or not conversation.over:
        try:
            text = ask()
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        conversation = loading.conversation()
        answer(conversation, text)
    loading.close()
    return 0


def prompt_session(arguments: Namespace | None, loading: Loading) -> PromptSession[str]:
    """The prompt of prompt_toolkit with our keys, colours and completion."""
    prompt: PromptSession[str] = PromptSession(
        message=PROMPT,
        multiline=True,
        prompt_continuation=lambda width, line, wrapped: CONTINUATION,
        history=history(state_folder()),
        auto_suggest=AutoSuggestFromHistory(),
        completer=Completer(loading.defined),
        complete_while_typing=False,
        lexer=Lexer(style_of(sys.stdout, arguments.color if arguments else "auto").colour),
        key_bindings=bindings(),
        input_processors=[HighlightMatchingBracketProcessor(chars="[](){}")],
        editing_mode=EditingMode.VI if arguments and arguments.vi else EditingMode.EMACS,
        include_default_pygments_style=False,
        mouse_support=False,
    )
    prompt.app.after_render += lambda _: loading.begin()
    return prompt


def plain_input() -> str:
    """A text from a terminal that cannot move its cursor."""
    text = input(PROMPT)
    while not finished(text):
        text += "\n" + input(CONTINUATION)
        stopped = at_empty_line(text, len(text))
        if stopped is not None and not waits(stopped):
            return stopped
        text = stopped or text
    return text


def answer(conversation: Conversation, text: str) -> None:
    """Runs one input under a status line; Ctrl-C ends it and keeps every definition."""
    from twofold.repl.status import Status

    with Status(width=conversation.style.width, shown=os.environ.get("TERM") != "dumb") as status:
        try:
            conversation.answer(text, status)
        except KeyboardInterrupt:
            where = f" while it was at: {status.stage}" if status.stage else ""
            status.write(f"interrupted after {status.seconds:.1f} s{where}; every definition is kept")


class Loading:
    """Starts the worker and imports the client, in a thread, once the prompt is on the screen."""

    def __init__(self, arguments: Namespace | None) -> None:
        self.arguments = arguments
        self._thread = threading.Thread(target=self._load, daemon=True)
        self._begun = False
        self._made: Conversation | None = None
        self._problem: OSError | None = None

    def begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._thread.start()

    def defined(self) -> dict[str, str]:
        """The names of the session, for completion."""
        return self._made.session.definitions() if self._made else {}

    def conversation(self) -> Conversation:
        self.begin()
        self._thread.join()
        if self._problem is not None:
            raise self._problem
        assert self._made is not None
        return self._made

    def close(self) -> None:
        if self._begun:
            self.conversation().session.close()

    def _load(self) -> None:
        try:
            self._made = self._make()
        except OSError as problem:  # No process can be started, or the file of the session cannot be read.
            self._problem = problem

    def _make(self) -> Conversation:
        from twofold.engine.worker_process import WorkerProcess

        worker = WorkerProcess(warm=True)
        from twofold.engine.client import Session
        from twofold.repl.arguments import read_arguments, session_options
        from twofold.repl.conversation import Conversation

        arguments = self.arguments or read_arguments([])
        session = Session(worker=worker, folder=Path.cwd(), **session_options(arguments))
        journal = session_file(arguments.session) if arguments.session else None
        if journal is not None and journal.is_file():
            session.restore(journal.read_text("utf-8"), journal.name)
        return Conversation(session, style_of(sys.stdout, arguments.color), print, journal)


def state_folder() -> Path:
    """Where the history and the named sessions are kept; made when it is not there."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "twofold"


def session_file(name: str) -> Path:
    """The file of a named session; a name with a folder or an ending is a file itself."""
    if os.sep in name or name.endswith(".two"):
        return Path(name)
    folder = state_folder() / "sessions"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.two"


def history(folder: Path) -> History:
    """On disk where that is possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "history"
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))
