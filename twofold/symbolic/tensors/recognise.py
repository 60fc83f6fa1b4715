"""Named functions found in index expressions: softmax, log-sum-exp, norms, one exponential for a product of exponentials."""

from __future__ import annotations

from twofold.symbolic.tensors.algebra import add, scale
from twofold.symbolic.tensors.node import Call, Factor, Index, Monomial, Number, Poly, Tensor, scalar, single
from twofold.symbolic.tensors.renaming import rename

Soft = tuple[str, Poly, tuple[Index, ...]]


def without_softmax(m: Monomial) -> tuple[Monomial, list[Soft]]:
    """A product without the quotients `exp(u[i])/sum(exp(u))`, and these: the function, the entries of u, and their indices."""
    powers = dict(m.powers)
    found: list[Soft] = []
    for f, e in m.powers:
        if not (isinstance(f, Call) and f.op == "group" and e == int(e) and e < 0 and len(f.indices) <= 1):
            continue
        body = _exponents(f.inner)
        if body is None:
            continue
        k, u = body
        wanted = exponent_powers(u)
        for i in sorted({i for g in powers for i in g.indices}, key=lambda x: x.serial):
            if i.range != k.range or i in f.indices:
                continue
            here = {_at(g, k, i): c for g, c in wanted.items()}
            while powers.get(f, 0) < 0 and all(_contains(powers.get(g, 0), c) for g, c in here.items()):
                for g, c in here.items():
                    powers[g] -= c
                powers[f] += 1
                rows = tuple(f.indices)
                found.append(("rowsoftmax" if rows else "softmax", rename(u, {k: i}), (*rows, i)))
    return Monomial(m.bound, tuple((g, c) for g, c in powers.items() if c)), found


def _contains(have: Number, want: Number) -> bool:
    """Whether a power can be taken out of another without changing its sign."""
    return abs(have) >= abs(want) and have * want > 0


def _at(g: Factor, k: Index, i: Index) -> Factor:
    moved = rename(single(g), {k: i})
    return moved.terms[0][0].powers[0][0]


def _exponents(p: Poly) -> tuple[Index, Poly] | None:
    """For a sum over k of exponentials of u[k]: the index and u[k]."""
    if len(p.terms) != 1 or p.terms[0][1] != 1:
        return None
    m = p.terms[0][0]
    if len(m.bound) != 1 or not all(isinstance(g, Call) and g.op == "exp" and m.bound[0] in g.indices for g, _ in m.powers):
        return None
    return m.bound[0], add(*[scale(g.inner, c) for g, c in m.powers if isinstance(g, Call)])


def exponent_powers(u: Poly) -> dict[Factor, Number]:
    """The powers of exponentials that make `exp(u)`."""
    return {Call("exp", (scalar(Poly(((m, 1),))),)): c for m, c in u.terms}


def merged(m: Monomial) -> list[tuple[Factor, Number]]:
    """The powers with the exponentials on the same indices joined, and logarithms of sums of exponentials named."""
    exponents: dict[frozenset[Index], list[Poly]] = {}
    out: list[tuple[Factor, Number]] = []
    for f, e in m.powers:
        if isinstance(f, Call) and f.op == "exp" and f.inner.constant is None:
            exponents.setdefault(f.indices, []).append(scale(f.inner, e))
        elif isinstance(f, Call) and f.op == "log" and not f.indices and (body := _exponents(f.inner)) is not None:
            k, u = body
            out.append((Call("logsumexp", (Tensor(((k,),), u),)), e))
        else:
            out.append((f, e))
    for parts in exponents.values():
        out.append((Call("exp", (scalar(add(*parts)),)), 1))
    return out


def norm_of(p: Poly) -> Tensor | None:
    """For a sum of the squares of the entries of a vector or matrix: the array."""
    if len(p.terms) != 1 or p.terms[0][1] != 1:
        return None
    m = p.terms[0][0]
    if not 1 <= len(m.bound) <= 2 or any(e != int(e) or e % 2 for _, e in m.powers):
        return None
    return Tensor(tuple((i,) for i in m.bound), Poly(((Monomial((), tuple((f, e // 2) for f, e in m.powers)), 1),)))
