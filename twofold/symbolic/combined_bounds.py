"""Inequalities that are sums of known ones: of these with positive factors, of their multiples by nonnegative kernels, and of monomials of known sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from flint import fmpq

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term
from twofold.symbolic.feasible import has_nonnegative_solution
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.polynomials import Mono, Poly

_COLUMNS, _ROUNDS = 160, 4
"""Polynomials that are put together, and how often those are added that share a term with what there is."""

Known = tuple[Poly, bool]
"""A polynomial that is not negative, and whether it is not 0 either."""


def follows(statement: Term, facts: Iterable[Term], factors: Sequence[Term] = ()) -> bool:
    """Whether an inequality between real numbers is a sum of facts, wherever all parts have values. `factors` must be nonnegative. False proves nothing."""
    said = [f for t in facts for f in conjuncts(t)]
    try:
        c = converter((statement,), said)
        known = [p for f in said for p in _nonnegative(c, f)]
        kernels = [g for s in factors for g in P.generators(c(s).num)]
        return any(_is_sum(c, p, strict, known, kernels) for p, strict in _nonnegative(c, statement))
    except GIVES_UP:
        return False


def _nonnegative(c: Converter, f: Term) -> Iterator[Known]:
    """What an inequality says to be nonnegative, where it is a polynomial."""
    if isinstance(f, App) and f.op in ("lt", "le", "gt", "ge") and not any(a.shape or a.sort != "number" for a in f.args):
        small, large = f.args if f.op in ("lt", "le") else f.args[::-1]
        e = c(app("sub", large, small))
        if len(e.den) == 1:
            yield e.num, f.op in ("lt", "gt")


def _is_sum(c: Converter, target: Poly, strict: bool, known: Sequence[Known], kernels: Sequence[int]) -> bool:
    """Whether factor*target, with a factor that is not negative, is a sum of what is offered; with strict ones among it where `strict`.

    Without strict ones the factor is 1. With them their factors add up to 1; the factor of the target is 0 only where what is known contradicts itself.
    """
    offered = [*known, *((P.mul(p, {((g, 1),): fmpq(1)}), False) for p, _ in known for g in kernels)]
    wanted = set(target)
    # For 0 > 0 any of them may contradict each other.
    chosen: list[Known] = [] if target else list(known[:_COLUMNS])
    wanted |= {m for p, _ in chosen for m in p}
    for _ in range(_ROUNDS):
        # A term is either nonnegative by itself or has to come from one of these.
        fresh = [
            k for k in offered if k not in chosen and any(m in wanted and (v < 0 or not _is_above(c, m)) for m, v in k[0].items())
        ]
        if not fresh or len(chosen) + len(fresh) > _COLUMNS:
            break
        chosen += fresh
        wanted |= {m for p, _ in fresh for m in p}
    signs = {m: c.signs.monomial(m) if m else "+" for m in wanted}
    chosen += [({m: fmpq(1)}, signs[m] == "+") for m in wanted if signs[m] in ("+", "0+")]
    chosen += [({m: fmpq(-1)}, signs[m] == "-") for m in wanted if signs[m] in ("-", "0-")]
    places: list[Mono] = sorted(wanted, key=repr)
    rows = [[_fraction(p.get(m)) for p, _ in chosen] for m in places]
    right = [_fraction(target.get(m)) for m in places]
    if not strict:
        return has_nonnegative_solution(rows, right)
    rows = [[*row, -value] for row, value in zip(rows, right, strict=True)]
    rows.append([*(Fraction(int(sure)) for _, sure in chosen), Fraction(0)])
    return has_nonnegative_solution(rows, [Fraction(0)] * len(places) + [Fraction(1)])


def _is_above(c: Converter, m: Mono) -> bool:
    return not m or c.signs.monomial(m) in ("+", "0+")


def _fraction(v: fmpq | None) -> Fraction:
    return Fraction(0) if v is None else Fraction(int(v.p), int(v.q))
