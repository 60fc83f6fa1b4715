"""Taylor coefficients that are rational, by arithmetic with truncated power series over the rationals (FLINT)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any

import flint
from flint import fmpq, fmpq_series

from twofold.catalogue.constants import rational
from twofold.grammar.term import App, Num, Symbol, Term, Var, free_symbols

_SLACK = 12
"""Terms beyond those asked for: so many may be lost where powers cancel in quotients."""


class NotRational(Exception):
    """A coefficient is not rational, or an operation is not analytic there."""


def coefficients(f: Term, x: Symbol, at: Fraction, count: int) -> list[Fraction] | None:
    """The first coefficients of f in powers of x - at, the function filled in where it has a removable singularity; `None` where one of
    them is not rational, or f has no such expansion."""
    before = flint.ctx.cap
    try:
        flint.ctx.cap = count + _SLACK
        found = _Series(x, at).of(f)
        have = [Fraction(int(c.p), int(c.q)) for c in (found[k] for k in range(count))]
    except (NotRational, ValueError, ZeroDivisionError):
        return None
    finally:
        flint.ctx.cap = before
    return have if found.prec >= count else None


class _Series:
    """The expansions of terms, each computed once."""

    def __init__(self, x: Symbol, at: Fraction) -> None:
        self.x = x
        self.start = fmpq_series([fmpq(at.numerator, at.denominator), 1])
        self.done: dict[Term, Any] = {}

    def of(self, t: Term) -> Any:
        if t not in self.done:
            self.done[t] = self.one(t)
        return self.done[t]

    def one(self, t: Term) -> Any:
        if isinstance(t, Num):
            return _constant(t.value)
        if isinstance(t, Var) and t.symbol is self.x:
            return self.start
        if not isinstance(t, App) or t.shape:
            raise NotRational
        if t.op == "pow":
            return self.power(*t.args)
        args = [self.of(a) for a in t.args]
        if t.op == "add":
            return args[0] + args[1]
        if t.op == "sub":
            return args[0] - args[1]
        if t.op == "mul":
            return args[0] * args[1]
        if t.op == "neg":
            return -args[0]
        if t.op == "div":
            return args[0] / args[1]
        rule = _FUNCTIONS.get(t.op)
        if rule is None or len(args) != 1:
            raise NotRational
        return rule(args[0])

    def power(self, base: Term, exponent: Term) -> Any:
        r = rational(exponent)
        if r is None:
            if self.x not in free_symbols(exponent):
                raise NotRational
            return (self.of(exponent) * self.of(base).log()).exp()
        u = self.of(base)
        if r.denominator == 1:
            out = _constant(Fraction(1))
            for _ in range(abs(_small(r.numerator))):
                out = out * u
            return out if r >= 0 else 1 / out
        return _root_power(u, r)


def _small(n: int) -> int:
    if abs(n) > 200:
        raise NotRational
    return n


def _constant(q: Fraction) -> Any:
    return fmpq_series([fmpq(q.numerator, q.denominator)])


def _root_power(u: Any, r: Fraction) -> Any:
    """u^r for a positive value with a rational root."""
    first = Fraction(int(u[0].p), int(u[0].q))
    if first <= 0:
        raise NotRational
    whole = [_exact_root(n, r.denominator) for n in (first.numerator, first.denominator)]
    scale = Fraction(*whole) ** _small(r.numerator)
    return ((u / u[0]).log() * fmpq(r.numerator, r.denominator)).exp() * fmpq(scale.numerator, scale.denominator)


def _exact_root(n: int, k: int) -> int:
    root = isqrt(n) if k == 2 else round(n ** (1 / k))
    for m in (root - 1, root, root + 1):
        if m**k == n:
            return m
    raise NotRational


def _cube_root(u: Any) -> Any:
    return -_root_power(-u, Fraction(1, 3)) if u[0] < 0 else _root_power(u, Fraction(1, 3))


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": fmpq_series.exp, "log": fmpq_series.log, "ln": fmpq_series.log, "sin": fmpq_series.sin, "cos": fmpq_series.cos, "tan": fmpq_series.tan,
    "sinh": fmpq_series.sinh, "cosh": fmpq_series.cosh, "tanh": fmpq_series.tanh, "asin": fmpq_series.asin, "atan": fmpq_series.atan,
    "asinh": fmpq_series.asinh, "atanh": fmpq_series.atanh, "sec": lambda u: 1 / u.cos(), "csc": lambda u: 1 / u.sin(), "cot": lambda u: u.cos() / u.sin(),
    "sech": lambda u: 1 / u.cosh(), "csch": lambda u: 1 / u.sinh(), "coth": lambda u: u.cosh() / u.sinh(),
    "sqrt": lambda u: _root_power(u, Fraction(1, 2)), "cbrt": _cube_root,
}  # fmt: skip
