"""That the zeros of a denominator, at places that depend on parameters, do not lie on the range of a definite integral."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt


def poles_outside(f: Any, x: Any, a: Any, b: Any, condition: Any = sp.true) -> Any:
    """The condition on the parameters of f under which no linear, quadratic or pure factor (p*x^n + q) of its denominator vanishes on the range.

    Other factors are left alone, and so is what the condition says already. The ends count as parts of the range: an integrand with a pole there has no integral.
    """
    names = f.free_symbols - {x}
    moving = a.free_symbols | b.free_symbols
    if not names | moving:
        return sp.true
    low, high = (b, a) if (a - b).is_positive else (a, b)
    known = [
        sp.expand(r.gts - r.lts) for r in sp.And.make_args(condition) if isinstance(r, (sp.StrictGreaterThan, sp.StrictLessThan))
    ]
    out = []
    over, under = sp.fraction(sp.together(f))
    out += _waves(f, x, low, high, names | moving)
    out += _powers(f, x, a, b, condition)
    for angle in _of_hyperbolic_sines(f, x):
        out.append(poles_outside(1 / angle, x, a, b, condition))
    out += [c for c in (_exponential(g, over, x, low, high, known) for g in under.as_ordered_factors()) if c is not None]
    for base in _factors(under, x, names, moving):
        p = sp.Poly(base, x)
        if _removable(over, p, x):
            continue
        ordered = (high - low).is_nonnegative or high is sp.oo or low is -sp.oo
        if p.degree() == 1 and low.is_finite and high.is_finite and (p.LC().free_symbols or not ordered):
            out.append(positive(p.eval(low) * p.eval(high), known))
        elif p.degree() == 1 and not p.LC().free_symbols:
            place = sp.cancel(-p.nth(0) / p.LC())
            if not place.free_symbols and place in (low, high):
                continue  # Divergence has been looked for.
            sides = [c for c, end in ((place < low, low), (place > high, high)) if end.is_finite]
            out.append(sp.Or(*sides))
        elif p.degree() == 1:
            start = low if low.is_finite else high
            if start.is_finite:
                out.append(positive((p.LC() if start is low else -p.LC()) * p.eval(start), known))
        elif not ordered:
            continue
        elif len(p.terms()) == 2 and p.nth(0) != 0 and p.degree() > 1:
            out.append(_pure(p, low, high, known))
        elif p.degree() == 2:
            out.append(_quadratic(p, low, high, known))
    return sp.And(*(c for c in out if not _implied(c, condition)))


def _of_hyperbolic_sines(f: Any, x: Any) -> list[Any]:
    """The linear angles of hyperbolic sines and tangents that something is divided by: these vanish where the angle does."""
    angles = {g.args[0] for g in f.atoms(sp.coth, sp.csch)}
    angles |= {p.base.args[0] for p in f.atoms(sp.Pow) if p.exp.is_negative and isinstance(p.base, (sp.sinh, sp.tanh))}
    return sorted((u for u in angles if u.has(x) and not sp.diff(u, x).has(x)), key=sp.default_sort_key)


def _powers(f: Any, x: Any, a: Any, b: Any, condition: Any) -> list[Any]:
    """That no base of a power with a name as exponent vanishes on the range, unless the exponent is above -1."""
    out = []
    for p in sorted(f.atoms(sp.Pow), key=sp.default_sort_key):
        if not p.base.has(x) or p.exp.has(x) or p.exp.is_number or (p.exp + 1).is_positive:
            continue
        apart = poles_outside(1 / p.base, x, a, b, condition)
        if apart != sp.true:
            out.append(sp.Or(p.exp > -1, apart))
    return out


def _waves(f: Any, x: Any, low: Any, high: Any, names: set[Any]) -> list[Any]:
    """That no pole of a tangent, cotangent, secant, cosecant or reciprocal wave of a linear angle lies between finite ends, where names move it."""
    angles = set()
    f = f.replace(sp.tan, lambda u: sp.sin(u) / sp.cos(u)).replace(sp.cot, lambda u: sp.cos(u) / sp.sin(u))
    f = f.replace(sp.sec, lambda u: 1 / sp.cos(u)).replace(sp.csc, lambda u: 1 / sp.sin(u))
    for p in f.atoms(sp.Pow):
        if p.exp.is_negative and isinstance(p.base, (sp.sin, sp.cos)):
            angles.add((p.base.args[0], sp.pi / 2 if isinstance(p.base, sp.cos) else sp.S.Zero))
    out = list(_touching(f, x, low, high, names))
    for angle, pole in sorted(angles, key=str):
        if not angle.has(x) or sp.diff(angle, x).has(x) or not (low.is_finite and high.is_finite):
            continue
        first, last = angle.subs(x, low), angle.subs(x, high)
        if not (first.free_symbols | last.free_symbols) & names:
            continue
        if pole and 0 in (first, last):
            out.append(sp.Abs(last if first == 0 else first) < pole)
        elif 0 not in (first, last):
            out.append(sp.Eq(sp.floor((first - pole) / sp.pi), sp.floor((last - pole) / sp.pi)))
    return out


def _touching(f: Any, x: Any, low: Any, high: Any, names: set[Any]) -> Iterator[Any]:
    """The same for c + d*wave with c = d or c = -d, which is 0 once in a period without changing its sign."""
    over, under = sp.fraction(sp.together(f))
    for factor in under.as_ordered_factors():
        base = factor.as_base_exp()[0]
        c, rest = base.as_independent(x, as_Add=True)
        d, wave = rest.as_independent(x, as_Add=False)
        if not isinstance(wave, (sp.sin, sp.cos)) or sp.expand(c - d) != 0 and sp.expand(c + d) != 0 or c == 0:
            continue
        angle = wave.args[0]
        if sp.diff(angle, x).has(x) or not (low.is_finite and high.is_finite):
            continue
        pole = (0 if sp.expand(c + d) == 0 else sp.pi) + (sp.S.Zero if isinstance(wave, sp.cos) else sp.pi / 2)
        place = (pole - angle.subs(x, 0)) / sp.diff(angle, x)
        if attempt(lambda place=place: sp.simplify(over.subs(x, place))) in (0, None) and (
            attempt(lambda place=place: sp.simplify(sp.diff(over, x).subs(x, place))) in (0, None)
        ):
            continue
        first, last = ((angle.subs(x, e) - pole) / (2 * sp.pi) for e in (low, high))
        if (first.free_symbols | last.free_symbols) & names:
            yield sp.Eq(sp.floor(first), sp.floor(last))


def _implied(wanted: Any, condition: Any) -> bool:
    """Whether in every branch of the condition the signs that it gives to names make what is wanted true."""
    for branch in sp.Or.make_args(condition):
        signs = {}
        for r in sp.And.make_args(branch):
            if not isinstance(r, (sp.StrictGreaterThan, sp.StrictLessThan)):
                continue
            start, name = (r.lhs - r.rhs).as_coeff_Add()
            if name.is_Symbol:
                signs[name] = (
                    sp.Dummy(positive=True) if isinstance(r, sp.StrictGreaterThan) else sp.Dummy(negative=True)
                ) - start
        if wanted.subs(signs) != sp.true:
            return False
    return True


def growth(f: Any, x: Any) -> Any:
    """The c for which f is of the order exp(c*x), up to factors that grow or fall slower than any exponential; `None` where that is not seen."""
    rates = []
    for t in _terms(f):
        rate = sp.S.Zero
        for g in sp.Mul.make_args(t):
            if isinstance(g, sp.exp):
                rate += sp.diff(g.args[0], x)
            elif g.has(x) and not _slow(g, x):
                return None
        if rate.has(x):
            return None
        rates.append(rate)
    return sp.Max(*rates)


def _terms(f: Any) -> list[Any]:
    """The terms with their numerators multiplied out; denominators stay as they are."""
    out: list[Any] = []
    for t in sp.Add.make_args(f):
        under = sp.Mul(*(g for g in sp.Mul.make_args(t) if g.is_Pow and g.exp.is_negative))
        out += [s * under for s in sp.Add.make_args(sp.expand(t / under))]
    return out


_BOUNDED = (
    sp.sin, sp.cos, sp.erf, sp.atan, sp.tanh, sp.sinc, sp.Si, sp.Ci, sp.besselj, sp.bessely, sp.fresnels, sp.fresnelc,
)  # fmt: skip
"""Functions that are bounded, and not small, far out on the real line."""


def _slow(g: Any, x: Any) -> bool:
    if isinstance(g, _BOUNDED):
        return all(bool(u.is_real) for u in g.args)
    inner = g.args[0] if isinstance(g, sp.log) else g.base if g.is_Pow and not g.exp.has(x) else g
    if inner.is_Pow or isinstance(inner, (sp.sin, sp.cos, sp.log)):
        return g is not inner and _slow(inner, x)
    return bool(inner.is_polynomial(x))


def _removable(over: Any, p: Any, x: Any) -> bool:
    """Whether the numerator may vanish at a zero that is seen: that of a linear factor, those of one with numbers as coefficients."""
    if p.degree() == 1:
        return attempt(lambda: sp.simplify(over.subs(x, -p.nth(0) / p.LC()))) in (0, None)
    if any(c.free_symbols for c in p.all_coeffs()) or over.is_polynomial(x):
        return False
    return any(attempt(lambda r=r: over.subs(x, r).evalf(20, chop=True)) in (0, None) for r in p.nroots(n=25))


def _exponential(g: Any, over: Any, x: Any, low: Any, high: Any, known: list[Any]) -> Any:
    """p*exp(k*x) + q is monotone, so that it has no zero between ends of one sign; `None` for what is not of this form."""
    waves = [e for e in g.atoms(sp.exp) if e.has(x)]
    base, k = g.as_base_exp()
    if len(waves) != 1 or not (k.is_number and k >= 1) or sp.diff(waves[0].args[0], x).has(x):
        return None
    e = sp.Dummy("e", positive=True)
    made = base.subs(waves[0], e)
    if made.has(x) or not made.is_polynomial(e) or sp.degree(made, e) != 1:
        return None
    line = sp.Poly(made, e)
    rate = waves[0].args[0].coeff(x)
    place = attempt(lambda: sp.log(-line.nth(0) / line.LC()) / rate - waves[0].args[0].subs(x, 0) / rate)
    if place is None or attempt(lambda: sp.simplify(over.subs(x, place))) in (0, None):
        return None
    values = []
    for end in (low, high):
        if end.is_finite:
            values.append(base.subs(x, end))
        elif rate.is_positive or rate.is_negative:
            values.append(line.LC() if (end is sp.oo) == bool(rate.is_positive) else line.nth(0))
        else:
            return None
    return positive(values[0] * values[1], known) if values[0].free_symbols | values[1].free_symbols else None


def _factors(denominator: Any, x: Any, names: set[Any], moving: set[Any]) -> list[Any]:
    """Factors over the rationals that stand to a power of 1 or more and have a parameter among their coefficients; all where an end is not a number."""
    out = []
    for g in denominator.as_ordered_factors():
        base, k = g.as_base_exp()
        if not (k.is_number and k >= 1 and base.is_polynomial(x) and (moving or base.free_symbols & names) and base.has(x)):
            continue
        parts = attempt(sp.factor_list, base, x) if base.is_polynomial(*base.free_symbols) else None
        out += [h for h, _ in parts[1] if h.has(x) and (moving or h.free_symbols & names)] if parts is not None else [base]
    return [g for g in out if sp.degree(g, x) <= _MOST]


_MOST = 24


def _pure(p: Any, low: Any, high: Any, known: list[Any]) -> Any:
    """p*x^n + q has no zero on the line for n even, on the half line for any n, where p and q have one sign."""
    even = p.degree() % 2 == 0
    if low is -sp.oo and high is sp.oo or low == 0 and high is sp.oo or high == 0 and low is -sp.oo:
        if low is -sp.oo and not even:
            return sp.true if high is sp.oo else positive(-p.LC() * p.nth(0), known)
        return positive(p.LC() * p.nth(0), known)
    # Monotone between ends of one sign, and so between -x and x for n even if the other end is 0.
    if low.is_finite and high.is_finite and (not even or low.is_nonnegative or high.is_nonpositive):
        return positive(p.eval(low) * p.eval(high), known)
    if high is sp.oo and low.is_positive:
        return positive(p.eval(low) * p.LC(), known)
    return _quadratic(p, low, high, known) if p.degree() == 2 else sp.true


def _quadratic(p: Any, low: Any, high: Any, known: list[Any]) -> Any:
    """No zero at all, or the vertex outside and the same sign at both ends."""
    lead, middle, last = p.nth(2), p.nth(1), p.nth(0)
    none = positive(4 * lead * last - middle**2, known)
    if none == sp.true or low is -sp.oo and high is sp.oo:
        return none
    ends = [p.eval(e) if e.is_finite else lead for e in (low, high)]
    apart = []
    if low.is_finite:
        apart.append(positive(lead * (middle + 2 * lead * low), known))
    if high.is_finite:
        apart.append(positive(-lead * (middle + 2 * lead * high), known))
    return sp.Or(none, sp.And(positive(ends[0] * ends[1], known), sp.Or(*apart)))


def positive(e: Any, known: list[Any]) -> Any:
    """e > 0, in factors: those to even powers are not 0, the product of the others is positive."""
    if sp.expand(e) == 0:
        # A pole at an end, which divergence has been looked for at.
        return sp.true
    content, parts = attempt(sp.factor_list, e) or (1, [(e, 1)])
    out: Any = sp.true
    rest = sp.S.One if content > 0 else sp.S.NegativeOne
    for g, k in parts:
        if k % 2 == 0:
            out = sp.And(out, sp.Ne(g, 0)) if g.is_zero is not False else out
        elif g.is_positive:
            continue
        elif g.is_negative:
            rest = -rest
        else:
            rest *= g
    if rest == 1:
        return out
    said = any(sp.cancel(u / rest).is_positive for u in known)
    return out if said else sp.And(out, rest > 0)
