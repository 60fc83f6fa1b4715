"""What came of one task in one system."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.exact import values
from benchmarks.exact.judges import Refused
from benchmarks.exact.process import Reply
from benchmarks.exact.reading import Tree, Unreadable
from benchmarks.exact.systems import System
from benchmarks.exact.task import Task
from benchmarks.exact.values import Unevaluated, Unknown


@dataclass(frozen=True)
class Outcome:
    """`said` is right, wrong, unanswered (with the reason in `note`), late, not offered, or unreadable (our reader's fault, to be mended)."""

    said: str
    seconds: float
    processor: float
    answer: str = ""
    note: str = ""


def asked(system: System, task: Task, budget: float) -> Reply | None:
    """What a system says to a task; nothing where it offers no such thing."""
    call = system.call(task)
    return None if call is None else system.ask(call, task, budget)


def outcome(system: System, task: Task, reply: Reply | None) -> Outcome:
    """The judgement of a reply."""
    if reply is None:
        return Outcome("not offered", 0.0, 0.0)
    if reply.late:
        return Outcome("late", reply.seconds, reply.processor)
    said, note = judged(system, task, reply.text)
    return Outcome(said, reply.seconds, reply.processor, reply.text, note)


_WORST_FIRST = ("wrong", "unreadable", "late", "unanswered", "right", "not offered")


def joined(rounds: Sequence[Outcome]) -> Outcome:
    """The worst that a system said to a task in several rounds, with the least time that it took."""
    worst = min(rounds, key=lambda o: _WORST_FIRST.index(o.said))
    return replace(worst, seconds=min(o.seconds for o in rounds), processor=min(o.processor for o in rounds))


def judged(system: System, task: Task, text: str) -> tuple[str, str]:
    """The word for an answer, and the reason where there is one."""
    try:
        tree = system.read(text, task)
        if task.judge(tree, task):
            return "right", ""
        return _wrong_or_decimals(tree, task, text)
    except Refused as reason:
        return "wrong", str(reason)
    except Unevaluated as reason:
        if task.answer in ('"does not exist"', "{}", '"no solution"') and _refuses(str(reason)):
            return "right", str(reason)
        return "unanswered", str(reason)
    except Unknown as reason:
        asked = any(f"{str(reason).split()[-1]}(" in str(a) for a in task.args)
        return ("unanswered" if asked else "unreadable"), str(reason)
    except Unreadable as reason:
        return "unreadable", str(reason)
    except (ZeroDivisionError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as reason:
        return "unreadable", f"{type(reason).__name__}: {reason}"


def _wrong_or_decimals(tree: Tree, task: Task, text: str) -> tuple[str, str]:
    """Decimals that agree to 9 digits are no exact answer, and no wrong one."""
    if re.search(r"\d\.\d", text):
        with values.digits(6):
            if task.judge(tree, task):
                return "unanswered", "decimals only"
    return "wrong", ""


_WORDS = (
    "diverge",
    "does not exist",
    "undefined",
    "undef",
    "und",
    "ind",
    "distinct",
    "zoo",
    "nan",
    "pole in path",
    "positive definite",
    "positive-definite",
    "infinity",
    "no solution",
    "singular",
)


def _refuses(reason: str) -> bool:
    """Whether a system said, in an error or a word, that there is nothing."""
    return any(
        word in reason.lower().split() or (" " in word and word in reason.lower()) or (len(word) > 5 and word in reason.lower())
        for word in _WORDS
    )
