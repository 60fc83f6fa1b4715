"""Antiderivatives of products of powers of the sine and cosine of one linear argument, the other circular functions among them.

An odd power of the sine is taken with u = cos, one of the cosine with u = sin; where the exponents add up to an even number that is not positive,
u = tan. Powers of the secant and cosecant go down by twos. Sums are taken term by term. Source: Gradshteyn and Ryzhik, 2.50 to 2.52.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from flint import fmpq, fmpq_poly

from twofold.grammar.term import App, Num, Symbol, Term, num
from twofold.symbolic.arithmetic import ONE, power, times
from twofold.symbolic.primitives.rational import parts_of
from twofold.symbolic.primitives.reading import depends, linear, rational_number
from twofold.symbolic.primitives.writing import Part, app, fraction, monomial, total

_MOST = 24
_POWERS = {"sin": (1, 0), "cos": (0, 1), "tan": (1, -1), "cot": (-1, 1), "sec": (0, -1), "csc": (-1, 0)}


def by_angles(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a product of this kind, `None` for any other and where both exponents are even and not negative."""
    found = _exponents(t, x)
    if found is None or found[0] is None:
        return None
    v, coefficient, m, n = found
    line = linear(v, x)
    if line is None or abs(m) > _MOST or abs(n) > _MOST:
        return None
    parts = _product(m, n, v)
    scale = coefficient / fraction(line[0])
    return None if parts is None else total([(q * scale, p) for q, p in parts])


def _exponents(t: Term, x: Symbol) -> tuple[Term | None, Fraction, int, int] | None:
    """c*sin(v)^m*cos(v)^n as v, c, m, n."""
    if not depends(t, x):
        q = rational_number(t)
        return None if q is None or not q else (None, fraction(q), 0, 0)
    if not isinstance(t, App) or t.shape:
        return None
    if t.op in _POWERS:
        return t.args[0], Fraction(1), *_POWERS[t.op]
    if t.op == "neg":
        inner = _exponents(t.args[0], x)
        return None if inner is None else (inner[0], -inner[1], *inner[2:])
    if t.op == "pow":
        inner, k = _exponents(t.args[0], x), rational_number(t.args[1])
        if inner is None or k is None or k.q != 1 or abs(int(k.p)) > _MOST:
            return None
        e = int(k.p)
        return inner[0], inner[1] ** e, inner[2] * e, inner[3] * e
    if t.op in ("mul", "div"):
        a, b = _exponents(t.args[0], x), _exponents(t.args[1], x)
        if a is None or b is None or a[0] is not None and b[0] is not None and a[0] != b[0]:
            return None
        sign = 1 if t.op == "mul" else -1
        return a[0] or b[0], a[1] * b[1] ** sign, a[2] + sign * b[2], a[3] + sign * b[3]
    return None


def _product(m: int, n: int, v: Term) -> list[Part] | None:
    sine, cosine = app("sin", v), app("cos", v)
    if m > 0 and m % 2 and not (n > 0 and n % 2 and n < m):
        return [(-q, p) for q, p in _powers(_binomial((m - 1) // 2, n, -1), cosine)]
    if n > 0 and n % 2:
        return _powers(_binomial((n - 1) // 2, m, -1), sine)
    if (m + n) % 2 == 0 and m + n <= -2:
        # tan^m*(1 + tan^2)^(-(m + n)/2 - 1), as the integrand in u = tan.
        if m < 0 and n >= 0:
            return [(-q, p) for q, p in _powers(_binomial(-(m + n) // 2 - 1, n, 1), app("cot", v))]
        return _powers(_binomial(-(m + n) // 2 - 1, m, 1), app("tan", v))
    if m + n == 0 and m % 2 == 0:
        # u^m/(1 + u^2): divided out until 1/(1 + u^2) is left, with u = tan or cot.
        k = abs(m) // 2
        u, turn = (app("tan", v), 1) if m > 0 else (app("cot", v), -1)
        rows: list[Part] = [(Fraction(turn * (-1) ** (k - 1 - j), 2 * j + 1), power(u, num(2 * j + 1))) for j in range(k)]
        return [*rows[::-1], (Fraction((-1) ** k), v)]
    if m == 0 and n < 0:
        return _secants(-n, app("sec", v), app("tan", v), 1)
    if n == 0 and m < 0:
        return _secants(-m, app("csc", v), app("cot", v), -1)
    return None


def _binomial(k: int, low: int, sign: int) -> dict[int, Fraction]:
    """u^low*(1 + sign*u^2)^k as coefficients by exponents."""
    return {low + 2 * j: Fraction(sign**j * comb(k, j)) for j in range(k + 1)}


def _powers(rows: dict[int, Fraction], u: Term) -> list[Part]:
    """The antiderivative of a Laurent polynomial in u."""
    out: list[Part] = []
    for k, c in sorted(rows.items(), reverse=True):
        out.append((c, app("log", app("abs", u))) if k == -1 else (c / (k + 1), monomial(u, k + 1)))
    return out


def _secants(n: int, sec: Term, tan: Term, sign: int) -> list[Part]:
    """An odd power of the secant, or with the sign -1 of the cosecant."""
    if n == 1:
        return [(Fraction(sign), app("log", app("abs", App("add", (sec, tan)))))]
    head: Term = times(tan, power(sec, num(n - 2)))
    rest = [(q * Fraction(n - 2, n - 1), p) for q, p in _secants(n - 2, sec, tan, sign)]
    return [(Fraction(sign, n - 1), head), *rest]


def by_roots_of_tangents(t: Term, x: Symbol) -> Term | None:
    """sqrt(tan(v)), 1/sqrt(tan(v)) and odd powers of these, v linear, in u = sqrt(tan(v)); the same for the cotangent."""
    sign, n = 1, 1
    if isinstance(t, App) and t.op == "div" and t.args[0] == ONE:
        sign, t = -1, t.args[1]
    if isinstance(t, App) and t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 2:
        n, t = int(t.args[1].value * 2), app("sqrt", t.args[0])
    inner = t.args[0] if isinstance(t, App) and t.op == "sqrt" else None
    if not isinstance(inner, App) or inner.op not in ("tan", "cot") or abs(n) > _MOST:
        return None
    line = linear(inner.args[0], x)
    if line is None:
        return None
    n *= sign
    # u^n dx with u^2 = tan(v): 2*u^(n + 1)/(1 + u^4) du over the slope.
    top, bottom = fmpq_poly([0, 1]) ** max(n + 1, 0), fmpq_poly([0, 1]) ** max(-n - 1, 0)
    scale = fmpq(2) / line[0] * (1 if inner.op == "tan" else -1)
    parts = parts_of(top * scale, bottom * fmpq_poly([1, 0, 0, 0, 1]), app("sqrt", inner))
    return None if parts is None else total(parts)
