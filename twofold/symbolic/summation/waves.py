"""Finite sums of sines and cosines whose angle is linear in the index: they telescope after a factor 2*sin of half the step.

sum(sin(s*k + p), k = a..b) is sin((a + b)*s/2 + p)*sin((b - a + 1)*s/2)/sin(s/2), the same with cosines, and where sin(s/2) is 0 all terms are the same.
Source: DLMF 4.21.16 and 4.21.17 summed up; Jolley, Summation of Series, 417 and 418.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.simplify.fu import TR7, TR8


def wave_sum(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The sum over whole k from low to high as a value or by cases; `None` where a term is of another kind."""
    if not body.has(sp.sin, sp.cos) or not (low.is_finite and high.is_finite):
        return None
    found: dict[Any, list[Any]] = {}
    rest, count = sp.S.Zero, high - low + 1
    for t in sp.Add.make_args(sp.expand(TR8(TR7(body)))):
        made = term_of_wave(t, k)
        if not t.has(k):
            rest += t * count
        elif made is None or made[1] != 1:
            return None
        else:
            found.setdefault(made[2], []).append(made)
    if len(found) != 1:
        return None
    ((step, terms),) = found.items()
    half = sp.sin(step / 2)
    same = sp.Add(*(c * (0 if _vanishes(wave, p, step) else wave(p)) for c, _, _, p, wave in terms)) * count + rest
    if half == 0:
        return same
    middle = step * (low + high) / 2
    whole = sp.Add(*(c * wave(middle + p) for c, _, _, p, wave in terms)) * sp.sin(step * count / 2) / half + rest
    if half.is_nonzero or half.is_number and abs(half.evalf(30)) > sp.Float("1e-20"):
        return whole
    return sp.Piecewise((whole, sp.Ne(half, 0)), (same, True))


def _vanishes(wave: Any, p: Any, step: Any) -> bool:
    """Whether a sine of whole multiples of half the step is meant, which is 0 where that of half the step is."""
    return wave is sp.sin and sp.cancel(2 * p / step).is_Integer is True


def damped_sum(body: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """The sum of c*r^k*wave(s*k + p) from low to infinity, and the condition that r is less than 1 in size; the real part of a geometric series."""
    total, asked = sp.S.Zero, sp.true
    for t in sp.Add.make_args(sp.expand(TR8(TR7(body)))):
        made = term_of_wave(t, k)
        if made is None or not body.has(sp.sin, sp.cos):
            return None
        c, r, s, p, wave = made
        small = r.args[0] < 0 if isinstance(r, sp.exp) else sp.Abs(r) < 1
        asked = sp.And(asked, small)
        first = wave(s * low + p) - r * wave(s * (low - 1) + p)
        total += c * r**low * first / (1 - 2 * r * sp.cos(s) + r**2)
    return None if asked == sp.false else (total, asked)


def damped_between(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """The sum of c*k^m*r^k*wave(s*k + p) from low to high, and the condition that the denominator is not 0: the real part of a finite geometric series,
    and for k^m its derivatives by s."""
    if not body.has(sp.sin, sp.cos) or not (low.is_finite and high.is_finite):
        return None
    total, asked, s = sp.S.Zero, sp.true, sp.Dummy("s", real=True)
    for t in sp.Add.make_args(sp.expand(TR8(TR7(body)))):
        m = next((f.as_base_exp()[1] for f in sp.Mul.make_args(t) if f.as_base_exp()[0] == k), sp.S.Zero)
        made = term_of_wave(t / k**m, k) if m.is_Integer and 0 <= m <= _HIGHEST else None
        if made is None:
            return None
        c, r, step, p, wave = made
        # The wave whose m-th derivative is the one that is wanted.
        back, sign = (
            ((sp.cos, sp.sin, sp.cos, sp.sin)[m % 4], (1, 1, -1, -1)[m % 4])
            if wave is sp.cos
            else ((sp.sin, sp.cos, sp.sin, sp.cos)[m % 4], (1, -1, -1, 1)[m % 4])
        )
        below = 1 - 2 * r * sp.cos(s) + r**2
        ends = r**low * (back(s * low + p) - r * back(s * (low - 1) + p))
        ends -= r ** (high + 1) * (back(s * (high + 1) + p) - r * back(s * high + p))
        total += c * sign * sp.diff(ends / below, s, m).subs(s, step)
        if not _is_damped(r):
            asked = sp.And(asked, sp.Ne(sp.sin(step / 2) if r == 1 else below.subs(s, step), 0))
    return None if asked == sp.false else (total, asked)


_HIGHEST = 3


def _is_damped(r: Any) -> bool:
    """Whether a ratio is sure not to be 1 in size."""
    return bool(r.is_number and r.is_real and sp.Abs(r) != 1)


def term_of_wave(t: Any, k: Any) -> tuple[Any, Any, Any, Any, Any] | None:
    """c, r, s, p and the wave of c*r^k*wave(s*k + p)."""
    c, r, waves, turn = sp.S.One, sp.S.One, [], sp.S.Zero
    for f in sp.Mul.make_args(t):
        base, e = (sp.E, f.args[0]) if isinstance(f, sp.exp) else f.as_base_exp()
        if isinstance(f, (sp.sin, sp.cos)) and f.has(k):
            waves.append(f)
        elif not f.has(k):
            c *= f
        elif base.has(k) or sp.diff(e, k).has(k):
            return None
        elif base == -1 and sp.diff(e, k).is_Integer:
            # (-1)^(k + q), which turns the angle by pi*k.
            turn += sp.pi * sp.diff(e, k)
            c *= sp.S.NegativeOne ** e.subs(k, 0)
        else:
            r *= base ** sp.diff(e, k)
            c *= base ** e.subs(k, 0)
    if len(waves) != 1:
        return None
    angle = sp.expand(waves[0].args[0])
    step = sp.diff(angle, k)
    if step.has(k):
        return None
    return c, r, sp.factor_terms(step + turn), sp.expand(angle - step * k), waves[0].func
