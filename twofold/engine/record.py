"""The texts of a session, and which of their statements have a lasting effect."""

from __future__ import annotations

from twofold.engine.rows import DEFINING
from twofold.grammar import tree


class Record:
    """`kept` are pairs (number of a text, index of a statement in it), in the order in which they took effect.

    `declared` are the texts of the declarations among them. `effects` are the same pairs and those that would have defined something and went
    wrong, whose names have no value from there on, each with whether it went well.
    """

    def __init__(self) -> None:
        self.scripts: list[tree.Script] = []
        self.kept: list[tuple[int, int]] = []
        self.effects: list[tuple[int, int, bool]] = []
        self.declared: tuple[str, ...] = ()

    def add(self, script: tree.Script) -> int:
        self.scripts.append(script)
        return len(self.scripts) - 1

    def statement(self, number: int, index: int) -> tree.Statement:
        return self.scripts[number].statements[index]

    def keep(self, number: int, index: int) -> None:
        """Called for statements that went well; only those that define something are kept."""
        if isinstance(self.statement(number, index), DEFINING):
            self.kept.append((number, index))
            self.effects.append((number, index, True))
            self._see((number, index))

    def lose(self, number: int, index: int) -> None:
        """Called for statements that went wrong."""
        if isinstance(self.statement(number, index), (*DEFINING, tree.Broken)):
            self.effects.append((number, index, False))

    def forget(self, number: int) -> None:
        """Leaves out a text and all later ones."""
        del self.scripts[number:]
        self.kept = [k for k in self.kept if k[0] < number]
        self.effects = [e for e in self.effects if e[0] < number]
        self.declared = ()
        for place in self.kept:
            self._see(place)

    def _see(self, place: tuple[int, int]) -> None:
        statement = self.statement(*place)
        if isinstance(statement, tree.Declaration):
            self.declared = (*self.declared, statement.span.text)

    def definitions(self) -> dict[str, str]:
        """The names that are defined or declared, in that order, each with the text that did it last."""
        found: dict[str, str] = {}
        for number, index in self.kept:
            statement = self.statement(number, index)
            for name in _names(statement):
                found.pop(name, None)
                found[name] = statement.span.text
        return found


def _names(statement: tree.Statement) -> list[str]:
    match statement:
        case tree.Definition(name=name) | tree.Distributed(name=name):
            return [name.id]
        case tree.Declaration(items=items):
            return [name.id for item in items for name in item.names]
        case tree.Setting(name=word):
            return [f"set {word}"]
        case tree.Include(path=path):
            return [f'include "{path}"']
        case _:
            return []
