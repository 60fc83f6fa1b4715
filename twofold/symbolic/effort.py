"""A limit on the work of an optional step, counted in Python calls and so the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Spent(BaseException):
    """The step has used up its calls. Not an `Exception`, so that no handler inside a library takes it for one of its own."""


def spend(calls: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a step, or `None` if it needs more calls than given. Steps may be nested: the tighter limit ends the inner one.

    Work inside compiled code is not seen; the time limit of the statement is the backstop there.
    """
    left = calls
    outer = sys.getprofile()
    mine = Spent()

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal left
        if event == "call":
            left -= 1
            if left < 0:
                sys.setprofile(None)
                raise mine
            if outer is not None:
                outer(frame, event, arg)  # type: ignore[arg-type]

    try:
        sys.setprofile(count)
        return step(*args, **kwargs)
    except Spent as stop:
        if stop is not mine:
            raise
        return None
    finally:
        sys.setprofile(outer)
