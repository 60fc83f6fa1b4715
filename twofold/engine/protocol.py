"""Messages between a client and its worker: JSON objects, one to a line.

To the worker: `open` (settings of a fresh session), `source` (a text under a number; `begin`: its first statements are
run at once, see `rows.begun`), `run` (a top-level statement of a source), `replay` (statements that define something; nothing is computed again). From the worker: `hello` (its process id),
`ready`, `begin` (the clock of the statement starts), `stage` (what is being tried), `row` (a finished row of schema 1),
`done`, `failed`; and `died`, written by the process that forked the worker. Every message to the worker carries the
generation of the worker it was meant for: a new worker ignores what a killed one left in the pipe.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]
Row: TypeAlias = dict[str, Any]


_ENCODER = json.JSONEncoder(separators=(",", ":"))
_DECODER = json.JSONDecoder()


def encode(message: Mapping[str, Any]) -> bytes:
    return _ENCODER.encode(message).encode() + b"\n"


def decode(line: bytes) -> Message | None:
    """The message on a line, or None for the remains of one that a kill cut off."""
    try:
        message = _DECODER.decode(line.decode())
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
