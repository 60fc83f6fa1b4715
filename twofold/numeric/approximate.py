"""Integrals, infinite sums and limits without a proof: two methods that fail in different ways, each with an estimate of its error.

`tanh-sinh`: a double-exponential change of variables and the trapezoidal rule; sums by Euler and Maclaurin; limits along halved steps.
`gauss`: Gauss-Legendre panels that shrink towards singular ends and grow towards infinity; sums by Levin's u-transform; limits along steps of a third.
Only the ends of a range are estimated, its middle is enclosed: a spike there cannot be missed by both. What a method did goes into `ways`.
The estimate becomes the radius of the ball; it is no bound. Two methods that agree confirm a value; a single one does not.
Sources: Takahasi and Mori (1974); Weniger, Computer Physics Reports 10 (1989).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import comb
from typing import TYPE_CHECKING, Any

import flint
from flint import acb, arb, fmpq

from twofold.grammar.term import Symbol, Term
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.constants import hoisted
from twofold.numeric.outcomes import CannotEvaluate, NoValue
from twofold.numeric.series import Series, aligned, base, new_tag

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
Function = Callable[[Value], Value]

METHODS = ("tanh-sinh", "gauss")
LEVELS = 8
FARTHEST = 400
REACH, SHARE = 32, fmpq(1, 16)
"""How far the enclosed part of an improper integral goes, and the share of a finite range that counts as its end."""


class Estimates(Balls):
    """Ball arithmetic in which improper and infinite operations are estimated by one of the methods."""

    def __init__(self, reading: str, method: str) -> None:
        super().__init__(reading)
        self.approximation = method
        self.ways: set[str] = set()


def _size(x: Value) -> arb:
    """A magnitude of a value, derivatives included."""
    if isinstance(x, Series):
        out = arb(0)
        for c in x.coefficients:
            out = out.max(_size(c))
        return out
    y = acb(arb(x) if type(x) is fmpq else x)
    return abs(y.mid()) + y.rad() if y.is_finite() else arb.pos_inf()


def widened(m: Arithmetic, x: Value, error: arb) -> Value:
    """A value with an estimate of its error as radius."""
    if isinstance(x, Series):
        return Series(x.tag, tuple(widened(m, c, error) for c in x.coefficients))
    ball = arb(0, float(error.abs_upper()) * 1.0001 + 1e-300) if error < arb("1e290") else arb(0).union(error).union(-error)
    return (arb(x) if type(x) is fmpq else x) + ball


def _estimating(e: Evaluator) -> Estimates:
    assert isinstance(e.arithmetic, Estimates)
    return e.arithmetic


def _tolerance() -> arb:
    return arb(2) ** (-flint.ctx.prec * 3 // 4)


# --- integrals -----------------------------------------------------------------------------------------------------------------------


def integral(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value) -> Value:
    """The integral, its ends by the method of the arithmetic, with the estimate as radius."""
    from twofold.numeric.quadrature import infinite

    m = _estimating(e)
    low, high = (0 if isinstance(x, Series) else infinite(x) for x in (a, b))
    if low == high != 0:
        raise CannotEvaluate("an integral from infinity to the same infinity")
    if low > 0 or high < 0:
        return m.neg(integral(e, symbol, body, b, a))

    e, body = hoisted(e, body, (symbol,))

    def f(x: Value) -> Value:
        return e.inner({symbol: x}).value(body)

    def end(a: Value, b: Value | None, way: int) -> Value:
        first = m.approximation == "tanh-sinh"
        m.ways.add("tanh-sinh quadrature" if first else "Gauss-Legendre panels")
        return (_double_exponential if first else _panels)(m, f, a, b, way)

    def middle(a: Value, b: Value) -> Value:
        from twofold.numeric.quadrature import moving

        return moving(e, symbol, body, a, b)

    def finite(a: Value, b: Value) -> Value:
        try:
            return middle(a, b)
        except NoValue:
            share = m.mul(m.sub(b, a), SHARE)
            inner = m.add(a, share), m.sub(b, share)
        return m.add(m.add(_either(middle, end, a, inner[0]), middle(*inner)), _either(middle, end, inner[1], b))

    if low and high:
        outside = m.add(end(fmpq(REACH), None, 1), end(fmpq(-REACH), None, -1))
        return m.add(finite(fmpq(-REACH), fmpq(REACH)), outside)
    if high:
        far = m.add(a, fmpq(REACH))
        return m.add(finite(a, far), end(far, None, 1))
    if low:
        far = m.sub(b, fmpq(REACH))
        return m.add(finite(far, b), end(far, None, -1))
    return finite(a, b)


def _either(middle: Callable[[Value, Value], Value], end: Callable[[Value, Value, int], Value], a: Value, b: Value) -> Value:
    """An end of a range, enclosed where it can be."""
    try:
        return middle(a, b)
    except NoValue:
        return end(a, b, 1)


def _double_exponential(m: Arithmetic, f: Function, a: Value, b: Value | None, way: int) -> Value:
    """Over a..b, or from a outwards where b is None."""
    width = None if b is None else m.sub(b, a)
    half_pi = arb.pi() / 2
    reach = float(((flint.ctx.prec * 2 * arb.const_log2()) / arb.pi() * 2).log())

    def term(t: arb) -> Value:
        u, du = half_pi * t.sinh(), half_pi * t.cosh()
        if width is None:
            step = u.exp()
            return m.mul(f(m.add(a, step if way > 0 else -step)), du * step)
        near = 1 / (1 + (2 * abs(u)).exp())
        x = m.add(a, m.mul(width, near)) if t < 0 else m.sub(b, m.mul(width, near))
        return m.mul(m.mul(f(x), width), 2 * du * near * (1 - near))

    def at(t: arb) -> Value | None:
        try:
            with flint.ctx.workprec(2 * flint.ctx.prec):
                return term(t)
        except CannotEvaluate:
            raise
        except NoValue:
            if abs(t) > reach * 0.6:
                return None
            raise CannotEvaluate("an integrand without a value inside the range") from None

    total: Value = m.zero
    previous: Value | None = None
    goal = _tolerance()
    for level in range(LEVELS):
        h = fmpq(1, 2**level)
        first = level == 0
        k = 0
        while (k == 0 or float(k * h.p) / float(h.q) <= reach) and k < 4000:
            if first or k % 2:
                for sign in (1,) if k == 0 else (1, -1):
                    v = at(arb(h * k * sign))
                    if v is not None:
                        total = m.add(total, v)
            k += 1
        current = m.mul(total, h)
        if previous is not None:
            gap = _size(m.sub(current, previous))
            if level >= 3 and gap <= goal * (1 + _size(current)):
                return widened(m, current, gap)
        previous = current
    raise CannotEvaluate("the trapezoidal rule does not settle")


@cache
def _rule(n: int, precision: int) -> tuple[tuple[arb, arb], ...]:
    """Nodes and weights of Gauss-Legendre on (-1, 1)."""
    with flint.ctx.workprec(precision):
        return tuple(arb.legendre_p_root(n, k, weight=True) for k in range(n))


def _panels(m: Arithmetic, f: Function, a: Value, b: Value | None, way: int) -> Value:
    bits = flint.ctx.prec
    small, large = (_rule(n, bits) for n in (12 + bits // 8, 18 + bits // 6))
    error = arb(0)
    total: Value = m.zero
    goal = _tolerance()
    quiet = 0
    for left, right in _edges(m, a, b, way, bits):
        fine, coarse = (_panel(m, f, left, right, rule) for rule in (large, small))
        total = m.add(total, fine)
        error += _size(m.sub(fine, coarse))
        quiet = quiet + 1 if _size(fine) <= goal * goal * (1 + _size(total)) else 0
        if b is None and quiet >= 4:
            break
    else:
        if b is None:
            raise CannotEvaluate("an integral that converges too slowly to be estimated")
    if error > arb("1e-6") * (1 + _size(total)):
        raise CannotEvaluate("Gauss rules do not settle")
    return widened(m, total, error)


def _edges(m: Arithmetic, a: Value, b: Value | None, way: int, bits: int) -> list[tuple[Value, Value]]:
    """Panels that halve towards both ends of a finite range, and double away from the regular point that an infinite one starts at."""
    if b is None:
        marks = [fmpq(0), *(fmpq(2) ** k for k in range(FARTHEST))]
        places = [m.add(a, x if way > 0 else -x) for x in marks]
        pairs = list(zip(places, places[1:], strict=False))
        return pairs if way > 0 else [(q, p) for p, q in pairs]
    fine = [fmpq(1, 2**k) for k in range(bits, 0, -1)]
    width = m.sub(b, a)
    shares = [fmpq(0), *fine]
    left = [m.add(a, m.mul(width, s)) for s in shares]
    right = [m.sub(b, m.mul(width, s)) for s in shares]
    return [*zip(left, left[1:], strict=False), *((q, p) for p, q in zip(right, right[1:], strict=False))]


def _panel(m: Arithmetic, f: Function, left: Value, right: Value, rule: tuple[tuple[arb, arb], ...]) -> Value:
    half = m.div(m.sub(right, left), fmpq(2))
    centre = m.add(left, half)
    total: Value = m.zero
    for x, w in rule:
        total = m.add(total, m.mul(w, f(m.add(centre, m.mul(half, x)))))
    return m.mul(total, half)


# --- sums ------------------------------------------------------------------------------------------------------------------------------


def series(e: Evaluator, symbol: Symbol, body: Term, lower: Value, upper: Value) -> Value:
    """The sum over an infinite range by the method of the arithmetic, with its estimate as radius."""
    from twofold.numeric.quadrature import infinite

    m = e.arithmetic
    low, high = infinite(lower), infinite(upper)
    starts = [(0, 1), (-1, -1)] if low and high else [(m.integer(lower if high else upper), 1 if high else -1)]
    total: Value = m.zero
    for start, way in starts:
        total = m.add(total, _series(e, symbol, body, start, way))
    return total


def _series(e: Evaluator, symbol: Symbol, body: Term, start: int, way: int) -> Value:
    m = _estimating(e)
    e, body = hoisted(e, body, (symbol,))

    def at(x: Value) -> Value:
        return e.inner({symbol: m.add(fmpq(start), m.mul(fmpq(way), x))}).value(body)

    goal = _tolerance()
    terms: list[Value] = []
    total: Value = m.zero
    for k in range(120):
        terms.append(at(fmpq(k)))
        total = m.add(total, terms[-1])
        if k > 8 and all(_size(t) <= goal * goal * (1 + _size(total)) for t in terms[-4:]):
            m.ways.add("partial sums")
            return widened(m, total, _size(terms[-1]) * 4)
    if m.approximation == "tanh-sinh":
        m.ways.add("Euler and Maclaurin's formula")
        return _euler_maclaurin(m, at, 24)
    m.ways.add("Levin's transform")
    return _levin(m, terms)


def _euler_maclaurin(m: Arithmetic, at: Function, n: int) -> Value:
    order, tag = 20, new_tag()
    total: Value = m.zero
    for k in range(n):
        total = m.add(total, at(fmpq(k)))
    row = aligned(at(Series(tag, (fmpq(n), m.one, *(m.zero,) * (order - 1)))), tag, order, m.zero)
    total = m.add(total, m.mul(fmpq(1, 2), row[0]))
    last: Value = m.zero
    for j in range(1, order // 2):
        last = m.mul(fmpq.bernoulli(2 * j) / (2 * j), row[2 * j - 1])
        total = m.sub(total, last)
    rest = _double_exponential(m, at, fmpq(n), None, 1)
    return widened(m, m.add(total, rest), _size(last))


def _levin(m: Arithmetic, terms: list[Value]) -> Value:
    found = []
    for n in (44, 50):
        with flint.ctx.workprec(4 * flint.ctx.prec):
            partial: Value = m.zero
            top, bottom = m.zero, m.zero
            for j in range(n):
                partial = m.add(partial, terms[j])
                if _size(base(terms[j])) == 0:
                    raise CannotEvaluate("a sum with terms that vanish")
                weight = fmpq((-1) ** j * comb(n - 1, j)) * fmpq(j + 1, n) ** (n - 2) / (j + 1)
                part = m.div(weight, terms[j])
                top, bottom = m.add(top, m.mul(part, partial)), m.add(bottom, part)
            found.append(m.div(top, bottom))
    gap = _size(m.sub(found[1], found[0]))
    if gap > arb("1e-6") * (1 + _size(found[1])):
        raise CannotEvaluate("a sum that converges too slowly to be estimated")
    return widened(m, found[1], gap)


# --- limits ----------------------------------------------------------------------------------------------------------------------------


def limit(e: Evaluator, symbol: Symbol, body: Term, point: Value, side: int, far: int) -> Value:
    """By Richardson's extrapolation along geometric steps (along whole numbers for a sequence), with the gap between neighbours in the table as radius."""
    m = _estimating(e)
    first = m.approximation == "tanh-sinh"
    m.ways.add("extrapolation along halves" if first else "extrapolation along thirds")
    ratio = fmpq(1, 2) if first else fmpq(1, 3)
    start = fmpq(611, 9941) if first else fmpq(577, 9973)
    column: list[Value] = []
    whole = far and symbol.kind == "integer"
    with flint.ctx.workprec(4 * flint.ctx.prec):
        for k in range(11 if whole and first else 7 if whole else 20):
            # Steps of 1/16 would meet every period of sin(2*pi/x) at one place.
            h = start * ratio**k
            place = fmpq(far * (5 if first else 7)) / ratio**k if whole else fmpq(far) / h if far else m.add(point, h * side)
            column.append(e.inner({symbol: place}).value(body))
        best, error = column[-1], _size(m.sub(column[-1], column[-2]))
        power = fmpq(1)
        while len(column) > 2:
            power *= ratio
            column = [m.div(m.sub(y, m.mul(power, x)), 1 - power) for x, y in zip(column, column[1:], strict=False)]
            gap = _size(m.sub(column[-1], column[-2]))
            if gap < error:
                best, error = column[-1], gap
    if not error < arb("1e-6") * (1 + _size(best)):
        raise CannotEvaluate("a limit that does not settle")
    return widened(m, best, error)


__all__ = ["METHODS", "Estimates", "integral", "limit", "series"]
