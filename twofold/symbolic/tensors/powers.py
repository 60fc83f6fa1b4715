"""Powers of index expressions with rational exponents, and what comes out of a power of a sum."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from twofold.symbolic.tensors.algebra import build, multiplied_out, multiply, product, scale
from twofold.symbolic.tensors.label import components
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Call,
    Delta,
    Factor,
    Monomial,
    Number,
    Poly,
    Unsupported,
    constant,
    scalar,
    single,
)
from twofold.symbolic.tensors.signs import always_nonnegative, always_positive


def power(base: Poly, e: Number) -> Poly:
    """A rational power: `b^e` over the reals, where it is defined."""
    if e == 1:
        return base
    if e == 0:
        return ONE
    if not base.terms:
        if e > 0:
            return ZERO
        raise Unsupported("division by zero")
    if multiplied_out(base, e):
        half = power(base, int(e) // 2)
        square = multiply(half, half)
        return multiply(square, base) if e % 2 else square
    if len(base.terms) == 1:
        return _power_of_product(base.terms[0], e)
    outside, rest = content(base, e)
    group = single(Call("group", (scalar(rest),)), e)
    return multiply(outside, group) if outside.ident != ONE.ident else group


def _power_of_product(term: tuple[Monomial, Number], e: Number) -> Poly:
    m, c = term
    whole = e == int(e)
    found: list[Poly] = []
    stuck: list[Poly] = []
    for linked, inside in components(m.powers, m.bound):
        if linked:
            part = Poly(((Monomial(tuple(linked), tuple(inside)), 1),))
            free = whole or always_nonnegative(part)
            (found if free else stuck).append(single(Call("group", (scalar(part),)), e) if free else part)
            continue
        f, k = inside[0]
        if whole or k != int(k) or always_nonnegative(single(f)):
            found.append(_factor_power(f, k * e))
        elif k % 2 == 0:
            found.append(_factor_power(Call("abs", (scalar(single(f)),)), k * e))
        else:
            stuck.append(single(f, k))
    if stuck:
        rest = product(stuck)
        found.append(number_power(abs(c), e))
        found.append(single(Call("group", (scalar(scale(rest, 1 if c > 0 else -1)),)), e))
    else:
        found.append(number_power(c, e))
    return product(found)


def _factor_power(f: Factor, e: Number) -> Poly:
    """`f^e` where the exponents of a power of a power may be multiplied."""
    return build(1, (), ((f, e),))


def number_power(c: Number, e: Number) -> Poly:
    """A power of a rational number, roots kept as powers of primes between 0 and 1."""
    if e == int(e):
        return constant(Fraction(c) ** int(e))
    if c < 0:
        raise Unsupported("a root of a negative number")
    value = Fraction(c)
    out = ONE
    for n, sign in ((value.numerator, 1), (value.denominator, -1)):
        for p, k in primes(n):
            out = multiply(out, build(1, (), ((Call("group", (scalar(constant(p)),)), sign * k * e),)))
    return out


def primes(n: int) -> list[tuple[int, int]]:
    """The prime factors of a number; what is left after trial division to a thousand is kept whole."""
    found = []
    p = 2
    while p * p <= n and p < 1000:
        k = 0
        while n % p == 0:
            n //= p
            k += 1
        if k:
            found.append((p, k))
        p += 1
    if n > 1:
        found.append((n, 1))
    return found


def content(poly: Poly, e: Number) -> tuple[Poly, Poly]:
    """What comes out of a power of a sum: the common factors to the power e, and the sum without them (whole, with no common
    divisor).
    """
    whole = e == int(e)
    numbers = [Fraction(c) for _, c in poly.terms]
    common = Fraction(reduce(gcd, [c.numerator for c in numbers]), reduce(lcm, [c.denominator for c in numbers]))
    if whole and leading(poly) < 0:
        common = -common
    least: dict[Factor, Number] = {}
    loose = [{f: k for f, k in m.powers if f.indices.isdisjoint(m.bound)} for m, _ in poly.terms]
    for f in {f for part in loose for f in part}:
        k = min(part.get(f, 0) for part in loose)
        if k and (whole or always_positive(single(f))) and not isinstance(f, Delta):
            least[f] = k
    if common == 1 and not least:
        return ONE, poly
    inverse = Poly(((Monomial((), tuple((f, -k) for f, k in least.items())), 1 / common),))
    outside = product([number_power(common, e), *[_factor_power(f, k * e) for f, k in least.items()]])
    return outside, multiply(poly, inverse)


def leading(poly: Poly) -> Number:
    """The coefficient of the term that comes first, whatever the free indices are called."""
    blank = dict.fromkeys(poly.indices, "?")
    return min(poly.terms, key=lambda t: (t[0].key(blank, 0), t[0].ident))[1]
