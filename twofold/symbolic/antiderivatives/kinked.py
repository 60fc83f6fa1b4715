"""Antiderivatives of integrands with absolute values, signs, maxima and steps: continuous across every kink.

A(x) + B(x)*sign(L(x)) with L linear, of zero r, has the antiderivative of A plus sign(L) times G(x) - G(r), where G is one of B.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from twofold.symbolic.antiderivatives.kinds import KINKED, linear

if TYPE_CHECKING:
    from twofold.symbolic.antiderivatives.search import Search


def by_signs(f: Any, x: Any, search: Search, depth: int) -> Any:
    """An antiderivative of an expression with signs of linear functions, or with the size of one sine or cosine; `None` beyond."""
    wave = _wave(f, x)
    if wave is not None:
        return wave
    made = f
    while True:
        inner = [g for g in made.atoms(*KINKED) if g.has(x) and not isinstance(g, sp.sign)]
        if not inner:
            break
        smallest = min(inner, key=sp.count_ops)
        made = made.xreplace({smallest: _by_sign(smallest)})
    signs = sorted((g for g in made.atoms(sp.sign) if g.has(x)), key=sp.default_sort_key)
    lines = [linear(g.args[0], x) for g in signs]
    if not signs or None in lines or len(signs) > 3:
        return None
    stand_in = {g: sp.Dummy() for g in signs}
    if not made.xreplace(stand_in).is_polynomial(*stand_in.values()):
        return None
    p = sp.Poly(made.xreplace(stand_in), *stand_in.values())
    total = sp.S.Zero
    for exponents, c in p.terms():
        odd = [(g, line) for g, line, k in zip(signs, lines, exponents, strict=True) if k % 2]
        found = search.find(c, x, depth + 1)
        if found is None:
            return None
        if len(odd) > 1:
            return None
        for g, line in odd:
            assert line is not None
            at = found.subs(x, -line[1] / line[0])
            if at.has(sp.nan, sp.zoo, sp.oo):
                return None
            found = g * (found - at)
        total += found
    return _with_sizes(total, x)


def _by_sign(g: Any) -> Any:
    if isinstance(g, sp.Abs):
        return g.args[0] * sp.sign(g.args[0])
    if isinstance(g, sp.Heaviside):
        return (1 + sp.sign(g.args[0])) / 2
    first, *others = g.args
    second = others[0] if len(others) == 1 else type(g)(*others)
    way = sp.sign(sp.expand(first - second)) * (1 if isinstance(g, sp.Max) else -1)
    return (first + second) / 2 + (first - second) * way / 2


def _with_sizes(e: Any, x: Any) -> Any:
    """L*sign(L) as |L|."""
    out = sp.S.Zero
    for t in sp.Add.make_args(sp.expand(e, deep=False)):
        for g in [g for g in sp.Mul.make_args(t) if isinstance(g, sp.sign) and g.has(x)]:
            rest = t / g
            quotient = sp.cancel(rest / g.args[0]) if rest.is_rational_function(x) else None
            if quotient is not None and quotient.is_polynomial(x):
                t = sp.factor(quotient) * sp.Abs(g.args[0])
        out += t
    return out


def _wave(f: Any, x: Any) -> Any:
    """abs(sin(v)) and abs(cos(v)) of a linear argument: 2 for every half period, and what is left."""
    if f.is_Pow and f.exp == sp.S.Half:
        return _half_angle(f.base, x)
    if not isinstance(f, sp.Abs) or not isinstance(f.args[0], (sp.sin, sp.cos)):
        return None
    v = f.args[0].args[0]
    line = linear(v, x)
    if line is None:
        return None
    shift = v if isinstance(f.args[0], sp.sin) else v + sp.pi / 2
    turns = sp.floor(shift / sp.pi)
    # Within a half period, 1 - cos of the distance from its start.
    return (2 * turns + 1 - sp.cos(shift - sp.pi * turns)) / line[0]


def _half_angle(e: Any, x: Any) -> Any:
    """The root of a*(1 + sin(v)) and the like: of a square in the half angle."""
    waves = [g for g in e.atoms(sp.sin, sp.cos) if g.has(x)]
    if len(waves) != 1:
        return None
    (g,) = waves
    a, b = e.coeff(g), sp.expand(e - e.coeff(g) * g)
    if b.has(x) or not b.is_positive or sp.cancel(a**2 - b**2) != 0:
        return None
    # 1 + cos(v) is 2*cos(v/2)^2, 1 - cos(v) is 2*sin(v/2)^2; sin(v) is cos(v - pi/2).
    v = g.args[0] if isinstance(g, sp.cos) else g.args[0] - sp.pi / 2
    inner = sp.cos(v / 2) if sp.cancel(a - b) == 0 else sp.sin(v / 2)
    found = _wave(sp.Abs(inner, evaluate=False), x)
    return None if found is None else sp.sqrt(2 * b) * found
