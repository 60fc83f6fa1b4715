"""Polygammas, harmonic numbers, zeta values and polylogarithms in normal form.

Arguments are reflected, multiplied out and shifted as those of the gamma function are. Sources: DLMF 5.5, 5.15 (recurrence, reflection,
multiplication), 25.6, 25.12 (special values).
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from flint import fmpq

from twofold.grammar.term import App, Const, num
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.exponentials import circular
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import logarithm

FAR = 60
HALF = Fraction(1, 2)


def constant_part(u: Element) -> Fraction:
    """The rational term of an element."""
    c = u.num.get((), fmpq(0)) if len(u.den) == 1 else fmpq(0)
    return Fraction(int(c.p), int(c.q))


def whole_shift(u: Element) -> int:
    """The whole number by which an element exceeds one with a rational term in (0, 1]."""
    shift = constant_part(u)
    return int(-(-shift // 1)) - 1 if shift.denominator == 1 else int(shift // 1)


def turned(u: Element) -> bool:
    """Whether what varies in an element has a negative leading coefficient."""
    return len(u.den) == 1 and P.leading_sign({m: v for m, v in u.num.items() if m != ()} or u.num) < 0


@rule("digamma")
def _digamma(c: Converter, t: App) -> Element:
    return polygamma_of(c, 0, c(t.args[0]))


@rule("polygamma")
def _polygamma(c: Converter, t: App) -> Element:
    order = c(t.args[0]).rational()
    if order is None or order.denominator != 1 or not 0 <= order <= 40:
        return c.function(t)
    return polygamma_of(c, int(order), c(t.args[1]))


def polygamma_of(c: Converter, m: int, u: Element) -> Element:
    """psi^(m)(u) over the argument that reflection, multiplication and shifts leave."""
    from twofold.symbolic.normal.specials import step

    f = c.field
    r = u.rational()
    if r is not None and r.denominator == 1 and r <= 0:
        return c.opaque("polygamma", [m, u.key])
    if r is None and turned(u) and m <= 4:
        return _reflected(c, m, u)
    if r is None and 1 < (k := step(u)) <= 6:
        v = f.mul(u, f.number(Fraction(1, k)))
        parts = [polygamma_of(c, m, f.add(v, f.number(Fraction(j, k)))) for j in range(k)]
        out = f.mul(f.number(Fraction(1, k ** (m + 1))), f.sum(parts))
        return f.add(out, logarithm(c, f.number(k))) if m == 0 else out
    whole = whole_shift(u)
    if abs(whole) > FAR:
        return c.opaque("polygamma", [m, u.key])
    base = f.sub(u, f.number(whole))
    out = _core(c, m, base)
    term = f.number(Fraction((-1) ** m * factorial(m)))
    for j in range(abs(whole)):
        part = f.div(term, f.power(f.add(base, f.number(j if whole > 0 else -j - 1)), m + 1))
        out = f.add(out, part) if whole > 0 else f.sub(out, part)
    return out


def _core(c: Converter, m: int, base: Element) -> Element:
    """psi^(m) at an argument with a rational term in (0, 1]."""
    f = c.field
    r = base.rational()
    if r in (1, HALF):
        if m == 0:
            euler = f.neg(f.atom(("sym", "euler_gamma")))
            return euler if r == 1 else f.sub(euler, f.mul(f.number(2), logarithm(c, f.number(2))))
        weight = (-1) ** (m + 1) * factorial(m) * (1 if r == 1 else 2 ** (m + 1) - 1)
        return f.mul(f.number(weight), zeta_of(c, m + 1))
    if m == 0 and r in _GAUSS:
        return _gauss(c, *_GAUSS[r])
    if r is not None and r > HALF and r.denominator <= 24 and m <= 4:
        return _reflected(c, m, base)
    return c.opaque("polygamma", [m, base.key])


_GAUSS = {
    Fraction(1, 3): (Fraction(1, 6), 3, {3: Fraction(3, 2)}),
    Fraction(1, 4): (HALF, 1, {2: Fraction(3)}),
    Fraction(1, 6): (HALF, 3, {2: Fraction(2), 3: Fraction(3, 2)}),
}
"""psi at a number is -euler_gamma - p*pi*sqrt(n) less multiples of logarithms of primes (Gauss; DLMF 5.4.19)."""


def _gauss(c: Converter, p: Fraction, n: int, logs: dict[int, Fraction]) -> Element:
    f = c.field
    root = f.number(1) if n == 1 else c(App("sqrt", (num(n),)))
    turn = f.mul(f.mul(f.number(p), root), c(Const("pi")))
    out = f.add(f.atom(("sym", "euler_gamma")), turn)
    for q, k in logs.items():
        out = f.add(out, f.mul(f.number(k), logarithm(c, f.number(q))))
    return f.neg(out)


def _reflected(c: Converter, m: int, u: Element) -> Element:
    """psi^(m)(u) = (-1)^m (psi^(m)(v) + d^m/dv^m pi*cot(pi*v)) at v = 1 - u."""
    f = c.field
    v, pi = f.sub(f.number(1), u), c(Const("pi"))
    cos, sin = circular(c, f.mul(pi, v))
    if not f.zeroed(sin.num):
        return c.opaque("polygamma", [m, u.key])
    cot = f.div(cos, sin)
    r = [0, 1]  # Coefficients of the derivative in powers of the cotangent, whose own derivative is -pi*(1 + cot^2).
    for _ in range(m):
        d = [k * x for k, x in enumerate(r)][1:]
        r = [-(a + b) for a, b in zip([*d, 0, 0], [0, 0, *d], strict=True)]
    total = f.sum([f.mul(f.number(x), f.power(cot, k)) for k, x in enumerate(r) if x])
    out = f.add(polygamma_of(c, m, v), f.mul(f.power(pi, m + 1), total))
    return f.neg(out) if m % 2 else out


@rule("harmonic")
def _harmonic(c: Converter, t: App) -> Element:
    if len(t.args) > 1:
        return c.function(t)
    f = c.field
    return f.add(polygamma_of(c, 0, f.add(c(t.args[0]), f.number(1))), f.atom(("sym", "euler_gamma")))


@rule("zeta")
def _zeta(c: Converter, t: App) -> Element:
    """Whole arguments but odd ones above 1; Hurwitz's function of a whole order is a polygamma."""
    r = c(t.args[0]).rational()
    if r is None or r.denominator != 1 or abs(r) > FAR or r == 1:
        return c.function(t)
    n = int(r)
    if len(t.args) == 1:
        return zeta_of(c, n)
    if n < 2 or not c.field.real:
        return c.function(t)
    return c.field.mul(c.field.number(Fraction((-1) ** n, factorial(n - 1))), polygamma_of(c, n - 1, c(t.args[1])))


def zeta_of(c: Converter, n: int) -> Element:
    """zeta(n): zeta(2m) = (-1)^(m+1) B_2m (2 pi)^(2m) / (2 (2m)!), zeta(-n) = (-1)^n B_(n+1)/(n+1)."""
    f = c.field
    if n <= 0:
        b = fmpq.bernoulli(1 - n)
        return f.number(Fraction((-1) ** -n * int(b.p), int(b.q) * (1 - n)))
    if n % 2:
        return c.opaque("zeta", [f.number(n).key])
    b = fmpq.bernoulli(n)
    value = Fraction(int(b.p), int(b.q)) * (-1) ** (n // 2 + 1) * 2 ** (n - 1) / factorial(n)
    return f.mul(f.number(value), f.power(c(Const("pi")), n))


@rule("polylog")
def _polylog(c: Converter, t: App) -> Element:
    """Orders up to 1 are elementary; values at 0, 1, -1 and 1/2."""
    f = c.field
    order, z = c(t.args[0]).rational(), c(t.args[1])
    if order is None or order.denominator != 1 or not -20 <= order <= FAR:
        return c.function(t)
    s, r = int(order), z.rational()
    one = f.number(1)
    if not z.num:
        return f.number(0)
    if s == 1:
        return f.neg(logarithm(c, f.sub(one, z))) if f.real else c.function(t)
    if s < 1:
        if r == 1:
            return c.function(t)
        w = [-1, 1]  # Coefficients in powers of w = 1/(1 - z), for which z*dw/dz = w^2 - w.
        for _ in range(-s):
            d = [k * x for k, x in enumerate(w)][1:]
            w = [a - b for a, b in zip([0, 0, *d], [0, *d, 0], strict=True)]
        inverse = f.div(one, f.sub(one, z))
        return f.sum([f.mul(f.number(x), f.power(inverse, k)) for k, x in enumerate(w) if x])
    if r == 1:
        return zeta_of(c, s)
    if r == -1:
        return f.mul(f.number(Fraction(2, 2**s) - 1), zeta_of(c, s))
    if r == HALF and s in (2, 3):
        log = logarithm(c, f.number(2))
        if s == 2:
            return f.mul(f.number(HALF), f.sub(zeta_of(c, 2), f.power(log, 2)))
        parts = [(Fraction(7, 8), zeta_of(c, 3)), (-HALF, f.mul(zeta_of(c, 2), log)), (Fraction(1, 6), f.power(log, 3))]
        return f.sum([f.mul(f.number(q), e) for q, e in parts])
    return c.opaque("polylog", [f.number(s).key, z.key])
