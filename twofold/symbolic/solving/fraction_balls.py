"""A function of one real variable as a fraction of two functions without poles, in balls with their slopes: gamma(u) is 1 over the entire function
1/gamma(u), tan(u) is sin(u)/cos(u). So the zeros of the numerator can be isolated on intervals that hold poles.

1/gamma(u) = u*(u + 1)*…*(u + n - 1)/gamma(u + n) is taken to the right of its zeros, where balls stay narrow. Automatic differentiation by series of two
terms: Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic" (2017).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from flint import arb, arb_series, ctx, fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.index import functions
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import formula
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, free_symbols, substitute
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.isolation import Curve

Divisors = dict[Term, tuple[arb_series, int]]
Pair = tuple[arb_series, Divisors]
"""A numerator, and what it is divided by: functions with their exponents, under the parts of the term they come from."""


class FractionCurve(Curve):
    """The numerator of a function with its slope; `below` gives the product of all that parts of the function are divided by."""

    def __init__(self, term: Term, symbol: Symbol, context: Context) -> None:
        if set(free_symbols(term)) != {symbol}:
            raise NotApplicable("there are other names")
        self.symbol, self.context, self.terms = symbol, context, [term]
        self.values = [None, None]  # type: ignore[list-item]
        self._known: tuple[arb | None, arb_series | None, dict[Term, arb_series]] = (None, None, {})
        _Parts(symbol, _line(arb(1))).pair(term)  # what has no rule is told at once

    def at(self, x: arb, order: int = 0) -> arb | None:
        found, _ = self._at(x)
        return None if found is None else _finite(_coefficient(found, order))

    def below(self, x: arb) -> arb | None:
        """A ball around the product of the denominators; `None` where there is none."""
        found, divided = self._at(x)
        if found is None:
            return None
        total = arb(1)
        for s in divided.values():
            total *= _coefficient(s, 0)
        return _finite(total)

    def _at(self, x: arb) -> tuple[arb_series | None, dict[Term, arb_series]]:
        if self._known[0] is not x:
            old = ctx.cap
            parts = _Parts(self.symbol, _line(x))
            try:
                ctx.cap = 3
                self._known = x, parts.pair(self.terms[0])[0], parts.divided
            except (ZeroDivisionError, ValueError):
                self._known = x, None, {}
            finally:
                ctx.cap = old
        return self._known[1], self._known[2]

    def vanishes(self, q: Fraction, order: int = 0) -> bool:
        if order:
            return False
        try:
            return bool(lower(substitute(self.terms[0], {self.symbol: Num(q)}), self.context) == 0)
        except NoClosedForm:
            return False


def _line(x: arb) -> arb_series:
    return arb_series([x, 1], 2)


def _finite(v: arb) -> arb | None:
    return v if v.is_finite() else None


def _coefficient(s: arb_series, k: int) -> arb:
    row = s.coeffs()
    return row[k] if k < len(row) else arb(0)


def _short(s: arb_series) -> arb_series:
    return arb_series(s.coeffs()[:2], 2)


class _Parts:
    """The parts of a function on an interval, as numerators and denominators; `divided` is all that is divided by."""

    def __init__(self, symbol: Symbol, at: arb_series) -> None:
        self.symbol, self.line = symbol, at
        self.divided: dict[Term, arb_series] = {}

    def pair(self, t: Term) -> Pair:
        top, below = self._made(t)
        self.divided.update({k: v for k, (v, _) in below.items()})
        return top, below

    def _made(self, t: Term) -> Pair:
        if isinstance(t, Var) and t.symbol is self.symbol:
            return self.line, {}
        if isinstance(t, Num):
            return arb_series([arb(fmpq(t.value.numerator, t.value.denominator))], 2), {}
        if isinstance(t, Const) and t.name in _CONSTANTS:
            return arb_series([_CONSTANTS[t.name]()], 2), {}
        if not isinstance(t, App) or t.shape:
            raise NotApplicable("a part has no rule in balls")
        if t.op in _ARITHMETIC:
            return self._arithmetic(t.op, [self.pair(a) for a in t.args], t.args)
        if t.op == "pow":
            return self._power(*t.args)
        if t.op in _BESSEL and self.symbol not in free_symbols(t.args[0]):
            return _bessel(t.op, *(_value(self.pair(a)) for a in t.args)), {}
        rule = _PLAIN.get(t.op)
        if rule is not None and len(t.args) == 1:
            made = rule(_value(self.pair(t.args[0])))
            return (made[0], {t: (made[1], 1)}) if isinstance(made, tuple) else (made, {})
        spec = functions().get(t.op)
        if spec is not None and spec.definition and len(t.args) == len(spec.arguments):
            return self.pair(formula(spec.definition, {a.name: v for a, v in zip(spec.arguments, t.args, strict=True)}))
        raise NotApplicable(f"{t.op} has no rule in balls")

    def _arithmetic(self, op: str, pairs: list[Pair], args: tuple[Term, ...]) -> Pair:
        (a, below), *others = pairs
        if op == "neg":
            return -a, below
        ((b, under),) = others
        if op == "mul":
            return _short(a * b), _joined(below, under)
        if op == "div":
            for v, n in under.values():
                a = _short(a * _raised(v, n))
            return a, _joined(below, {args[1]: (b, 1)})
        common = {k: max(below.get(k, (v, 0)), under.get(k, (v, 0)), key=lambda p: p[1]) for k, (v, _) in (below | under).items()}
        a, b = (_short(top * _missing(common, own)) for top, own in ((a, below), (b, under)))
        return (a + b if op == "add" else a - b), common

    def _power(self, base: Term, exponent: Term) -> Pair:
        n = rational(exponent)
        if n is not None and n.denominator == 1 and abs(n) <= _MOST_FACTORS:
            top, below = self.pair(base)
            size = abs(int(n))
            top, below = _raised(top, size), {k: (v, e * size) for k, (v, e) in below.items()}
            if n >= 0:
                return top, below
            over = arb_series([1], 2)
            for v, e in below.values():
                over = _short(over * _raised(v, e))
            return over, {App("pow", (base, Num(Fraction(size)))): (top, 1)}
        if base == Const("e"):
            return _short(_value(self.pair(exponent)).exp()), {}
        return _short((_value(self.pair(base)).log() * _value(self.pair(exponent))).exp()), {}


_MOST_FACTORS = 60


def _value(p: Pair) -> arb_series:
    top, below = p
    for v, n in below.values():
        top = _short(top / _raised(v, n))
    return top


def _raised(s: arb_series, n: int) -> arb_series:
    out = arb_series([1], 2)
    for _ in range(n):
        out = _short(out * s)
    return out


def _joined(a: Divisors, b: Divisors) -> Divisors:
    return a | {k: (v, n + a.get(k, (v, 0))[1]) for k, (v, n) in b.items()}


def _missing(common: Divisors, own: Divisors) -> arb_series:
    """What divides by one set of divisors what is divided by a smaller one."""
    out = arb_series([1], 2)
    for k, (v, n) in common.items():
        out = _short(out * _raised(v, n - own.get(k, (v, 0))[1]))
    return out


def _reciprocal_gamma(u: arb_series) -> arb_series:
    """1/gamma(u), to three terms of a line through u."""
    low = _coefficient(u, 0).lower()
    n = max(0, ceil(Fraction(int((low * 16).floor().unique_fmpz()), -16) + Fraction(1, 2))) if low < 0.5 else 0
    if n > _MOST_STEPS:
        raise NotApplicable("too many poles")
    local = arb_series([_coefficient(u, 0), 1], 3)
    out = (local + n).rgamma()
    for k in range(n):
        out = out * (local + k)
    return out


_MOST_STEPS = 80


def _composed(local: list[arb], u: arb_series) -> arb_series:
    return arb_series([local[0], local[1] * _coefficient(u, 1)], 2)


def _gamma(u: arb_series) -> tuple[arb_series, arb_series]:
    row = [_coefficient(_reciprocal_gamma(u), k) for k in range(2)]
    return arb_series([1], 2), _composed(row, u)


def _digamma(u: arb_series) -> tuple[arb_series, arb_series]:
    row = [_coefficient(_reciprocal_gamma(u), k) for k in range(3)]
    return -_composed([row[1], 2 * row[2]], u), _composed(row[:2], u)


def _exponentials(u: arb_series) -> tuple[arb_series, arb_series]:
    up = _short(u.exp())
    return up, _short((-u).exp())


def _sinh(u: arb_series) -> arb_series:
    up, down = _exponentials(u)
    return (up - down) / 2


def _cosh(u: arb_series) -> arb_series:
    up, down = _exponentials(u)
    return (up + down) / 2


def _bessel(kind: str, order: arb_series, u: arb_series) -> arb_series:
    n, z = _coefficient(order, 0), _coefficient(u, 0)

    def value(m: arb) -> arb:
        return (
            z.bessel_j(m)
            if kind == "besselj"
            else z.bessel_y(m)
            if kind == "bessely"
            else z.bessel_i(m)
            if kind == "besseli"
            else z.bessel_k(m)
        )

    before, after = value(n - 1), value(n + 1)
    slope = (before - after) / 2 if kind in ("besselj", "bessely") else (before + after) / 2
    return _composed([value(n), -slope if kind == "besselk" else slope], u)


_BESSEL = frozenset(("besselj", "bessely", "besseli", "besselk"))

_CONSTANTS: dict[str, Callable[[], arb]] = {"pi": arb.pi, "e": arb.const_e, "euler_gamma": arb.const_euler}

_ARITHMETIC = frozenset(("add", "sub", "mul", "div", "neg"))

_PLAIN: dict[str, Callable[[arb_series], arb_series | tuple[arb_series, arb_series]]] = {
    "exp": arb_series.exp, "log": arb_series.log, "ln": arb_series.log, "sqrt": arb_series.sqrt,
    "sin": arb_series.sin, "cos": arb_series.cos, "tan": lambda u: (u.sin(), u.cos()), "cot": lambda u: (u.cos(), u.sin()),
    "sec": lambda u: (arb_series([1], 2), u.cos()), "csc": lambda u: (arb_series([1], 2), u.sin()),
    "asin": arb_series.asin, "acos": arb_series.acos, "atan": arb_series.atan,
    "sinh": _sinh, "cosh": _cosh, "tanh": lambda u: (_sinh(u), _cosh(u)),
    "gamma": _gamma, "factorial": lambda u: _gamma(u + 1), "digamma": _digamma,
    "erf": arb_series.erf, "erfc": arb_series.erfc, "erfi": arb_series.erfi, "Ei": arb_series.ei, "li": arb_series.li,
    "Si": arb_series.si, "Ci": arb_series.ci, "Shi": arb_series.shi, "Chi": arb_series.chi,
    "airyai": arb_series.airy_ai, "airybi": arb_series.airy_bi,
}  # fmt: skip


__all__ = ["FractionCurve"]
