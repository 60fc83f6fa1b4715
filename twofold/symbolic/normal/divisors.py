"""Greatest common divisors of whole-valued polynomials by Euclid's steps with whole quotients: gcd(2n + 1, n) is gcd(1, n), which is 1."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import App
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Mono, Poly
from twofold.symbolic.normal.raising import raised

_MOST_STEPS = 60


@rule("gcd", "lcm")
def _divisor(c: Converter, t: App) -> Element:
    """Of two whole-valued polynomials: their content times what Euclid's steps leave of the rest; lcm(a, b) is abs(a*b)/gcd(a, b)."""
    f = c.field
    if len(t.args) != 2 or not f.real:
        return c.function(t)
    a, b = (c(x) for x in t.args)
    if not a.num or not b.num or not all(_is_whole(c, e) for e in (a, b)):
        return c.function(t)
    content = gcd(*(int(v.p) for e in (a, b) for v in e.num.values()))
    p, q = _euclid(*(P.scaled(e.num, fmpq(1, content)) for e in (a, b)))
    rest = _value(c, p, q)
    if t.op == "gcd":
        return f.mul(f.number(content), rest)
    if rest.rational() is None:
        return c.function(t)
    size = c(app("abs", raised(c, f.mul(a, b))))
    return f.div(size, f.mul(f.number(content), rest))


def _is_whole(c: Converter, e: Element) -> bool:
    return len(e.den) == 1 and all(v.q == 1 and (not m or c.is_integer(m)) for m, v in e.num.items())


def _value(c: Converter, p: Poly, q: Poly) -> Element:
    """gcd(p, q): a number where one is 1 or both are; bounded by a number that is one of them."""
    f = c.field
    numbers = [int(e[()].p) for e in (p, q) if set(e) == {()}]
    if not p or not q:
        return c(app("abs", raised(c, Element(p or q, UNIT))))
    if 1 in map(abs, numbers):
        return f.number(1)
    if len(numbers) == 2:
        return f.number(gcd(*numbers))
    p, q = (P.scaled(x, -1) if x[max(x, key=_order)] < 0 else x for x in (p, q))
    e = c.opaque("gcd", [Element(x, UNIT).key for x in sorted((p, q), key=lambda x: sorted(map(str, x.items())))])
    ((g, _),) = next(iter(e.num))
    c.integers.add(g)
    if numbers:
        c.signs.bounds.setdefault(g, (Fraction(1), False, Fraction(abs(numbers[0])), False))
    return e


def _euclid(p: Poly, q: Poly) -> tuple[Poly, Poly]:
    """Both with multiples of the other taken away, as long as whole ones lower a term."""
    for _ in range(_MOST_STEPS):
        if not p or not q:
            break
        made = _lowered(p, q)
        if made is not None:
            p = made
            continue
        made = _lowered(q, p)
        if made is None:
            break
        q = made
    return p, q


def _lowered(p: Poly, q: Poly) -> Poly | None:
    """p without a multiple of q that takes a term of p away, or makes its coefficient smaller; `None` where there is none."""
    lead = max(q, key=_order)
    size = q[lead]
    for m in sorted(p, key=_order, reverse=True):
        factor = _quotient(m, lead)
        whole = int((p[m] / size + fmpq(1, 2)).floor())
        if factor is None or not whole or not abs(p[m] - whole * size) < abs(p[m]):
            continue
        return P.add(p, P.mul({factor: fmpq(whole)}, q), -1)
    return None


def _order(m: Mono) -> tuple[Fraction, list[tuple[int, Fraction]]]:
    """By total degree, then by the generators."""
    return Fraction(sum(k for _, k in m)), [(g, Fraction(k)) for g, k in m]


def _quotient(m: Mono, by: Mono) -> Mono | None:
    powers = dict(m)
    for g, k in by:
        powers[g] = powers.get(g, 0) - k
        if powers[g] < 0:
            return None
    return tuple(sorted((g, k) for g, k in powers.items() if k))
