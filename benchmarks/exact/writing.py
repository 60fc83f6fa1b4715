"""Trees in the syntax of a system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.exact.reading import Tree, read


@dataclass(frozen=True)
class Writer:
    """How a system spells what a task says.

    `names` are its constants and functions where they are called otherwise, `special` functions whose arguments it takes otherwise, `matrix`
    makes a matrix from rows of texts and `vector` a vector from texts, `brackets` encloses a set.
    """

    names: Mapping[str, str]
    matrix: Callable[[list[list[str]]], str]
    vector: Callable[[list[str]], str]
    special: Mapping[str, Callable[..., str]] = field(default_factory=dict)
    power: str = "^"
    equal: str = "="
    conjunction: str = " and "
    number: Callable[[str], str] = lambda text: text

    def __call__(self, text: str, own: Mapping[str, str] | None = None) -> str:
        """A text of a task in the system's syntax; `own` says how some names are written here."""
        return self.write(read(text), own or {})

    def write(self, tree: Tree, own: Mapping[str, str]) -> str:
        kind = tree[0]
        if kind == "number":
            return self.number(str(tree[1]))
        if kind == "name":
            return own.get(tree[1], self.names.get(tree[1], tree[1]))
        if kind in ("+", "*", "/", "^"):
            sign = self.power if kind == "^" else kind
            return f"({self.write(tree[1], own)}{sign}{self.write(tree[2], own)})"
        if kind == "-":
            return f"(-{self.write(tree[1], own)})"
        if kind == "call":
            return self.call(tree[1], [self.write(a, own) for a in tree[2]])
        if kind == "relation":
            sign = self.equal if tree[1] == "==" else tree[1]
            return f"{self.write(tree[2], own)} {sign} {self.write(tree[3], own)}"
        if kind == "and":
            return f"({self.write(tree[1], own)}){self.conjunction}({self.write(tree[2], own)})"
        if kind == "list" and tree[1] and tree[1][0][0] == "list":
            return self.matrix([[self.write(e, own) for e in row[1]] for row in tree[1]])
        if kind in ("list", "set", "tuple"):
            return self.vector([self.write(e, own) for e in tree[1]])
        raise ValueError(f"no way to write a {kind}")

    def call(self, name: str, args: list[str]) -> str:
        if name in self.special:
            return self.special[name](*args)
        return f"{self.names.get(name, name)}({', '.join(args)})"
