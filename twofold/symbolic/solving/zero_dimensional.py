"""Systems of polynomial equations with rational coefficients and finitely many solutions: all of them, with proof.

The quotient ring by the ideal is a vector space; multiplication by an unknown is a matrix whose minimal polynomial vanishes at
that coordinate of every solution. With the squarefree parts of these polynomials added the ideal is radical (Seidenberg), so its
dimension is the number of solutions, and a linear form with a minimal polynomial of that degree tells them apart: every
coordinate is a polynomial in it, by which its root is found among those of its own minimal polynomial. Source: Cox, Little,
O'Shea, "Using Algebraic Geometry", ch. 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq, fmpq_mat, fmpq_poly, fmpz_poly
from sympy.polys.groebnertools import groebner
from sympy.polys.orderings import grevlex
from sympy.polys.rings import PolyElement, ring

from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.constants.constant import square_and_rest
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.equations.enclose import precision

_LARGEST = 80
_BITS = (128, 512, 2048)
_FORMS = ((1, 2, 5, 11, 23), (1, -3, 7, -17, 29), (3, 1, -2, 13, -19), (2, 7, -11, 3, 31))


class NotFinite(Exception):
    """The method does not apply: other coefficients, infinitely many solutions, or too many."""


class Free(NotFinite):
    """The solutions are the graph of a polynomial map: some unknowns are free, the others polynomials of them."""


def solutions(equations: list[Any], unknowns: tuple[Any, ...], context: Context, real: bool) -> list[tuple[Any, ...]]:
    """All solutions, the real ones only if asked for. Raises `NotFinite` or `NoClosedForm`."""
    names = [sp.Dummy(f"x{k}") for k in range(len(unknowns))]
    swap = dict(zip(unknowns, names, strict=True))
    r = ring_of(len(names))
    polynomials = []
    for e in equations:
        try:
            p = sp.Poly(e.xreplace(swap), *names, domain=sp.QQ)
        except (sp.PolynomialError, sp.CoercionFailed):
            raise NotFinite from None
        polynomials.append(r.from_dict(p.as_dict(native=True)))
    return common_zeros(polynomials, r, context, real)


def polynomial_in(e: Any, unknowns: tuple[Any, ...], r: Any) -> PolyElement | None:
    """An expression as a polynomial of the ring, its first unknowns those given; `None` where it is none over the rationals."""
    try:
        p = sp.Poly(e, *unknowns, domain=sp.QQ)
    except (sp.PolynomialError, sp.CoercionFailed):
        return None
    more = (0,) * (len(r.gens) - len(unknowns))
    return r.from_dict({(*m, *more): c for m, c in p.as_dict(native=True).items()})


@lru_cache(32)
def ring_of(n: int) -> Any:
    """The ring of polynomials in n unknowns over the rationals."""
    return ring([f"x{k}" for k in range(n)], sp.QQ, grevlex)[0]


def common_zeros(polynomials: list[PolyElement], r: Any, context: Context, real: bool) -> list[tuple[Any, ...]]:
    """All common zeros of polynomials of a ring, as values of its generators. Raises `NotFinite` or `NoClosedForm`."""
    left, given = _eliminated([p for p in polynomials if p], r)
    kept = [k for k in range(len(r.gens)) if k not in given]
    if any(p.is_ground for p in left):
        return []
    small = ring_of(len(kept)) if kept else r

    def moved(p: PolyElement) -> PolyElement:
        return small.from_dict({tuple(m[k] for k in kept): c for m, c in p.iterterms()})

    if kept and not left:
        raise Free
    if not kept:
        quotient = _Quotient([], small, rational=True)
    else:
        quotient = _Quotient([moved(p) for p in left], small)
    if quotient.empty:
        return []
    minimal = [quotient.minimal(m) for m in quotient.matrices]
    if any(len(_factors(p)) != sum(e for _, e in p.factor()[1]) for p in minimal):
        extra = [
            small.from_dict({_power(k, d, len(kept)): _rational(c) for d, c in enumerate(_squarefree(p)) if c})
            for k, p in enumerate(minimal)
        ]
        quotient = _Quotient([*quotient.basis, *extra], small)
        minimal = [quotient.minimal(m) for m in quotient.matrices]
    known: dict[int, fmpq_mat] = dict(zip(kept, quotient.matrices, strict=True))
    for k, g in reversed(given.items()):
        known[k] = _in_matrices(g, known, quotient.size)
    named = dict(zip(kept, minimal, strict=True))
    every = [named[k] if k in named else quotient.minimal(known[k]) for k in range(len(r.gens))]
    return list(_points(quotient, [known[k] for k in range(len(r.gens))], every, context, real))


def constant_on(f: PolyElement, polynomials: list[PolyElement], r: Any) -> Any:
    """The number that f is at all common zeros of the polynomials, the complex ones included; `None` where that is not seen."""
    left, given = _eliminated([p for p in polynomials if p], r)
    for k, g in given.items():
        f = f.compose(r.gens[k], g)
    rest = f.rem(groebner(left, r)) if left else f
    return (
        sp.Rational(int(rest.LC.numerator), int(rest.LC.denominator))
        if rest.is_ground and rest
        else (sp.S.Zero if not rest else None)
    )


_HIGHEST = 4
"""The degree of an expression that may be put in for an unknown with more than one term in the other equations."""


def _eliminated(polynomials: list[PolyElement], r: Any) -> tuple[list[PolyElement], dict[int, PolyElement]]:
    """What is left when unknowns that an equation gives as polynomials of the others are put in, and these polynomials.

    The later ones may stand in the earlier ones. The quotient ring stays the same.
    """
    given: dict[int, PolyElement] = {}
    left = [_Measured(p) for p in polynomials]
    while True:
        best = None
        for p in left:
            for k, c in p.alone:
                others = [q.highest[k] for q in left if q is not p and k in q.highest]
                if others and p.degree * max(others) > _HIGHEST:
                    continue
                price = (p.degree if others else 0, len(p.p), k)
                if best is None or price < best[0]:
                    best = price, p, k, c
        if best is None:
            return [p.p for p in left], given
        _, chosen, k, c = best
        g = (chosen.p - r.gens[k] * c).mul_ground(-1 / c)
        given[k] = g
        left = [q if k not in q.highest else _Measured(q.p.compose(r.gens[k], g)) for q in left if q is not chosen]
        left = [q for q in left if q.p]
        if any(q.p.is_ground for q in left):
            return [q.p for q in left], given


class _Measured:
    """A polynomial with its degree, the highest power of every unknown that occurs, and the unknowns that stand in one term, which is a multiple of
    them, with the coefficient."""

    __slots__ = ("alone", "degree", "highest", "p")

    def __init__(self, p: PolyElement) -> None:
        self.p, self.degree = p, 0
        self.highest: dict[int, int] = {}
        counted: dict[int, int] = {}
        lone: dict[int, Any] = {}
        for m, c in p.iterterms():
            total = 0
            for k, d in enumerate(m):
                if d:
                    total += d
                    counted[k] = counted.get(k, 0) + 1
                    self.highest[k] = max(d, self.highest.get(k, 0))
                    last = k
            self.degree = max(self.degree, total)
            if total == 1:
                lone[last] = c
        self.alone = [(k, lone[k]) for k in sorted(lone) if counted[k] == 1]


def _in_matrices(g: PolyElement, known: dict[int, fmpq_mat], size: int) -> fmpq_mat:
    """The value of a polynomial at commuting matrices."""
    out, one = fmpq_mat(size, size), fmpq_mat([[int(i == j) for j in range(size)] for i in range(size)])
    for m, c in g.iterterms():
        term = one * fmpq(int(c.numerator), int(c.denominator))
        for k, d in enumerate(m):
            for _ in range(d):
                term = term * known[k]
        out += term
    return out


def _power(k: int, d: int, n: int) -> tuple[int, ...]:
    return tuple(d if i == k else 0 for i in range(n))


def _rational(c: Any) -> Any:
    return sp.QQ(int(c.p), int(c.q)) if isinstance(c, fmpq) else sp.QQ(int(c))


def _factors(p: fmpz_poly) -> list[fmpz_poly]:
    return [f for f, _ in p.factor()[1]]


def _squarefree(p: fmpz_poly) -> list[Any]:
    out = fmpz_poly([1])
    for f in _factors(p):
        out *= f
    return list(out.coeffs())


class _Quotient:
    """The ring of polynomials modulo an ideal, as a vector space with the matrices of multiplication by the unknowns."""

    def __init__(self, polynomials: list[PolyElement], r: Any, rational: bool = False) -> None:
        if rational:
            # No unknown is left: the rationals themselves.
            self.basis, self.empty, self.monomials, self.size, self.matrices = [], False, [()], 1, []
            return
        self.basis = groebner(polynomials, r) if polynomials else []
        self.empty = any(g.is_ground and g for g in self.basis)
        if self.empty:
            return
        n = len(r.gens)
        heads = [g.LM for g in self.basis]
        tops = []
        for k in range(n):
            pure = [h[k] for h in heads if all(d == 0 for i, d in enumerate(h) if i != k)]
            if not pure:
                raise NotFinite
            tops.append(min(pure))
        self.monomials = [m for m in _below(tops) if not any(all(a <= b for a, b in zip(h, m, strict=True)) for h in heads)]
        if len(self.monomials) > _LARGEST:
            raise NotFinite
        place = {m: k for k, m in enumerate(self.monomials)}
        self.size = len(self.monomials)
        self.matrices = []
        for x in r.gens:
            columns = []
            for m in self.monomials:
                rest = (x * r.from_dict({m: sp.QQ(1)})).rem(self.basis)
                column = [fmpq(0)] * self.size
                for t, c in rest.iterterms():
                    column[place[t]] = fmpq(int(c.numerator), int(c.denominator))
                columns.append(column)
            self.matrices.append(fmpq_mat([[columns[j][i] for j in range(self.size)] for i in range(self.size)]))

    def minimal(self, m: fmpq_mat) -> fmpz_poly:
        """The minimal polynomial of a matrix, with whole coefficients."""
        return m.minpoly().numer()


def _below(tops: list[int]) -> Iterator[tuple[int, ...]]:
    if not tops:
        yield ()
        return
    for rest in _below(tops[1:]):
        for d in range(tops[0]):
            yield (d, *rest)


def _points(
    q: _Quotient, matrices: list[fmpq_mat], minimal: list[fmpz_poly], context: Context, real: bool
) -> Iterator[tuple[Any, ...]]:
    if all(m.degree() == 1 for m in minimal):
        # One point, and that is rational.
        yield tuple(sp.Rational(-int(m[0]), int(m[1])) for m in minimal)
        return
    n = len(q.matrices)
    for weights in _FORMS:
        form = sum((q.matrices[k] * fmpq(weights[k % 5]) for k in range(n)), fmpq_mat(q.size, q.size))
        p = q.minimal(form)
        if p.degree() == q.size:
            break
    else:
        raise NotFinite
    # The powers of the form applied to 1 are a basis; coordinates of the unknowns in it.
    one = fmpq_mat(q.size, 1, [1 if not any(m) else 0 for m in q.monomials])
    columns = [one]
    for _ in range(q.size - 1):
        columns.append(form * columns[-1])
    table = fmpq_mat([[columns[j][i, 0] for j in range(q.size)] for i in range(q.size)])
    coordinates = [table.solve(m * one) for m in matrices]
    maps = [fmpq_poly([c[j, 0] for j in range(q.size)]) for c in coordinates]
    tables = [_Roots(m, context, real) for m in minimal]
    found: list[tuple[Any, ...] | None] = []
    for bits in _BITS:
        with precision(bits):
            roots = [z for z, _ in p.complex_roots()]
            if real:
                roots = [z for z in roots if z.imag.is_zero()]
            found = [_named(z, maps, tables) for z in roots]
        if all(f is not None for f in found):
            yield from (f for f in found if f is not None)
            return
    raise NoClosedForm("the solutions of a system are not told apart")


def _named(z: acb, maps: list[fmpq_poly], tables: list[_Roots]) -> tuple[Any, ...] | None:
    out = []
    for f, t in zip(maps, tables, strict=True):
        value = acb(0)
        for c in reversed(f.coeffs()):
            value = value * z + acb(arb(c))
        name = t.name(value)
        if name is None:
            return None
        out.append(name)
    return tuple(out)


def _surds(a: int, b: int, c: int | None = None) -> list[Any]:
    """The roots of a*x + b, or of an irreducible a*x^2 + b*x + c."""
    if c is None:
        return [sp.Rational(-b, a)]
    square = b * b - 4 * a * c
    outside, inside = square_and_rest(abs(square))
    root = sp.sqrt(inside) * (sp.I if square < 0 else 1)
    return [sp.Rational(-b, 2 * a) + sp.Rational(s * outside, 2 * abs(a)) * root for s in (-1, 1)]


class _Roots:
    """The roots of a squarefree polynomial with their closed forms."""

    def __init__(self, p: fmpz_poly, context: Context, real: bool) -> None:
        x = sp.Dummy("x")
        self.values: list[tuple[Any, Any]] = []
        for f in _factors(p):
            coefficients = [int(c) for c in reversed(f.coeffs())]
            if len(coefficients) <= 3:
                for r in _surds(*coefficients):
                    if not (real and r.is_real is False):
                        self.values.append((r, complex(r)))
                        context.settled.add(r)
                continue
            if real and not any(z.imag.is_zero() for z, _ in f.complex_roots()):
                continue
            for r in polynomial_roots(sp.Poly(coefficients, x).as_expr(), x, context):
                if real and r.is_real is False:
                    continue
                # SymPy bisects: more digits take long, and these tell the roots apart.
                self.values.append((r, complex(r.evalf(12) if r.has(sp.CRootOf) else r.evalf(17))))

    def name(self, value: acb) -> Any | None:
        """The root that a ball holds: the nearest one, where all others are far away."""
        here = complex(value)
        near = sorted(self.values, key=lambda pair: abs(pair[1] - here))
        if not near:
            return None
        first = abs(near[0][1] - here)
        scale = 1e-8 * (1 + abs(here))
        return near[0][0] if first < scale and (len(near) == 1 or abs(near[1][1] - here) > 100 * scale) else None


__all__ = ["Free", "NotFinite", "common_zeros", "constant_on", "polynomial_in", "ring_of", "solutions"]
