"""Terms as constants: arithmetic, and the functions whose values at such arguments are such constants again."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpz

from twofold.grammar.term import App, Const, Num, Term
from twofold.symbolic.constants import angles, gammas, integers, zetas
from twofold.symbolic.constants.constant import EULER, IM, PI, UNIT, Constant, Generator, TooLong

_NAMES = {"pi": PI, "euler_gamma": EULER, "im": IM}


def read(t: Term) -> Constant | None:
    """The constant that a term is; `None` where it is none, has no value, or is not known to be one."""
    try:
        found = _read(t)
    except TooLong:
        return None
    return None if found is None or _has_several_logarithms(found) else found


def _has_several_logarithms(c: Constant) -> bool:
    """Of several, SymPy's rules make one where that is shorter."""
    return len({g for m in c.terms for g, _ in m.powers if g.name == "log"}) > 1


def _read(t: Term) -> Constant | None:
    if isinstance(t, Num):
        return Constant.of(t.value)
    if isinstance(t, Const):
        g = _NAMES.get(t.name) if t.sort == "number" else None
        return None if g is None else Constant.power_of(g)
    if not isinstance(t, App) or t.shape:
        return None
    rule = _RULES.get(t.op)
    if rule is None:
        return None
    args = []
    for a in t.args:
        found = _read(a)
        if found is None:
            return None
        args.append(found)
    return rule(*args) if _ARITY.get(t.op, 1) == len(args) or t.op in _ANY else None


def _product(a: Constant, b: Constant) -> Constant | None:
    """Not where the product is the shorter form: of two sums whose product has more terms, of a sum and anything but a root or a Gaussian number."""
    made = a * b
    if len(a.terms) > 1 and len(b.terms) > 1:
        return made if len(made.terms) <= max(len(a.terms), len(b.terms)) else None
    if len(a.terms) > 1 or len(b.terms) > 1:
        one, total = (b, a) if len(a.terms) > 1 else (a, b)
        if one.rational() is None and not (_has_roots_alone(made) or _is_gaussian(one) and _is_gaussian(total)):
            return None
    return made


def _has_roots_alone(c: Constant) -> bool:
    return not any(m.powers for m in c.terms)


def _is_gaussian(c: Constant) -> bool:
    return all(m.root == 1 and all(g == IM for g, _ in m.powers) for m in c.terms)


def _over(a: Constant, b: Constant) -> Constant | None:
    inverse = b.inverse()
    return None if inverse is None else _product(a, inverse)


def _power(a: Constant, b: Constant) -> Constant | None:
    exponent = b.rational()
    if exponent is None:
        return None
    if exponent.denominator == 1:
        made = a.raised(int(exponent))
        return made if made is None or len(made.terms) <= max(1, len(a.terms)) else None
    root = root_of(a) if exponent.denominator == 2 else None
    return None if root is None else root.raised(exponent.numerator)


def root_of(a: Constant) -> Constant | None:
    """Of a rational number that is not negative times a power of pi, and of what is the square of a sum of two roots."""
    if len(a.terms) == 2:
        return _denested(a)
    if len(a.terms) > 1:
        return None
    if not a:
        return a
    ((m, c),) = a.terms.items()
    if m.root != 1 or c < 0 or any(g != PI or e % 2 for g, e in m.powers):
        return None
    root = Constant.root_of(c)
    return root if root is None or not m.powers else root * Constant.power_of(PI, m.powers[0][1] // 2)


def _denested(a: Constant) -> Constant | None:
    """sqrt(p + q*sqrt(n)) = sqrt((p + s)/2) + sqrt((p - s)/2), or their difference where q < 0, where s^2 = p^2 - n*q^2 is a rational square."""
    p = a.terms.get(UNIT)
    other = next(m for m in a.terms if m != UNIT)
    if p is None or p < 0 or other.powers:
        return None
    q = a.terms[other]
    s = Constant.root_of(p * p - other.root * q * q) if p * p >= other.root * q * q else None
    size = s.rational() if s is not None else None
    if size is None:
        return None
    first, second = Constant.root_of((p + size) / 2), Constant.root_of((p - size) / 2)
    return None if first is None or second is None else first + second if q > 0 else first - second


def _logarithm(a: Constant) -> Constant | None:
    """Of a power of a prime."""
    value = a.rational()
    if value is None or value <= 0:
        return None
    if value == 1:
        return Constant({})
    if value.numerator != 1 and value.denominator != 1:
        return None
    n = max(value.numerator, value.denominator)
    found = fmpz(n).factor() if n < 1 << 64 else ()
    if len(found) != 1:
        return None
    ((p, e),) = found
    return Constant.power_of(Generator("log", int(p)), 2, Fraction(int(e) if value > 1 else -int(e)))


def _modulus(a: Constant) -> Constant | None:
    real, other = (part.rational() for part in a.parts())
    if real is None or other is None:
        return None
    return Constant.of(abs(real)) if not other else Constant.root_of(real * real + other * other)


_RULES: dict[str, Callable[..., Constant | None]] = {
    "add": Constant.__add__,
    "sub": Constant.__sub__,
    "mul": _product,
    "neg": Constant.__neg__,
    "div": _over,
    "pow": _power,
    "sqrt": root_of,
    "log": _logarithm,
    "abs": _modulus,
    "conjugate": Constant.conjugate,
    "re": lambda a: a.parts()[0],
    "im": lambda a: a.parts()[1],
    **angles.RULES,
    **integers.RULES,
    **gammas.RULES,
    **zetas.RULES,
}
_ARITY = {
    **dict.fromkeys(("add", "sub", "mul", "div", "pow"), 2),
    **integers.ARITY,
    **gammas.ARITY,
    **zetas.ARITY,
}
_ANY = integers.ANY
