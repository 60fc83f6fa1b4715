"""Infinite products of rational functions of the index, enclosed: quotients of gamma functions at the enclosed roots.

The product of (k - b_1)…(k - b_n)/((k - a_1)…(k - a_n)) over k >= m is that of gamma(m - a_i)/gamma(m - b_i) where the roots have the same sum.
Source: DLMF 5.8.5 and Whittaker, Watson, A Course of Modern Analysis, 12.13.
"""

from __future__ import annotations

from flint import acb, arb, fmpq, fmpq_poly

from twofold.grammar.term import App, Bound, Num, Symbol, Term, Var
from twofold.numeric.outcomes import CannotEvaluate

MOST = 24
"""The highest degree that is looked at."""


def rational_product(t: Bound, start: int) -> arb:
    """The product over k = start, start + 1, … Raises `CannotEvaluate` for other terms, where the product diverges, and where a factor has no value."""
    top, bottom = quotient(t.body, t.symbols[0])
    g = top.gcd(bottom)
    if any(f.degree() == 1 and (at := -f[0] / f[1]).q == 1 and at >= start for f, _ in g.factor()[1]):
        raise CannotEvaluate("a factor that is 0 above and below the bar")
    top, bottom = top // g, bottom // g
    n = top.degree()
    if not 1 <= n <= MOST or bottom.degree() != n or top[n] != bottom[n] or top[n - 1] != bottom[n - 1]:
        raise CannotEvaluate("a product of terms that do not tend to 1 fast enough")
    if any(bottom(fmpq(k)) == 0 or top(fmpq(k)) == 0 for k in range(start, start + MOST)):
        raise CannotEvaluate("a product with a factor 0")
    out = acb(1)
    for p, way in ((top, -1), (bottom, 1)):
        for root, times in p.numer().complex_roots():
            value = acb(start) - root
            if value.real.contains_integer() and value.imag.contains(0) and not value.real > 0:
                raise CannotEvaluate("a root among the indices")
            out *= value.gamma() ** (way * times)
    if not out.is_finite():
        raise CannotEvaluate("a product that is not enclosed")
    return out.real


def quotient(t: Term, x: Symbol) -> tuple[fmpq_poly, fmpq_poly]:
    """Numerator and denominator of a rational function with rational coefficients, with nothing cancelled: where a part of it has no value, the denominator
    is 0, or both are. Raises `CannotEvaluate` for other terms."""
    one = fmpq_poly([1])
    if isinstance(t, Num):
        return fmpq_poly([fmpq(t.value.numerator, t.value.denominator)]), one
    if isinstance(t, Var) and t.symbol is x:
        return fmpq_poly([0, 1]), one
    if not isinstance(t, App) or t.shape:
        raise CannotEvaluate("a term that is not rational")
    if t.op == "neg":
        a, b = quotient(t.args[0], x)
        return -a, b
    if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1 and 0 < abs(t.args[1].value) <= MOST:
        k = int(t.args[1].value)
        a, b = quotient(t.args[0], x)
        a, b = (a, b) if k >= 0 else (b, a)
        return a ** abs(k), b ** abs(k)
    if t.op not in ("add", "sub", "mul", "div"):
        raise CannotEvaluate("a term that is not rational")
    (a, b), (c, d) = (quotient(s, x) for s in t.args)
    if t.op == "mul":
        return a * c, b * d
    if t.op == "div":
        if c == 0:
            raise CannotEvaluate("a division by 0")
        return a * d, b * c
    return (a * d + c * b if t.op == "add" else a * d - c * b), b * d
