"""Every code has a page, and what the page shows is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import twofold

PACKAGE = Path(twofold.__file__).parent
PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
FENCE = re.compile(r"```two( fails)?\n(.*?)```", re.DOTALL)
MAKES = re.compile(r"\b(fail|Diagnostic)\(")
CODE = re.compile(r"[a-z]+(-[a-z]+)*")


def codes() -> set[str]:
    """The codes that stand as a literal in a call that makes a diagnostic."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if MAKES.search(text) else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("fail", "Diagnostic") and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str) and CODE.fullmatch(code.value):
                    found.add(code.value)
    return found


def examples() -> list[tuple[str, bool, str]]:
    return [
        (path.stem, bool(fails), text)
        for path in sorted(PAGES.glob("*.md"))
        for fails, text in FENCE.findall(path.read_text("utf-8"))
    ]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    with twofold.Session(time=10) as session:
        yield session


def test_every_code_has_a_page():
    assert sorted(codes() - {path.stem for path in PAGES.glob("*.md")}) == []


def test_a_page_begins_with_its_code():
    assert [path.stem for path in PAGES.glob("*.md") if not path.read_text("utf-8").startswith(f"# {path.stem}\n")] == []


@pytest.mark.parametrize(
    "code, fails, text", examples(), ids=lambda value: value if isinstance(value, str) and "\n" not in value else ""
)
def test_the_examples_of_a_page(session, tmp_path, code: str, fails: bool, text: str):
    session.reset(folder=tmp_path)
    found = {r.error["code"] for r in session.run(text) if r.error}
    assert (code in found) is fails  # An example of syntax may use functions that nobody has declared.
