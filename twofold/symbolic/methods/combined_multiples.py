"""Steps from equations of vectors and matrices to one that is a sum of their multiples: A*x == t*x gives A*A*x == t^2*x.

From L1 == 0 and L2 == 0 follows P1*L1*Q1 + P2*L2*Q2 == 0 with any factors. These are names of the claim here, and the coefficients of the sum are
found by comparing terms of the index normal form, so sizes may stay symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import ShapeError, app, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Num, Term, free_symbols, num, subterms, var
from twofold.symbolic.methods.linear_steps import Known, residual
from twofold.symbolic.tensors.equality import difference
from twofold.symbolic.tensors.node import Poly, Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.reduce import reduced

_MOST = 260
"""Multiples that are tried."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the conclusion is a sum of multiples of the premises."""
    if goal.reading != "real":
        raise NotApplicable("real matrices only")
    target, premises = _conclusion(goal.right), list(_premises(goal.left))
    if target is None or not premises:
        raise NotApplicable("not a step between equations")
    if not any(t.shape for s in (target, *premises) for t in subterms(s)):
        raise NotApplicable("no vector or matrix stands in the equations")
    known = Known(goal)
    if not known.total(target):
        raise NotApplicable("a side might have no value somewhere")
    if not _is_sum(target, list(_multiples(premises, full(target.shape), goal))):
        raise NotApplicable("the conclusion was not seen to be a sum of multiples")
    return Evidence("sums of multiples", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


def _premises(t: Term) -> Iterator[Term]:
    """left - right of all equations that are said together."""
    return (found for part in conjuncts(t) if (found := _says_zero(part)) is not None)


def _says_zero(t: Term) -> Term | None:
    """What an equation says is 0: the difference of its sides; that of a matrix and its transpose where it is said to be symmetric."""
    if isinstance(t, App) and t.op == "is_symmetric" and len(t.args[0].shape) == 2:
        return app("sub", app("transpose", t.args[0]), t.args[0])
    return residual(t)


def _conclusion(t: Term) -> Term | None:
    """The same for what is to be shown, with norms squared."""
    if isinstance(t, App) and t.op == "eq":
        norms = [isinstance(a, App) and a.op == "norm" for a in t.args]
        if any(norms) and all(n or isinstance(a, Num) and a.value >= 0 for n, a in zip(norms, t.args, strict=True)):
            return app("sub", *(app("pow", a, num(2)) for a in t.args))
    return _says_zero(t)


def _multiples(premises: list[Term], shape: tuple[int | Term, int | Term], goal: Goal) -> Iterator[Term]:
    """The premises and their transposes, with names of the claim on either side, under a trace, and times scalars, of the shape of the conclusion."""
    names = list(dict.fromkeys((*free_symbols(goal.left), *free_symbols(goal.right))))
    scalars: list[Term | None] = [None, *(var(s) for s in names if not s.shape and s.kind in ("real", "integer"))]
    arrays = [var(s) for s in names if s.shape and s.kind == "real"]
    factors: list[Term | None] = [None, *(t for a in arrays for t in (a, app("transpose", a)))]
    count = 0
    for scalar in scalars:
        for premise in premises:
            for turned in (premise, app("transpose", premise)) if premise.shape else (premise,):
                for made in _between(turned, factors, shape):
                    yield made if scalar is None else app("mul", scalar, made)
                    count += 1
                    if count == _MOST:
                        return


def _between(premise: Term, factors: list[Term | None], shape: tuple[int | Term, int | Term]) -> Iterator[Term]:
    for left in factors:
        for right in factors:
            try:
                made = premise if left is None else app("mul", left, premise)
                made = made if right is None else app("mul", made, right)
            except ShapeError:
                continue
            if full(made.shape) == shape:
                yield made
            elif shape == (1, 1) and full(made.shape)[0] == full(made.shape)[1] and right is None:
                yield app("tr", made)


def _is_sum(target: Term, multiples: list[Term]) -> bool:
    """Whether the target is a linear combination with rational coefficients."""
    reader = Reader(strict=True)
    try:
        whole = reduced(difference(target, app("sub", target, target), reader))
        rows: dict[str, int] = {}
        columns = []
        for m in multiples:
            rest = reduced(difference(target, m, reader))
            columns.append(_coefficients(whole, rest))
        wanted = _coefficients(whole, None)
    except Unsupported:
        return False
    for column in (*columns, wanted):
        for key in column:
            rows.setdefault(key, len(rows))
    if not wanted:
        return True
    table = fmpq_mat(len(rows), len(columns) + 1)
    for k, column in enumerate((*columns, wanted)):
        for key, c in column.items():
            table[rows[key], k] = fmpq(c.numerator, c.denominator)
    echelon, rank = table.rref()
    return all(any(echelon[i, j] != 0 for j in range(len(columns))) for i in range(rank))


def _coefficients(whole: Poly, rest: Poly | None) -> dict[str, Fraction]:
    """The terms of whole - rest by their text, the free indices being those of the target."""
    out: dict[str, Fraction] = {}
    for sign, poly in ((1, whole), (-1, rest)):
        for m, c in poly.terms if poly is not None else ():
            out[m.ident] = out.get(m.ident, Fraction(0)) + sign * Fraction(c)
    return {k: c for k, c in out.items() if c}


SPEC = Method(
    name="sums of multiples",
    relations=frozenset({"=>"}),
    cost=13,
    concludes=frozenset({Truth.PROVED}),
    soundness="what is zero stays so when it is multiplied and added; the conclusion has a value everywhere",
    run=run,
    holds=(
        "let n : size\nlet A : matrix(n, n)\nlet x : vector(n)\nlet t : real\nA*x == t*x => A*A*x == t^2*x",
        "let n : size\nlet Q : matrix(n, n)\nlet x : vector(n)\nQ'*Q == eye(n) => norm(Q*x)^2 == norm(x)^2",
        "let n : size\nlet x, y : vector(n)\nx'*y == 0 => norm(x + y)^2 == norm(x)^2 + norm(y)^2",
        "let n : size\nlet S, T : matrix(n, n), symmetric\nS*T == T*S => is_symmetric(S*T)",
    ),
    fails=(),
    open=(
        "let n : size\nlet A : matrix(n, n)\nlet x : vector(n)\nlet t : real\nA*x == t*x => A*A*x == t^3*x",
        "let n : size\nlet A, B : matrix(n, n)\nA*B == eye(n) => B*A == 2*eye(n)",
    ),
)
