"""What `set` sets."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree

LAYOUTS = ("numerator", "denominator")
MOST_DIGITS = 10_000


@dataclass(frozen=True, slots=True)
class Settings:
    """`digits` shown of a decimal, seconds for a statement, seed of what is drawn, layout of derivatives by vectors, and
    whether a derivative by a symmetric matrix treats its entries as dependent."""

    digits: int = 15
    time: float = 10.0
    seed: int = 7
    layout: str = "numerator"
    symmetric: bool = False


NAMES = tuple(f.name for f in fields(Settings))


def from_mapping(values: Mapping[str, Any] | None) -> Settings:
    """Settings given by a program. Raises `TypeError` for one that does not exist."""
    return Settings(**(values or {}))


def changed(settings: Settings, node: tree.Setting) -> Settings:
    """The settings after a `set` statement. Raises `TwofoldError`."""
    if node.name not in NAMES:
        near = difflib.get_close_matches(node.name, NAMES, 1, 0.5)
        help = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(NAMES)}"
        raise fail(
            "unknown-setting", f"there is no setting `{node.name}`", node.span, help, replacement=near[0] if near else None
        )
    place = node.value.span if node.value is not None else node.span
    new: dict[str, Any] = {node.name: _value(node.name, node.value, place)}
    return replace(settings, **new)


def _value(name: str, node: tree.Expr | None, span: Span) -> object:
    if name == "layout":
        if isinstance(node, tree.Name) and node.id in LAYOUTS:
            return node.id
        raise fail(
            "bad-setting", "a layout is one of two words", span, "write `set layout = numerator` or `set layout = denominator`"
        )
    if name == "symmetric":
        if node is None or (isinstance(node, tree.Name) and node.id == "true"):
            return True
        if isinstance(node, tree.Name) and node.id == "false":
            return False
        raise fail("bad-setting", "`symmetric` is true or false", span, "write `set symmetric = true`")
    value = None if node is None else rational(resolve(node, Scope({}, closed=True)))
    if value is None:
        raise fail("bad-setting", f"`{name}` is a number", span, f"write `set {name} = {getattr(Settings(), name):g}`")
    if name == "time":
        if not 0 < value <= 86_400:
            raise fail("bad-setting", "a time is between 0 and 86400 seconds", span)
        return float(value)
    return _whole(name, value, span)


def _whole(name: str, value: Fraction, span: Span) -> int:
    least, most = (1, MOST_DIGITS) if name == "digits" else (0, 2**63)
    if value.denominator != 1 or not least <= value <= most:
        raise fail("bad-setting", f"`{name}` is a whole number from {least} to {most}", span)
    return int(value)
