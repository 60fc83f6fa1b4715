"""The order in which SymPy looks for what would settle a property of an expression.

SymPy shuffles the facts that it asks for next, so that rules of its own that contradict each other show. Any order is one that it may take itself; but the
time differs from run to run, an answer may, and the shuffling itself takes a twentieth of all the time that SymPy takes. Left as they stand, the order
is that of a set of words, which is the same in every process whose hashes have a fixed seed, as every worker's have.
"""

from __future__ import annotations

import sys
from importlib import import_module


def as_they_stand(facts: list[str]) -> None:
    """Leaves the facts that are asked for next in their order."""


def keep_order() -> None:
    """Has SymPy leave them in their order from here on, in a process whose hashes have a fixed seed; anywhere else it is left as it is."""
    module = import_module("sympy.core.assumptions")  # `sympy.core` has a function of this name.
    if not sys.flags.hash_randomization and hasattr(module, "shuffle"):
        module.shuffle = as_they_stand
