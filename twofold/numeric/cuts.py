"""Where functions of a complex variable are analytic, and where they have poles.

`analytic` answers for whole balls and is true only when that is certain; a function that is not listed is never taken to be analytic.
Conventions for cuts are those of FLINT, which agree with DLMF and mpmath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import acb

MEROMORPHIC = frozenset(
    """exp sin cos tan sec csc cot sinh cosh tanh sech csch coth sinc gamma factorial digamma zeta erf erfc erfi airyai airybi Si Shi
    fresnels fresnelc sigmoid Phi phi""".split()
)
"""Analytic wherever the value is finite."""


def _off_negative(z: acb) -> bool:
    """The ball does not touch the half-line from -oo to 0."""
    return bool(z.real > 0) or not z.imag.contains(0)


def _whole(z: acb) -> bool:
    return bool(z.imag.is_zero()) and z.real.is_exact() and z.real.is_integer()


_CUTS: dict[str, Callable[[acb], bool]] = {
    "log": _off_negative,
    "sqrt": _off_negative,
    "loggamma": _off_negative,
    "Ei": _off_negative,
    "Ci": _off_negative,
    "Chi": _off_negative,
    "li": lambda z: _off_negative(z) and not z.contains(1),
    "asin": lambda z: _off_negative(1 - z) and _off_negative(1 + z),
    "acos": lambda z: _off_negative(1 - z) and _off_negative(1 + z),
    "atanh": lambda z: _off_negative(1 - z) and _off_negative(1 + z),
    "acosh": lambda z: _off_negative(z - 1),
    "asinh": lambda z: _off_negative(1 + z * z),
    "atan": lambda z: _off_negative(1 + z * z),
    "lambertw": lambda z: _off_negative(z * acb(1).exp() + 1),
    "elliptic_k": lambda z: _off_negative(1 - z),
    "elliptic_e": lambda z: _off_negative(1 - z),
    "agm": _off_negative,
}

_BY_ORDER = frozenset("besselj besseli".split())
_BY_ORDER_CUT = frozenset("bessely besselk".split())
_POLYNOMIAL = frozenset("legendre chebyshevt chebyshevu hermite laguerre jacobi gegenbauer".split())


def analytic(name: str, zs: Sequence[acb]) -> bool:
    """Whether the function is certainly analytic in all its arguments on these balls, its poles apart."""
    if name in MEROMORPHIC:
        return True
    cut = _CUTS.get(name)
    if cut is not None and len(zs) == 1:
        return cut(zs[0])
    if name in _BY_ORDER and _whole(zs[0]):
        return True
    if name in _BY_ORDER or name in _BY_ORDER_CUT:
        return zs[0].is_exact() and _off_negative(zs[1])
    if name in _POLYNOMIAL:
        return _whole(zs[0])
    if name in ("lowergamma", "uppergamma"):
        return zs[0].is_exact() and _off_negative(zs[1])
    if name in ("beta", "rising"):
        return True
    if name == "polygamma":
        return _whole(zs[0])
    if name == "polylog":
        return zs[0].is_exact() and _off_negative(1 - zs[1])
    if name == "atan2":
        return bool(zs[1].real > 0) and _off_negative(1 + (zs[0] / zs[1]) ** 2)
    return False


_POLES_AT_NONPOSITIVE = frozenset("gamma loggamma digamma".split())


def pole(name: str, xs: Sequence[object]) -> bool:
    """Whether the function certainly has no value, not even a complex one, at these arguments."""
    x = xs[-1]
    if name in ("log", "Ei", "Ci", "Chi", "besselk", "bessely"):
        return bool(x == 0)
    if name in _POLES_AT_NONPOSITIVE or name == "factorial":
        shifted = x + 1 if name == "factorial" else x  # type: ignore[operator]
        return bool(shifted.is_exact() and shifted.is_integer() and shifted <= 0)
    if name in ("zeta", "li"):
        return bool(x == 1)
    return False
