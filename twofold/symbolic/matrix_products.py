"""Products of matrices as lists of their factors, and what is known of small functions of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from twofold.catalogue.shapes import app, dim_term, full
from twofold.grammar.term import App, Term, num
from twofold.symbolic.definiteness import Factor, chain
from twofold.symbolic.tensors import equal

Word = tuple[Factor, ...]
_HIGHEST = 4
"""The power that is written as a product."""


def penrose(t: Term, w: Word) -> Iterator[tuple[Word, Word]]:
    """Products with a pseudo-inverse of w that are equal to simpler ones."""
    p, q, v = ((t, False),), ((t, True),), turned_round(w)
    if w == v:  # Then the pseudo-inverse is symmetric too, and the two commute.
        yield q, p
        yield from (((*w, *p, *w), w), ((*p, *w, *p), p), ((*p, *w), (*w, *p)))
        yield from (((*w, *w, *p), w), ((*w, *p, *p), p))
        return
    yield from (((*w, *p, *w), w), ((*p, *w, *p), p))
    yield from (((*v, *w, *p), v), ((*p, *w, *v), v), ((*w, *p, *q), q), ((*q, *p, *w), q))
    yield from (((*q, *v), (*w, *p)), ((*v, *q), (*p, *w)))


def turned_round(word: Word) -> Word:
    """The transpose of a product."""
    return tuple((f, g) for x, turned in reversed(word) for f, g in chain(app("transpose", x) if not turned else x)[1])


def product_of(word: Word) -> Term:
    parts = [app("transpose", f) if turned else f for f, turned in word]
    out = parts[0]
    for p in parts[1:]:
        out = app("mul", out, p)
    return out


def determinant(a: Term, b: Term) -> Term | None:
    """The determinant of a Kronecker product of square matrices."""
    (m, k), (n, j) = full(a.shape), full(b.shape)
    if m != k or n != j or not (is_matrix(a) and is_matrix(b)):
        return None
    return app("mul", app("pow", app("det", a), dim_term(n)), app("pow", app("det", b), dim_term(m)))


def of_product(t: App) -> Term | None:
    """The determinant of a product of square matrices."""
    scalars, word = chain(t)
    if scalars or len(word) < 2 or not all(is_matrix(f) and full(f.shape)[0] == full(f.shape)[1] for f, _ in word):
        return None
    return reduce(lambda a, b: app("mul", a, b), (app("det", f) for f, _ in word))


def power(t: Term, k: int) -> Term | None:
    """A small power as a product, and one of an exponential as an exponential."""
    if is_exponential(t):
        return app("expm", app("mul", num(k), t.args[0]))  # type: ignore[attr-defined]
    return reduce(lambda a, b: app("mul", a, b), [t] * k) if 0 < k <= _HIGHEST else None


def is_matrix(t: Term) -> bool:
    return len(t.shape) == 2


def is_exponential(t: Term) -> bool:
    return isinstance(t, App) and t.op == "expm" and len(t.shape) == 2


def is_zero(t: Term) -> bool:
    m, n = full(t.shape)
    return equal(t, app("zeros", dim_term(m), dim_term(n)))
