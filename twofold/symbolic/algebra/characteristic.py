"""Characteristic polynomials of matrices of polynomials in names, and their factors, by FLINT."""

from __future__ import annotations

from typing import Any

from twofold.grammar.term import Array, Symbol, Term, arithmetic_names
from twofold.symbolic.algebra.flint_matrices import PolynomialMatrix, Polynomials
from twofold.symbolic.arithmetic import negate

MOST_ROWS = 8
_X = Symbol("t")


class Characteristic:
    """det(x*I - A): a polynomial with whole coefficients in names and, as the first of them, x."""

    def __init__(self, ring: Polynomials, polynomial: Any) -> None:
        self.ring, self.polynomial = ring, polynomial

    @staticmethod
    def of(a: Term) -> Characteristic | None:
        """Of a matrix whose entries are polynomials with whole coefficients in at least one name; `None` for any other."""
        names = arithmetic_names(a) if isinstance(a, Array) and len(a.shape) == 2 and len(a.rows) <= MOST_ROWS else None
        if not names or not isinstance(a, Array) or len({s.name for s in names}) < len(names):
            return None
        ring = Polynomials((_X, *sorted(names, key=lambda s: s.name)))
        x, rows = ring.generators[_X], []
        for i, r in enumerate(a.rows):
            read = [ring.polynomial(e) for e in r]
            if any(e is None or e[1] != 1 for e in read):
                return None
            rows.append([(x if i == j else 0) - e[0] for j, e in enumerate(read) if e is not None])
        return Characteristic(ring, PolynomialMatrix(ring, rows, [1] * len(rows)).determinant())

    def coefficients(self) -> list[Term]:
        """From the constant up."""
        return [self.written(c) for c in self._by_powers(self.polynomial)]

    def factors(self) -> list[tuple[list[Term], int]]:
        """The coefficients, from the constant up, of the irreducible monic factors, and their multiplicities."""
        found = []
        for f, k in self.polynomial.factor()[1]:
            rows = self._by_powers(f)
            if len(rows) > 1:
                sign = -1 if rows[-1].leading_coefficient() < 0 else 1
                found.append(([self.written(sign * c) for c in rows], int(k)))
        return found

    def _by_powers(self, p: Any) -> list[Any]:
        """The coefficients of the powers of x, from the constant up."""
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for m, c in zip(p.monoms(), p.coeffs(), strict=True):
            parts.setdefault(int(m[0]), {})[(0, *m[1:])] = c
        return [self.ring.context.from_dict(parts.get(k, {})) for k in range(max(parts) + 1)]

    def written(self, p: Any) -> Term:
        """A coefficient in a short form."""
        if not p.is_zero() and all(c < 0 for c in p.coeffs()):
            return negate(self.written(-p))
        return self.ring.short(p)
