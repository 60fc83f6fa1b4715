"""Powers, roots, exponentials and logarithms as generators."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq, fmpz

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Const
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    Generator,
    Polynomial,
    Ratio,
    constant_value,
    fraction,
    key_of,
    rational,
    used,
)

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading

_LARGEST_POWER = 64


def constant(r: Reading, t: Const) -> Ratio:
    """`pi`, `e`, `euler_gamma`."""
    if t.name == "pi":
        return r.ring.gen("pi", Generator("constant", t, value=lambda: arb.pi()))
    if t.name == "euler_gamma":
        return r.ring.gen("euler_gamma", Generator("constant", t, value=lambda: arb.const_euler()))
    if t.name == "im" and r.complex:
        return r.ring.gen("im", Generator("imaginary", t))
    if t.name == "e":
        return exponential(r, rational(1))
    raise NotApplicable(f"{t.name} is not a real number")


# --- exponentials and logarithms ------------------------------------------------------------------------------------------------


def exponential(r: Reading, u: Ratio) -> Ratio:
    """exp(u) as a product of powers of exponentials of monomials; exp(q*log(w)) is w^q."""
    out = rational(1)
    for m, q, bottom in monomials(u):
        logs = [k for k, d in enumerate(m) if d and r.ring.generators[k].kind == "log"]
        if len(logs) == 1 and sum(m) == 1 and bottom is None and not r.complex:
            w = r.ring.generators[logs[0]].argument
            assert w is not None
            out = out * rational_power(r, w, q)
            continue
        key = ("exp", m, bottom)
        whole = any(m) or bottom is not None or abs(q) > _LARGEST_POWER
        step = r.ring.step(key, q if whole else Fraction(1, q.denominator))
        n = q / step
        if abs(n) > _LARGEST_POWER:
            raise NotApplicable("an exponential is raised to a large power")
        argument = Ratio(
            CONTEXT.from_dict({m: fmpq(step.numerator, step.denominator)}), ONE if bottom is None else polynomial_of(bottom)
        )
        kind = "power" if any(m) or bottom is not None else "constant"
        g = r.ring.gen((key, step), Generator(kind, None, argument, inside=r.ring.inside(argument)))
        out = out * g ** int(n)
    return out


def monomials(u: Ratio) -> list[tuple[Any, Fraction, Any]]:
    """The terms of a quotient: monomial, coefficient, and a key of the denominator (`None` for 1)."""
    bottom = None if u.bottom.is_constant() else key_of(u.bottom)
    c = constant_value(u.bottom) or Fraction(1)
    return [(tuple(map(int, m)), fraction(q) / (c if bottom is None else 1), bottom) for m, q in u.top.terms()]


def polynomial_of(key: Any) -> Polynomial:
    return CONTEXT.from_dict({m: fmpq(p, q) for m, p, q in key})


def logarithm(r: Reading, u: Ratio) -> Ratio:
    """log(u): primes and factors of known sign are split off, exponentials come out, the rest is one kernel."""
    r.require(u, ">")
    if u.top.is_zero():
        return rational(0)
    out = rational(0)
    content = Fraction(1)
    rest = rational(1)
    for p, side in ((u.top, 1), (u.bottom, -1)):
        c, factors = factored(p)
        content *= c**side
        for f, e in factors:
            k = used(f)[0]
            g = r.ring.generators[k]
            if (
                len(used(f)) == 1
                and f == CONTEXT.gen(k)
                and g.argument is not None
                and (g.kind == "power" or (g.kind == "constant" and g.argument))
            ):
                out = out + rational(side * e) * g.argument
            elif r.bounds.sign(f) == {1}:
                out = out + rational(side * e) * _log(r, Ratio(f, ONE))
            elif r.bounds.sign(f) == {-1}:
                content *= -1 if e % 2 else 1
                out = out + rational(side * e) * _log(r, Ratio(-f, ONE))
            else:
                rest = rest * Ratio(f, ONE) ** (side * e)
    if rest.value() is None:
        if content < 0:
            rest, content = -rest, -content
        out = out + log_of_rational(r, content) + _log(r, rest)
    else:
        out = out + log_of_rational(r, content * (rest.value() or 1))
    above = u - rational(1)
    if len(out.generators()) > 1 and r.bounds.sign(above.top * above.bottom) == {1}:
        r.facts.append(r.literal(out, ">"))
    return out


def _log(r: Reading, u: Ratio) -> Ratio:
    if len(used(u.top)) == 1 and u.bottom.is_constant():
        g = r.ring.generators[used(u.top)[0]]
        if (
            g.kind == "root"
            and g.argument is not None
            and u.top == CONTEXT.gen(used(u.top)[0])
            and r.bounds.sign(g.argument.top * g.argument.bottom) == {1}
        ):
            return rational(Fraction(1, g.index)) * logarithm(r, g.argument)
    return r.ring.gen(("log", u.key), Generator("log", None, u, inside=r.ring.inside(u)))


def log_of_rational(r: Reading, q: Fraction) -> Ratio:
    """log of a positive rational as a combination of logarithms of primes."""
    if q <= 0:
        return rational(0)
    out = rational(0)
    for n, sign in ((q.numerator, 1), (q.denominator, -1)):
        if n.bit_length() > 120:
            raise NotApplicable("a logarithm of a large number")
        for p, e in fmpz(n).factor() if n > 1 else []:
            prime = int(p)
            g = r.ring.gen(("log", prime), Generator("log", None, rational(prime)))
            out = out + rational(sign * int(e)) * g
    return out


# --- powers and roots -----------------------------------------------------------------------------------------------------------


def power(r: Reading, t: App) -> Ratio:
    """u^v by the kind of exponent."""
    if t.args[0].shape:
        raise NotApplicable("a power of a matrix")
    u, v = r.scalar(t.args[0]), r.scalar(t.args[1])
    q = v.value()
    if q is not None:
        if q.denominator == 1:
            if abs(q) > 4 * _LARGEST_POWER:
                raise NotApplicable("a large power")
            if q < 0:
                r.require(u, "!=")
                if u.top.is_zero():
                    return rational(0)
            return u ** int(q)
        if r.complex:
            return r.opaque(t)
        r.require(u, ">=" if q > 0 else ">")
        return rational_power(r, u, q)
    if r.bounds.sign(u.top * u.bottom) == {1} and not r.complex:
        return exponential(r, v * logarithm(r, u))
    return r.opaque(t)


def rational_power(r: Reading, u: Ratio, q: Fraction) -> Ratio:
    """u^q where u >= 0 is known (u > 0 for q < 0)."""
    if q.denominator == 1:
        return rational(0) if u.top.is_zero() and q < 0 else u ** int(q)
    if q.denominator > 12 or abs(q) > _LARGEST_POWER:
        raise NotApplicable("a root of high order")
    base = root(r, u, q.denominator)
    return rational(0) if base.top.is_zero() and q < 0 else base ** int(q.numerator)


def root(r: Reading, u: Ratio, n: int) -> Ratio:
    """The real n-th root, for even n of something that is not negative; perfect powers of known sign come out."""
    if u.top.is_zero():
        return rational(0)
    out = rational(1)
    inner = rational(1)
    content = Fraction(1)
    for p, side in ((u.top, 1), (u.bottom, -1)):
        c, factors = factored(p)
        content *= c**side
        for f, e in factors:
            whole, left = divmod(e, n)
            sign = r.bounds.sign(f)
            if whole and n % 2 == 0 and not (sign <= {0, 1} or sign <= {0, -1}):
                whole, left = 0, e
            x = Ratio(f, ONE)
            out = out * (-x if n % 2 == 0 and sign <= {0, -1} else x) ** (side * whole)
            inner = inner * x ** (side * left)
    # content = outside^n * left: the numerator and the denominator give up their n-th powers
    outside, left_over = _extract(content, n)
    out = out * rational(outside)
    inner = inner * rational(left_over)
    value = inner.value()
    if value == 1:
        return out
    if value is not None and value < 0 and n % 2 == 0:
        return rational(0)
    return out * r.ring.gen(("root", n, inner.key), Generator("root", None, inner, n, inside=r.ring.inside(inner)))


def _extract(q: Fraction, n: int) -> tuple[Fraction, Fraction]:
    """q = a^n * b with b an integer free of n-th powers."""
    if n % 2 and q < 0:
        a, b = _extract(-q, n)
        return -a, b
    sign = -1 if q < 0 else 1
    top, bottom = abs(q.numerator) * q.denominator ** (n - 1), q.denominator
    if top.bit_length() > 160:
        return Fraction(1), q
    a, b = 1, 1
    for p, e in fmpz(top).factor() if top > 1 else []:
        a *= int(p) ** (int(e) // n)
        b *= int(p) ** (int(e) % n)
    return Fraction(a, bottom), Fraction(sign * b)


def _sqrt(r: Reading, t: App) -> Ratio:
    u = r.scalar(t.args[0])
    value = u.value()
    if r.complex and (value is None or value < 0):
        return r.ring.gen(("root", 2, u.key), Generator("root", None, u, 2, inside=r.ring.inside(u)))
    r.require(u, ">=")
    return root(r, u, 2)


def _root(r: Reading, t: App) -> Ratio:
    n = r.scalar(t.args[1]).value() if len(t.args) > 1 else Fraction(3)
    if n is None or n.denominator != 1 or not 1 < n <= 12:
        return r.opaque(t)
    u = r.scalar(t.args[0])
    if n % 2 == 0:
        r.require(u, ">=")
    return root(r, u, int(n))


def _of(f: Callable[[Reading, Ratio], Ratio]) -> Callable[[Reading, App], Ratio]:
    return lambda r, t: f(r, r.scalar(t.args[0]))


RULES: dict[str, Callable[[Reading, App], Ratio]] = {
    "exp": _of(exponential),
    "log": _of(logarithm),
    "sqrt": _sqrt,
    "cbrt": _of(lambda r, u: root(r, u, 3)),
    "root": _root,
}
