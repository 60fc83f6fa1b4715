"""Rules about files: length, names, generated tables, and no left-overs in the text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import twofold
from twofold.repl import index

PACKAGE = Path(twofold.__file__).parent
LONG, LONGEST, RARELY = 300, 650, 0.15
NOUNLESS = {"utils", "util", "helpers", "helper", "misc", "manager", "common", "stuff"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def length(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_modules_are_short():
    lengths = {p.relative_to(PACKAGE).as_posix(): length(p) for p in modules()}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}
    long = {name: n for name, n in lengths.items() if n > LONG}
    assert len(long) <= RARELY * len(lengths), f"more than rarely over {LONG} lines: {long}"


def test_a_module_is_named_after_what_it_is():
    assert [path for path in modules() if NOUNLESS & set(path.stem.split("_"))] == []


def test_nothing_is_left_to_do():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [p for p in modules() if words.search(p.read_text("utf-8"))] == []


def test_the_index_of_names_is_fresh():
    assert index.TABLE.read_text("utf-8") == index.generated(), "run `python -m twofold.repl.index`"


def test_faults_can_be_planted_where_they_are_named():
    """A rule or guard that is renamed has to be renamed in the list of faults."""
    listed = subprocess.run(
        [sys.executable, "benchmarks/planted_faults.py", "--list"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, listed.stderr
    assert len(listed.stdout.splitlines()) > 400
