"""Differential equations of first order y' = F(x, y) that are not linear: separable ones, Bernoulli's, Riccati's with a known solution,
and those that a substitution makes separable.

Every solution comes with the constant as a function of a point of its graph, so that a condition is met by evaluation. Solutions that no
value of the constant gives are listed. Source: any text on the subject, e.g. Kamke, "Differentialgleichungen", part A.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.solving.exact_equations import Primitive, potential, solved
from twofold.symbolic.solving.linear_equations import Linear, general
from twofold.symbolic.solving.unsigned_logarithms import unsigned

C = sp.Symbol("C1")


@dataclass(frozen=True, slots=True)
class Family:
    """Solutions `value` with the constant C1, and `constant`, what C1 is for the solution through (x, y). `lost` are solutions that no
    value of C1 gives; `where` are conditions on x and C1."""

    value: Any
    constant: Any
    lost: tuple[Any, ...] = ()
    where: tuple[Any, ...] = field(default=())


def first_order(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """The solutions of y' = f; `None` where no rule applies. More than one family where they are branches of one relation."""
    for rule in (_separable, _bernoulli, _riccati, _of_a_sum, _homogeneous, _exact):
        found = attempt(rule, f, x, y, primitive)
        if found:
            return found
    return None


# --- separable ---------------------------------------------------------------------------------------------------------------------


def separated(f: Any, x: Any, y: Any) -> tuple[Any, Any] | None:
    """f as g(x)*h(y)."""
    g = h = sp.S.One
    for factor in sp.Mul.make_args(sp.factor(sp.expand(f, power_exp=True))):
        for part in _factors(factor):
            if not part.has(y):
                g *= part
            elif not part.has(x):
                h *= part
            else:
                return None
    return g, h


def _factors(e: Any) -> list[Any]:
    if isinstance(e, sp.exp):
        return [sp.exp(t) for t in sp.Add.make_args(sp.expand(e.args[0]))]
    return [e]


def _separable(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    parts = separated(f, x, y)
    if parts is None:
        return None
    g, h = parts
    total = primitive(g, x)
    return None if total is None else _inverted(h, total, y, primitive)


def _bare(e: Any) -> Any:
    """Logarithms of absolute values as they are without: the constant takes the sign up, piece by piece."""
    return e if e is None else unsigned(e)


def _inverted(h: Any, total: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """The solutions of dy/h(y) = d(total)."""
    number, rest = h.as_independent(y, as_Add=False)
    base, power = rest.as_base_exp()
    if base.is_polynomial(y) and sp.degree(base, y) == 1 and power != 1 and not power.has(y):
        return _power(base, power, number, total, y)
    if rest.is_polynomial(y) and sp.degree(rest, y) == 2:
        return _quadratic(sp.Poly(rest, y), number, total, y)
    if isinstance(rest, sp.exp) and sp.degree(rest.args[0], y) == 1:
        a, b = sp.Poly(rest.args[0], y).all_coeffs()
        # exp(-a*y - b) = -a*(number*total + C).
        inner = sp.expand(-a * number * total)
        return [Family((-sp.log(inner + C) - b) / a, sp.exp(-a * y - b) - inner)]
    return _peeled(primitive(1 / rest, y), number, total, y, h)


def _power(base: Any, n: Any, number: Any, total: Any, y: Any) -> list[Family] | None:
    """dy/(base^n), base = a*y + b."""
    a, b = sp.Poly(base, y).all_coeffs()
    m = 1 - n
    inner = sp.expand(m * a * number * total) + C
    constant = base**m - sp.expand(m * a * number * total)
    lost = (-b / a,) if n.is_positive else ()
    if not m.is_Rational:
        return [Family((inner ** (1 / m) - b) / a, constant, lost)]
    return [Family((root - b) / a, constant, lost, where) for root, where in _roots(inner, m)]


def _roots(inner: Any, m: Any) -> list[tuple[Any, tuple[Any, ...]]]:
    """The real u with u^m = inner for a rational m, with what inner has to be."""
    e = 1 / m
    if m.q != 1:
        # A power with a fraction as its exponent is that of a number that is not negative, and so is its value.
        return [(inner**e, (sp.Ge(inner, 0) if m.is_positive else sp.Gt(inner, 0),))]
    if m.p % 2 == 0:
        return [(s * inner**e, ()) for s in (1, -1)]
    return [(inner**e if e.is_Integer else sp.sign(inner) * sp.Abs(inner) ** e, ())]


def _quadratic(p: Any, number: Any, total: Any, y: Any) -> list[Family] | None:
    a, b, c = p.all_coeffs()
    a, b, c = a * number, b * number, c * number
    square = sp.factor(b**2 - 4 * a * c)
    if square == 0:
        r = -b / (2 * a)
        inner = sp.expand(a * total)
        return [Family(r - 1 / (inner + C), 1 / (r - y) - inner, (r,))]
    if square.is_positive:
        root = sp.sqrt(square)
        one, two = ((-b + s * root) / (2 * a) for s in (1, -1))
        if one == 0:
            one, two = two, one
        # (y - one)/(y - two) = -C*wave, and C takes the signs in the wave up.
        wave = sp.exp(sp.expand(sp.expand(a * (one - two)) * unsigned(total)))
        value = one / (1 + C * wave) if two == 0 else (one + two * C * wave) / (1 + C * wave)
        return [Family(value, (one - y) / (y - two) / wave, (two,))]
    if square.is_negative:
        root = sp.sqrt(-square)
        middle, turn = -b / (2 * a), root / 2
        inner = sp.expand(turn * total)
        return [Family(middle + root / (2 * a) * sp.tan(inner + C), sp.atan((y - middle) * 2 * a / root) - inner)]
    return None


def _peeled(integral: Any, number: Any, total: Any, y: Any, h: Any) -> list[Family] | None:
    """The relation integral(y) = number*total + C solved for y, where y stands once in the integral."""
    if integral is None:
        return None
    left, right = _bare(integral), number * total + C
    constant = left - number * total
    where: tuple[Any, ...] = ()
    for _ in range(12):
        if left == y:
            lost = [r for r in _zeros(h, y) if not _is_taken(constant.subs(y, r))]
            return [Family(right, constant, tuple(lost), where)]
        inside = [e for e in left.args if e.has(y)]
        if len(inside) == 2 and left.is_Add and (ends := _norm(left, y)) is not None:
            left, right = ends[0], (right + ends[1] / right) / 2
            continue
        if len(inside) != 1:
            return None
        (u,) = inside
        if left.is_Add:
            right = right - (left - u)
        elif left.is_Mul:
            right = right / (left / u)
        elif isinstance(left, sp.log):
            # C is free: exp of the sum is a constant factor.
            slope = sp.expand(right).coeff(C)
            start = sp.expand(right - slope * C)
            if slope.is_number and slope != 0 and not start.has(C):
                wave = sp.exp(unsigned(start))
                right, constant = C * wave, u / wave
            else:
                right = sp.exp(right)
        elif isinstance(left, sp.exp):
            right = sp.log(right)
        elif left.is_Pow and left.exp.is_Integer and left.exp % 2:
            right = right ** (sp.S.One / left.exp)
        elif isinstance(left, (sp.tan, sp.sinh, sp.asinh, sp.atanh)):
            right = left.inverse()(right)
        elif isinstance(left, (sp.asin, sp.acos, sp.acosh)):
            low, high = _RANGES[type(left)]
            where += (sp.Ge(right, low),) if high is None else (sp.Ge(right, low), sp.Le(right, high))
            right = left.inverse()(right)
        else:
            return None
        left = u
    return None


def _norm(e: Any, y: Any) -> tuple[Any, Any] | None:
    """l and l^2 - q for a sum l + sqrt(q) of a polynomial and a root, where the second does not depend on y: l is half the sum of e and of that over e."""
    roots = [t for t in e.args if any(p.exp == sp.S.Half and p.base.has(y) for p in t.atoms(sp.Pow))]
    if len(roots) != 1:
        return None
    rest = e - roots[0]
    norm = sp.expand(rest**2 - roots[0] ** 2)
    return None if norm.has(y) or not rest.is_polynomial(y) else (rest, norm)


_RANGES = {sp.asin: (-sp.pi / 2, sp.pi / 2), sp.acos: (sp.S.Zero, sp.pi), sp.acosh: (sp.S.Zero, None)}
"""The values of inverse functions whose range is not the line."""


def _zeros(h: Any, y: Any) -> list[Any]:
    """Constants that solve y' = g(x)*h(y)."""
    found = attempt(sp.solve, h, y)
    return [r for r in found or [] if not r.has(y) and r.is_real is not False and h.subs(y, r) == 0]


def _is_taken(constant: Any) -> bool:
    """Whether this is a value that the constant can have."""
    return not constant.has(sp.nan, sp.zoo, sp.oo, -sp.oo) and constant.is_number


# --- by substitution ---------------------------------------------------------------------------------------------------------------


def clairaut(equation: Any, x: Any, y: Any, p: Any) -> Family | None:
    """y = x*p + g(p) with p = y', also where that is multiplied by something of p: the lines y = C*x + g(C)."""
    left = sp.expand(sp.numer(sp.together(equation)))
    scale = left.coeff(y)
    if scale == 0 or scale.has(x, y) or (rest := sp.expand(left - scale * y)).has(y):
        return None
    g = sp.expand(sp.cancel(-rest / scale - x * p))
    return Family(C * x + g.subs(p, C), sp.nan) if not g.has(x, y) and g.has(p) else None


def _bernoulli(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """y' = p*y + q*y^n: a linear equation for y^(1 - n)."""
    rows: dict[Any, Any] = {}
    for t in sp.Add.make_args(sp.expand(f)):
        factor, rest = t.as_independent(y, as_Add=False)
        base, power = rest.as_base_exp()
        if base != y or power.has(x, y):
            return None
        rows[power] = rows.get(power, sp.S.Zero) + factor
    powers = [n for n in rows if n != 1]
    if len(powers) != 1 or powers[0] == 0 or not powers[0].is_Rational:
        return None
    (n,) = powers
    m = 1 - n
    made = general(Linear((sp.cancel(-m * rows.get(sp.S.One, sp.S.Zero)), sp.S.One), m * rows[n], x), lambda e: primitive(e, x))
    if made is None:
        return None
    (basis,) = made.basis
    inner = C * basis + made.particular
    constant = (y**m - made.particular) / basis
    lost = (sp.S.Zero,) if n.is_positive else ()
    inner = sp.factor_terms(inner)
    return [Family(root, constant, lost, where) for root, where in _roots(inner, m)]


def _riccati(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """y' = q0 + q1*y + q2*y^2 with a simple solution s: a linear equation for 1/(y - s)."""
    p = sp.Poly(sp.expand(f), y)
    if p.degree() != 2:
        return None
    q2, q1, q0 = p.all_coeffs()
    if q0 == 0:
        return None
    a, b = sp.Dummy("a"), sp.Dummy("b")
    for guess in (a * x + b, a / x + b):
        left = sp.numer(sp.together(sp.diff(guess, x) - q0 - q1 * guess - q2 * guess**2))
        if not left.is_polynomial(x):
            return None
        found = attempt(sp.solve, sp.Poly(left, x).all_coeffs(), [a, b], dict=True)
        for values in found or []:
            s = guess.subs(values)
            if s.has(a, b) or s.has(sp.I):
                continue
            # With v = 1/(y - s): v' = -(q1 + 2*q2*s)*v - q2.
            made = general(Linear((sp.expand(q1 + 2 * q2 * s), sp.S.One), -q2, x), lambda e: primitive(e, x))
            if made is None:
                continue
            (basis,) = made.basis
            v = C * basis + made.particular
            return [Family(s + 1 / v, (1 / (y - s) - made.particular) / basis, (s,))]
    return None


def _of_a_sum(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """y' = g(a*x + y): u = a*x + y is separable."""
    slope = sp.diff(f, y)
    if slope == 0:
        return None
    a = sp.simplify(sp.diff(f, x) / slope)
    if a.free_symbols & {x, y} or a == 0:
        return None
    u = sp.Dummy("u", real=True)
    g = sp.simplify(f.subs(y, u - a * x))
    if g.has(x):
        return None
    found = _inverted(sp.factor(a + g), x, u, primitive)
    if found is None:
        return None
    return [Family(k.value - a * x, k.constant.subs(u, a * x + y), tuple(r - a * x for r in k.lost), k.where) for k in found]


def _homogeneous(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """y' = g(y/x): v = y/x is separable."""
    v = sp.Dummy("v", real=True)
    g = sp.cancel(f.subs(y, v * x)) if f.is_rational_function(x, y) else sp.simplify(f.subs(y, v * x))
    if g.has(x):
        return None
    found = _inverted(sp.factor(sp.cancel(g - v)), sp.log(x if x.is_positive else sp.Abs(x)), v, primitive)
    if found is None:
        return None
    made = []
    for k in found:
        made.append(Family(x * k.value, k.constant.subs(v, y / x), tuple(r * x for r in k.lost), k.where))
    return made


def _exact(f: Any, x: Any, y: Any, primitive: Primitive) -> list[Family] | None:
    """The level lines of a potential that can be solved for y."""
    found = potential(f, x, y, primitive)
    values = None if found is None else solved(found, C, y)
    return None if values is None else [Family(value, found) for value in values]


def homogeneous_relation(flat: Any, x: Any, y: Any, p: Any, primitive: Primitive) -> list[Family] | None:
    """The solutions of F(x, y, p) = 0 with p = y', F being a polynomial of second degree in p that only y/x matters in: with y = x*v and w = x*v' that
    is F(1, v, v + w) = 0, of which w is a function of v alone, with roots that know no sign of x."""
    v, w = sp.Dummy("v", real=True), sp.Dummy("w", real=True)
    top = sp.numer(sp.together(flat))
    moved = sp.factor(top.subs({p: v + w, y: x * v}, simultaneous=True))
    rest = sp.Mul(*(g for g in sp.Mul.make_args(moved) if g.has(v, w)))
    if rest.has(x) or not rest.is_polynomial(w) or sp.degree(rest, w) != 2:
        return None
    a, b, c = sp.Poly(rest, w).all_coeffs()
    root = sp.sqrt(sp.factor(b**2 - 4 * a * c))

    def integral(e: Any, by: Any) -> Any:
        made = primitive(e, by)
        if made is None:
            return None
        return made.replace(sp.acosh, lambda u: sp.log(u + sp.sqrt(u**2 - 1))).replace(
            sp.asinh, lambda u: sp.log(u + sp.sqrt(u**2 + 1))
        )

    made: list[Family] = []
    for sign in (1, -1):
        found = _inverted(sp.factor((sign * root - b) / (2 * a)), sp.log(x if x.is_positive else sp.Abs(x)), v, integral)
        if found is None:
            return None
        made += [Family(sp.cancel(x * k.value), k.constant.subs(v, y / x), tuple(r * x for r in k.lost), k.where) for k in found]
    return made


__all__ = ["C", "Family", "clairaut", "first_order", "homogeneous_relation", "separated"]
