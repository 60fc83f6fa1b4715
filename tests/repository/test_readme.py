"""The transcripts of the README are real: each `$ twofold …` is run and compared. Run as a script, this writes them anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"```console\n\$ (twofold [^\n]*)\n(.*?)```\n", re.DOTALL)


def output(command: str) -> str:
    call = [sys.executable, "-m", *shlex.split(command)]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(README.parent)}
    done = subprocess.run(call, capture_output=True, text=True, cwd=README.parent, env=environment, timeout=120)
    assert done.stderr == ""
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


@pytest.mark.parametrize("command, said", BLOCK.findall(README.read_text("utf-8")), ids=lambda v: v.split("\n")[0][:40])
def test_transcript(command: str, said: str):
    assert output(command) == said


def write() -> None:
    text = README.read_text("utf-8")
    README.write_text(BLOCK.sub(lambda m: f"```console\n$ {m[1]}\n{output(m[1])}```\n", text), encoding="utf-8")


if __name__ == "__main__":
    write()
