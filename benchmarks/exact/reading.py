"""The one-line syntax of every system here, read to one small tree.

The syntaxes are near enough to each other for one reader: `^` or `**`, calls with ( ) (and [ ] where told), lists in [ ], { } and ( ), `matrix([…], […])`,
`[a, b; c, d]`, relations, `and`/`or`/`not` in words or signs, `{a if c; b otherwise}`, `x -> f`. What a name means is left to `values`.

    ("number", Fraction)  ("name", str)  ("text", str)  ("call", name, [tree])  ("list", [tree])  ("set", [tree])  ("tuple", [tree])
    ("+" | "*" | "/" | "^", left, right)  ("-", tree)  ("relation", sign, left, right)  ("and" | "or", left, right)  ("not", tree)
    ("cases", [(value, condition or None)])  ("function", name, body)  ("at", tree, [index])
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

Tree = tuple[Any, ...]

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+(?:[eE][-+]?\d+)?)|(?P<name>[%A-Za-z_α-ωΑ-Ω][%\w]*)|(?P<text>"[^"]*")
    |(?P<sign>\*\*|->|\.\.|==|!=|<>|~=|<=|>=|&&|\|\||[-+*/^!=<>()\[\]{},;:.'~&|#\#]))""",
    re.VERBOSE,
)
RELATIONS = {"=": "==", "==": "==", "!=": "!=", "<>": "!=", "~=": "!=", "#": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class Unreadable(ValueError):
    """A text that this reader does not take: its fault, not the system's."""


def read(text: str) -> Tree:
    """The tree of a text. Raises Unreadable."""
    reader = _Reader(text)
    tree = reader.statement()
    if reader.kind != "end":
        raise Unreadable(f"{reader.value!r} in {text[:200]!r}")
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self.kind, self.value = "", ""
        self.advance()

    def advance(self) -> None:
        found = _TOKEN.match(self.text, self.position)
        if found is None:
            if self.text[self.position :].strip():
                raise Unreadable(f"{self.text[self.position :][:40]!r} in {self.text[:200]!r}")
            self.kind, self.value = "end", ""
            return
        self.position = found.end()
        self.kind = str(found.lastgroup)
        self.value = found[self.kind]

    def take(self, *values: str) -> bool:
        if self.kind in ("sign", "name") and self.value in values:
            self.advance()
            return True
        return False

    def need(self, value: str) -> None:
        if not self.take(value):
            raise Unreadable(f"{value!r} wanted, {self.value!r} found in {self.text[:200]!r}")

    def statement(self) -> Tree:
        left = self.disjunction()
        if self.take("->"):
            return ("function", left, self.statement())
        return left

    def disjunction(self) -> Tree:
        left = self.conjunction()
        while self.take("or", "|", "||"):
            left = ("or", left, self.conjunction())
        return left

    def conjunction(self) -> Tree:
        left = self.negation()
        while self.take("and", "&", "&&"):
            left = ("and", left, self.negation())
        return left

    def negation(self) -> Tree:
        return ("not", self.negation()) if self.take("not", "~") else self.relation()

    def relation(self) -> Tree:
        left = self.range()
        chain: Tree | None = None
        while self.kind == "sign" and self.value in RELATIONS:
            sign = RELATIONS[self.value]
            self.advance()
            right = self.range()
            link = ("relation", sign, left, right)
            chain = link if chain is None else ("and", chain, link)
            left = right
        return chain or left

    def range(self) -> Tree:
        left = self.sum()
        return ("range", left, self.sum()) if self.take("..") else left

    def sum(self) -> Tree:
        left = self.product()
        while self.kind == "sign" and self.value in ("+", "-"):
            sign = self.value
            self.advance()
            right = self.product()
            left = ("+", left, right if sign == "+" else ("-", right))
        return left

    def product(self) -> Tree:
        left = self.prefix()
        while self.kind == "sign" and self.value in ("*", "/", "."):
            sign = self.value
            self.advance()
            right = self.prefix()
            left = ("/", left, right) if sign == "/" else ("*", left, right)
        return left

    def prefix(self) -> Tree:
        if self.take("-"):
            return ("-", self.prefix())
        if self.take("+"):
            return self.prefix()
        return self.power()

    def power(self) -> Tree:
        base = self.postfix()
        if self.take("^", "**"):
            return ("^", base, self.prefix())
        return base

    def postfix(self) -> Tree:
        tree = self.atom()
        while self.kind == "sign":
            if self.value == "!":
                self.advance()
                tree = ("call", "factorial", [tree])
            elif self.value in ("'", "~"):  # A transpose; `~` is how GP writes a column.
                self.advance()
                tree = ("call", "transpose", [tree])
            elif self.value == "[" and tree[0] in ("name", "call", "at"):
                self.advance()
                tree = ("at", tree, self.items("]")[0])
            elif self.value == "(" and tree[0] == "at":
                self.advance()
                tree = ("call", tree[1][1], [*tree[2], *self.items(")")[0]])
            else:
                break
        return tree

    def atom(self) -> Tree:
        if self.kind == "number":
            tree: Tree = ("number", Fraction(self.value))
            self.advance()
            return tree
        if self.kind == "text":
            tree = ("text", self.value.strip('"'))
            self.advance()
            return tree
        if self.kind == "name":
            name = self.value
            self.advance()
            if self.kind == "sign" and self.value == "(":
                self.advance()
                items, _ = self.items(")")
                return ("call", name, items)
            return ("name", name)
        if self.kind == "sign" and self.value in _CLOSING:
            opening = self.value
            self.advance()
            return self.group(opening)
        raise Unreadable(f"{self.value or 'the end'!r} in {self.text[:200]!r}")

    def items(self, closing: str) -> tuple[list[Tree], list[int]]:
        """The items up to a bracket, and where rows ended (after so many items)."""
        items: list[Tree] = []
        rows: list[int] = []
        while not self.take(closing):
            if self.take(","):
                continue
            if self.take(";"):
                rows.append(len(items))
                continue
            item = self.statement()
            if self.take("if"):
                item = ("case", item, self.disjunction())
            elif self.take("otherwise"):
                item = ("case", item, None)
            items.append(item)
        return items, rows

    def group(self, opening: str) -> Tree:
        items, rows = self.items(_CLOSING[opening])
        if items and all(i[0] == "case" for i in items):
            return ("cases", [(i[1], i[2]) for i in items])
        if opening == "(":
            return items[0] if len(items) == 1 and self.text[self.position - 2 : self.position] != ",)" else ("tuple", items)
        if opening == "{":
            return ("set", items)
        if rows:
            edges = [0, *rows, len(items)]
            return ("list", [("list", items[a:b]) for a, b in zip(edges, edges[1:], strict=False) if b > a])
        return ("list", items)


def names_in(tree: Any) -> set[str]:
    """The names that stand in a tree, those of functions left out."""
    if isinstance(tree, tuple) and tree and tree[0] == "name":
        return {tree[1]}
    if isinstance(tree, tuple) and tree and tree[0] == "function":
        return names_in(tree[2]) - names_in(tree[1])
    if isinstance(tree, (tuple, list)):
        return {n for part in tree for n in names_in(part)}
    return set()


def calls_in(tree: Any) -> set[str]:
    """The functions that are called in a tree."""
    if isinstance(tree, tuple) and tree and tree[0] == "call":
        return {tree[1], *(n for part in tree[2] for n in calls_in(part))}
    if isinstance(tree, (tuple, list)):
        return {n for part in tree for n in calls_in(part)}
    return set()
