"""Polynomial equations in one complex unknown straight from terms: factors of the first and second degree over the rationals, and square
roots of numbers with a rational real and imaginary part."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt, lcm
from typing import NamedTuple

from flint import fmpz_poly

from twofold.catalogue.shapes import app
from twofold.grammar.term import MISSING, App, Num, Symbol, Term, Var, free_symbols, num, replaced, var
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.constants.constant import square_and_rest
from twofold.symbolic.context import Context, Range
from twofold.symbolic.solving.completeness import complete
from twofold.symbolic.solving.number_forms import IM, short_number
from twofold.symbolic.solving.reading import parts_of

_UNIT = Symbol("im")
_HIGHEST_DEGREE = 24


class Root(NamedTuple):
    """The number (a + b*sqrt(n)) + (c + d*sqrt(n))*im."""

    a: Fraction
    b: Fraction
    c: Fraction
    d: Fraction
    n: int

    def term(self) -> Term | None:
        """As it is written."""
        root = app("sqrt", num(self.n))
        parts = [
            Num(self.a),
            app("mul", Num(self.b), root),
            app("mul", Num(self.c), IM),
            app("mul", app("mul", Num(self.d), root), IM),
        ]
        return short_number(app("add", app("add", parts[0], parts[1]), app("add", parts[2], parts[3])))

    def place(self) -> tuple[bool, float, float]:
        """Real numbers first, by value; the others by their real and imaginary part."""
        root = float(self.n) ** 0.5
        return bool(self.c or self.d), float(self.a) + float(self.b) * root, float(self.c) + float(self.d) * root


def complex_solutions(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """All solutions of an equation between polynomials in one complex unknown; `None` where there are roots of another kind, for other
    equations, and where something is known of the unknown."""
    names = free_symbols(relation) if unknowns == MISSING else free_symbols(unknowns)
    parts = parts_of(relation)
    if len(names) != 1 or len(parts) != 1 or not (unknowns == MISSING or isinstance(unknowns, Var)):
        return None
    (z,) = names
    if z.kind != "complex" or z.shape or z.law is not None or context.range(z) != Range() or context.assumptions:
        return None
    rows = _coefficients(parts[0], z)
    found = None if rows is None else _of_rationals(*rows) if not any(rows[1]) else _of_gaussians(*rows)
    if found is None:
        return None
    terms = [r.term() for r in sorted(set(found), key=Root.place)]
    if any(t is None for t in terms):
        return None
    context.note(complete(len(terms)))
    return App("set", tuple(t for t in terms if t is not None), (), "set")


def _coefficients(part: Term, z: Symbol) -> tuple[list[Fraction], list[Fraction]] | None:
    """The real and the imaginary parts of the coefficients, constant first; `None` where this is no polynomial of a positive degree."""
    if part.sort == "truth" and not (isinstance(part, App) and part.op == "eq"):
        return None
    zero = App("sub", part.args) if isinstance(part, App) and part.op == "eq" else part
    unit = var(_UNIT)
    read = Polynomials((z, _UNIT)).polynomial(replaced(zero, IM, unit))
    if read is None:
        return None
    degree = max((int(m[0]) for m in read[0].monoms()), default=0)
    rows = [Fraction(0)] * (degree + 1), [Fraction(0)] * (degree + 1)
    for (k, turns), c in zip(read[0].monoms(), read[0].coeffs(), strict=True):
        rows[int(turns) % 2][int(k)] += Fraction(int(c) if turns % 4 < 2 else -int(c), read[1])
    top = max((k for k in range(degree + 1) if rows[0][k] or rows[1][k]), default=0)
    return (rows[0][: top + 1], rows[1][: top + 1]) if 0 < top <= _HIGHEST_DEGREE else None


def _of_rationals(row: list[Fraction], _: list[Fraction]) -> list[Root] | None:
    """The roots of a rational polynomial that has no irreducible factor beyond the second degree."""
    below = lcm(*(c.denominator for c in row))
    out: list[Root] = []
    for f, _ in fmpz_poly([int(c * below) for c in row]).factor()[1]:
        if f.degree() > 2:
            return None
        c, b, *rest = map(int, f.coeffs())
        if not rest:
            out.append(_gaussian(Fraction(-c, b), Fraction(0)))
            continue
        a = rest[0]
        outside, n = _square_part(abs(b * b - 4 * a * c))
        middle, step = Fraction(-b, 2 * a), Fraction(outside, 2 * a)
        for s in (step, -step):
            if b * b > 4 * a * c:
                out.append(Root(middle, s, Fraction(0), Fraction(0), n))
            else:
                out.append(Root(middle, Fraction(0), Fraction(0), s, n) if n > 1 else _gaussian(middle, s))
    return out


def _of_gaussians(real: list[Fraction], imaginary: list[Fraction]) -> list[Root] | None:
    """The root of an equation of the first degree, or those of one of the second whose discriminant has a rational absolute value, as far
    as they are rational multiples of one square root."""
    row = [(p, q) for p, q in zip(real, imaginary, strict=True)]
    if len(row) == 2:
        return [_gaussian(*_over(_minus(row[0]), row[1]))]
    if len(row) != 3:
        return None
    c, b, a = row
    (p, q), fourth = _times(b, b), _times(a, c)
    p, q = p - 4 * fourth[0], q - 4 * fourth[1]
    size = _root_of_square(p * p + q * q)
    if size is None:
        return None
    # Both squares have the same squarefree part, since their product is (q/2)^2.
    above, beside = (size + p) / 2, (size - p) / 2
    squares = [_square_part(x.numerator * x.denominator) for x in (above, beside)]
    n = max(m for _, m in squares)
    u, v = (Fraction(k, x.denominator) for (k, _), x in zip(squares, (above, beside), strict=True))
    step = _over((u, v if q >= 0 else -v), (2 * a[0], 2 * a[1]))
    middle = _over(_minus(b), (2 * a[0], 2 * a[1]))
    if n == 1:
        return [_gaussian(middle[0] + s * step[0], middle[1] + s * step[1]) for s in (1, -1)]
    if any(b):
        return None
    return [Root(Fraction(0), s * step[0], Fraction(0), s * step[1], n) for s in (1, -1)]


def _gaussian(p: Fraction, q: Fraction) -> Root:
    return Root(p, Fraction(0), q, Fraction(0), 1)


Pair = tuple[Fraction, Fraction]


def _minus(x: Pair) -> Pair:
    return -x[0], -x[1]


def _times(x: Pair, y: Pair) -> Pair:
    return x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]


def _over(x: Pair, y: Pair) -> Pair:
    size = y[0] ** 2 + y[1] ** 2
    p, q = _times(x, (y[0], -y[1]))
    return p / size, q / size


def _root_of_square(x: Fraction) -> Fraction | None:
    p, q = isqrt(x.numerator), isqrt(x.denominator)
    return Fraction(p, q) if p * p == x.numerator and q * q == x.denominator else None


def _square_part(m: int) -> tuple[int, int]:
    """The whole numbers k and n with m == k^2*n, n squarefree; (0, 1) for 0."""
    return square_and_rest(m) if m else (0, 1)
