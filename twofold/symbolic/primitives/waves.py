"""Antiderivatives of sums of polynomial * exp(a*x + b) * sine or cosine (c*x + d), of hyperbolic functions and of products of all these.

Everything is a sum of polynomials times exp(z*x + w), z and w complex and rational; of one the antiderivative is the sum of
(-1)^k*p^(k)*exp(z*x + w)/z^(k + 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq, fmpq_poly

from twofold.grammar.term import App, Const, Symbol, Term, Var, num, subterms
from twofold.symbolic.arithmetic import ONE, power, times
from twofold.symbolic.primitives.reading import NotRead, depends, linear, rational_number
from twofold.symbolic.primitives.writing import Part, app, content, fraction, primitive, total

Sum: TypeAlias = "dict[tuple[Fraction, ...], Complex]"
_MOST = 40


@dataclass(frozen=True, slots=True)
class Complex:
    """A polynomial with complex coefficients."""

    re: Any
    im: Any

    def __add__(self, other: Complex) -> Complex:
        return Complex(self.re + other.re, self.im + other.im)

    def __mul__(self, other: Complex) -> Complex:
        return Complex(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    def derivative(self) -> Complex:
        return Complex(self.re.derivative(), self.im.derivative())

    def __bool__(self) -> bool:
        return bool(self.re) or bool(self.im)


_NONE = fmpq_poly([])


def by_waves(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a term of this kind, `None` for any other."""
    ops = {s.op for s in subterms(t) if isinstance(s, App)}
    if not ops & {"exp", "sin", "cos", "sinh", "cosh", "pow"}:
        return None
    try:
        read = _read(t, x)
    except NotRead:
        return None
    found: Sum = {}
    for key, p in read.items():
        if p:
            found[key] = _one(p, key[0], key[1])
    return _written(found, Var(x), bool(ops & {"sinh", "cosh"}))


def _one(p: Complex, a: Fraction, c: Fraction) -> Complex:
    if not a and not c:
        return Complex(p.re.integral(), p.im.integral())
    norm = a * a + c * c
    inverse = Complex(fmpq_poly([_q(a / norm)]), fmpq_poly([_q(-c / norm)]))
    out, factor = Complex(_NONE, _NONE), inverse
    while p:
        out = out + p * factor
        p, factor = p.derivative(), factor * inverse * _MINUS
    return out


_MINUS = Complex(fmpq_poly([-1]), _NONE)


def _q(v: Fraction) -> Any:
    return fmpq(v.numerator, v.denominator)


# --- reading ---------------------------------------------------------------------------------------------------------------------


def _constant(p: Any) -> Sum:
    zero = Fraction(0)
    return {(zero, zero, zero, zero): Complex(p, _NONE)}


def _read(t: Term, x: Symbol) -> Sum:
    if isinstance(t, Var) and t.symbol is x:
        return _constant(fmpq_poly([0, 1]))
    if not depends(t, x):
        q = rational_number(t)
        if q is None:
            raise NotRead
        return _constant(fmpq_poly([q]))
    if not isinstance(t, App) or t.shape:
        raise NotRead
    if t.op in ("add", "sub"):
        a, b = _read(t.args[0], x), _read(t.args[1], x)
        return _added(a, b if t.op == "add" else _times(b, _constant(fmpq_poly([-1]))))
    if t.op == "neg":
        return _times(_read(t.args[0], x), _constant(fmpq_poly([-1])))
    if t.op == "mul":
        return _times(_read(t.args[0], x), _read(t.args[1], x))
    if t.op == "div":
        below = t.args[1]
        if isinstance(below, App) and below.op == "exp":
            return _times(_read(t.args[0], x), _read(app("exp", app("neg", below.args[0])), x))
        q = None if depends(below, x) else rational_number(below)
        if q is None or not q:
            raise NotRead
        return _times(_read(t.args[0], x), _constant(fmpq_poly([1 / q])))
    if t.op == "pow":
        n = rational_number(t.args[1])
        if t.args[0] == Const("e"):
            return _read(app("exp", t.args[1]), x)
        if n is None or n.q != 1 or n < 0 or n > 30:
            raise NotRead
        base, out = _read(t.args[0], x), _constant(fmpq_poly([1]))
        for _ in range(int(n.p)):
            out = _times(out, base)
        return out
    return _function(t, x)


def _function(t: App, x: Symbol) -> Sum:
    line = linear(t.args[0], x) if len(t.args) == 1 else None
    if line is None:
        raise NotRead
    a, b = map(fraction, line)
    zero, half = Fraction(0), fmpq_poly([fmpq(1, 2)])
    if t.op == "exp":
        return {(a, zero, b, zero): Complex(fmpq_poly([1]), _NONE)}
    if t.op in ("sinh", "cosh"):
        sign = -half if t.op == "sinh" else half
        return {(a, zero, b, zero): Complex(half, _NONE), (-a, zero, -b, zero): Complex(sign, _NONE)}
    if t.op == "cos":
        return {(zero, a, zero, b): Complex(half, _NONE), (zero, -a, zero, -b): Complex(half, _NONE)}
    if t.op == "sin":
        return {(zero, a, zero, b): Complex(_NONE, -half), (zero, -a, zero, -b): Complex(_NONE, half)}
    raise NotRead


def _added(a: Sum, b: Sum) -> Sum:
    out = dict(a)
    for k, p in b.items():
        out[k] = out[k] + p if k in out else p
    return out


def _times(a: Sum, b: Sum) -> Sum:
    out: Sum = {}
    for k, p in a.items():
        for m, q in b.items():
            key = tuple(u + v for u, v in zip(k, m, strict=True))
            made = p * q
            out[key] = out[key] + made if key in out else made
    if len(out) > _MOST or any(max(p.re.degree(), p.im.degree()) > _MOST for p in out.values()):
        raise NotRead
    return out


# --- writing ---------------------------------------------------------------------------------------------------------------------


def _line(a: Fraction, b: Fraction, x: Term) -> Term:
    return total([(a, x), (b, ONE)])


def _written(found: Sum, x: Term, hyperbolic: bool) -> Term:
    groups: dict[tuple[Fraction, Fraction], list[Part]] = {}
    zero = Fraction(0)
    for (a, c, b, d), p in sorted(found.items(), key=lambda item: (item[0][1], item[0])):
        if hyperbolic and not c and not d and a and (-a, c, -b, d) in found:
            continue
        if not c and not d:
            groups.setdefault((a, b), []).extend(_part(p.re, x, ONE))
        elif c > 0 or not c and d > 0:
            u = _line(c, d, x)
            two = fmpq_poly([2])
            waves = [(q, name) for q, name in ((two * p.re, "cos"), (-two * p.im, "sin"))]
            for q, name in sorted(waves, key=lambda w: -w[0].degree()):
                groups.setdefault((a, b), []).extend(_part(q, x, app(name, u)))
    # Real exponentials whose counterpart is there too, as hyperbolic functions.
    for (a, c, b, d), p in sorted(found.items(), key=lambda item: item[0]):
        other = found.get((-a, c, -b, d))
        if hyperbolic and not c and not d and a > 0 and other is not None:
            u = _line(a, b, x)
            for name, q in (("cosh", p.re + other.re), ("sinh", p.re - other.re)):
                groups.setdefault((zero, zero), []).extend(_part(q, x, app(name, u)))
    parts: list[Part] = []
    for (a, b), inner in groups.items():
        if not inner:
            continue
        if not a and not b:
            parts += inner
            continue
        shared = content([q for q, _ in inner])
        if all(q < 0 for q, _ in inner):
            shared = -shared
        made = total([(q / shared, t) for q, t in inner])
        wave = power(Const("e"), num(b)) if not a and b.denominator == 1 else app("exp", _line(a, b, x))
        parts.append((shared, times(made, wave)))
    return total(parts)


def _part(p: Any, x: Term, wave: Term) -> list[Part]:
    """A polynomial times a wave; by itself, its terms."""
    if not p:
        return []
    if wave == ONE:
        return [(fraction(c), power(x, num(k))) for k, c in reversed(list(enumerate(p.coeffs()))) if c]
    shared, t = primitive(p, x)
    return [(shared, times(t, wave))]
