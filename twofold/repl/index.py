"""The names of the language with signature and summary, from a table that is generated from the declarations.

`python -m twofold.repl.index` writes the table anew; reading it takes a millisecond, reading the declarations a hundred.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("index.json")


class Entry(NamedTuple):
    """`kind` is function, law, constant or word."""

    name: str
    kind: str
    signature: str
    summary: str


@cache
def entries() -> tuple[Entry, ...]:
    """All names that can be completed, sorted."""
    return tuple(Entry(*row) for row in json.loads(TABLE.read_text("utf-8")))


def generated() -> str:
    """What the table must be at present."""
    from twofold.catalogue.index import functions, laws

    rows: list[Entry] = []
    for name, function in functions().items():
        rows.append(Entry(name, "function", name + function.signature.removeprefix(function.name), function.summary))
    for name, law in laws().items():
        rows.append(Entry(name, "law", f"{name}({', '.join(p.name for p in law.parameters)})", law.summary))
    rows += [Entry(name, "constant", name, summary) for name, summary in CONSTANTS.items()]
    rows += [Entry(word, "word", usage, summary) for word, (usage, summary) in WORDS.items()]
    return json.dumps(sorted(rows), ensure_ascii=False, indent=0) + "\n"


CONSTANTS = {
    "e": "the base of the natural logarithm",
    "pi": "the ratio of a circle's circumference to its diameter",
    "oo": "infinity",
    "im": "the imaginary unit",
    "true": "the statement that always holds",
    "false": "the statement that never holds",
}
WORDS = {
    "let": ("let x, y : real", "declares what a name stands for"),
    "check": ('check "name": left == right', "a claim"),
    "derivation": ('derivation "name": … end', "a verdict for each step and one for the whole"),
    "assume": ("assume x > 0 … end", "an assumption for a block"),
    "end": ("end", "ends a block"),
    "given": ("expr given x > 0", "under an assumption"),
    "where": ("expr where x = 2", "substitutes"),
    "within": ("a ~= b within 1e-6", "how close"),
    "otherwise": ("{x if x > 0; 0 otherwise}", "the last branch"),
    "expect": ("expect refuted", "what the verdict before it should be"),
    "set": ("set digits = 30", "a setting for what follows"),
    "include": ('include "lemmas.two"', "runs another script here"),
    "up": ("left == right up to constant", "equal but for a constant, scale, sign, order or transpose"),
}


if __name__ == "__main__":
    TABLE.write_text(generated(), encoding="utf-8")
