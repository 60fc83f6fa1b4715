"""The tokens of one logical line as terminals of the grammar: what a word or a bracket is depends on its neighbours.

This settles what a grammar of one lookahead cannot: calls against products, indexing against matrices, intervals after `in`,
`d/dx` with an operand, the side of a one-sided limit, `sin^2(x)`, words that are keywords only in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Source, Span
from twofold.grammar.lines import command
from twofold.grammar.scan import LONGEST_NUMBER, Token
from twofold.grammar.spelling import LETTERS, NAME_PATTERN, SUBSCRIPTS, SUPERSCRIPTS, canonical, raised

ELEMENTARY = frozenset(
    """sin cos tan sec csc cot sinh cosh tanh sech csch coth asin acos atan asinh acosh atanh log ln exp sqrt cbrt abs sign
    erf erfc gamma beta Phi phi sigmoid""".split()
)
"""Functions whose name may carry a power: `sin^2(x)`."""

SQUARE = frozenset(["E", "Var", "Cov", "Corr", "Std"])
"""Operators that are called with square brackets."""

VALUES = frozenset("NUMBER STRING NAME RPAR RSQB RBRACE ICLOSE PRIME BANG POWER".split())
"""Terminals that can end an operand."""

_OPERANDS = frozenset("NAME NUMBER LPAR LSQB LBRACE ROOT PARTIAL".split())
_CLOSING = {"IN": "ICLOSE", "PROPTO": "PCLOSE"}
_CLOSERS = frozenset(("RPAR", "RSQB", "ICLOSE", "COMMA"))


class Functional(NamedTuple):
    """What stands between the name of a call and its bracket."""

    primes: int = 0
    power: Token | None = None


class Differential(NamedTuple):
    """`d^order/(dx^k …)`: the variables with their orders as texts, the offsets of the variables."""

    order: str
    variables: tuple[tuple[str, int, int, str], ...]


def terminals(tokens: list[Token], source: Source, commands: bool = True) -> list[Token]:
    """The terminals of a logical line; raises `TwofoldError` at the first thing that is refused.

    `commands`: `set` and `include` at the start may be the words they are; in a lone expression they are names.
    """
    result: list[Token] = []
    push = result.append
    brackets: list[str | None] = []
    count = len(tokens)
    place = 0
    while place < count:
        token = tokens[place]
        kind = token.kind
        place += 1
        after = tokens[place].kind if place < count else ""
        if kind == "NAME" or kind == "PARTIAL":
            if token.text in ("d", "∂"):
                found = _differential(tokens, place - 1, source)
                if found:
                    push(found[0])
                    place = found[1]
                    continue
            if kind == "PARTIAL":
                raise fail("syntax", "`∂` stands alone", Span(source, token.start, token.end), "write `∂/∂x f(x, y)`")
            if after == "LPAR":
                push(Token("FUNC", token.start, token.end, token.text, Functional()))
            elif after == "PRIME":
                primes = place
                while primes < count and tokens[primes].kind == "PRIME" and source.text[tokens[primes].start] != "ᵀ":
                    primes += 1
                if primes < count and tokens[primes].kind == "LPAR":
                    push(Token("FUNC", token.start, token.end, token.text, Functional(primes - place)))
                    place = primes
                else:
                    push(token)
            elif after == "LSQB" and token.text in SQUARE:
                push(Token("SQUARE", token.start, token.end, token.text))
            elif token.text in ELEMENTARY and after in ("OPERATOR", "SUPER"):
                power, place = _power(tokens, place, token, source)
                push(token if power is None else Token("FUNC", token.start, token.end, token.text, Functional(0, power)))
            elif token.text == "up" and after == "NAME" and tokens[place].text == "to" and result and result[-1].kind in VALUES:
                push(Token("UPTO", token.start, tokens[place].end, "up to"))
                place += 1
            elif commands and not result and command(tokens):
                push(token._replace(kind=token.text.upper()))
            else:
                push(token)
        elif kind == "NUMBER":
            push(token)
        elif kind == "LPAR" or kind == "LSQB":
            previous = result[-1].kind if result else ""
            brackets.append(_CLOSING.get(previous))
            if previous == "IN":
                push(token._replace(kind="IOPEN"))
            elif kind == "LSQB" and previous in VALUES and previous != "NUMBER":
                push(token._replace(kind="INDEX"))
            else:
                push(token)
        elif kind == "RPAR" or kind == "RSQB":
            closing = brackets.pop() if brackets else None
            push(token._replace(kind=closing) if closing else token)
        elif kind == "SIGN":
            side = after in _CLOSERS and result and result[-1].kind in VALUES
            push(token._replace(kind="SIDE") if side else token)
        elif kind == "SUPER":
            push(_superscript(token, source))
        elif kind == "RELATION" and token.text == "propto":
            adjacent = after == "LSQB" and tokens[place].start == token.end
            push(token._replace(kind="PROPTO") if adjacent else token)
        elif kind == "REFUSED":
            raise _refused(token, source)
        else:
            push(token)
    return result


def refusals(tokens: list[Token], source: Source) -> Iterator[TwofoldError]:
    """All that the first pass refused in a line, each place once."""
    seen: set[str] = set()
    for token in tokens:
        if token.kind == "REFUSED" and token.extra[1] not in seen:
            seen.add(token.extra[1])
            yield _refused(token, source)


def _refused(token: Token, source: Source) -> TwofoldError:
    code, headline, help = token.extra
    return fail(code, headline, Span(source, token.start, token.end), help)


def _superscript(token: Token, source: Source) -> Token:
    text = raised(token.text)
    if len(text) > LONGEST_NUMBER or not re.fullmatch(r"-?[0-9]+|n|i", text):
        raise fail("syntax", f"`{token.text}` is not a power", Span(source, token.start, token.end), "write `^(…)`")
    return Token("POWER", token.start, token.end, text)


def _power(tokens: list[Token], place: int, name: Token, source: Source) -> tuple[Token | None, int]:
    """The power in `sin^2(x)` or `sin²(x)`, if that is what stands here, and the place after it."""
    count = len(tokens)
    negative = False
    if tokens[place].kind == "SUPER":
        power, after = _superscript(tokens[place], source), place + 1
        negative, text = power.text == "-1", power.text
    else:
        if tokens[place].text != "^":
            return None, place
        after = place + 1
        grouped = after < count and tokens[after].kind == "LPAR"
        after += grouped
        if after < count and tokens[after].text == "-":
            negative, after = True, after + 1
        if after >= count or tokens[after].kind != "NUMBER":
            return None, place
        power, after = tokens[after], after + 1
        text = power.text
        if grouped:
            if not negative or after >= count or tokens[after].kind != "RPAR":
                return None, place
            after += 1
        negative = negative and text == "1"
    if after >= count or tokens[after].kind != "LPAR":
        return None, place
    if negative:
        span = Span(source, name.start, tokens[after - 1].end)
        readings = f"write `a{name.text}(…)` for the inverse function, or `1/{name.text}(…)`"
        raise fail("inverse-function", f"`{span.text}` could mean two things", span, readings)
    if not text.isdigit() or power.kind == "NUMBER" and tokens[place + 1] is not power:
        return None, place
    return power, after


_GREEK_WORDS = "|".join(sorted({word for word in LETTERS.values() if word.islower()}, key=len, reverse=True))
_GREEK_SIGNS = "".join(LETTERS)
SHORT = (
    rf"(?:{_GREEK_WORDS}|[A-Za-z{_GREEK_SIGNS}])[0-9{''.join(SUBSCRIPTS)}]*(?:_[A-Za-z0-9]+)?"
    rf"(?![A-Za-z0-9_{_GREEK_SIGNS}])"
)
"""What a plain `d` may stand before: one letter or one Greek letter by name. `d/det(A)` is a quotient."""

_ORDER = rf"(?:\s*\^\s*([0-9]+|{NAME_PATTERN})|([{''.join(SUPERSCRIPTS)}]+))?"


@cache
def _differentials() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A whole `d^n/(d… d…)`, and one variable of it; compiled when a `d` is first met."""
    one = rf"(?:d{SHORT}|∂\s*{NAME_PATTERN}){_ORDER}"
    whole = rf"(?:d|∂){_ORDER}\s*/\s*(\(\s*(?:{one}\s*)+\)|(?:∂\s*{NAME_PATTERN}{_ORDER})+|{one})"
    return re.compile(whole), re.compile(rf"\s*(?:d|∂\s*)({NAME_PATTERN}){_ORDER}")


def _differential(tokens: list[Token], place: int, source: Source) -> tuple[Token, int] | None:
    """`d/dx`, `d^2/dx^2`, `∂²/(∂x ∂y)` with an operand after it, and the place of the operand."""
    start = tokens[place].start
    if source.text.find("/", start, tokens[-1].end) < 0:
        return None
    whole, one = _differentials()
    match = whole.match(source.text, start, tokens[-1].end)
    if match is None:
        return None
    while place < len(tokens) and tokens[place].start < match.end():
        place += 1
    if place == len(tokens) or tokens[place].kind not in _OPERANDS or tokens[place - 1].end != match.end():
        return None
    variables = tuple(
        (canonical(found.group(1)), *found.span(1), found.group(2) or raised(found.group(3) or ""))
        for found in one.finditer(source.text, match.start(3) + match.group(3).startswith("("), match.end())
    )
    order = match.group(1) or raised(match.group(2) or "")
    return Token("LEIBNIZ", start, match.end(), source.text[start : match.end()], Differential(order, variables)), place
