"""Special functions of multiseries: at infinity by their asymptotic series, at points by Taylor and Laurent series.

Sources: DLMF 5.11 (gamma, digamma), 5.15 (polygamma), 6.12 (exponential, sine and cosine integrals), 7.12 (error functions), 4.13.10 (Lambert's W),
10.17, 10.40 (Bessel functions), 25.2 (zeta).
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb, factorial
from typing import Any

from flint import fmpq

from twofold.grammar.term import App, Const
from twofold.symbolic.asymptotic.constants import ONE, ZERO, NotReal, Number, Undecided
from twofold.symbolic.asymptotic.elementary import HALF, Elementary
from twofold.symbolic.asymptotic.multiseries import Series, Value
from twofold.symbolic.normal.polygammas import polygamma_of, zeta_of


class Special(Elementary):
    """Functions by rules of their own."""

    def _constant(self, op: str, *args: Number) -> Number:
        return self.k.of(App(op, tuple(self.k.term(a) for a in args)))

    def _inverse_powers(self, v: Value, coefficients: list[Value], exact: Any) -> Value:
        """sum of coefficients[i]/v^i for a v that tends to infinity: an asymptotic series, as far as it is listed."""
        return self._small_composed(self.inverse(v), coefficients, exact)

    def _root_pi(self, r: fmpq) -> Number:
        return self.k.power(self.k.of(Const("pi")), r)

    # --- gamma -------------------------------------------------------------------------------------------------------------------------

    def _far(self, v: Value) -> bool:
        """Whether a value tends to +oo. Raises `Undecided` for -oo, where these functions have poles."""
        if not isinstance(v, Series) or self.trend(v) <= 0:
            return False
        if self.sign(v) < 0:
            raise Undecided
        return True

    def _stirling(self, v: Value) -> Value:
        rest: list[Value] = [ZERO]
        for i in range(1, self.terms // 2 + 2):
            rest += [fmpq.bernoulli(2 * i) / (2 * i * (2 * i - 1)), ZERO]
        out = self.sub(self.mul(self.sub(v, HALF), self.log(v)), v)
        two_pi = self.k.log(self.k.mul(fmpq(2), self.k.of(Const("pi"))))
        return self.add(self.add(out, self.k.mul(HALF, two_pi)), self._inverse_powers(v, rest, None))

    def _pole(self, v: Value) -> int | None:
        """m where a value tends to -m, a pole of gamma."""
        at = self.limit(v)
        if isinstance(at, fmpq) and at.q == 1 and -40 <= at <= 0:
            return -int(at.p)
        return None

    def gamma(self, v: Value) -> Value:
        if not isinstance(v, Series):
            if self._pole(v) is not None:
                raise Undecided
            return self._constant("gamma", v)
        if self._far(v):
            return self._named("gamma", v, self.exp(self.loggamma(v)))
        m = self._pole(v)
        if m is None:
            c = self.limit(v)
            assert c is not None
            value = self._constant("gamma", c)
            if not isinstance(c, fmpq) and self.k.sign(c) < 0:
                raise Undecided
            return self.mul(value, self.exp(self._log_gamma_beside(v, c)))
        out = self.gamma(self.add(v, fmpq(m + 1)))
        for i in range(m + 1):
            out = self.div(out, self.add(v, fmpq(i)))
        return out

    def _log_gamma_beside(self, v: Value, c: Number) -> Value:
        """log(gamma(v)/gamma(c)) for a v that tends to c."""
        e = self.k.lifted(c)
        coefficients: list[Value] = [ZERO]
        for i in range(self.terms):
            value = self.k.plain(polygamma_of(self.k.c, i, e))
            coefficients.append(self.k.mul(value, fmpq(1, factorial(i + 1))))
        d = self.sub(v, c)
        return self._small_composed(d, coefficients, None)

    def _small_composed(self, d: Value, coefficients: list[Value], exact: Any) -> Value:
        """A power series in something small, on whatever level it is small: Taylor's theorem where that is a lower one."""
        if not isinstance(d, Series):
            if not self.k.is_zero(d):
                raise Undecided
            return coefficients[0]
        if not (d.e and isinstance(d.e[0], fmpq) and not d.e[0]):
            return self.composed(d, coefficients, exact)
        c, rest = self.around(d)
        shifted: list[Value] = []
        for i in range(max(1, len(coefficients) // 2)):
            row = [self.mul(fmpq(comb(j, i)), x) for j, x in enumerate(coefficients) if j >= i]
            shifted.append(self._small_composed(c, row, None))
        return self.composed(rest, shifted, exact)

    def _carried(self, op: str, v: Value, derivatives: Callable[[Value], list[Value]]) -> Value | None:
        """f(C + d) by Taylor's theorem where C tends to infinity on a lower level than d vanishes; `None` elsewhere.

        The functions here vary so slowly that the third derivative at C + t*d is of the order of that at C where C^2*d tends to 0.
        """
        if not isinstance(v, Series) or not v.e or not isinstance(v.e[0], fmpq) or v.e[0]:
            return None
        c, d = self.around(v)
        if not isinstance(c, Series) or not isinstance(d, Series) or self.trend(self.mul(d, self.mul(c, c))) >= 0:
            return None
        out = self._named(op, c, _RULES[op](self, c))
        power: Value = d
        *rows, last = derivatives(c)
        for i, f in enumerate(rows, 1):
            out = self.add(out, self.mul(fmpq(1, factorial(i)), self.mul(f, power)))
            power = self.mul(power, d)
        return self._cut(out, self.mul(last, power))

    def _named(self, op: str, v: Value, made: Value) -> Value:
        """A value that is known to be a function of another one."""
        return Series(made.b, made.e, made.c, made.end, (op, v)) if isinstance(made, Series) else made

    def loggamma(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self._constant("loggamma", v)
        if self._far(v):
            made = self._carried("loggamma", v, lambda c: [self.polygamma(fmpq(i), c) for i in range(3)])
            return self._stirling(v) if made is None else made
        c = self.limit(v)
        if c is not None and self._pole(v) is None and self.k.sign(c) > 0:
            return self.add(self._constant("loggamma", c), self._log_gamma_beside(v, c))
        return self.log(self.gamma(v))

    def digamma(self, v: Value) -> Value:
        return self.polygamma(ZERO, v)

    def polygamma(self, order: Value, v: Value) -> Value:
        if not isinstance(order, fmpq) or order.q != 1 or not 0 <= order <= 12:
            raise Undecided
        m = int(order.p)
        if not isinstance(v, Series):
            return self.k.plain(polygamma_of(self.k.c, m, self.k.lifted(v)))
        if self._far(v):
            made = None if m else self._carried("digamma", v, lambda c: [self.polygamma(fmpq(i), c) for i in (1, 2, 3)])
            return self._polygamma_far(m, v) if made is None else made
        pole = self._pole(v)
        if pole is not None:
            out = self.polygamma(order, self.add(v, fmpq(pole + 1)))
            sign = fmpq((-1) ** m * factorial(m))
            for i in range(pole + 1):
                out = self.sub(out, self.mul(sign, self.power(self.add(v, fmpq(i)), fmpq(-m - 1))))
            return out
        c = self.limit(v)
        assert c is not None
        if not isinstance(c, fmpq) and self.k.sign(c) < 0:
            raise Undecided
        e = self.k.lifted(c)
        coefficients: list[Value] = [
            self.k.mul(self.k.plain(polygamma_of(self.k.c, m + i, e)), fmpq(1, factorial(i))) for i in range(self.terms)
        ]
        return self._small_composed(self.sub(v, c), coefficients, None)

    def _polygamma_far(self, m: int, v: Value) -> Value:
        n = self.terms + 2
        row: list[Value] = [ZERO] * (n + m + 1)
        if m == 0:
            row[1] = -HALF
            for i in range(2, n, 2):
                row[i] = -fmpq.bernoulli(i) / i
            return self.add(self.log(v), self._inverse_powers(v, row, None))
        sign = (-1) ** (m + 1)
        row[m] = fmpq(sign * factorial(m - 1))
        row[m + 1] = fmpq(sign * factorial(m), 2)
        for i in range(2, n, 2):
            row[i + m] = sign * fmpq.bernoulli(i) * fmpq(factorial(i + m - 1), factorial(i))
        return self._inverse_powers(v, row, None)

    def harmonic(self, v: Value) -> Value:
        return self.add(self.digamma(self.add(v, ONE)), self.k.of(Const("euler_gamma")))

    def factorial(self, v: Value) -> Value:
        return self.gamma(self.add(v, ONE))

    def binomial(self, n: Value, r: Value) -> Value:
        if isinstance(r, fmpq) and r.q == 1 and r <= 12:
            out: Value = ONE if r >= 0 else ZERO
            for i in range(max(0, int(r.p))):
                out = self.mul(out, self.mul(fmpq(1, i + 1), self.sub(n, fmpq(i))))
            return out
        logs = [self.loggamma(self.add(x, ONE)) for x in (n, r, self.sub(n, r))]
        return self.exp(self.sub(logs[0], self.add(logs[1], logs[2])))

    def beta(self, a: Value, b: Value) -> Value:
        return self.div(self.mul(self.gamma(a), self.gamma(b)), self.gamma(self.add(a, b)))

    # --- error functions -----------------------------------------------------------------------------------------------------------------

    def erf(self, v: Value) -> Value:
        if isinstance(v, Series) and self.trend(v) > 0:
            if self.sign(v) < 0:
                return self.neg(self.erf(self.neg(v)))
            made = self._carried("erf", v, self._erf_derivatives)
            return self.sub(ONE, self._tail_of_erf(v, -1)) if made is None else made
        return self.analytic("erf", v)

    def _erf_derivatives(self, c: Value) -> list[Value]:
        square = self.mul(c, c)
        g = self.mul(self.k.mul(fmpq(2), self._root_pi(-HALF)), self.exp(self.neg(square)))
        second = self.mul(fmpq(-2), self.mul(c, g))
        return [g, second, self.mul(self.sub(self.mul(fmpq(4), square), fmpq(2)), g)]

    def erfc(self, v: Value) -> Value:
        if isinstance(v, Series) and self.trend(v) > 0 and self.sign(v) > 0:
            return self._tail_of_erf(v, -1)
        return self.sub(ONE, self.erf(v))

    def erfi(self, v: Value) -> Value:
        if isinstance(v, Series) and self.trend(v) > 0:
            return self._tail_of_erf(v, 1)
        return self.analytic("erfi", v)

    def _tail_of_erf(self, v: Value, sign: int) -> Value:
        """exp(-v^2)/(sqrt(pi)*v)*(1 - 1/(2*v^2) + …), of erfi with the other signs."""
        row: list[Value] = []
        value = ONE
        for i in range(self.terms + 1):
            row += [value, ZERO]
            value = value * sign * fmpq(2 * i + 1, 2)
        square = self.mul(v, v)
        out = self.mul(self.exp(self.mul(fmpq(sign), square)), self._inverse_powers(v, row, None))
        return self.mul(self._root_pi(-HALF), self.div(out, v))

    def normal_distribution(self, v: Value) -> Value:
        return self.mul(HALF, self.erfc(self.neg(self.mul(self.k.power(fmpq(2), -HALF), v))))

    # --- exponential, sine and cosine integrals --------------------------------------------------------------------------------------------

    def ei(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self._constant("Ei", v)
        if self.trend(v) > 0:
            made = self._carried("Ei", v, self._ei_derivatives)
            if made is not None:
                return made
            row: list[Value] = [fmpq(factorial(i)) for i in range(self.terms + 1)]
            return self.mul(self.div(self.exp(v), v), self._inverse_powers(v, row, None))
        if self.trend(v) < 0:
            size = v if self.sign(v) > 0 else self.neg(v)
            rows: list[Value] = [ZERO, *(fmpq(1, i * factorial(i)) for i in range(1, self.terms + 1))]
            return self.add(self._euler_log(size), self._small_composed(v, rows, None))
        return self._near("Ei", v, lambda u: self.div(self.exp(u), u))

    def _ei_derivatives(self, c: Value) -> list[Value]:
        up, low = self.exp(c), self.inverse(c)
        square = self.mul(low, low)
        third = self.add(self.sub(low, self.mul(fmpq(2), square)), self.mul(fmpq(2), self.mul(square, low)))
        return [self.mul(up, f) for f in (low, self.sub(low, square), third)]

    def _euler_log(self, v: Value) -> Value:
        return self.add(self.k.of(Const("euler_gamma")), self.log(v))

    def _near(self, op: str, v: Series, slope: Callable[[Value], Value]) -> Value:
        """A function at a constant other than a singular point, to the first order."""
        c = self.limit(v)
        assert c is not None
        d = self.sub(v, c)
        if not isinstance(d, Series) or (d.e and isinstance(d.e[0], fmpq) and not d.e[0]):
            raise Undecided
        return self._first_order(self._constant(op, c), slope(c), d, (op, v))

    def li(self, v: Value) -> Value:
        return self.ei(self.log(v))

    def sine_integral(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self._constant("Si", v)
        if self.trend(v) > 0:
            if self.sign(v) < 0:
                return self.neg(self.sine_integral(self.neg(v)))
            f, g, s, c = self._auxiliary(v)
            return self.sub(self.half_pi(), self.add(self.mul(f, c), self.mul(g, s)))
        if self.trend(v) < 0:
            row: list[Value] = [
                ZERO if i % 2 == 0 else fmpq((-1) ** (i // 2), i * factorial(i)) for i in range(2 * self.terms + 1)
            ]
            return self._small_composed(v, row, None)
        return self._near("Si", v, lambda u: self.div(self.circular(u)[0], u))

    def cosine_integral(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self._constant("Ci", v)
        if self.sign(v) < 0:
            raise NotReal
        if self.trend(v) > 0:
            f, g, s, c = self._auxiliary(v)
            return self.sub(self.mul(f, s), self.mul(g, c))
        if self.trend(v) < 0:
            row: list[Value] = [ZERO]
            row += [ZERO if i % 2 else fmpq((-1) ** (i // 2), i * factorial(i)) for i in range(1, 2 * self.terms + 1)]
            return self.add(self._euler_log(v), self._small_composed(v, row, None))
        return self._near("Ci", v, lambda u: self.div(self.circular(u)[1], u))

    def _auxiliary(self, v: Value) -> tuple[Value, Value, Value, Value]:
        f: list[Value] = [ZERO]
        g: list[Value] = [ZERO]
        for i in range(self.terms + 1):
            f.append(fmpq((-1) ** (i // 2) * factorial(i)) if i % 2 == 0 else ZERO)
            g.append(fmpq((-1) ** (i // 2) * factorial(i)) if i % 2 else ZERO)
        s, c = self.circular(v)
        return self._inverse_powers(v, f, None), self._inverse_powers(v, g, None), s, c

    # --- zeta, Lambert, Bessel -----------------------------------------------------------------------------------------------------------------

    def zeta(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self._constant("zeta", v)
        if self._far(v):
            made = self._carried("zeta", v, lambda c: [self._zeta_far(c, i) for i in (1, 2, 3)])
            return self._zeta_far(v, 0) if made is None else made
        c = self.limit(v)
        assert c is not None
        d = self.sub(v, c)
        if isinstance(c, fmpq) and c == 1:
            return self.add(self.inverse(d), self._small_composed(d, [self.k.of(Const("euler_gamma"))], None))
        value = self.k.plain(zeta_of(self.k.c, int(c.p))) if isinstance(c, fmpq) and c.q == 1 else self._constant("zeta", c)
        return self._small_composed(d, [value], None)

    def _zeta_far(self, v: Value, order: int) -> Value:
        """The derivatives of sum i^-v far out: the error is of the order of the first term left out."""
        parts: list[Value] = []
        for i in range(2, 6):
            size = self.k.log(fmpq(i))
            weight = self.k.power(self.k.neg(size), fmpq(order)) if order else ONE
            parts.append(self.mul(weight, self.exp(self.neg(self.mul(size, v)))))
        out: Value = ZERO if order else ONE
        for p in parts[:-1]:
            out = self.add(out, p)
        return self._cut(out, parts[-1])

    def _cut(self, v: Value, last: Value) -> Value:
        """A series with what is of the order of `last` unknown."""
        monomial, _ = self.lead(last)
        if not monomial:
            raise Undecided
        b, e = monomial[0]
        return self.add(v, Series(b, [], [], e, None))

    def lambertw(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self._constant("lambertw", v)
        if self.trend(v) > 0:
            if self.sign(v) < 0:
                raise NotReal
            first = self.log(v)
            w = first
            for _ in range(self.terms):
                w = self.sub(first, self.log(w))
            b, e = self.lead(first)[0][0]
            return self.add(w, Series(b, [], [], self.k.mul(fmpq(1 - self.terms), e), None))
        if self.trend(v) < 0:
            row: list[Value] = [ZERO, *(fmpq((-i) ** (i - 1), factorial(i)) for i in range(1, self.terms + 1))]
            return self._small_composed(v, row, None)
        c = self.limit(v)
        if c is None or self.k.sign(c) < 0:
            raise Undecided
        w = self._constant("lambertw", c)
        return self._near("lambertw", v, lambda u: self.div(w, self.mul(u, self.add(ONE, w))))

    def bessel(self, op: str, order: Value, v: Value) -> Value:
        if isinstance(order, Series):
            raise Undecided
        if not isinstance(v, Series):
            return self._constant(op, order, v)
        if self.trend(v) > 0:
            if self.sign(v) < 0:
                raise Undecided
            return self._bessel_far(op, order, v)
        if op in ("besselj", "besseli") and self.trend(v) < 0 and isinstance(order, fmpq) and order.q == 1 and order >= 0:
            n = int(order.p)
            sign = -1 if op == "besselj" else 1
            row: list[Value] = [ZERO] * (n + 2 * self.terms)
            for i in range(self.terms):
                row[n + 2 * i] = fmpq(sign**i, factorial(i) * factorial(i + n) * 2 ** (2 * i + n))
            return self._small_composed(v, row, None)
        raise Undecided

    def _bessel_far(self, op: str, order: Number, v: Value) -> Value:
        """The leading factor and the series for the modified functions; a bounded oscillation over sqrt(v) for the others."""
        root = self.power(v, -HALF)
        if op in ("besselj", "bessely"):
            wave = self.k.wave(-1, 1)
            self.sided = True
            size = self.k.power(self.k.mul(fmpq(2), self.k.inverse(self.k.of(Const("pi")))), HALF)
            return self.mul(self.mul(size, root), self._inverse_powers(v, [wave], None))
        four = self.k.mul(fmpq(4), self.k.mul(order, order))
        sign = -1 if op == "besseli" else 1
        row: list[Value] = []
        value: Number = ONE
        for i in range(self.terms + 1):
            row.append(value)
            step = self.k.mul(self.k.sub(four, fmpq((2 * i + 1) ** 2)), fmpq(sign, 8 * (i + 1)))
            value = self.k.mul(value, step)
        growth = self.exp(v if op == "besseli" else self.neg(v))
        two_pi = self.k.mul(fmpq(2), self.k.of(Const("pi")))
        size = self.k.power(two_pi, -HALF) if op == "besseli" else self.k.power(self.k.mul(HALF, self.k.of(Const("pi"))), HALF)
        return self.mul(self.mul(size, self.mul(growth, root)), self._inverse_powers(v, row, None))


_RULES: dict[str, Callable[[Special, Value], Value]] = {
    "loggamma": Special.loggamma, "digamma": Special.digamma, "erf": Special.erf, "Ei": Special.ei, "zeta": Special.zeta,
}  # fmt: skip
