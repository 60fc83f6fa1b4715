"""Powers times exponentials: what the integrals by theorems are made of, and what is known of their parts."""

from __future__ import annotations

from fractions import Fraction

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Mono
from twofold.symbolic.normal.powers import power

HALF = Fraction(1, 2)


class Piece:
    """A term c * x^(degree + shift) * (1 - x)^other * exp(w): c, shift and other are free of x, w is a polynomial in it by its powers.

    `rooted`: a power of |x| or a symbolic power of x was read as one of x, which holds for x > 0 alone.
    """

    def __init__(self, factor: Element, degree: P.Exponent, exponent: dict[int, Element]) -> None:
        self.factor, self.degree, self.exponent = factor, degree, exponent
        self.shift: Element | None = None
        self.other: Element | None = None
        self.rooted = False
        self.absolute: P.Exponent = 0
        """The part of the degree that came from powers of |x|."""
        self.growth: tuple[Element, Element] | None = None
        """(k, w) of a further factor exp(w x^k) with a symbolic power k."""


def pieces(c: Converter, e: Element, g: int) -> list[Piece] | None:
    """An integrand as such terms, the exponents polynomials in kernel g; None where it is not of this kind."""
    from twofold.symbolic.normal.dependence import separate

    f = c.field
    out = []
    unit = next(iter(UNIT.values()))
    itself = frozenset({((g, 1),): unit}.items())
    beside = frozenset({((g, 1),): unit, (): -unit}.items())
    for outer, inner in separate(c, e, g, split=True):
        below = _power_of(inner.den, beside)
        if len(inner.num) != 1 or below is None:
            return None
        ((m, v),) = inner.num.items()
        sign = -1 if below % 2 else 1  # the denominator is a power of x - 1
        piece = Piece(f.mul(outer, f.number(sign * Fraction(int(v.p), int(v.q)))), 0, {})
        if below:
            piece.other = f.number(-below)
        for h, k in m:
            key = f.kernels[h]
            if h == g or key == ("abs", itself):
                piece.degree = P.tidy(piece.degree + k)
                if h != g:
                    piece.rooted, piece.absolute = True, P.tidy(piece.absolute + k)
                continue
            if key == ("abs", beside):
                piece.other = f.add(piece.other or f.number(0), f.number(Fraction(k)))
                continue
            whole = _whole_power(c, key, k, itself, beside, g)
            if whole is not None:
                own, w = whole
                if own:
                    piece.shift = f.add(piece.shift or f.number(0), w)
                else:
                    piece.other = f.add(piece.other or f.number(0), w)
                    piece.factor = f.mul(piece.factor, power(c, f.number(-1), w))
                continue
            if key[0] not in ("exp", "cis"):
                return None
            power_of = symbolic_power(c, key, k, itself, beside) if key[0] == "exp" else None
            if power_of is not None:
                own, w = power_of
                if own:
                    piece.shift, piece.rooted = f.add(piece.shift or f.number(0), w), True
                else:
                    piece.other = f.add(piece.other or f.number(0), w)
                continue
            part = in_powers(c, key[1], key[2], g)
            if part is None:
                growth = _symbolic_growth(c, key, k, itself, g)
                if growth is None or piece.growth is not None:
                    return None
                piece.growth, piece.rooted = growth, True
                continue
            j, w = part
            w = f.mul(w, f.number(Fraction(k)))
            if key[0] == "cis":
                w = f.mul(w, f.monomial(((f.unit, HALF),)))
            piece.exponent[j] = f.add(piece.exponent[j], w) if j in piece.exponent else w
        out.append(piece)
    return out


def _power_of(den: P.Poly, base: frozenset) -> int | None:  # type: ignore[type-arg]
    """k where a denominator is base^k, 0 where it is 1."""
    if len(den) == 1:
        return 0
    _, m, found = P.factors(den)
    return found[0][1] if not m and len(found) == 1 and frozenset(found[0][0].items()) == base else None


def symbolic_power(c: Converter, key: tuple, k: P.Exponent, itself: frozenset, beside: frozenset) -> tuple[bool, Element] | None:  # type: ignore[type-arg]
    """(whether of x, exponent) where exp(w) is a symbolic power of x or of |1 - x|."""
    if key[2] is not None:
        return None
    for h, e in key[1]:
        kernel = c.field.kernels[h]
        if kernel[0] == "log" and kernel[1] in (itself, beside) and e == 1:
            rest = tuple(x for x in key[1] if x[0] != h)
            return kernel[1] == itself, c.field.mul(c.field.number(Fraction(k)), c.field.monomial(rest))
    return None


def in_powers(c: Converter, m: Mono, den: frozenset | None, g: int) -> tuple[int, Element] | None:  # type: ignore[type-arg]
    from twofold.symbolic.normal.dependence import depends

    powers = dict(m)
    j = powers.pop(g, 0)
    rest = tuple(sorted(powers.items()))
    if not isinstance(j, int) or j < 1 or any(depends(c, h, g) for h in powers):
        return None
    below = dict(den) if den is not None else UNIT
    if any(depends(c, h, g) for h in P.generators(below)):
        return None
    return j, c.field.made({rest: P.constant(1)[()]}, below)


def _whole_power(
    c: Converter, key: tuple, k: P.Exponent, itself: frozenset, beside: frozenset, g: int
) -> tuple[bool, Element] | None:  # type: ignore[type-arg]
    """(whether of x, exponent) where a kernel is a whole symbolic power of x or of x - 1."""
    from twofold.symbolic.normal.dependence import depends

    if key[0] != "ipow" or len(key) != 3 or key[1] not in (itself, beside) or any(depends(c, h, g) for h, _ in key[2]):
        return None
    if not isinstance(k, int):
        return None
    return key[1] == itself, c.field.mul(c.field.number(k), c.field.monomial(tuple(key[2])))


def _symbolic_growth(c: Converter, key: tuple, k: P.Exponent, itself: frozenset, g: int) -> tuple[Element, Element] | None:  # type: ignore[type-arg]
    """(power, w) where a kernel is exp(w x^power) with a symbolic power."""
    from twofold.symbolic.normal.dependence import depends

    if key[0] != "exp" or key[2] is not None:
        return None
    f = c.field
    exponent, rest = None, []
    for h, e in key[1]:
        if not depends(c, h, g):
            rest.append((h, e))
            continue
        kernel = f.kernels[h]
        own = symbolic_power(c, kernel, e, itself, frozenset()) if kernel[0] == "exp" else None
        if own is None or exponent is not None:
            return None
        exponent = own[1]
    if exponent is None or any(depends(c, h, g) for p in (exponent.num, exponent.den) for h in P.generators(p)):
        return None
    return exponent, f.mul(f.number(Fraction(k)), f.monomial(tuple(rest)))


def is_positive(c: Converter, e: Element) -> bool:
    top = c.signs.of(e.num) if e.num else None
    below = "+" if len(e.den) == 1 else c.signs.of(e.den)
    return top is not None and top == below and top in ("+", "-")


def is_real(c: Converter, e: Element) -> bool:
    """Whether no imaginary kernel stands in an element."""
    return not any(c.field.kernels[g][0] in ("unit", "cis", "phase") for p in (e.num, e.den) for g in P.generators(p))
