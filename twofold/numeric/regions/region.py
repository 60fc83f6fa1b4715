"""What the condition of a region compares, and the pattern of signs at a point."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from twofold.catalogue.regions import RegionIntegral
from twofold.grammar.term import App, Num, Term, free_symbols, subterms
from twofold.numeric.outcomes import NoValue

NEGATED = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}
"""The comparison that holds where another one does not."""


def _singular_at(t: Term) -> Term | None:
    """What is 0 where a function may be singular."""
    if not isinstance(t, App) or t.shape or any(a.shape or a.sort != "number" for a in t.args):
        return None
    if t.op in ("log", "sqrt"):
        return t.args[0]
    if t.op == "pow" and (not isinstance(t.args[1], Num) or t.args[1].value.denominator != 1 or t.args[1].value < 0):
        return t.args[0]
    if t.op == "div":
        below = t.args[1]
        # A square root and a power are met by themselves.
        return None if isinstance(below, App) and below.op in ("sqrt", "pow") else below
    return None


def compared(region: RegionIntegral) -> tuple[list[Term], int, Callable[[np.ndarray], np.ndarray]]:
    """Terms whose signs make up the pattern, how many of them the condition compares, and whether it holds by the bits of these."""
    atoms: list[Term] = []

    def number(t: Term) -> int:
        if t not in atoms:
            atoms.append(t)
        return atoms.index(t)

    def read(t: Term, negated: bool = False) -> Callable[[np.ndarray], np.ndarray]:
        if not isinstance(t, App) or t.op not in NEGATED.keys() | {"and", "or", "not"}:
            raise NoValue("a condition that is no comparison")
        if t.op in ("and", "or"):
            parts, join = [read(a, negated) for a in t.args], np.logical_and if (t.op == "and") != negated else np.logical_or
            return lambda bits: join.reduce([part(bits) for part in parts])
        if t.op == "not":
            return read(t.args[0], not negated)
        op = NEGATED[t.op] if negated else t.op
        # That something is positive is all that is noted: a < b is b - a > 0, a <= b that a - b is not.
        k = np.uint64(2 * number(App("sub", t.args[::-1] if op in ("lt", "ge") else t.args)))

        def compared(bits: np.ndarray) -> np.ndarray:
            positive, missing = (bits >> k) & np.uint64(1) == 1, (bits >> (k + np.uint64(1))) & np.uint64(1) == 1
            if op in ("eq", "ne"):
                return np.full(len(bits), op == "ne") & ~missing
            return (positive if op in ("lt", "gt") else ~positive) & ~missing

        return compared

    holds = read(region.condition)
    of_condition = len(atoms)
    for t in (*subterms(region.condition), *subterms(region.integrand)):
        if not isinstance(t, App) or any(a.shape for a in t.args):
            continue
        if t.op in ("abs", "sign"):
            number(t.args[0])
        elif t.op in ("max", "min") and len(t.args) == 2:
            number(App("sub", t.args))
    for t in subterms(region.integrand):
        if isinstance(t, App) and t.op in NEGATED and all(a.sort == "number" and not a.shape for a in t.args):
            number(App("sub", t.args))
    for t in (*subterms(region.condition), *subterms(region.integrand)):
        inner = _singular_at(t)
        if inner is not None and set(free_symbols(inner)) & set(region.names):
            number(inner)
    if len(atoms) > 30:
        raise NoValue("too many comparisons")
    return atoms, of_condition, holds


def bits(values: np.ndarray) -> np.ndarray:
    """Two bits for each row: whether it is positive, whether it has no value."""
    out = np.zeros(values.shape[1], dtype=np.uint64)
    for k, v in enumerate(values):
        out |= ((v > 0).astype(np.uint64) | (np.isnan(v).astype(np.uint64) << np.uint64(1))) << np.uint64(2 * k)
    return out
