"""Equalities that follow from equations among the assumptions: x^4 + y^4 == 1 - 2*x^2*y^2 given x^2 + y^2 == 1.

The difference of the sides, cleared of denominators, is sought as a sum of multiples of the differences that the equations say are 0. Source: B.
Buchberger, "Gröbner bases: an algorithmic method in polynomial ideal theory" (1985); one polynomial is a basis of its multiples.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Term
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.field import Element

_MOST_EQUATIONS, _MOST_NAMES, _HIGHEST = 4, 6, 24
_MOST_TERMS = 400


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the difference of the sides is a sum of multiples of what is assumed to be 0."""
    if goal.left.shape or goal.right.shape or goal.left.sort != "number":
        raise NotApplicable("scalars only")
    known = [f.args for fact in goal.assumptions for f in _equations(fact)][:_MOST_EQUATIONS]
    if not known:
        raise NotApplicable("no equation stands among the assumptions")
    try:
        c = converter((goal.left, goal.right, *(t for pair in known for t in pair)), goal.assumptions, goal.reading)
        target = c.field.sub(c(goal.left), c(goal.right))
        rules = [c.field.sub(c(a), c(b)) for a, b in known]
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if not _follows(target, [r for r in rules if r.num]):
        raise NotApplicable("the difference was not seen to follow from the equations")
    return Evidence("assumed equations", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


def _equations(t: Term) -> Iterator[App]:
    """The equations between scalars that an assumption says."""
    for part in conjuncts(t):
        if isinstance(part, App) and part.op == "eq" and all(not a.shape and a.sort == "number" for a in part.args):
            yield part


def _follows(target: Element, rules: list[Element]) -> bool:
    """Whether the numerator of the target is in the ideal of those of the rules."""
    parts = [target.num, *(r.num for r in rules)]
    if not rules or sum(map(len, parts)) > _MOST_TERMS:
        return False
    generators = sorted({g for p in parts for m in p for g, _ in m})
    # A root of a generator is a generator of its own, of which the generator is a power.
    roots = {g: lcm(1, *(Fraction(k).denominator for p in parts for m in p for h, k in m if h == g)) for g in generators}
    if len(generators) > _MOST_NAMES:
        return False
    ring = fmpq_mpoly_ctx.get([f"g{g}" for g in generators], Ordering.degrevlex)
    wanted, *known = (_polynomial(p, generators, roots, ring) for p in parts)
    if any(max(p.degrees(), default=0) > _HIGHEST for p in (wanted, *known)):
        return False
    for _ in range(2):
        if _rest(wanted, known) == 0:
            return True
        known = _completed(known)
    return _rest(wanted, known) == 0


def _polynomial(p: Any, generators: list[int], roots: dict[int, int], ring: Any) -> fmpq_mpoly:
    """A Laurent polynomial times the least monomial that makes it one: what is divided by is not 0 where the claim has a value."""
    rows = [([int(dict(m).get(g, 0) * roots[g]) for g in generators], c) for m, c in p.items()]
    least = [min((0, *(row[k] for row, _ in rows))) for k in range(len(generators))]
    return ring.from_dict({tuple(a - b for a, b in zip(row, least, strict=True)): fmpq(c) for row, c in rows})


def _rest(p: fmpq_mpoly, by: list[fmpq_mpoly]) -> fmpq_mpoly:
    """What is left of a polynomial when multiples of others are taken from it."""
    ring = p.context()
    out = ring.constant(0)
    while p != 0:
        m, c = p.monomial(0), p.coefficient(0)
        for q in by:
            lead = q.monomial(0)
            if all(a >= b for a, b in zip(m, lead, strict=True)):
                step = ring.from_dict({tuple(a - b for a, b in zip(m, lead, strict=True)): c / q.coefficient(0)})
                p -= step * q
                break
        else:
            top = ring.from_dict({m: c})
            p, out = p - top, out + top
    return out


def _completed(known: list[fmpq_mpoly]) -> list[fmpq_mpoly]:
    """With what is left of the pairs whose leading terms cancel: one round of Buchberger's algorithm."""
    out = list(known)
    for i, p in enumerate(known):
        for q in known[:i]:
            a, b = p.monomial(0), q.monomial(0)
            top = tuple(map(max, a, b))
            ring = p.context()
            made = [
                ring.from_dict({tuple(x - y for x, y in zip(top, m, strict=True)): fmpq(1) / f.coefficient(0)}) * f
                for m, f in ((a, p), (b, q))
            ]
            rest = _rest(made[0] - made[1], out)
            if rest != 0 and len(out) < 12 and len(rest) <= _MOST_TERMS:
                out.append(rest)
    return out


SPEC = Method(
    name="assumed equations",
    relations=frozenset({"=="}),
    cost=5,
    concludes=frozenset({Truth.PROVED}),
    soundness="a sum of multiples of what is 0 is 0; the difference of the sides is that over a product that is not",
    run=run,
    holds=(
        "let x, y : real\nx^4 + y^4 == 1 - 2*x^2*y^2 given x^2 + y^2 == 1",
        "let x, y, z : real\nx^3 + y^3 + z^3 == 3*x*y*z given x + y + z == 0",
        "let a, b > 0\n1/(1 + a) + 1/(1 + b) == 1 given a*b == 1",
        "let x, y, z : real\nx + y + z == 0 given x == y - z and 2*y == 0",
    ),
    fails=(),
    open=(
        "let x, y : real\nx^4 + y^4 == 1 + 2*x^2*y^2 given x^2 + y^2 == 1",
        "let x, y : real\nx == 1 given x^2 == 1",
        "let x, y : real\ny == 1 given x*y == x",
    ),
)
