"""Builds the parse tables from `twofold.lark`: `python -m twofold.grammar.build` after every change of the grammar."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).with_name("twofold.lark")
TABLES = Path(__file__).with_name("tables.json")
SHIFT = 0
"""How lark marks a shift, and a step to the state after a nonterminal, in its serialised tables."""


def fingerprint() -> str:
    """The digest of the grammar that tables are built from; the tables carry the one they were built from."""
    return hashlib.sha256(GRAMMAR.read_bytes()).hexdigest()


def build() -> dict[str, Any]:
    """The tables: for each state, what to do at a terminal and where to go after a reduction.

    An action `n >= 0` shifts and goes to state n; `n < 0` reduces by rule `-1 - n`. A rule is (nonterminal, length, callback),
    with no callback where the value passes through. A conflict in the grammar is lark's `GrammarError`.
    """
    from lark import Lark
    from lark.grammar import Rule
    from lark.lexer import Lexer, TerminalDef

    class Own(Lexer):  # type: ignore[misc]
        """Stands for `terminals.py`: with a lexer of lark's own, strict mode would ask for a further library."""

        def __init__(self, conf: Any) -> None: ...

        def lex(self, lexer_state: Any, parser_state: Any) -> Any: ...

    lark = Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", lexer=Own, strict=True)
    data, memo = lark.memo_serialize([TerminalDef, Rule])
    table = data["parser"]["parser"]
    keys = sorted((key for key, row in memo.items() if row["__type__"] == "Rule"), key=lambda key: _order(memo[key]))
    places = {key: place for place, key in enumerate(keys)}
    names = table["tokens"]
    rows = {state: sorted((names[token], move) for token, move in row.items()) for state, row in table["states"].items()}
    start, end = table["start_states"]["start"], table["end_states"]["start"]
    numbers = _numbered(rows, start)
    nonterminals = {memo[key]["origin"]["name"] for key in keys}
    actions: list[dict[str, int]] = [{} for _ in numbers]
    gotos: list[dict[str, int]] = [{} for _ in numbers]
    for state, number in numbers.items():
        for name, (kind, target) in rows[state]:
            if name in nonterminals:
                gotos[number][name] = numbers[target]
            else:
                actions[number][name] = numbers[target] if kind == SHIFT else -1 - places[target["@"]]
    return {
        "grammar": fingerprint(),
        "start": numbers[start],
        "end": numbers[end],
        "rules": [_rule(memo[key]) for key in keys],
        "actions": actions,
        "gotos": gotos,
    }


def text() -> str:
    """The tables as the file holds them."""
    return json.dumps(build(), separators=(",", ":"), sort_keys=True) + "\n"


def _numbered(rows: dict[int, list[tuple[str, Any]]], start: int) -> dict[int, int]:
    """The states in the order in which they are met from the start, so that the same grammar always gives the same tables."""
    numbers = {start: 0}
    for state in (waiting := [start]):
        for _, (kind, target) in rows[state]:
            if kind == SHIFT and target not in numbers:
                numbers[target] = len(numbers)
                waiting.append(target)
    return numbers


def _order(row: dict[str, Any]) -> tuple[str, str, list[str]]:
    return row["origin"]["name"], row["alias"] or "", [symbol["name"] for symbol in row["expansion"]]


def _rule(row: dict[str, Any]) -> list[Any]:
    name, size, alias = row["origin"]["name"], len(row["expansion"]), row["alias"]
    passes = size == 1 and alias is None and row["options"]["expand1"]
    return [name, size, None if passes else alias or name]


if __name__ == "__main__":
    TABLES.write_text(text(), encoding="utf-8")
