"""Builds the parse tables from `twofold.lark`: `python -m twofold.grammar.build` after every change of the grammar."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).with_name("twofold.lark")
TABLES = Path(__file__).with_name("tables.json")


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
    places = {key: place for place, key in enumerate(key for key, row in memo.items() if row["__type__"] == "Rule")}
    rules = [_rule(memo[key]) for key in places]
    terminals = table["tokens"]
    actions: list[dict[str, int]] = [{} for _ in table["states"]]
    gotos: list[dict[str, int]] = [{} for _ in table["states"]]
    nonterminals = {rule[0] for rule in rules}
    for state, row in table["states"].items():
        for token, (kind, target) in row.items():
            name = terminals[token]
            if name in nonterminals:
                gotos[int(state)][name] = target
            else:
                actions[int(state)][name] = target if kind == 0 else -1 - places[target["@"]]
    return {
        "grammar": fingerprint(),
        "start": table["start_states"]["start"],
        "end": table["end_states"]["start"],
        "rules": rules,
        "actions": actions,
        "gotos": gotos,
    }


def _rule(row: dict[str, Any]) -> list[Any]:
    name, size, alias = row["origin"]["name"], len(row["expansion"]), row["alias"]
    passes = size == 1 and alias is None and row["options"]["expand1"]
    return [name, size, None if passes else alias or name]


if __name__ == "__main__":
    TABLES.write_text(json.dumps(build(), separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
