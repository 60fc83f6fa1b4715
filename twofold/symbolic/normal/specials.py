"""Gamma and its relatives, factorials and binomials, bounds by case, in normal form.

Shifts by whole numbers are carried out, so that arguments differ from each other only by what is not a whole number.
Source: DLMF 5.5 (recurrence, reflection, multiplication).
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial, gcd

from flint import fmpq

from twofold.grammar.term import INFINITE, App, Const
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.exponentials import circular, exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.powers import is_whole, logarithm, power

_FAR = 60


_SQUARED_SINES = {Fraction(2, 3): Fraction(3, 4), Fraction(3, 4): Fraction(1, 2), Fraction(5, 6): Fraction(1, 4)}
"""Squares of sin(pi*u) that are rational: roots of numbers, where roots of unity would not be told from them."""


def _constant(u: Element) -> Fraction:
    c = u.num.get((), fmpq(0)) if len(u.den) == 1 else fmpq(0)
    return Fraction(int(c.p), int(c.q))


def step(u: Element) -> int:
    """The greatest whole number that divides every coefficient but the constant."""
    if len(u.den) > 1:
        return 1
    g = 0
    for m, v in u.num.items():
        if m != ():
            if v.q != 1:
                return 1
            g = gcd(g, abs(int(v.p)))
    return g or 1


def gamma_of(c: Converter, u: Element) -> Element:
    """gamma(u): reflected to a positive leading coefficient (unless it is a whole number), multiplied out to a primitive argument, shifted to a constant in (0, 1]."""
    f = c.field
    r = u.rational()
    if r is not None:
        if r.denominator == 1 and r <= 0:
            return c.opaque("gamma", [u.key])
        if r.denominator == 1 and r <= 2000:
            return f.number(factorial(int(r) - 1))
    elif P.leading_sign({m: v for m, v in u.num.items() if m != ()} or u.num) < 0 and len(u.den) == 1:
        # gamma(u) = pi / (sin(pi*u) * gamma(1 - u))
        pi = c(Const("pi"))
        angle = f.mul(pi, u)
        z, w = exp_of(c, angle, True), exp_of(c, f.neg(angle), True)
        sine = f.mul(f.monomial(((f.unit, Fraction(1, 2)),), -1), f.mul(f.number(Fraction(1, 2)), f.sub(z, w)))
        if f.zeroed(sine.num):
            return f.div(pi, f.mul(sine, gamma_of(c, f.sub(f.number(1), u))))
        # A whole number: it is shifted as it stands, which holds between meromorphic functions and so wherever both sides have values.
    else:
        k = step(u)
        if 1 < k <= 6:
            return _multiplied(c, u, k)
    shift = _constant(u)
    whole = int(-(-shift // 1)) - 1 if shift.denominator == 1 else int(shift // 1)
    if abs(whole) > _FAR:
        return c.opaque("gamma", [u.key])
    base = f.sub(u, f.number(whole))
    half = base.rational()
    if half is not None and Fraction(1, 2) < half < 1 and half.denominator <= 24:
        core = _mirrored(c, base)
    else:
        core = _core(c, base)
    _positive(c, base, core)
    out = core
    for j in range(abs(whole)):
        factor = f.add(base, f.number(j if whole > 0 else -j - 1))
        out = f.mul(out, factor) if whole > 0 else f.div(out, factor)
    return out


def _mirrored(c: Converter, u: Element) -> Element:
    """gamma(u) = pi / (sin(pi*u) * gamma(1 - u)) for a number between 1/2 and 1."""
    f = c.field
    pi = c(Const("pi"))
    square = _SQUARED_SINES.get(u.rational() or Fraction(0))
    sine = power(c, f.number(square), f.number(Fraction(1, 2))) if square is not None else circular(c, f.mul(pi, u))[1]
    return f.div(pi, f.mul(sine, gamma_of(c, f.sub(f.number(1), u))))


def _core(c: Converter, base: Element) -> Element:
    f = c.field
    half = base.rational()
    return (
        power(c, c(Const("pi")), f.number(Fraction(1, 2)))
        if half == Fraction(1, 2)
        else c.opaque("gamma", [base.key])
        if half != 1
        else f.number(1)
    )


def _positive(c: Converter, u: Element, core: Element) -> None:
    if c.signs.of(u.num) == "+" and (len(u.den) == 1 or c.signs.of(u.den) == "+") and len(core.num) == 1:
        for m in core.num:
            for g, _ in m:
                c.field.positive.add(g)


def _multiplied(c: Converter, u: Element, k: int) -> Element:
    """Gauss: gamma(k*v) = (2*pi)^((1-k)/2) * k^(k*v - 1/2) * prod gamma(v + j/k)."""
    f = c.field
    v = f.mul(u, f.number(Fraction(1, k)))
    two_pi = f.mul(f.number(2), c(Const("pi")))
    out = f.mul(power(c, two_pi, f.number(Fraction(1 - k, 2))), power(c, f.number(k), f.sub(u, f.number(Fraction(1, 2)))))
    for j in range(k):
        out = f.mul(out, gamma_of(c, f.add(v, f.number(Fraction(j, k)))))
    return out


@rule("gamma")
def _gamma(c: Converter, t: App) -> Element:
    return gamma_of(c, c(t.args[0]))


@rule("factorial")
def _factorial(c: Converter, t: App) -> Element:
    return gamma_of(c, c.field.add(c(t.args[0]), c.field.number(1)))


@rule("beta")
def _beta(c: Converter, t: App) -> Element:
    f = c.field
    a, b = c(t.args[0]), c(t.args[1])
    return f.div(f.mul(gamma_of(c, a), gamma_of(c, b)), gamma_of(c, f.add(a, b)))


@rule("binomial")
def _binomial(c: Converter, t: App) -> Element:
    """A polynomial in n where k (or n - k) is a small whole number, a quotient of gammas otherwise."""
    f = c.field
    n, k = c(t.args[0]), c(t.args[1])
    r, s, d = n.rational(), k.rational(), f.sub(n, k).rational()
    if r is not None and s is not None and r.denominator == s.denominator == 1 and 0 <= r <= 2000:
        return f.number(comb(int(r), int(s)) if 0 <= s <= r else 0)
    if s is not None and s.denominator == 1 and s < 0:
        return f.number(0)
    if s is not None and s.denominator == 1 and s <= _FAR:
        out = f.number(Fraction(1, factorial(int(s))))
        for j in range(int(s)):
            out = f.mul(out, f.sub(n, f.number(j)))
        return out
    if d is not None and d.denominator == 1 and 0 <= d <= _FAR and c.signs.of(n.num) in ("+", "0+"):
        out = f.number(Fraction(1, factorial(int(d))))
        for j in range(int(d)):
            out = f.mul(out, f.sub(n, f.number(j)))
        return out
    if is_whole(c, k) and (c.signs.of(k.num) == "-" or _counts(c, n) and c.signs.of(f.sub(k, n).num) == "+"):
        return f.number(0)
    one = f.number(1)
    if f.real and c.signs.of(f.add(n, one).num) == "+" and len(n.den) == 1 or _counts(c, k):
        return f.div(gamma_of(c, f.add(n, one)), f.mul(gamma_of(c, f.add(k, one)), gamma_of(c, f.add(f.sub(n, k), one))))
    return c.opaque("binomial", [n.key, k.key])  # at a negative whole n the gammas have no say in it


def _counts(c: Converter, k: Element) -> bool:
    """Whether an element takes whole values of at least 0 alone: binomial(n, k) is a polynomial in n then."""
    return is_whole(c, k) and (not k.num or c.signs.of(k.num) in ("+", "0+"))


@rule("rising", "falling")
def _rising(c: Converter, t: App) -> Element:
    f = c.field
    x, k = c(t.args[0]), c(t.args[1])
    r = k.rational()
    if r is not None and r.denominator == 1 and 0 <= r <= _FAR:
        out = f.number(1)
        for j in range(int(r)):
            out = f.mul(out, f.add(x, f.number(j if t.op == "rising" else -j)))
        return out
    if t.op == "rising":
        return f.div(gamma_of(c, f.add(x, k)), gamma_of(c, x))
    one = f.number(1)
    return f.div(gamma_of(c, f.add(x, one)), gamma_of(c, f.add(f.sub(x, k), one)))


@rule("loggamma")
def _loggamma(c: Converter, t: App) -> Element:
    """log|gamma|: real where gamma is positive, as it is where the log of it was meant."""
    if not c.field.real:
        return c.function(t)
    return logarithm(c, gamma_of(c, c(t.args[0])))


@rule("max", "min")
def _extreme(c: Converter, t: App) -> Element:
    """The larger or smaller one, where the sign of the difference is known; a kernel with its arguments in order otherwise."""
    if any(a.shape for a in t.args):
        return c.function(t)
    f = c.field
    items = [c(a) for a in t.args]
    kept: list[Element] = []
    for e in items:
        if any(f.equal(e, k) for k in kept):
            continue
        kept.append(e)
    changed = True
    while changed and len(kept) > 1:
        changed = False
        for a in kept:
            for b in kept:
                if a is b:
                    continue
                d = f.sub(a, b)
                s = c.signs.of(d.num) if len(d.den) == 1 else None
                if s and (s.endswith("+") if t.op == "max" else s.endswith("-")):
                    kept.remove(b)
                    changed = True
                    break
            if changed:
                break
    if len(kept) == 1:
        return kept[0]
    return c.opaque(t.op, [frozenset(e.key for e in kept)])


@rule("piecewise")
def _piecewise(c: Converter, t: App) -> Element:
    """A branch whose condition is decided by known signs, else a kernel."""
    args = list(t.args)
    out: list = []  # type: ignore[type-arg]
    k = 0
    while k + 1 < len(args):
        holds = decide(c, args[k + 1])
        if holds is True:
            if not out:
                return c(args[k])
            out.append((c(args[k]).key, "otherwise"))
            return c.opaque("piecewise", out)
        if holds is None:
            out.append((c(args[k]).key, c.truth(args[k + 1])))
        k += 2
    if k < len(args):
        if not out:
            return c(args[k])
        out.append((c(args[k]).key, "otherwise"))
    return c.opaque("piecewise", out)


@rule("indicator")
def _indicator(c: Converter, t: App) -> Element:
    holds = decide(c, t.args[0])
    return c.opaque("indicator", [c.truth(t.args[0])]) if holds is None else c.field.number(int(holds))


@rule("floor", "ceil")
def _floor(c: Converter, t: App) -> Element:
    """What is whole for sure comes out of a floor; ceil(u) is -floor(-u)."""
    f = c.field
    u = c(t.args[0])
    if not f.real:
        return c.function(t)
    if t.op == "ceil":
        return f.neg(floor_of(c, f.neg(u)))
    return floor_of(c, u)


def floor_of(c: Converter, u: Element) -> Element:
    """floor(u)."""
    f = c.field
    if len(u.den) > 1:
        return _whole_kernel(c, u)
    whole = {m: v for m, v in u.num.items() if m and v.q == 1 and c.is_integer(m)}
    constant = u.num.get((), fmpq(0)).floor()
    outer = f.add(Element(whole, UNIT), f.number(int(constant)))
    rest = f.sub(u, outer)
    r = rest.rational()
    return outer if r is not None and 0 <= r < 1 else f.add(outer, _whole_kernel(c, rest))


def _whole_kernel(c: Converter, u: Element) -> Element:
    c.integers.add(c.field.kernel(("floor", u.key)))
    return c.opaque("floor", [u.key])


@rule("mod")
def _mod(c: Converter, t: App) -> Element:
    """a - b*floor(a/b)."""
    f = c.field
    a, b = c(t.args[0]), c(t.args[1])
    if not f.real:
        return c.function(t)
    return f.sub(a, f.mul(b, floor_of(c, f.div(a, b))))


@rule("delta")
def _delta(c: Converter, t: App) -> Element:
    holds = decide(c, App("eq", t.args, (), "truth"))
    return c.opaque("delta", [frozenset(c(a).key for a in t.args)]) if holds is None else c.field.number(int(holds))


@rule("heaviside")
def _heaviside(c: Converter, t: App) -> Element:
    e = c(t.args[0])
    s = c.signs.of(e.num) if e.num and len(e.den) == 1 else None
    return c.field.number(1 if s == "+" else 0) if s in ("+", "-") else c.opaque("heaviside", [e.key])


def decide(c: Converter, t: App | object) -> bool | None:
    """Whether a condition always or never holds by known signs; None where that is not known."""
    if isinstance(t, Const) and t.sort == "truth":
        return t.name == "true"
    if not isinstance(t, App):
        return None
    if t.op in ("and", "or"):
        parts = [decide(c, a) for a in t.args]
        decisive = t.op == "or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if t.op == "not":
        inner = decide(c, t.args[0])
        return None if inner is None else not inner
    if t.op not in ("eq", "ne", "lt", "le", "gt", "ge") or any(a.shape or a.sort != "number" for a in t.args):
        return None
    if any(a in INFINITE for a in t.args):
        return None
    d = c.field.sub(c(t.args[0]), c(t.args[1]))
    if not c.field.zeroed(d.num):
        return t.op in ("eq", "le", "ge")
    if not c.field.real:
        return None
    r = d.rational()
    if r is not None:
        return _DECIDES["+" if r > 0 else "-"].get(t.op)
    below = "+" if len(d.den) == 1 else c.signs.of(d.den)
    if below not in ("+", "-"):
        return None
    for s in (c.signs.of(d.num), c.signs.unaided(d.num)):
        if s is not None and below == "-":
            s = s.replace("+", "?").replace("-", "+").replace("?", "-")
        if s is not None and (holds := _DECIDES[s].get(t.op)) is not None:
            return holds
    return None


_DECIDES: dict[str, dict[str, bool]] = {
    "+": {"gt": True, "ge": True, "ne": True, "lt": False, "le": False, "eq": False},
    "-": {"lt": True, "le": True, "ne": True, "gt": False, "ge": False, "eq": False},
    "0+": {"ge": True, "lt": False}, "0-": {"le": True, "gt": False},
}  # fmt: skip
