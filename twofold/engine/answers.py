"""Claims about what a solver answers, as claims about what its answer means: `solve(x^2 == 4, x) == {-2, 2}` says that x^2 == 4 exactly where
x == -2 or x == 2, and that these are values which x may have. So these are proved and refuted as any equivalence or inequality, and no
solver is taken at its word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from twofold.catalogue.conjunctions import either, together
from twofold.catalogue.derivatives import derivative_by
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app, full
from twofold.core.registry import resolve
from twofold.engine.admitted import admitted, gated, holding
from twofold.grammar.term import (
    App,
    Array,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
    subterms,
    var,
)


class Meaning(NamedTuple):
    """The goals that a claim about an answer comes to, how it was read, and the unknowns: the answer is about all their values together, so that
    none of them is a condition."""

    goals: tuple[Goal, ...]
    said: str
    unknowns: tuple[Symbol, ...] = ()


_MINPOLY = "twofold.engine.matrix_answers:minimal_polynomial"
"""Read when first needed: plain arithmetic is answered without a normal form."""


def meaning(goal: Goal) -> Meaning | None:
    """What a claim about an answer says; `None` for any other claim."""
    if goal.relation != "==" or goal.up_to:
        return None
    for asked, answer in ((goal.left, goal.right), (goal.right, goal.left)):
        if isinstance(asked, App) and asked.op == "minpoly" and (said := resolve(_MINPOLY)(goal, asked, answer)) is not None:
            return Meaning(*said)
        if isinstance(asked, App) and asked.op in ("kernel", "image") and asked.args[0].sort == "function":
            asked = replace(asked, args=(app("matrix_of", *asked.args),))
        if isinstance(asked, App) and asked.op in _RULES and isinstance(answer, App) and answer.op in ("set", "tuple"):
            return _RULES[asked.op](goal, asked, answer)
    return None


def _solutions(goal: Goal, asked: App, answer: App) -> Meaning | None:
    """The equations hold exactly at the elements."""
    if answer.op != "set" or len(asked.args) > 2:
        return None
    system = asked.args[0]
    unknowns = _names(asked.args[1]) if len(asked.args) == 2 else tuple(free_symbols(system))
    if len(asked.args) == 1 and len(unknowns) != 1 or goal.reading != "real" and any(s.kind != "complex" for s in unknowns):
        return None
    return _exactly(goal, system, unknowns, answer.args)


def _roots(goal: Goal, asked: App, answer: App) -> Meaning | None:
    """The polynomial is 0 exactly at the elements, among the complex numbers."""
    if answer.op != "set" or not _is_polynomial(asked.args[0]):
        return None
    unknowns = _names(asked.args[1]) if len(asked.args) == 2 else tuple(free_symbols(asked.args[0]))
    if len(unknowns) != 1 or unknowns[0].kind not in ("real", "complex"):
        return None
    if any(unknowns[0] in free_symbols(p) for p in answer.args):
        return None
    z = Symbol(unknowns[0].name, "complex")
    equation = app("eq", substitute(asked.args[0], {unknowns[0]: var(z)}), num(0))
    return _exactly(replace(goal, reading="complex"), equation, (z,), answer.args)


def _critical_points(goal: Goal, asked: App, answer: App) -> Meaning | None:
    """All first derivatives are 0 exactly at the elements."""
    if answer.op != "set" or goal.reading != "real" or len(asked.args) != 2:
        return None
    names = _names(asked.args[1])
    system = [app("eq", derivative_by(asked.args[0], s), num(0)) for s in names]
    return _exactly(goal, together(system), names, answer.args) if names and all(s.kind == "real" for s in names) else None


def _extremum(relation: str) -> Callable[[Goal, App, App], Meaning | None]:
    """No value is beyond the first entry, which is taken exactly at what comes second."""

    def read(goal: Goal, asked: App, answer: App) -> Meaning | None:
        if answer.op != "tuple" or len(answer.args) != 2 or goal.reading != "real" or len(asked.args) not in (2, 3):
            return None
        value, where = answer.args
        names = _names(asked.args[1])
        points = where.args if isinstance(where, App) and where.op == "set" else (where,)
        given = tuple(c for a in asked.args[2:] for c in (_entries(a) or (a,)))
        if value.shape or value.sort != "number" or set(free_symbols(value)) & set(names) or not points:
            return None
        if any(c.sort != "truth" or c.shape for c in given):
            return None
        f = asked.args[0]
        rows = _rows(names, points)
        if rows is None:
            return None
        at = gated(goal, (value, *_coordinates(rows)))
        region = replace(at.goal, assumptions=(*at.goal.assumptions, *given))
        attained = _equivalence(region, app("eq", f, value), rows)
        said = f"read as {show(f)} {relation} {show(value)}, with equality exactly where {show(attained.right)}"
        if at.nowhere:
            return Meaning(at.valued, said, names)
        bound = replace(region, relation=relation, left=f, right=value)
        return Meaning((bound, attained, *admitted(at.goal, rows), *holding(at.goal, given, rows), *at.valued), said, names)

    return read


def _nullspace(goal: Goal, asked: App, answer: App) -> Meaning | None:
    """The elements are a basis of what the matrix takes to 0: it takes them there, they are independent, and there are as many as it needs."""
    (matrix,) = asked.args
    m, n = full(matrix.shape)
    vectors = [_entries(v) for v in answer.args if isinstance(v, Array) and full(v.shape) == (n, 1)]
    if answer.op != "set" or not isinstance(m, int) or not isinstance(n, int) or len(vectors) != len(answer.args):
        return None
    if any(x.shape for v in vectors for x in v):
        return None
    zero = Array(tuple((num(0),) for _ in range(m)), (m, 1))
    at = gated(goal, [x for v in vectors for x in v])
    if at.nowhere:
        return Meaning(at.valued, "read as a basis of the null space")
    goal = at.goal
    goals = [replace(goal, left=app("mul", matrix, Array(tuple((x,) for x in v), (n, 1))), right=zero) for v in vectors]
    goals.append(replace(goal, left=app("rank", matrix), right=num(n - len(vectors))))
    if vectors:
        goals.append(replace(goal, left=app("rank", Array(tuple(vectors), (len(vectors), n))), right=num(len(vectors))))
    return Meaning((*goals, *at.valued), "read as a basis of the null space")


def _span(read: str) -> Callable[[Goal, App, App], Meaning | None]:
    """What a claimed basis means, where its entries have values; the dotted name of the function that reads it."""

    def rule(goal: Goal, asked: App, answer: App) -> Meaning | None:
        at = gated(goal, [x for v in answer.args for x in _entries(v)])
        if at.nowhere:
            return Meaning(at.valued, "read as a basis of the space")
        found = resolve(read)(at.goal, asked, answer)
        return None if found is None else Meaning((*found[0], *at.valued), found[1])

    return rule


def _exactly(goal: Goal, system: Term, unknowns: tuple[Symbol, ...], points: tuple[Term, ...]) -> Meaning | None:
    """That a system holds at the points, which the unknowns may have as values, and nowhere else."""
    rows = _rows(unknowns, points)
    if rows is None or system.sort != "truth":
        return None
    at = gated(goal, _coordinates(rows))
    equivalence = _equivalence(at.goal, system, rows)
    said = f"{show(system)} exactly where {show(equivalence.right)}" if rows else f"{show(system)} nowhere"
    goals = at.valued if at.nowhere else (equivalence, *admitted(at.goal, rows), *at.valued)
    return Meaning(goals, f"read as {said}", unknowns)


def _equivalence(goal: Goal, system: Term, rows: Sequence[dict[Symbol, Term]]) -> Goal:
    there = [together(app("eq", var(s), v) for s, v in row.items()) for row in rows]
    return replace(goal, relation="<=>", left=system, right=either(there))


def _rows(unknowns: tuple[Symbol, ...], points: tuple[Term, ...]) -> list[dict[Symbol, Term]] | None:
    """The coordinates of the points by the unknowns; `None` where these are not written out, or are not of the unknowns."""
    if not unknowns or any(s.shape or s.kind not in ("real", "integer", "complex") or s.law is not None for s in unknowns):
        return None
    rows = []
    for p in points:
        values = _values(unknowns, p)
        if values is None or any(v.shape or v.sort != "number" or set(free_symbols(v)) & set(unknowns) for v in values.values()):
            return None
        rows.append(values)
    return rows


def _coordinates(rows: Sequence[dict[Symbol, Term]]) -> tuple[Term, ...]:
    return tuple(v for row in rows for v in row.values())


def _values(unknowns: tuple[Symbol, ...], point: Term) -> dict[Symbol, Term] | None:
    """The coordinates of a point by the unknowns."""
    if len(unknowns) == 1 and not isinstance(point, Array):
        return {unknowns[0]: point}
    entries = _entries(point)
    return dict(zip(unknowns, entries, strict=True)) if len(entries) == len(unknowns) else None


def _names(t: Term) -> tuple[Symbol, ...]:
    """The symbols of a name or of a list of names; none where something else stands in it."""
    entries = _entries(t) or (t,)
    return tuple(x.symbol for x in entries if isinstance(x, Var)) if all(isinstance(x, Var) for x in entries) else ()


def _entries(t: Term) -> tuple[Term, ...]:
    """What stands in a written vector or tuple."""
    if isinstance(t, Array) and 1 in full(t.shape):
        return tuple(x for row in t.rows for x in row)
    return t.args if isinstance(t, App) and t.op == "tuple" else ()


def _is_polynomial(t: Term) -> bool:
    """Whether a term is made of names and numbers by sums, products, whole powers and division by numbers."""
    for x in subterms(t):
        if isinstance(x, (Num, Var)) and not x.shape:
            continue
        if not isinstance(x, App) or x.op not in ("add", "sub", "neg", "mul", "pow", "div"):
            return False
        if x.op == "pow" and not (isinstance(x.args[1], Num) and x.args[1].value.denominator == 1 and x.args[1].value >= 0):
            return False
        if x.op == "div" and free_symbols(x.args[1]):
            return False
    return True


_RULES: dict[str, Callable[[Goal, App, App], Meaning | None]] = {
    "solve": _solutions,
    "roots": _roots,
    "critical_points": _critical_points,
    "minimize": _extremum(">="),
    "maximize": _extremum("<="),
    "nullspace": _nullspace,
    "kernel": _nullspace,
    **dict.fromkeys(("colspace", "rowspace", "image", "basis"), _span("twofold.engine.matrix_answers:spanning")),
    "orthogonal_complement": _span("twofold.engine.matrix_answers:complementary"),
}
