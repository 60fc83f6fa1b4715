"""Integrals of Euler's two kinds with powers of logarithms: derivatives of the beta and gamma functions by their arguments.

For p, q > 0, B(p, q) is the integral of x^(p - 1)*(1 - x)^(q - 1) over 0..1, twice that of sin(x)^(2p - 1)*cos(x)^(2q - 1) over 0..pi/2, and that of
x^(p - 1)/(1 + x)^(p + q) over x > 0; gamma(p) is that of x^(p - 1)*exp(-x). They converge uniformly near every such p and q, so that logarithms are
derivatives under the integral. Source: DLMF 5.2.1, 5.12.1-3, 5.9.19.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, factorial
from typing import Any

from twofold.grammar.term import App, Symbol, Term, free_symbols, num
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polygammas import polygamma_of
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.specials import gamma_of
from twofold.symbolic.theorems.products import is_positive, powers

HALF = Fraction(1, 2)
_MOST = 4
"""Powers of logarithms that are differentiated out."""


@dataclass
class _Shape:
    """An integrand as factor * u^first * v^second * log(u)^m * log(v)^n for two functions u and v of its kind."""

    factor: Element
    first: Element
    second: Element
    logs: list[int] = field(default_factory=lambda: [0, 0])


def over_unit(c: Converter, body: Term, x: Symbol) -> Element | None:
    """x^a*(1 - x^k)^b*log(x)^m, for k = 1 also with log(1 - x)^n, over 0..1."""
    step: list[int] = []

    def kind(t: Term) -> tuple[int, int] | None:
        k = _binomial(c, t, x, -1)
        if k:
            step.append(k)
        return (0, 1) if c.field.equal(c(t), _at(c, x)) else (1, 1) if k else None

    s = _read(c, body, x, kind)
    if s is None or len(set(step)) > 1 or s.logs[1] and step[0] > 1:
        return None
    f, k = c.field, _number(c, step[0] if step else 1)
    p, q = f.div(f.add(s.first, f.number(1)), k), f.add(s.second, f.number(1))
    value = _beta(c, p, q, s.logs[0], s.logs[1])
    return None if value is None else f.mul(s.factor, f.div(value, f.power(k, 1 + s.logs[0])))


def over_quarter(c: Converter, body: Term, x: Symbol) -> Element | None:
    """sin(x)^a*cos(x)^b*log(sin(x))^m*log(cos(x))^n over 0..pi/2, also with tangents and the other quotients."""
    turned = {"sin": (0, 1), "cos": (1, 1), "csc": (0, -1), "sec": (1, -1)}
    plain = _without_quotients(body)

    def kind(t: Term) -> tuple[int, int] | None:
        own = isinstance(t, App) and t.op in turned and c.field.equal(c(t.args[0]), _at(c, x))
        return turned[t.op] if own and isinstance(t, App) else None

    found = powers(plain, x)
    if found is None:
        return None
    # log(tan(x)) is log(sin(x)) - log(cos(x)).
    quotients = [
        (t, e)
        for t, e in found
        if isinstance(t, App) and t.op in ("log", "ln") and isinstance(_only(t), App) and _only(t).op in ("tan", "cot")
    ]
    s = _of_powers(c, [p for p in found if p not in quotients], x, kind)
    if s is None or len(quotients) > 1:
        return None
    f, out = c.field, c.field.number(0)
    times = 0
    for t, e in quotients:
        n = c(e).rational()
        if n is None or n.denominator != 1 or not 0 < n <= _MOST or not f.equal(c(_only(t).args[0]), _at(c, x)):
            return None
        times = int(n)
        s.factor = f.mul(s.factor, f.number((-1) ** times if _only(t).op == "cot" else 1))
    p, q = (f.mul(f.number(HALF), f.add(e, f.number(1))) for e in (s.first, s.second))
    for i in range(times + 1):
        m, n = s.logs[0] + i, s.logs[1] + times - i
        value = _beta(c, p, q, m, n)
        if value is None:
            return None
        weight = Fraction((-1) ** (times - i) * comb(times, i), 2 ** (1 + m + n))
        out = f.add(out, f.mul(f.number(weight), value))
    return f.mul(s.factor, out)


def over_half_line(c: Converter, body: Term, x: Symbol) -> Element | None:
    """x^a*(s + x^k)^b*log(x)^m over x > 0 for a positive s (1 where there is a logarithm)."""
    step: list[int] = []
    shift: list[Element] = []

    def kind(t: Term) -> tuple[int, int] | None:
        if c.field.equal(c(t), _at(c, x)):
            return 0, 1
        found = _sum_with_power(c, t, x)
        if found is None:
            return None
        step.append(found[0])
        shift.append(found[1])
        return 1, 1

    s = _read(c, body, x, kind)
    if s is None or s.logs[1] or not step or len(set(step)) > 1 or any(not c.field.equal(e, shift[0]) for e in shift):
        return None
    f, k = c.field, _number(c, step[0])
    if s.logs[0] and shift[0].rational() != 1 or not is_positive(c, shift[0]):
        return None
    p = f.div(f.add(s.first, f.number(1)), k)
    q = f.sub(f.neg(s.second), p)
    # With x^k = s*t the sum is s*(1 + t), whose logarithm no power of log(x) takes along.
    value = _ratio(c, p, q, s.logs[0])
    if value is None:
        return None
    scale = power(c, shift[0], f.add(p, s.second)) if shift[0].rational() != 1 else f.number(1)
    return f.mul(f.mul(s.factor, scale), f.div(value, f.power(k, 1 + s.logs[0])))


def damped(c: Converter, body: Term, x: Symbol) -> Element | None:
    """x^a*exp(-s*x^k)*log(x)^m over x > 0 for a positive s (1 where there is a logarithm)."""
    found = powers(body, x)
    if found is None:
        return None
    rates = [(t, e) for t, e in found if isinstance(t, App) and t.op == "exp" and x in free_symbols(t) and e == num(1)]
    if len(rates) != 1:
        return None
    rest = [p for p in found if p != rates[0]]
    f, g = c.field, _at(c, x)
    rate = c(rates[0][0].args[0])  # type: ignore[attr-defined]
    shape = monomial(c, f.neg(rate), x)
    s = _of_powers(c, rest, x, lambda t: (0, 1) if f.equal(c(t), g) else None)
    if shape is None or s is None or s.logs[1]:
        return None
    scale, k = shape
    if not is_positive(c, scale) or s.logs[0] and scale.rational() != 1:
        return None
    p = f.div(f.add(s.first, f.number(1)), f.number(k))
    if not is_positive(c, p):
        return None
    value = f.mul(gamma_of(c, p), _exponential(c, [_logs(c, p, s.logs[0])], [s.logs[0]]))
    scaled = value if scale.rational() == 1 else f.mul(value, power(c, scale, f.neg(p)))
    return f.mul(s.factor, f.div(scaled, f.number(k ** (1 + s.logs[0]))))


# --- reading ------------------------------------------------------------------------------------------------------------------------


def _number(c: Converter, k: int) -> Element:
    return c.field.number(k)


def _at(c: Converter, x: Symbol) -> Element:
    return c.symbol(x)


def _read(c: Converter, body: Term, x: Symbol, kind: Callable[[Term], tuple[int, int] | None]) -> _Shape | None:
    found = powers(body, x)
    return None if found is None else _of_powers(c, found, x, kind)


def _of_powers(
    c: Converter, found: list[tuple[Term, Term]], x: Symbol, kind: Callable[[Term], tuple[int, int] | None]
) -> _Shape | None:
    f = c.field
    out = _Shape(f.number(1), f.number(0), f.number(0))
    for base, exponent in found:
        e = c(exponent)
        if x not in free_symbols(base):
            r = e.rational()
            if r is not None and r.denominator == 1:
                out.factor = f.mul(out.factor, f.power(c(base), int(r)))
            elif is_positive(c, c(base)):
                out.factor = f.mul(out.factor, power(c, c(base), e))
            else:
                return None
            continue
        if isinstance(base, App) and base.op in ("log", "ln") and len(base.args) == 1:
            own, n = kind(base.args[0]), e.rational()
            if own is None or n is None or n.denominator != 1 or not 0 < n <= _MOST:
                return None
            out.logs[own[0]] += int(n)
            out.factor = f.mul(out.factor, f.number(own[1] ** int(n)))
            continue
        own = kind(base)
        if own is None:
            return None
        e = f.mul(e, f.number(own[1]))
        if own[0] == 0:
            out.first = f.add(out.first, e)
        else:
            out.second = f.add(out.second, e)
    return out if max(out.logs) <= _MOST else None


def _only(t: App) -> Any:
    """What a function of one argument is taken of."""
    return t.args[0] if len(t.args) == 1 else None


def _without_quotients(t: Term) -> Term:
    """Tangents and cotangents as quotients, as factors and under roots."""
    if isinstance(t, App) and t.op in ("tan", "cot") and not t.shape:
        sine, cosine = App("sin", t.args), App("cos", t.args)
        return App("div", (sine, cosine) if t.op == "tan" else (cosine, sine))
    if isinstance(t, App) and t.op in ("neg", "mul", "div", "sqrt", "pow") and not t.shape:
        return App(t.op, tuple(map(_without_quotients, t.args)))
    return t


def _binomial(c: Converter, t: Term, x: Symbol, sign: int) -> int:
    """k where a term is 1 + sign*x^k, 0 for others."""
    found = _sum_with_power(c, t, x, sign)
    return found[0] if found is not None and found[1].rational() == 1 else 0


def _sum_with_power(c: Converter, t: Term, x: Symbol, sign: int = 1) -> tuple[int, Element] | None:
    """(k, s) where a term is s + sign*x^k."""
    e, g = c(t), c.field.kernel(("sym", x))
    if len(e.den) > 1:
        return None
    rest = {m: v for m, v in e.num.items() if not any(h == g for h, _ in m)}
    own = [(m, v) for m, v in e.num.items() if m not in rest]
    if len(own) != 1 or not rest or len(own[0][0]) != 1:
        return None
    ((_, k),), v = own[0]
    return (k, Element(rest, UNIT)) if isinstance(k, int) and k > 0 and v == sign else None


def monomial(c: Converter, e: Element, x: Symbol) -> tuple[Element, int] | None:
    """(s, k) where an element is s*x^k."""
    f, g = c.field, c.field.kernel(("sym", x))
    degrees = {dict(m).get(g, 0) for m in e.num}
    if len(degrees) != 1 or any(h == g for m in e.den for h, _ in m):
        return None
    (k,) = degrees
    if not isinstance(k, int) or k < 1:
        return None
    return f.made({tuple(p for p in m if p[0] != g): v for m, v in e.num.items()}, e.den), k


# --- derivatives --------------------------------------------------------------------------------------------------------------------


def _beta(c: Converter, p: Element, q: Element, m: int, n: int) -> Element | None:
    """The m-th derivative by p and the n-th by q of B(p, q), for positive p and q."""
    if not is_positive(c, p) or not is_positive(c, q):
        return None
    f = c.field
    total = f.add(p, q)
    value = f.div(f.mul(gamma_of(c, p), gamma_of(c, q)), gamma_of(c, total))
    if not m and not n:
        return value
    both = _logs(c, total, m + n)
    return f.mul(value, _exponential(c, [_logs(c, p, m), _logs(c, q, n)], [m, n], both))


def _ratio(c: Converter, p: Element, q: Element, m: int) -> Element | None:
    """The m-th derivative by p of B(p, s - p) at s = p + q, for positive p and q."""
    if not is_positive(c, p) or not is_positive(c, q):
        return None
    f = c.field
    value = f.div(f.mul(gamma_of(c, p), gamma_of(c, q)), gamma_of(c, f.add(p, q)))
    if not m:
        return value
    turned = [e if k % 2 else f.neg(e) for k, e in enumerate(_logs(c, q, m))]
    rows = [f.add(a, b) for a, b in zip(_logs(c, p, m), turned, strict=True)]
    return f.mul(value, _exponential(c, [rows], [m]))


def _logs(c: Converter, u: Element, n: int) -> list[Element]:
    """The Taylor coefficients of log(gamma(u + t)) in t without the first: psi^(k)(u)/(k + 1)! for t^(k + 1)."""
    f = c.field
    return [f.mul(polygamma_of(c, k, u), f.number(Fraction(1, factorial(k + 1)))) for k in range(n)]


def _exponential(c: Converter, rows: list[list[Element]], orders: list[int], both: list[Element] | None = None) -> Element:
    """orders! times the coefficient of t^m (s^n) in the exponential of sums of powers of t (and of s, less those of t + s)."""
    f = c.field
    m, n = orders[0], orders[1] if len(orders) > 1 else 0
    series: dict[tuple[int, int], Element] = {}
    for k, e in enumerate(rows[0]):
        series[k + 1, 0] = e
    for k, e in enumerate(rows[1] if len(rows) > 1 else []):
        series[0, k + 1] = e
    for k, e in enumerate(both or []):
        for i in range(k + 2):
            if i <= m and k + 1 - i <= n:
                at = i, k + 1 - i
                series[at] = f.sub(series.get(at, f.number(0)), f.mul(f.number(comb(k + 1, i)), e))
    # exp(S) by t*dE/dt = E*(t*dS/dt), and by s where t is gone.
    out: dict[tuple[int, int], Element] = {(0, 0): f.number(1)}
    for i in range(m + 1):
        for j in range(n + 1):
            if (i, j) == (0, 0):
                continue
            total = f.number(0)
            for (a, b), e in series.items():
                weight = a if i else b
                if weight and a <= i and b <= j:
                    total = f.add(total, f.mul(f.number(weight), f.mul(e, out[i - a, j - b])))
            out[i, j] = f.mul(total, f.number(Fraction(1, i or j)))
    return f.mul(out[m, n], f.number(factorial(m) * factorial(n)))


__all__ = ["damped", "monomial", "over_half_line", "over_quarter", "over_unit"]
