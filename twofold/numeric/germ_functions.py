"""Functions of germs that need a rule of their own: those that grow, oscillate, or have asymptotic series with known remainders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from twofold.numeric.germs import Germ, Germs, Mono
from twofold.numeric.outcomes import CannotEvaluate, Unresolved

Scalar = Any

_ZERO, _ONE = fmpq(0), fmpq(1)


def _unit(low: int, high: int) -> arb:
    return arb(low).union(arb(high))


def _wave(name: str) -> Callable[[Germs, Germ], Scalar]:
    def rule(m: Germs, g: Germ) -> Scalar:
        if any(m.tendency(t) > 0 for t in g.terms):
            return _unit(-1, 1)
        return m.settling(name, [g])

    return rule


def _hyperbolic(sign: int) -> Callable[[Germs, Germ], Scalar]:
    def rule(m: Germs, g: Germ) -> Scalar:
        if not m.direction(g):
            return m.settling("cosh" if sign > 0 else "sinh", [g])
        return m.div_(m.add_(m.exp(g), m.mul_(fmpq(sign), m.exp(m.neg_(g)))), fmpq(2))

    return rule


def _tanh(m: Germs, g: Germ) -> Scalar:
    """1 - 2 exp(-2x)/(1 + exp(-2x)) for x to infinity."""
    way = m.direction(g)
    if not way:
        return m.settling("tanh", [g])
    t = m.exp(m.mul_(fmpq(-2 * way), g))
    return m.mul_(fmpq(way), m.sub_(_ONE, m.div_(m.mul_(fmpq(2), t), m.add_(_ONE, t))))


def _atan(m: Germs, g: Germ) -> Scalar:
    way = m.direction(g)
    if not way:
        return m.settling("atan", [g])
    small = m.call_("atan", [m.div_(_ONE, g)])
    return m.sub_(m.balls.mul_(fmpq(way), arb.pi() / 2), small)


def _erfc_positive(m: Germs, g: Scalar) -> Scalar:
    """exp(-x^2)/(x sqrt(pi)) (1 - [0, 1]/(2 x^2)) for x > 0."""
    square = m.mul_(g, g)
    decay = m.div_(m.exp(m.neg_(square)), m.mul_(g, arb.pi().sqrt()))
    return m.mul_(decay, m.sub_(_ONE, m.div_(m.mul_(_unit(0, 1), fmpq(1, 2)), square)))


def _erf(complement: bool) -> Callable[[Germs, Germ], Scalar]:
    def rule(m: Germs, g: Germ) -> Scalar:
        way = m.direction(g)
        if not way:
            return m.settling("erfc" if complement else "erf", [g])
        tail = _erfc_positive(m, m.mul_(fmpq(way), g))
        if complement:
            return tail if way > 0 else m.sub_(fmpq(2), tail)
        return m.mul_(fmpq(way), m.sub_(_ONE, tail))

    return rule


def _loggamma(m: Germs, g: Germ) -> Scalar:
    """Stirling's series with one correction: the remainder is between 0 and -1/(360 z^3)."""
    if not (way := m.direction(g)):
        return m.settling("loggamma", [g])
    if way < 0:
        raise CannotEvaluate("loggamma near infinity")
    main = m.sub_(m.mul_(m.sub_(g, fmpq(1, 2)), m.log(g)), g)
    main = m.add_(main, (2 * arb.pi()).log() / 2)
    main = m.add_(main, m.div_(fmpq(1, 12), g))
    return m.sub_(main, m.div_(_unit(0, 1) / 360, m.mul_(g, m.mul_(g, g))))


def _gamma(m: Germs, g: Germ) -> Scalar:
    return m.exp(_loggamma(m, g)) if m.direction(g) else m.settling("gamma", [g])


def _digamma(m: Germs, g: Germ) -> Scalar:
    """log z - 1/(2z) - 1/(12 z^2) + [0, 1]/(120 z^4)."""
    if not (way := m.direction(g)):
        return m.settling("digamma", [g])
    if way < 0:
        raise CannotEvaluate("digamma near infinity")
    square = m.mul_(g, g)
    out = m.sub_(m.sub_(m.log(g), m.div_(fmpq(1, 2), g)), m.div_(fmpq(1, 12), square))
    return m.add_(out, m.div_(_unit(0, 1) / 120, m.mul_(square, square)))


def _binomial(m: Germs, n: Scalar, k: Scalar) -> Scalar:
    if not isinstance(k, Germ) and (j := m.balls.small_integer(k)) is not None and 0 <= j <= 12:
        out: Scalar = _ONE
        for i in range(j):
            out = m.mul_(out, m.div_(m.sub_(n, fmpq(i)), fmpq(i + 1)))
        return out
    parts = [m.add_(n, _ONE), m.add_(k, _ONE), m.add_(m.sub_(n, k), _ONE)]
    logs = [_loggamma(m, x) if isinstance(x, Germ) else m.balls.call_("loggamma", [x]) for x in parts]
    return m.exp(m.sub_(m.sub_(logs[0], logs[1]), logs[2]))


def _rising(m: Germs, x: Scalar, k: Scalar) -> Scalar:
    logs = [_loggamma(m, y) if isinstance(y, Germ) else m.balls.call_("loggamma", [y]) for y in (m.add_(x, k), x)]
    return m.exp(m.sub_(*logs))


def _abs(m: Germs, g: Germ) -> Scalar:
    c = m.collapsed(g)
    if type(c.c) is not fmpq and c.c.contains(0):
        return Germ((Mono(abs(c.c), *c.shape()),))
    return g if m.sign(c.c) > 0 else m.neg_(g)


def _sign(m: Germs, g: Germ) -> Scalar:
    c = m.collapsed(g).c
    return _unit(-1, 1) if type(c) is not fmpq and c.contains(0) else fmpq(m.sign(c))


def _floor(m: Germs, g: Germ) -> Scalar:
    """The whole number that a germ which stays bounded lies above for all u >= R, or the range of what floor leaves."""
    if not m.direction(g):
        place = arb(m.enclosure(g)).mid().floor()
        whole = m.balls.small_integer(place)
        for k in () if whole is None else (whole - 1, whole, whole + 1):
            try:
                if m.compare_("ge", g, fmpq(k)) and m.compare_("lt", g, fmpq(k + 1)):
                    return fmpq(k)
            except Unresolved:
                continue
    return m.add_(g, _unit(-1, 0))


def _ceil(m: Germs, g: Germ) -> Scalar:
    return m.neg_(_floor(m, m.up(m.neg_(g))))


def _mod(m: Germs, a: Scalar, b: Scalar) -> Scalar:
    quotient = m.div_(a, b)
    low = _floor(m, quotient) if isinstance(quotient, Germ) else m.balls.call_("floor", [quotient])
    return m.sub_(a, m.mul_(b, low))


def _extreme(way: str) -> Callable[..., Scalar]:
    def rule(m: Germs, *args: Scalar) -> Scalar:
        out = args[0]
        for a in args[1:]:
            out = out if m.compare_(way, out, a) else a
        return out

    return rule


def _ratio(top: str, bottom: str) -> Callable[[Germs, Germ], Scalar]:
    """tan and its like as quotients: next to a pole too."""

    def rule(m: Germs, g: Germ) -> Scalar:
        over = _ONE if not top else m.call_(top, [g])
        return m.div_(over, m.call_(bottom, [g]))

    return rule


RULES: dict[str, Callable[..., Scalar]] = {
    "tan": _ratio("sin", "cos"), "cot": _ratio("cos", "sin"), "sec": _ratio("", "cos"), "csc": _ratio("", "sin"),
    "coth": _ratio("cosh", "sinh"), "csch": _ratio("", "sinh"),
    "exp": Germs.exp, "log": Germs.log, "sqrt": lambda m, g: m.real_power(g, fmpq(1, 2)), "sin": _wave("sin"), "cos": _wave("cos"),
    "sinh": _hyperbolic(-1), "cosh": _hyperbolic(1), "tanh": _tanh, "atan": _atan, "erf": _erf(False), "erfc": _erf(True),
    "sech": lambda m, g: m.div_(_ONE, _hyperbolic(1)(m, g)), "loggamma": _loggamma, "gamma": _gamma, "digamma": _digamma,
    "factorial": lambda m, g: _gamma(m, m.add_(g, _ONE)), "binomial": _binomial, "rising": _rising, "abs": _abs, "sign": _sign,
    "floor": _floor, "ceil": _ceil, "mod": _mod, "max": _extreme("ge"), "min": _extreme("le"),
    "re": lambda m, g: g, "im": lambda m, g: _ZERO, "conjugate": lambda m, g: g,
}  # fmt: skip
