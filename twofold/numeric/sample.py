"""The fast filter: both sides in double precision at many points. Only a suspicion, or support, comes out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.catalogue.own_laws import is_curve_of_expression
from twofold.core.meter import spent
from twofold.grammar.term import EXPECTATIONS, App, Bound, Symbol, Term, Var, children
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.valuation import Valuation


@dataclass(slots=True)
class Sample:
    """Points of a goal: those where both sides have a value (`effective`), and those where the relation looks broken (`suspects`)."""

    valuations: list[Valuation] = field(default_factory=list)
    effective: list[int] = field(default_factory=list)
    suspects: list[int] = field(default_factory=list)
    digits: int = 0
    reason: str = ""


def take(goal: Goal, symbols: Sequence[Symbol], valuations: list[Valuation], seconds: float = 0.5) -> Sample:
    """Evaluates a goal at points, in growing groups so that a slow evaluation stops early."""
    out = Sample(valuations)
    began = spent()
    digits: list[float] = []
    start = 0
    for size in (2, 14, 48, 10**6):
        group = list(range(start, min(start + size, len(valuations))))
        start += size
        if not group:
            break
        points = [valuations[k] for k in group]
        try:
            left, right = floats(goal.left, points, goal.reading), floats(goal.right, points, goal.reading)
        except CannotEvaluate as e:
            out.reason = str(e)
            break
        for k, verdict in zip(group, _verdicts(goal, left, right), strict=True):
            if verdict is None:
                continue
            out.effective.append(k)
            holds, d = verdict
            digits.append(d)
            if not holds:
                out.suspects.append(k)
        # The next group is several times as large as all before it.
        if 4 * (spent() - began) > seconds:
            break
    out.digits = int(min(digits)) if digits else 0
    return out


def _verdicts(goal: Goal, left: Any, right: Any) -> Iterator[tuple[bool, float] | None]:
    """`_compare` for every point; scalar equations are compared all at once."""
    relation = goal.relation
    if goal.left.sort == goal.right.sort == "set" and relation in ("==", "!="):
        for a, b in zip(left, right, strict=True):
            yield _compare_sets(relation, np.asarray(a), np.asarray(b))
        return
    if relation != "==" or left.ndim != 1 or right.ndim != 1 or left.dtype == object or right.dtype == object:
        for a, b in zip(left, right, strict=True):
            yield _compare(relation, np.asarray(a), np.asarray(b))
        return
    with np.errstate(all="ignore"):
        size = np.maximum(np.abs(left), np.abs(right))
        relative = np.where(size > 0, np.abs(left - right) / np.where(size > 0, size, 1), 0.0)
        digits = np.where(relative == 0, 16.0, np.maximum(0.0, -np.log10(np.where(relative > 0, relative, 1))))
    there = np.isfinite(left) & np.isfinite(right)
    for fine, gap, d in zip(there.tolist(), relative.tolist(), digits.tolist(), strict=True):
        yield (gap < 1e-9, d) if fine else None


def _compare_sets(relation: str, a: Any, b: Any) -> tuple[bool, float] | None:
    """Whether every element of one seems to be one of the other."""
    try:
        a, b = np.asarray(a, dtype=complex), np.asarray(b, dtype=complex)
    except (TypeError, ValueError):
        return None
    if a.ndim == 0 or b.ndim == 0 or not (np.isfinite(a).all() and np.isfinite(b).all()):
        return None
    if a.shape[1:] != b.shape[1:]:
        return relation == "!=", 0
    worst = 16.0
    for one, other in ((a, b), (b, a)):
        for x in one:
            found = [r for y in other if (r := _compare("==", x, y)) is not None]
            if not any(close for close, _ in found):
                return relation == "!=", 0
            worst = min(worst, max(d for close, d in found if close))
    return relation == "==", worst


def _compare(relation: str, a: Any, b: Any) -> tuple[bool, float] | None:
    """Whether the relation seems to hold, and to how many digits; None where a side has no value."""
    try:
        a, b = np.asarray(a, dtype=complex), np.asarray(b, dtype=complex)
    except (TypeError, ValueError):
        return None
    if a.shape != b.shape:
        single = not a.ndim or not b.ndim
        a, b = a.reshape(-1), b.reshape(-1)
        if a.shape != b.shape and not single:
            return False, 0
    if np.isnan(a).any() or np.isnan(b).any() or not (np.isfinite(a).all() and np.isfinite(b).all()):
        return None
    size = np.maximum(np.abs(a), np.abs(b))
    gap = np.abs(a - b)
    with np.errstate(all="ignore"):
        relative = np.where(size > 0, gap / np.where(size > 0, size, 1), 0)
    worst = float(relative.max()) if relative.size else 0.0
    d = 16.0 if worst == 0 else max(0.0, -np.log10(worst))
    close = worst < 1e-9
    if relation == "==":
        return bool(close), d
    if relation == "!=":
        return not bool((gap == 0).all()), d
    difference = (a - b).real
    slack = 1e-9 * size.real
    table = {
        "<": (difference < 0) | (difference < -slack), "<=": difference <= slack, ">": difference > 0, ">=": difference >= -slack,
    }  # fmt: skip
    return bool(table[relation].all()), d


def involved(*terms: Term) -> list[Symbol]:
    """The symbols that need values: free ones, those in sizes, and those in the laws of random names.

    A random name that stands under an expectation alone needs none: it is summed or integrated over.
    """
    found: dict[Symbol, None] = {}
    laws: set[Symbol] = set()

    def collect(term: Term, under: bool, bound: frozenset[Symbol]) -> None:
        for d in term.shape:
            if not isinstance(d, int):
                collect(d, under, bound)
        if isinstance(term, Var):
            s = term.symbol
            if s in bound:
                return
            for d in s.shape:
                if not isinstance(d, int):
                    collect(d, under, bound)
            if s.law is not None and s not in laws:
                laws.add(s)
                collect(s.law, True, bound | ({s.index} if s.index is not None else frozenset()))
            if s.law is None or not under:
                found.setdefault(s)
            return
        inner = bound | frozenset(term.symbols) if isinstance(term, Bound) else bound
        beneath = under or (isinstance(term, App) and term.op in EXPECTATIONS)
        for k, part in enumerate(children(term)):
            collect(part, beneath or (not k and is_curve_of_expression(term)), inner)

    for t in terms:
        collect(t, False, frozenset())
    return list(found)
