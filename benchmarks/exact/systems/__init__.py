"""One file per system: how it is started, how it spells a task, how its answers are read."""

from __future__ import annotations

import importlib
from typing import Protocol

from benchmarks.exact.process import Reply
from benchmarks.exact.reading import Tree
from benchmarks.exact.task import Task

NAMES = ("twofold", "sympy", "maxima", "giac", "pari", "fricas")


class System(Protocol):
    name: str

    def available(self) -> bool: ...
    def call(self, task: Task) -> str | None: ...
    def ask(self, text: str, task: Task, budget: float) -> Reply: ...
    def read(self, text: str, task: Task) -> Tree: ...
    def stop(self) -> None: ...


def system(name: str) -> System:
    """The system of that name, not started yet."""
    module = importlib.import_module(f"benchmarks.exact.systems.{'own' if name == 'twofold' else name + '_'}")
    found: System = module.SYSTEM
    return found
