"""The LR machine that runs the shipped tables: terminals in, callbacks called bottom up, no recursion."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

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


Rule: TypeAlias = tuple[str, int, Callable[..., Any] | None]

_RULES: dict[type, list[Rule]] = {}
"""The rules with the functions of a class of actions."""
_PASSED: dict[tuple[int, int, str], int] = {}
"""Where a state leads, on top of another one and before a terminal, by rules that pass their one value through."""


class Machine:
    """A parser for one statement at a time. `actions` has a method for every callback the grammar names."""

    def __init__(self, actions: object) -> None:
        data = tables()
        self._acting = actions
        self._actions: list[dict[str, int]] = data["actions"]
        self._gotos: list[dict[str, int]] = data["gotos"]
        kind = type(actions)
        rules = _RULES.get(kind)
        if rules is None:
            rules = [(name, size, getattr(kind, callback) if callback else None) for name, size, callback in data["rules"]]
            _RULES[kind] = rules
        self._rules = rules
        self._start: int = data["start"]
        self._end: int = data["end"]

    def run(self, terminals: Sequence[Token]) -> Any:
        """The value of the start symbol, or `Unexpected`; a callback's `TwofoldError` passes through."""
        actions, gotos, rules, acting = self._actions, self._gotos, self._rules, self._acting
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
                states[-1] = self._passed(states[-2], states[-1], kind)
            else:
                values[-size:] = [callback(acting, *values[-size:])]
                del states[-size:]
                states.append(gotos[states[-1]][name])
            if states[-1] == self._end:
                return values[-1]

    def _passed(self, below: int, state: int, kind: str) -> int:
        """The state after all rules that can be taken now and pass a value through."""
        found = _PASSED.get((below, state, kind))
        if found is None:
            found = state
            while found != self._end and (action := self._actions[found].get(kind, 0)) < 0:
                name, _, callback = self._rules[-1 - action]
                if callback is not None:
                    break
                found = self._gotos[below][name]
            _PASSED[below, state, kind] = found
        return found
