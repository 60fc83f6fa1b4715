"""Flat operator chains to trees, by precedence, and the readings that are refused because a person could mean two things."""

from __future__ import annotations

from typing import Any

from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Source, Span
from twofold.grammar.scan import Token
from twofold.grammar.terminals import ELEMENTARY, Differential
from twofold.grammar.tree import Expr, Infix, Interval, Leibniz, Logic, Name, Number, Postfix, Prefix, Range, Relation, Text

ARROW, OR, AND, NOT, RELATION, RANGE, SUM, PRODUCT, MINUS, JUXTAPOSED, POWER, POSTFIX = range(1, 13)
"""Levels of binding, loosest first. `write` brackets by the same ones."""

LEVELS: dict[str, int] = {
    "=>": ARROW, "<=>": ARROW, "<==": ARROW, "or": OR, "and": AND,
    "==": RELATION, "!=": RELATION, "<": RELATION, "<=": RELATION, ">": RELATION, ">=": RELATION, "~=": RELATION,
    "in": RELATION, "propto": RELATION, "..": RANGE, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, ".*": PRODUCT, "./": PRODUCT,
    "^": POWER,
}  # fmt: skip

DEEPEST = 300
"""The height of a tree from which it is refused: below it, plain recursion over a tree is safe everywhere."""


class Places:
    """Where the expressions of a statement stand; brackets around one are no part of the tree, but are kept here."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._outer: dict[int, tuple[Expr, int, int]] = {}

    def group(self, node: Expr, start: int, end: int) -> None:
        """Notes that a node is in brackets (and keeps it alive, so that its identity stays its own)."""
        self._outer[id(node)] = (node, start, end)

    def grouped(self, node: Expr) -> bool:
        return id(node) in self._outer

    def start(self, node: Expr) -> int:
        found = self._outer.get(id(node))
        return found[1] if found else node.span.start

    def end(self, node: Expr) -> int:
        found = self._outer.get(id(node))
        return found[2] if found else node.span.end

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def text(self, node: Expr) -> str:
        return self.source.text[self.start(node) : self.end(node)]


class Chain:
    """One flat chain: nodes, prefix tokens and infix tokens (`LEIBNIZ` after an operand is a juxtaposed prefix).

    The `extra` of `propto[x, t]` are its variables as names.
    """

    def __init__(self, items: list[Any], places: Places, functions: frozenset[str]) -> None:
        self.items = items
        self.places = places
        self.functions = functions
        self.at = 0
        self.nesting = 0

    def tree(self) -> Expr:
        return self.climb(0)

    def climb(self, minimum: int) -> Expr:
        self.nesting += 1
        if self.nesting > DEEPEST // 3:
            raise too_deep(self._span(self.items[0]))
        items, places = self.items, self.places
        left = self._first(minimum)
        while self.at < len(items):
            item = items[self.at]
            if isinstance(item, Token) and item.kind != "LEIBNIZ":
                level = LEVELS[item.text]
                if level < minimum:
                    break
                if level == RELATION:
                    left = self._relation(left)
                    continue
                self.at += 1
                left = self._infix(left, item, level)
            else:
                if minimum > JUXTAPOSED:
                    break
                self._check_juxtaposed(item)
                right = self.climb(POWER)
                start, end = places.start(left), places.end(right)
                left = Infix(
                    "*", left, right, True, places.span(places.end(left), places.start(right)), span=places.span(start, end)
                )
        self.nesting -= 1
        return left

    def _first(self, minimum: int) -> Expr:
        item = self.items[self.at]
        self.at += 1
        if not isinstance(item, Token):
            return item  # type: ignore[no-any-return]
        if item.kind == "LEIBNIZ":
            return self._leibniz(item)
        operand = self.climb(NOT if item.kind == "NOT" else max(MINUS, minimum))
        return Prefix(item.text, operand, span=self.places.span(item.start, self.places.end(operand)))

    def _infix(self, left: Expr, sign: Token, level: int) -> Expr:
        places = self.places
        if level == POWER:
            exponent = self.items[self.at]
            if isinstance(exponent, Postfix) and exponent.operator == "'" and not places.grouped(exponent):
                base, power = places.text(left), places.text(exponent.operand)
                raise ambiguous(
                    "ambiguous-exponent",
                    places.span(places.start(left), places.end(exponent)),
                    f"({base}^{power})'",
                    f"{base}^({power}')",
                )
        right = self.climb(level if level == POWER else level + 1)
        span = places.span(places.start(left), places.end(right))
        place = places.span(sign.start, sign.end)
        if level in (ARROW, OR, AND):
            if level == ARROW and self.at < len(self.items) and LEVELS.get(self.items[self.at].text) == ARROW:
                again = self.items[self.at]
                help = "put brackets around one of them, or write the steps below each other in a derivation"
                raise fail("chained-arrows", f"`{sign.text}` and `{again.text}` in one chain", self._span(again), help)
            return Logic(sign.text, left, right, span=span)
        if level == RANGE:
            if self.at < len(self.items) and getattr(self.items[self.at], "text", "") == "..":
                raise fail("syntax", "a range has two ends", self._span(self.items[self.at]), "write `a..b`")
            return Range(left, right, span=span)
        if sign.text in ("/", "./"):
            self._check_division(left, sign, right)
        return Infix(sign.text, left, right, False, place, span=span)

    def _relation(self, left: Expr) -> Expr:
        operators: list[str] = []
        operands = [left]
        variables: tuple[Name, ...] = ()
        while self.at < len(self.items):
            sign = self.items[self.at]
            if not isinstance(sign, Token) or LEVELS.get(sign.text) != RELATION:
                break
            self.at += 1
            at = self.at
            if sign.extra is not None:
                variables = sign.extra
            operators.append(sign.text)
            operands.append(self.climb(RANGE))
            if isinstance(self.items[at], Interval) and operands[-1] is not self.items[at]:
                raise lone_interval(self.items[at].span)
        span = self.places.span(self.places.start(left), self.places.end(operands[-1]))
        return Relation(tuple(operators), tuple(operands), variables, span=span)

    def _leibniz(self, sign: Token) -> Expr:
        places = self.places
        written: Differential = sign.extra
        pairs: list[tuple[Name, Expr | None]] = []
        total = 0
        for name, start, end, order in written.variables:
            at = places.span(start, end)
            power: Expr | None = None
            if order:
                power = Number(order, span=at) if order.isdigit() else Name(order, order, span=at)
            pairs.append((Name(name, places.source.text[start:end], span=at), power))
            total += int(order) if order.isdigit() else 1
        expected = written.variables[0][3] if len(pairs) == 1 else "" if total == 1 else str(total)
        if (written.order or "1") != (expected or "1") or len(pairs) > 1 and any(isinstance(power, Name) for _, power in pairs):
            help = "the powers above and below agree: `d^2/dx^2`, `d^2/(dx dy)`"
            raise fail("derivative-order", "the order above is not the order below", places.span(sign.start, sign.end), help)
        operand = self.climb(POWER)
        if self.at < len(self.items) and not places.grouped(operand):
            self._check_derivative(sign, operand)
        return Leibniz(tuple(pairs), operand, span=places.span(sign.start, places.end(operand)))

    def _check_derivative(self, sign: Token, operand: Expr) -> None:
        """A product after `d/dx` could be under it or beside it."""
        following = self.items[self.at]
        places = self.places
        juxtaposed = not isinstance(following, Token) or following.kind == "LEIBNIZ"
        if juxtaposed or LEVELS[following.text] == PRODUCT:
            last = following if juxtaposed else self.items[min(self.at + 1, len(self.items) - 1)]
            end = self._span(last).end
            operator, inner = sign.text, places.text(operand)
            whole = places.source.text[places.start(operand) : end]
            rest = places.source.text[places.end(operand) : end].strip()
            beside = f"({operator} {inner}){'' if not juxtaposed else '*'}{rest}"
            raise ambiguous("ambiguous-derivative", places.span(sign.start, end), f"{operator} ({whole})", beside)

    def _check_division(self, left: Expr, sign: Token, right: Expr) -> None:
        """`1/2x` and `a/b c`: the quotient of a product, or the product of a quotient."""
        places = self.places
        core = right
        while isinstance(core, Prefix) and not places.grouped(core):
            core = core.operand
        if not (isinstance(core, Infix) and core.implicit) or places.grouped(core):
            return
        first: Expr = core
        while isinstance(first, Infix) and first.implicit and not places.grouped(first):
            first = first.left
        numerator = left.right if isinstance(left, Infix) and left.operator in "*/" and not places.grouped(left) else left
        above, below, whole = places.text(numerator), places.text(first), places.text(core)
        rest = places.source.text[places.end(first) : places.end(core)].strip()
        span = places.span(places.start(numerator), places.end(core))
        raise ambiguous("ambiguous-division", span, f"{above}{sign.text}({whole})", f"({above}{sign.text}{below})*{rest}")

    def _check_juxtaposed(self, item: Any) -> None:
        """What may follow an operand without a sign between them."""
        places, at = self.places, self.at
        previous = self.items[at - 1]
        base = self.items[at - 3] if at >= 3 and getattr(self.items[at - 2], "text", "") == "^" else previous
        known = self.functions | ELEMENTARY if isinstance(item, Number) else self.functions
        if isinstance(base, Name) and base.id in known and not places.grouped(base):
            last = at
            while last + 1 < len(self.items) and not isinstance(self.items[last + 1], Token):
                last += 1
            end = self._span(self.items[last]).end
            argument = places.source.text[self._span(item).start : end]
            help = f"write `{base.id}({argument})`, or `{base.id}*…` for a product"
            raise fail(
                "function-without-bracket", f"the function `{base.id}` has no bracket", places.span(base.span.start, end), help
            )
        if isinstance(previous, Text) or isinstance(item, Number | Text) and not places.grouped(item):
            left, right = places.text(previous), self._span(item).text
            help = f"write `{left}*{right}` for a product"
            if left == "mod" and at >= 2 and not isinstance(self.items[at - 2], Token):
                help = f"write `mod({places.text(self.items[at - 2])}, {right})`"
            if isinstance(previous, Text) or isinstance(item, Text):
                help = 'a text stands alone: `check "name": a == b`, `by "reason"`, `f("text")`'
                if isinstance(previous, Name) and "derivation".startswith(previous.id[:5]) and len(previous.id) > 4:
                    help = f"write `derivation {right}:`, then the steps, then `end`"
            headline = f"there is no operator between `{left}` and `{right}`"
            raise fail("missing-operator", headline, places.span(places.end(previous), self._span(item).end), help)
        if not isinstance(item, Token) and not places.grouped(previous) and places.end(previous) == places.start(item):
            self._check_exponent(previous, item)

    def _check_exponent(self, previous: Expr, item: Expr) -> None:
        """`e^2x`, with nothing between the 2 and the x."""
        places, at = self.places, self.at
        signs = [getattr(self.items[place], "text", "") if place >= 0 else "" for place in (at - 2, at - 3)]
        if signs[0] != "^" and signs != ["-", "^"]:
            return
        base = self.items[at - 3] if signs[0] == "^" else self.items[at - 4]
        power = places.text(previous) if signs[0] == "^" else f"-{places.text(previous)}"
        raised, rest = places.text(base), places.text(item)
        closed = f"{raised}^{power}" if signs[0] == "^" else f"{raised}^({power})"
        span = places.span(places.start(base), places.end(item))
        raise ambiguous("ambiguous-exponent", span, f"{raised}^({power}{rest})", f"{closed}*{rest}")

    def _span(self, item: Any) -> Span:
        if isinstance(item, Token):
            return self.places.span(item.start, item.end)
        return self.places.span(self.places.start(item), self.places.end(item))


def ambiguous(code: str, span: Span, one: str, other: str) -> TwofoldError:
    """The refusal of a text with two readings; both are offered."""
    return fail(code, f"`{span.text}` could mean two things", span, f"write `{one}` or `{other}`")


def lone_interval(span: Span) -> TwofoldError:
    return fail(
        "syntax",
        "an interval stands alone after `in`",
        span,
        "write `x in (0, 1)`, with brackets around what follows `in` otherwise",
    )


def too_deep(span: Span) -> TwofoldError:
    return fail("too-deep", "this is nested too deeply", span, "give parts of it a name of their own")
