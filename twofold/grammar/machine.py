"""The LR machine that runs the shipped tables: terminals in, callbacks called bottom up, no recursion."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from twofold.grammar.scan import Token

END = "$END"


class Unexpected(Exception):
    """A terminal that the grammar has no place for; `expected` are the terminals that would have done."""

    def __init__(self, place: int, expected: frozenset[str]) -> None:
        self.place = place
        self.expected = expected


@cache
def tables() -> dict[str, Any]:
    """The tables that `build` wrote, read once."""
    return json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


class Machine:
    """A parser for one statement at a time. `actions` has a method for every callback the grammar names."""

    def __init__(self, actions: object) -> None:
        data = tables()
        self._actions: list[dict[str, int]] = data["actions"]
        self._gotos: list[dict[str, int]] = data["gotos"]
        self._rules: list[tuple[str, int, Callable[..., Any] | None]] = [
            (name, size, getattr(actions, callback) if callback else None) for name, size, callback in data["rules"]
        ]
        self._start: int = data["start"]
        self._end: int = data["end"]

    def run(self, terminals: Sequence[Token]) -> Any:
        """The value of the start symbol, or `Unexpected`; a callback's `TwofoldError` passes through."""
        actions, gotos, rules = self._actions, self._gotos, self._rules
        states = [self._start]
        values: list[Any] = []
        last = len(terminals)
        place = 0
        while True:
            kind = terminals[place].kind if place < last else END
            action = actions[states[-1]].get(kind)
            if action is None:
                raise Unexpected(place, frozenset(actions[states[-1]]))
            if action >= 0:
                states.append(action)
                values.append(terminals[place])
                place += 1
                continue
            name, size, callback = rules[-1 - action]
            if callback is None:
                states.pop()
            else:
                values[-size:] = [callback(*values[-size:])]
                del states[-size:]
            states.append(gotos[states[-1]][name])
            if states[-1] == self._end:
                return values[-1]
