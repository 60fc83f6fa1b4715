"""What a command of the prompt is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from twofold.core.registry import declarations

if TYPE_CHECKING:
    from twofold.repl.conversation import Conversation


class UsageError(Exception):
    """A command that cannot be done as it was typed; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Command:
    """`:word rest`. The handler gets the conversation and the rest of the line, and raises `UsageError`."""

    word: str
    usage: str
    summary: str
    handler: Callable[[Conversation, str], None]


@cache
def commands() -> dict[str, Command]:
    """All commands by word."""
    return {c.word: c for c in declarations("twofold.repl.commands")}
