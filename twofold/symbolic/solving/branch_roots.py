"""The solutions of an equation in one unknown with parameters as formulas, each with the conditions under which it is one.

The equation is taken apart: absolute values and the larger of two by their cases, logarithms by multiplying out, powers of one exponential by a
name for it, square roots by squaring, with the sign that this loses as a condition. What is left are polynomials, solved by radicals.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from twofold.catalogue.method import NotApplicable

Condition = tuple[Any, str]
"""An expression and what it is compared with 0 by: "eq", "ne", "gt", "ge", "lt" or "le"."""

Needed = tuple[Any, str, Any]
"""The same of an expression in the parameters alone, with a polynomial that vanishes wherever the expression does, `None` where none is known."""

_BRANCHED = (sp.Abs, sp.Max, sp.Min)


@dataclass
class Roots:
    """The formulas found so far; `special` are expressions at whose zeros the equation is to be solved by itself, `polynomials` those that
    formulas are zeros of."""

    x: Any
    window: tuple[Any, Any] | None = None
    """Numbers between which the zeros are looked for, where these are given: of waves there are only finitely many."""
    found: list[tuple[Any, tuple[Needed, ...]]] = field(default_factory=list)
    special: list[Any] = field(default_factory=list)
    polynomials: dict[Any, Any] = field(default_factory=dict)

    def needed(self, c: Any, op: str, value: Any) -> Needed:
        """A condition at a formula. Where the formula is a zero of a polynomial, the resultant vanishes wherever the condition may change."""
        polynomial = self.polynomials.get(value)
        rooted = any(not p.exp.is_Integer for p in value.atoms(sp.Pow))
        known = polynomial is not None and c.is_polynomial(self.x) and c.has(self.x) and rooted
        zeros = sp.factor(sp.resultant(polynomial, c, self.x)) if known else None
        plain = zeros is not None and zeros != 0 and zeros.is_polynomial(*zeros.free_symbols)
        return c.subs(self.x, value), op, zeros if plain else None


def roots_by_branches(equation: Any, x: Any, where: tuple[Condition, ...]) -> Roots:
    """All real zeros of an expression in a real symbol. Raises `NotApplicable` where one of its branches is not solved."""
    out = Roots(x, _window(where, x))
    for e, conditions in branches(sp.sympify(equation), x, where):
        for value, needed in _zeros(e, x, out):
            out.found.append((value, (*needed, *(out.needed(c, op, value) for c, op in conditions))))
    return out


def _window(where: tuple[Condition, ...], x: Any) -> tuple[Any, Any] | None:
    """The numbers between which conditions keep a symbol; `None` where they do not."""
    low: list[Any] = []
    high: list[Any] = []
    for c, op in where:
        slope = sp.diff(c, x)
        if op in ("ge", "gt", "le", "lt") and slope.is_number and slope != 0 and not c.free_symbols - {x}:
            (low if (slope > 0) == (op in ("ge", "gt")) else high).append(-c.subs(x, 0) / slope)
    return (max(low, key=float), min(high, key=float)) if low and high else None


def branches(e: Any, x: Any, where: tuple[Condition, ...]) -> Iterator[tuple[Any, tuple[Condition, ...]]]:
    """The cases of absolute values and of the larger or smaller of two, without them."""
    inner = [t for t in e.atoms(*_BRANCHED) if t.has(x) and not any(a.has(*_BRANCHED) for a in t.args)]
    inner += [t for c, _ in where for t in c.atoms(*_BRANCHED) if t.has(x) and not any(a.has(*_BRANCHED) for a in t.args)]
    if not inner:
        yield e, where
        return
    t = min(inner, key=sp.default_sort_key)
    if isinstance(t, sp.Abs):
        cases = [(t.args[0], (t.args[0], "ge")), (-t.args[0], (t.args[0], "lt"))]
    elif len(t.args) == 2:
        a, b = t.args
        first, second = (a, b) if isinstance(t, sp.Max) else (b, a)
        cases = [(first, (a - b, "ge")), (second, (a - b, "lt"))]
    else:
        raise NotApplicable("the larger of many")
    for value, condition in cases:
        put = {t: value}
        yield from branches(e.xreplace(put), x, (*((c.xreplace(put), op) for c, op in where), condition))


def _zeros(e: Any, x: Any, out: Roots) -> Iterator[tuple[Any, tuple[Needed, ...]]]:
    """The zeros of an expression without branches."""
    if e.has(sp.exp) and (factors := sp.Mul.make_args(sp.factor(e)))[1:]:
        for f in factors:
            base = f.base if f.is_Pow and f.exp.is_positive else f
            if base.has(x) and not isinstance(f, sp.exp) and not (f.is_Pow and f.exp.is_negative):
                yield from _zeros(base, x, out)
            elif not base.has(x) and base.free_symbols:
                out.special.append(base)
        return
    for step in (_of_logarithms, _of_exponentials, _of_square_roots):
        made = step(e, x)
        if made is not None:
            reduced, y, back, conditions = made
            for value, needed in _zeros(reduced, y, out):
                if y == x:
                    more = tuple(out.needed(c, op, value) for c, op in conditions)
                else:
                    more = tuple((c.subs({x: back(value), y: value}), op, None) for c, op in conditions)
                yield back(value), (*needed, *more)
            return
    if e.has(sp.sin, sp.cos, sp.tan) and x == out.x and out.window is not None:
        yield from _of_waves(e, x, out)
        return
    top, below = sp.fraction(sp.together(e))
    if not top.is_polynomial(x) or not below.is_polynomial(x):
        raise NotApplicable("no formula is known")
    for factor, _ in sp.factor_list(top)[1]:
        if not factor.has(x):
            if factor.free_symbols:
                out.special.append(factor)
            continue
        for value, needed in _of_polynomial(factor, x, out):
            if x == out.x:
                out.polynomials[value] = factor
            if below.free_symbols:
                needed = (*needed, out.needed(below, "ne", value) if x == out.x else (below.subs(x, value), "ne", None))
            yield value, needed


def _of_polynomial(factor: Any, x: Any, out: Roots) -> Iterator[tuple[Any, tuple[Needed, ...]]]:
    """The zeros of a polynomial of first or second degree in a power of the unknown, or in a polynomial like that."""
    *outer, last = sp.decompose(factor, x)
    if sp.Poly(factor, x).is_linear or len(outer) == 0:
        yield from _simple(sp.Poly(factor, x), out)
        return
    y = sp.Dummy("y", real=True)
    whole = y
    for g in reversed(outer):
        whole = g.subs(x, whole)
    for level, needed in _zeros(whole, y, out):
        for value, more in _simple(sp.Poly(last - level, x), out):
            yield value, (*needed, *more)


def _simple(p: Any, out: Roots) -> Iterator[tuple[Any, tuple[Needed, ...]]]:
    n, row = p.degree(), p.all_coeffs()
    lead = row[0]
    needed: tuple[Needed, ...] = ()
    if lead.free_symbols:
        out.special.append(lead)
        needed = ((lead, "ne", None),)
    if n == 1:
        yield sp.cancel(-row[1] / lead), needed
    elif not any(row[1:-1]):
        w = sp.factor(-row[-1] / lead)
        if n % 2:
            r = sp.Rational(1, n)
            yield w**r if w.is_nonnegative else sp.sign(w) * sp.Abs(w) ** r, needed
        elif not w.is_negative:
            r = w ** sp.Rational(1, n)
            yield from ((s * r, (*needed, (w, "ge", None))) for s in (-1, 1))
    elif n == 2:
        b, c = row[1:]
        d = sp.factor(b**2 - 4 * lead * c)
        yield from () if d.is_negative else (((s * sp.sqrt(d) - b) / (2 * lead), (*needed, (d, "ge", None))) for s in (-1, 1))
    elif n == 3:
        yield from ((v, (*needed, *conditions)) for v, conditions in _cubic(*(c / lead for c in row[1:])))
    else:
        raise NotApplicable("a polynomial of higher degree")


def _cubic(b: Any, c: Any, d: Any) -> Iterator[tuple[Any, tuple[Needed, ...]]]:
    """The zeros of x^3 + b*x^2 + c*x + d: Viete's cosines where there are three, Cardano's cube roots where there is one."""
    shift, p, q = b / 3, sp.factor(c - b**2 / 3), sp.factor(2 * b**3 / 27 - b * c / 3 + d)
    discriminant = sp.factor(-4 * p**3 - 27 * q**2)
    size, turned = 2 * sp.sqrt(-p / 3), sp.acos(sp.simplify(3 * q / (2 * p) * sp.sqrt(-3 / p))) / 3
    for k in (1, -1, 0):
        yield size * sp.cos(turned + 2 * k * sp.pi / 3) - shift, ((discriminant, "ge", None), (p, "lt", None))
    inner = sp.sqrt(sp.factor(q**2 / 4 + p**3 / 27))
    parts = [-q / 2 + s * inner for s in (1, -1)]
    yield sum((sp.sign(u) * sp.Abs(u) ** sp.Rational(1, 3) for u in parts), -shift), ((discriminant, "lt", None),)


def _of_waves(e: Any, x: Any, out: Roots) -> Iterator[tuple[Any, tuple[Needed, ...]]]:
    """The zeros in the window of an expression in one wave of one angle that is linear in the unknown."""
    e = sp.expand_trig(e.rewrite(sp.tan, sp.sin)) if e.has(sp.tan) else e
    angles = {t.args[0] for t in e.atoms(sp.sin, sp.cos) if t.has(x)}
    if len(angles) > 1:
        e = sp.expand_trig(e)
        angles = {t.args[0] for t in e.atoms(sp.sin, sp.cos) if t.has(x)}
    if len(angles) != 1:
        raise NotApplicable("waves of several angles")
    (v,) = angles
    slope, start = sp.diff(v, x), v.subs(x, 0)
    if slope.free_symbols or start.free_symbols:
        raise NotApplicable("an angle with parameters")
    s, c = sp.Dummy("s", real=True), sp.Dummy("c", real=True)
    top = sp.fraction(sp.together(e.xreplace({sp.sin(v): s, sp.cos(v): c})))[0]
    if not top.is_polynomial(s, c) or top.has(x):
        raise NotApplicable("waves beside the unknown")
    ends = sorted((slope * end + start for end in out.window or ()), key=float)
    for factor, _ in sp.factor_list(top, s, c)[1]:
        for arcs, turn, needed in _angles(sp.Poly(factor, s, c), out):
            yield from _members(arcs, turn, ends, slope, start, needed)


def _angles(p: Any, out: Roots) -> Iterator[tuple[list[Any], Any, tuple[Needed, ...]]]:
    """The zeros of a polynomial in a sine and a cosine, in this order: families of angles with their period."""
    s, c = p.gens
    for e in sp.factor_list(p.as_expr())[1]:
        if not e[0].has(s, c) and e[0].free_symbols:
            out.special.append(e[0])
    if p.total_degree() == 1 and p.degree(s) and p.degree(c) and p.nth(0, 0) == 0:
        # A*sin(v) + B*cos(v) is 0 where tan(v) is -B/A, and where cos(v) is 0 if A is.
        out.special.append(p.nth(1, 0))
        yield [sp.atan(-p.nth(0, 1) / p.nth(1, 0))], sp.pi, ((p.nth(1, 0), "ne", None),)
        return
    one, other, arc_of = (s, c, sp.asin) if all(k % 2 == 0 for _, k in p.monoms()) else (c, s, sp.acos)
    if any(m[0 if other is s else 1] % 2 for m in p.monoms()):
        raise NotApplicable("sines and cosines together")
    single = sp.rem(sp.Poly(p.as_expr(), other), sp.Poly(other**2 - 1 + one**2, other)).as_expr()
    for value, needed in _zeros(sp.expand(single), one, out):
        inside = (*needed, (1 - value, "ge", None), (1 + value, "ge", None))
        arc = arc_of(value)
        yield [arc, sp.pi - arc if arc_of is sp.asin else -arc], 2 * sp.pi, inside


def _members(
    arcs: list[Any], turn: Any, ends: list[Any], slope: Any, start: Any, needed: tuple[Needed, ...]
) -> Iterator[tuple[Any, tuple[Needed, ...]]]:
    """The members of families of angles that may lie between two angles, as values of the unknown; an arc lies between -pi and 3*pi/2."""
    low, high = (float(e) / float(turn) for e in ends)
    for k in range(math.floor(low - 0.75) - 1, math.ceil(high + 0.75) + 2):
        for arc in arcs:
            yield sp.expand((arc + k * turn - start) / slope), needed


def _of_logarithms(e: Any, x: Any) -> tuple[Any, Any, Any, tuple[Condition, ...]] | None:
    """log(u) + log(v) + c == 0 as u*v*exp(c) - 1 == 0."""
    logs = sorted((t for t in e.atoms(sp.log) if t.has(x)), key=sp.default_sort_key)
    if not logs:
        return None
    names = [sp.Dummy() for _ in logs]
    made = sp.expand(e.xreplace(dict(zip(logs, names, strict=True))))
    if made.has(x) or not made.is_polynomial(*names) or sp.Poly(made, *names).total_degree() != 1:
        raise NotApplicable("logarithms beside the unknown")
    slopes = [made.coeff(n) for n in names]
    if not all(c.is_Rational for c in slopes):
        raise NotApplicable("logarithms with factors")
    common = sp.ilcm(1, *(c.q for c in slopes))
    rest = made.subs(dict.fromkeys(names, 0)) * common
    product = sp.Mul(*(t.args[0] ** (c * common) for t, c in zip(logs, slopes, strict=True)))
    return product - sp.exp(-rest), x, lambda v: v, tuple((t.args[0], "gt") for t in logs)


def _of_exponentials(e: Any, x: Any) -> tuple[Any, Any, Any, tuple[Condition, ...]] | None:
    """An expression in powers of exp(c*x) alone as one in a positive name."""
    e = e.replace(
        lambda t: t.is_Pow and t.base.is_number and t.base.is_positive and t.exp.has(x), lambda t: sp.exp(t.exp * sp.log(t.base))
    )
    if not any(t.has(x) for t in e.atoms(sp.exp)):
        return None
    e = sp.expand(e, power_exp=True, deep=True)
    powers = [t for t in e.atoms(sp.exp) if t.has(x)]
    slopes = [sp.diff(t.args[0], x) for t in powers]
    if any(s.free_symbols for s in slopes) or any(t.args[0] - s * x != 0 for t, s in zip(powers, slopes, strict=True)):
        raise NotApplicable("exponentials of other functions")
    ratios = [sp.nsimplify(sp.simplify(s / slopes[0])) if s != slopes[0] else sp.S.One for s in slopes]
    if not all(r.is_Rational for r in ratios):
        raise NotApplicable("exponentials that are no powers of each other")
    unit = sp.Rational(sp.igcd(0, *(int(r.p) for r in ratios)), sp.ilcm(1, *(int(r.q) for r in ratios)))
    y = sp.Dummy("y", positive=True)
    made = e.xreplace({t: y ** (r / unit) for t, r in zip(powers, ratios, strict=True)})
    if made.has(x):
        raise NotApplicable("exponentials beside the unknown")
    slope = slopes[0] * unit
    z = sp.Dummy("y", real=True)
    return made.xreplace({y: z}), z, lambda v: sp.log(v) / slope, ((z, "gt"),)


def _of_square_roots(e: Any, x: Any) -> tuple[Any, Any, Any, tuple[Condition, ...]] | None:
    """A + B*sqrt(u) == 0 as A^2 == B^2*u, where A and B have opposite signs."""
    roots = [t for t in e.atoms(sp.Pow) if t.exp.is_Rational and t.exp.q == 2 and t.base.has(x)]
    if not roots:
        return None
    u = min((t.base for t in roots), key=sp.default_sort_key)
    s = sp.Dummy("s", positive=True)
    own = {t: s ** int(2 * t.exp) for t in roots if t.base == u}
    divides = any(t.exp < 0 for t in own)
    top, below = sp.fraction(sp.together(e.xreplace(own)))
    if not top.is_polynomial(s):
        raise NotApplicable("a root in another function")
    rows = sp.Poly(top, s).all_coeffs()[::-1]
    even = sum((c * u ** (k // 2) for k, c in enumerate(rows) if k % 2 == 0), sp.S.Zero)
    odd = sum((c * u ** (k // 2) for k, c in enumerate(rows) if k % 2), sp.S.Zero)
    conditions: tuple[Condition, ...] = ((u, "gt" if divides else "ge"), (even * odd, "le"))
    back = below.subs(s, sp.sqrt(u))
    if back.free_symbols:
        conditions = (*conditions, (back, "ne"))
    return sp.expand(even**2 - odd**2 * u), x, lambda v: v, conditions
