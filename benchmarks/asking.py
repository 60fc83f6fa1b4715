"""Asks the questions of a data file, one on each line with its known answer behind ` | `, and prints what is not right, slow or unchecked."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from twofold import Session

SLOW = 1.0
"""Processor seconds from which an answer is listed although it is right."""


def questions(data: Path, words: list[str]) -> Iterable[tuple[str, str]]:
    """The questions of a file and their known answers; with words, those with one of them."""
    for line in data.read_text().splitlines():
        if line and not line.startswith("#") and (not words or any(w in line for w in words)):
            text, _, known = (part.strip() for part in line.partition(" | "))
            yield text, known


def run(data: Path, warm_up: str, judge: Callable[[str, str, Any], str], words: list[str]) -> None:
    """Asks them all in one session after a warm-up, and counts what the judge says; its first word is the kind."""
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    session = Session(in_process=True)
    session.run(warm_up)
    for text, known in questions(data, words):
        start = time.process_time()
        result = session.run(text)[-1]
        took = time.process_time() - start
        seconds.append(took)
        outcome = judge(text, known, result)
        counts[outcome.partition(":")[0].split()[0]] += 1
        checked = isinstance(result.check, dict) and result.check.get("agrees") is True
        if outcome != "right" or took > SLOW or words or not checked:
            conditions = f" given {', '.join(result.conditions)}" if result.conditions else ""
            print(f"{outcome:16} {took:6.2f} s  {'' if checked else 'unchecked '}{text} | {known}")
            print(
                f"      {result.exact or result.numeric}{conditions} {result.notes or ''} {'' if checked else result.check}",
                flush=True,
            )
    print(f"{len(seconds)} questions: {', '.join(f'{n} {k}' for k, n in sorted(counts.items()))}")
    ordered = sorted(seconds)
    print(
        f"processor time: median {1000 * statistics.median(seconds):.0f} ms, 90% {1000 * ordered[len(ordered) * 9 // 10]:.0f} ms, "
        f"longest {ordered[-1]:.1f} s, all {sum(seconds):.0f} s"
    )
