"""Laurent polynomials in numbered generators with rational exponents, as dictionaries; the heavy operations go through FLINT.

A monomial is a sorted tuple of (generator number, exponent), exponents being non-zero ints or Fractions; a polynomial maps monomials to
non-zero `fmpq`.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

Exponent = int | Fraction
Mono = tuple[tuple[int, Exponent], ...]
Poly = dict[Mono, fmpq]

ONE: Mono = ()
_HEAVY = 400
_LARGEST = 4_000_000

_HIGHEST = 20_000
"""The degree of a polynomial that is factored: FLINT takes minutes beyond it, and ends the process where there is no memory for all coefficients."""


class TooLarge(Exception):
    """An expansion that would not fit; the caller gives up."""


def constant(value: fmpq | int) -> Poly:
    c = fmpq(value) if isinstance(value, int) else value
    return {ONE: c} if c != 0 else {}


def tidy(e: Exponent) -> Exponent:
    return int(e) if isinstance(e, Fraction) and e.denominator == 1 else e


def mono_mul(a: Mono, b: Mono) -> Mono:
    if not a:
        return b
    if not b:
        return a
    powers = dict(a)
    for g, e in b:
        total = tidy(powers.get(g, 0) + e)
        if total:
            powers[g] = total
        else:
            del powers[g]
    return tuple(sorted(powers.items()))


def mono_pow(a: Mono, k: Exponent) -> Mono:
    return tuple((g, tidy(e * k)) for g, e in a) if k else ONE


def add(a: Poly, b: Poly, scale: fmpq | int = 1) -> Poly:
    out = dict(a)
    for m, c in b.items():
        total = out.get(m, 0) + c * scale
        if total:
            out[m] = total
        else:
            out.pop(m, None)
    return out


def scaled(a: Poly, c: fmpq, m: Mono = ONE) -> Poly:
    return {mono_mul(k, m): v * c for k, v in a.items()} if c else {}


def mul(a: Poly, b: Poly) -> Poly:
    if len(a) > len(b):
        a, b = b, a
    if not a:
        return {}
    if len(a) == 1:
        ((m, c),) = a.items()
        return scaled(b, c, m)
    if len(a) * len(b) > _LARGEST * 10:
        raise TooLarge("a product of this many terms")
    if len(a) * len(b) > _HEAVY:
        frame = Frame(a, b)
        return frame.back(frame.to(a) * frame.to(b), 2)
    out: Poly = {}
    for m, c in a.items():
        for n, d in b.items():
            k = mono_mul(m, n)
            total = out.get(k, 0) + c * d
            if total:
                out[k] = total
            else:
                out.pop(k, None)
    return out


def power(a: Poly, k: int) -> Poly:
    """A nonnegative integer power."""
    if k == 0:
        return constant(1)
    if len(a) <= 1:
        return {mono_pow(m, k): scalar_power(c, k) for m, c in a.items()}
    if k * len(a) > 20_000 or (k > 60 and len(a) > 4):
        raise TooLarge("an expansion of this power")
    if k == 1:
        return a
    frame = Frame(a)
    return frame.back(frame.to(a) ** k, k)


def scalar_power(c: fmpq, k: int) -> fmpq:
    if max(int(c.p).bit_length(), int(c.q).bit_length()) * k > 1_000_000:
        raise TooLarge("a power of this many digits")
    return c**k


def generators(*polys: Poly) -> list[int]:
    return sorted({g for p in polys for m in p for g, _ in m})


def lowest(a: Poly) -> Mono:
    """The monomial content: the least exponent of every generator."""
    least: dict[int, Exponent] = {}
    first = True
    for m in a:
        powers = dict(m)
        if first:
            least, first = powers, False
            continue
        for g in list(least):
            least[g] = min(least[g], powers.get(g, 0))
        for g, e in powers.items():
            if g not in least and e < 0:
                least[g] = e
            elif g not in least:
                least[g] = 0
    return tuple(sorted((g, e) for g, e in least.items() if e))


def content(a: Poly) -> fmpq:
    """The positive rational whose quotient has coprime integer coefficients."""
    top, bottom = 0, 1
    for c in a.values():
        top, bottom = gcd(top, abs(int(c.p))), lcm(bottom, int(c.q))
    return fmpq(top, bottom)


class Frame:
    """A FLINT context for some polynomials: exponents are made nonnegative and whole by a shift and a scale per generator."""

    def __init__(self, *polys: Poly) -> None:
        self.numbers = generators(*polys)
        scale = dict.fromkeys(self.numbers, 1)
        shift: dict[int, Exponent] = dict.fromkeys(self.numbers, 0)
        for p in polys:
            for m in p:
                for g, e in m:
                    if isinstance(e, Fraction):
                        scale[g] = lcm(scale[g], e.denominator)
                    if e < shift[g]:
                        shift[g] = e
        self.scale, self.shift = scale, shift
        self.place = {g: k for k, g in enumerate(self.numbers)}
        names = tuple(f"g{k}" for k in range(max(1, len(self.numbers))))
        self.context = fmpq_mpoly_ctx.get(names, Ordering.lex)

    def to(self, a: Poly) -> fmpq_mpoly:
        width = max(1, len(self.numbers))
        base = [int(-self.shift[g] * self.scale[g]) for g in self.numbers] or [0]
        rows = {}
        for m, c in a.items():
            exponents = list(base)
            for g, e in m:
                exponents[self.place[g]] += int(e * self.scale[g])
            rows[tuple(exponents[:width])] = c
        return self.context.from_dict(rows)

    def back(self, p: fmpq_mpoly, times: int = 1) -> Poly:
        """A polynomial again; `times` is how many shifted factors went into it."""
        if len(p) > _LARGEST:
            raise TooLarge("an expansion of this many terms")
        out: Poly = {}
        for exponents, c in p.to_dict().items():
            mono = []
            for k, g in enumerate(self.numbers):
                e = tidy(Fraction(int(exponents[k]), self.scale[g]) + self.shift[g] * times)
                if e:
                    mono.append((g, e))
            out[tuple(mono)] = c
        return out


def leading_sign(a: Poly) -> int:
    """The sign of the coefficient of the greatest monomial: a choice of one among p and -p."""
    top = max(a)
    return 1 if a[top] > 0 else -1


def primitive(a: Poly) -> tuple[fmpq, Mono, Poly]:
    """`a = c * m * p` with p primitive over the integers, of positive leading coefficient and without monomial content."""
    m = lowest(a)
    inverse = mono_pow(m, -1)
    stripped = {mono_mul(k, inverse): v for k, v in a.items()}
    c = content(stripped) * leading_sign(stripped)
    return c, m, {k: v / c for k, v in stripped.items()}


def factors(a: Poly) -> tuple[fmpq, Mono, list[tuple[Poly, int]]]:
    """`a = c * m * prod p_i^e_i` with primitive, irreducible p_i (irreducible in the whole powers of the generators used)."""
    c, m, p = primitive(a)
    if len(p) == 1:
        return c, m, []
    frame = Frame(p)
    whole = frame.to(p)
    if max(map(int, whole.degrees())) > _HIGHEST:
        raise TooLarge("a polynomial of this degree")
    try:
        scalar, found = whole.factor()
    except RuntimeError:
        # FLINT gives up on exponents that do not fit its words.
        raise TooLarge("a polynomial that is not factored") from None
    c *= scalar
    out = []
    for f, e in found:
        d, n, q = primitive(frame.back(f, 0))
        c *= d ** int(e)
        m = mono_mul(m, mono_pow(n, int(e)))
        if len(q) > 1:
            out.append((q, int(e)))
        elif q:
            ((k, v),) = q.items()
            c *= v ** int(e)
            m = mono_mul(m, mono_pow(k, int(e)))
    return c, m, out


def common(a: Poly, b: Poly) -> Poly:
    """A greatest common divisor, up to a unit."""
    if len(a) == 1 or len(b) == 1:
        return constant(1)
    frame = Frame(a, b)
    g = frame.to(a).gcd(frame.to(b))
    return constant(1) if g.is_constant() else primitive(frame.back(g, 0))[2]


def exact_quotient(a: Poly, b: Poly) -> Poly | None:
    """`a / b` where b divides a, else None."""
    if not a:
        return {}
    if len(b) == 1:
        ((m, c),) = b.items()
        return scaled(a, 1 / c, mono_pow(m, -1))
    ma, mb = lowest(a), lowest(b)
    a = {mono_mul(k, mono_pow(ma, -1)): v for k, v in a.items()}
    b = {mono_mul(k, mono_pow(mb, -1)): v for k, v in b.items()}
    frame = Frame(a, b)
    q, r = divmod(frame.to(a), frame.to(b))
    if not r.is_zero():
        return None
    return scaled(frame.back(q, 0), fmpq(1), mono_mul(ma, mono_pow(mb, -1)))


def divide(a: Poly, b: Poly) -> tuple[Poly, Poly]:
    """Quotient and remainder by multivariate division in the fixed order; both without negative exponents in b."""
    frame = Frame(a, b)
    if any(frame.shift.values()):
        return {}, a
    q, r = divmod(frame.to(a), frame.to(b))
    return frame.back(q, 0), frame.back(r, 0)


def cancelled(num: Poly, den: Poly) -> tuple[Poly, Poly]:
    """A fraction in lowest terms, as far as common factors with several terms go."""
    if len(den) == 1 or len(num) == 1:
        return num, den
    if num == den:
        return constant(1), constant(1)
    g = common(num, den)
    if len(g) == 1:
        return num, den
    top, bottom = exact_quotient(num, g), exact_quotient(den, g)
    if top is None or bottom is None:
        return num, den
    return top, bottom
