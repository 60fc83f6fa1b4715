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


def imports(path: Path) -> Iterator[str]:
    """Everything that a file names in an import, wherever in it; what stands under TYPE_CHECKING does not run."""
    statements = list(ast.parse(path.read_text("utf-8")).body)
    while statements:
        node = statements.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            statements += node.orelse
        else:
            for inside in ("body", "orelse", "finalbody", "handlers", "cases"):
                statements += getattr(node, inside, ())


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_file_imports_only_what_its_layer_may(layer: str):
    for path in sorted((PACKAGE / layer).rglob("*.py")):
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "twofold":
                assert len(parts) < 2 or parts[1] in ALLOWED[layer] | {"__version__", "Session"}, f"{path} imports {name}"
                if layer == "repl" and parts[1:2] == ["engine"] and len(parts) > 2:
                    assert parts[2] in LIGHT, f"{path} of the prompt imports {name}"
            elif parts[0] not in sys.stdlib_module_names and parts[0] != "__future__":
                assert parts[0] in MAY_USE[layer], f"{path} imports {name}"


def test_every_import_is_seen(tmp_path: Path):
    """At the start of a file, in functions, loops and handlers; not what is for the type checker alone."""
    path = tmp_path / "a.py"
    path.write_text(
        "import a\nif TYPE_CHECKING:\n    import no\nelse:\n    import b\nclass C:\n    def f(self):\n        from c import d\n"
        "        try:\n            import e\n        except ImportError:\n            import f\n        finally:\n            import g\n"
        "        with x:\n            for y in z:\n                match y:\n                    case 1:\n                        import h\n"
    )
    assert sorted(imports(path)) == ["a", "b", "c", "c.d", "e", "f", "g", "h"]


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
