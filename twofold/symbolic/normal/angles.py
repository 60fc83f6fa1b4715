"""Arguments in the complex reading, and what goes by them: principal logarithms and powers.

arg(u) is the sum of the arguments of the factors of u, where that is seen to lie in (-pi, pi], perhaps after a full turn; log(u) = log|u| + i*arg(u)
and u^r = |u|^r*exp(i*r*arg(u)). Source: NIST Digital Library of Mathematical Functions, sections 1.9 and 4.2.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.grammar.term import App, Const, Term
from twofold.symbolic.normal.conjugates import conjugate, magnitude, upper_part
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element, Key
from twofold.symbolic.normal.powers import base_of, magnitude_of, power, real_logarithm

HALF = Fraction(1, 2)
_TURNS = (0, -2, 2)
"""Multiples of pi that are added to a sum of arguments; two principal ones need no more."""
_ZERO = "0"


def angle(c: Converter, u: Element) -> Element | None:
    """arg(u); `None` where it is not seen."""
    if not u.num:
        return None
    total = _by_factors(c, u)
    if total is not None:
        for turns in _TURNS:
            turned = c.field.add(total, _half_turns(c, Fraction(turns)))
            if is_principal(c, turned):
                return turned
    return _by_parts(c, u)


def _half_turns(c: Converter, count: Fraction) -> Element:
    return c.field.mul(c.field.number(count), c(Const("pi")))


def is_principal(c: Converter, t: Element) -> bool:
    """Whether an angle is seen to lie in (-pi, pi]."""
    pi = _half_turns(c, Fraction(1))
    return _sign(c, c.field.add(t, pi)) == "+" and _sign(c, c.field.sub(pi, t)) in ("+", "0+", _ZERO)


def _sign(c: Converter, e: Element) -> str | None:
    """The sign of a real element, also "0", "0+" and "0-"; `None` where it is not known."""
    if not e.num:
        return _ZERO
    above, below = c.signs.of(e.num), "+" if len(e.den) == 1 else c.signs.of(e.den)
    if below == "-" and above is not None:
        return above.translate(str.maketrans("+-", "-+"))
    return above if below == "+" else None


# --- sums over factors -----------------------------------------------------------------------------------------------------------


def _by_factors(c: Converter, u: Element) -> Element | None:
    """The sum of the arguments of the factors, up to full turns."""
    f = c.field
    value, found = c.split(u)
    out = _half_turns(c, Fraction(value < 0))
    for key, exponent in found:
        own = _of_factor(c, key)
        if own is None:
            return None
        out = f.add(out, f.mul(f.number(Fraction(exponent)), own))
    return out


def _of_factor(c: Converter, key: Key) -> Element | None:
    f = c.field
    kernel = f.kernels[key[1]] if key[0] == "gen" else ()
    if key[0] == "gen" and key[1] in f.positive:
        return f.number(0)
    if kernel and kernel[0] == "unit":
        return _half_turns(c, Fraction(1))
    if kernel and kernel[0] == "phase":
        return Element(dict(kernel[1][0]), dict(kernel[1][1]))
    if kernel and kernel[0] in ("cis", "exp"):
        exponent = f.made({kernel[1]: fmpq(1)}, dict(kernel[2]) if kernel[2] is not None else UNIT)
        other = conjugate(c, exponent)
        if other is None:
            return None
        return f.mul(f.number(HALF), f.add(exponent, other)) if kernel[0] == "cis" else upper_part(c, exponent, other)
    if kernel and kernel[0] == "principal":
        return angle(c, Element(dict(kernel[1]), UNIT))
    p = base_of(c, key)
    sign = c.signs.of(p)
    if sign is not None:
        return _half_turns(c, Fraction(sign[-1] == "-"))
    return _by_parts(c, Element(p, UNIT)) if key[0] == "poly" else None


def _by_parts(c: Converter, u: Element) -> Element | None:
    """0, pi and plus or minus pi/2 on the half axes, and by an arctangent in half planes, where the signs of the parts are known."""
    f = c.field
    other = conjugate(c, u)
    if other is None:
        return None
    real, upper = f.mul(f.number(HALF), f.add(u, other)), upper_part(c, u, other)
    right, above = _sign(c, real), _sign(c, upper)
    half = {"+": HALF, "-": -HALF}
    if above == _ZERO:
        return {"+": f.number(0), "-": _half_turns(c, Fraction(1))}.get(right or "")
    if right == _ZERO:
        return _half_turns(c, half[above]) if above in half else None
    # Beside the left half plane lies the one from which the half turn is counted.
    turns = {"+": Fraction(0), "-": {"+": Fraction(1), "0+": Fraction(1), "-": Fraction(-1)}.get(above or "")}.get(right or "")
    if turns is not None:
        return f.add(_half_turns(c, turns), _arctangent(c, f.mul(upper, f.inverse(real))))
    if above in half:
        return f.sub(_half_turns(c, half[above]), _arctangent(c, f.mul(real, f.inverse(upper))))
    return None


def _arctangent(c: Converter, u: Element) -> Element:
    """atan(u), of which it is known then that it lies in (-pi/2, pi/2), and on which side of 0 where the sign of u is known."""
    from twofold.symbolic.normal.raising import raised

    f = c.field
    out = c(App("atan", (raised(c, u),)))
    quarter = _half_turns(c, HALF)
    for e in (f.add(quarter, out), f.sub(quarter, out)):
        c.positive(e)
    sign = _sign(c, u)
    if sign in ("+", "-"):
        c.positive(out if sign == "+" else f.neg(out))
    return out


# --- what goes by arguments ------------------------------------------------------------------------------------------------------


@rule("arg")
def _arg(c: Converter, t: App) -> Element:
    u = c(t.args[0])
    found = angle(c, u)
    return (
        _within_a_turn(c, "arg", [_without_size(c, u)[1]])
        if found is None and u.num
        else c.function(t)
        if found is None
        else found
    )


def _within_a_turn(c: Converter, name: str, parts: list[Element]) -> Element:
    """The kernel of an argument, of which it is known that it lies in (-pi, pi]."""
    out, pi = c.opaque(name, [e.key for e in parts]), _half_turns(c, Fraction(1))
    c.signs.learn(c.field.add(pi, out).num, "+")
    c.signs.learn(c.field.sub(pi, out).num, "0+")
    return out


@rule("atan2")
def _atan2(c: Converter, t: App) -> Element:
    """The argument of x + im*y."""
    y, x = t.args
    if y.shape or x.shape:
        return c.function(t)
    f = c.field
    up, across = c(y), c(x)
    point = f.add(across, f.mul(f.monomial(((f.unit, HALF),)), up))
    if not point.num or not (_is_real(c, up) and _is_real(c, across)):
        return c.function(t)
    found = angle(c, point)
    if found is not None:
        return found
    size = _without_size(c, point)[0]
    return _within_a_turn(c, "atan2", [f.div(e, size) for e in (up, across)])


def _is_real(c: Converter, e: Element) -> bool:
    other = conjugate(c, e)
    return other is not None and c.field.equal(e, other)


def turned(c: Converter, g: int) -> Element | None:
    """exp(i*w) for a kernel w that is an argument: the number over its magnitude; `None` for another kernel, or where the magnitude is not known."""
    f = c.field
    name, *keys = f.kernels[g]
    if name not in ("arg", "atan2"):
        return None
    parts = [Element(dict(num), dict(den)) for num, den in keys]
    if name == "atan2":
        up, across = parts
        size = f.add(f.mul(across, across), f.mul(up, up))
        return f.mul(f.add(across, f.mul(f.monomial(((f.unit, HALF),)), up)), power(c, size, f.number(-HALF)))
    length = magnitude(c, parts[0])
    return None if length is None else f.div(parts[0], length)


def principal_logarithm(c: Converter, u: Element) -> Element:
    """log(u) for u other than 0: its parts where they are known, else the logarithms of positive factors beside that of the rest."""
    f = c.field
    turn = angle(c, u)
    if turn is not None:
        size = u if not turn.num else magnitude(c, u)
        if size is not None and _is_product(c, size):
            return f.add(real_logarithm(c, size), f.mul(f.monomial(((f.unit, HALF),)), turn))
    size, rest = _without_size(c, u)
    own = c.opaque("log", [rest.key])
    return own if size.rational() == 1 else f.add(real_logarithm(c, size), own)


def principal_power(c: Converter, u: Element, r: Fraction) -> Element | None:
    """u^r for u other than 0; `None` where the argument is not known."""
    f = c.field
    turn = angle(c, u)
    if turn is None:
        return None
    size = u if not turn.num else magnitude(c, u)
    if size is None or not _is_product(c, size):
        return None
    return f.mul(magnitude_of(c, size, r), exp_of(c, f.mul(f.number(r), turn), imaginary=True))


def undone_exponential(c: Converter, inner: Term) -> Element | None:
    """log(exp(w)) as w, where the imaginary part of w is seen to lie in (-pi, pi]; `None` elsewhere."""
    if not isinstance(inner, App) or inner.op != "exp":
        return None
    return c(inner.args[0]) if is_principal(c, c(App("im", inner.args))) else None


def _is_product(c: Converter, u: Element) -> bool:
    """Whether a positive number is a product of real factors whose signs are known."""
    return all(_is_positive(c, key) or c.signs.of(base_of(c, key)) == "-" for key, _ in c.split(u)[1])


def _is_positive(c: Converter, key: Key) -> bool:
    return (key[0] == "gen" and key[1] in c.field.positive) or c.signs.of(base_of(c, key)) == "+"


def _without_size(c: Converter, u: Element) -> tuple[Element, Element]:
    """A number other than 0 as the product of its positive factors and the rest."""
    f = c.field
    value, found = c.split(u)
    size, rest = f.number(abs(value)), f.number(1 if value > 0 else -1)
    for key, exponent in found:
        own = f.monomial(((key[1], exponent),)) if key[0] == "gen" else f.power(Element(base_of(c, key), UNIT), int(exponent))
        if _is_positive(c, key):
            size = f.mul(size, own)
        else:
            rest = f.mul(rest, own)
    return size, rest


__all__ = ["angle", "is_principal", "principal_logarithm", "principal_power", "undone_exponential"]
