"""Matrices whose rows or columns are pairs of indices: sums of Kronecker products and of products of vectorised matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.catalogue.shapes import app
from twofold.grammar.term import Term
from twofold.symbolic.tensors.factoring import Word, sum_of
from twofold.symbolic.tensors.label import components
from twofold.symbolic.tensors.node import Axis, Index, Monomial, Number, Poly, Tensor
from twofold.symbolic.tensors.pieces import Letter, NoNotation

if TYPE_CHECKING:
    from twofold.symbolic.tensors.write import Writer


class Blocks:
    """Writes tensors of which an axis has two indices, the slow one first."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def tensor(self, t: Tensor) -> Term:
        """The term of the tensor. Raises `NoNotation`."""
        if any(len(a) > 2 for a in t.axes):
            raise NoNotation
        if len(t.axes) == 1:
            return self.stacked(t.axes[0], t.poly)
        if not t.poly.terms:
            return app("zeros", self.length(t.axes[0]), self.length(t.axes[1]))
        rows, columns = t.axes
        if not rows:
            return app("transpose", self.stacked(columns, t.poly))
        if not columns:
            return self.stacked(rows, t.poly)
        return sum_of([self.word(m, c, rows, columns) for m, c in t.poly.terms])

    def length(self, axis: Axis) -> Term:
        """The number of places of an axis."""
        sizes = list(map(self.writer.length, axis))
        return sizes[0] if len(sizes) == 1 else app("mul", *sizes)

    def stacked(self, axis: Axis, poly: Poly) -> Term:
        """A vector: the columns of a matrix below one another where its places are pairs."""
        if not poly.terms:
            return app("zeros", self.length(axis))
        if len(axis) == 1:
            return self.writer.vector(poly, axis[0])
        slow, fast = axis
        return app("vec", self.writer.tensor(Tensor(((fast,), (slow,)), poly)))

    def word(self, m: Monomial, c: Number, rows: Axis, columns: Axis) -> Word:
        """One term as a Kronecker product, or as a column times a row."""
        parts = [Monomial(tuple(linked), tuple(inside)) for linked, inside in components(m.powers, m.bound)]
        free = [p for p in parts if p.indices]
        scalars = self.writer.word(_joined([p for p in parts if not p.indices]), c, None, None)
        for split in _splits(rows, columns):
            sides = [[p for p in free if p.indices <= side] for side in split]
            if sum(map(len, sides)) == len(free):
                left, right = (self.side(_joined(ps), rows, columns, side) for ps, side in zip(sides, split, strict=True))
                return Word(scalars.coefficient, scalars.scalars, (Letter(app("kron", left, right)),))
        if all(p.indices <= set(rows) or p.indices <= set(columns) for p in free):
            column, row = (
                self.stacked(axis, Poly(((_joined([p for p in free if p.indices <= set(axis)]), 1),))) for axis in (rows, columns)
            )
            return Word(scalars.coefficient, scalars.scalars, (Letter(column), Letter(row, False, True)))
        raise NoNotation

    def side(self, m: Monomial, rows: Axis, columns: Axis, side: frozenset[Index]) -> Term:
        """A factor of a Kronecker product."""
        mine = tuple(tuple(i for i in axis if i in side) for axis in (rows, columns))
        return self.writer.tensor(Tensor(mine, Poly(((m, 1),))))


def _joined(parts: list[Monomial]) -> Monomial:
    return Monomial(tuple(i for p in parts for i in p.bound), tuple(f for p in parts for f in p.powers))


def _splits(rows: Axis, columns: Axis) -> list[tuple[frozenset[Index], frozenset[Index]]]:
    """The ways to share the indices between the left and the right factor of a Kronecker product; a single index may go to
    either.
    """
    found = []
    for a in (0, 1):
        for b in (0, 1):
            if len(rows) == 2 and a or len(columns) == 2 and b:
                continue
            left = ({rows[0]} if len(rows) == 2 or a else set()) | ({columns[0]} if len(columns) == 2 or b else set())
            found.append((frozenset(left), frozenset({*rows, *columns} - left)))
    return found
