"""Certified enclosures of numbers in normal form."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from twofold.grammar.term import Symbol
from twofold.symbolic.normal.field import UNIT, Element, Field, Key
from twofold.symbolic.normal.polynomials import Mono, Poly

PRECISIONS = (64, 192, 640, 2048)


class NoEnclosure(Exception):
    """A kernel that is no number, or none that can be enclosed."""


def sign(f: Field, e: Element) -> int | None:
    """The sign of a real number; `None` where no precision tells."""
    old = ctx.prec
    try:
        for bits in PRECISIONS:
            ctx.prec = bits
            try:
                x = enclosure(f, e).real
            except NoEnclosure:
                return None
            if x > 0:
                return 1
            if x < 0:
                return -1
    finally:
        ctx.prec = old
    return None


def apart(f: Field, e: Element) -> bool:
    """Whether a number, perhaps complex, is certainly not 0."""
    old = ctx.prec
    try:
        for bits in PRECISIONS[:2]:
            ctx.prec = bits
            if not enclosure(f, e).contains(0):
                return True
    except NoEnclosure:
        return False
    finally:
        ctx.prec = old
    return False


def enclosure(f: Field, e: Element) -> acb:
    """A ball around a number, to the working precision. Raises `NoEnclosure`."""
    below = _polynomial(f, e.den) if e.den is not UNIT else acb(1)
    if below.contains(0):
        raise NoEnclosure
    found = _polynomial(f, e.num) / below
    if not found.is_finite():
        raise NoEnclosure
    return found


def _polynomial(f: Field, p: Poly) -> acb:
    total = acb(0)
    for m, c in p.items():
        total += acb(arb(c)) * _monomial(f, m)
    return total


def _monomial(f: Field, m: Mono) -> acb:
    out = acb(1)
    for g, e in m:
        out *= _power(f, f.kernels[g], Fraction(e))
    return out


def _over(f: Field, mono: Mono, den: Any) -> acb:
    below = _polynomial(f, dict(den)) if den is not None else acb(1)
    if below.contains(0):
        raise NoEnclosure
    return _monomial(f, mono) / below


def _argument(f: Field, key: Any) -> acb:
    if not (isinstance(key, tuple) and len(key) == 2 and isinstance(key[0], frozenset)):
        raise NoEnclosure
    return enclosure(f, Element(dict(key[0]), dict(key[1])))


def _power(f: Field, key: Key, e: Fraction) -> acb:
    kind, exponent = key[0], arb(fmpq(e.numerator, e.denominator))
    if kind == "unit":
        return acb(exponent).exp_pi_i()
    if kind == "exp":
        return (_over(f, key[1], key[2]) * exponent).exp()
    if kind == "cis":
        return (_over(f, key[1], key[2]) * exponent * acb(0, 1)).exp()
    if kind in ("growth", "phase"):
        inside = _argument(f, key[1]) * exponent
        return (inside if kind == "growth" else inside * acb(0, 1)).exp()
    if kind in ("prime", "abs"):
        base = arb(key[1]) if kind == "prime" else abs(_polynomial(f, dict(key[1])))
        if not base > 0:
            raise NoEnclosure
        return acb((base.log() * exponent).exp())
    if kind == "cbrt":
        inside = _polynomial(f, dict(key[1]))
        base = inside.real
        if base.contains(0) or f.turns(dict(key[1])):
            raise NoEnclosure
        size = (abs(base).log() * exponent).exp()
        return acb(-size if base < 0 and e.numerator % 2 else size)
    found = _value(f, key)
    if e.denominator == 1:
        return found ** int(e)
    if not found.real > 0:
        raise NoEnclosure
    return acb((found.real.log() * exponent).exp())


def _value(f: Field, key: Key) -> acb:
    kind = key[0]
    if kind == "sym":
        made = _CONSTANTS.get(key[1]) if isinstance(key[1], str) else None
        if made is None:
            raise NoEnclosure
        return acb(made())
    if kind == "log":
        if isinstance(key[1], int):
            return acb(arb(key[1]).log())
        inside = _argument(f, key[1]) if isinstance(key[1], tuple) else _polynomial(f, dict(key[1]))
        size = abs(inside)
        if not size > 0:
            raise NoEnclosure
        return acb(size.log())
    if kind == "ipow" and key[2] == () and key[1] != "minus":
        return _polynomial(f, dict(key[1]))
    if kind == "polygamma":
        return _argument(f, key[2]).polygamma(acb(key[1])) if key[1] else _argument(f, key[2]).digamma()
    rule = _FUNCTIONS.get(kind)
    if rule is None or len(key) != 2:
        raise NoEnclosure
    return acb(rule(_argument(f, key[1]).real))


_CONSTANTS: dict[str, Callable[[], arb]] = {"pi": arb.pi, "euler_gamma": arb.const_euler, "catalan": arb.const_catalan}
_FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "sin": arb.sin, "cos": arb.cos, "atan": arb.atan, "asin": arb.asin, "erf": arb.erf, "erfi": arb.erfi, "gamma": arb.gamma,
    "loggamma": arb.lgamma, "zeta": arb.zeta, "lambertw": arb.lambertw, "Ei": arb.ei, "Si": arb.si, "Ci": arb.ci, "li": arb.li,
}  # fmt: skip


def is_number(f: Field, e: Element) -> bool:
    """Whether no names stand in an element."""
    return not any(_named(f.kernels[g]) for p in (e.num, e.den) for m in p for g, _ in m) and not any(
        _deep(f, f.kernels[g]) for p in (e.num, e.den) for m in p for g, _ in m
    )


def _named(key: Any) -> bool:
    """Whether a name stands in the description of a kernel itself."""
    if isinstance(key, Symbol):
        return True
    if isinstance(key, (tuple, frozenset)):
        return any(map(_named, key))
    return hasattr(key, "span")


def _deep(f: Field, key: Key) -> bool:
    """Whether a name stands in a kernel that a kernel is made of."""
    return any(_named(f.kernels[g]) or _deep(f, f.kernels[g]) for g in inside(key))


def inside(key: Key) -> set[int]:
    """The kernels in the monomials and polynomials of a description."""
    kind = key[0]
    monos: list[Mono] = []
    if kind in ("exp", "cis"):
        monos = [key[1], *(m for m, _ in key[2] or ())]
    elif kind in ("abs", "cbrt", "principal", "log", "ipow") and isinstance(key[1], frozenset):
        monos = [m for m, _ in key[1]] + [m for m in key[2:3] if m]
    else:
        for part in key[1:]:
            if isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], frozenset):
                monos += [m for half in part for m, _ in half]
    return {g for m in monos for g, _ in m}
