"""What a line that says the solutions should say: alternatives left out or put in, and the ends of intervals.

The line above is solved by the exact route. What it gives is compared with what stands there, so that only the wrong places change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.alike import edits_of_both
from twofold.engine.diagnosis.edits import Edit, names_in, nodes
from twofold.engine.diagnosis.parts import is_equation
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.place import put
from twofold.grammar import tree
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Term
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.sample import involved
from twofold.numeric.valuation import draw
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.work import work

_SECONDS, _LONGEST, _MOST = 0.7, 60, 6
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_CLOSE = 1e-9
_Point: TypeAlias = tuple[tree.Expr, ...]
"""A value for every unknown."""


def solution_edits(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> list[Edit]:
    """Edits of a line that follows from, or is equivalent to, the one above, read off the solutions of that one."""
    if goal.relation not in ("<=>", "=>") or not isinstance(right, (tree.Relation, tree.Logic, tree.System)):
        return []
    said = _alternatives(right)
    unknowns = _unknowns(right) if said is None else list(said[0].values)
    if not 1 <= len(unknowns) <= 3:
        return []
    solutions = _solved(goal, left, unknowns, resolve)
    if isinstance(solutions, tree.Set) and said is not None:
        return list(_by_points(goal, left, right, said, unknowns, solutions, resolve))
    if isinstance(solutions, (tree.Relation, tree.Logic)) and len(unknowns) == 1:
        return list(_by_ends(goal, right, unknowns[0], solutions, resolve))
    return []


def _solved(goal: Goal, left: tree.Expr, unknowns: list[str], resolve: Resolve) -> tree.Expr | None:
    """What solving the line above gives, if it is short."""
    names = tuple(tree.Name(n) for n in unknowns)
    wanted: tree.Expr = names[0] if len(names) == 1 else tree.Matrix((names,), vector=True)
    context = Context(assumptions=goal.assumptions, reading=goal.reading)
    try:
        term = resolve(tree.Call(tree.Name("solve"), (left, wanted)))
        value = within(_SECONDS, work, term, context)
        text = "" if value is None or context.conditions else show(value)
        return parse_expression(text, "") if 0 < len(text) <= _LONGEST else None
    except (TwofoldError, NoClosedForm):
        return None


# --- equations ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Alternative:
    """`x == 2`, or `x == 2 and y == 3`: the node, and the values by name."""

    node: tree.Expr
    values: dict[str, tree.Expr]


def _alternatives(node: tree.Expr) -> list[_Alternative] | None:
    """The alternatives of a line that gives values to the same names in each."""
    parts = flat(node, "or")
    found = []
    for part in parts:
        values: dict[str, tree.Expr] = {}
        for relation in flat(part, "and"):
            if not is_equation(relation):
                return None
            name, value = relation.operands
            if not isinstance(name, tree.Name) or name.id in values:
                return None
            values[name.id] = value
        found.append(_Alternative(part, values))
    names = set(found[0].values)
    valued = {n for a in found for v in a.values.values() for n in names_in(v)}
    return found if all(set(a.values) == names for a in found) and not names & valued else None


def flat(node: tree.Expr, operator: str) -> list[tree.Expr]:
    """The parts of a statement that are joined by `and` or `or`; a system joins by `and`."""
    if isinstance(node, tree.Logic) and node.operator == operator:
        return [*flat(node.left, operator), *flat(node.right, operator)]
    if isinstance(node, tree.System) and operator == "and":
        return list(node.relations)
    return [node]


def _by_points(
    goal: Goal,
    left: tree.Expr,
    right: tree.Expr,
    said: list[_Alternative],
    unknowns: list[str],
    solutions: tree.Set,
    resolve: Resolve,
) -> Iterator[Edit]:
    """Alternatives that are no solutions left out or replaced, and solutions that are missing put in."""
    true = [p for p in (_point(item, len(unknowns)) for item in solutions.items) if p is not None]
    if not true or len(true) != len(solutions.items) or len(true) > _MOST:
        return
    same = _Same(goal, resolve)
    kept: list[_Alternative] = []
    absent = list(true)
    for a in said:
        here = tuple(a.values[n] for n in unknowns)
        match = next((p for p in absent if same(p, here)), None)
        if match is not None:
            absent.remove(match)
            kept.append(a)
    wrong = [a for a in said if not any(a is k for k in kept)]
    if goal.relation == "=>" and not absent:
        return
    if len(wrong) == len(absent) == 1:
        # One alternative is another one: where only one value in it is, that one.
        (a,), (p,) = wrong, absent
        new = a.node
        for name, value in zip(unknowns, p, strict=True):
            if not same((value,), (a.values[name],)):
                new = put(new, a.values[name], value)
        yield Edit(a.node, new, 1.25 if kept else 1.9)
        return
    if wrong and not absent and kept:
        yield Edit(right, _any_of([a.node for a in kept]), 1.0)
        return
    if not kept and len(wrong) == len(absent) == 2:
        yield from _both(right, wrong, true, unknowns, same, left)
    if kept:
        added = [_written(unknowns, p) for p in absent]
        yield Edit(right, _any_of([*(a.node for a in kept), *added]), 1.1)


def _both(
    right: tree.Expr, wrong: list[_Alternative], true: list[_Point], unknowns: list[str], same: _Same, left: tree.Expr
) -> Iterator[Edit]:
    """One edit that makes solutions of both alternatives."""
    for edit in sorted(edits_of_both(right, left), key=lambda e: e.cost):
        made = _alternatives(edit.new)
        if made is not None and len(made) == len(wrong):
            points = [tuple(a.values[n] for n in unknowns) for a in made]
            if all(any(same(p, q) for q in points) for p in true):
                yield Edit(right, edit.new, 1.2)
                return


def _point(item: tree.Expr, size: int) -> _Point | None:
    if size == 1:
        return (item,)
    if isinstance(item, tree.Matrix) and item.vector and len(item.rows[0]) == size:
        return item.rows[0]
    return None


def _written(unknowns: list[str], point: _Point) -> tree.Expr:
    relations = [tree.Relation(("==",), (tree.Name(n), v)) for n, v in zip(unknowns, point, strict=True)]
    out: tree.Expr = relations[0]
    for r in relations[1:]:
        out = tree.Logic("and", out, r)
    return out


def _any_of(parts: list[tree.Expr]) -> tree.Expr:
    out = parts[0]
    for p in parts[1:]:
        out = tree.Logic("or", out, p)
    return out


class _Same:
    """Whether values seem equal at ordinary points of their names: a filter, the judge has the last word."""

    def __init__(self, goal: Goal, resolve: Resolve) -> None:
        self.goal, self.resolve = goal, resolve

    def __call__(self, one: _Point, other: _Point) -> bool:
        return all(self._equal(a, b) for a, b in zip(one, other, strict=True))

    def _equal(self, a: tree.Expr, b: tree.Expr) -> bool:
        try:
            terms: list[Term] = [self.resolve(a), self.resolve(b)]
        except TwofoldError:
            return False
        names = involved(*terms, *self.goal.assumptions)
        points = (
            list(draw(names, self.goal.assumptions, self.goal.seed, 12, (self.goal.left, self.goal.right)))[-3:]
            if names
            else [{}]
        )
        try:
            x, y = (np.asarray(floats(t, points, self.goal.reading), dtype=complex) for t in terms)
        except (CannotEvaluate, Split, TypeError, ValueError):
            return False
        return bool(x.shape == y.shape and np.all(np.abs(x - y) <= _CLOSE * np.maximum(1, np.abs(x))))


# --- inequalities ---------------------------------------------------------------------------------------------------------------


def _unknowns(right: tree.Expr) -> list[str]:
    """The one name of a line of inequalities."""
    names = names_in(right)
    return names if len(names) == 1 else []


@dataclass(frozen=True, slots=True)
class _End:
    """`x < 3`, also as a part of `1 < x < 3`: the relation that holds it, which of its signs, the sign as read from the name, and the end."""

    relation: tree.Relation
    place: int
    sign: str
    value: tree.Expr


def _ends(node: tree.Expr, name: str) -> list[_End]:
    found = []
    for n, _, _ in nodes(node):
        if not isinstance(n, tree.Relation):
            continue
        for k, sign in enumerate(n.operators):
            a, b = n.operands[k], n.operands[k + 1]
            if sign in _TURNED and a == tree.Name(name):
                found.append(_End(n, k, sign, b))
            elif sign in _TURNED and b == tree.Name(name):
                found.append(_End(n, k, _TURNED[sign], a))
    return found


def _by_ends(goal: Goal, right: tree.Expr, name: str, solutions: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """Ends of intervals that are others, alternatives and conditions that are missing, and the solutions as they are found."""
    same = _Same(goal, resolve)
    said, true = _ends(right, name), _ends(solutions, name)
    for end in said:
        if any(t.sign == end.sign and same((t.value,), (end.value,)) for t in true):
            continue
        for t in true:
            if t.sign[0] == end.sign[0] and not same((t.value,), (end.value,)):
                yield Edit(end.value, t.value, 1.15)
    if goal.relation != "<=>":
        return
    for operator, cost in (("or", 1.25), ("and", 1.3)):
        for part in flat(solutions, operator):
            if part is not solutions:
                yield Edit(right, tree.Logic(operator, right, part), cost)
    yield Edit(right, solutions, 1.2 if isinstance(solutions, tree.Relation) else 1.4)
