"""Logarithms, roots, absolute values and powers, factor by factor."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.grammar.term import App, Const
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, primes, rule
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element, Key

HALF = Fraction(1, 2)


def base_of(c: Converter, key: Key) -> P.Poly:
    """The polynomial a factor of `Converter.split` stands for."""
    return {((key[1], 1),): fmpq(1)} if key[0] == "gen" else dict(key[1])


def magnitude(c: Converter, base: object, e: P.Exponent) -> Element:
    """|p|^e for a prime number or a polynomial given as the key of a log kernel."""
    f = c.field
    if isinstance(base, int):
        return f.monomial(((f.kernel(("prime", base)), P.tidy(Fraction(e))),))
    assert isinstance(base, frozenset)
    poly = dict(base)
    sign = c.signs.of(poly)
    if sign:
        if sign in ("+", "-") or base not in f.signs:
            f.signs.setdefault(base, sign)
        if Fraction(e).denominator == 1:
            p = Element(poly, UNIT) if sign.endswith("+") else Element(P.scaled(poly, fmpq(-1)), UNIT)
            return f.power(p, int(e))
    elif Fraction(e).denominator == 1 and int(e) % 2 == 0:
        return f.power(Element(f.squared(poly), UNIT), int(e) // 2) if f.turns(poly) else f.power(Element(poly, UNIT), int(e))
    g = f.kernel(("abs", base))
    low = Fraction(e)
    period = f._period(g)
    whole = int(low // period) * period
    out = f.monomial(((g, P.tidy(low - whole)),)) if low != whole else f.number(1)
    if whole:
        p = Element(poly if not (sign or "").endswith("-") else P.scaled(poly, fmpq(-1)), UNIT)
        out = f.mul(out, f.power(Element(f.squared(poly), UNIT), whole // 2) if f.turns(poly) else f.power(p, whole))
    return out


def magnitude_of(c: Converter, u: Element, e: Fraction) -> Element:
    """|u|^e, factor by factor."""
    f = c.field
    value, found = c.split(u)
    out = f.number(1)
    for q, k in _number(c, abs(value)):
        out = f.mul(out, magnitude(c, q, k * e) if isinstance(q, int) else f.monomial(((q[0], P.tidy(k * e)),)))
    for key, k in found:
        out = f.mul(out, _factor_magnitude(c, key, Fraction(k) * e))
    return out


def _number(c: Converter, value: Fraction) -> list:  # type: ignore[type-arg]
    """Prime factors of a positive rational; a number too long to factor is a kernel of its own."""
    if value == 1:
        return []
    split = primes(value)
    if split is not None:
        return list(split)
    out = []
    for n, e in ((value.numerator, 1), (value.denominator, -1)):
        if n != 1:
            g = c.field.kernel(("prime", n))
            out.append(((g,), e))
    return out


def _factor_magnitude(c: Converter, key: Key, e: Fraction) -> Element:
    f = c.field
    if key[0] == "gen":
        g = key[1]
        if g in f.positive:
            return f.monomial(((g, P.tidy(e)),))
        if f.kernels[g][0] == "ipow" and f.kernels[g][2] == () and f.kernels[g][1] != "minus":
            return magnitude(c, f.kernels[g][1], e)
        if f.kernels[g][0] in ("unit", "cis", "phase"):
            return f.number(1) if f.real else c.opaque("power", [("gen", g), e])
    return magnitude(c, frozenset(base_of(c, key).items()), e)


def logarithm(c: Converter, u: Element) -> Element:
    """log(u): over the reals, where it has a value only for u > 0, and its principal value in the complex reading."""
    known = u.rational()
    if c.field.real or not u.num or (known is not None and known > 0):
        return real_logarithm(c, u)
    from twofold.symbolic.normal.angles import principal_logarithm

    return principal_logarithm(c, u)


def real_logarithm(c: Converter, u: Element) -> Element:
    """log(u) where it is a real number, which asks for u > 0: the sum of the logarithms of the factors' magnitudes."""
    f = c.field
    if not u.num:
        return c.opaque("log_of_zero", [])
    if (square := _square(c, u)) is not None:
        return f.mul(f.number(HALF), logarithm(c, f.number(square)))
    value, found = c.split(u)
    out = f.number(0)
    for q, k in _number(c, abs(value)):
        base = q if isinstance(q, int) else f.kernels[q[0]][1]
        out = f.add(out, f.mul(f.number(Fraction(k)), log_kernel(c, base)))
    for key, k in found:
        out = f.add(out, f.mul(f.number(Fraction(k)), log_factor(c, key)))
    return out


def _square(c: Converter, u: Element) -> Fraction | None:
    """The square of a constant made of roots of unity, as cos(pi/4) is, where that is a positive rational number."""
    f = c.field
    used = P.generators(u.num, u.den)
    if f.unit not in used or any(f.kernels[g][0] not in ("unit", "prime") for g in used):
        return None
    square = f.mul(u, u)
    value = f.made(f.zeroed(square.num), f.zeroed(square.den)).rational()
    return value if value is not None and value > 0 else None


def log_kernel(c: Converter, base: object) -> Element:
    """log|p| of a prime or an irreducible polynomial."""
    f = c.field
    g = f.kernel(("log", base))
    if isinstance(base, int):
        c.signs.bounds.setdefault(g, (Fraction(0), True, None, True))
    return f.monomial(((g, 1),))


def log_factor(c: Converter, key: Key) -> Element:
    """log|p| of a factor: exponentials give their exponents, roots a fraction of the logarithm of their base."""
    f = c.field
    if key[0] == "gen":
        kernel = f.kernels[key[1]]
        if kernel[0] == "exp":
            den = dict(kernel[2]) if kernel[2] is not None else UNIT
            return f.made({kernel[1]: fmpq(1)}, den) if kernel[1] else f.mul(f.number(1), Element(UNIT, den))
        if kernel[0] == "growth":
            return Element(dict(kernel[1][0]), dict(kernel[1][1]))
        if kernel[0] == "phase":
            return f.number(0)
        if kernel[0] == "abs":
            return log_kernel(c, kernel[1])
        if kernel[0] == "prime":
            return log_kernel(c, kernel[1])
        if kernel[0] == "ipow" and kernel[1] == "minus":
            return f.number(0)
        if kernel[0] == "ipow":
            base = log_kernel(c, kernel[1])
            return base if kernel[2] == () else f.mul(f.monomial(kernel[2]), base)
        if kernel[0] == "lambertw" and f.real:
            inside = Element(dict(kernel[1][0]), dict(kernel[1][1]))
            return f.sub(logarithm(c, inside), f.monomial(((key[1], 1),)))
        if kernel[0] == "gamma":
            return f.atom(("loggamma", *kernel[1:]))
        if kernel[0] == "product":
            from twofold.symbolic.normal.ranged import log_of_product

            return log_of_product(c, kernel)
        if kernel[0] == "unit":
            return f.number(0)
    return log_kernel(c, frozenset(base_of(c, key).items()))


@rule("log")
def _log(c: Converter, t: App) -> Element:
    from twofold.symbolic.normal.angles import undone_exponential

    found = None if c.field.real else undone_exponential(c, t.args[0])
    return logarithm(c, c(t.args[0])) if found is None else found


@rule("sqrt")
def _sqrt(c: Converter, t: App) -> Element:
    return power(c, c(t.args[0]), c.field.number(HALF))


@rule("cbrt")
def _cbrt(c: Converter, t: App) -> Element:
    return odd_root(c, c(t.args[0]), 3)


@rule("root")
def _root(c: Converter, t: App) -> Element:
    degree = c(t.args[1]).rational()
    u = c(t.args[0])
    if degree is None or degree.denominator != 1 or degree < 1:
        return c.function(t)
    return odd_root(c, u, int(degree)) if degree % 2 else power(c, u, c.field.number(1 / degree))


def odd_root(c: Converter, u: Element, degree: int) -> Element:
    """The real root of odd degree: it is multiplicative, with the sign."""
    f = c.field
    if not f.real:
        return c.opaque("root", [u.key, degree])
    if not u.num:
        return f.number(0)
    value, found = c.split(u)
    out = f.number(1 if value > 0 else -1)
    for q, k in _number(c, abs(value)):
        e = Fraction(k, degree)
        out = f.mul(out, magnitude(c, q, e) if isinstance(q, int) else f.monomial(((q[0], P.tidy(e)),)))
    for key, k in found:
        p = base_of(c, key)
        sign = c.signs.of(p) if not (key[0] == "gen" and key[1] in f.positive) else "+"
        e = Fraction(k) / degree
        if sign:
            out = f.mul(out, _factor_magnitude(c, key, e))
            if sign.endswith("-") and Fraction(k).denominator == 1 and int(k) % 2:
                out = f.neg(out)
        else:
            whole = int(e // 1)
            root = f.monomial(((f.kernel(("cbrt", frozenset(p.items()))), P.tidy(e - whole)),)) if e != whole else f.number(1)
            out = f.mul(out, f.mul(root, f.power(Element(p, UNIT), whole)))
    return out


@rule("abs")
def _abs(c: Converter, t: App) -> Element:
    u = c(t.args[0])
    if not c.field.real:
        from twofold.symbolic.normal.conjugates import magnitude

        found = magnitude(c, u)
        return c.opaque("abs_of", [u.key]) if found is None else found
    return magnitude_of(c, u, Fraction(1)) if u.num else u


@rule("sign")
def _sign(c: Converter, t: App) -> Element:
    u = c(t.args[0])
    r = u.rational()
    if r is not None:
        return c.field.number((r > 0) - (r < 0))
    top = c.signs.of(u.num)
    below = "+" if len(u.den) == 1 else c.signs.of(u.den)
    if top in ("+", "-") and below in ("+", "-"):
        return c.field.number(1 if top == below else -1)
    return c.opaque("sign", [u.key])


def power(c: Converter, a: Element, u: Element) -> Element:
    """a^u: whole powers exactly, rational powers by magnitudes (a value exists only for a >= 0), symbolic ones factor by factor."""
    f = c.field
    r = u.rational()
    if r is not None and r.denominator == 1:
        if abs(r) > 10**5 and (known := a.rational()) is not None and known > 0 and known != 1:
            g = f.kernel(("huge", known, int(r)))
            f.positive.add(g)
            return f.monomial(((g, 1),))
        if abs(r) > 10**6:
            raise P.TooLarge("a power of this size")
        if not a.num and r < 0:
            return c.opaque("power_of_zero", [])
        return f.power(a, int(r))
    if not a.num:
        sure = r > 0 if r is not None else len(u.den) == 1 and c.signs.of(u.num) == "+"
        return f.number(0) if sure else c.opaque("power", [a.key, u.key])
    known = a.rational()
    if not f.real and not (known is not None and known > 0) and not _all_positive(c, a):
        return _complex_power(c, a, u)
    if r is not None:
        if known is not None and known < 0:
            return c.opaque("power", [a.key, u.key])
        return magnitude_of(c, a, r)
    return _symbolic(c, a, u)


def _all_positive(c: Converter, a: Element) -> bool:
    return (
        len(a.num) == 1
        and len(a.den) == 1
        and all(g in c.field.positive for m in a.num for g, _ in m)
        and all(v > 0 for v in a.num.values())
    )


def is_whole(c: Converter, u: Element) -> bool:
    """Whether an exponent takes whole values alone."""
    return len(u.den) == 1 and all(v.q == 1 and (m == () or c.is_integer(m)) for m, v in u.num.items())


def _whole_power(c: Converter, a: Element, u: Element) -> Element | None:
    """a^u for a symbolic whole u, factor by factor: De Moivre's theorem. None where a factor is of no known kind."""
    f = c.field
    if len(a.num) != 1 or len(a.den) != 1:
        return None
    ((m, v),) = a.num.items()
    turn = Fraction(1 if v < 0 else 0)
    out = power(c, f.number(abs(Fraction(int(v.p), int(v.q)))), u)
    for g, e in m:
        key = f.kernels[g]
        if g == f.unit:
            turn += Fraction(e)
        elif key[0] == "cis":
            angle = f.made({key[1]: fmpq(1)}, dict(key[2]) if key[2] is not None else UNIT)
            out = f.mul(out, exp_of(c, f.mul(f.mul(angle, u), f.number(Fraction(e))), imaginary=True))
        elif g in f.positive:
            out = f.mul(out, power(c, f.monomial(((g, e),)), u))
        elif c.signs.of({((g, 1),): fmpq(1)}) == "+":
            logarithm_of = log_kernel(c, frozenset({((g, 1),): fmpq(1)}.items()))
            out = f.mul(out, exp_of(c, f.mul(f.mul(u, f.number(Fraction(e))), logarithm_of)))
        else:
            return None
    turn = turn % 2 if turn % 2 <= 1 else turn % 2 - 2  # whole powers do not see full turns
    return f.mul(out, exp_of(c, f.mul(f.mul(c(Const("pi")), f.number(turn)), u), imaginary=True)) if turn else out


def _complex_power(c: Converter, a: Element, u: Element) -> Element:
    """Principal powers of what is not known to be positive: exp(u*log(a)), whole shifts of rational exponents taken out, nothing else."""
    f = c.field
    r = u.rational()
    if r is None:
        turned = _whole_power(c, a, u) if is_whole(c, u) else None
        return exp_of(c, f.mul(u, logarithm(c, a))) if turned is None else turned
    from twofold.symbolic.normal.angles import principal_power

    known = a.rational()
    if known is not None:
        return f.mul(magnitude_of(c, f.number(-known), r), f.monomial(((f.unit, P.tidy(r)),)))
    if (found := principal_power(c, a, r)) is not None:
        return found
    if len(a.den) == 1:
        size = abs(P.content(a.num))
        base = f.kernel(("principal", frozenset(P.scaled(a.num, 1 / size).items())))
        return f.mul(magnitude_of(c, f.number(Fraction(int(size.p), int(size.q))), r), f.monomial(((base, P.tidy(r)),)))
    whole = int(r // 1)
    rest = f.sub(u, f.number(whole))
    out = f.power(a, whole) if whole else f.number(1)
    return f.mul(out, c.opaque("power", [a.key, rest.key])) if rest.num else out


def _symbolic(c: Converter, a: Element, u: Element) -> Element:
    """Powers with symbols in the exponent."""
    f = c.field
    top, below = c.signs.of(a.num), ("+" if len(a.den) == 1 else c.signs.of(a.den))
    if top is not None and below in ("+", "-") and top[-1] == below:
        total = f.number(0)
        value, found = c.split(a)
        for q, k in _number(c, abs(value)):
            total = f.add(total, f.mul(f.number(Fraction(k)), log_kernel(c, q if isinstance(q, int) else f.kernels[q[0]][1])))
        for key, k in found:
            total = f.add(total, f.mul(f.number(Fraction(k)), log_factor(c, key)))
        return exp_of(c, f.mul(u, total))
    value, found = c.split(a)
    out = f.number(1)
    whole = (
        len(u.den) == 1
        and all(c.is_integer(m) and v.q == 1 for m, v in u.num.items() if m != ())
        and u.num.get((), fmpq(0)).q == 1
    )
    if value < 0:
        if not whole:
            return c.opaque("power", [a.key, u.key])
        out = f.mul(out, _formal(c, "minus", u, 1))
    for q, k in _number(c, abs(value)):
        base = q if isinstance(q, int) else f.kernels[q[0]][1]
        out = f.mul(out, exp_of(c, f.mul(f.mul(u, f.number(Fraction(k))), log_kernel(c, base))))
    for key, k in found:
        p = base_of(c, key)
        positive = (key[0] == "gen" and key[1] in f.positive) or c.signs.of(p) in ("+", "0+")
        if positive or (not whole and isinstance(k, int) and k % 2 == 0):
            out = f.mul(out, exp_of(c, f.mul(f.mul(u, f.number(Fraction(k))), log_factor(c, key))))
        elif whole and isinstance(k, int) and c.signs.of(p) == "-":
            out = f.mul(out, exp_of(c, f.mul(f.mul(u, f.number(Fraction(k))), log_factor(c, key))))
            out = f.mul(out, _formal(c, "minus", u, k))
        elif isinstance(k, int):
            out = f.mul(out, _formal(c, frozenset(p.items()), u, k))
        else:
            return c.opaque("power", [a.key, u.key])
    return out


def parity(m: P.Mono) -> P.Mono:
    """A product of whole numbers that is odd where a product of powers of them is: n^2 is odd where n is."""
    return tuple((g, 1) for g, _ in m)


def _formal(c: Converter, base: object, u: Element, k: int) -> Element:
    """base^(k*u) term by term of u, the base being of unknown sign (a value exists only for whole exponents, or where it is positive)."""
    f = c.field
    if len(u.den) > 1:
        return c.opaque("power", [base, u.key, k])
    out = f.number(1)
    for m, v in u.num.items():
        e = Fraction(int(v.p), int(v.q)) * k
        if base == "minus" and m != () and e.denominator == 1:
            out = f.mul(out, f.monomial(((f.kernel(("ipow", base, parity(m))), int(e) % 2),)) if e % 2 else f.number(1))
        elif m == ():
            if base == "minus":
                out = f.mul(out, f.number((-1) ** int(e)))
            elif e.denominator == 1:
                assert isinstance(base, frozenset)
                out = f.mul(out, f.power(Element(dict(base), UNIT), int(e)))
            else:
                return c.opaque("power", [base, u.key, k])
        elif e.denominator == 1:
            out = f.mul(out, f.monomial(((f.kernel(("ipow", base, m)), int(e)),)))
        else:
            out = f.mul(out, f.monomial(((f.kernel(("ipow", base, P.mono_pow(m, 1), e.denominator)), e.numerator),)))
    return out
