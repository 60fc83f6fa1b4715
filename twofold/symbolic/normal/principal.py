"""Principal logarithms: of rationals times roots of unity, and of exponentials whose imaginary part is seen to lie in (-pi, pi]."""

from __future__ import annotations

from fractions import Fraction

from twofold.grammar.term import App, Const, Term
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element

HALF = Fraction(1, 2)


def principal_logarithm(c: Converter, u: Element) -> Element | None:
    """log of a rational times a root of unity; None for anything else."""
    from twofold.symbolic.normal.powers import logarithm

    f = c.field
    if len(u.num) != 1 or len(u.den) > 1:
        return None
    ((m, v),) = u.num.items()
    if any(g != f.unit for g, _ in m):
        return None
    angle = (Fraction(dict(m).get(f.unit, 0)) + (1 if v < 0 else 0)) % 2
    angle = angle - 2 if angle > 1 else angle
    size = abs(Fraction(int(v.p), int(v.q)))
    turn = f.mul(f.mul(f.number(angle), f.monomial(((f.unit, HALF),))), c(Const("pi"))) if angle else f.number(0)
    return f.add(logarithm(c, f.number(size)) if size != 1 else f.number(0), turn)


def undone_exponential(c: Converter, inner: Term) -> Element | None:
    """log(exp(w)) as w; None where that is not seen."""
    if c.field.real or not isinstance(inner, App) or inner.op != "exp":
        return None
    f = c.field
    w, pi = c(inner.args[0]), c(Const("pi"))
    part = c(App("im", inner.args))
    for d, signs in ((f.add(part, pi), ("+",)), (f.sub(pi, part), ("+", "0+"))):
        if d.num and not (len(d.den) == 1 and c.signs.of(d.num) in signs):
            return None
        if not d.num and "0+" not in signs:
            return None
    return w
