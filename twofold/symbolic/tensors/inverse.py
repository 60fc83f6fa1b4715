"""Inverses and determinants of matrices given by their entries, taken apart as far as that is right for every size.

`inv(A B)` is `inv(B) inv(A)` only where both factors are square; the inverse of anything that is not square is refused. Scalars
come out, `inv(A')` is `inv(A)'`, `inv(inv(A))` is `A`, orthogonal symbols are inverted by transposition, diagonal matrices
entry by entry.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.symbolic.tensors.algebra import add, multiply, product, scale, size
from twofold.symbolic.tensors.functions import exponential, symbolic_power
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
    Unsupported,
    matrix,
    single,
)
from twofold.symbolic.tensors.powers import leading, power
from twofold.symbolic.tensors.renaming import fresh_axes, rename


def _square(t: Tensor) -> tuple[Index, Index] | None:
    """Rows and columns of a square matrix; nothing for a 1 x 1 matrix. Refuses others."""
    live = t.live
    if not live:
        return None
    if len(live) != 2 or live[0].range != live[1].range:
        raise Unsupported("the inverse or determinant of a matrix that is not square")
    return live[0], live[1]


def inverse(t: Tensor) -> Tensor:
    """The inverse of a square matrix, as a tensor with the same ranges."""
    found = _square(t)
    if found is None:
        return Tensor(t.axes, power(t.poly, -1))
    t = _ascending(t)
    r, c = t.live
    scalars, body = _scalars_out(t.poly, r, c)
    if scalars.ident != ONE.ident:
        inner = inverse(matrix(r, c, body))
        return Tensor(inner.axes, multiply(power(scalars, -1), inner.poly))
    diagonal = _diagonal(body, r, c)
    if diagonal is not None:
        return matrix(r, c, multiply(single(Delta(r, c)), power(diagonal, -1)))
    if len(body.terms) == 1:
        m = body.terms[0][0]
        if len(m.powers) == 1 and not m.bound and m.powers[0][1] == 1:
            known = _inverse_of_factor(m.powers[0][0], r, c)
            if known is not None:
                return known
        parts = _parted(m, r, c)
        if parts is not None:
            left, k, right = parts
            first, last = fresh_axes(inverse(matrix(k, c, right))), fresh_axes(inverse(matrix(r, k, left)))
            return matrix(
                first.live[0],
                last.live[1],
                multiply(first.poly, rename(last.poly, {last.live[0]: first.live[1]}), (first.live[1],)),
            )
    kept, turned = _oriented(matrix(r, c, body))
    a, b = r.fresh(), c.fresh()
    return matrix(a, b, single(Call("inv", (kept,), (b, a) if turned else (a, b))))


def _inverse_of_factor(f: Factor, r: Index, c: Index) -> Tensor | None:
    if isinstance(f, Entry) and "orthogonal" in f.symbol.properties:
        return matrix(c, r, single(f))
    if isinstance(f, Call) and f.op == "inv" and set(f.slots) == {r, c}:
        inner = fresh_axes(f.arguments[0])
        a, b = inner.live
        return matrix(a, b, inner.poly) if f.slots == (r, c) else matrix(b, a, inner.poly)
    return None


def determinant(t: Tensor) -> Poly:
    """The determinant of a square matrix."""
    found = _square(t)
    if found is None or not t.poly.terms:
        return t.poly
    t = _ascending(t)
    r, c = t.live
    scalars, body = _scalars_out(t.poly, r, c)
    if scalars.ident != ONE.ident:
        return multiply(symbolic_power(scalars, size(r)), determinant(matrix(r, c, body)))
    diagonal = _diagonal(body, r, c)
    if diagonal is not None:
        return ONE if diagonal.constant == 1 else single(Call("prod", (Tensor(((r,),), diagonal),)))
    if len(body.terms) == 1:
        m = body.terms[0][0]
        f = m.powers[0][0] if len(m.powers) == 1 and m.powers[0][1] == 1 else None
        if isinstance(f, Call) and set(f.slots) == {r, c}:
            if f.op == "inv":
                return power(determinant(f.arguments[0]), -1)
            if f.op == "expm":
                return exponential(_trace(f.arguments[0]))
        parts = _parted(m, r, c)
        if parts is not None:
            left, k, right = parts
            return multiply(determinant(matrix(r, k, left)), determinant(matrix(k, c, right)))
        scaled = _scaled(m, r, c)
        if scaled is not None:
            rows, rest = scaled
            return multiply(
                product([single(Call("prod", (Tensor(((i,),), p),))) for i, p in rows]), determinant(matrix(r, c, rest))
            )
    kept, _ = _oriented(matrix(r, c, body))
    return single(Call("det", (kept,)))


def _scaled(m: Monomial, r: Index, c: Index) -> tuple[list[tuple[Index, Poly]], Poly] | None:
    """The factors by which the rows and the columns of a matrix are multiplied, and the matrix that is left."""
    rest = list(m.powers)
    found: list[tuple[Index, Poly]] = []
    for i in (r, c):
        own = [(f, e) for f, e in rest if f.indices == {i}]
        if own:
            rest = [(f, e) for f, e in rest if f.indices != {i}]
            found.append((i, Poly(((Monomial((), tuple(own)), 1),))))
    if not found or not all(any(i in f.indices for f, _ in rest) for i in (r, c)):
        return None
    return found, Poly(((Monomial(m.bound, tuple(rest)), 1),))


def _trace(t: Tensor) -> Poly:
    found = _square(t)
    if found is None:
        return t.poly
    r, c = found
    return multiply(rename(t.poly, {c: r}), ONE, (r,))


def _ascending(t: Tensor) -> Tensor:
    """Axes whose order is that of their making, so that a kept delta stands at the row."""
    r, c = t.live
    return t if r.serial < c.serial else fresh_axes(t)


def _oriented(t: Tensor) -> tuple[Tensor, bool]:
    """The matrix or its transpose, whichever has the lesser key, and whether it was turned."""
    r, c = t.live
    turned = matrix(c, r, t.poly)
    if turned.key({}, 0) < t.key({}, 0):
        return turned, True
    return t, False


def _scalars_out(poly: Poly, r: Index, c: Index) -> tuple[Poly, Poly]:
    """A scalar and a matrix whose product the matrix is."""
    if not poly.terms:
        raise Unsupported("the inverse or determinant of a zero matrix")
    split = [split_from_matrix(m, r, c) for m, _ in poly.terms]
    keys = {body.ident for _, body in split}
    if len(keys) == 1:
        scalars = add(*[scale(s, k) for (s, _), (_, k) in zip(split, poly.terms, strict=True)])
        return scalars, Poly(((split[0][1], 1),))
    # Scalar factors that all terms have in common.
    shared = [{f: e for f, e in m.powers if not f.indices and not isinstance(f, Delta)} for m, _ in poly.terms]
    least = {f: min(p.get(f, 0) for p in shared) for f in {f for p in shared for f in p}}
    least = {f: e for f, e in least.items() if e}
    lead = leading(poly)
    if not least and lead == 1:
        return ONE, poly
    outside = scale(product([single(f, e) for f, e in least.items()]), lead)
    # As one product, so that powers of sums cancel before they are multiplied out.
    inverted = Monomial((), tuple((f, -e) for f, e in least.items()))
    return outside, multiply(poly, Poly(((inverted, Fraction(1) / lead),)))


def split_from_matrix(m: Monomial, r: Index, c: Index) -> tuple[Poly, Monomial]:
    """The scalar factors of a term of a matrix, and the rest."""
    scalars: list[Poly] = []
    bound: list[Index] = []
    powers: list[tuple[Factor, Number]] = []
    for linked, inside in components(m.powers, m.bound):
        if any(r in f.indices or c in f.indices for f, _ in inside):
            bound += linked
            powers += inside
        else:
            scalars.append(Poly(((Monomial(tuple(linked), tuple(inside)), 1),)))
    return product(scalars), Monomial(tuple(bound), tuple(powers))


def _diagonal(poly: Poly, r: Index, c: Index) -> Poly | None:
    """The diagonal of a matrix that is diagonal as written."""
    rest: list[tuple[Monomial, Number]] = []
    for m, k in poly.terms:
        mine = [f for f, _ in m.powers if isinstance(f, Delta) and set(f.slots) == {r, c}]
        if not mine:
            return None
        rest.append((Monomial(m.bound, tuple((f, e) for f, e in m.powers if f is not mine[0])), k))
    return rename(Poly(rest), {c: r})


def _parted(m: Monomial, r: Index, c: Index) -> tuple[Poly, Index, Poly] | None:
    """A product of two square matrices: the entries of the left one, the index between them, those of the right one."""
    for k in m.bound:
        if k.range != r.range:
            continue
        left: list[tuple[Factor, Number]] = []
        right: list[tuple[Factor, Number]] = []
        inner: list[tuple[list[Index], bool]] = []
        for linked, inside in components(m.powers, [i for i in m.bound if i is not k]):
            rows = any(r in f.indices for f, _ in inside)
            columns = any(c in f.indices for f, _ in inside)
            if rows and columns:
                break
            (right if columns else left).extend(inside)
            inner.append((linked, columns))
        else:
            if all(any(i in f.indices for f, _ in side) for side, i in ((left, r), (left, k), (right, k), (right, c))):
                bound = [tuple(i for linked, side in inner if side is which for i in linked) for which in (False, True)]
                return Poly(((Monomial(bound[0], tuple(left)), 1),)), k, Poly(((Monomial(bound[1], tuple(right)), 1),))
    return None
