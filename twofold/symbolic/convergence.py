"""What must hold of the names in improper integrals and series for them to have values, where a criterion says it.

An integral of c*x^p*exp(w*x^k) converges at 0 where p > -1, and at infinity where w < 0, or w == 0 and p < -1; one of x^p*(1 - x)^q over 0..1 where p, q > -1.
A sum of c*q(k)*r^k over k up to infinity converges where |r| < 1, and for q of degree d on the circle by d; one of k^p where p < -1.
Sources: NIST Digital Library of Mathematical Functions, section 1.4; Rudin, Principles of Mathematical Analysis, chapters 3 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.shapes import app
from twofold.grammar.term import MINUS_OO, OO, App, Bound, Symbol, Term, children, num, substitute
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.bound_names import canonical, inside, s_key
from twofold.symbolic.normal.closed_sums import ratio_of
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import depends, separate
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.pieces import HALF, Piece, is_real, pieces
from twofold.symbolic.normal.raising import raised

CONVERGENT = "where integrals and series converge"
"""The name of the proofs that rest on this."""

_OPAQUE = frozenset("piecewise E Var Std Cov Corr P indicator implies iff or and not".split())
"""Operations with parts that need no values."""
_STRICT = {"+": "gt", "0+": "ge"}


@dataclass(frozen=True, slots=True)
class Needs:
    """Comparisons without which a term has no value, unless one of the names is 0: then nothing is said."""

    comparisons: tuple[Term, ...]
    unless: tuple[Symbol, ...] = ()


class _Unknown(Exception):
    """An integral or a series of which no criterion says where it converges."""


class _Nowhere(Exception):
    """An integral or a series that converges for no values of its names."""


def needs(terms: tuple[Term, ...], assumptions: tuple[Term, ...]) -> Needs | None:
    """What the improper integrals and the series in some real terms need beyond what is assumed; `None` where that is nothing, or is not known."""
    found: dict[Term, None] = {}
    unless: dict[Symbol, None] = {}
    try:
        c = converter((), assumptions)
        for t in (t for side in terms for t in _endless(side)):
            criterion = _Criterion(c, t)
            criterion.read()
            found |= dict.fromkeys(criterion.comparisons())
            unless |= dict.fromkeys(criterion.unless)
    except (*GIVES_UP, _Unknown, _Nowhere):
        return None
    return Needs(tuple(found), tuple(unless)) if found else None


def diverges(terms: tuple[Term, ...], assumptions: tuple[Term, ...]) -> bool:
    """Whether one of the improper integrals and series in some real terms is seen to have no value under the assumptions."""
    try:
        c = converter((), assumptions)
        for t in (t for side in terms for t in _endless(side)):
            criterion = _Criterion(c, t)
            try:
                criterion.read()
            except _Nowhere:
                return not criterion.unless
            except _Unknown:
                continue
    except GIVES_UP:
        return False
    return False


def _endless(t: Term) -> Iterator[Bound]:
    """The integrals and sums over one name, outside of others, that may diverge."""
    if isinstance(t, Bound):
        if t.op in ("integrate", "sum") and len(t.symbols) == 1 and not t.shape:
            yield t
    elif not (isinstance(t, App) and t.op in _OPAQUE):
        for part in children(t):
            yield from _endless(part)


class _Criterion:
    """One integral or series: the signs that elements must have."""

    def __init__(self, c: Converter, t: Bound) -> None:
        self.c, self.t = c, t
        self.signs: dict[Term, str] = {}
        self.unless: list[Symbol] = []

    def comparisons(self) -> Iterator[Term]:
        """What is needed and not known, as comparisons with 0 or 1."""
        for t, sign in self.signs.items():
            yield _compared(self.c, t, _STRICT[sign])

    def read(self) -> None:
        """Raises `_Unknown` where no criterion reaches, and `_Nowhere`."""
        c, t = self.c, self.t
        s, body = canonical(c, t)
        e = inside(c, body)
        g = c.field.kernel(s_key(s))
        if not e.num or (t.op == "sum" and t.args[1] != OO):
            return
        if t.op == "sum":
            self.series(e, g)
        else:
            self.integral(e, g, body)

    def need(self, e: Element, sign: str) -> None:
        """That an element is positive, or with "0+" not negative."""
        known = self.sign(e)
        if known == "+" or (known in ("0+", "0") and sign == "0+"):
            return
        if known in ("-", "0") or (known == "0-" and sign == "+"):
            raise _Nowhere
        for part in _that_bound(self.c, self.without_known(e)):
            self.signs[raised(self.c, part)] = sign

    def without_known(self, e: Element) -> Element:
        """What is left of an element without the factors of known sign, up to a positive factor."""
        c, f = self.c, self.c.field
        value, found = c.split(e)
        out = f.number(1 if value > 0 else -1)
        for key, k in found:
            own = _element(c, key)
            side = c.signs.of(own.num)
            if side in ("+", "-"):
                out = f.neg(out) if side == "-" and k % 2 else out
            elif isinstance(k, int):
                out = f.mul(out, f.power(own, k))
            else:
                return e
        return out

    def sign(self, e: Element) -> str | None:
        if not e.num:
            return "0"
        if not is_real(self.c, e):
            raise _Unknown
        above, below = self.c.signs.of(e.num), "+" if len(e.den) == 1 else self.c.signs.of(e.den)
        if below is None or above is None:
            return None
        return above if below[-1] == "+" else above.translate(str.maketrans("+-", "-+"))  # a denominator is not 0

    def nonzero(self, factor: Element) -> None:
        """A factor in front must not be 0: where it is, there is nothing to converge."""
        c = self.c
        if c.nonzero(factor):
            return
        for key, _ in c.split(factor)[1]:
            kernel = c.field.kernels[key[1]] if key[0] == "gen" else ()
            if kernel and kernel[0] == "sym" and isinstance(kernel[1], Symbol):
                self.unless.append(kernel[1])
            elif not c.nonzero(_element(c, key)):
                raise _Unknown

    # --- integrals -----------------------------------------------------------------------------------------------------------

    def integral(self, e: Element, g: int, body: Term) -> None:
        """Reads the integrand as powers times exponentials, and looks at both ends."""
        low, high = self.t.args
        found = pieces(self.c, e, g)
        endless = OO in (low, high) or MINUS_OO in (low, high)
        if found is None or any(p.growth is not None for p in found):
            if endless or not _is_smooth(body):
                raise _Unknown
            return
        if not endless and all(_is_entire(p) for p in found):
            return
        if len(found) == 1:
            self.nonzero(found[0].factor)
        else:
            self.together(found, body)
        for p in found:
            self.at_ends(p, low, high)

    def together(self, found: list[Piece], body: Term) -> None:
        """Several pieces, which must not cancel: entire ones over a half line, of one growth, or of growths that differ."""
        c, f = self.c, self.c.field
        if self.t.args[1] != OO or self.t.args[0] == MINUS_OO or not all(_is_entire(p) for p in found):
            raise _Unknown
        waves = [_imaginary(c, p) for p in found]
        growths = {_real_part(c, p).key for p in found}
        names = {name for w in waves for name in _names(c, w)}
        if len(growths) == 1 and not names:
            return self.all_numbers([p.factor for p in found])
        if len(growths) == 1 and len(names) == 1:
            # sin(b*x) is 0 where b is: nothing else can make waves of one frequency vanish.
            (name,) = names
            if len({w.key for w in waves} | {f.neg(w).key for w in waves}) > 2:
                raise _Unknown
            self.all_numbers([p.factor for p in found])
            if not c(substitute(body, {name: num(0)})).num:
                self.unless.append(name)
            return None
        if len(found) == len(growths) and not any(w.num for w in waves) and all(p.factor.rational() is not None for p in found):
            if len({(p.factor.rational() or 0) > 0 for p in found}) == 1:
                return None
            if len(found) == 2:
                return self.nonzero(f.sub(_real_part(c, found[0]), _real_part(c, found[1])))
        raise _Unknown

    def all_numbers(self, factors: list[Element]) -> None:
        if any(_names(self.c, x) for x in factors):
            raise _Unknown

    def at_ends(self, p: Piece, low: Term, high: Term) -> None:
        c, f = self.c, self.c.field
        total = f.add(p.shift or f.number(0), f.number(Fraction(p.degree) + 1))
        if low == MINUS_OO:
            return self.from_minus_infinity(p, high)
        if low == OO or high == MINUS_OO:
            raise _Unknown
        start = c(low)
        at_zero = not start.num
        if not _is_entire(p):
            if at_zero:
                self.need(total, "+")
            elif high == OO and not p.exponent and p.other is None:
                # A power that is integrable at infinity is not at 0.
                self.need(f.neg(total), "+")
                return self.need(start, "+")
            elif self.sign(start) != "+":
                raise _Unknown
        if high != OO:
            return self.finite(p, at_zero, c(high))
        if p.other is not None:
            raise _Unknown
        if not p.exponent:
            return self.need(f.neg(total), "+")
        if len(p.exponent) > 1:
            raise _Unknown
        decays = f.neg(_real_part(c, p))
        # Without decay the power decides: at least 1/x, as one that is integrable at 0 is, diverges.
        diverges = at_zero or _is_entire(p) or self.sign(total) in ("+", "0+", "0")
        self.need(decays, "+" if diverges else "0+")
        return None

    def from_minus_infinity(self, p: Piece, high: Term) -> None:
        """Over the whole line exp(-a*x^2 + b*x) converges for a > 0, and without a square nowhere."""
        powers = sorted(p.exponent)
        if not _is_entire(p) or high == MINUS_OO or not powers:
            raise _Unknown
        if high == OO and (powers == [1, 2] or (len(powers) == 1 and powers[0] % 2 == 0)):
            self.need(self.c.field.neg(_real(self.c, p.exponent[powers[-1]])), "+")
        elif high != OO and len(powers) == 1:
            decays = _real(self.c, p.exponent[powers[0]])
            self.need(decays if powers[0] % 2 else self.c.field.neg(decays), "+")
        else:
            raise _Unknown

    def finite(self, p: Piece, at_zero: bool, upper: Element) -> None:
        if p.other is None:
            if self.sign(upper) != "+":
                raise _Unknown
        elif not at_zero or upper.rational() != 1:
            raise _Unknown
        else:
            self.need(self.c.field.add(p.other, self.c.field.number(1)), "+")

    # --- series --------------------------------------------------------------------------------------------------------------

    def series(self, e: Element, g: int) -> None:
        """Reads the terms as a quotient of polynomials in k times r^k, or as a power of k."""
        c, f = self.c, self.c.field
        ((outer, inner),) = separate(c, e, g, split=False)
        tops = {tuple(x for x in m if x[0] != g) for m in inner.num}
        if (
            len(tops) != 1
            or any(h != g and depends(c, h, g) for h in P.generators(inner.den))
            or _names(c, Element(inner.den, UNIT)) - {self.bound(g)}
        ):
            raise _Unknown
        (rest,) = tops
        self.nonzero(outer)
        degree = _degree(inner.num, g) - _degree(inner.den, g)
        shape = ratio_of(c, rest, g)
        if shape is not None and shape[0] == 0 and _is_free(c, shape[2], g):
            self.nonzero(shape[2])
            self.ratio(shape[1], degree)
            return
        found = pieces(c, f.monomial(rest), g)
        if found is None or len(found) != 1 or len(inner.num) != 1 or len(inner.den) != 1 or c(self.t.args[0]).rational() is None:
            raise _Unknown
        (p,) = found
        if p.exponent or p.other is not None or p.growth is not None or p.shift is None:
            raise _Unknown
        self.need(f.neg(f.add(p.shift, f.number(Fraction(p.degree) + degree + 1))), "+")

    def bound(self, g: int) -> Symbol:
        symbol = self.c.field.kernels[g][1]
        assert isinstance(symbol, Symbol)
        return symbol

    def ratio(self, r: Element, degree: int) -> None:
        """|r| < 1; at 1 it converges where the degree is -2 at the most, at -1 where it is negative."""
        c, f = self.c, self.c.field
        if not is_real(c, r):
            raise _Unknown
        growth = _exponent(c, r)
        if growth is not None:
            return self.need(f.neg(growth), "+" if degree >= -1 else "0+")
        one = f.number(1)
        self.need(f.sub(one, r), "+" if degree >= -1 else "0+")
        self.need(f.add(one, r), "+" if degree >= 0 else "0+")
        return None


# --- what the criteria ask -------------------------------------------------------------------------------------------------------


def _compared(c: Converter, t: Term, op: str) -> Term:
    """A comparison of a term with 0, with negative terms and constants on the other side: `x < 1` for 1 - x > 0, `s > a` for s - a > 0."""
    e = c(t)
    if len(e.den) > 1:
        return app(op, t, num(0))
    above = {m: v for m, v in e.num.items() if v > 0 and m}
    below = P.scaled({m: v for m, v in e.num.items() if m not in above}, fmpq(-1))
    if not above:
        above, below, op = below, {}, MIRRORED[op]
        constant = above.pop((), None)
        below = {(): -constant} if constant is not None else {}
    if len(above) == 1:
        (share,) = above.values()
        above, below = (P.scaled(p, 1 / share) for p in (above, below))
    return app(op, *(raised(c, Element(p, UNIT)) for p in (above, below)))


def _that_bound(c: Converter, e: Element) -> list[Element]:
    """An element, or two factors of it with a positive constant as their sum, which are positive together: 1 - x and 1 + x for 1 - x^2."""
    value, found = c.split(e)
    if len(e.den) > 1 or len(found) != 2 or any(key[0] != "poly" or k != 1 for key, k in found):
        return [e]
    p, q = (_element(c, key) for key, _ in found)
    q = c.field.mul(c.field.number(value), q)
    for a, b in ((p, q), (c.field.neg(p), c.field.neg(q))):
        top = max(m for m in a.num if m)
        share = -a.num[top] / b.num[top] if top in b.num else 0
        total = c.field.add(a, Element(P.scaled(b.num, share), UNIT)).rational() if share > 0 else None
        if total is not None and total > 0:
            return [a, b]
    return [e]


def _is_entire(p: Piece) -> bool:
    return p.shift is None and p.other is None and isinstance(p.degree, int) and p.degree >= 0 and not p.rooted


def _real_part(c: Converter, p: Piece) -> Element:
    """The real part of the factor of the highest power in the exponent, which must be the only one."""
    return _real(c, _only(p))


def _imaginary(c: Converter, p: Piece) -> Element:
    w = _only(p)
    turned = Element({m: v for m, v in w.num.items() if _turned(c, m)}, w.den)
    return c.field.mul(turned, c.field.monomial(((c.field.unit, HALF),)))


def _only(p: Piece) -> Element:
    if len(p.exponent) != 1:
        raise _Unknown
    return next(iter(p.exponent.values()))


def _real(c: Converter, w: Element) -> Element:
    return Element({m: v for m, v in w.num.items() if not _turned(c, m)}, w.den)


def _turned(c: Converter, m: P.Mono) -> bool:
    return any(g == c.field.unit for g, _ in m)


def _names(c: Converter, e: Element) -> set[Symbol]:
    """The names that an element of plain arithmetic is made of. Raises `_Unknown` for what has others within."""
    out = set()
    for g in {*P.generators(e.num), *P.generators(e.den)} - {c.field.unit}:
        kernel = c.field.kernels[g]
        if kernel[0] == "prime" or (kernel[0] == "sym" and isinstance(kernel[1], str)):
            continue
        if kernel[0] != "sym":
            raise _Unknown
        out.add(kernel[1])
    return out


def _is_free(c: Converter, e: Element, g: int) -> bool:
    return not any(depends(c, h, g) for p in (e.num, e.den) for h in P.generators(p))


def _is_smooth(t: Term) -> bool:
    """Whether a term is made of what has no break on a bounded range."""
    if isinstance(t, App):
        return t.op in ("add", "sub", "mul", "neg", "exp", "sin", "cos", "sinh", "cosh") and all(map(_is_smooth, t.args))
    return not isinstance(t, Bound)


def _degree(p: P.Poly, g: int) -> int:
    degrees = [dict(m).get(g, 0) for m in p]
    if not all(isinstance(d, int) for d in degrees):
        raise _Unknown
    return max(int(d) for d in degrees)


def _exponent(c: Converter, r: Element) -> Element | None:
    """w where r is exp(w)."""
    from twofold.symbolic.normal.powers import log_factor

    value, found = c.split(r)
    if value != 1 or not found or any(key[0] != "gen" or c.field.kernels[key[1]][0] != "exp" for key, _ in found):
        return None
    return c.field.sum([c.field.mul(c.field.number(Fraction(k)), log_factor(c, key)) for key, k in found])


def _element(c: Converter, key: tuple) -> Element:  # type: ignore[type-arg]
    return c.field.monomial(((key[1], 1),)) if key[0] == "gen" else Element(dict(key[1]), UNIT)


__all__ = ["CONVERGENT", "Needs", "diverges", "needs"]
