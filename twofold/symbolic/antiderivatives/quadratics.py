"""Antiderivatives of rational functions of x and the square root of a quadratic.

With T/sqrt(Q): a rational multiple of sqrt(Q), found by a linear ansatz in the manner of Ostrogradsky, and the integrals of 1/sqrt(Q),
1/((x - p)*sqrt(Q)) and, around a common centre, 1/((x^2 + m)*sqrt(Q)). Source: Gradshteyn and Ryzhik, 2.25 and 2.26.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt


def by_quadratic_root(f: Any, x: Any) -> Any:
    """An antiderivative where the only root in f is that of one quadratic in x with coefficients of known sign; `None` otherwise."""
    f = _joined(f, x)
    roots = [p for p in f.atoms(sp.Pow) if p.exp.is_Rational and not p.exp.is_Integer and p.base.has(x)]
    if not roots or any(p.exp.q != 2 for p in roots):
        return None
    bases = {sp.expand(p.base) for p in roots}
    quadratic = _common(bases, x)
    if quadratic is None:
        return None
    s = sp.Dummy("s", positive=True)
    swapped = f.xreplace({p: (s * sp.sqrt(sp.cancel(sp.expand(p.base) / quadratic))) ** int(2 * p.exp) for p in roots})
    if not swapped.is_rational_function(x, s):
        return None
    above, below = (sp.Poly(e, s) for e in sp.fraction(sp.together(swapped)))
    a, b = _halves(above, quadratic)
    c, d = _halves(below, quadratic)
    # (a + b s)/(c + d s) = ((ac - bdQ) + (bc - ad) s)/(c^2 - d^2 Q)
    under = c**2 - d**2 * quadratic
    plain, rooted = sp.cancel((a * c - b * d * quadratic) / under), sp.cancel((b * c - a * d) * quadratic / under)
    from twofold.symbolic.antiderivatives.rational import rational

    first = rational(plain, x) if plain != 0 else sp.S.Zero
    second = over_root(rooted, quadratic, x)
    return None if first is None or second is None else first + second


def _joined(f: Any, x: Any) -> Any:
    """Products of square roots of linear functions as the root of a product, where both are real."""

    def join(m: Any) -> Any:
        rooted = [t for t in m.args if t.is_Pow and t.exp.is_Rational and t.exp.q == 2 and t.base.has(x)]
        if len(rooted) != 2 or not all(sp.degree(t.base, x) == 1 for t in rooted if t.base.is_polynomial(x)):
            return m
        (first, second) = rooted
        if not all(t.base.is_polynomial(x) for t in rooted):
            return m
        half = sp.S.Half
        inside = sp.expand(first.base * second.base)
        rest = sp.Mul(*(t for t in m.args if t not in rooted))
        return rest * first.base ** (first.exp - half) * second.base ** (second.exp - half) * sp.sqrt(inside)

    return f.replace(lambda e: e.is_Mul, join)


def _common(bases: set[Any], x: Any) -> Any:
    """One quadratic of which all are positive multiples by squares of constants."""
    first = min(bases, key=sp.count_ops)
    if not first.is_polynomial(x) or sp.degree(first, x) != 2:
        return None
    for other in bases:
        ratio = sp.cancel(other / first)
        if ratio.has(x) or not ratio.is_positive:
            return None
    return first


def _halves(p: Any, quadratic: Any) -> tuple[Any, Any]:
    """A polynomial in s as a + b*s with s^2 = Q."""
    a = b = sp.S.Zero
    for (k,), c in p.terms():
        if k % 2:
            b += c * quadratic ** (k // 2)
        else:
            a += c * quadratic ** (k // 2)
    return a, b


def over_root(t: Any, quadratic: Any, x: Any) -> Any:
    """An antiderivative of t/sqrt(Q) for a rational t."""
    if t == 0:
        return sp.S.Zero
    p, d = (sp.Poly(e, x) for e in sp.fraction(sp.cancel(t)))
    q = sp.Poly(quadratic, x)
    factors = d.factor_list()[1]
    multiple, simple = sp.Poly(1, x), []
    for g, k in factors:
        if g.degree() > 2:
            return None
        divides = q.rem(g).is_zero if g.degree() <= 2 else False
        if g.degree() == 1 and q.eval(-g.TC() / g.LC()) == 0 or divides:
            multiple *= g**k
        else:
            multiple *= g ** (k - 1)
            simple.append(g)
    highest = max(p.degree() - d.degree() + multiple.degree() + 1, multiple.degree(), 0)
    unknowns = [sp.Dummy(f"u{k}") for k in range(highest + 1)]
    first = sp.Dummy("c")
    others = [[sp.Dummy("d") for _ in range(g.degree())] for g in simple]
    u = sp.Poly(unknowns[::-1], x)
    # t = (U/V)' Q + (U/V) Q'/2 + c + sum N_i/g_i; multiplied by V^2 times the simple factors.
    v, product = multiple, sp.Poly(1, x)
    for g in simple:
        product *= g
    left = p * v**2 * product
    right = ((u.diff(x) * v - u * v.diff(x)) * q + u * v * q.diff(x).quo_ground(2)) * product * d + first * v**2 * product * d
    for g, names in zip(simple, others, strict=True):
        right += sp.Poly(names, x) * v**2 * product.quo(g) * d
    equations = [e for e in (left - right).all_coeffs() if e != 0]
    symbols = [*unknowns, first, *(n for names in others for n in names)]
    solved = attempt(sp.linsolve, equations, symbols)
    if not solved:
        return None
    values = dict(zip(symbols, next(iter(solved)), strict=True))
    free = dict.fromkeys(symbols, 0)
    values = {n: sp.sympify(e).subs(free) for n, e in values.items()}
    root = sp.sqrt(quadratic)
    total = sp.factor(sp.cancel(u.as_expr().subs(values) / v.as_expr())) * root
    if values[first] != 0:
        plain = one_over_root(quadratic, x)
        if plain is None:
            return None
        total += values[first] * plain
    for g, names in zip(simple, others, strict=True):
        above = [values[n] for n in names]
        if all(e == 0 for e in above):
            continue
        term = _linear_below(above[0], g, q, x) if g.degree() == 1 else _quadratic_below(above, g, q, x)
        if term is None:
            return None
        total += term
    return total


def one_over_root(quadratic: Any, x: Any) -> Any:
    """An antiderivative of 1/sqrt(a*x^2 + b*x + c)."""
    a, b, c = sp.Poly(quadratic, x).all_coeffs()
    disc = sp.factor(sp.expand(b**2 - 4 * a * c))
    slope = 2 * a * x + b
    if a.is_negative and disc.is_positive:
        return -sp.asin(sp.cancel(slope / sp.sqrt(disc))) / sp.sqrt(-a)
    if a.is_positive and disc.is_negative:
        return sp.asinh(sp.cancel(slope / sp.sqrt(-disc))) / sp.sqrt(a)
    if a.is_positive:
        return sp.log(sp.Abs(sp.cancel(slope / (2 * a)) + sp.sqrt(sp.expand(quadratic / a)))) / sp.sqrt(a)
    return None


def _linear_below(n: Any, g: Any, q: Any, x: Any) -> Any:
    """n/(g*sqrt(Q)) for a linear g that does not divide Q."""
    slope, constant = g.all_coeffs()
    p = -constant / slope
    m, way = sp.factor(q.eval(p)), q.diff(x).eval(p)
    root = sp.sqrt(q.as_expr())
    above = sp.expand(2 * m + way * (x - p))
    if m.is_positive:
        k = sp.sqrt(m)
        return -n / slope / k * sp.log(sp.Abs((above + 2 * k * root) / (x - p)))
    if m.is_negative:
        k = sp.sqrt(-m)
        return n / slope / k * sp.atan(sp.cancel(above / (2 * k)) / root)
    return None


def _quadratic_below(above: list[Any], g: Any, q: Any, x: Any) -> Any:
    """(e*x + n)/((x^2 + m)*sqrt(a*x^2 + c)), after a shift to the common centre."""
    a, b, _ = q.all_coeffs()
    lead, middle, _ = g.all_coeffs()
    centre = -b / (2 * a)
    if sp.cancel(centre + middle / (2 * lead)) != 0:
        return None
    c, m = q.eval(centre), sp.cancel(g.eval(centre) / lead)
    e = above[0] / lead
    n = (above[1] + above[0] * centre) / lead
    root = sp.sqrt(q.as_expr())
    # u = sqrt(Q) in the first part: du/(u^2 - w); t = (x - centre)/sqrt(Q) in the second: dt/(m + w*t^2).
    w = sp.factor(sp.expand(c - a * m))
    t = (x - centre) / root
    total = sp.S.Zero
    if e != 0:
        if w.is_positive:
            k = sp.sqrt(w)
            total += e / (2 * k) * sp.log(sp.Abs((root - k) / (root + k)))
        elif w.is_negative:
            k = sp.sqrt(-w)
            total += e / k * sp.atan(root / k)
        else:
            return None
    if n != 0:
        if (m * w).is_positive:
            k = sp.sqrt(w / m)
            total += n / (m * k) * sp.atan(k * t)
        elif (m * w).is_negative:
            k = sp.sqrt(-w / m)
            total += n / (2 * m * k) * sp.log(sp.Abs((1 + k * t) / (1 - k * t)))
        else:
            return None
    return total
