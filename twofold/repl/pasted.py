"""Text copied from a transcript, with its prompts and answers."""

from __future__ import annotations

PROMPT = ">> "
CONTINUATION = ".. "


def without_prompts(text: str) -> str:
    """The input of a transcript: when a line starts with a prompt, only lines that do are kept, without it."""
    lines = text.split("\n")
    if not any(_is_input(line, PROMPT) for line in lines):
        return text
    kept = []
    for line in lines:
        for mark in (PROMPT, CONTINUATION):
            if _is_input(line, mark):
                kept.append(line.lstrip()[len(mark) :] if len(line.strip()) > 2 else "")
    return "\n".join(kept)


def _is_input(line: str, mark: str) -> bool:
    return line.lstrip().startswith(mark) or line.strip() == mark.strip()
