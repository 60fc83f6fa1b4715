"""Methods that ask others for a part of their proof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.core.truth import Truth


def proved_by(methods: Iterable[Any], goal: Goal, context: Any) -> bool:
    """Whether one of the methods (modules with a `run`) proves a goal, asked in turn."""
    for method in methods:
        try:
            if method.run(goal, context).truth is Truth.PROVED:
                return True
        except NotApplicable:
            continue
    return False
