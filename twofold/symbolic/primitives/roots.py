"""Antiderivatives of polynomials times powers of a root: of a linear polynomial any rational power, of a quadratic one the odd powers from -1 on.

Over the root of a quadratic q a polynomial P has the antiderivative Q*sqrt(q) plus a multiple of that of 1/sqrt(q), where P = Q'*q + Q*q'/2 + constant.
Source: Gradshteyn and Ryzhik, 2.26.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_poly

from twofold.grammar.term import App, Num, Symbol, Term, Var, num
from twofold.symbolic.arithmetic import ONE, over, power, times
from twofold.symbolic.primitives.rational import root
from twofold.symbolic.primitives.reading import NotRead, depends, polynomial, rational_number
from twofold.symbolic.primitives.writing import Part, app, content, fraction, primitive, scaled, total
from twofold.symbolic.primitives.writing import polynomial as written

_HIGHEST = 30


def by_roots(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a product of this kind, `None` for any other term."""
    try:
        p, base, e = _read(t, x)
    except NotRead:
        return None
    if base is None or e.denominator == 1 or p.degree() > _HIGHEST:
        return None
    if base.degree() == 1:
        return _linear(p, base, e, Var(x))
    if base.degree() != 2 or e.denominator != 2 or e < Fraction(-1, 2) or e > 6:
        return None
    parts = over_root(p * base ** int(e + Fraction(1, 2)), base, Var(x))
    return None if parts is None else total(parts)


def _read(t: Term, x: Symbol) -> tuple[Any, Any, Fraction]:
    """p*q^e as p, q, e; without a root q is `None`."""
    if isinstance(t, App) and not t.shape and depends(t, x):
        if t.op == "neg":
            p, q, e = _read(t.args[0], x)
            return -p, q, e
        if t.op == "sqrt":
            return fmpq_poly([1]), polynomial(t.args[0], x), Fraction(1, 2)
        if t.op == "pow":
            k = rational_number(t.args[1])
            if k is None:
                raise NotRead
            if k.q != 1:
                return fmpq_poly([1]), polynomial(t.args[0], x), fraction(k)
            p, q, e = _read(t.args[0], x)
            if q is not None and p == 1:
                return p, q, e * int(k.p)
        if t.op in ("mul", "div"):
            p, q, e = _read(t.args[0], x)
            r, s, d = _read(t.args[1], x)
            if t.op == "div":
                if r.degree() > 0:
                    raise NotRead
                r, d = fmpq_poly([1 / r.coeffs()[0]]), -d
            if q is not None and s is not None and q != s:
                raise NotRead
            return p * r, q if q is not None else s, e + d
    return polynomial(t, x), None, Fraction(0)


def _linear(p: Any, base: Any, e: Fraction, x: Term) -> Term:
    """p*(a*x + b)^e, with p in powers of u = a*x + b."""
    a = base.coeffs()[1]
    shifted = p(fmpq_poly([-base.coeffs()[0] / a, 1 / a]))
    rows = [fmpq(0)] * (len(shifted.coeffs()))
    for k, c in enumerate(shifted.coeffs()):
        m = k + e + 1
        rows[k] = c / (a * fmpq(m.numerator, m.denominator))
    outside = fmpq_poly(rows)(base)
    c, inner = primitive(outside, x)
    u, k = written(base, x), e + 1
    if k < 0:
        return scaled(c, over(inner, root_power(u, -k)))
    # The polynomial behind the power, unless it is a power of x.
    return scaled(c, times(root_power(u, k), inner))


def root_power(u: Term, e: Fraction) -> Term:
    """A power of a term; of one half its square root."""
    return app("sqrt", u) if e == Fraction(1, 2) else power(u, Num(e))


def over_root(p: Any, q: Any, x: Term) -> list[Part] | None:
    """The terms of the antiderivative of p/sqrt(q), q quadratic; `None` where q is a square."""
    c0, b, a = q.coeffs()
    if b * b == 4 * a * c0:
        return None
    rest = [*p.coeffs()]
    rows = [fmpq(0)] * max(0, len(rest) - 1)
    for j in range(len(rest) - 2, -1, -1):
        # c*x^j gives c*((j + 1)*a*x^(j + 1) + (j + 1/2)*b*x^j + j*c0*x^(j - 1)).
        c = rows[j] = rest[j + 1] / (a * (j + 1))
        rest[j] -= c * b * (j + fmpq(1, 2))
        if j:
            rest[j - 1] -= c * c0 * j
    parts: list[Part] = []
    found = fmpq_poly(rows)
    if found:
        k, inner = primitive(found, x)
        parts.append((k, times(inner, app("sqrt", written(q, x)))))
    left = rest[0] if rest else fmpq(0)
    if left:
        k, base = _one_over_root(fraction(a), fraction(b), fraction(c0), x, written(q, x))
        parts.append((fraction(left) * k, base))
    return parts


def _one_over_root(a: Fraction, b: Fraction, c: Fraction, x: Term, q: Term) -> Part:
    """The antiderivative of 1/sqrt(a*x^2 + b*x + c)."""
    disc = b * b - 4 * a * c
    front, kind = root(abs(a))
    # 1/sqrt|a| = sqrt(kind)/(front*kind)
    scale = Fraction(1) / (front * kind)
    if a > 0 and disc > 0:
        shared = content([2 * a, b]) if b else 2 * a
        # Up to a constant: log|(2*a*x + b)/shared + 2*sqrt(a)*sqrt(q)/shared|.
        inner = total([(2 * a / shared, x), (b / shared, ONE), (2 * front / shared, _with_root(kind, app("sqrt", q)))])
        return scale, _with_root(kind, app("log", app("abs", inner)))
    outside, inside = root(abs(disc))
    sign = -1 if a < 0 else 1
    rows = [(sign * 2 * a, x), (sign * b, ONE)]
    shared = content([k for k, _ in rows if k])
    line = total([(k / shared, t) for k, t in rows])
    argument = scaled(shared / (outside * inside), _with_root(inside, line))
    return scale, _with_root(kind, app("asin" if a < 0 else "asinh", argument))


def _with_root(n: int, t: Term) -> Term:
    return times(app("sqrt", num(n)), t) if n != 1 else t
