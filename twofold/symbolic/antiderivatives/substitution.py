"""Antiderivatives by substitution: u = g(x) where the rest is a function of u times g'(x), x = h(u) where u can be inverted, roots of linear functions."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from twofold.symbolic.antiderivatives.kinds import linear

if TYPE_CHECKING:
    from twofold.symbolic.antiderivatives.search import Search

_MOST = 10


def by_substitution(f: Any, x: Any, search: Search, depth: int) -> Any:
    """With u a part of the integrand of which f/u' is a function alone."""
    for g in _parts(f, x):
        slope = sp.diff(g, x)
        if slope == 0:
            continue
        u = sp.Dummy("u", positive=True) if g.is_positive or _is_root(g) else sp.Dummy("u", real=True)
        made = _in(f / slope, g, x, u)
        if made is None:
            continue
        found = search.find(made, u, depth + 1)
        if found is not None:
            return found.subs(u, g)
    return None


def _is_root(g: Any) -> bool:
    return bool(isinstance(g, sp.exp) or g.is_Pow and g.exp.is_Rational and g.exp.q % 2 == 0)


def _parts(f: Any, x: Any) -> list[Any]:
    """Parts of the integrand worth being a variable: arguments, bases, functions, the larger ones first."""
    out: list[Any] = []
    for node in sp.preorder_traversal(f):
        candidates: tuple[Any, ...] = ()
        if node.is_Function:
            candidates = (*node.args, node)
        elif node.is_Pow:
            candidates = (node.base, node.exp, node) if not (node.exp.is_Integer and node.exp < 0) else (node.base,)
        elif node.is_Mul and node is not f:
            candidates = ()
        for g in candidates:
            if g.is_Mul:
                g = g.as_independent(x, as_Add=False)[1]
            if g.has(x) and g != x and g != f and linear(g, x) is None and g not in out:
                out.append(g)
                if g.is_Pow and g.exp.is_Integer and g.exp % 2 == 0 and g.base == x and g.exp > 2:
                    out.append(x**2)
    return sorted(out, key=lambda g: -sp.count_ops(g))[:_MOST]


def _in(q: Any, g: Any, x: Any, u: Any) -> Any:
    """q as a function of u = g, or `None`."""
    for form in _forms(q, g):
        made = form.subs(g, u)
        if made.has(x):
            made = _by_identity(made, g, x, u)
        if made.has(x) and g.is_Pow and g.exp.is_Rational and g.exp.p == 1 and linear(g.base, x) is not None:
            line = linear(g.base, x)
            assert line is not None
            made = made.subs(x, (u**g.exp.q - line[1]) / line[0])
        if not made.has(x):
            return made
    return None


def _forms(q: Any, g: Any) -> Iterator[Any]:
    yield q
    if q.has(TrigonometricFunction):
        yield sp.expand_trig(q)
        yield sp.cancel(_sines(q))
    if q.count_ops() < 80:
        yield (
            sp.cancel(q)
            if not any(not p.exp.is_Integer for p in q.atoms(sp.Pow))
            else sp.powsimp(sp.expand_power_base(q, force=True))
        )
        yield sp.expand(q)


def _sines(q: Any) -> Any:
    """Tangents and secants by sines and cosines, with even powers of the sine replaced."""
    made = q.replace(
        lambda e: isinstance(e, (sp.tan, sp.cot, sp.sec, sp.csc)),
        lambda e: {
            sp.tan: lambda v: sp.sin(v) / sp.cos(v),
            sp.cot: lambda v: sp.cos(v) / sp.sin(v),
            sp.sec: lambda v: 1 / sp.cos(v),
            sp.csc: lambda v: 1 / sp.sin(v),
        }[type(e)](e.args[0]),
    )
    for sine in made.atoms(sp.sin):
        above, below = sp.fraction(sp.together(made))
        made = _reduced(above, sine) / _reduced(below, sine)
    return made


def _reduced(e: Any, sine: Any) -> Any:
    square = 1 - sp.cos(sine.args[0]) ** 2
    return sp.expand(
        sp.expand(e).replace(
            lambda p: p.is_Pow and p.base == sine and p.exp.is_Integer and p.exp > 1,
            lambda p: square ** (p.exp // 2) * sine ** (p.exp % 2),
        )
    )


def _by_identity(made: Any, g: Any, x: Any, u: Any) -> Any:
    """What is left of squares of functions related to u."""
    pairs: dict[Any, Any] = {}
    v = g.args[0] if g.is_Function and g.args else None
    if isinstance(g, (sp.sin, sp.cos)):
        other = sp.cos(v) if isinstance(g, sp.sin) else sp.sin(v)
        pairs = {other: 1 - u**2}
    elif isinstance(g, sp.tan):
        pairs = {sp.sec(v): 1 + u**2, sp.cos(v): 1 / (1 + u**2), sp.sin(v): u**2 / (1 + u**2)}
    elif isinstance(g, sp.cot):
        pairs = {sp.csc(v): 1 + u**2, sp.sin(v): 1 / (1 + u**2)}
    elif isinstance(g, sp.sec):
        pairs = {sp.tan(v): u**2 - 1}
    elif isinstance(g, (sp.sinh, sp.cosh)):
        other = sp.cosh(v) if isinstance(g, sp.sinh) else sp.sinh(v)
        pairs = {other: u**2 + 1 if isinstance(g, sp.sinh) else u**2 - 1}
    elif isinstance(g, sp.tanh):
        pairs = {sp.sech(v): 1 - u**2, sp.cosh(v): 1 / (1 - u**2)}
    elif g.is_Pow and g.base == x and g.exp.is_Integer:
        return made.replace(lambda p: p.is_Pow and p.base == x and (p.exp / g.exp).is_Integer, lambda p: u ** (p.exp / g.exp))
    if pairs:
        return made.replace(
            lambda p: p.is_Pow and p.base in pairs and p.exp.is_Integer and p.exp % 2 == 0, lambda p: pairs[p.base] ** (p.exp / 2)
        )
    return made


def by_inverse(f: Any, x: Any, search: Search, depth: int) -> Any:
    """With x = h(u) for an invertible part u of the integrand: log(x), sqrt(x), 1/x, asin(x), exp(x), lambertw(x), …"""
    for g, u, inverse in _inverses(f, x):
        made = f.subs(g, u).subs(x, inverse) * sp.diff(inverse, u)
        made = _tidied(made)
        if made.has(x) or made.has(sp.nan, sp.zoo):
            continue
        if sp.count_ops(made) > 3 * sp.count_ops(f) + 12:
            continue
        found = search.find(made, u, depth + 2)
        if found is not None:
            return found.subs(u, g)
    return None


_RELATED = (
    (sp.tan, sp.cos, -1, 1),
    (sp.sin, sp.cos, 1, -1),
    (sp.cos, sp.sin, 1, -1),
    (sp.sinh, sp.cosh, 1, 1),
    (sp.tanh, sp.cosh, -1, -1),
)
"""g, h, k, s with 1 + s*g^2 == h^(2k), h not negative where g is inverted."""


def _tidied(made: Any) -> Any:
    """Roots of 1 + s*g(u)^2 for a function g that was inverted, and exponentials of logarithms, written shorter."""
    for g, h, k, s in _RELATED:
        if made.has(g):
            made = made.replace(
                lambda p, g=g, s=s: p.is_Pow and any(p.base == 1 + s * t**2 for t in p.base.atoms(g)),
                lambda p, g=g, h=h, k=k: h(next(iter(p.base.atoms(g))).args[0]) ** (2 * k * p.exp),
            )
    if made.has(sp.exp, sp.log):
        return sp.powsimp(made)
    return made


def _inverses(f: Any, x: Any) -> Iterator[tuple[Any, Any, Any]]:
    positive, real = sp.Dummy("u", positive=True), sp.Dummy("u", real=True)
    for g in sorted(f.atoms(sp.Function, sp.Pow), key=sp.count_ops):
        if not g.has(x):
            continue
        line = linear(g.args[0], x) if g.is_Function and len(g.args) == 1 else None
        if line is not None and isinstance(g, (sp.log, sp.asin, sp.acos, sp.atan, sp.asinh, sp.atanh, sp.LambertW)):
            back = {
                sp.log: sp.exp, sp.asin: sp.sin, sp.acos: sp.cos, sp.atan: sp.tan, sp.asinh: sp.sinh, sp.atanh: sp.tanh,
                sp.LambertW: lambda w: w * sp.exp(w),
            }[type(g)]  # fmt: skip
            made = (back(real) - line[1]) / line[0]
            if isinstance(g, (sp.asin, sp.acos)):
                # The cosine of an arcsine is not negative.
                yield g, real, made
                continue
            yield g, real, made
        elif isinstance(g, sp.exp) and line is not None:
            yield g, positive, (sp.log(positive) - line[1]) / line[0]
        elif g.is_Pow and g.exp.is_Rational and g.exp.q > 1 and linear(g.base, x) is not None:
            line = linear(g.base, x)
            assert line is not None
            root = g.base ** sp.Rational(1, g.exp.q)
            yield root, positive, (positive**g.exp.q - line[1]) / line[0]
        elif g.is_Pow and g.base == x and g.exp == -1:
            yield g, real, 1 / real


def by_linear_root(f: Any, x: Any) -> Any:
    """A rational function of x and of roots of one linear (or fractional linear) function: u is the root of all their orders."""
    from twofold.symbolic.antiderivatives.rational import rational

    roots = [p for p in f.atoms(sp.Pow) if p.exp.is_Rational and not p.exp.is_Integer and p.base.has(x)]
    bases = {p.base for p in roots}
    if len(bases) != 1:
        return _two_roots(f, x, bases) if len(bases) == 2 else None
    (h,) = bases
    n = lcm(*(p.exp.q for p in roots))
    u = sp.Dummy("u", positive=True)
    above, below = sp.fraction(sp.together(h))
    if not (above.is_polynomial(x) and below.is_polynomial(x)):
        return None
    p, q = sp.Poly(above, x), sp.Poly(below, x)
    if max(p.degree(), q.degree()) == 1:
        # (a*x + b)/(c*x + d) = u^n
        a, b = p.nth(1), p.nth(0)
        c, d = q.nth(1), q.nth(0)
        inverse = (d * u**n - b) / (a - c * u**n)
        made = f.xreplace({r: u ** int(r.exp * n) for r in roots}).subs(x, inverse) * sp.diff(inverse, u)
    else:
        # u^n = a*x^m + b where the rest is x^(m-1) times a function of x^m.
        if below != 1 or len(p.terms()) != 2 or p.nth(0) == 0:
            return None
        m = p.degree()
        square = (u**n - p.nth(0)) / p.LC()
        swapped = sp.cancel(f.xreplace({r: u ** int(r.exp * n) for r in roots}) / x ** (m - 1))
        made = _in_power(swapped, x, m, square)
        if made is None:
            return None
        made = made * n * u ** (n - 1) / (m * p.LC())
    if made.has(x) or not made.is_rational_function(u):
        return None
    found = rational(made, u)
    return None if found is None else found.subs(u, h ** sp.Rational(1, n))


def _in_power(e: Any, x: Any, m: int, value: Any) -> Any:
    """A rational function of x^m with a value put in for it."""
    above, below = (sp.Poly(t, x) for t in sp.fraction(sp.cancel(e)))
    if any(k % m for p in (above, below) for (k,), _ in p.terms()):
        return None
    return sum(c * value ** (k // m) for (k,), c in above.terms()) / sum(c * value ** (k // m) for (k,), c in below.terms())


def _two_roots(f: Any, x: Any, bases: set[Any]) -> Any:
    """Square roots of two linear functions: a sum or difference of them below is made rational."""
    if not all(linear(b, x) is not None for b in bases):
        return None
    made = sp.radsimp(f)
    if made == f:
        return None
    total = sp.S.Zero
    for t in sp.Add.make_args(sp.expand(made)):
        part = by_linear_root(t, x) if t.has(sp.Pow) else None
        if part is None:
            return None
        total += part
    return total


__all__ = ["by_inverse", "by_linear_root", "by_substitution"]
