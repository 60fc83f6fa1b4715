"""Integrals over the half line whose pieces repeat: an exponential times a periodic function, and whole parts of the variable.

With h of period T the integral of exp(-c*x)*h(x) over 0..oo is that over 0..T, divided by 1 - exp(-c*T). Between n and n + 1 the whole part of x is n:
the integrals of these pieces are summed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.float_quadrature import integral
from twofold.symbolic.effort import within
from twofold.symbolic.float_functions import compiled

_SECONDS = 1.0
_MOST_STEPS = 400
_CLOSE = 1e-5


def by_repetition(f: Any, x: Any, a: Any, b: Any, value: Callable[..., Any]) -> Any:
    """The value over 0..oo, with `value` for integrals over finite ranges; `None` where nothing repeats."""
    if a != 0 or b is not sp.oo:
        return None
    if f.has(sp.floor, sp.ceiling):
        found = _steps(f, x, value)
        return found if found is not None and _confirmed(found, f, x, 1.0) else None
    if not f.has(sp.Abs, sp.sign) or not f.has(sp.exp):
        return None
    rate, rest = sp.S.Zero, sp.S.One
    for t in sp.Mul.make_args(f):
        if isinstance(t, sp.exp) and not sp.diff(t.args[0], x).has(x):
            rate -= sp.diff(t.args[0], x)
            rest *= sp.exp(t.args[0].subs(x, 0))
        else:
            rest *= t
    if not rate.is_positive or rest.has(sp.exp):
        return None
    period = within(_SECONDS, attempt, sp.periodicity, rest, x)
    if period is None or not period.is_positive:
        return None
    one = value(f, x, sp.S.Zero, period)
    found = None if one is None else one / (1 - sp.exp(-rate * period))
    return found if found is not None and _confirmed(found, f, x, float(period) / 2) else None


def _confirmed(value: Any, f: Any, x: Any, step: float) -> bool:
    """Whether the sum of the integrals over short ranges, by quadrature in floats, comes to a value; with parameters nothing is compared."""
    if f.free_symbols != {x} or value.free_symbols:
        return True
    made = attempt(compiled, f, [x])
    if made is None:
        return False
    total, last = 0.0, 0.0
    for k in range(_MOST_STEPS):
        part = integral(lambda v: made((v,)), k * step, (k + 1) * step)
        if part is None:
            if total == 0.0:  # The integrand is 0 there.
                continue
            return False
        total, last = total + part[0], part[0]
        if k > 20 and abs(last) < 1e-9 * abs(total):
            break
    return abs(total - float(value.evalf(15))) <= _CLOSE * (1 + abs(total))


def _steps(f: Any, x: Any, value: Callable[..., Any]) -> Any:
    steps = f.atoms(sp.floor, sp.ceiling)
    if steps != {sp.floor(x)}:
        return None
    n = sp.Dummy("n", integer=True, nonnegative=True)
    one = value(f.xreplace({sp.floor(x): n}), x, n, n + 1)
    if one is None or one.has(sp.floor, sp.Integral):
        return None
    terms = [_geometric(t, n) for t in sp.Add.make_args(sp.expand(one))]
    return None if None in terms else sp.Add(*terms)


def _geometric(t: Any, n: Any) -> Any:
    """The sum over n = 0, 1, ... of c*n^k*r^n, |r| < 1: r*d/dr taken k times of c/(1 - r). `None` for any other term."""
    k, rest = sp.S.Zero, sp.S.One
    for g in sp.Mul.make_args(t):
        base, e = g.as_base_exp()
        if base == n:
            k += e
        else:
            rest *= g
    r = sp.powsimp(rest.subs(n, n + 1) / rest)
    small = abs(r.evalf()) < 1 if r.is_number else isinstance(r, sp.exp) and r.args[0].is_negative
    if r.has(n) or not k.is_Integer or k < 0 or not small:
        return None
    y = sp.Dummy("y")
    out = 1 / (1 - y)
    for _ in range(int(k)):
        out = sp.cancel(y * sp.diff(out, y))
    return rest.subs(n, 0) * out.subs(y, r)


def raabe(f: Any, x: Any, a: Any, b: Any) -> Any:
    """loggamma over a..a + 1: log(2*pi)/2 + a*log(a) - a. `None` for anything else. Source: Raabe (1843)."""
    if f not in (sp.loggamma(x), sp.log(sp.gamma(x))) or sp.expand(b - a) != 1 or not a.is_nonnegative:
        return None
    return sp.log(2 * sp.pi) / 2 + (0 if a == 0 else a * sp.log(a) - a)
