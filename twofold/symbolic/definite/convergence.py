"""Integrals that diverge: shown by the leading terms of the integrand at the ends and at its poles.

An oscillation about something whose integral grows, or one that does not die away, has no integral either.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.antiderivatives.waves import sums
from twofold.symbolic.asymptotic.expressions import growth_of, limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.effort import within
from twofold.symbolic.float_functions import compiled

_SECONDS = 0.15


def diverges(f: Any, x: Any, a: Any, b: Any) -> Any:
    """`oo` or `-oo` where the integral over a..b, numbers with a < b, grows so beyond all bounds; `nan` where it has no value; `None` where nothing of
    this is shown."""
    if f.free_symbols != {x} or f.has(sp.Integral, sp.Sum, sp.Piecewise, sp.floor, sp.DiracDelta):
        return None
    found = []
    for c in _poles(f, x, a, b):
        for side in ("-", "+"):
            if (c == a and side == "-") or (c == b and side == "+"):
                continue
            if c.is_infinite:
                size = size_at_infinity(f, x, c)
            else:
                size = _growth(f, x, c, side)
            if size is not None:
                found.append(size)
            if c.is_infinite:
                break
    if not found:
        return None
    if any(s is sp.nan for s in found):
        return sp.nan
    signs = {s > 0 for s in found}
    return sp.nan if len(signs) > 1 else sp.oo if signs == {True} else -sp.oo


def _growth(f: Any, x: Any, c: Any, side: str) -> Any:
    """An infinity where the integral beside a point is one; `None` where that is not shown."""
    sign = within(_SECONDS, growth_of, f, x, c, side)
    return None if sign is None else sign * sp.oo


def size_at_infinity(f: Any, x: Any, c: Any) -> Any:
    """An infinity where the integral of f up to the infinity c is one; `nan` where it has no value; `None` where nothing of this is shown."""
    if c is -sp.oo:
        f = f.subs(x, -x)
    waves = [g for g in f.atoms(sp.sin, sp.cos) if g.has(x)]
    if waves:
        return _oscillating(f, x, waves)
    return _growth(f, x, sp.oo, "-")


def _oscillating(f: Any, x: Any, waves: list[Any]) -> Any:
    """Sums of functions times sines and cosines of linear arguments: the part that does not oscillate decides, an oscillation that does not die away
    has no integral."""
    if any(sp.diff(g.args[0], x).has(x) for g in waves):
        return None
    if f.has(sp.Abs):
        bare = f.replace(sp.Abs, lambda u: u)
        t = bare * x
        if isinstance(t, (sp.sin, sp.cos)):
            return sp.oo
        return None
    spread = sums(f)
    plain = sp.S.Zero
    kept = False
    for t in sp.Add.make_args(spread):
        inner = [g for g in sp.Mul.make_args(t) if isinstance(g, (sp.sin, sp.cos)) and g.has(x)]
        if not inner:
            plain += t
        elif len(inner) == 1 and not (t / inner[0]).has(sp.sin, sp.cos):
            size = within(_SECONDS, limit_of, t / inner[0], x, sp.oo)
            if size is None:
                return None
            kept |= size.is_zero is False
        else:
            return _periodic(f, x)
    if plain != 0:
        if plain.has(sp.sin, sp.cos):
            return _periodic(f, x) if plain == spread else None
        found = _growth(plain, x, sp.oo, "-")
        if found is not None:
            return sp.nan if kept else found
    return sp.nan if kept else None


def _periodic(f: Any, x: Any) -> Any:
    """A periodic integrand does not die away; with a mean other than 0 its integral grows."""
    period = attempt(sp.periodicity, f, x)
    if period is None or period == 0:
        return None
    return sp.nan if not _keeps_sign(f, x, period) else sp.oo * sp.sign(f.subs(x, sp.Rational(1, 7)).evalf())


def _keeps_sign(f: Any, x: Any, period: Any) -> bool:
    values = [f.subs(x, period * sp.Rational(2 * k + 1, 41)).evalf(10) for k in range(20)]
    return all(v.is_positive for v in values) or all(v.is_negative for v in values)


def _poles(f: Any, x: Any, a: Any, b: Any) -> list[Any]:
    """The ends, and the zeros of denominators and of arguments of tangents and the like between them."""
    out = [e for e in (a, b) if e.is_infinite or _blows_up(f, x, e)]
    bases = {p.base for p in f.atoms(sp.Pow) if p.exp.is_negative and p.base.has(x)}
    bases |= {sp.cos(g.args[0]) for g in f.atoms(sp.tan, sp.sec) if g.has(x)} | {
        sp.sin(g.args[0]) for g in f.atoms(sp.cot, sp.csc) if g.has(x)
    }
    domain = sp.Interval(a, b, a.is_infinite, b.is_infinite)
    for base in bases:
        if base.is_positive:
            continue
        if base.is_polynomial(x):
            zeros = attempt(sp.real_roots, sp.Poly(base, x)) if sp.degree(base, x) <= 6 else []
        elif a.is_finite and b.is_finite and _changes(base, x, a, b):
            solved = within(0.2, attempt, sp.solveset, base, x, domain)
            zeros = list(solved) if isinstance(solved, sp.FiniteSet) else []
        else:
            zeros = []
        out += [z for z in zeros or [] if z not in out and z.is_real and bool(a < z) and bool(z < b)]
    return out


def _changes(e: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether values on a grid come near 0 or change sign."""
    places = [a + (b - a) * sp.Rational(k, 24) for k in range(25)]
    f = attempt(compiled, e, [x])
    found = [attempt(f, [float(p)]) for p in places] if f is not None else [e.subs(x, p).evalf(8) for p in places]
    numbers = [float(v) for v in found if v is not None and (f is not None or v.is_real)]
    return bool(numbers) and (min(numbers) <= 0.05 * max(map(abs, numbers)) and max(numbers) >= -0.05 * max(map(abs, numbers)))


def _blows_up(f: Any, x: Any, end: Any) -> bool:
    made = f.subs(x, end)
    return bool(made.has(sp.nan, sp.zoo, sp.oo, sp.S.NegativeInfinity))
