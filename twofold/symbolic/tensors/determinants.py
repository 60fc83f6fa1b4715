"""Determinants of a sum of an invertible matrix and a product: Sylvester's theorem and the matrix determinant lemma.

det(a I + U V) is a^(n - k) det(a I + V U) for U of n rows and k columns, a^(n - 1) (a + v'u) for one column; det(B + P) is
det(B) det(I + inv(B) P). Source: D. A. Harville, "Matrix Algebra From a Statistician's Perspective" (1997), section 18.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twofold.symbolic.tensors.algebra import add, multiply, product, size, subtract
from twofold.symbolic.tensors.functions import symbolic_power
from twofold.symbolic.tensors.inverse import determinant, inverse
from twofold.symbolic.tensors.label import components
from twofold.symbolic.tensors.node import (
    ONE,
    Call,
    Delta,
    Entry,
    Factor,
    Index,
    Monomial,
    Number,
    Poly,
    Tensor,
    matrix,
    single,
)
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.renaming import remake, rename, visit
from twofold.symbolic.tensors.signs import always_positive

_INVERTIBLE = frozenset({"invertible", "posdef", "orthogonal"})


def by_lemma(poly: Poly) -> Poly:
    """Every determinant of such a sum as one of the smallest matrix, chosen alike for all products in a circle.

    A matrix counts as invertible where it is declared to be, or where its inverse stands in the expression: elsewhere that is not
    defined.
    """
    return _rewritten(poly, _known(poly))


def has_determinant(poly: Poly) -> bool:
    """Whether a determinant stands in an expression."""
    return any(f.op == "det" for f, _ in _calls(poly))


@dataclass(frozen=True, slots=True)
class _Known:
    """Keys of the matrices whose inverse stands in an expression, and of the sums that it divides by."""

    inverted: frozenset[str]
    divisors: frozenset[str]


def _known(poly: Poly) -> _Known:
    inverted = frozenset(k for f, _ in _calls(poly) if f.op == "inv" for k in _keys(f.arguments[0]))
    divisors = frozenset(f.arguments[0].poly.ident for f, e in _calls(poly) if f.op in ("group", "power") and e < 0)
    return _Known(inverted, divisors)


def _rewritten(poly: Poly, known: _Known) -> Poly:
    def rule(f: Factor) -> Poly | None:
        if not isinstance(f, Call) or not has_determinant(single(f)):
            return None
        if f.op == "det":
            return _lemma(f, known)
        return remake(f, tuple(Tensor(t.axes, _rewritten(t.poly, known)) for t in f.arguments), f.slots)

    return visit(poly, rule)


def _calls(poly: Poly) -> Iterator[tuple[Call, Number]]:
    """The functions in an expression, with their exponents."""
    for m, _ in poly.terms:
        for f, e in m.powers:
            if isinstance(f, Call):
                yield f, e
                for t in f.arguments:
                    yield from _calls(t.poly)


def _keys(t: Tensor) -> tuple[str, ...]:
    """The keys of a matrix and of its transpose."""
    if len(t.live) != 2:
        return ()
    r, c = t.live
    return matrix(r, c, t.poly).key({}, 0), matrix(c, r, t.poly).key({}, 0)


def _lemma(f: Call, known: _Known) -> Poly | None:
    t = f.arguments[0]
    r, c = t.live
    identity = [(m, k) for m, k in t.poly.terms if _is_identity(m, r, c)]
    rest = [(m, k) for m, k in t.poly.terms if not _is_identity(m, r, c)]
    if identity and len(rest) == 1:
        outside = add(*(Poly(((_without_delta(m), k),)) for m, k in identity))
        return _turned(f, outside, Poly(rest), r, c, known)
    if identity or len(rest) != 2:
        return None
    bases = [x for x in rest if _is_invertible(x, r, c, known)]
    if len(bases) != 1:
        return None
    base = matrix(r, c, Poly(tuple(bases)))
    other = Poly(tuple(x for x in rest if x is not bases[0]))
    undone = inverse(base)
    a, b = undone.live
    step = r.fresh()
    moved = multiply(rename(undone.poly, {a: r, b: step}), rename(other, {r: step}), (step,))
    inner = determinant(matrix(r, c, reduced(add(single(Delta(r, c)), moved))))
    return multiply(determinant(base), _rewritten(inner, known))


def _is_identity(m: Monomial, r: Index, c: Index) -> bool:
    """Whether a term is a scalar times the identity."""
    own = [f for f, e in m.powers if f.indices & {r, c}]
    return len(own) == 1 and isinstance(own[0], Delta) and set(own[0].slots) == {r, c}


def _without_delta(m: Monomial) -> Monomial:
    return Monomial(m.bound, tuple((f, e) for f, e in m.powers if not (isinstance(f, Delta) and f.indices <= _free(m))))


def _free(m: Monomial) -> frozenset[Index]:
    """The free indices of a term."""
    return frozenset(i for f, _ in m.powers for i in f.indices if i not in m.bound)


def _is_invertible(term: tuple[Monomial, Number], r: Index, c: Index, known: _Known) -> bool:
    m, k = term
    if any(key in known.inverted for key in _keys(matrix(r, c, Poly(((m, k),))))):
        return True
    if len(m.powers) != 1 or m.bound or m.powers[0][1] != 1:
        return False
    g = m.powers[0][0]
    if isinstance(g, Call):
        return g.op == "inv" and set(g.slots) == {r, c}
    return isinstance(g, Entry) and set(g.slots) == {r, c} and bool(g.symbol.properties & _INVERTIBLE)


def _turned(f: Call, a: Poly, p: Poly, r: Index, c: Index, known: _Known) -> Poly | None:
    """det(a I + P) for a product P of matrices, which may be turned round in a circle."""
    ((m, k),) = p.terms
    sure = a.constant not in (None, 0) or always_positive(a) or a.ident in known.divisors
    split = _apart(m, r, c)
    if split is not None:
        if not sure:
            return None
        trace = multiply(rename(Poly(((m, k),)), {c: r}), ONE, (r,))
        return multiply(symbolic_power(a, subtract(size(r), ONE)), add(a, trace))
    found: list[tuple[Poly, Poly]] = [(single(f), ONE)]
    for i in m.bound:
        halves = _halves(m, r, c, i)
        if halves is None or not (sure or i.range == r.range):
            continue
        left, right = halves
        j = i.fresh()
        around = multiply(rename(Poly(((right, k),)), {c: r}), rename(Poly(((left, 1),)), {i: j}), (r,))
        inner = determinant(matrix(i, j, reduced(add(multiply(a, single(Delta(i, j))), around))))
        found.append((inner, ONE if i.range == r.range else symbolic_power(a, subtract(size(r), size(i)))))
    best, factor = min(found, key=lambda x: (sorted(g.ident for g, _ in _calls(x[0]) if g.op == "det"), x[0].ident))
    return None if best.ident == single(f).ident else product([factor, best])


def _apart(m: Monomial, r: Index, c: Index) -> bool | None:
    """Whether a term is a column times a row, with nothing summed between them."""
    for _, inside in components(m.powers, m.bound):
        if any(r in f.indices for f, _ in inside) and any(c in f.indices for f, _ in inside):
            return None
    return True


def _halves(m: Monomial, r: Index, c: Index, k: Index) -> tuple[Monomial, Monomial] | None:
    """The factors of a product to the left and to the right of a summed index."""
    sides: dict[bool, tuple[list[Index], list[tuple[Factor, Number]]]] = {True: ([], []), False: ([], [])}
    for linked, inside in components(m.powers, [i for i in m.bound if i is not k]):
        rows, columns = (any(x in f.indices for f, _ in inside) for x in (r, c))
        if rows and columns:
            return None
        bound, powers = sides[columns]
        bound.extend(linked)
        powers.extend(inside)
    if not all(any(i in f.indices for f, _ in sides[side][1]) for side, i in ((False, r), (False, k), (True, k), (True, c))):
        return None
    left, right = (Monomial(tuple(sides[side][0]), tuple(sides[side][1])) for side in (False, True))
    return left, right
