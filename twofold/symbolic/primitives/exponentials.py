"""Antiderivatives of rational functions of exp(c*x), hyperbolic functions among them, and of polynomials times exp(quadratic)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from flint import fmpq, fmpq_poly

from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num, subterms, transform, var
from twofold.symbolic.arithmetic import ONE, minus, over, plus, power, times
from twofold.symbolic.primitives.rational import parts_of, root
from twofold.symbolic.primitives.reading import NotRead, depends, linear, polynomial, rational
from twofold.symbolic.primitives.writing import Part, app, content, fraction, primitive, scaled, total
from twofold.symbolic.primitives.writing import polynomial as written

_HYPERBOLIC = frozenset("sinh cosh tanh coth sech csch".split())
_MOST = 12


def in_exponential(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a rational function of exp(c*x), `None` for any other term."""
    kernels = [s for s in subterms(t) if isinstance(s, App) and (s.op == "exp" or s.op in _HYPERBOLIC) and depends(s, x)]
    lines = [linear(k.args[0], x) for k in kernels]
    if not lines or None in lines or any(line is not None and line[1] for line in lines):
        return None
    slopes = [fraction(line[0]) for line in lines if line is not None]
    step = Fraction(gcd(*(abs(s.numerator) for s in slopes)), lcm(*(s.denominator for s in slopes)))
    if any(abs(s / step) > _MOST for s in slopes):
        return None
    u = Symbol("u")
    powers = {k: int(s / step) for k, s in zip(kernels, slopes, strict=True)}
    made = transform(t, lambda s: _of_power(s, powers[s], var(u)) if s in powers else None)
    try:
        above, below = rational(made, u)
        # dx = du/(step*u)
        p, q = above, below * fmpq_poly([0, fmpq(step.numerator, step.denominator)])
        g = p.gcd(q)
        p, q = divmod(p, g)[0], divmod(q, g)[0]
        lead = q.leading_coefficient()
        v = Var(x)
        wave = app("exp", total([(step, v)]))
        parts = parts_of(p / lead, q / lead, wave)
    except NotRead:
        return None
    if parts is None:
        return None
    size = app("log", app("abs", wave))
    rows: list[Part] = [(c * step, v) if part == size else (c, part) for c, part in parts]
    return total(sorted(rows, key=lambda row: row[1] != v))


def _of_power(t: Term, k: int, u: Term) -> Term:
    assert isinstance(t, App)
    up, down = _raised(u, k), _raised(u, -k)
    if t.op == "exp":
        return up
    above = minus(up, down) if t.op in ("sinh", "tanh", "csch") else plus(up, down)
    other = plus(up, down) if t.op == "tanh" else minus(up, down)
    if t.op in ("sinh", "cosh"):
        return over(above, num(2))
    return over(num(2), above) if t.op in ("sech", "csch") else over(above, other)


def _raised(u: Term, k: int) -> Term:
    return App("pow", (u, num(k)))


def of_quadratic(t: Term, x: Symbol) -> Term | None:
    """A polynomial times exp(a*x^2 + b*x + c) as such a product again, and an error function; `None` for any other term."""
    try:
        p, q = _read(t, x)
    except NotRead:
        return None
    if q is None or q.degree() != 2 or p.degree() > 30:
        return None
    v, slope = Var(x), q.derivative()
    # P = Q' + Q*q' + constant
    rows = [*p.coeffs()]
    found = [fmpq(0)] * max(0, len(rows) - 1)
    a2, a1 = slope.coeffs()[1], slope.coeffs()[0]
    for j in range(len(rows) - 2, -1, -1):
        c = found[j] = rows[j + 1] / a2
        rows[j] -= c * a1
        if j:
            rows[j - 1] -= c * j
    parts: list[Part] = []
    made = fmpq_poly(found)
    if made:
        c, inner = primitive(made, v)
        parts.append((c, times(inner, app("exp", written(q, v)))))
    if rows and rows[0]:
        k, part = _gaussian(q, v)
        parts.append((fraction(rows[0]) * k, part))
    return total(parts)


def _read(t: Term, x: Symbol) -> tuple[Any, Any]:
    """p*exp(q) as p and q."""
    if isinstance(t, App) and not t.shape and depends(t, x):
        if t.op == "exp":
            return fmpq_poly([1]), polynomial(t.args[0], x)
        if t.op == "pow" and t.args[0] == Const("e"):
            return fmpq_poly([1]), polynomial(t.args[1], x)
        if t.op == "neg":
            p, q = _read(t.args[0], x)
            return -p, q
        if t.op == "mul":
            (p, q), (r, s) = _read(t.args[0], x), _read(t.args[1], x)
            return p * r, s if q is None else q if s is None else q + s
        if t.op == "div":
            (p, q), (r, s) = _read(t.args[0], x), _read(t.args[1], x)
            if r.degree() > 0:
                raise NotRead
            return p / r.coeffs()[0], q if s is None else -s if q is None else q - s
    return polynomial(t, x), None


def _gaussian(q: Any, x: Term) -> Part:
    """An antiderivative of exp(q), by completing the square."""
    c, b, a = map(fraction, q.coeffs())
    k, inside = root(abs(a))
    # exp(d)*sqrt(pi)/(2*sqrt|a|)*erf(sqrt|a|*(x + b/(2*a)))
    d = c - b * b / (4 * a)
    line = total([(k, x), (k * b / (2 * a), ONE)])
    shared = content([k, k * b / (2 * a)] if b else [k])
    line = total([(k / shared, x), (k * b / (2 * a) / shared, ONE)])
    argument = scaled(shared, times(app("sqrt", num(inside)), line) if inside != 1 else line)
    pi: Term = Const("pi")
    front: Term = app("sqrt", pi if inside == 1 else times(num(inside), pi))
    if d:
        front = times(front, power(Const("e"), num(d)) if d.denominator == 1 and d > 0 else app("exp", Num(d)))
    return Fraction(1) / (2 * k * inside), times(front, app("erf" if a < 0 else "erfi", argument))
