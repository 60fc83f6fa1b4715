"""What a question about ordinary differential equations poses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twofold.grammar.term import Term


@dataclass(frozen=True, slots=True)
class Value:
    """A condition: the derivative of that order of function `which` has the value there."""

    which: int
    order: int
    at: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Equations that are to be 0, in functions of one variable, and conditions at points. `unknown` is the question's text for the functions."""

    equations: tuple[Any, ...]
    functions: tuple[Any, ...]
    variable: Any
    conditions: tuple[Value, ...]
    back: dict[Any, Any]
    unknown: Term
