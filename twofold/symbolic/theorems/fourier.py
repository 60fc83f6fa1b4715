"""Rational functions of x^2 times a sine or cosine over the half line, by Jordan's lemma.

With q^2 = s > 0 and w >= 0 the integral of cos(w*x)/(x^2 + s)^n over x > 0 is pi*exp(-w*q)/(2q) for n = 1, and the derivatives of this by s give those for
n > 1; the derivative by w gives the integrals of x*sin(w*x)/(x^2 + s)^n for w > 0. Partial fractions in x^2 do the rest. Source: Ahlfors, "Complex
Analysis", chapter 4, section 5.3; Gradshteyn and Ryzhik 3.723, 3.729.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Symbol, Term, free_symbols
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import element_depends
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Poly
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.theorems.products import ONE, is_positive, is_real, powers

HALF = Fraction(1, 2)
_MOST = 3
"""Orders of poles."""


def half_line(c: Converter, body: Term, x: Symbol) -> Element | None:
    """The integral over x > 0 of an even integrand of the kind; `None` for others."""
    read = _read(c, body, x)
    if read is None:
        return None
    kind, rate, rational = read
    f = c.field
    odd = kind == "sin"
    parts = _partial_fractions(c, f.div(rational, c.symbol(x)) if odd else rational, x)
    if parts is None:
        return None
    size = f.neg(rate) if is_positive(c, f.neg(rate)) else rate
    if odd and not size.num:
        return None
    if not is_positive(c, size) and size.num:
        if odd or not is_real(c, rate):
            return None
        size = c(app("abs", raised(c, rate)))
    sign = f.number(-1 if odd and size is not rate else 1)
    out = f.number(0)
    for s, n, factor in parts:
        q = power(c, s, f.number(HALF))
        u = f.mul(size, q)
        weight = (_of_sine if odd else _of_cosine)(c, n, q, u, size)
        out = f.add(out, f.mul(factor, weight))
    return f.mul(f.mul(sign, c(Const("pi"))), out)


def _of_cosine(c: Converter, n: int, q: Element, u: Element, _: Element) -> Element:
    """1/pi times the integral of cos(w*x)/(x^2 + q^2)^n, u = w*q."""
    f = c.field
    top = {1: f.number(1), 2: f.add(f.number(1), u), 3: f.sum([f.number(3), f.mul(f.number(3), u), f.mul(u, u)])}[n]
    below = f.mul(f.number({1: 2, 2: 4, 3: 16}[n]), f.power(q, 2 * n - 1))
    return f.mul(f.div(top, below), exp_of(c, f.neg(u)))


def _of_sine(c: Converter, n: int, q: Element, u: Element, w: Element) -> Element:
    """1/pi times the integral of x*sin(w*x)/(x^2 + q^2)^n."""
    f = c.field
    head = exp_of(c, f.neg(u))
    if n == 1:
        return f.mul(f.number(HALF), head)
    if n == 2:
        return f.mul(f.div(w, f.mul(f.number(4), q)), head)
    return f.mul(f.div(f.mul(w, f.add(f.number(1), u)), f.mul(f.number(16), f.power(q, 3))), head)


def _read(c: Converter, body: Term, x: Symbol) -> tuple[str, Element, Element] | None:
    """Sine or cosine, its rate, and the rational function it is multiplied by."""
    found = powers(body, x)
    if found is None:
        return None
    waves = [p for p in found if isinstance(p[0], App) and p[0].op in ("sin", "cos") and x in free_symbols(p[0])]
    if len(waves) != 1 or waves[0][1] != ONE:
        return None
    wave = waves[0][0]
    assert isinstance(wave, App)
    f, g = c.field, c.field.kernel(("sym", x))
    rate = f.div(c(wave.args[0]), c.symbol(x))
    rest = f.number(1)
    for base, exponent in found:
        if (base, exponent) == waves[0]:
            continue
        n = c(exponent).rational()
        if n is None or n.denominator != 1:
            return None
        rest = f.mul(rest, f.power(c(base), int(n)))
    if element_depends(c, rate, g) or any(_hidden(c, p, g) for p in (rest.num, rest.den)):
        return None
    return wave.op, rate, rest


def _hidden(c: Converter, p: Poly, g: int) -> bool:
    """Whether the variable stands in other kernels than itself, or to powers that are not whole."""
    from twofold.symbolic.normal.dependence import depends

    return any(h != g and depends(c, h, g) or h == g and not isinstance(k, int) for m in p for h, k in m)


def _partial_fractions(c: Converter, e: Element, x: Symbol) -> list[tuple[Element, int, Element]] | None:
    """(s, n, factor) of the sum of factor/(x^2 + s)^n that a rational function of x^2 is, all s positive; `None` where it is none."""
    f, g = c.field, c.field.kernel(("sym", x))
    below = min([dict(m).get(g, 0) for m in e.num], default=0)
    if not e.num or any(isinstance(k, Fraction) for m in e.num for h, k in m if h == g):
        return None
    # Powers of the variable below 0 belong to the denominator, which is 0 at 0 then.
    if isinstance(below, int) and below < 0:
        return None
    top = _row(e.num, g)
    constant, m, factors = P.factors(e.den)
    outer: Poly = {tuple(p for p in m): constant}
    if any(h == g for h, _ in m):
        return None
    poles: list[tuple[Element, int]] = []
    for p, k in factors:
        if not any(h == g for mono in p for h, _ in mono):
            outer = P.mul(outer, P.power(p, k))
            continue
        row = _row(p, g)
        if row is None or set(row) != {0, 1} or k > _MOST:
            return None
        s = f.div(row[0], row[1])
        if not is_positive(c, s) or len(row[1].num) != 1:
            return None
        outer = P.mul(outer, P.power(row[1].num, k))
        poles.append((s, k))
    total = sum(k for _, k in poles)
    if top is None or not poles or max(top) >= total:
        return None
    if any(not c.nonzero(f.sub(a, b)) for i, (a, _) in enumerate(poles) for b, _ in poles[:i]):
        return None
    scale = f.inverse(Element(outer, UNIT))
    out = []
    for i, (s, k) in enumerate(poles):
        others = [p for j, p in enumerate(poles) if j != i]
        for j, value in enumerate(_expanded(c, top, others, s, k)):
            if value.num:
                out.append((s, k - j, f.mul(scale, value)))
    return out


def _row(p: Poly, g: int) -> dict[int, Element] | None:
    """A polynomial in the square of kernel g by its powers."""
    row: dict[int, Poly] = {}
    for m, v in p.items():
        k = dict(m).get(g, 0)
        if not isinstance(k, int) or k < 0 or k % 2:
            return None
        row.setdefault(k // 2, {})[tuple(q for q in m if q[0] != g)] = v
    return {k: Element(q, UNIT) for k, q in row.items()}


def _expanded(c: Converter, top: dict[int, Element], others: list[tuple[Element, int]], s: Element, n: int) -> list[Element]:
    """The first n Taylor coefficients at y = -s of a polynomial in y over the powers of the other y + s'."""
    f, at = c.field, c.field.neg(s)
    series = []
    for k in range(n):
        terms = [f.mul(f.mul(f.number(comb(d, k)), e), f.power(at, d - k)) for d, e in top.items() if d >= k]
        series.append(f.sum(terms) if terms else f.number(0))
    for other, m in others:
        gap = f.add(at, other)
        inverse = [f.mul(f.number((-1) ** k * comb(m + k - 1, k)), f.inverse(f.power(gap, m + k))) for k in range(n)]
        series = [f.sum([f.mul(series[i], inverse[k - i]) for i in range(k + 1)]) for k in range(n)]
    return series


__all__ = ["half_line"]
