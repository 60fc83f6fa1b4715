"""Twofold, as users have it: a session with its worker, the answer with its check."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.exact.process import Process, Reply
from benchmarks.exact.reading import Tree, read
from benchmarks.exact.task import Task
from benchmarks.exact.values import Unevaluated

_KINDS = {
    "real": "real",
    "positive": "real, positive",
    "integer": "integer",
    "natural": "nonnegative integer",
    "complex": "complex",
}


def _list(names: Any) -> str:
    return f"[{', '.join(names)}]" if isinstance(names, (list, tuple)) else str(names)


def _system(equations: Any) -> str:
    return "{" + ", ".join(equations) + "}" if isinstance(equations, (list, tuple)) else str(equations)


def _where(a: str, side: str = "") -> str:
    return f"{a}{side}"


def _ranges(ranges: Any) -> str:
    return ", ".join(f"{x} = {a}..{b}" for x, a, b in ranges)


def _ode(equation: str, conditions: Any, variable: str) -> str:
    from benchmarks.exact.writing import Writer

    def primes(order: int) -> str:
        return "y" + "'" * order

    own = {("y" if k == 0 else f"y{k}"): f"{primes(k)}({variable})" for k in range(4)}
    plain = Writer({}, lambda rows: "", lambda items: "", equal="==")
    texts = [plain(equation, own), *(f"{primes(k)}({at}) == {to}" for k, at, to in conditions)]
    return f"let y : function\ndsolve({{{', '.join(texts)}}}, y({variable}))"


def _plain(name: str) -> Callable[..., str]:
    return lambda *args: f"{name}({', '.join(_list(a) for a in args)})"


CALLS: dict[str, Callable[..., str]] = {
    "value": lambda f: f,
    "integrate": lambda f, x: f"integrate({f}, {x})",
    "definite": lambda f, x, a, b: f"integrate({f}, {x} = {a}..{b})",
    "multiple": lambda f, ranges: f"integrate({f}, {_ranges(ranges)})",
    "sum": lambda f, k, a, b: f"sum({f}, {k} = {a}..{b})",
    "product": lambda f, k, a, b: f"prod({f}, {k} = {a}..{b})",
    "limit": lambda f, x, a, side="": f"limit({f}, {x} -> {a}{side})",
    "diff": lambda f, *xs: f"diff({f}, {', '.join(xs)})",
    "series": lambda f, x, a, n: f"series({f}, {x} = {a}, {n})",
    "taylor": lambda f, x, a, n: f"taylor({f}, {x} = {a}, {n})",
    "dsolve": _ode,
    "solve": lambda eq, x: f"solve({_system(eq)}, {_list(x)})",
    "solve_complex": lambda eq, x: f"solve({_system(eq)}, {_list(x)})",
    "inequality": lambda r, x: f"solve({r}, {x})",
    "periodic": lambda eq, x: f"solve({eq}, {x})",
    "minimum": lambda f, xs, rel=(): _extremum("minimize", f, xs, rel),
    "maximum": lambda f, xs, rel=(): _extremum("maximize", f, xs, rel),
    "lagrange": lambda f, g, xs: f"lagrange({f}, {g}, {_list(xs)})",
}


def _extremum(which: str, f: str, xs: Any, relations: Any) -> str:
    constraint = f", subject_to = {{{', '.join(relations)}}}" if relations else ""
    return f"{which}({f}, {_list(xs)}{constraint})"


class Own:
    name = "twofold"

    def __init__(self) -> None:
        self.process: Process | None = None

    def available(self) -> bool:
        return True

    def call(self, task: Task) -> str | None:
        text = task.calls.get(self.name) or CALLS.get(task.op, _plain(task.op))(*task.args)
        if task.calls.get(self.name) == "-":
            return None
        declared = [f"let {n} > 0" if kind == "positive" else f"let {n} : {_KINDS[kind]}" for n, kind in task.let.items()]
        return "\n".join([*declared, text])

    def ask(self, text: str, task: Task, budget: float) -> Reply:
        if self.process is None:
            root = Path(__file__).resolve().parents[3]
            command = [sys.executable, str(Path(__file__).with_name("own_worker.py")), str(budget)]
            self.process = Process(command, json.dumps("1 + 1"), "<END>", {"PYTHONPATH": str(root)})
        reply = self.process.ask(json.dumps(text), budget + 5)
        return reply if reply.late else replace(reply, late=json.loads(reply.text)["status"] == "time limit")

    def read(self, text: str, task: Task) -> Tree:
        row = json.loads(text)
        if row["exact"] is None:
            raise Unevaluated((row["error"] or {}).get("message", row["status"]))
        return read(row["exact"])

    def stop(self) -> None:
        if self.process is not None:
            self.process.stop()
            self.process = None


SYSTEM = Own()
