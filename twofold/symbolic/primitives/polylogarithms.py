"""Antiderivatives by dilogarithms and their like, real on both sides of every pole.

With E = exp(2*im*x) the imaginary part of polylog(2, -E) has the derivative -2*log|2*cos(x)|, that of polylog(2, E) the derivative -2*log|2*sin(x)|.
Source: Lewin, "Polylogarithms and associated functions" (1981), chapters 2 and 4.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

from flint import fmpq_poly

from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num
from twofold.symbolic.arithmetic import ONE, negate, over, plus, power, times
from twofold.symbolic.primitives.rational import root
from twofold.symbolic.primitives.reading import NotRead, depends, linear, rational
from twofold.symbolic.primitives.substitution import flat
from twofold.symbolic.primitives.writing import Part, app, fraction, joined, monomial, scaled, total

_IM = Const("im")
_HIGHEST = 6


def by_polylogarithms(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a product in the list below, `None` for any other term."""
    above, below = flat(t)
    p, q = fmpq_poly([1]), fmpq_poly([1])
    rest: list[tuple[Term, int]] = []
    for f, sign in [*((f, 1) for f in above), *((f, -1) for f in below)]:
        try:
            a, b = rational(f, x)
        except NotRead:
            rest.append((f, sign))
            continue
        p, q = (p * a, q * b) if sign > 0 else (p * b, q * a)
    if len(rest) != 1 or not p:
        return None
    (f, sign) = rest[0]
    g = p.gcd(q)
    p, q = divmod(p, g)[0], divmod(q, g)[0]
    p, q = p / q.leading_coefficient(), q / q.leading_coefficient()
    if not isinstance(f, App):
        return None
    if sign < 0:
        return _below(f, p, q, x)
    if f.op == "log" and 0 <= p.degree() < q.degree():
        found = _log_over_factors(f, p, q, x)
        if found is not None:
            return found
    if q.degree() == 0 and _is_monomial(p):
        n, c = p.degree(), fraction(p.leading_coefficient())
        if f.op == "log" and n == 0:
            return _log_of_wave(f.args[0], c, x)
        if n == 1:
            return _angle(f, c, x)
        return None
    if p.degree() == 0 and q == fmpq_poly([0, 1]):
        return _inverse_over_x(f, fraction(p.coeffs()[0]), x)
    if p.degree() == 0 and q.degree() == 2 and f == app("log", Var(x)) and not q.coeffs()[1] and q.coeffs()[0] > 0:
        return _log_over_square(fraction(p.coeffs()[0]), fraction(q.coeffs()[0]), Var(x))
    return None


def _is_monomial(p: Any) -> bool:
    return sum(1 for c in p.coeffs() if c) == 1


def _li(n: int, z: Term) -> Term:
    return app("polylog", num(n), z)


def _turning(k: Fraction, x: Term, shift: Fraction = Fraction(0)) -> Term:
    """exp(im*(k*x + shift))."""
    return app("exp", times(_IM, total([(k, x), (shift, ONE)])) if shift else scaled(k, times(_IM, x)))


def _turned(u: Term) -> Term:
    """im*u with the fraction bar last."""
    if isinstance(u, App) and u.op == "div":
        return over(_turned(u.args[0]), u.args[1])
    if isinstance(u, App) and u.op == "mul":
        return App("mul", (_turned(u.args[0]), u.args[1]))
    return times(u, _IM) if isinstance(u, Num) else times(_IM, u)


def _size(f: str, v: Term) -> Term:
    return app("log", app("abs", app(f, v)))


_RECIPROCAL = {"cos": "sec", "sin": "csc"}


def _below(f: App, p: Any, q: Any, x: Symbol) -> Term | None:
    """c*x/sin(a*x), c*x/cos(a*x), c*x^n/(exp(a*x) + 1) and c*x^n/(exp(a*x) - 1)."""
    if q.degree() > 0 or not _is_monomial(p):
        return None
    n, c = p.degree(), fraction(p.leading_coefficient())
    if f.op in _RECIPROCAL and n == 1:
        return _angle(app(_RECIPROCAL[f.op], f.args[0]), c, x)
    if f.op not in ("add", "sub") or not 1 <= n <= _HIGHEST:
        return None
    a, b = f.args
    if b == ONE and isinstance(a, App) and a.op == "exp":
        wave, sign = a, 1 if f.op == "add" else -1
    elif a == ONE and isinstance(b, App) and b.op == "exp":
        wave, sign, c = b, 1 if f.op == "add" else -1, c if f.op == "add" else -c
    else:
        return None
    line = linear(wave.args[0], x)
    if line is None or line[1]:
        return None
    rows = _bose(c, n, fraction(line[0]), sign, Var(x))
    return None if rows is None else total(rows)


def _bose(c: Fraction, n: int, a: Fraction, sign: int, x: Term) -> list[Part] | None:
    """c*x^n/(exp(a*x) + sign): powers of x times polylogarithms of -exp(a*x), or of exp(-|a*x|), of falling degree."""
    u = total([(a, x)])
    wave = app("exp", u)
    if sign < 0 and n == 1:
        return [(-c / 2, power(x, num(2))), (-c / (a * a), _li(2, app("sub", ONE, wave)))]
    if sign > 0:
        rows: list[Part] = [(c / (n + 1), monomial(x, n + 1)), (-c / a, times(monomial(x, n), app("log", plus(wave, ONE))))]
        for k in range(1, n + 1):
            # The derivative of polylog(k + 1, z) is a*polylog(k, z), that of polylog(2, z) is -a*log(1 - z).
            q = c * (-1) ** k * Fraction(factorial(n), factorial(n - k)) / a ** (k + 1)
            rows.append((q, times(monomial(x, n - k), _li(k + 1, negate(wave)))))
        return rows
    if n % 2:
        return None
    if a < 0:
        # 1/(1/z - 1) = -1 - 1/(z - 1)
        turned = _bose(c, n, -a, sign, x) or []
        return [(-c / (n + 1), monomial(x, n + 1)), *((-q, part) for q, part in turned)]
    # For positive x by exp(-a*x); f(-x) is -x^n - f(x).
    size = app("abs", x)
    wave = app("exp", negate(total([(a, size)])))
    rows = [(c / a, times(monomial(x, n), app("log", app("sub", ONE, wave))))]
    for k in range(1, n + 1):
        q = -c * Fraction(factorial(n), factorial(n - k)) / a ** (k + 1)
        rows.append((q, times(monomial(size if (n - k) % 2 else x, n - k), _li(k + 1, wave))))
    half = c / (2 * (n + 1))
    return [*rows, (half, times(monomial(x, n), size)), (-half, monomial(x, n + 1))]


def _angle(f: App, c: Fraction, x: Symbol) -> Term | None:
    """c*x times tan, cot, sec, csc, tanh or coth of a*x."""
    line = linear(f.args[0], x) if len(f.args) == 1 else None
    if line is None or line[1]:
        return None
    a, v = fraction(line[0]), Var(x)
    u = f.args[0]
    turn = _turning(2 * a, v)
    if f.op in ("tan", "cot"):
        wave, sign = ("cos", -1) if f.op == "tan" else ("sin", 1)
        doubled = app("log", app("abs", times(num(2), app(wave, u))))
        z = negate(turn) if f.op == "tan" else turn
        return total([(sign * c / a, times(v, doubled)), (sign * c / (2 * a * a), app("im", _li(2, z)))])
    if f.op in ("sec", "csc"):
        single = _turning(a, v)
        half = total([(a / 2, v)])
        if f.op == "sec":
            size = _size("tan", plus(half, over(Const("pi"), num(4))))
            single = times(_IM, single)
        else:
            size = _size("tan", half)
        return total(
            [
                (c / a, times(v, size)),
                (c / (a * a), app("im", _li(2, single))),
                (-c / (a * a), app("im", _li(2, negate(single)))),
            ]
        )
    if f.op in ("tanh", "coth"):
        # tanh(u) = 1 - 2/(exp(2*u) + 1), coth(u) = 1 + 2/(exp(2*u) - 1)
        sign = 1 if f.op == "tanh" else -1
        return total([(c / 2, power(v, num(2))), *(_bose(-2 * sign * c, 1, 2 * a, sign, v) or ())])
    return None


def _log_of_wave(u: Term, c: Fraction, x: Symbol) -> Term | None:
    """c*log of the sine, cosine, tangent or hyperbolic cosine of a linear argument, or of the size of one."""
    if isinstance(u, App) and u.op == "abs":
        u = u.args[0]
    if not isinstance(u, App) or len(u.args) != 1 or not depends(u, x):
        return None
    line = linear(u.args[0], x)
    if line is None:
        return None
    a, b = map(fraction, line)
    v = Var(x)
    turn = _turning(2 * a, v, 2 * b)
    log2 = app("log", num(2))
    if u.op in ("sin", "cos"):
        z = turn if u.op == "sin" else negate(turn)
        return total([(-c, times(v, log2)), (-c / (2 * a), app("im", _li(2, z)))])
    if u.op == "tan":
        return total([(c / (2 * a), app("im", _li(2, negate(turn)))), (-c / (2 * a), app("im", _li(2, turn)))])
    if u.op == "cosh":
        # log(cosh(w)) = log(1 + exp(2*w)) - w - log(2)
        wave = app("exp", total([(2 * a, v), (2 * b, ONE)]))
        return total([(-c * a / 2, power(v, num(2))), (-c * b, v), (-c, times(v, log2)), (-c / (2 * a), _li(2, negate(wave)))])
    return None


def _inverse_over_x(f: App, c: Fraction, x: Symbol) -> Term | None:
    """c*f(a*x)/x for f = atan, atanh, asin."""
    line = linear(f.args[0], x) if len(f.args) == 1 else None
    if line is None or line[1]:
        return None
    u = f.args[0]
    if f.op == "atan":
        return total([(c, app("im", _li(2, _turned(u))))])
    if f.op == "atanh":
        return total([(c / 2, _li(2, u)), (-c / 2, _li(2, negate(u)))])
    if f.op == "asin":
        # With u = sin(v): v*cot(v).
        doubled = app("log", app("abs", times(num(2), u)))
        turn = app("exp", times(times(num(2), _IM), f))
        return total([(c, times(f, doubled)), (c / 2, app("im", _li(2, turn)))])
    return None


def _log_over_factors(f: App, p: Any, q: Any, x: Symbol) -> Term | None:
    """p/q times the logarithm of a linear function, q a product of different linear factors: by the residues."""
    factors = q.factor()[1]
    if any(g.degree() != 1 or e != 1 for g, e in factors):
        return None
    parts: list[tuple[int, Term]] = []
    for g, _ in factors:
        pole = -g.coeffs()[0] / g.coeffs()[1]
        made = _log_over_linear(f, fraction(p(pole) / q.derivative()(pole)), g / g.coeffs()[1], x)
        if made is None:
            return None
        parts.append((1, made))
    return joined(parts)


def _log_over_linear(f: App, c: Fraction, q: Any, x: Symbol) -> Term | None:
    """c*log(y)/(x - r) for y = a*x + b, which is m at r."""
    line = linear(f.args[0], x)
    if line is None:
        return None
    a, b = map(fraction, line)
    r = -fraction(q.coeffs()[0])
    m, v = a * r + b, Var(x)
    if m == 0:
        return total([(c / 2, power(f, num(2)))])
    other = total([(-a / m, v), (1 - b / m, ONE)])
    if m > 0:
        rows: list[Part] = [(-c, _li(2, other))]
        if m != 1:
            pole = app("log", app("abs", total([(Fraction(1), v), (-r, ONE)])))
            rows.append((c if m > 1 else -c, times(app("log", Num(m if m > 1 else 1 / m)), pole)))
        return total(rows)
    return total([(c, times(f, app("log", other))), (c, _li(2, total([(a / m, v), (b / m, ONE)])))])


def _log_over_square(c: Fraction, s: Fraction, x: Term) -> Term:
    """c*log(x)/(x^2 + s): by parts, over the arctangent."""
    k, inside = root(s)
    # 1/sqrt(s) = sqrt(inside)/(k*inside)
    scale = Fraction(1) / (k * inside)
    front = app("sqrt", num(inside)) if inside != 1 else ONE
    argument = total([(scale, times(front, x))])
    inner = total(
        [(Fraction(1), times(app("log", x), app("atan", argument))), (Fraction(-1), app("im", _li(2, _turned(argument))))]
    )
    return total([(c * scale, times(front, inner))])
