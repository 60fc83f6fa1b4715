"""Parsing speed and readiness: `python benchmarks/parsing.py [FOLDER]`. Prints figures, asserts nothing.

FOLDER holds scripts to parse again and again; without one, the examples of the project do.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STARTS = 7
SECONDS = 3.0

IMPORT = "import time; began = time.perf_counter(); import {module}; print(1000 * (time.perf_counter() - began))"
READY = """
import time
import twofold.grammar.parse
from twofold.core.span import Source
from twofold.grammar.builder import Builder
from twofold.grammar.machine import Machine
began = time.perf_counter()
Machine(Builder(Source("", ""), frozenset()))
print(1000 * (time.perf_counter() - began))
"""


def fresh(code: str) -> float:
    """The milliseconds that a fresh process prints, the best of several."""
    call = [sys.executable, "-c", code]
    return min(float(subprocess.run(call, capture_output=True, text=True, check=True, cwd=ROOT).stdout) for _ in range(STARTS))


def main() -> None:
    from twofold.grammar.colour import tokens
    from twofold.grammar.format import fmt
    from twofold.grammar.parse import parse

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.two"))]
    text = "\n".join(texts)
    lines = sum(1 for line in text.splitlines() if line.strip())
    print(f"corpus: {len(texts)} scripts, {lines} lines, {len(text)} characters")
    if lines:
        for name, work in (("parse", parse), ("fmt", fmt), ("tokens", lambda text: list(tokens(text)))):
            work(text)
            rounds, began = 0, time.perf_counter()
            while time.perf_counter() - began < SECONDS:
                work(text)
                rounds += 1
            print(f"{name}: {rounds * lines / (time.perf_counter() - began):,.0f} lines a second")
    print(f"import of the parser: {fresh(IMPORT.format(module='twofold.grammar.parse')):.1f} ms")
    print(f"of that, the syntax tree: {fresh(IMPORT.format(module='twofold.grammar.tree')):.1f} ms")
    print(f"grammar ready after the import: {fresh(READY):.1f} ms")
    print(f"import of what colouring needs: {fresh(IMPORT.format(module='twofold.grammar.colour')):.1f} ms")


if __name__ == "__main__":
    main()
