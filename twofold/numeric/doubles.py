"""Floats, many points at once: scalars are NumPy arrays (or single numbers, which broadcast).

NaN means that there is no value at that point (a part is undefined there, or rounding hides it), infinity that it is too large for a double.
Truth values are 1.0, 0.0 and NaN, so that an undefined condition stays undefined.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from twofold.catalogue.index import functions
from twofold.core.registry import resolve
from twofold.numeric import domains
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.outcomes import CannotEvaluate, Split, Undefined
from twofold.numeric.series import Series, aligned, base, outermost

Scalar = Any


class Doubles(Arithmetic):
    """Float64, or complex128 in the complex reading. Call inside `np.errstate(all="ignore")`."""

    def __init__(self, reading: str) -> None:
        super().__init__(reading)
        self.dtype = np.complex128 if reading == "complex" else np.float64
        self.zero = self.dtype(0)
        self.one = self.dtype(1)

    def rational(self, q: Fraction) -> Scalar:
        try:
            return self.dtype(q.numerator / q.denominator)
        except OverflowError:
            return self.dtype(math.inf if q > 0 else -math.inf)

    def constant(self, name: str) -> Scalar:
        if name == "im":
            if self.reading == "real":
                raise CannotEvaluate("the imaginary unit in the real reading")
            return np.complex128(1j)
        made = {"pi": math.pi, "e": math.e, "euler_gamma": float(np.euler_gamma), "oo": math.inf}.get(name)
        if made is None:
            raise CannotEvaluate(f"`{name}` has no numeric value")
        return self.dtype(made)

    # --- arithmetic --------------------------------------------------------------------------------------------------------------

    def add_(self, a: Scalar, b: Scalar) -> Scalar:
        return a + b

    def sub_(self, a: Scalar, b: Scalar) -> Scalar:
        return a - b

    def mul_(self, a: Scalar, b: Scalar) -> Scalar:
        return a * b

    def div_(self, a: Scalar, b: Scalar) -> Scalar:
        return np.where(b == 0, np.nan, np.true_divide(a, b))[()]

    def neg_(self, a: Scalar) -> Scalar:
        return -a

    def pow_(self, a: Scalar, b: Scalar) -> Scalar:
        if self.reading == "complex":
            return self._complex_power(a, b)
        if np.ndim(b) == 0 and b > 0:
            # What is not a number stays so.
            return np.power(a, b)
        out = np.where((a == 0) & (b < 0) | np.isnan(a) | np.isnan(b), np.nan, np.power(a, b))
        return out[()]

    def _complex_power(self, a: Scalar, b: Scalar) -> Scalar:
        real = np.isreal(a) & np.isreal(b) & ((np.real(a) >= 0) | (np.real(b) == np.floor(np.real(b))))
        plain = np.power(np.real(a), np.real(b))
        whole = np.isreal(b) & (np.real(b) == np.floor(np.real(b))) & (np.abs(b) < 1024)
        turned = np.where(whole, np.power(a, np.real(b).astype(complex)), np.exp(b * np.log(_upper(a))))
        out = np.where(real, plain, turned)
        bad = (a == 0) & ((np.real(b) < 0) | (np.real(b) == 0) & (b != 0)) | np.isnan(a) | np.isnan(b)
        return np.where(bad, np.nan, np.where((a == 0) & (np.real(b) > 0), 0, out))[()]

    # --- functions ---------------------------------------------------------------------------------------------------------------

    def call_(self, name: str, args: Sequence[Scalar]) -> Scalar:
        own = _OWN.get(name)
        if own is not None:
            return own(self, *args)
        handle = _handle(name)
        if handle is None:
            raise CannotEvaluate(f"{name} has no evaluation in floats")
        if self.reading == "real":
            out = handle(*args)
            if not domains.guarded(name):
                inside = self.interpret(*domains.condition(name, args))
                out = np.where(inside == 1, out, np.nan)
        else:
            out = self._in_complex(name, handle, args)
        undefined = np.isnan(args[0])
        for a in args[1:]:
            undefined = undefined | np.isnan(a)
        if name in _POLES:
            undefined = undefined | ~np.isfinite(out) & np.isfinite(sum(args))
        return np.where(undefined, np.nan, out)[()]

    def _in_complex(self, name: str, handle: Callable[..., Any], args: Sequence[Scalar]) -> Scalar:
        """Real arguments go through the real function where it has a value there."""
        if all(np.all(np.isreal(a)) for a in args):
            out = handle(*(np.real(a) for a in args))
            if not np.any(np.isnan(out)):
                return np.asarray(out, dtype=complex)[()]
        try:
            return handle(*(_side(name, np.asarray(a, dtype=complex)[()]) for a in args))
        except TypeError:
            raise CannotEvaluate(f"{name} has no evaluation in complex floats") from None

    # --- truth -------------------------------------------------------------------------------------------------------------------

    def compare_(self, op: str, a: Scalar, b: Scalar) -> Scalar:
        x, y = a, b
        undefined = np.isnan(x) | np.isnan(y)
        if self.reading == "complex" and op not in ("eq", "ne"):
            undefined = undefined | ~np.isreal(x) | ~np.isreal(y)
            x, y = np.real(x), np.real(y)
        return np.where(undefined, np.nan, _COMPARE[op](x, y))[()]

    def same_(self, a: Scalar, b: Scalar, moving: bool) -> Scalar | None:
        return np.where(a == b, np.nan, 1.0)[()] if moving else None

    def negate(self, p: Scalar) -> Scalar:
        return 1.0 - p

    def both(self, p: Scalar, q: Scalar) -> Scalar:
        return p * q

    def select(self, condition: Scalar, a: Any, b: Any) -> Any:
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
            return tuple(self.select(condition, p, q) for p, q in zip(a, b, strict=True))
        if isinstance(a, tuple) or isinstance(b, tuple):
            # Of values that differ in size (bases) only one point at a time has one.
            if np.size(condition) > 1:
                raise Split
            if np.all(np.isnan(condition)):
                raise Undefined("which case holds is not known")
            return a if np.all(condition == 1) else b
        s = outermost(a, b)
        if s is not None:
            x, y = (aligned(v, s.tag, s.order, self.zero) for v in (a, b))
            return Series(s.tag, tuple(self.select(condition, p, q) for p, q in zip(x, y, strict=True)))
        return np.where(np.isnan(condition), np.nan, np.where(condition == 1, a, b))[()]

    # --- structure ---------------------------------------------------------------------------------------------------------------

    def integer(self, a: Scalar) -> int:
        values = np.unique(np.atleast_1d(base(a)))
        if len(values) > 1:
            raise Split
        x = float(np.real(values[0]))
        if not math.isfinite(x) or x != round(x) or np.imag(values[0]) != 0:
            raise Undefined("a whole number is needed")
        if abs(x) > 1e6:
            raise CannotEvaluate("a range, size or order too large to go through")
        return int(x)

    def small_integer(self, a: Scalar) -> int | None:
        values = np.asarray(a)
        first = complex(values.flat[0])
        if not math.isfinite(first.real) or abs(first.real) >= 1 << 16:
            return None
        if first.imag or first.real != math.floor(first.real) or not np.all(values == first):
            return None
        return int(first.real)

    def is_zero(self, a: Scalar) -> bool:
        return bool(np.all(a == 0))


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": np.equal, "ne": np.not_equal, "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal,
}  # fmt: skip

_POLES = frozenset("log loggamma digamma zeta tan sec csc cot coth csch Ei li Ci Chi besselk bessely atanh".split())
"""Functions whose infinities are undefined values, not large ones."""


@cache
def _handle(name: str) -> Callable[..., Any] | None:
    spec = functions().get(name)
    return resolve(spec.floats) if spec is not None and spec.floats else None


_ON_AXIS = 8 * np.finfo(float).eps


def _upper(z: Scalar) -> Scalar:
    """Numbers on the negative axis with an imaginary part of 0, where they have -0 or what rounding left: the value on a cut is that from above.

    exp(-im*pi) is -1 - 1.2e-16*im in double precision.
    """
    z = z + 0.0
    if not np.iscomplexobj(z):
        return z
    on_axis = (z.real < 0) & (np.abs(z.imag) <= -_ON_AXIS * z.real)
    return _complex(z.real, np.where(on_axis, 0.0, z.imag)) if np.any(on_axis) else z


_REAL_CUT = frozenset("asin acos atanh".split())
_IMAGINARY_CUT = frozenset("asinh atan".split())


def _side(name: str, z: Scalar) -> Scalar:
    """Signs of zeros set so that a cut is met on the side that counts (as FLINT and DLMF have it); from above where nothing else is said."""
    if name in _REAL_CUT:
        return _complex(z.real, np.where(z.imag == 0, np.copysign(0.0, -z.real), z.imag))
    if name in _IMAGINARY_CUT:
        return _complex(np.where(z.real == 0, np.copysign(0.0, z.imag), z.real), z.imag)
    return _upper(z)


def _complex(re: Any, im: Any) -> Scalar:
    out = np.empty(np.shape(re), dtype=complex)
    out.real, out.imag = re, im
    return out[()]


# --- functions that decide something -----------------------------------------------------------------------------------------------


def _modulus(m: Doubles, a: Scalar) -> Scalar:
    return m.dtype(1) * np.abs(a)


def _sign(m: Doubles, a: Scalar) -> Scalar:
    return np.sign(a)


def _rounded(f: Callable[[Any], Any]) -> Callable[..., Scalar]:
    def rule(m: Doubles, a: Scalar) -> Scalar:
        return f(a) if m.reading == "real" else np.where(np.isreal(a), f(np.real(a)), np.nan)[()] + m.zero

    return rule


def _extreme(f: Callable[[Any, Any], Any]) -> Callable[..., Scalar]:
    def rule(m: Doubles, *args: Scalar) -> Scalar:
        out = args[0]
        for a in args[1:]:
            out = f(out, a)
        return out

    return rule


def _mod(m: Doubles, a: Scalar, b: Scalar) -> Scalar:
    x, y = (a, b) if m.reading == "real" else (np.real(a), np.real(b))
    with np.errstate(all="ignore"):
        times = x / y
        # Within rounding of a multiple it is one: the values that are put in are simple fractions.
        whole = np.abs(times - np.round(times)) <= 4e-16 * np.abs(times)
        return np.where(y == 0, np.nan, np.where(whole, 0.0, np.mod(x, y)))[()] + m.zero


def _part(f: Callable[[Any], Any]) -> Callable[..., Scalar]:
    return lambda m, a: m.dtype(1) * f(a)


def _arg(m: Doubles, a: Scalar) -> Scalar:
    return np.where(a == 0, np.nan, np.angle(_upper(a)))[()] + m.zero


_OWN: dict[str, Callable[..., Scalar]] = {
    "abs": _modulus, "sign": _sign, "floor": _rounded(np.floor), "ceil": _rounded(np.ceil), "max": _extreme(np.maximum),
    "min": _extreme(np.minimum), "mod": _mod, "re": _part(np.real), "im": _part(np.imag), "conjugate": _part(np.conjugate), "arg": _arg,
}  # fmt: skip
