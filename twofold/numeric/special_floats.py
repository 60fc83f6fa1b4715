"""Evaluations in double precision that are more than one ufunc. Arguments broadcast; NaN where there is no value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any


def sec(x: Array) -> Array:
    return 1 / np.cos(x)


def csc(x: Array) -> Array:
    return 1 / np.sin(x)


def cot(x: Array) -> Array:
    return np.cos(x) / np.sin(x)


def sech(x: Array) -> Array:
    return 1 / np.cosh(x)


def csch(x: Array) -> Array:
    return 1 / np.sinh(x)


def coth(x: Array) -> Array:
    return 1 / np.tanh(x)


def sinc(x: Array) -> Array:
    return np.sin(x) / x if np.all(x != 0) else np.where(x == 0, 1, np.sin(x) / np.where(x == 0, 1, x))


def atan2(y: Array, x: Array) -> Array:
    return np.where((x == 0) & (y == 0), np.nan, np.arctan2(y + 0.0, x))


def maximum(*xs: Array) -> Array:
    out = xs[0]
    for x in xs[1:]:
        out = np.maximum(out, x)
    return out


def minimum(*xs: Array) -> Array:
    out = xs[0]
    for x in xs[1:]:
        out = np.minimum(out, x)
    return out


# --- gamma ---------------------------------------------------------------------------------------------------------------------------


def gamma(x: Array) -> Array:
    from scipy.special import gamma as euler_gamma

    return np.where(_nonpositive_integer(x), np.nan, euler_gamma(x))


def loggamma(x: Array) -> Array:
    from scipy.special import loggamma as complex_loggamma

    return complex_loggamma(x)


def digamma(x: Array) -> Array:
    from scipy.special import digamma as psi

    return np.where(_nonpositive_integer(x), np.nan, psi(x))


def _nonpositive_integer(x: Array) -> Array:
    return (np.real(x) <= 0) & (np.real(x) == np.floor(np.real(x))) & (np.imag(x) == 0)


def polygamma(n: Array, x: Array) -> Array:
    """By the Hurwitz zeta function, after moving x to the right by the recurrence where it is not positive."""
    from scipy.special import digamma as psi
    from scipy.special import gamma, zeta

    n, x = (np.where(np.imag(a) == 0, np.real(a), np.nan) for a in np.broadcast_arrays(n, x))
    steps = np.clip(np.ceil(-x) + 1, 0, 200).astype(int)
    shifted = np.zeros_like(x)
    for k in range(int(steps.max(initial=0))):
        shifted = shifted + np.where(k < steps, (x + k) ** (-n - 1.0), 0.0)
    value = np.where(n == 0, psi(x), (-1.0) ** (n + 1) * gamma(n + 1) * (zeta(n + 1, x + steps) + shifted))
    return np.where((n < 0) | (n != np.floor(n)) | _nonpositive_integer(x), np.nan, value)


def beta(a: Array, b: Array) -> Array:
    from scipy.special import beta as euler_beta

    return euler_beta(a, b)


def lowergamma(s: Array, x: Array) -> Array:
    from scipy.special import gamma, gammainc

    return np.where((s > 0) & (x >= 0), gammainc(s, x) * gamma(s), np.nan)


def uppergamma(s: Array, x: Array) -> Array:
    """By the recurrence from s + k > 0 where s is not positive."""
    from scipy.special import exp1, gamma, gammaincc

    s, x = np.broadcast_arrays(np.asarray(s, dtype=float), np.asarray(x, dtype=float))
    with np.errstate(all="ignore"):
        steps = np.where(s > 0, 0, np.ceil(-s)).astype(int)
        top = s + steps
        value = np.where(top > 0, gammaincc(np.where(top > 0, top, 1), x) * gamma(np.where(top > 0, top, 1)), exp1(x))
        for k in range(int(steps.max(initial=0))):
            below = top - 1 - k
            value = np.where(k < steps, (value - x**below * np.exp(-x)) / below, value)
    return np.where((x > 0) | ((x == 0) & (s > 0)), value, np.nan)


def factorial(x: Array) -> Array:
    from scipy.special import gamma

    return np.where(_nonpositive_integer(x + 1), np.nan, gamma(x + 1))


def binomial(n: Array, k: Array) -> Array:
    from scipy.special import gammasgn, loggamma, rgamma

    n, k = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(k, dtype=float))
    whole = k == np.floor(k)
    small = whole & (k >= 0) & (k <= 60)
    product = np.ones(n.shape)
    for j in range(int(np.max(np.where(small, k, 0), initial=0))):
        product = np.where(j < k, product * (n - j) / (j + 1), product)
    with np.errstate(all="ignore"):
        logs = np.real(loggamma(np.abs(n) + 1) - loggamma(np.abs(k) + 1) - loggamma(np.abs(n - k) + 1))
        large = np.where(
            (n >= 0) & (k >= 0) & (n >= k),
            np.exp(logs),
            gammasgn(n + 1) / rgamma(n + 1) * rgamma(k + 1) * rgamma(n - k + 1) * gammasgn(n + 1),
        )
    value = np.where(small, product, large)
    return np.where(whole & (k < 0), 0.0, np.where((n < 0) & ~whole, np.nan, value))


def rising(x: Array, k: Array) -> Array:
    from scipy.special import gammaln, gammasgn

    x, k = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(k, dtype=float))
    small = (k >= 0) & (k == np.floor(k)) & (k <= 200)
    product = np.ones(x.shape)
    for j in range(int(np.max(np.where(small, k, 0), initial=0))):
        product = np.where(j < k, product * (x + j), product)
    ratio = gammasgn(x + k) * gammasgn(x) * np.exp(gammaln(x + k) - gammaln(x))
    ratio = np.where(_nonpositive_integer(x), 0.0, ratio)
    return np.where(small, product, np.where(_nonpositive_integer(x + k), np.nan, ratio))


def falling(x: Array, k: Array) -> Array:
    return rising(x - k + 1, k)


# --- zeta, integrals -----------------------------------------------------------------------------------------------------------------


def zeta(s: Array, a: Array | None = None) -> Array:
    from scipy.special import zeta as hurwitz

    if a is None:
        return np.where(s == 1, np.nan, hurwitz(s))
    return np.where((s > 1) & (a > 0), hurwitz(np.where(s > 1, s, 2), np.where(a > 0, a, 1)), np.nan)


def _pointwise(f: Callable[..., Any]) -> Callable[..., Array]:
    """A function of single numbers, applied point by point; complex where an argument is."""

    def over(*args: Array) -> Array:
        points = np.broadcast(*args)
        kind = complex if any(np.iscomplexobj(a) for a in args) else float
        out = np.empty(points.shape, dtype=kind)
        out.flat = [_single(f, p, kind) for p in points]
        return out

    return over


def _single(f: Callable[..., Any], p: tuple[Any, ...], kind: type) -> Any:
    if any(np.isnan(x) for x in p):
        return np.nan
    try:
        z = complex(f(*(kind(x) for x in p)))
    except (ValueError, ZeroDivisionError, OverflowError):
        return np.nan
    if kind is complex:
        return z
    return z.real if abs(z.imag) <= 1e-13 * abs(z.real) else np.nan


def _polylog(s: Any, z: Any) -> Any:
    import mpmath

    return mpmath.polylog(s, z)


polylog = _pointwise(_polylog)


def lambertw(x: Array) -> Array:
    from scipy.special import lambertw as w

    out = w(x)
    return out if np.iscomplexobj(x) else np.where(np.asarray(x) >= -np.exp(-1.0), out.real, np.nan)


def lambertwm1(x: Array) -> Array:
    from scipy.special import lambertw as w

    x = np.asarray(x)
    if np.iscomplexobj(x):
        return w(x, -1)
    inside = (x >= -np.exp(-1.0)) & (x < 0)
    found = w(np.where(inside, x, -0.1), -1).real
    # At the branch point itself SciPy has no value.
    return np.where(inside, np.where(np.isnan(found), -1.0, found), np.nan)


def erfinv(x: Array) -> Array:
    from scipy.special import erfinv as inverse

    return np.where(np.abs(x) < 1, inverse(x), np.nan)


def li(x: Array) -> Array:
    from scipy.special import expi

    return np.where((x < 0) | (x == 1), np.nan, np.where(x == 0, 0.0, expi(np.log(np.where(x > 0, x, 1.0)))))


def _pair(name: str, which: int, positive: bool) -> Callable[[Array], Array]:
    def f(x: Array) -> Array:
        import scipy.special

        out = getattr(scipy.special, name)(x)[which]
        if positive and not np.iscomplexobj(x):
            return np.where(x > 0, out, np.nan)
        return out

    return f


Si, Ci = _pair("sici", 0, False), _pair("sici", 1, True)
Shi, Chi = _pair("shichi", 0, False), _pair("shichi", 1, True)
fresnels, fresnelc = _pair("fresnel", 0, False), _pair("fresnel", 1, False)
airyai, airyaiprime = _pair("airy", 0, False), _pair("airy", 1, False)
airybi, airybiprime = _pair("airy", 2, False), _pair("airy", 3, False)


def elliptic_pi(n: Array, m: Array) -> Array:
    """By Carlson's forms R_F and R_J."""
    from scipy.special import elliprf, elliprj

    value = elliprf(0.0, 1 - m, 1.0) + n / 3 * elliprj(0.0, 1 - m, 1.0, 1 - n)
    return value if np.iscomplexobj(value) else np.where((n < 1) & (m < 1), value, np.nan)


def hyper(a: tuple[Array, ...], b: tuple[Array, ...], z: Array) -> Array:
    import mpmath

    def one(*xs: Any) -> Any:
        return mpmath.hyper(xs[: len(a)], xs[len(a) : -1], xs[-1])

    return _pointwise(one)(*a, *b, z)


# --- polynomials, by recurrence in the degree ---------------------------------------------------------------------------------------------


def _degrees(n: Array, least: int = 0) -> tuple[Array, int]:
    n = np.real(np.asarray(n))
    good = (n >= least) & (n == np.floor(n)) & (n <= 5000)
    return np.where(good, n, np.nan), int(np.max(np.where(good, n, 0), initial=0))


def _recurrence(
    n: Array, x: Array, start: tuple[Array, Array], step: Callable[[int, Array, Array], Array], least: int = 0
) -> Array:
    """p_0, p_1 given, p_{k+1} = step(k, p_k, p_{k-1}); the value at each point's own degree."""
    degree, top = _degrees(n, least)
    before, now = (np.asarray(s + 0 * x + 0 * np.nan_to_num(degree)) for s in start)
    out = np.where(degree == 0, before, np.where(degree == 1, now, np.nan))
    if least < 0:
        out = np.where(degree == -1, 0.0, out)
    for k in range(1, top):
        before, now = now, step(k, now, before)
        out = np.where(degree == k + 1, now, out)
    return out


def legendre(n: Array, x: Array) -> Array:
    return _recurrence(n, x, (1.0, x), lambda k, p, q: ((2 * k + 1) * x * p - k * q) / (k + 1))


def chebyshevt(n: Array, x: Array) -> Array:
    return _recurrence(n, x, (1.0, x), lambda k, p, q: 2 * x * p - q)


def chebyshevu(n: Array, x: Array) -> Array:
    return _recurrence(n, x, (1.0, 2 * x), lambda k, p, q: 2 * x * p - q, -1)


def hermite(n: Array, x: Array) -> Array:
    return _recurrence(n, x, (1.0, 2 * x), lambda k, p, q: 2 * x * p - 2 * k * q)


def laguerre(n: Array, x: Array) -> Array:
    return _recurrence(n, x, (1.0, 1 - x), lambda k, p, q: ((2 * k + 1 - x) * p - k * q) / (k + 1))


def gegenbauer(n: Array, a: Array, x: Array) -> Array:
    return _recurrence(n, x, (1.0 + 0 * a, 2 * a * x), lambda k, p, q: (2 * (a + k) * x * p - (2 * a + k - 1) * q) / (k + 1), -1)


def jacobi(n: Array, a: Array, b: Array, x: Array) -> Array:
    """By the finite sum in (x - 1)/2, which holds for all parameters."""
    from scipy.special import binom

    n, a, b, x = np.broadcast_arrays(n, a, b, x)
    degree, top = _degrees(n)
    k = np.nan_to_num(np.real(degree))
    out, weight = np.zeros(np.shape(x), dtype=np.result_type(x, float)), np.ones(np.shape(x))
    for j in range(top + 1):
        rest = np.ones(np.shape(x))
        for i in range(top):
            rest = np.where((i >= j) & (i < k), rest * (a + 1 + i) / (i - j + 1), rest)
        term = weight * binom(k, j) / np.where(j <= k, binom(k, j), 1) * rest
        out = out + np.where(j <= k, term * ((x - 1) / 2) ** j, 0)
        weight = weight * (a + b + k + 1 + j) / (j + 1)
    return np.where(np.isnan(degree), np.nan, out)


# --- counting ------------------------------------------------------------------------------------------------------------------------


def _table(name: str) -> Callable[..., Array]:
    """A function of whole numbers, from exact values."""

    def one(*xs: Any) -> float:
        from flint import fmpq

        from twofold.numeric import rationals

        numbers = [complex(x) for x in xs]
        if any(z.imag or z.real != int(z.real) for z in numbers):
            raise ValueError
        value = rationals.function(name, [fmpq(int(z.real)) for z in numbers])
        if value is None:
            raise ValueError
        return int(value.p) / int(value.q)

    return _pointwise(one)


gcd, lcm, euler, totient, stirling = (_table(n) for n in ("gcd", "lcm", "euler", "totient", "stirling"))
bell, bernoulli, fibonacci = (_table(n) for n in ("bell", "bernoulli", "fibonacci"))


def harmonic(n: Array) -> Array:
    from scipy.special import digamma as psi

    return psi(n + 1) + np.euler_gamma
