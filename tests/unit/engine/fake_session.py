"""A session that does no mathematics: names are known or not, and some calls misbehave. For tests of the worker alone."""

import os
import time

from twofold.core.diagnostic import fail
from twofold.engine.rows import failure, place, units
from twofold.grammar import tree


def names_in(node):
    if isinstance(node, tree.Name):
        yield node.id
    for child in tree.children(node):
        yield from names_in(child)


def row_of(node, kind, **more):
    span = place(node)
    return {
        "schema": 1, "file": span.source.name, "line": span.line, "column": span.column, "source": node.span.text, "kind": kind,
        "status": "ok", **more, "seconds": 0.0,
    }  # fmt: skip


class Session:
    """`hang()`, `crash()`, `hog()`, `deep()` and `boom()` do so; any other name must have been defined."""

    def __init__(self, *, name="<text>", settings=None, allow_read=(), folder=None, files=None):
        self.known = set()
        self.settings = settings
        self.worked = 0

    def execute(self, source, statement, emit, skip_steps=0):
        match statement:
            case tree.Derivation():
                for number, unit in enumerate(units(statement)):
                    if number >= skip_steps:
                        emit({"stage": f"step {number + 1}"})
                        self.judge(unit, "step", unit.right, emit)
                emit(row_of(statement, "derivation", verdict="proved", name=statement.name))
            case tree.Definition():
                self.work(statement.value)
                self.define_only(source, statement)
                emit(row_of(statement, "definition"))
            case tree.Claim():
                self.judge(statement, "claim", statement.statement, emit)
            case tree.Question():
                emit({"stage": "thinking"})
                self.work(statement.expression)
                emit(row_of(statement, "question", exact=f"{statement.span.text} {sorted(self.known)}", worked=self.worked))
            case tree.Broken():
                emit(failure(statement, "error", statement.diagnostics[0].to_dict(), 0.0))
            case _:
                emit(row_of(statement, "declaration"))

    def lose(self, statement):
        pass  # What was never known is not known.

    def define_only(self, source, statement):
        if isinstance(statement, tree.Definition):
            self.known.add(statement.name.id)

    def judge(self, unit, kind, expression, emit):
        self.work(expression)
        emit(row_of(unit, kind, verdict="proved", evidence=[]))

    def work(self, expression):
        self.worked += 1
        for name in names_in(expression):
            match name:
                case "hang":
                    while True:
                        time.sleep(1)
                case "crash":
                    os.abort()
                case "hog":
                    bytearray(10**13)
                case "deep":
                    self.work(expression)
                case "boom":
                    raise ZeroDivisionError("boom")
                case "slow":
                    time.sleep(0.3)
                case _ if name not in self.known and name not in ("x", "e"):
                    raise fail("unknown-name", f"there is no `{name}`", expression.span)
