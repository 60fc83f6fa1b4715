"""What to say where the grammar has no place for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Source, Span
from twofold.grammar.scan import Token

_WORDS = frozenset("LET CHECK DERIVATION ASSUME END FOR BY GIVEN WHERE WITHIN IF OTHERWISE IN NOT LOGIC".split())
_MODIFIERS = frozenset("BY GIVEN WHERE WITHIN UPTO".split())
_CLOSERS = frozenset("RPAR RSQB RBRACE ICLOSE PCLOSE".split())
_OPENERS = frozenset("LPAR LSQB LBRACE IOPEN INDEX".split())
_BETWEEN = frozenset("OPERATOR RELATION ARROW LOGIC IN EQUAL MAPSTO TILDE PROPTO COMMA SEMICOLON COLON".split())
_PLACES = {
    "IF": "it belongs in braces: `{x if x > 0; 0 otherwise}`",
    "OTHERWISE": "it belongs in braces: `{x if x > 0; 0 otherwise}`",
    "FOR": "it follows a law: `y[i] ~ Normal(t[i], 1) for i = 1..n`",
}
_TYPED = {"RPAR": ")", "RSQB": "]", "RBRACE": "}", "PCLOSE": "]"}


def unexpected(terminals: Sequence[Token], place: int, expected: frozenset[str], source: Source) -> TwofoldError:
    """The diagnostic for the terminal at a place (one past the last: the end of the statement)."""
    previous = terminals[place - 1] if place else None
    wants_value = "NAME" in expected and "NUMBER" in expected
    if place == len(terminals):
        assert previous is not None
        return _at_end(terminals, previous, expected, wants_value, source)
    token = terminals[place]
    kind = token.kind
    span = Span(source, token.start, token.end)
    typed = span.text
    first = terminals[0].kind

    if kind == "VBAR":
        return _bars(span)
    if expected == {"STRING"}:
        return fail("missing-quotes", f"`{terminals[place - 1].text}` takes a text in quotes", span, 'write it as "…"')
    if kind in _WORDS and typed.isalpha() and (_is(terminals, place + 1, "EQUAL") or place and first == "LET"):
        return fail("reserved-word", f"`{typed}` is a word of the language", span, "choose another name")
    if kind in _MODIFIERS and (place == 0 or not wants_value):
        help = "it ends the statement it belongs to, or stands with its expression alone in ( ); in a block it may start a line"
        return fail("misplaced-modifier", f"`{typed}` cannot stand here", span, help)
    if kind in _PLACES and (place == 0 or not wants_value):
        return fail("misplaced-keyword", f"`{typed}` cannot stand here", span, _PLACES[kind])
    if kind == "EQUAL" and first == "LET":
        return fail("bad-declaration", "`let` declares, it does not define", span, "write `x = 3` without `let`")
    if kind == "TILDE" and first == "LET":
        help = "write `X ~ Normal(0, 1)` without `let`"
        return fail("bad-declaration", "`let` declares, it does not give a law", span, help)
    if kind == "EQUAL" and not wants_value:
        return fail("single-equals", "a single `=` does not compare", span, "write `==`")
    if kind in ("PRIME", "BANG") and wants_value:
        return fail("missing-operand", f"`{typed}` follows nothing", span, 'it stands after a value; strings are written "…"')
    if kind in _CLOSERS:
        return _closing(terminals, place, expected, wants_value, source)
    if wants_value and (kind in _BETWEEN or kind in _MODIFIERS or kind in _WORDS):
        if previous is None or previous.kind in _OPENERS:
            return fail("missing-operand", f"there is nothing before `{typed}`", span, f"write a value before `{typed}`")
        return _nothing_after(previous, source)
    if kind == "SIDE":
        help = "one-sided limits are written `limit(f, x -> 0+)`"
        return fail("missing-operand", f"there is nothing after `{typed}`", span, help)
    if kind == "COMMA":
        if any(token.kind == "TILDE" for token in terminals):
            return fail("bad-law", "a law is for one name", span, "give each name a line of its own, or use `x[1..n] ~ …`")
        help = "a line holds one statement; a vector is written `[a, b]`, a tuple `(a, b)`"
        return fail("syntax", "a comma has no place here", span, help)
    if first in ("DERIVATION", "CHECK") and "COLON" in expected:
        return fail("syntax", "a colon is missing", span, 'write `derivation "name":` or `check "name": a == b`')
    return fail("syntax", f"`{typed}` was not expected here", span, _help(expected))


def _bars(span: Span) -> TwofoldError:
    help = "write `abs(x)`; conditions stand in `E[X | Y = y]` and `P(A | B)`"
    return fail("absolute-value", "bars do not mean an absolute value", span, help)


def _is(terminals: Sequence[Token], place: int, kind: str) -> bool:
    return place < len(terminals) and terminals[place].kind == kind


def _nothing_after(previous: Token, source: Source) -> TwofoldError:
    span = Span(source, previous.start, previous.end)
    return fail(
        "missing-operand", f"there is nothing after `{span.text}`", span, f"write a value after `{span.text}`, or remove it"
    )


def _at_end(
    terminals: Sequence[Token], previous: Token, expected: frozenset[str], wants_value: bool, source: Source
) -> TwofoldError:
    end = Span(source, previous.end, previous.end)
    first = terminals[0]
    if first.kind in ("DERIVATION", "CHECK") and "COLON" in expected:
        return fail("syntax", "a colon is missing", end, 'write `derivation "name":` or `check "name": a == b`')
    if wants_value:
        return _nothing_after(previous, source)
    bars = [token for token in terminals if token.kind == "VBAR"]
    if bars and "TILDE" in expected:
        return _bars(Span(source, bars[0].start, bars[0].end))
    if expected == {"STRING"}:
        return fail("missing-quotes", f"`{previous.text}` takes a text in quotes", end, 'write it as "…"')
    return fail("syntax", "the statement stops too early", end, _help(expected))


def _closing(terminals: Sequence[Token], place: int, expected: frozenset[str], wants_value: bool, source: Source) -> TwofoldError:
    token, previous = terminals[place], terminals[place - 1]
    span = Span(source, token.start, token.end)
    if wants_value and previous.kind in _OPENERS:
        return fail(
            "missing-operand", "these brackets are empty", Span(source, previous.start, token.end), "write a value between them"
        )
    if wants_value:
        return _nothing_after(previous, source)
    partners = [typed for kind, typed in _TYPED.items() if kind in expected]
    if partners:
        headline = f"`{span.text}` closes a bracket that wants `{partners[0]}`"
        return fail("mismatched-bracket", headline, span, f"write `{partners[0]}`; only an interval after `in` may mix them")
    return fail("syntax", f"`{span.text}` was not expected here", span, _help(expected))


_READABLE = {
    "EQUAL": "`=`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "SEMICOLON": "`;`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "ICLOSE": "the end of the interval",
    "NAME": "a name",
    "STRING": 'a text in "…"',
    "TILDE": "`~`",
    "IF": "`if`",
    "FOR": "`for`",
    "OPERATOR": "an operator",
    "$END": "the end of the line",
}


def _help(expected: frozenset[str]) -> str:
    if "NAME" in expected and "NUMBER" in expected and "OPERATOR" not in expected:
        return "a value would do here"
    known = [words for kind, words in _READABLE.items() if kind in expected and not (kind == "NAME" and "OPERATOR" in expected)]
    return "what would do here: " + ", ".join(known[:6]) if known else "see the page on the language for what can stand here"
