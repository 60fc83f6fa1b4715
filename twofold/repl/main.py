"""The command `twofold`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

UNREADABLE = 2

if TYPE_CHECKING:
    from argparse import Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command line and gives its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    if not argv and is_terminal():
        from twofold.repl.prompt import converse

        return converse(None)
    from twofold.repl.arguments import read_arguments

    arguments = read_arguments(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = {"run": run, "check": check, "fmt": fmt, "doc": doc, "prompt": prompt}[arguments.command](arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # The reader has seen enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"twofold: {error.filename or 'the system'}: {error.strerror or error}", file=sys.stderr)
        return UNREADABLE


def run(arguments: Namespace) -> int:
    from twofold.engine.worker_process import WorkerProcess

    worker = WorkerProcess()  # It loads the mathematics while we load the rest.
    from twofold.engine.client import Session
    from twofold.repl.arguments import session_options
    from twofold.repl.batch import JsonLines, Output, Plain, run_files, run_text
    from twofold.repl.report import Report
    from twofold.repl.style import style_of
    from twofold.repl.tally import Tally

    tally = Tally(arguments.strict)
    report = Report(style_of(sys.stdout, arguments.color))
    output: Output = JsonLines() if arguments.json else Plain(report, len(arguments.files) > 1)
    with Session(worker=worker, **session_options(arguments)) as session:
        if arguments.text is not None:
            rows = list(run_text(session, "<command line>", arguments.text, Path.cwd(), output, tally))
        else:
            rows = list(run_files(session, arguments.files, output, tally))
    write_reports(arguments, rows)
    return tally.status


def write_reports(arguments: Namespace, rows: list[dict[str, object]]) -> None:
    """The files that other programs read."""
    if arguments.junit:
        from twofold.repl.junit import junit

        Path(arguments.junit).write_text(junit(rows), encoding="utf-8")
    if arguments.sarif:
        from twofold.repl.sarif import sarif

        Path(arguments.sarif).write_text(sarif(rows), encoding="utf-8")


def check(arguments: Namespace) -> int:
    from twofold.repl.check import check_files

    return check_files(arguments)


def fmt(arguments: Namespace) -> int:
    from twofold.repl.fmt import format_files

    return format_files(arguments)


def doc(arguments: Namespace) -> int:
    from twofold.repl.doc import print_doc

    return print_doc(arguments)


def is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def prompt(arguments: Namespace) -> int:
    if not is_terminal():
        arguments.files = ["-"]
        return run(arguments)
    from twofold.repl.prompt import converse

    return converse(arguments)
