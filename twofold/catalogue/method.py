"""What a decision method declares: which goals it takes, what it costs, what it may conclude and why that is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth


class NotApplicable(Exception):
    """A method's word that a goal is not of its kind, or that it came to nothing; the reason is listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A decision method. `run(goal, context)` gives evidence, or raises `NotApplicable`.

    relations  the relations it takes
    cost       order in which methods are tried; cheaper first
    concludes  what it may say; a sampler never says proved
    soundness  why a conclusion is right
    holds, fails, open   example claims (twofold statements separated by newlines, the claim last) that it decides so, and one that it must leave undecided
    """

    name: str
    relations: frozenset[str]
    cost: int
    concludes: frozenset[Truth]
    soundness: str
    run: Callable[[Goal, Any], Evidence]
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    open: tuple[str, ...] = field(default=())
