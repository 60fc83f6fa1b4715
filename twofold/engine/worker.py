"""The process that does the mathematics, spoken to over its standard input and output.

It is started as `python -m twofold.engine.worker [MODULE [--warm] [--bell=N]]`, with N the eventfd that is rung for
messages (Linux).

It loads what it needs to begin, then (on Linux) forks: the child works, the parent stays behind as the warm spare, with all
that is loaded shared between them. When the child is killed or dies, the parent forks another, which goes on with the same
pipes. The parent has one thread and never computes. Elsewhere the process works itself and its client starts another one.

`MODULE` is where `Session` comes from, `twofold.engine.session` unless a test says otherwise.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from twofold.core.diagnostic import TwofoldError
from twofold.core.span import Source
from twofold.engine.channel import LARGE
from twofold.engine.idle import preparations
from twofold.engine.protocol import Message, decode, encode
from twofold.engine.rows import begun
from twofold.grammar import tree

STACK = 512 * 1024 * 1024  # Address space, not memory: SymPy recurses through C, where Python's own limit comes too late.
RECURSION = 20_000
MATHEMATICS = ("sympy", "flint", "numpy", "scipy.special", "twofold.engine.judging")
"""What nearly every session comes to need. Without `--warm` a first worker imports what its statements need when they need it."""
FOR_VERDICTS = ("sympy", "flint", "numpy", "twofold.engine.judging")
"""What every verdict needs. It is there before a statement begins: its budget is for the mathematics."""


NEW_OBJECTS = 10_000
"""After how many of them garbage is looked for: Python's 700 are made many times within every question."""

PAUSE = 0.05
"""Seconds without a question after which a worker begins to get ready for others."""

JUDGED = (tree.Claim, tree.Derivation, tree.Scope)

ALONE = (tree.Question, tree.Claim, tree.Definition, tree.Distributed, tree.Declaration, tree.Setting)
"""Statements that have one row, with which they are done."""


class Worker:
    """Answers messages one at a time with the sessions of `module`."""

    def __init__(self, module: Any, stdin: BinaryIO, stdout: BinaryIO, bell: int | None) -> None:
        self.module = module
        self.mathematical = module.__name__.startswith("twofold.")
        """Whether it does mathematics at all: a stand-in has nothing to get ready."""
        self.stdin = stdin
        self.stdout = stdout
        self.bell = bell
        self.session: Any = None
        self.used = False
        self.memory = 0
        """The limit that is in force, megabytes."""
        self.sources: dict[int, tuple[Source, tuple[Any, ...]]] = {}

    def say(self, **message: Any) -> None:
        """What is waited for."""
        self.hold(**message)
        self.stdout.flush()
        self.ring()

    def mention(self, **message: Any) -> None:
        """What the client reads when it looks next: how far the work has come."""
        self.hold(**message)
        self.stdout.flush()

    def ring(self) -> None:
        if self.bell is not None and sys.platform == "linux":
            os.eventfd_write(self.bell, 1)

    def hold(self, **message: Any) -> None:
        """Says something that may wait for what is said next."""
        line = encode(message)
        if len(line) > LARGE:
            self.stdout.write(line[:LARGE])
            self.stdout.flush()
            self.ring()
            line = line[LARGE:]
        self.stdout.write(line)

    def serve(self) -> None:
        """Until the client closes the pipe."""
        # The line end closes what a killed worker may have left half written.
        self.stdout.write(b"\n")
        self.say(hello=os.getpid())
        for line in self.lines():
            message = decode(line)
            if message is not None and message.get("to", os.getpid()) == os.getpid():
                self.answer(message)

    def lines(self) -> Iterator[bytes]:
        """The lines of the input. Where one can tell that none is waiting, something is got ready meanwhile."""
        if sys.platform != "linux" or not self.mathematical:
            yield from iter(self.stdin.readline, b"")
            return
        number, held = self.stdin.fileno(), b""
        steps: Iterator[Callable[[], None]] | None = None
        while True:
            while b"\n" in held:
                line, _, held = held.partition(b"\n")
                yield line + b"\n"
            # Nothing is begun before the first answer of a process that loads as it goes, nor between the statements of a script.
            if (self.used or "sympy" in sys.modules) and not select.select([number], [], [], PAUSE)[0]:
                steps = preparations(self.module, MATHEMATICS) if steps is None else steps
                for step in steps:
                    step()
                    if select.select([number], [], [], 0)[0]:
                        break
            part = os.read(number, 1 << 16)
            if not part:
                return
            held += part

    def answer(self, message: Message) -> None:
        match message["do"]:
            case "open":
                self.sources.clear()
                if message["memory"] != self.memory:
                    self.memory = message["memory"]
                    limit_memory(self.memory)
                self.session = self.module.Session(
                    name=message["name"],
                    settings=message["settings"],
                    allow_read=[Path(p) for p in message["allow_read"]],
                    folder=Path(message["folder"]) if message["folder"] else None,
                    files=message["files"],
                )
            case "source":
                from twofold.grammar.parse import parse

                script = parse(message["text"], message["name"])
                self.sources[message["id"]] = (script.span.source, script.statements)
                for index in range(begun(script.statements) if message.get("begin") else 0):
                    self.run({"source": message["id"], "index": index})
                    self.used = True
            case "replay":
                for number, index, sound in message["statements"]:
                    source, statements = self.sources[number]
                    if not sound:
                        self.session.lose(statements[index])
                        continue
                    with suppress(TwofoldError):  # It was told when the text was run; a kept session may have grown old.
                        self.session.define_only(source, statements[index])
                self.say(done=True)
            case "run":
                self.run(message)
                self.used = True
            case other:
                raise ValueError(f"unknown message {other!r}")

    def run(self, message: Message) -> None:
        source, statements = self.sources[message["source"]]
        statement = statements[message["index"]]
        if isinstance(statement, JUDGED) and self.mathematical and "sympy" not in sys.modules:
            load(*FOR_VERDICTS)
        self.mention(begin=message["index"], used=time.process_time())
        began = time.monotonic()
        alone = isinstance(statement, ALONE)

        def emit(row: dict[str, Any]) -> None:
            if "schema" not in row:
                self.mention(stage=row.get("stage", ""), note=row)
            elif alone:
                self.hold(row=row)
            else:
                self.say(row=row, used=time.process_time())

        try:
            self.session.execute(source, statement, emit, message.get("skip", 0))
        except MemoryError:
            self.say(failed="memory limit")
            os._exit(1)  # What is left of the session is suspect.
        except TwofoldError as error:
            self.say(failed="error", error=error.diagnostic.to_dict(), seconds=time.monotonic() - began)
        except RecursionError:
            self.say(failed="too deep", seconds=time.monotonic() - began)
        except Exception as error:  # Reported to the user as an error of ours, with its trace.
            self.say(failed="internal error", message=f"{type(error).__name__}: {error}", trace=traceback.format_exc())
        self.say(done=message["index"])


def limit_memory(megabytes: int) -> None:
    """From here on the process may grow by so much (Linux; elsewhere the client watches the resident size)."""
    if sys.platform != "linux" or not megabytes:
        return
    import resource

    with open("/proc/self/statm", "rb", buffering=0) as pages:
        now = int(pages.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + megabytes * 1024 * 1024, hard))


def work(module: Any, bell: int | None) -> None:
    """Serves in a thread of its own, for the sake of its stack."""
    worker = Worker(module, sys.stdin.buffer, os.fdopen(os.dup(1), "wb"), bell)
    os.dup2(2, 1)  # Whatever a library prints must not get between the messages.
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK)

    def serve() -> None:
        try:
            worker.serve()
        except BaseException:
            traceback.print_exc()
            os._exit(70)
        os._exit(0)

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()


def load(*names: str) -> None:
    """Imports modules. Collecting garbage while importing costs a tenth of the time."""
    gc.disable()
    for name in names:
        importlib.import_module(name)
    gc.freeze()  # What is shared with the spare stays shared: the collector does not touch it.
    gc.enable()
    gc.set_threshold(NEW_OBJECTS)


def main() -> None:
    name, *options = sys.argv[1:] or ["twofold.engine.session"]
    load(name)
    module = sys.modules[name]
    bell = next((int(option.partition("=")[2]) for option in options if option.startswith("--bell=")), None)
    mathematics = MATHEMATICS if module.__name__.startswith("twofold.") else ()
    if "--warm" in options:
        load(*mathematics)
    if sys.platform == "linux" and bell is not None:
        from twofold.engine.worker_spare import keep_a_worker

        keep_a_worker(lambda: work(module, bell), lambda: load(*mathematics), bell)
    else:
        work(module, bell)


if __name__ == "__main__":
    main()
