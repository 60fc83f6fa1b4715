"""Literals with kernels to formulas with fewer of them: cases are split, square roots squared away, logarithms exponentiated.

Every step is an equivalence at points where the literal's parts are defined (the conditions stand beside the literal). For
square roots: V. Weispfenning, "Quantifier elimination for real algebra: the quadratic case and beyond" (1997).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from twofold.catalogue.method import NotApplicable
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.formula import Formula, atom, both, either
from twofold.symbolic.equations.gaussian import gaussian_factors
from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    ZERO,
    Polynomial,
    Ratio,
    coefficients,
    constant,
    constant_value,
    fraction,
    rational,
    used,
)

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading

_MOST_ROOTS = 3
_MOST_FACTORS = 3
_LARGEST_EXPONENT = 40
_MOST_SUMMANDS = 12


def literal(r: Reading, p: Polynomial, relation: str) -> Formula:
    """The formula of `p relation 0`."""
    p = reduced(r, p)
    if constant_value(p) is not None:
        return atom(p, relation)
    if r.complex:
        return _gaussian(r, p, relation)
    found = _outermost(r, p, "cases")
    if found is not None:
        return either(*(both(f, _with(r, p, found, u, relation)) for f, u in r.ring.generators[found].options))
    if r.mode == "exponential":
        made = _exponentiated(r, p, relation)
        if made is not None:
            return made
    if r.mode == "logarithmic":
        made = _taken(r, p, relation)
        if made is not None:
            return made
    roots = [k for k in used(p) if r.ring.generators[k].kind == "root"]
    if roots and len(roots) <= _MOST_ROOTS:
        made = _by_factors(r, p, relation) or _unrooted(r, p, relation)
        if made is not None:
            return made
    return atom(p, relation)


def _gaussian(r: Reading, p: Polynomial, relation: str) -> Formula:
    """A literal by the factors of its polynomial over the rationals with the imaginary unit."""
    imaginary = r.ring.keys.get("im")
    if imaginary is None or len(p) > 40:
        return atom(p, relation)
    parts = gaussian_factors(p, imaginary)
    return either(*(atom(f, "=") for f in parts)) if relation == "=" else both(*(atom(f, "!=") for f in parts))


def reduced(r: Reading, p: Polynomial) -> Polynomial:
    """Squares of sines and whole powers of roots with a polynomial argument replaced; the sign of the polynomial stays."""
    for k in used(p):
        g = r.ring.generators[k]
        if g.kind == "sin":
            c = CONTEXT.gen(_cosine(r, k))
            row = coefficients(p, k)
            if len(row) > 2:
                p = sum((x * CONTEXT.gen(k) ** (d % 2) * (ONE - c * c) ** (d // 2) for d, x in enumerate(row)), ZERO)
        elif g.kind == "imaginary":
            row = coefficients(p, k)
            if len(row) > 2:
                p = sum((x * CONTEXT.gen(k) ** (d % 2) * (-1) ** (d // 2) for d, x in enumerate(row)), ZERO)
        elif g.kind == "root":
            assert g.argument is not None
            row = coefficients(p, k)
            if len(row) > g.index:
                n, s = g.index, CONTEXT.gen(k)
                top = (len(row) - 1) // n
                a, b = g.argument.top, g.argument.bottom
                if top % 2 and not b.is_constant():
                    top += 1
                p = sum((x * s ** (d % n) * a ** (d // n) * b ** (top - d // n) for d, x in enumerate(row)), ZERO)
    return p


def _cosine(r: Reading, sine: int) -> int:
    """The generator of the cosine of the same angle."""
    key = next(key for key, k in r.ring.keys.items() if k == sine)
    return r.ring.keys[("cos", *key[1:])]


def _outermost(r: Reading, p: Polynomial, kind: str) -> int | None:
    """A generator of a kind that stands in no argument of another one in the polynomial."""
    found = [k for k in used(p) if r.ring.generators[k].kind == kind]
    inner = {j for k in used(p) for j in r.ring.generators[k].inside}
    return next((k for k in found if k not in inner), None)


def substituted(p: Polynomial, k: int, u: Ratio) -> Ratio:
    """A polynomial with a quotient in the place of a generator."""
    out = rational(0)
    for x in reversed(coefficients(p, k)):
        out = out * u + Ratio(x, ONE)
    return out


def _with(r: Reading, p: Polynomial, k: int, u: Ratio, relation: str) -> Formula:
    made = substituted(p, k, u)
    return r.literal(made, relation)


# --- logarithms -----------------------------------------------------------------------------------------------------------------


def _exponentiated(r: Reading, p: Polynomial, relation: str) -> Formula | None:
    """`n1 log(u1) + … + rest relation 0` as `u1^n1 … exp(rest) relation 1`."""
    logs = [k for k in used(p) if r.ring.generators[k].kind == "log"]
    if not logs or any(p.degrees()[k] > 1 for k in logs):
        return None
    rest = p
    parts: list[tuple[int, Fraction]] = []
    for k in logs:
        row = coefficients(rest, k)
        q = constant_value(row[1])
        if q is None:
            return None
        parts.append((k, q))
        rest = row[0]
    if any(r.ring.generators[k].kind in ("root", "cases") for k in used(rest)):
        return None
    scale = 1
    for _, q in parts:
        scale = scale * q.denominator // _gcd(scale, q.denominator)
    # With one logarithm of a number only (x == log(2)) the term of the unknown is made whole instead.
    if any(abs(q * scale) > _LARGEST_EXPONENT for _, q in parts):
        return None
    from twofold.symbolic.equations.kernels import exponential

    total = exponential(r, Ratio(rest * constant(Fraction(scale)), ONE))
    for k, q in parts:
        u = r.ring.generators[k].argument
        assert u is not None
        total = total * u ** int(q * scale)
    return r.literal(total - rational(1), relation)


def _taken(r: Reading, p: Polynomial, relation: str) -> Formula | None:
    """`c1 exp(u) - c2 exp(v) relation 0` as `log(c1) + u - log(c2) - v relation 0`; so for any term against the sum of all others, where
    both are positive by what is known of their generators."""
    from twofold.symbolic.equations.kernels import logarithm

    if len(p) > _MOST_SUMMANDS or not any(r.ring.generators[k].kind == "power" for k in used(p)):
        return None
    for m, c in p.terms() if len(p) > 1 else []:
        one = CONTEXT.from_dict({m: c})
        sign = 1 if fraction(c) > 0 else -1
        others = one - p
        if r.bounds.sign(one) == r.bounds.sign(others) == {sign}:
            difference = logarithm(r, Ratio(sign * one, ONE)) - logarithm(r, Ratio(sign * others, ONE))
            return r.literal(difference if sign > 0 else -difference, relation)
    return None


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


# --- roots ----------------------------------------------------------------------------------------------------------------------


def _by_factors(r: Reading, p: Polynomial, relation: str) -> Formula | None:
    """A literal of higher degree in a root by its factors: cbrt(x)^2 - 4 is (cbrt(x) - 2)(cbrt(x) + 2)."""
    k = _outermost(r, p, "root")
    if k is None:
        return None
    p, k = _in_one_root(r, p, k)
    if len(coefficients(p, k)) < 3:
        return None
    c, factors = factored(p)
    if not 1 < len(factors) <= _MOST_FACTORS:
        return None
    if relation == "=":
        return either(*(literal(r, f, "=") for f, _ in factors))
    if relation == "!=":
        return both(*(literal(r, f, "!=") for f, _ in factors))
    wanted = 1 if relation[0] == ">" else -1
    odd = [f for f, e in factors if e % 2]
    cases = [signs for signs in product((1, -1), repeat=len(odd)) if prod(signs) * (1 if c > 0 else -1) == wanted]
    strict = either(*(both(*(literal(r, f, ">" if s > 0 else "<") for f, s in zip(odd, signs, strict=True))) for signs in cases))
    even = [literal(r, f, "!=") for f, e in factors if e % 2 == 0]
    if "=" not in relation:
        return both(strict, *even)
    return either(strict, *(literal(r, f, "=") for f, _ in factors))


def _in_one_root(r: Reading, p: Polynomial, k: int) -> tuple[Polynomial, int]:
    """A polynomial with powers of the highest root of a name for the name itself and for its other roots: x - x^(2/3) is s^3 - s^2."""
    argument = r.ring.generators[k].argument
    if (
        argument is None
        or not argument.bottom.is_one()
        or len(used(argument.top)) != 1
        or argument.top != CONTEXT.gen(used(argument.top)[0])
    ):
        return p, k
    alike = {j: g.index for j in used(p) if (g := r.ring.generators[j]).kind == "root" and g.argument == argument}
    best = max(alike, key=lambda j: alike[j])
    s, n = CONTEXT.gen(best), alike[best]
    if any(n % m for m in alike.values()):
        return p, k
    for j, power in (*((j, n // m) for j, m in alike.items() if j != best), (used(argument.top)[0], n)):
        p = substituted(p, j, Ratio(s**power, ONE)).top
    return p, best


def _unrooted(r: Reading, p: Polynomial, relation: str) -> Formula | None:
    """A literal `a + b*s^d relation 0` with an outermost root s, without it."""
    k = _outermost(r, p, "root")
    if k is None:
        return None
    g = r.ring.generators[k]
    row = coefficients(p, k)
    if len(row) < 2 or any(not c.is_zero() for c in row[1:-1]) or g.argument is None:
        return None
    a, b, d = row[0], row[-1], len(row) - 1
    top, bottom = g.argument.top**d, g.argument.bottom**d
    if g.index % 2:
        n = g.index
        made = Ratio(a, ONE) ** n + Ratio(b, ONE) ** n * Ratio(top, bottom)
        return r.literal(made, relation)
    # s^d = root(top/bottom, n) is not negative: the sign of a + b*s^d follows from those of a, b and a^n - b^n*top/bottom
    n = g.index
    square = (a**n * bottom - b**n * top) * bottom
    if len(square) > 400:
        raise NotApplicable("a root leads to a long polynomial")

    def of(q: Polynomial, rel: str) -> Formula:
        return literal(r, q, rel)

    if relation == "=":
        return both(of(square, "="), of(a * b, "<="))
    if relation == "!=":
        return either(of(square, "!="), of(a * b, ">"))
    if relation in (">", ">="):
        a, b = -a, -b
    if relation in ("<", ">"):
        return either(both(of(a, "<"), of(square, ">")), both(of(b, "<="), either(of(a, "<"), of(square, "<"))))
    return either(both(of(a, "<="), of(square, ">=")), both(of(b, "<="), of(square, "<=")))
