"""Edits of a tree as edits of the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from twofold.core.diagnostic import TwofoldError
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.parse import parse_expression
from twofold.grammar.scan import scan

_STAND_IN = "bracketed"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """`replacement` for `length` characters at a line and column; `whole` is the text of the side afterwards, `shown` what to
    name in a message."""

    line: int
    column: int
    length: int
    replacement: str
    whole: str
    shown: str


def put(root: Any, old: Any, new: Any) -> Any:
    """The tree with a node (by identity) replaced; the same tree where it does not occur."""
    if root is old:
        return new
    if isinstance(root, tuple):
        parts = tuple(put(x, old, new) for x in root)
        return root if all(a is b for a, b in zip(parts, root, strict=True)) else parts
    if not isinstance(root, tree.Located):
        return root
    changed = {}
    for f in fields(root):
        if f.name in ("span", "operator_span"):
            continue
        value = getattr(root, f.name)
        if isinstance(value, (tuple, tree.Located)):
            made = put(value, old, new)
            if made is not value:
                changed[f.name] = made
    return replace(root, **changed) if changed else root


def locate(root: tree.Expr, old: tree.Expr, new: tree.Expr) -> TextEdit | None:
    """The change of text that puts a node in the place of another one; None where it cannot be done on one line."""
    span, inner = root.span, old.span
    if not inner.source.text or not (span.start <= inner.start <= inner.end <= span.end):
        return None
    wanted = put(root, old, new)
    text = span.source.text
    shown = write(new)
    choices = [(inner, shown), (inner, f"({shown})")]
    if inner.start > span.start and text[inner.start - 1] == "(" and text[inner.end : inner.end + 1] == ")":
        outer = Span(span.source, inner.start - 1, inner.end + 1)
        if isinstance(new, (tree.Name, tree.Number, tree.Call)):
            choices.insert(0, (outer, shown))
        elif old in tree.children(new):
            choices.insert(0, (outer, write(put(new, old, tree.Name(_STAND_IN))).replace(_STAND_IN, f"({write(old)})")))
    found: list[TextEdit] = []
    for place, candidate in choices:
        whole = text[span.start : place.start] + candidate + text[place.end : span.end]
        try:
            edit = _shrunk(span, place, candidate, whole, shown) if parse_expression(whole, "") == wanted else None
        except TwofoldError:
            continue
        if edit is not None and place is not inner:
            return edit  # Brackets that are not needed any more go with what stood in them.
        if edit is not None:
            found.append(edit)
    return min(found, key=lambda e: e.length + len(e.replacement), default=None)


def _shrunk(span: Span, inner: Span, new: str, whole: str, shown: str) -> TextEdit | None:
    """The edit without the tokens that both texts begin and end with; never empty, so that there is something to underline."""
    old = inner.text
    before, after = scan(old), scan(new)
    head = 0
    while head < min(len(before), len(after)) and before[head].text == after[head].text:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail].text == after[-1 - tail].text:
        tail += 1
    if head + tail >= len(before):
        # Something is only inserted: one token beside it is named too.
        if tail:
            tail -= 1
        elif head:
            head -= 1
    if not before or head + tail > len(after) or head >= len(before):
        return None
    first, last = before[head], before[len(before) - 1 - tail]
    if head + tail == len(after):
        # Something is only left out.
        replacement = ""
    else:
        replacement = new[after[head].start : after[len(after) - 1 - tail].end]
    start, end = inner.start + first.start, inner.start + last.end
    if "\n" in span.source.text[start:end]:
        return None
    if replacement and head and new[after[head].start - 1] == " " and start > span.start and span.source.text[start - 1] != " ":
        replacement = f" {replacement}"
    elif replacement and head and new[after[head].start - 1] != " " and span.source.text[start - 1] == " ":
        # No blank is left before what had none.
        start -= 1
    if replacement and tail and new[after[len(after) - tail].start - 1] != " ":
        # Nor behind it.
        while span.source.text[end] == " ":
            end += 1
    line, column = span.source.position(start)
    if not replacement and head:
        # A blank before what is left out goes with it.
        while start > span.start and span.source.text[start - 1] == " ":
            start -= 1
        column = span.source.position(start)[1]
    return TextEdit(line, column, end - start, replacement, whole, shown)


def local(edit: TextEdit, line: str) -> bool:
    """Whether an edit changes a part of a line, not the line."""
    size = len(line.strip())
    return size <= 12 or max(edit.length, len(edit.replacement)) <= 0.6 * size
