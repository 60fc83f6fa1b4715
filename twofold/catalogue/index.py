"""The declarations by name."""

from __future__ import annotations

from functools import cache

from twofold.catalogue.spec import Function, Law
from twofold.core.registry import declarations


@cache
def functions() -> dict[str, Function]:
    """Every declared function under its name and its aliases."""
    return _by_name(declarations("twofold.catalogue.functions"))


@cache
def elsewhere() -> dict[str, str]:
    """What is written here for a function that has another name elsewhere."""
    table: dict[str, str] = {}
    for spec in dict.fromkeys(functions().values()):
        for name, text in spec.elsewhere:
            if name in table or name in functions():
                raise ValueError(f"{name} is declared twice")
            table[name] = text
    return table


@cache
def laws() -> dict[str, Law]:
    """Every declared law under its name and its aliases."""
    return _by_name(declarations("twofold.catalogue.distributions"))


def _by_name(specs: tuple[Function, ...] | tuple[Law, ...]) -> dict:  # type: ignore[type-arg]
    table: dict[str, Function | Law] = {}
    for spec in specs:
        for name in (spec.name, *spec.aliases):
            if name in table:
                raise ValueError(f"{name} is declared twice")
            table[name] = spec
    return table
