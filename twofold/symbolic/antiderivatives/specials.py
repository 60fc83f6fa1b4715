"""Tables of antiderivatives: elementary functions of linear arguments, and special functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sympy as sp

from twofold.symbolic.antiderivatives.kinds import linear
from twofold.symbolic.attempt import attempt

if TYPE_CHECKING:
    from twofold.symbolic.antiderivatives.search import Search


def _log_gamma(u: Any) -> Any:
    """The logarithm of the size of the gamma function: real on both sides of 0, as its derivative, the digamma function, is."""
    return sp.loggamma(u) if u.is_positive else sp.log(sp.Abs(sp.gamma(u)))


def _log_abs(u: Any) -> Any:
    return sp.log(sp.Abs(u))


TABLE: dict[Any, Callable[[Any], Any]] = {
    sp.exp: sp.exp,
    sp.sin: lambda u: -sp.cos(u),
    sp.cos: sp.sin,
    sp.tan: lambda u: -_log_abs(sp.cos(u)),
    sp.cot: lambda u: _log_abs(sp.sin(u)),
    sp.sec: lambda u: _log_abs(sp.tan(u) + sp.sec(u)),
    sp.csc: lambda u: _log_abs(sp.tan(u / 2)),
    sp.sinh: sp.cosh,
    sp.cosh: sp.sinh,
    sp.tanh: lambda u: sp.log(sp.cosh(u)),
    sp.coth: lambda u: _log_abs(sp.sinh(u)),
    sp.sech: lambda u: 2 * sp.atan(sp.tanh(u / 2)),
    sp.csch: lambda u: _log_abs(sp.tanh(u / 2)),
    sp.log: lambda u: u * sp.log(u) - u,
    sp.asin: lambda u: u * sp.asin(u) + sp.sqrt(1 - u**2),
    sp.acos: lambda u: u * sp.acos(u) - sp.sqrt(1 - u**2),
    sp.atan: lambda u: u * sp.atan(u) - sp.log(1 + u**2) / 2,
    sp.asinh: lambda u: u * sp.asinh(u) - sp.sqrt(1 + u**2),
    sp.acosh: lambda u: u * sp.acosh(u) - sp.sqrt(u - 1) * sp.sqrt(u + 1),
    sp.atanh: lambda u: u * sp.atanh(u) + sp.log(1 - u**2) / 2,
    sp.erf: lambda u: u * sp.erf(u) + sp.exp(-(u**2)) / sp.sqrt(sp.pi),
    sp.erfc: lambda u: u * sp.erfc(u) - sp.exp(-(u**2)) / sp.sqrt(sp.pi),
    sp.erfi: lambda u: u * sp.erfi(u) - sp.exp(u**2) / sp.sqrt(sp.pi),
    sp.Ei: lambda u: u * sp.Ei(u) - sp.exp(u),
    sp.li: lambda u: u * sp.li(u) - sp.Ei(2 * sp.log(u)),
    sp.Si: lambda u: u * sp.Si(u) + sp.cos(u),
    sp.Ci: lambda u: u * sp.Ci(u) - sp.sin(u),
    sp.Shi: lambda u: u * sp.Shi(u) - sp.cosh(u),
    sp.Chi: lambda u: u * sp.Chi(u) - sp.sinh(u),
    sp.fresnels: lambda u: u * sp.fresnels(u) + sp.cos(sp.pi * u**2 / 2) / sp.pi,
    sp.fresnelc: lambda u: u * sp.fresnelc(u) - sp.sin(sp.pi * u**2 / 2) / sp.pi,
    sp.digamma: _log_gamma,
    sp.LambertW: lambda u: u * (sp.LambertW(u) - 1) + sp.exp(sp.LambertW(u)),
}


def by_table(f: Any, x: Any) -> Any:
    """Powers of linear functions and the functions above of linear arguments; squares that are derivatives. `None` beyond."""
    if f == x:
        return x**2 / 2
    if f.is_Pow:
        if not f.exp.has(x):
            return _power(f, x)
        line = linear(f.exp, x)
        if line is not None and not f.base.has(x):
            return f / (line[0] * sp.log(f.base)) if f.base != 1 else None
        return None
    if len(f.args) == 1 and type(f) in TABLE:
        line = linear(f.args[0], x)
        return None if line is None else TABLE[type(f)](f.args[0]) / line[0]
    if isinstance(f, sp.polygamma) and linear(f.args[1], x) is not None:
        line = linear(f.args[1], x)
        assert line is not None
        return (_log_gamma(f.args[1]) if f.args[0] == 0 else sp.polygamma(f.args[0] - 1, f.args[1])) / line[0]
    return None


def _power(f: Any, x: Any) -> Any:
    line = linear(f.base, x)
    if line is not None:
        if f.exp == -1:
            return _log_abs(f.base) / line[0]
        return f.base ** (f.exp + 1) / ((f.exp + 1) * line[0]) if (f.exp + 1).is_zero is False or f.exp.free_symbols else None
    if f.base.is_Function and len(f.base.args) == 1 and f.exp in (2, -2):
        line = linear(f.base.args[0], x)
        v = f.base.args[0]
        head = {
            (sp.sec, 2): sp.tan, (sp.cos, -2): sp.tan, (sp.csc, 2): lambda u: -sp.cot(u), (sp.sin, -2): lambda u: -sp.cot(u),
            (sp.tan, 2): lambda u: sp.tan(u) - u, (sp.cot, 2): lambda u: -sp.cot(u) - u,
            (sp.sech, 2): sp.tanh, (sp.cosh, -2): sp.tanh, (sp.csch, 2): lambda u: -sp.coth(u), (sp.sinh, -2): lambda u: -sp.coth(u),
            (sp.tanh, 2): lambda u: u - sp.tanh(u), (sp.coth, 2): lambda u: u - sp.coth(u),
        }.get((type(f.base), int(f.exp)))  # fmt: skip
        return None if line is None or head is None else head(v) / line[0]
    return None


def as_product_rule(f: Any, x: Any) -> Any:
    """exp(a*x)*r where r = a*h + h' for h one of the terms of r or a multiple: exp(a*x)*h."""
    factors = sp.Mul.make_args(f)
    exponentials = [t for t in factors if isinstance(t, sp.exp)]
    if len(exponentials) != 1:
        return None
    slope = sp.diff(exponentials[0].args[0], x)
    rest = f / exponentials[0]
    if slope == 0:
        return None
    for form in (rest, sp.expand(rest), sp.apart(rest, x) if rest.is_rational_function(x) else rest):
        if not isinstance(form, sp.Add):
            continue
        for h in form.args:
            h = h / slope
            rest_of = slope * h + sp.diff(h, x) - rest
            if _vanishes(rest_of, x):
                return h * exponentials[0]
    return None


def _vanishes(e: Any, x: Any) -> bool:
    """Whether an expression has the value 0 at two places, whatever the other names are."""
    if e == 0:
        return True
    values = {s: sp.Rational(7 + 3 * k, 5) for k, s in enumerate(sorted(e.free_symbols - {x}, key=str))}
    for at in (sp.Rational(13, 17), sp.Rational(12, 7)):
        found = e.subs({**values, x: at}).evalf(15)
        if not found.is_number or abs(found) > 1e-9:
            return False
    return True


def by_long_table(f: Any, x: Any, search: Search, depth: int) -> Any:
    """Dilogarithms, elliptic integrals, incomplete gamma functions, Bessel functions."""
    for rule in (_elliptic, _bessel, _incomplete_gamma, _polylogarithm):
        found = attempt(rule, f, x)
        if found is not None:
            return found
    return None


def dilogarithm(f: Any, x: Any) -> Any:
    """log(a*x + b)^n/(c*x + d), n = 1 or 2."""
    logs = [t for t in sp.Mul.make_args(f) if isinstance(t, sp.log) or t.is_Pow and isinstance(t.base, sp.log)]
    if len(logs) != 1:
        return None
    n = 1 if isinstance(logs[0], sp.log) else logs[0].exp
    inside = (logs[0] if n == 1 else logs[0].base).args[0]
    line, rest = linear(inside, x), f / logs[0]
    if line is None or n not in (1, 2) or not rest.is_rational_function(x):
        return None
    total = sp.S.Zero
    for t in sp.Add.make_args(sp.apart(rest, x)):
        above, below = sp.fraction(sp.together(t))
        pole = linear(below, x)
        if pole is None or above.has(x):
            return None
        r = -pole[1] / pole[0]
        # y = a*x + b; the pole lies at y = m.
        y, m = inside, sp.expand(line[0] * r + line[1])
        log = sp.log(y)
        if m == 0:
            part = log ** (n + 1) / (n + 1)
        elif m.is_negative:
            part = log**n * sp.log(sp.expand(1 - y / m)) + n * log ** (n - 1) * sp.polylog(2, y / m)
            if n == 2:
                part -= 2 * sp.polylog(3, y / m)
        elif m.is_positive and n == 1:
            part = -sp.polylog(2, sp.expand(1 - y / m))
            if m != 1:
                part += sp.log(m) * _log_abs(x - r)
        else:
            return None
        total += above / pole[0] * part
    return total


def _polylogarithm(f: Any, x: Any) -> Any:
    """log(1 + c*exp(a*x)), polylog(n, c*exp(a*x)) and polylog(n, c*x)/x."""
    if isinstance(f, sp.log):
        inner = sp.expand(f.args[0] - 1)
        if isinstance(inner.as_independent(x, as_Add=False)[1], sp.exp):
            line = linear(inner.as_independent(x, as_Add=False)[1].args[0], x)
            return None if line is None else -sp.polylog(2, -inner) / line[0]
    if isinstance(f, sp.polylog):
        rest = f.args[1].as_independent(x, as_Add=False)[1]
        line = linear(rest.args[0], x) if isinstance(rest, sp.exp) else None
        return None if line is None else sp.polylog(f.args[0] + 1, f.args[1]) / line[0]
    if f.is_Mul and len(f.args) == 2:
        series = [t for t in f.args if isinstance(t, sp.polylog)]
        if len(series) == 1 and f / series[0] == 1 / x and not sp.cancel(series[0].args[1] / x).has(x):
            return sp.polylog(series[0].args[0] + 1, series[0].args[1])
    return None


def _elliptic(f: Any, x: Any) -> Any:
    """sqrt(1 - m*sin(x)^2), 1/sqrt(1 - m*sin(x)^2) and 1/sqrt((a - b*x^2)*(c - d*x^2))."""
    if f.is_Pow and f.exp in (sp.S.Half, -sp.S.Half):
        inner = f.base
        sines = [g for g in inner.atoms(sp.sin, sp.cos) if g.has(x)]
        if len(sines) == 1:
            g, s = sines[0], sp.Dummy("s")
            line = linear(g.args[0], x)
            p = inner.xreplace({g: s})
            if line is None or not p.is_polynomial(s) or sp.degree(p, s) != 2:
                return None
            a, b, c = sp.Poly(p, s).all_coeffs()
            if isinstance(g, sp.cos):
                a, c = -a, sp.expand(a + c)
            if b != 0 or not c.is_positive or not (c + a).is_nonnegative:
                return None
            m, k = -a / c, sp.sqrt(c)
            v = g.args[0]
            return k * sp.elliptic_e(v, m) / line[0] if f.exp > 0 else sp.elliptic_f(v, m) / (k * line[0])
        if f.exp == -sp.S.Half and inner.is_polynomial(x) and sp.degree(inner, x) == 4:
            a, b, c, d, e = sp.Poly(inner, x).all_coeffs()
            if b == d == 0 and e.is_positive:
                y = sp.Dummy("y")
                roots = sp.roots(sp.Poly(a * y**2 + c * y + e, y), multiple=True)
                if len(roots) == 2 and all(r.is_positive for r in roots):
                    small, large = sorted(roots, key=lambda r: r.evalf())
                    # Real between the roots -sqrt(small)..sqrt(small).
                    return sp.elliptic_f(sp.asin(x / sp.sqrt(small)), small / large) * sp.sqrt(small) / sp.sqrt(e)
                if len(roots) == 2 and roots[0] * roots[1] < 0:
                    large = max(roots, key=lambda r: r.evalf())
                    other = min(roots, key=lambda r: r.evalf())
                    return sp.elliptic_f(sp.asin(x / sp.sqrt(large)), large / other) * sp.sqrt(large) / sp.sqrt(e)
    return None


def _bessel(f: Any, x: Any) -> Any:
    """Powers times Bessel functions of x where the order is one from the power."""
    series = [t for t in sp.Mul.make_args(f) if isinstance(t, (sp.besselj, sp.bessely, sp.besseli, sp.besselk))]
    if len(series) != 1:
        return None
    (b,) = series
    n, v = b.args
    line, rest = linear(v, x), f / b
    if line is None or line[1] != 0:
        return None
    k = line[0]
    power = sp.S.Zero if rest == 1 else rest.as_base_exp()[1] if rest.as_base_exp()[0] == x else None
    if power is None:
        return None
    kind = type(b)
    if power == n + 1:
        return (-1 if kind is sp.besselk else 1) * x**power * kind(n + 1, v) / k
    if power == 1 - n:
        return (1 if kind is sp.besseli else -1) * x**power * kind(n - 1, v) / k
    if kind is sp.besselj and power == 0 and n == 0:
        return x * sp.hyper([sp.S.Half], [1, sp.Rational(3, 2)], -(v**2) / 4)
    return None


def _incomplete_gamma(f: Any, x: Any) -> Any:
    """x^p*exp(-c*x^m) for positive x."""
    exponent, p = sp.S.Zero, sp.S.Zero
    for t in sp.Mul.make_args(f):
        if isinstance(t, sp.exp):
            exponent += t.args[0]
        elif t.as_base_exp()[0] == x and not t.as_base_exp()[1].has(x):
            p += t.as_base_exp()[1]
        else:
            return None
    c, power = exponent.as_independent(x, as_Add=False)
    base, m = power.as_base_exp()
    if base != x or not c.is_negative or m.has(x) or m == 0:
        return None
    s = sp.cancel((p + 1) / m)
    if m.is_Integer and m % 4 == 2 and s.is_Rational and s.q == 2 and abs(s) <= _FURTHEST:
        return _error_function(p, c, m, x)
    return -sp.uppergamma(s, -c * x**m) / (m * (-c) ** s)


_FURTHEST = 8


def _error_function(p: Any, c: Any, m: Any, x: Any) -> Any:
    """x^p*exp(c*x^m), (p + 1)/m half of an odd number and m/2 odd, c negative: right on both sides of 0. By parts until p + 1 is m/2."""
    s, wave = (p + 1) / m, sp.exp(c * x**m)
    if s == sp.S.Half:
        k = sp.sqrt(-c)
        return sp.sqrt(sp.pi) * sp.erf(k * x ** (m / 2)) / (m * k)
    if s < 0:
        return (x ** (p + 1) * wave - c * m * _error_function(p + m, c, m, x)) / (p + 1)
    return (x ** (p + 1 - m) * wave - (p + 1 - m) * _error_function(p - m, c, m, x)) / (c * m)
