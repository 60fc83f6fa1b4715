"""Incomplete gamma functions, exponential integrals, complete elliptic integrals and Lambert's function in normal form.

Sources: DLMF 8.8, 8.4 (incomplete gamma), 6.2, 6.11 (integrals), 19.6 (elliptic), 4.13 (Lambert).
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.grammar.term import App, Const
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polygammas import whole_shift
from twofold.symbolic.normal.powers import logarithm, power
from twofold.symbolic.normal.specials import gamma_of

HALF = Fraction(1, 2)
_FAR = 30


@rule("uppergamma", "lowergamma")
def _incomplete(c: Converter, t: App) -> Element:
    f = c.field
    if not f.real:
        return c.function(t)
    s, x = c(t.args[0]), c(t.args[1])
    upper = _upper(c, s, x)
    return upper if t.op == "uppergamma" else f.sub(gamma_of(c, s), upper)


def _upper(c: Converter, s: Element, x: Element) -> Element:
    """gamma(s + 1, x) = s*gamma(s, x) + x^s*exp(-x), from an order with a rational term in (0, 1]."""
    f = c.field
    whole = whole_shift(s)
    r = s.rational()
    if abs(whole) > _FAR or (r is not None and r <= 0) or not x.num:
        return c.opaque("uppergamma", [s.key, x.key])
    base = f.sub(s, f.number(whole))
    falling = exp_of(c, f.neg(x))
    if base.rational() == 1:
        out = falling
    elif base.rational() == HALF:
        root = power(c, x, f.number(HALF))
        erf = c.opaque("erf", [root.key])
        out = f.mul(power(c, c(Const("pi")), f.number(HALF)), f.sub(f.number(1), erf))
    else:
        out = c.opaque("uppergamma", [base.key, x.key])
    for j in range(abs(whole)):
        at = f.add(base, f.number(j if whole > 0 else -j - 1))
        edge = f.mul(power(c, x, at), falling)
        out = f.add(f.mul(at, out), edge) if whole > 0 else f.div(f.sub(out, edge), at)
    return out


@rule("li")
def _li(c: Converter, t: App) -> Element:
    """li(x) = Ei(log(x))."""
    if not c.field.real:
        return c.function(t)
    u = logarithm(c, c(t.args[0]))
    return c.opaque("Ei", [u.key])


@rule("Chi")
def _chi(c: Converter, t: App) -> Element:
    """Chi(x) = Ei(x) - Shi(x) for x > 0, where alone it has a value."""
    if not c.field.real:
        return c.function(t)
    return c.field.sub(c(App("Ei", t.args)), c(App("Shi", t.args)))


@rule("elliptic_k", "elliptic_e")
def _elliptic(c: Converter, t: App) -> Element:
    """Values at 0, 1/2 and 1."""
    f = c.field
    m = c(t.args[0])
    r = m.rational()
    pi = c(Const("pi"))
    if r == 0:
        return f.mul(f.number(HALF), pi)
    if r == 1 and t.op == "elliptic_e":
        return f.number(1)
    if r == HALF:
        g = f.power(gamma_of(c, f.number(Fraction(1, 4))), 2)
        root = power(c, pi, f.number(HALF))
        k = f.div(g, f.mul(f.number(4), root))
        if t.op == "elliptic_k":
            return k
        return f.add(f.div(f.mul(pi, root), g), f.mul(f.number(HALF), k))
    return c.opaque(t.op, [m.key])


@rule("lambertw")
def _lambert(c: Converter, t: App) -> Element:
    """w with w*exp(w) = x and w >= -1, where such a w is seen in x; exp and log of others are rewritten where they are met."""
    f = c.field
    u = c(t.args[0])
    if len(t.args) > 1 or not f.real:
        return c.function(t)
    if not u.num:
        return f.number(0)
    for w in _candidates(c, u):
        if not f.equal(f.mul(w, exp_of(c, w)), u):
            continue
        above = f.add(w, f.number(1))
        if not above.num or (len(above.den) == 1 and c.signs.of(above.num) in ("+", "0+")):
            return w
    return c.opaque("lambertw", [u.key])


def _candidates(c: Converter, u: Element) -> list[Element]:
    """Exponents of the exponentials in an element, logarithms in it, and its coefficient."""
    f = c.field
    out = []
    for m, v in u.num.items():
        out.append(f.number(Fraction(int(v.p), int(v.q))))
        for g, e in m:
            kernel = f.kernels[g]
            if kernel[0] == "exp" and kernel[1]:
                inner = f.made({kernel[1]: fmpq(1)}, dict(kernel[2]) if kernel[2] is not None else UNIT)
                out.append(f.mul(f.number(Fraction(e)), inner))
            elif kernel[0] == "log":
                out += [f.mul(f.number(Fraction(k)), f.monomial(((g, 1),))) for k in (1, -1)]
    return out[:12]
