"""Fourier series of powers: sums of sin(m*u)/m^s and cos(m*u)/m^s over m = 1, 2, … or over the odd m, where it is known between which multiples of 2*pi u lies.

With v = u/(2*pi) - N in 0..1 the sum of cos(m*u)/m^s for even s, and of sin(m*u)/m^s for odd s, is (-1)^(1 + floor(s/2))*(2*pi)^s*B_s(v)/(2*s!) with the
Bernoulli polynomial B_s; for s = 1 the ends 0 and 1 of v are left out: there all sines are 0. The sum of cos(m*u)/m is -log(2*abs(sin(u/2))) there. (-1)^m turns u by pi, and the sum
over odd m is that over all less that over even ones, which is the same at 2*u. Source: DLMF 24.8.1, 24.8.2 and 25.2.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial
from typing import NamedTuple

from flint import fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import OO, App, Bound, Const, Symbol, Term, free_symbols, num, substitute, subterms, transform
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element

_TURNS = range(-3, 4)
_HIGHEST = 12


class _Wave(NamedTuple):
    """factor * wave(m*angle)/m^power over m = 1, 1 + step, …"""

    factor: Element
    wave: str
    angle: Element
    power: int
    step: int


def wave_series(c: Converter, t: Bound) -> Element | None:
    """The value of a sum to infinity of this kind; `None` for others, and where the place of the angle is not known."""
    if not c.field.real or not any(op in ("sin", "cos") for op in _functions(t.body)):
        return None
    read = _read(c, t)
    if read is None or not 1 <= read.power <= _HIGHEST:
        return None
    whole = _all_numbers(c, read.wave, read.angle, read.power)
    if whole is None:
        return None
    if read.step == 2:
        f = c.field
        even = _all_numbers(c, read.wave, f.mul(f.number(2), read.angle), read.power)
        if even is None:
            return None
        whole = f.sub(whole, f.mul(f.number(Fraction(1, 2**read.power)), even))
    return c.field.mul(read.factor, whole)


def valued(c: Converter, t: Term) -> Term:
    """A term with the values of its sums of this kind in their place."""
    from twofold.symbolic.normal.raising import raised

    def rule(u: Term) -> Term | None:
        found = wave_series(c, u) if isinstance(u, Bound) and u.op == "sum" and u.args[1] == OO else None
        return None if found is None else raised(c, found)

    return transform(t, rule)


def _functions(body: Term) -> set[str]:
    return {u.op for u in subterms(body) if isinstance(u, App)}


def _read(c: Converter, t: Bound) -> _Wave | None:
    """The parts of a body, counted by m."""
    from twofold.symbolic.theorems.products import powers

    k, start = t.symbols[0], rational(t.args[0])
    turned, rest = _signs(t.body, k)
    found = powers(rest, k)
    if found is None or start is None:
        return None
    f = c.field
    factor, waves, lines = f.number(1), [], []
    for base, exponent in found:
        n = rational(exponent)
        if k not in free_symbols(base):
            factor = f.mul(factor, c(app("pow", base, exponent)))
        elif isinstance(base, App) and base.op in ("sin", "cos") and n == 1:
            waves.append(base)
        else:
            lines.append((base, n))
    if len(waves) != 1 or len(lines) != 1:
        return None
    line, n = lines[0]
    step, first = _line(c, line, k), c(substitute(line, {k: num(start)})).rational()
    turn = _line(c, waves[0].args[0], k)
    if n is None or n.denominator != 1 or step is None or turn is None or step.rational() not in (1, 2) or first != 1:
        return None
    angle = f.div(turn, step)
    if not f.equal(c(substitute(waves[0].args[0], {k: num(start)})), angle):
        return None
    size = int(step.rational() or 0)
    for place in turned:
        if size != 1 or (slope := _line(c, place, k)) is None or (at := c(substitute(place, {k: num(start)})).rational()) is None:
            return None
        if slope.rational() is None or (slope.rational() or Fraction(1)).denominator != 1 or at.denominator != 1:
            return None
        if int(slope.rational() or 0) % 2:
            angle = f.add(angle, c(Const("pi")))
            at += 1  # (-1)^m is that of the angle, and 1 less than nothing at m = 1.
        factor = f.mul(factor, f.number((-1) ** int(at)))
    return _Wave(factor, waves[0].op, angle, -int(n), size)


def _signs(body: Term, k: Symbol) -> tuple[list[Term], Term]:
    """The exponents of the powers of -1 in a product, and the product without them."""
    if isinstance(body, App) and body.op in ("mul", "div"):
        left, a = _signs(body.args[0], k)
        right, b = _signs(body.args[1], k)
        return left + right, app(body.op, a, b)
    if isinstance(body, App) and body.op == "neg":
        inside, a = _signs(body.args[0], k)
        return inside, app("neg", a)
    if isinstance(body, App) and body.op == "pow" and rational(body.args[0]) == -1 and k in free_symbols(body.args[1]):
        return [body.args[1]], num(1)
    return [], body


def _line(c: Converter, t: Term, k: Symbol) -> Element | None:
    """The slope of a line in the index; `None` for others."""
    f = c.field
    at = [c(substitute(t, {k: num(j)})) for j in range(4)]
    steps = [f.sub(b, a) for a, b in zip(at, at[1:], strict=False)]
    plain = t if not isinstance(t, App) else None
    return steps[0] if all(f.equal(s, steps[0]) for s in steps) and (plain is not None or _is_line(t, k)) else None


def _is_line(t: Term, k: Symbol) -> bool:
    """Whether the index stands in sums and multiples alone."""
    if not isinstance(t, App) or k not in free_symbols(t):
        return not isinstance(t, Bound) or k not in free_symbols(t)
    if t.op in ("add", "sub", "neg"):
        return all(_is_line(a, k) for a in t.args)
    inside = [a for a in t.args if k in free_symbols(a)]
    return (t.op == "mul" or t.op == "div" and inside[0] is t.args[0]) and len(inside) == 1 and _is_line(inside[0], k)


def _all_numbers(c: Converter, wave: str, angle: Element, s: int) -> Element | None:
    """The sum over m = 1, 2, …"""
    from twofold.symbolic.normal.raising import raised

    f = c.field
    pi = c(Const("pi"))
    strict = s == 1
    around = f.mul(f.number(2), pi)
    for n in _TURNS:
        low = f.sub(angle, f.mul(f.number(n), around))
        if wave == "sin" and not low.num:
            return f.number(0)
        if _is_above(c, low, strict) and _is_above(c, f.sub(around, low), strict):
            break
    else:
        return None
    if wave == "cos" and s == 1:
        return f.neg(c(app("log", app("mul", num(2), app("sin", raised(c, f.div(low, f.number(2))))))))
    if (wave == "sin") != bool(s % 2):
        return None
    v = f.div(low, around)
    value = f.number(0)
    for j in range(s + 1):
        b = Fraction(-1, 2) if j == 1 else _fraction(fmpq.bernoulli(j))
        value = f.add(f.mul(value, v), f.number(comb(s, j) * b))
    scale = f.mul(f.power(around, s), f.number(Fraction((-1) ** (1 + s // 2), 2 * factorial(s))))
    return f.mul(scale, value)


def _fraction(q: fmpq) -> Fraction:
    return Fraction(int(q.p), int(q.q))


def _is_above(c: Converter, e: Element, strict: bool) -> bool:
    if not e.num:
        return not strict
    sign = c.signs.of(e.num) if len(e.den) == 1 else None
    if sign is None and len(e.den) == 1:
        from twofold.symbolic.asymptotic.balls import sign as of_number

        return of_number(c.field, e) == 1
    return sign == "+" or (sign == "0+" and not strict)


__all__ = ["valued", "wave_series"]
