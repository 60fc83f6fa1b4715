"""Eigenvalues of matrices of rational numbers, and eigenvectors where the characteristic polynomial has factors of degree two at most, by FLINT and in the
field of the root of each factor; what is not covered here is left to the general algorithms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import Symbol, Term, num
from twofold.symbolic.algebra.flint_matrices import fraction
from twofold.symbolic.algebra.rational_elimination import cleared, echelon, free_vectors
from twofold.symbolic.constants import Constant, written
from twofold.symbolic.constants.constant import IM
from twofold.symbolic.rational_forms import polynomial

CLOSE = 1e-9
"""Values that are so close to each other, by the size of their terms, are not put in order here."""


@dataclass(frozen=True)
class Factor:
    """A monic irreducible factor t - r, or t^2 + b*t + c, with its multiplicity."""

    coefficients: tuple[fmpq, ...]
    count: int

    @property
    def linear(self) -> bool:
        return len(self.coefficients) == 1

    def roots(self) -> list[Constant] | None:
        """The root; of a quadratic the one with the minus sign first."""
        if self.linear:
            return [Constant.of(fraction(-self.coefficients[0]))]
        c, b = map(fraction, self.coefficients)
        square = b * b - 4 * c
        root = Constant.root_of(abs(square) / 4)
        if root is None:
            return None
        if square < 0:
            root = root * Constant.power_of(IM)
        middle = Constant.of(-b / 2)
        return [middle - root, middle + root]


@dataclass(frozen=True)
class Eigenvalue:
    """A value, its multiplicity, and a basis of its eigenvectors."""

    value: Constant
    count: int
    vectors: list[list[Constant]]


def factors_of(m: fmpq_mat) -> list[Factor] | None:
    """The irreducible factors of the characteristic polynomial; `None` where one has a degree above two, or where two have complex roots."""
    found = []
    for p, k in m.charpoly().factor()[1]:
        if p.degree() > 2:
            return None
        found.append(_factor(p, int(k)))
    complex_ones = [f for f in found if not f.linear and f.coefficients[1] ** 2 < 4 * f.coefficients[0]]
    return found if len(complex_ones) <= 1 else None


@dataclass(frozen=True)
class IsolatedRoot:
    """A root of an irreducible monic polynomial with whole coefficients, given from the constant up: the real ones are counted first."""

    coefficients: tuple[int, ...]
    index: int
    real: float | None

    def term(self) -> Term:
        t = Symbol("t")
        return app("root_of", bound("lambda", (t,), polynomial(t, self.coefficients, 1)), num(self.index))


_WITHOUT_RADICALS = (3, 5, 7, 11, 13)
"""Degrees that have no factors: polynomials of more than two terms have no roots that are short in radicals."""


def isolated_roots(p: fmpq_poly) -> list[IsolatedRoot] | None:
    """The roots of an irreducible polynomial of such a degree with whole coefficients; `None` for others."""
    coefficients = [c / p[p.degree()] for c in p.coeffs()]
    if p.degree() not in _WITHOUT_RADICALS or any(c.q != 1 for c in coefficients) or sum(map(bool, coefficients)) < 3:
        return None
    whole = tuple(int(c.p) for c in coefficients)
    real = sorted(float(r.real.mid()) for r, _ in fmpz_poly(list(whole)).complex_roots() if r.imag == 0)
    return [IsolatedRoot(whole, k + 1, real[k] if k < len(real) else None) for k in range(p.degree())]


def spectrum(m: fmpq_mat) -> list[tuple[Constant | IsolatedRoot, int]] | None:
    """The eigenvalues with their multiplicities, the real ones first and ascending."""
    found: list[tuple[Constant | IsolatedRoot, int]] = []
    for p, k in m.charpoly().factor()[1]:
        roots = isolated_roots(p) if p.degree() > 2 else _factor(p, int(k)).roots()
        if roots is None:
            return None
        found += [(r, int(k)) for r in roots]
    order = ordered([r for r, _ in found])
    return None if order is None else sorted(found, key=lambda pair: order.index(pair[0]))


def _factor(p: fmpq_poly, count: int) -> Factor:
    return Factor(tuple(p[j] / p[p.degree()] for j in range(p.degree())), count)


def ordered(values: Sequence[Constant | IsolatedRoot]) -> list[Constant | IsolatedRoot] | None:
    """The real values in ascending order, then the others as they come; `None` where two are too close to tell, and where others belong to several
    polynomials."""
    found = [(r, _real(r)) for r in values]
    real = sorted(((r, *x) for r, x in found if x is not None), key=lambda v: v[1])
    if any(b - a <= CLOSE * max(1.0, p, q) for (_, a, p), (_, b, q) in zip(real, real[1:], strict=False)):
        return None
    others = [r for r, x in found if x is None]
    if len({r.coefficients if isinstance(r, IsolatedRoot) else None for r in others}) > 1:
        return None
    if len(others) > 2 and not isinstance(others[0], IsolatedRoot):
        return None
    return [*(r for r, _, _ in real), *others]


def _real(r: Constant | IsolatedRoot) -> tuple[float, float] | None:
    """The number in double precision, and the sum of the sizes of its terms, to which its error belongs; `None` where it is not real."""
    if isinstance(r, IsolatedRoot):
        return None if r.real is None else (r.real, abs(r.real))
    if r.parts()[1]:
        return None
    parts = [float(c) * m.size() for m, c in r.terms.items()]
    return sum(parts), sum(abs(p) for p in parts)


def eigenspaces(m: fmpq_mat) -> list[Eigenvalue] | None:
    """For every eigenvalue a basis of its eigenvectors, in the order of `spectrum`."""
    found: list[Eigenvalue] = []
    for f in factors_of(m) or ():
        roots = f.roots()
        if roots is None:
            return None
        if f.linear:
            rows, pivots = echelon(shifted(m, -f.coefficients[0]))
            basis = [[Constant.of(fraction(x)) for x in cleared(v)] for v in free_vectors(rows, pivots)]
            found.append(Eigenvalue(roots[0], f.count, basis))
            continue
        vectors = _over_root(m, f)
        for r in roots:
            found.append(Eigenvalue(r, f.count, [_whole([Constant.of(p) + r.scaled(q) for p, q in v]) for v in vectors]))
    order = ordered([e.value for e in found])
    if not found or order is None:
        return None
    return sorted(found, key=lambda e: order.index(e.value))


def shifted(m: fmpq_mat, value: fmpq) -> fmpq_mat:
    """A - value*I."""
    n = m.nrows()
    return m - fmpq_mat(n, n, [value if i == j else 0 for i in range(n) for j in range(n)])


Element: TypeAlias = tuple[fmpq, fmpq]
"""p + q*t for a root t of a quadratic."""


def _over_root(m: fmpq_mat, f: Factor) -> list[list[tuple[Fraction, Fraction]]]:
    """A basis of the eigenvectors of a root t of a quadratic factor, without denominators."""
    c, b = f.coefficients
    zero, one = fmpq(0), fmpq(1)

    def times(x: Element, y: Element) -> Element:
        high = x[1] * y[1]
        return x[0] * y[0] - high * c, x[0] * y[1] + x[1] * y[0] - high * b

    def inverse(x: Element) -> Element:
        # The conjugate p + q*(-b - t) over the norm.
        norm = x[0] * x[0] - x[0] * x[1] * b + x[1] * x[1] * c
        return (x[0] - x[1] * b) / norm, -x[1] / norm

    n = m.nrows()
    rows: list[list[Element]] = [[(x, -one if i == j else zero) for j, x in enumerate(r)] for i, r in enumerate(m.tolist())]
    pivots: list[int] = []
    for j in range(n):
        done = len(pivots)
        place = next((i for i in range(done, n) if rows[i][j] != (zero, zero)), None)
        if place is None:
            continue
        rows[done], rows[place] = rows[place], rows[done]
        head = inverse(rows[done][j])
        rows[done] = [times(x, head) for x in rows[done]]
        for i in range(n):
            if i != done and rows[i][j] != (zero, zero):
                factor = rows[i][j]
                taken = [times(factor, y) for y in rows[done]]
                rows[i] = [(x[0] - y[0], x[1] - y[1]) for x, y in zip(rows[i], taken, strict=True)]
        pivots.append(j)
    found = []
    for free in (j for j in range(n) if j not in pivots):
        v: list[Element] = [(zero, zero)] * n
        v[free] = (one, zero)
        for i, p in enumerate(pivots):
            x = rows[i][free]
            v[p] = (-x[0], -x[1])
        below = lcm(*(int(x.q) for e in v for x in e))
        found.append([(fraction(e[0] * below), fraction(e[1] * below)) for e in v])
    return found


def _whole(v: list[Constant]) -> list[Constant]:
    """A multiple without rational denominators."""
    below = lcm(*(c.denominator for e in v for c in e.terms.values()))
    return [e.scaled(Fraction(below)) for e in v] if below != 1 else v


def all_written(values: Sequence[Constant | IsolatedRoot]) -> list[Term] | None:
    """The terms of constants and roots; `None` where one has no short form here."""
    found = [r.term() if isinstance(r, IsolatedRoot) else written(r) for r in values]
    return None if any(t is None for t in found) else [t for t in found if t is not None]
