"""Inequalities between sums of positive products, by the inequality of arithmetic and geometric means.

A negative term q*n is outweighed by positive terms p_j*m_j where shares w_j of them, taken at a point x, add up to it and have its exponents on
average: sum(w_j*m_j/m_j(x)) >= prod((m_j/m_j(x))^(w_j/q))*q. The shares are found by linear programming.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, product
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Term, num
from twofold.symbolic.feasible import has_nonnegative_solution
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.polynomials import Poly

_TERMS, _POINTS = 24, 30
"""Terms of a sum that are looked at, and points where equality may hold."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the shares of the positive terms outweigh the negative ones."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    small, large = (goal.left, goal.right) if goal.relation == "<=" else (goal.right, goal.left)
    try:
        c = converter((small, large), goal.assumptions)
        if _no_less(c, large, small) or (
            all(_is_nonnegative(c, t) for t in (small, large)) and _no_less(c, *(app("pow", t, num(2)) for t in (large, small)))
        ):
            return Evidence("arithmetic and geometric means", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    except GIVES_UP as error:
        raise NotApplicable(f"no normal form: {error}") from None
    raise NotApplicable("the means do not decide it")


def _no_less(c: Converter, large: Term, small: Term) -> bool:
    """Whether the difference is shown to be nonnegative."""
    e = c(app("sub", large, small))
    below = "+" if len(e.den) == 1 else c.signs.of(e.den)
    if below not in ("+", "-"):
        return False
    top = e.num if below == "+" else P.scaled(e.num, -1)
    return c.signs.of(top) in ("+", "0+", "0") or outweighed(c, top)


def _is_nonnegative(c: Converter, t: Term) -> bool:
    e = c(t)
    top, below = c.signs.of(e.num), "+" if len(e.den) == 1 else c.signs.of(e.den)
    return not e.num or (top, below) in (("+", "+"), ("0+", "+"), ("-", "-"), ("0-", "-"))


def outweighed(c: Converter, p: Poly) -> bool:
    """Whether a polynomial in nonnegative kernels is shown to be nonnegative."""
    names = sorted(P.generators(p))
    if not 2 <= len(p) <= _TERMS or not all(_nonnegative(c, g, p) for g in names):
        return False
    exponents = {m: [Fraction(dict(m).get(g, 0)) for g in names] for m in p}
    positive = [(exponents[m], Fraction(int(v.p), int(v.q))) for m, v in p.items() if v > 0]
    negative = [(exponents[m], -Fraction(int(v.p), int(v.q))) for m, v in p.items() if v < 0]
    if not positive or not negative:
        return not negative
    points = islice(product((1, 2, Fraction(1, 2), 3, Fraction(1, 3)), repeat=len(names)), _POINTS)
    return any(_shared(_at(positive, x), _at(negative, x)) for x in points)


def _nonnegative(c: Converter, g: int, p: Poly) -> bool:
    """Whether a kernel never is negative, nor zero where it stands in a denominator."""
    if g in c.field.positive:
        return True
    sign = c.signs.of({((g, 1),): P.constant(1)[()]})
    return sign == "+" or (sign == "0+" and all(Fraction(dict(m).get(g, 0)) >= 0 for m in p))


def _at(terms: list[tuple[list[Fraction], Fraction]], x: tuple[Any, ...]) -> list[tuple[list[Fraction], Fraction]] | None:
    """Exponents and values of terms at a point; None where a value is no rational number."""
    out = []
    for exponents, v in terms:
        for base, e in zip(x, exponents, strict=True):
            if base != 1 and e.denominator != 1:
                return None
            v *= Fraction(base) ** int(e) if base != 1 else 1
        out.append((exponents, v))
    return out


def _shared(
    positive: list[tuple[list[Fraction], Fraction]] | None, negative: list[tuple[list[Fraction], Fraction]] | None
) -> bool:
    """Whether shares of the positive terms, each no larger than the term, weigh the negative ones up exponent by exponent."""
    if positive is None or negative is None or sum(v for _, v in positive) < sum(v for _, v in negative):
        return False
    many, count = len(positive), len(positive) * len(negative)
    rows, right = [], []
    for k, (beta, q) in enumerate(negative):
        columns = [([Fraction(1), *alpha], k * many + j) for j, (alpha, _) in enumerate(positive)]
        for i, target in enumerate([Fraction(1), *beta]):
            row = [Fraction(0)] * (count + many)
            for values, place in columns:
                row[place] = values[i]
            rows.append(row)
            right.append(target * q)
    for j, (_, v) in enumerate(positive):
        row = [Fraction(0)] * (count + many)
        for k in range(len(negative)):
            row[k * many + j] = Fraction(1)
        row[count + j] = Fraction(1)
        rows.append(row)
        right.append(v)
    return has_nonnegative_solution(rows, right)


SPEC = Method(
    name="arithmetic and geometric means",
    relations=frozenset({"<=", ">="}),
    cost=11,
    concludes=frozenset({Truth.PROVED}),
    soundness="the weighted arithmetic mean of nonnegative numbers is at least their weighted geometric mean",
    run=run,
    holds=(
        "let a, b, c > 0\n(a + b)*(b + c)*(c + a) >= 8*a*b*c",
        "let a, b, c > 0\na^3 + b^3 + c^3 >= 3*a*b*c",
        "let x > 0\nx + 1/x >= 2",
        "let a, b > 0\na^2 + 4*b^2 >= 4*a*b",
        "let a, b > 0\n(a + b)/2 <= sqrt((a^2 + b^2)/2)",
    ),
    fails=(),
    open=("let a, b, c > 0\n(a + b)*(b + c)*(c + a) >= 9*a*b*c", "let a, b, c : real\na^3 + b^3 + c^3 >= 3*a*b*c"),
)
