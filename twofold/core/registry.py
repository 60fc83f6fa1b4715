"""Discovery of declarations: every module of a package is imported in sorted order and asked for its `SPEC` or `SPECS`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Any


def modules(package: str) -> Iterator[Any]:
    """The modules directly inside a package, in sorted order."""
    root = importlib.import_module(package)
    for name in sorted(m.name for m in pkgutil.iter_modules(root.__path__)):
        yield importlib.import_module(f"{package}.{name}")


@cache
def declarations(package: str) -> tuple[Any, ...]:
    """All declarations found in the modules of a package."""
    found: list[Any] = []
    for module in modules(package):
        if hasattr(module, "SPEC"):
            found.append(module.SPEC)
        found.extend(getattr(module, "SPECS", ()))
    return tuple(found)


@cache
def resolve(dotted: str) -> Any:
    """The object a dotted name `package.module:attribute` stands for, imported when first asked for."""
    module, _, attribute = dotted.partition(":")
    value: Any = importlib.import_module(module)
    for part in attribute.split("."):
        value = getattr(value, part)
    return value
