"""Calls into SymPy that may break down: its own errors on an expression it cannot handle say nothing about the expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import sympy as sp

P = ParamSpec("P")
R = TypeVar("R")

BROKEN = (
    NotImplementedError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    ArithmeticError,
    KeyError,
    IndexError,
    AssertionError,
    sp.polys.polyerrors.BasePolynomialError,
    sp.PoleError,
)
"""What SymPy's algorithms are seen to raise on expressions beyond them."""


def attempt(step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a step, or `None` where SymPy breaks down. Only for steps whose `None` means "not found"."""
    try:
        return step(*args, **kwargs)
    except BROKEN:
        return None
