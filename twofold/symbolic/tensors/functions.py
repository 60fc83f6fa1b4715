"""Functions of index expressions, simplified where they are made: exponentials, logarithms, absolute values, symbolic powers,
conditions, explicit arrays.

Conditions are expressions of value 1 or 0: `positive(P)` where P > 0, `zero(P)` where P = 0, their products and complements.
Rules hold over the reals wherever both sides are defined.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.symbolic.tensors.algebra import add, as_slot, multiply, negative, product, scale, subtract
from twofold.symbolic.tensors.label import components
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Call,
    Delta,
    Factor,
    Index,
    Monomial,
    Number,
    Place,
    Poly,
    Slot,
    Tensor,
    constant,
    scalar,
    single,
)
from twofold.symbolic.tensors.powers import content, leading, power, primes
from twofold.symbolic.tensors.renaming import at
from twofold.symbolic.tensors.signs import always_nonnegative, always_positive, whole

ODD = frozenset("sin tan sinh tanh asin atan asinh atanh erf sign cbrt erfi Si".split())
EVEN = frozenset("cos cosh abs sinc".split())


def construct(op: str, arguments: tuple[Tensor, ...], slots: tuple[Slot, ...] = ()) -> Poly:
    """The entry of a function's value at some slots, simplified."""
    if op in _SCALAR:
        return _SCALAR[op](*(t.poly for t in arguments))
    if op == "array" or op.startswith("array:"):
        return _array(op, arguments, slots)
    if op in ("inv", "det"):
        from twofold.symbolic.tensors import inverse

        return at(inverse.inverse(arguments[0]), slots) if op == "inv" else inverse.determinant(arguments[0])
    if not slots and len(arguments) == 1 and not arguments[0].axes and op in (ODD | EVEN):
        return _parity(op, arguments[0].poly)
    return single(Call(op, arguments, slots))


def call(op: str, *polys: Poly) -> Poly:
    """A scalar function of scalars."""
    return construct(op, tuple(map(scalar, polys)))


def _array(op: str, entries: tuple[Tensor, ...], slots: tuple[Slot, ...]) -> Poly:
    """An entry of an explicit array; `op` is `array:rows:columns`, or `array:length`."""
    dims = [int(d) for d in op.split(":")[1:]]
    places = [s.constant if isinstance(s, Poly) else None for s in slots]
    if all(p is not None for p in places):
        offset = 0
        for p, d in zip(places, dims, strict=True):
            assert p is not None
            offset = offset * d + int(p) - 1
        return entries[offset].poly
    return single(Call(op, entries, slots))


def _parity(op: str, p: Poly) -> Poly:
    if not p.terms and op in ODD:
        return ZERO
    if p.terms and leading(p) < 0:
        value = single(Call(op, (scalar(negative(p)),)))
        return value if op in EVEN else negative(value)
    return single(Call(op, (scalar(p),)))


def exponential(p: Poly) -> Poly:
    """`exp(P)` as the product of the powers of `exp(m)` over the monomials m of P; `exp(c log u)` is `u^c`."""
    out = ONE
    for m, c in p.terms:
        if not m.powers:
            out = multiply(out, single(Call("exp", (scalar(ONE),)), c))
            continue
        logs = [f for f, e in m.powers if e == 1 and isinstance(f, Call) and f.op == "log" and f.indices.isdisjoint(m.bound)]
        if logs:
            rest = Poly(((Monomial(m.bound, tuple((f, e) for f, e in m.powers if f is not logs[0])), c),))
            out = multiply(out, symbolic_power(logs[0].inner, rest))
        else:
            out = multiply(out, single(Call("exp", (scalar(Poly(((m, 1),))),)), c))
    return out


def logarithm(p: Poly) -> Poly:
    """`log(P)`, the logarithms of positive factors and whole powers taken out."""
    number = p.constant
    if number is not None and number > 0:
        return _log_number(Fraction(number))
    if len(p.terms) > 1:
        return _log_of_sum(p)
    if not p.terms:
        return single(Call("log", (scalar(p),)))
    m, c = p.terms[0]
    out = _log_number(Fraction(abs(c)))
    stuck: list[tuple[Factor, Number]] = []
    rest = constant(1 if c > 0 else -1)
    for linked, inside in components(m.powers, m.bound):
        if linked:
            part = Poly(((Monomial(tuple(linked), tuple(inside)), 1),))
            if always_positive(part):
                out = add(out, single(Call("log", (scalar(part),))))
            else:
                rest = multiply(rest, part)
            continue
        f, e = inside[0]
        if always_positive(single(f)) or (e != int(e) and not (isinstance(f, Call) and f.op == "group" and f.inner.constant)):
            out = add(out, scale(_log_factor(f), e))
        elif e != int(e):
            out = add(out, scale(_log_number(Fraction(f.inner.constant or 1)), e))  # type: ignore[attr-defined]
        elif e % 2 == 0:
            out = add(out, scale(single(Call("log", (scalar(_absolute(single(f))),))), e))
        else:
            stuck.append((f, e))
    if len(stuck) == 1 and rest.constant == 1:
        return add(out, scale(_log_factor(stuck[0][0]), stuck[0][1]))
    inner = multiply(rest, product([single(f, e) for f, e in stuck]))
    return out if inner.constant == 1 else add(out, single(Call("log", (scalar(inner),))))


def _log_factor(f: Factor) -> Poly:
    if isinstance(f, Call):
        if f.op == "exp":
            return f.inner
        if f.op == "group":
            return single(Call("log", (scalar(f.inner),))) if len(f.inner.terms) == 1 else _log_of_sum(f.inner)
        if f.op == "power":
            return multiply(f.arguments[1].poly, logarithm(f.inner))
    return single(Call("log", (scalar(single(f)),)))


def _log_of_sum(p: Poly) -> Poly:
    """The logarithm of a sum: positive common factors come out."""
    outside, rest = content(p, Fraction(1, 2))
    inside = single(Call("log", (scalar(rest),)))
    return inside if outside.constant == 1 else add(scale(logarithm(outside), 2), inside)


def _log_number(c: Fraction) -> Poly:
    out = ZERO
    for n, sign in ((c.numerator, 1), (c.denominator, -1)):
        for p, k in primes(n):
            out = add(out, scale(single(Call("log", (scalar(constant(p)),))), sign * k))
    return out


def symbolic_power(base: Poly, exponent: Poly) -> Poly:
    """`b^E` as a product of powers over the monomials of E; whole numbers come out of the exponent."""
    number = exponent.constant
    if number is not None:
        return power(base, number)
    if base.constant == 1:
        return ONE
    if len(base.terms) == 1:
        m, c = base.terms[0]
        if not m.bound and c > 0 and all(always_positive(single(f)) for f, _ in m.powers):
            value = Fraction(c)
            numbers = [(p, k) for p, k in primes(value.numerator)] + [(p, -k) for p, k in primes(value.denominator)]
            if len(m.powers) + len(numbers) > 1 or any(k != 1 for _, k in numbers):
                parts = [symbolic_power(single(f), scale(exponent, e)) for f, e in m.powers]
                return product([*parts, *[symbolic_power(constant(p), scale(exponent, k)) for p, k in numbers]])
        if len(m.powers) == 1 and c == 1 and not m.bound:
            f, e = m.powers[0]
            if isinstance(f, Call) and f.op == "exp":
                return exponential(multiply(scale(f.inner, e), exponent))
            if e != 1 and always_positive(single(f)):
                return symbolic_power(single(f), scale(exponent, e))
            if e != 1 and e == int(e) and whole(exponent):
                return power(symbolic_power(single(f), exponent), e)
    sure = always_positive(base)
    out = ONE
    for m, c in exponent.terms:
        if not m.powers:
            out = multiply(out, power(base, c))
            continue
        outer: Number = c if sure else Fraction(c).numerator
        inner = Poly(((m, 1 if sure else Fraction(1, Fraction(c).denominator)),))
        out = multiply(out, single(Call("power", (scalar(base), scalar(inner))), outer))
    return out


def _absolute(p: Poly) -> Poly:
    """`abs(P)`, factors of known sign taken out."""
    if always_nonnegative(p):
        return p
    if always_nonnegative(negative(p)):
        return negative(p)
    if len(p.terms) != 1:
        return single(Call("abs", (scalar(negative(p) if leading(p) < 0 else p),)))
    m, c = p.terms[0]
    parts = [constant(abs(c))]
    for linked, inside in components(m.powers, m.bound):
        part = Poly(((Monomial(tuple(linked), tuple(inside)), 1),))
        if always_nonnegative(part):
            parts.append(part)
        elif linked:
            parts.append(single(Call("abs", (scalar(part),))))
        else:
            f, e = inside[0]
            parts.append(power(single(Call("abs", (scalar(single(f)),))), e))
    return product(parts)


def _sign(p: Poly) -> Poly:
    if always_positive(p):
        return ONE
    if always_positive(negative(p)):
        return constant(-1)
    return _parity("sign", p)


def _step(p: Poly) -> Poly:
    """The derivative of `relu`: 1 where P > 0, 0 where P < 0, undefined between."""
    if always_positive(p):
        return ONE
    return single(Call("step", (scalar(_reduced(p)),))) if p.terms else single(Call("step", (scalar(p),)))


def _relu(p: Poly) -> Poly:
    """The larger of P and 0; of a sign it is a condition."""
    of = _of_sign(p)
    if of is not None:
        return condition_positive(of)
    return single(Call("relu", (scalar(p),)))


def _of_sign(p: Poly) -> Poly | None:
    """Q where P is the sign of Q."""
    if len(p.terms) == 1:
        m, c = p.terms[0]
        if abs(c) == 1 and not m.bound and len(m.powers) == 1:
            f, e = m.powers[0]
            if isinstance(f, Call) and f.op == "sign" and e == 1 and not f.slots:
                return scale(f.inner, Fraction(1 if c > 0 else -1))
    return None


def condition_positive(p: Poly) -> Poly:
    """1 where P > 0, 0 elsewhere."""
    if always_positive(p):
        return ONE
    if always_nonnegative(negative(p)):
        return ZERO
    return single(Call("positive", (scalar(_reduced(p)),)))


def condition_zero(p: Poly) -> Poly:
    """1 where P = 0, 0 elsewhere; equality of two indices is a Kronecker delta."""
    number = p.constant
    if number is not None:
        return ZERO if number else ONE
    slots = _difference_of_places(p)
    if slots is not None:
        return single(Delta(*slots))
    p = _reduced(p)
    return single(Call("zero", (scalar(negative(p) if leading(p) < 0 else p),)))


def _reduced(p: Poly) -> Poly:
    """A positive rational multiple with whole coefficients and no common divisor."""
    least = min(abs(Fraction(c)) for _, c in p.terms)
    return scale(p, 1 / least)


def _difference_of_places(p: Poly) -> tuple[Slot, Slot] | None:
    """The slots a, b where P is the place a minus the place b, one of them at least an index."""
    places = [
        (f, c) for m, c in p.terms for f, e in m.powers if isinstance(f, Place) and len(m.powers) == 1 and e == 1 and abs(c) == 1
    ]
    if not places:
        return None
    (f, c) = places[0]
    assert isinstance(f, Place)
    other = scale(subtract(single(f), scale(p, c)), 1)
    index: Index = f.index
    if index in other.indices and len(other.terms) > 1:
        return None
    return index, as_slot(other)


_SCALAR = {
    "exp": exponential, "log": logarithm, "abs": _absolute, "sign": _sign, "power": symbolic_power,
    "step": _step, "relu": _relu, "positive": condition_positive, "zero": condition_zero, "group": lambda p: p,
    "sqrt": lambda p: power(p, Fraction(1, 2)),
}  # fmt: skip

__all__ = ["call", "construct", "exponential", "logarithm", "symbolic_power"]
