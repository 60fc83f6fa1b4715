"""Matrices of rationals, and of polynomials in several names, on FLINT, straight from terms and back.

Polynomials are integral (`fmpz_mpoly`), after a common denominator has been taken out of every row; determinants and adjugates
use Bareiss's fraction-free elimination, whose divisions are exact (Bareiss, Math. Comp. 22, 1968).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial, wraps
from math import gcd, lcm
from typing import Any, Concatenate, ParamSpec, TypeVar

from flint import Ordering, fmpq, fmpq_mat, fmpz_mat, fmpz_mpoly_ctx

from twofold.grammar.term import App, Array, Num, Symbol, Term, Var, is_numeric, nodes, num, var, whole_numbers

Rows = list[list[Any]]
MOST_DEGREE = 12
MOST_FACTORED = 40
"""Terms of a polynomial up to which its factors are looked for."""
_ARITHMETIC = frozenset("neg pow add sub mul div".split())
_KEPT = 16
_P = ParamSpec("_P")
_R = TypeVar("_R")


def _read_once(reading: Callable[Concatenate[Term, _P], _R]) -> Callable[Concatenate[Term, _P], _R]:
    """The last few readings are kept, by the array itself: comparing two arrays entry by entry would cost more than reading one."""
    kept: dict[int, tuple[Term, _R]] = {}

    @wraps(reading)
    def read(a: Term, *args: _P.args, **names: _P.kwargs) -> _R:
        found = kept.get(id(a))
        if found is None or found[0] is not a:
            if len(kept) >= _KEPT:
                del kept[next(iter(kept))]
            found = kept[id(a)] = a, reading(a, *args, **names)
        return found[1]

    return read


@_read_once
def integers(a: Term) -> fmpz_mat | None:
    """A matrix of whole numbers, not to be changed; `None` for any other. One that several questions are asked of is read once."""
    if not isinstance(a, Array) or not (flat := whole_numbers(a)):
        return None
    rows, columns = (len(flat), 1) if len(a.shape) == 1 else (len(a.rows), len(a.rows[0]))
    return fmpz_mat(rows, columns, flat)


def rationals(a: Term) -> fmpq_mat | None:
    """A matrix of rational numbers; `None` for any other."""
    if not isinstance(a, Array) or not is_numeric(a):
        return None
    rows = _rows(a)
    return fmpq_mat(len(rows), len(rows[0]), [fmpq(x.value.numerator, x.value.denominator) for r in rows for x in r])


def _rows(a: Array) -> list[list[Any]]:
    return [[x] for x in a.rows[0]] if len(a.shape) == 1 else [list(r) for r in a.rows]


def fraction(x: Any) -> Fraction:
    """A number of FLINT's, which is in lowest terms."""
    if not isinstance(x, fmpq):
        return Fraction(int(x))
    below = int(x.q)
    return Fraction(int(x.p)) if below == 1 else _COPRIME(int(x.p), below)


_COPRIME: Callable[[int, int], Fraction] = getattr(Fraction, "_from_coprime_ints", None) or partial(Fraction, _normalize=False)
"""Python's own way past a division that is known to be 1, where it has one."""


def as_rows(m: Any) -> list[list[Term]]:
    """The entries of a matrix of numbers as terms."""
    return [[Num(fraction(x)) for x in r] for r in m.tolist()]


class Polynomials:
    """The polynomials over the integers in the names of some terms."""

    def __init__(self, symbols: Sequence[Symbol]) -> None:
        self.symbols = tuple(symbols)
        self.context = fmpz_mpoly_ctx.get(tuple(f"x{k}" for k in range(len(symbols))), Ordering.lex)
        self.generators = dict(zip(self.symbols, self.context.gens(), strict=True))
        self.powers: dict[tuple[int, int], Term] = {}
        self.sizes: dict[int, Num] = {}

    def polynomial(self, t: Term) -> tuple[Any, int] | None:
        """A polynomial with whole coefficients and the denominator below it; `None` for what is no polynomial."""
        found = self._read(t)
        if found is None:
            return None
        p, below = found
        return (self.context.constant(p) if isinstance(p, int) else p), below

    def _read(self, t: Term) -> tuple[Any, int] | None:
        kind = type(t)
        if kind is Num:
            return t.value.numerator, t.value.denominator  # type: ignore[attr-defined]
        if kind is Var:
            g = self.generators.get(t.symbol)  # type: ignore[attr-defined]
            return None if g is None else (g, 1)
        if kind is not App or t.shape:
            return None
        op, args = t.op, t.args  # type: ignore[attr-defined]
        if op not in _ARITHMETIC:
            return None
        left = self._read(args[0])
        if left is None:
            return None
        p, m = left
        if op == "neg":
            return -p, m
        if op == "pow":
            n = args[1]
            if not isinstance(n, Num) or n.value.denominator != 1 or not 0 <= n.value <= MOST_DEGREE:
                return None
            return p ** int(n.value), m ** int(n.value)
        right = self._read(args[1])
        if right is None:
            return None
        q, k = right
        if op == "mul":
            return p * q, m * k
        if op == "div":
            if not isinstance(q, int) or q == 0:
                return None
            return (p * k, m * q) if q > 0 else (-p * k, -m * q)
        if m == k:
            return (p + q if op == "add" else p - q), m
        common = lcm(m, k)
        p, q = p * (common // m), q * (common // k)
        return (p + q if op == "add" else p - q), common

    def term(self, p: Any, below: int = 1) -> Term:
        """A polynomial over a number as a term, expanded."""
        monomials, coefficients = p.monoms(), [int(c) for c in p.coeffs()]
        if not coefficients:
            return num(0)
        shared = gcd(below, *coefficients) if below != 1 else 1
        parts = [(c // shared, self._monomial(m, abs(c) // shared)) for m, c in zip(monomials, coefficients, strict=True)]
        if parts[0][0] < 0:
            first = next((k for k, (c, _) in enumerate(parts) if c > 0), 0)
            parts.insert(0, parts.pop(first))
        c, out = parts[0]
        if c < 0:
            out = Num(-out.value) if isinstance(out, Num) else App("neg", (out,))
        for c, t in parts[1:]:
            out = App("add" if c > 0 else "sub", (out, t))
        return out if below == shared else App("div", (out, num(below // shared)))

    def short(self, p: Any, below: int = 1) -> Term:
        """A polynomial over a number as a term: as a product of its factors where that is shorter."""
        plain = self.term(p, below)
        if len(p) < 2 or len(p) > MOST_FACTORED:
            return plain
        content, factors = p.factor()
        if len(factors) < 2 and all(k == 1 for _, k in factors):
            return plain
        shared = gcd(int(content), below)
        above, under = int(content) // shared, below // shared
        pairs = [(f, int(k)) for f, k in sorted(factors, key=lambda pair: len(pair[0]))]
        for j, (f, k) in enumerate(pairs):
            if f.leading_coefficient() < 0:
                pairs[j], above = (-f, k), above * (-1) ** k
        turned = next((j for j, (f, k) in enumerate(pairs) if k % 2 and any(c < 0 for c in f.coeffs())), None)
        if above < 0 and turned is not None:
            # The sign goes into a difference, where it is not seen.
            pairs[turned], above = (-pairs[turned][0], pairs[turned][1]), -above
        out: Term | None = None
        for f, k in pairs:
            base = self.term(f)
            part = base if k == 1 else App("pow", (base, num(k)))
            out = part if out is None else App("mul", (out, part))
        assert out is not None
        if abs(above) != 1:
            out = (
                App("mul", (num(abs(above)), out))
                if not isinstance(out, App) or out.op != "mul"
                else _in_front(num(abs(above)), out)
            )
        if above < 0:
            out = App("neg", (out,))
        made = out if under == 1 else App("div", (out, num(under)))
        return made if _length(made) < _length(plain) else plain

    def _monomial(self, exponents: Sequence[int], size: int) -> Term:
        """A product of powers with a positive coefficient."""
        out: Term | None = None
        if size != 1 or not any(exponents):
            out = self.sizes.get(size)
            if out is None:
                out = self.sizes[size] = num(size)
        for j, k in enumerate(exponents):
            if k:
                factor = self.powers.get((j, k))
                if factor is None:
                    name = var(self.symbols[j])
                    factor = self.powers[j, k] = name if k == 1 else App("pow", (name, num(int(k))))
                out = factor if out is None else App("mul", (out, factor))
        assert out is not None
        return out


def _in_front(factor: Term, product: App) -> Term:
    """A product with one more factor at its left end."""
    left, right = product.args
    inner = _in_front(factor, left) if isinstance(left, App) and left.op == "mul" else App("mul", (factor, left))
    return App("mul", (inner, right))


def _length(term: Term) -> int:
    return sum(1 for _ in nodes(term))


class PolynomialMatrix:
    """A square matrix of polynomials: integral rows over the denominators of the rows."""

    def __init__(self, ring: Polynomials, rows: Rows, below: list[int]) -> None:
        self.ring, self.rows, self.below = ring, rows, below

    @staticmethod
    @_read_once
    def of(a: Term, symbols: tuple[Symbol, ...]) -> PolynomialMatrix | None:
        """The matrix that a term is; `None` where an entry is no polynomial in the symbols. One that several questions are asked of is
        read once."""
        if not isinstance(a, Array) or len(a.shape) != 2:
            return None
        ring = Polynomials(symbols)
        rows, below = [], []
        for r in a.rows:
            read = [ring.polynomial(x) for x in r]
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
    last, zero, sign = ring.context.constant(1), ring.context.constant(0), 1
    for k in range(n):
        place = _shortest(rows, k)
        if place is None:
            return zero, sign
        if place != k:
            rows[k], rows[place] = rows[place], rows[k]
            sign = -sign
        head, pivot_row = rows[k][k], rows[k]
        for i in range(0 if backwards else k + 1, n):
            if i == k:
                continue
            row, factor = rows[i], rows[i][k]
            row[k] = zero
            if i < k:
                row[i] = row[i] * head // last
            if factor.is_zero():
                for j in range(k + 1, width):
                    if not row[j].is_zero():
                        row[j] = row[j] * head // last
            else:
                for j in range(k + 1, width):
                    row[j] = (row[j] * head - factor * pivot_row[j]) // last
        last = head
    return sign * last, sign


def _shortest(rows: Rows, k: int) -> int | None:
    found = [(len(rows[i][k]), i) for i in range(k, len(rows)) if not rows[i][k].is_zero()]
    return min(found)[1] if found else None
