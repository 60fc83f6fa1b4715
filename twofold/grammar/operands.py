"""The callbacks of the grammar for expressions: leaves, chains and calls.

Every method takes the values of its rule's symbols in order: tokens for terminals, nodes (or lists of nodes) for the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.core.diagnostic import fail
from twofold.core.span import Source, Span
from twofold.grammar import tree
from twofold.grammar.climb import Chain, Places, lone_interval
from twofold.grammar.parts import Arrow, Modified, Modifier
from twofold.grammar.scan import Token
from twofold.grammar.tree import Expr, Name


class Operands:
    """Builds the expressions of one text, but for those in brackets."""

    def __init__(self, source: Source, functions: frozenset[str]) -> None:
        self.source = source
        self.functions = functions
        self.places = Places(source)

    # --- leaves and lists --------------------------------------------------------------------------------------------------

    def _span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def _name(self, token: Token) -> Name:
        return Name(token.text, self.source.text[token.start : token.end], span=self._span(token.start, token.end))

    def name(self, token: Token) -> Expr:
        return self._name(token)

    def number(self, token: Token) -> Expr:
        return tree.Number(token.text, span=self._span(token.start, token.end))

    def text(self, token: Token) -> Expr:
        return tree.Text(token.text, span=self._span(token.start, token.end))

    def whole(self, token: Token) -> Expr:
        return tree.Slice(span=self._span(token.start, token.end))

    def first(self, item: Any) -> list[Any]:
        return [item]

    def further(self, items: list[Any], _: Token, item: Any) -> list[Any]:
        items.append(item)
        return items

    def first_name(self, token: Token) -> list[Name]:
        return [self._name(token)]

    def further_name(self, items: list[Name], _: Token, token: Token) -> list[Name]:
        items.append(self._name(token))
        return items

    # --- chains ------------------------------------------------------------------------------------------------------------

    def extended(self, *parts: Any) -> list[Any]:
        items = parts[0] if isinstance(parts[0], list) else [parts[0]]
        for part in parts[1:]:
            if isinstance(part, list):
                items.extend(part)
            else:
                items.append(part)
        return items

    def proportional(self, sign: Token, _: Token, names: list[Name], closing: Token) -> Token:
        return sign._replace(kind="RELATION", end=closing.end, extra=tuple(names))

    def value(self, chain: Any) -> Expr:
        if isinstance(chain, list):
            return Chain(chain, self.places, self.functions).tree()
        return chain  # type: ignore[no-any-return]

    def arrow(self, parameters: Expr, sign: Token, body: Any) -> Arrow:
        body = self._function(body)
        return Arrow(parameters, body, None, self._span(self.places.start(parameters), self.places.end(body)))

    def one_sided(self, parameters: Expr, sign: Token, target: Expr, side: Token) -> Arrow:
        return Arrow(parameters, target, side, self._span(self.places.start(parameters), side.end))

    def _function(self, item: Any) -> Expr:
        """The lambda that an arrow is outside `limit`."""
        if not isinstance(item, Arrow):
            return item  # type: ignore[no-any-return]
        if item.side:
            span = self._span(item.side.start, item.side.end)
            raise fail(
                "missing-operand",
                f"there is nothing after `{item.side.text}`",
                span,
                "one-sided limits are written `limit(f, x -> 0+)`",
            )
        found = item.parameters.items if isinstance(item.parameters, tree.Tuple) else (item.parameters,)
        parameters = tuple(p for p in found if isinstance(p, Name))
        if len(parameters) < len(found):
            limit = (
                isinstance(first := found[0], tree.Infix) and isinstance(first.left, Name) and first.left.id in ("lim", "limit")
            )
            help = "limits are written `limit(f, x -> 0)`" if limit else "write `x -> …` or `(x, y) -> …`"
            raise fail("bad-definition", "a function takes names", item.parameters.span, help)
        return tree.Lambda(parameters, item.body, span=item.span)

    # --- operands ----------------------------------------------------------------------------------------------------------

    def _operand(self, node: Expr) -> None:
        if isinstance(node, tree.Interval):
            raise lone_interval(node.span)

    def postfix(self, operand: Expr, sign: Token) -> Expr:
        self._operand(operand)
        return tree.Postfix(sign.text, operand, span=self._span(self.places.start(operand), sign.end))

    def raised(self, operand: Expr, sign: Token) -> Expr:
        """`x²`, and `A⁻¹`, which is `inv(A)`."""
        self._operand(operand)
        span, place = self._span(self.places.start(operand), sign.end), self._span(sign.start, sign.end)
        if sign.text == "-1":
            return tree.Call(Name("inv", sign.text, span=place), (operand,), span=span)
        digits = sign.text.removeprefix("-")
        power: Expr = tree.Number(digits, span=place) if digits.isdigit() else Name(digits, span=place)
        if sign.text.startswith("-"):
            power = tree.Prefix("-", power, span=place)
        return tree.Infix("^", operand, power, False, place, span=span)

    def root(self, sign: Token, operand: Expr) -> Expr:
        place = self._span(sign.start, sign.end)
        return tree.Call(Name(sign.text, "√", span=place), (operand,), span=self._span(sign.start, self.places.end(operand)))

    def index(self, base: Expr, _: Token, indices: list[Any], closing: Token) -> Expr:
        """`x[1]`; an index after a bare `√x` belongs to the x."""
        if isinstance(base, tree.Call) and base.function.spelling == "√" and not self.places.grouped(base):
            inner = self.index(base.arguments[0], _, indices, closing)
            return replace(base, arguments=(inner,), span=self._span(base.span.start, closing.end))
        self._operand(base)
        found = tuple(self._function(item) for item in indices)
        return tree.Index(base, found, span=self._span(self.places.start(base), closing.end))

    def binding(self, target: Expr, _: Token, value: Any) -> Expr:
        value = self._function(value)
        return tree.Binding(target, value, span=self._span(self.places.start(target), self.places.end(value)))

    def unbound(self, value: Expr) -> Expr:
        relation = isinstance(value, tree.Relation | tree.Logic)
        help = f"write `given {self.places.text(value)}`" if relation else "write `where x = 2`"
        raise fail("misplaced-modifier", "`where` substitutes with `=`", value.span, help)

    def call(self, function: Token, opening: Token, arguments: Any, closing: Token | None = None) -> Expr:
        if closing is None:
            arguments, closing = [], arguments
        assert closing is not None
        if isinstance(arguments, Modified):
            arguments = [self._modified(arguments)]
        return self._call(function, opening, arguments, None, closing)

    def conditional_call(self, *parts: Any) -> Expr:
        function, opening, arguments, _, conditions, closing = parts
        found = [self._function(item) for item in conditions]
        span = self._span(self.places.start(found[0]), self.places.end(found[-1]))
        condition = found[0] if len(found) == 1 else tree.Tuple(tuple(found), span=span)
        return self._call(function, opening, arguments, condition, closing)

    def _call(self, function: Token, opening: Token, arguments: list[Any], condition: Expr | None, closing: Token) -> Expr:
        name, extra = self._name(function), function.extra
        probability = function.kind == "SQUARE" or name.id == "P" or condition is not None
        read = self._approach if name.id == "limit" else self._function
        found = tuple(read(item) for item in arguments)
        for item in found:
            if isinstance(item, tree.Binding) and not probability and not isinstance(item.target, Name | tree.Index):
                help = f"write `{self.places.text(item.target)} == {self.places.text(item.value)}` to compare"
                raise fail("single-equals", "a single `=` in brackets gives a name its value or range", item.span, help)
        span = self._span(function.start, closing.end)
        if extra is None or extra.power is None:
            primes = extra.primes if extra else 0
            return tree.Call(name, found, primes, function.kind == "SQUARE", condition, span=span)
        place = self._span(extra.power.start, extra.power.end)
        return tree.Infix(
            "^",
            tree.Call(name, found, 0, False, condition, span=span),
            tree.Number(extra.power.text, span=place),
            False,
            place,
            span=span,
        )

    def _approach(self, item: Any) -> Expr:
        if not isinstance(item, Arrow):
            return self._function(item)
        if not isinstance(item.parameters, Name):
            raise fail("bad-definition", "a limit is taken in one name", item.parameters.span, "write `limit(f, x -> a)`")
        return tree.Approach(item.parameters, item.body, item.side.text if item.side else "", span=item.span)

    # --- substitutions and assumptions -----------------------------------------------------------------------------------

    def _modified(self, item: Any) -> Expr:
        """An expression with `where` and `given` as a value; the other modifiers need a claim."""
        if not isinstance(item, Modified):
            return self._function(item)
        return self.wrapped(item.expression, item.modifiers)

    def wrapped(self, node: Expr, modifiers: list[Modifier]) -> Expr:
        """`expr where … given …` as nodes, from the inside out."""
        start = self.places.start(node)
        for modifier in modifiers:
            span = self._span(start, modifier.end)
            if modifier.kind == "where":
                node = tree.Where(node, modifier.value, span=span)
            elif modifier.kind == "given":
                node = tree.Given(node, modifier.value, span=span)
            else:
                place = self._span(modifier.start, modifier.end)
                raise fail(
                    "misplaced-modifier",
                    f"`{modifier.kind.replace('_', ' ')}` belongs to a claim or a step",
                    place,
                    "it follows a relation: `a == b …`",
                )
        return node
