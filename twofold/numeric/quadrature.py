"""Certified integrals: FLINT's adaptive Gauss-Legendre quadrature on finite pieces, proved bounds on the ends that it cannot reach.

The integrand is never taken to be analytic: on complex balls every part must show that it is (mode `analytic`), on real pieces the ball arithmetic
encloses it (mode `interval`), kinks and jumps included. An end at infinity, or one where the integrand is singular, is cut off where a germ
proves the rest to be small. Source: Johansson, "Numerical integration in arbitrary-precision ball arithmetic" (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING, Any

import flint
from flint import acb, arb, fmpq

from twofold.numeric import remembered
from twofold.numeric.balls import Balls
from twofold.numeric.coefficient_paths import Path, assembled, paths
from twofold.numeric.germs import Germs
from twofold.numeric.integrand import Integrand
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined, Unresolved
from twofold.numeric.series import Series, base
from twofold.numeric.turns import Turn

if TYPE_CHECKING:
    from twofold.grammar.term import Symbol, Term
    from twofold.numeric.evaluator import Evaluator

Scalar = Any

EVALUATIONS = 3000
"""Limit on evaluations of an integrand for each 64 bits of precision, up to four times this."""

NEAR = 1024
"""Ranges up to here are integrated as they are, longer ones on a logarithmic scale."""

SLOW = 16
"""A bound on the tail that improves by less than this from one distance to the next comes from an oscillation, and is not worth going far for."""

REGULAR = 64
"""An integrand that is analytic within this part of a range around its end is regular there."""

DISTANCES = (4, 8, 16, 32, 64, 128, 256, 1024, 2**12, 2**16, 2**24, 2**32, 2**48, 2**64)
"""Where ends are cut off, in the variable that runs to infinity there."""


def moving(e: Evaluator, symbol: Symbol, body: Term, a: Scalar, b: Scalar) -> Scalar:
    """The integral where the ends or the integrand carry derivatives, coefficient by coefficient."""

    def run() -> Scalar:
        every = [p for p, _ in paths([a, b, *e.values.values()])]
        made = {p: _one(e, symbol, body, a, b, p) for p in every}
        return assembled(made, every)

    return remembered.integral(e, symbol, body, a, b, run)


def _one(e: Evaluator, symbol: Symbol, body: Term, a: Scalar, b: Scalar, path: Path) -> Scalar:
    f = Integrand(e, symbol, body, path)
    if not isinstance(a, Series) and not isinstance(b, Series):
        return _between(f, a, b)
    low, high = (0 if isinstance(x, Series) else infinite(x) for x in (a, b))
    if not low and not high:
        f.ends = (a, b)
        return finite(f, fmpq(0), fmpq(1))
    still = Integrand(e, symbol, body, path)
    centre = fmpq(*_dyadic(_ball(base(b if low else a))))
    f.ends = (centre, b) if low else (a, centre)
    outer = _between(still, a, centre) if low else _between(still, centre, b)
    return outer + finite(f, fmpq(0), fmpq(1))


def _between(f: Integrand, a: Scalar, b: Scalar) -> Scalar:
    low, high = infinite(a), infinite(b)
    if low == 0 == high:
        return finite(f, a, b)
    if low == high:
        raise Undefined("an integral from infinity to the same infinity")
    if low > 0 or high < 0:
        return -_between(f, b, a)
    if f.outer != "plain":
        raise CannotEvaluate("an improper integral inside another one")
    start = fmpq(0) if low and high else a if high else b
    total: Scalar = arb(0)
    if high:
        total = total + unbounded(f, start, 1)
    if low:
        total = total + unbounded(f, start, -1)
    return total


def infinite(x: Scalar) -> int:
    """1 for oo, -1 for -oo, 0 for a number."""
    if isinstance(x, arb) and not x.is_finite() and not x.is_nan():
        return 1 if x > 0 else -1
    return 0


def _ball(x: Scalar) -> Scalar:
    return arb(x) if type(x) is fmpq else x.here() if type(x) is Turn else x


def unbounded(f: Integrand, start: Scalar, way: int) -> Scalar:
    """The integral from `start` outwards to an infinity; positive for a positive integrand, whichever way."""
    begin = _ball(start)
    if type(begin) is not arb:
        raise CannotEvaluate("an integral from a complex number to infinity")

    def tail(distance: int) -> arb:
        germs = Germs(distance)
        return germs.tail(f.germ(germs, lambda g: g.variable(way), lambda g: g.one))

    far, rest = _cut(tail, lambda d: d > abs(begin) + 2)
    if far <= NEAR:
        inner = finite(f, start, fmpq(way * far))
        return (inner if way > 0 else -inner) + rest
    inner = finite(f, start, start + way)
    reach = abs(way * far - begin).log()
    return (inner if way > 0 else -inner) + _logarithmic(f, start, way, arb(0), reach) + rest


def _logarithmic(f: Integrand, point: Scalar, way: int, low: arb, high: arb) -> Scalar:
    """The integral over point + way*exp(low..high), outwards, on a logarithmic scale; with as many more bits as the point swallows."""
    g = copy(f)
    g.logarithmic = point, way
    g.extra = int(float(abs(low).max(abs(high)) / arb.const_log2()))
    out = _adaptive(g, low, high)
    if not out.is_finite():
        raise Unresolved("an integral that is not enclosed")
    return out


def _cut(tail: Callable[[int], arb], admissible: Callable[[int], bool]) -> tuple[int, arb]:
    """The nearest distance from which the rest is proved to be below the precision; the best one, where none is."""
    best: tuple[int, arb] | None = None
    reason: NoValue = Unresolved("a bound on the tail")
    goal = arb(2) ** (-flint.ctx.prec)
    for distance in DISTANCES:
        if not admissible(distance):
            continue
        try:
            rest = tail(distance)
        except Unresolved as e:
            reason = e
            continue
        slow = best is not None and rest.rad() * SLOW > best[1].rad()
        if best is None or rest.rad() < best[1].rad():
            best = distance, rest
        if rest.rad() < goal or (slow and distance >= 256):
            break
    if best is None or not best[1].rad() < 1:
        raise CannotEvaluate(f"an improper integral without a proved bound: {reason}")
    return best


def finite(f: Integrand, a: Scalar, b: Scalar) -> Scalar:
    """The integral over a finite range, singular ends included."""
    if f.e.arithmetic.is_zero(f.e.arithmetic.sub(b, a)):
        return fmpq(0)
    direct = _adaptive(f, a, b)
    if _good(direct) and not f.undefined:
        return direct
    if f.hopeless is not None:
        raise f.hopeless
    if f.undefined:
        raise Undefined("the integrand has no value on a part of the range")
    if type(_ball(a)) is arb and type(_ball(b)) is arb and f.outer == "plain":
        cut = _with_ends_cut(f, a, b)
        if cut is not None:
            return cut
    if direct.is_finite():
        return direct
    raise Unresolved("an integral that is not enclosed")


def _good(x: Scalar) -> bool:
    """Accurate enough: half of the precision, relatively or absolutely."""
    bits = flint.ctx.prec // 2
    return bool(x.is_finite()) and (
        x.rel_accuracy_bits() >= bits or bool(acb(x).real.rad() < arb(2) ** -bits) and bool(acb(x).imag.rad() < arb(2) ** -bits)
    )


def _adaptive(f: Integrand, a: Scalar, b: Scalar) -> Scalar:
    x, y = acb(_ball(a)), acb(_ball(b))
    real = type(_ball(a)) is arb and type(_ball(b)) is arb
    whole = x.is_exact() and y.is_exact() and real
    width = y - x

    def at(z: acb, analytic: bool) -> acb:
        point = z if whole else x + width * z
        if not analytic and real and z.imag.is_zero():
            point = point.real
        value = f.safe(point, analytic)
        return value if whole else value * width

    limit = EVALUATIONS * min(4, 1 + flint.ctx.prec // 64)
    ends = (x, y) if whole else (acb(0), acb(1))
    out = acb.integral(at, *ends, eval_limit=limit, depth_limit=4 * flint.ctx.prec, use_heap=True)
    if f.hopeless is not None:
        raise f.hopeless
    return (
        out.real
        if f.reading == "real" and f.outer != "analytic"
        else f.e.arithmetic.tidy(out)
        if isinstance(f.e.arithmetic, Balls)
        else out
    )


def _with_ends_cut(f: Integrand, a: Scalar, b: Scalar) -> Scalar | None:
    """The integral with the pieces next to singular ends bounded by germs, the rest done by quadrature."""
    x, y = _ball(a), _ball(b)
    if x > y:
        out = _with_ends_cut(f, b, a)
        return None if out is None else -out
    middle = fmpq(*_dyadic((x + y) / 2))
    total: Scalar = arb(0)
    for end, way in ((a, 1), (b, -1)):
        piece = _adaptive(f, end, middle) if way > 0 else _adaptive(f, middle, end)
        if not _good(piece):
            found = _singular(f, end, middle, way)
            if found is None:
                return None
            piece = found
        total = total + piece
    return total


def _is_regular(f: Integrand, end: Scalar, middle: Scalar) -> bool:
    """Whether the integrand is analytic well around an end: what keeps the integral from being enclosed is elsewhere then."""
    x = _ball(end)
    reach = (_ball(middle) - x).abs_upper() / REGULAR
    try:
        return acb(f.on(acb(arb(x.mid(), reach), arb(0, reach)), True)).is_finite()
    except NoValue:
        return False


def _dyadic(x: arb) -> tuple[int, int]:
    man, exp = x.mid().man_exp()
    e = int(exp)
    return (int(man) << e, 1) if e >= 0 else (int(man), 1 << -e)


def _singular(f: Integrand, end: Scalar, middle: Scalar, way: int) -> Scalar | None:
    """Next to an end the variable is end + way/u with u to infinity, and the weight 1/u^2."""
    if (type(end) is not fmpq and type(end) is not Turn) or _is_regular(f, end, middle):
        return None

    def tail(distance: int) -> arb:
        germs = Germs(distance)
        return germs.tail(
            f.germ(
                germs,
                lambda g: g.add(end, g.div(g.number(way), g.variable())),
                lambda g: g.pow(g.variable(), g.number(-2)),
            )
        )

    try:
        near, rest = _cut(tail, lambda d: abs(middle - end) * d > 1)
    except NoValue:
        return None
    try:
        return _logarithmic(f, end, way, -arb(near).log(), arb(abs(middle - end)).log()) + rest
    except Unresolved:
        return None
