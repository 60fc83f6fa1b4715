"""What is asked, what is known, and how an answer is judged."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mpmath import mpf

from benchmarks.exact.reading import Tree

Point = dict[str, Any]
Judge = Callable[[Tree, "Task"], bool]

# Fallback points for free names: no special relation holds between them.
_VALUES = {
    "real": ("37/100", "-83/100", "129/100"),
    "positive": ("37/100", "83/100", "229/100"),
    "integer": ("3", "5", "8"),
    "natural": ("1", "4", "7"),
    "complex": ("37/100", "-83/100", "129/100"),
}


@dataclass(frozen=True)
class Task:
    """One question.

    `op` is the operation that every system's file has a call for, `args` its arguments in the tasks' own syntax (that of `reading`),
    `answer` the known answer as a text (data, never computed by one of the systems), `judge` how an answer is compared with it. `let` declares
    names other than real ones, `points` are values of the free names at which values are compared; `calls` are the words of a system for
    this task where its general call is not what a person who knows it would type.
    """

    op: str
    args: tuple[Any, ...]
    answer: str
    judge: Judge
    let: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, Sequence[str]] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    topic: str = ""

    @property
    def title(self) -> str:
        return self.name or f"{self.op} {' , '.join(map(_shown, self.args))}"

    def at(self, names: Sequence[str]) -> list[Point]:
        """The points for these names: as many as the longest list of values."""
        lists = {n: self.points.get(n) or _VALUES[self.let.get(n, "real")] for n in names}
        count = max((len(v) for v in lists.values()), default=1)
        return [{n: _number(v[(k + shift) % len(v)]) for shift, (n, v) in enumerate(sorted(lists.items()))} for k in range(count)]


def _shown(arg: Any) -> str:
    return arg if isinstance(arg, str) else str(arg).replace("'", "")


def _number(text: str) -> Any:
    numerator, _, denominator = text.partition("/")
    return mpf(numerator) / mpf(denominator or 1)


def tasks() -> Iterator[Task]:
    """Every task of every topic file, in order."""
    package = importlib.import_module("benchmarks.exact.tasks")
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        for task in importlib.import_module(f"benchmarks.exact.tasks.{module.name}").TASKS:
            yield Task(**{**{f: getattr(task, f) for f in task.__dataclass_fields__}, "topic": module.name})
