"""Functions whose value at a rational is known to be rational, and exact powers. Keeps zeros exact, so that a division by zero is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import fmpq, fmpz

LARGEST_FACTORIAL = 2000
LARGEST_TABLE = 500


def power(a: fmpq, b: fmpq) -> fmpq | None:
    """a^b for a >= 0 and a fractional b, where it is rational."""
    if a < 0 or b.q > 64 or max(a.height_bits(), 1) * abs(int(b.p)) > 1 << 14 or a == 0:
        return None
    p, q = _root(a.p, int(b.q)), _root(a.q, int(b.q))
    if p is None or q is None:
        return None
    return fmpq(p, q) ** int(b.p)


def _root(n: fmpz, k: int) -> fmpz | None:
    r = n.root(k)
    return r if r**k == n else None


def _natural(a: fmpq, largest: int) -> int | None:
    return int(a.p) if a.q == 1 and 0 <= a <= largest else None


def _at(point: int, value: int) -> Callable[[fmpq], fmpq | None]:
    return lambda a: fmpq(value) if a == point else None


def _factorial(a: fmpq) -> fmpq | None:
    n = _natural(a, LARGEST_FACTORIAL)
    return None if n is None else fmpq(fmpz.fac_ui(n))


def _gamma(a: fmpq) -> fmpq | None:
    return _factorial(a - 1)


def _binomial(n: fmpq, k: fmpq) -> fmpq | None:
    if k.q == 1 and k < 0:
        return fmpq(0)
    m = _natural(n, 10**9)
    j = _natural(k, LARGEST_FACTORIAL)
    if j is None:
        return None
    if m is not None:
        if m < j:
            return fmpq(0)
        return fmpq(fmpz.bin_uiui(m, j)) if min(j, m - j) <= LARGEST_FACTORIAL else None
    return _falling(n, k) / fmpq(fmpz.fac_ui(j)) if j <= LARGEST_TABLE else None  # type: ignore[operator]


def _rising(a: fmpq, k: fmpq) -> fmpq | None:
    j = _natural(k, LARGEST_TABLE)
    if j is None:
        return None
    out = fmpq(1)
    for i in range(j):
        out *= a + i
    return out


def _falling(a: fmpq, k: fmpq) -> fmpq | None:
    j = _natural(k, LARGEST_TABLE)
    return None if j is None else _rising(a - j + 1, k)


def _whole(*xs: fmpq) -> bool:
    return all(x.q == 1 for x in xs)


def _gcd(*xs: fmpq) -> fmpq | None:
    if not _whole(*xs):
        return None
    out = fmpz(0)
    for x in xs:
        out = out.gcd(x.p)
    return fmpq(out)


def _lcm(*xs: fmpq) -> fmpq | None:
    if not _whole(*xs):
        return None
    out = fmpz(1)
    for x in xs:
        out = out.lcm(x.p)
    return fmpq(abs(out))


def _table(f: Callable[[int], object]) -> Callable[[fmpq], fmpq | None]:
    def value(a: fmpq) -> fmpq | None:
        n = _natural(a, LARGEST_TABLE)
        return None if n is None else fmpq(f(n))

    return value


def _stirling(n: fmpq, k: fmpq) -> fmpq | None:
    i, j = _natural(n, LARGEST_TABLE), _natural(k, LARGEST_TABLE)
    return None if i is None or j is None else fmpq(fmpz.stirling_s2(i, j))


def _totient(a: fmpq) -> fmpq | None:
    return fmpq(a.p.euler_phi()) if a.q == 1 and 0 < a < 1 << 64 else None


def _zeta(a: fmpq) -> fmpq | None:
    """zeta(-n) = -B_{n+1}/(n + 1), with B_1 = 1/2."""
    n = _natural(-a, LARGEST_TABLE)
    return None if n is None else -_bernoulli(n + 1) / (n + 1)


def _bernoulli(n: int) -> fmpq:
    return fmpq(1, 2) if n == 1 else fmpq.bernoulli(n)


def _atan2(y: fmpq, x: fmpq) -> fmpq | None:
    return fmpq(0) if y == 0 and x > 0 else None


def _first(f: Callable[[fmpq], fmpq | None]) -> Callable[..., fmpq | None]:
    return lambda *xs: f(xs[0]) if len(xs) == 1 else None


_VALUES: dict[str, Callable[..., fmpq | None]] = {
    **dict.fromkeys("sin tan sinh tanh asin atan asinh atanh erf erfi Si Shi fresnels fresnelc lambertw".split(), _at(0, 0)),
    **dict.fromkeys("exp cos sec cosh sech sinc erfc".split(), _at(0, 1)),
    **dict.fromkeys("log acos acosh loggamma".split(), _at(1, 0)),
    "factorial": _factorial, "gamma": _gamma, "binomial": _binomial, "rising": _rising, "falling": _falling, "gcd": _gcd, "lcm": _lcm,
    "fibonacci": _table(fmpz.fib_ui), "bernoulli": _table(_bernoulli), "euler": _table(fmpz.euler_number),
    "harmonic": _first(_table(lambda n: fmpq.harmonic(n) if n else 0)), "bell": _table(fmpz.bell_number), "stirling": _stirling,
    "totient": _totient, "zeta": _first(_zeta), "atan2": _atan2,
}  # fmt: skip


def function(name: str, args: Sequence[fmpq]) -> fmpq | None:
    """The exact value at rational arguments, or None where it is not known to be rational."""
    rule = _VALUES.get(name)
    return None if rule is None else rule(*args)
