"""Tokens to logical lines: which brackets match, and where a statement ends."""

from __future__ import annotations

from twofold.grammar.scan import Refusal, Token, scan

DEEPEST_BRACKETS = 100

_OPENING = {"LPAR": ")", "LSQB": "]", "LBRACE": "}"}
_CLOSING = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}
_UNFINISHED = frozenset(
    """SIGN OPERATOR RELATION IN ARROW LOGIC NOT MAPSTO COMMA EQUAL TILDE ROOT
    GIVEN WHERE WITHIN BY IF FOR LET CHECK ASSUME""".split()
)
_COMMANDS = {"set": ("NAME",), "include": ("STRING", "NAME"), "expect": ("NAME",)}
_HEADS = frozenset("LET CHECK DERIVATION ASSUME END".split())
_TOO_DEEP: Refusal = ("too-deep", f"more than {DEEPEST_BRACKETS} brackets are open here", "give parts of it a name of their own")


class Line:
    """The tokens of a statement, without comments and line ends. `hidden`: a `;` ended it. `open`: it wants more text.

    `stop` is where it ends, with its `;`.
    """

    def __init__(self, tokens: list[Token] | None = None, hidden: bool = False) -> None:
        self.tokens = tokens or []
        self.hidden = hidden
        self.open = False
        self.stop = 0

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def opens_statement(tokens: list[Token], place: int) -> bool:
    """Whether the words at a place can only begin a statement: a bracket left open above ends here."""
    return tokens[place].kind in _HEADS or bool(command(tokens, place))


def command(tokens: list[Token], place: int = 0) -> str:
    """The word `set`, `include` or `expect` where what follows makes it one; elsewhere these are names."""
    token = tokens[place]
    if token.kind == "NAME" and place + 1 < len(tokens) and tokens[place + 1].kind in _COMMANDS.get(token.text, ()):
        return token.text
    return ""


def is_complete(text: str) -> bool:
    """Whether a prompt may run a text: no open bracket, no operator at the end, no open block. Text with mistakes is complete."""
    depth, open_line = _state(text)
    return depth == 0 and not open_line


def open_blocks(text: str) -> int:
    """How many blocks wait for their `end`; 0 where the last line is not complete."""
    depth, open_line = _state(text)
    return 0 if open_line else depth


def _state(text: str) -> tuple[int, bool]:
    """The number of open blocks, and whether the last line is open."""
    depth = 0
    lines = split(scan(text))
    for line in lines:
        first = line.tokens[0].kind
        depth += (first in ("DERIVATION", "ASSUME")) - (first == "END" and depth > 0)
    return depth, bool(lines and lines[-1].open)


def split(tokens: list[Token]) -> list[Line]:
    """The logical lines of a text. A bracket without its partner counts for nothing here, and is refused in its line."""
    tokens = [token for token in tokens if token.kind != "COMMENT"]
    refused, open_at_end = _unmatched(tokens)
    lines: list[Line] = []
    line = Line()
    depth = 0

    def finish(semicolon: Token | None) -> None:
        nonlocal line
        if line.tokens:
            line.hidden = semicolon is not None
            line.stop = semicolon.end if semicolon else line.end
            lines.append(line)
        line = Line()

    for place, token in enumerate(tokens):
        kind = token.kind
        if kind == "NEWLINE":
            if depth == 0 and line.tokens and not (line.tokens[-1].kind in _UNFINISHED and _goes_on(tokens, place)):
                finish(None)
        elif place in refused:
            line.tokens.append(token._replace(kind="REFUSED", extra=refused[place]))
            line.open = line.open or open_at_end and kind in _OPENING
        elif kind == "SEMICOLON" and depth == 0:
            finish(token)
        else:
            depth += (kind in _OPENING) - (kind in _CLOSING)
            line.tokens.append(token)
    line.open = line.open or bool(line.tokens) and line.tokens[-1].kind in _UNFINISHED
    finish(None)
    return lines


def _goes_on(tokens: list[Token], place: int) -> bool:
    """Whether a line that ends with an operator has something to go on with."""
    while place < len(tokens) and tokens[place].kind == "NEWLINE":
        place += 1
    return place == len(tokens) or not opens_statement(tokens, place)


def _unmatched(tokens: list[Token]) -> tuple[dict[int, Refusal], bool]:
    """Brackets with no partner, by their place, and whether those were still open when the text ended.

    `(` and `[` may close each other, since intervals do: the grammar knows where. A bracket is closed within its statement.
    """
    refused: dict[int, Refusal] = {}
    stack: list[int] = []
    unclosed_at_end = False

    def give_up(place: int) -> None:
        bracket = tokens[place]
        if place not in refused:
            refused[place] = (
                "unclosed-bracket", f"`{bracket.text}` is never closed", f"close it with `{_OPENING[bracket.kind]}`",
            )  # fmt: skip

    for place, token in enumerate(tokens):
        kind = token.kind
        if kind in _OPENING:
            stack.append(place)
            if len(stack) > DEEPEST_BRACKETS:
                refused[place] = _TOO_DEEP
        elif kind in _CLOSING:
            curly = kind == "RBRACE"
            if any((tokens[k].kind == "LBRACE") == curly for k in stack[-DEEPEST_BRACKETS:]):
                while (tokens[stack[-1]].kind == "LBRACE") != curly:
                    give_up(stack.pop())
                if stack.pop() in refused:
                    refused[place] = _TOO_DEEP
            else:
                refused[place] = ("unclosed-bracket", f"`{token.text}` closes nothing", "remove it, or open a bracket before it")
        elif stack and (place == 0 or tokens[place - 1].kind == "NEWLINE") and opens_statement(tokens, place):
            while stack:
                give_up(stack.pop())
    unclosed_at_end = bool(stack)
    while stack:
        give_up(stack.pop())
    return refused, unclosed_at_end
