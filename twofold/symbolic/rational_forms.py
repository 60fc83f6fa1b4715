"""Forms of rational functions of plain names with rational coefficients, straight from terms through FLINT and back.

They are written as SymPy's are: sums in lexicographic order with the names in alphabetical order, signs by the leading coefficient with
`x`, `y`, `z` before the letters from `p` on and those before the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple, TypeAlias

from flint import fmpq_poly

from twofold.catalogue.display import show
from twofold.grammar.term import App, Num, Symbol, Term, Var, num, subterms
from twofold.symbolic.algebra.flint_matrices import Polynomials, fraction
from twofold.symbolic.arithmetic import make, negate, over, plain_product, power

MOST_TERMS = 400
MOST_POWER = 30
"""Terms of a polynomial and powers beyond which nothing is tried here."""

Quotient: TypeAlias = tuple[Any, Any]
Monomial: TypeAlias = tuple[tuple[int, int], ...]


class PartialFractions(NamedTuple):
    """`whole` are the coefficients of a polynomial from the constant up; each fraction is a number, the coefficients of a numerator and of
    an irreducible polynomial, without common factors, and the power of that below."""

    whole: list[Fraction]
    fractions: list[tuple[Fraction, list[Fraction], list[Fraction], int]]


class RationalFunction:
    """A quotient of polynomials with whole coefficients, without common factors; the leading coefficient below is positive."""

    def __init__(self, ring: Polynomials, top: Any, bottom: Any) -> None:
        common = top.gcd(bottom)
        if bottom.leading_coefficient() < 0:
            common = -common
        self.ring, self.top, self.bottom = ring, top // common, bottom // common
        self.order = sorted(range(len(ring.symbols)), key=lambda j: ring.symbols[j].name)

    @staticmethod
    def of(t: Term) -> RationalFunction | None:
        """The rational function that a term is, if it has a name in it and is no other function."""
        names: dict[Symbol, None] = {}
        if not is_rational(t, names) or not names or len({s.name for s in names}) < len(names):
            return None
        ring = Polynomials(sorted(names, key=_leading))
        found = read_over(t, ring)
        return None if found is None or found[0].is_zero() else RationalFunction(ring, *found)

    def shows_poles_of(self, t: Term) -> bool:
        """Whether everything that a way of writing it, a term, has below a bar is 0 at poles only: nothing has been cancelled in it."""
        for below in _divisors(t):
            read = read_over(below, self.ring)
            if read is None:
                return False
            rest = read[0]
            while not rest.is_constant():
                common = rest.gcd(self.bottom)
                if common.is_constant():
                    return False
                rest //= common
        return True

    # --- forms ---

    def expanded(self) -> Term | None:
        """A polynomial as a sum; `None` where there is a name below."""
        if not self.bottom.is_constant():
            return None
        return self._sum(self.top, int(self.bottom.leading_coefficient()))

    def coefficients(self) -> list[Fraction] | None:
        """The coefficients of a polynomial of one name from the constant up; `None` for others."""
        if not self.bottom.is_constant() or len(self.ring.symbols) != 1:
            return None
        below = int(self.bottom.leading_coefficient())
        return [c / below for c in _coefficients(_univariate(self.top))]

    def cancelled(self) -> Term:
        """One fraction of two sums; a polynomial as a sum."""
        if self.bottom.is_constant():
            return self._sum(self.top, int(self.bottom.leading_coefficient()))
        above, below = _of_monomial(self.top), _of_monomial(self.bottom)
        return self._written(Fraction(above[0], below[0]), [(above[1], 1)], [(below[1], 1)])

    def factored(self) -> Term:
        """One fraction of two products of powers of irreducible polynomials."""
        above, tops = _factors(self.top)
        below, bottoms = _factors(self.bottom)
        if above == -1 and below == 1 and not bottoms and len(tops) == 1 and tops[0][1] == 1:
            return self._sum(-tops[0][0], 1)
        return self._written(Fraction(above, below), tops, bottoms)

    def partial_fractions(self) -> PartialFractions | None:
        """A function of one name as a polynomial and fractions over powers of irreducible polynomials; `None` where a numerator may
        have factors of its own."""
        if len(self.ring.symbols) != 1:
            return None
        top, bottom = _univariate(self.top), _univariate(self.bottom)
        whole, rest = divmod(top, bottom)
        fractions = []
        content, found = bottom.factor()
        for q, highest in found:
            modulus = q**highest
            others = bottom // modulus
            digits = rest * _inverse(others, modulus) % modulus
            for k in range(highest, 0, -1):
                digits, digit = divmod(digits, q)
                if digit.degree() > 1:
                    return None
                if digit != 0:
                    scale, above = _primitive(digit)
                    size, below = _primitive(q)
                    fractions.append((scale / size**k, above, below, k))
        return PartialFractions(_coefficients(whole), fractions)

    # --- writing ---

    def _written(self, content: Fraction, tops: Sequence[Quotient], bottoms: Sequence[Quotient]) -> Term:
        if content < 0:
            return negate(self._written(-content, tops, bottoms))
        above = [num(content.numerator)] if content.numerator != 1 else []
        below = [num(content.denominator)] if content.denominator != 1 else []
        pairs = [*((p, k) for p, k in tops), *((p, -k) for p, k in bottoms)]
        for p, k in sorted(pairs, key=lambda pair: self._key(*pair)):
            for f, n in self._single(p, abs(k)):
                (above if k > 0 else below).append(power(f, num(n)))
        made = plain_product(above)
        return over(made, plain_product(below)) if below else made

    def _single(self, p: Any, k: int) -> list[tuple[Term, int]]:
        """A power of a polynomial as a list of powers: those of the names in a monomial."""
        if len(p) > 1:
            return [(self._sum(p, 1), k)]
        return [(Var(self.ring.symbols[j]), e * k) for j, e in self._terms(p)[0][0]]

    def _sum(self, p: Any, below: int) -> Term:
        parts = [(m, Fraction(c, below)) for m, c in self._terms(p)]
        if all(c < 0 for _, c in parts):
            return negate(self._sum(-p, below))
        if parts[0][1] < 0:
            parts.insert(0, parts.pop(next(k for k, (_, c) in enumerate(parts) if c > 0)))
        out: Term | None = None
        for m, c in parts:
            t = self._monomial(m, abs(c))
            out = t if out is None else make("add" if c > 0 else "sub", out, t)
        assert out is not None
        return out

    def _terms(self, p: Any) -> list[tuple[Monomial, int]]:
        """The monomials in lexicographic order, each as places and powers of its names in alphabetical order."""
        rows = [([int(m[j]) for j in self.order], int(c)) for m, c in zip(p.monoms(), p.coeffs(), strict=True)]
        rows.sort(reverse=True)
        return [(tuple((j, e) for j, e in zip(self.order, m, strict=True) if e), c) for m, c in rows]

    def _monomial(self, exponents: Monomial, c: Fraction) -> Term:
        factors = [Var(self.ring.symbols[j]) if e == 1 else App("pow", (Var(self.ring.symbols[j]), num(e))) for j, e in exponents]
        if not factors:
            return Num(c)
        made = plain_product([num(c.numerator), *factors] if c.numerator != 1 else factors)
        return made if c.denominator == 1 else App("div", (made, num(c.denominator)))

    # --- the order of factors ---

    def _key(self, p: Any, k: int) -> Any:
        """Names before sums; sums by their number of terms, then term by term."""
        if len(p) == 1:
            return self._term_key(self._terms(p)[0][0], 1)[:2], _number(k)
        terms = tuple(self._term_key(m, c) for m, c in self._terms(p))
        return ((3, 1, "Add"), (len(terms), terms)), _number(k)

    def _term_key(self, exponents: Monomial, c: int) -> Any:
        names = [(self._name_key(j), _number(e)) for j, e in exponents]
        if not names:
            return (1, 0, "Number"), (0, ()), (), c
        if len(names) == 1:
            (kind, inside), exponent = names[0]
            return kind, inside, exponent, c
        return (3, 0, "Mul"), (len(names), tuple((*name, exponent, 1) for name, exponent in names)), _number(1), c

    def _name_key(self, j: int) -> Any:
        name = self.ring.symbols[j].name
        return (2, 0, name), (1, (name,))


def polynomial(x: Symbol, coefficients: Sequence[int], below: int) -> Term:
    """A polynomial of one name, given from the constant up, over a number: as one fraction or as a sum of fractions, whichever is shorter."""
    if not any(coefficients):
        return num(0)
    ring = Polynomials([x])
    p = ring.context.from_dict({(k,): c for k, c in enumerate(coefficients) if c})
    made = RationalFunction(ring, p, ring.context.constant(1))
    apart = made._sum(p, below)
    if below == 1:
        return apart
    joined = over(made._sum(p, 1), num(below))
    return joined if len(show(joined)) <= len(show(apart)) else apart


def _number(k: int) -> Any:
    return (1, 0, "Number"), (0, ()), (), k


def _univariate(p: Any) -> fmpq_poly:
    out = [0] * (max(int(m[0]) for m in p.monoms()) + 1)
    for m, c in zip(p.monoms(), p.coeffs(), strict=True):
        out[int(m[0])] = int(c)
    return fmpq_poly(out)


def _inverse(p: fmpq_poly, modulus: fmpq_poly) -> fmpq_poly:
    """The inverse of a polynomial that has no factor in common with another one, modulo that."""
    common, inverse, _ = p.xgcd(modulus)
    return inverse / common[0]


def _coefficients(p: fmpq_poly) -> list[Fraction]:
    return [fraction(c) for c in p.coeffs()]


def _primitive(p: fmpq_poly) -> tuple[Fraction, list[Fraction]]:
    """A rational number with the sign of the leading coefficient, and the coefficients left, which are whole and have no common factor."""
    row = _coefficients(p)
    below = lcm(*(c.denominator for c in row))
    shared = gcd(*(int(c * below) for c in row))
    content = Fraction(shared if row[-1] > 0 else -shared, below)
    return content, [c / content for c in row]


def _leading(symbol: Symbol) -> tuple[int, str, int]:
    """The place of a name in the order that decides which term leads."""
    stem = symbol.name.rstrip("0123456789")
    group = 3 if len(stem) != 1 or not "a" <= stem <= "z" else 0 if stem in "xyz" else 1 if stem >= "p" else 2
    return group, stem, int(symbol.name[len(stem) :] or 0)


def _of_monomial(p: Any) -> tuple[int, Any]:
    """The coefficient of a monomial, and the monomial; of a sum 1."""
    c = int(p.leading_coefficient()) if len(p) == 1 else 1
    return c, p // c


def _factors(p: Any) -> tuple[int, list[tuple[Any, int]]]:
    content, found = p.factor()
    whole, out = int(content), []
    for f, k in found:
        if f.leading_coefficient() < 0:
            f, whole = -f, whole * (-1) ** int(k)
        out.append((f, int(k)))
    return whole, out


def is_rational(t: Term, names: dict[Symbol, None]) -> bool:
    """Whether a term is put together from numbers and scalar names by arithmetic with whole powers; the names are noted."""
    stack = [t]
    while stack:
        x = stack.pop()
        if isinstance(x, Var):
            if x.shape or x.symbol.kind not in ("real", "integer", "complex"):
                return False
            names[x.symbol] = None
        elif isinstance(x, App):
            if x.shape or x.op not in ("add", "sub", "mul", "div", "neg", "pow"):
                return False
            if x.op == "pow":
                n = x.args[1]
                if not isinstance(n, Num) or n.value.denominator != 1 or abs(n.value) > MOST_POWER:
                    return False
                stack.append(x.args[0])
            else:
                stack.extend(x.args)
        elif not isinstance(x, Num):
            return False
    return True


def _divisors(t: Term) -> Iterator[Term]:
    for s in subterms(t):
        if isinstance(s, App) and s.op == "div":
            yield s.args[1]
        elif isinstance(s, App) and s.op == "pow" and isinstance(s.args[1], Num) and s.args[1].value <= 0:
            yield s.args[0]


def read_over(t: Term, ring: Polynomials) -> Quotient | None:
    """Numerator and denominator, not reduced; `None` where something is divided by 0 or grows too long."""
    constant = ring.context.constant
    if isinstance(t, Num):
        return constant(t.value.numerator), constant(t.value.denominator)
    if isinstance(t, Var):
        return ring.generators[t.symbol], constant(1)
    assert isinstance(t, App)
    left = read_over(t.args[0], ring)
    if left is None:
        return None
    p, q = left
    if t.op == "neg":
        return -p, q
    if t.op == "pow":
        n = t.args[1]
        assert isinstance(n, Num)
        k = int(n.value)
        if k < 0:
            p, q, k = q, p, -k
        if q.is_zero() or k == 0 and p.is_zero() or max(len(p), len(q)) ** k > 1 << 60:
            return None
        made = p**k, q**k
        return made if max(map(len, made)) <= MOST_TERMS else None
    right = read_over(t.args[1], ring)
    if right is None:
        return None
    r, s = right
    if t.op == "div":
        if r.is_zero():
            return None
        made = p * s, q * r
    elif t.op == "mul":
        made = p * r, q * s
    elif q == s:
        made = (p + r if t.op == "add" else p - r), q
    else:
        made = (p * s + r * q if t.op == "add" else p * s - r * q), q * s
    return made if max(map(len, made)) <= MOST_TERMS else None
