"""Polynomials over opaque factors: the form in which the rules of expectation see a term.

A polynomial is a sum of monomials with rational coefficients; a monomial is a product of factors (any scalar terms) with nonzero integer
exponents. Equal factors merge, so linear identities between expectations become equalities of polynomials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import TypeAlias

from twofold.grammar.term import App, Array, Bound, Const, Num, Term, Var, subterms
from twofold.symbolic.arithmetic import ONE, ZERO, make, negate, over, plus, power, times
from twofold.symbolic.squaring import raised

Monomial: TypeAlias = "tuple[tuple[Term, int], ...]"
LARGEST = 4000
"""More monomials than this are not expanded."""


class TooLarge(Exception):
    """A product that would have more than `LARGEST` monomials."""


@lru_cache(maxsize=20_000)
def order(term: Term) -> str:
    """A text that sorts terms the same way in every run."""
    if isinstance(term, Num):
        return f"0{term.value}"
    if isinstance(term, Const):
        return f"1{term.name}"
    if isinstance(term, Var):
        return f"2{term.symbol.name}"
    if isinstance(term, App):
        return f"3{term.op}({','.join(map(order, term.args))})"
    if isinstance(term, Bound):
        return f"4{term.op}({','.join(map(order, (*term.args, term.body)))})"
    assert isinstance(term, Array)
    return f"5[{';'.join(','.join(map(order, r)) for r in term.rows)}]"


@lru_cache(maxsize=20_000)
def real_valued(term: Term) -> bool:
    """Whether no complex number stands in a term, so that identities of the reals may be used for it."""
    return not any(
        (isinstance(t, Const) and t.name == "im")
        or (isinstance(t, Var) and t.symbol.kind == "complex")
        or (isinstance(t, App) and t.op == "cf")
        for t in subterms(term)
    )


@dataclass(frozen=True, slots=True)
class Polynomial:
    terms: dict[Monomial, Fraction] = field(default_factory=dict)

    @staticmethod
    def constant(value: int | Fraction) -> Polynomial:
        return Polynomial({(): Fraction(value)} if value else {})

    @staticmethod
    def factor(term: Term, exponent: int = 1) -> Polynomial:
        return Polynomial({((term, exponent),): Fraction(1)})

    @staticmethod
    def monomial(m: Monomial, coefficient: Fraction = Fraction(1)) -> Polynomial:
        return Polynomial({m: coefficient} if coefficient else {})

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __add__(self, other: Polynomial) -> Polynomial:
        out = dict(self.terms)
        for m, c in other.terms.items():
            total = out.get(m, Fraction(0)) + c
            if total:
                out[m] = total
            else:
                out.pop(m, None)
        return Polynomial(out)

    def __neg__(self) -> Polynomial:
        return Polynomial({m: -c for m, c in self.terms.items()})

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + (-other)

    def __mul__(self, other: Polynomial) -> Polynomial:
        if len(self.terms) * len(other.terms) > LARGEST:
            raise TooLarge
        out: dict[Monomial, Fraction] = {}
        for m, c in self.terms.items():
            for n, d in other.terms.items():
                for k, e in _product(m, n).items():
                    total = out.get(k, Fraction(0)) + c * d * e
                    if total:
                        out[k] = total
                    else:
                        out.pop(k, None)
        return Polynomial(out)

    def __pow__(self, exponent: int) -> Polynomial:
        """A power with a nonnegative exponent."""
        if exponent > 1 and len(self.terms) > 1 and len(self.terms) ** exponent > 50 * LARGEST:
            raise TooLarge
        return raised(self, exponent, Polynomial.constant(1))

    def number(self) -> Fraction | None:
        """The value of a polynomial without factors."""
        if not self.terms:
            return Fraction(0)
        return self.terms.get(()) if len(self.terms) == 1 else None

    def single(self) -> tuple[Monomial, Fraction] | None:
        """The only monomial with its coefficient."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    def inverse(self) -> Polynomial:
        """One over this: a sum becomes a factor, with its content and its common factors taken out. Raises `ZeroDivisionError`."""
        if not self.terms:
            raise ZeroDivisionError
        content, common, rest = self.split()
        out = Polynomial({tuple((f, -e) for f, e in common): 1 / content})
        if rest.number() == 1:
            return normal(out)
        return normal(out) * Polynomial.factor(rest.term(sort=True), -1)

    def split(self) -> tuple[Fraction, Monomial, Polynomial]:
        """Content, common monomial and the primitive rest, whose first coefficient (in a fixed order) is positive."""
        coefficients = list(self.terms.values())
        content = Fraction(gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients)))
        monomials = sorted(self.terms, key=_monomial_order)
        if self.terms[monomials[0]] < 0:
            content = -content
        shared = {f: min(dict(m).get(f, 0) for m in monomials) for m in monomials for f, _ in m}
        common = tuple(sorted(((f, e) for f, e in shared.items() if e), key=lambda p: order(p[0])))
        undo = tuple((f, -e) for f, e in common)
        rest = Polynomial({_merge(m, undo): c / content for m, c in self.terms.items()})
        return content, common, rest

    def divided(self, other: Polynomial) -> Polynomial | None:
        """The exact quotient, or `None` where there is a remainder."""
        order_of = _degrees(other)
        lead = max(other.terms, key=order_of)
        wanted, scale = dict(lead), other.terms[lead]
        rest, out = self, Polynomial()
        for _ in range(4 * len(self.terms) + 8):
            if not rest:
                return out
            top = max(rest.terms, key=order_of)
            have = dict(top)
            if any(have.get(f, 0) < e for f, e in wanted.items()):
                return None
            step = Polynomial({_merge(top, tuple((f, -e) for f, e in lead)): rest.terms[top] / scale})
            out, rest = out + step, rest - step * other
        return None

    def term(self, sort: bool = False) -> Term:
        """The term that this stands for; in a fixed order of its monomials if asked, in the order they came otherwise."""
        out: Term = ZERO
        monomials: Iterable[Monomial] = sorted(self.terms, key=_monomial_order) if sort else self.terms
        for m in monomials:
            piece = _monomial_term(m, abs(self.terms[m]))
            out = plus(out, negate(piece) if self.terms[m] < 0 else piece)
        return out


def _degrees(p: Polynomial) -> Callable[[Monomial], tuple[int, ...]]:
    """A graded order of monomials by the factors of a polynomial."""
    factors = sorted({f for m in p.terms for f, _ in m}, key=order)

    def key(m: Monomial) -> tuple[int, ...]:
        have = dict(m)
        exponents = [have.get(f, 0) for f in factors]
        return (sum(exponents), *exponents)

    return key


def _monomial_order(m: Monomial) -> tuple[int, list[tuple[str, int]]]:
    return (-sum(abs(e) for _, e in m), [(order(f), -e) for f, e in m])


def _merge(m: Monomial, n: Monomial) -> Monomial:
    exponents = dict(m)
    for f, e in n:
        total = exponents.get(f, 0) + e
        if total:
            exponents[f] = total
        else:
            exponents.pop(f, None)
    return tuple(sorted(exponents.items(), key=lambda p: order(p[0])))


def _product(m: Monomial, n: Monomial) -> dict[Monomial, Fraction]:
    if not m or not n:
        return {m or n: Fraction(1)}
    merged = _merge(m, n)
    return normal(Polynomial({merged: Fraction(1)})).terms if any(_reducible(f, e) for f, e in merged) else {merged: Fraction(1)}


def _reducible(f: Term, e: int) -> bool:
    """Whether a root has been raised to at least its order, or an absolute value squared."""
    if isinstance(f, App) and f.op == "abs":
        return abs(e) >= 2 and real_valued(f.args[0])
    return isinstance(f, App) and f.op == "pow" and isinstance(f.args[1], Num) and abs(e * f.args[1].value) >= 1


def normal(p: Polynomial) -> Polynomial:
    """Roots with whole powers taken out: `(b^(1/2))^2` is b where both are defined."""
    out = Polynomial()
    for m, c in p.terms.items():
        made = Polynomial({(): c})
        for f, e in m:
            if isinstance(f, App) and f.op == "abs" and _reducible(f, e):
                even = e - e % 2 if e > 0 else e + (-e) % 2
                made = made * Polynomial({((f.args[0], even),): Fraction(1)})
                if e != even:
                    made = Polynomial({_merge(n, ((f, e - even),)): d for n, d in made.terms.items()})
            elif _reducible(f, e):
                assert isinstance(f, App) and isinstance(f.args[1], Num)
                total = e * f.args[1].value
                whole = int(total) if total.denominator == 1 or total > 0 else -int(-total)
                base, rest = f.args[0], total - whole
                if isinstance(base, Num):
                    made = made * Polynomial.constant(base.value**whole)
                else:
                    made = made * Polynomial({((base, whole),): Fraction(1)})
                if rest:
                    root = App("pow", (base, Num(abs(rest))))
                    made = Polynomial({_merge(n, ((root, 1 if rest > 0 else -1),)): d for n, d in made.terms.items()})
            else:
                made = Polynomial({_merge(n, ((f, e),)): d for n, d in made.terms.items()})
        out = out + made
    return out


def _monomial_term(m: Monomial, coefficient: Fraction) -> Term:
    above: list[Term] = [Num(Fraction(coefficient.numerator))] if coefficient.numerator != 1 else []
    below: list[Term] = [Num(Fraction(coefficient.denominator))] if coefficient.denominator != 1 else []
    exponent: Term = ZERO
    for f, e in m:
        if isinstance(f, App) and f.op == "exp":
            exponent = plus(exponent, times(Num(Fraction(e)), f.args[0]))
        elif isinstance(f, App) and f.op == "pow" and f.args[1] == Num(Fraction(1, 2)):
            (above if e > 0 else below).append(power(App("sqrt", (f.args[0],)), Num(Fraction(abs(e)))))
        else:
            (above if e > 0 else below).append(power(f, Num(Fraction(abs(e)))))
    if exponent != ZERO:
        above.append(App("exp", (exponent,)))
    top, bottom = _chain(above), _chain(below)
    return over(top, bottom) if below else top


def _chain(parts: list[Term]) -> Term:
    out: Term = ONE
    for p in parts:
        out = p if out is ONE else make("mul", out, p)
    return out
