"""Claims about what a solver answers, as claims about what its answer means: `solve(x^2 == 4, x) == {-2, 2}` says that x^2 == 4 exactly where
x == -2 or x == 2. So these are proved and refuted as any equivalence or inequality, and no solver is taken at its word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app, bound, full
from twofold.grammar.term import (
    FALSE,
    TRUE,
    App,
    Array,
    Num,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    var,
)

Meaning = tuple[tuple[Goal, ...], str]


def meaning(goal: Goal) -> Meaning | None:
    """The goals that a claim about an answer comes to, and how it was read; `None` for any other claim."""
    if goal.relation != "==" or goal.up_to:
        return None
    for asked, answer in ((goal.left, goal.right), (goal.right, goal.left)):
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
    z = Symbol(unknowns[0].name, "complex")
    equation = app("eq", substitute(asked.args[0], {unknowns[0]: var(z)}), num(0))
    return _exactly(replace(goal, reading="complex"), equation, (z,), answer.args)


def _critical_points(goal: Goal, asked: App, answer: App) -> Meaning | None:
    """All first derivatives are 0 exactly at the elements."""
    if answer.op != "set" or goal.reading != "real" or len(asked.args) != 2:
        return None
    names = _names(asked.args[1])
    system = [app("eq", _derivative(asked.args[0], s), num(0)) for s in names]
    return _exactly(goal, _all(system), names, answer.args) if names else None


def _extremum(relation: str) -> Callable[[Goal, App, App], Meaning | None]:
    """No value is beyond the first entry, which is taken exactly at what comes second."""

    def read(goal: Goal, asked: App, answer: App) -> Meaning | None:
        if answer.op != "tuple" or len(answer.args) != 2 or goal.reading != "real" or len(asked.args) not in (2, 3):
            return None
        value, where = answer.args
        names = _names(asked.args[1])
        points = where.args if isinstance(where, App) and where.op == "set" else (where,)
        given = asked.args[2:]
        if value.shape or value.sort != "number" or set(free_symbols(value)) & set(names) or not points:
            return None
        f = asked.args[0]
        region = replace(goal, assumptions=(*goal.assumptions, *given))
        there = _exactly(region, app("eq", f, value), names, points)
        if there is None:
            return None
        inside = [substitute(c, values) for p in points if (values := _values(names, p)) for c in given]
        goals = (
            replace(region, relation=relation, left=f, right=value),
            *there[0],
            *(replace(goal, relation="holds", left=c, right=TRUE) for c in inside),
        )
        return goals, f"read as {show(f)} {relation} {show(value)}, with equality exactly {there[1].partition(' exactly ')[2]}"

    return read


def _nullspace(goal: Goal, asked: App, answer: App) -> Meaning | None:
    """The elements are a basis of what the matrix takes to 0: it takes them there, they are independent, and there are as many as it needs."""
    (matrix,) = asked.args
    m, n = full(matrix.shape)
    vectors = [_entries(v) for v in answer.args if isinstance(v, Array)]
    if answer.op != "set" or not isinstance(m, int) or not isinstance(n, int) or len(vectors) != len(answer.args):
        return None
    if any(len(v) != n or any(x.shape for x in v) for v in vectors):
        return None
    zero = Array(tuple((num(0),) for _ in range(m)), (m, 1))
    goals = [replace(goal, left=app("mul", matrix, Array(tuple((x,) for x in v), (n, 1))), right=zero) for v in vectors]
    goals.append(replace(goal, left=app("rank", matrix), right=num(n - len(vectors))))
    if vectors:
        goals.append(replace(goal, left=app("rank", Array(tuple(vectors), (len(vectors), n))), right=num(len(vectors))))
    return tuple(goals), "read as a basis of the null space"


def _exactly(goal: Goal, system: Term, unknowns: tuple[Symbol, ...], points: tuple[Term, ...]) -> Meaning | None:
    """That a system holds at the points and nowhere else; `None` where these are not written out, or are not of the unknowns."""
    plain = all(not s.shape and s.kind in ("real", "integer", "complex") and s.law is None for s in unknowns)
    if not unknowns or not plain or system.sort != "truth":
        return None
    rows = []
    for p in points:
        values = _values(unknowns, p)
        if values is None or any(v.shape or v.sort != "number" or set(free_symbols(v)) & set(unknowns) for v in values.values()):
            return None
        rows.append(_all([app("eq", var(s), v) for s, v in values.items()]))
    there = reduce(lambda a, b: app("or", a, b), rows) if rows else FALSE
    said = f"{show(system)} exactly where {show(there)}" if rows else f"{show(system)} nowhere"
    return (replace(goal, relation="<=>", left=system, right=there),), f"read as {said}"


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
    if isinstance(t, Array):
        return tuple(x for row in t.rows for x in row)
    return t.args if isinstance(t, App) and t.op == "tuple" else ()


def _all(statements: Sequence[Term]) -> Term:
    return reduce(lambda a, b: app("and", a, b), statements[1:], statements[0])


def _derivative(f: Term, s: Symbol) -> Term:
    inner = copy_symbol(s)
    return bound("diff", (inner,), substitute(f, {s: var(inner)}), var(s), num(1))


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
}
