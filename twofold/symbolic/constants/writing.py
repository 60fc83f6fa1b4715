"""Constants as terms, as they are written when they come from SymPy: products of roots under one root, sums over one denominator or with what their
terms have in common in front, whichever is shorter."""

from __future__ import annotations

import math
from fractions import Fraction

from twofold.catalogue.shapes import app
from twofold.grammar.term import Const, Num, Term, num
from twofold.symbolic.arithmetic import ZERO, make, negate, over, plain_product, plus, power, times
from twofold.symbolic.constants.constant import MOST_BITS, PI, UNIT, Constant, Generator, Monomial


class Unwritten(Exception):
    """A constant has no short form, a number is too long to take squares out of, or another field is needed."""


def in_short(c: Constant) -> Term:
    """The short form. Raises `Unwritten` where there is none."""
    made = written(c)
    if made is None:
        raise Unwritten
    return made


def written(c: Constant) -> Term | None:
    """A short form; `None` where a number is too long to be written, or where the terms of a sum have more than a rational factor in common."""
    terms = list(c.terms.items())
    if any(max(x.numerator.bit_length(), x.denominator.bit_length()) > MOST_BITS for _, x in terms):
        return None
    if not terms:
        return ZERO
    if len(terms) == 1:
        return _product(terms[0][1], terms[0][0])
    if set.intersection(*({m.root} - {1} | {g for g, _ in m.powers} for m, _ in terms)):
        return None
    if any(e < 0 for m, _ in terms for _, e in m.powers):
        return None
    content = content_of([x for _, x in terms])
    if all(x < 0 for _, x in terms) and not any(m.imaginary for m, _ in terms):
        content = -content
    if content != 1:
        rest = [(m, x / content) for m, x in terms]
        if 1 + _size_of_number(content) + _size(rest) < _size(terms):
            return _in_front(content, total(rest))
    return total(terms)


def _in_front(content: Fraction, total: Term) -> Term:
    if content < 0:
        return negate(_in_front(-content, total))
    above = times(num(content.numerator), total)
    return above if content.denominator == 1 else over(above, num(content.denominator))


def content_of(coefficients: list[Fraction]) -> Fraction:
    """What rational numbers have in common: what they are multiples of by whole numbers without a common factor."""
    below = math.lcm(*(x.denominator for x in coefficients))
    return Fraction(math.gcd(*(x.numerator * (below // x.denominator) for x in coefficients)), below)


# --- sums ---


def total(terms: list[tuple[Monomial, Fraction]]) -> Term:
    """A sum over one denominator."""
    below = math.lcm(*(x.denominator for _, x in terms))
    rows = sorted(((m, x * below) for m, x in terms), key=lambda row: (row[0].imaginary, float(row[1]) * row[0].size()))
    made = _of_whole(rows)
    return over(made, num(below)) if below != 1 else made


def _of_whole(rows: list[tuple[Monomial, Fraction]]) -> Term:
    is_complex = any(m.imaginary for m, _ in rows) and not all(m.imaginary for m, _ in rows)
    if all(x < 0 for _, x in rows) and not is_complex:
        return negate(_of_whole([(m, -x) for m, x in rows]))
    # The real part of a complex number stands first, whatever its sign.
    rows = sorted(rows, key=lambda row: row[0].imaginary if is_complex else row[0] != UNIT)
    if rows[0][1] < 0 and not is_complex:
        rows.insert(0, rows.pop(next(k for k, (_, x) in enumerate(rows) if x > 0)))
    out = _product(rows[0][1], rows[0][0])
    for m, x in rows[1:]:
        out = make("sub", out, _product(-x, m)) if x < 0 else plus(out, _product(x, m))
    return out


# --- products ---


def _product(c: Fraction, m: Monomial) -> Term:
    if c < 0:
        return negate(_product(-c, m))
    above_root = [m.root] if m.root != 1 else []
    top, bottom = c.numerator, c.denominator
    over_bar: list[Term] = []
    under: list[Term] = []
    factors: list[tuple[Term, bool]] = []
    for g, e in m.powers:
        if abs(e) == 1:
            (over_bar if e > 0 else under).append(_generator(g))
        else:
            factors.append((power(_generator(g), Num(Fraction(abs(e), 2))), e > 0))
    roots: list[tuple[Term, bool]] = []
    if under and above_root and bottom % m.root == 0:
        bottom //= m.root
        under.insert(0, num(m.root))
        above_root = []
    inside = [*map(num, above_root), *over_bar]
    if inside:
        roots.append((app("sqrt", over(plain_product(inside), plain_product(under)) if under else plain_product(inside)), True))
    elif under:
        roots.append((app("sqrt", plain_product(under)), False))
    parts = (
        [*factors, *roots] if len(inside) + len(under) > 1 else [*roots, *factors] if m.root != 1 else _placed(m, factors, roots)
    )
    above = [num(top)] * (top != 1) + [t for t, up in parts if up]
    below = [num(bottom)] * (bottom != 1) + [t for t, up in parts if not up]
    return over(plain_product(above), plain_product(below)) if below else plain_product(above)


def _placed(m: Monomial, factors: list[tuple[Term, bool]], roots: list[tuple[Term, bool]]) -> list[tuple[Term, bool]]:
    """A root of pi alone in its place among the powers."""
    if not roots:
        return factors
    place = next((k for k, (g, _) in enumerate(m.powers) if g == PI), 0)
    return [*factors[:place], *roots, *factors[place:]]


def _generator(g: Generator) -> Term:
    return app("log", num(g.of)) if g.name == "log" else Const(g.name)


# --- lengths ---


def _size(terms: list[tuple[Monomial, Fraction]]) -> int:
    """The measure of a sum in SymPy's form, see `tidy.measure`."""
    return 1 + sum(_size_of_product(m, x) for m, x in terms)


def _size_of_product(m: Monomial, c: Fraction) -> int:
    parts = [5 + _size_of_number(Fraction(m.root)) - 1] if m.root != 1 else []
    for g, e in m.powers:
        one = 3 if g.name == "log" else 1
        parts.append(one if e == 2 else one + 2 + _size_of_number(Fraction(e, 2)))
    if c != 1 or not parts:
        parts.append(_size_of_number(c))
    return sum(parts) + (len(parts) > 1)


def _size_of_number(c: Fraction) -> int:
    return 1 + max(0, abs(c.numerator).bit_length() - 10) // 7 + (c.denominator != 1)
