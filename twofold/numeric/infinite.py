"""Infinite sums and products, enclosed: terms one by one, then a proved bound on the rest.

Terms that decay like a geometric series or faster end in a bound by a germ. Slower ones are closed with Euler and Maclaurin's formula, whose remainder a
germ of a high derivative bounds. Alternating ones are summed in pairs. What converges only conditionally in another way, or is not shown to
converge, has no certified value.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import TYPE_CHECKING, Any

import flint
from flint import arb, fmpq

from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols, transform
from twofold.numeric.balls import Balls
from twofold.numeric.coefficient_paths import Path, along, assembled, paths, spread
from twofold.numeric.constants import hoisted
from twofold.numeric.doubles import Doubles
from twofold.numeric.gamma_products import rational_product
from twofold.numeric.germs import Germs
from twofold.numeric.integrand import Integrand
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined, Unresolved
from twofold.numeric.quadrature import infinite, unbounded
from twofold.numeric.series import Series, new_tag

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

LENGTHS = (32, 64, 128, 256, 512, 1024, 4096)
"""Terms that are added one by one before the rest is bounded."""


def infinite_range(e: Evaluator, t: Bound) -> Value:
    """A sum or product over a range with an infinite end."""
    if t.shape:
        raise CannotEvaluate("an infinite sum of arrays")
    if isinstance(e.arithmetic, Doubles):
        from twofold.numeric.floatsums import infinite as in_floats

        return in_floats(e, t)
    if not isinstance(e.arithmetic, Balls):
        raise CannotEvaluate("an infinite sum inside an asymptotic bound")
    if t.op == "prod":
        return _product(e, t)
    lower, upper = (e.value(a) for a in t.args)
    low, high = infinite(lower), infinite(upper)
    if low > 0 or high < 0:
        return fmpq(0)
    if e.arithmetic.approximation:
        from twofold.numeric.approximate import series as approximate

        return approximate(e, t.symbols[0], t.body, lower, upper)
    if e.arithmetic.reading != "real" or e.arithmetic.mode != "plain":
        raise CannotEvaluate("an infinite sum of complex terms")
    every = [p for p, _ in paths(list(e.values.values()))]
    return assembled({p: _sum(e, t, lower, upper, low, high, p) for p in every}, every)


def _sum(e: Evaluator, t: Bound, lower: Value, upper: Value, low: int, high: int, path: Path) -> Value:
    symbol, body = t.symbols[0], t.body
    if low and high:
        right = Terms(e, symbol, body, 0, 1, path).total()
        left = Terms(e, symbol, body, -1, -1, path).total()
        return e.arithmetic.add(left, right)
    start = e.arithmetic.integer(lower if high else upper)
    return Terms(e, symbol, body, start, 1 if high else -1, path).total()


def _product(e: Evaluator, t: Bound) -> Value:
    """Rational terms by gamma functions; others by exp of the sum of the logarithms, for positive factors."""
    lower, upper = (e.value(a) for a in t.args)
    if infinite(upper) > 0 and not infinite(lower) and e.arithmetic.reading == "real" and e.arithmetic.mode == "plain":
        try:
            return rational_product(t, e.arithmetic.integer(lower))
        except CannotEvaluate:
            pass
    logs = Bound("sum", t.symbols, App("log", (t.body,)), t.args)
    return e.arithmetic.call("exp", [infinite_range(e, logs)])


class Terms:
    """The terms body(start), body(start + way), … as a function of their number k = 0, 1, …"""

    def __init__(self, e: Evaluator, symbol: Symbol, body: Term, start: int, way: int, path: Path) -> None:
        self.e, self.body = hoisted(e, body, (symbol,))
        self.symbol, self.start, self.way, self.path = symbol, start, way, path

    def at(self, k: int) -> Value:
        place = self.e.arithmetic.number(self.start + self.way * k)
        return along(self.e.inner({self.symbol: place}).value(self.body), self.path, fmpq(0))

    def germ(self, germs: Germs, place: Value) -> Value:
        """The term of number `place`, over germs; uniformly in a neighbourhood of what is differentiated by."""
        values = {s: spread(v) if self.path else v for s, v in self.e.values.items()}
        inner = self.e.over(
            germs, {**values, self.symbol: germs.add(germs.number(self.start), germs.mul(germs.number(self.way), place))}
        )
        return along(inner.value(self.body), self.path, germs.zero)

    def total(self) -> Value:
        """The sum of all terms. Raises `CannotEvaluate` where convergence is not shown."""
        try:
            return self.absolutely(lambda g, u: self.germ(g, u), self.at)
        except CannotEvaluate as reason:
            if not self.vanishing():
                raise
            try:
                return self.in_pairs()
            except NoValue:
                raise reason from None

    def vanishing(self) -> bool:
        """Whether the terms certainly tend to 0."""
        try:
            germs = Germs(2**20, whole=True)
            g = germs.up(self.germ(germs, germs.variable()))
            return not g.terms or germs.tendency(g.terms[0]) < 0
        except NoValue:
            return False

    def in_pairs(self) -> Value:
        """(a_0 + a_1) + (a_2 + a_3) + …: the same sum where the terms tend to 0."""
        halves = [self.of_parity(r) for r in (0, 1)]

        def pair_on(arithmetic: Any, z: Value) -> Value:
            even = arithmetic.mul(arithmetic.number(2), z)
            return arithmetic.add(halves[0].on(arithmetic, even), halves[1].on(arithmetic, arithmetic.add(even, arithmetic.one)))

        def pair(g: Germs, u: Value) -> Value:
            even = g.mul(g.number(2), u)
            return g.add(halves[0].germ(g, even), halves[1].germ(g, g.add(even, g.one)))

        return self.absolutely(pair, lambda k: self.e.arithmetic.add(self.at(2 * k), self.at(2 * k + 1)), pair_on)

    def of_parity(self, r: int) -> Terms:
        """The terms of numbers 2j + r, with powers of negative numbers replaced by those of positive ones and a sign."""
        here = self.e.inner({self.symbol: self.e.arithmetic.number(self.start + self.way * r)})

        def rule(t: Term) -> Term | None:
            if (
                not isinstance(t, App)
                or t.op != "pow"
                or self.symbol in free_symbols(t.args[0])
                or self.symbol not in free_symbols(t.args[1])
            ):
                return None
            base, exponent = here.value(t.args[0]), here.value(t.args[1])
            if type(base) is not fmpq or base >= 0 or type(exponent) is not fmpq or exponent.q != 1:
                return None
            germs = Germs(64, whole=True)
            line = self.e.over(germs, {**self.e.values, self.symbol: germs.variable()}).value(t.args[1])
            if germs.parity(germs.mul(germs.number(2), line)) is None:
                return None
            size = App("pow", (App("neg", (t.args[0],)), t.args[1]))
            return size if exponent.p % 2 == 0 else App("neg", (size,))

        return Terms(self.e, self.symbol, transform(self.body, rule), self.start, self.way, self.path)

    def on(self, arithmetic: Any, z: Value) -> Value:
        """The term of number z over another arithmetic (real z, or one that carries derivatives)."""
        place = arithmetic.add(arithmetic.number(self.start), arithmetic.mul(arithmetic.number(self.way), z))
        return along(self.e.over(arithmetic, {**self.e.values, self.symbol: place}).value(self.body), self.path, fmpq(0))

    def absolutely(
        self, germ: Callable[[Germs, Value], Value], at: Callable[[int], Value], on: Callable[[Any, Value], Value] | None = None
    ) -> Value:
        goal = arb(2) ** (-flint.ctx.prec)
        total: Value = fmpq(0)
        added, best, reason = 0, None, CannotEvaluate("a sum that is not shown to converge")
        for n in LENGTHS:
            try:
                germs = Germs(n, whole=True)
                rest = germs.tail(germ(germs, germs.variable()))
            except Unresolved as r:
                reason = CannotEvaluate(f"an infinite sum without a proved bound: {r}")
                if n >= LENGTHS[2]:
                    break
                continue
            total, added = _more(self.e, at, total, added, n + 1), n + 1
            value = arb(total) + rest
            if best is None or value.rad() < best.rad():
                best = value
            if rest.rad() < goal or (n >= 256 and rest.rad() > goal.sqrt()):
                break
        if best is None:
            raise reason
        if best.rad() < goal.sqrt() * (1 + abs(best)):
            return best
        try:
            closed = self.maclaurin(germ, at, on or self.on)
        except (CannotEvaluate, Unresolved, Undefined):
            return best
        return closed if closed.rad() < best.rad() else best

    def maclaurin(
        self, germ: Callable[[Germs, Value], Value], at: Callable[[int], Value], on: Callable[[Any, Value], Value]
    ) -> Value:
        """Sum to n - 1, the integral from n, half the term at n, and corrections by odd derivatives there.

        Each correction gains 2 log2(2 pi n) bits. The remainder is at most 5 (2 pi)^(-2m) times the integral of the absolute value of the derivative of order 2m.
        """
        m = self.e.arithmetic
        n, bits = (64, 17) if flint.ctx.prec <= 96 else (256, 21)
        corrections = min(12, flint.ctx.prec // bits + 2)
        total = _more(self.e, at, fmpq(0), 0, n)
        order = 2 * corrections
        tag = new_tag()

        def moving(arithmetic: Any, place: Value) -> Value:
            return Series(tag, (place, arithmetic.one, *(arithmetic.zero,) * (order - 1)))

        row = on(m, moving(m, fmpq(n)))
        if not isinstance(row, Series):
            raise CannotEvaluate("terms that do not depend on the index")
        for j in range(1, corrections):
            # f^(2j-1)(n)/(2j)! B_2j, the Taylor coefficient being f^(k)/k!.
            weight = fmpq.bernoulli(2 * j) / (2 * j)
            total = m.sub(total, m.mul(weight, row.coefficients[2 * j - 1]))
        total = m.add(total, m.mul(fmpq(1, 2), row.coefficients[0]))
        germs = Germs(n)
        top = germ(germs, moving(germs, germs.variable()))
        if isinstance(top, Series):
            slope = germs.mul(top.coefficients[order - 2], germs.number(factorial(order - 2)))
            bound = germs.tail_size(slope) * 5 / (2 * arb.pi()) ** (order - 2)
            total = m.add(total, bound.union(-bound))
        return m.add(total, self.integral(germ, on, n))

    def integral(self, germ: Callable[[Germs, Value], Value], on: Callable[[Any, Value], Value], n: int) -> Value:
        """The integral of the terms, taken as a function of a real index, from n on."""
        return unbounded(Continued(self.e, self.symbol, self.body, germ, on), fmpq(n), 1)


class Continued(Integrand):
    """The terms of a sum as a function of a real index."""

    def __init__(
        self, e: Evaluator, symbol: Symbol, body: Term, germ: Callable[[Germs, Value], Value], on: Callable[[Any, Value], Value]
    ) -> None:
        super().__init__(e, symbol, body)
        self.term_germ, self.term_on = germ, on

    def value(self, m: Any, place: Value) -> Value:
        return self.term_on(m, place)

    def germ(self, germs: Germs, place: Callable[[Germs], Value], weight: Callable[[Germs], Value]) -> Value:
        return germs.mul(self.term_germ(germs, place(germs)), weight(germs))


def _more(e: Evaluator, at: Callable[[int], Value], total: Value, added: int, count: int) -> Value:
    for k in range(added, count):
        total = e.arithmetic.add(total, at(k))
    return total
