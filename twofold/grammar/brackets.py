"""The callbacks of the grammar for brackets: groups, tuples, matrices, intervals, sets, systems and piecewise expressions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.operands import Operands
from twofold.grammar.parts import Branch, Modified
from twofold.grammar.scan import Token
from twofold.grammar.tree import Expr


class Brackets(Operands):
    """Builds what stands in brackets that belong to no call and no index."""

    def group(self, opening: Token, item: Any, closing: Token) -> Expr:
        node = self._modified(item) if isinstance(item, Modified) else self._function(item)
        self.places.group(node, opening.start, closing.end)
        return node

    def tupled(self, opening: Token, item: Any, _: Token, items: list[Any], closing: Token) -> Expr:
        return tree.Tuple(tuple(self._function(i) for i in [item, *items]), span=self._span(opening.start, closing.end))

    def matrix(self, opening: Token, rows: Any, closing: Token | None = None) -> Expr:
        if closing is None:
            rows, closing = [[]], rows
        assert closing is not None
        return self._matrix(opening, rows, closing)

    def _matrix(self, opening: Token, rows: list[list[Any]], closing: Token) -> Expr:
        span = self._span(opening.start, closing.end)
        found = tuple(tuple(self._function(item) for item in row) for row in rows)
        if len(found) > 1:
            return self._rectangular(found, span)
        inner = found[0]
        nested = tuple(i.rows[0] for i in inner if isinstance(i, tree.Matrix) and i.vector and not self.places.grouped(i))
        if inner and len(nested) == len(inner):
            return self._rectangular(nested, span)
        return tree.Matrix(found, True, span=span)

    def _rectangular(self, rows: Sequence[tuple[Expr, ...]], span: Span) -> Expr:
        for number, row in enumerate(rows, 1):
            if len(row) != len(rows[0]):
                place = self._span(self.places.start(row[0]), self.places.end(row[-1])) if row else span
                headline = f"the first row has length {len(rows[0])}, row {number} has length {len(row)}"
                raise fail("ragged-matrix", headline, place, "give all rows the same number of entries")
        return tree.Matrix(tuple(rows), span=span)

    def interval(self, opening: Token, rows: list[list[Any]], closing: Token) -> Expr:
        """After `in`: a pair is an interval, anything else the bracket it looks like."""
        span = self._span(opening.start, closing.end)
        row = rows[0]
        left, right = self._text(opening), self._text(closing)
        if len(rows) == 1 and len(row) == 2:
            lower, upper = (self._function(item) for item in row)
            return tree.Interval(lower, upper, left == "[", right == "]", span=span)
        if left == "[" and right == "]":
            return self._matrix(opening, rows, closing)
        if left == "(" and right == ")" and len(rows) == 1:
            if len(row) == 1:
                return self.group(opening, row[0], closing)
            return tree.Tuple(tuple(self._function(item) for item in row), span=span)
        raise fail(
            "mismatched-bracket",
            f"`{left}` is closed by `{right}`",
            self._span(closing.start, closing.end),
            "an interval has two ends: `(0, 1]`",
        )

    def _text(self, token: Token) -> str:
        return self.source.text[token.start : token.end]

    def branch(self, value: Expr, _: Token, condition: Expr) -> Branch:
        return Branch((value, condition))

    def otherwise(self, value: Expr, _: Token) -> Branch:
        return Branch((value, None))

    def braces(self, opening: Token, items: Any, closing: Token | None = None) -> Expr:
        if closing is None:
            items, closing = [], items
        assert closing is not None
        span = self._span(opening.start, closing.end)
        if any(isinstance(item, Branch) for item in items):
            return self._piecewise(items, span)
        found = tuple(self._function(item) for item in items)
        bindings = [isinstance(item, tree.Binding) for item in found]
        if any(bindings) and not all(bindings):
            value = found[bindings.index(True)]
            raise fail("single-equals", "a single `=` does not compare", value.span, "write `==`")
        relations = [
            isinstance(item, tree.Relation | tree.Logic) or isinstance(item, tree.Prefix) and item.operator == "not"
            for item in found
        ]
        if not all(relations):
            if any(relations):
                value = found[relations.index(False)]
                raise fail(
                    "mixed-braces",
                    "these braces mix relations and values",
                    value.span,
                    "a system has relations only, a set values only",
                )
            return tree.Set(found, span=span)
        return tree.System(found, span=span) if found else tree.Set((), span=span)

    def _piecewise(self, items: list[Any], span: Span) -> Expr:
        branches: list[tuple[Expr, Expr]] = []
        last: Expr | None = None
        for item in items:
            if last is not None:
                raise fail(
                    "piecewise-branches", "nothing may follow `otherwise`", last.span, "put the branch with `otherwise` last"
                )
            if not isinstance(item, Branch):
                node = self._function(item)
                if isinstance(node, tree.Binding):
                    raise fail("single-equals", "a single `=` does not compare", node.span, "write `==`")
                help = f"write `{self.places.text(node)} if …`, or `{self.places.text(node)} otherwise` for the last"
                raise fail("piecewise-branches", "this branch has no condition", node.span, help)
            if item[1] is None:
                last = item[0]
            else:
                branches.append((item[0], item[1]))
        if not branches:
            raise fail("piecewise-branches", "there is only `otherwise`", span, "write `{x if x > 0; 0 otherwise}`")
        return tree.Piecewise(tuple(branches), last, span=span)
