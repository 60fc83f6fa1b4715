"""An answer as text, LaTeX and decimals."""

from __future__ import annotations

from twofold.catalogue.display import show, to_tree
from twofold.core.diagnostic import fail
from twofold.engine.decimals import decimals
from twofold.engine.latex import latex
from twofold.engine.results import Result
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.term import Array, Term, free_symbols, is_numeric

LONGEST = 20_000
"""Characters of an exact answer that are shown."""
MOST_DECIMALS = 10_000
"""Entries of an array up to which decimals are shown."""


def show_answer(
    result: Result, value: Term, digits: int, inexact: bool, reading: str = "real", with_decimals: bool = True
) -> None:
    """Puts an answer into the result: its text unless it is inexact, LaTeX and decimals. Raises `TwofoldError` where it has no value."""
    if result.answer is not value or result.exact is None:
        result.answer, result.written = value, None
        if not inexact or free_symbols(value):
            text, result.written = _text(value)
            if len(text) > LONGEST:
                result.notes = (*result.notes, f"the exact answer is long; its first {LONGEST:,} characters are shown")
            result.exact = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    if not with_decimals:
        return
    if result.exact is not None and len(result.exact) <= LONGEST:
        result.latex = latex(result.written or to_tree(value))
    if isinstance(value, Array) and len(value.rows) * len(value.rows[0] if value.rows else ()) > MOST_DECIMALS:
        return
    if value.sort in ("number", "tuple", "set", "answer") and not free_symbols(value):
        from twofold.numeric.outcomes import NoValue, Undefined

        try:
            result.numeric = decimals(value, digits, reading)
        except Undefined as error:
            result.answer = result.exact = result.latex = None
            raise fail("undefined", f"this has no value: {error}", result.place) from None
        except NoValue as error:
            result.notes = (*result.notes, f"no decimals: {error}")


def _text(value: Term) -> tuple[str, tree.Expr | None]:
    """The text of a value, and its tree where one was made; of a matrix whose text is too long to be shown, no more than is shown."""
    if not isinstance(value, Array):
        written = to_tree(value)
        return write(written), written
    return _text_of_array(value), None


def _text_of_array(value: Array) -> str:
    if len(value.rows) < 2 or len(value.rows[0]) < 2 or is_numeric(value):
        return show(value)
    rows: list[str] = []
    for row in value.rows:
        rows.append(", ".join(map(show, row)))
        if sum(map(len, rows)) > LONGEST:
            break
    return "[" + "; ".join(rows) + "]"
