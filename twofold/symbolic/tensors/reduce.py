"""Rewriting to normal form: inverses cancel, declared properties are used, powers of sums absorb what equals them.

Each rule replaces a product by an equal expression wherever the product is defined. Terms of a sum under an inverse or a power
are ordered, and only the leading one is replaced, so that rewriting ends; a limit on the number of steps stands behind that,
and what is reached then is still equal.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from twofold.symbolic.tensors.algebra import build, multiply, subtract
from twofold.symbolic.tensors.inverse import split_from_matrix
from twofold.symbolic.tensors.label import components
from twofold.symbolic.tensors.matching import find
from twofold.symbolic.tensors.node import ONE, Call, Delta, Entry, Factor, Index, Monomial, Number, Poly, Slot, Tensor, single
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.renaming import at, remake, rename, visit
from twofold.symbolic.tensors.signs import whole
from twofold.symbolic.tensors.sizes import dimension

STEPS = 400

Rule = Callable[[Monomial], Poly | None]


def reduced(poly: Poly) -> Poly:
    """The normal form of a polynomial, arguments of functions first."""
    poly = visit(poly, _inside) if any(isinstance(f, Call) for m, _ in poly.terms for f, _ in m.powers) else poly
    steps = STEPS
    todo = {m.ident: (m, c) for m, c in poly.terms}
    done: list[tuple[Monomial, Number]] = []
    while todo:
        _, (m, c) = todo.popitem()
        new = next((p for rule in _RULES if (p := rule(m)) is not None), None) if steps > 0 else None
        if new is None:
            done.append((m, c))
            continue
        steps -= 1
        for n, d in new.terms:
            old = todo.get(n.ident)
            whole = c * d + (old[1] if old is not None else 0)
            if whole:
                todo[n.ident] = (n, whole)
            else:
                del todo[n.ident]
    return Poly(done)


def reduced_tensor(t: Tensor) -> Tensor:
    """The normal form of a tensor."""
    return Tensor(t.axes, reduced(t.poly))


def _inside(f: Factor) -> Poly | Factor | None:
    """A function of arguments in normal form."""
    if not isinstance(f, Call):
        return None
    inside = tuple(map(reduced_tensor, f.arguments))
    if all(a.poly.ident == b.poly.ident for a, b in zip(inside, f.arguments, strict=True)):
        return None
    return remake(f, inside, f.slots)


def _without(m: Monomial, *gone: Factor) -> list[tuple[Factor, Number]]:
    return [(f, e) for f, e in m.powers if not any(f is g for g in gone)]


def _uses(m: Monomial, index: Index) -> list[tuple[Factor, Number]]:
    return [(f, e) for f, e in m.powers if index in f.indices]


# --- inverses ------------------------------------------------------------------------------------------------------------------


def cancel_inverse(m: Monomial) -> Poly | None:
    """`inv(M) L` is the identity minus `inv(M)` times the rest, L being the leading term of M."""
    for f, e in m.powers:
        if not (isinstance(f, Call) and f.op == "inv" and e == 1):
            continue
        r, c = f.arguments[0].live
        leading = leading_of_matrix(f.arguments[0])
        if leading is None:
            continue
        lead, k, rest = leading
        s, t = f.slots
        # M[b, x] after inv(M)[a, b], and M[x, a] before it.
        ways: list[tuple[Slot, Slot, Index, Index]] = [(s, t, r, c), (t, s, c, r)]
        if f.symmetric:
            ways += [(t, s, r, c), (s, t, c, r)]
        for kept, summed, near, far in ways:
            if not isinstance(summed, Index) or summed not in m.bound or summed.range != near.range or summed is kept:
                continue
            found = find(lead, m, {near: summed}, without=f)
            if found is None or any(summed in g.indices for g, _ in found.rest):
                continue
            other = found.places.get(far)
            if other is None or other is summed or (isinstance(other, Poly) and summed in other.indices):
                continue
            identity = single(Delta(kept, other))
            if rest.terms:
                tail = rename(rest, {near: summed, far: other})
                identity = subtract(identity, multiply(single(f), tail, (summed,)))
            outside = Poly(((Monomial((), found.rest), Fraction(1) / k),))
            return multiply(outside, identity, tuple(i for i in found.bound if i is not summed))
    return None


def order_exponential(m: Monomial) -> Poly | None:
    """`exp(M) M` is `M exp(M)`, also where M has a scalar factor."""
    for f, e in m.powers:
        if not (isinstance(f, Call) and f.op == "expm" and e == 1 and len(f.inner.terms) == 1):
            continue
        r, c = f.arguments[0].live
        _, matrix = split_from_matrix(f.inner.terms[0][0], r, c)
        s, t = f.slots
        if not isinstance(t, Index) or t not in m.bound or t is s:
            continue
        found = find(matrix, m, {r: t}, without=f)
        if (
            found is None
            or any(t in g.indices for g, _ in found.rest)
            or c not in found.places
            or _comes_back(m, f, matrix, r, c)
        ):
            continue
        turned = rename(Poly(((matrix, 1),)), {r: s, c: t})
        outside = Poly(((Monomial((), found.rest), 1),))
        return multiply(outside, multiply(turned, single(Call("expm", f.arguments, (t, found.places[c])))), found.bound)
    return None


def _comes_back(m: Monomial, f: Call, matrix: Monomial, r: Index, c: Index) -> bool:
    """Whether a product of M and exp(M) alone leads from the second slot of exp(M) to its first, as in a trace: there is no end to turning it."""
    at = f.slots[1]
    for _ in m.powers:
        if at is f.slots[0]:
            return True
        same = (g for g, e in m.powers if g is not f and isinstance(g, Call) and g.op == "expm" and e == 1 and g.slots[0] is at)
        if (other := next((g for g in same if g.inner.ident == f.inner.ident), None)) is not None:
            at = other.slots[1]
            continue
        found = find(matrix, m, {r: at}, without=f)
        if found is None or c not in found.places:
            return False
        at = found.places[c]
    return at is f.slots[0]


def leading_of_matrix(t: Tensor) -> tuple[Monomial, Number, Poly] | None:
    """The leading term of a sum of matrices, its coefficient, and the other terms: most factors along the matrix, then fewest
    scalars.
    """
    r, c = t.live
    rows: dict[str, list[tuple[tuple[object, ...], Monomial, Number]]] = {}
    degrees: dict[str, int] = {}
    for m, k in t.poly.terms:
        scalars, matrix = split_from_matrix(m, r, c)
        name = matrix.key({r: "!r", c: "!c"}, 1)
        degrees[name] = sum(int(abs(e)) or 1 for f, e in matrix.powers if not isinstance(f, Delta))
        degree = sum(e for n, _ in scalars.terms for _, e in n.powers)
        rows.setdefault(name, []).append(((degree, scalars.ident), m, k))
    tops = {name: max(row, key=lambda x: x[0]) for name, row in rows.items()}
    best = min(tops, key=lambda name: (-degrees[name], tops[name][0][0], name))
    if len(rows[best]) > 1 and any(e < 0 for _, m, _ in rows[best] for _, e in m.powers):
        return None
    _, m, k = tops[best]
    return m, k, Poly([(n, d) for n, d in t.poly.terms if n is not m])


# --- properties of symbols -----------------------------------------------------------------------------------------------------


def _full(index: Index, f: Entry, position: int) -> bool:
    """Whether an index runs over the whole dimension of a symbol."""
    live = [d for d in f.symbol.shape if d != 1]
    return index.lower == ONE and dimension(live[position]) == index.upper


def use_orthogonal(m: Monomial) -> Poly | None:
    """`Q'Q = I` and `Q Q' = I`."""
    for k in m.bound:
        uses = _uses(m, k)
        if not all(isinstance(f, Entry) and "orthogonal" in f.symbol.properties and len(f.slots) == 2 for f, _ in uses):
            continue
        for p in (0, 1):
            ends: list[Slot] = []
            for f, e in uses:
                assert isinstance(f, Entry)
                if (
                    f.slots[p] is k
                    and f.slots[1 - p] is not k
                    and e in (1, 2)
                    and _full(k, f, p)
                    and f.symbol is uses[0][0].symbol
                ):  # type: ignore[attr-defined]
                    ends += [f.slots[1 - p]] * int(e)
            if len(ends) == 2 == sum(int(e) for _, e in uses):
                rest = _without(m, *(f for f, _ in uses))
                return build(1, tuple(i for i in m.bound if i is not k), [*rest, (Delta(ends[0], ends[1]), 1)])
    return None


def use_determinant_of_orthogonal(m: Monomial) -> Poly | None:
    """The determinant of an orthogonal matrix is 1 or -1."""
    for f, e in m.powers:
        if isinstance(f, Call) and f.op == "det" and e == int(e) and e not in (0, 1):
            terms = f.inner.terms
            if len(terms) == 1 and terms[0][1] == 1 and len(terms[0][0].powers) == 1:
                g, d = terms[0][0].powers[0]
                if d == 1 and isinstance(g, Entry) and "orthogonal" in g.symbol.properties:
                    return build(1, m.bound, [*_without(m, f), (f, e % 2)])
    return None


def use_power_of_minus_one(m: Monomial) -> Poly | None:
    """`(-1)^k` is its own inverse for a whole k."""
    for f, e in m.powers:
        if isinstance(f, Call) and f.op == "power" and e == int(e) and e not in (0, 1):
            base, exponent = f.arguments
            if base.poly.constant == -1 and whole(exponent.poly):
                return build(1, m.bound, [*_without(m, f), (f, e % 2)])
    return None


def use_sum_to_one(m: Monomial) -> Poly | None:
    """The entries of a probability vector or a one-hot vector sum to one."""
    for k in m.bound:
        uses = _uses(m, k)
        if len(uses) != 1 or uses[0][1] != 1:
            continue
        f = uses[0][0]
        if isinstance(f, Entry) and f.slots == (k,) and f.symbol.properties & {"probability", "onehot"} and _full(k, f, 0):
            return build(1, tuple(i for i in m.bound if i is not k), _without(m, f))
    return None


def use_onehot(m: Monomial) -> Poly | None:
    """Entries of a one-hot vector are 0 or 1, and two different ones are never both 1."""
    seen: dict[int, Entry] = {}
    for f, e in m.powers:
        if not (isinstance(f, Entry) and len(f.slots) == 1 and "onehot" in f.symbol.properties and e > 0):
            continue
        if e != 1:
            return build(1, m.bound, [*_without(m, f), (f, 1)])
        first = seen.setdefault(id(f.symbol), f)
        if first is not f:
            return build(1, m.bound, [*_without(m, f), (Delta(first.slots[0], f.slots[0]), 1)])
    return None


def open_lone(m: Monomial) -> Poly | None:
    """A sum kept together is opened where an index of it is summed and stands nowhere else, since parts may vanish then."""
    for f, e in m.powers:
        if isinstance(f, Call) and f.op == "let" and e == 1:
            for k in m.bound:
                if sum(s is k for s in f.slots) == 1 == len(_uses(m, k)):
                    outside = Poly(((Monomial((), tuple(_without(m, f))), 1),))
                    return multiply(outside, at(f.arguments[0], f.slots), m.bound)
    return None


def use_sign(m: Monomial) -> Poly | None:
    """`sign(u) u` is `abs(u)`."""
    for f, e in m.powers:
        if isinstance(f, Call) and f.op == "sign" and e == 1 and len(f.inner.terms) == 1:
            n, c = f.inner.terms[0]
            if c == 1 and len(n.powers) == 1 and not n.bound and n.powers[0][1] == 1:
                u = n.powers[0][0]
                powers = dict(_without(m, f))
                if powers.get(u, 0) % 2 == 1:
                    powers[u] -= 1
                    return build(1, m.bound, [*powers.items(), (Call("abs", f.arguments), 1)])
    return None


# --- powers of sums ------------------------------------------------------------------------------------------------------------


def absorb(m: Monomial) -> Poly | None:
    """`P P^e` is `P^(e+1)`; for a sum P of several terms, its leading term times `P^e` is `P^(e+1)` minus the other terms times
    `P^e`.
    """
    for f, e in m.powers:
        if not (isinstance(f, Call) and f.op == "group") or f.inner.constant is not None:
            continue
        terms = f.inner.terms
        if len(terms) > 1 and e > 1:
            return multiply(Poly(((Monomial((), (*_without(m, f), (f, e - 1))), 1),)), f.inner, m.bound)
        if len(terms) > 1 and e > 0:
            continue
        if len(terms) > 1 and any(d < 0 for n, _ in terms for _, d in n.powers):
            # The order of terms is one of polynomials: with negative exponents rewriting might not end.
            continue
        lead, k = leading_of_sum(f.inner)
        found = find(lead, m, {i: i for i in f.indices}, without=f)
        if found is None:
            continue
        value = power(f.inner, e + 1) if e + 1 else ONE
        rest = Poly([(n, d) for n, d in terms if n is not lead])
        if rest.terms:
            value = subtract(value, multiply(rest, single(f, e)))
        outside = Poly(((Monomial((), found.rest), Fraction(1) / k),))
        return multiply(outside, value, found.bound)
    return None


def leading_of_sum(p: Poly) -> tuple[Monomial, Number]:
    """The leading term in the graded lexicographic order, components of summed factors counting as variables."""
    if len(p.terms) == 1:
        return p.terms[0]
    blank = {i: f"?{i.range}" for i in p.indices}
    rows: list[tuple[dict[str, Number], Monomial, Number]] = []
    for m, c in p.terms:
        row: dict[str, Number] = {}
        for linked, inside in components(m.powers, m.bound):
            if linked:
                part = Monomial(tuple(linked), tuple(inside))
                name = f"{part.key(blank, 0)}|{part.ident}"
                row[name] = row.get(name, 0) + 1
            else:
                name = f"{inside[0][0].key(blank, 0)}|{inside[0][0].ident}"
                row[name] = row.get(name, 0) + inside[0][1]
        rows.append((row, m, c))
    names = sorted({n for row, _, _ in rows for n in row})
    _, m, c = max(rows, key=lambda r: (sum(r[0].values()), [r[0].get(n, 0) for n in names], r[1].ident))
    return m, c


_RULES: tuple[Rule, ...] = (
    cancel_inverse,
    order_exponential,
    use_orthogonal,
    use_onehot,
    use_sum_to_one,
    use_sign,
    absorb,
    use_determinant_of_orthogonal,
    use_power_of_minus_one,
    open_lone,
)
