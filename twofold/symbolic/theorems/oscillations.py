"""Powers times the sine or cosine of a power over the half line: the Mellin transforms of the sine and the cosine, Fresnel's integrals among them.

For w, p > 0 the integral of x^(s - 1)*cos(w*x^p) over x > 0 is gamma(s/p)*cos(pi*s/(2p))/(p*w^(s/p)) where 0 < s < p; with sines for cosines it holds
where -p < s < p, and is pi/(2p) for s = 0. Source: DLMF 5.9.6, 5.9.7, with x^p for t.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Symbol, Term, free_symbols
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.specials import gamma_of
from twofold.symbolic.theorems.products import ONE, is_positive, powers


def half_line(c: Converter, body: Term, x: Symbol) -> Element | None:
    """The integral over x > 0; `None` for integrands of another kind, and where it is not known to converge."""
    read = _read(c, body, x)
    if read is None:
        return None
    kind, s, rate, p, factor = read
    f = c.field
    if not is_positive(c, rate) or not is_positive(c, p) or not is_positive(c, f.sub(p, s)):
        return None
    pi = c(Const("pi"))
    if kind == "sin" and not s.num:
        return f.mul(factor, f.div(pi, f.mul(f.number(2), p)))
    if not is_positive(c, s) and (kind == "cos" or not is_positive(c, f.neg(s)) or not is_positive(c, f.add(p, s))):
        return None
    ratio = f.div(s, p)
    wave = c(app(kind, raised(c, f.mul(pi, f.mul(f.number(Fraction(1, 2)), ratio)))))
    return f.mul(factor, f.div(f.mul(f.mul(gamma_of(c, ratio), wave), power(c, rate, f.neg(ratio))), p))


def _read(c: Converter, body: Term, x: Symbol) -> tuple[str, Element, Element, Element, Element] | None:
    """Sine or cosine, s, the rate, p, and the factor without x."""
    found = powers(body, x)
    if found is None:
        return None
    waves = [p for p in found if isinstance(p[0], App) and p[0].op in ("sin", "cos") and x in free_symbols(p[0])]
    if len(waves) != 1 or waves[0][1] != ONE:
        return None
    wave = waves[0][0]
    assert isinstance(wave, App)
    inside = _monomial(c, powers(wave.args[0], x), x)
    outside = _monomial(c, [p for p in found if p != waves[0]], x)
    if inside is None or outside is None:
        return None
    return wave.op, c.field.add(outside[0], c.field.number(1)), inside[1], inside[0], outside[1]


def _monomial(c: Converter, parts: list[tuple[Term, Term]] | None, x: Symbol) -> tuple[Element, Element] | None:
    """The exponent of x and the factor of a product that is a power of x; `None` for others."""
    if parts is None:
        return None
    f = c.field
    degree, factor = f.number(0), f.number(1)
    for base, exponent in parts:
        if x not in free_symbols(base):
            factor = f.mul(factor, power(c, c(base), c(exponent)))
        elif f.equal(c(base), c.symbol(x)):
            degree = f.add(degree, c(exponent))
        else:
            return None
    return degree, factor


__all__ = ["half_line"]
