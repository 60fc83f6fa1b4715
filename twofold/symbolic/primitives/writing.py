"""Sums with rational coefficients, and polynomials, as a person writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, TypeAlias

from twofold.catalogue.summands import summands
from twofold.grammar.term import App, Num, Term, num
from twofold.symbolic.arithmetic import ONE, ZERO, minus, negate, over, plus, power, times
from twofold.symbolic.weight import weight

Part: TypeAlias = tuple[Fraction, Term]
"""A coefficient with what it stands before."""


def fraction(q: Any) -> Fraction:
    """A rational of FLINT."""
    return Fraction(int(q.p), int(q.q))


def app(op: str, *args: Term) -> App:
    """A function of scalars."""
    return App(op, args)


def scaled(q: Fraction, t: Term) -> Term:
    """q*t, with a denominator below the bar: 2*x/3; of a quotient the denominators go together: 1/(2*x^2)."""
    if t == ONE:
        return Num(q)
    if q < 0:
        return negate(scaled(-q, t))
    if isinstance(t, App) and t.op == "div" and not isinstance(t.args[0], Num):
        return over(times(num(q.numerator), t.args[0]), times(num(q.denominator), t.args[1]))
    if isinstance(t, App) and t.op == "div" and isinstance(t.args[0], Num):
        top = q * t.args[0].value
        return over(num(top.numerator), times(num(top.denominator), t.args[1]))
    return over(before(num(q.numerator), t), num(q.denominator))


def before(c: Term, t: Term) -> Term:
    """A whole number in front of the first factor: 3*x*sin(x)."""
    if isinstance(t, App) and t.op == "mul" and c != ONE:
        return App("mul", (before(c, t.args[0]), t.args[1]))
    return times(c, t)


def content(numbers: Sequence[Fraction]) -> Fraction:
    """The largest positive rational that all are whole multiples of."""
    if not numbers:
        return Fraction(1)
    return Fraction(gcd(*(q.numerator for q in numbers)), lcm(*(q.denominator for q in numbers)))


def total(parts: Sequence[Part]) -> Term:
    """The sum, the first positive part in front: with each coefficient by its part, or what they share in front of all or below the bar."""
    kept = [(q, t) for q, t in _together(parts) if q]
    if not kept:
        return ZERO
    if len(kept) == 1:
        return scaled(*kept[0])
    if all(q < 0 for q, _ in kept) and not all(isinstance(t, Num) for _, t in kept):
        return negate(total([(-q, t) for q, t in kept]))
    plain = _sum(kept)
    shared = content([q for q, _ in kept])
    if shared == 1:
        return plain
    inner = _sum([(q / shared, t) for q, t in kept])
    together = scaled(shared, inner)
    gain = weight(plain) - weight(together)
    broken = sum(q.denominator > 1 for q, _ in kept)
    return together if gain > 0 or gain >= -1 and len(kept) > 2 and 3 * broken >= 2 * len(kept) else plain


def _together(parts: Sequence[Part]) -> list[Part]:
    found: dict[Term, Fraction] = {}
    for q, t in parts:
        if isinstance(t, Num):
            q, t = q * t.value, ONE
        found[t] = found.get(t, Fraction(0)) + q
    return [(q, t) for t, q in found.items()]


def _sum(parts: Sequence[Part]) -> Term:
    rows = list(parts)
    first = next((k for k, (q, _) in enumerate(rows) if q > 0), 0)
    rows.insert(0, rows.pop(first))
    out: Term = ZERO
    for q, t in rows:
        out = plus(out, scaled(q, t)) if q > 0 else minus(out, scaled(-q, t))
    return out


def joined(parts: Iterable[tuple[int, Term]]) -> Term:
    """A sum of sums as one, term after term, a positive one in front."""
    flat = [pair for sign, t in parts for pair in summands(t, sign)]
    first = next((k for k, (sign, _) in enumerate(flat) if sign > 0), 0)
    flat.insert(0, flat.pop(first))
    out: Term = ZERO
    for sign, t in flat:
        out = plus(out, t) if sign > 0 else minus(out, t)
    return out


def monomial(x: Term, k: int) -> Term:
    """x^k, below the bar for a negative exponent; of an exponential or a power one of the same kind."""
    if isinstance(x, App) and x.op == "exp":
        return ONE if k == 0 else App("exp", (scaled(Fraction(k), x.args[0]),))
    if k < 0:
        return over(ONE, monomial(x, -k))
    if isinstance(x, App) and x.op == "sqrt" and k % 2 == 0:
        return power(x.args[0], num(k // 2)) if k else ONE
    if isinstance(x, App) and x.op == "pow" and isinstance(x.args[1], Num) and k:
        return power(x.args[0], Num(k * x.args[1].value))
    return ONE if k == 0 else power(x, num(k))


def polynomial(p: Any, x: Term) -> Term:
    """A polynomial as a sum of its terms, the highest power first."""
    return _sum([(fraction(c), monomial(x, k)) for k, c in reversed(list(enumerate(p.coeffs()))) if c]) if p else ZERO


def primitive(p: Any, x: Term) -> Part:
    """A polynomial other than 0 as a rational times x^m times a sum with whole coefficients without common factors, its leading one positive."""
    rows = [fraction(c) for c in p.coeffs()]
    low = next(k for k, c in enumerate(rows) if c)
    shared = content([c for c in rows if c])
    if rows[-1] < 0:
        shared = -shared
    inner = [(c / shared, monomial(x, k - low)) for k, c in enumerate(rows) if c]
    if len(inner) == 1:
        return shared, monomial(x, low)
    return shared, times(monomial(x, low), _sum(inner[::-1]))


def factored(p: Any, x: Term) -> Term:
    """A polynomial with its content and its power of x in front."""
    if not p:
        return ZERO
    shared, t = primitive(p, x)
    return scaled(shared, t)


def one_bar(t: Term) -> Term:
    """A term whose products and quotients have one fraction bar and one number each, without factors both above and below it."""
    if not isinstance(t, App) or t.shape:
        return t
    if t.op == "neg":
        return negate(one_bar(t.args[0]))
    if t.op == "pow" and t.args[1] == Num(Fraction(1, 2)):
        return App("sqrt", (one_bar(t.args[0]),))
    if t.op not in ("mul", "div"):
        return App(t.op, tuple(map(one_bar, t.args)), t.shape, t.sort)
    number, above, below = _factors(t)
    for f in list(below):
        if f in above:
            above.remove(f)
            below.remove(f)
    top, under = _product(abs(number.numerator), above), _product(number.denominator, below)
    made = top if under == ONE else over(top, under)
    return negate(made) if number < 0 else made


def _factors(t: Term) -> tuple[Fraction, list[Term], list[Term]]:
    """The number in a product or quotient, and the factors above and below its bar."""
    if isinstance(t, Num):
        return t.value, [], []
    if isinstance(t, App) and not t.shape and t.op == "neg":
        number, above, below = _factors(t.args[0])
        return -number, above, below
    if isinstance(t, App) and not t.shape and t.op in ("mul", "div"):
        (p, above, below), (q, other, under) = map(_factors, t.args)
        if t.op == "mul":
            return p * q, above + other, below + under
        return (p / q, above + under, below + other) if q else (p, above, [*below, t.args[1]])
    return Fraction(1), [one_bar(t)], []


def _product(n: int, factors: Sequence[Term]) -> Term:
    out: Term = num(n)
    for f in factors:
        out = times(out, f) if isinstance(out, Num) else App("mul", (out, f))
    return out
