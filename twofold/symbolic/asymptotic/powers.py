"""Expansions in powers of x - a, or of 1/x, and of logarithms of these, up to an order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from twofold.grammar.term import INFINITE, MINUS_OO, OO, App, Num, Symbol, Term, Var, num
from twofold.symbolic.arithmetic import ZERO as NOTHING
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.asymptotic.constants import Constants, NotReal, Number, Undecided
from twofold.symbolic.asymptotic.expansion import Expansion
from twofold.symbolic.asymptotic.limits import constants
from twofold.symbolic.asymptotic.multiseries import Series, Short, Value
from twofold.symbolic.normal import GIVES_UP
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import Element


@dataclass(frozen=True)
class Powers:
    """Terms c*t^e with t = x - a or 1/x, by rising exponents; whether they hold on both sides of the point."""

    terms: tuple[tuple[Fraction, Term], ...]
    both_sides: bool


def powers(f: Term, x: Symbol, point: Term, order: int, facts: tuple[Term, ...], side: int = 1) -> Powers:
    """The terms of an expansion up to t^order. Raises `Undecided` where there is none of this kind, or none that is known."""
    k = constants(facts, f, x)
    for count in (order + 3, 2 * order + 8, 4 * order + 16):
        try:
            e = Expansion(k, x, point, side, count, True)
            v = e.of(f)
            listed = _listed(e, v, order)
        except Short:
            continue
        except NotReal as problem:
            raise Undecided from problem
        except (*GIVES_UP, ZeroDivisionError) as problem:
            raise Undecided from problem
        if k.generic:
            raise Undecided
        shown = tuple((at, _coefficient(e, c, x, point)) for at, c in listed)
        return Powers(shown, not e.sided)
    raise Undecided


def _listed(e: Expansion, v: Value, order: int) -> list[tuple[Fraction, Value]]:
    if not isinstance(v, Series):
        return [] if e.k.is_zero(v) else [(Fraction(0), v)]
    if v.b is not e.x:
        if v.b.rank > e.x.rank:
            raise Undecided
        return [(Fraction(0), v)]
    if v.end is not None and e.k.compare(v.end, fmpq(-order)) >= 0:
        raise Short
    out = []
    for at, c in zip(v.e, v.c, strict=True):
        if not isinstance(at, fmpq):
            raise Undecided
        if at >= -order:
            out.append((Fraction(-int(at.p), int(at.q)), c))
    return out


def _coefficient(e: Expansion, c: Value, x: Symbol, point: Term) -> Term:
    """A coefficient as a term: a constant, or a polynomial in the logarithm of X."""
    if not isinstance(c, Series):
        if e.k.waving(c):
            raise Undecided
        return factored(e.k, c)
    if c.end is not None or e.x.log is None or c.b is not e.x.log.b:  # type: ignore[union-attr]
        raise Undecided
    infinite = point in INFINITE
    inside: Term = Var(x) if point == OO else negate(Var(x)) if infinite else minus(Var(x), point)
    if not infinite and e.side < 0:
        inside = negate(inside)
    log: Term = App("log", (inside,))
    out: Term = NOTHING
    for at, v in zip(c.e, c.c, strict=True):
        if isinstance(v, Series) or not isinstance(at, fmpq) or at.q != 1:
            raise Undecided
        sign = 1 if infinite or int(at.p) % 2 == 0 else -1
        part = times(factored(e.k, v if sign > 0 else e.k.neg(v)), power(log, num(int(at.p))))
        out = plus(out, part)
    return out


def factored(k: Constants, a: Number) -> Term:
    """A coefficient, a sum in names alone by its factors."""
    if isinstance(a, fmpq) or len(a.num) < 2 or len(a.den) > 1:
        return k.term(a)
    if any(k.f.kernels[g][0] != "sym" for m in a.num for g, _ in m):
        return k.term(a)
    return quotient(k, a)


def quotient(k: Constants, e: Element) -> Term:
    """An element as a quotient of products of the factors of its numerator and denominator, if these are polynomials in names."""
    if not e.num:
        return num(0)
    value, above = _product(k, e.num)
    scale, below = _product(k, e.den)
    value /= scale
    out, bottom = num(abs(value.numerator)), num(value.denominator)
    for t, n in above:
        if n > 0:
            out = times(out, power(t, num(n)))
        else:
            bottom = times(bottom, power(t, num(-n)))
    for t, n in below:
        bottom = times(bottom, power(t, num(n)))
    made = over(out, bottom)
    return negate(made) if value < 0 else made


def _product(k: Constants, p: P.Poly) -> tuple[Fraction, list[tuple[Term, Fraction]]]:
    """A rational factor, and terms with their exponents."""
    if len(p) > 1 and any(k.f.kernels[g][0] != "sym" for m in p for g, _ in m):
        return Fraction(1), [(k.term(k.plain(Element(p, P.constant(1)))), Fraction(1))]
    c, m, found = P.factors(p)
    value = Fraction(int(c.p), int(c.q))
    out = []
    for g, e in m:
        way = 1 if e > 0 else -1
        out.append((k.term(k.plain(k.f.monomial(((g, abs(e)),)))), Fraction(way)))
    for q, n in sorted(found, key=lambda f: len(f[0])):
        lead = max(q, key=lambda m: sum(float(x) for _, x in m))
        if q[lead] < 0:
            q = P.scaled(q, fmpq(-1))
            value = value if n % 2 == 0 else -value
        out.append((k.term(k.plain(Element(q, P.constant(1)))), Fraction(n)))
    return value, out


def summed(found: Powers, x: Symbol, point: Term, pretty: Callable[[Term], Term], side: int = 1) -> Term:
    """The terms put together, as one writes them. On the left of a point they are powers of its distance from x."""
    out: Term = NOTHING
    far = point in INFINITE
    for at, c in found.terms:
        degree = -at if far else at
        made = c if isinstance(c, Num) else pretty(c)
        step: Term = Var(x) if far or point == num(0) else minus(Var(x), point)
        turned = point == MINUS_OO if far else side < 0
        if turned and degree.denominator == 1:
            made = made if degree % 2 == 0 else negate(made)
        elif turned:
            step = negate(step) if far or point == num(0) else minus(point, Var(x))
        out = plus(out, _multiple(made, step, degree))
    return out


def _multiple(c: Term, step: Term, degree: Fraction) -> Term:
    """c*step^degree, negative powers and the denominator of a rational factor below."""
    if isinstance(c, App) and c.op == "neg":
        return negate(_multiple(c.args[0], step, degree))
    if isinstance(c, Num) and c.value < 0:
        return negate(_multiple(Num(-c.value), step, degree))
    raised = _power(step, abs(degree))
    if degree >= 0:
        return multiple(c, raised)
    if isinstance(c, Num):
        return over(num(c.value.numerator), times(num(c.value.denominator), raised))
    if isinstance(c, App) and c.op == "div":
        return over(c.args[0], times(c.args[1], raised))
    return over(c, raised)


def _power(step: Term, degree: Fraction) -> Term:
    return App("sqrt", (step,)) if degree == Fraction(1, 2) else power(step, Num(degree))


def multiple(c: Term, step: Term) -> Term:
    """A multiple of a power, the denominator of a rational factor below."""
    if isinstance(c, Num) and c.value.denominator > 1:
        return over(times(num(c.value.numerator), step), num(c.value.denominator))
    return times(c, step)
