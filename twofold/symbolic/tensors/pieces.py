"""Contraction of a product with indices to products of matrices: one summed index after the other, until only the free ones are
left.

A `Piece` is a chain of letters (matrices and vectors in matrix notation) with the indices of its rows and columns. Vectors on
one index are multiplied entry by entry, a vector between two matrices becomes a diagonal matrix, matrices on the same two
indices are multiplied entry by entry, a closed chain is a trace. What cannot be contracted this way (an index shared by three
matrices) has no matrix notation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term, num
from twofold.symbolic.tensors.node import Index


@dataclass(frozen=True, slots=True)
class Letter:
    """A matrix or vector, or its transpose (`turned`)."""

    term: Term
    symmetric: bool = False
    turned: bool = False

    @property
    def flipped(self) -> Letter:
        return self if self.symmetric else Letter(self.term, False, not self.turned)

    @property
    def written(self) -> Term:
        if not self.turned:
            return self.term
        return self.term.args[0] if isinstance(self.term, App) and self.term.op == "transpose" else app("transpose", self.term)


Letters = tuple[Letter, ...]


def flipped(letters: Letters) -> Letters:
    """The transpose of a product."""
    return tuple(x.flipped for x in reversed(letters))


def written(letters: Letters) -> Term:
    """A product as a term."""
    out = letters[0].written
    for x in letters[1:]:
        out = app("mul", out, x.written)
    return out


def turns(letters: Letters) -> tuple[int, str]:
    """How much a product is transposed, to choose between ways to write it."""
    return sum(x.turned for x in letters), "" if not letters else str(letters[0].term)


@dataclass(frozen=True, slots=True)
class Piece:
    """A chain with the index of its rows and, for a matrix, of its columns. No letters: the identity."""

    letters: Letters
    row: Index
    column: Index | None = None

    @property
    def ends(self) -> tuple[Index, ...]:
        return (self.row,) if self.column is None else (self.row, self.column)

    def standing(self, row: Index) -> Piece:
        """The matrix or its transpose, with this index for its rows."""
        if self.row is row or self.column is None:
            return self
        return Piece(flipped(self.letters), self.column, self.row)


class NoNotation(Exception):
    """The product has no matrix notation."""


def contract(pieces: Iterable[Piece], bound: Iterable[Index], ones: Callable[[Index], Term]) -> tuple[list[Piece], list[Term]]:
    """Carries out the sums over `bound`: the pieces that are left, and the scalars that came out. `ones` makes a vector of ones
    for an index.
    """
    network = _Network(list(pieces), list(bound), ones)
    while network.step():
        pass
    if network.bound:
        raise NoNotation
    return network.pieces, network.scalars


class _Network:
    def __init__(self, pieces: list[Piece], bound: list[Index], ones: Callable[[Index], Term]) -> None:
        self.pieces = pieces
        self.bound = bound
        self.ones = ones
        self.scalars: list[Term] = []

    def at(self, i: Index) -> list[Piece]:
        return [p for p in self.pieces if i in p.ends]

    def swap(self, old: Iterable[Piece], *new: Piece) -> bool:
        gone = list(old)
        self.pieces = [p for p in self.pieces if not any(p is g for g in gone)] + list(new)
        return True

    def close(self, old: Iterable[Piece], scalar: Term, *summed: Index) -> bool:
        self.scalars.append(scalar)
        self.bound = [i for i in self.bound if i not in summed]
        return self.swap(old)

    def step(self) -> bool:
        """One contraction, the simplest first; False when there is none."""
        return (
            self.loops()
            or self.vectors()
            or self.parallel()
            or self.products(True)
            or self.products(False)
            or self.entries()
            or self.middles()
            or self.ends()
        )

    def loops(self) -> bool:
        for p in self.pieces:
            if p.column is p.row:
                if p.row in self.bound and len(self.at(p.row)) == 1:
                    return self.close([p], trace(p.letters), p.row)
                return self.swap([p], Piece((Letter(app("diag", written(p.letters))),), p.row))
        return False

    def vectors(self) -> bool:
        """Vectors on one index: an inner product, a sum, or the product of the entries."""
        for p in self.pieces:
            if p.column is not None:
                continue
            i, here = p.row, self.at(p.row)
            if i in self.bound and len(here) == 1:
                return self.close([p], total(p.letters), i)
            others = [q for q in here if q is not p and q.column is None]
            if i in self.bound and len(here) == 2 and others:
                return self.close(here, inner(p.letters, others[0].letters), i)
            if others:
                q = others[0]
                return self.swap([p, q], Piece((Letter(entrywise(written(p.letters), written(q.letters))),), i))
        return False

    def parallel(self) -> bool:
        """Two matrices on the same two indices."""
        for k, p in enumerate(self.pieces):
            for q in self.pieces[k + 1 :]:
                if p.column is None or q.column is None or set(p.ends) != set(q.ends) or p.column is p.row:
                    continue
                other = q.standing(p.row)
                lone = [i for i in p.ends if i in self.bound and len(self.at(i)) == 2]
                if len(lone) == 2:
                    return self.close([p, q], trace((*flipped(p.letters), *other.letters)), *lone)
                if p.letters and other.letters:
                    symmetric = all(len(x.letters) == 1 and x.letters[0].symmetric for x in (p, other))
                    new = Letter(entrywise(written(p.letters), written(other.letters)), symmetric)
                    return self.swap([p, q], Piece((new,), p.row, p.column))
        return False

    def products(self, vector: bool) -> bool:
        """A summed index between two pieces, first where one is a vector."""
        for i in self.bound:
            here = self.at(i)
            if len(here) != 2 or any(p.column is p.row for p in here):
                continue
            p, q = sorted(here, key=lambda x: x.column is None)
            if (q.column is None) is not vector or p.column is None:
                continue
            other = p.column if p.row is i else p.row
            p, q = p.standing(other), q.standing(i)
            self.bound.remove(i)
            return self.swap(here, Piece((*p.letters, *q.letters), other, q.column))
        return False

    def middles(self) -> bool:
        """A vector between two matrices, or at the free end of a matrix."""
        for v in self.pieces:
            if v.column is not None:
                continue
            i = v.row
            others = [p for p in self.at(i) if p is not v]
            if others and all(p.column is not None and p.column is not p.row for p in others):
                p = min(others, key=lambda x: len(x.letters))
                turned = p.standing(i)
                return self.swap([v, p], Piece((diagonal(v.letters), *turned.letters), i, turned.column))
        return False

    def entries(self) -> bool:
        """The sum over all entries of a matrix."""
        for p in self.pieces:
            if p.column is not None and p.letters and all(i in self.bound and len(self.at(i)) == 1 for i in p.ends):
                return self.close([p], app("sum", written(p.letters)), *p.ends)
        return False

    def ends(self) -> bool:
        """The sum over the rows or columns of a matrix."""
        for i in self.bound:
            here = self.at(i)
            if len(here) == 1 and here[0].column is not None:
                return self.swap([], Piece((Letter(self.ones(i)),), i))
        return False


def diagonal(letters: Letters) -> Letter:
    """A vector as a diagonal matrix."""
    return Letter(app("diag", written(letters)), True)


def entrywise(a: Term, b: Term) -> Term:
    """The entrywise product, quotients kept as such."""
    if isinstance(b, App) and b.op == "ediv" and b.args[0] == num(1):
        return app("ediv", a, b.args[1])
    if isinstance(a, App) and a.op == "ediv" and a.args[0] == num(1):
        return app("ediv", b, a.args[1])
    return app("emul", a, b)


def inner(a: Letters, b: Letters) -> Term:
    """The inner product of two vectors, written with as few transposes as possible."""
    ways = [(*flipped(a), *b), (*flipped(b), *a)]
    return written(min(ways, key=turns))


def total(letters: Letters) -> Term:
    """The sum of the entries of a vector; a sum of squares as an inner product or a squared norm."""
    t = written(letters)
    if isinstance(t, App) and t.op == "emul" and t.args[0] == t.args[1]:
        u = t.args[0]
        return app("pow", app("norm", u), num(2)) if isinstance(u, App) else app("mul", app("transpose", u), u)
    return app("sum", t)


def trace(letters: Letters) -> Term:
    """The trace of a product, turned round so that it shows few transposes."""
    ways = [letters[k:] + letters[:k] for k in range(len(letters))]
    ways += [flipped(w) for w in ways]
    best = min(ways, key=lambda w: (sum(x.turned for x in w), w[0].turned))
    return app("tr", written(best))
