"""Figures for matrix calculus: seconds for sixty derivatives written in matrix notation, and for a hundred proofs of matrix
identities.

Run as `python benchmarks/matrix_calculus.py`. The cases are those of the tests.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

TESTS = Path(__file__).parents[1] / "tests"


def load(name: str) -> ModuleType:
    """A module of the tests, by its place."""
    spec = importlib.util.spec_from_file_location(name, TESTS / "unit" / "tensors" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    sys.path.insert(0, str(TESTS))
    from twofold.catalogue.resolve import Scope, resolve
    from twofold.grammar.parse import parse_expression
    from twofold.symbolic.tensors import derivative, equal

    names = load("conftest").symbols()
    derivatives, identities = load("test_derivatives"), load("test_identities")

    def read(text):  # type: ignore[no-untyped-def]
        return resolve(parse_expression(text, "benchmark"), Scope(names))

    cases = [[part.strip() for part in line.split(" | ")][:3] for line in derivatives.CASES]
    questions = [(read(text), names[by], kind) for text, by, kind in cases]
    claims = [tuple(map(read, identities.sides(line))) for line in identities.HOLDS]
    others = [tuple(map(read, identities.sides(line))) for line in identities.FAILS]
    for label, run, count in (
        ("derivatives", lambda: [derivative(*q) for q in questions], len(questions)),
        ("identities proved", lambda: [equal(*c) for c in claims], len(claims)),
        ("identities not claimed", lambda: [equal(*c) for c in others], len(others)),
    ):
        run()
        seconds = min(_timed(run) for _ in range(3))
        print(f"{label:24} {count:4} cases   {seconds:6.3f} s   {1000 * seconds / count:6.2f} ms each")


def _timed(run) -> float:  # type: ignore[no-untyped-def]
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main()
