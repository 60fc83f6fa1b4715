"""Sums and infinite products of rational functions: digamma and gamma functions at the roots, by reflection where roots come in pairs.

Convergence is read off the degrees. Sources: DLMF 5.5.3, 5.7.6, 5.8.5, 25.6; Abramowitz and Stegun 6.1.32, 6.3.7.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.summation.reflection import reflected_sum


def rational_sum(body: Any, k: Any, low: Any) -> Any:
    """The sum over k = low..oo of a rational function with rational roots or roots in pairs r, -r; `None` for others and where it diverges.

    Above a start with a name in it the roots are to be left of that.
    """
    if not body.is_rational_function(k) or not (low.is_Integer or low.free_symbols):
        return None
    p, q = (sp.Poly(e, k) for e in sp.fraction(sp.cancel(sp.together(body))))
    if q.degree() < p.degree() + 2:
        return None
    reflected = reflected_sum(p, q, k, low)
    if reflected is not None:
        return reflected
    roots = _roots(q, k)
    if roots is None or any(r.is_Integer and low.is_Integer and r >= low for r in roots):
        return None
    total, simple = sp.S.Zero, {}
    for r, m in roots.items():
        others = sp.Poly(q.as_expr(), k).LC() * sp.Mul(*((k - s) ** n for s, n in roots.items() if s != r))
        # The principal part at r: coefficients of (k - r)^-j.
        g = p.as_expr() / others
        for j in range(m, 0, -1):
            c = sp.diff(g, k, m - j).subs(k, r) / sp.factorial(m - j)
            if j == 1:
                simple[r] = sp.radsimp(sp.expand(c)) if c.is_number else sp.cancel(c)
            else:
                total += c * _zeta(j, low - r)
    return total + _simple_part(simple, low)


def _roots(q: Any, k: Any) -> dict[Any, int] | None:
    out: dict[Any, int] = {}
    for g, m in q.factor_list()[1]:
        if g.degree() == 1:
            out[-g.TC() / g.LC()] = m
        elif g.degree() == 2 and g.nth(1) == 0 and m == 1:
            r = sp.sqrt(-g.TC() / g.LC())
            out[r], out[-r] = 1, 1
        else:
            return None
    return out


def _zeta(j: int, start: Any) -> Any:
    """The sum of 1/(k + start)^j over k = 0, 1, …"""
    if start.is_Integer and start >= 1:
        return sp.zeta(j) - sum((sp.Rational(1, i**j) for i in range(1, int(start))), sp.S.Zero)
    if start.is_Rational and start.q == 2 and start > 0:
        first = int(start - sp.S.Half)
        return (2**j - 1) * sp.zeta(j) - sum((sp.Rational(2**j, (2 * i + 1) ** j) for i in range(first)), sp.S.Zero)
    return (-1) ** j * sp.polygamma(j - 1, start) / sp.factorial(j - 1)


def _simple_part(simple: dict[Any, Any], low: Any) -> Any:
    """Minus the sum of c*digamma(low - r), the coefficients adding up to 0."""
    total, done = sp.S.Zero, set()
    for r, c in simple.items():
        if r in done:
            continue
        other = simple.get(-r)
        if low.is_Integer and not r.is_Rational and other is not None and sp.expand(other + c) == 0:
            # digamma(low + r) - digamma(low - r), from 1/r - pi*cot(pi*r) at low = 1.
            done |= {r, -r}
            made = 1 / r - sp.pi * sp.cot(sp.pi * r)
            for i in range(1, int(low)):
                made += 1 / (i + r) - 1 / (i - r)
            for i in range(int(low), 1):
                made -= 1 / (i + r) - 1 / (i - r)
            total += c * sp.expand(sp.together(made))
        else:
            value = sp.digamma(low - r)
            total -= c * (sp.expand_func(value) if r.is_Rational and low.is_Integer else value)
    if low.free_symbols:
        total = _telescoped(total)
    return sp.expand(total) if total.is_number else total


def rational_between(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """The sum over k = low..high of a rational function with rational roots, not all of them whole or with a name in the start, and the condition
    that no root is a whole number from the start on; `None` for others."""
    if not body.is_rational_function(k) or not body.has(k):
        return None
    p, q = (sp.Poly(e, k) for e in sp.fraction(sp.cancel(sp.together(body))))
    whole, rest = sp.div(p, q)
    roots = _roots(q, k)
    if roots is None or any(not (r.is_Rational or (low - r).is_positive) for r in roots):
        return None
    if not low.free_symbols and (not low.is_Integer or all(r.is_Integer for r in roots)):
        return None
    total = sp.summation(whole.as_expr(), (k, low, high))
    condition: Any = sp.true
    for r, m in roots.items():
        others = q.LC() * sp.Mul(*((k - s) ** n for s, n in roots.items() if s != r))
        g = rest.as_expr() / others
        for j in range(m, 0, -1):
            c = sp.cancel(sp.diff(g, k, m - j).subs(k, r) / sp.factorial(m - j))
            if j == 1:
                total += c * (sp.digamma(high + 1 - r) - sp.digamma(low - r))
            else:
                total += c * (_zeta(j, low - r) - _zeta(j, high + 1 - r))
        if r.is_Integer:
            condition = sp.And(condition, low > r)
    if not low.free_symbols:
        total = total.replace(lambda e: isinstance(e, sp.polygamma) and e.is_number, sp.expand_func)
    found = _telescoped(total)
    return found, condition if found.has(sp.polygamma) else sp.true


def _telescoped(total: Any) -> Any:
    """The sum without its digamma functions where these cancel: digamma(n + 1) is digamma(n) + 1/n."""
    flat = sp.expand(sp.expand_func(total))
    return total if flat.has(sp.polygamma) else flat


def rational_product(body: Any, k: Any, low: Any) -> Any:
    """The product over k = low..oo of a rational function that tends to 1 fast enough; 0 or `None` otherwise."""
    if not body.is_rational_function(k) or not low.is_Integer:
        return None
    p, q = (sp.Poly(e, k) for e in sp.fraction(sp.cancel(sp.together(body))))
    n = p.degree()
    if n != q.degree() or n == 0 or sp.expand(p.LC() - q.LC()) != 0 or sp.expand(p.nth(n - 1) - q.nth(n - 1)) != 0:
        return None
    above, below = (_gammas(e, k, low) for e in (p, q))
    if above is None or below is None:
        return None
    return sp.gammasimp(below / above)


def _gammas(p: Any, k: Any, low: Any) -> Any:
    """The product of gamma(low - r) over the roots, those in pairs by reflection."""
    out = sp.S.One
    for g, m in p.factor_list()[1]:
        if g.degree() == 1:
            out *= sp.gamma(low + g.TC() / g.LC()) ** m
        elif g.degree() == 2:
            lead, middle, last = g.all_coeffs()
            centre = -middle / (2 * lead)
            r = sp.sqrt(sp.factor(centre**2 - last / lead))
            if centre != 0:
                # Complex roots around a half or whole number: gamma(z)*gamma(conjugate) at low - centre + r and low - centre - r.
                start = sp.sympify(low - centre)
                if start.is_Rational and start.q == 2:
                    # gamma(1/2 + r)*gamma(1/2 - r) is pi/cos(pi*r).
                    made, first = sp.pi / sp.cos(sp.pi * r), sp.S.Half
                elif start.is_Integer:
                    made, first = sp.pi * r / sp.sin(sp.pi * r), sp.S.One
                else:
                    return None
            else:
                start, made, first = low, sp.pi * r / sp.sin(sp.pi * r), sp.S.One
            steps = int(start - first)
            for i in range(steps):
                made *= sp.expand((first + i) ** 2 - r**2)
            for i in range(steps, 0):
                made /= sp.expand((first + i) ** 2 - r**2)
            out *= made**m
        else:
            return None
    return out
