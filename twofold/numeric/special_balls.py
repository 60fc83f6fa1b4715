"""Certified evaluations that are more than one method call. Arguments are all `arb` or all `acb`; a non-finite ball means no value found.

Functions of whole numbers give a non-finite ball elsewhere, so that their declared domain decides whether they are undefined.
"""

from __future__ import annotations

from typing import Any

from flint import acb, arb, fmpq, fmpz

from twofold.numeric import rationals
from twofold.numeric.outcomes import Undefined

Ball = Any

NOTHING = arb.nan()
LARGEST_DEGREE = 5000


def _natural(x: Ball) -> int | None:
    x = x.real if isinstance(x, acb) else x
    if not (x.is_exact() and x.is_integer() and 0 <= x < 10**7):
        return None
    n = x.unique_fmpz()
    return None if n is None else int(n)


def _real_of(z: acb, like: tuple[Ball, ...]) -> Ball:
    """A complex result of real arguments, where its imaginary part can only be 0."""
    if any(isinstance(x, acb) for x in like):
        return z
    return z.real if z.imag.contains(0) else NOTHING


def _from_table(name: str, *xs: Ball) -> Ball:
    """The value of a function of whole numbers."""
    numbers = [_natural(x) for x in xs]
    if any(n is None for n in numbers):
        return NOTHING
    value = rationals.function(name, [fmpq(n) for n in numbers if n is not None])
    return NOTHING if value is None else arb(value)


# --- functions with rules of their own in the arithmetic: these serve direct callers ------------------------------------------------


def absolute(x: Ball) -> Ball:
    return abs(x)


def sign(x: Ball) -> Ball:
    return x.sgn() if isinstance(x, arb) else x / abs(x)


def floor(x: Ball) -> Ball:
    return x.floor()


def ceil(x: Ball) -> Ball:
    return x.ceil()


def maximum(*xs: Ball) -> Ball:
    out = xs[0]
    for x in xs[1:]:
        out = out.max(x)
    return out


def minimum(*xs: Ball) -> Ball:
    out = xs[0]
    for x in xs[1:]:
        out = out.min(x)
    return out


def real_part(z: Ball) -> Ball:
    return z.real


def imaginary_part(z: Ball) -> Ball:
    return z.imag


def conjugate(z: Ball) -> Ball:
    return z.conjugate() if isinstance(z, acb) else z


def argument(z: Ball) -> Ball:
    return acb(z).arg()


def mod(a: Ball, b: Ball) -> Ball:
    return a - b * (a / b).floor()


# --- angles, gamma ------------------------------------------------------------------------------------------------------------------


def atan2(y: Ball, x: Ball) -> Ball:
    if isinstance(y, acb) or isinstance(x, acb):
        return (y / x).atan() if acb(x).real > 0 else acb(NOTHING)
    if y.is_zero() and x.is_zero():
        return NOTHING
    if y.contains(0) and not x > 0 and not y.is_zero():
        return NOTHING
    return arb.atan2(y, x)


def polygamma(n: Ball, x: Ball) -> Ball:
    order = _natural(n)
    if order is None:
        return NOTHING
    if order == 0:
        return x.digamma()
    return _real_of(acb(x).polygamma(acb(order)), (x,))


def beta(a: Ball, b: Ball) -> Ball:
    return a.gamma() * b.gamma() * (a + b).rgamma()


def betainc(a: Ball, b: Ball, x: Ball) -> Ball:
    real = [v.real if isinstance(v, acb) and v.imag.is_zero() else v for v in (a, b, x)]
    if all(isinstance(v, arb) for v in real):
        # For real arguments a distribution function, which ends at 0 and 1.
        if real[0] <= 0 or real[1] <= 0 or real[2] < 0 or real[2] > 1:
            raise Undefined("betainc outside its domain")
        if not (real[0] > 0 and real[1] > 0 and real[2] >= 0 and real[2] <= 1):
            return NOTHING
        a, b, x = real
    return x.beta_lower(a, b, 1)


def lowergamma(s: Ball, x: Ball) -> Ball:
    if isinstance(x, arb) and x.is_zero() and s > 0:
        return arb(0)
    return x.gamma_lower(s)


def uppergamma(s: Ball, x: Ball) -> Ball:
    if isinstance(x, arb) and x.is_zero() and s > 0:
        return s.gamma()
    return x.gamma_upper(s)


def factorial(x: Ball) -> Ball:
    n = _natural(x)
    if n is not None and n <= rationals.LARGEST_FACTORIAL:
        return arb(fmpz.fac_ui(n))
    return (x + 1).gamma()


def binomial(n: Ball, k: Ball) -> Ball:
    """falling(n, k)/k! for whole k, else by 1/gamma, which has no poles."""
    j = _natural(k)
    if j is not None:
        return (n - j + 1).rising(arb(j)) / arb(j).fac() if j <= rationals.LARGEST_TABLE else _quotient(n, k)
    return _quotient(n, k)


def _quotient(n: Ball, k: Ball) -> Ball:
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def rising(x: Ball, k: Ball) -> Ball:
    j = _natural(k)
    if j is not None and j <= rationals.LARGEST_TABLE:
        return x.rising(arb(j) if isinstance(x, arb) else acb(j))
    return (x + k).gamma() * x.rgamma()


def falling(x: Ball, k: Ball) -> Ball:
    j = _natural(k)
    if j is not None and j <= rationals.LARGEST_TABLE:
        return (x - j + 1).rising(arb(j) if isinstance(x, arb) else acb(j))
    return (x + 1).gamma() * (x - k + 1).rgamma()


def polylog(s: Ball, z: Ball) -> Ball:
    if isinstance(z, arb) and z == 1 and s > 1:
        return s.zeta()
    return z.polylog(s)


def lambertwm1(x: Ball) -> Ball:
    """The branch below -1; its values are real only where -1/e <= x < 0."""
    return x.lambertw(-1)


# --- Bessel, Airy, elliptic ----------------------------------------------------------------------------------------------------------


def besselj(n: Ball, x: Ball) -> Ball:
    return x.bessel_j(n)


def bessely(n: Ball, x: Ball) -> Ball:
    return NOTHING if isinstance(x, arb) and not x > 0 else x.bessel_y(n)


def besseli(n: Ball, x: Ball) -> Ball:
    return x.bessel_i(n)


def besselk(n: Ball, x: Ball) -> Ball:
    return NOTHING if isinstance(x, arb) and not x > 0 else x.bessel_k(n)


def airyaiprime(x: Ball) -> Ball:
    return x.airy()[1]


def airybiprime(x: Ball) -> Ball:
    return x.airy()[3]


def elliptic_k(m: Ball) -> Ball:
    return NOTHING if isinstance(m, arb) and not m < 1 else _real_of(acb(m).elliptic_k(), (m,))


def elliptic_e(m: Ball) -> Ball:
    return NOTHING if isinstance(m, arb) and not m <= 1 else _real_of(acb(m).elliptic_e(), (m,))


def elliptic_f(phi: Ball, m: Ball) -> Ball:
    return NOTHING if isinstance(m, arb) and not m <= 1 else _real_of(acb.elliptic_f(acb(phi), acb(m)), (phi, m))


def elliptic_einc(phi: Ball, m: Ball) -> Ball:
    return NOTHING if isinstance(m, arb) and not m <= 1 else _real_of(acb.elliptic_e_inc(acb(phi), acb(m)), (phi, m))


def elliptic_pi(n: Ball, m: Ball) -> Ball:
    if isinstance(n, arb) and not (n < 1 and m < 1):
        return NOTHING
    return _real_of(acb.elliptic_pi(acb(n), acb(m)), (n, m))


def hyper(a: tuple[Ball, ...], b: tuple[Ball, ...], z: Ball) -> Ball:
    """The series inside its disc (the continuation where it is of type 2F1)."""
    out = acb(z).hypgeom([acb(x) for x in a], [acb(x) for x in b])
    return _real_of(out, (*a, *b, z))


# --- polynomials ---------------------------------------------------------------------------------------------------------------------


def _degree(n: Ball) -> int | None:
    k = _natural(n)
    return None if k is None or k > LARGEST_DEGREE else k


def legendre(n: Ball, x: Ball) -> Ball:
    k = _degree(n)
    return NOTHING if k is None else x.legendre_p(k)


def chebyshevt(n: Ball, x: Ball) -> Ball:
    k = _degree(n)
    return NOTHING if k is None else x.chebyshev_t(k)


def chebyshevu(n: Ball, x: Ball) -> Ball:
    k = _degree(n + 1)
    return NOTHING if k is None else x.chebyshev_u(k - 1) if k else 0 * x


def hermite(n: Ball, x: Ball) -> Ball:
    k = _degree(n)
    return NOTHING if k is None else x.hermite_h(k)


def laguerre(n: Ball, x: Ball) -> Ball:
    k = _degree(n)
    return NOTHING if k is None else x.laguerre_l(k)


def jacobi(n: Ball, a: Ball, b: Ball, x: Ball) -> Ball:
    """By the finite sum in (x - 1)/2, which holds for all parameters."""
    k = _degree(n)
    if k is None:
        return NOTHING
    t, out = (x - 1) / 2, 0 * x
    for j in range(k + 1):
        out += arb(fmpz.bin_uiui(k, j)) * (a + b + k + 1).rising(_as(x, j)) * (a + j + 1).rising(_as(x, k - j)) * t**j
    return out / arb(fmpz.fac_ui(k))


def gegenbauer(n: Ball, a: Ball, x: Ball) -> Ball:
    """By the three-term recurrence."""
    k = _degree(n + 1)
    if k is None:
        return NOTHING
    before, now = 0 * x, 0 * x + 1
    if k == 0:
        return before
    for j in range(1, k):
        before, now = now, (2 * (a + j - 1) * x * now - (2 * a + j - 2) * before) / j
    return now


def _as(x: Ball, j: int) -> Ball:
    return acb(j) if isinstance(x, acb) else arb(j)


# --- counting ------------------------------------------------------------------------------------------------------------------------


def gcd(*xs: Ball) -> Ball:
    return _whole_table("gcd", *xs)


def lcm(*xs: Ball) -> Ball:
    return _whole_table("lcm", *xs)


def _whole_table(name: str, *xs: Ball) -> Ball:
    numbers = [x.unique_fmpz() if isinstance(x, arb) and x.is_exact() and x.is_integer() else None for x in xs]
    if any(n is None for n in numbers):
        return NOTHING
    value = rationals.function(name, [fmpq(n) for n in numbers])
    return NOTHING if value is None else arb(value)


def bernoulli(n: Ball) -> Ball:
    k = _natural(n)
    return NOTHING if k is None else arb(1) / 2 if k == 1 else arb.bernoulli(k)


def euler(n: Ball) -> Ball:
    return _from_table("euler", n)


def harmonic(n: Ball) -> Ball:
    return (n + 1).digamma() + arb.const_euler()


def fibonacci(n: Ball) -> Ball:
    k = _natural(n)
    return NOTHING if k is None else arb.fib(fmpz(k))


def totient(n: Ball) -> Ball:
    return _from_table("totient", n)


def stirling(n: Ball, k: Ball) -> Ball:
    return _from_table("stirling", n, k)


def bell(n: Ball) -> Ball:
    k = _natural(n)
    return NOTHING if k is None else arb.bell_number(fmpz(k))
