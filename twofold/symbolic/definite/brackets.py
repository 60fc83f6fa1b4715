"""Definite integrals over finite ranges by the bracket of a direct antiderivative, believed where quadrature in doubles settles on the same value.

Where the integrand has a pole inside, or the antiderivative a jump, quadrature does not settle or gives another value.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from twofold.grammar.term import App, Bound, Const, Num, Symbol, Term, Var, free_symbols, num, substitute, subterms, transform
from twofold.symbolic.arithmetic import minus, over, plus, power, times
from twofold.symbolic.calculus.float_quadrature import integral
from twofold.symbolic.context import Context
from twofold.symbolic.primitives.direct import direct
from twofold.symbolic.primitives.parameters import with_parameters
from twofold.symbolic.primitives.substitution import flat
from twofold.symbolic.term_floats import Program, Unknown, program

_CLOSE = 1e-9
_STEPS = frozenset(("floor", "ceil", "mod"))
_GRID = 32
_LARGEST = 24
"""Denominators of multiples of pi up to which the Clausen function is written out."""


def by_bracket(term: Bound, context: Context) -> Term | None:
    """F(b) - F(a), or `None` where there is no direct antiderivative or quadrature does not confirm the value."""
    symbol, body, (low, high) = term.symbols[0], term.body, term.args
    if (
        context.reading != "real"
        or free_symbols(term)
        or body.shape
        or any(not isinstance(t, (App, Num, Const, Var)) or isinstance(t, App) and t.op in _STEPS for t in subterms(body))
    ):
        return None
    ends = [_number(low), _number(high)]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    found = direct(body, symbol)
    if found is None:
        made = with_parameters(body, symbol, context)
        found = made[0] if made is not None else None
    if found is None:
        return None
    values = [_clausens(_at(found, symbol, e)) for e in (high, low)]
    written = program(values)
    integrand = program([body])
    if written is None or integrand is None:
        return None
    upper, lower = written.values({})
    if not isinstance(upper, float) or not isinstance(lower, float):
        return None
    measured = _measured(integrand, symbol, *ends, _corners(body, symbol, *ends))
    if measured is None or abs(upper - lower - measured) > _CLOSE * (abs(measured) + 1e-3 * (abs(upper) + abs(lower))):
        return None
    return minus(*values)


def _at(t: Term, x: Symbol, end: Term) -> Term:
    """The value at an end; a logarithm of what vanishes there times what vanishes there as a power does counts as 0."""
    if isinstance(t, App) and t.op in ("add", "sub") and not t.shape:
        return (plus if t.op == "add" else minus)(*(_at(s, x, end) for s in t.args))
    if isinstance(t, App) and t.op == "neg":
        return times(num(-1), _at(t.args[0], x, end))
    if isinstance(t, App) and t.op == "div" and x not in free_symbols(t.args[1]):
        return over(_at(t.args[0], x, end), t.args[1])
    made = substitute(t, {x: end})
    return num(0) if _number(made) is None and _vanishes(t, x, end) else made


_ALGEBRAIC = frozenset("log sqrt sin tan asin atan sinh tanh asinh".split())


def _vanishes(t: Term, x: Symbol, end: Term) -> bool:
    above, below = flat(t)
    vanishing = infinite = 0
    for f in above:
        value = _number(substitute(f, {x: end}))
        base = f.args[0] if isinstance(f, App) and f.op == "pow" else f
        if value is None:
            if not isinstance(base, App) or base.op != "log" or _number(substitute(base.args[0], {x: end})) != 0:
                inner = base.args[0] if isinstance(base, App) and base.op == "log" else None
                if not isinstance(inner, App) or inner.op != "abs" or _number(substitute(inner, {x: end})) != 0:
                    return False
            infinite += 1
        elif value == 0:
            vanishing += (
                isinstance(base, Var) or isinstance(base, App) and (base.op in _ALGEBRAIC or base.op in ("add", "sub", "mul"))
            )
    return bool(vanishing and infinite) and all(_number(substitute(f, {x: end})) for f in below)


def _number(t: Term) -> float | None:
    made = program([t])
    value = made.values({})[0] if made is not None else None
    return value if isinstance(value, float) else None


def _measured(f: Program, x: Symbol, low: float | None, high: float | None, cuts: tuple[float, ...]) -> float | None:
    """The integral by quadrature in doubles, cut where the integrand has corners; `None` where it does not settle."""
    assert low is not None and high is not None
    found = integral(_function(f, x), min(low, high), max(low, high), cuts)
    if found is None or found[1] > _CLOSE * (1 + abs(found[0])):
        return None
    return found[0] if low < high else -found[0]


def _function(f: Program, x: Symbol) -> Callable[[float], float]:
    """A program in one name as a function of floats. Raises `ValueError` where it has no real value."""

    def g(at: float) -> float:
        try:
            (value,) = f.values({x: at})
        except Unknown:
            raise ValueError from None
        if not isinstance(value, float):
            raise ValueError
        return value

    return g


def _corners(body: Term, x: Symbol, low: float | None, high: float | None) -> tuple[float, ...]:
    """Where an absolute value, a sign, a maximum or a minimum changes its branch, as far as signs on a grid show it. A hint for quadrature only."""
    assert low is not None and high is not None
    turning = [
        minus(*t.args) if len(t.args) == 2 else t.args[0]
        for t in subterms(body)
        if isinstance(t, App) and t.op in ("abs", "sign", "max", "min") and len(t.args) <= 2
    ]
    places = [low + (high - low) * k / _GRID for k in range(_GRID + 1)]
    found: list[float] = []
    for u in dict.fromkeys(turning):
        made = program([u])
        if made is None or math.isinf(low) or math.isinf(high):
            continue
        g = _function(made, x)
        try:
            values = [g(p) for p in places]
            for (a, at_a), (b, at_b) in pairwise(zip(places, values, strict=True)):
                if at_a == 0 or at_a * at_b < 0:
                    found.append(a if at_a == 0 else _zero(g, a, b, at_a, at_b))
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
    return tuple(found)


def _zero(g: Callable[[float], float], a: float, b: float, at_a: float, at_b: float) -> float:
    """The zero between places of opposite sign, by the Illinois form of regula falsi (Dowell and Jarratt, 1971)."""
    for _ in range(60):
        c = b - at_b * (b - a) / (at_b - at_a)
        at_c = g(c)
        if at_c == 0 or abs(b - a) <= 1e-15 * (abs(a) + abs(b)):
            return c
        if at_c * at_b < 0:
            a, at_a = b, at_b
        else:
            at_a /= 2
        if c == b:
            return c
        b, at_b = c, at_c
    return b


# --- dilogarithms on the unit circle -----------------------------------------------------------------------------------------------


def _clausens(t: Term) -> Term:
    """Imaginary parts of polylog(2, exp(im*v)), v a rational multiple of pi, by trigamma functions: the Clausen function."""

    def rule(s: Term) -> Term | None:
        if (
            isinstance(s, App)
            and s.op == "im"
            and isinstance(s.args[0], App)
            and s.args[0].op == "polylog"
            and s.args[0].args[0] == num(2)
        ):
            return _clausen(s.args[0].args[1])
        return None

    return transform(t, rule)


def _clausen(z: Term) -> Term | None:
    """The sum of sin(n*v)/n^2 for z = exp(im*v), v = 2*pi*p/q: over the remainders of n by q."""
    made = program([z])
    value = made.values({})[0] if made is not None else None
    if value is None or abs(abs(value) - 1) > 1e-14:
        return num(0) if value == 0 else None
    turn = math.atan2(value.imag, value.real) / (2 * math.pi)
    for q in range(1, _LARGEST + 1):
        p = round(turn * q)
        if abs(turn * q - p) < 1e-12:
            return _of_turn(p, q)
    return None


def _of_turn(p: int, q: int) -> Term:
    pi: Term = Const("pi")
    out: Term = num(0)
    for k in range(1, (q + 1) // 2):
        # k and q - k together: polygamma(1, 1 - z) is pi^2/sin(pi*z)^2 - polygamma(1, z).
        j = p * k % q
        if 2 * j % q == 0:
            continue
        wave = App("sin", (over(times(num(2 * j), pi), num(q)),))
        size = over(power(pi, num(2)), power(App("sin", (over(times(num(k), pi), num(q)),)), num(2)))
        trigamma = App("polygamma", (num(1), over(num(k), num(q))))
        out = plus(out, times(wave, minus(times(num(2), trigamma), size)))
    return over(out, num(q * q))
