"""Ways to judge an answer. Each takes the tree of the answer and the task, and says whether the answer is right.

All of them compare numbers to 25 digits. `Unevaluated` passes through: an answer that holds the question is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import mpmath
from mpmath import mpf

from benchmarks.exact.reading import Tree, calls_in, names_in, read
from benchmarks.exact.task import Judge, Task, _number
from benchmarks.exact.values import CONSTANTS, NOTHING, Unevaluated, near, value

_REFUSALS = {"does not exist", "not bounded", "no solution", "diverges"}


def free(tree: Tree) -> list[str]:
    """The free names of a tree, in order."""
    return sorted(n for n in names_in(tree) if n not in CONSTANTS and n not in NOTHING)


def _text(tree: Tree) -> str | None:
    return tree[1] if tree[0] == "text" else None


def equal(tree: Tree, task: Task) -> bool:
    """The same value (number, vector, matrix, truth value) at every point."""
    known = read(task.answer)
    _no_refusal(tree)
    names = free(known)
    if task.op == "dsolve" and "y" in free(tree):
        raise Unevaluated("an implicit solution")
    other = sorted(set(names) | set(_task_names(task, tree)))
    return all(near(value(tree, point), value(known, point)) for point in task.at(other))


def _task_names(task: Task, tree: Tree) -> list[str]:
    """Names of the answer that the question has too: they have points; others are not known."""
    asked = {n for a in task.args for n in _names_of(a)}
    return [n for n in free(tree) if n in asked]


def _names_of(arg: Any) -> set[str]:
    if isinstance(arg, str):
        return names_in(read(arg)) if arg.strip("+-") else set()
    if isinstance(arg, (list, tuple)):
        return {n for a in arg for n in _names_of(a)}
    return set()


def expansion(variable: str, order: int, at_infinity: bool = False) -> Judge:
    """A series: powers of the variable alone, the same up to the order; more terms do no harm."""

    def judge(tree: Tree, task: Task) -> bool:
        known = read(task.answer)
        _no_refusal(tree)
        if variable in names_in(list(_called(tree))):
            raise Unevaluated("not a sum of powers")
        small = mpf(10) ** -12
        for point in task.at(sorted((set(free(known)) | set(_task_names(task, tree))) - {variable})):
            place = {**point, variable: 1 / small if at_infinity else small}
            with mpmath.workdps(250):
                if abs(value(tree, place) - value(known, place)) > small**order * mpf(10) ** -6:
                    return False
        return True

    return judge


def _called(tree: Any) -> list[Any]:
    """The arguments of all calls in a tree."""
    if isinstance(tree, tuple) and tree and tree[0] == "call":
        return [tree[2]]
    if isinstance(tree, (tuple, list)):
        return [a for part in tree for a in _called(part)]
    return []


class Refused(Exception):
    """The answer says that there is none, and there is one."""


def _no_refusal(tree: Tree) -> None:
    said = _text(tree)
    if said is not None:
        raise Refused(said) if said in _REFUSALS else Unevaluated(said)


def up_to_constant(variable: str, *stretches: tuple[str, ...]) -> Judge:
    """An antiderivative: its differences between the points of each stretch are those of the known one."""

    def judge(tree: Tree, task: Task) -> bool:
        known = read(task.answer)
        _no_refusal(tree)
        others = [n for n in free(known) if n != variable]
        for point in task.at(sorted(set(others) | set(_task_names(task, tree)) - {variable})):
            for stretch in stretches or (("3/10", "7/10", "13/10"),):
                places = [_number(p) for p in stretch]
                mine = [value(tree, {**_constants(tree), **point, variable: p}) for p in places]
                right = [value(known, {**point, variable: p}) for p in places]
                if not all(near(b - a, d - c) for (a, b), (c, d) in zip(pairwise(mine), pairwise(right), strict=True)):
                    return False
        return True

    return judge


def _constants(tree: Tree) -> dict[str, Any]:
    """Constants of integration that a system adds."""
    return {n: mpf(0) for n in names_in(tree) if n in ("C", "_C", "C1", "c_0", "%c")}


def refusal(tree: Tree, task: Task) -> bool:
    """The answer says that there is none: a word for it, an infinite or undefined value, an empty set, false."""
    said = _text(tree)
    if said is not None:
        return said in _REFUSALS
    if tree[0] == "name" and (tree[1] in ("und", "ind", "undef", "infinity", "nan", "zoo")):
        return True
    found = value(tree, {n: mpf(1) for n in free(tree)})
    if isinstance(found, list):
        return not found
    return found is False or (not isinstance(found, bool) and not mpmath.isfinite(found))


def values(tree: Tree, task: Task) -> bool:
    """The same set of numbers or vectors, in any order; how often each stands does not count."""
    return _sets(tree, task, multiset=False)


def multiset(tree: Tree, task: Task) -> bool:
    """The same numbers, each as often."""
    return _sets(tree, task, multiset=True)


def _sets(tree: Tree, task: Task, multiset: bool) -> bool:
    if tree[0] == "name" and tree[1] == "false" or _text(tree) == "no solution":
        tree = ("set", [])
    _no_refusal(tree)
    known = read(task.answer)
    if task.op.startswith("solve") and set(free(tree)) & set(_solved(task)):
        raise Unevaluated("not solved for the unknowns")
    for point in task.at(sorted(set(free(known)) | set(_task_names(task, tree)))):
        mine, right = _as_list(value(tree, point)), _as_list(value(known, point))
        if not multiset:
            mine, right = _distinct(mine), _distinct(right)
        if len(mine) != len(right) or not all(any(near(m, r) for r in right) for m in mine):
            return False
        if not all(sum(near(m, r) for m in mine) == sum(near(s, r) for s in right) for r in right):
            return False
    return True


def _solved(task: Task) -> list[str]:
    unknowns = task.args[1]
    return [unknowns] if isinstance(unknowns, str) else list(unknowns)


def _as_list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _distinct(items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if not any(near(item, k) for k in kept):
            kept.append(item)
    return kept


def region(variable: str, inside: Sequence[str], outside: Sequence[str]) -> Judge:
    """A condition on the variable that is true at the inside places and false at the outside ones (ends of intervals among both)."""

    def judge(tree: Tree, task: Task) -> bool:
        _no_refusal(tree)
        if not _isolated(tree, variable):
            raise Unevaluated("not solved for the variable")
        for point in task.at(sorted(set(_task_names(task, tree)) - {variable})):
            for places, wanted in ((inside, True), (outside, False)):
                for place in places:
                    if _holds(tree, {**point, variable: value(read(place), point)}, variable) != wanted:
                        return False
        return True

    return judge


def _isolated(tree: Tree, variable: str) -> bool:
    """Whether the variable stands alone wherever it stands in a relation."""
    if tree[0] == "relation":
        sides = [t for t in tree[2:] if variable in names_in(t)]
        return all(t == ("name", variable) for t in sides)
    if tree[0] in ("and", "or"):
        return all(_isolated(t, variable) for t in tree[1:])
    return all(_isolated(t, variable) for t in tree[1]) if tree[0] in ("set", "list", "tuple") else True


def _holds(tree: Tree, point: dict[str, Any], variable: str) -> bool:
    if tree[0] in ("set", "list", "tuple"):  # Alternatives, or a set of points.
        return any(_holds(t, point, variable) for t in tree[1])
    if tree[0] == "relation" and tree[1] != "==" and variable not in names_in(tree):
        return bool(value(tree, point))
    if tree[0] in ("relation", "and", "or", "not") or (tree[0] == "name" and tree[1] in ("true", "false", "True", "False")):
        if tree[0] in ("and", "or"):
            left, right = (_holds(t, point, variable) for t in tree[1:])
            return (left and right) if tree[0] == "and" else (left or right)
        return bool(value(tree, point))
    return near(value(tree, point), point[variable])


def family(low: str, high: str) -> Judge:
    """A periodic set: its members between two bounds, all other names running over the integers, are those of the known family."""

    def members(tree: Tree, task: Task) -> list[Any]:
        _no_refusal(tree)
        asked = {n for a in task.args for n in _names_of(a)}
        whole = [n for n in free(tree) if n not in asked]
        a, b = value(read(low), {}), value(read(high), {})
        found: list[Any] = []
        for k in range(-12, 13) if whole else (0,):
            point = {n: mpf(k) for n in whole}
            for v in _as_list(value(tree, point)):
                for w in _as_list(v):
                    if abs(mpmath.im(w)) < mpf(10) ** -30 and a < mpmath.re(w) < b:
                        found.append(mpmath.re(w))
        return _distinct(found)

    def judge(tree: Tree, task: Task) -> bool:
        mine, right = members(tree, task), members(read(task.answer), task)
        return len(mine) == len(right) and all(any(near(m, r) for r in right) for m in mine)

    return judge


def form(check: Callable[[Tree], bool]) -> Judge:
    """Equal to the known answer, and written in the form that was asked for."""

    def judge(tree: Tree, task: Task) -> bool:
        if not equal(tree, task):
            return False
        if not check(tree):
            raise Unevaluated("equal, but not in the form that was asked for")
        return True

    return judge


ELEMENTARY = frozenset("sqrt exp log ln sin cos tan atan arctan factorial abs pi".split())


def closed(tree: Tree, task: Task) -> bool:
    """Equal, and in elementary functions: the function that was asked for is gone."""
    if not calls_in(tree) <= ELEMENTARY:
        raise Unevaluated(", ".join(sorted(calls_in(tree) - ELEMENTARY)))
    return equal(tree, task)


def terms(tree: Tree) -> list[Tree]:
    """The terms of a sum."""
    if tree[0] == "+":
        return terms(tree[1]) + terms(tree[2])
    if tree[0] == "-":
        return terms(tree[1])
    return [tree]


def factors(tree: Tree) -> list[Tree]:
    """The factors of a product, powers with a whole exponent as one factor each, numbers left out."""
    if tree[0] in ("*", "/"):
        return factors(tree[1]) + factors(tree[2])
    if tree[0] == "-":
        return factors(tree[1])
    if tree[0] == "^" and tree[2][0] in ("number", "-"):
        return factors(tree[1])
    return [] if tree[0] == "number" else [tree]


def sum_of(count: int) -> Judge:
    """A sum of so many terms."""
    return form(lambda tree: len(terms(tree)) == count)


def product_of(count: int) -> Judge:
    """A product of so many different factors that are not numbers."""
    return form(lambda tree: len(factors(tree)) == count)


def size(tree: Any) -> int:
    """How many numbers, names and operations a tree has."""
    if isinstance(tree, tuple):
        if tree[0] in ("number", "name", "text"):
            return 1
        return 1 + sum(size(t) for t in tree[1:])
    return sum(size(t) for t in tree) if isinstance(tree, list) else 0


def at_most(count: int) -> Judge:
    """Not longer than so many numbers, names and operations."""
    return form(lambda tree: size(tree) <= count)
