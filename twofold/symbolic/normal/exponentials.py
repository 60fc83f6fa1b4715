"""exp, the trigonometric and hyperbolic functions and their inverses, over exponentials of real and imaginary terms."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from flint import fmpq

from twofold.grammar.term import App, Const
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.inverses import undone
from twofold.symbolic.normal.polynomials import Mono

HALF = Fraction(1, 2)
_PI = Const("pi")


def frac(c: fmpq) -> Fraction:
    return Fraction(int(c.p), int(c.q))


def exp_of(c: Converter, u: Element, imaginary: bool = False) -> Element:
    """exp(u) or exp(i*u). Terms c*log|p| become powers of |p| (u has a value only where p is positive, or |p| was meant)."""
    f = c.field
    if not u.num:
        return f.number(1)
    parts: list[Part] = []
    if len(u.den) == 1:
        parts = [(m, v, None) for m, v in u.num.items()]
    elif f.turns(u.den):
        # exp(tan(x)): the parts of the quotient are not real, the whole is.
        return _together(c, [(m, v, frozenset(u.den.items())) for m, v in u.num.items()], imaginary)
    else:
        q, r = P.divide(u.num, u.den)
        below = frozenset(u.den.items())
        parts = [(m, v, None) for m, v in q.items()] + [(m, v, below) for m, v in r.items()]
    out = f.number(1)
    if f.real:
        # exp(cos(x)): a real number, though its terms are not.
        mixed = [x for x in parts if not _straight(c, x[0]) or not all(_straight(c, m) for m, _ in x[2] or ())]
        parts = [x for x in parts if x not in mixed]
        for group in _real_sums(c, mixed):
            out = f.mul(out, _together(c, group, imaginary))
    for m, v, den in parts:
        turned = False
        if any(g == f.unit for g, _ in m):
            powers = dict(m)
            if powers.pop(f.unit) == HALF:
                turned, m = True, tuple(sorted(powers.items()))
        now = imaginary != turned
        value = frac(v) if not (imaginary and turned) else -frac(v)
        out = f.mul(out, _turn(c, m, value, den) if now else _grow(c, m, value, den))
    return out


def _straight(c: Converter, m: Mono) -> bool:
    """Whether a monomial is real, or i times real."""
    return all(c.field.is_real(g) or (g == c.field.unit and e == HALF) for g, e in m)


Part: TypeAlias = "tuple[Mono, fmpq, frozenset | None]"  # type: ignore[type-arg]


def _real_sums(c: Converter, parts: list[Part]) -> list[list[Part]]:
    """A real sum as multiples of w + w' and of i*(w - w'), w and w' conjugate: cos(x) and sin(x) apart. One sum, where it is of another kind."""
    f = c.field
    if not parts or any(den is not None for _, _, den in parts):
        return [parts] if parts else []
    pairs: dict[frozenset[Mono], dict[tuple[bool, Mono], fmpq]] = {}
    for m, v, _ in parts:
        turn = dict(m).get(f.unit, 0)
        w = tuple(x for x in m if x[0] != f.unit)
        other = tuple((g, -e if f.kernels[g][0] in ("cis", "phase") else e) for g, e in w)
        if turn not in (0, HALF) or other == w:
            return [parts]
        pairs.setdefault(frozenset((w, other)), {})[turn == HALF, w] = v
    out: list[list[Part]] = []
    for pair, found in pairs.items():
        for turned in (False, True):
            values = [found.get((turned, w), fmpq(0)) for w in pair]
            if values[0] != (-values[1] if turned else values[1]):
                return [parts]
            if values[0]:
                lift = ((f.unit, HALF),) if turned else ()
                out.append([(tuple(sorted((*w, *lift))), v, None) for w, v in zip(pair, values, strict=True)])
    return out


def _together(c: Converter, parts: list[Part], imaginary: bool) -> Element:
    """exp(u) or exp(i*u) of a real sum as one kernel, up to a rational factor in the exponent."""
    f = c.field
    total = f.sum([f.made({m: v}, dict(den) if den is not None else UNIT) for m, v, den in parts])
    if not total.num:
        return f.number(1)
    scale = P.content(total.num) * P.leading_sign(total.num)
    key = Element(P.scaled(total.num, 1 / scale), total.den).key
    return f.monomial(((f.kernel(("phase" if imaginary else "growth", key)), P.tidy(frac(scale))),))


def _grow(c: Converter, m: Mono, v: Fraction, den: frozenset | None) -> Element:  # type: ignore[type-arg]
    f = c.field
    if den is None and len(m) == 1 and m[0][1] == 1 and f.kernels[m[0][0]][0] == "log":
        from twofold.symbolic.normal.powers import magnitude, power

        base = f.kernels[m[0][0]][1]
        return power(c, Element(dict(base[0]), dict(base[1])), f.number(v)) if isinstance(base, tuple) else magnitude(c, base, v)
    if den is None and len(m) == 1 and m[0][1] == 1 and f.kernels[m[0][0]][0] == "lambertw" and v.denominator == 1:
        inside = f.kernels[m[0][0]][1]
        return f.power(f.div(Element(dict(inside[0]), dict(inside[1])), f.monomial(m)), int(v))
    if den is None and len(m) == 1 and m[0][1] == 1 and f.kernels[m[0][0]][0] == "loggamma":
        return f.monomial(((f.kernel(("gamma", *f.kernels[m[0][0]][1:])), P.tidy(v)),))
    return f.monomial(((f.kernel(("exp", m, den)), P.tidy(v)),))


def _turn(c: Converter, m: Mono, v: Fraction, den: frozenset | None) -> Element:  # type: ignore[type-arg]
    from twofold.symbolic.normal.powers import parity

    f = c.field
    if den is None:
        powers = dict(m)
        pi = f.numbers.get(("sym", "pi"))
        if pi is not None and powers.get(pi) == 1:
            rest = tuple(x for x in m if x[0] != pi)
            if not rest:
                return f.monomial(((f.unit, P.tidy(v)),))
            if c.is_integer(rest) and v.denominator == 1:
                return f.monomial(((f.kernel(("ipow", "minus", parity(rest))), int(v) % 2),)) if v % 2 else f.number(1)
        if len(m) == 1 and m[0][1] == 1 and v.denominator == 1:
            closed = _inverse(c, m[0][0])
            if closed is not None:
                return f.power(closed, int(v))
    return f.monomial(((f.kernel(("cis", m, den)), P.tidy(v)),))


def _inverse(c: Converter, g: int) -> Element | None:
    """exp(i*asin(u)) and its like."""
    from twofold.symbolic.normal.angles import turned

    f = c.field
    key = f.kernels[g]
    if key[0] not in ("asin", "atan"):
        return turned(c, g)
    u = Element(dict(key[1][0]), dict(key[1][1]))
    from twofold.symbolic.normal.powers import power

    i = f.monomial(((f.unit, HALF),))
    square = f.mul(u, u)
    if key[0] == "asin":
        return f.add(power(c, f.sub(f.number(1), square), f.number(HALF)), f.mul(i, u))
    root = power(c, f.add(f.number(1), square), f.number(-HALF))
    return f.mul(root, f.add(f.number(1), f.mul(i, u)))


@rule("exp")
def _exp(c: Converter, t: App) -> Element:
    return exp_of(c, c(t.args[0]))


def circular(c: Converter, u: Element) -> tuple[Element, Element]:
    """cos(u) and sin(u)."""
    f = c.field
    z = exp_of(c, u, True)
    w = exp_of(c, f.neg(u), True)
    half = f.number(HALF)
    cos = f.mul(half, f.add(z, w))
    minus_i = f.monomial(((f.unit, HALF),), -1)
    return cos, f.mul(f.mul(half, minus_i), f.sub(z, w))


@rule("sin", "cos", "tan", "cot", "sec", "csc")
def _circular(c: Converter, t: App) -> Element:
    f = c.field
    cos, sin = circular(c, c(t.args[0]))
    one = f.number(1)
    if t.op == "cos":
        return cos
    if t.op == "sin":
        return sin
    if t.op in ("tan", "sec"):
        return f.div(sin if t.op == "tan" else one, cos)
    return f.div(cos if t.op == "cot" else one, sin)


@rule("sinh", "cosh", "tanh", "coth", "sech", "csch")
def _hyperbolic(c: Converter, t: App) -> Element:
    f = c.field
    u = c(t.args[0])
    z, w = exp_of(c, u), exp_of(c, f.neg(u))
    cosh2, sinh2 = f.add(z, w), f.sub(z, w)
    two, half = f.number(2), f.number(HALF)
    table = {
        "cosh": lambda: f.mul(half, cosh2), "sinh": lambda: f.mul(half, sinh2), "tanh": lambda: f.div(sinh2, cosh2),
        "coth": lambda: f.div(cosh2, sinh2), "sech": lambda: f.div(two, cosh2), "csch": lambda: f.div(two, sinh2),
    }  # fmt: skip
    return table[t.op]()


@rule("asin", "atan", "erf", "erfi", "Si", "Shi", "fresnels", "fresnelc")
def _odd(c: Converter, t: App) -> Element:
    """Odd functions: the sign of the argument is drawn out."""
    found = undone(c, t)
    if found is not None:
        return found
    u = c(t.args[0])
    if not u.num:
        return c.field.number(0)
    r = u.rational()
    if r is not None and t.op in ("asin", "atan"):
        known = {
            ("asin", Fraction(1)): Fraction(1, 2),
            ("asin", HALF): Fraction(1, 6),
            ("atan", Fraction(1)): Fraction(1, 4),
        }.get((t.op, abs(r)))
        if known is not None:
            return c.field.mul(c._constant(_PI), c.field.number(known if r > 0 else -known))
    if P.leading_sign(u.num) < 0:
        return c.field.neg(c.opaque(t.op, [c.field.neg(u).key]))
    return c.opaque(t.op, [u.key])


@rule("acos", "acot")
def _complement(c: Converter, t: App) -> Element:
    found = undone(c, t)
    if found is not None:
        return found
    other = App("asin" if t.op == "acos" else "atan", t.args)
    if t.op == "acot":
        return c.function(t)
    return c.field.sub(c.field.mul(c._constant(_PI), c.field.number(HALF)), c(other))


@rule("asinh", "acosh", "atanh")
def _area(c: Converter, t: App) -> Element:
    """The inverse hyperbolic functions are logarithms."""
    from twofold.symbolic.normal.powers import logarithm, power

    f = c.field
    if not f.real:
        return c.function(t)
    u, one = c(t.args[0]), f.number(1)
    if t.op == "atanh":
        return f.mul(f.number(HALF), logarithm(c, f.div(f.add(one, u), f.sub(one, u))))
    square = f.mul(u, u)
    root = power(c, f.add(square, one) if t.op == "asinh" else f.sub(square, one), f.number(HALF))
    return logarithm(c, f.add(u, root))


@rule("erfc")
def _erfc(c: Converter, t: App) -> Element:
    return c.field.sub(c.field.number(1), c(App("erf", t.args)))


@rule("Phi")
def _phi(c: Converter, t: App) -> Element:
    """The normal distribution function: (1 + erf(x/sqrt(2)))/2."""
    from twofold.symbolic.normal.powers import power

    f = c.field
    u = f.mul(c(t.args[0]), power(c, f.number(2), f.number(-HALF)))
    sign = 1 if not u.num or P.leading_sign(u.num) > 0 else -1
    e = c.opaque("erf", [(u if sign > 0 else f.neg(u)).key]) if u.num else f.number(0)
    return f.mul(f.number(HALF), f.add(f.number(1), e if sign > 0 else f.neg(e)))
