"""Real coefficients as terms: exponentials of imaginary numbers as sines and cosines."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.grammar.term import App, Const, Num, Term, num, transform
from twofold.symbolic.arithmetic import negate, over, plus, times
from twofold.symbolic.asymptotic.constants import Constants, Number, Undecided
from twofold.symbolic.normal import GIVES_UP
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Mono, Poly
from twofold.symbolic.normal.raising import monomial, raised


def written(k: Constants, a: Number) -> Term:
    """A real coefficient as a term. Raises `Undecided` where it has no spelling."""
    if isinstance(a, fmpq):
        return num(Fraction(int(a.p), int(a.q)))
    try:
        if any(_is_mixed(k, g) for p in (a.num, a.den) for m in p for g, _ in m):
            raise Undecided
        if not any(_turns(k, g) for p in (a.num, a.den) for m in p for g, _ in m):
            return transform(_hyperbolic(k, a) or raised(k.c, a), _as_power)
        shift = _balance(k, a.den)
        top, bottom = (k.f.tidied(P.scaled(p, fmpq(1), shift), UNIT) for p in (a.num, a.den))
        if not _is_real(k, bottom):
            other = _conjugate(k, bottom)
            top, bottom = k.f.mul(top, other), k.f.mul(bottom, other)
        if not (_is_real(k, bottom) and _is_real(k, top)):
            raise Undecided
        return over(_real(k, top), _real(k, bottom))
    except GIVES_UP as problem:
        raise Undecided from problem


def _hyperbolic(k: Constants, a: Element) -> Term | None:
    """c*(exp(u) - exp(-u)) or with a plus: a hyperbolic sine or cosine."""
    if len(a.num) != 2 or len(a.den) > 1:
        return None
    (m, v), (n, w) = a.num.items()
    up = tuple(x for x in m if k.f.kernels[x[0]][0] == "exp")
    down = tuple(x for x in n if k.f.kernels[x[0]][0] == "exp")
    rest = tuple(x for x in m if x not in up)
    if not up or P.mono_mul(up, down) != () or rest != tuple(x for x in n if x not in down) or v not in (w, -w):
        return None
    from twofold.symbolic.normal.powers import log_factor

    inside = k.f.sum([k.f.mul(log_factor(k.c, ("gen", g)), k.f.number(Fraction(e))) for g, e in up])
    flip = P.leading_sign(inside.num) < 0
    inside = k.f.neg(inside) if flip else inside
    outer = k.f.monomial(rest, v * (-2 if flip and v != w else 2))
    return times(raised(k.c, outer), App("sinh" if v != w else "cosh", (raised(k.c, inside),)))


def _as_power(t: Term) -> Term | None:
    """exp(u*log(v)) is v^u."""
    if not (isinstance(t, App) and t.op == "exp"):
        return None
    factors = _factors(t.args[0])
    logs = [f for f in factors if isinstance(f, App) and f.op == "log"]
    if len(logs) != 1:
        return None
    rest: Term = num(1)
    for f in factors:
        if f is not logs[0]:
            rest = times(rest, f)
    return App("pow", (logs[0].args[0], rest))


def _factors(t: Term) -> list[Term]:
    return [f for a in t.args for f in _factors(a)] if isinstance(t, App) and t.op == "mul" else [t]


def _turns(k: Constants, g: int) -> bool:
    return g == k.f.unit or k.f.kernels[g][0] == "cis"


def _is_mixed(k: Constants, g: int) -> bool:
    """Whether an exponential has an exponent with exponentials of imaginary numbers in it."""
    key = k.f.kernels[g]
    return key[0] in ("growth", "phase") or (
        key[0] == "exp" and any(_turns(k, h) for m in (key[1], *(m for m, _ in key[2] or ())) for h, _ in m)
    )


def _balance(k: Constants, p: Poly) -> Mono:
    """What a polynomial is to be multiplied by to be its own conjugate, if anything makes it so."""
    ranges: dict[int, list[Fraction]] = {}
    for g in {g for m in p for g, _ in m if _turns(k, g)}:
        found = [Fraction(dict(m).get(g, 0)) for m in p]
        ranges[g] = [min(found), max(found)]
    return tuple(sorted((g, P.tidy(-(low + high) / 2)) for g, (low, high) in ranges.items() if low + high))


def _conjugate(k: Constants, e: Element) -> Element:
    if len(e.den) > 1:
        raise Undecided
    out: Poly = {}
    for m, c in e.num.items():
        out = P.add(out, {tuple((g, -x if _turns(k, g) else x) for g, x in m): c})
    return k.f.tidied(out, UNIT)


def _is_real(k: Constants, e: Element) -> bool:
    """Whether a polynomial in kernels is its own conjugate."""
    return k.f.equal(e, _conjugate(k, e))


def _real(k: Constants, e: Element) -> Term:
    """The real part of a polynomial in kernels, which is all of it."""
    if len(e.den) > 1:
        raise Undecided
    found: dict[tuple[Mono, str, object], tuple[Fraction, Term]] = {}
    for m, c in e.num.items():
        value = Fraction(int(c.p), int(c.q))
        rest = tuple(x for x in m if not _turns(k, x[0]))
        wave, sign, shown, key = _wave(k, tuple(x for x in m if _turns(k, x[0])))
        place = (rest, wave, key)
        before = found[place][0] if place in found else Fraction(0)
        found[place] = (before + sign * value, shown)
    out: Term = num(0)
    for (rest, wave, _), (value, shown) in found.items():
        if value:
            part: Term = Num(abs(value))
            if wave:
                part = times(part, shown)
            if rest:
                part = times(part, monomial(k.c, rest))
            out = plus(out, part if value > 0 else negate(part))
    return out


def _wave(k: Constants, own: Mono) -> tuple[str, int, Term, object]:
    """cos of the total angle, or sin where it is a quarter turn off: which, its sign, the term, and what tells it from others."""
    f = k.f
    turn = Fraction(0)
    angle = f.number(0)
    for g, e in own:
        if g == f.unit:
            turn += Fraction(e)
        else:
            key = f.kernels[g]
            if any(_turns(k, h) for m in (key[1], *(m for m, _ in key[2] or ())) for h, _ in m):
                raise Undecided  # The angle is not a real one.
            part = f.made({key[1]: fmpq(1)}, dict(key[2]) if key[2] is not None else UNIT)
            angle = f.add(angle, f.mul(part, f.number(Fraction(e))))
    turn %= 2
    if not angle.num and turn in (0, 1):
        return "", 1 if turn == 0 else -1, num(1), None
    if turn % 1 not in (0, Fraction(1, 2)):
        angle = f.add(angle, f.mul(f.number(turn), k.c(Const("pi"))))
        turn = Fraction(0)
    flipped = P.leading_sign(angle.num) < 0 if angle.num else False
    if flipped:
        angle = f.neg(angle)
    # cos(angle + pi*turn).
    if turn in (0, 1):
        return "cos", 1 if turn == 0 else -1, App("cos", (raised(k.c, angle),)), angle.key
    sign = -1 if turn == Fraction(1, 2) else 1
    return "sin", -sign if flipped else sign, App("sin", (raised(k.c, angle),)), angle.key
