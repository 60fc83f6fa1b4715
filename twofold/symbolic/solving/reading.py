"""What is to be solved, read from arguments: equations, inequalities, unknowns; and the answer as a term."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp

from twofold.catalogue.constants import rational
from twofold.core.diagnostic import fail
from twofold.grammar.term import MISSING, App, Array, Term, Var, free_symbols, subterms
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.sympy_order import ordered
from twofold.symbolic.tidy import short

INCOMPLETE = "there may be other solutions"
MANY = "infinitely many solutions"
REACH = 10
"""Solutions up to this size are given where there are infinitely many, or others are not looked for."""


@dataclass(frozen=True)
class Problem:
    """Relations between SymPy expressions, and the unknowns in the order of the answer.

    `equations` are expressions that are to be 0, `conditions` inequalities and inequations that a solution has to satisfy.
    `shape` is that of a vector unknown, `()` for a single number, `None` for a list of names. `domain` are expressions in the unknowns
    with what they have to be for the relations as they are written to have values: "ne", "gt" or "ge", compared with 0.
    """

    equations: tuple[Any, ...]
    conditions: tuple[Any, ...]
    unknowns: tuple[Any, ...]
    shape: tuple[int, ...] | None
    domain: tuple[tuple[Any, str], ...] = ()

    @property
    def defined(self) -> Any:
        """The domain as one condition."""
        return sp.And(*({"ne": sp.Ne, "gt": sp.Gt, "ge": sp.Ge}[kind](e, 0) for e, kind in self.domain))


def parts_of(relation: Term) -> list[Term]:
    """The relations of a system: `and`, sets and tuples are taken apart."""
    if isinstance(relation, App) and relation.op in ("and", "set", "tuple"):
        return [p for a in relation.args for p in parts_of(a)]
    if isinstance(relation, Array):
        return [x for row in relation.rows for x in row]
    return [relation]


def read(relation: Term, unknowns: Term, context: Context) -> Problem:
    """The problem that arguments pose. A plain expression is to be 0; without unknowns all free names are unknown."""
    names, shape = _unknowns(relation, unknowns)
    equations, conditions = [], []
    for part in parts_of(explicit(relation, context)):
        for p in parts_of(part):
            if isinstance(p, App) and p.op == "eq":
                equations.append(lower(minus(p.args[0], p.args[1]), context))
            elif p.sort == "truth":
                conditions.append(lower(p, context))
            else:
                equations.append(lower(p, context))
    unknown = tuple(lower(n, context) for n in names)
    inside = {s for n in names for s in free_symbols(n)}
    domain = [(e, kind) for t, kind in domain_of(relation, context) if inside & set(free_symbols(t)) for e in [lower(t, context)]]
    return Problem(tuple(equations), tuple(conditions), unknown, shape, tuple(d for d in domain if not _is_sure(*d)))


def _is_sure(e: Any, kind: str) -> bool:
    """Whether a number is what it has to be."""
    if not e.is_number:
        return False
    return bool(e.is_nonzero if kind == "ne" else e.is_positive if kind == "gt" else e.is_nonnegative)


def domain_of(relation: Term, context: Context) -> Iterator[tuple[Term, str]]:
    """What stands below bars, in logarithms and under even roots, with what it has to be: cancelling hides it."""
    real = context.reading == "real"
    for t in subterms(relation):
        if not isinstance(t, App) or t.shape or any(a.shape or a.sort != "number" for a in t.args):
            continue
        exponent = rational(t.args[1]) if t.op == "pow" else None
        if t.op == "div":
            yield t.args[1], "ne"
        elif t.op == "log" and len(t.args) == 1:
            yield t.args[0], "gt" if real else "ne"
        elif exponent is not None and exponent < 0:
            yield t.args[0], "ne"
        if real and (t.op == "sqrt" or exponent is not None and exponent.denominator > 1):
            yield t.args[0], "ge"


def _unknowns(relation: Term, unknowns: Term) -> tuple[list[Term], tuple[int, ...] | None]:
    if unknowns == MISSING:
        names: list[Term] = [Var(s, s.shape) for s in free_symbols(relation) if s.kind != "function"]
        if len(names) == 1 and names[0].shape:
            unknowns = names[0]
        else:
            return names, () if len(names) == 1 else None
    if isinstance(relation, Array) and len(relation.shape) == 2 and isinstance(unknowns, Array):
        raise fail(
            "not-an-equation",
            "solve takes an equation and its unknowns, not a matrix and a right side",
            relation.span,
            f"declare `let x : vector({relation.shape[1]})` and write solve(A*x == b, x); inv(A)*b and least_squares(A, b) do too",
        )
    other = next((v for v in variables_of(unknowns) if not _is_name(v)), None)
    if other is not None:
        raise fail(
            "not-a-variable",
            "unknowns are names",
            other.span or unknowns.span or relation.span,
            "write solve(x^2 == 2, x) or solve({x + y == 1, x == y}, [x, y]); complex solutions are those of names declared so: let z : complex",
        )
    if isinstance(unknowns, Var) and unknowns.shape:
        return variables_of(unknowns), tuple(d for d in unknowns.shape if isinstance(d, int))
    names = variables_of(unknowns)
    return names, () if isinstance(unknowns, (Var, App)) and unknowns.sort == "number" and len(names) == 1 else None


def _is_name(t: Term) -> bool:
    return isinstance(t, Var) or isinstance(t, App) and t.op == "index" and isinstance(t.args[0], Var)


def as_fraction(e: Any) -> tuple[Any, Any]:
    """Numerator and denominator of an expression; a polynomial in all its names as it stands, over 1."""
    return (e, sp.S.One) if e.is_polynomial() else sp.fraction(sp.together(e))


def answer(problem: Problem, solutions: list[tuple[Any, ...]], context: Context) -> Term:
    """A set of values, or of vectors in the order of the unknowns."""
    distinct = list(dict.fromkeys(tuple(short(v, context) for v in s) for s in solutions))
    if problem.shape == ():
        values = ordered([s[0] for s in distinct])
        return App("set", tuple(lift(v, context) for v in values), (), "set")
    found = [
        lift(sp.ImmutableMatrix(*(_shape(problem) if len(_shape(problem)) == 2 else (len(s), 1)), s), context, _shape(problem))
        for s in sorted(distinct, key=lambda s: [sp.default_sort_key(v) for v in s])
    ]
    return App("set", tuple(found), (), "set")


def _shape(problem: Problem) -> tuple[int, ...]:
    if problem.shape and len(problem.shape) == 2:
        return problem.shape
    return (len(problem.unknowns),)


def holds(expression: Any, context: Context) -> bool | None:
    """Whether an expression is 0 at some admissible values of its names (`None`: cannot tell). `True` throws nothing away, and proves nothing."""
    if expression.is_zero is not None:
        return bool(expression.is_zero)
    counted = 0
    for point in spot.points(expression.free_symbols, context, 6):
        value = spot.value(expression, point)
        if value is None:
            continue
        if abs(value) > 1e-12 * _size(expression, point):
            return False
        counted += 1
    return True if counted else None


def _size(e: Any, point: dict[Any, Any]) -> float:
    """How large an expression would be if nothing cancelled in it, to measure a residual by; of a function at least 1."""
    if e.is_Add:
        return max(_size(t, point) for t in e.args)
    if e.is_Mul:
        return math.prod(_size(t, point) for t in e.args)
    if e.is_Pow and e.exp.is_Integer and e.exp.is_positive:
        return _size(e.base, point) ** int(e.exp)
    value = spot.value(e, point)
    size = 1.0 if value is None else float(abs(value))
    return size if e.is_Atom or e.is_Pow and e.base.is_Atom else max(size, 1.0)
