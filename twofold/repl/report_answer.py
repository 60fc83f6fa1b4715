"""The answer of a question: exact, the conditions under which it holds, in decimals, and how it was checked."""

from __future__ import annotations

import re
from typing import Any

from twofold.repl.conditions import conditions
from twofold.repl.style import Style

LONG = 2_000
BRACKETS = str.maketrans("", "", "[]{}()")


def answer_lines(row: dict[str, Any], style: Style) -> list[str]:
    """The lines under a question."""
    exact, numeric = row.get("exact"), row.get("numeric")
    lines: list[str] = []
    if exact is not None:
        lines += laid_out(exact, style).split("\n")
    if row.get("conditions"):
        lines.append("where " + conditions(row))
    said = check_text(row.get("check"))
    decimals = decimal_text(numeric)
    if decimals is not None and _bare(decimals) != _bare(exact or ""):
        lines.append(f"{'≈' if style.unicode else '~'} {cut(decimals)}" + (f"   {style.paint(said, 'faint')}" if said else ""))
    elif said:
        lines.append(style.paint(said, "faint"))
    return lines


def laid_out(exact: str, style: Style) -> str:
    """In two dimensions where the output can show them; the layout is loaded when it is first needed."""
    if not style.two_dimensional:
        return cut(exact)
    from twofold.repl.pretty import pretty

    return pretty(exact, style)


def check_text(check: dict[str, Any] | None) -> str:
    """`checked: quadrature agrees to 30 digits`"""
    if not check:
        return ""
    method, agrees, digits = check.get("method") or "", check.get("agrees"), check.get("digits")
    if agrees is None:
        return f"not checked: {check.get('note') or method or 'no independent method applies'}"
    if not agrees:
        return f"CONFLICT: {method} disagrees" + (f" ({check['note']})" if check.get("note") else "")
    what = _FURTHER.split(method)[0]
    verb = "," if what in _DONE else " agree" if what.endswith("s") else " agrees"
    return f"checked: {method}" + (f"{verb} to {digits} digits" if digits else verb.rstrip(","))


_FURTHER = re.compile(r",? (?:at|over|of|from|for|with|by|along|case by case)\b")
"""What follows the name of a method and says more of it."""
_DONE = ("approached", "differentiated back")
"""Methods that are named by what was done: nothing agrees with them."""


def decimal_text(numeric: Any) -> str | None:
    """A decimal string, or nested lists of them in brackets; a dash for parts of a list that are no numbers."""
    if numeric is None:
        return None
    if isinstance(numeric, list):
        return "[" + ", ".join(decimal_text(n) or "-" for n in numeric) + "]"
    if isinstance(numeric, dict):
        return ", ".join(f"{k} = {decimal_text(v)}" for k, v in numeric.items())
    return str(numeric)


def _bare(text: str) -> str:
    """A list of values without its brackets and without what has no decimals, to tell whether decimals say anything new."""
    return _TEXTS.sub("", text).replace(";", ",").translate(BRACKETS)


_TEXTS = re.compile(r'"[^"]*"|-(?=[],])')


def cut(text: str) -> str:
    """A long text with its middle left out, and how to see all of it."""
    if len(text) <= LONG:
        return text
    return f"{text[: LONG // 2]} … {text[-LONG // 4 :]}   ({len(text):,} characters; `:all` or `--json` shows them)"
