"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import twofold

PACKAGE = Path(twofold.__file__).parent
HEAVY = ("sympy", "scipy", "numpy", "flint", "mpmath", "matplotlib")
ALLOWED = {
    "core": {"core"},
    "grammar": {"core", "grammar"},
    "catalogue": {"core", "grammar", "catalogue"},
    "symbolic": {"core", "grammar", "catalogue", "symbolic"},
    "numeric": {"core", "grammar", "catalogue", "numeric"},
    "engine": {"core", "grammar", "catalogue", "symbolic", "numeric", "engine"},
    "repl": {"core", "grammar", "catalogue", "engine", "repl"},
}
MAY_USE = {
    "core": set(),
    "grammar": {"lark"},
    "catalogue": set(),
    "symbolic": {"sympy", "flint", "mpmath"},
    "numeric": {"numpy", "scipy", "flint", "mpmath"},
    "engine": {"sympy", "numpy", "scipy", "flint", "mpmath"},
    "repl": {"prompt_toolkit", "pygments", "matplotlib"},
}
LIGHT = {"client", "channel", "latex", "budget", "protocol", "record", "rows", "run", "supervisor", "worker_process"}
"""The modules of the engine that the prompt may import."""


def sources() -> list[Path]:
    return sorted(p for layer in ALLOWED for p in (PACKAGE / layer).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Everything that a file names in an import, wherever in it; what stands under TYPE_CHECKING does not run."""
    tree = ast.parse(path.read_text("utf-8"))
    asleep = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in asleep:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_imports_only_what_its_layer_may(path: Path):
    layer = layer_of(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "twofold":
            assert len(parts) < 2 or parts[1] in ALLOWED[layer] | {"__version__", "Session"}, f"{layer} imports {name}"
            if layer == "repl" and parts[1:2] == ["engine"] and len(parts) > 2:
                assert parts[2] in LIGHT, f"the prompt imports {name}"
        elif parts[0] not in sys.stdlib_module_names and parts[0] != "__future__":
            assert parts[0] in MAY_USE[layer], f"{layer} imports {name}"


def test_the_light_modules_of_the_engine_import_no_other_at_the_start():
    for name in LIGHT:
        for statement in ast.parse((PACKAGE / "engine" / f"{name}.py").read_text("utf-8")).body:
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("twofold.engine."):
                assert statement.module.split(".")[2] in LIGHT, f"{name} imports {statement.module}"


@pytest.mark.parametrize(
    "module",
    [
        "twofold",
        "twofold.engine.client",
        "twofold.repl.batch",
        "twofold.repl.prompt",
        "twofold.repl.conversation",
        "twofold.repl.check",
    ],
)
def test_nothing_heavy_comes_along(module: str):
    code = f"import sys, {module}; print(*(m for m in {HEAVY} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_declarations_load_without_the_mathematics():
    code = (
        "import sys; from twofold.catalogue.index import functions, laws; functions(); laws(); "
        f"print(*(m for m in {HEAVY} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
