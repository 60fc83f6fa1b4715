"""The callbacks of the grammar for modifiers and statements.

Statements come out as `Sentence` where their place decides what they are, as nodes of the tree without their span otherwise.
"""

from __future__ import annotations

from typing import Any

from twofold.core.diagnostic import fail
from twofold.grammar import tree
from twofold.grammar.brackets import Brackets
from twofold.grammar.climb import too_deep
from twofold.grammar.declare import declared_items, left_of_definition, left_of_law
from twofold.grammar.parts import Modified, Modifier, Sentence
from twofold.grammar.scan import Token
from twofold.grammar.tree import Expr, Name

MOST_MODIFIERS = 50


class Builder(Brackets):
    """Has a method for every name behind `->` in `twofold.lark`, and for every rule without one."""

    # --- modifiers ---------------------------------------------------------------------------------------------------------

    def modified(self, claim: Any, modifier: Modifier) -> Modified:
        if not isinstance(claim, Modified):
            return Modified(self._function(claim), [modifier])
        claim.modifiers.append(modifier)
        if len(claim.modifiers) > MOST_MODIFIERS:
            raise too_deep(self._span(modifier.start, modifier.end))
        return claim

    def by(self, word: Token, text: Token) -> Modifier:
        return Modifier("by", text.text, word.start, text.end)

    def given(self, word: Token, values: list[Expr]) -> Modifier:
        return Modifier("given", tuple(values), word.start, self.places.end(values[-1]))

    def where(self, word: Token, bindings: list[Any]) -> Modifier:
        return Modifier("where", tuple(bindings), word.start, self.places.end(bindings[-1]))

    def within(self, word: Token, value: Expr) -> Modifier:
        return Modifier("within", value, word.start, self.places.end(value))

    def up_to(self, word: Token, kind: Token, _: Token | None = None, names: list[Name] | None = None) -> Modifier:
        end = names[-1].span.end if names else kind.end
        if (
            kind.text not in ("constant", "scale", "sign", "order", "transpose")
            or names
            and kind.text not in ("constant", "scale")
        ):
            help = "after `up to` stands constant, scale, sign, order or transpose; the first two take `in x, t`"
            raise fail(
                "misplaced-modifier", f"`{self.source.text[word.start : end]}` is not known", self._span(word.start, end), help
            )
        found = tree.UpTo(kind.text, tuple(names or ()), span=self._span(word.start, end))
        return Modifier("up_to", found, word.start, end)

    # --- statements --------------------------------------------------------------------------------------------------------

    def _sentence(self, claim: Any) -> Sentence:
        if isinstance(claim, Modified):
            return Sentence(claim.expression, claim.modifiers)
        return Sentence(self._function(claim), [])

    def start(self, claim: Any) -> Sentence:
        return self._sentence(claim)

    def checked(self, _: Token, claim: Any) -> Sentence:
        sentence = self._sentence(claim)
        sentence.check = True
        return sentence

    def named(self, word: Token, name: Token, _: Token, claim: Any) -> Sentence:
        sentence = self.checked(word, claim)
        sentence.name = name.text
        return sentence

    def step(self, relation: Token, claim: Any) -> Sentence:
        sentence = self._sentence(claim)
        sentence.relation = relation
        return sentence

    def constrained(self, value: Expr) -> tuple[Expr, None]:
        return value, None

    def described(self, value: Expr, _: Token, description: Expr) -> tuple[Expr, Expr]:
        return value, description

    def declaration(self, word: Token, items: list[tuple[Expr, Expr | None]]) -> tree.Declaration:
        return tree.Declaration(declared_items(items, self.places, word))

    def definition(self, target: Any, sign: Token, claim: Any) -> tree.Definition:
        name, parameters = left_of_definition(self._function(target), sign, self.places)
        return tree.Definition(name, parameters, self._modified(claim))

    def law(self, left: Expr, _: Token, law: Expr) -> tree.Distributed:
        return left_of_law(left, law, self.places)

    def laws(self, left: Expr, _: Token, law: Expr, word: Token, index: Expr, sign: Token, over: Expr) -> tree.Distributed:
        return left_of_law(left, law, self.places, index, over)

    def conditional_law(self, left: Expr, _: Token, given: list[Expr], sign: Token, law: Expr, *over: Any) -> tree.Distributed:
        index, values = (over[1], over[3]) if over else (None, None)
        return left_of_law(left, law, self.places, index, values, given)

    def switch(self, _: Token, name: Token) -> tree.Setting:
        return tree.Setting(name.text, None)

    def setting(self, _: Token, name: Token, sign: Token, value: Expr) -> tree.Setting:
        return tree.Setting(name.text, value)

    def include(self, _: Token, path: Token) -> tree.Include:
        return tree.Include(path.text)

    def assume(self, _: Token, conditions: list[Expr]) -> tree.Scope:
        return tree.Scope(tuple(conditions), ())

    def derivation(self, _: Token, name: Token, colon: Token | None = None) -> tree.Derivation:
        return tree.Derivation(name.text if colon else None, ())
