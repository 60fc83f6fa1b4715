"""The order in which SymPy looks for what would settle a property of an expression.

SymPy shuffles the facts that it asks for next. What it finds does not depend on their order, but the time does, from run to run, and the shuffling
itself takes a twentieth of all the time that SymPy takes. Left as they stand, the order is that of a set of words: the same in every worker,
where the seed of hashes is fixed.
"""

from __future__ import annotations

from importlib import import_module


def as_they_stand(facts: list[str]) -> None:
    """Leaves the facts that are asked for next in their order."""


def keep_order() -> None:
    """Has SymPy leave them in their order from here on."""
    module = import_module("sympy.core.assumptions")  # `sympy.core` has a function of this name.
    if hasattr(module, "shuffle"):
        module.shuffle = as_they_stand
