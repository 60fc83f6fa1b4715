"""`twofold check`: many scripts, a summary line for each, several workers at once."""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from twofold.engine.client import Session
from twofold.engine.rows import JUDGED
from twofold.repl.arguments import session_options
from twofold.repl.batch import Output, run_files
from twofold.repl.main import write_reports
from twofold.repl.report import Report
from twofold.repl.style import Style, style_of
from twofold.repl.tally import FINE, UNREADABLE, Tally

ORDER = (
    "as expected",
    "proved",
    "supported",
    "conditional",
    "refuted",
    "undecided",
    "conflict",
    "error",
    "time limit",
    "memory limit",
)


class Collected:
    """Keeps the rows of one file and the text they quote."""

    def __init__(self) -> None:
        self.name = self.text = ""
        self.rows: list[dict[str, Any]] = []

    def begin(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def row(self, row: dict[str, Any]) -> None:
        self.rows.append(row)


def check_files(arguments: Namespace) -> int:
    """Checks every script named, those of a folder in sorted order, and prints in that order whatever ends first."""
    names = scripts_of(arguments.files)
    if not names:
        print(f"there is no script in {', '.join(arguments.files)}", file=sys.stderr)
        return UNREADABLE
    waiting: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()
    for job in enumerate(names):
        waiting.put(job)
    finished: queue.SimpleQueue[tuple[int, Collected, Tally, float]] = queue.SimpleQueue()
    for _ in range(min(arguments.jobs, len(names))):
        threading.Thread(target=_work, args=(arguments, waiting, finished), daemon=True).start()
    progress = Progress(len(names), style_of(sys.stderr, arguments.color))
    ready: dict[int, tuple[Collected, Tally, float]] = {}
    total = Tally(arguments.strict)
    rows: list[dict[str, Any]] = []
    style = style_of(sys.stdout, arguments.color)
    for number, name in enumerate(names):
        while number not in ready:
            progress.show(len(ready))
            index, *result = finished.get()
            ready[index] = (result[0], result[1], result[2])
        progress.clear()
        collected, tally, seconds = ready[number]
        rows += collected.rows
        total.found |= {tally.status}
        _print(arguments, name, collected, tally, seconds, style)
    progress.clear()
    write_reports(arguments, rows)
    return total.status


def scripts_of(names: list[str]) -> list[str]:
    """Files as they are, folders as the scripts below them."""
    found: list[str] = []
    for name in names:
        path = Path(name)
        found += map(str, sorted(path.rglob("*.two"))) if path.is_dir() else [name]
    return found


def _work(arguments: Namespace, waiting: Any, finished: Any) -> None:
    with Session(**session_options(arguments)) as session:
        while True:
            try:
                number, name = waiting.get_nowait()
            except queue.Empty:
                return
            began = time.monotonic()
            collected, tally = Collected(), Tally(arguments.strict)
            output: Output = collected
            for _ in run_files(session, [name], output, tally):
                pass
            finished.put((number, collected, tally, time.monotonic() - began))


def _print(arguments: Namespace, name: str, collected: Collected, tally: Tally, seconds: float, style: Style) -> None:
    judged = [r for r in collected.rows if r["kind"] in JUDGED or r["status"] != "ok"]
    if arguments.json:
        for row in judged:
            print(json.dumps(row, ensure_ascii=False))
        return
    report = Report(style, detailed=arguments.verbose)
    report.know(collected.name, collected.text)
    for row in judged:
        text = report.render(row)
        if text and (arguments.verbose or Tally(arguments.strict).weigh(row) != FINE):
            print(text)
    counts = ", ".join(f"{tally.counts[word]} {word}" for word in ORDER if word in tally.counts)
    mark = style.paint("ok", "proved") if tally.status == FINE else style.paint("--", "refuted")
    print(f"{mark} {name}: {counts or 'no claims'}   {style.paint(f'{seconds:.1f} s', 'faint')}", flush=True)


class Progress:
    """A bar on the terminal, on the error stream so that it never gets into the results."""

    def __init__(self, total: int, style: Style) -> None:
        self.total = total
        self.on = sys.stderr.isatty() and total > 1
        self.full = "█" if style.unicode else "#"

    def show(self, done: int) -> None:
        if self.on:
            filled = 30 * done // self.total
            sys.stderr.write(f"\r{self.full * filled}{'·' * (30 - filled)} {done}/{self.total}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.on:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
