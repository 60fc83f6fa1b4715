"""Matrices of rationals, and of polynomials in several names, on FLINT, straight from terms and back.

Polynomials are integral (`fmpz_mpoly`), after a common denominator has been taken out of every row; determinants and adjugates
use Bareiss's fraction-free elimination, whose divisions are exact (Bareiss, Math. Comp. 22, 1968).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from flint import Ordering, fmpq, fmpq_mat, fmpz_mat, fmpz_mpoly_ctx

from twofold.grammar.term import App, Array, Num, Symbol, Term, Var, is_numeric, num, var

Rows = list[list[Any]]
MOST_DEGREE = 12


def integers(a: Term) -> fmpz_mat | None:
    """A matrix of whole numbers; `None` for any other."""
    if not isinstance(a, Array) or not is_numeric(a):
        return None
    rows = _rows(a)
    flat = [x.value.numerator for r in rows for x in r if x.value.denominator == 1]
    return fmpz_mat(len(rows), len(rows[0]), flat) if len(flat) == len(rows) * len(rows[0]) else None


def rationals(a: Term) -> fmpq_mat | None:
    """A matrix of rational numbers; `None` for any other."""
    if not isinstance(a, Array) or not is_numeric(a):
        return None
    rows = _rows(a)
    return fmpq_mat(len(rows), len(rows[0]), [fmpq(x.value.numerator, x.value.denominator) for r in rows for x in r])


def _rows(a: Array) -> list[list[Any]]:
    return [[x] for x in a.rows[0]] if len(a.shape) == 1 else [list(r) for r in a.rows]


def fraction(x: Any) -> Fraction:
    """A number of FLINT's."""
    return Fraction(int(x.p), int(x.q)) if isinstance(x, fmpq) else Fraction(int(x))


def as_rows(m: Any) -> list[list[Term]]:
    """The entries of a matrix of numbers as terms."""
    return [[Num(fraction(x)) for x in r] for r in m.tolist()]


class Polynomials:
    """The polynomials over the integers in the names of some terms."""

    def __init__(self, symbols: Sequence[Symbol]) -> None:
        self.symbols = tuple(symbols)
        self.context = fmpz_mpoly_ctx.get(tuple(f"x{k}" for k in range(len(symbols))), Ordering.lex)
        self.generators = dict(zip(self.symbols, self.context.gens(), strict=True))
        self.done: dict[int, tuple[Term, tuple[Any, int]]] = {}

    def read(self, t: Term) -> tuple[Any, int] | None:
        """A polynomial with whole coefficients and the denominator below it; `None` for what is no polynomial."""
        if isinstance(t, Num):
            return self.context.constant(t.value.numerator), t.value.denominator
        if isinstance(t, Var):
            return (self.generators[t.symbol], 1) if t.symbol in self.generators else None
        if not isinstance(t, App) or t.shape:
            return None
        if t.op == "neg":
            inside = self.read(t.args[0])
            return None if inside is None else (-inside[0], inside[1])
        if t.op == "pow":
            base, n = self.read(t.args[0]), t.args[1]
            if base is None or not isinstance(n, Num) or n.value.denominator != 1 or not 0 <= n.value <= MOST_DEGREE:
                return None
            return base[0] ** int(n.value), base[1] ** int(n.value)
        if t.op not in ("add", "sub", "mul", "div"):
            return None
        left, right = self.read(t.args[0]), self.read(t.args[1])
        if left is None or right is None:
            return None
        (p, m), (q, n2) = left, right
        if t.op == "mul":
            return p * q, m * n2
        if t.op == "div":
            if not q.is_constant() or q.is_zero():
                return None
            below = int(q.leading_coefficient())
            return (p * n2, m * below) if below > 0 else (-p * n2, -m * below)
        common = lcm(m, n2)
        p, q = p * (common // m), q * (common // n2)
        return (p + q if t.op == "add" else p - q), common

    def term(self, p: Any, below: int = 1) -> Term:
        """A polynomial over a number as a term, expanded."""
        content = gcd(*(int(c) for c in p.coeffs())) if not p.is_zero() else 1
        shared = gcd(content, below)
        parts = [self._monomial(m, int(c) // shared) for m, c in p.terms()]
        if not parts:
            return num(0)
        if parts[0][0] < 0 and any(s > 0 for s, _ in parts):
            first = next(k for k, (s, _) in enumerate(parts) if s > 0)
            parts.insert(0, parts.pop(first))
        out: Term = parts[0][1] if parts[0][0] > 0 else App("neg", (parts[0][1],))
        if isinstance(out, App) and out.op == "neg" and isinstance(out.args[0], Num):
            out = Num(-out.args[0].value)
        for s, t in parts[1:]:
            out = App("add" if s > 0 else "sub", (out, t))
        return out if below == shared else App("div", (out, num(below // shared)))

    def _monomial(self, exponents: Sequence[Any], coefficient: int) -> tuple[int, Term]:
        sign, size = (1, coefficient) if coefficient > 0 else (-1, -coefficient)
        out: Term | None = num(size) if size != 1 or not any(exponents) else None
        for symbol, k in zip(self.symbols, exponents, strict=True):
            if k:
                factor = var(symbol) if k == 1 else App("pow", (var(symbol), num(int(k))))
                out = factor if out is None else App("mul", (out, factor))
        assert out is not None
        return sign, out


class PolynomialMatrix:
    """A square matrix of polynomials: integral rows over the denominators of the rows."""

    def __init__(self, ring: Polynomials, rows: Rows, below: list[int]) -> None:
        self.ring, self.rows, self.below = ring, rows, below

    @staticmethod
    def of(a: Term, symbols: Sequence[Symbol]) -> PolynomialMatrix | None:
        """The matrix that a term is; `None` where an entry is no polynomial in the symbols."""
        if not isinstance(a, Array) or len(a.shape) != 2:
            return None
        ring = Polynomials(symbols)
        rows, below = [], []
        for r in a.rows:
            read = [ring.read(x) for x in r]
            if any(p is None for p in read):
                return None
            common = lcm(*(d for _, d in read))  # type: ignore[misc]
            rows.append([p * (common // d) for p, d in read])  # type: ignore[misc]
            below.append(common)
        return PolynomialMatrix(ring, rows, below)

    def determinant(self) -> Any:
        """The determinant of the integral rows, by elimination with exact divisions."""
        rows = [list(r) for r in self.rows]
        return _eliminated(rows, self.ring)[0]

    def adjugate(self) -> tuple[Any, Rows]:
        """The determinant d of the integral rows, and the matrix B with A*B == d*I (no meaning where d is 0)."""
        n = len(self.rows)
        one, zero = self.ring.context.constant(1), self.ring.context.constant(0)
        rows = [[*r, *(one if i == j else zero for j in range(n))] for i, r in enumerate(self.rows)]
        d, sign = _eliminated(rows, self.ring, backwards=True)
        return d, [[sign * x for x in r[n:]] for r in rows]


def _eliminated(rows: Rows, ring: Polynomials, backwards: bool = False) -> tuple[Any, int]:
    """Bareiss's elimination in place: the determinant of the leading square block, and the sign of the row exchanges.

    Backwards too, the block becomes a multiple of the identity: the determinant up to that sign.
    """
    n, width = len(rows), len(rows[0])
    last, sign = ring.context.constant(1), 1
    for k in range(n):
        place = _shortest(rows, k)
        if place is None:
            return ring.context.constant(0), sign
        if place != k:
            rows[k], rows[place] = rows[place], rows[k]
            sign = -sign
        head, pivot_row = rows[k][k], rows[k]
        for i in range(0 if backwards else k + 1, n):
            if i == k:
                continue
            factor = rows[i][k]
            row = rows[i]
            if factor.is_zero():
                rows[i] = [x if x.is_zero() else x * head // last for x in row]
            else:
                rows[i] = [
                    x if j < k and x.is_zero() else (x * head - factor * pivot_row[j]) // last for j, x in enumerate(row[:width])
                ]
        last = head
    return sign * last, sign


def _shortest(rows: Rows, k: int) -> int | None:
    found = [(len(rows[i][k]), i) for i in range(k, len(rows)) if not rows[i][k].is_zero()]
    return min(found)[1] if found else None
