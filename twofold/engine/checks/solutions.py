"""Checks of solutions: substitution, and a search for solutions that are missing."""

from __future__ import annotations

import math
from typing import Any

from flint import acb, arb, fmpq

from twofold.catalogue.shapes import app
from twofold.core.evidence import Check
from twofold.engine.checks.lost import GRID, lost_near
from twofold.engine.checks.lost_points import lost_point
from twofold.engine.checks.numeric_roots import numeric_root
from twofold.engine.checks.questions import relations, residual, unknowns
from twofold.engine.checks.ranks import inconsistent
from twofold.engine.checks.regions import members, region
from twofold.engine.checks.sampling import EXACT_ROUTE, distance, exact, items, points, value, values, verdict
from twofold.grammar.term import App, Array, Const, Num, Term, Var, free_symbols, num, substitute, var
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue, Undefined
from twofold.symbolic.context import Context

ZERO = num(0)
_SHARP = arb(10) ** -12
"""The width up to which the enclosure of a difference says more than its value in double precision."""


def solutions(question: Term, answer: Term, context: Context) -> Check | None:
    """Every solution put into every equation; for one unknown without parameters also sign changes that no solution explains."""
    if not isinstance(question, App):
        return None
    names = unknowns(question)
    if answer.sort == "truth":
        return region(question, answer, context)
    rows = relations(question.args[0])
    if not any(residual(r) is not None for r in rows):
        return members(rows, answer, names, context)
    errors: list[float] = []
    for s in items(answer):
        bindings = _bindings(names, s)
        if bindings is None:
            return Check("substitution", None, None, EXACT_ROUTE, "the form of a solution is not understood")
        for r in rows:
            errors += _residuals(r, bindings, s, context)
    missed = lost_near(question, answer, names, context)
    if isinstance(missed, float):
        return Check("search for sign changes", False, None, EXACT_ROUTE, f"there is a solution near {missed:.6g}")
    lost = lost_point(question, answer, names, context)
    if isinstance(lost, tuple):
        place = ", ".join(f"{v:.6g}" for v in lost)
        return Check("Newton's method from many places", False, None, EXACT_ROUTE, f"there is a solution near [{place}]")
    if not items(answer):
        ranks = inconsistent(rows, names, question, context)
        if ranks is not None:
            return ranks
        note = "none is found, which does not show that there is none" if missed is None else f"none at {GRID} points"
        return Check("search for sign changes", missed, None, EXACT_ROUTE, note)
    found = verdict("substitution", errors)
    if not found.agrees and context.rounded and len(names) == 1:
        # Beside a pole a last digit makes a great difference.
        signs = numeric_root(question, answer, context)
        return signs if signs is not None and signs.agrees else found
    return found


def _bindings(names: list[Term], solution: Term) -> dict[Term, Term] | None:
    if len(names) == 1:
        return {names[0]: solution}
    values = items(solution)
    return dict(zip(names, values, strict=True)) if len(values) == len(names) else None


def _put(term: Term, bindings: dict[Term, Term]) -> Term:
    whole = {n.symbol: v for n, v in bindings.items() if isinstance(n, Var)}
    entries = {n: v for n, v in bindings.items() if not isinstance(n, Var)}
    if not entries:
        return substitute(term, whole)
    base = next(t.args[0].symbol for t in entries if isinstance(t, App) and isinstance(t.args[0], Var))
    length = base.shape[0]
    assert isinstance(length, int)
    full = tuple(entries.get(App("index", (var(base), num(k + 1))), App("index", (var(base), num(k + 1)))) for k in range(length))
    return substitute(term, {**whole, base: Array((full,), (length,))})


def _residuals(relation: Term, bindings: dict[Term, Term], solution: Term, context: Context) -> list[float]:
    """The difference of the sides of an equation with a solution in it, relative to the greater one (or to 1, or to the terms, if these are smaller), at
    some points."""
    if residual(relation) is None:
        return []
    sides = relation.args if isinstance(relation, App) and relation.op == "eq" else (relation, ZERO)
    parts = [_put(x, bindings) for x in sides]
    drawn = [p for p in points([*parts, solution], context, 4) if not _is_no_member(solution, p, context)]
    sizes = [_size(x, bindings) for x in sides]
    least = {id(p): _least(sizes, p, context) for p in drawn}
    found = [_enclosed(parts, p, context, least[id(p)]) for p in drawn]
    left = [p for p, e in zip(drawn, found, strict=True) if e is None]
    errors = [e for e in found if e is not None]
    for reading in (context.reading, "complex") if left else ():
        pairs = list(zip(*(values(x, left, context, reading) for x in parts), strict=True))
        errors += [distance(a, b, least[id(p)]) for p, (a, b) in zip(left, pairs, strict=True) if a is not None and b is not None]
        left = [p for p, (a, b) in zip(left, pairs, strict=True) if a is None or b is None]
        if not left:
            break
    return errors


def _is_no_member(solution: Term, point: Any, context: Context) -> bool:
    """Whether a family has no member at a point: a part of it that depends on the point has no value there."""
    for part in items(solution):
        if free_symbols(part) and part.sort == "number":
            try:
                ball(part, point, 64, context.reading)
            except Undefined:
                return True
            except NoValue:
                continue
    return False


def _size(t: Term, bindings: dict[Term, Term]) -> Term | None:
    """The sum of the sizes of the terms of an expression made of sums, products and whole powers; `None` for others."""
    if isinstance(t, (Const, Num, Var)):
        return app("abs", _put(t, bindings))
    if not isinstance(t, App) or t.shape:
        return None
    if t.op in ("neg", "abs", "conj", "re", "im"):
        return _size(t.args[0], bindings)
    if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1 and t.args[1].value > 0:
        base = _size(t.args[0], bindings)
        return None if base is None else app("pow", base, t.args[1])
    if t.op not in ("add", "sub", "mul", "div"):
        return None
    left = _size(t.args[0], bindings)
    right = app("abs", _put(t.args[1], bindings)) if t.op == "div" else _size(t.args[1], bindings)
    return None if left is None or right is None else app("add" if t.op == "sub" else t.op, left, right)


def _least(sizes: list[Term | None], point: Any, context: Context) -> float:
    """What a difference is measured by at least: 1, or the terms of both sides where these are smaller."""
    left, right = sizes
    if left is None or right is None:
        return 1.0
    found = value(app("add", left, right), point, context, context.reading)
    return 1.0 if found is None or not 0 < abs(found) < 1 else float(abs(found))


def _enclosed(parts: list[Term], point: Any, context: Context, least: float) -> float | None:
    """The relative difference of two numbers by enclosures, infinite where one certainly has no value; `None` where these do not tell."""
    try:
        a, b = (
            acb(v) if isinstance(v, (fmpq, arb, acb)) else None for v in [ball(x, point, 128, context.reading) for x in parts]
        )
    except Undefined:
        return math.inf
    except NoValue:
        return None
    if a is None or b is None or not (a.is_finite() and b.is_finite()):
        return None
    scale = arb.max(arb.max(abs(a), abs(b)), arb(least))
    error = abs(a - b) / scale
    return float(error.abs_upper()) if error.rad() < _SHARP else None


def roots(question: Term, answer: Term, context: Context) -> Check | None:
    """The values of the polynomial at its roots, relative to the sum of its terms there."""
    if not isinstance(question, App):
        return None
    if answer.sort == "text":
        return Check("substitution", None, None, EXACT_ROUTE, "there is nothing to put in")
    zero = residual(question.args[0])
    names = unknowns(question)
    if zero is None or not isinstance(names[0], Var):
        return None
    x = names[0].symbol
    errors = []
    for s in items(answer):
        put = substitute(zero, {x: s})
        for p in points([put], context, 3):
            found, size = value(put, p, context, "complex"), value(s, p, context, "complex")
            near = value(zero, {**p, x: exact(1.001 * size + 1e-3)}, context, "complex") if size is not None else None
            if found is not None and near is not None:
                errors.append(float(abs(found)) / max(1e-300, 1000 * float(abs(near))))
    return verdict("substitution", errors)
