"""Functions of balls that decide something: absolute values, signs, rounding, extremes, the parts of complex numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, arb, fmpq

from twofold.numeric.balls import Balls, separated, up, whole
from twofold.numeric.outcomes import Undefined, Unresolved

Scalar = Any


def _abs(m: Balls, a: Scalar) -> Scalar:
    if type(a) is acb:
        if m.mode != "analytic":
            return abs(a)
        if m.reading == "complex":
            raise Unresolved("a modulus is not analytic")
        return m.finite(a.real_abs(analytic=True), "abs")
    return abs(a)


def _sign(m: Balls, a: Scalar) -> Scalar:
    if type(a) is acb:
        if m.mode == "analytic":
            return m.finite(a.real_sgn(analytic=True), "sign")
        return m.tidy(m.div_(a, abs(a)))
    if m.is_zero(a):
        return m.zero
    if a > 0:
        return m.one
    if a < 0:
        return -m.one
    return a.sgn()  # encloses -1, 0 and 1


def _floor(m: Balls, a: Scalar) -> Scalar:
    return _rounded(m, a, "floor")


def _ceil(m: Balls, a: Scalar) -> Scalar:
    return _rounded(m, a, "ceil")


def _rounded(m: Balls, a: Scalar, way: str) -> Scalar:
    if type(a) is fmpq:
        return fmpq(getattr(a, way)())
    if type(a) is acb:
        if m.mode != "analytic":
            raise Undefined(f"{way} of a complex number")
        return m.finite(getattr(a, f"real_{way}")(analytic=True), way)
    out = getattr(a, way)()  # at a jump it encloses the values on both sides
    n = whole(out)
    return out if n is None else fmpq(n)


def _extreme(largest: bool) -> Callable[..., Scalar]:
    def pick(m: Balls, *args: Scalar) -> Scalar:
        out = args[0]
        for a in args[1:]:
            if type(a) is fmpq and type(out) is fmpq:
                out = (a if a > out else out) if largest else (a if a < out else out)
                continue
            x, y = up(out), up(a)
            if type(x) is acb or type(y) is acb:
                gap = m.compared(x) - m.compared(y)
                if not (gap > 0 or gap < 0):
                    raise Unresolved("which of two numbers is larger")
                out = out if (gap > 0) == largest else a
            else:
                out = x.max(y) if largest else x.min(y)
        return out

    return pick


def _mod(m: Balls, a: Scalar, b: Scalar) -> Scalar:
    if m.is_zero(b):
        raise Undefined("mod by zero")
    return m.sub_(a, m.mul_(b, _rounded(m, m.div_(a, b), "floor")))


def _sqrt(m: Balls, a: Scalar) -> Scalar:
    if m.mode == "interval" and isinstance(a, arb) and not a < 0 and a.contains(0):
        # A piece of a range that ends at a zero of the radicand: the values that exist are enclosed, and whether all do is looked at by who asked.
        m.partial = True
        return m.finite(acb(a).real_sqrt().real if m.reading == "real" else acb(a).sqrt(), "sqrt")
    return m.pow_(a, fmpq(1, 2))


def _re(m: Balls, a: Scalar) -> Scalar:
    return _part(m, a, "real")


def _im(m: Balls, a: Scalar) -> Scalar:
    return _part(m, a, "imag") if type(a) is acb else m.zero


def _conjugate(m: Balls, a: Scalar) -> Scalar:
    return _part(m, a, "conjugate")


def _part(m: Balls, a: Scalar, part: str) -> Scalar:
    if type(a) is not acb:
        return a
    if m.mode == "analytic":
        raise Unresolved(f"{part} is not analytic")
    return a.conjugate() if part == "conjugate" else getattr(a, part)


def _arg(m: Balls, a: Scalar) -> Scalar:
    if type(a) is acb:
        if m.mode == "analytic":
            raise Unresolved("arg is not analytic")
        if not separated(a):
            raise Unresolved("arg of a number that may be zero")
        return a.arg()
    sign = _sign(m, a)
    if m.is_zero(sign):
        raise Undefined("arg of zero")
    if not (sign > 0 or sign < 0):
        raise Unresolved("the sign of a number")
    return m.zero if sign > 0 else arb.pi()


RULES: dict[str, Callable[..., Scalar]] = {
    "abs": _abs, "sign": _sign, "floor": _floor, "ceil": _ceil, "max": _extreme(True), "min": _extreme(False), "mod": _mod, "sqrt": _sqrt,
    "re": _re, "im": _im, "conjugate": _conjugate, "arg": _arg,
}  # fmt: skip
