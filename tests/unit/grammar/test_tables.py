"""The shipped tables are those of the grammar, which has no conflict, and every script we have can be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from twofold.grammar import build, tree
from twofold.grammar.builder import Builder
from twofold.grammar.parse import parse
from twofold.grammar.write import write

ROOT = Path(__file__).parents[3]
CASES = ROOT.parent / "shared" / "cases"


def test_the_tables_are_those_of_the_grammar() -> None:
    assert build.TABLES.read_text("utf-8") == build.text(), "run `python -m twofold.grammar.build`"


def test_a_conflict_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lark.exceptions import GrammarError

    broken = tmp_path / "broken.lark"
    text = build.GRAMMAR.read_text("utf-8").replace("value: chain", "value: chain | chain SIGN chain")
    broken.write_text(text, "utf-8")
    monkeypatch.setattr(build, "GRAMMAR", broken)
    with pytest.raises(GrammarError):
        build.build()


def test_every_callback_has_a_method() -> None:
    for _, _, callback in json.loads(build.TABLES.read_text("utf-8"))["rules"]:
        assert callback is None or callable(getattr(Builder, callback))


def test_parsing_loads_neither_lark_nor_mathematics() -> None:
    code = """
import sys
from twofold.grammar.parse import parse
from twofold.grammar.format import fmt
from twofold.grammar.colour import tokens
parse("x == 1"); fmt("x"); list(tokens("x"))
assert not {"lark", "sympy", "numpy", "scipy", "mpmath", "flint"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def broken(node: object) -> list[tree.Broken]:
    found = [node] if isinstance(node, tree.Broken) else []
    for child in tree.children(node):
        found += broken(child) if isinstance(child, tree.Broken | tree.Derivation | tree.Scope) else []
    return found


@pytest.mark.skipif(not CASES.is_dir(), reason="never: the cases are kept outside the repository")
def test_every_case_is_read_and_read_back() -> None:
    for path in sorted(CASES.rglob("*.two")):
        script = parse(path.read_text("utf-8"), path.name)
        assert broken(script) == [], path
        assert parse(write(script)) == script, path


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.two")), ids=lambda path: path.stem)
def test_every_example_is_read(path: Path) -> None:
    assert broken(parse(path.read_text("utf-8"), path.name)) == []
